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

// RSS 2.0 and 1.0, Atom, sitemaps, by their root; a page that speaks of them has <html before.
bool begins_like_feed(std::string_view folded) {
  if (folded.empty() || folded.front() != '<') return false;
  std::size_t at = std::string_view::npos;
  for (const std::string_view root : {"<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex", ":urlset"}) {
    at = std::min(at, folded.find(root));
  }
  return at != std::string_view::npos && folded.substr(0, at).find("<html") == std::string_view::npos &&
         folded.substr(0, at).find("<body") == std::string_view::npos;
}

// JSON that is no JSON lines: a list, an object over several lines, or one whose first keys are a list's.
bool begins_like_json(std::string_view text) {
  if (text.empty()) return false;
  const std::size_t second = text.find_first_not_of(" \t\r\n", 1);
  if (second == std::string_view::npos) return false;
  if (text.front() == '[') return text[second] == '{';
  if (text.front() != '{' || text[second] != '"') return false;
  if (text.find("jsonfeed.org/version") != std::string_view::npos) return true;
  // A list of objects near the front, behind keys with short values: {"status": "ok", "articles": [{…
  const std::size_t list = text.find("[{");
  const std::size_t line = text.find('\n');
  if (line != std::string_view::npos && text.substr(0, line).find('}') == std::string_view::npos) return true;
  return list != std::string_view::npos && list < 256 && list < line &&
         text.substr(0, list).find("\"text\"") == std::string_view::npos;
}

}  // namespace

const char* name(Format format) {
  switch (format) {
    case Format::automatic: return "auto";
    case Format::text: return "text";
    case Format::html: return "html";
    case Format::jsonl: return "jsonl";
    case Format::json: return "json";
    case Format::feed: return "feed";
    case Format::warc: return "warc";
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
  if (head.substr(0, 5) == "WARC/") return Format::warc;
  if (begins_like_feed(folded)) return Format::feed;
  if (begins_like_json(head)) return Format::json;
  if (begins_like_json_lines(head)) return Format::jsonl;
  if (begins_like_html(folded)) return Format::html;
  std::string ending(name);
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (ends_with(ending, packed)) ending.resize(ending.size() - packed.size());
  }
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
