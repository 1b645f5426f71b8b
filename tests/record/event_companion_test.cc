// The learned companion of the codebook: what it may judge, what it refuses to load, what it leaves to the rules.
#include "record/event_companion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include "language/conllu.h"
#include "language/language.h"
#include "parley/pipeline.h"

namespace parley {
namespace {

const std::filesystem::path kModels = std::filesystem::path(PARLEY_SOURCE_DIR) / "models";

const Language& language() {
  static const Language loaded = [] {
    Language::Options options;
    options.keep_vectors = true;
    auto out = Language::load(kModels / "parley-en.safetensors", options);
    EXPECT_TRUE(out.ok());
    return std::move(out).value();
  }();
  return loaded;
}

Word word_of(const Analysis& analysis, std::string_view form) {
  for (Word word = 0; word < analysis.size(); ++word) {
    if (analysis.form(word) == form) return word;
  }
  return kNoWord;
}

TEST(Companion, ConsidersVerbsAndNominalPredicates) {
  const Document document = Document::plain("The army razed the old mill after the surrender of its owner.");
  const Analysis analysis = language().analyse(document);
  EXPECT_TRUE(CompanionFeatures::considers(analysis, word_of(analysis, "razed")));
  EXPECT_FALSE(CompanionFeatures::considers(analysis, word_of(analysis, "mill")));
  EXPECT_FALSE(CompanionFeatures::considers(analysis, word_of(analysis, "The")));
}

TEST(Companion, ProbabilitiesOfTheTypesAndOfNoneAddUpToOne) {
  auto companion = EventCompanion::load(kModels / "companion-en.safetensors", language().fingerprint());
  ASSERT_TRUE(companion.ok()) << companion.error().text();
  const Document document = Document::plain("Masked men snatched the teacher, and her pupils sang.");
  const Analysis analysis = language().analyse(document);
  for (const std::string_view form : {"snatched", "sang"}) {
    const auto reading = companion->read(analysis, word_of(analysis, form));
    ASSERT_TRUE(reading.has_value()) << form;
    double sum = reading->none;
    for (const float each : reading->types) sum += static_cast<double>(each);
    EXPECT_NEAR(sum, 1.0, 1e-4) << form;
    EXPECT_EQ(reading->probability, static_cast<double>(*std::max_element(reading->types.begin(), reading->types.end())));
  }
  const auto snatched = companion->read(analysis, word_of(analysis, "snatched"));
  const auto sang = companion->read(analysis, word_of(analysis, "sang"));
  EXPECT_GT(sang->none, snatched->none);
  EXPECT_FALSE(companion->read(analysis, word_of(analysis, "the")).has_value());
}

TEST(Companion, SaysNothingOfAnAnalysisWithoutVectors) {
  auto companion = EventCompanion::load(kModels / "companion-en.safetensors", language().fingerprint());
  ASSERT_TRUE(companion.ok());
  const auto given = read_conllu(
      "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tfled\tflee\tVERB\tVBD\t_\t0\troot\t_\t_\n\n");
  ASSERT_TRUE(given.ok());
  EXPECT_FALSE(companion->read(given->analysis, 1).has_value());
}

TEST(Companion, RefusesAnotherEncodersVectorsAndOtherFiles) {
  const auto other = EventCompanion::load(kModels / "companion-en.safetensors", "0123456789abcdef");
  ASSERT_FALSE(other.ok());
  EXPECT_NE(other.error().text().find("0123456789abcdef"), std::string::npos);
  EXPECT_NE(other.error().text().find("--events-by rules"), std::string::npos);
  EXPECT_FALSE(EventCompanion::load(kModels / "parley-en.safetensors", language().fingerprint()).ok());
}

std::vector<std::string> makers(EventsBy by, const std::string& text) {
  Pipeline::Options options;
  options.events_by = by;
  auto pipeline = Pipeline::load(options);
  EXPECT_TRUE(pipeline.ok()) << pipeline.error().text();
  std::vector<std::string> out;
  const auto record = pipeline->read_within(Document::plain(text), 60);
  EXPECT_TRUE(record.ok());
  for (const Event& event : record->events) out.push_back(name(event.maker));
  return out;
}

TEST(Companion, EachEventSaysWhoMadeIt) {
  const std::string text = "Rebels attacked the port of Bekra on Friday. Soldiers abducted two priests in Oda.";
  const auto by_rules = makers(EventsBy::rules, text);
  ASSERT_EQ(by_rules.size(), 2u);
  EXPECT_EQ(std::count(by_rules.begin(), by_rules.end(), "rule"), 2);
  for (const std::string& each : makers(EventsBy::model, text)) EXPECT_EQ(each, "model");
  const auto by_both = makers(EventsBy::both, text);
  ASSERT_EQ(by_both.size(), 2u);
  EXPECT_EQ(std::count(by_both.begin(), by_both.end(), "model"), 0) << "the codebook knows both words";
  EXPECT_GE(std::count(by_both.begin(), by_both.end(), "both"), 1);
}

}  // namespace
}  // namespace parley
