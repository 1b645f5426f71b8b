#include "knowledge/proposal_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace parley {
namespace {

constexpr std::array<ProposalState, 9> kStates{
    ProposalState::floated,  ProposalState::offered, ProposalState::under_discussion,
    ProposalState::accepted, ProposalState::rejected, ProposalState::signed_,
    ProposalState::in_force, ProposalState::partly_done, ProposalState::collapsed};
constexpr std::array<Stance, 6> kStances{Stance::accepts,    Stance::rejects, Stance::supports,
                                         Stance::conditions, Stance::denies,  Stance::undecided};

// The value that `key` names, or nothing with a diagnostic that lists the names there are.
template <typename Enum, std::size_t N>
std::optional<Enum> named(TomlTable& entry, std::string_view key, const std::array<Enum, N>& values) {
  const std::optional<std::string> text = entry.text(key);
  if (!text) return std::nullopt;
  std::string known;
  for (const Enum value : values) {
    if (*text == name(value)) return value;
    known += std::string(" ") + name(value);
  }
  entry.error(key, "'" + *text + "' is no " + std::string(key) + "; one of" + known);
  return std::nullopt;
}

}  // namespace

ProposalWords ProposalWords::load(DataFiles& files, Diagnostics& diagnostics) {
  ProposalWords out;
  read_toml_files(files, "proposals", diagnostics, [&](TomlTable root) {
    out.read_nouns(root);
    out.read_verbs(root);
    out.read_terms(root);
    out.read_sticking(root);
    root.done();
  });
  return out;
}

void ProposalWords::read_nouns(TomlTable& root) {
  for (TomlTable entry : root.tables("noun")) {
    ProposalNoun noun;
    noun.strong = entry.flag("strong").value_or(false);
    noun.somebodys = entry.flag("somebodys").value_or(false);
    noun.alone = entry.flag("alone").value_or(false);
    noun.topic = entry.text("topic").value_or("");
    noun.needs_modifier = entry.texts("needs_modifier");
    for (const TomlText& lemma : entry.placed_texts("nouns")) {
      if (!nouns_.emplace(lemma.text, noun).second) {
        entry.error(lemma.place, "'" + lemma.text + "' stands in two [[noun]] entries; keep one");
      }
    }
    entry.done();
  }
  for (TomlTable entry : root.tables("topic")) {
    const std::string topic = entry.required_text("name");
    for (const TomlText& word : entry.placed_texts("words")) topics_.emplace(word.text, topic);
    entry.done();
  }
  if (auto names = root.table("name")) {
    for (std::string& word : names->texts("leave_out")) left_out_.insert(std::move(word));
    for (std::string& word : names->texts("others")) others_.insert(std::move(word));
    names->done();
  }
}

void ProposalWords::read_verbs(TomlTable& root) {
  for (TomlTable entry : root.tables("act")) {
    ProposalAct act;
    act.state = named(entry, "state", kStates);
    act.stance = named(entry, "stance", kStances);
    act.negated = named(entry, "negated", kStances);
    act.reversed = entry.flag("reversed").value_or(false);
    if (const std::optional<std::string> role = entry.text("role")) {
      if (*role == "proposer") {
        act.role = ProposalAct::Role::proposer;
      } else if (*role == "mediator") {
        act.role = ProposalAct::Role::mediator;
      } else {
        entry.error("role", "'" + *role + "' is no role; one of proposer mediator");
      }
    }
    for (const TomlText& verb : entry.placed_texts("verbs")) {
      if (!acts_.emplace(verb.text, act).second) {
        entry.error(verb.place, "'" + verb.text + "' stands in two [[act]] entries; keep one");
      }
    }
    entry.done();
  }
  const auto fill = [&](std::string_view key, WordSet& set) {
    if (auto table = root.table(key)) {
      for (std::string& verb : table->texts("verbs")) set.insert(std::move(verb));
      table->done();
    }
  };
  fill("urging", urging_);
  fill("refusing", refusing_);
  fill("promising", promising_);
  fill("persuading", persuading_);
  fill("demanding", demanding_);
  if (auto verdict = root.table("verdict")) {
    for (std::string& verb : verdict->texts("verbs")) verdict_verbs_.insert(std::move(verb));
    for (std::string& word : verdict->texts("against")) verdict_against_.insert(std::move(word));
    verdict->done();
  }
  if (auto reference = root.table("reference")) {
    for (std::string& noun : reference->texts("nouns")) references_.insert(std::move(noun));
    for (std::string& noun : reference->texts("groups")) groups_.insert(std::move(noun));
    reference->done();
  }
  if (auto naming = root.table("naming")) {
    name_otherwise_ = naming->text("otherwise").value_or("");
    offering_ = naming->text("offering").value_or("");
    for (std::string& verb : naming->texts("brought_about")) brought_about_.insert(std::move(verb));
    name_of_deadline_ = naming->text("deadline").value_or("");
    for (std::string& verb : naming->texts("deadline_verbs")) deadline_verbs_.insert(std::move(verb));
    for (std::string& verb : naming->texts("things")) proposes_things_.insert(std::move(verb));
    naming->done();
  }
}

void ProposalWords::read_terms(TomlTable& root) {
  const auto fill = [](TomlTable& table, std::string_view key, WordSet& set) {
    for (std::string& word : table.texts(key)) set.insert(std::move(word));
  };
  if (auto contents = root.table("contents")) {
    fill(*contents, "verbs", contents_);
    fill(*contents, "under", under_);
    fill(*contents, "exchange", exchange_);
    fill(*contents, "to", contents_to_);
    contents->done();
  }
  if (auto whole = root.table("whole")) {
    fill(*whole, "verbs", whole_);
    whole->done();
  }
  if (auto parts = root.table("parts")) {
    fill(*parts, "nouns", parts_);
    parts->done();
  }
  if (auto none = root.table("no_contents")) {
    fill(*none, "verbs", no_contents_);
    fill(*none, "objects", no_contents_objects_);
    fill(*none, "unless_to_come", deeds_to_come_);
    none->done();
  }
  if (auto permission = root.table("permission")) {
    fill(*permission, "verbs", permission_);
    fill(*permission, "happening", happening_);
    permission->done();
  }
  for (TomlTable entry : root.tables("action")) {
    Action action;
    action.name = entry.required_text("name");
    fill(entry, "objects", action.objects);
    for (const std::string& word : entry.texts("words")) actions_[word].push_back(action);
    entry.done();
  }
  if (auto phase = root.table("phase")) {
    fill(*phase, "nouns", phase_nouns_);
    fill(*phase, "adverbs", phase_adverbs_);
    phase->done();
  }
  if (auto condition = root.table("condition")) {
    fill(*condition, "marks", condition_marks_);
    condition->done();
  }
}

void ProposalWords::read_sticking(TomlTable& root) {
  auto points = root.table("points");
  if (!points) return;
  const auto fill = [&](std::string_view key, WordSet& set) {
    for (std::string& word : points->texts(key)) set.insert(std::move(word));
  };
  fill("nouns", sticking_nouns_);
  fill("verbs", sticking_verbs_);
  fill("refused", sticking_refused_);
  fill("adverbs", sticking_adverbs_);
  fill("open", sticking_open_);
  fill("stays", sticking_stays_);
  fill("prepositions", sticking_prepositions_);
  sticking_phrases_ = points->texts("phrases");
  points->done();
}

const ProposalNoun* ProposalWords::noun(std::string_view lemma) const {
  const auto it = nouns_.find(lemma);
  return it == nouns_.end() ? nullptr : &it->second;
}

std::string_view ProposalWords::topic(std::string_view lemma) const {
  const auto it = topics_.find(lemma);
  return it == topics_.end() ? std::string_view() : std::string_view(it->second);
}

const ProposalAct* ProposalWords::act(std::string_view verb) const {
  const auto it = acts_.find(verb);
  return it == acts_.end() ? nullptr : &it->second;
}

std::string_view ProposalWords::action(std::string_view lemma, const std::vector<std::string>& objects) const {
  const auto it = actions_.find(lemma);
  if (it == actions_.end()) return {};
  std::string_view general;
  for (const Action& action : it->second) {
    if (action.objects.empty()) {
      general = action.name;
      continue;
    }
    for (const std::string& object : objects) {
      if (action.objects.contains(object)) return action.name;
    }
  }
  return general;
}

}  // namespace parley
