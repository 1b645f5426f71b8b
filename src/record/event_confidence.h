// How sure an event is: what matched it, whom it names, how much of it has happened, and where its sentence has it.
#pragma once

#include "record/event_draft.h"

namespace parley {

/// `by.confidence` of an event, 0 to 1.
double confidence_of(const EventReading& reading, const Context& context, const EventArguments& arguments);

}  // namespace parley
