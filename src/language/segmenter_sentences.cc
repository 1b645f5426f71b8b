// Where sentences end within a block.
//
// Idea: a rule that knows terminal punctuation, closing quotes and abbreviations; and a linear
// model over the words around the place, the quotes and brackets that are open and the sentence's
// length so far, in which the rule's answer is one feature. A place is asked about when the token
// before it is terminal punctuation (closing quotes and brackets aside) or the token after it could
// begin a sentence. Example: 'He said "no." Then he left.' ends after the quote; "Gen. Smith" does
// not end after "Gen.". Counter-example: "He met the U.S. Officials refused." cannot be told from
// "the U.S. Officials" by rules; the model weighs the next word. Cost: linear. Test:
// tests/language/segmenter_test.cc.
#include <algorithm>
#include <array>

#include "language/segmenter_internal.h"

namespace parley::segmenter {
namespace {

enum class End : std::uint8_t { none, stop, abbreviation, ellipsis, question, colon, semicolon };

class Splitter {
 public:
  Splitter(Block& block, const SegmenterWeights& weights, const Trace* trace)
      : block_(block), tokens_(block.tokens), weights_(weights), trace_(trace) {}

  void run() {
    auto& starts = block_.sentence_starts;
    starts.clear();
    if (tokens_.empty()) return;
    starts.push_back(0);
    const auto size = static_cast<std::uint32_t>(tokens_.size());
    begin_ = 0;
    for (std::uint32_t i = 0; i < size && size > 1; ++i) {
      if (end_of(i) != End::none) ++stops_in_block_;
    }
    block_ends_ = end_of(size - 1) != End::none ||
                  (size > 1 && closes(size - 1) && end_of(size - 2) != End::none);
    open(0);
    for (std::uint32_t i = 1; i < size; ++i) {
      if (asked(i) ? ends_before(i) : trace_ != nullptr && trace_->sentence_starts(byte(i))) {
        starts.push_back(i);
        begin_ = i;
        brackets_ = 0;
        stops_ = 0;
      }
      open(i);
    }
  }

 private:
  char32_t first(std::uint32_t i) const { return block_.chars[tokens_[i].first].c; }
  char32_t last(std::uint32_t i) const { return block_.chars[tokens_[i].last - 1].c; }
  CharClass first_class(std::uint32_t i) const { return block_.chars[tokens_[i].first].cls; }
  std::uint32_t length(std::uint32_t i) const { return tokens_[i].last - tokens_[i].first; }
  std::uint32_t byte(std::uint32_t i) const { return block_.chars[tokens_[i].first].begin; }
  std::string_view word(std::uint32_t i, std::array<char, 24>& buffer) const {
    return ascii_lower(block_, tokens_[i].first, tokens_[i].last, buffer);
  }

  /// What kind of end the token by itself could be.
  End end_of(std::uint32_t i) const {
    const char32_t c = last(i);
    switch (c) {
      case '.':
        if (length(i) == 1) return End::stop;
        return first(i) == '.' ? End::ellipsis : End::abbreviation;
      case 0x2026: return End::ellipsis;
      case '?':
      case '!':
      case 0x203D:
      case 0x203C: return End::question;
      case 0x3002: return End::stop;
      case ':': return length(i) == 1 ? End::colon : End::none;
      case ';': return length(i) == 1 ? End::semicolon : End::none;
      default: return End::none;
    }
  }

  /// A closing quote or bracket, or a straight one that closes what is open.
  bool closes(std::uint32_t i) const {
    if (length(i) > 2) return false;
    const char32_t c = first(i);
    if (c == ')' || c == ']' || c == '}' || c == 0x201D || c == 0xBB) return true;
    if (c == 0x2019) return true;
    if (c == '"' || c == '\'')
      return !tokens_[i].space_before || (i + 1 < tokens_.size() && tokens_[i + 1].space_before);
    return false;
  }

  /// The token that the part before `i` ends in, closing quotes and brackets aside.
  std::uint32_t core_before(std::uint32_t i) const {
    std::uint32_t k = i - 1;
    while (k > begin_ && i - k < 4 && closes(k)) --k;
    return k;
  }

  bool could_begin(std::uint32_t i) const {
    const CharClass cls = first_class(i);
    if (cls == CharClass::upper || cls == CharClass::digit || cls == CharClass::letter) return true;
    if (cls == CharClass::lower) return false;
    const char32_t c = first(i);
    return is_open_quote(c) || c == '"' || c == '\'' || c == '(' || c == '[' || is_bullet(c) ||
           is_dash(c) || c == '*' || c == '$' || c == '#' || c == 0xA3 || c == 0x20AC ||
           c == 0xBF || c == 0xA1 || c == '@' || c == '<' || c == '>' || c == '=' || c == '+' ||
           c == ':' || c == ';' || c >= 0x2190;
  }

  bool asked(std::uint32_t i) const {
    const End end = end_of(core_before(i));
    if (end == End::none) return could_begin(i) && tokens_[i].space_before;
    return true;
  }

  void open(std::uint32_t i) {
    const char32_t c = first(i);
    if (length(i) == 1) {
      if (c == '(' || c == '[') ++brackets_;
      if ((c == ')' || c == ']') && brackets_ > 0) --brackets_;
      if (c == '"') straight_ = !straight_;
      if (c == 0x201C || c == 0xAB) curly_ = true;
      if (c == 0x201D || c == 0xBB) curly_ = false;
    }
    const End end = end_of(i);
    if (end == End::stop || end == End::question) ++stops_;
  }

  bool rule(std::uint32_t i, std::uint32_t core) const {
    const End end = end_of(core);
    const Token& next = tokens_[i];
    if (end == End::none || end == End::colon || end == End::semicolon)
      return is_bullet(first(i)) && next.space_before;
    if (brackets_ > 0 && end == End::abbreviation) return false;
    if (closes(i) && !(next.space_before && first(i) == '"' && !straight_)) return false;
    if (first_class(i) == CharClass::lower) return false;
    const char32_t c = first(i);
    if (c == ',' || c == ';' || c == ':' || c == '.' || c == '?' || c == '!' || is_dash(c))
      return false;
    if (brackets_ > 0 && end != End::stop && end != End::question) return false;
    if (!next.space_before && end != End::stop && end != End::question) return false;
    if (end == End::abbreviation) {
      std::array<char, 24> buffer;
      const std::uint32_t n = length(core);
      const std::string_view stem =
          ascii_lower(block_, tokens_[core].first, tokens_[core].last - 1, buffer);
      if (english::is_title_abbreviation(stem)) return false;
      if (n == 2) return false;  // an initial
      std::array<char, 24> buffer2;
      if (core != i - 1 && first(i - 1) != ')') return true;
      return english::is_starter(word(i, buffer2)) && first_class(i) == CharClass::upper;
    }
    return true;
  }

  bool ends_before(std::uint32_t i) {
    const std::uint32_t core = core_before(i);
    const bool by_rule = rule(i, core);
    if (trace_ == nullptr && !weights_.sentence.valid()) return by_rule;
    std::array<std::uint32_t, kSentenceFeatures> features;
    describe(i, core, by_rule, features);
    if (trace_ != nullptr) {
      const bool gold = trace_->sentence_starts(byte(i));
      trace_->sentence(gold, features.data(), features.size());
      return gold;
    }
    return score(weights_.sentence, features.data(), features.size()) > 0;
  }

  static std::uint32_t bucket(std::uint32_t n) {
    if (n < 6) return n;
    if (n < 10) return 6;
    if (n < 16) return 7;
    if (n < 25) return 8;
    return n < 40 ? 9 : n < 80 ? 10 : 11;
  }

  /// Letters' case, digits, or the very symbol.
  std::uint32_t kind(std::uint32_t i) const {
    if (i >= tokens_.size()) return 1;
    const CharClass cls = first_class(i);
    if (cls == CharClass::other) return 64 + first(i) * 2 + (length(i) > 1 ? 1 : 0);
    std::uint32_t k = 2 + static_cast<std::uint32_t>(cls) * 8;
    if (length(i) == 1) k += 1;
    if (cls == CharClass::upper && length(i) > 1 &&
        block_.chars[tokens_[i].first + 1].cls == CharClass::upper)
      k += 2;
    if (last(i) == '.') k += 4;
    return k;
  }

  std::uint32_t starter(std::uint32_t i) const {
    std::array<char, 24> buffer;
    return i < tokens_.size() && english::is_starter(word(i, buffer)) ? 1 : 0;
  }

  void describe(std::uint32_t i, std::uint32_t core, bool by_rule,
                std::array<std::uint32_t, kSentenceFeatures>& out) const {
    const std::uint32_t size = static_cast<std::uint32_t>(tokens_.size());
    auto hash = [&](std::uint32_t k) { return k < size ? tokens_[k].hash : 5; };
    const std::uint32_t end =
        static_cast<std::uint32_t>(end_of(core)) * 4 + std::min(i - 1 - core, 3u);
    const std::uint32_t r = by_rule ? 1 : 0;
    const std::uint32_t space = tokens_[i].space_before ? 1 : 0;
    const std::uint32_t state = mix(straight_ ? 1 : 0, mix(curly_ ? 1 : 0, brackets_ > 0 ? 1 : 0));
    const std::uint32_t before = core > begin_ ? core - 1 : size;
    const std::uint32_t before2 = core > begin_ + 1 ? core - 2 : size;
    const std::uint32_t so_far = bucket(i - begin_);
    const std::uint32_t rest = bucket(size - i);
    const std::uint32_t punctuated = (stops_in_block_ == 0  ? 0u
                                      : stops_in_block_ < 3 ? 1u
                                                            : 2u) *
                                         2 +
                                     (block_ends_ ? 1 : 0);
    const std::uint32_t next = kind(i), next2 = kind(i + 1);
    const std::uint32_t begins = starter(i);
    std::size_t n = 0;
    auto put = [&](std::uint32_t a, std::uint32_t b = 0, std::uint32_t c = 0) {
      out[n] = mix(mix(mix(static_cast<std::uint32_t>(n) + 101, a), b), c);
      ++n;
    };
    put(r, end);
    put(end, next, space);
    put(end, next, state);
    put(end, hash(i), space);
    put(end, hash(core), next);
    put(end, hash(before), next);
    put(hash(core), hash(i));
    put(hash(i - 1), hash(i));
    put(end, kind(before), next);
    put(end, mix(kind(before2), kind(before)), mix(kind(core), mix(next, next2)));
    put(end, next, next2);
    put(end, hash(i), hash(i + 1));
    put(end, hash(i + 1), next);
    put(end, so_far, next);
    put(end, rest, mix(next, begins));
    put(end, punctuated, mix(next, r));
    put(end, mix(state, begins), mix(next, r));
    put(end, mix(so_far, rest), punctuated);
    put(end, mix(kind(core), kind(before)), mix(begins, so_far));
    put(r, so_far, mix(state, begins));
    put(end, hash(before2), hash(before));
    put(end, hash(begin_), mix(so_far, next));
    put(end, kind(begin_), mix(kind(core), next));
    put(end, mix(std::min(stops_, 3u), so_far), begins);
    put(mix(hash(core), end), begins, mix(next, space));
    put(mix(tokens_[core].shape, end), tokens_[i].shape, begins);
  }

  Block& block_;
  const std::vector<Token>& tokens_;
  const SegmenterWeights& weights_;
  const Trace* trace_;
  std::uint32_t begin_ = 0;
  std::uint32_t brackets_ = 0;
  std::uint32_t stops_ = 0;  ///< since the sentence began
  std::uint32_t stops_in_block_ = 0;
  bool straight_ = false;
  bool curly_ = false;
  bool block_ends_ = false;
};

}  // namespace

void split_sentences(Block& block, const SegmenterWeights& weights, const Trace* trace) {
  Splitter(block, weights, trace).run();
}

}  // namespace parley::segmenter
