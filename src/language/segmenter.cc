// Lines to blocks, blocks to sentences and words.
//
// A block is what no sentence crosses the border of: lines up to a blank line or to a line end that
// is no wrap. A line end is a wrap when the next line plainly goes on (small letter) or when the
// lines of the paragraph are filled up to a common width. Cost: linear. Test:
// tests/language/segmenter_test.cc.
#include "language/segmenter.h"

#include <algorithm>

#include "language/segmenter_internal.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace segmenter {
namespace {

struct Line {
  ByteRange bytes;          ///< without white space around
  std::uint32_t width = 0;  ///< code points
  std::uint32_t first_word = 0;
  char32_t first = 0;
  char32_t last = 0;
};

Line read_line(std::string_view text, ByteRange bytes) {
  Line line;
  line.bytes = {bytes.end, bytes.end};
  bool in_first_word = true;
  std::uint32_t blanks = 0;
  for (std::uint32_t pos = bytes.begin; pos < bytes.end;) {
    const CodePoint point = decode_utf8(text.substr(0, bytes.end), pos);
    const std::uint32_t size = std::max<std::uint32_t>(point.size, 1);
    if (is_space(point.value) || is_invisible(point.value)) {
      if (line.first != 0) {
        ++blanks;
        in_first_word = false;
      }
    } else {
      if (line.first == 0) {
        line.first = point.value;
        line.bytes.begin = pos;
      }
      line.width += blanks + 1;
      blanks = 0;
      if (in_first_word) ++line.first_word;
      line.last = point.value;
      line.bytes.end = pos + size;
    }
    pos += size;
  }
  return line;
}

bool ends_sentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 || c == '"' || c == 0x201D;
}

constexpr std::uint32_t kNarrowest = 40;  ///< columns; text set narrower is a list or a table
constexpr std::uint32_t kWidest = 140;

class Reader {
 public:
  Reader(std::string_view text, const SegmenterWeights& weights, const Trace* trace,
         Segmentation& out)
      : text_(text), weights_(weights), trace_(trace), out_(out) {}

  void run(ByteRange bytes) {
    std::uint32_t begin = bytes.begin;
    while (begin < bytes.end) {
      std::uint32_t end = begin;
      std::uint32_t next = begin;
      while (next < bytes.end) {
        const CodePoint point = decode_utf8(text_.substr(0, bytes.end), next);
        const std::uint32_t size = std::max<std::uint32_t>(point.size, 1);
        next += size;
        if (point.value == '\r' && next < bytes.end && text_[next] == '\n') ++next;
        if (is_line_end(point.value)) break;
        end = next;
      }
      const Line line = read_line(text_, {begin, end});
      if (line.first == 0) {
        flush();
      } else {
        lines_.push_back(line);
      }
      begin = next;
    }
    flush();
  }

 private:
  /// The lines between two blank ones.
  void flush() {
    if (lines_.empty()) return;
    std::uint32_t widest = 0;
    for (const Line& line : lines_) widest = std::max(widest, line.width);
    std::size_t full = 0;
    for (std::size_t i = 0; i + 1 < lines_.size(); ++i) full += is_full(i, widest) ? 1 : 0;
    const bool filled = lines_.size() > 2 && widest >= kNarrowest && widest <= kWidest &&
                        full * 10 >= (lines_.size() - 1) * 6;
    std::size_t first = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (i + 1 < lines_.size() && is_wrap(i, filled, widest)) continue;
      block({lines_[first].bytes.begin, lines_[i].bytes.end});
      first = i + 1;
    }
    lines_.clear();
  }

  /// Whether the next line's first word would not have fitted.
  bool is_full(std::size_t i, std::uint32_t widest) const {
    return lines_[i].width + 1 + lines_[i + 1].first_word > widest;
  }

  bool is_wrap(std::size_t i, bool filled, std::uint32_t widest) const {
    const Line& next = lines_[i + 1];
    if (is_bullet(next.first) || next.first == '*') return false;
    const CharClass cls = is_lower(next.first) ? CharClass::lower : CharClass::other;
    if (filled && is_full(i, widest)) return true;
    return cls == CharClass::lower && !ends_sentence(lines_[i].last) &&
           lines_[i].width >= kNarrowest / 2;
  }

  void block(ByteRange bytes) {
    block_.chars.clear();
    read_chars(text_, bytes, block_.chars);
    tokenise(block_, weights_, trace_);
    split_sentences(block_, weights_, trace_);
    std::size_t next = 0;
    for (std::size_t s = 0; s < block_.sentence_starts.size(); ++s) {
      const std::size_t end = s + 1 < block_.sentence_starts.size() ? block_.sentence_starts[s + 1]
                                                                    : block_.tokens.size();
      SegmentedSentence sentence;
      sentence.first = static_cast<std::uint32_t>(out_.words.size());
      for (; next < end; ++next) token(block_.tokens[next]);
      sentence.last = static_cast<std::uint32_t>(out_.words.size());
      sentence.starts_paragraph = s == 0;
      out_.sentences.push_back(sentence);
    }
  }

  void token(const Token& token) {
    starts_.clear();
    word_starts(block_, token, starts_);
    const auto first = static_cast<std::uint32_t>(out_.words.size());
    std::uint32_t begin = token.first;
    for (const std::uint32_t start : starts_) {
      word(begin, start);
      begin = start;
    }
    word(begin, token.last);
    if (!starts_.empty()) {
      out_.multiword_tokens.push_back({first, static_cast<std::uint32_t>(out_.words.size())});
    }
  }

  void word(std::uint32_t first, std::uint32_t last) {
    SegmentedWord word;
    word.bytes = {block_.chars[first].begin, block_.chars[last - 1].end};
    const std::string_view raw = text_.substr(word.bytes.begin, word.bytes.size());
    if (!is_ascii(raw)) {
      std::string form = spelling(raw);
      if (form != raw) word.form = std::move(form);
    } else if (word.bytes.size() != last - first) {
      word.form = spelling(raw);  // control characters
    }
    out_.words.push_back(std::move(word));
  }

  std::string_view text_;
  const SegmenterWeights& weights_;
  const Trace* trace_;
  Segmentation& out_;
  std::vector<Line> lines_;
  std::vector<std::uint32_t> starts_;
  Block block_;
};

}  // namespace

void segment(std::string_view text, ByteRange bytes, const SegmenterWeights& weights,
             const Trace* trace, Segmentation& out) {
  bytes.end = std::min(bytes.end, static_cast<std::uint32_t>(text.size()));
  if (bytes.empty()) return;
  Reader(text, weights, trace, out).run(bytes);
}

float score(const SegmenterWeights::Linear& model, const std::uint32_t* features,
            std::size_t count) {
  const std::size_t mask = model.table.size() - 1;
  std::int32_t sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += model.table[features[k] & mask];
  return static_cast<float>(sum) * model.scale + model.bias;
}

char32_t lower(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c == 0x2019 || c == 0x2018 || c == '`' || c == 0x02BC) return '\'';
  if (c == 0x201C || c == 0x201D) return '"';
  if (c == 0x2010 || c == 0x2011) return '-';
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  return c;
}

bool spells(const Block& block, std::uint32_t first, std::uint32_t last, std::string_view ascii) {
  if (last - first != ascii.size()) return false;
  for (std::size_t k = 0; k < ascii.size(); ++k) {
    if (lower(block.chars[first + k].c) != static_cast<unsigned char>(ascii[k])) return false;
  }
  return true;
}

std::string_view ascii_lower(const Block& block, std::uint32_t first, std::uint32_t last,
                             std::array<char, 24>& buffer) {
  if (last - first > buffer.size()) return {};
  for (std::uint32_t k = first; k < last; ++k) {
    const char32_t c = lower(block.chars[k].c);
    if (c >= 0x80) return {};
    buffer[k - first] = static_cast<char>(c);
  }
  return {buffer.data(), last - first};
}

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == '`' || c == 0x2018;
}
bool is_open_quote(char32_t c) {
  return c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x201E || c == 0x201A || c == '`';
}
bool is_close_quote(char32_t c) {
  return c == 0x201D || c == 0x2019 || c == 0xBB || c == '\'';
}
bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}
bool is_bullet(char32_t c) {
  return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x204C || c == 0x204D || c == 0x2219 ||
         c == 0x25AA || c == 0x25AB || c == 0x25B6 || c == 0x25BA || c == 0x25CB || c == 0x25CF ||
         c == 0x25E6 || c == 0x25A0 || c == 0x25A1 || c == 0xB7 || c == 0x27A2 || c == 0x2756 ||
         c == 0x2713 || c == 0x2714;
}

}  // namespace segmenter

void Segmenter::segment(std::string_view text, ByteRange bytes, Segmentation& out) const {
  segmenter::segment(text, bytes, weights_, nullptr, out);
}

}  // namespace parley
