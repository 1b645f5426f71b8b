// Who says what: the report above, one line a statement below:
//   speaker: act kind "cue" [content | content] to addressees
#include "record/report_fixture.h"

namespace parley {
namespace {

std::string statements_of(const std::string& lines) {
  ReadReport report(read_report(lines));
  extract_statements(report.context);
  std::string out;
  for (const Statement& statement : report.record.statements) {
    out += "\n" + (statement.source ? report.words(*statement.source) : std::string("-")) + ": " +
           name(statement.act) + ' ' + name(statement.kind) + " \"" + report.words(statement.cue) + "\" [";
    for (std::size_t i = 0; i < statement.content.size(); ++i) {
      out += (i > 0 ? " | " : "") + report.words(statement.content[i]);
    }
    out += "] to " + report.who(statement.addressees);
  }
  return out;
}

TEST(Statements, AQuotationGoesOnAfterItsCue) {
  EXPECT_EQ(statements_of(R"(# newpar
)" + kLundSaysWe + R"(
"~ " PUNCT `` 4 punct
Nobody nobody PRON NN 4 nsubj
should should AUX MD 4 aux
wait wait VERB VB 0 root
longer~ long ADV RBR 4 advmod
.~ . PUNCT . 4 punct
" " PUNCT '' 4 punct
)"), R"(
Mara Lund, the envoy: promise direct "said" ["We will reopen the bridge on Friday," | "Nobody should wait longer."] to -)");
}

TEST(Statements, WhoIsToldIsNoContent) {
  EXPECT_EQ(statements_of(R"(# newpar
Lund Lund PROPN NNP 2 nsubj B-PER
told tell VERB VBD 0 root
reporters reporter NOUN NNS 2 obj
that that SCONJ IN 8 mark
the the DET DT 6 det
rebels rebel NOUN NNS 8 nsubj
had have AUX VBD 8 aux
agreed agree VERB VBN 2 ccomp
to to PART TO 10 mark
withdraw withdraw VERB VB 8 xcomp
from from ADP IN 12 case
Tarn~ Tarn PROPN NNP 10 obl B-GPE
. . PUNCT . 2 punct
)"), R"(
Lund: neutral indirect "told" [that the rebels had agreed to withdraw from Tarn] to reporters)");
}

TEST(Statements, CoordinatedCuesShareTheirSource) {
  EXPECT_EQ(statements_of(R"(# newpar
)" + kArmyDenies), R"(
The army: deny indirect "denied" [shelling the market] to -
The army: accuse indirect "accused" [the rebels of hiding weapons in schools] to -)");
}

TEST(Statements, AccordingTo) {
  EXPECT_EQ(statements_of(R"(# newpar
Exports export NOUN NNS 2 nsubj
fell fall VERB VBD 0 root
by by ADP IN 5 case
a a DET DT 5 det
third~ third NOUN NN 2 obl
, , PUNCT , 10 punct
according accord VERB VBG 10 case
to to ADP IN 7 fixed
the the DET DT 10 det
ministry~ ministry NOUN NN 2 obl
. . PUNCT . 2 punct
)"), R"(
the ministry: neutral indirect "according to" [Exports fell by a third] to -)");
}

TEST(Statements, AnAsideSplitsItsContent) {
  EXPECT_EQ(statements_of(R"(# newpar
The the DET DT 2 det
bridge~ bridge NOUN NN 9 nsubj:pass
, , PUNCT , 5 punct
she she PRON PRP 5 nsubj
added~ add VERB VBD 9 parataxis
, , PUNCT , 2 punct
is be AUX VBZ 9 aux:pass
still still ADV RB 9 advmod
closed~ close VERB VBN 0 root
. . PUNCT . 9 punct
)"), R"(
she: neutral indirect "added" [The bridge | is still closed] to -)");
}

TEST(Statements, QuotedFragmentsMakeItMixed) {
  EXPECT_EQ(statements_of(R"(# newpar
He he PRON PRP 2 nsubj
called call VERB VBD 0 root
the the DET DT 6 det
"~ " PUNCT `` 6 punct
safe safe ADJ JJ 6 amod
zone~ zone NOUN NN 2 obj
" " PUNCT '' 6 punct
a a DET DT 10 det
"~ " PUNCT `` 10 punct
prison prison NOUN NN 2 xcomp
without without ADP IN 12 case
walls~ wall NOUN NNS 10 nmod
"~ " PUNCT '' 12 punct
. . PUNCT . 2 punct
)"), R"(
He: neutral mixed "called" [the "safe zone" a "prison without walls"] to -)");
}

TEST(Statements, HearsayIsNobodys) {
  EXPECT_EQ(statements_of(R"(# newpar
The the DET DT 2 det
road road NOUN NN 5 nsubj:pass
was be AUX VBD 5 aux:pass
reportedly reportedly ADV RB 5 advmod
mined~ mine VERB VBN 0 root
. . PUNCT . 5 punct
)"), R"(
-: neutral indirect "reportedly" [The road was | mined] to -)");
}

TEST(Statements, ScareQuotesAreNoSpeech) {
  EXPECT_EQ(statements_of(R"(# newpar
Villagers villager NOUN NNS 2 nsubj
crossed cross VERB VBD 0 root
the the DET DT 9 det
so~ so ADV RB 6 advmod
-~ - PUNCT HYPH 4 punct
called call VERB VBN 9 amod
"~ " PUNCT `` 9 punct
green green ADJ JJ 9 amod
line~ line NOUN NN 2 obj
" " PUNCT '' 9 punct
on on ADP IN 12 case
Monday~ Monday PROPN NNP 2 obl
. . PUNCT . 2 punct
)"), "");
}

TEST(Statements, UrgingIsADemandOnTheOneUrged) {
  EXPECT_EQ(statements_of(R"(# newpar
The the DET DT 2 det
union union NOUN NN 3 nsubj
urged urge VERB VBD 0 root
the the DET DT 5 det
president president NOUN NN 3 obj
to to PART TO 7 mark
sign sign VERB VB 3 xcomp
the the DET DT 10 det
truce truce NOUN NN 10 compound
deal deal NOUN NN 7 obj
proposed propose VERB VBN 10 acl
by by ADP IN 13 case
Norway~ Norway PROPN NNP 11 obl:agent B-GPE
. . PUNCT . 3 punct
)"), R"(
The union: demand indirect "urged" [the president to sign the truce deal proposed by Norway] to president)");
}

TEST(Statements, WhatOneSaysOneWantsIsOneStatement) {
  EXPECT_EQ(statements_of(R"(# newpar
He he PRON PRP 2 nsubj
said say VERB VBD 0 root
he he PRON PRP 4 nsubj
wants want VERB VBZ 2 ccomp
to to PART TO 6 mark
leave~ leave VERB VB 4 xcomp
. . PUNCT . 2 punct
)"), R"(
He: neutral indirect "said" [he wants to leave] to -)");
}

TEST(Statements, NotSupportingIsOpposing) {
  EXPECT_EQ(statements_of(R"(# newpar
The the DET DT 2 det
council council NOUN NN 5 nsubj
did do AUX VBD 5 aux
not not PART RB 5 advmod
support support VERB VB 0 root
the the DET DT 7 det
plan~ plan NOUN NN 5 obj
. . PUNCT . 5 punct
)"), R"(
The council: oppose indirect "did not support" [the plan] to -)");
}

TEST(Statements, SayingThatOthersMustIsADemand) {
  EXPECT_EQ(statements_of(R"(# newpar
The the DET DT 2 det
minister minister NOUN NN 3 nsubj
said say VERB VBD 0 root
the the DET DT 5 det
army army NOUN NN 7 nsubj
must must AUX MD 7 aux
withdraw~ withdraw VERB VB 3 ccomp
. . PUNCT . 3 punct
)"), R"(
The minister: demand indirect "said" [the army must withdraw] to -)");
}

const std::string kLundSpeaks = R"(# newpar
)" + kLundSaysWe;

// Coreference left "She" open; the one person of the sentence before speaks.
TEST(Statements, AnOpenPronounIsTheOnePersonBefore) {
  ReadReport report(read_report(kLundSpeaks + R"(
She she PRON PRP 2 nsubj
denied deny VERB VBD 0 root
a a DET DT 4 det
delay~ delay NOUN NN 2 obj
. . PUNCT . 2 punct
)"));
  extract_statements(report.context);
  ASSERT_EQ(report.record.statements.size(), 2U);
  EXPECT_EQ(report.who(report.record.statements[1].speaker), "Mara Lund");
}

TEST(Statements, WordsKnowTheInnermostStatement) {
  ReadReport report(read_report(R"(# newpar
)" + kArmyDenies));
  extract_statements(report.context);
  EXPECT_EQ(report.context.statement_of_word[3], 0);                // "shelling"
  EXPECT_EQ(report.context.statement_of_word[2], Context::kNone);   // the cue itself
  EXPECT_EQ(report.context.statement_of_word[9], 1);                // "rebels"
}

}  // namespace
}  // namespace parley
