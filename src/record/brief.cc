// Idea: a takeaway is a clause of the report, not a sentence made up: what was planned, denied or said by somebody
// stays so because its own words do. Sentences are weighed by the records in them, by their place and by what they
// share with the headline and the report's own takeaways; the heaviest are taken one by one, passing over
// those that say again what was taken. A pronoun that opens a sentence gives way to the name it stands for.
//
// Example: "However, she rejected the plan on Monday, calling it a trap." -> "Mara Lund rejected the plan on
// Monday."
// Counter-example: "..., the ministry said", "if ..." are never cut off: without them the sentence claims more.
//
// Cost: linear in words but for the choice, which is takeaways times sentences. Test: tests/record/brief_test.cc.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>

#include "record/brief_sentences.h"
#include "record/extract.h"

namespace parley {
namespace {

constexpr std::size_t kMostTakeaways = 7;
constexpr std::size_t kFewestTakeaways = 3;
constexpr std::size_t kHeaviest = 6;    // of which the lead may be one
constexpr std::size_t kMostReasons = 2;
constexpr double kSaysTheSame = 0.55;   // share of the shorter one's content words
constexpr double kTold = 0.9;           // how much of its weight a clause loses that has been told
constexpr std::size_t kMostCites = 8;
constexpr double kReason = 1.3;         // significance under which a sentence gives no reason

class Composer {
 public:
  explicit Composer(Context& context) : context_(context), clauses_(brief_clauses(context)) {}

  void compose() {
    reasons_given();
    takeaways();
    if (context_.record.brief.why_it_matters.empty()) reasons_found();
  }

 private:
  void takeaways() {
    const std::size_t wanted =
        std::clamp<std::size_t>(2 + clauses_.size() / 3, kFewestTakeaways, kMostTakeaways);
    std::vector<const BriefClause*> order;
    for (const BriefClause& clause : clauses_) {
      if (clause.section != SectionKind::why_it_matters) order.push_back(&clause);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const BriefClause* a, const BriefClause* b) { return a->weight > b->weight; });
    lead_first(order);
    // The first as ordered; from then on what a clause adds counts: those that share words with one taken weigh less.
    std::vector<double> told(order.size(), 0.0);  // the most that a taken one shares with it
    std::vector<bool> used(order.size(), false);
    while (context_.record.brief.takeaways.size() < wanted) {
      std::size_t best = order.size();
      double most = -1.0;
      for (std::size_t i = 0; i < order.size(); ++i) {
        const bool first = context_.record.brief.takeaways.empty();
        if (used[i] || (!order[i]->has_records && !first) || said_before(*order[i])) continue;
        const double weight = order[i]->weight * (1.0 - kTold * told[i]);
        if (weight > most) best = i, most = weight;
        if (first) break;  // the lead
      }
      if (best == order.size()) break;
      used[best] = true;
      context_.record.brief.takeaways.push_back(line(*order[best]));
      taken_.push_back(order[best]);
      for (std::size_t i = 0; i < order.size(); ++i) told[i] = std::max(told[i], overlap(*order[best], *order[i]));
    }
  }

  // A report opens with its news: of the heaviest few, its first sentence (or the line under the headline) comes first.
  static void lead_first(std::vector<const BriefClause*>& order) {
    const auto few = order.begin() + static_cast<std::ptrdiff_t>(std::min(order.size(), kHeaviest));
    const auto is_lead = [](const BriefClause* clause) { return clause->lead && clause->has_records; };
    const auto is_dek = [](const BriefClause* clause) { return clause->section == SectionKind::dek && clause->has_records; };
    auto first = std::find_if(order.begin(), few, is_lead);
    if (first == few) first = std::find_if(order.begin(), few, is_dek);
    if (first != few) std::rotate(order.begin(), first, first + 1);
  }

  // The report's own paragraph on why it matters, in its order.
  void reasons_given() {
    for (const BriefClause& clause : clauses_) {
      if (context_.record.brief.why_it_matters.size() == kMostReasons) break;
      if (clause.section != SectionKind::why_it_matters) continue;
      context_.record.brief.why_it_matters.push_back(line(clause));
      taken_.push_back(&clause);
    }
  }

  void reasons_found() {
    std::vector<const BriefClause*> order;
    for (const BriefClause& clause : clauses_) {
      if (clause.significance > 0 && !said_before(clause)) order.push_back(&clause);
    }
    std::stable_sort(order.begin(), order.end(), [](const BriefClause* a, const BriefClause* b) {
      return a->significance > b->significance;
    });
    for (const BriefClause* clause : order) {
      if (context_.record.brief.why_it_matters.size() == kMostReasons) break;
      if (clause->significance < kReason) break;
      if (said_before(*clause)) continue;
      context_.record.brief.why_it_matters.push_back(line(*clause));
      taken_.push_back(clause);
    }
  }

  bool said_before(const BriefClause& clause) const {
    return std::any_of(taken_.begin(), taken_.end(),
                       [&](const BriefClause* taken) { return overlap(*taken, clause) >= kSaysTheSame; });
  }

  static double overlap(const BriefClause& a, const BriefClause& b) {
    if (a.content.empty() || b.content.empty()) return 0.0;
    std::size_t shared = 0;
    for (const std::string& word : a.content) shared += b.content.contains(word) ? 1 : 0;
    return static_cast<double>(shared) / static_cast<double>(std::min(a.content.size(), b.content.size()));
  }

  BriefLine line(const BriefClause& clause) const {
    BriefLine out{clause.text, clause.cites};
    if (out.cites.size() > kMostCites) out.cites.resize(kMostCites);
    return out;
  }

  Context& context_;
  const std::vector<BriefClause> clauses_;
  std::vector<const BriefClause*> taken_;
};

}  // namespace

void compose_brief(Context& context) { Composer(context).compose(); }

}  // namespace parley
