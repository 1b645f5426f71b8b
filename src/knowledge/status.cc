#include "knowledge/status.h"

#include <array>
#include <utility>

namespace parley {
namespace {

std::vector<std::string> status_names() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kStatuses; ++i) out.emplace_back(name(static_cast<Status>(i)));
  return out;
}

std::optional<Status> checked_status(TomlTable& table, const TomlText& text) {
  if (const std::optional<Status> status = status_from_name(text.text)) return status;
  std::string message = "'" + text.text + "' is no status";
  const std::string near = did_you_mean(text.text, status_names());
  if (!near.empty()) {
    message += "; did you mean '" + near + "'?";
  } else {
    message += "; they are";
    for (const std::string& known : status_names()) message += ' ' + known;
  }
  table.error(text.place, message);
  return std::nullopt;
}

std::optional<Status> read_status(TomlTable& table, std::string_view key) {
  for (const TomlText& text : table.placed_texts(key)) return checked_status(table, text);
  return std::nullopt;
}

// [modal] planned = ["will", "shall"]
void read_words(TomlTable& root, std::string_view key, WordMap<Status>& out) {
  std::optional<TomlTable> table = root.table(key);
  if (!table) return;
  for (const auto& entry : table->entries()) {
    const std::optional<Status> status = checked_status(*table, {entry.key, entry.value.place});
    for (const TomlText& word : table->texts_of(entry)) {
      if (status) out[word.text] = *status;
    }
  }
}

}  // namespace

StatusWords StatusWords::load(DataFiles& files, Diagnostics& diagnostics) {
  StatusWords out;
  read_toml_files(files, "status", diagnostics, [&out](TomlTable root) {
    for (TomlTable table : root.tables("embedding")) {
      Embedding embedding;
      embedding.status = read_status(table, "status");
      embedding.negated = read_status(table, "negated");
      for (const TomlText& way : table.placed_texts("governs")) {
        if (way.text == "clause") {
          embedding.clause = true;
        } else if (way.text == "phrase") {
          embedding.phrase = true;
        } else {
          table.error(way.place, "'governs' has \"clause\", \"phrase\" or both, not '" + way.text + "'");
        }
      }
      embedding.infinitive = table.flag("infinitive").value_or(false);
      embedding.claim = table.flag("claim").value_or(false);
      embedding.light = table.flag("light").value_or(false);
      for (const TomlText& word : table.placed_texts("words")) {
        if (!out.embeddings_.emplace(word.text, embedding).second) {
          table.error(word.place, "'" + word.text + "' stands in another [[embedding]] too; keep one");
        }
      }
      table.done();
    }
    read_words(root, "modal", out.modals_);
    read_words(root, "conjunction", out.conjunctions_);
    read_words(root, "modifier", out.modifiers_);
    for (const std::string& word : root.texts("negations")) out.negations_.insert(word);
    root.done();
  });
  return out;
}

const Embedding* StatusWords::embedding(std::string_view sense, std::string_view lemma,
                                        char part_of_speech) const {
  if (!sense.empty()) {
    const auto by_sense = embeddings_.find(sense);
    if (by_sense != embeddings_.end()) return &by_sense->second;
  }
  std::string key(lemma);
  key += '/';
  key += part_of_speech;
  const auto by_lemma = embeddings_.find(key);
  return by_lemma == embeddings_.end() ? nullptr : &by_lemma->second;
}

namespace {

std::optional<Status> look_up(const WordMap<Status>& words, std::string_view lemma) {
  const auto it = words.find(lemma);
  if (it == words.end()) return std::nullopt;
  return it->second;
}

}  // namespace

std::optional<Status> StatusWords::modal(std::string_view lemma) const { return look_up(modals_, lemma); }
std::optional<Status> StatusWords::conjunction(std::string_view lemma) const {
  return look_up(conjunctions_, lemma);
}
std::optional<Status> StatusWords::modifier(std::string_view lemma) const {
  return look_up(modifiers_, lemma);
}

}  // namespace parley
