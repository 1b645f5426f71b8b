// Reports for the tests of statements, proposals and the brief: trees written by hand, one word a line, so that
// the tests speak of the rules whatever a model says.
//
//   # newpar
//   Lund~ Lund PROPN NNP 2 nsubj B-PER      form lemma UPOS XPOS head relation [name]
//   said say VERB VBD 0 root                heads count from 1; "~" after a form: no space follows
//
// A blank line ends a sentence.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <string_view>

#include "language/conllu.h"
#include "record/extract.h"

namespace parley {

inline const Knowledge& fixture_knowledge() {
  static const Knowledge loaded = [] {
    Diagnostics diagnostics;
    Knowledge out = Knowledge::load(std::string(PARLEY_SOURCE_DIR) + "/data", {}, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return out;
  }();
  return loaded;
}

inline std::string to_conllu_columns(const std::string& lines) {
  std::string out;
  int number = 0;
  std::stringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') {
      if (!line.empty()) {
        out += line + '\n';
      } else if (number > 0) {
        out += '\n';
        number = 0;
      }
      continue;
    }
    std::stringstream columns(line);
    std::string form, lemma, upos, xpos, head, relation, name;
    columns >> form >> lemma >> upos >> xpos >> head >> relation >> name;
    std::string misc = name.empty() ? "" : "NER=" + name;
    if (form.size() > 1 && form.back() == '~') {
      form.pop_back();
      misc += misc.empty() ? "SpaceAfter=No" : "|SpaceAfter=No";
    }
    std::string features = "_";
    if (lemma == "he" || lemma == "she" || lemma == "it" || lemma == "they") features = "Person=3|PronType=Prs";
    if (lemma == "we" || lemma == "I") features = "Person=1|PronType=Prs";
    if (xpos == "WDT" || xpos == "WP") features = "PronType=Rel";
    if (xpos == "NNS") features = "Number=Plur";
    out += std::to_string(++number) + '\t' + form + '\t' + lemma + '\t' + upos + '\t' + xpos + '\t' + features + '\t' +
           head + '\t' + relation + "\t_\t" + (misc.empty() ? "_" : misc) + '\n';
  }
  if (number > 0) out += '\n';
  return out;
}

/// A report and what has been found in it so far.
struct ReadReport {
  ConlluText text;
  Record record;
  Context context;

  explicit ReadReport(ConlluText read)
      : text(std::move(read)), context(make_context(text.document, text.analysis, fixture_knowledge(), record)) {
    record.document = text.document;
    extract_entities(context);
  }
  ReadReport(const ReadReport&) = delete;
  ReadReport& operator=(const ReadReport&) = delete;

  std::string words(Span span) const { return std::string(text.document.slice(span)); }
  std::string who(const std::optional<Id>& id) const {
    if (!id) return "-";
    const Entity* entity = record.entity(*id);
    return entity == nullptr ? "?" : entity->name;
  }
  std::string who(const std::vector<Id>& ids) const {
    std::string out;
    for (const Id& id : ids) out += (out.empty() ? "" : "+") + who(std::optional<Id>(id));
    return out.empty() ? "-" : out;
  }
};

inline ConlluText read_report(const std::string& lines) {
  auto read = read_conllu(to_conllu_columns(lines));
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().text());
  return std::move(read).value();
}

// --- sentences that several tests read -----------------------------------------------------------------

/// "We will reopen the bridge on Friday," said Mara Lund, the envoy.
inline const std::string kLundSaysWe = R"("~ " PUNCT `` 4 punct
We we PRON PRP 4 nsubj
will will AUX MD 4 aux
reopen reopen VERB VB 11 ccomp
the the DET DT 6 det
bridge bridge NOUN NN 4 obj
on on ADP IN 8 case
Friday~ Friday PROPN NNP 4 obl
,~ , PUNCT , 4 punct
" " PUNCT '' 4 punct
said say VERB VBD 0 root
Mara Mara PROPN NNP 11 nsubj B-PER
Lund~ Lund PROPN NNP 12 flat I-PER
, , PUNCT , 16 punct
the the DET DT 16 det
envoy~ envoy NOUN NN 12 appos
. . PUNCT . 11 punct
)";

/// The army denied shelling the market and accused the rebels of hiding weapons in schools.
inline const std::string kArmyDenies = R"(The the DET DT 2 det
army army NOUN NN 3 nsubj
denied deny VERB VBD 0 root
shelling shell VERB VBG 3 xcomp
the the DET DT 6 det
market market NOUN NN 4 obj
and and CCONJ CC 8 cc
accused accuse VERB VBD 3 conj
the the DET DT 10 det
rebels rebel NOUN NNS 8 obj
of of SCONJ IN 12 mark
hiding hide VERB VBG 8 advcl
weapons weapon NOUN NNS 12 obj
in in ADP IN 15 case
schools~ school NOUN NNS 12 obl
. . PUNCT . 3 punct
)";

/// As part of the proposed truce deal, Norland has offered to release 40 prisoners, gradually withdraw its troops,
/// and allow the return of displaced villagers.
inline const std::string kOffersInATruce = R"(As as ADP IN 2 case
part part NOUN NN 11 obl
of of ADP IN 7 case
the the DET DT 7 det
proposed propose VERB VBN 7 amod
truce truce NOUN NN 7 compound
deal~ deal NOUN NN 2 nmod
, , PUNCT , 2 punct
Norland Norland PROPN NNP 11 nsubj B-GPE
has have AUX VBZ 11 aux
offered offer VERB VBN 0 root
to to PART TO 13 mark
release release VERB VB 11 xcomp
40 40 NUM CD 15 nummod
prisoners~ prisoner NOUN NNS 13 obj
, , PUNCT , 18 punct
gradually gradually ADV RB 18 advmod
withdraw withdraw VERB VB 11 conj
its its PRON PRP$ 20 nmod:poss
troops~ troop NOUN NNS 18 obj
, , PUNCT , 23 punct
and and CCONJ CC 23 cc
allow allow VERB VB 18 conj
the the DET DT 25 det
return return NOUN NN 23 obj
of of ADP IN 28 case
displaced displace VERB VBN 28 amod
villagers~ villager NOUN NNS 25 nmod
. . PUNCT . 11 punct
)";

/// Shelling killed 12 people in Tarn on Monday, the town's mayor said.
inline const std::string kShelling = R"(Shelling shelling NOUN NN 2 nsubj
killed kill VERB VBD 14 ccomp
12 12 NUM CD 4 nummod
people people NOUN NNS 2 obj
in in ADP IN 6 case
Tarn Tarn PROPN NNP 2 obl B-GPE
on on ADP IN 8 case
Monday~ Monday PROPN NNP 2 obl
, , PUNCT , 2 punct
the the DET DT 11 det
town~ town NOUN NN 13 nmod:poss
's 's PART POS 11 case
mayor mayor NOUN NN 14 nsubj
said~ say VERB VBD 0 root
. . PUNCT . 14 punct
)";

}  // namespace parley
