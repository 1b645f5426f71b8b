// Events as RDF in Turtle: what a report is (schema.org), what it tells (Parley's own words), and where it says so
// (W3C Web Annotation, with position and quote selectors).
#pragma once

#include <optional>
#include <string>

#include "parley/record.h"

namespace parley {

std::string turtle_prefixes();
std::string turtle_report(const Document& document);
std::string turtle_event(const Record& record, const Event& event, std::optional<std::int64_t> happening);

}  // namespace parley
