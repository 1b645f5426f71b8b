// Characters to atoms to tokens.
//
// Idea: text between white space is cut as finely as it can sensibly be ("al", "-", "Qaeda", "'",
// "s"), and for each pair of neighbours it is decided whether they are one token. For most pairs a
// rule is certain (a comma after a word starts a token). For hyphens, slashes, full stops, units
// and the like the rule's answer is one feature of a small linear model, whose answer counts.
// Apostrophes are left to rules: they decide between three things, token, word within a token, or
// nothing. Example: "non-stop" stays, "large-scale" is three tokens; "U.S." stays, "border." is
// two. Counter-example: "co-op" and "co" + "-" + "pay" cannot be told apart by form; the list
// decides. Cost: linear; every look ahead is bounded by a constant or consumes what it has looked
// at. Tests: tests/language/segmenter_test.cc. Convention: UD English EWT and GUM.
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
bool is_currency(char32_t c) {
  return c == '$' || c == 0xA2 || c == 0xA3 || c == 0xA5 || (c >= 0x20A0 && c <= 0x20CF);
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

class Tokeniser {
 public:
  Tokeniser(Block& block, const SegmenterWeights& weights, const Trace* trace)
      : block_(block), chars_(block.chars), atoms_(block.atoms), weights_(weights), trace_(trace) {}

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
    decide();
    gather();
  }

 private:
  // --- atoms
  // ---------------------------------------------------------------------------------------

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

  // --- decisions
  // -----------------------------------------------------------------------------------

  enum class Sure : std::uint8_t { split, join, perhaps_split, perhaps_join };

  bool is(std::size_t i, char32_t c) const {
    return i < atoms_.size() && atoms_[i].size() == 1 && at(atoms_[i].first) == c;
  }
  bool letters(std::size_t i) const {
    return i < atoms_.size() && atoms_[i].kind == AtomKind::letters;
  }
  bool digits(std::size_t i) const {
    return i < atoms_.size() && atoms_[i].kind == AtomKind::digits;
  }
  bool apostrophe(std::size_t i) const {
    return i < atoms_.size() && atoms_[i].size() == 1 && is_apostrophe(at(atoms_[i].first));
  }
  /// Whether atom `i` follows its neighbour without a space.
  bool close(std::size_t i) const { return i < atoms_.size() && !atoms_[i].space_before; }
  bool small(std::size_t i) const {
    return letters(i) && chars_[atoms_[i].first].cls == CharClass::lower;
  }
  bool capital(std::size_t i) const {
    return letters(i) && chars_[atoms_[i].first].cls == CharClass::upper;
  }
  std::string_view word(std::size_t i, std::array<char, 24>& buffer) const {
    return ascii_lower(block_, atoms_[i].first, atoms_[i].last, buffer);
  }

  /// The rule for the boundary before atom `i`, which follows atom `i - 1` without a space.
  Sure rule(std::size_t i) {
    const std::size_t l = i - 1;
    const Atom& left = atoms_[l];
    const Atom& right = atoms_[i];
    const char32_t rc = at(right.first);
    const char32_t lc = at(left.first);
    std::array<char, 24> buffer;
    if (left.kind == AtomKind::whole) {
      return apostrophe(i) && letters(i + 1) && close(i + 1) ? Sure::join : Sure::split;
    }
    if (right.kind == AtomKind::whole) return Sure::split;
    if (apostrophe(i)) return apostrophe_after(i);
    if (apostrophe(l)) return after_apostrophe(i);
    if (right.kind != AtomKind::other && left.kind != AtomKind::other) {
      if (left.kind == AtomKind::digits) {  // "9th", "5kg"
        return english::is_unit(word(i, buffer)) ? Sure::perhaps_split : Sure::perhaps_join;
      }
      return Sure::perhaps_join;  // "F16"
    }
    if (right.kind == AtomKind::other) {
      if (left.kind != AtomKind::other) return symbol_after_word(i);
      if ((lc == '?' || lc == '!') && (rc == '?' || rc == '!')) return Sure::join;
      if (lc == '.' && right.size() == 1 && (rc == '-' || rc == '/')) return Sure::perhaps_split;
      if (right.size() == 1 && rc == '.' && (lc == ']' || lc == '[')) return Sure::perhaps_split;
      if (lc == '[' && rc == '.') return Sure::perhaps_join;
      if (lc == '.' && rc == ']' && left.size() == 3) return Sure::perhaps_join;
      if (is_currency(lc) || is_currency(rc) || lc == '#' || rc == '#' || lc == '*' || rc == '*' ||
          rc == '@' || lc == '&' || rc == '_' || lc == '_' || lc == '~' || lc == '+') {
        return Sure::perhaps_split;
      }
      return Sure::split;
    }
    return word_after_symbol(i);
  }

  /// Before a symbol that follows a word or number.
  Sure symbol_after_word(std::size_t i) {
    const std::size_t l = i - 1;
    const Atom& right = atoms_[i];
    const char32_t c = at(right.first);
    const bool more = close(i + 1) && (letters(i + 1) || digits(i + 1));
    std::array<char, 24> buffer;
    switch (c) {
      case '.':
        if (right.size() > 1) return right.size() == 2 ? Sure::perhaps_split : Sure::split;
        return full_stop_after(i, more);
      case ',':
        if (digits(l) && more && digits(i + 1) && atoms_[i + 1].size() == 3 &&
            atoms_[l].size() <= 3)
          return Sure::join;
        return digits(l) && more && digits(i + 1) ? Sure::perhaps_split : Sure::split;
      case ':':
        if (right.size() > 1) return Sure::split;
        return digits(l) && more && digits(i + 1) ? Sure::perhaps_join : Sure::split;
      case '-':
      case 0x2010:
      case 0x2011:
        if (right.size() > 1) return Sure::split;
        if (!more) return Sure::perhaps_split;
        if (letters(l))
          return english::is_prefix(word(l, buffer)) ? Sure::perhaps_join : Sure::perhaps_split;
        return telephone(i) ? Sure::perhaps_join : Sure::perhaps_split;
      case '/':
        if (right.size() > 1) return Sure::split;
        return digits(l) && more && digits(i + 1) ? Sure::perhaps_join : Sure::perhaps_split;
      case '&':
        return more && letters(l) && letters(i + 1) && atoms_[l].size() <= 3 &&
                       atoms_[i + 1].size() <= 3
                   ? Sure::perhaps_join
                   : Sure::perhaps_split;
      case '_': return more ? Sure::join : Sure::perhaps_split;
      case '(':
        return more && is(i + 2, ')') && close(i + 2) && atoms_[i + 1].size() == 1
                   ? Sure::perhaps_join
                   : Sure::split;
      case '*':
      case '#':
      case '@':
      case '+':
      case '!': return Sure::perhaps_split;
      case 0x2013: return more ? Sure::perhaps_split : Sure::split;
      case ')':
        return digits(l) && l > 0 && atoms_[l].space_before ? Sure::perhaps_split : Sure::split;
      default:
        if (is_currency(c)) {
          return letters(l) && atoms_[l].size() <= 3 && capital(l) ? Sure::perhaps_join
                                                                   : Sure::perhaps_split;
        }
        return Sure::split;
    }
  }

  /// Before the single full stop `i`, which follows a word or number.
  Sure full_stop_after(std::size_t i, bool more) {
    const std::size_t l = i - 1;
    std::array<char, 24> buffer;
    if (digits(l)) {
      if (more && digits(i + 1)) return Sure::perhaps_join;
      return Sure::perhaps_split;
    }
    const std::string_view w = word(l, buffer);
    if (more) {
      if (atoms_[l].size() == 1 || atoms_[i + 1].size() == 1) return Sure::perhaps_join;
      if (english::is_abbreviation(w)) return Sure::perhaps_join;
      return capital(i + 1) && !capital(l) ? Sure::perhaps_split : Sure::perhaps_join;
    }
    if (l > 0 && is(l - 1, '.') && !atoms_[l].starts_token) {  // "U.S.", "e.g."
      return atoms_[l].size() == 1 && l > 1 && atoms_[l - 2].size() == 1 ? Sure::join
                                                                         : Sure::perhaps_join;
    }
    if (atoms_[l].size() == 1 && capital(l)) return Sure::perhaps_join;
    if (capital(l) && english::is_title_abbreviation(w) && capital(i + 1)) return Sure::join;
    if (english::is_abbreviation(w)) return Sure::perhaps_join;
    return Sure::perhaps_split;
  }

  /// "646-8420", "713-853-3989", "11-20-2000" rather than "1970-1971".
  bool telephone(std::size_t i) const {
    if (!digits(i - 1) || !digits(i + 1)) return false;
    const std::uint32_t left = atoms_[i - 1].size(), right = atoms_[i + 1].size();
    if (left == 3 && (right == 4 || right == 3)) return true;
    const bool again = (close(i + 2) && is(i + 2, '-') && close(i + 3) && digits(i + 3)) ||
                       (i >= 3 && !atoms_[i - 1].starts_token && is(i - 2, '-'));
    return again;
  }

  /// Before a word or number that follows a symbol.
  Sure word_after_symbol(std::size_t i) {
    const std::size_t l = i - 1;
    const Atom& left = atoms_[l];
    const char32_t c = at(left.first);
    const bool glued = !left.starts_token;  // the symbol was joined to what stands before it
    switch (c) {
      case '.':
        if (left.size() > 1) return left.size() == 2 ? Sure::perhaps_split : Sure::split;
        if (!glued) return digits(i) && left.space_before ? Sure::perhaps_join : Sure::split;
        if (digits(i)) return digits(l - 1) ? Sure::perhaps_join : Sure::perhaps_split;
        if (atoms_[l - 1].size() == 1 || atoms_[i].size() == 1) return Sure::perhaps_join;
        {
          std::array<char, 24> buffer;
          return english::is_abbreviation(word(l - 1, buffer)) ? Sure::perhaps_split
                                                               : Sure::perhaps_join;
        }
      case ',':
      case ':': return glued ? Sure::join : Sure::split;
      case '-':
      case 0x2010:
      case 0x2011:
        if (left.size() > 1) return Sure::split;
        if (!glued && left.space_before && digits(i)) return Sure::perhaps_join;
        return glued ? Sure::perhaps_join : Sure::perhaps_split;
      case '/':
        if (left.size() > 1) return Sure::split;
        return glued ? Sure::perhaps_join : Sure::perhaps_split;
      case '&':
      case '_':
      case '(': return glued ? Sure::join : c == '_' ? Sure::perhaps_split : Sure::split;
      case '#':
      case '+':
      case '*':
      case '@':
      case 0x2013:
      case '!': return glued ? Sure::perhaps_join : Sure::perhaps_split;
      case ')': return glued ? Sure::perhaps_join : Sure::split;
      default:
        if (is_currency(c)) return letters(i) ? Sure::perhaps_join : Sure::split;
        return Sure::split;
    }
  }

  /// Before the apostrophe `i`. Notes single quotes that open and close on the way.
  Sure apostrophe_after(std::size_t i) {
    const std::size_t l = i - 1;
    const Atom& left = atoms_[l];
    const char32_t c = at(atoms_[i].first);
    const bool word_before = left.kind != AtomKind::other || (is(l, '.') && !left.starts_token);
    if (!word_before) {
      if (c == '\'' && open_single_ && !(close(i + 1) && letters(i + 1))) {
        open_single_ = false;
      } else if (close(i + 1) && (letters(i + 1) || digits(i + 1))) {
        open_single_ = true;
      }
      return Sure::split;
    }
    std::array<char, 24> buffer;
    if (close(i + 1) && letters(i + 1)) {
      const std::string_view w = word(i + 1, buffer);
      if (digits(l)) return w == "s" || w == "d" ? Sure::join : Sure::split;
      return Sure::join;  // "Peru's", "don't", "O'Connell", "Shi'ite"
    }
    if (!letters(l)) {
      if (open_single_) open_single_ = false;
      return Sure::split;
    }
    if (c == '`') return Sure::split;
    // At the end of a word: a plural's possessive, a closing quote, or a dropped letter.
    if (open_single_) {
      open_single_ = false;
      return Sure::split;
    }
    const char32_t last = lower(at(left.last - 1));
    if (last == 's' || last == 'z' || last == 'x') return Sure::join;
    if (last == 'n' && left.size() > 3 && lower(at(left.last - 2)) == 'i' && small(l))
      return Sure::join;  // "lookin'"
    return Sure::split;
  }

  /// After the apostrophe `i - 1`.
  Sure after_apostrophe(std::size_t i) {
    const Atom& mark = atoms_[i - 1];
    if (!mark.starts_token) return letters(i) ? Sure::join : Sure::split;
    const char32_t c = at(mark.first);
    std::array<char, 24> buffer;
    if (mark.size() == 1 && c != 0x2018 && c != '`') {
      if (digits(i) && atoms_[i].size() == 2) {  // "'72", "'60s"
        open_single_ = false;
        return Sure::join;
      }
      if (letters(i) && c != 0x2018) {
        const std::string_view w = word(i, buffer);
        const bool ends = !(close(i + 1) && (letters(i + 1) || digits(i + 1) || apostrophe(i + 1)));
        if (ends && mark.space_before && (english::is_clipped(w) || english::is_clitic(w)) &&
            small(i)) {
          open_single_ = false;
          return Sure::join;
        }
      }
    }
    return Sure::split;
  }

  void decide() {
    open_single_ = false;
    std::uint32_t since_open = 0;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      if (open_single_ && ++since_open > kLongestQuote) open_single_ = false;
      if (!open_single_) since_open = 0;
      if (i == 0 || atoms_[i].space_before) {
        atoms_[i].starts_token = true;
        if (apostrophe(i) && at(atoms_[i].first) != 0x2019 && close(i + 1)) open_single_ = true;
        if (apostrophe(i) && !close(i + 1)) open_single_ = false;
        continue;
      }
      const Sure sure = rule(i);
      bool join = sure == Sure::join || sure == Sure::perhaps_join;
      if (sure == Sure::perhaps_join || sure == Sure::perhaps_split) {
        if (trace_ != nullptr || weights_.join.valid()) {
          std::array<std::uint32_t, kJoinFeatures> features;
          describe_boundary(i, join, features);
          if (trace_ != nullptr) {
            join = !trace_->token_starts(chars_[atoms_[i].first].begin);
            trace_->join(join, features.data(), features.size());
          } else {
            join = score(weights_.join, features.data(), features.size()) > 0;
          }
        }
      } else if (trace_ != nullptr) {
        join = !trace_->token_starts(chars_[atoms_[i].first].begin);
      }
      atoms_[i].starts_token = !join;
    }
  }

  void describe_boundary(std::size_t i, bool rule_joins,
                         std::array<std::uint32_t, kJoinFeatures>& out) const {
    const Atom none;
    auto atom = [&](std::ptrdiff_t k) -> const Atom& {
      const auto n = static_cast<std::ptrdiff_t>(i) + k;
      return n < 0 || n >= static_cast<std::ptrdiff_t>(atoms_.size())
                 ? none
                 : atoms_[static_cast<std::size_t>(n)];
    };
    const Atom& left = atom(-1);
    const Atom& right = atom(0);
    const Atom& left2 = left.space_before ? none : atom(-2);
    const Atom& right2 = close(i + 1) ? atom(1) : none;
    const Atom& right3 = close(i + 1) && close(i + 2) ? atom(2) : none;
    const std::uint32_t kinds = mix(coarse(left), coarse(right));
    const std::uint32_t glued = left.starts_token ? 0 : 1;
    const std::uint32_t last = close(i + 1) ? 0 : 1;
    const Atom& next = close(i + 1) ? right2 : atom(1);
    const std::uint32_t r = rule_joins ? 1 : 0;
    std::size_t n = 0;
    auto put = [&](std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
      out[n] = mix(mix(mix(static_cast<std::uint32_t>(n) + 1, a), b), c);
      ++n;
    };
    put(r);
    put(kinds, r);
    put(kinds, left.hash, r);
    put(kinds, right.hash, r);
    put(left.hash, right.hash);
    put(kinds, left2.hash, glued);
    put(kinds, right2.hash, glued);
    put(left2.hash, left.hash, right.hash);
    put(left.hash, right.hash, right2.hash);
    put(mix(left2.shape, left.shape), mix(right.shape, right2.shape), glued);
    put(kinds, left.shape, right.shape);
    put(kinds, glued, r);
    put(kinds, mix(left.space_before ? 1 : 0, last), mix(glued, r));
    put(kinds, last, next.shape);
    put(kinds, last, next.hash);
    put(mix(left.shape, right.shape), mix(right2.shape, right3.shape), mix(glued, left2.shape));
    put(kinds, left2.shape, mix(right.shape, glued));
    put(kinds, left.shape, mix(next.shape, last));
  }

  std::uint32_t coarse(const Atom& a) const {
    switch (a.kind) {
      case AtomKind::letters: return 1;
      case AtomKind::digits: return 2;
      case AtomKind::whole: return 3;
      case AtomKind::other:
        return a.size() == 0 ? 0 : 64 + at(a.first) * 2 + (a.size() > 1 ? 1 : 0);
    }
    return 0;
  }

  // --- tokens
  // --------------------------------------------------------------------------------------

  void gather() {
    auto& tokens = block_.tokens;
    tokens.clear();
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      const Atom& a = atoms_[i];
      if (a.starts_token) {
        tokens.push_back({a.first, a.last, a.space_before, false, a.hash, a.shape});
      } else {
        Token& t = tokens.back();
        t.last = a.last;
        t.hash = mix(t.hash, a.hash);
        t.shape = mix(t.shape, a.shape);
        t.possessive = apostrophe(i) && i > 0 && letters(i - 1) &&
                       (lower(at(a.first - 1)) == 's' || lower(at(a.first - 1)) == 'z' ||
                        lower(at(a.first - 1)) == 'x');
      }
    }
  }

  static constexpr std::uint32_t kLongestQuote = 120;  ///< atoms; a quote open longer was none

  Block& block_;
  const std::vector<Char>& chars_;
  std::vector<Atom>& atoms_;
  const SegmenterWeights& weights_;
  const Trace* trace_;
  bool open_single_ = false;
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

void tokenise(Block& block, const SegmenterWeights& weights, const Trace* trace) {
  Tokeniser(block, weights, trace).run();
}

void word_starts(const Block& block, const Token& token, std::vector<std::uint32_t>& out) {
  const auto& chars = block.chars;
  if (!is_letter(chars[token.last - 1].cls) && !token.possessive) return;
  const std::size_t before = out.size();
  std::uint32_t last = token.last;
  if (token.possessive && last - token.first > 1) out.push_back(--last);
  // Clitics, from the back: "would|n't|'ve".
  while (out.size() - before < 3) {
    std::uint32_t mark = last;
    while (mark > token.first && last - mark < 3 && is_letter(chars[mark - 1].cls)) --mark;
    if (mark == last || mark <= token.first + 1 || !is_apostrophe(chars[mark - 1].c)) break;
    std::array<char, 24> buffer;
    const std::string_view clitic = ascii_lower(block, mark, last, buffer);
    std::uint32_t start = mark - 1;
    if (clitic == "t" && lower(chars[mark - 2].c) == 'n') {
      start = mark - 2;
    } else if (!english::is_clitic(clitic) || chars[mark - 2].cls == CharClass::digit) {
      break;
    }
    if (start == token.first) break;
    out.push_back(start);
    last = start;
  }
  if (out.size() == before) {
    std::array<char, 24> buffer;
    const std::string_view whole = ascii_lower(block, token.first, last, buffer);
    for (const std::uint8_t at : english::split_of(whole)) {
      if (at != 0) out.push_back(token.first + at);
    }
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end());
}

}  // namespace parley::segmenter
