// Countries that only the context tells: "the rebels", "President X", "the court".
//
// A short text speaks of one country or of several. Where it is one, its actors are that country's:
// "Police fired on students in Lusaka". A longer report has a country that most of it is about;
// actors in sentences that name no other are that one's, and "soldiers in Goma" are Congo's in any
// report. Counter-example: "Rebels killed five French soldiers in Mali": two countries, so the
// rebels get none. News agencies ("…, told AFP"), people (they travel) and bodies of many states
// say nothing of a place. Cost: one walk over the mentions.
#include <algorithm>

#include "record/entity_draft.h"

namespace parley {
namespace {

constexpr std::size_t kShort = 3;  // sentences in which one country may speak for all
constexpr std::uint32_t kNone = 0;
constexpr std::uint32_t kSeveral = 0xFFFFFFFF;

class Completion {
 public:
  explicit Completion(EntityWork& work) : work_(work) {}

  void run() {
    const std::size_t sentences = work_.analysis.sentences().size();
    std::vector<std::uint32_t> of_sentence(sentences, kNone);
    std::vector<std::uint32_t> where(sentences, kNone);
    std::uint32_t of_report = kNone;
    std::vector<std::uint32_t> first_sentence(work_.entities.size(), 0);
    std::vector<std::uint8_t> seen(work_.entities.size(), 0);
    for (const DraftMention& mention : work_.mentions) {
      const std::uint32_t sentence = work_.analysis.sentence_of(mention.head);
      if (seen[mention.entity] == 0 || sentence < first_sentence[mention.entity])
        first_sentence[mention.entity] = sentence;
      seen[mention.entity] = 1;
      const std::uint32_t country = state_of(work_.entities[mention.entity]);
      if (country == kNone) continue;
      ++counts_[country - 1];
      add(of_sentence[sentence], country);
      add(of_report, country);
      if (is_where(mention.head)) add(where[sentence], country);
    }
    const std::uint32_t main = sentences > kShort ? main_country() : kNone;
    for (std::size_t i = 0; i < work_.entities.size(); ++i) {
      EntityDraft& draft = work_.entities[i];
      if (seen[i] == 0 || draft.code.country || !takes_country(draft)) continue;
      const std::uint32_t here = of_sentence[first_sentence[i]];
      std::uint32_t country = of_report;
      if (!one(country) && sentences <= kShort) country = here;
      if (!one(country) && (here == kNone || here == main)) country = main;
      if (!one(country) && here == where[first_sentence[i]]) country = here;
      if (one(country)) draft.code = actor_code(codes_[country - 1], draft.code.roles);
    }
  }

 private:
  static bool one(std::uint32_t country) { return country != kNone && country != kSeveral; }

  static void add(std::uint32_t& have, std::uint32_t country) {
    if (have == kNone) have = country;
    if (have != country) have = kSeveral;
  }

  /// A number for the state that the entity speaks of, or nothing.
  std::uint32_t state_of(const EntityDraft& draft) {
    if (draft.kind == EntityKind::person) return kNone;
    if (!draft.code.country || !work_.actors.state(*draft.code.country)) return kNone;
    const std::vector<std::string>& roles = draft.code.roles;
    if (std::find(roles.begin(), roles.end(), "JRN") != roles.end()) return kNone;
    const auto [at, fresh] =
        numbers_.try_emplace(*draft.code.country, static_cast<std::uint32_t>(codes_.size() + 1));
    if (fresh) {
      codes_.push_back(*draft.code.country);
      counts_.push_back(0);
    }
    return at->second;
  }

  /// "in Goma", "at …", "near …".
  bool is_where(Word head) const {
    for (const Word child : work_.analysis.children(head)) {
      if (work_.analysis.base_relation(child) != "case" || child > head) continue;
      const std::string& word = work_.folded[child];
      return word == "in" || word == "at" || word == "near" || word == "across" ||
             word == "inside" || word == "around";
    }
    return false;
  }

  /// The country of three in five of all mentions of countries.
  std::uint32_t main_country() const {
    std::size_t all = 0;
    std::size_t best = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      all += counts_[i];
      if (counts_[i] > counts_[best]) best = i;
    }
    if (counts_.empty() || counts_[best] * 5 < all * 3) return kNone;
    return static_cast<std::uint32_t>(best + 1);
  }

  static bool takes_country(const EntityDraft& draft) {
    switch (draft.kind) {
      case EntityKind::person:
      case EntityKind::organisation: return !draft.code.roles.empty();
      case EntityKind::group:
        return !draft.code.roles.empty() || (draft.named && draft.actor);  // "ethnic Serbs"
      default: return false;
    }
  }

  EntityWork& work_;
  std::vector<std::string> codes_;
  std::vector<std::size_t> counts_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace

void complete_codes(EntityWork& work) {
  Completion(work).run();
}

}  // namespace parley
