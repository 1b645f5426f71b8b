// Characters to atoms, what tokens are put together from.
//
// Idea: text between white space is cut as finely as it can sensibly be ("al", "-", "Qaeda", "'",
// "s"); only addresses, emoticons and pictures are taken as a whole at once. Example: "non-stop" is
// three atoms, "www.example.org/a" one. Counter-example: "Bush.In" is no host but a missing space:
// three atoms. Cost: linear; every look ahead is bounded by a constant or consumes what it has
// looked at. Tests: tests/language/segmenter_test.cc.
#include <algorithm>
#include <array>
#include <cstddef>

#include "language/segmenter_internal.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::segmenter {
namespace {

constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr std::uint32_t kLongestAddress = 2048;  ///< what a scan for an address looks at, at most

bool is_alnum(const Char& c) {
  return is_letter(c.cls) || c.cls == CharClass::digit;
}
bool is_ascii_alnum(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || c == 0x20E3;
}
bool is_skin_tone(char32_t c) {
  return c >= 0x1F3FB && c <= 0x1F3FF;
}
bool is_regional_indicator(char32_t c) {
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

CharClass class_of(char32_t c) {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return CharClass::lower;
    if (c >= 'A' && c <= 'Z') return CharClass::upper;
    if (c >= '0' && c <= '9') return CharClass::digit;
    if (c == ' ' || (c >= 9 && c <= 13)) return CharClass::space;
    return CharClass::other;
  }
  if (is_space(c)) return CharClass::space;
  if (parley::is_letter(c)) {
    return is_upper(c) ? CharClass::upper : is_lower(c) ? CharClass::lower : CharClass::letter;
  }
  if (is_digit(c)) return CharClass::digit;
  return CharClass::other;
}

/// Combining marks go with the letter before them.
bool is_mark(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5C7) ||
         (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
         (c >= 0x6D6 && c <= 0x6ED) || (c >= 0x900 && c <= 0x903) || (c >= 0x93A && c <= 0x94F) ||
         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || c == 0x200C || c == kZeroWidthJoiner;
}

/// Whether a run of this character is one piece: "...", "---", "!!!". Brackets and quotes stand
/// alone.
bool runs(char32_t c) {
  switch (c) {
    case '.':
    case '-':
    case '!':
    case '?':
    case '*':
    case '=':
    case '_':
    case '~':
    case '+':
    case '<':
    case '>':
    case '\'':
    case '`':
    case 0x2019:
    case 0x2018:
    case 0x2014:
    case 0x2013:
    case 0x2026:
    case '#':
    case '/':
    case '|':
    case '^':
    case ':': return true;
    default: return false;
  }
}

constexpr auto kEmoticons = std::to_array<std::string_view>({
    ":)",  ":(",  ":D",  ":P",  ":p",  ":/",  ":|",  ":o",   ":O",   ":*",  ":-)", ":-(", ":-D",
    ":-P", ":-p", ":-/", ":-|", ":'(", ":')", ":]",  ":[",   ";)",   ";-)", ";(",  ";P",  ";D",
    "=)",  "=(",  "=D",  "=P",  "8)",  "8-)", ":))", ":)))", ":-))", ":((", "<3",  "^_^", "-_-",
    "o_O", "O_o", "XD",  "xD",  "D:",  "</3", ":S",  ":-S",  ":3",   ";-P",
});

class Cutter {
 public:
  explicit Cutter(Block& block) : block_(block), chars_(block.chars), atoms_(block.atoms) {}

  void run() {
    atoms_.clear();
    const auto size = static_cast<std::uint32_t>(chars_.size());
    for (std::uint32_t i = 0; i < size;) {
      if (chars_[i].cls == CharClass::space) {
        ++i;
        continue;
      }
      std::uint32_t end = i;
      while (end < size && chars_[end].cls != CharClass::space) ++end;
      cut(i, end);
      i = end;
    }
    describe();
  }

 private:
  char32_t at(std::uint32_t i) const { return chars_[i].c; }

  void add(std::uint32_t first, std::uint32_t last, AtomKind kind, std::uint32_t chunk) {
    Atom atom;
    atom.first = first;
    atom.last = last;
    atom.kind = kind;
    atom.space_before = first == chunk;
    atoms_.push_back(atom);
  }

  /// The atoms of a stretch without white space.
  void cut(std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t i = begin; i < end;) {
      const bool after_word = i > begin && is_alnum(chars_[i - 1]);
      std::uint32_t stop = after_word ? i : whole_from(i, end, begin);
      if (stop > i) {
        add(i, stop, AtomKind::whole, begin);
        i = stop;
        continue;
      }
      const Char& c = chars_[i];
      stop = i + 1;
      AtomKind kind = AtomKind::other;
      if (is_letter(c.cls)) {
        kind = AtomKind::letters;
        while (stop < end && (is_letter(chars_[stop].cls) || is_mark(at(stop)))) ++stop;
      } else if (c.cls == CharClass::digit) {
        kind = AtomKind::digits;
        while (stop < end && chars_[stop].cls == CharClass::digit) ++stop;
      } else if (c.c >= 0x2190) {
        stop = symbol_from(i, end);
      } else if (runs(c.c)) {
        while (stop < end && at(stop) == c.c) ++stop;
      }
      while (stop < end && (is_variation_selector(at(stop)) || is_mark(at(stop)))) ++stop;
      add(i, stop, kind, begin);
      i = stop;
    }
  }

  /// A picture with all that belongs to it: skin tone, joined pictures, the second letter of a
  /// flag.
  std::uint32_t symbol_from(std::uint32_t i, std::uint32_t end) const {
    std::uint32_t stop = i + 1;
    if (is_regional_indicator(at(i))) {
      return stop < end && is_regional_indicator(at(stop)) ? stop + 1 : stop;
    }
    while (stop < end) {
      if (is_variation_selector(at(stop)) || is_skin_tone(at(stop))) {
        ++stop;
      } else if (at(stop) == kZeroWidthJoiner && stop + 1 < end) {
        stop += 2;
      } else {
        break;
      }
    }
    return stop;
  }

  /// The end of an address, name of a file, handle or emoticon that begins at `i`; `i` when none
  /// does.
  std::uint32_t whole_from(std::uint32_t i, std::uint32_t end, std::uint32_t begin) const {
    const char32_t c = at(i);
    if (c == ':' || c == ';' || c == '=' || c == '<' || c == '^' || c == '8' || c == 'X' ||
        c == 'x' || c == 'D' || c == 'o' || c == 'O' || c == '-') {
      const std::uint32_t stop = emoticon(i, end);
      if (stop > i) return stop;
    }
    if (c == '@' || c == '#') {
      std::uint32_t stop = i + 1;
      const std::uint32_t limit = std::min(end, i + kLongestAddress);
      if (stop < limit && (is_letter(chars_[stop].cls) || (c == '@' && is_alnum(chars_[stop])))) {
        while (stop < limit && (is_alnum(chars_[stop]) || at(stop) == '_')) ++stop;
        return stop;
      }
      return i;
    }
    if (!is_ascii_alnum(c)) return i;
    if (i > begin && (at(i - 1) == '.' || at(i - 1) == '-' || at(i - 1) == '_' || at(i - 1) == '+'))
      return i;
    return address(i, end);
  }

  std::uint32_t emoticon(std::uint32_t i, std::uint32_t end) const {
    std::uint32_t best = i;
    for (const std::string_view e : kEmoticons) {
      const auto n = static_cast<std::uint32_t>(e.size());
      if (i + n > end || n <= best - i) continue;
      bool same = true;
      for (std::uint32_t k = 0; k < n && same; ++k)
        same = at(i + k) == static_cast<unsigned char>(e[k]);
      if (same && (i + n == end || !is_alnum(chars_[i + n]))) best = i + n;
    }
    if (best > i && best < end && at(best) == '/') return i;
    return best;
  }

  bool starts_with(std::uint32_t i, std::uint32_t end, std::string_view ascii) const {
    return i + ascii.size() <= end &&
           spells(block_, i, i + static_cast<std::uint32_t>(ascii.size()), ascii);
  }

  /// "http://…", "www.…", "name@host.org", "host.org/path", "file-2.doc".
  std::uint32_t address(std::uint32_t i, std::uint32_t end) const {
    for (const std::string_view scheme : {"http://", "https://", "ftp://", "mailto:", "www."}) {
      if (starts_with(i, end, scheme)) return without_tail(i, end);
    }
    // A run of what host names and local parts are made of.
    const std::uint32_t limit = std::min(end, i + kLongestAddress);
    std::uint32_t stop = i;
    std::uint32_t last_dot = i;
    while (stop < limit && (is_ascii_alnum(at(stop)) || at(stop) == '.' || at(stop) == '-' ||
                            at(stop) == '_' || at(stop) == '+')) {
      if (at(stop) == '.' && stop + 1 < limit && is_ascii_alnum(at(stop + 1))) last_dot = stop;
      ++stop;
    }
    if (stop < limit && at(stop) == '@' && stop + 1 < limit && is_ascii_alnum(at(stop + 1))) {
      std::uint32_t host = stop + 1;
      bool dot = false;
      while (host < limit && (is_ascii_alnum(at(host)) || at(host) == '.' || at(host) == '-')) {
        dot = dot || (at(host) == '.' && host + 1 < limit && is_ascii_alnum(at(host + 1)));
        ++host;
      }
      while (host > stop + 1 && !is_ascii_alnum(at(host - 1))) --host;
      return dot ? host : i;
    }
    if (last_dot == i) return i;
    std::uint32_t tail = last_dot + 1;
    while (tail < stop && is_ascii_alnum(at(tail))) ++tail;
    std::array<char, 24> buffer;
    const std::string_view ending = ascii_lower(block_, last_dot + 1, tail, buffer);
    if (!english::is_address_ending(ending)) return i;
    // "Bush.In" is no host, but a missing space; hosts and files are written small, or all in
    // capitals.
    if (chars_[last_dot + 1].cls == CharClass::upper &&
        (tail - last_dot < 3 || chars_[last_dot + 2].cls == CharClass::lower))
      return i;
    if (last_dot - i < 2) return i;
    if (tail < end && at(tail) == '/') return without_tail(i, end);
    return tail == stop || !is_ascii_alnum(at(tail)) ? tail : i;
  }

  /// The end of an address that may run on to `end`, less the punctuation that follows it.
  std::uint32_t without_tail(std::uint32_t i, std::uint32_t end) const {
    std::uint32_t stop = i;
    std::uint32_t open = 0;
    while (stop < end) {
      const char32_t c = at(stop);
      if (c == '<' || c == '>' || c == '"' || is_close_quote(c) || is_open_quote(c)) {
        if (c != '\'') break;
      }
      if (c == '(') ++open;
      if (c == ')') {
        if (open == 0) break;
        --open;
      }
      ++stop;
    }
    while (stop > i + 1) {
      const char32_t c = at(stop - 1);
      if (c != '.' && c != ',' && c != ';' && c != ':' && c != '!' && c != '?' && c != '\'' &&
          c != ']')
        break;
      --stop;
    }
    return stop;
  }

  void describe() {
    for (Atom& a : atoms_) {
      std::uint32_t h = 17;
      for (std::uint32_t k = a.first; k < a.last && k < a.first + 32; ++k) h = mix(h, lower(at(k)));
      a.hash = h;
      a.shape = shape(a);
    }
  }

  std::uint32_t shape(const Atom& a) const {
    const std::uint32_t n = std::min<std::uint32_t>(a.size(), 4);
    switch (a.kind) {
      case AtomKind::whole: return 1;
      case AtomKind::digits: return 8 + n;
      case AtomKind::letters: {
        bool upper = false, low = false;
        const bool first = chars_[a.first].cls == CharClass::upper;
        for (std::uint32_t k = a.first + 1; k < a.last && k < a.first + 32; ++k) {
          (chars_[k].cls == CharClass::upper ? upper : low) = true;
        }
        return 16 + n * 8 + (first ? 4u : 0u) + (upper ? 2u : 0u) + (low ? 1u : 0u);
      }
      case AtomKind::other: return 64 + at(a.first) * 4 + (n > 1 ? (n > 2 ? 2u : 1u) : 0u);
    }
    return 0;
  }

  Block& block_;
  const std::vector<Char>& chars_;
  std::vector<Atom>& atoms_;
};

}  // namespace

void read_chars(std::string_view text, ByteRange bytes, std::vector<Char>& chars) {
  const std::string_view part = text.substr(0, bytes.end);
  for (std::uint32_t pos = bytes.begin; pos < bytes.end;) {
    const CodePoint point = decode_utf8(part, pos);
    const std::uint32_t size = std::max<std::uint32_t>(point.size, 1);
    if (!is_invisible(point.value))
      chars.push_back({point.value, pos, pos + size, class_of(point.value)});
    pos += size;
  }
}

void cut_atoms(Block& block) { Cutter(block).run(); }

}  // namespace parley::segmenter
