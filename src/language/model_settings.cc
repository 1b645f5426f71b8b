#include "language/model_settings.h"

#include <nlohmann/json.hpp>

#include "language/model_file.h"

namespace parley {
namespace {

using Json = nlohmann::json;

Json parse(std::string_view text) {
  return Json::parse(
      text.begin(), text.end(), [](int depth, Json::parse_event_t, Json&) { return depth <= 8; }, false);
}

bool read_strings(const Json& object, const char* key, std::vector<std::string>& out) {
  if (!object.is_object()) return false;
  const auto list = object.find(key);
  if (list == object.end() || !list->is_array()) return false;
  for (const Json& item : *list) {
    if (!item.is_string()) return false;
    out.push_back(item.get<std::string>());
  }
  return true;
}

}  // namespace

Result<ModelSettings> read_settings(const ModelFile& file) {
  const Json json = parse(file.metadata("settings"));
  if (!json.is_object()) return file.damaged("its settings are no JSON object");
  ModelSettings settings;
  std::string wrong;
  const auto size = [&](const char* key, std::size_t& out, std::size_t least, std::size_t most,
                        std::size_t multiple) {
    const auto value = json.find(key);
    if (value == json.end() || !value->is_number_unsigned() || value->get<std::uint64_t>() < least ||
        value->get<std::uint64_t>() > most || value->get<std::uint64_t>() % multiple != 0) {
      if (wrong.empty()) wrong = key;
      return;
    }
    out = value->get<std::uint64_t>();
  };
  size("hidden", settings.hidden, 16, 4096, 16);
  size("layers", settings.layers, 1, 64, 1);
  size("heads", settings.heads, 1, 256, 1);
  size("intermediate", settings.intermediate, 16, 16384, 16);
  size("max_pieces", settings.max_pieces, 16, 4096, 1);
  size("arc", settings.arc, 16, 4096, 16);
  size("rel", settings.rel, 16, 4096, 16);
  size("role_hidden", settings.role_hidden, 16, 4096, 16);
  size("role_heads", settings.role_heads, 1, 256, 1);
  size("role_intermediate", settings.role_intermediate, 16, 16384, 16);
  size("role_distance_buckets", settings.role_distance_buckets, 1, 4096, 1);
  size("factuality_hidden", settings.factuality_hidden, 16, 4096, 16);
  if (!wrong.empty()) return file.damaged("setting '" + wrong + "' is missing or out of range");
  if (settings.hidden % (16 * settings.heads) != 0 || settings.role_hidden % (16 * settings.role_heads) != 0) {
    return file.damaged("a head's width must be a multiple of 16");
  }
  if (const auto epsilon = json.find("norm_epsilon"); epsilon != json.end() && epsilon->is_number()) {
    settings.norm_epsilon = epsilon->get<float>();
  }

  const Json labels = json.value("labels", Json::object());
  const std::pair<const char*, std::vector<std::string>*> lists[] = {
      {"upos", &settings.labels.upos},     {"xpos", &settings.labels.xpos},
      {"feats", &settings.labels.feats},   {"lemma_rules", &settings.labels.lemma_rules},
      {"deprel", &settings.labels.deprel}, {"ner", &settings.labels.ner},
      {"roles", &settings.labels.roles},   {"senses", &settings.labels.senses},
  };
  for (const auto& [key, list] : lists) {
    if (!read_strings(labels, key, *list) || list->empty()) {
      return file.damaged(std::string("its label list '") + key + "' is missing or empty");
    }
  }
  return settings;
}

Result<std::vector<ModelSample>> read_samples(const ModelFile& file) {
  std::vector<ModelSample> samples;
  const Json json = parse(file.metadata("samples"));
  const auto bad = [&] { return file.damaged("its samples cannot be read"); };
  if (!json.is_array()) return bad();
  for (const Json& item : json) {
    ModelSample sample;
    if (!read_strings(item, "words", sample.words) || !read_strings(item, "upos", sample.upos) ||
        !read_strings(item, "deprel", sample.deprel) || !read_strings(item, "ner", sample.ner)) {
      return bad();
    }
    const auto heads = item.find("head");
    const auto predicates = item.find("predicates");
    if (heads == item.end() || !heads->is_array() || predicates == item.end() || !predicates->is_array()) {
      return bad();
    }
    for (const Json& head : *heads) {
      if (!head.is_number_unsigned()) return bad();
      sample.head.push_back(head.get<std::size_t>());
    }
    for (const Json& predicate : *predicates) {
      if (!predicate.is_array() || predicate.size() != 2 || !predicate[0].is_number_unsigned() ||
          !predicate[1].is_string()) {
        return bad();
      }
      sample.predicates.emplace_back(predicate[0].get<std::size_t>(), predicate[1].get<std::string>());
    }
    const std::size_t n = sample.words.size();
    if (n == 0 || sample.upos.size() != n || sample.deprel.size() != n || sample.ner.size() != n ||
        sample.head.size() != n) {
      return bad();
    }
    samples.push_back(std::move(sample));
  }
  return samples;
}

}  // namespace parley
