// Idea: read the characters of each paragraph, not the words, since tokenisers split marks in many ways; then map
// the stretches found to words.
//
// Example: “We agreed,” he said. “All of us.”   two quotations.
// Counter-examples: the rebels' camp, 6'2", rock ’n’ roll: a single mark opens only before a letter after white
// space, and only when one that can close it follows in the paragraph.
// A quotation that is not closed in its paragraph goes on to its end when the next paragraph opens with a mark, as is
// the custom for speech of several paragraphs; otherwise the mark is taken for a slip and passed over.
//
// Cost: linear; each character is looked at twice at most. Test: tests/record/statements_quotes_test.cc.
#include "record/statement_quotes.h"

#include <string_view>

namespace parley {
namespace {

enum class Mark : std::uint8_t { none, open, close, straight, single_open, single_close, single };

struct Glyph {
  Mark mark = Mark::none;
  std::uint32_t size = 1;  // bytes
};

Glyph glyph_at(std::string_view text, std::size_t at) {
  const auto starts = [&](std::string_view what) { return text.substr(at, what.size()) == what; };
  switch (text[at]) {
    case '"': return {Mark::straight, 1};
    case '\'': return starts("''") ? Glyph{Mark::straight, 2} : Glyph{Mark::single, 1};
    case '`': return starts("``") ? Glyph{Mark::open, 2} : Glyph{};
    case '\xC2':
      if (starts("\u00AB")) return {Mark::open, 2};
      if (starts("\u00BB")) return {Mark::close, 2};
      return {};
    case '\xE2':
      if (starts("\u201C") || starts("\u201E")) return {Mark::open, 3};
      if (starts("\u201D")) return {Mark::close, 3};
      if (starts("\u2018")) return {Mark::single_open, 3};
      if (starts("\u2019")) return {Mark::single_close, 3};
      return {};
    default: return {};
  }
}

// Bytes of UTF-8 letters beyond ASCII count as letters: marks have been told apart before.
bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool opens_after(char before) {
  return is_space(before) || before == '(' || before == '[' || before == '-' || before == '/';
}

struct Stretch {
  ByteRange bytes;  // with the marks
  bool goes_on = false;
};

class Paragraph {
 public:
  Paragraph(std::string_view text, std::uint32_t begin, std::uint32_t end) : text_(text), begin_(begin), end_(end) {}

  void find(bool next_opens, std::vector<Stretch>& out) {
    std::uint32_t at = begin_;
    while (at < end_) {
      const Glyph glyph = glyph_at(text_, at);
      if (!can_open(glyph, at)) {
        at += glyph.size;
        continue;
      }
      const std::uint32_t close = closing(glyph, at);
      if (close > at) {
        out.push_back({{at, close}, false});
        at = close;
      } else if (next_opens && glyph.mark != Mark::single && glyph.mark != Mark::single_open) {
        out.push_back({{at, end_}, true});
        return;
      } else {
        at += glyph.size;
      }
    }
  }

 private:
  char before(std::uint32_t at) const { return at == begin_ ? ' ' : text_[at - 1]; }
  char after(std::uint32_t at) const { return at >= end_ ? ' ' : text_[at]; }

  bool can_open(Glyph glyph, std::uint32_t at) const {
    switch (glyph.mark) {
      case Mark::open: return !no_more_doubles_;
      case Mark::straight:
        return !no_more_doubles_ && !is_space(after(at + glyph.size)) && !(before(at) >= '0' && before(at) <= '9');
      case Mark::single:
      case Mark::single_open:
        return !no_more_singles_ && opens_after(before(at)) && is_word_byte(after(at + glyph.size));
      default: return false;
    }
  }

  // The byte after the mark that closes the one at `open`, or 0.
  std::uint32_t closing(Glyph open, std::uint32_t start) {
    const bool single = open.mark == Mark::single || open.mark == Mark::single_open;
    for (std::uint32_t at = start + open.size; at < end_;) {
      const Glyph glyph = glyph_at(text_, at);
      const std::uint32_t next = at + glyph.size;
      if (single) {
        if ((glyph.mark == Mark::single || glyph.mark == Mark::single_close) && closes_single(at, next)) {
          return next;
        }
      } else if (open.mark == Mark::open ? glyph.mark == Mark::close || (glyph.mark == Mark::straight && closes(at))
                                         : glyph.mark == Mark::straight || glyph.mark == Mark::close) {
        return next;
      }
      at = next;
    }
    (single ? no_more_singles_ : no_more_doubles_) = true;  // keeps a paragraph of open marks linear
    return 0;
  }

  bool closes(std::uint32_t at) const { return !is_space(before(at)); }
  bool closes_single(std::uint32_t at, std::uint32_t next) const {
    return closes(at) && !is_word_byte(after(next)) && !(before(at) == 's' && is_space(after(next)));
  }

  std::string_view text_;
  std::uint32_t begin_;
  std::uint32_t end_;
  bool no_more_singles_ = false;
  bool no_more_doubles_ = false;
};

bool opens_with_mark(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  if (begin >= end) return false;
  const Mark mark = glyph_at(text, begin).mark;
  return mark == Mark::open || mark == Mark::straight;
}

std::vector<Stretch> find_stretches(std::string_view text) {
  struct Lines {
    std::uint32_t begin, end;
  };
  std::vector<Lines> paragraphs;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    std::size_t first = at;
    while (first < end && is_space(text[first])) ++first;
    std::size_t last = end;
    while (last > first && is_space(text[last - 1])) --last;
    if (last > first) {
      paragraphs.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)});
    }
    at = end + 1;
  }
  std::vector<Stretch> out;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const bool next_opens =
        i + 1 < paragraphs.size() && opens_with_mark(text, paragraphs[i + 1].begin, paragraphs[i + 1].end);
    Paragraph(text, paragraphs[i].begin, paragraphs[i].end).find(next_opens, out);
  }
  return out;
}

}  // namespace

Quotations find_quotations(const Context& context) {
  const Analysis& analysis = context.analysis;
  Quotations out;
  out.of_word.assign(analysis.size(), Quotations::kNone);
  Word w = 0;
  for (const Stretch& stretch : find_stretches(context.document.text())) {
    while (w < analysis.size() && analysis.bytes(w).end <= stretch.bytes.begin) ++w;
    Word last = w;
    while (last < analysis.size() && analysis.bytes(last).begin < stretch.bytes.end) ++last;
    if (last == w) continue;
    Quotation quotation{{w, last}, {w, last}, stretch.goes_on};
    if (analysis.upos(w) == Upos::PUNCT) ++quotation.inner.first;
    if (!stretch.goes_on && last > quotation.inner.first && analysis.upos(last - 1) == Upos::PUNCT) {
      --quotation.inner.last;
    }
    if (!quotation.inner.empty()) {
      for (Word q = w; q < last; ++q) out.of_word[q] = static_cast<std::int32_t>(out.list.size());
      out.list.push_back(quotation);
    }
    w = last;
  }
  return out;
}

}  // namespace parley
