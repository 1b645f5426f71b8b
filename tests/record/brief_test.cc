// What a brief takes from a report.
#include "record/report_fixture.h"

namespace parley {
namespace {

std::string brief_of(const std::string& lines) {
  ReadReport report(read_report(lines));
  extract_statements(report.context);
  extract_figures(report.context);
  extract_events(report.context);
  extract_proposals(report.context);
  compose_brief(report.context);
  std::string out;
  for (const BriefLine& line : report.record.brief.takeaways) {
    EXPECT_FALSE(line.cites.empty()) << line.text;
    out += "\n- " + line.text;
  }
  for (const BriefLine& line : report.record.brief.why_it_matters) out += "\nwhy: " + line.text;
  return out;
}

TEST(Brief, WhoSaysItStaysWithWhatIsSaid) {
  EXPECT_EQ(brief_of(R"(# newpar
)" + kShelling), R"(
- Shelling killed 12 people in Tarn on Monday, the town's mayor said.)");
}

TEST(Brief, AnOpenerAndALongAsideAreLeftOut) {
  EXPECT_EQ(brief_of(R"(# newpar
However~ however ADV RB 5 advmod
, , PUNCT , 1 punct
Mara Mara PROPN NNP 5 nsubj B-PER
Lund Lund PROPN NNP 3 flat I-PER
rejected reject VERB VBD 0 root
the the DET DT 7 det
truce truce NOUN NN 5 obj
on on ADP IN 9 case
Tuesday~ Tuesday PROPN NNP 5 obl
, , PUNCT , 11 punct
calling call VERB VBG 5 advcl
it it PRON PRP 11 obj
a a DET DT 14 det
trap trap NOUN NN 11 xcomp
that that PRON WDT 17 nsubj
would would AUX MD 17 aux
leave leave VERB VB 14 acl:relcl
thousands thousand NOUN NNS 17 obj
of of ADP IN 20 case
villagers villager NOUN NNS 18 nmod
without without ADP IN 23 case
any any DET DT 23 det
protection protection NOUN NN 17 obl
from from ADP IN 26 case
the the DET DT 26 det
army army NOUN NN 23 nmod
during during ADP IN 29 case
the the DET DT 29 det
winter~ winter NOUN NN 23 nmod
. . PUNCT . 5 punct
)"), R"(
- Mara Lund rejected the truce on Tuesday.)");
}

TEST(Brief, ALineThatNobodyCanBeNamedForIsNone) {
  EXPECT_EQ(brief_of(R"(# newpar
The the DET DT 2 det
envoy envoy NOUN NN 3 nsubj
said say VERB VBD 0 root
a a DET DT 5 det
ceasefire ceasefire NOUN NN 8 nsubj
was be AUX VBD 8 cop
still still ADV RB 8 advmod
possible~ possible ADJ JJ 3 ccomp
. . PUNCT . 3 punct

She she PRON PRP 3 nsubj
will will AUX MD 3 aux
return return VERB VB 0 root
to to ADP IN 5 case
Tarn Tarn PROPN NNP 3 obl B-GPE
on on ADP IN 7 case
Friday~ Friday PROPN NNP 3 obl
. . PUNCT . 3 punct
)"), R"(
- The envoy said a ceasefire was still possible.)");
}

TEST(Brief, WhatItIsFearedForSaysWhyItMatters) {
  EXPECT_EQ(brief_of(R"(# newpar
)" + kShelling + R"(
# newpar
The the DET DT 2 det
fighting fighting NOUN NN 4 nsubj
has have AUX VBZ 4 aux
raised raise VERB VBN 0 root
fears fear NOUN NNS 4 obj
of of ADP IN 8 case
a a DET DT 8 det
famine~ famine NOUN NN 5 nmod
. . PUNCT . 4 punct
)"), R"(
- Shelling killed 12 people in Tarn on Monday, the town's mayor said.
why: The fighting has raised fears of a famine.)");
}

}  // namespace
}  // namespace parley
