// Countries that only the context tells: in a sentence that speaks of one country alone, "the rebels",
// "President X" and "the court" are that country's.
//
// Example: "Police fired on students in Lusaka": both are Zambian.
// Counter-example: "Rebels killed five French soldiers in Mali": two countries, so the rebels get none.
// News agencies ("…, told AFP") and bodies of many states say nothing of a place. Cost: one walk.
#include <algorithm>

#include "record/entity_draft.h"

namespace parley {
namespace {

constexpr std::uint16_t kNothing = 0;
constexpr std::uint16_t kSeveral = 0xFFFF;

class Completion {
 public:
  explicit Completion(EntityWork& work) : work_(work) {}

  void run() {
    std::vector<std::uint16_t> of_sentence(work_.analysis.sentences().size(), kNothing);
    std::uint16_t of_report = kNothing;
    std::vector<std::uint32_t> first_sentence(work_.entities.size(), 0);
    std::vector<std::uint8_t> seen(work_.entities.size(), 0);
    for (const DraftMention& mention : work_.mentions) {
      const std::uint32_t sentence = work_.analysis.sentence_of(mention.head);
      if (seen[mention.entity] == 0 || sentence < first_sentence[mention.entity]) first_sentence[mention.entity] = sentence;
      seen[mention.entity] = 1;
      if (const std::uint16_t country = place(work_.entities[mention.entity]); country != kNothing) {
        add(of_sentence[sentence], country);
        add(of_report, country);
      }
    }
    for (std::size_t i = 0; i < work_.entities.size(); ++i) {
      EntityDraft& draft = work_.entities[i];
      if (seen[i] == 0 || draft.code.country || !takes_country(draft)) continue;
      std::uint16_t country = of_report;
      if (country == kNothing || country == kSeveral) country = of_sentence[first_sentence[i]];
      if (country == kNothing || country == kSeveral) continue;
      draft.code = actor_code(codes_[country - 1], draft.code.roles);
    }
  }

 private:
  static void add(std::uint16_t& have, std::uint16_t country) {
    if (have == kNothing) have = country;
    if (have != country) have = kSeveral;
  }

  /// A number for the state that the entity speaks of, or nothing.
  std::uint16_t place(const EntityDraft& draft) {
    // People travel: "Mbeki met rebels" does not make them South African.
    if (draft.kind == EntityKind::person) return kNothing;
    if (!draft.code.country || !work_.actors.state(*draft.code.country)) return kNothing;
    const std::vector<std::string>& roles = draft.code.roles;
    if (std::find(roles.begin(), roles.end(), "JRN") != roles.end()) return kNothing;
    const auto found = std::find(codes_.begin(), codes_.end(), *draft.code.country);
    if (found != codes_.end()) return static_cast<std::uint16_t>(found - codes_.begin() + 1);
    if (codes_.size() + 2 >= kSeveral) return kNothing;
    codes_.push_back(*draft.code.country);
    return static_cast<std::uint16_t>(codes_.size());
  }

  static bool takes_country(const EntityDraft& draft) {
    switch (draft.kind) {
      case EntityKind::person:
      case EntityKind::organisation: return !draft.code.roles.empty();
      case EntityKind::group: return !draft.code.roles.empty() || (draft.named && draft.actor);  // "ethnic Serbs"
      default: return false;
    }
  }

  EntityWork& work_;
  std::vector<std::string> codes_;  // few: a report names a handful of states
};

}  // namespace

void complete_codes(EntityWork& work) { Completion(work).run(); }

}  // namespace parley
