#include "watch/robots.h"

#include <algorithm>
#include <charconv>

namespace parley::watch {
namespace {

constexpr std::size_t kMostBytes = 500 * 1024;
constexpr double kLongestDelay = 60.0;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool unreserved(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
}

/// One spelling for one path: escapes of plain characters undone, the others with capital digits, bytes beyond ASCII
/// escaped. So "/%7Ejoe" and "/~joe" are one, "/a%2Fb" and "/a/b" are two.
std::string normal(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  const auto escape = [&](unsigned char c) {
    out += '%';
    out += kDigits[c >> 4];
    out += kDigits[c & 15];
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      const auto value = static_cast<unsigned char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      if (unreserved(value)) {
        out += static_cast<char>(value);
      } else {
        escape(value);
      }
      i += 2;
    } else if (c >= 0x80 || c <= 0x20) {
      escape(c);
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

/// Whether `pattern` fits the beginning of `path`. Between stars the first place that fits is the best one.
bool fits(std::string_view pattern, std::string_view path) {
  const bool whole = !pattern.empty() && pattern.back() == '$';
  if (whole) pattern.remove_suffix(1);
  std::size_t at = 0;
  bool first = true;
  for (;;) {
    const std::size_t star = pattern.find('*');
    const std::string_view piece = pattern.substr(0, star);
    const bool last = star == std::string_view::npos;
    if (first) {
      if (!path.starts_with(piece)) return false;
      at = piece.size();
    } else if (last && whole) {
      return path.size() >= at + piece.size() && path.ends_with(piece);
    } else {
      at = path.find(piece, at);
      if (at == std::string_view::npos) return false;
      at += piece.size();
    }
    if (last) return !whole || at == path.size();
    pattern.remove_prefix(star + 1);
    first = false;
  }
}

/// The product token at the beginning of a User-agent's value: "Parley/1.0 (news)" is "parley".
std::string token(std::string_view value) {
  std::size_t end = 0;
  while (end < value.size() && (lower(value[end]) != value[end] || (value[end] >= 'a' && value[end] <= 'z') || value[end] == '-' ||
                                value[end] == '_')) {
    ++end;
  }
  return lowered(value.substr(0, end));
}

}  // namespace

Robots Robots::parse(std::string_view text, std::string_view agent) {
  text = text.substr(0, kMostBytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string own = lowered(agent);
  Robots ours;
  Robots everyones;
  bool named = false;      // the group at hand is for us …
  bool starred = false;    // … or for all
  bool found = false;      // some group is for us
  bool in_rules = false;   // the next User-agent begins a group
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    line = trimmed(line.substr(0, line.find('#')));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = lowered(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (key == "user-agent") {
      if (in_rules) named = starred = false;
      in_rules = false;
      if (value == "*") {
        starred = true;
      } else if (token(value) == own) {
        named = found = true;
      }
      continue;
    }
    const bool allow = key == "allow";
    if (!allow && key != "disallow" && key != "crawl-delay") continue;  // others do not end a list of names
    in_rules = true;
    if (key == "crawl-delay") {
      double seconds = 0;
      const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
      if (read.ec == std::errc() && seconds >= 0) {
        if (named) ours.delay_ = std::min(seconds, kLongestDelay);
        if (starred) everyones.delay_ = std::min(seconds, kLongestDelay);
      }
      continue;
    }
    if (value.empty()) continue;  // "Disallow:" forbids nothing
    Rule rule{normal(value), allow};
    if (starred) everyones.rules_.push_back(rule);
    if (named) ours.rules_.push_back(std::move(rule));
  }
  return found ? ours : everyones;
}

Robots Robots::none() {
  Robots out;
  out.rules_.push_back({"/", false});
  return out;
}

bool Robots::allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  const std::string path = normal(target.empty() ? "/" : target);
  std::size_t longest = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    if (rule.pattern.size() < longest || !fits(rule.pattern, path)) continue;
    if (rule.pattern.size() > longest) {
      longest = rule.pattern.size();
      allowed = rule.allow;
    } else {
      allowed = allowed || rule.allow;
    }
  }
  return allowed;
}

}  // namespace parley::watch
