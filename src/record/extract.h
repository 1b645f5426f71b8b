// The extractors, a file each, in the order they run. Each is linear in the size of the report.
#pragma once

#include "record/context.h"

namespace parley {

void extract_entities(Context& context);    // entities.cc: mentions, their entities, actor codes
void extract_times(Context& context);       // times.cc
void extract_statements(Context& context);  // statements.cc
void extract_figures(Context& context);     // figures.cc
void extract_events(Context& context);      // events.cc: codebook matches, status, attribution
void extract_proposals(Context& context);   // proposals.cc
void compose_brief(Context& context);       // brief.cc

/// All of them.
Record extract_record(const Document& document, const Analysis& analysis, const Knowledge& knowledge);

}  // namespace parley
