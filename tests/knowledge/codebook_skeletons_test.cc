// The codebook's examples must differ: no two of them may be one sentence with other names and numbers in it.
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "knowledge/codebook.h"

namespace parley {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

const std::set<std::string>& number_words() {
  static const std::set<std::string> words = {
      "one",    "two",    "three",   "four",    "five",     "six",   "seven",  "eight",   "nine",   "ten",
      "eleven", "twelve", "fifteen", "sixteen", "twenty",   "thirty", "forty", "fifty",   "sixty",  "seventy",
      "eighty", "ninety", "hundred", "thousand", "million", "both",   "dozen", "several", "hundreds", "thousands"};
  return words;
}

// "Two nuns were abducted near Jos." -> "# nuns were abducted near X": names (capitals, but not a sentence's
// first word, unless a name or a title's word follows), numbers and articles masked, runs of a mask made one.
std::string skeleton(const std::string& text) {
  std::string out, last;
  std::size_t at = 0;
  for (bool first = true; at < text.size(); first = false) {
    while (at < text.size() && text[at] == ' ') ++at;
    const std::size_t end = std::min(text.find(' ', at), text.size());
    std::string word = text.substr(at, end - at);
    at = end;
    while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.back()))) word.pop_back();
    while (!word.empty() && std::ispunct(static_cast<unsigned char>(word.front()))) word.erase(0, 1);
    if (word.empty()) continue;
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    std::string small = word;
    for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string mask = small;
    if (small == "the" || small == "a" || small == "an") continue;
    if (std::isdigit(static_cast<unsigned char>(small[0])) || number_words().contains(small)) {
      mask = "#";
    } else if (is_upper(word[0]) && !first) {
      mask = "X";
    }
    if (mask == last && (mask == "X" || mask == "#")) continue;
    out += (out.empty() ? "" : " ") + mask;
    last = mask;
  }
  return out;
}

TEST(CodebookSkeletons, MaskNamesNumbersAndArticles) {
  EXPECT_EQ(skeleton("The Two nuns of Santa Clara left Jos in 1999."), "# nuns of X left X in #");
  EXPECT_EQ(skeleton("Rebels took 40 men."), skeleton("Rebels took nine men"));
  EXPECT_NE(skeleton("Rebels took nine men."), skeleton("Rebels freed nine men."));
}

TEST(CodebookSkeletons, NoTwoExamplesAreOneSentence) {
  Diagnostics diagnostics;
  DataFiles files(std::filesystem::path(PARLEY_SOURCE_DIR) / "data", {});
  const Codebook codebook = Codebook::load(files, diagnostics);
  std::map<std::string, std::string> seen;  // skeleton -> where
  for (const Rule& rule : codebook.rules()) {
    for (const auto* examples : {&rule.examples, &rule.not_examples}) {
      for (const RuleExample& example : *examples) {
        const std::string where = rule.file + ':' + std::to_string(example.place.line) + " (" + rule.name + ")";
        const auto [it, added] = seen.try_emplace(skeleton(example.text), where);
        EXPECT_TRUE(added) << where << " says what " << it->second << " says:\n  " << example.text;
      }
    }
  }
}

// What the codebook is to reach: rules, and words that wake them.
TEST(CodebookSkeletons, ReachesTheVocabularyOfReports) {
  Diagnostics diagnostics;
  DataFiles files(std::filesystem::path(PARLEY_SOURCE_DIR) / "data", {});
  const Codebook codebook = Codebook::load(files, diagnostics);
  std::set<std::string> lemmas;
  std::size_t without_example = 0;
  for (const Rule& rule : codebook.rules()) {
    if (rule.predicates.empty()) continue;  // the companion's: no word wakes them
    without_example += rule.examples.empty();
    for (const std::string& key : rule.predicates) {
      std::string lemma = key.substr(0, key.find_last_of("./"));
      for (char& c : lemma) c = c == '_' ? ' ' : c;
      lemmas.insert(lemma);
    }
  }
  EXPECT_GE(codebook.rules().size(), 900u);
  EXPECT_GE(lemmas.size(), 700u);
  EXPECT_EQ(without_example, 0u);
}

}  // namespace
}  // namespace parley
