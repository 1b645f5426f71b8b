// Events with their status: trees above, records below. Trees are written by hand, so that these tests
// speak of the rules alone, whatever the model says. A word is form/lemma/UPOS/XPOS/head/relation, with
// /NER for names; heads count from 1.
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "language/conllu.h"
#include "record/extract.h"

namespace parley {
namespace {

const Knowledge& knowledge() {
  static const Knowledge loaded = [] {
    Diagnostics diagnostics;
    Knowledge out = Knowledge::load(std::string(PARLEY_SOURCE_DIR) + "/data", {}, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return out;
  }();
  return loaded;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string part; std::getline(in, part, separator);) out.push_back(part);
  return out;
}

// "|" stands between sentences.
std::string conllu_of(const std::string& words) {
  std::string conllu;
  int number = 0;
  std::stringstream in(words);
  for (std::string word; in >> word;) {
    if (word == "|") {
      conllu += '\n';
      number = 0;
      continue;
    }
    const std::vector<std::string> part = split(word, '/');
    conllu += std::to_string(++number) + '\t' + part[0] + '\t' + part[1] + '\t' + part[2] + '\t' + part[3] + "\t_\t" +
              part[4] + '\t' + part[5] + "\t_\t" + (part.size() > 6 ? "NER=" + part[6] : "_") + '\n';
  }
  return conllu + '\n';
}

Record record_of(const std::string& words) {
  auto text = read_conllu(conllu_of(words));
  EXPECT_TRUE(text.ok()) << text.error().text();
  Record record;
  record.document = text->document;
  Context context = make_context(text->document, text->analysis, knowledge(), record);
  extract_entities(context);
  extract_events(context);
  return record;
}

// One line an event: "REQUEST/yield actual kenya>somalia", parties by the words of their spans.
std::string events_of(const std::string& words) {
  const Record record = record_of(words);
  std::string out;
  for (const Event& event : record.events) {
    if (!out.empty()) out += '\n';
    out += name(event.type);
    for (const std::string& mode : event.mode) out += '/' + mode;
    out += std::string(" ") + name(event.status) + ' ';
    const auto list = [&](const std::vector<Span>& spans) {
      for (std::size_t i = 0; i < spans.size(); ++i) {
        out += (i > 0 ? "+" : "") + std::string(record.document.slice(spans[i]));
      }
    };
    list(event.actor_spans);
    out += '>';
    list(event.recipient_spans);
  }
  return out;
}

TEST(Events, ActiveVoice) {
  EXPECT_EQ(events_of("Rebels/rebel/NOUN/NNS/2/nsubj abducted/abduct/VERB/VBD/0/root three/three/NUM/CD/4/nummod "
                      "nuns/nun/NOUN/NNS/2/obj"),
            "ASSAULT/abduct actual Rebels>three nuns");
}

TEST(Events, PassiveVoice) {
  EXPECT_EQ(events_of("Three/three/NUM/CD/2/nummod nuns/nun/NOUN/NNS/4/nsubj:pass were/be/AUX/VBD/4/aux:pass "
                      "abducted/abduct/VERB/VBN/0/root by/by/ADP/IN/6/case rebels/rebel/NOUN/NNS/4/obl:agent"),
            "ASSAULT/abduct actual rebels>Three nuns");
}

TEST(Events, NegationIsDenied) {
  EXPECT_EQ(events_of("Rebels/rebel/NOUN/NNS/4/nsubj did/do/AUX/VBD/4/aux not/not/PART/RB/4/advmod "
                      "abduct/abduct/VERB/VB/0/root the/the/DET/DT/6/det nuns/nun/NOUN/NNS/4/obj"),
            "ASSAULT/abduct denied Rebels>the nuns");
}

TEST(Events, WhatIsThreatenedIsTheThreatsModeAndNoEventOfItsOwn) {
  EXPECT_EQ(events_of("Rebels/rebel/NOUN/NNS/2/nsubj threatened/threaten/VERB/VBD/0/root to/to/PART/TO/4/mark "
                      "attack/attack/VERB/VB/2/xcomp the/the/DET/DT/6/det villagers/villager/NOUN/NNS/4/obj"),
            "THREATEN/violence actual Rebels>the villagers");
}

TEST(Events, WhatIsDemandedIsTheDemandsMode) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE demanded/demand/VERB/VBD/0/root that/that/SCONJ/IN/5/mark "
                      "rebels/rebel/NOUN/NNS/5/nsubj release/release/VERB/VBP/2/ccomp the/the/DET/DT/7/det "
                      "nuns/nun/NOUN/NNS/5/obj"),
            "REQUEST/yield actual Kenya>rebels");
}

TEST(Events, ARefusalIsItselfActual) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE refused/refuse/VERB/VBD/0/root to/to/PART/TO/4/mark "
                      "meet/meet/VERB/VB/2/xcomp the/the/DET/DT/6/det rebels/rebel/NOUN/NNS/4/obj"),
            "REJECT/meet actual Kenya>the rebels");
}

TEST(Events, WhatWillNotBeDoneIsRefused) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/4/nsubj/B-GPE will/will/AUX/MD/4/aux not/not/PART/RB/4/advmod "
                      "meet/meet/VERB/VB/0/root the/the/DET/DT/6/det rebels/rebel/NOUN/NNS/4/obj"),
            "REJECT/meet actual Kenya+the rebels>");
}

TEST(Events, AnAnnouncedMeetingIsAnAgreementThatIsPlanned) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/3/nsubj/B-GPE will/will/AUX/MD/3/aux meet/meet/VERB/VB/0/root "
                      "the/the/DET/DT/5/det rebels/rebel/NOUN/NNS/3/obj"),
            "AGREE planned Kenya+the rebels>");
}

TEST(Events, AnAccusationsDeedIsAlleged) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE accused/accuse/VERB/VBD/0/root rebels/rebel/NOUN/NNS/2/obj "
                      "of/of/SCONJ/IN/5/mark abducting/abduct/VERB/VBG/2/advcl the/the/DET/DT/7/det "
                      "nuns/nun/NOUN/NNS/5/obj"),
            "ACCUSE/allege actual Kenya>rebels\nASSAULT/abduct alleged rebels>the nuns");
}

TEST(Events, IfMakesItConditional) {
  EXPECT_EQ(events_of("If/if/SCONJ/IN/3/mark rebels/rebel/NOUN/NNS/3/nsubj abduct/abduct/VERB/VBP/6/advcl "
                      "nuns/nun/NOUN/NNS/3/obj Kenya/Kenya/PROPN/NNP/6/nsubj/B-GPE waits/wait/VERB/VBZ/0/root"),
            "ASSAULT/abduct conditional rebels>nuns");
}

TEST(Events, ANounWithPossessorAndObject) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/3/nmod:poss/B-GPE 's/'s/PART/POS/1/case attack/attack/NOUN/NN/6/nsubj "
                      "on/on/ADP/IN/5/case rebels/rebel/NOUN/NNS/3/nmod failed/fail/VERB/VBD/0/root"),
            "ASSAULT actual Kenya>rebels");
}

TEST(Events, ALightVerbsSubjectDoesWhatItsNounSays) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE launched/launch/VERB/VBD/0/root an/a/DET/DT/4/det "
                      "attack/attack/NOUN/NN/2/obj on/on/ADP/IN/6/case rebels/rebel/NOUN/NNS/4/nmod"),
            "ASSAULT actual Kenya>rebels");
}

TEST(Events, WhatWasCalledOffIsDenied) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE called/call/VERB/VBD/0/root off/off/ADP/RP/2/compound:prt "
                      "an/a/DET/DT/5/det attack/attack/NOUN/NN/2/obj on/on/ADP/IN/7/case rebels/rebel/NOUN/NNS/5/nmod"),
            "ASSAULT denied Kenya>rebels");
}

TEST(Events, WhatADealWouldBringIsProposedWithIt) {
  EXPECT_EQ(events_of("The/the/DET/DT/2/det deal/deal/NOUN/NN/4/nsubj would/would/AUX/MD/4/aux "
                      "involve/involve/VERB/VB/0/root a/a/DET/DT/6/det halt/halt/NOUN/NN/4/obj to/to/ADP/IN/8/case "
                      "fighting/fighting/NOUN/NN/6/nmod and/and/CCONJ/CC/11/cc the/the/DET/DT/11/det "
                      "release/release/NOUN/NN/8/conj of/of/ADP/IN/13/case nuns/nun/NOUN/NNS/11/nmod"),
            "RETREAT/release proposed >nuns");
}

TEST(Events, AProtestsDemandIsNoSecondEvent) {
  EXPECT_EQ(events_of("Students/student/NOUN/NNS/2/nsubj rioted/riot/VERB/VBD/0/root demanding/demand/VERB/VBG/2/advcl "
                      "that/that/SCONJ/IN/6/mark Kenya/Kenya/PROPN/NNP/6/nsubj/B-GPE release/release/VERB/VBP/3/ccomp "
                      "the/the/DET/DT/8/det nuns/nun/NOUN/NNS/6/obj"),
            "PROTEST/riot actual Students>");
}

TEST(Events, NeitherSideHasDoneIt) {
  EXPECT_EQ(events_of("Neither/neither/DET/DT/2/det side/side/NOUN/NN/4/nsubj has/have/AUX/VBZ/4/aux "
                      "abducted/abduct/VERB/VBN/0/root nuns/nun/NOUN/NNS/4/obj"),
            "ASSAULT/abduct denied Neither side>nuns");
}

TEST(Events, WhatIsToComeInTheFutureIsToldInThePresentBesideIt) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/3/nsubj/B-GPE must/must/AUX/MD/3/aux wait/wait/VERB/VB/0/root "
                      "while/while/SCONJ/IN/6/mark rebels/rebel/NOUN/NNS/6/nsubj release/release/VERB/VBP/3/advcl "
                      "nuns/nun/NOUN/NNS/6/obj"),
            "RETREAT/release demanded rebels>nuns");
}

TEST(Events, ALedAttackIsItsLeaders) {
  EXPECT_EQ(events_of("A/a/DET/DT/5/det Kenya/Kenya/PROPN/NNP/4/compound/B-GPE -/-/PUNCT/HYPH/4/punct "
                      "led/lead/VERB/VBN/5/amod attack/attack/NOUN/NN/8/nsubj on/on/ADP/IN/7/case "
                      "rebels/rebel/NOUN/NNS/5/nmod failed/fail/VERB/VBD/0/root"),
            "ASSAULT actual Kenya>rebels");
}

TEST(Events, SayingAloneIsNoEvent) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE said/say/VERB/VBD/0/root the/the/DET/DT/4/det "
                      "weather/weather/NOUN/NN/6/nsubj was/be/AUX/VBD/6/cop fine/fine/ADJ/JJ/2/ccomp"),
            "");
}

TEST(Events, ARelativeClausesDoerIsItsAntecedent) {
  EXPECT_EQ(events_of("Rebels/rebel/NOUN/NNS/6/nsubj who/who/PRON/WP/3/nsubj abducted/abduct/VERB/VBD/1/acl:relcl "
                      "the/the/DET/DT/5/det nuns/nun/NOUN/NNS/3/obj slept/sleep/VERB/VBD/0/root"),
            "ASSAULT/abduct actual Rebels>the nuns");
}

TEST(Events, WhatComesOfADeedIsThatDeed) {
  EXPECT_EQ(events_of("Gunmen/gunman/NOUN/NNS/2/nsubj attacked/attack/VERB/VBD/0/root ,/,/PUNCT/,/4/punct "
                      "killing/kill/VERB/VBG/2/advcl twelve/twelve/NUM/CD/6/nummod farmers/farmer/NOUN/NNS/4/obj"),
            "ASSAULT actual Gunmen>twelve farmers");
}

TEST(Events, WhoIsPutUnderArrestIsArrested) {
  EXPECT_EQ(events_of("Police/police/NOUN/NN/2/nsubj placed/place/VERB/VBD/0/root two/two/NUM/CD/4/nummod "
                      "editors/editor/NOUN/NNS/2/obj under/under/ADP/IN/7/case house/house/NOUN/NN/7/compound "
                      "arrest/arrest/NOUN/NN/2/obl"),
            "COERCE/arrest actual Police>two editors");
}

TEST(Events, TheTwoSidesAreThoseNamedBefore) {
  EXPECT_EQ(events_of("Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE met/meet/VERB/VBD/0/root Somalia/Somalia/PROPN/NNP/2/obj/B-GPE | "
                      "The/the/DET/DT/3/det two/two/NUM/CD/3/nummod sides/side/NOUN/NNS/4/nsubj "
                      "accused/accuse/VERB/VBD/0/root the/the/DET/DT/6/det rebels/rebel/NOUN/NNS/4/obj"),
            "CONSULT actual Kenya+Somalia>\nACCUSE/allege actual The two sides>the rebels");
  const Record record = record_of(
      "Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE met/meet/VERB/VBD/0/root Somalia/Somalia/PROPN/NNP/2/obj/B-GPE | "
      "Both/both/DET/DT/2/det sides/side/NOUN/NNS/3/nsubj accused/accuse/VERB/VBD/0/root the/the/DET/DT/5/det "
      "rebels/rebel/NOUN/NNS/3/obj");
  ASSERT_EQ(record.events.size(), 2u);
  EXPECT_EQ(record.events[1].actors.size(), 2u);
}

// "Chad and Libya signed a truce, Egypt and Oman said. Both sides …": not those who told of it.
TEST(Events, TheTwoSidesAreThoseWhoAgreeAndNotWhoAnnounceIt) {
  const Record record = record_of(
      "Chad/Chad/PROPN/NNP/4/nsubj/B-GPE and/and/CCONJ/CC/3/cc Libya/Libya/PROPN/NNP/1/conj/B-GPE "
      "signed/sign/VERB/VBD/0/root a/a/DET/DT/6/det truce/truce/NOUN/NN/4/obj ,/,/PUNCT/,/11/punct "
      "Egypt/Egypt/PROPN/NNP/11/nsubj/B-GPE and/and/CCONJ/CC/10/cc Oman/Oman/PROPN/NNP/8/conj/B-GPE "
      "said/say/VERB/VBD/4/parataxis ././PUNCT/./4/punct | "
      "Kenya/Kenya/PROPN/NNP/2/nsubj/B-GPE thanked/thank/VERB/VBD/0/root both/both/DET/DT/4/det "
      "sides/side/NOUN/NNS/2/obj ././PUNCT/./2/punct");
  ASSERT_EQ(record.events.size(), 2u);
  std::vector<std::string> names;
  for (const Id& id : record.events[1].recipients) names.push_back(record.entity(id)->name);
  EXPECT_EQ(names, (std::vector<std::string>{"Chad", "Libya"}));
}

TEST(Events, WhatIsDueToHappenIsPlannedWhateverTheTreeMakesOfDueTo) {
  const Record record = record_of(
      "Chad/Chad/PROPN/NNP/7/nsubj:outer/B-GPE and/and/CCONJ/CC/3/cc Libya/Libya/PROPN/NNP/1/conj/B-GPE "
      "are/be/AUX/VBP/7/cop due/due/ADJ/JJ/7/case to/to/ADP/IN/5/fixed hold/hold/VERB/VB/0/root "
      "talks/talk/NOUN/NNS/7/obj ././PUNCT/./7/punct");
  ASSERT_EQ(record.events.size(), 1u);
  EXPECT_EQ(record.events[0].type, EventType::agree);
  EXPECT_EQ(record.events[0].status, Status::planned);
}

TEST(Events, ARelativeClauseInThePresentIsAsOpenAsWhatItHangsOn) {
  EXPECT_EQ(events_of("The/the/DET/DT/2/det truce/truce/NOUN/NN/5/nsubj:pass would/would/AUX/MD/5/aux "
                      "be/be/AUX/VB/5/aux:pass extended/extend/VERB/VBN/0/root for/for/ADP/IN/8/case "
                      "every/every/DET/DT/8/det hostages/hostage/NOUN/NNS/5/obl who/who/PRON/WP/11/nsubj:pass "
                      "are/be/AUX/VBP/11/aux:pass freed/free/VERB/VBN/8/acl:relcl by/by/ADP/IN/13/case "
                      "rebels/rebel/NOUN/NNS/11/obl:agent"),
            "RETREAT/release conditional rebels>every hostages");
}

TEST(Events, WhatASentenceTellsIsSurerThanWhatComesAlong) {
  const Record record = record_of(
      "Rebels/rebel/NOUN/NNS/6/nsubj who/who/PRON/WP/3/nsubj seized/seize/VERB/VBD/1/acl:relcl the/the/DET/DT/5/det "
      "port/port/NOUN/NN/3/obj abducted/abduct/VERB/VBD/0/root two/two/NUM/CD/8/nummod nuns/nun/NOUN/NNS/6/obj");
  ASSERT_EQ(record.events.size(), 2u);
  EXPECT_EQ(record.document.slice(record.events[0].trigger), "seized");
  EXPECT_LT(record.events[0].confidence, 0.7 * record.events[1].confidence);
}

}  // namespace
}  // namespace parley
