#include "language/bio.h"

#include <algorithm>

namespace parley {

BioDecoder::BioDecoder(const std::vector<std::string>& labels) : labels_(&labels) {
  inside_.assign(labels.size(), kNone);
  is_inside_.assign(labels.size(), false);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (!labels[i].starts_with("I-")) continue;
    is_inside_[i] = true;
    const auto begin = std::find(labels.begin(), labels.end(), "B-" + labels[i].substr(2));
    if (begin != labels.end()) inside_[i] = static_cast<std::uint32_t>(begin - labels.begin());
  }
}

std::vector<std::uint32_t> BioDecoder::path(const float* scores, std::size_t words,
                                            std::size_t stride) const {
  constexpr float kNever = -1e30f;
  const std::size_t count = labels_->size();
  std::vector<std::uint32_t> out(words, 0);
  if (words == 0 || count == 0) return out;
  std::vector<float> best(count), next(count);
  std::vector<std::uint32_t> back(words * count, 0);
  for (std::size_t l = 0; l < count; ++l) best[l] = is_inside_[l] ? kNever : scores[l];
  for (std::size_t w = 1; w < words; ++w) {
    const auto top = static_cast<std::uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
    const float* row = scores + w * stride;
    std::uint32_t* from = back.data() + w * count;
    for (std::size_t l = 0; l < count; ++l) {
      std::uint32_t via = top;
      if (is_inside_[l]) {
        via = static_cast<std::uint32_t>(l);
        if (inside_[l] != kNone && best[inside_[l]] > best[l]) via = inside_[l];
      }
      next[l] = best[via] + row[l];
      from[l] = via;
    }
    best.swap(next);
  }
  auto at = static_cast<std::uint32_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t w = words; w-- > 0;) {
    out[w] = at;
    at = back[w * count + at];
  }
  return out;
}

std::vector<BioDecoder::Span> BioDecoder::decode(const float* scores, std::size_t words,
                                                 std::size_t stride) const {
  std::vector<Span> spans;
  const std::vector<std::uint32_t> labels = path(scores, words, stride);
  for (std::uint32_t w = 0; w < labels.size(); ++w) {
    const std::string_view label = (*labels_)[labels[w]];
    if (label.starts_with("B-")) {
      spans.push_back({w, w + 1, label.substr(2)});
    } else if (label.starts_with("I-") && !spans.empty() && spans.back().last == w) {
      spans.back().last = w + 1;
    }
  }
  return spans;
}

}  // namespace parley
