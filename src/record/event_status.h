// Whether what a word tells of has happened: planned, demanded, denied, …
//
// Three things decide, in this order: the words that govern the event ("refused to …", "threat of …"),
// up the tree as long as they say something of what is below them; its own negation and modals; tense.
//
// A noun also takes the status of the noun or verb it stands under where that has not happened: the release in
// "a deal that would bring a halt to the war and the release of captives". The war, there, goes on.
//
//   "The rebels denied that they had planned to attack the port."
//
// attack <- planned (planned) <- denied (denied): the nearest governing word with a status of its own
// decides, here `plan`, unless it is itself negated. Presupposed things are not touched: "refused to comment
// on the raid" leaves the raid actual, because a clause's word governs the clause's own event only.
#pragma once

#include <optional>
#include <string>

#include "record/event_arguments.h"

namespace parley {

struct StatusReading {
  Status status = Status::actual;
  std::string reason;         ///< for people: "will", "refuse" …
  bool refusal = false;       ///< negated with a will: "will not …", "would not …"
};

class EventStatus {
 public:
  EventStatus(const Context& context, const EventArguments& arguments)
      : context_(context), analysis_(context.analysis), arguments_(arguments) {}

  /// `deed_of_a_deal`: what the word tells of is such as deals consist of (a release, aid, a withdrawal), and
  /// so is as real as the deal that it stands under; a war that a deal is about is real without it.
  StatusReading read(Word word, bool deed_of_a_deal = false) const { return read(word, 0, deed_of_a_deal); }
  bool is_negated(Word word) const;
  /// Whether a verb has a "will" or "would" of its own, not negated.
  bool has_own_future(Word verb) const;
  /// What this word does to the event below it, or nullptr.
  const Embedding* embedding(Word word) const;

 private:
  StatusReading read(Word word, int depth, bool deed_of_a_deal) const;
  std::optional<StatusReading> own(Word word) const;
  std::optional<StatusReading> right_before(Word verb) const;
  std::optional<StatusReading> governed(Word word, int depth, bool deed_of_a_deal) const;
  bool finite(Word verb) const;
  bool in_present(Word verb) const;
  bool is_any(Word noun) const;

  const Context& context_;
  const Analysis& analysis_;
  const EventArguments& arguments_;
};

}  // namespace parley
