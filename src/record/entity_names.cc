// Names in the text: what the recogniser found, corrected and completed by the tables and, in
// headlines, by the report's body.
//
// Idea: three sources propose word ranges. The recogniser knows context but not the world; the
// tables know "al-Qaeda in the Arabian Peninsula" is one name but not that "Jordan" is a man here;
// the body of a report knows which words of its title-case headline are names at all. Example:
// "Israel Will Not End War": the recogniser may take "Israel Will" for a person; "will" is written
// small in the body, "Israel" is in the tables, so "Israel" it is. Counter-example: a headline word
// that the body never writes ("Brown Quits" alone) stays as found. Cost: a few hash look-ups a
// word. Tests: tests/record/entities_test.cc.
#include <algorithm>
#include <array>

#include "record/entity_draft.h"
#include "text/unicode.h"
#include "text/utf8.h"

namespace parley {
namespace {

bool starts_upper(std::string_view form) {
  for (std::size_t i = 0; i < form.size();) {
    const CodePoint c = decode_utf8(form, i);
    if (is_letter(c.value)) return is_upper(c.value);
    i += c.size;
  }
  return false;
}

bool starts_lower(std::string_view form) {
  const CodePoint c = decode_utf8(form, 0);
  return c.valid && is_lower(c.value);
}

EntityKind kind_of(NameType type) {
  switch (type) {
    case NameType::PER: return EntityKind::person;
    case NameType::ORG: return EntityKind::organisation;
    case NameType::GPE: return EntityKind::place;
    case NameType::LOC: return EntityKind::place;
    case NameType::FAC: return EntityKind::facility;
    case NameType::NORP: return EntityKind::nationality;
    case NameType::EVT: return EntityKind::event;
    case NameType::WEA: return EntityKind::weapon;
    case NameType::none: break;
  }
  return EntityKind::other;
}

/// How well an entry of this kind goes with the recogniser's type: 2 right, 1 possible, 0 not.
int fit(NameType type, EntityKind kind) {
  const bool body = kind == EntityKind::organisation || kind == EntityKind::group;
  const bool place = kind == EntityKind::country || kind == EntityKind::place;
  switch (type) {
    case NameType::PER: return kind == EntityKind::person ? 2 : 0;
    case NameType::GPE:
    case NameType::LOC: return place ? 2 : body ? 1 : 0;
    case NameType::FAC: return kind == EntityKind::facility ? 2 : body || place ? 1 : 0;
    case NameType::ORG: return body ? 2 : kind == EntityKind::person ? 0 : 1;
    case NameType::NORP:
      return kind == EntityKind::person ? 0 : body || kind == EntityKind::nationality ? 2 : 1;
    case NameType::EVT:
    case NameType::WEA: return 0;
    case NameType::none: return 1;
  }
  return 0;
}

class NameFinder {
 public:
  explicit NameFinder(EntityWork& work)
      : work_(work), analysis_(work.analysis), taken_(work.analysis.size(), 0) {}

  void run() {
    recognised_.assign(analysis_.size(), NameType::none);
    for (const Name& name : analysis_.names()) {
      for (Word w = name.words.first; w < name.words.last; ++w) recognised_[w] = name.type;
    }
    find_states();
    // Running text first: its names are the evidence for headlines.
    std::size_t next = 0;
    std::vector<std::pair<WordRange, std::size_t>> later;
    const auto& names = analysis_.names();
    for (std::size_t s = 0; s < analysis_.sentences().size(); ++s) {
      const WordRange range = analysis_.sentences()[s].words;
      while (next < names.size() && names[next].words.first < range.first) ++next;
      if (range.empty() || !work_.reads(range.first)) continue;
      if (work_.title_case[s] != 0) {
        later.push_back({range, next});
      } else {
        sentence(range, next);
      }
    }
    for (const FoundName& found : work_.names) remember(found);
    for (const auto& [range, first] : later) headline(range, first);
    std::sort(work_.names.begin(), work_.names.end(),
              [](const FoundName& a, const FoundName& b) { return a.words.first < b.words.first; });
  }

 private:
  void sentence(WordRange range, std::size_t next) {
    const auto& names = analysis_.names();
    known_names(range, true);  // several words that the tables know as one name
    // Bodies before the nationalities in front of them, which may belong to their names.
    for (const bool bodies : {true, false}) {
      for (std::size_t i = next; i < names.size() && names[i].words.first < range.last; ++i) {
        if ((names[i].type == NameType::ORG) == bodies)
          recogniser_name(names[i].words, names[i].type, false);
      }
    }
    known_names(range, false);
  }

  void headline(WordRange range, std::size_t next) {
    for (Word w = range.first; w < range.last;) {
      const auto body = from_body_.longest(work_.folded, w, range.last);
      const auto table = work_.actors.names().longest(work_.folded, w, range.last);
      if (body.values != nullptr && body.words >= table.words && starts_upper(analysis_.form(w))) {
        FoundName found = work_.names[body.values->front()];
        found.words = {w, w + static_cast<Word>(body.words)};
        found.title_case = true;
        found.folded = work_.joined(found.words);
        w = found.words.last;
        put(std::move(found));
        continue;
      }
      if (table.values != nullptr && starts_upper(analysis_.form(w))) {
        const WordRange words{w, w + static_cast<Word>(table.words)};
        const bool plain = words.size() == 1 && work_.lower_words.contains(work_.folded[w]);
        if (!plain && table_name(words, *table.values, NameType::none, true)) {
          w = words.last;
          continue;
        }
      }
      ++w;
    }
    const auto& names = analysis_.names();
    for (std::size_t i = next; i < names.size() && names[i].words.first < range.last; ++i) {
      WordRange words = names[i].words;
      const auto small = [&](Word w) {
        return work_.folded[w].empty() || work_.lower_words.contains(work_.folded[w]) ||
               taken_[w] != 0;
      };
      while (!words.empty() && small(words.last - 1)) --words.last;
      while (!words.empty() && small(words.first)) ++words.first;
      if (words.empty() || words.size() > 4) continue;
      recogniser_name(words, names[i].type, true);
    }
  }

  void remember(const FoundName& found) {
    const auto index = static_cast<std::size_t>(&found - work_.names.data());
    from_body_.add(found.folded, index);
    if (found.kind == EntityKind::person) {
      const std::size_t space = found.folded.rfind(' ');
      if (space != std::string::npos) from_body_.add(found.folded.substr(space + 1), index);
    }
  }

  /// Leading articles, trailing possessives, quotes and the like are no part of a name.
  WordRange trimmed(WordRange words) const {
    const auto outside = [&](Word w) {
      const std::string_view form = analysis_.form(w);
      return analysis_.upos(w) == Upos::PUNCT || form == "'s" || form == "’s" || form == "'" ||
             form == "’";
    };
    while (!words.empty() &&
           (outside(words.first) || work_.folded[words.first] == "the" ||
            work_.folded[words.first] == "a" || work_.folded[words.first] == "an")) {
      ++words.first;
    }
    while (!words.empty() && outside(words.last - 1)) --words.last;
    // "Gaza city", "Montenegro province": the common noun is no part of the name.
    while (words.size() > 1 && analysis_.upos(words.last - 1) == Upos::NOUN &&
           starts_lower(analysis_.form(words.last - 1)) &&
           starts_upper(analysis_.form(words.last - 2)) &&
           work_.actors.find(work_.joined({words.first, words.last - 1})) != nullptr) {
      --words.last;
    }
    return words;
  }

  void recogniser_name(WordRange words, NameType type, bool title_case) {
    words = trimmed(words);
    if (type == NameType::PER) {
      const WordRange whole = words;
      words = before_title(words);
      if (words.last < whole.last || is_title_at(words.last)) {  // "Singaporean" is what is left
        const auto* values = words.empty() ? nullptr : work_.actors.find(work_.joined(words));
        if (values != nullptr && table_name(words, *values, NameType::none, title_case)) return;
      }
      if (!words.empty()) words = without_titles(words);
      // The state in front of the title is a name of its own.
      const auto state = work_.actors.names().longest(work_.folded, whole.first, words.first);
      if (state.values != nullptr) {
        table_name({whole.first, whole.first + static_cast<Word>(state.words)}, *state.values,
                   NameType::none, title_case);
      }
    }
    if (words.empty() || is_taken(words)) return;
    if (type == NameType::ORG && !title_case) words = with_country(words);
    std::string folded = work_.joined(words);
    if (folded.empty()) return;
    if (const auto* values = work_.actors.find(folded)) {
      if (table_name(words, *values, type, title_case)) return;
    }
    // "Parliament", "the Army": a common noun in capitals; entity_nominals.cc reads it.
    if (type == NameType::ORG && words.size() == 1 && work_.actors.agent(folded) != nullptr) return;
    // "Israel's" as one token, "Gaza-" and the like: nothing the tables know. A lone nationality
    // noun or a common noun that the recogniser took for a name is no name.
    if (type == NameType::NORP && !starts_upper(analysis_.form(words.first))) return;
    FoundName found;
    found.words = words;
    found.kind = kind_of(type);
    if (type == NameType::NORP) {
      const Word head = analysis_.head_of(words);
      found.form = adjectival(head) ? MentionForm::adjective : MentionForm::name;
    }
    found.folded = std::move(folded);
    found.title_case = title_case;
    put(std::move(found));
  }

  /// "Ghanaian" + "Bar Association": a nationality right before a body's name of several words
  /// begins that name, unless the tables know the body without it.
  WordRange with_country(WordRange words) const {
    if (words.size() < 2 || words.first == 0 || work_.actors.find(work_.joined(words)) != nullptr)
      return words;
    const Word w = words.first - 1;
    if (analysis_.sentence_of(w) != analysis_.sentence_of(words.first) || taken_[w] != 0 ||
        !starts_upper(analysis_.form(w)))
      return words;
    if (recognised_[w] != NameType::NORP && recognised_[w] != NameType::GPE) return words;
    if (continues(w) || (w > 0 && recognised_[w - 1] == recognised_[w])) return words;
    const Word governor = analysis_.head(w);
    if (governor == kNoWord || !words.contains(governor) || !adjectival(w)) return words;
    return {w, words.last};
  }

  /// The first word after a state's name or adjective that stands before a title: "Kenyan President
  /// …".
  Word without_state(WordRange words) const {
    const auto match = work_.actors.names().longest(work_.folded, words.first, words.last);
    if (match.values == nullptr || match.words >= words.size()) return words.first;
    const bool state =
        std::any_of(match.values->begin(), match.values->end(), [&](const ActorName& name) {
          return work_.actors.actor(name.actor).kind == EntityKind::country;
        });
    const Word rest = words.first + static_cast<Word>(match.words);
    if (!state) return words.first;
    for (Word end = rest + 1; end <= words.last; ++end) {
      if (work_.actors.title(work_.joined({rest, end})) != nullptr) return rest;
    }
    return words.first;
  }

  bool is_title_at(Word begin) const {
    constexpr Word kTitle = 4;
    for (Word end = begin + 1; end <= std::min(analysis_.size(), begin + kTitle); ++end) {
      if (work_.actors.title(work_.joined({begin, end})) != nullptr) return true;
    }
    return false;
  }

  /// "Singaporean Prime" of "Singaporean Prime Minister Lee", "General" of "Secretary-General": what is left of the
  /// recogniser's name in front of a title that reaches beyond it.
  WordRange before_title(WordRange words) const {
    constexpr Word kTitle = 4;
    if (words.empty()) return words;
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(words.first)].words;
    const Word from = words.first - std::min(words.first - sentence.first, kTitle);
    for (Word begin = from; begin < words.last; ++begin) {
      const Word least = begin < words.first ? words.last : words.last + 1;
      for (Word end = least; end <= std::min(sentence.last, words.last + kTitle); ++end) {
        if (work_.folded[end - 1].empty() || work_.actors.title(work_.joined({begin, end})) == nullptr) continue;
        return {words.first, std::max(begin, words.first)};
      }
    }
    return words;
  }

  /// Titles that the recogniser took into the name, in whole or ("of State Antony Blinken") in
  /// part.
  WordRange without_titles(WordRange words) const {
    while (words.size() > 1 && analysis_.upos(words.first) == Upos::ADP) ++words.first;
    const Word stated = without_state(words);
    const bool state = stated != words.first;
    words.first = stated;
    // "U.S. Secretary of State" with no name in it is a noun phrase.
    const auto nothing_else = [&] {
      return (state || words.size() > 1) && work_.actors.title(work_.joined(words)) != nullptr &&
             work_.actors.find(work_.joined(words)) == nullptr;
    };
    if (nothing_else()) return {words.last, words.last};
    // "Prince Johnson", "King Abdullah II" may be in the tables with their title.
    if (work_.actors.find(work_.joined(words)) != nullptr) return words;
    const Word sentence = analysis_.sentences()[analysis_.sentence_of(words.first)].words.first;
    for (int turn = 0; turn < 3 && words.size() > 1; ++turn) {
      Word cut = words.first;
      for (Word end = std::min(words.last - 1, words.first + 5);
           end > words.first && cut == words.first; --end) {
        for (Word begin = words.first + 1; begin > sentence && begin + 4 > words.first;) {
          --begin;
          if (work_.actors.title(work_.joined({begin, end})) != nullptr) cut = end;
        }
      }
      if (cut == words.first) return words;
      words.first = cut;
    }
    return words;
  }

  bool adjectival(Word word) const {
    const std::string_view relation = analysis_.base_relation(word);
    return analysis_.upos(word) == Upos::ADJ || relation == "amod" || relation == "compound" ||
           (relation == "conj" && analysis_.head(word) != kNoWord &&
            analysis_.upos(analysis_.head(word)) == Upos::ADJ);
  }

  /// Picks the entry that a name found at `words` stands for and records it.
  bool table_name(WordRange words, const std::vector<ActorName>& values, NameType type,
                  bool title_case) {
    if (is_taken(words)) return false;
    const Word head = words.size() == 1 ? words.first : analysis_.head_of(words);
    const bool capitals = words.size() > 1 || all_capitals(analysis_.form(words.first));
    const bool adjective = adjectival(head);
    const ActorName* best = nullptr;
    int best_score = 0;
    for (const ActorName& value : values) {
      const Actor& actor = work_.actors.actor(value.actor);
      if (value.capitals && !capitals) continue;
      const bool against =
          std::any_of(actor.unless.begin(), actor.unless.end(),
                      [&](const std::string& word) { return work_.words.contains(word); });
      if (against) continue;
      int score = 1;
      if (value.use == NameUse::name || value.use == NameUse::capital) {
        const int fits = fit(type, actor.kind);
        if (type == NameType::PER && actor.kind != EntityKind::person) {
          // A state or body that the recogniser took for a person, unless it may be one.
          const bool seat = value.use == NameUse::capital;
          if (actor.ambiguous || (actor.kind == EntityKind::place && !seat) ||
              before_or_after_person(words))
            continue;
        } else if (fits == 0 && (actor.ambiguous || (type != NameType::none && words.size() < 2))) {
          continue;
        }
        if (actor.ambiguous && fits < 2) continue;
        // "Congress", "the Labour Party": many states have one.
        const bool body = actor.kind == EntityKind::organisation || actor.kind == EntityKind::group;
        if (actor.ambiguous && body && !states_.empty() && !actor.country.empty() &&
            !mentioned(actor.country))
          continue;
        // "Nice work": without the recogniser's word only a proper noun is a name.
        if (type == NameType::none && words.size() == 1 && analysis_.upos(head) != Upos::PROPN)
          continue;
        // "Ban", "Hu", "Sharon": short names of people need the recogniser's word.
        if (type == NameType::none && actor.kind == EntityKind::person && words.size() == 1 &&
            work_.folded[words.first].size() < 5) {
          continue;
        }
        score = 2 + 2 * fits;
        if (mentioned(actor.country)) ++score;
      } else if (value.use == NameUse::adjective) {
        if (!adjective || (type == NameType::PER && before_or_after_person(words))) continue;
        if (actor.ambiguous && type != NameType::NORP) continue;
        score = 4;
      } else {  // people
        if (type == NameType::PER || (adjective && type != NameType::ORG)) continue;
        score = 3;
      }
      if (score > best_score) {
        best = &value;
        best_score = score;
      }
    }
    if (best == nullptr) return false;
    const Actor& actor = work_.actors.actor(best->actor);
    FoundName found;
    found.words = words;
    found.actor = best->actor;
    found.kind = actor.kind;
    found.folded = work_.joined(words);
    found.title_case = title_case;
    if (best->use == NameUse::adjective) found.form = MentionForm::adjective;
    if (best->use == NameUse::people) found.kind = EntityKind::nationality;
    if (type == NameType::FAC && actor.kind == EntityKind::place) found.kind = EntityKind::facility;
    put(std::move(found));
    return true;
  }

  /// A neighbour that makes "Israel" in "Israel Katz" a person's name.
  bool before_or_after_person(WordRange words) const {
    const auto capital_name = [&](Word w) {
      return w < analysis_.size() && analysis_.upos(w) == Upos::PROPN &&
             recognised_[w] == NameType::PER;
    };
    return (words.first > 0 && capital_name(words.first - 1)) || capital_name(words.last);
  }

  /// States that the report names, by their names or adjectives.
  void find_states() {
    for (Word w = 0; w < analysis_.size(); ++w) {
      if (!starts_upper(analysis_.form(w))) continue;
      const auto match =
          work_.actors.names().longest(work_.folded, w, std::min(analysis_.size(), w + 8));
      if (match.values == nullptr) continue;
      for (const ActorName& name : *match.values) {
        const Actor& actor = work_.actors.actor(name.actor);
        if (actor.kind == EntityKind::country &&
            (!name.capitals || all_capitals(analysis_.form(w))))
          states_.insert(actor.country);
      }
    }
  }

  bool mentioned(const std::string& country) const { return states_.contains(country); }

  /// Names that the tables know. `several`: only those of several words, to be kept whole before
  /// the recogniser cuts them.
  void known_names(WordRange range, bool several) {
    for (Word w = range.first; w < range.last;) {
      const std::string_view form = analysis_.form(w);
      const bool upper = starts_upper(form) || has_inner_upper(form, w, range) ||
                         (several && w + 1 < range.last && starts_upper(analysis_.form(w + 1)));
      if (taken_[w] != 0 || work_.folded[w].empty() || !upper) {
        ++w;
        continue;
      }
      const auto match = work_.actors.names().longest(work_.folded, w, range.last);
      if (match.values == nullptr) {
        ++w;
        continue;
      }
      WordRange words{w, w + static_cast<Word>(match.words)};
      // "the crowded Gaza city of Rafah" is not Gaza City.
      const bool capitals = words.size() < 2 || !starts_lower(analysis_.form(words.last - 1));
      if (!capitals || (several ? words.size() < 2 || !whole(words) : !plausible(words))) {
        ++w;
        continue;
      }
      NameType type = NameType::none;
      for (Word v = words.first; v < words.last; ++v) {
        if (recognised_[v] != NameType::none) type = recognised_[v];
      }
      if (several && type == NameType::PER) type = NameType::none;  // the name as a whole decides
      if (table_name(words, *match.values, type, false)) {
        w = words.last;
      } else {
        ++w;
      }
    }
  }

  /// "al-Shabaab", "anti-Balaka": the first word is small, a later one is not.
  bool has_inner_upper(std::string_view, Word w, WordRange range) const {
    for (Word v = w + 1; v < range.last && v <= w + 3; ++v) {
      if (analysis_.space_after(v - 1)) return false;
      if (starts_upper(analysis_.form(v))) return true;
    }
    const std::string_view form = analysis_.form(w);
    const std::size_t dash = form.find('-');
    return dash != std::string_view::npos && starts_upper(form.substr(dash));
  }

  /// The recogniser's ranges may lie inside, but none may reach beyond.
  bool whole(WordRange words) const {
    const auto crosses = [&](Word edge) {  // a name over the border between edge - 1 and edge
      if (edge == 0 || edge >= analysis_.size()) return false;
      return recognised_[edge] != NameType::none && recognised_[edge] == recognised_[edge - 1] &&
             continues(edge);
    };
    if (crosses(words.first) || crosses(words.last)) return false;
    bool proper = false;
    for (Word w = words.first; w < words.last; ++w)
      proper = proper || analysis_.upos(w) == Upos::PROPN || recognised_[w] != NameType::none;
    return proper;
  }

  bool continues(Word edge) const {
    const auto& names = analysis_.names();
    auto after = std::upper_bound(names.begin(), names.end(), edge,
                                  [](Word w, const Name& name) { return w < name.words.first; });
    if (after == names.begin()) return false;
    --after;
    return after->words.first < edge && edge < after->words.last;
  }

  bool plausible(WordRange words) const {
    if (words.size() > 1) return whole(words);
    const Word w = words.first;
    const Upos upos = analysis_.upos(w);
    if (continues(w) || continues(w + 1)) return false;
    const bool named = upos == Upos::PROPN || upos == Upos::ADJ ||
                       (upos == Upos::NOUN && starts_upper(analysis_.form(w)));
    if (!named) return false;
    // The first word of a sentence has a capital anyway.
    if (starts_sentence(w) && upos != Upos::PROPN && work_.lower_words.contains(work_.folded[w]))
      return false;
    return true;
  }

  bool starts_sentence(Word w) const {
    return analysis_.sentences()[analysis_.sentence_of(w)].words.first == w;
  }

  bool is_taken(WordRange words) const {
    for (Word w = words.first; w < words.last; ++w) {
      if (taken_[w] != 0) return true;
    }
    return false;
  }

  void put(FoundName found) {
    if (is_taken(found.words)) return;
    for (Word w = found.words.first; w < found.words.last; ++w) taken_[w] = 1;
    work_.names.push_back(std::move(found));
  }

  EntityWork& work_;
  const Analysis& analysis_;
  std::vector<std::uint8_t> taken_;
  std::vector<NameType> recognised_;
  NameTable<std::size_t> from_body_;
  std::unordered_set<std::string> states_;
};

}  // namespace

EntityWork::EntityWork(const Context& the_context)
    : context(the_context),
      analysis(the_context.analysis),
      actors(the_context.knowledge.actors),
      mention_of_word(the_context.analysis.size(), -1),
      mention_at_head(the_context.analysis.size(), -1) {
  if (context.document.published) date = context.document.published->substr(0, 10);
  folded.reserve(analysis.size());
  for (Word w = 0; w < analysis.size(); ++w) folded.push_back(fold_name(analysis.form(w)));
  title_case.assign(analysis.sentences().size(), 0);
  for (std::size_t s = 0; s < analysis.sentences().size(); ++s) {
    const WordRange range = analysis.sentences()[s].words;
    int large = 0;
    int small = 0;
    for (Word w = range.first; w < range.last; ++w) {
      if (w == range.first || folded[w].size() < 4) continue;
      if (starts_upper(analysis.form(w))) ++large;
      if (starts_lower(analysis.form(w))) ++small;
    }
    // Headlines do without a full stop; a sentence full of names and titles has one.
    const bool stop = !range.empty() && analysis.form(range.last - 1) == ".";
    title_case[s] = !stop && large >= 3 && small * 4 <= large ? 1 : 0;
    for (Word w = range.first; w < range.last; ++w) {
      words.insert(folded[w]);
      if (title_case[s] == 0 && starts_lower(analysis.form(w))) lower_words.insert(folded[w]);
    }
  }
}

std::string EntityWork::joined(WordRange range) const {
  std::string out;
  for (Word w = range.first; w < range.last; ++w) {
    if (folded[w].empty()) continue;
    if (!out.empty()) out += ' ';
    out += folded[w];
  }
  return out;
}

bool EntityWork::reads(Word word) const {
  const SectionKind kind = context.section_of_sentence[analysis.sentence_of(word)];
  return kind != SectionKind::label && kind != SectionKind::boilerplate &&
         kind != SectionKind::byline;
}

std::uint32_t EntityWork::add_entity(EntityDraft draft) {
  entities.push_back(std::move(draft));
  return static_cast<std::uint32_t>(entities.size() - 1);
}

void EntityWork::add_mention(WordRange range, MentionForm form, std::uint32_t entity) {
  if (range.empty()) return;
  const Word head = range.size() == 1 ? range.first : analysis.head_of(range);
  if (mention_at_head[head] >= 0) return;
  const auto index = static_cast<std::int32_t>(mentions.size());
  mentions.push_back({range, head, form, entity});
  mention_at_head[head] = index;
  for (Word w = range.first; w < range.last; ++w) {
    if (mention_of_word[w] < 0) mention_of_word[w] = index;
  }
}

void find_names(EntityWork& work) {
  NameFinder(work).run();
}

}  // namespace parley
