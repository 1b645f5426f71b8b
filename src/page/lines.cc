// Lines of plain text into blocks: which line ends are wraps, which end a paragraph.
//
// Idea: a program that wraps at a width breaks a line only where the next word would not have fitted. So
// with W the longest line, the end of a line is a wrap when its length, a space and the next line's first
// word come to more than W, and a paragraph's end otherwise. Example (W = 20):
//     The delegations meet      20  + "again" does not fit: a wrap
//     again on Friday.          16  + "No" would have fitted: a paragraph ends
//     No date was given
// Counter-example: text with a line for each paragraph has lines of hundreds of characters; there every
// line end ends a paragraph, unless the line stops in mid-sentence and the next goes on in lower case.
// Blank lines always separate. Cost: one pass. Covered by tests/page/lines_test.cc.
#include "page/lines.h"

#include <algorithm>

#include "page/lineroles.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

struct Line {
  std::string text;     // trimmed, runs of spaces one
  std::string mark;     // of a list item
  std::size_t length = 0;      // code points as they stood
  std::size_t first_word = 0;  // code points
  std::size_t indent = 0;
  bool blank_before = true;
};

bool is_bullet_mark(char32_t c) {
  switch (c) {
    case 0x2022: case 0x2023: case 0x2043: case 0x204C: case 0x2219: case 0x25A0: case 0x25A1:
    case 0x25AA: case 0x25AB: case 0x25B6: case 0x25B8: case 0x25BA: case 0x25C6: case 0x25C7:
    case 0x25CB: case 0x25CF: case 0x25E6: case 0x25FE: case 0x2605: case 0x2713: case 0x2714:
    case 0x2794: case 0x27A2: case 0x27A4: case 0x2B1B: case 0x00B7: case '*': case '-': case 0x2013:
    case 0x2014:
      return true;
    default:
      return false;
  }
}

// The bytes of the bullet or number that the line begins with, 0 for none: "• ", "- ", "3. ", "3) ".
std::size_t mark_size(std::string_view line) {
  const CodePoint first = decode_utf8(line, 0);
  if (first.valid && is_bullet_mark(first.value)) {
    const CodePoint next = decode_utf8(line, first.size);
    if (next.value == ' ') return first.size;
    // "•Talks resumed": of marks that no word begins with the space may be missing.
    if (first.value >= 0x2022 && first.value != 0x2013 && first.value != 0x2014 && is_letter(next.value)) {
      return first.size;
    }
    return 0;
  }
  std::size_t digits = 0;
  while (digits < line.size() && digits < 3 && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2 || digits + 1 >= line.size()) return 0;
  const bool numbered = (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
  return numbered ? digits + 1 : 0;
}

std::string collapse(std::string_view line) {
  std::string out;
  out.reserve(line.size());
  for (const char c : line) {
    if (c == ' ' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  bool blank = true;
  for (std::size_t pos = 0; pos <= text.size();) {
    std::size_t end = text.find('\n', pos);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view raw = text.substr(pos, end - pos);
    pos = end + 1;
    Line line;
    line.text = collapse(raw);
    if (line.text.empty()) {
      blank = true;
      continue;
    }
    const std::size_t begin = raw.find_first_not_of(" \t");
    const std::size_t last = raw.find_last_not_of(" \t");
    line.length = count_code_points(raw.substr(0, last + 1));
    for (const char c : raw.substr(0, begin)) line.indent += c == '\t' ? 4 : 1;
    line.first_word = count_code_points(line.text.substr(0, line.text.find(' ')));
    if (const std::size_t mark = mark_size(line.text); mark > 0) {
      line.mark = line.text.substr(0, mark);
      line.text = line.text.substr(line.text.find_first_not_of(' ', mark));
    }
    line.blank_before = blank;
    blank = false;
    lines.push_back(std::move(line));
  }
  return lines;
}

bool begins_lower(std::string_view text) { return is_lower(decode_utf8(text, 0).value); }

// The width the text is wrapped at, or 0.
std::size_t wrap_width(const std::vector<Line>& lines) {
  std::size_t width = 0;
  for (const Line& line : lines) {
    // A line of one word (an address) cannot be wrapped and says nothing.
    if (line.first_word < line.length / 2) width = std::max(width, line.length);
  }
  if (width < 30 || width > 140) return 0;
  std::size_t pairs = 0;
  std::size_t forced = 0;
  std::size_t open = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i + 1].blank_before || !lines[i + 1].mark.empty()) continue;
    ++pairs;
    forced += lines[i].length + 1 + lines[i + 1].first_word > width;
    open += !ends_like_sentence(lines[i].text) && begins_lower(lines[i + 1].text);
  }
  // Wrapped text breaks most of its lines for want of room, and many of them in mid-sentence.
  return forced >= 2 && forced * 2 >= pairs && open > 0 ? width : 0;
}

bool is_wrap(const Line& line, const Line& next, std::size_t width) {
  if (next.blank_before || !next.mark.empty()) return false;
  if (line.mark.empty() && next.indent >= line.indent + 2 && line.indent < 2) return false;
  const bool goes_on = !ends_like_sentence(line.text) && begins_lower(next.text);
  if (width == 0) return goes_on && line.length >= 40;
  if (line.length + 1 + next.first_word > width) return true;
  return goes_on && line.length * 10 >= width * 6;
}

}  // namespace

std::vector<Block> blocks_from_text(std::string_view text) {
  std::vector<Line> lines = split_lines(text);
  const std::size_t width = wrap_width(lines);
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (i > 0 && is_wrap(lines[i - 1], line, width)) {
      Block& block = blocks.back();
      // "cease-" / "fire" may be one word or two with a hyphen: nothing is taken away.
      const bool hyphen = block.text.size() > 1 && block.text.back() == '-' && begins_lower(line.text) &&
                          block.text[block.text.size() - 2] != ' ';
      if (!hyphen) block.text += ' ';
      block.text += line.text;
      continue;
    }
    Block block;
    block.text = line.text;
    block.mark = line.mark;
    block.bullet = !line.mark.empty();
    block.gap_before = line.blank_before;
    blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace parley::page
