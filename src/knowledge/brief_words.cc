#include "knowledge/brief_words.h"

#include <algorithm>
#include <optional>

namespace parley {
namespace {

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// `[measures] killed = 1.0`: the number of every name that `value_of` knows.
template <typename Array, typename ValueOf>
void read_weights(TomlTable& root, std::string_view key, Array& weights, ValueOf value_of) {
  auto table = root.table(key);
  if (!table) return;
  for (const auto& [word, value] : table->entries()) {
    const auto known = value_of(word);
    if (!known) {
      table->error(value.place, "'" + word + "' is none of the " + std::string(key) + " of the record");
    } else if (value.kind != TomlValue::Kind::number && value.kind != TomlValue::Kind::integer) {
      table->error(value.place, "the weight of '" + word + "' must be a number");
    } else {
      weights[static_cast<std::size_t>(*known)] = value.number;
    }
  }
}

}  // namespace

BriefWords BriefWords::load(DataFiles& files, Diagnostics& diagnostics) {
  BriefWords out;
  read_toml_files(files, "brief", diagnostics, [&](TomlTable root) {
    if (auto openers = root.table("openers")) {
      for (const std::string& phrase : openers->texts("words")) out.openers_.push_back(split_words(phrase));
      openers->done();
    }
    if (auto significance = root.table("significance")) {
      for (std::string& word : significance->texts("words")) out.significant_.insert(std::move(word));
      significance->done();
    }
    if (auto leaning = root.table("leaning")) {
      for (std::string& word : leaning->texts("words")) out.leaning_.insert(std::move(word));
      leaning->done();
    }
    read_weights(root, "measures", out.measures_, [](std::string_view word) { return measure_from_name(word); });
    read_weights(root, "statuses", out.statuses_, [](std::string_view word) { return status_from_name(word); });
    root.done();
  });
  std::stable_sort(out.openers_.begin(), out.openers_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

}  // namespace parley
