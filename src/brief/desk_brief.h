// The brief of a story, or of what is new: cited, from a desk.
#pragma once

#include <string>
#include <vector>

#include "desk/ask.h"

namespace parley {

/// Some words of a line, and the reports they rest on: numbers into DeskBrief::sources, from 0.
struct BriefPiece {
  std::string text;
  bool strong = false;
  std::vector<std::size_t> cites;
};
using BriefText = std::vector<BriefPiece>;

struct BriefSection {
  std::string heading;
  std::vector<BriefText> lines;
  std::vector<std::string> columns;  ///< of `rows`; empty when there is no table
  std::vector<std::vector<BriefText>> rows;
};

struct BriefSource {
  std::string key;
  std::vector<std::string> facts;  ///< title, outlet, date, those that are known
  std::string uri;
};

struct DeskBrief {
  std::string title;
  std::vector<BriefSection> sections;
  std::vector<BriefSource> sources;
  std::string chart;                ///< SVG of the figures; empty without figures
  std::vector<std::string> series;  ///< an SVG for each series of more than one number
};

/// What happened, who says what, the figures, the deal, what is disputed, what is new, why it matters. Each line rests
/// on reports. `filter` says of what; `title` stands on top.
Result<DeskBrief> desk_brief(desk::Database& database, const desk::Filter& filter, const std::string& title);

std::string brief_markdown(const DeskBrief& brief);
/// One page without scripts or anything from outside; citations are links to the reports at its end.
std::string brief_html(const DeskBrief& brief);

/// The story that most of the reports with these words tell. Errors: not_found.
Result<std::int64_t> story_about(desk::Database& database, const std::string& words);

}  // namespace parley
