#include "knowledge/discrepancy_words.h"

namespace parley {

DiscrepancyWords DiscrepancyWords::load(DataFiles& files, Diagnostics& diagnostics) {
  DiscrepancyWords out;
  const auto fill = [](TomlTable& table, std::string_view key, WordSet& set) {
    for (std::string& word : table.texts(key)) set.insert(std::move(word));
  };
  read_toml_files(files, "discrepancies", diagnostics, [&](TomlTable root) {
    if (auto figures = root.table("figures")) {
      fill(*figures, "general", out.general_);
      fill(*figures, "revising", out.revising_);
      fill(*figures, "once", out.once_);
      for (const TomlText& measure : figures->placed_texts("measures")) {
        if (!measure_from_name(measure.text)) {
          figures->error(measure.place, "'" + measure.text + "' is none of the measures of the record");
        }
        out.measures_.insert(measure.text);
      }
      figures->done();
    }
    if (auto deeds = root.table("deeds")) {
      fill(*deeds, "common", out.common_);
      deeds->done();
    }
    root.done();
  });
  return out;
}

}  // namespace parley
