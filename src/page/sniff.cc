// Which format bytes are in.
#include <algorithm>
#include <array>

#include "page/page.h"
#include "text/unicode.h"

namespace parley {
namespace {

bool ends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

bool begins_like_html(std::string_view folded) {
  for (const std::string_view opening :
       {"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<!--", "<article", "<div", "<p>",
        "<p ", "<h1", "<section", "<main", "<span", "<table", "<script", "<link"}) {
    if (folded.substr(0, opening.size()) == opening) return true;
  }
  // An XML declaration goes before XHTML and before feeds: what comes next decides.
  return folded.substr(0, 5) == "<?xml" && folded.find("<html") != std::string_view::npos;
}

// An object with one of the keys a report has, on its first line.
bool begins_like_json_lines(std::string_view text) {
  if (text.empty() || text.front() != '{') return false;
  const std::string_view line = text.substr(0, text.find('\n'));
  for (const std::string_view key : {"\"text\"", "\"html\"", "\"id\"", "\"title\""}) {
    if (line.find(key) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

const char* name(Format format) {
  switch (format) {
    case Format::automatic: return "auto";
    case Format::text: return "text";
    case Format::html: return "html";
    case Format::jsonl: return "jsonl";
  }
  return "auto";
}

Format sniff(std::string_view bytes, std::string_view name) {
  std::string_view head = bytes.substr(0, 8192);
  if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
  const std::size_t begin = head.find_first_not_of(" \t\r\n\f\v");
  if (begin != std::string_view::npos) head.remove_prefix(begin);
  // Only ASCII matters here, and the bytes may be in any encoding.
  std::string folded(head);
  for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  if (begins_like_json_lines(head)) return Format::jsonl;
  if (begins_like_html(folded)) return Format::html;
  std::string ending(name);
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  if (ends_with(ending, ".jsonl") || ends_with(ending, ".ndjson")) return Format::jsonl;
  if (ends_with(ending, ".html") || ends_with(ending, ".htm") || ends_with(ending, ".xhtml")) {
    return Format::html;
  }
  if (folded.find("<html") != std::string::npos || folded.find("<body") != std::string::npos ||
      folded.find("</p>") != std::string::npos) {
    return ends_with(ending, ".txt") ? Format::text : Format::html;
  }
  return Format::text;
}

}  // namespace parley
