// What is on the table: the report above; below one line a proposal, term, position and sticking point.
#include "record/report_fixture.h"

namespace parley {
namespace {

std::string proposals_of(const std::string& lines) {
  ReadReport report(read_report(lines));
  extract_statements(report.context);
  extract_proposals(report.context);
  std::string out;
  for (const Proposal& proposal : report.record.proposals) {
    out += "\n" + proposal.name + ": " + name(proposal.state) + ", by " + report.who(proposal.proposers) +
           ", through " + report.who(proposal.mediators) + ", to " + report.who(proposal.addressees);
    for (const Term& term : proposal.terms) {
      out += "\n  " + term.action + " by " + report.who(term.by) + ", " + term.quantity.value_or("-") + ", " +
             term.phase.value_or("-") + ": " + report.words(term.span);
    }
    for (const Position& position : proposal.positions) {
      out += "\n  " + report.who(std::optional<Id>(position.party)) + ' ' + name(position.stance) + ' ' +
             position.on.value_or("it") + ": " + report.words(position.span);
    }
    for (const Span point : proposal.sticking_points) out += "\n  stuck on: " + report.words(point);
  }
  return out;
}

TEST(Proposals, CoordinatedInfinitivesAreTermsOneByOne) {
  EXPECT_EQ(proposals_of(R"(# newpar
)" + kOffersInATruce), R"(
truce deal: offered, by Norland, through -, to -
  release by Norland, 40, -: release 40 prisoners
  withdrawal by Norland, -, gradually: gradually withdraw its troops
  return by Norland, -, -: allow the return of displaced villagers)");
}

TEST(Proposals, WhoRejectsItHasAPosition) {
  EXPECT_EQ(proposals_of(R"(# newpar
)" + kOffersInATruce + R"(
# newpar
The the DET DT 2 det
rebels rebel NOUN NNS 3 nsubj
rejected reject VERB VBD 0 root
the the DET DT 5 det
deal deal NOUN NN 3 obj
on on ADP IN 7 case
Monday~ Monday PROPN NNP 3 obl
. . PUNCT . 3 punct
)"), R"(
truce deal: rejected, by Norland, through -, to -
  release by Norland, 40, -: release 40 prisoners
  withdrawal by Norland, -, gradually: gradually withdraw its troops
  return by Norland, -, -: allow the return of displaced villagers
  rebels rejects it: The rebels rejected the deal)");
}

TEST(Proposals, RefusingATermIsAPositionOnIt) {
  EXPECT_EQ(proposals_of(R"(# newpar
Norland Norland PROPN NNP 2 nsubj B-GPE
said say VERB VBD 0 root
Norland Norland PROPN NNP 6 nsubj B-GPE
would would AUX MD 6 aux
not not PART RB 6 advmod
accept accept VERB VB 2 ccomp
an a DET DT 8 det
end end NOUN NN 6 obj
to to ADP IN 11 case
the the DET DT 11 det
war war NOUN NN 8 nmod
as as ADP IN 13 case
part part NOUN NN 6 obl
of of ADP IN 17 case
a a DET DT 17 det
truce truce NOUN NN 17 compound
deal~ deal NOUN NN 13 nmod
. . PUNCT . 2 punct
)"), R"(
truce deal: floated, by -, through -, to -
  end of the war by -, -, -: an end to the war
  Norland rejects tm1: Norland would not accept an end to the war)");
}

TEST(Proposals, UrgingIsSupportAndNoPositionOfTheOneUrged) {
  EXPECT_EQ(proposals_of(R"(# newpar
Lake lake PROPN NNP 2 compound B-GPE
Norland Norland PROPN NNP 3 nsubj I-GPE
urged urge VERB VBD 0 root
the the DET DT 5 det
rebels rebel NOUN NNS 3 obj
to to PART TO 7 mark
accept accept VERB VB 3 xcomp
the the DET DT 9 det
truce truce NOUN NN 7 obj
proposed propose VERB VBN 9 acl
by by ADP IN 13 case
Kenyan Kenyan ADJ JJ 13 amod B-NORP
mediators~ mediator NOUN NNS 10 obl:agent
. . PUNCT . 3 punct
)"), R"(
truce: under_discussion, by Kenyan mediators, through Kenyan mediators, to rebels
  Lake Norland supports it: Lake Norland urged the rebels to accept the truce proposed by Kenyan mediators)");
}

TEST(Proposals, WhatTheSidesAreStuckOn) {
  EXPECT_EQ(proposals_of(R"(# newpar
)" + kOffersInATruce + R"(
# newpar
The the DET DT 3 det
two two NUM CD 3 nummod
sides side NOUN NNS 4 nsubj
remain remain VERB VBP 0 root
far far ADV RB 6 advmod
apart apart ADV RB 4 advmod
on on ADP IN 9 case
the the DET DT 9 det
question question NOUN NN 4 obl
of of ADP IN 11 case
prisoners~ prisoner NOUN NNS 9 nmod
. . PUNCT . 4 punct
)"), R"(
truce deal: under_discussion, by Norland, through -, to -
  release by Norland, 40, -: release 40 prisoners
  withdrawal by Norland, -, gradually: gradually withdraw its troops
  return by Norland, -, -: allow the return of displaced villagers
  stuck on: the question of prisoners)");
}

TEST(Proposals, NominalTermsAfterInvolve) {
  EXPECT_EQ(proposals_of(R"(# newpar
The the DET DT 2 det
mediators mediator NOUN NNS 3 nsubj
want want VERB VBP 0 root
a a DET DT 5 det
deal deal NOUN NN 3 obj
that that PRON WDT 8 nsubj
would would AUX MD 8 aux
involve involve VERB VB 5 acl:relcl
a a DET DT 10 det
halt halt NOUN NN 8 obj
to to ADP IN 13 case
the the DET DT 13 det
fighting fighting NOUN NN 10 nmod
and and CCONJ CC 16 cc
the the DET DT 16 det
release release NOUN NN 10 conj
of of ADP IN 18 case
hostages~ hostage NOUN NNS 16 nmod
. . PUNCT . 3 punct
)"), R"(
deal: floated, by -, through -, to -
  ceasefire by -, -, -: a halt to the fighting
  release by -, -, -: the release of hostages)");
}

TEST(Proposals, UnderThePlan) {
  EXPECT_EQ(proposals_of(R"(# newpar
)" + kOffersInATruce + R"(
# newpar
Under under ADP IN 3 case
the the DET DT 3 det
plan~ plan NOUN NN 7 obl
, , PUNCT , 3 punct
Norland Norland PROPN NNP 7 nsubj B-GPE
would would AUX MD 7 aux
lift lift VERB VB 0 root
the the DET DT 9 det
blockade blockade NOUN NN 7 obj
and and CCONJ CC 14 cc
the the DET DT 12 det
rebels rebel NOUN NNS 14 nsubj
would would AUX MD 14 aux
disarm~ disarm VERB VB 7 conj
. . PUNCT . 7 punct
)"), R"(
truce deal: offered, by Norland, through -, to -
  release by Norland, 40, -: release 40 prisoners
  withdrawal by Norland, -, gradually: gradually withdraw its troops
  return by Norland, -, -: allow the return of displaced villagers
  lifting by Norland, -, -: lift the blockade
  disarmament by rebels, -, -: disarm)");
}

TEST(Proposals, AYearPartsOneAccordFromAnother) {
  EXPECT_EQ(proposals_of(R"(# newpar
The the DET DT 3 det
1995 1995 NUM CD 3 nummod
accord accord PROPN NNP 4 nsubj
ended end VERB VBD 0 root
an a DET DT 7 det
earlier early ADJ JJR 7 amod
war~ war NOUN NN 4 obj
. . PUNCT . 4 punct

# newpar
The the DET DT 2 det
ceasefire ceasefire NOUN NN 3 nsubj
collapsed collapse VERB VBD 0 root
in in ADP IN 5 case
May~ May PROPN NNP 3 obl
. . PUNCT . 3 punct
)"), R"(
ceasefire: collapsed, by -, through -, to -)");
}

}  // namespace
}  // namespace parley
