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

}  // namespace parley
