#include "knowledge/channel_words.h"

#include <array>

namespace parley {
namespace {

constexpr std::array kKinds{ChannelKind::crossing, ChannelKind::port,   ChannelKind::corridor, ChannelKind::convoy,
                            ChannelKind::airdrop,  ChannelKind::flight, ChannelKind::other};
constexpr std::array kStates{ChannelState::open, ChannelState::closed, ChannelState::planned, ChannelState::used};

template <typename Enum, std::size_t N>
std::optional<Enum> named(std::string_view text, const std::array<Enum, N>& values) {
  for (const Enum value : values) {
    if (text == name(value)) return value;
  }
  return std::nullopt;
}

template <typename T>
std::optional<T> found_in(const WordMap<T>& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional<T>(found->second);
}

}  // namespace

ChannelWords ChannelWords::load(DataFiles& files, Diagnostics& diagnostics) {
  ChannelWords out;
  read_toml_files(files, "channels", diagnostics, [&](TomlTable root) {
    out.read(root);
    root.done();
  });
  return out;
}

void ChannelWords::read(TomlTable& root) {
  const auto fill = [&root](std::string_view key, WordSet& set) {
    for (std::string& word : root.texts(key)) set.insert(std::move(word));
  };
  fill("beside", beside_);
  fill("through", through_);
  fill("leads", leads_);
  fill("moving_in", moving_in_);
  fill("copular", copular_);
  fill("announcing", announcing_);
  fill("goods", goods_);
  for (TomlTable entry : root.tables("noun")) {
    ChannelNoun noun;
    const std::string kind = entry.required_text("kind");
    if (const auto value = named(kind, kKinds)) {
      noun.kind = *value;
    } else {
      entry.error("kind", "'" + kind + "' is no kind of way; one of crossing port corridor convoy airdrop flight other");
    }
    noun.moves = entry.flag("moves").value_or(false);
    noun.strong = entry.flag("strong").value_or(false);
    for (std::string& word : entry.texts("nouns")) nouns_.insert_or_assign(std::move(word), noun);
    entry.done();
  }
  for (TomlTable entry : root.tables("verb")) {
    const std::string text = entry.required_text("state");
    const auto state = named(text, kStates);
    if (!state) entry.error("state", "'" + text + "' is no state; one of open closed planned used");
    const std::vector<std::string> verbs = entry.texts("verbs");
    for (const TomlText& as : entry.placed_texts("as")) {
      std::size_t place = 3;
      if (as.text == "object") place = 0;
      if (as.text == "subject") place = 1;
      if (as.text == "through") place = 2;
      if (place == 3) {
        entry.error(as.place, "'" + as.text + "' is no place beside a verb; one of object subject through");
        continue;
      }
      for (const std::string& verb : verbs) {
        if (state) verbs_[place].insert_or_assign(verb, *state);
      }
    }
    entry.done();
  }
  const auto states = [&root](std::string_view key, WordMap<ChannelState>& map) {
    std::optional<TomlTable> table = root.table(key);
    if (!table) return;
    for (const TomlEntry& entry : table->entries()) {
      const auto state = named(entry.key, kStates);
      if (!state) {
        table->error("'" + entry.key + "' is no state; one of open closed planned used");
        continue;
      }
      for (const TomlText& text : table->texts_of(entry)) map.insert_or_assign(text.text, *state);
    }
  };
  states("nouns", deeds_);
  states("state", states_);
}

const ChannelNoun* ChannelWords::noun(std::string_view lemma) const {
  const auto found = nouns_.find(lemma);
  return found == nouns_.end() ? nullptr : &found->second;
}

std::optional<ChannelState> ChannelWords::verb(std::string_view lemma, Place place) const {
  return found_in(verbs_[static_cast<std::size_t>(place)], lemma);
}

std::optional<ChannelState> ChannelWords::deed(std::string_view noun) const { return found_in(deeds_, noun); }

std::optional<ChannelState> ChannelWords::state(std::string_view adjective) const {
  return found_in(states_, adjective);
}

}  // namespace parley
