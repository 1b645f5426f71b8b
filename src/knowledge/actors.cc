#include "knowledge/actors.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 25> kRoles{
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "LEG", "SPY", "PRM", "UAF", "UNK", "AGR",
    "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "PRE", "REL", "SOC"};
constexpr std::array<std::string_view, 4> kNonStates{"IGO", "NGO", "IMG", "MNC"};

/// Letters that decomposition leaves whole.
std::string_view plain_letter(char32_t c) {
  switch (c) {
    case U'ł': return "l";
    case U'ø': return "o";
    case U'đ': return "d";
    case U'ð': return "d";
    case U'þ': return "th";
    case U'ß': return "ss";
    case U'æ': return "ae";
    case U'œ': return "oe";
    case U'ı': return "i";
    case U'ə': return "a";
    default: return {};
  }
}

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'\u2019' || c == U'\u2018' || c == U'`';
}

/// Tokenisers part "People's" and keep "Sana'a": the possessive is a word of its own.
bool possessive_follows(std::string_view text, std::size_t apostrophe_end) {
  if (apostrophe_end >= text.size() || text[apostrophe_end] != 's') return false;
  const CodePoint next = decode_utf8(text, apostrophe_end + 1);
  return next.size == 0 || !is_letter(next.value);
}

bool parts_words(char32_t c) {
  return is_space(c) || c == U'-' || c == U'/' || c == U',' || c == U'&' || c == U'+' ||
         (c >= U'\u2010' && c <= U'\u2015');
}

/// Whether `date` lies in the term; each bound counts at its own precision.
bool holds(const ActorTerm& term, std::string_view date) {
  const auto shared = [&](const std::string& bound) { return std::min(bound.size(), date.size()); };
  if (const std::size_t n = shared(term.from);
      date.substr(0, n) < std::string_view(term.from).substr(0, n)) {
    return false;
  }
  const std::size_t n = shared(term.to);
  return term.to.empty() || date.substr(0, n) <= std::string_view(term.to).substr(0, n);
}

}  // namespace

std::string fold_name(std::string_view text) {
  std::string folded;
  if (is_ascii(text)) {
    folded = to_lower(text);
  } else {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
    icu::UnicodeString units = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    units.foldCase();
    icu::UnicodeString apart;
    if (U_SUCCESS(status)) decompose->normalize(units, apart, status);
    const icu::UnicodeString& source = U_SUCCESS(status) ? apart : units;
    for (std::int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
      const auto c = static_cast<char32_t>(source.char32At(i));
      const std::int8_t category = u_charType(static_cast<UChar32>(c));
      if (category == U_NON_SPACING_MARK || category == U_FORMAT_CHAR) continue;
      if (const std::string_view plain = plain_letter(c); !plain.empty()) {
        folded += plain;
      } else {
        append_utf8(folded, c);
      }
    }
  }
  std::string out;
  out.reserve(folded.size());
  bool part = false;
  for (std::size_t i = 0; i < folded.size();) {
    const CodePoint c = decode_utf8(folded, i);
    if (parts_words(c.value) ||
        (is_apostrophe(c.value) && possessive_follows(folded, i + c.size))) {
      part = true;
    } else if (is_letter(c.value) || is_digit(c.value) || c.value >= 0x80) {
      const bool quote = c.value >= U'\u2018' && c.value <= U'\u201F';
      if (!quote) {
        if (part && !out.empty()) out += ' ';
        part = false;
        out.append(folded, i, c.size);
      }
    }
    i += c.size;
  }
  return out;
}

bool all_capitals(std::string_view text) {
  bool letter = false;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode_utf8(text, i);
    if (is_lower(c.value)) return false;
    letter = letter || is_upper(c.value);
    i += c.size;
  }
  return letter;
}

ActorCode actor_code(std::string country, std::vector<std::string> roles) {
  ActorCode code;
  std::string joined = country;
  for (const std::string& role : roles) joined += role;
  if (!country.empty()) code.country = std::move(country);
  code.roles = std::move(roles);
  if (!joined.empty()) code.code = std::move(joined);
  return code;
}

bool Actors::known_role(std::string_view role) {
  return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

bool Actors::known_country(std::string_view code) const {
  return std::find(kNonStates.begin(), kNonStates.end(), code) != kNonStates.end() ||
         states_.contains(std::string(code));
}

std::optional<std::uint32_t> Actors::state(std::string_view code) const {
  const auto found = states_.find(std::string(code));
  if (found == states_.end()) return std::nullopt;
  return found->second;
}

const std::vector<std::uint32_t>* Actors::surname(std::string_view folded) const {
  const auto found = surnames_.find(std::string(folded));
  return found == surnames_.end() ? nullptr : &found->second;
}

ActorCode Actors::code(std::uint32_t index, const std::optional<std::string>& date) const {
  const Actor& actor = actors_[index];
  if (actor.terms.empty()) return actor_code(actor.country, actor.roles);
  const auto of_term = [](const ActorTerm& term) { return actor_code(term.country, term.roles); };
  if (!date || date->size() < 4) {
    for (auto term = actor.terms.rbegin(); term != actor.terms.rend(); ++term) {
      if (term->to.empty()) return of_term(*term);
    }
    return of_term(actor.terms.back());
  }
  for (auto term = actor.terms.rbegin(); term != actor.terms.rend(); ++term) {
    if (holds(*term, *date)) return of_term(*term);
  }
  const std::string& first = actor.terms.front().from;
  const std::size_t n = std::min(first.size(), date->size());
  const bool before = std::string_view(*date).substr(0, n) < std::string_view(first).substr(0, n);
  if (actor.kind == EntityKind::person) {
    return before ? actor_code(actor.country, {}) : actor_code(actor.terms.back().country, {"ELI"});
  }
  return of_term(before ? actor.terms.front() : actor.terms.back());
}

std::optional<ActorCode> Actors::lookup(std::string_view name,
                                        const std::optional<std::string>& date) const {
  std::string folded = fold_name(name);
  if (folded.starts_with("the ")) folded.erase(0, 4);
  const std::vector<ActorName>* found = names_.find(folded);
  if (found == nullptr) return std::nullopt;
  const bool capitals = all_capitals(name);
  for (const ActorName& entry : *found) {
    if (actors_[entry.actor].ambiguous || (entry.capitals && !capitals)) continue;
    return code(entry.actor, date);
  }
  return std::nullopt;
}

std::optional<std::string> Actors::country_of_adjective(std::string_view word) const {
  const std::vector<ActorName>* found = names_.find(fold_name(word));
  if (found == nullptr) return std::nullopt;
  const bool capitals = all_capitals(word);
  for (const ActorName& entry : *found) {
    if (entry.use != NameUse::adjective || (entry.capitals && !capitals)) continue;
    if (const std::string& country = actors_[entry.actor].country; !country.empty()) return country;
  }
  return std::nullopt;
}

const AgentNoun* Actors::agent(std::string_view lemma) const {
  const std::vector<std::uint32_t>* found = agent_names_.find(fold_name(lemma));
  return found == nullptr ? nullptr : &agents_[found->front()];
}

const ActorTitle* Actors::title(std::string_view words) const {
  const std::vector<std::uint32_t>* found = title_names_.find(fold_name(words));
  return found == nullptr ? nullptr : &titles_[found->front()];
}

std::uint32_t Actors::add(Actor actor) {
  actors_.push_back(std::move(actor));
  return static_cast<std::uint32_t>(actors_.size() - 1);
}

void Actors::add_name(std::string_view name, std::uint32_t actor, NameUse use, bool first) {
  std::string folded = fold_name(name);
  if (folded.starts_with("the ")) folded.erase(0, 4);
  // Six letters: longer words in capitals are names that happen to be written so ("UNICEF" is one
  // too, but no other word is spelled like it).
  const bool capitals =
      all_capitals(name) && folded.find(' ') == std::string::npos && folded.size() <= 6;
  if (const std::vector<ActorName>* have = names_.find(folded)) {
    for (const ActorName& entry : *have) {
      if (entry.actor == actor && entry.use == use && entry.capitals <= capitals) return;
    }
  }
  names_.add(folded, {actor, use, capitals}, first);
}

void Actors::add_surnames() {
  for (std::uint32_t i = 0; i < actors_.size(); ++i) {
    if (actors_[i].kind != EntityKind::person) continue;
    const std::string folded = fold_name(actors_[i].name);
    const std::size_t space = folded.rfind(' ');
    const std::string last = space == std::string::npos ? folded : folded.substr(space + 1);
    if (last.size() > 1) surnames_[last].push_back(i);
  }
}

}  // namespace parley
