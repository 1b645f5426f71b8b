// Atoms to tokens.
//
// Idea: for each pair of neighbouring atoms it is decided whether they are one token. For most pairs
// a rule is certain (a comma after a word starts a token). For hyphens, slashes, full stops, units
// and the like the rule's answer is one feature of a small linear model, whose answer counts.
// Apostrophes are left to rules: they decide between three things, token, word within a token, or
// nothing. Example: "non-stop" stays, "large-scale" is three tokens; "U.S." stays, "border." is
// two. Counter-example: "co-op" and "co" + "-" + "pay" cannot be told apart by form; the list
// decides. Cost: linear. Tests: tests/language/segmenter_test.cc. Convention: UD English EWT and GUM.
#include <algorithm>
#include <array>
#include <cstddef>

#include "language/segmenter_internal.h"

namespace parley::segmenter {
namespace {

bool is_currency(char32_t c) {
  return c == '$' || c == 0xA2 || c == 0xA3 || c == 0xA5 || (c >= 0x20A0 && c <= 0x20CF);
}

class Tokeniser {
 public:
  Tokeniser(Block& block, const SegmenterWeights& weights, const Trace* trace)
      : block_(block), chars_(block.chars), atoms_(block.atoms), weights_(weights), trace_(trace) {}

  void run() {
    decide();
    gather();
  }

 private:
  char32_t at(std::uint32_t i) const { return chars_[i].c; }

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

void tokenise(Block& block, const SegmenterWeights& weights, const Trace* trace) {
  cut_atoms(block);
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
