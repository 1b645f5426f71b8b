// The pass before parsing.
//
// Idea: two thirds of a news page's bytes are scripts, styles, drawings and comments, and the parser
// (Gumbo) is quadratic in nesting depth and in a tag's attributes. So tags are read here by the rules of
// the HTML standard's tokeniser (13.2.5) and only those that say something of the article are written
// again, with the attributes that matter; open elements are counted on a stack of names and what would
// go too deep is passed over, its text kept. End tags without their start tags are not written.
// Example: <div class=story onclick=x><b>Truce</b> holds<script>…</script></span></div>
//   gives  <div class="story">Truce holds</div>.
// Counter-example: <p>, <li>, <td> need no end tag, so an open one says nothing of depth: they are
// written as they come and the parser closes them.
// Cost: one pass; a search of the stack for each end tag, at most max_depth. What an element that is
// skipped ends with is searched for once: when it is missing, that name is not skipped again.
// Covered by tests/page/html_filter_test.cc; the text is compared with the parser's own in there.
#include "page/html_filter.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <unordered_map>
#include <unordered_set>

namespace parley::page {
namespace {

using Names = std::unordered_set<std::string_view>;

// What is done with a tag of some name; one look-up says it all.
enum TagKind : std::uint8_t {
  kSkipped = 1,    // left out with all that is in it
  kRawText = 2,    // of those: the standard reads their contents as bare text, tags in them included
  kNoMeaning = 4,  // without meaning for an article: the text is kept
  kUncounted = 8,  // no end tag needed, or none allowed
  kSpecial = 16,   // an end tag of another kind does not reach past it (13.2.6.4.7, "any other end tag")
};

std::uint8_t kind_of(std::string_view name) {
  static const std::unordered_map<std::string_view, std::uint8_t> kinds = [] {
    std::unordered_map<std::string_view, std::uint8_t> out;
    const auto add = [&](std::uint8_t kind, std::initializer_list<std::string_view> names) {
      for (const std::string_view one : names) out[one] |= kind;
    };
    add(kSkipped, {"script", "style", "svg", "math", "template", "select", "datalist", "video", "audio", "canvas", "object",
                   "noscript", "iframe", "noembed", "noframes", "xmp", "textarea", "applet"});
    add(kRawText, {"script", "style", "iframe", "noembed", "noframes", "xmp", "textarea"});
    add(kNoMeaning, {"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u", "wbr", "rb", "rtc",
                     "option", "optgroup", "frameset", "frame", "plaintext", "ins", "del", "mark", "sub", "sup", "abbr", "acronym",
                     "bdi", "bdo", "dfn", "kbd", "samp", "var", "input", "img", "embed", "source", "track", "param", "area", "map",
                     "picture", "base", "isindex", "image", "keygen", "ruby", "col", "colgroup", "basefont", "bgsound", "listing"});
    add(kUncounted, {"p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "html", "head", "body", "br", "hr", "meta",
                     "link", "caption"});
    add(kSpecial, {"address", "article", "aside", "blockquote", "button", "center", "details", "dialog", "dir", "div", "dl",
                   "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
                   "main", "menu", "nav", "ol", "pre", "section", "summary", "table", "ul", "marquee"});
    return out;
  }();
  const auto found = kinds.find(name);
  return found == kinds.end() ? 0 : found->second;
}

// Of the lengths and initials in `may_be_kept`.
const Names& kept_attributes() {
  static const Names names = {"class", "id",      "role",     "itemprop", "itemtype", "property", "name",
                              "content", "href",  "datetime", "pubdate",  "rel",      "lang",     "hidden",
                              "aria-hidden", "style", "http-equiv", "data-testid", "data-component", "xml:lang"};
  return names;
}

constexpr std::size_t kLongestPart = 12;  // bytes of a part of a path that may be "author", "redakteur"

// By its length and first letter: nearly all that are not kept go here.
bool may_be_kept(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kInitials = {"", "", "i", "r", "rnhlt", "cs", "h", "cp", "ipdx", "", "h", "ad", "", "", "d"};
  if (name.empty() || name.size() >= kInitials.size()) return false;
  const char initial = name[0] >= 'A' && name[0] <= 'Z' ? static_cast<char>(name[0] + ('a' - 'A')) : name[0];
  return kInitials[name.size()].find(initial) != std::string_view::npos;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool starts_with_ci(std::string_view text, std::size_t pos, std::string_view word) {
  if (pos + word.size() > text.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(text[pos + i]) != word[i]) return false;
  }
  return true;
}

struct Attribute {
  std::string name;
  std::string_view value;
  bool has_value = false;
};

struct Tag {
  std::string name;
  bool end = false;
  bool self_closing = false;
  std::vector<Attribute> attributes;  // those that are kept
};

class Filter {
 public:
  Filter(std::string_view html, std::size_t max_depth, std::size_t max_attributes, const NameTable* names, bool keep_noscript)
      : in_(html), max_depth_(max_depth), max_attributes_(max_attributes), names_(names), keep_noscript_(keep_noscript) {
    out_.html.reserve(html.size() / 2);
  }

  FilteredHtml run() {
    while (pos_ < in_.size()) {
      std::size_t open = in_.find('<', pos_);
      if (open == std::string_view::npos) open = in_.size();
      put_words(in_.substr(pos_, open - pos_));
      pos_ = open;
      if (pos_ < in_.size()) markup();
    }
    return std::move(out_);
  }

 private:
  struct Open {
    std::string name;
    bool written = true;
    bool special = false;
  };

  // Runs of white space as one: the text is joined into lines later in any case.
  void put_words(std::string_view text) {
    for (std::size_t pos = 0; pos < text.size();) {
      const std::size_t space = text.find_first_of(" \t\n\r", pos);
      if (space == std::string_view::npos) {
        put_text(text.substr(pos));
        return;
      }
      put_text(text.substr(pos, space - pos + 1));
      pos = space + 1;
      while (pos < text.size() && is_space(text[pos])) ++pos;
    }
  }

  void put_text(std::string_view text) {
    while (!text.empty()) {
      const std::size_t nul = text.find('\0');
      out_.html.append(text.substr(0, nul));
      if (nul == std::string_view::npos) return;
      text.remove_prefix(nul + 1);
    }
  }

  char at(std::size_t pos) const { return pos < in_.size() ? in_[pos] : '\0'; }

  void markup() {
    const char next = at(pos_ + 1);
    if (is_alpha(next) || (next == '/' && is_alpha(at(pos_ + 2)))) {
      Tag tag;
      if (!read_tag(tag)) {
        pos_ = in_.size();  // the input ends inside the tag: the standard drops it
      } else if (tag.end) {
        end_tag(tag);
      } else {
        start_tag(tag);
      }
    } else if (next == '!' && in_.substr(pos_, 4) == "<!--") {
      skip_comment();
    } else if (next == '!' || next == '?' || (next == '/' && at(pos_ + 2) != '\0')) {
      if (starts_with_ci(in_, pos_, "<!doctype")) out_.html += "<!DOCTYPE html>";
      const std::size_t end = in_.find('>', pos_);
      pos_ = end == std::string_view::npos ? in_.size() : end + 1;
    } else {
      out_.html += "&lt;";
      ++pos_;
    }
  }

  void skip_comment() {
    std::size_t pos = pos_ + 4;
    if (at(pos) == '>') {
      pos_ = pos + 1;
      return;
    }
    if (at(pos) == '-' && at(pos + 1) == '>') {
      pos_ = pos + 2;
      return;
    }
    for (;;) {
      pos = in_.find("--", pos);
      if (pos == std::string_view::npos) break;
      if (at(pos + 2) == '>') {
        pos_ = pos + 3;
        return;
      }
      if (at(pos + 2) == '!' && at(pos + 3) == '>') {
        pos_ = pos + 4;
        return;
      }
      ++pos;
    }
    pos_ = in_.size();
  }

  // 13.2.5.6 to 13.2.5.40. False when the input ends before the tag does.
  bool read_tag(Tag& tag) {
    std::size_t pos = pos_ + 1;
    if (at(pos) == '/') {
      tag.end = true;
      ++pos;
    }
    const std::size_t name_begin = pos;
    while (pos < in_.size() && !is_space(in_[pos]) && in_[pos] != '/' && in_[pos] != '>') ++pos;
    // No element that an article is made of has another character in its name or a longer one: such
    // tags keep no name and are dropped.
    for (const char c : in_.substr(name_begin, std::min<std::size_t>(pos - name_begin, 65))) {
      if (c != '\0') tag.name += lower(c);
    }
    const bool known = tag.name.size() <= 64 && std::all_of(tag.name.begin(), tag.name.end(), [](char c) {
      return is_alpha(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
    });
    if (!known) tag.name.clear();
    std::size_t seen = 0;
    while (pos < in_.size()) {
      while (pos < in_.size() && (is_space(in_[pos]) || in_[pos] == '/')) {
        tag.self_closing = in_[pos] == '/';
        ++pos;
      }
      if (pos >= in_.size()) return false;
      if (in_[pos] == '>') {
        pos_ = pos + 1;
        return true;
      }
      const std::size_t begin = pos++;  // a leading '=' is of the name
      while (pos < in_.size() && !is_space(in_[pos]) && in_[pos] != '/' && in_[pos] != '>' &&
             in_[pos] != '=') {
        ++pos;
      }
      const std::string_view name = in_.substr(begin, pos - begin);
      std::size_t look = pos;
      while (look < in_.size() && is_space(in_[look])) ++look;
      std::string_view value;
      bool has_value = false;
      if (at(look) == '=') {
        has_value = true;
        pos = look + 1;
        while (pos < in_.size() && is_space(in_[pos])) ++pos;
        if (pos >= in_.size()) return false;
        const char quote = in_[pos];
        if (quote == '"' || quote == '\'') {
          const std::size_t close = in_.find(quote, pos + 1);
          if (close == std::string_view::npos) return false;
          value = in_.substr(pos + 1, close - pos - 1);
          pos = close + 1;
        } else {
          const std::size_t start = pos;
          while (pos < in_.size() && !is_space(in_[pos]) && in_[pos] != '>') ++pos;
          value = in_.substr(start, pos - start);
        }
      }
      if (++seen <= max_attributes_ && !tag.end) keep_attribute(tag, name, value, has_value);
    }
    return false;
  }

  void keep_attribute(Tag& tag, std::string_view name, std::string_view value, bool has_value) {
    if (!may_be_kept(name)) return;
    std::string folded;
    for (const char c : name) folded += lower(c);
    // "type" is looked at for scripts and not written.
    if (kept_attributes().count(folded) == 0 && folded != "type") return;
    for (const Attribute& other : tag.attributes) {
      if (other.name == folded) return;  // the first one counts
    }
    tag.attributes.push_back({std::move(folded), value, has_value});
  }

  static const Attribute* attribute(const Tag& tag, std::string_view name) {
    for (const Attribute& a : tag.attributes) {
      if (a.name == name) return &a;
    }
    return nullptr;
  }

  void start_tag(Tag& tag) {
    if (tag.name.empty()) return;
    const std::uint8_t kind = kind_of(tag.name);
    if ((kind & kSkipped) != 0 && !(keep_noscript_ && tag.name == "noscript")) {
      skip_element(tag);
      return;
    }
    if (tag.name == "rt" || tag.name == "rp") {
      skip_reading();
      return;
    }
    if (tag.name == "title") {
      // Text only, whatever it looks like; without an end it would swallow the page.
      const std::size_t end = find_end("title", pos_);
      if (end == std::string_view::npos) return;
      write(tag);
      std::string_view title = in_.substr(pos_, end - pos_);
      put_text(title.substr(0, 4096));
      out_.html += "</title>";
      pos_ = end;
      skip_tag();
      return;
    }
    if ((kind & kNoMeaning) != 0 || tag.name == "noscript") return;
    if (names_ != nullptr) drop_mute_names(tag);
    if ((kind & kUncounted) != 0) {
      write(tag);
      return;
    }
    if (stack_.size() >= max_depth_) {
      ++passed_over_;
      return;
    }
    const bool idle = tag.name == "span" && tag.attributes.empty();
    if (!idle) write(tag);
    stack_.push_back({tag.name, !idle, (kind & kSpecial) != 0});
  }

  std::uint32_t traits_of(std::string_view value) {
    const auto [known, added] = known_names_.emplace(value, 0);
    if (added) known->second = names_->traits(value);
    return known->second;
  }

  // Classes and ids that say nothing of an article cost the parser much: half of what it would read.
  void drop_mute_names(Tag& tag) {
    bool rel = false;
    std::string_view link;
    std::erase_if(tag.attributes, [&](const Attribute& a) {
      rel = rel || a.name == "rel";
      if (a.name == "href") link = a.value;
      const bool name = a.name == "class" || a.name == "id" || a.name == "data-testid" || a.name == "data-component";
      return name && traits_of(a.value) == 0;
    });
    if (tag.name == "a" && !rel && is_authors_page(link)) tag.attributes.push_back({"rel", "author", true});
  }

  // "/autor/jane-doe": a part of the path that is named as an author, and one behind it.
  bool is_authors_page(std::string_view link) {
    link = link.substr(0, link.find_first_of("?#"));
    std::size_t pos = link.find("//");
    pos = link.find('/', pos == std::string_view::npos ? 0 : pos + 2);
    while (pos != std::string_view::npos) {
      const std::size_t end = link.find('/', pos + 1);
      if (end == std::string_view::npos || end + 1 >= link.size()) return false;
      const std::string_view part = link.substr(pos + 1, end - pos - 1);
      if (part.size() <= kLongestPart && (traits_of(part) & kBylineNamed) != 0) return true;
      pos = end;
    }
    return false;
  }

  void end_tag(const Tag& tag) {
    if (tag.name.empty()) return;
    const std::uint8_t kind = kind_of(tag.name);
    if ((kind & (kSkipped | kNoMeaning)) != 0 || tag.name == "rt" || tag.name == "rp") return;
    if ((kind & kUncounted) != 0) {
      if (tag.name != "br" && tag.name != "html" && tag.name != "body") out_.html += "</" + tag.name + ">";
      return;
    }
    if (passed_over_ > 0) {
      --passed_over_;
      return;
    }
    const bool anchor = tag.name == "a";
    const bool special = (kind & kSpecial) != 0;
    for (std::size_t i = stack_.size(); i-- > 0;) {
      const bool heading = is_heading(tag.name) && is_heading(stack_[i].name);
      if (stack_[i].name == tag.name || heading) {
        if (stack_[i].written) out_.html += "</" + stack_[i].name + ">";
        if (anchor) {
          // Links end across blocks; what stands in them stays open.
          stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
          stack_.resize(i);
        }
        return;
      }
      if (anchor) continue;
      if (special ? stack_[i].name == "table" || stack_[i].name == "marquee"
                  : stack_[i].special) {
        return;
      }
    }
  }

  static bool is_heading(std::string_view name) {
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
  }

  // Where "</name" stands from `pos` on, or npos.
  std::size_t find_end(std::string_view name, std::size_t pos) const {
    for (;;) {
      pos = in_.find("</", pos);
      if (pos == std::string_view::npos) return pos;
      if (starts_with_ci(in_, pos + 2, name)) {
        const char after = at(pos + 2 + name.size());
        if (is_space(after) || after == '/' || after == '>') return pos;
      }
      pos += 2;
    }
  }

  // Over the tag that begins at pos_.
  void skip_tag() {
    Tag tag;
    if (!read_tag(tag)) pos_ = in_.size();
  }

  void skip_element(const Tag& tag) {
    if (endless_.count(tag.name) > 0) return;
    const std::size_t begin = pos_;
    std::size_t end = std::string_view::npos;
    if (tag.name == "script") {
      end = script_end(pos_);
    } else if ((kind_of(tag.name) & kRawText) != 0) {
      end = find_end(tag.name, pos_);
    } else {
      if (tag.self_closing && (tag.name == "svg" || tag.name == "math")) return;
      end = balanced_end(tag.name, pos_);
    }
    // Where the standard's states never end the script, a lesser reading of it does.
    if (end == std::string_view::npos && tag.name == "script") end = find_end("script", pos_);
    if (end == std::string_view::npos) {
      // A script or style without end swallows the rest in browsers too; the others' text is kept.
      endless_.insert(tag.name);
      if (tag.name == "script" || tag.name == "style") pos_ = in_.size();
      return;
    }
    if (tag.name == "script") {
      const Attribute* type = attribute(tag, "type");
      if (type != nullptr && contains_ci(type->value, "ld+json") && out_.json_ld.size() < 64) {
        out_.json_ld.emplace_back(in_.substr(begin, end - begin));
      }
    }
    pos_ = end;
    skip_tag();
  }

  // How a word is read, in ruby: short, and no word of the text.
  void skip_reading() {
    const std::size_t end = in_.find('<', pos_);
    if (end != std::string_view::npos && end - pos_ <= 200) pos_ = end;
  }

  static bool contains_ci(std::string_view text, std::string_view word) {
    for (std::size_t i = 0; i + word.size() <= text.size(); ++i) {
      if (starts_with_ci(text, i, word)) return true;
    }
    return false;
  }

  // The end of a script with its escaped states (13.2.5.15 to 13.2.5.31): in <!-- … <script> … </script>
  // … --> the inner end does not end it.
  std::size_t script_end(std::size_t pos) const {
    enum class State { plain, escaped, doubly_escaped };
    State state = State::plain;
    while (pos < in_.size()) {
      const std::size_t stop = in_.find_first_of("<-", pos);
      if (stop == std::string_view::npos) break;
      pos = stop;
      if (in_[pos] == '-') {
        if (state != State::plain && in_.substr(pos, 3) == "-->") state = State::plain;
        ++pos;
        continue;
      }
      if (state == State::plain && in_.substr(pos, 4) == "<!--") {
        state = State::escaped;
        pos += 2;  // "<!-->" closes at once: its dashes are looked at again
        continue;
      }
      const bool closing = at(pos + 1) == '/';
      const std::size_t name = pos + (closing ? 2 : 1);
      if (starts_with_ci(in_, name, "script")) {
        const char after = at(name + 6);
        if (is_space(after) || after == '/' || after == '>') {
          if (closing && state != State::doubly_escaped) return pos;
          if (closing) state = State::escaped;
          if (!closing && state == State::escaped) state = State::doubly_escaped;
        }
      }
      ++pos;
    }
    return std::string_view::npos;
  }

  // The end tag that closes an element which may hold others of its name.
  std::size_t balanced_end(std::string_view name, std::size_t pos) const {
    std::size_t depth = 1;
    for (;;) {
      pos = in_.find('<', pos);
      if (pos == std::string_view::npos) return pos;
      const bool closing = at(pos + 1) == '/';
      const std::size_t begin = pos + (closing ? 2 : 1);
      if (starts_with_ci(in_, begin, name)) {
        const char after = at(begin + name.size());
        if (is_space(after) || after == '/' || after == '>') {
          if (closing && --depth == 0) return pos;
          if (!closing) ++depth;
        }
      }
      ++pos;
    }
  }

  void write(const Tag& tag) {
    std::string& html = out_.html;
    html += '<';
    html += tag.name;
    for (const Attribute& a : tag.attributes) {
      if (a.name == "type") continue;
      if (a.name == "href" && tag.name != "link" && tag.name != "base") continue;
      if (a.name == "name" && tag.name != "meta") continue;
      if (a.name == "style") {
        if (contains_ci(a.value, "display:none") || contains_ci(a.value, "display: none")) html += " hidden";
        continue;
      }
      std::string_view value = a.value.substr(0, a.name == "content" ? 8192 : 1024);
      // A cut inside a character would be broken UTF-8.
      while (value.size() < a.value.size() && !value.empty() &&
             (static_cast<unsigned char>(a.value[value.size()]) & 0xC0) == 0x80) {
        value.remove_suffix(1);
      }
      html += ' ';
      html += a.name;
      if (!a.has_value) continue;
      const char quote = value.find('"') == std::string_view::npos ? '"' : '\'';
      if (quote == '\'' && value.find('\'') != std::string_view::npos) continue;
      html += '=';
      html += quote;
      put_text(value);
      html += quote;
    }
    html += '>';
  }

  std::string_view in_;
  std::size_t max_depth_;
  std::size_t max_attributes_;
  const NameTable* names_;
  bool keep_noscript_;
  std::unordered_map<std::string_view, std::uint32_t> known_names_;
  std::size_t pos_ = 0;
  std::vector<Open> stack_;
  std::size_t passed_over_ = 0;
  std::unordered_set<std::string> endless_;
  FilteredHtml out_;
};

// The value after `key` and an equals sign, quotes off.
std::string value_after(std::string_view text, std::size_t pos) {
  while (pos < text.size() && is_space(text[pos])) ++pos;
  if (pos >= text.size() || text[pos] != '=') return {};
  ++pos;
  while (pos < text.size() && (is_space(text[pos]) || text[pos] == '"' || text[pos] == '\'')) ++pos;
  const std::size_t begin = pos;
  while (pos < text.size() && !is_space(text[pos]) && text[pos] != '"' && text[pos] != '\'' &&
         text[pos] != '>' && text[pos] != ';' && text[pos] != '/' && text[pos] != '?') {
    ++pos;
  }
  return std::string(text.substr(begin, pos - begin));
}

}  // namespace

FilteredHtml filter_html(std::string_view html, std::size_t max_depth, std::size_t max_attributes, const NameTable* names,
                         bool keep_noscript) {
  return Filter(html, max_depth, max_attributes, names, keep_noscript).run();
}

std::string declared_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 8192);
  for (std::size_t pos = head.find('<'); pos != std::string_view::npos; pos = head.find('<', pos + 1)) {
    const bool meta = starts_with_ci(head, pos, "<meta");
    const bool xml = starts_with_ci(head, pos, "<?xml");
    if (!meta && !xml) continue;
    const std::string_view tag = head.substr(pos, head.find('>', pos) - pos);
    const std::string_view key = xml ? "encoding" : "charset";
    for (std::size_t i = 0; i + key.size() < tag.size(); ++i) {
      if (!starts_with_ci(tag, i, key)) continue;
      const std::string value = value_after(tag, i + key.size());
      if (!value.empty()) return value;
    }
  }
  return {};
}

}  // namespace parley::page
