#include "language/tagger.h"

#include <algorithm>
#include <optional>

#include "language/model_file.h"
#include "language/model_settings.h"
#include "language/spanning_tree.h"

namespace parley {
namespace {

/// Several linear layers over one input, as one. Each begins at a column that is a multiple of 16, so
/// that its outputs can be a kernel's input.
class Stack {
 public:
  Stack(const ModelFile& file, std::size_t in) : file_(file), in_(in) {}

  std::size_t add(const std::string& name, std::size_t out) {
    const std::size_t column = bias_.size();
    if (error_) return column;
    const auto weights = load_weights(file_, name, out, in_);
    const auto bias = load_bias(file_, name, out);
    if (!weights || !bias) {
      error_ = !weights ? weights.error() : bias.error();
      return column;
    }
    weights_.insert(weights_.end(), weights->begin(), weights->end());
    bias_.insert(bias_.end(), bias->begin(), bias->end());
    const std::size_t padded = (bias_.size() + 15) / 16 * 16;
    bias_.resize(padded, 0.0f);
    weights_.resize(padded * in_, 0.0f);
    return column;
  }

  const std::optional<Error>& error() const { return error_; }
  Linear build(Precision precision) const { return Linear(weights_, bias_, in_, precision); }

 private:
  const ModelFile& file_;
  std::size_t in_;
  std::vector<float> weights_, bias_;
  std::optional<Error> error_;
};

std::uint16_t best_of(const float* scores, std::size_t n) {
  return static_cast<std::uint16_t>(std::max_element(scores, scores + n) - scores);
}

}  // namespace

Result<Tagger> Tagger::load(const ModelFile& file, const ModelSettings& settings, Precision precision) {
  Tagger tagger;
  tagger.settings_ = &settings;
  const Labels& labels = settings.labels;
  Stack plain(file, settings.hidden);
  tagger.upos_ = plain.add("upos", labels.upos.size());
  tagger.xpos_ = plain.add("xpos", labels.xpos.size());
  tagger.feats_ = plain.add("feats", labels.feats.size());
  tagger.lemma_ = plain.add("lemma", labels.lemma_rules.size());
  tagger.ner_ = plain.add("ner", labels.ner.size());
  tagger.predicate_ = plain.add("predicate", 1);
  tagger.role_word_ = plain.add("role.word", settings.role_hidden);
  tagger.role_predicate_ = plain.add("role.predicate", settings.role_hidden);
  if (plain.error()) return *plain.error();
  tagger.plain_ = plain.build(precision);

  Stack curved(file, settings.hidden);
  tagger.arc_dependent_ = curved.add("arc.dependent", settings.arc);
  tagger.arc_head_ = curved.add("arc.head", settings.arc);
  tagger.rel_dependent_ = curved.add("rel.dependent", settings.rel);
  tagger.rel_head_ = curved.add("rel.head", settings.rel);
  tagger.factuality_ = curved.add("factuality.in", settings.factuality_hidden);
  if (curved.error()) return *curved.error();
  tagger.curved_ = curved.build(precision);

  // score(d, h) = [dep; 1]ᵀ B head: the dependents' side is a linear layer whose bias is B's last row.
  const std::size_t arc = settings.arc;
  const std::size_t arc_shape[] = {arc + 1, arc};
  const auto biaffine = file.floats("arc.biaffine", arc_shape);
  if (!biaffine) return biaffine.error();
  std::vector<float> weights(arc * arc);
  for (std::size_t i = 0; i < arc; ++i) {
    for (std::size_t j = 0; j < arc; ++j) weights[j * arc + i] = (*biaffine)[i * arc + j];
  }
  tagger.arc_ = Linear(weights, std::span(*biaffine).subspan(arc * arc), arc, precision);

  // The same for each relation; the columns that meet the head's appended 1 come last.
  const std::size_t rel = settings.rel, relations = labels.deprel.size();
  const std::size_t rel_shape[] = {relations, rel + 1, rel + 1};
  const auto tensor = file.floats("rel.biaffine", rel_shape);
  if (!tensor) return tensor.error();
  const auto u = [&](std::size_t l, std::size_t d, std::size_t h) {
    return (*tensor)[(l * (rel + 1) + d) * (rel + 1) + h];
  };
  std::vector<float> rows(relations * (rel + 1) * rel);
  std::vector<float> bias(relations * (rel + 1));
  for (std::size_t l = 0; l < relations; ++l) {
    for (std::size_t h = 0; h <= rel; ++h) {
      const std::size_t row = h < rel ? l * rel + h : relations * rel + l;
      for (std::size_t d = 0; d < rel; ++d) rows[row * rel + d] = u(l, d, h);
      bias[row] = u(l, rel, h);
    }
  }
  tagger.relation_ = Linear(rows, bias, rel, precision);
  const auto root = std::find(labels.deprel.begin(), labels.deprel.end(), "root");
  tagger.has_root_relation_ = root != labels.deprel.end() && relations > 1;
  tagger.root_relation_ = static_cast<std::size_t>(root - labels.deprel.begin());

  const auto out = load_weights(file, "factuality.out", 1, settings.factuality_hidden);
  const auto out_bias = load_bias(file, "factuality.out", 1);
  if (!out || !out_bias) return !out ? out.error() : out_bias.error();
  tagger.factuality_out_ = *out;
  tagger.factuality_bias_ = out_bias->front();
  tagger.names_ = BioDecoder(labels.ner);
  return tagger;
}

void Tagger::run(EncoderScratch& scratch, TaggerScratch& own, const Matrix& nodes,
                 std::span<const std::uint32_t> ends, NodeLabels& out) const {
  const Labels& labels = settings_->labels;
  plain_.apply(scratch.linear, nodes, own.plain);
  curved_.apply(scratch.linear, nodes, own.curved, Activation::gelu);
  const std::size_t count = nodes.rows();
  for (auto* column : {&out.upos, &out.xpos, &out.feats, &out.lemma_rule, &out.relation}) {
    column->assign(count, 0);
  }
  out.head.assign(count, 0);
  out.predicate.assign(count, 0.0f);
  out.factuality.assign(count, 0.0f);
  out.names.clear();
  for (std::size_t r = 0; r < count; ++r) {
    const float* row = own.plain.row(r);
    out.upos[r] = best_of(row + upos_, labels.upos.size());
    out.xpos[r] = best_of(row + xpos_, labels.xpos.size());
    out.feats[r] = best_of(row + feats_, labels.feats.size());
    out.lemma_rule[r] = best_of(row + lemma_, labels.lemma_rules.size());
    out.predicate[r] = row[predicate_];
    out.factuality[r] = factuality_bias_ + kernels().dot(own.curved.row(r) + factuality_,
                                                         factuality_out_.data(), factuality_out_.size());
  }
  std::uint32_t begin = 0;
  for (std::uint32_t segment = 0; segment < ends.size(); ++segment) {
    if (ends[segment] > begin + 1) {
      const auto spans =
          names_.decode(own.plain.row(begin + 1) + ner_, ends[segment] - begin - 1, own.plain.width());
      for (const auto& span : spans) out.names.push_back({segment, span.first, span.last, span.kind});
    }
    begin = ends[segment];
  }
  find_trees(scratch, own, ends, out);
  find_relations(scratch, own, ends, out);
}

void Tagger::find_trees(EncoderScratch& scratch, TaggerScratch& own, std::span<const std::uint32_t> ends,
                        NodeLabels& out) const {
  const std::size_t arc = settings_->arc;
  own.arc_input.resize(own.curved.rows(), arc);
  for (std::size_t r = 0; r < own.curved.rows(); ++r) {
    const float* from = own.curved.row(r) + arc_dependent_;
    std::copy(from, from + arc, own.arc_input.row(r));
  }
  arc_.apply(scratch.linear, own.arc_input, own.arc_left);
  std::uint32_t begin = 0;
  for (std::uint32_t end : ends) {
    const std::size_t words = end - begin - 1;
    own.arc_scores.resize(words, words + 1);
    for (std::size_t d = 0; d < words; ++d) {
      for (std::size_t h = 0; h <= words; ++h) {
        own.arc_scores.row(d)[h] =
            kernels().dot(own.arc_left.row(begin + 1 + d), own.curved.row(begin + h) + arc_head_, arc);
      }
    }
    const std::vector<std::uint32_t> heads = best_tree(own.arc_scores.row(0), words, words + 1);
    for (std::size_t d = 0; d < words; ++d) out.head[begin + 1 + d] = heads[d];
    begin = end;
  }
}

void Tagger::find_relations(EncoderScratch& scratch, TaggerScratch& own,
                            std::span<const std::uint32_t> ends, NodeLabels& out) const {
  const std::size_t rel = settings_->rel, relations = settings_->labels.deprel.size();
  own.relation_input.resize(own.curved.rows(), rel);
  for (std::size_t r = 0; r < own.curved.rows(); ++r) {
    const float* from = own.curved.row(r) + rel_dependent_;
    std::copy(from, from + rel, own.relation_input.row(r));
  }
  // The left sides are wide: a block of words at a time.
  std::vector<std::uint32_t> base(own.curved.rows(), 0);
  std::uint32_t begin = 0;
  for (std::uint32_t end : ends) {
    std::fill(base.begin() + begin, base.begin() + end, begin);
    begin = end;
  }
  own.relation_left.resize(Linear::kBlock, relation_.stride());
  for (std::size_t row = 0; row < own.curved.rows(); row += Linear::kBlock) {
    const std::size_t rows = std::min(Linear::kBlock, own.curved.rows() - row);
    relation_.apply(scratch.linear, own.relation_input.row(row), rows, own.relation_left.row(0));
    for (std::size_t i = 0; i < rows; ++i) {
      const std::size_t node = row + i;
      if (node == base[node]) continue;  // a root
      const float* left = own.relation_left.row(i);
      const float* head = own.curved.row(base[node] + out.head[node]) + rel_head_;
      float best = 0;
      bool first = true;
      if (out.head[node] == 0 && has_root_relation_) {
        out.relation[node] = static_cast<std::uint16_t>(root_relation_);
        continue;
      }
      for (std::size_t l = 0; l < relations; ++l) {
        if (has_root_relation_ && l == root_relation_) continue;
        const float score = left[relations * rel + l] + kernels().dot(left + l * rel, head, rel);
        if (first || score > best) {
          best = score;
          out.relation[node] = static_cast<std::uint16_t>(l);
          first = false;
        }
      }
    }
  }
}

}  // namespace parley
