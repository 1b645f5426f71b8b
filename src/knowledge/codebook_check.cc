// `parley codebook check`: what loading alone does not see.
#include <algorithm>
#include <map>
#include <unordered_set>

#include "knowledge/codebook.h"
#include "knowledge/status.h"

namespace parley {
namespace {

// Whether a word that fires `second` always fires `first` before it: same key, first unconditional, and
// not of lower priority.
bool shadows(const Rule& first, const Rule& second) {
  return first.conditions.empty() && first.priority >= second.priority && second.conditions.empty();
}

std::string lemma_of_sense(const std::string& sense) {
  std::string lemma = sense.substr(0, sense.rfind('.'));
  std::replace(lemma.begin(), lemma.end(), '_', ' ');
  return lemma;
}

void check_duplicates(const Codebook& codebook, Diagnostics& diagnostics) {
  const std::vector<Rule>& rules = codebook.rules();
  // By rule: how many of its keys never reach it, and who is in the way.
  std::map<std::uint32_t, std::pair<std::size_t, std::uint32_t>> hidden;
  std::map<std::string, std::pair<std::uint32_t, std::uint32_t>> doubled;
  for (const auto* keys : {&codebook.sense_keys(), &codebook.lemma_keys()}) {
    for (const auto& [key, indices] : *keys) {
      for (std::size_t j = 1; j < indices.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) {
          if (!shadows(rules[indices[i]], rules[indices[j]])) continue;
          auto& [count, by] = hidden[indices[j]];
          ++count;
          by = indices[i];
          doubled[key] = {indices[i], indices[j]};
          break;
        }
      }
    }
  }
  for (const auto& [key, pair] : doubled) {
    const Rule& later = rules[pair.second];
    diagnostics.error(later.file, later.place.line, later.place.column,
                      "'" + key + "' is a predicate of rule '" + rules[pair.first].name +
                          "' too, and neither has a condition; keep it in one, or add 'require' to one");
  }
  for (const auto& [index, what] : hidden) {
    const Rule& rule = rules[index];
    if (what.first < rule.predicates.size()) continue;
    diagnostics.error(rule.file, rule.place.line, rule.place.column,
                      "rule '" + rule.name + "' can never fire: '" + rules[what.second].name + "' comes first");
  }
}

void check_senses(const Codebook& codebook, const std::vector<std::string>& model_senses,
                  Diagnostics& diagnostics) {
  const std::unordered_set<std::string> known(model_senses.begin(), model_senses.end());
  for (const Rule& rule : codebook.rules()) {
    for (const std::string& key : rule.predicates) {
      if (key.find('/') != std::string::npos || known.contains(key)) continue;
      const std::string lemma = lemma_of_sense(key);
      std::string stand_in;
      for (const char* part : {"/v", "/n", "/j"}) {
        if (std::find(rule.predicates.begin(), rule.predicates.end(), lemma + part) != rule.predicates.end()) {
          stand_in = lemma + part;
          break;
        }
      }
      diagnostics.warning(rule.file, rule.place.line, rule.place.column,
                          "rule '" + rule.name + "': the model cannot give sense '" + key + "'; " +
                              (stand_in.empty() ? "add its lemma ('" + lemma + "/v')"
                                                : "'" + stand_in + "' stands in for it"));
    }
  }
}

}  // namespace

Diagnostics check_codebook(const std::filesystem::path& data, const std::filesystem::path& overrides,
                           const std::vector<std::string>* model_senses) {
  Diagnostics diagnostics;
  DataFiles files(data, overrides);
  const Codebook codebook = Codebook::load(files, diagnostics);
  StatusWords::load(files, diagnostics);
  check_duplicates(codebook, diagnostics);
  if (model_senses != nullptr) check_senses(codebook, *model_senses, diagnostics);
  return diagnostics;
}

}  // namespace parley
