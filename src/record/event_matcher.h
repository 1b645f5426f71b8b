// Which rule of the codebook, if any, a word fires, and with which parties.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/event_arguments.h"

namespace parley {

/// An event on its way: what the rule says of one word, before its status is known.
struct EventDraft {
  Word word = kNoWord;
  std::uint32_t rule = 0;
  bool by_sense = false;
  EventType type = EventType::consult;
  std::vector<std::string> modes;
  std::optional<std::string> cameo;
  const ContentClass* content = nullptr;
  std::vector<Party> actors;
  std::vector<Party> recipients;
  std::string actor_path;      ///< the rule's path that led to them, for explanations
  std::string recipient_path;
};

/// A rule that was tried on a word and why it did not fire.
struct NearMiss {
  std::uint32_t rule = 0;
  std::string reason;
};

class EventMatcher {
 public:
  EventMatcher(const Context& context, const EventArguments& arguments)
      : context_(context), analysis_(context.analysis), arguments_(arguments) {}

  /// The first rule whose conditions hold. `missed`, when given, is told of those tried before it.
  std::optional<EventDraft> match(Word word, std::vector<NearMiss>* missed = nullptr) const;
  /// Whether some rule is keyed on the word, whatever became of it: then it is the codebook's to judge.
  bool knows(Word word) const { return !candidates(word).empty(); }
  /// An event that no rule has a word for, with the parties that the type's paths lead to. Nothing for words
  /// that can be none ("armed men") or where no party is found.
  std::optional<EventDraft> propose(Word word, EventType type) const;
  /// The content class of a complement, read from its head down; nullptr when none has a reading.
  const ContentClass* content_class(const std::vector<Word>& heads, EventType type) const;
  /// Gives the draft another type, with mode and CAMEO code by the content class ("will not meet").
  void recast(EventDraft& draft, EventType type) const;

 private:
  struct Candidate {
    std::uint32_t rule;
    bool by_sense;
  };
  std::vector<Candidate> candidates(Word word) const;
  bool can_be_event(Word word) const;
  bool part_of_noun(Word word) const;
  bool in_aside(Word each, Word word) const;
  bool is_setting(Word each, Word word, EventType type) const;
  /// Empty when it holds, else why not.
  std::string check(const Condition& condition, Word word, const EventDraft& draft) const;
  bool word_matches(const Condition& condition, Word word) const;
  bool party_matches(const Condition& condition, const std::vector<Party>& parties) const;
  bool kind_matches(const std::string& kind, Word head, std::int32_t entity) const;
  /// Who else than `others` the paths lead to, and which path did.
  using Found = std::pair<std::vector<Party>, std::string>;
  Found find(const std::vector<ArgumentPath>& paths, Word word, const std::vector<Party>& others) const;
  /// The first phrases that can act, by where they stand; for actors that no list knows.
  Found find_unknown(const std::vector<ArgumentPath>& paths, Word word) const;
  /// The nearest other party in the complement, named or known: "agreed to resume talks with Lusaka".
  Found find_in_content(Word word, const std::vector<Party>& others, EventType type) const;
  /// Places, buildings, vehicles: what is attacked, closed, seized.
  void drop_own_forces(EventDraft& draft) const;
  Found find_things(const std::vector<ArgumentPath>& paths, Word word, const std::vector<Party>& others,
                    EventType type) const;

  const Context& context_;
  const Analysis& analysis_;
  const EventArguments& arguments_;
};

}  // namespace parley
