// Loading and looking up cue lists.
#include "page/cues.h"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>
#include <variant>

#include "page/page.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace page {
namespace {

// What stands around a cue without being of it: punctuation, brackets, marks, emoji; not letters,
// digits, and not the copyright sign, which is a cue itself.
bool is_decoration(char32_t c) {
  return !is_letter(c) && !is_digit(c) && c != 0x00A9 && c != '%' && c != '&' && c != '@';
}

// The end of the word that begins at `pos`.
std::size_t word_end(std::string_view text, std::size_t pos) {
  while (pos < text.size()) {
    const CodePoint c = decode_utf8(text, pos);
    if (is_space(c.value)) break;
    pos += c.size;
  }
  return pos;
}

std::size_t skip_spaces(std::string_view text, std::size_t pos) {
  while (pos < text.size()) {
    const CodePoint c = decode_utf8(text, pos);
    if (!is_space(c.value)) break;
    pos += c.size;
  }
  return pos;
}

std::size_t words_in_key(std::string_view key) {
  return key.empty() ? 0 : static_cast<std::size_t>(std::count(key.begin(), key.end(), ' ')) + 1;
}

}  // namespace

std::string cue_key(std::string_view text) {
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text, 0);
    if (!is_decoration(c.value)) break;
    text.remove_prefix(c.size);
  }
  while (!text.empty()) {
    const CodePoint c = decode_utf8_before(text, text.size());
    if (!is_decoration(c.value)) break;
    text.remove_suffix(c.size);
  }
  std::string out;
  out.reserve(text.size());
  bool space = false;
  const std::string folded = fold_case(text);
  for (std::size_t pos = 0; pos < folded.size();) {
    const auto byte = static_cast<unsigned char>(folded[pos]);
    if (byte > ' ' && byte < 0x7F) {  // nearly all
      if (space) out += ' ';
      space = false;
      out += folded[pos++];
      continue;
    }
    const CodePoint c = decode_utf8(folded, pos);
    if (is_space(c.value)) {
      space = !out.empty();
    } else {
      if (space) out += ' ';
      space = false;
      if (c.value == 0x2018 || c.value == 0x2019) {
        out += '\'';
      } else {
        out.append(folded, pos, c.size);
      }
    }
    pos += c.size;
  }
  return out;
}

std::string field_key(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, 64)) {
    if (c == ' ' || c == '_' || c == '-') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return out;
}

std::string first_word(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    const CodePoint c = decode_utf8(text, begin);
    if (!is_decoration(c.value)) break;
    begin += c.size;
  }
  std::size_t end = begin;
  while (end < text.size() && end - begin < 48) {
    const CodePoint c = decode_utf8(text, end);
    if (!is_letter(c.value) && !is_digit(c.value)) break;
    end += c.size;
  }
  return fold_case(text.substr(begin, end - begin));
}

void PhraseSet::add(std::string_view phrase) {
  std::string key = cue_key(phrase);
  longest_ = std::max(longest_, words_in_key(key));
  longest_bytes_ = std::max(longest_bytes_, key.size());
  first_runs_.insert(first_word(key));
  if (!key.empty()) phrases_.insert(std::move(key));
}

bool PhraseSet::matches(std::string_view text, const std::string& first_word) const {
  return first_runs_.count(first_word) > 0 && matches(text);
}

std::size_t PhraseSet::prefix(std::string_view text, const std::string& first_word) const {
  return first_runs_.count(first_word) > 0 ? prefix(text) : 0;
}

bool PhraseSet::matches(std::string_view text) const {
  // A line much longer than any phrase need not be folded.
  return !phrases_.empty() && text.size() <= longest_bytes_ * 2 + 64 &&
         phrases_.count(cue_key(text)) > 0;
}

std::size_t PhraseSet::prefix(std::string_view text) const {
  // Nearly every line ends here.
  if (phrases_.empty() || first_runs_.count(first_word(text)) == 0) return 0;
  std::size_t found = 0;
  std::size_t pos = skip_spaces(text, 0);
  for (std::size_t words = 0; words < longest_ + 1 && pos < text.size() && pos < 512; ++words) {
    const std::size_t end = word_end(text, pos);
    // "Update:The" and "why-it-matters": a phrase may end inside a run, before punctuation.
    for (std::size_t stop = pos; stop < end;) {
      const CodePoint c = decode_utf8(text, stop);
      stop += c.size;
      const bool boundary =
          stop == end || c.value == 0x00A9 || is_decoration(decode_utf8(text, stop).value);
      if (boundary && phrases_.count(cue_key(text.substr(0, stop))) > 0) {
        if (!is_decoration(c.value)) found = stop;
      }
      if (stop - pos > 128) break;
    }
    pos = skip_spaces(text, end);
  }
  return found;
}

}  // namespace page

namespace {

// Collects mistakes; the message of the whole loading is all of them.
class Mistakes {
 public:
  explicit Mistakes(std::string file) : file_(std::move(file)) {}
  void add(const toml::source_region& where, const std::string& what) {
    if (!text_.empty()) text_ += '\n';
    text_ += file_ + ':' + std::to_string(where.begin.line) + ':' +
             std::to_string(where.begin.column) + ": error: " + what;
  }
  const std::string& text() const { return text_; }

 private:
  std::string file_;
  std::string text_;
};

using NumberedNames = std::unordered_map<std::string, int>;
using NamedStrings = std::unordered_map<std::string, std::string>;
using WordSet = std::unordered_set<std::string>;
// Where the values of one key go.
struct MarkupTarget {
  page::NameTable* table;
  std::uint32_t traits;
};
struct MarkupWords {
  page::NameTable* table;
  void (page::NameTable::*add)(std::string_view);
};
using Target = std::variant<page::PhraseSet*, std::vector<std::string>*, NumberedNames*, NamedStrings*,
                            WordSet*, MarkupTarget, MarkupWords>;

std::unordered_map<std::string, Target> targets_of(Cues& cues) {
  page::NameTable& m = cues.markup;
  page::FieldNames& f = cues.fields;
  return {
      {"why_it_matters.headings", &cues.why_it_matters},
      {"key_takeaways.headings", &cues.key_takeaways},
      {"section_heads.headings", &cues.section_heads},
      {"labels.lines", &cues.labels},
      {"labels.openings", &cues.label_openings},
      {"dates.published", &cues.published},
      {"dates.updated", &cues.updated},
      {"dates.months", &cues.months},
      {"dates.weekdays", &cues.weekdays},
      {"dates.zones", &cues.zones},
      {"dates.fillers", &cues.date_fillers},
      {"dates.year_marks", &cues.year_marks},
      {"dates.month_marks", &cues.month_marks},
      {"dates.day_marks", &cues.day_marks},
      {"byline.openings", &cues.byline},
      {"byline.joiners", &cues.byline_joiners},
      {"byline.places", &cues.byline_places},
      {"byline.roles", &cues.byline_roles},
      {"byline.particles", &cues.name_particles},
      {"byline.not_names", &cues.not_names},
      {"byline.agencies", &cues.agencies},
      {"caption.openings", &cues.captions},
      {"caption.marks", &cues.caption_marks},
      {"related.openings", &cues.related},
      {"boilerplate.lines", &cues.boilerplate_lines},
      {"boilerplate.openings", &cues.boilerplate_openings},
      {"boilerplate.marks", &cues.boilerplate_marks},
      {"tail.credits", &cues.credits},
      {"tail.corrections", &cues.corrections},
      {"markup.body", MarkupTarget{&m, page::kBodyNamed}},
      {"markup.never", MarkupTarget{&m, page::kNever}},
      {"markup.drop", MarkupTarget{&m, page::kDrop}},
      {"markup.soft", MarkupTarget{&m, page::kSoft}},
      {"markup.bio", MarkupTarget{&m, page::kBio}},
      {"markup.title", MarkupTarget{&m, page::kTitleNamed}},
      {"markup.kicker", MarkupTarget{&m, page::kKickerNamed}},
      {"markup.dek", MarkupTarget{&m, page::kDekNamed}},
      {"markup.byline", MarkupTarget{&m, page::kBylineNamed}},
      {"markup.caption", MarkupTarget{&m, page::kFigure}},
      {"markup.date", MarkupTarget{&m, page::kDateNamed}},
      {"markup.boxes", MarkupWords{&m, &page::NameTable::add_box}},
      {"markup.negations", MarkupWords{&m, &page::NameTable::add_negation}},
      {"fields.id", &f.id},
      {"fields.text", &f.text},
      {"fields.html", &f.html},
      {"fields.title", &f.title},
      {"fields.dek", &f.dek},
      {"fields.published", &f.published},
      {"fields.updated", &f.updated},
      {"fields.publisher", &f.publisher},
      {"fields.uri", &f.uri},
      {"fields.language", &f.language},
      {"fields.author", &f.author},
      {"fields.lists", &f.lists},
      {"folders.passed_over", &cues.passed_over_endings},
      {"converters.names", &cues.converters},
  };
}

void read_list(const toml::node& node, const Target& target, Mistakes& mistakes) {
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    mistakes.add(node.source(), "expected a list of strings: [\"…\", \"…\"]");
    return;
  }
  for (const toml::node& item : *array) {
    const auto text = item.value_exact<std::string>();
    if (!text || trim(*text).empty()) {
      mistakes.add(item.source(), "expected a string that is not empty");
    } else if (page::PhraseSet* const* phrases = std::get_if<page::PhraseSet*>(&target)) {
      (*phrases)->add(*text);
    } else if (std::vector<std::string>* const* strings =
                   std::get_if<std::vector<std::string>*>(&target)) {
      (*strings)->push_back(fold_case(*text));
    } else if (WordSet* const* words = std::get_if<WordSet*>(&target)) {
      (*words)->insert(page::cue_key(*text));
    } else if (const MarkupTarget* markup = std::get_if<MarkupTarget>(&target)) {
      markup->table->add(*text, markup->traits);
    } else if (const MarkupWords* marks = std::get_if<MarkupWords>(&target)) {
      (marks->table->*marks->add)(*text);
    }
  }
}

// [encodings]: each encoding's name with its labels.
void read_encodings(const toml::table& table, Cues& cues, Mistakes& mistakes) {
  for (const auto& [name, labels] : table) {
    std::vector<std::string> read;
    read_list(labels, Target(&read), mistakes);
    for (const std::string& label : read) cues.encodings[label] = std::string(name.str());
  }
}

// [dates.months]: every name of a month with its number; [dates.zones]: names with their offsets.
void read_names(const toml::node& node, const Target& target, Mistakes& mistakes) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    mistakes.add(node.source(), "expected a table of names: { name = value }");
    return;
  }
  for (const auto& [key, value] : *table) {
    const std::string folded = page::cue_key(key.str());
    if (NumberedNames* const* numbers = std::get_if<NumberedNames*>(&target)) {
      const auto number = value.value_exact<std::int64_t>();
      if (!number || *number < 1 || *number > 12) {
        mistakes.add(value.source(), "expected the number of a month, 1 to 12");
      } else {
        (**numbers)[folded] = static_cast<int>(*number);
      }
    } else if (NamedStrings* const* strings = std::get_if<NamedStrings*>(&target)) {
      const auto text = value.value_exact<std::string>();
      if (!text) {
        mistakes.add(value.source(), "expected an offset: \"Z\", \"-04:00\"");
      } else {
        (**strings)[folded] = *text;
      }
    }
  }
}

void read_cue_table(const toml::table& root, Cues& cues, Mistakes& mistakes) {
  const auto targets = targets_of(cues);
  for (const auto& [section, node] : root) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      if (section.str() != "language") {
        mistakes.add(node.source(), "unknown key '" + std::string(section.str()) +
                                        "': lists stand in tables, such as [byline]");
      }
      continue;
    }
    if (section.str() == "encodings") {
      read_encodings(*table, cues, mistakes);
      continue;
    }
    for (const auto& [key, value] : *table) {
      const std::string path = std::string(section.str()) + '.' + std::string(key.str());
      const auto target = targets.find(path);
      if (target == targets.end()) {
        mistakes.add(value.source(), "unknown list '" + path + "': src/page/cues.cc has the known ones");
      } else if (std::holds_alternative<NumberedNames*>(target->second) ||
                 std::holds_alternative<NamedStrings*>(target->second)) {
        read_names(value, target->second, mistakes);
      } else {
        read_list(value, target->second, mistakes);
      }
    }
  }
}

std::string read_cue_file(const std::filesystem::path& path, Cues& cues) {
  Mistakes mistakes(path.string());
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return path.string() + ": error: cannot be read: check its permissions";
  try {
    read_cue_table(toml::parse(bytes.str()), cues, mistakes);
  } catch (const toml::parse_error& error) {
    mistakes.add(error.source(), std::string(error.description()));
  }
  return mistakes.text();
}

// Fields are compared by their own key.
void tidy_field_names(page::FieldNames& fields) {
  for (std::vector<std::string>* names :
       {&fields.id, &fields.text, &fields.html, &fields.title, &fields.dek, &fields.published, &fields.updated,
        &fields.publisher, &fields.uri, &fields.language, &fields.author}) {
    for (std::string& name : *names) name = page::field_key(name);
  }
  std::unordered_set<std::string> lists;
  for (const std::string& name : fields.lists) lists.insert(page::field_key(name));
  fields.lists = std::move(lists);
}

}  // namespace

Result<std::shared_ptr<const Cues>> load_cues(const std::filesystem::path& folder) {
  std::error_code failure;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(folder, failure), end; !failure && it != end;
       it.increment(failure)) {
    if (it->path().extension() == ".toml") files.push_back(it->path());
  }
  if (failure || files.empty()) {
    return Error{Error::Code::not_found,
                 "no cue lists (*.toml) in this folder: name the folder that has data/page's files",
                 folder.string()};
  }
  std::sort(files.begin(), files.end());
  auto cues = std::make_shared<Cues>();
  std::string mistakes;
  for (const std::filesystem::path& file : files) {
    const std::string found = read_cue_file(file, *cues);
    if (!found.empty()) mistakes += (mistakes.empty() ? "" : "\n") + found;
  }
  if (!mistakes.empty()) return Error{Error::Code::malformed, mistakes, {}};
  tidy_field_names(cues->fields);
  return std::shared_ptr<const Cues>(std::move(cues));
}

}  // namespace parley
