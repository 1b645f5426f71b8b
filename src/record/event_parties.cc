// Which phrases can act, and who a phrase names.
//
//   "Thousands of Kenyans", "Hungarian and Romanian officials", "Mali's proposal", "the US-brokered talks"
//
// name Kenyans, two groups of officials, Mali, the US. "The Gaza war" is not Gaza's, "the prisoners' release" is by
// whoever holds them: what only says where or whom is left out. Each phrase is looked at with its own children.
#include <algorithm>

#include "record/event_arguments.h"

namespace parley {
bool EventArguments::is_party(Word head) const {
  const std::int32_t index = context_.entity_of_phrase(head);
  if (index != Context::kNone) {
    switch (context_.record.entities[static_cast<std::size_t>(index)].kind) {
      case EntityKind::person:
      case EntityKind::organisation:
      case EntityKind::country:
      case EntityKind::group:
      case EntityKind::nationality: return true;
      case EntityKind::place: {
        // A town acts only as a metonym; as the innermost mention around a word it says nothing of it.
        return head < context_.entity_at_head.size() && context_.entity_at_head[head] == index;
      }
      default: break;
    }
  }
  if (analysis_.upos(head) == Upos::PRON) {
    return analysis_.has_feature(head, "Person=3") || analysis_.has_feature(head, "Person=1");
  }
  if (!is_noun(head)) return false;
  const Codebook& codebook = context_.knowledge.codebook;
  const std::string word = lemma(head);
  if (codebook.list("people").contains(word) || codebook.list("party").contains(word)) return true;
  return analysis_.xpos(head) == "NNS" && looks_like_people(head);
}

// "hauliers", "mutineers", "loyalists": by their endings, which are data like the exceptions to them.
bool EventArguments::looks_like_people(Word head) const {
  const Codebook& codebook = context_.knowledge.codebook;
  const std::string word = lemma(head);
  if (codebook.list("things").contains(word)) return false;
  for (const std::string& ending : codebook.list("people_endings")) {
    if (word.size() > ending.size() + 2 && word.ends_with(ending)) return true;
  }
  return false;
}

bool EventArguments::could_act(Word head) const {
  const Upos upos = analysis_.upos(head);
  if (upos == Upos::PROPN) {
    return head >= context_.time_of_word.size() || context_.time_of_word[head] == Context::kNone;
  }
  return upos == Upos::NOUN && (analysis_.xpos(head) == "NNS" || looks_like_people(head)) &&
         !context_.knowledge.codebook.list("things").contains(lemma(head)) &&
         (head >= context_.time_of_word.size() || context_.time_of_word[head] == Context::kNone);
}

std::vector<Party> EventArguments::likely_parties(const std::vector<Word>& heads) const {
  std::vector<Party> out;
  for (const Word first : heads) {
    for (const Word head : conjuncts(first)) {
      if (could_act(head)) add_party(head, out);
    }
  }
  return out;
}

// "Montenegro province", "Palestinian homes", "a camp for Congolese refugees": whose or what the thing is.
std::int32_t EventArguments::entity_of_thing(Word head) const {
  if (const std::int32_t own = context_.entity_of_phrase(head); own != Context::kNone) return own;
  for (const Word word : modifiers(head)) {
    const std::int32_t entity = context_.entity_of_phrase(word);
    if (entity != Context::kNone) return entity;
  }
  for (const std::string_view preposition : {"of", "for"}) {
    for (const Word word : with_preposition(head, preposition)) {
      const std::int32_t entity = context_.entity_of_phrase(word);
      if (entity != Context::kNone) return entity;
    }
  }
  return Context::kNone;
}

// "the opposition leader Navalny": a title and a name that the parser took for two of one kind.
Word EventArguments::name_after(Word title) const {
  if (analysis_.upos(title) == Upos::PRON || analysis_.head(title) == kNoWord) return kNoWord;
  const std::string_view relation = analysis_.base_relation(title);
  if (relation != "nsubj" && relation != "obj") return kNoWord;
  const Word next = analysis_.subtree(title).last;
  if (next >= analysis_.size() || analysis_.head(next) != analysis_.head(title)) return kNoWord;
  return analysis_.upos(next) == Upos::PROPN && analysis_.base_relation(next) == relation ? next : kNoWord;
}

WordRange EventArguments::core(Word head) const {
  constexpr Word kMaxBefore = 14;
  constexpr Word kMaxAfter = 14;
  WordRange range{head, head + 1};
  const auto covers = [&range](WordRange other) {
    range.first = std::min(range.first, other.first);
    range.last = std::max(range.last, other.last);
  };
  const auto follows_comma = [this](Word word) {
    const Word first = analysis_.subtree(word).first;
    return first > 0 && analysis_.upos(first - 1) == Upos::PUNCT && analysis_.form(first - 1) != "-";
  };
  bool name = false;  // the phrase goes on after a name only with what belongs to the name
  for (const Word child : analysis_.children(head)) {
    const std::string_view relation = analysis_.relation(child);
    const std::string_view base = analysis_.base_relation(child);
    if (child < head) {
      if (base == "amod" || base == "compound" || base == "nummod" || base == "flat" || relation == "nmod:poss" ||
          base == "advmod" || relation == "nmod:desc" || base == "det" || relation == "det:predet") {
        if (head - child < kMaxBefore) covers(analysis_.subtree(child));
      }
    } else if (base == "flat" || base == "goeswith" || base == "fixed" || (base == "compound" && child == range.last)) {
      covers(analysis_.subtree(child));
    } else if (base == "appos" && !follows_comma(child) && analysis_.upos(child) == Upos::PROPN) {
      covers(core(child));  // "Foreign Minister Sato"
      name = true;
    } else if ((base == "nmod" || base == "amod") && !name && !follows_comma(child)) {  // "wives of the missing"
      const std::string word = preposition(child);
      const WordRange inner = core(child);
      const bool part = word == "of" || word == "in" || word == "from" || word == "to" || word == "near";
      if (part && inner.last - head < kMaxAfter && analysis_.subtree(child).first <= range.last) covers(inner);
    }
  }
  if (const Word twin = name_after(head); twin != kNoWord) covers(analysis_.subtree(twin));
  // "the peacekeeping force (UNIFIL)": both brackets
  for (Word word = head; word < range.last; ++word) {
    if (analysis_.form(word) != "(") continue;
    if (range.last < analysis_.size() && analysis_.form(range.last) == ")") ++range.last;
    break;
  }
  // Whatever hangs between is inside; punctuation, conjunctions and focus adverbs in front are not.
  while (range.first < head) {
    const Upos upos = analysis_.upos(range.first);
    const bool focus = upos == Upos::ADV && analysis_.head(range.first) == head;
    if (upos != Upos::PUNCT && upos != Upos::CCONJ && !focus) break;
    ++range.first;
  }
  return range;
}

void EventArguments::add_party(Word head, std::vector<Party>& out, Word phrase) const {
  const std::int32_t entity = context_.entity_of_phrase(head);
  for (const Party& known : out) {
    if (known.head == head) return;
    if (entity != Context::kNone && known.entity == entity) return;
  }
  Party party{head, entity, core(phrase == kNoWord ? named_before(head, entity) : phrase)};
  // "U.S. Secretary of State Antony Blinken", the name hung elsewhere: it is part of the phrase.
  while (entity != Context::kNone && party.words.last < analysis_.size() && analysis_.upos(head) != Upos::PRON &&
         context_.entity_of_word[party.words.last] == entity &&
         analysis_.upos(party.words.last) == Upos::PROPN) {
    ++party.words.last;
  }
  out.push_back(party);
}

// The noun of the same sentence that a pronoun stands for: "Oman said it would host …" has Oman host.
Word EventArguments::named_before(Word head, std::int32_t entity) const {
  if (entity == Context::kNone || analysis_.upos(head) != Upos::PRON) return head;
  constexpr Word kReach = 60;
  const Word first = analysis_.sentences()[analysis_.sentence_of(head)].words.first;
  for (Word word = head; word > first && head - word < kReach; --word) {
    const Word before = word - 1;
    if (context_.entity_at_head[before] != entity) continue;
    const Upos upos = analysis_.upos(before);
    if (upos == Upos::NOUN || upos == Upos::PROPN) return before;
  }
  return head;
}

std::vector<Party> EventArguments::parties(const std::vector<Word>& heads) const {
  std::vector<Party> out;
  for (const Word first : heads) {
    for (const Word head : conjuncts(first)) {
      if (const std::vector<Word> those = those_before(head); !those.empty()) {
        for (const Word each : those) out.push_back({each, context_.entity_of_phrase(each), core(head)});
        continue;
      }
      // "thousands of Kenyans", "a group of Moroccan diplomats": who they are, by all the words
      if (const Word who = through_transparent(head); who != head && is_party(who) &&
                                                      context_.entity_of_phrase(head) == Context::kNone) {
        const std::vector<Word> all = conjuncts(who);
        for (const Word word : all) {
          if (is_party(word)) add_party(word, out, all.size() == 1 ? head : kNoWord);
        }
        continue;
      }
      if (is_party(head)) {
        // "Hungarian and Romanian officials": both, when the entities say so
        std::vector<Word> joined;
        for (const Word word : modifiers(head)) {
          for (const Word nation : conjuncts(word)) {
            const std::int32_t index = context_.entity_of_phrase(nation);
            if (index != Context::kNone && context_.entity_at_head[nation] == index) add_once(joined, nation);
          }
        }
        const bool several = joined.size() > 1 && context_.entity_at_head[head] == Context::kNone;
        if (several) {
          for (const Word word : joined) add_party(word, out);
        } else {
          add_party(head, out);
        }
        continue;
      }
      const std::size_t before = out.size();
      if (const std::vector<Word> leaders = leaders_of(head); !leaders.empty()) {
        for (const Word word : leaders) add_party(word, out);
        continue;
      }
      if (part_of_speech(head) == 'v') {
        for (const Word subject : subjects(head)) {
          for (const Word word : conjuncts(subject)) {
            if (is_party(word)) add_party(word, out);
          }
        }
        continue;
      }
      const auto step_in = [&](const std::vector<Word>& words) {
        if (out.size() > before) return;
        // "rejected Mali's proposal": Mali is who is rejected, by these words
        for (const Word word : words) {
          const std::vector<Word> all = conjuncts(word);
          for (const Word each : all) {
            if (is_party(each)) add_party(each, out, all.size() == 1 ? head : kNoWord);
          }
        }
      };
      step_in(possessors(head));
      step_in(with_preposition(head, "by"));
      // "the Israeli decision" is Israel's; "the Gaza war" is not Gaza's
      std::vector<Word> owners;
      for (const Word word : modifiers(head)) {
        const std::int32_t entity = context_.entity_of_phrase(word);
        if (entity == Context::kNone) continue;
        const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
        if (analysis_.upos(word) == Upos::ADJ || kind == EntityKind::organisation || kind == EntityKind::group ||
            kind == EntityKind::person || kind == EntityKind::nationality) {
          owners.push_back(word);
        }
      }
      step_in(owners);
      step_in(with_preposition(head, "of"));
    }
  }
  return out;
}

}  // namespace parley
