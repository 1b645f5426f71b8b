// Dates, copies, stories and happenings, by hand.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "story/clusters.h"
#include "story/copies.h"
#include "story/days.h"
#include "story/figures.h"
#include "story/happenings.h"
#include "story/words.h"

namespace parley::story {
namespace {

TEST(Days, ADateMeansTheDaysOfItsPrecision) {
  const auto span = [](const char* value) {
    const auto days = days_of(value);
    return days ? day_text(days->low) + ".." + day_text(days->high) : std::string("none");
  };
  EXPECT_EQ(span("2024-05-01"), "2024-05-01..2024-05-01");
  EXPECT_EQ(span("2024-05-01T14:30"), "2024-05-01..2024-05-01");
  EXPECT_EQ(span("2024-02"), "2024-02-01..2024-02-29");
  EXPECT_EQ(span("2024"), "2024-01-01..2024-12-31");
  EXPECT_EQ(span("2024-W01"), "2024-01-01..2024-01-07");
  EXPECT_EQ(span("2020-W53-WE"), "2021-01-02..2021-01-03");
  EXPECT_EQ(span("2024-Q3"), "2024-07-01..2024-09-30");
  EXPECT_EQ(span("2024-WI"), "2024-12-01..2025-02-28");
  for (const char* none : {"XXXX-WXX-3", "PAST_REF", "P3M", "199", "", "2024-13", "2024-XX"}) EXPECT_EQ(span(none), "none") << none;
}

TEST(Copies, ASlightlyEditedTextIsACopyAndARetellingIsNone) {
  const std::string agency =
      "Negotiators for the coastal towns said on Friday that the blockade of the harbour would be lifted within two days, "
      "after the navy agreed to let grain ships leave under the eyes of neutral observers from three islands.";
  const auto original = shingles(agency);
  EXPECT_GE(jaccard(original, shingles("COASTAL TOWNS, Friday - " + agency)), kCopy);
  EXPECT_LT(jaccard(original, shingles("The navy will let grain ships out of the harbour; observers from three islands "
                                       "are to watch, the towns' negotiators said on Friday.")),
            0.2);
  EXPECT_EQ(jaccard(shingles("Two words"), shingles("two WORDS!")), 1.0);
  EXPECT_EQ(jaccard(shingles(""), shingles("")), 0.0);
}

/// The same by sets.
RC_GTEST_PROP(Copies, JaccardAgreesWithItsSlowTwin, (std::vector<unsigned char> a, std::vector<unsigned char> b)) {
  std::set<std::uint64_t> x(a.begin(), a.end());
  std::set<std::uint64_t> y(b.begin(), b.end());
  std::set<std::uint64_t> all = x;
  all.insert(y.begin(), y.end());
  const std::size_t common = x.size() + y.size() - all.size();
  const double expected = all.empty() ? 0.0 : static_cast<double>(common) / static_cast<double>(all.size());
  RC_ASSERT(jaccard({x.begin(), x.end()}, {y.begin(), y.end()}) == expected);
}

RC_GTEST_PROP(Copies, TextsWithOneWordChangedOftenShareABand, (unsigned seed)) {
  std::string text;
  for (unsigned i = 0; i < 300; ++i) text.append("word").append(std::to_string((seed + i * i * 7) % 5000)).append(" ");
  std::string changed = text;
  changed.replace(changed.find(' ') + 1, 4, "term");
  const auto a = bands(shingles(text));
  const auto b = bands(shingles(changed));
  std::size_t shared = 0;
  for (std::size_t i = 0; i < kBands; ++i) shared += a[i] == b[i];
  RC_ASSERT(shared >= 8U);  // Jaccard about .97: a band agrees with .88
}

TEST(Words, ApostrophesEndAWord) {
  std::string seen;
  for_each_word("Orla's harbour, 1,100 — ÉTÉ", [&](std::string_view word, bool capital) {
    if (capital) seen += '^';
    seen += word;
    seen += ' ';
  });
  EXPECT_EQ(seen, "^orla harbour 1 100 ^été ");
}

class Stories : public ::testing::Test {
 protected:
  Background background = [] {
    auto loaded = Background::load(std::filesystem::path(PARLEY_SOURCE_DIR) / "data/story/background.tsv");
    EXPECT_TRUE(loaded);
    return std::move(loaded).value();
  }();
  Clusters clusters{background, {}};
  std::int64_t next = 1;

  Clusters::Assigned tell(std::string text, std::int64_t day = 100) {
    Record record;
    record.document = Document::plain(std::move(text));
    return clusters.assign(next++, day, count_terms(record, background));
  }
};

TEST_F(Stories, ReportsOfOneThingAreOneStory) {
  const auto quake = tell("An earthquake struck the Messine valley, and houses fell in Taro.");
  const auto again = tell("Rescuers in Taro dig for survivors after the Messine earthquake.");
  const auto strike = tell("Dock workers in Veltmar walked out over pay, shutting the container port.");
  EXPECT_TRUE(quake.is_new);
  EXPECT_EQ(again.story, quake.story);
  EXPECT_NE(strike.story, quake.story);
}

TEST_F(Stories, AReportThatTellsBothJoinsTwoStories) {
  const auto ship = tell("The freighter Halcyon was seized by gunmen off Cape Dorn.");
  const auto crew = tell("Five sailors came home to Pelline after a ransom was paid by brokers.");
  ASSERT_NE(ship.story, crew.story);
  tell("The freighter Halcyon, seized off Cape Dorn by gunmen, is free: sailors came home to Pelline after brokers paid a ransom.");
  tell("Gunmen who seized the freighter Halcyon off Cape Dorn got a ransom from brokers; sailors came home to Pelline.");
  const auto changes = clusters.refine();
  ASSERT_FALSE(changes.empty());
  EXPECT_EQ(changes.front().kind, Clusters::Change::Kind::merged);
  EXPECT_EQ(changes.front().other, std::min(ship.story, crew.story));
}

TEST_F(Stories, SilenceLoosensAStory) {
  const char* text = "Monitors counted new violations of the Dorn truce near the Messine bridge.";
  const char* later = "Observers say the Dorn ceasefire is holding at a crossing of the river Messine.";
  tell(text);
  const double soon = tell(later, 101).similarity;
  Clusters others{background, {}};
  const auto counts = [&](const char* words) {
    Record record;
    record.document = Document::plain(words);
    return count_terms(record, background);
  };
  others.assign(1, 100, counts(text));
  EXPECT_LT(others.assign(2, 400, counts(later)).similarity, soon);
}

TEST(Vectors, PackingKeepsEverything) {
  const std::vector<TermCount> terms{{1, Field::title, 1}, {0xFFFFFFFF, Field::body, 255}, {77, Field::names, 3}};
  const auto back = unpack(pack(terms));
  ASSERT_EQ(back.size(), terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    EXPECT_EQ(back[i].term, terms[i].term);
    EXPECT_EQ(back[i].field, terms[i].field);
    EXPECT_EQ(back[i].count, terms[i].count);
  }
  EXPECT_TRUE(unpack("short").empty());
}

Party person(const char* name, const char* country = "") { return {name, EntityKind::person, country, "", false}; }
Party body(const char* name, const char* country = "", const char* code = "") {
  return {name, EntityKind::organisation, country, code, false};
}

TEST(Happenings, PartiesAreOneByNameSurnameOrCode) {
  EXPECT_EQ(same_party(person("mara tovin"), person("mara tovin")), 1.0);
  EXPECT_EQ(same_party(person("mara tovin"), person("tovin")), 0.9);
  EXPECT_EQ(same_party(person("mara tovin", "XAA"), person("tovin", "XBB")), 0.0);
  EXPECT_EQ(same_party(body("army of the north", "XAA", "XAAMIL"), body("northern army", "XAA", "XAAMIL")), 0.8);
  EXPECT_EQ(same_party(body("dock union"), body("harbour board")), 0.0);
  Party state{"veltmar", EntityKind::country, "XVE", "XVE", false};
  Party minister{"ona pell", EntityKind::person, "XVE", "XVEGOV", true};
  EXPECT_EQ(same_party(state, minister), 0.6);
}

Account attack(const char* place, std::int64_t day) {
  Account out;
  out.type = EventType::assault;
  out.days = {day, day};
  out.dated = true;
  out.actors = {body("northern army", "XAA")};
  out.recipients = {body("town guard", "XBB")};
  out.place = place;
  out.words = {1, 2, 3, 4};
  return out;
}

TEST(Happenings, SameDeedSameDaySamePlace) {
  EXPECT_GT(same_happening(attack("kardo", 10), attack("kardo", 10)), 0.5);
  EXPECT_EQ(same_happening(attack("kardo", 10), attack("kardo", 15)), 0.0);
  Account planned = attack("kardo", 10);
  planned.status = Status::planned;
  EXPECT_EQ(same_happening(attack("kardo", 10), planned), 0.0);
  Account denied = attack("kardo", 10);
  denied.status = Status::denied;
  EXPECT_GT(same_happening(attack("kardo", 10), denied), 0.5);
  Account elsewhere = attack("orla", 10);
  elsewhere.words = {7, 8, 9};
  EXPECT_EQ(same_happening(attack("kardo", 10), elsewhere), 0.0);
  Account others = attack("kardo", 10);
  others.actors = {body("river militia", "XCC")};
  EXPECT_EQ(same_happening(attack("kardo", 10), others), 0.0);
}

RC_GTEST_PROP(Happenings, LikenessIsSymmetric, (int a, int b, bool placed)) {
  Account x = attack("kardo", a % 4);
  Account y = attack(placed ? "orla" : "", b % 4);
  y.words = {2, 3, 9};
  RC_ASSERT(same_happening(x, y) == same_happening(y, x));
}

TEST(Happenings, AnAccountComesBackFromItsBytesAndDamageIsSeen) {
  Account account = attack("kardo", -400);
  account.status = Status::denied;
  account.modes = {"heavy-weapons"};
  account.recipients = {body("river militia", "XCC")};
  account.place_country = "XAA";
  account.latitude = -12.5;
  account.words = {1, 0xFFFFFFFFU};
  account.dated = true;
  const std::string bytes = pack_account(account);
  const auto back = unpack_account(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(pack_account(*back), bytes);
  EXPECT_EQ(back->days.low, -400);
  EXPECT_EQ(back->latitude, -12.5);
  EXPECT_FALSE(back->longitude);
  EXPECT_EQ(back->recipients.at(0).folded, "river militia");
  EXPECT_EQ(back->words, account.words);
  for (std::size_t length = 0; length < bytes.size(); ++length) EXPECT_FALSE(unpack_account(bytes.substr(0, length))) << length;
}

TEST(Figures, RangesExcludeEachOtherOrNot) {
  EXPECT_TRUE(exclude({84, 84}, {90, 90}));
  EXPECT_FALSE(exclude({84, std::nullopt}, {90, 90}));
  EXPECT_TRUE(exclude({84, std::nullopt}, {std::nullopt, 50}));
  EXPECT_EQ(amount_text({1170, 1170}), "1,170");
  EXPECT_EQ(amount_text({84, std::nullopt}), "at least 84");
  EXPECT_EQ(amount_text({1234567.5, 1234567.5}), "1.23457e+06");
}

}  // namespace
}  // namespace parley::story
