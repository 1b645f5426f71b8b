// The extractors, a file each, in the order they run. Each is linear in the size of the report.
#pragma once

#include "record/context.h"

namespace parley {

void extract_entities(Context& context);    // entities.cc: mentions, their entities, actor codes
void extract_times(Context& context);       // times.cc
void extract_places(Context& context);      // places.cc: toponyms and where they are
void extract_statements(Context& context);  // statements.cc
void extract_figures(Context& context);     // figures.cc
void extract_events(Context& context);      // events.cc: codebook matches, status, attribution
void assign_places(Context& context);       // place_assign.cc: of events and figures
void extract_channels(Context& context);    // channels.cc: ways for aid and people, and their state
void extract_proposals(Context& context);   // proposals.cc
void extract_discrepancies(Context& context);  // discrepancies.cc
void compose_brief(Context& context);       // brief.cc

/// A context with all columns empty. `record` is what the extractors write; all four must outlive it.
Context make_context(const Document& document, const Analysis& analysis, const Knowledge& knowledge,
                     Record& record);

/// Those up to the events, which `read` and `explain` must find alike.
void extract_up_to_events(Context& context);

/// All of them. Events surer than `min_confidence` only; the others keep their ids.
Record extract_record(const Document& document, const Analysis& analysis, const Knowledge& knowledge,
                      double min_confidence = 0.0, EventMakers makers = {});

}  // namespace parley
