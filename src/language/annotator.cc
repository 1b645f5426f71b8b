#include "language/annotator.h"

#include <algorithm>

#include "language/model_file.h"
#include "text/unicode.h"

namespace parley {
namespace {

constexpr std::size_t kBatchPieces = 512;    // enough to fill the matrix products' blocks
constexpr std::size_t kPiecesOfAWord = 48;   // what is longer is no word; only its begin is looked at
// Of a sentence that is cut into windows: how the later windows' roots hang under the first one's.
constexpr std::string_view kLaterWindow = "parataxis";

bool is_punctuation(std::string_view form) {
  return !form.empty() && std::all_of(form.begin(), form.end(), [](char c) {
    return c == ',' || c == ';' || c == ':' || c == '.' || c == '!' || c == '?' || c == '-' || c == ')';
  });
}

/// Whether the other words of a sense of several ("out" of shell_out.03) are there, as forms or lemmas.
bool other_words_present(const Analysis& analysis, WordRange window, std::string_view sense) {
  sense = sense.substr(0, sense.rfind('.'));
  for (std::size_t at = sense.find('_'); at != std::string_view::npos;) {
    const std::size_t end = sense.find('_', at + 1);
    const std::string_view other = sense.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
    bool found = false;
    for (Word w = window.first; w < window.last && !found; ++w) {
      found = to_lower(analysis.form(w)) == other || to_lower(analysis.lemma(w)) == other;
    }
    if (!found) return false;
    at = end;
  }
  return true;
}

bool carries_meaning(Upos upos) {
  return upos == Upos::VERB || upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::ADJ || upos == Upos::PRON;
}

}  // namespace

Result<Annotator> Annotator::load(std::shared_ptr<const ModelFile> file, Precision precision) {
  Annotator out;
  out.file_ = file;
  auto settings = read_settings(*file);
  if (!settings) return settings.error();
  out.settings_ = std::make_shared<const ModelSettings>(std::move(settings).value());
  const ModelSettings& s = *out.settings_;

  for (const char* name : {"vocab", "lexicon", "sense_lexicon"}) {
    if (!file->find(name)) return file->damaged(std::string("it has no tensor '") + name + "'");
  }
  auto word_piece = WordPiece::make(file->find("vocab")->text(), *file);
  if (!word_piece) return word_piece.error();
  out.word_piece_ = std::make_shared<const WordPiece>(std::move(word_piece).value());
  out.lemma_lexicon_ = SortedLines(file->find("lexicon")->text());
  out.sense_lexicon_ = SenseLexicon(file->find("sense_lexicon")->text(), s.labels.senses.size());

  auto encoder = Encoder::load(*file, s, out.word_piece_->size(), precision);
  if (!encoder) return encoder.error();
  out.encoder_ = std::move(encoder).value();
  auto tagger = Tagger::load(*file, s, precision);
  if (!tagger) return tagger.error();
  out.tagger_ = std::move(tagger).value();
  auto roles = RoleLabeller::load(*file, s, precision);
  if (!roles) return roles.error();
  out.roles_ = std::move(roles).value();

  const std::size_t senses[] = {s.labels.senses.size()}, shape[] = {senses[0], s.hidden};
  const auto weights = file->tensor("sense.weight", shape);
  if (!weights) return weights.error();
  if (weights->type != TensorType::i8) return file->damaged("tensor 'sense.weight' is not I8");
  out.sense_weights_ = weights->int8();
  auto scales = file->floats("sense.weight.scale", senses);
  auto bias = file->floats("sense.bias", senses);
  if (!scales || !bias) return !scales ? scales.error() : bias.error();
  out.sense_scales_ = std::move(scales).value();
  out.sense_bias_ = std::move(bias).value();

  for (const std::string& label : s.labels.upos) out.upos_.push_back(upos_from_name(label));
  for (const std::string& rule : s.labels.lemma_rules) out.lemma_rules_.push_back(LemmaRule::parse(rule));
  return out;
}

void Annotator::annotate(AnnotatorScratch& scratch, AnalysisBuilder& builder) const {
  using Tables = std::pair<std::shared_ptr<const ModelFile>, std::shared_ptr<const ModelSettings>>;
  builder.keep_alive(std::make_shared<const Tables>(file_, settings_));
  builder.clear_annotations();
  Batch batch;
  const std::size_t sentences = builder.analysis().sentences().size();
  for (std::size_t i = 0; i < sentences; ++i) {
    const WordRange sentence = builder.analysis().sentences()[i].words;
    for (Word begin = sentence.first; begin < sentence.last;) {
      begin = add_window(builder, sentence, begin, batch);
      if (batch.pieces.pieces.size() >= kBatchPieces) {
        run(scratch, builder, batch);
        scratch.late = scratch.deadline && std::chrono::steady_clock::now() > *scratch.deadline;
        if (scratch.late) return;
      }
    }
  }
  run(scratch, builder, batch);
}

Word Annotator::add_window(const AnalysisBuilder& builder, WordRange sentence, Word begin,
                           Batch& batch) const {
  const Analysis& analysis = builder.analysis();
  const std::size_t room = settings_->max_pieces - 2;
  const std::size_t before = batch.pieces.pieces.size();
  const std::size_t nodes_before = batch.nodes.size();
  std::vector<Piece>& pieces = batch.pieces.pieces;
  std::vector<std::uint8_t>& cases = batch.pieces.cases;

  batch.nodes.push_back(static_cast<std::uint32_t>(before));
  pieces.push_back(word_piece_->cls());
  cases.push_back(0);
  Word end = begin;
  while (end < sentence.last) {
    const std::size_t first = pieces.size();
    word_piece_->append(analysis.form(end), std::min(kPiecesOfAWord, room), pieces);
    if (pieces.size() - before - 1 > room) {
      pieces.resize(first);
      break;
    }
    cases.resize(pieces.size(), case_of(analysis.form(end)));
    batch.nodes.push_back(static_cast<std::uint32_t>(first));
    ++end;
  }
  if (end < sentence.last) {  // cut after a mark in the second half, if there is one
    for (Word cut = end; cut > begin + (end - begin) / 2; --cut) {
      if (!is_punctuation(analysis.form(cut - 1))) continue;
      if (cut < end) {
        const std::size_t keep = nodes_before + 1 + (cut - begin);
        pieces.resize(batch.nodes[keep]);
        batch.nodes.resize(keep);
      }
      end = cut;
      break;
    }
  }
  cases.resize(pieces.size());
  pieces.push_back(word_piece_->sep());
  cases.push_back(0);
  batch.pieces.ends.push_back(static_cast<std::uint32_t>(pieces.size()));
  batch.node_ends.push_back(static_cast<std::uint32_t>(batch.nodes.size()));
  batch.windows.push_back({{begin, end}, begin != sentence.first});
  return end;
}

void Annotator::run(AnnotatorScratch& scratch, AnalysisBuilder& builder, Batch& batch) const {
  if (batch.windows.empty()) return;
  encoder_.run(scratch.encoder, batch.pieces, scratch.pieces);
  scratch.nodes.resize(batch.nodes.size(), settings_->hidden);
  for (std::size_t n = 0; n < batch.nodes.size(); ++n) {
    const float* from = scratch.pieces.row(batch.nodes[n]);
    std::copy(from, from + settings_->hidden, scratch.nodes.row(n));
  }
  tagger_.run(scratch.encoder, scratch.tagger, scratch.nodes, batch.node_ends, scratch.labels);
  set_words(scratch, builder, batch);
  set_predicates(scratch, builder, batch);
  batch.windows.clear();
  batch.pieces.pieces.clear();
  batch.pieces.cases.clear();
  batch.pieces.ends.clear();
  batch.nodes.clear();
  batch.node_ends.clear();
}

void Annotator::set_words(const AnnotatorScratch& scratch, AnalysisBuilder& builder, Batch& batch) const {
  const Labels& tables = settings_->labels;
  const NodeLabels& labels = scratch.labels;
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < batch.windows.size(); ++i) {
    const Window& window = batch.windows[i];
    ++node;  // the root
    for (Word w = window.words.first; w < window.words.last; ++w) {
      if (labels.head[node + (w - window.words.first)] == 0 && !window.continues) batch.sentence_root = w;
    }
    for (Word w = window.words.first; w < window.words.last; ++w, ++node) {
      const Upos upos = upos_[labels.upos[node]];
      builder.set_tags(w, upos, tables.xpos[labels.xpos[node]], tables.feats[labels.feats[node]]);
      builder.set_lemma(w, lemma(builder, w, upos, labels.lemma_rule[node]));
      if (labels.head[node] != 0) {
        builder.set_tree(w, window.words.first + labels.head[node] - 1, tables.deprel[labels.relation[node]]);
      } else if (window.continues) {
        builder.set_tree(w, batch.sentence_root, kLaterWindow);
      } else {
        builder.set_tree(w, kNoWord, tables.deprel[labels.relation[node]]);
      }
      if (upos == Upos::VERB || labels.predicate[node] > 0) {
        builder.set_factuality(w, labels.factuality[node]);
      }
      if (keep_vectors_ && carries_meaning(upos)) {
        builder.set_vector(w, {scratch.nodes.row(node), settings_->hidden});
      }
    }
  }
  for (const NodeLabels::Name& name : labels.names) {
    const Word first = batch.windows[name.segment].words.first;
    builder.add_name({{first + name.first, first + name.last}, name_type_from_name(name.kind)});
  }
}

void Annotator::set_predicates(AnnotatorScratch& scratch, AnalysisBuilder& builder,
                               const Batch& batch) const {
  std::vector<RoleQuery> queries;
  std::vector<Word> words, firsts;
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < batch.windows.size(); ++i) {
    const std::uint32_t end = batch.node_ends[i];
    for (std::uint32_t node = begin + 1; node < end; ++node) {
      if (scratch.labels.predicate[node] <= 0) continue;
      queries.push_back({node, begin + 1, end});
      firsts.push_back(batch.windows[i].words.first);
      words.push_back(batch.windows[i].words.first + (node - begin - 1));
    }
    begin = end;
  }
  roles_.run(scratch.encoder, scratch.roles, tagger_, scratch.tagger, queries,
             [&](std::size_t q, const std::vector<BioDecoder::Span>& spans) {
               Predicate predicate;
               predicate.word = words[q];
               const WordRange window{firsts[q], firsts[q] + (queries[q].last - queries[q].first)};
               predicate.sense = sense(builder, words[q], window, scratch.nodes.row(queries[q].node));
               predicate.roles.reserve(spans.size());
               for (const auto& span : spans) {
                 predicate.roles.push_back({{firsts[q] + span.first, firsts[q] + span.last}, span.kind});
               }
               builder.add_predicate(std::move(predicate));
             });
}

std::string_view Annotator::lemma(AnalysisBuilder& builder, Word word, Upos upos, std::size_t rule) const {
  const std::string_view form = builder.analysis().form(word);
  const std::string_view known = lemma_lexicon_.find(to_lower(form), name(upos));
  std::string made = known.empty() ? lemma_rules_[rule].apply(form) : std::string(known);
  if (made == form) return form;
  // "freed", "guaranteed": no English verb is left with a single e there.
  if (upos == Upos::VERB && form.ends_with("eed") && made.size() + 2 == form.size() && made.ends_with('e')) {
    made += 'e';
  } else if (!known.empty()) {
    return known;
  }
  return builder.keep(std::move(made));
}

std::string_view Annotator::sense(AnalysisBuilder& builder, Word word, WordRange window,
                                  const float* vector) const {
  const Analysis& analysis = builder.analysis();
  const std::string lemma = to_lower(analysis.lemma(word));
  std::vector<std::uint32_t> candidates = sense_lexicon_.candidates(lemma, analysis.upos(word));
  if (candidates.empty()) return builder.keep(lemma + ".01");
  const auto absent = [&](std::uint32_t c) {
    return !other_words_present(analysis, window, settings_->labels.senses[c]);
  };
  if (!std::all_of(candidates.begin(), candidates.end(), absent)) std::erase_if(candidates, absent);
  for (Word w = window.first; w < window.last; ++w) {
    if (analysis.head(w) != word || analysis.relation(w) != "compound:prt") continue;
    const std::string ending = "_" + to_lower(analysis.lemma(w));
    const auto without = [&](std::uint32_t c) {
      const std::string& s = settings_->labels.senses[c];
      return std::string_view(s).substr(0, s.rfind('.')).find(ending) == std::string_view::npos;
    };
    if (!std::all_of(candidates.begin(), candidates.end(), without)) std::erase_if(candidates, without);
  }
  std::uint32_t best = candidates.front();
  float top = 0;
  for (std::uint32_t c : candidates) {
    const float score =
        kernels().dot_int8(vector, sense_weights_.data() + c * settings_->hidden, settings_->hidden) *
            sense_scales_[c] +
        sense_bias_[c];
    if (c == candidates.front() || score > top) {
      top = score;
      best = c;
    }
  }
  return settings_->labels.senses[best];
}

}  // namespace parley
