// A desk's brief as Markdown and as a page.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "brief/desk_brief.h"
#include "brief/escape.h"

namespace parley {
namespace {

std::string markdown(const BriefText& text, bool in_table) {
  std::string out;
  for (const BriefPiece& piece : text) {
    if (piece.strong) out += "**";
    for (const char c : piece.text) {
      if (in_table && c == '|') out += '\\';
      out += c;
    }
    if (piece.strong) out += "**";
    if (!piece.cites.empty() && !piece.text.empty()) out += ' ';
    for (const std::size_t cite : piece.cites) out += fmt::format("[{}]", cite + 1);
  }
  return out;
}

std::string html(const BriefText& text) {
  std::string out;
  for (const BriefPiece& piece : text) {
    out += piece.strong ? "<strong>" + escaped(piece.text) + "</strong>" : escaped(piece.text);
    if (!piece.cites.empty() && !piece.text.empty()) out += ' ';
    for (const std::size_t cite : piece.cites) out += fmt::format("<a class=\"cite\" href=\"#report-{0}\">[{0}]</a>", cite + 1);
  }
  return out;
}

constexpr std::string_view kStyle = R"(
:root { color-scheme: light; }
body { font: 16px/1.55 Georgia, 'DejaVu Serif', serif; color: #1c1c1c; background: #fff; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin-bottom: 1.2rem; }
h2 { font-size: 1.2rem; border-bottom: 1px solid #bbb; padding-bottom: .2rem; margin-top: 2rem; break-after: avoid; }
li { margin: .35rem 0; break-inside: avoid; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font: 13px/1.4 'DejaVu Sans', Helvetica, Arial, sans-serif; }
th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #ddd; padding: .3rem .5rem .3rem 0; }
td:first-child { white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
a { color: #1a4f8b; }
a.cite { text-decoration: none; font-size: .85em; }
figure { margin: .6rem 0; break-inside: avoid; }
figure svg { max-width: 100%; height: auto; }
:target { background: #fff3c4; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } a { color: inherit; } .wide { overflow: visible; } }
@page { size: A4; margin: 18mm 16mm; }
)";

}  // namespace

std::string brief_markdown(const DeskBrief& brief) {
  std::string out = fmt::format("# {}\n", brief.title);
  for (const BriefSection& section : brief.sections) {
    out += fmt::format("\n## {}\n\n", section.heading);
    for (const BriefText& line : section.lines) out += "- " + markdown(line, false) + "\n";
    if (section.rows.empty()) continue;
    out += fmt::format("| {} |\n|", fmt::join(section.columns, " | "));
    for (std::size_t i = 0; i < section.columns.size(); ++i) out += "---|";
    out += "\n";
    for (const auto& row : section.rows) {
      out += "|";
      for (const BriefText& cell : row) out += " " + markdown(cell, true) + " |";
      out += "\n";
    }
  }
  out += "\n## Reports\n\n";
  for (std::size_t i = 0; i < brief.sources.size(); ++i) {
    const BriefSource& source = brief.sources[i];
    out += fmt::format("{}. {}", i + 1, source.key);
    for (const std::string& fact : source.facts) out += "; " + fact;
    if (!source.uri.empty() && source.uri != source.key) out += "; " + source.uri;
    out += "\n";
  }
  return out;
}

std::string brief_html(const DeskBrief& brief) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>{0}</title>\n<style>{1}</style>\n</head>\n<body>\n<h1>{0}</h1>\n",
      escaped(brief.title), kStyle);
  for (const BriefSection& section : brief.sections) {
    out += fmt::format("<h2>{}</h2>\n", escaped(section.heading));
    if (!section.lines.empty()) {
      out += "<ul>\n";
      for (const BriefText& line : section.lines) out += "<li>" + html(line) + "</li>\n";
      out += "</ul>\n";
    }
    if (section.rows.empty()) continue;
    for (const std::string& svg : section.heading == "The figures" ? brief.series : std::vector<std::string>()) {
      // Inside a page an SVG has no declaration of its own.
      out += "<figure>\n" + svg.substr(svg.find("<svg")) + "</figure>\n";
    }
    out += "<div class=\"wide\"><table>\n<thead><tr>";
    for (const std::string& column : section.columns) out += "<th>" + escaped(column) + "</th>";
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : section.rows) {
      out += "<tr>";
      for (const BriefText& cell : row) out += "<td>" + html(cell) + "</td>";
      out += "</tr>\n";
    }
    out += "</tbody>\n</table></div>\n";
  }
  out += "<h2>Reports</h2>\n<ol>\n";
  for (std::size_t i = 0; i < brief.sources.size(); ++i) {
    const BriefSource& source = brief.sources[i];
    out += fmt::format("<li id=\"report-{}\">", i + 1);
    std::string words;
    for (const std::string& fact : source.facts) words += (words.empty() ? "" : "; ") + fact;
    if (words.empty()) words = source.key;
    // Only addresses that a browser may follow: a report's own words could say anything.
    const bool link = source.uri.starts_with("https://") || source.uri.starts_with("http://");
    out += link ? fmt::format("<a href=\"{}\">{}</a>", escaped(source.uri), escaped(words)) : escaped(words);
    out += fmt::format(" <small>({})</small></li>\n", escaped(source.key));
  }
  return out + "</ol>\n</body>\n</html>\n";
}

}  // namespace parley
