// Makes an Analysis: words first, sentence by sentence, then the columns, then build().
//
//   AnalysisBuilder builder;
//   Word rebels = builder.add_word("Rebels", {0, 6});
//   Word fled = builder.add_word("fled", {7, 11});
//   builder.end_sentence();
//   builder.set_tree(rebels, fled, "nsubj");
//   builder.set_tree(fled, kNoWord, "root");
//   Analysis analysis = std::move(builder).build();
//
// Views that are passed in must outlive the analysis (the document's text, the model's label tables, see
// `keep_alive`); strings of one's own go through `keep`. To write whole texts by hand, conllu.h is easier.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parley/analysis.h"

namespace parley {

class AnalysisBuilder {
 public:
  AnalysisBuilder();
  /// Goes on from an analysis: its words and sentences stay, columns may be set again.
  explicit AnalysisBuilder(Analysis analysis);

  // --- words and sentences, in text order ----------------------------------------------------------
  Word add_word(std::string_view form, ByteRange bytes);
  /// Ends the sentence of the words added since the last one; nothing when there are none.
  void end_sentence(bool starts_paragraph = false, std::string id = {});
  void add_multiword_token(WordRange words, ByteRange bytes);
  /// Whether white space follows a word. Without it, build() looks at the byte ranges.
  void set_space_after(Word word, bool space);

  Word size() const { return analysis_.size(); }
  /// What there is so far: forms, bytes, sentences. Trees and children only exist after build().
  const Analysis& analysis() const { return analysis_; }

  // --- columns ---------------------------------------------------------------------------------------
  void set_tags(Word word, Upos upos, std::string_view xpos = "_", std::string_view feats = "_");
  void set_lemma(Word word, std::string_view lemma);
  /// `head` is kNoWord for a root.
  void set_tree(Word word, Word head, std::string_view relation);
  void set_factuality(Word word, float value);
  /// The encoder's vector; all have one width.
  void set_vector(Word word, std::span<const float> vector);

  void add_predicate(Predicate predicate);
  void add_name(Name name);
  /// Takes away predicates, names, mentions and factuality.
  void clear_annotations();
  /// The coreference step's result; `chains` is the number of chains, numbered from 0.
  void set_mentions(std::vector<Mention> mentions, std::uint32_t chains);
  /// The same for an analysis that is built: nothing else of it changes.
  static void give_mentions(Analysis& analysis, std::vector<Mention> mentions, std::uint32_t chains);

  /// A copy of `text` that lives as long as the analysis.
  std::string_view keep(std::string text);
  /// Holds the owner of label tables that columns point into.
  void keep_alive(std::shared_ptr<const void> owner);

  /// Whatever the columns say, the result is sound: heads stay in their sentence, cycles are cut (the
  /// word where one is noticed becomes a root), predicates, names and mentions are in text order and
  /// ranges that leave the document are dropped. Linear, but for the sorting of those lists.
  Analysis build() &&;

 private:
  void make_sentences_whole();
  void make_trees_sound();
  void index_trees();
  void order_lists();
  static void order_mentions(Analysis& analysis);
  void find_spaces();

  Analysis analysis_;
  Word sentence_begin_ = 0;
  std::vector<std::int8_t> spaces_;  // by word: -1 unknown
};

}  // namespace parley
