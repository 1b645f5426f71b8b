#include "eval/predicates.h"

#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "eval/files.h"

namespace parley::eval {
namespace {

using RoleSpan = std::tuple<std::uint32_t, std::uint32_t, std::string>;

struct PredicateSpans {
  std::string sense;
  std::set<RoleSpan> roles;
};

Result<std::vector<Json>> read_lines(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  std::vector<Json> out;
  std::size_t number = 0;
  for (std::string_view line : lines_of(*text)) {
    ++number;
    if (fields_of(line).empty()) continue;
    Json item = Json::parse(line, nullptr, false);
    if (!item.is_object() || !item.contains("sent_id")) {
      return Error{Error::Code::malformed, "expected a JSON object with sent_id",
                   path.string() + ":" + std::to_string(number)};
    }
    out.push_back(std::move(item));
  }
  return out;
}

std::map<std::uint32_t, PredicateSpans> predicates_of(const SentenceIndex& system, const Sentence* sentence) {
  std::map<std::uint32_t, PredicateSpans> out;
  if (!sentence) return out;
  const Word first = sentence->words.first;
  for (const Predicate& predicate : system.analysis().predicates(*sentence)) {
    PredicateSpans& spans = out[predicate.word - first + 1];
    spans.sense = predicate.sense;
    for (const Role& role : predicate.roles) {
      spans.roles.emplace(role.words.first - first + 1, role.words.last - first, std::string(role.label));
    }
  }
  return out;
}

}  // namespace

SentenceIndex::SentenceIndex(const Analysis& analysis) : analysis_(analysis) {
  for (std::size_t i = 0; i < analysis.sentences().size(); ++i) {
    by_id_.emplace(analysis.sentences()[i].id, i);
  }
}

const Sentence* SentenceIndex::find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &analysis_.sentences()[found->second];
}

Result<Json> score_propbank(const std::filesystem::path& path, const SentenceIndex& system) {
  auto lines = read_lines(path);
  if (!lines) return lines.error();
  Counts predicates;
  Counts roles;
  double senses = 0;
  double senses_right = 0;
  const auto minus = [](const std::set<RoleSpan>& a, const std::set<RoleSpan>& b) {
    double out = 0;
    for (const RoleSpan& each : a) out += !b.contains(each);
    return out;
  };
  for (const Json& item : *lines) {
    std::map<std::uint32_t, PredicateSpans> gold;
    for (const Json& predicate : item.at("predicates")) {
      PredicateSpans& spans = gold[predicate.at("word").get<std::uint32_t>()];
      spans.sense = predicate.at("sense");
      for (const Json& role : predicate.at("roles")) {
        spans.roles.emplace(role.at(0).get<std::uint32_t>(), role.at(1).get<std::uint32_t>(),
                            role.at(2).get<std::string>());
      }
    }
    const auto got = predicates_of(system, system.find(item.at("sent_id")));
    for (const auto& [word, want] : gold) {
      const auto found = got.find(word);
      const PredicateSpans none;
      const PredicateSpans& have = found == got.end() ? none : found->second;
      (found == got.end() ? predicates.fn : predicates.tp) += 1;
      ++senses;
      senses_right += have.sense == want.sense;
      const double missed = minus(want.roles, have.roles);
      roles.tp += static_cast<double>(want.roles.size()) - missed;
      roles.fn += missed;
      roles.fp += minus(have.roles, want.roles);
    }
    for (const auto& [word, have] : got) {
      if (gold.contains(word)) continue;
      ++predicates.fp;
      roles.fp += static_cast<double>(have.roles.size());
    }
  }
  return Json{{"predicates", predicates.json()},
              {"roles", roles.json()},
              {"sense_accuracy", rounded(senses_right / std::max(1.0, senses))}};
}

Result<Json> score_factuality(const std::filesystem::path& path, const SentenceIndex& system) {
  auto lines = read_lines(path);
  if (!lines) return lines.error();
  std::vector<double> gold;
  std::vector<double> got;
  for (const Json& item : *lines) {
    gold.push_back(item.at("factual"));
    double value = 0;
    if (const Sentence* sentence = system.find(item.at("sent_id"))) {
      const std::uint32_t number = item.at("word");
      const Word word = sentence->words.first + number - 1;
      if (number >= 1 && sentence->words.contains(word) && system.analysis().predicate_at(word)) {
        const double found = static_cast<double>(system.analysis().factuality(word));
        if (!std::isnan(found)) value = found;
      }
    }
    got.push_back(value);
  }
  const double n = static_cast<double>(gold.size());
  if (gold.empty()) return Error{Error::Code::empty, "no gold values", path.string()};
  double mean_gold = 0, mean_got = 0;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    mean_gold += gold[i] / n;
    mean_got += got[i] / n;
  }
  double covariance = 0, variance_gold = 0, variance_got = 0, error = 0;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    covariance += (gold[i] - mean_gold) * (got[i] - mean_got);
    variance_gold += (gold[i] - mean_gold) * (gold[i] - mean_gold);
    variance_got += (got[i] - mean_got) * (got[i] - mean_got);
    error += std::fabs(gold[i] - got[i]);
  }
  const double scale = std::sqrt(variance_gold * variance_got);
  return Json{{"n", gold.size()},
              {"pearson", scale > 0 ? rounded(covariance / scale) : 0.0},
              {"mae", rounded(error / n)}};
}

}  // namespace parley::eval
