// Cue lists: the words by which pages mark their furniture, from data/page/*.toml.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "page/html_names.h"
#include "parley/result.h"

namespace parley {

namespace page {

/// The key cues are compared by: case folded, quotes straight, runs of spaces one, punctuation and marks
/// at either end gone. "Key Takeaways:" and "» KEY TAKEAWAYS" have one key.
std::string cue_key(std::string_view text);

/// The letters and digits that the text begins with, folded, decoration before them passed over.
std::string first_word(std::string_view text);

/// Phrases that are looked up whole or as the beginning of a line.
class PhraseSet {
 public:
  void add(std::string_view phrase);
  bool empty() const { return phrases_.empty(); }
  /// Whether the text is one of the phrases.
  bool matches(std::string_view text) const;
  /// `matches` and `prefix` where the text's first word is known: of many sets nearly all say no by it.
  bool matches(std::string_view text, const std::string& first_word) const;
  std::size_t prefix(std::string_view text, const std::string& first_word) const;
  /// Bytes of the longest phrase that the text begins with, up to the end of its last word; 0 for none.
  std::size_t prefix(std::string_view text) const;

 private:
  std::unordered_set<std::string> phrases_;
  std::unordered_set<std::string> first_runs_;
  std::size_t longest_ = 0;  // in words
  std::size_t longest_bytes_ = 0;
};

/// What JSON reports call their fields, as keys of `field_key`.
struct FieldNames {
  std::vector<std::string> id, text, html, title, dek, published, updated, publisher, uri, language, author;
  std::unordered_set<std::string> lists;
};
/// A field's name without case, spaces, '_' and '-': "publishedAt", "published_at" have one key.
std::string field_key(std::string_view name);

}  // namespace page

class Cues {
 public:
  page::PhraseSet why_it_matters;      ///< headings
  page::PhraseSet key_takeaways;       ///< headings
  page::PhraseSet section_heads;       ///< of parts of the body: "Background", "What's next"
  page::PhraseSet labels;              ///< whole lines
  page::PhraseSet label_openings;      ///< "Reading time"
  page::PhraseSet published;           ///< before a date
  page::PhraseSet updated;             ///< before a date
  page::PhraseSet byline;              ///< before names: "by"
  page::PhraseSet byline_joiners;      ///< between names: "and"
  page::PhraseSet byline_places;       ///< after names, before a place: "in"
  page::PhraseSet byline_roles;        ///< "correspondent"; a line's last words
  page::PhraseSet name_particles;      ///< lower-case words inside names: "van"
  page::PhraseSet not_names;           ///< words that no person's name has: "the", "news"
  page::PhraseSet agencies;            ///< sources in datelines and bylines
  page::PhraseSet captions;            ///< openings
  page::PhraseSet related;             ///< openings: "read more"
  page::PhraseSet boilerplate_lines;   ///< whole lines
  page::PhraseSet boilerplate_openings;
  page::PhraseSet credits;             ///< openings of the tail: "reporting by"
  page::PhraseSet corrections;         ///< openings
  std::vector<std::string> caption_marks;       ///< anywhere in a short line, folded
  std::vector<std::string> boilerplate_marks;   ///< anywhere in a short line, folded
  std::unordered_map<std::string, int> months;  ///< folded name: 1 to 12
  std::unordered_map<std::string, std::string> zones;  ///< folded name: "Z", "-04:00"
  std::unordered_set<std::string> weekdays;
  std::unordered_set<std::string> date_fillers;   ///< words inside dates: "of"
  std::unordered_set<std::string> year_marks, month_marks, day_marks;  ///< behind numbers: "年"
  page::NameTable markup;              ///< names of classes and ids in HTML
  page::FieldNames fields;
  std::unordered_map<std::string, std::string> encodings;   ///< folded label: the encoding's name
  std::unordered_map<std::string, std::string> converters;  ///< the encoding's name: ICU's
  std::unordered_set<std::string> passed_over_endings;  ///< of a folder's files, folded, without the dot
};

namespace page {

/// A date as it stands in a text, with what follows it.
struct FoundDate {
  std::string iso;       ///< "2021-05-03", "2021-05-03T10:30Z", "2021-05"
  std::size_t end = 0;   ///< bytes read
  std::size_t begin = 0; ///< where it stands, in what `find_date` looked through
};

/// What "03/05/2021" means where the page's language says it.
enum class DateOrder : std::uint8_t { unknown, day_first, month_first };
/// By a language tag: "en-US" has the month first, languages other than English the day.
DateOrder date_order(std::string_view language);

/// The date that the text begins with (white space, weekdays and commas before it are passed over), day
/// and month in words or year first, perhaps with a time of day. Nothing when day and month could be
/// either ("03/05/2021") and `order` does not say.
std::optional<FoundDate> parse_date(std::string_view text, const Cues& cues, DateOrder order = DateOrder::unknown);

/// The first date with a day and a year from 1990 on that stands anywhere in a short text; `end` is where
/// it ends in the text.
std::optional<FoundDate> find_date(std::string_view text, const Cues& cues, DateOrder order = DateOrder::unknown);

/// An ISO 8601 date or date-time as machines write it, tidied: "2021-05-03T10:30:00+0000" gives
/// "2021-05-03T10:30:00Z". Nothing when it is none.
std::optional<std::string> tidy_iso_date(std::string_view text);

}  // namespace page
}  // namespace parley
