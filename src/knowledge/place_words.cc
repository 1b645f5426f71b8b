#include "knowledge/place_words.h"

#include <utility>

#include "knowledge/actors.h"

namespace parley {

PlaceWords PlaceWords::load(DataFiles& files, Diagnostics& diagnostics) {
  PlaceWords out;
  read_toml_file(files, "gazetteer/words.toml", diagnostics, [&](TomlTable root) {
    out.read(root);
    root.done();
  });
  const auto file = files.find("gazetteer/places.gaz");
  if (!file) {
    diagnostics.error("gazetteer/places.gaz", 0, 0, "this data file is missing; is PARLEY_DATA right?");
    return out;
  }
  auto opened = Gazetteer::open(file->path);
  if (opened) {
    out.gazetteer_ = std::move(*opened);
    files.count(file->relative, out.gazetteer_.fingerprint());
  } else {
    diagnostics.error(opened.error().where, 0, 0, opened.error().message);
  }
  return out;
}

void PlaceWords::read(TomlTable& root) {
  const auto fill = [&root](std::string_view key, WordSet& set) {
    for (const std::string& word : root.texts(key)) set.insert(fold_name(word));
  };
  fill("locative", locative_);
  fill("only_locative", only_locative_);
  fill("going", going_);
  fill("road", road_);
  fill("numbered_road", numbered_road_);
  fill("before", before_);
  fill("after", after_);
  fill("never_alone", never_alone_);
  const auto pairs = [&root](std::string_view key, WordMap<std::string>& map) {
    std::optional<TomlTable> table = root.table(key);
    if (!table) return;
    for (const auto& entry : table->entries()) {
      for (const TomlText& text : table->texts_of(entry)) {
        map.insert_or_assign(fold_name(entry.key), fold_name(text.text));
      }
    }
  };
  pairs("spelled", spelled_);
  pairs("adjective", adjectives_);
  if (std::optional<TomlTable> table = root.table("kind")) {
    for (const auto& entry : table->entries()) {
      std::vector<PlaceKind>& kinds = kinds_[fold_name(entry.key)];
      for (const TomlText& text : table->texts_of(entry)) {
        if (const auto kind = place_kind_from_name(text.text)) {
          kinds.push_back(*kind);
        } else {
          table->error(text.place, "'" + text.text + "' is no kind of place; one of continent region country admin1 "
                                   "admin2 capital town water land facility");
        }
      }
    }
  }
}

const std::vector<PlaceKind>* PlaceWords::kinds(std::string_view noun) const {
  const auto found = kinds_.find(noun);
  return found == kinds_.end() ? nullptr : &found->second;
}

std::string_view PlaceWords::place_of_adjective(std::string_view adjective) const {
  const auto found = adjectives_.find(adjective);
  return found == adjectives_.end() ? std::string_view() : std::string_view(found->second);
}

std::vector<std::string> PlaceWords::variants(std::string_view folded) const {
  std::vector<std::string> out;
  const auto respelled = [this](std::string_view words) {
    std::string text;
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t space = std::min(words.find(' ', at), words.size());
      const std::string_view word = words.substr(at, space - at);
      const auto found = spelled_.find(word);
      if (!text.empty()) text += ' ';
      text += found == spelled_.end() ? word : std::string_view(found->second);
      at = space + 1;
    }
    return text;
  };
  const auto add = [&](std::string_view words) {
    if (words.empty()) return;
    if (words != folded) out.emplace_back(words);
    if (std::string other = respelled(words); other != words) out.push_back(std::move(other));
  };
  add(folded);
  const std::size_t last = folded.rfind(' ');
  if (last != std::string_view::npos && after_.contains(folded.substr(last + 1))) add(folded.substr(0, last));
  const std::size_t first = folded.find(' ');
  if (first != std::string_view::npos) {
    if (before_.contains(folded.substr(0, first))) add(folded.substr(first + 1));
    const std::size_t second = folded.find(' ', first + 1);
    if (second != std::string_view::npos && before_.contains(folded.substr(0, second))) add(folded.substr(second + 1));
  }
  return out;
}

}  // namespace parley
