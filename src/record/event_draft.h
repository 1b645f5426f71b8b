// The events of one sentence before they are written to the record.
#pragma once

#include <vector>

#include "record/event_matcher.h"
#include "record/event_status.h"

namespace parley {

/// A draft whose status is known, and what became of it.
struct EventReading {
  EventDraft draft;
  StatusReading status;
  bool kept = true;
  std::string dropped_because;   ///< when not kept
  Maker maker = Maker::rule;
  double certainty = 1.0;        ///< the companion's, where it alone made the event
};

class SentenceEvents {
 public:
  explicit SentenceEvents(const Context& context)
      : context_(context), arguments_(context), matcher_(context, arguments_), status_(context, arguments_) {}

  /// All that rules make of a sentence, kept or not, in text order.
  std::vector<EventReading> read(const Sentence& sentence) const;

  const EventArguments& arguments() const { return arguments_; }
  const EventMatcher& matcher() const { return matcher_; }
  const EventStatus& status() const { return status_; }

 private:
  /// Rules, the companion or both, as the context has it.
  std::optional<EventReading> draft(Word word) const;
  void recast(EventReading& reading) const;
  bool takes_object(std::uint32_t rule) const;
  bool is_own_announcement(const EventReading& reading) const;
  void drop_causes(std::vector<EventReading>& readings) const;
  void join_causes(std::vector<EventReading>& readings) const;
  void join_results(std::vector<EventReading>& readings) const;
  void drop_contents(std::vector<EventReading>& readings) const;
  void drop_repeated(std::vector<EventReading>& readings) const;

  const Context& context_;
  EventArguments arguments_;
  EventMatcher matcher_;
  EventStatus status_;
};

}  // namespace parley
