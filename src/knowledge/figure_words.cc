#include "knowledge/figure_words.h"

#include <utility>

namespace parley {
namespace {

using Kind = FigureWord::Kind;

void read_numbers(TomlTable& root, NumberWords& out) {
  const auto section = [&](std::string_view name, NumberWord::Kind kind) {
    auto table = root.table(name);
    if (!table) return;
    for (const auto& [key, value] : table->entries()) {
      if (value.kind != TomlValue::Kind::integer && value.kind != TomlValue::Kind::number) {
        table->error(value.place, "the value of '" + key + "' must be a number");
        continue;
      }
      out.words.add(key, {kind, value.number});
    }
    table->done();
  };
  section("units", NumberWord::Kind::unit);
  section("tens", NumberWord::Kind::ten);
  section("scales", NumberWord::Kind::scale);
  section("short_scales", NumberWord::Kind::short_scale);
  section("ordinals", NumberWord::Kind::ordinal);
  section("vague", NumberWord::Kind::vague);
  section("exact", NumberWord::Kind::exact);
  section("fractions", NumberWord::Kind::fraction);
}

FigureWord word_of(Kind kind) {
  FigureWord word;
  word.kind = kind;
  return word;
}

void read_qualifiers(TomlTable& root, std::string_view section, Kind kind, FigureWords& out) {
  for (TomlTable entry : root.tables(section)) {
    FigureWord word = word_of(kind);
    const std::string bound = entry.required_text("bound");
    if (bound == "low") word.bound = FigureWord::Bound::low;
    else if (bound == "high") word.bound = FigureWord::Bound::high;
    else if (bound == "about") word.bound = FigureWord::Bound::about;
    else if (bound == "exact") word.bound = FigureWord::Bound::exact;
    else entry.error("bound", "'" + bound + "' is no bound; write low, high, about or exact");
    for (const std::string& text : entry.texts("names")) out.words.add(text, word);
    entry.done();
  }
}

/// Lists of phrases, each a kind of word.
void read_lists(TomlTable& root, std::string_view section,
                const std::vector<std::pair<std::string_view, Kind>>& lists, FigureWords& out) {
  auto table = root.table(section);
  if (!table) return;
  for (const auto& [key, kind] : lists) {
    for (const std::string& text : table->texts(key)) out.words.add(text, word_of(kind));
  }
  if (section == "names") {
    for (const std::string& text : table->texts("small")) out.small.insert(text);
  }
  if (section == "multiples") {
    for (const std::string& text : table->texts("of")) out.multiplied.insert(text);
  }
  table->done();
}

Measure measure_of(TomlTable& entry, std::string_view key) {
  const std::string text = entry.required_text(key);
  const std::optional<Measure> measure = measure_from_name(text);
  if (!measure) entry.error(key, "'" + text + "' is no measure; see the record's schema for the list");
  return measure.value_or(Measure::other);
}

void read_units(TomlTable& root, FigureWords& out) {
  for (TomlTable entry : root.tables("money")) {
    FigureWord word = word_of(Kind::money);
    word.measure = Measure::money;
    word.unit = entry.required_text("unit");
    for (const std::string& text : entry.texts("names")) out.words.add(text, word);
    word.kind = Kind::money_sign;
    for (const std::string& text : entry.texts("signs")) out.words.add(text, word);
    word.kind = Kind::money_minor;
    for (const std::string& text : entry.texts("minor")) out.words.add(text, word);
    entry.done();
  }
  for (TomlTable entry : root.tables("unit")) {
    FigureWord word = word_of(Kind::unit);
    word.measure = measure_of(entry, "measure");
    word.unit = entry.text("unit").value_or("");  // votes are counted in nothing else
    for (const std::string& text : entry.texts("names")) out.words.add(text, word);
    word.kind = Kind::unit_sign;
    for (const std::string& text : entry.texts("signs")) out.words.add(text, word);
    entry.done();
  }
}

void read_measures(TomlTable& root, FigureWords& out) {
  for (TomlTable entry : root.tables("measure")) {
    MeasureCue cue;
    cue.measure = measure_of(entry, "name");
    const auto list_of = [&](std::string_view key) {
      const std::vector<std::string> texts = entry.texts(key);
      return std::unordered_set<std::string>(texts.begin(), texts.end());
    };
    const auto people_only = list_of("people_only");
    const auto weak = list_of("weak");
    const auto fill = [&](std::string_view key, FigureWords::Cues& cues) {
      for (const TomlText& text : entry.placed_texts(key)) {
        MeasureCue each = cue;
        each.people_only = people_only.contains(text.text);
        each.weak = weak.contains(text.text);
        // The first measure in the file has the word: "prisoner" is detained before it is people.
        cues.try_emplace(text.text, each);
      }
    };
    fill("object", out.object);
    fill("subject", out.subject);
    fill("adjectives", out.adjectives);
    fill("of", out.of);
    fill("nouns", out.nouns);
    fill("outcomes", out.outcomes);
    for (const std::string& text : entry.texts("risks")) out.risks.insert(text);
    for (const std::string& text : entry.texts("in_return")) out.in_return.insert(text);
    auto& contexts = cue.measure == Measure::aid ? out.aid_contexts : out.vote_contexts;
    for (const std::string& text : entry.texts("contexts")) contexts.insert(text);
    entry.done();
  }
  if (auto tolls = root.table("tolls")) {
    for (const std::string& text : tolls->texts("verbs")) out.toll_verbs.insert(text);
    for (const std::string& text : tolls->texts("counting")) out.counting_verbs.insert(text);
    for (const std::string& text : tolls->texts("peopled")) out.peopled.insert(text);
    tolls->done();
  }
}

}  // namespace

FigureWords FigureWords::load(DataFiles& files, Diagnostics& diagnostics) {
  FigureWords words;
  read_toml_files(files, "figures", diagnostics, [&](TomlTable root) {
    read_numbers(root, words.numbers);
    read_qualifiers(root, "before", Kind::before, words);
    read_qualifiers(root, "after", Kind::after, words);
    read_lists(root, "ranges", {{"open", Kind::open}, {"links", Kind::link}}, words);
    read_lists(root, "parts", {{"including", Kind::including}, {"back", Kind::back}, {"of", Kind::of}}, words);
    read_lists(root, "multiples", {{"times", Kind::times}, {"odds", Kind::odds}}, words);
    read_lists(root, "names", {{"labels", Kind::label}, {"idioms", Kind::idiom}}, words);
    read_lists(root, "sentence",
               {{"units", Kind::term_unit}, {"after", Kind::term_after}, {"before", Kind::term_before},
                {"needs", Kind::term_context}},
               words);
    read_units(root, words);
    read_measures(root, words);
    root.done();
  });
  return words;
}

}  // namespace parley
