#include "knowledge/statement_words.h"

#include <algorithm>
#include <optional>

namespace parley {
namespace {

struct ContentName {
  std::string_view name;
  ContentKind kind;
};

constexpr ContentName kContentNames[] = {
    {"clause", ContentKind::clause},       {"quote", ContentKind::quote},
    {"infinitive", ContentKind::infinitive}, {"gerund", ContentKind::gerund},
    {"object", ContentKind::object},       {"finding", ContentKind::finding},
    {"adjunct", ContentKind::adjunct},
};

bool is_lower_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '\'';
  });
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The same lemma with the same content again: the later entry wins, so that a file can refine another.
void add_frame(CueWord& word, CueFrame frame) {
  for (CueFrame& known : word.frames) {
    if (known.content == frame.content && known.preposition == frame.preposition) {
      // A bare "quote" beside a more telling one never takes its act away.
      if (frame.act != Act::neutral || known.act == Act::neutral) known = std::move(frame);
      return;
    }
  }
  word.frames.push_back(std::move(frame));
}

}  // namespace

const CueFrame* CueWord::frame(ContentKind content) const {
  for (const CueFrame& frame : frames) {
    if (frame.content == content) return &frame;
  }
  return nullptr;
}

const CueFrame* CueWord::preposition(std::string_view word) const {
  for (const CueFrame& frame : frames) {
    if (frame.content == ContentKind::preposition && frame.preposition == word) return &frame;
  }
  return nullptr;
}

const CueWord* StatementWords::find(const WordMap<CueWord>& map, std::string_view lemma) {
  const auto it = map.find(lemma);
  return it == map.end() ? nullptr : &it->second;
}

void StatementWords::read_cues(TomlTable& root, std::string_view key, WordMap<CueWord>& into) {
  for (TomlTable entry : root.tables(key)) {
    const std::string act_name = entry.required_text("act");
    const std::optional<Act> act = act_from_name(act_name);
    if (!act_name.empty() && !act) {
      entry.error("act", "no act '" + act_name +
                             "'; one of support oppose accuse deny demand promise warn praise regret neutral");
    }
    const bool hearer = entry.flag("hearer").value_or(false);
    const bool manner = entry.flag("manner").value_or(false);
    std::vector<CueFrame> frames;
    for (const TomlText& content : entry.placed_texts("content")) {
      CueFrame frame{ContentKind::preposition, content.text, act.value_or(Act::neutral), hearer};
      for (const ContentName& known : kContentNames) {
        if (known.name == content.text) {
          frame.content = known.kind;
          frame.preposition.clear();
        }
      }
      if (!is_lower_word(content.text)) {
        entry.error(content.place, "'" + content.text + "' is neither a kind of content nor a preposition");
        continue;
      }
      frames.push_back(std::move(frame));
    }
    if (frames.empty()) entry.error("content", "a cue needs at least one kind of content");
    const std::vector<TomlText> words = entry.placed_texts("words");
    if (words.empty()) entry.error("words", "list the lemmas this entry is about");
    for (const TomlText& word : words) {
      if (!is_lower_word(word.text)) {
        entry.error(word.place, "'" + word.text + "' is no lemma; write it in lower case, a particle after '_'");
        continue;
      }
      const bool fresh = !into.contains(word.text);
      CueWord& cue = into[word.text];
      cue.manner = manner && (fresh || cue.manner);
      for (const CueFrame& frame : frames) add_frame(cue, frame);
    }
    entry.done();
  }
}

StatementWords StatementWords::load(DataFiles& files, Diagnostics& diagnostics) {
  StatementWords out;
  const auto fill = [](WordSet& set, std::vector<std::string> words) {
    for (std::string& word : words) set.insert(std::move(word));
  };
  read_toml_files(files, "statements", diagnostics, [&](TomlTable root) {
    read_cues(root, "verb", out.verbs_);
    read_cues(root, "noun", out.nouns_);
    read_cues(root, "adjective", out.adjectives_);
    if (auto light = root.table("light")) {
      fill(out.light_verbs_, light->texts("verbs"));
      light->done();
    }
    if (auto held = root.table("held")) {
      fill(out.held_, held->texts("participles"));
      held->done();
    }
    if (auto phrases = root.table("phrases")) {
      for (const std::string& phrase : phrases->texts("according")) {
        out.source_phrases_.push_back(split_words(phrase));
      }
      fill(out.documents_, phrases->texts("documents"));
      phrases->done();
    }
    if (auto open = root.table("unsaid")) {
      fill(out.open_auxiliaries_, open->texts("auxiliaries"));
      open->done();
    }
    if (auto hearsay = root.table("hearsay")) {
      fill(out.hearsay_, hearsay->texts("adverbs"));
      hearsay->done();
    }
    if (auto content = root.table("content")) {
      for (const auto& entry : content->entries()) {
        const std::optional<Act> act = act_from_name(entry.key);
        if (!act) content->error(entry.value.place, "no act '" + entry.key + "'");
        for (TomlText& word : content->texts_of(entry)) {
          if (act) out.auxiliary_acts_[word.text] = *act;
        }
      }
    }
    root.done();
  });
  std::stable_sort(out.source_phrases_.begin(), out.source_phrases_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

Act StatementWords::act_of_auxiliary(std::string_view lemma) const {
  const auto it = auxiliary_acts_.find(lemma);
  return it == auxiliary_acts_.end() ? Act::neutral : it->second;
}

}  // namespace parley
