// A desk's events in the formats that other programs read. docs/desk.md has each format's columns and source.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "desk/ask.h"

namespace parley {

/// plover: JSON lines as in PLOVER's manual; cameo: PETRARCH2's tab-separated lines; gdelt: the 61 columns of GDELT 2.0's
/// event table; ucdp: GED-like columns for events with deaths; geojson: RFC 7946, events with coordinates; turtle: RDF with
/// the spans as W3C Web Annotations; jsonl: whole records as `parley read` gives them.
const std::vector<std::string>& export_formats();

/// Writes piece by piece; memory does not grow with the desk. cameo, gdelt and ucdp have no column for what is only
/// planned, demanded or denied: such events are left out there. Errors: usage (unknown format), the desk's.
Result<desk::Done> export_desk(desk::Database& database, const std::string& format, const desk::Filter& filter,
                               const std::function<void(std::string_view)>& write);

/// One of the desk's tables as CSV (RFC 4180), all columns and rows, older versions of reports too. Errors: usage (no
/// such table), the desk's.
Result<desk::Done> export_table(desk::Database& database, const std::string& table,
                                const std::function<void(std::string_view)>& write);

}  // namespace parley
