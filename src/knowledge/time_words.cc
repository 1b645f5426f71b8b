#include "knowledge/time_words.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace parley {
namespace {

using Kind = TimeWord::Kind;

constexpr std::array<std::string_view, 9> kMods = {
    "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "ON_OR_BEFORE"};
constexpr std::array<std::string_view, 12> kUnits = {"S", "M", "H", "D",  "N",  "WE",
                                                     "W", "FN", "Q", "Y", "DE", "CE"};

/// Reads `[[section]]` tables into words; `fill` sets what is special about them and may refuse.
template <typename Fill>
void read_words(TomlTable& root, std::string_view section, Kind kind, TimeWords& out, Fill fill) {
  for (TomlTable entry : root.tables(section)) {
    TimeWord word;
    word.kind = kind;
    word.common = entry.flag("common").value_or(false);
    fill(entry, word);
    const std::vector<std::string> names = entry.texts("names");
    if (names.empty()) entry.error("names is missing; write names = [\"…\"]");
    for (const std::string& text : names) out.words.add(text, word);
    for (const std::string& text : entry.texts("plural")) {
      TimeWord many = word;
      many.plural = true;
      out.words.add(text, std::move(many));
    }
    for (const std::string& text : entry.texts("short")) {
      TimeWord brief = word;
      brief.abbreviation = true;
      out.words.add(text, std::move(brief));
    }
    entry.done();
  }
}

void check_range(TomlTable& entry, std::string_view key, std::int64_t value, int low, int high) {
  if (value < low || value > high) {
    entry.error(key, std::string(key) + " must be from " + std::to_string(low) + " to " +
                         std::to_string(high));
  }
}

std::int32_t integer(TomlTable& entry, std::string_view key, int low, int high) {
  const std::optional<std::int64_t> value = entry.integer(key);
  if (!value) {
    if (!entry.has(key)) entry.error(std::string(key) + " is missing");
    return 0;
  }
  check_range(entry, key, *value, low, high);
  return static_cast<std::int32_t>(*value);
}

void mod_of(TomlTable& entry, TimeWord& word) {
  word.code = entry.required_text("mod");
  if (std::find(kMods.begin(), kMods.end(), word.code) == kMods.end()) {
    entry.error("mod", "'" + word.code + "' is no TIMEX3 modifier; write START, MID, END, APPROX, …");
  }
}

void anchor_of(TomlTable& entry, TimeWord& word) {
  const std::string anchor = entry.required_text("anchor");
  if (anchor != "published" && anchor != "text") {
    entry.error("anchor", "write anchor = \"published\" or \"text\"");
  }
  word.flag = anchor == "text";
}

void read_holidays(TomlTable& root, TimeWords& out) {
  for (TomlTable entry : root.tables("holiday")) {
    Holiday holiday;
    holiday.calendar = entry.text("calendar").value_or("");
    holiday.month = static_cast<int>(entry.integer("month").value_or(0));
    holiday.day = static_cast<int>(entry.integer("day").value_or(0));
    holiday.weekday = static_cast<int>(entry.integer("weekday").value_or(0));
    holiday.nth = static_cast<int>(entry.integer("nth").value_or(0));
    if (const auto offset = entry.integer("easter")) {
      holiday.easter = true;
      holiday.easter_offset = static_cast<int>(*offset);
    } else if (const auto orthodox = entry.integer("orthodox")) {
      holiday.easter = holiday.orthodox = true;
      holiday.easter_offset = static_cast<int>(*orthodox);
    } else if (holiday.month < 1 || holiday.month > 13) {
      entry.error("month", "a holiday needs month = 1 to 13, or easter = days from Easter Sunday");
    }
    TimeWord word;
    word.kind = Kind::holiday;
    word.value = static_cast<std::int32_t>(out.holidays.size());
    for (const std::string& text : entry.texts("names")) out.words.add(text, word);
    entry.done();
    out.holidays.push_back(std::move(holiday));
  }
  for (TomlTable entry : root.tables("anniversary")) {
    Anniversary anniversary;
    const std::string date = entry.required_text("date");
    if (std::sscanf(date.c_str(), "%d-%d-%d", &anniversary.year, &anniversary.month,
                    &anniversary.day) != 3) {
      entry.error("date", "write date = \"2001-09-11\"");
    }
    for (const std::string& noun : entry.texts("nouns")) {
      anniversary.nouns.insert(atom_phrase(noun));
    }
    entry.done();
    out.anniversaries.push_back(std::move(anniversary));
  }
}

void read_root(TomlTable root, TimeWords& out) {
  read_words(root, "month", Kind::month, out, [](TomlTable& entry, TimeWord& word) {
    word.value = integer(entry, "number", 1, 12);
  });
  read_words(root, "weekday", Kind::weekday, out, [](TomlTable& entry, TimeWord& word) {
    word.value = integer(entry, "number", 1, 7);
  });
  read_words(root, "season", Kind::season, out, [](TomlTable& entry, TimeWord& word) {
    word.code = entry.required_text("code");
    word.value = integer(entry, "month", 1, 12);
  });
  read_words(root, "part_of_day", Kind::part_of_day, out, [](TomlTable& entry, TimeWord& word) {
    word.code = entry.required_text("code");
    word.alone = entry.flag("alone").value_or(false);
  });
  read_words(root, "clock", Kind::clock, out, [](TomlTable& entry, TimeWord& word) {
    word.code = entry.required_text("time");
  });
  read_words(root, "unit", Kind::unit, out, [](TomlTable& entry, TimeWord& word) {
    word.code = entry.required_text("code");
    word.flag = entry.flag("clock").value_or(false);
    if (word.code != "ML" && std::find(kUnits.begin(), kUnits.end(), word.code) == kUnits.end()) {
      entry.error("code", "'" + word.code + "' is no unit; write S, M, H, D, N, WE, W, FN, M, Q, Y, DE, CE or ML");
    }
  });
  read_words(root, "day", Kind::day, out, [](TomlTable& entry, TimeWord& word) {
    word.value = integer(entry, "shift", -10, 10);
    word.code = entry.text("part").value_or("");
  });
  read_words(root, "reference", Kind::reference, out, [](TomlTable& entry, TimeWord& word) {
    word.code = entry.required_text("value");
  });
  read_words(root, "which", Kind::which, out, [](TomlTable& entry, TimeWord& word) {
    word.value = integer(entry, "shift", -1, 1);
    anchor_of(entry, word);
  });
  read_words(root, "distance", Kind::distance, out, [](TomlTable& entry, TimeWord& word) {
    word.value = integer(entry, "direction", -1, 1);
    word.closed = entry.flag("closed").value_or(false);
    anchor_of(entry, word);
  });
  read_words(root, "amount", Kind::amount, out, mod_of);
  read_words(root, "edge", Kind::edge, out, mod_of);
  read_words(root, "frequency", Kind::frequency, out, [](TomlTable& entry, TimeWord& word) {
    word.code = entry.required_text("value");
  });
  if (auto vague = root.table("vague")) {
    const std::vector<std::string> couples = vague->texts("couple");
    for (const std::string& text : vague->texts("words")) {
      if (std::find(couples.begin(), couples.end(), text) != couples.end()) continue;
      TimeWord word;
      word.kind = Kind::vague;
      out.words.add(text, std::move(word));
    }
    for (const std::string& text : couples) {
      TimeWord word;
      word.kind = Kind::vague;
      word.value = 2;
      out.words.add(text, std::move(word));
    }
    vague->done();
  }
  if (auto fillers = root.table("fillers")) {
    const auto add = [&](std::string_view key, Kind kind) {
      for (const std::string& text : fillers->texts(key)) {
        TimeWord word;
        word.kind = kind;
        out.words.add(text, std::move(word));
      }
    };
    add("words", Kind::filler);
    add("firsts", Kind::first);
    add("before_years", Kind::before_year);
    add("no_years", Kind::no_year);
    add("ends", Kind::end);
    fillers->done();
  }
  if (auto ignored = root.table("ignored")) {
    for (const std::string& text : ignored->texts("phrases")) {
      TimeWord word;
      word.kind = Kind::ignored;
      out.words.add(text, std::move(word));
    }
    ignored->done();
  }
  if (auto every = root.table("every")) {
    for (const std::string& text : every->texts("words")) {
      TimeWord word;
      word.kind = Kind::every;
      out.words.add(text, std::move(word));
    }
    every->done();
  }
  const auto numbers = [&](std::string_view section, Kind kind) {
    auto table = root.table(section);
    if (!table) return;
    for (const auto& [key, value] : table->entries()) {
      if (value.kind != TomlValue::Kind::integer) {
        table->error(value.place, "write a whole number");
        continue;
      }
      TimeWord word;
      word.kind = kind;
      word.value = static_cast<std::int32_t>(value.integer);
      out.words.add(key, std::move(word));
    }
    table->done();
  };
  numbers("times", Kind::times);
  numbers("decades", Kind::decade);
  if (auto zones = root.table("zones")) {
    for (const std::string& text : zones->texts("names")) {
      TimeWord word;
      word.kind = Kind::zone;
      out.words.add(text, std::move(word));
    }
    zones->done();
  }
  if (auto ahead = root.table("ahead")) {
    for (const std::string& text : ahead->texts("auxiliaries")) out.ahead_auxiliaries.insert(text);
    for (const std::string& text : ahead->texts("governors")) out.ahead_governors.insert(text);
    for (const std::string& text : ahead->texts("prepositions")) out.ahead_prepositions.insert(text);
    for (const std::string& text : ahead->texts("past_prepositions")) out.past_prepositions.insert(text);
    for (const std::string& text : ahead->texts("calls")) out.calls.insert(text);
    for (const std::string& text : ahead->texts("call_prepositions")) out.call_prepositions.insert(text);
    ahead->done();
  }
  read_holidays(root, out);
  root.done();
}

}  // namespace

TimeWords TimeWords::load(DataFiles& files, Diagnostics& diagnostics) {
  TimeWords words;
  read_toml_files(files, "times", diagnostics, [&](TomlTable root) { read_root(root, words); });
  return words;
}

}  // namespace parley
