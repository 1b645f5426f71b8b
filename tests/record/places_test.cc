// Toponyms: found, told apart from people and bodies, placed, and given to events and figures.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "parley/pipeline.h"
#include "record/place_resolve.h"
#include "report_fixture.h"

namespace parley {
namespace {

const Record& read(const std::string& text) {
  static const auto pipeline = Pipeline::load({});
  static std::map<std::string, Record> records;
  EXPECT_TRUE(pipeline.ok()) << pipeline.error().text();
  return records.try_emplace(text, pipeline->read(Document::plain(text))).first->second;
}

const Place* place(const Record& record, std::string_view words, int which = 0) {
  for (const Place& each : record.places) {
    if (record.document.slice(each.span) == words && which-- == 0) return &each;
  }
  return nullptr;
}

std::string place_name(const Record& record, const std::optional<Id>& id) {
  for (const Place& each : record.places) {
    if (id && each.id == *id) return std::string(record.document.slice(each.span));
  }
  return "";
}

/// Names as the report has them, resolved together.
std::vector<PlaceName> resolved(std::vector<PlaceName> names) {
  for (PlaceName& name : names) name.mentions = std::max(1U, name.mentions);
  resolve_places(fixture_knowledge().places, names);
  return names;
}

PlaceName named(std::string folded, std::vector<std::uint32_t> inside = {}) {
  PlaceName name;
  name.folded = std::move(folded);
  name.inside = std::move(inside);
  return name;
}

std::string admin(const PlaceName& name) {
  const Gazetteer& gazetteer = fixture_knowledge().places.gazetteer();
  std::optional<std::uint32_t> at = name.place;
  while (at) {
    const auto found = gazetteer.place(*at);
    if (found->kind == PlaceKind::admin1 || found->kind == PlaceKind::country) return std::string(found->name);
    at = found->inside;
  }
  return "";
}

TEST(PlaceResolution, ANameAloneIsTheLargestPlaceOfThatName) {
  EXPECT_EQ(admin(resolved({named("birmingham")})[0]), "England");
  EXPECT_EQ(admin(resolved({named("georgia")})[0]), "Georgia");
}

TEST(PlaceResolution, WhatTheTextSaysItLiesInDecides) {
  EXPECT_EQ(admin(resolved({named("birmingham", {1}), named("alabama")})[0]), "Alabama");
  EXPECT_EQ(admin(resolved({named("birmingham", {1}), named("ala")})[0]), "Alabama");
}

TEST(PlaceResolution, TheCompanyOfOtherPlacesDecides) {
  // No single one of these towns is the largest of its name.
  const auto names = resolved({named("portland"), named("bangor"), named("augusta"), named("lewiston")});
  for (const PlaceName& name : names) EXPECT_EQ(admin(name), "Maine") << name.folded;
}

TEST(PlaceResolution, TheWordBesideSaysWhatKindItIs) {
  PlaceName state = named("new york");
  state.kinds = {PlaceKind::admin1};
  PlaceName city = named("new york");
  city.kinds = {PlaceKind::town};
  const Gazetteer& gazetteer = fixture_knowledge().places.gazetteer();
  EXPECT_EQ(gazetteer.place(*resolved({state})[0].place)->kind, PlaceKind::admin1);
  EXPECT_EQ(gazetteer.place(*resolved({city})[0].place)->kind, PlaceKind::town);
}

TEST(PlaceResolution, ASiteThatNoListHasStandsWhereTheReportWasLast) {
  PlaceName site = named("old mill conference hall");
  site.facility = true;
  site.before = 0;
  const auto names = resolved({named("mombasa"), site});
  ASSERT_TRUE(names[1].place);
  EXPECT_TRUE(names[1].borrowed);
  EXPECT_EQ(names[1].place, names[0].place);
  EXPECT_FALSE(resolved({named("xqzvw")})[0].place);
}

TEST(PlaceWords, TrySpellingsAndPartsOfNames) {
  const PlaceWords& words = fixture_knowledge().places;
  const auto has = [&](const char* folded, const char* variant) {
    const auto all = words.variants(folded);
    return std::find(all.begin(), all.end(), variant) != all.end();
  };
  EXPECT_TRUE(has("st louis", "saint louis"));
  EXPECT_TRUE(has("northern gaza", "gaza"));
  EXPECT_TRUE(has("ramallah city", "ramallah"));
  EXPECT_FALSE(has("new york", "york"));
}

TEST(Places, AreWhereTheyAre) {
  const Record& record = read("Fighting broke out in Kadugli on Monday. Residents fled towards El Obeid, in North Kordofan.");
  const Place* kadugli = place(record, "Kadugli");
  ASSERT_NE(kadugli, nullptr);
  EXPECT_EQ(kadugli->country, "SDN");
  EXPECT_EQ(kadugli->use, PlaceUse::literal);
  ASSERT_TRUE(kadugli->latitude);
  EXPECT_NEAR(*kadugli->latitude, 11.0, 0.2);
  EXPECT_NEAR(*kadugli->longitude, 29.7, 0.2);
  EXPECT_TRUE(kadugli->geonames);
}

TEST(Places, AStateThatActsIsAMetonymAndAnAdjectiveIsOne) {
  const Record& record = read("Ankara accused Russian officials of lying. The talks were held in Ankara.");
  ASSERT_NE(place(record, "Ankara"), nullptr);
  EXPECT_EQ(place(record, "Ankara")->use, PlaceUse::metonym);
  ASSERT_NE(place(record, "Ankara", 1), nullptr);
  EXPECT_EQ(place(record, "Ankara", 1)->use, PlaceUse::literal);
  ASSERT_NE(place(record, "Russian"), nullptr);
  EXPECT_EQ(place(record, "Russian")->use, PlaceUse::adjective);
  EXPECT_EQ(place(record, "Russian")->country, "RUS");
}

TEST(Places, PartsOfPeoplesNamesAreNone) {
  const Record& record = read("Chelsea Clinton met Jordan Peterson in Lagos.");
  EXPECT_EQ(place(record, "Chelsea"), nullptr);
  EXPECT_EQ(place(record, "Jordan"), nullptr);
  ASSERT_NE(place(record, "Lagos"), nullptr);
  EXPECT_EQ(place(record, "Lagos")->country, "NGA");
}

TEST(Places, EventsAndFiguresGetThePlaceOfTheirOwnWords) {
  const Record& record = read("Gunmen killed at least 12 villagers in Dori on Sunday, officials said in Ouagadougou.");
  ASSERT_FALSE(record.events.empty());
  EXPECT_EQ(place_name(record, record.events.front().place), "Dori");
  ASSERT_FALSE(record.figures.empty());
  EXPECT_EQ(place_name(record, record.figures.front().place), "Dori");
}

TEST(Places, AnEventWithoutItsOwnPlaceHasNone) {
  const Record& record = read("Rebels shelled the barracks. A spokesman spoke to reporters in Nairobi.");
  ASSERT_FALSE(record.events.empty());
  EXPECT_FALSE(record.events.front().place);
}

}  // namespace
}  // namespace parley
