// TABARI's and PETRARCH's actor and agent dictionaries, which many users keep.
//
// Actors: one name a line, '_' for spaces, its code in brackets on the same line or, with dates, on
// lines of their own below; '+' begins another name of the same actor; '#' and ';' begin comments:
//
//   SAM_NUJOMA_          # president
//   +NUJOMA
//       [NAMREB <900320]
//       [NAMGOV 900321-050321]
//       [NAMELI >050321]
//
// Agents: a noun, its plural in braces where it is irregular ("{}": none), "[~CODE]"; "!PERSON! =
// MAN, MEN" names a set that stands for each of its words. A line that breaks the format is named
// with its place and passed over; all others load.
#include <algorithm>
#include <array>
#include <cctype>

#include "knowledge/actors.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace {

struct Line {
  std::string_view text;
  std::uint32_t number = 0;
};

template <typename Each>
void each_line(std::string_view text, Each each) {
  std::uint32_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find_first_of("#;"));
    line = trim(line);
    if (!line.empty()) each(Line{line, number});
  }
}

/// "ADEN_ARMY_(AA)_" -> "Aden army", "AA".
std::vector<std::string> spelled(std::string_view name) {
  std::vector<std::string> out(1);
  bool inside = false;
  for (const char c : name) {
    if (c == '(') {
      inside = true;
      out.emplace_back();
    } else if (c == ')') {
      inside = false;
    } else {
      (inside ? out.back() : out.front()) += c == '_' ? ' ' : c;
    }
  }
  for (std::string& one : out) {
    one = repair_utf8(std::string(trim(one)));
    const std::string folded = fold_name(one);
    // Three letters and fewer are acronyms and stay in capitals; the files write all else so too.
    if (folded.size() > 3) one = to_lower(one);
  }
  std::erase_if(out, [](const std::string& one) { return fold_name(one).empty(); });
  return out;
}

/// "990101" or "19990101" -> "1999-01-01"; empty when it is none.
std::string iso_date(std::string_view digits) {
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return {};
  std::string all(digits);
  if (all.size() == 6) all = (all.substr(0, 2) > "30" ? "19" : "20") + all;
  if (all.size() != 8 || all.substr(4, 2) < "01" || all.substr(4, 2) > "12" ||
      all.substr(6, 2) < "01" || all.substr(6, 2) > "31")
    return {};
  return all.substr(0, 4) + '-' + all.substr(4, 2) + '-' + all.substr(6, 2);
}

std::string_view next_bracket(std::string_view& text) {
  const std::size_t open = text.find('[');
  if (open == std::string_view::npos) return {};
  const std::size_t close = text.find(']', open);
  if (close == std::string_view::npos) return {};
  const std::string_view inside = text.substr(open + 1, close - open - 1);
  text.remove_prefix(close + 1);
  return inside;
}

}  // namespace

/// Country and roles of a CAMEO code, "NAMGOV" or "~GOV"; false when it is no code.
bool Actors::read_cameo(std::string_view code, std::string& country,
                        std::vector<std::string>& roles) const {
  const bool agent = code.starts_with('~');
  if (agent) code.remove_prefix(1);
  if (code.empty() || code.size() % 3 != 0) return false;
  for (std::size_t i = 0; i < code.size(); i += 3) {
    const std::string part(code.substr(i, 3));
    if (!std::all_of(part.begin(), part.end(),
                     [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }))
      return false;
    if (i == 0 && !agent) {
      const auto other = cameo_countries_.find(part);
      const std::string as = other == cameo_countries_.end() ? part : other->second;
      if (known_country(as)) {
        country = as;
        continue;
      }
      if (!known_role(part) && !cameo_roles_.contains(part))
        continue;  // a region or faith: no country
    }
    const auto other = cameo_roles_.find(part);
    const std::string role = other == cameo_roles_.end() ? part : other->second;
    if (country.empty() && agent && known_country(role) && !states_.contains(role)) {
      country = role;
    } else if (known_role(role) && std::find(roles.begin(), roles.end(), role) == roles.end()) {
      roles.push_back(role);
    }
  }
  return true;
}

void Actors::load_petrarch_actors(std::string_view text, const std::string& file,
                                  Diagnostics& diagnostics) {
  Actor actor;
  std::vector<std::string> names;
  bool coded = false;
  const auto finish = [&] {
    if (!names.empty() && coded) {
      actor.name = names.front();
      const bool plain = actor.terms.empty() && actor.roles.empty();
      const bool state = states_.contains(actor.country);
      actor.kind = plain && state           ? EntityKind::place
                   : actor.terms.size() > 1 ? EntityKind::person
                                            : EntityKind::organisation;
      const std::uint32_t index = add(std::move(actor));
      for (const std::string& name : names) add_name(name, index, NameUse::name, true);
    }
    actor = Actor{};
    names.clear();
    coded = false;
  };
  each_line(text, [&](const Line& line) {
    const auto bad = [&](std::string message) {
      diagnostics.warning(file, line.number, 1, std::move(message));
    };
    std::string_view rest = line.text;
    const std::string_view name = trim(rest.substr(0, rest.find('[')));
    if (!name.empty()) {
      if (name.front() == '+') {
        if (names.empty())
          return bad("another name ('+') of no actor; put it below the actor's first name");
      } else {
        finish();
      }
      for (std::string& one : spelled(name.front() == '+' ? name.substr(1) : name))
        names.push_back(std::move(one));
    }
    if (rest.find('[') == std::string_view::npos) return;
    if (names.empty()) return bad("a code of no actor; put it below the actor's names");
    bool any = false;
    for (std::string_view inside = next_bracket(rest); inside.data() != nullptr;
         inside = next_bracket(rest)) {
      any = true;
      inside = trim(inside);
      if (inside.starts_with("---")) continue;  // PETRARCH's "no actor at this time"
      const std::size_t space = inside.find_first_of(" <>");
      ActorTerm term;
      if (!read_cameo(inside.substr(0, space), term.country, term.roles)) {
        bad("'" + std::string(inside) + "' is no code; write [CTYROL] in groups of three letters");
        continue;
      }
      std::string_view dates =
          space == std::string_view::npos ? std::string_view{} : trim(inside.substr(space));
      coded = true;
      if (dates.empty()) {
        if (!actor.terms.empty()) {
          // Without dates it is what the actor was at all other times.
          actor.terms.insert(actor.terms.begin(), std::move(term));
        } else {
          actor.country = std::move(term.country);
          actor.roles = std::move(term.roles);
        }
        continue;
      }
      const bool until = dates.front() == '<';
      const bool since = dates.front() == '>';
      if (until || since) dates = trim(dates.substr(1));
      const std::size_t dash = dates.find('-');
      const std::string first = iso_date(trim(dates.substr(0, dash)));
      const std::string last =
          dash == std::string_view::npos ? first : iso_date(trim(dates.substr(dash + 1)));
      if (first.empty() || last.empty()) {
        bad("'" + std::string(dates) + "' is no date; write YYMMDD or YYYYMMDD");
        continue;
      }
      if (!until) term.from = first;
      if (!since) term.to = last;
      if (actor.country.empty()) actor.country = term.country;
      actor.terms.push_back(std::move(term));
    }
    if (!any) bad("a bracket without its end; write [CODE]");
  });
  finish();
}

void Actors::load_petrarch_agents(std::string_view text, const std::string& file,
                                  Diagnostics& diagnostics) {
  std::unordered_map<std::string, std::vector<std::string>> sets;
  each_line(text, [&](const Line& line) {
    const auto bad = [&](std::string message) {
      diagnostics.warning(file, line.number, 1, std::move(message));
    };
    std::string_view rest = line.text;
    if (const std::size_t equals = rest.find('=');
        rest.front() == '!' && equals != std::string_view::npos) {
      std::vector<std::string>& set = sets[std::string(trim(rest.substr(0, equals)))];
      rest.remove_prefix(equals + 1);
      while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        set.emplace_back(trim(rest.substr(0, comma)));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      }
      return;
    }
    const std::size_t open = rest.find('[');
    if (open == std::string_view::npos) return bad("an agent without a code; write NOUN [~ROL]");
    std::string_view name = trim(rest.substr(0, open));
    std::string_view brackets = rest;
    std::string_view code = next_bracket(brackets);
    if (code.data() == nullptr) return bad("a bracket without its end; write [~ROL]");
    code = trim(code);
    AgentNoun noun;
    if (!code.starts_with('~') || !read_cameo(code, noun.country, noun.roles)) {
      return bad("'" + std::string(code) +
                 "' is no agent's code; write [~ROL] in groups of three letters");
    }
    std::string plural;
    if (const std::size_t brace = name.find('{'); brace != std::string_view::npos) {
      const std::size_t end = name.find('}', brace);
      if (end == std::string_view::npos)
        return bad("a brace without its end; write NOUN {PLURAL} [~ROL]");
      plural = trim(name.substr(brace + 1, end - brace - 1));
      name = trim(name.substr(0, brace));
    }
    if (name.empty()) return bad("a code without a noun; write NOUN [~ROL]");
    std::vector<std::string> nouns{std::string(name)};
    if (!plural.empty()) nouns.push_back(std::move(plural));
    for (const auto& [mark, words] : sets) {
      std::vector<std::string> filled;
      for (const std::string& one : nouns) {
        const std::size_t at = one.find(mark);
        if (at == std::string::npos) {
          filled.push_back(one);
          continue;
        }
        for (const std::string& word : words) {
          std::string with = one;
          for (std::size_t i = at; i != std::string::npos; i = with.find(mark, i + word.size()))
            with.replace(i, mark.size(), word);
          filled.push_back(std::move(with));
        }
      }
      nouns = std::move(filled);
    }
    if (std::any_of(nouns.begin(), nouns.end(),
                    [](const std::string& one) { return one.find('!') != std::string::npos; })) {
      return bad("a set that was not given; write !SET! = WORD, WORD above");
    }
    agents_.push_back(std::move(noun));
    for (const std::string& one : nouns) {
      for (const std::string& spelling : spelled(one)) {
        agent_names_.add(fold_name(spelling), static_cast<std::uint32_t>(agents_.size() - 1));
      }
    }
  });
}

}  // namespace parley
