// The index of places: what goes in comes out, and a damaged file is refused or answers nothing.
#include "knowledge/gazetteer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstring>
#include <filesystem>
#include <fstream>

namespace parley {
namespace {

std::vector<GazetteerRow> rows() {
  GazetteerRow state{"Examplia", {"Republic of Examplia"}, PlaceKind::country, 10.0, 20.0, 7, std::nullopt, "EXA", 5e6};
  GazetteerRow north{"North Province", {}, PlaceKind::admin1, 11.0, 20.5, 8, 0, "EXA", 1e6};
  GazetteerRow small{"Port Sable", {"Porto Sabel"}, PlaceKind::town, 11.25, 20.75, 9, 1, "EXA", 800};
  GazetteerRow large{"Port Sable", {}, PlaceKind::town, -33.5, 151.125, 10, std::nullopt, "AUS", 40000};
  return {state, north, small, large};
}

std::string bytes() {
  auto built = build_gazetteer(rows());
  EXPECT_TRUE(built.ok());
  return built.ok() ? *built : std::string();
}

TEST(Gazetteer, GivesWhatWentIn) {
  auto gazetteer = Gazetteer::from_bytes(bytes());
  ASSERT_TRUE(gazetteer.ok()) << gazetteer.error().text();
  const auto found = gazetteer->find("port sable");
  ASSERT_EQ(found.size(), 2U);
  const auto large = gazetteer->place(found[0].index);  // the larger first
  ASSERT_TRUE(large);
  EXPECT_EQ(large->country, "AUS");
  EXPECT_NEAR(large->latitude, -33.5, 1e-5);
  EXPECT_NEAR(large->longitude, 151.125, 1e-5);
  EXPECT_NEAR(large->inhabitants, 40000, 4000);
  const auto small = gazetteer->place(found[1].index);
  ASSERT_TRUE(small);
  EXPECT_EQ(small->name, "Port Sable");
  EXPECT_EQ(small->geonames, 9U);
  ASSERT_TRUE(small->inside);
  EXPECT_EQ(gazetteer->place(*small->inside)->name, "North Province");
}

TEST(Gazetteer, KnowsOtherNamesAndSaysSo) {
  auto gazetteer = Gazetteer::from_bytes(bytes());
  ASSERT_TRUE(gazetteer.ok());
  const auto found = gazetteer->find("porto sabel");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].other_name);
  EXPECT_FALSE(gazetteer->find("examplia").front().other_name);
  EXPECT_TRUE(gazetteer->find("nowhere").empty());
  EXPECT_TRUE(gazetteer->find("").empty());
}

TEST(Gazetteer, RefusesRowsThatCannotBe) {
  auto wrong = rows();
  wrong[2].latitude = 91.0;
  const auto built = build_gazetteer(wrong);
  ASSERT_FALSE(built.ok());
  EXPECT_NE(built.error().text().find("row 2"), std::string::npos) << built.error().text();
  wrong = rows();
  wrong[1].inside = 99;
  EXPECT_FALSE(build_gazetteer(wrong).ok());
}

TEST(Gazetteer, RefusesADamagedFileAndSaysWhatToDo) {
  const std::string good = bytes();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x40);
    const auto gazetteer = Gazetteer::from_bytes(bad);
    if (gazetteer.ok()) {
      // Bytes that mean nothing: the head's reserved fields.
      EXPECT_TRUE((i >= 28 && i < 32) || (i >= 40 && i < 48)) << "byte " << i;
    } else {
      EXPECT_NE(gazetteer.error().text().find("make data"), std::string::npos);
    }
  }
  EXPECT_FALSE(Gazetteer::from_bytes(good.substr(0, good.size() - 1)).ok());
  EXPECT_FALSE(Gazetteer::from_bytes("").ok());
  EXPECT_FALSE(Gazetteer::open("/nowhere/places.gaz").ok());
}

// Behind the fingerprint: whatever the rows and entries say, nothing outside the bytes is read.
TEST(Gazetteer, LiesInsideGiveNoAnswers) {
  const std::string good = bytes();
  rc::check([&] {
    std::string bad = good;
    const auto at = *rc::gen::inRange<std::size_t>(48, good.size());
    const auto length = *rc::gen::inRange<std::size_t>(1, 9);
    for (std::size_t i = at; i < std::min(good.size(), at + length); ++i) bad[i] = *rc::gen::arbitrary<char>();
    const auto gazetteer = Gazetteer::from_bytes(bad, true);
    RC_ASSERT(gazetteer.ok());
    for (const char* name : {"port sable", "examplia", "north province"}) {
      for (const auto& match : gazetteer->find(name)) {
        if (const auto place = gazetteer->place(match.index)) RC_ASSERT(place->name.size() <= 255U);
      }
    }
    RC_ASSERT(!gazetteer->place(4));
  });
}

TEST(Gazetteer, TheShippedIndexIsWhole) {
  const auto gazetteer = Gazetteer::open(std::string(PARLEY_SOURCE_DIR) + "/data/gazetteer/places.gaz");
  ASSERT_TRUE(gazetteer.ok()) << gazetteer.error().text();
  EXPECT_GT(gazetteer->size(), 250000U);
  std::optional<GazetteerPlace> place;
  for (const Gazetteer::Match& match : gazetteer->find("nairobi")) {  // the county of that name, too
    const auto each = gazetteer->place(match.index);
    if (each && each->kind == PlaceKind::capital) place = each;
  }
  ASSERT_TRUE(place);
  EXPECT_EQ(place->country, "KEN");
  EXPECT_NEAR(place->latitude, -1.28, 0.05);
  EXPECT_NEAR(place->longitude, 36.82, 0.05);
}

}  // namespace
}  // namespace parley
