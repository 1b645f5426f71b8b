// Passages marked by hand, scored by the rules of MATCHING.md: precision, recall and F1 by kind.
#include <set>

#include "record/marked_passages.h"

namespace parley {
namespace {

Span span_of(const Document& document, const std::string& words) {
  const std::size_t at = document.text().find(words);
  EXPECT_NE(at, std::string::npos) << words;
  return document.span(ByteRange{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())});
}

double shared_words(const Document& document, Span a, Span b) {
  const auto words = [&](Span span) {
    return 1.0 + static_cast<double>(std::count(document.slice(span).begin(), document.slice(span).end(), ' '));
  };
  const Span common{std::max(a.begin, b.begin), std::min(a.end, b.end)};
  if (common.begin >= common.end) return 0.0;
  return words(common) / std::max(words(a), words(b));
}

// --- proposals ---------------------------------------------------------------------------------------

class ProposalScorer {
 public:
  ProposalScorer(const json& passage, const Record& record, Scores& scores)
      : passage_(passage), record_(record), scores_(scores) {}

  void score() {
    const json& wanted = passage_["proposals"];
    struct Pair {
      int shared;
      std::size_t gold, found;
    };
    std::vector<Pair> pairs;
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      for (std::size_t f = 0; f < record_.proposals.size(); ++f) {
        if (const int shared = likeness(wanted[g], record_.proposals[f]); shared > 0) pairs.push_back({shared, g, f});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.shared > b.shared; });
    std::map<std::size_t, std::size_t> found_of;
    std::set<std::size_t> used;
    for (const Pair& pair : pairs) {
      if (found_of.contains(pair.gold) || used.contains(pair.found)) continue;
      found_of[pair.gold] = pair.found;
      used.insert(pair.found);
    }
    Tally& proposals = scores_("proposal");
    proposals.wanted += static_cast<int>(wanted.size());
    proposals.found += static_cast<int>(record_.proposals.size());
    proposals.met += static_cast<int>(found_of.size());
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      if (!found_of.contains(g)) tell(passage_, "missed proposal " + wanted[g]["name"].get<std::string>());
      score_one(wanted[g], found_of.contains(g) ? record_.proposals[found_of[g]] : Proposal{}, found_of.contains(g));
    }
    for (std::size_t f = 0; f < record_.proposals.size(); ++f) {
      if (used.contains(f)) continue;
      tell(passage_, "extra proposal " + record_.proposals[f].name);
      json nothing = {{"terms", json::array()}, {"positions", json::array()}, {"sticking_points", json::array()},
                      {"proposers", json::array()}, {"mediators", json::array()}, {"addressees", json::array()}};
      score_one(nothing, record_.proposals[f], false);
    }
  }

 private:
  static std::string last_word(std::string name) {
    name = lower(std::move(name));
    if (const std::size_t of = name.find(" of "); of != std::string::npos) name.resize(of);
    return name.substr(name.find_last_of(' ') + 1);
  }

  int likeness(const json& wanted, const Proposal& found) const {
    int out = last_word(wanted["name"]) == last_word(found.name) ? 1 : 0;
    for (const auto& term : wanted["terms"]) {
      const Span span = span_of(record_.document, term["words"]);
      for (const Term& other : found.terms) out += shared_words(record_.document, span, other.span) >= 0.5 ? 2 : 0;
    }
    for (const auto& position : wanted["positions"]) {
      for (const Position& other : found.positions) {
        out += is_named(record_, other.party, position["party"]) && name(other.stance) == position["stance"];
      }
    }
    return out;
  }

  void score_one(const json& wanted, const Proposal& found, bool pair) {
    if (pair) {
      Tally& state = scores_("state");
      ++state.wanted, ++state.found;
      const bool same = name(found.state) == wanted["state"].get<std::string>();
      state.met += same;
      if (!same) tell(passage_, std::string("state ") + name(found.state) + ", wanted " + wanted["state"].get<std::string>());
    }
    score_names(passage_, record_, wanted["proposers"], found.proposers, "proposer", scores_("proposers"));
    score_names(passage_, record_, wanted["mediators"], found.mediators, "mediator", scores_("mediators"));
    score_names(passage_, record_, wanted["addressees"], found.addressees, "addressee", scores_("addressees"));
    terms(wanted, found);
    positions(wanted, found);
    sticking(wanted, found);
  }

  void terms(const json& wanted, const Proposal& found) {
    term_of_.clear();
    Tally& tally = scores_("term");
    std::set<std::size_t> used;
    for (std::size_t g = 0; g < wanted["terms"].size(); ++g) {
      const Span span = span_of(record_.document, wanted["terms"][g]["words"]);
      std::size_t best = found.terms.size();
      double most = 0.0;
      for (std::size_t f = 0; f < found.terms.size(); ++f) {
        const double shared = shared_words(record_.document, span, found.terms[f].span);
        if (!used.contains(f) && shared >= 0.5 && shared > most) best = f, most = shared;
      }
      ++tally.wanted;
      if (best == found.terms.size()) {
        tell(passage_, "missed term " + wanted["terms"][g]["words"].get<std::string>());
        continue;
      }
      ++tally.met;
      used.insert(best);
      term_of_[g] = found.terms[best].id;
      details(wanted["terms"][g], found.terms[best]);
    }
    tally.found += static_cast<int>(found.terms.size());
    for (std::size_t f = 0; f < found.terms.size(); ++f) {
      if (!used.contains(f)) tell(passage_, "extra term " + std::string(record_.document.slice(found.terms[f].span)));
    }
  }

  void details(const json& wanted, const Term& found) {
    std::string of = " of ";
    of += wanted["words"].get<std::string>();
    score_names(passage_, record_, wanted["by"], found.by, "by" + of, scores_("term's by"));
    score_names(passage_, record_, wanted["for"], found.for_, "for" + of, scores_("term's for"));
    detail(wanted["quantity"], found.quantity, "quantity" + of, scores_("term's quantity"));
    detail(wanted["phase"], found.phase, "phase" + of, scores_("term's phase"));
    detail(wanted["condition"], found.condition, "condition" + of, scores_("term's condition"));
  }

  void detail(const json& wanted, const std::optional<std::string>& found, const std::string& kind, Tally& tally) const {
    tally.wanted += wanted.is_string();
    tally.found += found.has_value();
    const bool met = wanted.is_string() && found &&
                     (lower(wanted).find(lower(*found)) != std::string::npos ||
                      lower(*found).find(lower(wanted)) != std::string::npos);
    tally.met += met;
    if (!met && (wanted.is_string() || found)) tell(passage_, kind + ": " + found.value_or("-") + ", wanted " + wanted.dump());
  }

  void positions(const json& wanted, const Proposal& found) {
    Tally& tally = scores_("position");
    std::set<std::size_t> used;
    for (const auto& position : wanted["positions"]) {
      ++tally.wanted;
      std::optional<Id> on;
      bool term_met = true;
      if (position["on"].is_string()) {
        std::size_t g = 0;
        while (wanted["terms"][g]["words"] != position["on"]) ++g;
        term_met = term_of_.contains(g);
        if (term_met) on = term_of_[g];
      }
      bool met = false;
      for (std::size_t f = 0; f < found.positions.size() && term_met && !met; ++f) {
        const Position& other = found.positions[f];
        if (used.contains(f) || name(other.stance) != position["stance"] || other.on != on ||
            !is_named(record_, other.party, position["party"])) {
          continue;
        }
        met = true;
        used.insert(f);
      }
      tally.met += met;
      if (!met) {
        tell(passage_, "missed position " + position["party"].get<std::string>() + " " +
                           position["stance"].get<std::string>() +
                           (position["on"].is_string() ? " " + position["on"].get<std::string>() : ""));
      }
    }
    tally.found += static_cast<int>(found.positions.size());
    for (std::size_t f = 0; f < found.positions.size(); ++f) {
      if (used.contains(f)) continue;
      tell(passage_, "extra position " + name_of(record_, found.positions[f].party) + " " +
                         name(found.positions[f].stance) + " " + found.positions[f].on.value_or("") + ": " +
                         std::string(record_.document.slice(found.positions[f].span)));
    }
  }

  void sticking(const json& wanted, const Proposal& found) {
    Tally& tally = scores_("sticking point");
    tally.found += static_cast<int>(found.sticking_points.size());
    std::set<std::size_t> used;
    for (const auto& point : wanted["sticking_points"]) {
      ++tally.wanted;
      const Span span = span_of(record_.document, point);
      bool met = false;
      for (std::size_t f = 0; f < found.sticking_points.size() && !met; ++f) {
        if (used.contains(f) || !found.sticking_points[f].overlaps(span)) continue;
        met = true;
        used.insert(f);
      }
      tally.met += met;
      if (!met) tell(passage_, "missed sticking point " + point.get<std::string>());
    }
    for (std::size_t f = 0; f < found.sticking_points.size(); ++f) {
      if (!used.contains(f)) {
        tell(passage_, "extra sticking point " + std::string(record_.document.slice(found.sticking_points[f])));
      }
    }
  }

  const json& passage_;
  const Record& record_;
  Scores& scores_;
  std::map<std::size_t, Id> term_of_;
};

// --- figures -----------------------------------------------------------------------------------------

class FigureScorer {
 public:
  FigureScorer(const json& passage, const Record& record, Scores& scores)
      : passage_(passage), record_(record), scores_(scores) {}

  void score() {
    const json& wanted = passage_["figures"];
    const std::vector<Figure>& found = record_.figures;
    std::vector<std::size_t> pair(wanted.size(), found.size());
    std::vector<bool> used(found.size(), false);
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      const Span span = marked(wanted[g]);
      for (std::size_t f = 0; f < found.size() && pair[g] == found.size(); ++f) {
        if (!used[f] && found[f].span.overlaps(span)) pair[g] = f, used[f] = true;
      }
    }
    for (const char* kind : {"found", "bounds", "measure", "part of", "all right", "attributed to"}) scores_(kind);
    for (const char* kind : {"found", "bounds", "measure", "part of", "all right"}) {
      scores_(kind).wanted += static_cast<int>(wanted.size());
      scores_(kind).found += static_cast<int>(found.size());
    }
    for (std::size_t g = 0; g < wanted.size(); ++g) {
      if (pair[g] == found.size()) {
        tell(passage_, "missed figure " + wanted[g]["exact"].get<std::string>());
        continue;
      }
      compare(wanted[g], found[pair[g]], pair);
    }
    for (std::size_t f = 0; f < found.size(); ++f) {
      if (!used[f]) tell(passage_, "extra figure " + std::string(record_.document.slice(found[f].span)));
    }
  }

 private:
  static Span marked(const json& figure) {
    return {figure["begin"].get<std::uint32_t>(), figure["end"].get<std::uint32_t>()};
  }
  static std::optional<double> bound(const json& value) {
    return value.is_null() ? std::nullopt : std::optional<double>(value.get<double>());
  }

  void compare(const json& wanted, const Figure& found, const std::vector<std::size_t>& pair) {
    std::optional<Id> whole;
    if (!wanted["part_of"].is_null()) {
      const std::size_t f = pair[wanted["part_of"].get<std::size_t>()];
      whole = f < record_.figures.size() ? record_.figures[f].id : "missed";
    }
    const bool bounds = found.low == bound(wanted["low"]) && found.high == bound(wanted["high"]);
    const bool measure = name(found.measure) == wanted["measure"].get<std::string>();
    const bool unit = found.unit.value_or("") == (wanted["unit"].is_null() ? "" : wanted["unit"].get<std::string>());
    const bool part = found.part_of == whole;
    const bool all = bounds && measure && unit && part && found.span == marked(wanted);
    scores_("found").met += 1;
    scores_("bounds").met += bounds;
    scores_("measure").met += measure;
    scores_("part of").met += part;
    scores_("all right").met += all;
    if (!all) {
      tell(passage_, "figure " + wanted["exact"].get<std::string>() + " read as " +
                         std::string(record_.document.slice(found.span)) + ": " + name(found.measure) +
                         (bounds ? "" : ", bounds") + (unit ? "" : ", unit") + ", part of " +
                         found.part_of.value_or("-"));
    }
    if (!wanted.contains("attributed_to")) return;
    Tally& source = scores_("attributed to");
    const json& by = wanted["attributed_to"];
    source.wanted += by.is_string();
    source.found += found.attributed_to.has_value();
    const bool met = by.is_string() && found.attributed_to && is_named(record_, *found.attributed_to, by);
    source.met += met;
    if (!met && (by.is_string() || found.attributed_to)) {
      tell(passage_, "figure " + wanted["exact"].get<std::string>() + " given by " +
                         (found.attributed_to ? name_of(record_, *found.attributed_to) : "-") + ", wanted " + by.dump());
    }
  }

  const json& passage_;
  const Record& record_;
  Scores& scores_;
};

// --- discrepancies -------------------------------------------------------------------------------------

class DiscrepancyScorer {
 public:
  DiscrepancyScorer(const json& passage, const Record& record, Scores& scores)
      : passage_(passage), record_(record), scores_(scores) {}

  void score() {
    const json& wanted = passage_["discrepancies"];
    std::set<std::size_t> used;
    for (const auto& each : wanted) {
      Tally& tally = scores_(each["kind"]);
      ++tally.wanted, ++scores_("all").wanted;
      bool met = false;
      for (std::size_t f = 0; f < record_.discrepancies.size() && !met; ++f) {
        const Discrepancy& found = record_.discrepancies[f];
        if (used.contains(f) || name(found.kind) != each["kind"].get<std::string>()) continue;
        met = std::all_of(each["between"].begin(), each["between"].end(), [&](const json& words) {
          const Span span = span_of(record_.document, words);
          return std::any_of(found.between.begin(), found.between.end(),
                             [&](const Id& id) { return touches(id, span); });
        });
        if (met) used.insert(f);
      }
      tally.met += met, scores_("all").met += met;
      if (!met) tell(passage_, "missed discrepancy " + each.dump());
    }
    for (std::size_t f = 0; f < record_.discrepancies.size(); ++f) {
      const Discrepancy& found = record_.discrepancies[f];
      ++scores_(name(found.kind)).found, ++scores_("all").found;
      if (!used.contains(f)) tell(passage_, std::string("extra discrepancy ") + name(found.kind) + ": " + found.note);
    }
  }

 private:
  bool touches(const Id& id, Span span) const {
    const auto near = [&](Span other) { return other.overlaps(span); };
    for (const Event& event : record_.events) {
      if (event.id == id) return near(event.trigger) || near(event.evidence);
    }
    for (const Figure& figure : record_.figures) {
      if (figure.id == id) return near(figure.span);
    }
    for (const Statement& statement : record_.statements) {
      if (statement.id == id) return near(statement.cue) || std::any_of(statement.content.begin(), statement.content.end(), near);
    }
    for (const Entity& entity : record_.entities) {
      if (entity.id != id) continue;
      return std::any_of(entity.mentions.begin(), entity.mentions.end(),
                         [&](const EntityMention& mention) { return near(mention.span); });
    }
    for (const Proposal& proposal : record_.proposals) {
      if (proposal.id != id) continue;
      return std::any_of(proposal.positions.begin(), proposal.positions.end(),
                         [&](const Position& position) { return near(position.span); });
    }
    return false;
  }

  const json& passage_;
  const Record& record_;
  Scores& scores_;
};

// --- the sets ------------------------------------------------------------------------------------------

TEST(MarkedPassages, Figures) {
  if (pipeline() == nullptr) GTEST_SKIP() << "no model in models/";
  std::map<int, Scores> by_batch;
  for (const json& passage : passages("figures_gold.jsonl")) {
    const Record record = pipeline()->read(document_of(passage));
    FigureScorer(passage, record, by_batch[passage.value("batch", 1)]).score();
  }
  const Scores all = total("figures", by_batch);
  EXPECT_GT(all.of("found").f1(), 0.95);
  EXPECT_GT(all.of("all right").f1(), 0.86);
}

TEST(MarkedPassages, Discrepancies) {
  if (pipeline() == nullptr) GTEST_SKIP() << "no model in models/";
  Scores scores;
  for (const json& passage : passages("discrepancies_gold.jsonl")) {
    if (!passage.contains("discrepancies")) continue;
    const Record record = pipeline()->read(document_of(passage));
    DiscrepancyScorer(passage, record, scores).score();
  }
  scores.print("discrepancies");
  EXPECT_GT(scores.of("all").precision(), 0.9);
  EXPECT_GT(scores.of("all").recall(), 0.7);
}

TEST(MarkedPassages, Proposals) {
  if (pipeline() == nullptr) GTEST_SKIP() << "no model in models/";
  std::map<int, Scores> by_batch;
  for (const json& passage : passages("proposals_gold.jsonl")) {
    const Record record = pipeline()->read(document_of(passage));
    ProposalScorer(passage, record, by_batch[passage["batch"].get<int>()]).score();
  }
  const Scores all = total("proposals", by_batch);
  EXPECT_GT(all.of("proposal").f1(), 0.87);
  EXPECT_GT(all.of("term").precision(), 0.88);
  EXPECT_GT(all.of("term").f1(), 0.76);
  EXPECT_GT(all.of("position").precision(), 0.80);
  EXPECT_GT(all.of("position").f1(), 0.71);
}

}  // namespace
}  // namespace parley
