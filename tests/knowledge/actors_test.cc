// Who is who: a name, what the tables make of it.
#include "knowledge/actors.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace parley {
namespace {

const Actors& actors() {
  static const Actors loaded = [] {
    Diagnostics diagnostics;
    DataFiles files(std::filesystem::path(PARLEY_SOURCE_DIR) / "data", {});
    Actors out = Actors::load(files, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
    return out;
  }();
  return loaded;
}

std::string code(std::string_view name, std::optional<std::string> date = {}) {
  const auto found = actors().lookup(name, date);
  return found ? found->code.value_or("-") : "?";
}

/// The messages of a table written for the test.
std::string mistakes(const std::string& toml) {
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("parley_actors_" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
       ::testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::create_directories(folder / "actors");
  std::filesystem::create_directories(folder / "places");
  std::ofstream(folder / "actors" / "a.toml") << toml;
  std::ofstream(folder / "places" / "b.toml") << "[city]\n";
  Diagnostics diagnostics;
  DataFiles files(folder, {});
  Actors::load(files, diagnostics);
  std::filesystem::remove_all(folder);
  return diagnostics.text();
}

TEST(ActorNames, AreComparedWithoutCaseAccentsDotsAndHyphens) {
  EXPECT_EQ(fold_name("Côte d'Ivoire"), "cote divoire");
  EXPECT_EQ(fold_name("al-Qa’ida"), "al qaida");
  EXPECT_EQ(fold_name("U.S."), "us");
  EXPECT_EQ(fold_name("Recep Tayyip Erdoğan"), "recep tayyip erdogan");
  EXPECT_EQ(fold_name("Lech Wałęsa"), "lech walesa");
  EXPECT_EQ(fold_name("Lord's Resistance Army"), "lord s resistance army");
  EXPECT_EQ(fold_name("Sana'a"), "sanaa");
  EXPECT_EQ(fold_name("…"), "");
}

TEST(ActorLookup, FindsStatesUnderAnyOfTheirNames) {
  EXPECT_EQ(code("Israel"), "ISR");
  EXPECT_EQ(code("the Netherlands"), "NLD");
  EXPECT_EQ(code("U.S."), "USA");
  EXPECT_EQ(code("Ivory Coast"), "CIV");
  EXPECT_EQ(code("Cote d'Ivoire"), "CIV");
  EXPECT_EQ(code("Islamic Republic of Afghanistan"), "AFG");
  EXPECT_EQ(code("Kosovo"), "KOS");
  EXPECT_EQ(code("Gaza Strip"), "PSE");
}

TEST(ActorLookup, NamesInCapitalsOnlyAnswerToCapitals) {
  EXPECT_EQ(code("US"), "USA");
  EXPECT_EQ(code("us"), "?");
  EXPECT_EQ(code("WHO"), "IGOMED");
  EXPECT_EQ(code("who"), "?");
}

TEST(ActorLookup, BreakawayRegionsAreTheirClaimantsWithPre) {
  EXPECT_EQ(code("Abkhazia"), "GEOPRE");
  EXPECT_EQ(code("Transdniester"), "MDAPRE");
}

TEST(ActorLookup, OrganisationsAndArmedGroups) {
  EXPECT_EQ(code("United Nations"), "IGO");
  EXPECT_EQ(code("Médecins Sans Frontières"), "NGOMED");
  EXPECT_EQ(code("Hamas"), "PSEREB");
  EXPECT_EQ(code("Islamic State"), "IMGREB");
  EXPECT_EQ(code("Lord's Resistance Army"), "UGAREB");
  EXPECT_EQ(code("the Kremlin"), "RUSGOV");
  EXPECT_EQ(code("IDF"), "ISRMIL");
  EXPECT_EQ(code("Doctors Who Like Tea"), "?");
}

TEST(ActorTerms, OfficeHasDates) {
  EXPECT_EQ(code("Benjamin Netanyahu", "2024-05-01"), "ISRGOV");
  EXPECT_EQ(code("Benjamin Netanyahu", "2022-03"), "ISRLEGOPP");
  EXPECT_EQ(code("Barack Obama", "2012"), "USAGOV");
  EXPECT_EQ(code("Barack Obama", "2019-06-01"), "USAELI");
  EXPECT_EQ(code("Barack Obama", "2001-06-01"), "USA");
  EXPECT_EQ(code("Taliban", "1999-01-01"), "AFGGOV");
  EXPECT_EQ(code("Taliban", "2010-01-01"), "AFGREB");
  EXPECT_EQ(code("Taliban", "2023-01-01"), "AFGGOV");
}

TEST(ActorTerms, WithoutADateTheOfficeReportsKnowThemBy) {
  EXPECT_EQ(code("Benjamin Netanyahu"), "ISRGOV");
  EXPECT_EQ(code("Yasser Arafat"), "PSEGOV");
  EXPECT_EQ(code("Taliban"), "AFGGOV");
}

TEST(ActorAdjectives, NameTheCountry) {
  EXPECT_EQ(actors().country_of_adjective("Israeli"), "ISR");
  EXPECT_EQ(actors().country_of_adjective("Dutch"), "NLD");
  EXPECT_EQ(actors().country_of_adjective("Ivorian"), "CIV");
  EXPECT_EQ(actors().country_of_adjective("U.S."), "USA");
  EXPECT_EQ(actors().country_of_adjective("Turkish Cypriot"), "CYP");
  EXPECT_EQ(actors().country_of_adjective("Kurdish"), std::nullopt);  // a people of several states
  EXPECT_EQ(actors().country_of_adjective("wooden"), std::nullopt);
}

TEST(ActorAgents, CommonNounsHaveSectors) {
  const auto roles = [](std::string_view lemma) -> std::string {
    const AgentNoun* noun = actors().agent(lemma);
    std::string out = noun == nullptr ? "?" : noun->country;
    if (noun != nullptr) {
      for (const std::string& role : noun->roles) out += role;
    }
    return out;
  };
  EXPECT_EQ(roles("rebel"), "REB");
  EXPECT_EQ(roles("security force"), "MIL");
  EXPECT_EQ(roles("police"), "COP");
  EXPECT_EQ(roles("aid agency"), "NGO");
  EXPECT_EQ(roles("lawmaker"), "LEG");
  EXPECT_EQ(roles("refugee"), "REF");
  EXPECT_EQ(roles("table"), "?");
}

TEST(ActorTitles, HaveSectors) {
  ASSERT_NE(actors().title("Prime Minister"), nullptr);
  EXPECT_EQ(actors().title("Prime Minister")->roles, std::vector<std::string>{"GOV"});
  EXPECT_TRUE(actors().title("Secretary of State")->state);
  EXPECT_EQ(actors().title("Lt. Gen.")->roles, std::vector<std::string>{"MIL"});
  EXPECT_EQ(actors().title("former president")->roles, std::vector<std::string>{"ELI"});
  EXPECT_EQ(actors().title("banana"), nullptr);
}

TEST(ActorFiles, EveryMistakeIsNamedWithItsPlace) {
  const std::string all = mistakes(
      "[country]\n"
      "ABC = { name = \"Abcland\", adjectivs = [\"Abcish\"] }\n"
      "[actor]\n"
      "\"Front\" = { country = \"ABD\", roles = [\"REBEL\"] }\n"
      "\"Chief\" = { country = \"ABC\", kind = \"human\", from = \"last year\" }\n"
      "\"Duke\" = { country = \"ABC\", from = \"2001\", to = \"1999\" }\n");
  EXPECT_NE(all.find("a.toml:2:"), std::string::npos) << all;
  EXPECT_NE(all.find("did you mean 'adjectives'"), std::string::npos) << all;
  EXPECT_NE(all.find("unknown country 'ABD'"), std::string::npos) << all;
  EXPECT_NE(all.find("unknown role 'REBEL'"), std::string::npos) << all;
  EXPECT_NE(all.find("unknown kind 'human'"), std::string::npos) << all;
  EXPECT_NE(all.find("'last year' is no date"), std::string::npos) << all;
  EXPECT_NE(all.find("ends before it begins"), std::string::npos) << all;
}

TEST(NameTableSearch, TakesTheLongestName) {
  const std::vector<std::string> words{"the", "democratic", "republic", "of",
                                       "the", "congo",      "said"};
  const auto match = actors().names().longest(words, 1, words.size());
  ASSERT_NE(match.values, nullptr);
  EXPECT_EQ(match.words, 5u);
  EXPECT_EQ(actors().actor(match.values->front().actor).country, "COD");
  // Words of a hyphenated name stand apart in the text.
  const std::vector<std::string> hyphen{"al", "", "shabaab"};
  EXPECT_EQ(actors().names().longest(hyphen, 0, 3).words, 3u);
}

TEST(PetrarchActors, LoadWithTheirDatesAndSynonyms) {
  Actors own = actors();
  Diagnostics diagnostics;
  own.load_petrarch_actors(
      "# an invented dictionary\n"
      "ZUBROWKA_FRONT_(ZFX) [NAMINS]  ; a comment\n"
      "+FRONT_OF_ZUBROWKA\n"
      "ADA_LOVELOCK_\n"
      "+DAME_LOVELOCK\n"
      "\t[NAMELI <900320]\n"
      "\t[NAMGOV 900321-20050321]\n"
      "\t[NAMELI >20050322]\n",
      "own.actors.txt", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
  EXPECT_EQ(own.lookup("Zubrowka Front", {})->code, "NAMREB");
  EXPECT_EQ(own.lookup("ZFX", {})->code, "NAMREB");
  EXPECT_EQ(own.lookup("Front of Zubrowka", {})->code, "NAMREB");
  EXPECT_EQ(own.lookup("Ada Lovelock", "1995-05-01")->code, "NAMGOV");
  EXPECT_EQ(own.lookup("Ada Lovelock", "2015-05-01")->code, "NAMELI");
}

TEST(PetrarchActors, EachBadLineIsNamedAndTheOthersLoad) {
  Actors own = actors();
  Diagnostics diagnostics;
  own.load_petrarch_actors(
      "+NOBODYS_NAME\n"
      "NO_END [NAMGOV\n"
      "SHORT_CODE [NA]\n"
      "WRONG_DATE\n"
      "\t[NAMGOV 901332-050321]\n"
      "ZUBROWKA_GUARD [NAMMIL]\n",
      "own.actors.txt", diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 4u) << diagnostics.text();
  for (const char* place :
       {"own.actors.txt:1:", "own.actors.txt:2:", "own.actors.txt:3:", "own.actors.txt:5:"}) {
    EXPECT_NE(diagnostics.text().find(place), std::string::npos) << diagnostics.text();
  }
  EXPECT_EQ(own.lookup("Zubrowka Guard", {})->code, "NAMMIL");
}

TEST(PetrarchAgents, SetsPluralsAndCodes) {
  Actors own = actors();
  Diagnostics diagnostics;
  own.load_petrarch_agents(
      "!PERSON! = MAN, MEN, WOMAN\n"
      "YAK!PERSON! [~AGR]\n"
      "YAK_OX {YAK_OXEN} [~AGR]\n"
      "NEWSHOUND {} [~MED]\n"
      "BROKEN [~AGR}\n"
      "TURNED [AGR~]\n",
      "own.agents.txt", diagnostics);
  EXPECT_EQ(diagnostics.all().size(), 2u) << diagnostics.text();
  ASSERT_NE(own.agent("yakwoman"), nullptr);
  EXPECT_EQ(own.agent("yakmen")->roles, std::vector<std::string>{"AGR"});
  ASSERT_NE(own.agent("yak oxen"), nullptr);
  EXPECT_EQ(own.agent("newshound")->roles,
            std::vector<std::string>{"JRN"});  // CAMEO's MED is the press
}

}  // namespace
}  // namespace parley
