// Dates of publication: as people write them under a headline, and as machines do.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "page/cues.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley::page {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }

struct Clock {
  int hour = -1;
  int minute = 0;
  int second = -1;
  std::string zone;
};

struct Calendar {
  int year = 0;
  int month = 0;
  int day = 0;
};

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool possible(const Calendar& date) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1800 || date.year > 2199 || date.month < 1 || date.month > 12) return false;
  const int days = kDays[date.month - 1] + (date.month == 2 && is_leap(date.year) ? 1 : 0);
  return date.day >= 0 && date.day <= days;
}

std::string two(int value) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%02d", value);
  return buffer;
}

std::string iso(const Calendar& date, const Clock& clock) {
  std::string out = std::to_string(date.year) + '-' + two(date.month);
  if (date.day == 0) return out;
  out += '-' + two(date.day);
  if (clock.hour < 0) return out;
  out += 'T' + two(clock.hour) + ':' + two(clock.minute);
  if (clock.second >= 0) out += ':' + two(clock.second);
  return out + clock.zone;
}

// Reads a text from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::size_t pos() const { return pos_; }
  void rewind(std::size_t pos) { pos_ = pos; }
  bool done() const { return pos_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[pos_]; }

  // Spaces and the punctuation that stands between the parts of a date.
  void skip_separators() {
    while (!done()) {
      const CodePoint c = decode_utf8(text_, pos_);
      const bool separator = is_space(c.value) || c.value == ',' || c.value == '|' || c.value == '/' ||
                             c.value == 0xB7 || c.value == 0x2022 || c.value == ':' || c.value == '(' ||
                             c.value == ')' || c.value == '.' || c.value == '-' || c.value == 0x2013 ||
                             c.value == 0x2014 || c.value == '@';
      if (!separator) return;
      pos_ += c.size;
    }
  }
  bool dot_and_digit() const { return peek() == '.' && pos_ + 1 < text_.size() && digit(text_[pos_ + 1]); }
  bool accept(char c) {
    if (peek() != c) return false;
    ++pos_;
    return true;
  }
  // An unsigned number of at most `digits` digits, or -1.
  int number(int digits) {
    int value = 0;
    int count = 0;
    while (digit(peek()) && count < digits) {
      value = value * 10 + (peek() - '0');
      ++pos_;
      ++count;
    }
    return count == 0 || digit(peek()) ? -1 : value;
  }
  // A run of letters, folded.
  std::string word() {
    const std::size_t begin = pos_;
    while (!done()) {
      const CodePoint c = decode_utf8(text_, pos_);
      if (!is_letter(c.value)) break;
      pos_ += c.size;
      if (pos_ - begin > 40) break;
    }
    return fold_case(text_.substr(begin, pos_ - begin));
  }

 private:
  std::string_view text_;
  std::size_t pos_ = 0;
};

// "3rd", "1st": the letters go with the number.
void skip_ordinal(Scanner& in) {
  const std::size_t here = in.pos();
  const std::string word = in.word();
  if (word != "st" && word != "nd" && word != "rd" && word != "th") in.rewind(here);
}

int month_word(Scanner& in, const Cues& cues) {
  const std::size_t here = in.pos();
  const auto found = cues.months.find(in.word());
  if (found != cues.months.end()) return found->second;
  in.rewind(here);
  return 0;
}

// "3 de mayo", "le 3 mai": words without meaning inside a date.
void skip_fillers(Scanner& in, const Cues& cues) {
  for (int i = 0; i < 2; ++i) {
    const std::size_t here = in.pos();
    if (cues.date_fillers.count(in.word()) == 0) {
      in.rewind(here);
      return;
    }
    in.skip_separators();
  }
}

// "年" behind a year; whether it is there.
bool accept_mark(Scanner& in, const std::unordered_set<std::string>& marks) {
  const std::size_t here = in.pos();
  if (!marks.empty() && marks.count(in.word()) > 0) return true;
  in.rewind(here);
  return false;
}

// "12" of "31.05.12".
int full_year(int year, std::size_t digits) {
  if (digits != 2 || year < 0) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

void skip_weekday(Scanner& in, const Cues& cues) {
  const std::size_t here = in.pos();
  if (cues.weekdays.count(in.word()) == 0) in.rewind(here);
}

// "10:30", "4:50 p.m. EDT", "10.30pm", "1030 GMT"; leaves the scanner where it was when there is none.
Clock clock_time(Scanner& in, const Cues& cues) {
  const std::size_t start = in.pos();
  in.skip_separators();
  std::size_t here = in.pos();
  if (in.word() != "at") in.rewind(here);
  in.skip_separators();
  Clock clock;
  const int hour = in.number(2);
  if (hour < 0 || hour > 24 || !(in.accept(':') || in.accept('.'))) {
    in.rewind(start);
    return {};
  }
  clock.minute = in.number(2);
  // "04.03.2022" begins like a time.
  if (clock.minute < 0 || clock.minute > 59 || in.dot_and_digit()) {
    in.rewind(start);
    return {};
  }
  if (in.accept(':')) clock.second = in.number(2);
  if (clock.second > 60) clock.second = -1;
  clock.hour = hour;
  here = in.pos();
  while (in.accept(' ')) {
  }
  std::string half = in.word();
  if (half.size() == 1 && in.accept('.')) {
    half += in.word();
    in.accept('.');
  }
  if (half == "pm" || half == "am") {
    if (hour > 12 || hour == 0) {
      in.rewind(start);
      return {};
    }
    clock.hour = hour % 12 + (half == "pm" ? 12 : 0);
    here = in.pos();
  } else {
    in.rewind(here);
  }
  if (clock.hour > 23) {
    in.rewind(start);
    return {};
  }
  while (in.accept(' ') || in.accept('(')) {
  }
  const auto zone = cues.zones.find(in.word());
  if (zone == cues.zones.end()) {
    in.rewind(here);
  } else {
    clock.zone = zone->second;
  }
  return clock;
}

}  // namespace

DateOrder date_order(std::string_view language) {
  if (language.empty()) return DateOrder::unknown;
  const std::string folded = fold_case(language.substr(0, std::min<std::size_t>(language.size(), 16)));
  if (folded.starts_with("en")) {
    if (folded == "en-us") return DateOrder::month_first;
    // Canada writes both.
    return folded.size() == 5 && folded != "en-ca" ? DateOrder::day_first : DateOrder::unknown;
  }
  return DateOrder::day_first;
}

std::optional<FoundDate> parse_date(std::string_view text, const Cues& cues, DateOrder order) {
  text = text.substr(0, std::min<std::size_t>(text.size(), 200));
  Scanner in(text);
  in.skip_separators();
  skip_weekday(in, cues);
  in.skip_separators();
  // "10:30 GMT, 3 May 2021": the time may come first.
  Clock clock = clock_time(in, cues);
  in.skip_separators();
  skip_weekday(in, cues);
  in.skip_separators();
  Calendar date;
  const std::size_t start = in.pos();
  if ((date.month = month_word(in, cues)) != 0) {  // "May 3, 2021", "May 2021"
    in.skip_separators();
    const std::size_t here = in.pos();
    const int number = in.number(4);
    if (number > 31) {
      date.year = number;
    } else {
      if (number <= 0) return std::nullopt;
      date.day = number;
      skip_ordinal(in);
      in.skip_separators();
      skip_fillers(in, cues);
      date.year = in.number(4);
    }
    if (date.year < 0) in.rewind(here);
  } else {
    const int number = in.number(4);
    if (number > 31) {  // "2021-05-03", "2021/5/3"
      date.year = number;
      while (in.accept(' ')) {
      }
      const bool marked = accept_mark(in, cues.year_marks);  // "2021年5月3日"
      if (!marked && !in.accept('-') && !in.accept('/') && !in.accept('.')) return std::nullopt;
      while (in.accept(' ')) {
      }
      date.month = in.number(2);
      if (marked && !accept_mark(in, cues.month_marks)) return std::nullopt;
      if (!marked && !in.accept('-') && !in.accept('/') && !in.accept('.')) return std::nullopt;
      while (in.accept(' ')) {
      }
      date.day = in.number(2);
      if (date.day <= 0) return std::nullopt;
      if (marked) accept_mark(in, cues.day_marks);
      in.accept('T');
    } else if (number > 0) {  // "3 May 2021", "3rd of May, 2021", "25/12/2021"
      date.day = number;
      skip_ordinal(in);
      const char separator = in.peek();
      in.skip_separators();
      skip_fillers(in, cues);
      date.month = month_word(in, cues);
      const bool in_words = date.month != 0;
      if (date.month == 0) {
        if (separator != '/' && separator != '.') return std::nullopt;
        const int second = in.number(2);
        if (second <= 0) return std::nullopt;
        if (separator == '.' || number > 12 || number == second || order == DateOrder::day_first) {
          date.month = second;
        } else if (second > 12 || order == DateOrder::month_first) {
          date.month = number;
          date.day = second;
        } else {
          return std::nullopt;  // day and month could be either
        }
      }
      in.skip_separators();
      skip_fillers(in, cues);
      const std::size_t year_begin = in.pos();
      date.year = in.number(4);
      if (!in_words) date.year = full_year(date.year, in.pos() - year_begin);
    } else {
      in.rewind(start);
      return std::nullopt;
    }
  }
  if (!possible(date)) return std::nullopt;
  if (clock.hour < 0 && date.day > 0) clock = clock_time(in, cues);
  return FoundDate{iso(date, clock), in.pos(), 0};
}

std::optional<FoundDate> find_date(std::string_view text, const Cues& cues, DateOrder order) {
  bool inside = false;  // of a word or number
  for (std::size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    const std::size_t here = pos;
    pos += std::max<std::uint32_t>(c.size, 1);
    const bool number = c.value < 0x80 && digit(static_cast<char>(c.value));
    if (!number && !is_letter(c.value)) {
      inside = false;
      continue;
    }
    if (std::exchange(inside, true) && !(number && !digit(text[here - 1]))) continue;
    if (!number) {
      Scanner word(text.substr(here, std::min<std::size_t>(text.size() - here, 64)));
      if (cues.months.count(word.word()) == 0) continue;
    }
    auto found = parse_date(text.substr(here), cues, order);
    if (!found || found->iso.size() < 10 || found->iso < "1990" || found->iso > "2100") continue;
    found->end += here;
    found->begin = here;
    return found;
  }
  return std::nullopt;
}

std::optional<std::string> tidy_iso_date(std::string_view text) {
  text = trim(text);
  Scanner in(text.substr(0, std::min<std::size_t>(text.size(), 64)));
  Calendar date;
  date.year = in.number(4);
  if (date.year < 1000 || !in.accept('-')) return std::nullopt;
  date.month = in.number(2);
  if (!possible(date)) return std::nullopt;
  Clock clock;
  if (in.accept('-')) {
    date.day = in.number(2);
    if (date.day <= 0 || !possible(date)) return std::nullopt;
    if (in.accept('T') || in.accept('t') || in.accept(' ')) {
      const int hour = in.number(2);
      if (hour >= 0 && hour < 24 && in.accept(':')) {
        clock.hour = hour;
        clock.minute = in.number(2);
        if (clock.minute < 0 || clock.minute > 59) return iso(date, {});
        if (in.accept(':')) clock.second = in.number(2);
        if (clock.second > 60) clock.second = -1;
        if (in.accept('.') || in.accept(',')) in.number(9);
        while (in.accept(' ')) {
        }
        if (in.accept('Z') || in.accept('z')) {
          clock.zone = "Z";
        } else if (in.peek() == '+' || in.peek() == '-') {
          const char sign = in.peek();
          in.accept(sign);
          const std::size_t here = in.pos();
          int hours = in.number(2);
          int minutes = 0;
          if (hours >= 0) {
            if (in.accept(':')) minutes = in.number(2);
          } else {
            in.rewind(here);
            const int both = in.number(4);
            hours = both / 100;
            minutes = both % 100;
          }
          if (hours >= 0 && hours <= 14 && minutes >= 0 && minutes < 60) {
            clock.zone = hours == 0 && minutes == 0 ? "Z" : sign + two(hours) + ':' + two(minutes);
          }
        }
      }
    }
  }
  return iso(date, clock);
}

}  // namespace parley::page
