#include "language/roles.h"

#include <algorithm>

#include "language/model_file.h"
#include "language/model_settings.h"

namespace parley {
namespace {

constexpr std::size_t kBatchRows = 512;

}  // namespace

Result<RoleLabeller> RoleLabeller::load(const ModelFile& file, const ModelSettings& settings,
                                        Precision precision) {
  RoleLabeller roles;
  roles.settings_ = &settings;
  const std::size_t width = settings.role_hidden;
  const std::size_t distances[] = {2 * settings.role_distance_buckets + 1, width}, norm[] = {width};
  const struct {
    const char* name;
    std::vector<float>* target;
    std::span<const std::size_t> shape;
  } parts[] = {
      {"role.distance", &roles.distance_, distances},
      {"role.norm.weight", &roles.norm_weight_, norm},
      {"role.norm.bias", &roles.norm_bias_, norm},
  };
  for (const auto& part : parts) {
    auto values = file.floats(part.name, part.shape);
    if (!values) return values.error();
    *part.target = std::move(values).value();
  }
  auto layer = TransformerLayer::load(file, "role.layer", width, settings.role_heads,
                                      settings.role_intermediate, settings.norm_epsilon, precision);
  if (!layer) return layer.error();
  roles.layer_ = std::move(layer).value();
  const auto weights = load_weights(file, "role.out", settings.labels.roles.size(), width);
  const auto bias = load_bias(file, "role.out", settings.labels.roles.size());
  if (!weights || !bias) return !weights ? weights.error() : bias.error();
  roles.out_ = Linear(*weights, *bias, width, precision);
  roles.decoder_ = BioDecoder(settings.labels.roles);
  return roles;
}

std::size_t RoleLabeller::run_some(EncoderScratch& scratch, RoleScratch& own, const Tagger& tagger,
                                   const TaggerScratch& tagged, std::span<const RoleQuery> queries,
                                   std::size_t begin) const {
  const std::size_t width = settings_->role_hidden;
  std::size_t rows = 0;
  std::size_t end = begin;
  while (end < queries.size() && (end == begin || rows + queries[end].last - queries[end].first <= kBatchRows)) {
    rows += queries[end].last - queries[end].first;
    ++end;
  }
  own.x.resize(rows, width);
  own.ends.clear();
  const auto reach = static_cast<std::int64_t>(settings_->role_distance_buckets);
  std::size_t row = 0;
  for (std::size_t q = begin; q < end; ++q) {
    const float* predicate = tagger.role_predicate(tagged, queries[q].node);
    for (std::uint32_t node = queries[q].first; node < queries[q].last; ++node, ++row) {
      const std::int64_t apart = std::int64_t{node} - std::int64_t{queries[q].node};
      const auto bucket = static_cast<std::size_t>(std::clamp(apart, -reach, reach) + reach);
      const float* word = tagger.role_word(tagged, node);
      const float* distance = distance_.data() + bucket * width;
      float* x = own.x.row(row);
      for (std::size_t c = 0; c < width; ++c) x[c] = word[c] + predicate[c] + distance[c];
    }
    own.ends.push_back(static_cast<std::uint32_t>(row));
  }
  kernels().add_norm(own.x.row(0), nullptr, rows, width, norm_weight_.data(), norm_bias_.data(),
                     settings_->norm_epsilon);
  layer_.run(scratch, own.x, own.ends);
  out_.apply(scratch.linear, own.x, own.scores);
  return end;
}

}  // namespace parley
