// What the shipped weights and their word lists say of plain sentences of reports.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "language/language.h"

namespace parley {
namespace {

const Language& shipped() {
  static const Language language =
      Language::load((std::filesystem::path(PARLEY_SOURCE_DIR) / "models/parley-en.safetensors").string(), {})
          .value();
  return language;
}

/// The senses of a text's predicates, in order.
std::vector<std::string> senses(const std::string& text) {
  const Document document = Document::plain(text);
  const Analysis analysis = shipped().analyse(document);
  std::vector<std::string> out;
  for (const Predicate& predicate : analysis.predicates()) out.emplace_back(predicate.sense);
  return out;
}

using Senses = std::vector<std::string>;

TEST(ShippedModel, KnowsIrregularVerbs) {
  EXPECT_EQ(senses("The rebels overthrew the president."), Senses{"overthrow.01"});
  EXPECT_EQ(senses("Thousands fled."), Senses{"flee.05"});
  EXPECT_EQ(senses("The bank froze the accounts of the junta."), Senses{"freeze.01"});
}

TEST(ShippedModel, KnowsBritishSpellings) {
  EXPECT_EQ(senses("Ministers criticised the blockade.").front(), "criticize.01");
  EXPECT_EQ(senses("The unions organised marches.").front(), "organize.01");
}

TEST(ShippedModel, LetsParticlesChooseTheSense) {
  EXPECT_EQ(senses("Troops pulled out of Goma."), Senses{"pull_out.02"});
  EXPECT_EQ(senses("Troops pulled the car to the side.").front().substr(0, 5), "pull.");
}

}  // namespace
}  // namespace parley
