// Counts and amounts: what is found, how high it is, what it counts.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "knowledge/knowledge.h"
#include "knowledge/toml_reader.h"
#include "language/conllu.h"
#include "language/language.h"
#include "record/extract.h"
#include "record/figure_grammar.h"
#include "record/number_words.h"

namespace parley {
namespace {

const std::filesystem::path kSource = PARLEY_SOURCE_DIR;

const Knowledge& knowledge() {
  static const Knowledge loaded = [] {
    Diagnostics diagnostics;
    DataFiles files(kSource / "data", "");
    Knowledge all;
    all.times = TimeWords::load(files, diagnostics);
    all.figures = FigureWords::load(files, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return all;
  }();
  return loaded;
}

std::string number_text(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

/// "span [low, high] unit" of each; "-" for no bound.
std::vector<std::string> read(const std::string& text) {
  Atoms atoms;
  atoms.split(text, {0, static_cast<std::uint32_t>(text.size())});
  std::vector<std::string> out;
  for (const FigureExpression& e : find_figures(atoms, {}, knowledge().figures)) {
    const std::uint32_t begin = atoms.bytes(e.first).begin, end = atoms.bytes(e.last - 1).end;
    out.push_back(text.substr(begin, end - begin) + " [" + (e.low ? number_text(*e.low) : "-") + ", " +
                  (e.high ? number_text(*e.high) : "-") + "]" + (e.unit.empty() ? "" : " " + e.unit));
  }
  return out;
}
using Lines = std::vector<std::string>;

// --- numbers -----------------------------------------------------------------------------------------

double value_of(const std::string& text) {
  Atoms atoms;
  atoms.split(text, {0, static_cast<std::uint32_t>(text.size())});
  const auto number = number_at(atoms, 0, knowledge().figures.numbers);
  return number && number->last == atoms.size() ? number->value : -1.0;
}

TEST(Numbers, DigitsAndWords) {
  EXPECT_EQ(value_of("34,568"), 34568);
  EXPECT_EQ(value_of("11 million"), 11000000);
  EXPECT_EQ(value_of("3.5bn"), 3.5e9);
  EXPECT_EQ(value_of("twenty-one"), 21);
  EXPECT_EQ(value_of("two hundred and three"), 203);
  EXPECT_EQ(value_of("one hundred thirty million"), 130000000);
  EXPECT_EQ(value_of("two million three hundred thousand"), 2300000);
  EXPECT_EQ(value_of("two dozen"), 24);
  EXPECT_EQ(value_of("half a million"), 500000);
  EXPECT_EQ(value_of("a million"), 1000000);
  EXPECT_EQ(value_of("hundreds of thousands"), 200000);
  EXPECT_EQ(value_of("a"), -1);
}

RC_GTEST_PROP(Numbers, GroupsOfThreeReadBack, ()) {
  const auto value = *rc::gen::inRange(0, 2000000000);
  std::string grouped = std::to_string(value);
  for (int at = static_cast<int>(grouped.size()) - 3; at > 0; at -= 3) grouped.insert(static_cast<std::size_t>(at), ",");
  RC_ASSERT(value_of(grouped) == value);
}

// --- bounds ------------------------------------------------------------------------------------------

TEST(Figures, QualifiersSetTheBounds) {
  EXPECT_EQ(read("At least 84 soldiers"), (Lines{"At least 84 [84, -]"}));
  EXPECT_EQ(read("more than 84 soldiers; 84 or more"), (Lines{"more than 84 [84, -]", "84 or more [84, -]"}));
  EXPECT_EQ(read("up to 9 boats; no more than 9; fewer than 30"),
            (Lines{"up to 9 [-, 9]", "no more than 9 [-, 9]", "fewer than 30 [-, 30]"}));
  EXPECT_EQ(read("some 197 villages; nearly 200; an estimated 40,000"),
            (Lines{"some 197 [197, 197]", "nearly 200 [200, 200]", "an estimated 40,000 [40000, 40000]"}));
  EXPECT_EQ(read("a record 117 million; another 12 were hurt"),
            (Lines{"a record 117 million [117000000, 117000000]", "another 12 [12, 12]"}));
  EXPECT_EQ(read("over a million refugees"), (Lines{"over a million [1000000, -]"}));
  EXPECT_EQ(read("at least another 12 died"), (Lines{"at least another 12 [12, -]"}));
  EXPECT_EQ(read("1,500+ inmates"), (Lines{"1,500+ [1500, -]"}));
}

TEST(Figures, VagueNumbersHaveNoTop) {
  EXPECT_EQ(read("dozens of tents, hundreds of people, tens of thousands of others, several hundred"),
            (Lines{"dozens [24, -]", "hundreds [200, -]", "tens of thousands [20000, -]", "several hundred [200, -]"}));
  EXPECT_EQ(read("half a dozen mortars; at least a dozen people; two dozen"),
            (Lines{"half a dozen [6, 6]", "at least a dozen [12, -]", "two dozen [24, 24]"}));
}

TEST(Figures, PoundsAreMoneyUnlessTheyWeigh) {
  EXPECT_EQ(read("The fine was 236 pounds"), (Lines{"236 [236, 236] GBP"}));
  EXPECT_EQ(read("He weighs 236 pounds"), (Lines{"236 [236, 236] pounds of weight"}));
  EXPECT_EQ(read("Police found 40 pounds of explosives"), (Lines{"40 [40, 40] pounds of weight"}));
}

TEST(Figures, Ranges) {
  EXPECT_EQ(read("10 to 12 boats; 10-12 boats; between 5,900 and 8,500 people; two or three rockets"),
            (Lines{"10 to 12 [10, 12]", "10-12 [10, 12]", "between 5,900 and 8,500 [5900, 8500]", "two or three [2, 3]"}));
  EXPECT_EQ(read("$5-7 million; 2 to 3 billion euros"),
            (Lines{"$5-7 million [5000000, 7000000] USD", "2 to 3 billion [2000000000, 3000000000] EUR"}));
  // A change has two ends that are figures of their own.
  EXPECT_EQ(read("rose from 5,000 to 12,000"), (Lines{"5,000 [5000, 5000]", "12,000 [12000, 12000]"}));
}

TEST(Figures, MoneySharesAndMeasures) {
  EXPECT_EQ(read("$10 million; 10 million dollars; US$3.5bn; €20m; 500,000 Lebanese pounds; C$30"),
            (Lines{"$10 million [10000000, 10000000] USD", "10 million [10000000, 10000000] USD",
                   "US$3.5bn [3500000000, 3500000000] USD", "€20m [20000000, 20000000] EUR",
                   "500,000 [500000, 500000] LBP", "C$30 [30, 30] CAD"}));
  EXPECT_EQ(read("40 percent, 99%, half of the voters, two-thirds of them"),
            (Lines{"40 [40, 40] percent", "99% [99, 99] percent", "half [50, 50] percent", "two-thirds [66.667, 66.667] percent"}));
  EXPECT_EQ(read("a 25-km strip, 1,200 tonnes of flour, 24 square kilometres"),
            (Lines{"25 [25, 25] km", "1,200 [1200, 1200] tonnes", "24 [24, 24] square kilometres"}));
}

TEST(Figures, PrisonTermsAreFiguresOtherLengthsOfTimeAreNot) {
  EXPECT_EQ(read("The court sentenced him to 19 years in prison."), (Lines{"19 [19, 19] years"}));
  EXPECT_EQ(read("Prosecutors asked for eleven and a half years."), (Lines{"eleven and a half [11.5, 11.5] years"}));
}

TEST(Figures, WhatOnlyLooksLikeACount) {
  EXPECT_EQ(read("A 34-year-old man, aged 52, and Mahsa Amini, 22, died."), Lines{});
  EXPECT_EQ(read("Resolution 2728, Article 5, Channel 12, No. 10, F-16 jets, the G7, Su-25s, MH17"), Lines{});
  EXPECT_EQ(read("the third round, the 12th launch, the 1st Brigade"), Lines{});
  EXPECT_EQ(read("one another, no one, one of them, 24/7, a two-state solution"), Lines{});
  EXPECT_EQ(read("won 3-1"), Lines{});
  EXPECT_EQ(read("call 0800/123456"), Lines{});
  EXPECT_EQ(read("ten times that number, raised the pension age to 64, the 444 Brigade"), Lines{});
}

RC_GTEST_PROP(Figures, AnyWordsInAnyOrder, ()) {
  static const std::vector<std::string> kWords = {
      "at", "least", "more", "than", "12", "1,000", "million", "$", "%", "-", "to", "between", "and", "half", "of",
      "dozens", "two", "one", "years", "in", "prison", "km", "euros", "from", ",", ".", "a", "the", "hundred", "or",
      "up", "some", "ten", "/", "Resolution", "people", "+", "é", "9.5"};
  std::string text;
  for (const int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kWords.size())))) {
    text += kWords[static_cast<std::size_t>(i)];
    if (*rc::gen::inRange(0, 3) != 0) text += ' ';
  }
  Atoms atoms;
  atoms.split(text, {0, static_cast<std::uint32_t>(text.size())});
  std::size_t last = 0;
  for (const FigureExpression& e : find_figures(atoms, {}, knowledge().figures)) {
    RC_ASSERT(e.first >= last);
    RC_ASSERT(e.last > e.first);
    RC_ASSERT(e.last <= atoms.size());
    RC_ASSERT(e.unit_last <= atoms.size());
    RC_ASSERT(e.low || e.high);
    if (e.low && e.high) RC_ASSERT(*e.low <= *e.high);
    last = e.last;
  }
}

// --- whole reports, with the model ---------------------------------------------------------------------

const Language* language() {
  static const auto loaded = [] {
    auto model = Language::load(kSource / "models" / "parley-en.safetensors", {});
    return model ? std::make_unique<Language>(std::move(*model)) : nullptr;
  }();
  return loaded.get();
}

Record read_report(const Document& document) {
  const Analysis analysis = language()->analyse(document);
  Record record;
  record.document = document;
  Context context{document, analysis, knowledge(), record, {}, {}, {}, {}, {}, {}, {}, {}};
  extract_times(context);
  extract_figures(context);
  return record;
}

#define NEEDS_MODEL() \
  if (language() == nullptr) GTEST_SKIP() << "no model in models/"

TEST(FigureRecords, ARepetitionIsTiedToTheFirst) {
  NEEDS_MODEL();
  const Record record = read_report(Document::plain(
      "The floods have killed at least 11,342 people in Derna, health workers said. Officials had warned of the "
      "dams for years.\n\nThe 11,342 dead were buried in haste, 40 of them in one grave."));
  ASSERT_EQ(record.figures.size(), 3u);
  EXPECT_EQ(record.figures[0].measure, Measure::killed);
  EXPECT_EQ(record.figures[0].low, 11342);
  EXPECT_EQ(record.figures[0].high, std::nullopt);
  EXPECT_EQ(record.figures[0].qualifier, "at least");
  EXPECT_EQ(record.figures[0].of, "people");
  EXPECT_EQ(record.figures[1].part_of, record.figures[0].id);
  EXPECT_TRUE(record.figures[2].part_of.has_value());
}

TEST(FigureRecords, PeriodAndDay) {
  NEEDS_MODEL();
  Document document = Document::plain("Since April 15, 2023, the fighting has displaced 9 million people.");
  document.published = "2024-06-20";
  const Record record = read_report(document);
  ASSERT_EQ(record.figures.size(), 1u);
  EXPECT_EQ(record.figures[0].measure, Measure::displaced);
  EXPECT_EQ(record.figures[0].period.from, "2023-04-15");
  EXPECT_EQ(record.figures[0].as_of, "2024-06-20");
}

TEST(FigureRecords, PartsLookBackOrMakeUpTheWhole) {
  NEEDS_MODEL();
  const Record record = read_report(Document::plain(
      "The raid killed 31 villagers, seven children among them. The army freed 137 captives, 76 women and 61 men, on Monday."));
  ASSERT_EQ(record.figures.size(), 5u);
  EXPECT_EQ(record.figures[1].part_of, record.figures[0].id);
  EXPECT_EQ(record.figures[3].part_of, record.figures[2].id);
  EXPECT_EQ(record.figures[4].part_of, record.figures[2].id);
  EXPECT_EQ(record.figures[4].measure, Measure::released);
}

TEST(FigureRecords, WhatIsGivenInReturnIsLetGoToo) {
  NEEDS_MODEL();
  const Record record = read_report(Document::plain("The rebels freed 12 soldiers in exchange for 90 prisoners."));
  ASSERT_EQ(record.figures.size(), 2u);
  EXPECT_EQ(record.figures[1].measure, Measure::released);
}

}  // namespace
}  // namespace parley
