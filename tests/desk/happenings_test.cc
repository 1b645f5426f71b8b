// Which accounts are of one happening, scored on a marked set (data/happenings.txt), pair by pair; and what accounts of
// one happening, or figures of one thing, disagree about.
#include <map>
#include <sstream>

#include "desk/ask.h"
#include "support.h"

namespace parley::testing {
namespace {

std::vector<std::string> split(const std::string& text, const std::string& mark) {
  std::vector<std::string> out;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(mark, at);
    out.push_back(text.substr(at, end == std::string::npos ? end : end - at));
    if (end == std::string::npos) return out;
    at = end + mark.size();
  }
}

template <typename E>
E named(const std::string& text) {
  for (int i = 0; i < 16; ++i) {
    if (text == name(static_cast<E>(i))) return static_cast<E>(i);
  }
  ADD_FAILURE() << "no such name: " << text;
  return E{};
}

std::optional<std::string> given(const std::string& text) { return text == "-" ? std::nullopt : std::optional(text); }

/// "o:Ridge Front/XKA/XKAREB ; …" as entities of the record.
std::vector<Id> parties(Record& record, const std::string& text) {
  static const std::map<char, EntityKind> kKinds{{'p', EntityKind::person}, {'o', EntityKind::organisation}, {'c', EntityKind::country},
                                                 {'n', EntityKind::nationality}, {'g', EntityKind::group}, {'l', EntityKind::place}};
  std::vector<Id> out;
  if (text == "-") return out;
  for (const std::string& one : split(text, " ; ")) {
    const auto parts = split(one.substr(2), "/");
    Entity e;
    e.id = fmt::format("e{}", record.entities.size() + 1);
    e.kind = kKinds.at(one[0]);
    e.name = parts.at(0);
    e.actor.country = given(parts.at(1));
    e.actor.code = given(parts.at(2));
    if (e.actor.code && e.actor.code->size() == 6) e.actor.roles = {e.actor.code->substr(3)};
    out.push_back(e.id);
    record.entities.push_back(std::move(e));
  }
  return out;
}

struct Marked {
  std::map<std::string, std::vector<std::vector<std::string>>> reports;  ///< their lines, as columns
  std::vector<std::string> order;
};

Marked marked() {
  std::ifstream in(source_dir() / "tests/desk/data/happenings.txt");
  Marked out;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto columns = split(line, " | ");
    EXPECT_EQ(columns.size(), 10U) << line;
    if (!out.reports.contains(columns.at(1))) out.order.push_back(columns.at(1));
    out.reports[columns.at(1)].push_back(columns);
  }
  return out;
}

TEST(HappeningsMarked, PairsOfAccountsAreJoinedAsAReaderWould) {
  const Marked set = marked();
  const Folder folder;
  std::map<std::string, std::string> mark_of;  // "w1/ev1": "a1"
  {
    desk::Writer writer = open_writer(folder.desk());
    for (const std::string& key : set.order) {
      const auto& lines = set.reports.at(key);
      std::string text;
      for (const auto& columns : lines) text += columns[9] + " ";
      Record r = report(key, text, lines.front()[2]);
      for (const auto& columns : lines) {
        Event e;
        e.id = fmt::format("ev{}", r.events.size() + 1);
        const auto type = split(columns[3], ".");
        e.type = named<EventType>(type[0]);
        if (type.size() > 1) e.mode = {type[1]};
        e.status = named<Status>(columns[4]);
        e.actors = parties(r, columns[5]);
        e.recipients = parties(r, columns[6]);
        if (columns[7] != "-") {
          const auto parts = split(columns[7], "/");
          Place place;
          place.id = fmt::format("p{}", r.places.size() + 1);
          place.name = parts.at(0);
          place.country = parts.at(1);
          if (parts.at(2) != "-") {
            place.latitude = std::stod(parts.at(2));
            place.longitude = std::stod(parts.at(3));
          }
          e.place = place.id;
          r.places.push_back(std::move(place));
        }
        e.date = given(columns[8]);
        e.evidence = find(r, columns[9]);
        e.trigger = e.evidence;
        e.rule = "by hand";
        mark_of[key + "/" + e.id] = columns[0];
        r.events.push_back(std::move(e));
      }
      ASSERT_TRUE(writer.store(r, true));
    }
    ASSERT_TRUE(writer.finish());
  }
  auto database = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(database);
  std::map<std::string, std::int64_t> found;
  auto query = database->prepare("SELECT r.key, e.local, e.happening FROM event e JOIN report r ON r.id = e.report");
  ASSERT_TRUE(query);
  for (auto row = query->step(); row && *row; row = query->step()) {
    found[fmt::format("{}/ev{}", query->text(0), query->integer(1))] = query->integer(2);
  }
  ASSERT_EQ(found.size(), mark_of.size());
  int right = 0;
  int wrong = 0;
  int missed = 0;
  std::string mistakes;
  for (auto a = mark_of.begin(); a != mark_of.end(); ++a) {
    for (auto b = std::next(a); b != mark_of.end(); ++b) {
      const bool same = a->second == b->second;
      const bool joined = found[a->first] == found[b->first];
      right += same && joined;
      wrong += !same && joined;
      missed += same && !joined;
      if (same != joined) mistakes += fmt::format("{} {} {} ({} {})\n", joined ? "joined" : "parted", a->first, b->first, a->second, b->second);
    }
  }
  const double precision = static_cast<double>(right) / (right + wrong);
  const double recall = static_cast<double>(right) / (right + missed);
  RecordProperty("precision", fmt::format("{:.3f}", precision));
  RecordProperty("recall", fmt::format("{:.3f}", recall));
  RecordProperty("mistakes", mistakes);
  // As first run, before anything was changed for it: precision .778 (28 of 36 pairs), recall .966 (28 of 29).
  // Known wrong: two threats of one day that share only "that" and "would" are joined.
  EXPECT_GE(precision, 0.9) << mistakes;
  EXPECT_GE(recall, 0.95) << mistakes;
}

class Disagreements : public ::testing::Test {
 protected:
  /// Rows of one kind after both reports are stored.
  std::vector<std::string> notes(const char* kind, const Record& one, const Record& other) {
    const Folder folder;
    {
      desk::Writer writer = open_writer(folder.desk());
      EXPECT_TRUE(writer.store(one, true));
      EXPECT_TRUE(writer.store(other, true));
      EXPECT_TRUE(writer.finish());
    }
    auto database = desk::open_for_reading(folder.desk());
    EXPECT_TRUE(database);
    desk::Filter filter;
    filter.types = {kind};
    const auto table = desk::discrepancies(*database, filter);
    EXPECT_TRUE(table);
    std::vector<std::string> out;
    for (const auto& row : table->rows) {
      out.push_back(std::get<std::string>(row[1]));
      // Each with both wordings and outlets.
      EXPECT_FALSE(std::get<std::string>(row[6]).empty());
      EXPECT_FALSE(std::get<std::string>(row[9]).empty());
      EXPECT_EQ(std::get<std::string>(row[5]), "Harbour Post");
      EXPECT_EQ(std::get<std::string>(row[8]), "Coast Wire");
    }
    return out;
  }

  static Record attack(const char* id, const char* army, const char* town, const char* day, int dead, const char* outlet) {
    // Two wordings, so that the one report is no copy of the other.
    const bool coast = std::string_view(outlet) == "Coast Wire";
    Record r = report(id,
                      coast ? fmt::format("The {} shelled the guards of {} at the old mill with mortars before dawn, and {} people died.", army, town, dead)
                            : fmt::format("Mortars of the {} shelled the old mill of {} where guards slept; {} people died before dawn.", army, town, dead),
                      "2031-02-05");
    r.document.publisher = outlet;
    const Id doer = entity(r, EntityKind::organisation, army, "XAA");
    const Id guards = entity(r, EntityKind::group, "guards", "XBB");
    Place place;
    place.id = "p1";
    place.name = town;
    place.span = find(r, town);
    place.country = "XBB";
    place.latitude = std::string_view(town) == "Kardo" ? 10.0 : 11.0;
    place.longitude = 20.0;
    r.places.push_back(place);
    event(r, EventType::assault, {doer}, {guards}, "shelled", day).place = "p1";
    figure(r, Measure::killed, dead, std::to_string(dead), "people").place = "p1";
    return r;
  }
};

TEST_F(Disagreements, TwoTollsOfOneDay) {
  const auto found = notes("figure", attack("a", "Northern Army", "Kardo", "2031-02-04", 12, "Coast Wire"),
                           attack("b", "Northern Army", "Kardo", "2031-02-04", 30, "Harbour Post"));
  EXPECT_EQ(found, std::vector<std::string>{"killed: 30 here, 12 there"});
  EXPECT_TRUE(notes("figure", attack("a", "Northern Army", "Kardo", "2031-02-04", 12, "Coast Wire"),
                    attack("b", "Northern Army", "Kardo", "2031-02-04", 12, "Harbour Post")).empty());
}

TEST_F(Disagreements, HappenedOrNot) {
  Record denial = attack("b", "Northern Army", "Kardo", "2031-02-04", 12, "Harbour Post");
  denial.events[0].status = Status::denied;
  EXPECT_EQ(notes("happened", attack("a", "Northern Army", "Kardo", "2031-02-04", 12, "Coast Wire"), denial),
            std::vector<std::string>{"denied here, actual there"});
}

TEST_F(Disagreements, TwoOwnersOfOneDeed) {
  EXPECT_EQ(notes("who", attack("a", "Northern Army", "Kardo", "2031-02-04", 12, "Coast Wire"),
                  attack("b", "River Militia", "Kardo", "2031-02-04", 12, "Harbour Post")),
            std::vector<std::string>{"river militia here, northern army there"});
}

TEST_F(Disagreements, TwoDates) {
  EXPECT_EQ(notes("when", attack("a", "Northern Army", "Kardo", "2031-02-04", 12, "Coast Wire"),
                  attack("b", "Northern Army", "Kardo", "2031-02-03", 12, "Harbour Post")),
            std::vector<std::string>{"2031-02-03 here, 2031-02-04 there"});
}

TEST_F(Disagreements, TwoPlaces) {
  const auto found = notes("where", attack("a", "Northern Army", "Kardo", "2031-02-04", 12, "Coast Wire"),
                           attack("b", "Northern Army", "Orla", "2031-02-04", 12, "Harbour Post"));
  EXPECT_EQ(found, std::vector<std::string>{"orla here, kardo there, 111 km apart"});
}

TEST(Happenings, WhatWasDoneToATownHappenedThere) {
  // "The army shelled Kardo" names the town as a place, "Kardo is shelled" as what it was done to.
  const auto kardo = [](Record& r) {
    Place p;
    p.id = "p1";
    p.name = "Kardo Mare";  // as the gazetteer calls it
    p.span = find(r, "Kardo");
    r.places.push_back(p);
  };
  const Folder folder;
  desk::Writer writer = open_writer(folder.desk());
  Record first = report("a", "The Northern Army shelled Kardo on Monday.");
  kardo(first);
  event(first, EventType::assault, {entity(first, EntityKind::organisation, "Northern Army")}, {}, "shelled", "2031-02-03").place = "p1";
  Record second = report("b", "Kardo Is Shelled");
  kardo(second);
  event(second, EventType::assault, {}, {entity(second, EntityKind::place, "Kardo")}, "Shelled", std::nullopt);
  Record elsewhere = report("c", "Orla Is Shelled");
  event(elsewhere, EventType::assault, {}, {entity(elsewhere, EntityKind::place, "Orla")}, "Shelled", std::nullopt);
  for (const Record* one : {&first, &second, &elsewhere}) ASSERT_TRUE(writer.store(*one, true));
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(number(writer.database(), "SELECT count(DISTINCT happening) FROM event WHERE report < 3"), 1);
  EXPECT_EQ(number(writer.database(), "SELECT count(*) FROM happening"), 2);
}

TEST(Figures, WithoutAPlaceASeriesEndsWithItsStory) {
  const Folder folder;
  {
    desk::Writer writer = open_writer(folder.desk());
    Record flood = report("a", "The flood on the lower Vesna killed 300 people, rescuers said, and washed away two bridges and a mill.", "2031-02-01");
    figure(flood, Measure::killed, 300, "300", "people");
    Record shelling = report("b", "Shells fell on the market of Kardo. 12 people died, hospital doctors told the Harbour Post.", "2031-02-20");
    figure(shelling, Measure::killed, 12, "12", "people");
    ASSERT_TRUE(writer.store(flood, true));
    ASSERT_TRUE(writer.store(shelling, true));
    ASSERT_TRUE(writer.finish());
    ASSERT_EQ(number(writer.database(), "SELECT count(DISTINCT story) FROM report"), 2);
  }
  auto database = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(database);
  const auto table = desk::figures(*database, {});
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 2U);
  for (const auto& row : table->rows) EXPECT_EQ(std::get<std::string>(row[8]), "first");
}

TEST(Channels, AHeadlineAndItsBodyTellOfOneClosure) {
  const Folder folder;
  {
    desk::Writer writer = open_writer(folder.desk());
    Record r = report("a", "Orla Crossing Closed. The army closed the Orla crossing on Monday.");
    for (const char* words : {"Orla Crossing", "Orla crossing"}) {
      Channel c;
      c.id = fmt::format("ch{}", r.channels.size() + 1);
      c.kind = ChannelKind::crossing;
      c.name = words;
      c.state = ChannelState::closed;
      c.span = find(r, words);
      r.channels.push_back(c);
    }
    ASSERT_TRUE(writer.store(r, true));
    ASSERT_TRUE(writer.finish());
  }
  auto database = desk::open_for_reading(folder.desk());
  ASSERT_TRUE(database);
  EXPECT_EQ(desk::channels(*database, {})->rows.size(), 1U);
}

}  // namespace
}  // namespace parley::testing
