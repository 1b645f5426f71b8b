// Reading data/actors/*.toml and data/places/*.toml. Any file may hold any of these tables:
//   [country] [territory] [names] [default] + [actor] [leader] [[agent]] [[title]] [city]
//   [cameo_role] [cameo_country]
// Codes are checked at the end, when all states are known.
#include <algorithm>
#include <array>
#include <utility>

#include "knowledge/actors.h"
#include "text/unicode.h"

namespace parley {
namespace {

constexpr std::array<std::pair<std::string_view, EntityKind>, 10> kKinds{
    {{"person", EntityKind::person},
     {"organisation", EntityKind::organisation},
     {"country", EntityKind::country},
     {"place", EntityKind::place},
     {"group", EntityKind::group},
     {"nationality", EntityKind::nationality},
     {"facility", EntityKind::facility},
     {"weapon", EntityKind::weapon},
     {"event", EntityKind::event},
     {"other", EntityKind::other}}};

bool is_date(std::string_view date) {
  // YYYY, YYYY-MM or YYYY-MM-DD
  if (date.size() != 4 && date.size() != 7 && date.size() != 10) return false;
  for (std::size_t i = 0; i < date.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? date[i] != '-' : (date[i] < '0' || date[i] > '9')) return false;
  }
  return true;
}

/// Ends in a sound that its plural shows ("Chinese", "Dutch", "Swiss"): no plural in -s.
bool collective(std::string_view adjective) {
  for (const std::string_view end : {"ese", "ish", "ch", "s"}) {
    if (adjective.ends_with(end)) return true;
  }
  return false;
}

}  // namespace

class ActorsReader {
 public:
  ActorsReader(Actors& actors, Diagnostics& diagnostics)
      : actors_(actors), diagnostics_(diagnostics) {}

  void read(TomlTable root) {
    std::vector<std::string> default_roles;
    std::string default_country;
    EntityKind default_kind = EntityKind::organisation;
    if (auto table = root.table("default")) {
      default_kind = kind(*table, EntityKind::organisation);
      default_country = table->text("country").value_or("");
      default_roles = roles(*table, {});
      table->done();
    }
    if (auto table = root.table("country")) countries(*table);
    if (auto table = root.table("territory")) territories(*table);
    if (auto table = root.table("names")) {
      for (const auto& entry : table->entries())
        extra_.push_back({entry.key, table->texts_of(entry)});
    }
    if (auto table = root.table("actor")) {
      for (const auto& entry : table->entries()) {
        if (auto one = table->table_of(entry))
          actor(entry.key, *one, default_kind, default_country, default_roles);
      }
    }
    if (auto table = root.table("leader")) leaders(*table, default_roles);
    for (TomlTable table : root.tables("agent")) agents(table);
    for (TomlTable table : root.tables("title")) titles(table);
    if (auto table = root.table("city")) cities(*table);
    if (auto table = root.table("cameo_role")) codes(*table, actors_.cameo_roles_);
    if (auto table = root.table("cameo_country")) codes(*table, actors_.cameo_countries_);
    root.done();
  }

  void finish() {
    for (const auto& [code, names] : extra_) {
      const auto state = actors_.state(code);
      for (const TomlText& name : names) {
        if (state) actors_.add_name(name.text, *state);
      }
    }
    for (const Check& check : checks_) {
      if (check.code.empty() || actors_.known_country(check.code)) continue;
      diagnostics_.error(
          check.file, check.place.line, check.place.column,
          "unknown country '" + check.code +
              "': write an ISO 3166 alpha-3 code of [country], or IGO, NGO, IMG, MNC");
    }
  }

 private:
  struct Check {
    std::string code;
    std::string file;
    TomlPlace place;
  };

  EntityKind kind(TomlTable& table, EntityKind otherwise) {
    const auto text = table.text("kind");
    if (!text) return otherwise;
    for (const auto& [name, value] : kKinds) {
      if (name == *text) return value;
    }
    table.error("kind", "unknown kind '" + *text +
                            "': person, organisation, country, place, group, nationality, "
                            "facility, weapon, event or other");
    return otherwise;
  }

  std::vector<std::string> roles(TomlTable& table, const std::vector<std::string>& otherwise) {
    if (!table.has("roles")) return otherwise;
    std::vector<std::string> out;
    for (TomlText& role : table.placed_texts("roles")) {
      if (Actors::known_role(role.text)) {
        out.push_back(std::move(role.text));
      } else {
        table.error(role.place, "unknown role '" + role.text +
                                    "': write a PLOVER sector code such as GOV, MIL, REB");
      }
    }
    return out;
  }

  std::string country(TomlTable& table, const std::string& otherwise) {
    const auto text = table.text("country");
    if (!text) return otherwise;
    checks_.push_back({*text, table.file(), table.place("country")});
    return *text;
  }

  std::string date(TomlTable& table, std::string_view key) {
    std::string text = table.text(key).value_or("");
    if (!text.empty() && !is_date(text)) {
      table.error(key, "'" + text + "' is no date: write YYYY-MM-DD, YYYY-MM or YYYY");
      text.clear();
    }
    return text;
  }

  ActorTerm term(TomlTable& table, const std::string& in, const std::vector<std::string>& as) {
    ActorTerm out;
    out.from = date(table, "from");
    out.to = date(table, "to");
    const std::size_t n = std::min(out.from.size(), out.to.size());
    if (n > 0 && out.to.substr(0, n) < out.from.substr(0, n))
      table.error("to", "the term ends before it begins");
    out.country = country(table, in);
    out.roles = roles(table, as);
    return out;
  }

  void countries(TomlTable& table) {
    for (const auto& entry : table.entries()) {
      auto one = table.table_of(entry);
      if (!one) continue;
      if (actors_.states_.contains(entry.key)) {
        one->error("'" + entry.key + "' is there already: add to that entry");
        continue;
      }
      Actor state;
      state.name = one->required_text("name");
      state.kind = EntityKind::country;
      state.country = entry.key;
      state.ambiguous = one->flag("ambiguous").value_or(false);
      for (const std::string& word : one->texts("unless")) state.unless.push_back(fold_name(word));
      const std::string name = state.name;
      const std::uint32_t index = actors_.add(std::move(state));
      actors_.states_[entry.key] = index;
      actors_.add_name(name, index);
      for (const std::string& other : one->texts("names")) actors_.add_name(other, index);
      adjectives(*one, index);
      if (const auto capital = one->text("capital")) {
        const std::uint32_t seat = place(*capital, entry.key);
        actors_.add_name(*capital, seat, NameUse::capital);
      }
      one->done();
    }
  }

  void adjectives(TomlTable& one, std::uint32_t index) {
    const bool own = one.has("people");
    for (const std::string& people : one.texts("people"))
      actors_.add_name(people, index, NameUse::people);
    for (const std::string& adjective : one.texts("adjectives")) {
      actors_.add_name(adjective, index, NameUse::adjective);
      if (own) continue;
      actors_.add_name(collective(adjective) ? adjective : adjective + "s", index, NameUse::people);
    }
  }

  std::uint32_t place(std::string name, std::string code) {
    Actor place;
    place.name = std::move(name);
    place.kind = EntityKind::place;
    place.country = std::move(code);
    return actors_.add(std::move(place));
  }

  void territories(TomlTable& table) {
    for (const auto& entry : table.entries()) {
      auto one = table.table_of(entry);
      if (!one) continue;
      Actor territory;
      territory.name = entry.key;
      territory.kind = EntityKind::place;
      territory.country = country(*one, "");
      if (territory.country.empty())
        one->error("a territory needs the code of its state: country = \"…\"");
      territory.roles = roles(*one, {});
      const std::uint32_t index = actors_.add(std::move(territory));
      actors_.add_name(entry.key, index);
      for (const std::string& other : one->texts("names")) actors_.add_name(other, index);
      adjectives(*one, index);
      one->done();
    }
  }

  void actor(const std::string& name, TomlTable& one, EntityKind default_kind,
             const std::string& default_country, const std::vector<std::string>& default_roles) {
    Actor out;
    out.name = name;
    out.kind = kind(one, default_kind);
    out.country = country(one, default_country);
    out.roles = roles(one, default_roles);
    out.ambiguous = one.flag("ambiguous").value_or(false);
    for (const std::string& word : one.texts("unless")) out.unless.push_back(fold_name(word));
    if (one.has("from") || one.has("to")) {
      out.terms.push_back(term(one, out.country, out.roles));
      if (one.has("terms")) one.error("terms", "either from and to, or terms");
    }
    for (TomlTable spell : one.tables("terms")) {
      out.terms.push_back(term(spell, out.country, out.roles));
      spell.done();
    }
    const bool nationality = out.kind == EntityKind::nationality;
    const bool ambiguous = out.ambiguous;
    const std::uint32_t index = actors_.add(std::move(out));
    const auto add = [&](const std::string& text) {
      // A people's name is an adjective in the singular and a noun in the plural; the word's tag
      // decides in the text, so both are kept.
      actors_.add_name(text, index, nationality ? NameUse::adjective : NameUse::name);
      if (nationality && !ambiguous) actors_.add_name(text, index, NameUse::people);
    };
    add(name);
    for (const std::string& other : one.texts("names")) add(other);
    one.done();
  }

  void leaders(TomlTable& table, const std::vector<std::string>& default_roles) {
    for (const auto& state : table.entries()) {
      auto people = table.table_of(state);
      if (!people) continue;
      checks_.push_back({state.key, table.file(), state.value.place});
      for (const auto& entry : people->entries()) {
        Actor out;
        out.name = entry.key;
        out.kind = EntityKind::person;
        out.country = state.key;
        out.roles = default_roles;
        for (TomlTable spell : people->tables(entry.key)) {
          out.terms.push_back(term(spell, out.country, out.roles));
          spell.done();
        }
        const bool full = fold_name(out.name).find(' ') != std::string::npos;
        const std::uint32_t index = actors_.add(std::move(out));
        if (full) actors_.add_name(entry.key, index);
      }
    }
  }

  void agents(TomlTable table) {
    AgentNoun noun;
    const std::string kind_name = table.text("kind").value_or("person");
    if (kind_name != "person" && kind_name != "organisation")
      table.error("kind", "person or organisation");
    noun.body = kind_name == "organisation";
    noun.loose = table.flag("loose").value_or(false);
    noun.deed = table.flag("deed").value_or(false);
    noun.speaks = table.flag("speaks").value_or(false);
    noun.country = country(table, "");
    noun.roles = roles(table, {});
    actors_.agents_.push_back(std::move(noun));
    const auto index = static_cast<std::uint32_t>(actors_.agents_.size() - 1);
    for (const std::string& word : table.texts("nouns"))
      actors_.agent_names_.add(fold_name(word), index);
    table.done();
  }

  void titles(TomlTable table) {
    ActorTitle title;
    title.roles = roles(table, {});
    title.country = country(table, "");
    title.state = table.flag("state").value_or(false);
    title.speaks = table.flag("speaks").value_or(false);
    actors_.titles_.push_back(std::move(title));
    const auto index = static_cast<std::uint32_t>(actors_.titles_.size() - 1);
    for (const std::string& name : table.texts("names"))
      actors_.title_names_.add(fold_name(name), index);
    table.done();
  }

  void cities(TomlTable& table) {
    for (const auto& entry : table.entries()) {
      checks_.push_back({entry.key, table.file(), entry.value.place});
      for (const TomlText& city : table.texts_of(entry)) {
        actors_.add_name(city.text, place(city.text, entry.key));
      }
    }
  }

  void codes(TomlTable& table, std::unordered_map<std::string, std::string>& into) {
    for (const auto& entry : table.entries()) {
      for (const TomlText& code : table.texts_of(entry)) into[entry.key] = code.text;
    }
  }

  Actors& actors_;
  Diagnostics& diagnostics_;
  std::vector<std::pair<std::string, std::vector<TomlText>>> extra_;
  std::vector<Check> checks_;
};

Actors Actors::load(DataFiles& files, Diagnostics& diagnostics) {
  Actors actors;
  ActorsReader reader(actors, diagnostics);
  for (const char* topic : {"actors", "places"}) {
    read_toml_files(files, topic, diagnostics, [&](TomlTable root) { reader.read(root); });
  }
  reader.finish();
  for (const char* kind : {".actors.txt", ".agents.txt"}) {
    for (const DataFiles::File& file : files.list("actors", kind)) {
      const auto text = files.read(file, diagnostics);
      if (!text) continue;
      if (std::string_view(kind) == ".actors.txt") {
        actors.load_petrarch_actors(*text, file.relative, diagnostics);
      } else {
        actors.load_petrarch_agents(*text, file.relative, diagnostics);
      }
    }
  }
  actors.add_surnames();
  return actors;
}

}  // namespace parley
