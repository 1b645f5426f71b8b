// What each block of a report is.
//
// Idea: some lines say by themselves what they are ("Updated on", "By Jane Doe", "Key takeaways"); the
// rest follows from where they stand. A report's front is headline, dek, byline, dates, labels, caption in
// nearly any order; it ends where prose begins. Example:
//     Talks resume in the lake town          headline: the first line, no sentence, prose follows
//     Both sides sent full delegations.      dek: a sentence with furniture of the front behind it
//     Jane Doe                               byline: a name among furniture
//     Updated on                             label
//     The hotel where they meet              caption: said twice
//     The hotel where they meet              boilerplate
//     Mediators met on Monday …              body
// Counter-example: without the lines from "Jane Doe" on, the second line is the first paragraph of the
// body, since nothing stands between it and the rest. Cost: linear. Covered by tests/page/reports.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "page/cues.h"
#include "page/draft.h"
#include "page/lineroles.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::size_t kFrontBlocks = 16;     // a front is not longer
constexpr std::size_t kLongestHeadline = 36;  // words
constexpr std::size_t kLongestDek = 60;

class StructureFinder {
 public:
  StructureFinder(Draft& draft, const Cues& cues, bool from_markup)
      : draft_(draft), blocks_(draft.blocks), cues_(cues), from_markup_(from_markup) {}

  bool run() {
    look_at_lines();
    find_repeats();
    find_sections();
    if (!from_markup_) find_front();
    take_leading_bullets();
    find_related_lists();
    take_tail();
    settle_lines();
    find_datelines();
    split_trailing_credits();
    return breaks_off();
  }

 private:
  bool undecided(std::size_t i) const { return !blocks_[i].kind && roles_[i].role == Role::none; }
  bool is_prose(std::size_t i) const {
    return words_[i] >= 20 || (words_[i] >= 9 && ends_like_sentence(blocks_[i].text));
  }

  void look_at_lines() {
    roles_.resize(blocks_.size());
    words_.resize(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      words_[i] = count_words(blocks_[i].text);
      if (!blocks_[i].kind) roles_[i] = role_of_line(blocks_[i].text, cues_);
    }
  }

  // A caption that was scraped twice, a headline or paragraph that is said again: what comes second is
  // furniture.
  void find_repeats() {
    std::unordered_map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (words_[i] < 3 || roles_[i].role == Role::boilerplate) continue;
      std::string key = cue_key(blocks_[i].text);
      const auto [found, added] = first.emplace(std::move(key), i);
      if (added) continue;
      const std::size_t j = found->second;
      if (blocks_[i].kind && blocks_[i].kind != SectionKind::body &&
          blocks_[i].kind != SectionKind::caption) {
        continue;
      }
      // Two bullets or two cues alike may be meant.
      if (roles_[i].role != Role::none && roles_[i].role != Role::caption) continue;
      const bool adjacent = i == j + 1;
      const bool short_line = words_[i] <= 45 && (adjacent || !ends_like_sentence(blocks_[i].text));
      if (short_line && undecided_before(j) && !blocks_[j].kind && roles_[j].role == Role::none && !blocks_[j].bullet) {
        blocks_[j].kind = SectionKind::caption;
      }
      blocks_[i].kind = SectionKind::boilerplate;
    }
  }

  // Whether anything but furniture stands before: what comes first may be the headline, said again below it.
  bool undecided_before(std::size_t i) const {
    if (from_markup_ || draft_.title) return i > 0;
    for (std::size_t j = 0; j < i && j < kFrontBlocks; ++j) {
      if (undecided(j)) return true;
    }
    return i >= kFrontBlocks;
  }

  bool is_title(std::size_t i) const {
    const std::string& text = blocks_[i].text;
    if (blocks_[i].bullet || words_[i] > kLongestHeadline || text.size() > 400) return false;
    if (is_lower(decode_utf8(text, 0).value)) return false;
    const char last = text.back();
    if (last == ':' || last == ',' || last == ';') return false;
    if (last != '.') return true;
    // "… of the U.S." is no full stop.
    return text.size() > 3 && text[text.size() - 3] == '.';
  }

  void find_front() {
    std::size_t head = blocks_.size();
    if (draft_.title) {
      const std::string key = cue_key(*draft_.title);
      for (std::size_t i = 0; i < std::min<std::size_t>(blocks_.size(), 8); ++i) {
        if (cue_key(blocks_[i].text) == key) {
          head = i;
          break;
        }
      }
      if (head == blocks_.size()) {
        insert_title();
        head = 0;
      }
    } else {
      std::size_t i = 0;
      while (i < std::min(blocks_.size(), kFrontBlocks) && !undecided(i)) ++i;
      if (i >= blocks_.size() || !undecided(i) || !is_title(i) || !prose_follows(i)) return;
      head = i;
    }
    blocks_[head].kind = SectionKind::headline;
    for (std::size_t i = 0; i < head; ++i) {
      if (undecided(i)) blocks_[i].kind = SectionKind::label;
    }
    settle_front(head);
  }

  void insert_title() {
    Block block;
    block.text = *draft_.title;
    blocks_.insert(blocks_.begin(), std::move(block));
    if (blocks_.size() > 1) blocks_[1].gap_before = true;
    roles_.insert(roles_.begin(), LineRole{});
    words_.push_back(count_words(blocks_.front().text));
    std::rotate(words_.rbegin(), words_.rbegin() + 1, words_.rend());
  }

  bool prose_follows(std::size_t i) const {
    for (std::size_t j = i + 1; j < blocks_.size(); ++j) {
      if (is_prose(j) || blocks_[j].bullet) return true;
    }
    return false;
  }

  // Furniture of a front, and what may stand in a front or among the paragraphs: pictures, summaries.
  enum class Furniture { none, front, either };
  Furniture furniture(std::size_t i) const {
    if (blocks_[i].kind == SectionKind::caption || blocks_[i].kind == SectionKind::key_takeaways) {
      return Furniture::either;
    }
    switch (roles_[i].role) {
      case Role::byline:
      case Role::agency:
      case Role::published:
      case Role::updated:
      case Role::label:
        return Furniture::front;
      case Role::caption:
        return Furniture::either;
      default:
        return Furniture::none;
    }
  }

  void settle_front(std::size_t head) {
    mark_name_line(head);
    // The last piece of furniture with at most one stretch of prose, the dek, before it. A picture or a
    // summary behind prose proves a dek only when that is one short sentence right under the headline.
    std::size_t last = head;
    std::size_t prose = 0;
    bool short_prose = false;
    bool front_before_prose = false;
    bool front_after_prose = false;
    for (std::size_t i = head + 1; i < std::min(blocks_.size(), head + kFrontBlocks); ++i) {
      const Furniture kind = furniture(i);
      if (kind == Furniture::front) {
        last = i;
        (prose == 0 ? front_before_prose : front_after_prose) = true;
      } else if (kind == Furniture::either) {
        if (prose == 0 || front_after_prose || (short_prose && !front_before_prose)) last = i;
      }
      if (!undecided(i)) continue;
      if (blocks_[i].bullet || words_[i] > kLongestDek) break;
      if (find_dateline(blocks_[i].text, cues_).text_begin > 0) break;
      if (is_prose(i)) {
        if (++prose > 1) break;
        short_prose = words_[i] <= 35 && blocks_[i].text.find(". ") == std::string::npos;
      }
    }
    bool dek = false;
    bool front_seen = false;
    for (std::size_t i = head + 1; i <= last; ++i) {
      if (!undecided(i)) {
        front_seen = front_seen || furniture(i) == Furniture::front;
        continue;
      }
      if (!dek && words_[i] >= 5 && (!front_seen || is_prose(i))) {
        blocks_[i].kind = SectionKind::dek;
        dek = true;
      } else {
        blocks_[i].kind = words_[i] >= 5 ? SectionKind::caption : SectionKind::label;
      }
    }
    // One line that is no sentence, between the front and prose.
    const std::size_t next = last + 1;
    if (next + 1 < blocks_.size() && undecided(next) && !blocks_[next].bullet && words_[next] >= 5 &&
        words_[next] <= kLongestDek && !ends_like_sentence(blocks_[next].text) && is_prose(next + 1) &&
        find_dateline(blocks_[next].text, cues_).text_begin == 0 && !is_dateline_alone(blocks_[next])) {
      blocks_[next].kind = front_seen || dek ? SectionKind::caption : SectionKind::dek;
    }
  }

  // A line that is a person's name, in the front, where no cue gave a byline.
  void mark_name_line(std::size_t head) {
    for (std::size_t i = head + 1; i < std::min(blocks_.size(), head + 9); ++i) {
      if (roles_[i].role == Role::byline) return;
    }
    const std::string title = fold_case(blocks_[head].text);
    for (std::size_t i = head + 1; i < std::min(blocks_.size(), head + 7); ++i) {
      if (!undecided(i)) continue;
      if (blocks_[i].bullet || words_[i] > kLongestDek) return;
      if (words_[i] > 12) continue;
      std::vector<std::string> names = names_in_byline(blocks_[i].text, cues_);
      if (names.empty() || title.find(fold_case(names.front())) != std::string::npos) continue;
      roles_[i].role = Role::byline;
      roles_[i].names = std::move(names);
      return;
    }
  }

  // "Key Takeaways" with its bullets, "Why this matters" with its paragraph.
  void find_sections() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].kind) continue;
      const Role role = roles_[i].role;
      if (role == Role::takeaways_inline || role == Role::why_inline) {
        split_cue(i, role == Role::why_inline ? SectionKind::why_it_matters : SectionKind::key_takeaways);
      } else if (role == Role::head_inline) {
        split_cue(i, SectionKind::body);
      } else if (role == Role::takeaways_heading || opens_list(i)) {
        if (take_list(i + 1, SectionKind::key_takeaways)) blocks_[i].kind = SectionKind::label;
      } else if (role == Role::why_heading) {
        if (take_list(i + 1, SectionKind::why_it_matters)) blocks_[i].kind = SectionKind::label;
      }
    }
  }

  // "Key takeaways from the talks" above bullets: the cue, words more, the shape of a heading.
  bool opens_list(std::size_t i) const {
    if (roles_[i].role != Role::none || blocks_[i].bullet || words_[i] > 10 ||
        i + 1 >= blocks_.size() || !blocks_[i + 1].bullet) {
      return false;
    }
    const std::string& text = blocks_[i].text;
    return cues_.key_takeaways.prefix(text) > 0 && (text.back() == ':' || !ends_like_sentence(text));
  }

  void split_cue(std::size_t i, SectionKind kind) {
    Block& block = blocks_[i];
    const std::uint32_t cue = roles_[i].cue_end;
    auto begin = cue;
    while (begin < block.text.size() && block.text[begin] == ' ') ++begin;
    if (begin >= block.text.size()) return;
    const auto end = static_cast<std::uint32_t>(block.text.size());
    block.pieces = {{SectionKind::label, 0, cue}, {kind, begin, end}};
    block.kind = kind;
    // "Key points: first" may go on in bullets.
    if (kind == SectionKind::body) return;
    for (std::size_t j = i + 1; j < blocks_.size() && takes_part(j) && blocks_[j].bullet; ++j) {
      blocks_[j].kind = kind;
    }
  }

  bool takes_part(std::size_t i) const {
    const Role role = roles_[i].role;
    return !blocks_[i].kind && (role == Role::none || role == Role::caption || role == Role::label);
  }

  // The blocks from `i` on that a heading speaks of. Whether there are any.
  bool take_list(std::size_t i, SectionKind kind) {
    const std::size_t begin = i;
    while (i < blocks_.size() && takes_part(i) && blocks_[i].bullet) blocks_[i++].kind = kind;
    if (i > begin) return true;
    if (i >= blocks_.size() || !takes_part(i)) return false;
    if (kind == SectionKind::why_it_matters) {
      blocks_[i].kind = kind;
      return true;
    }
    // Bullets that lost their marks: lines that stand together, or else short paragraphs.
    std::size_t end = i + 1;
    while (end < blocks_.size() && takes_part(end) && !blocks_[end].gap_before && words_[end] <= 40 &&
           find_dateline(blocks_[end].text, cues_).text_begin == 0) {
      ++end;
    }
    if (end == i + 1) {
      while (end < blocks_.size() && end < i + 8 && takes_part(end) && words_[end] <= 32 && words_[i] <= 32 &&
             words_[end] >= 4 && !blocks_[end].heading && !blocks_[end].bullet &&
             find_dateline(blocks_[end].text, cues_).text_begin == 0) {
        ++end;
      }
    }
    while (i < end) blocks_[i++].kind = kind;
    return true;
  }

  // Two bullets or more between the front and the first prose sum the report up.
  void take_leading_bullets() {
    std::size_t i = 0;
    bool headline = false;
    while (i < blocks_.size() && (blocks_[i].kind || roles_[i].role != Role::none)) {
      headline = headline || blocks_[i].kind == SectionKind::headline;
      if (blocks_[i].kind == SectionKind::body) return;
      ++i;
    }
    std::size_t end = i;
    while (end < blocks_.size() && undecided(end) && blocks_[end].bullet) ++end;
    if (!headline || from_markup_ || end < i + 2 || end >= blocks_.size()) return;
    for (; i < end; ++i) blocks_[i].kind = SectionKind::key_takeaways;
  }

  // "Read more:" and the headlines below it.
  void find_related_lists() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].kind || roles_[i].role != Role::related || words_[i] > 6) continue;
      for (std::size_t j = i + 1; j < blocks_.size() && j < i + 12 && undecided(j); ++j) {
        const bool title = !ends_like_sentence(blocks_[j].text) && words_[j] <= 24;
        if (!blocks_[j].bullet && !(title && !blocks_[j].gap_before)) break;
        if (!title && words_[j] > 24) break;
        blocks_[j].kind = SectionKind::boilerplate;
      }
    }
  }

  // Tags below the last paragraph: lines of a few words that are no sentences. One alone may be the sentence
  // that is cut off, or a signature.
  void take_tail() {
    if (from_markup_) return;
    std::size_t begin = blocks_.size();
    while (begin > 0 && is_tag(begin - 1)) --begin;
    if (begin == 0 || blocks_.size() - begin < 2 || !ends_like_sentence(blocks_[begin - 1].text)) return;
    for (; begin < blocks_.size(); ++begin) {
      if (undecided(begin)) blocks_[begin].kind = SectionKind::label;
    }
  }
  bool is_tag(std::size_t i) const {
    if (!undecided(i)) return blocks_[i].kind == SectionKind::boilerplate || roles_[i].role == Role::boilerplate ||
                              roles_[i].role == Role::related || roles_[i].role == Role::label;
    return !blocks_[i].bullet && !blocks_[i].heading && words_[i] <= 4 && !ends_like_sentence(blocks_[i].text);
  }

  void settle_lines() {
    bool update_follows = false;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      Block& block = blocks_[i];
      const LineRole& role = roles_[i];
      const bool after_update_label = std::exchange(update_follows, false);
      if (block.kind) continue;
      switch (role.role) {
        case Role::label:
          block.kind = SectionKind::label;
          update_follows = cues_.updated.matches(block.text);
          break;
        case Role::published:
        case Role::updated: {
          block.kind = SectionKind::label;
          const bool updated = role.role == Role::updated || after_update_label;
          std::optional<std::string>& place = updated ? draft_.updated : draft_.published;
          // A date that is called the date of publication goes before one that merely stands there.
          const bool named = role.cue_end > 0 && !updated;
          if (!place || (named && bare_date_)) place = role.date;
          if (!updated) bare_date_ = !named && (bare_date_ || place == role.date);
          break;
        }
        case Role::byline:
        case Role::agency:
          block.kind = from_markup_ && role.role == Role::agency ? SectionKind::label : SectionKind::byline;
          if (role.role == Role::byline && !has_names_) {
            if (!from_markup_ || draft_.byline.empty()) draft_.byline = role.names;
            has_names_ = true;
          } else if (draft_.byline.empty()) {
            draft_.byline = role.names;
          }
          break;
        case Role::caption:
          block.kind = SectionKind::caption;
          break;
        case Role::related:
        case Role::boilerplate:
          block.kind = words_[i] <= 90 || role.role == Role::boilerplate ? SectionKind::boilerplate
                                                                        : SectionKind::body;
          break;
        case Role::head:
          block.kind = block.heading ? SectionKind::body : SectionKind::label;
          break;
        case Role::none:
          if (is_job_line(i)) {
            block.kind = SectionKind::byline;
            break;
          }
          block.kind = SectionKind::body;
          break;
        case Role::head_inline:
        case Role::takeaways_heading:
        case Role::takeaways_inline:
        case Role::why_heading:
        case Role::why_inline:
          block.kind = SectionKind::body;
          break;
      }
    }
  }

  // "Diplomatic Correspondent" under a byline.
  bool is_job_line(std::size_t i) const {
    if (from_markup_ || i == 0 || words_[i] > 5 || blocks_[i - 1].kind != SectionKind::byline) return false;
    const std::string& text = blocks_[i].text;
    if (ends_like_sentence(text)) return false;
    const std::size_t space = text.rfind(' ');
    return cues_.byline_roles.matches(space == std::string::npos ? text : text.substr(space + 1));
  }

  // Of the first two body paragraphs: a note may stand before the first.
  void find_datelines() {
    std::size_t seen = 0;
    for (Block& block : blocks_) {
      if (block.kind != SectionKind::body || !block.pieces.empty()) continue;
      const Dateline found = find_dateline(block.text, cues_);
      if (found.text_begin > 0) {
        block.pieces = {{SectionKind::dateline, 0, found.end},
                        {SectionKind::body, found.text_begin,
                         static_cast<std::uint32_t>(block.text.size())}};
        take_filing_date(std::string_view(block.text).substr(0, found.end));
        return;
      }
      if (is_dateline_alone(block)) {
        block.kind = SectionKind::dateline;
        take_filing_date(block.text);
        return;
      }
      if (++seen == 2) return;
    }
  }

  // "HAVANA, June 9, 2023" as a line of its own: what would be a dateline if prose came after it.
  bool is_dateline_alone(const Block& block) const {
    constexpr std::size_t kLongest = 40;
    return block.text.size() <= kLongest && !block.bullet && find_date(block.text, cues_) &&
           find_dateline(block.text + " - And", cues_).text_begin > 0;
  }

  // "PRETORIA, Nov 2, 2022": the day it was filed, where nothing says when it was published.
  void take_filing_date(std::string_view dateline) {
    constexpr std::size_t kDay = 10;  // "2022-11-02"
    const auto filed = find_date(dateline, cues_);
    if (filed && filed->iso.size() >= kDay && !draft_.published && !draft_.updated) draft_.published = filed->iso;
  }

  // "… the ministry said. (Reporting by Jane Doe; Editing by John Roe)"
  void split_trailing_credits() {
    for (Block& block : blocks_) {
      if (block.kind != SectionKind::body || block.text.empty()) continue;
      const char close = block.text.back();
      if (close != ')' && close != ']') continue;
      const std::size_t open = block.text.rfind(close == ')' ? '(' : '[');
      if (open == std::string::npos || open == 0 || block.text.size() - open > 400) continue;
      const std::string_view inside = std::string_view(block.text).substr(open);
      if (role_of_line(inside, cues_).role != Role::boilerplate) continue;
      std::uint32_t end = static_cast<std::uint32_t>(open);
      while (end > 0 && block.text[end - 1] == ' ') --end;
      if (end == 0) continue;
      if (block.pieces.empty()) block.pieces = {{SectionKind::body, 0, end}};
      if (block.pieces.back().begin >= end) continue;
      block.pieces.back().end = end;
      block.pieces.push_back({SectionKind::boilerplate, static_cast<std::uint32_t>(open),
                              static_cast<std::uint32_t>(block.text.size())});
    }
  }

  // Whether the last paragraph of the body stops in mid-sentence.
  bool breaks_off() const {
    std::size_t last = blocks_.size();
    std::size_t paragraphs = 0;
    std::size_t closed = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      if (blocks_[i].kind != SectionKind::body) continue;
      last = i;
      if (blocks_[i].heading || blocks_[i].bullet || words_[i] < 8) continue;
      ++paragraphs;
      closed += ends_like_sentence(body_text(blocks_[i]));
    }
    if (last == blocks_.size() || blocks_[last].bullet || blocks_[last].heading) return false;
    const std::string_view text = body_text(blocks_[last]);
    if (ends_in_ellipsis(text)) return true;
    if (ends_like_sentence(text) || words_[last] < 4) return false;
    const bool inner_stop = text.find(". ") != std::string_view::npos;
    // Short lines at the end are headings or signatures unless the text around them is closed prose.
    if (words_[last] < 8 && !inner_stop) return false;
    return inner_stop || (paragraphs > 1 && closed * 2 >= paragraphs - 1 && closed > 0);
  }

  static std::string_view body_text(const Block& block) {
    for (const Piece& piece : block.pieces) {
      if (piece.kind == SectionKind::body) {
        return std::string_view(block.text).substr(piece.begin, piece.end - piece.begin);
      }
    }
    return block.text;
  }

  // "…", "...", "[…]", and "[+1234 chars]" as news interfaces cut.
  static bool ends_in_ellipsis(std::string_view text) {
    const auto ends = [&](std::string_view tail) {
      return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
    };
    if (ends(" chars]") && text.rfind("[+") != std::string_view::npos) return true;
    return ends("…") || ends("...") || ends("[…]") || ends("[...]") || ends("(…)");
  }

  Draft& draft_;
  std::vector<Block>& blocks_;
  const Cues& cues_;
  bool from_markup_;
  bool has_names_ = false;
  bool bare_date_ = false;  // `published` comes from a line that is only a date
  std::vector<LineRole> roles_;
  std::vector<std::size_t> words_;
};

}  // namespace

bool find_structure(Draft& draft, const Cues* cues, bool from_markup) {
  static const Cues no_cues;
  return StructureFinder(draft, cues != nullptr ? *cues : no_cues, from_markup).run();
}

}  // namespace parley::page
