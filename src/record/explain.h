// Why an event is there: for people who write rules and for people who doubt a record.
#pragma once

#include <string_view>

#include "knowledge/knowledge.h"
#include "parley/pipeline.h"
#include "record/context.h"

namespace parley {

/// The sentence's tree, the rule, each party's path, what decided the status, other rules that were tried
/// on the same word. An id that is not there is an error that lists those that are.
Result<Explanation> explain_event(const Document& document, const Analysis& analysis,
                                  const Knowledge& knowledge, std::string_view event_id,
                                  EventMakers makers = {});

}  // namespace parley
