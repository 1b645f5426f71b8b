// Dates and authors among the runs of text around an article.
//
// Idea: every short run with a date is a candidate, and where it stands says how far it is to be trusted:
// under the headline and called a date, most; in a list of other stories, least. Words before a date
// ("Published", "Last updated") say which of the two it is. Authors are sought where the page marks them,
// then under the headline, then below the text.
// Example: <h1>…</h1><p class=date>4 March 2022</p><p>…</p> is dated 4 March 2022; a teaser's date beside
// it is not. Counter-example: "19.1.23, 10:00-11:30" over the headline is when something takes place.
// Cost: linear in the runs. Covered by tests/page/html_fields_test.cc.
#include "page/html_credits.h"

#include <algorithm>
#include <utility>

#include "page/draft.h"
#include "page/lineroles.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

constexpr std::uint32_t kNearHead = 40;  // elements before the headline
constexpr std::size_t kLeastLabel = 6;  // bytes of a word or words that name a date inside a line

class CreditsFinder {
 public:
  CreditsFinder(const FoundArticle& found, std::vector<std::string> byline, const Cues& cues)
      : found_(found), elements_(found.elements), runs_(found.runs), keep_(found.keep), cues_(cues),
        order_(date_order(found.facts.language)), end_(keep_.size()) {
    out_.byline = std::move(byline);
    while (first_ < keep_.size() && !keep_[first_]) ++first_;
    while (end_ > 0 && !keep_[end_ - 1]) --end_;
    head_ = found.headline_run < runs_.size() ? found.headline_run : first_;
  }

  Credits run() {
    find_dates();
    // Names in the page's own data go before any that is found here.
    const std::vector<std::string>& given = found_.facts.authors;
    if (!std::all_of(given.begin(), given.end(), is_login)) return std::move(out_);
    if (out_.byline.empty()) find_marked_authors();
    if (out_.byline.empty()) find_authors_above();
    if (out_.byline.empty()) find_authors_below();
    if (out_.byline.empty()) find_signature();
    return std::move(out_);
  }

 private:
  bool within_root(std::uint32_t element) const { return element >= found_.root && element < root_end(); }
  std::uint32_t root_end() const { return elements_[found_.root].end; }

  static void better(PageDate& place, const std::string& iso, int trust) {
    if (trust > place.trust) place = {iso, trust};
  }

  void find_dates() {
    for (const PageFacts::Time& time : found_.page.times) {
      const auto iso = tidy_iso_date(time.datetime);
      if (!iso || iso->size() < 10) continue;
      int trust = found_.firmly_dropped[time.element] ? 1 : 4;
      if (trust > 1 && time.element >= root_end()) trust = 3;
      better(out_.published, *iso, trust);
    }
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      if (runs_[i].text.size() >= 6) look_for_dates(i);
    }
  }

  void look_for_dates(std::size_t i) {
    const Run& run = runs_[i];
    const bool near = i + 8 >= head_ && i <= first_ + 2;
    if (run.text.size() > 240 && !near) return;
    // "Press release of 25 January 2022 | …" opens a paragraph.
    const std::string_view text = std::string_view(run.text).substr(0, run.text.size() > 240 ? 80 : 240);
    if (text.find_first_of("0123456789") == std::string_view::npos) return;
    const bool below = i + 2 >= end_ && i <= end_ + 8;
    const bool named = has_trait_near(elements_, run.element, kDateNamed);
    const bool in_article = within_root(run.element) || i <= end_ + 8;
    if (!near && !below && !(named && in_article) && run.text.size() > 100) return;
    std::size_t done = 0;
    for (int count = 0; count < 3; ++count) {
      const auto date = find_date(text.substr(done), cues_, order_);
      if (!date) return;
      const std::string_view label = trim(text.substr(done, date->begin));
      const bool only = count == 0 && date->begin == 0 && text.size() < date->end + 6;
      done += date->end;
      Label says = label_of(count == 0 ? text : label, label);
      // "Last updated" may stand by itself in front.
      if (says == Label::none && only && i > 0 && runs_[i - 1].chars <= 40) says = label_of(runs_[i - 1].text, runs_[i - 1].text);
      int trust = 2;
      if (named) trust = 4;
      if (near) trust = run.text.size() < 120 ? (named ? 8 : kSureDate) + only : 4;
      if (below && !near) trust = named || says == Label::published ? 5 : 3;
      if (!near && !below && !in_article) trust = 1;
      if (says == Label::published) trust += 2;
      if (near && cues_.byline.prefix(text) > 0) ++trust;  // "by jane » 3 May 2021"
      const bool dropped = found_.firmly_dropped[run.element];
      if (dropped) trust = near && i > head_ && only ? kSureDate - 1 : std::min(trust, near ? 3 : 1);
      if (keep_[i] && !named && !only && says != Label::published) trust = std::min(trust, 2);
      if (i == found_.headline_run) trust = std::min(trust, 2);
      if (trust >= kSureDate && says != Label::updated) out_.by_headline.push_back(date->iso);
      better(says == Label::updated ? out_.updated : out_.published, date->iso, trust);
    }
  }

  enum class Label { none, published, updated };

  // What the words before a date say of it: those that the line opens with, or the last few.
  Label label_of(std::string_view line, std::string_view before) const {
    const std::size_t updated = cues_.updated.prefix(line);
    const std::size_t published = cues_.published.prefix(line);
    if (updated > published) return Label::updated;
    if (published > 0) return Label::published;
    std::size_t begin = before.size();
    for (int words = 0; words < 3 && begin > 0; ++words) {
      const std::size_t space = before.rfind(' ', begin - 1);
      begin = space == std::string_view::npos ? 0 : space;
      const std::string_view last = trim(before.substr(begin));
      if (last.size() < kLeastLabel) continue;  // "on", "vom": of many a date
      if (cues_.updated.matches(last)) return Label::updated;
      if (cues_.published.matches(last)) return Label::published;
    }
    return Label::none;
  }

  // One author, or the names of a line.
  void take(std::string_view text) {
    const std::string name(before_date_words(tidy_author(text, cues_)));
    if (name.empty() || name.size() > 80 || count_words(name) > 6) return;
    std::vector<std::string> names = names_in_byline(name, cues_);
    for (std::string& one : names) {
      add_author(cues_.agencies.matches(one) ? out_.handles : out_.byline, std::move(one));
    }
    if (names.empty() && count_words(name) <= 4 && is_handle(name)) add_author(out_.handles, name);
  }

  // Names that the page marks as authors: those that follow the headline before those over it, and what
  // stands among furniture only where it is one name alone.
  void find_marked_authors() {
    const std::uint32_t head = head_ < runs_.size() ? runs_[head_].element : 0;
    take_marked(head > kNearHead ? head - kNearHead : 0, false);
    if (out_.byline.empty() && out_.handles.empty()) take_marked(0, false);
    if (!out_.byline.empty() || !out_.handles.empty()) return;
    take_marked(head > kNearHead ? head - kNearHead : 0, true);
    if (out_.byline.size() + out_.handles.size() > 1) out_.byline.clear(), out_.handles.clear();
  }

  void take_marked(std::uint32_t from, bool dropped) {
    std::uint32_t before = kNoElement;
    for (const PageFacts::Author& author : found_.page.authors) {
      if (author.element < from || found_.firmly_dropped[author.element] != dropped) continue;
      if (before != kNoElement && author.element > elements_[before].end + 12 && !dropped) break;  // of another story
      take(author.text);
      before = author.element;
    }
  }

  void find_authors_above() {
    for (std::size_t i = head_ > 6 ? head_ - 6 : 0; i < std::min(runs_.size(), first_ + 3) && out_.byline.empty(); ++i) {
      const Run& run = runs_[i];
      if (i == found_.headline_run || run.text.size() > 160 || (keep_[i] && run.text.size() > 100)) continue;
      if (has_trait_near(elements_, run.element, kBylineNamed, 2) && !found_.firmly_dropped[run.element]) {
        take(run.text);
      } else if (!take_beside_date(run.text)) {
        take_inside(run.text);
      }
    }
  }

  void find_authors_below() {
    for (std::size_t i = first_; i < runs_.size() && out_.byline.empty(); ++i) {
      const Run& run = runs_[i];
      if (run.element >= root_end() + 40) break;
      if (run.text.size() > 100 || found_.firmly_dropped[run.element]) continue;
      if (has_trait_near(elements_, run.element, kBylineNamed, 2)) take(run.text);
      const LineRole role = keep_[i] && i > first_ + 3 ? LineRole{} : role_of_line(run.text, cues_);
      if (role.role == Role::byline && within_root(run.element)) out_.byline = role.names;
    }
  }

  // A name alone under the last paragraph.
  void find_signature() {
    for (std::size_t i = end_; i-- > 0 && i + 3 > end_;) {
      if (!keep_[i] || has_trait_near(elements_, runs_[i].element, kHeading, 1)) continue;
      if (is_person_name(runs_[i].text, cues_)) add_author(out_.byline, runs_[i].text);
    }
  }

  // "3 May 2021 - Jane Doe", "Jane Doe, 3 May 2021".
  bool take_beside_date(std::string_view text) {
    if (text.size() > 80) return false;
    const auto date = find_date(text, cues_, order_);
    if (!date) return false;
    const auto bare_of = [](std::string_view part) {
      const std::size_t begin = part.find_first_not_of(" ,|-/");
      if (begin == std::string_view::npos) return std::string_view();
      part.remove_prefix(begin);
      return part.substr(0, part.find_last_not_of(" ,|-/") + 1);
    };
    for (const std::string_view part : {bare_of(text.substr(0, date->begin)), bare_of(text.substr(date->end))}) {
      const std::string_view name = bare_of(part.substr(part.rfind('|') == std::string_view::npos ? 0 : part.rfind('|') + 1));
      if (!is_person_name(name, cues_)) continue;
      add_author(out_.byline, std::string(name));
      return true;
    }
    return false;
  }

  // "3 May 2021 by Jane Doe": a cue inside a short line, names behind it.
  void take_inside(std::string_view text) {
    for (std::size_t space = text.find(' '); space != std::string_view::npos; space = text.find(' ', space + 1)) {
      const std::string_view rest = text.substr(space + 1);
      const std::size_t by = cues_.byline.prefix(rest);
      if (by == 0 || by >= rest.size() || (rest[by] != ' ' && rest[by] != ':')) continue;
      // Words to the next sign or number.
      std::string_view names = trim(rest.substr(rest[by] == ':' ? by + 1 : by));
      const std::size_t end = std::min({names.find_first_of("0123456789|()/"), names.find(" • "), names.find(" – "), names.find(" - "), names.find(" · ")});
      names = trim(names.substr(0, end));
      names = before_date_words(names);
      while (!names.empty() && (names.back() == ',' || names.back() == '.')) names.remove_suffix(1);
      const bool dated = find_date(text, cues_, order_).has_value();
      if (!names.empty() && (dated || !names_in_byline(names, cues_).empty())) take(names);
      return;
    }
  }

  // "Jane on Monday" without what belongs to the date behind it.
  std::string_view before_date_words(std::string_view names) const {
    for (std::size_t space = names.find(' '); space != std::string_view::npos; space = names.find(' ', space + 1)) {
      const std::string_view rest = names.substr(space + 1);
      const std::string_view word = rest.substr(0, rest.find(' '));
      if (!cues_.published.matches(word) && cues_.weekdays.count(fold_case(word)) == 0) continue;
      names = names.substr(0, space);
      break;
    }
    // "on", "am", "le": what leads to the date.
    const std::size_t space = names.rfind(' ');
    if (space == std::string_view::npos || names.size() - space > 4) return names;
    const std::string_view last = names.substr(space + 1);
    const bool small = std::all_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return small ? names.substr(0, space) : names;
  }

  // A name of one word, or as people sign in forums; not "more", "profile" or "by".
  bool is_handle(std::string_view name) const {
    if (name.size() < 2 || name.find("©") != std::string_view::npos || name.find(':') != std::string_view::npos) return false;
    if (cues_.labels.matches(name) || cues_.boilerplate_lines.matches(name) || cues_.byline.matches(name)) return false;
    if (cues_.related.prefix(name) > 0 || cues_.published.prefix(name) > 0) return false;
    for (std::size_t pos = 0; pos < name.size();) {
      const std::size_t end = std::min(name.find(' ', pos), name.size());
      const std::string_view word = name.substr(pos, end - pos);
      if (cues_.not_names.matches(word) && !cues_.name_particles.matches(word)) return false;
      pos = end + 1;
    }
    return !find_date(name, cues_, order_);
  }

  const FoundArticle& found_;
  const std::vector<Element>& elements_;
  const std::vector<Run>& runs_;
  const std::vector<bool>& keep_;
  const Cues& cues_;
  DateOrder order_;
  std::size_t first_ = 0;   // the article's first run
  std::size_t end_;         // behind its last
  std::size_t head_ = 0;    // the headline, else the first run
  Credits out_;
};

}  // namespace

Credits find_credits(const FoundArticle& found, std::vector<std::string> byline, const Cues& cues) {
  return CreditsFinder(found, std::move(byline), cues).run();
}

}  // namespace parley::page
