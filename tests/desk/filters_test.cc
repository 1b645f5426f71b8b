// Every question takes every filter that means something to it: two stories of two reports each, alike in nothing, and
// each filter leaves the one and drops the other.
#include <functional>
#include <set>

#include "desk/ask.h"
#include "support.h"

namespace parley::testing {
namespace {

using desk::Filter;
using desk::Table;

struct Side {
  const char* name;  ///< "alpha"
  const char* army;
  const char* role;
  const char* country;
  const char* town;
  const char* suburb;
  double latitude;
  const char* person;
  const char* outlet;
  const char* day;
  EventType type;
  Status status;
  Act act;
  Measure measure;
  ProposalState state;
  ChannelKind kind;
  ChannelState open;
  double confidence;
  const char* words;
};

const Side kAlpha{"alpha", "Alpha Army", "REB", "XAA", "Alphaville", "Alphaton", 10.0, "Ana Alder", "Coast Wire", "2031-02-03", EventType::assault, Status::actual,
                  Act::demand, Measure::killed, ProposalState::offered, ChannelKind::crossing, ChannelState::open, 0.9,
                  "Shells fell on the old market near the bridge while people queued for bread; 12 died there. The crossing"};
const Side kBeta{"beta", "Beta Union", "GOV", "XBB", "Betaport", "Betaham", 50.0, "Boris Birch", "Harbour Post", "2031-06-09", EventType::agree, Status::planned,
                 Act::deny, Measure::displaced, ProposalState::rejected, ChannelKind::port, ChannelState::closed, 0.4,
                 "Delegates plan to sign the fisheries treaty after months of patient work; 340 families moved. The harbour"};

Record told(const Side& side, int number) {
  Record r = report(fmt::format("{}-{}", side.name, number),
                    fmt::format("{} and {} in {}, next to {}. {} Version {} of the news from {}.", side.army, side.person, side.town, side.suburb, side.words,
                                number, side.outlet),
                    side.day);
  r.document.publisher = side.outlet;
  const Id army = entity(r, EntityKind::organisation, side.army, side.country);
  r.entities.back().actor.roles = {side.role};
  const Id person = entity(r, EntityKind::person, side.person, side.country);
  int n = 0;
  for (const char* name : {side.town, side.suburb}) {
    Place place;
    place.id = fmt::format("p{}", ++n);
    place.name = name;
    place.span = find(r, name);
    place.country = side.country;
    place.latitude = side.latitude + 0.05 * (n - 1);  // some 5 km
    place.longitude = 20.0;
    r.places.push_back(place);
  }
  Event& e = event(r, side.type, {army}, {person}, side.army, side.day);
  e.status = number == 2 && side.status == Status::actual ? Status::denied : side.status;
  e.place = "p1";
  e.confidence = side.confidence;
  Statement s;
  s.id = "s1";
  s.speaker = person;
  s.act = side.act;
  s.content = {find(r, side.words)};
  s.cue = find(r, side.person);
  r.statements.push_back(s);
  Figure& f = figure(r, side.measure, number * 10, "Version", "people");
  f.place = "p1";
  f.attributed_to = person;
  f.of_entity = army;
  Proposal p;
  p.id = "pr1";
  p.name = "the offer";
  p.state = side.state;
  p.proposers = {army};
  Term term;
  term.id = "tm1";
  term.action = "release";
  term.by = {army};
  term.span = find(r, side.army);
  p.terms.push_back(term);
  r.proposals.push_back(p);
  Channel c;
  c.id = "ch1";
  c.kind = side.kind;
  c.name = side.town;
  c.place = "p1";
  c.state = side.open;
  c.by = {army};
  c.span = find(r, side.town);
  r.channels.push_back(c);
  return r;
}

using Question = std::function<Result<Table>(desk::Database&, const Filter&)>;

class Filters : public ::testing::Test {
 protected:
  Filters() {
    desk::Writer writer = open_writer(folder_.desk());
    for (const Side* side : {&kAlpha, &kBeta}) {
      for (int n = 1; n <= 2; ++n) {
        const auto stored = writer.store(told(*side, n), true);
        EXPECT_TRUE(stored) << stored.error().text();
        stories_.insert(stored->story);
        if (side == &kAlpha) alpha_ = stored->story;
      }
    }
    EXPECT_TRUE(writer.finish());
    EXPECT_EQ(stories_.size(), 2U);
  }

  /// Everything that a table says, in lower case.
  static std::string words(const Table& table, std::size_t row) {
    std::string out;
    for (const desk::Cell& cell : table.rows[row]) {
      if (const auto* s = std::get_if<std::string>(&cell)) out += *s + " ";
      if (const auto* l = std::get_if<std::vector<std::string>>(&cell)) {
        for (const std::string& one : *l) out += one + " ";
      }
    }
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return out;
  }

  void expect_alpha(const char* question, const char* narrowed, const Question& ask, const std::function<void(Filter&)>& narrow) {
    auto database = desk::open_for_reading(folder_.desk());
    ASSERT_TRUE(database);
    Filter filter;
    narrow(filter);
    const auto table = ask(*database, filter);
    ASSERT_TRUE(table) << question << " by " << narrowed << ": " << table.error().text();
    EXPECT_FALSE(table->rows.empty()) << question << " by " << narrowed;
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
      const std::string line = words(*table, i);
      EXPECT_NE(line.find("alpha"), std::string::npos) << question << " by " << narrowed << ": " << line;
      EXPECT_EQ(line.find("beta"), std::string::npos) << question << " by " << narrowed << ": " << line;
    }
  }

  Folder folder_;
  std::set<std::int64_t> stories_;
  std::int64_t alpha_ = 0;
};

const std::pair<const char*, Question> kQuestions[] = {
    {"stories", [](desk::Database& d, const Filter& f) { return desk::stories(d, f, false); }},
    {"timeline", desk::timeline},
    {"events", desk::events},
    {"statements", desk::statements},
    {"figures", desk::figures},
    {"deals", desk::deals},
    {"channels", desk::channels},
    {"discrepancies", desk::discrepancies},
    {"search", [](desk::Database& d, const Filter& f) { return desk::search(d, "version", f); }},
};

TEST_F(Filters, EachQuestionTakesEachOfThem) {
  const std::pair<const char*, std::function<void(Filter&)>> filters[] = {
      {"actor", [](Filter& f) { f.actors = {"Alpha Army"}; }},
      {"part of an actor's name", [](Filter& f) { f.actors = {"alpha"}; }},
      {"role", [](Filter& f) { f.roles = {"REB"}; }},
      {"country", [](Filter& f) { f.countries = {"XAA"}; }},
      {"place", [](Filter& f) { f.place = "alphaville"; }},
      {"place and distance", [](Filter& f) { f.place = "Alphaton"; f.km = 20; }},
      {"time", [](Filter& f) { f.from = "2031-02"; f.to = "2031-02"; }},
      {"outlet", [](Filter& f) { f.outlet = "coast wire"; }},
      {"story", [this](Filter& f) { f.story = alpha_; }},
  };
  for (const auto& [question, ask] : kQuestions) {
    for (const auto& [name, narrow] : filters) {
      // Statements have a speaker, not the army; asked for by actor they are hers.
      const bool speaker = std::string_view(question) == "statements" && (std::string_view(name) == "actor" || std::string_view(name) == "part of an actor's name" || std::string_view(name) == "role");
      if (speaker) continue;
      expect_alpha(question, name, ask, narrow);
    }
  }
  expect_alpha("statements", "actor", desk::statements, [](Filter& f) { f.actors = {"Alder"}; });
}

TEST_F(Filters, TypesAndStatusesAreThoseOfTheQuestion) {
  const auto type = [](const char* value) { return [value](Filter& f) { f.types = {value}; }; };
  const auto status = [](const char* value) { return [value](Filter& f) { f.statuses = {value}; }; };
  expect_alpha("timeline", "type", desk::timeline, type("ASSAULT"));
  expect_alpha("timeline", "status", desk::timeline, status("actual"));
  expect_alpha("events", "type", desk::events, type("ASSAULT"));
  expect_alpha("events", "status", desk::events, status("actual"));
  expect_alpha("statements", "act", desk::statements, type("demand"));
  expect_alpha("figures", "measure", desk::figures, type("killed"));
  expect_alpha("deals", "state", desk::deals, status("offered"));
  expect_alpha("channels", "kind", desk::channels, type("crossing"));
  expect_alpha("channels", "state", desk::channels, status("open"));
  expect_alpha("discrepancies", "kind", desk::discrepancies, type("happened"));
  expect_alpha("search", "type", [](desk::Database& d, const Filter& f) { return desk::search(d, "version", f); }, type("ASSAULT"));
  expect_alpha("timeline", "confidence", desk::timeline, [](Filter& f) { f.min_confidence = 0.8; });
  expect_alpha("events", "confidence", desk::events, [](Filter& f) { f.min_confidence = 0.8; });
}

TEST_F(Filters, SearchIsBoolean) {
  auto database = desk::open_for_reading(folder_.desk());
  ASSERT_TRUE(database);
  const auto count = [&](const char* words) {
    const auto table = desk::search(*database, words, {});
    return table ? static_cast<int>(table->rows.size()) : -1;
  };
  EXPECT_EQ(count("version"), 4);
  EXPECT_EQ(count("bread OR treaty"), 4);
  EXPECT_EQ(count("version NOT treaty"), 2);
  EXPECT_EQ(count("\"fisheries treaty\" AND delegates"), 2);
  EXPECT_EQ(count("(bread OR treaty) NOT delegates"), 2);
  EXPECT_EQ(count("fish*"), 2);
}

TEST_F(Filters, WhatIsNewTakesAStoryAndAnOutlet) {
  expect_alpha("diff", "outlet", desk::news, [](Filter& f) { f.from = "2031-01"; f.outlet = "Coast Wire"; });
  expect_alpha("diff", "story", desk::news, [this](Filter& f) { f.from = "2031-01"; f.story = alpha_; });
}

}  // namespace
}  // namespace parley::testing
