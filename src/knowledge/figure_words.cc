#include "knowledge/figure_words.h"

namespace parley {
namespace {

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

}  // namespace

FigureWords FigureWords::load(DataFiles& files, Diagnostics& diagnostics) {
  FigureWords words;
  read_toml_files(files, "figures", diagnostics, [&](TomlTable root) {
    read_numbers(root, words.numbers);
    root.done();
  });
  return words;
}

}  // namespace parley
