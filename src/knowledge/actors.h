// Who is who: states, organisations, armed groups, people with the time they held office, and what
// common nouns, adjectives and titles say about an actor. Tables of data/actors/ and data/places/.
//
// Names are compared folded (`fold_name`): no case, accents, dots, hyphens or apostrophes, so that
// "al-Qa'ida" and "Al Qaida", "U.S." and "US" are one. A name written in capitals in the table ("WHO",
// "IS", "US") only answers to capitals in the text. Look-ups are hash look-ups, one a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "knowledge/diagnostics.h"
#include "knowledge/toml_reader.h"
#include "parley/record.h"

namespace parley {

/// Lower case without marks; words parted by single spaces: "Côte d'Ivoire" -> "cote divoire".
std::string fold_name(std::string_view text);
/// Whether the text has letters and all of them are capitals ("U.S.", "AL-SHABAAB").
bool all_capitals(std::string_view text);

/// Folded phrases to values; finds the longest that begins at a word.
template <typename T>
class NameTable {
 public:
  /// `first`: before the values that are there.
  void add(std::string_view folded, T value, bool first = false) {
    if (folded.empty()) return;
    for (std::size_t space = folded.find(' '); space != std::string_view::npos;
         space = folded.find(' ', space + 1)) {
      nodes_[std::string(folded.substr(0, space))].longer = true;
    }
    std::vector<T>& values = nodes_[std::string(folded)].values;
    values.insert(first ? values.begin() : values.end(), std::move(value));
  }

  const std::vector<T>* find(std::string_view folded) const {
    const auto found = nodes_.find(std::string(folded));
    return found == nodes_.end() || found->second.values.empty() ? nullptr : &found->second.values;
  }

  struct Match {
    const std::vector<T>* values = nullptr;
    std::size_t words = 0;
  };
  /// `words` are folded; a folded word may be empty (a hyphen) or several ("al qaeda"). At most
  /// `limit` of them from `first`; cost: one look-up a word until no phrase goes on.
  template <typename Words>
  Match longest(const Words& words, std::size_t first, std::size_t limit) const {
    Match match;
    std::string key;
    for (std::size_t i = first; i < limit; ++i) {
      if (words[i].empty()) {
        if (key.empty()) return match;
        continue;
      }
      if (!key.empty()) key += ' ';
      key += words[i];
      const auto found = nodes_.find(key);
      if (found == nodes_.end()) return match;
      if (!found->second.values.empty()) match = {&found->second.values, i + 1 - first};
      if (!found->second.longer) return match;
    }
    return match;
  }

 private:
  struct Node {
    std::vector<T> values;
    bool longer = false;
  };
  std::unordered_map<std::string, Node> nodes_;
};

/// What an actor was for a time. Dates are ISO 8601 at any precision, both ends included; empty: open.
struct ActorTerm {
  std::string from;
  std::string to;
  std::string country;
  std::vector<std::string> roles;
};

struct Actor {
  std::string name;
  EntityKind kind = EntityKind::organisation;
  std::string country;               ///< ISO alpha-3, IGO, NGO, IMG, MNC, or empty
  std::vector<std::string> roles;
  std::vector<ActorTerm> terms;
  bool ambiguous = false;            ///< often something else: believe it only with other evidence
  std::vector<std::string> unless;   ///< folded words of the report that speak against it
};

/// How a name stands for its actor.
enum class NameUse : std::uint8_t {
  name,       ///< "France", "Red Cross"
  adjective,  ///< "French"
  people,     ///< "the French"
  capital,    ///< a state's seat: the place, and the state's government when it acts
};

struct ActorName {
  std::uint32_t actor = 0;
  NameUse use = NameUse::name;
  bool capitals = false;  ///< only written in capitals
};

/// A common noun for an actor: "rebel", "security force".
struct AgentNoun {
  std::vector<std::string> roles;
  std::string country;               ///< IGO, NGO or MNC where the noun says so, else empty
  bool body = false;                 ///< an organisation even in the singular
  bool loose = false;                ///< only with someone it belongs to, never as part of a name
  bool deed = false;                 ///< a deed where "to" or "against" follows
  bool speaks = false;               ///< with a state alone, for its government
};

struct ActorTitle {
  std::vector<std::string> roles;
  std::string country;
  bool state = false;                ///< held by few in a state
  bool speaks = false;               ///< with a state alone, for its government
};

class Actors {
 public:
  /// Reads data/actors/*.toml and data/places/*.toml.
  static Actors load(DataFiles& files, Diagnostics& diagnostics);

  const Actor& actor(std::uint32_t index) const { return actors_[index]; }
  std::size_t size() const { return actors_.size(); }

  /// Everything a name may stand for, by the files' order; nullptr when it is not known.
  const std::vector<ActorName>* find(std::string_view folded) const { return names_.find(folded); }
  const NameTable<ActorName>& names() const { return names_; }
  /// People by the last word of their names.
  const std::vector<std::uint32_t>* surname(std::string_view folded) const;
  /// The state of that code, or nothing.
  std::optional<std::uint32_t> state(std::string_view code) const;

  /// Country, roles and code of an actor at a date. Without a date: the term without an end, else the
  /// last. After their last term people in office are ELI.
  ActorCode code(std::uint32_t actor, const std::optional<std::string>& date) const;
  /// The first actor of that name, where it is not ambiguous.
  std::optional<ActorCode> lookup(std::string_view name, const std::optional<std::string>& date) const;
  /// "Israeli", "Kosovar": the country's code.
  std::optional<std::string> country_of_adjective(std::string_view word) const;

  /// A noun's sectors by its lemma ("security force"), or nullptr.
  const AgentNoun* agent(std::string_view lemma) const;
  const ActorTitle* title(std::string_view words) const;

  /// TABARI's and PETRARCH's dictionaries, which users may have: see actors_petrarch.cc. Their names go
  /// before ours. A line that breaks the format gives a warning with its place. `load` reads what is in
  /// actors/*.actors.txt and actors/*.agents.txt.
  void load_petrarch_actors(std::string_view text, const std::string& file, Diagnostics& diagnostics);
  void load_petrarch_agents(std::string_view text, const std::string& file, Diagnostics& diagnostics);

  /// Whether `code` is a state of the table or IGO, NGO, IMG, MNC.
  bool known_country(std::string_view code) const;
  static bool known_role(std::string_view role);

 private:
  friend class ActorsReader;

  std::uint32_t add(Actor actor);
  void add_name(std::string_view name, std::uint32_t actor, NameUse use = NameUse::name, bool first = false);
  bool read_cameo(std::string_view code, std::string& country, std::vector<std::string>& roles) const;
  void add_surnames();

  std::vector<Actor> actors_;
  NameTable<ActorName> names_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> surnames_;
  std::unordered_map<std::string, std::uint32_t> states_;
  std::vector<AgentNoun> agents_;
  NameTable<std::uint32_t> agent_names_;
  std::vector<ActorTitle> titles_;
  NameTable<std::uint32_t> title_names_;
  std::unordered_map<std::string, std::string> cameo_roles_;
  std::unordered_map<std::string, std::string> cameo_countries_;
};

/// Country and roles joined: {"USA", {"GOV"}} -> code "USAGOV"; no country: no code but the roles'.
ActorCode actor_code(std::string country, std::vector<std::string> roles);

}  // namespace parley
