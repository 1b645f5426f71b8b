#include "record/event_arguments.h"

#include <algorithm>
#include <array>

namespace parley {
namespace {

// How far shared subjects are followed and how many words of a complement are read: enough for any
// sentence that people write, and a bound on those that machines do.
constexpr int kMaxSharing = 8;
constexpr std::size_t kMaxBelow = 160;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

bool EventArguments::is_noun(Word word) const {
  const Upos upos = analysis_.upos(word);
  return upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::PRON || upos == Upos::NUM ||
         upos == Upos::SYM;
}

char EventArguments::part_of_speech(Word word) const {
  switch (analysis_.upos(word)) {
    case Upos::VERB:
    case Upos::AUX: return 'v';
    case Upos::NOUN:
    case Upos::PROPN: return 'n';
    case Upos::ADJ: return 'j';
    default: return 0;
  }
}

std::string EventArguments::lowered(Word word) const { return lower(analysis_.form(word)); }

std::string EventArguments::lemma(Word word) const { return lower(analysis_.lemma(word)); }

std::string EventArguments::lemma_with_particle(Word predicate) const {
  std::string out = lemma(predicate);
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.relation(child) == "compound:prt") return out + ' ' + lower(analysis_.form(child));
  }
  return out;
}

bool EventArguments::is_infinitive(Word verb) const {
  for (const Word child : analysis_.children(verb)) {
    if (analysis_.base_relation(child) == "mark" && child < verb && analysis_.xpos(child) == "TO") return true;
  }
  return false;
}

std::string EventArguments::preposition(Word head) const {
  for (const Word child : analysis_.children(head)) {
    const std::string_view relation = analysis_.base_relation(child);
    if (relation != "case" && relation != "mark") continue;
    if (child > head && analysis_.upos(child) == Upos::PART) continue;  // the possessive's 's
    std::string out = lower(analysis_.form(child));
    for (const Word part : analysis_.children(child)) {
      if (analysis_.base_relation(part) == "fixed") out += ' ' + lower(analysis_.form(part));
    }
    return out;
  }
  return {};
}

bool EventArguments::is_passive(Word predicate) const {
  for (const Word child : analysis_.children(predicate)) {
    const std::string_view relation = analysis_.relation(child);
    if (relation == "nsubj:pass" || relation == "aux:pass" || relation == "csubj:pass") return true;
    if (relation == "obj" || relation == "aux" || relation == "nsubj") return false;
  }
  // "soldiers killed by …" as a reduced relative clause, "killed soldiers".
  if (analysis_.xpos(predicate) == "VBN" || analysis_.has_feature(predicate, "Voice=Pass")) {
    const std::string_view relation = analysis_.base_relation(predicate);
    if (relation == "acl" || relation == "amod" || relation == "advcl" || relation == "root") return true;
    if (relation == "conj" && analysis_.head(predicate) != kNoWord) {
      const Word first = analysis_.head(predicate);
      for (const Word child : analysis_.children(first)) {
        if (analysis_.relation(child) == "nsubj:pass" || analysis_.relation(child) == "aux:pass") return true;
      }
    }
  }
  return false;
}

// "who", "which", "that" of a relative clause stand for the noun that the clause hangs on.
Word EventArguments::antecedent(Word word) const {
  const bool relative = analysis_.has_feature(word, "PronType=Rel") || analysis_.xpos(word) == "WDT" ||
                        analysis_.xpos(word) == "WP" || analysis_.xpos(word) == "WP$";
  if (!relative) return word;
  Word up = word;
  for (int i = 0; i < kMaxSharing && up != kNoWord; ++i) {
    const std::string_view relation = analysis_.relation(up);
    if (relation == "acl:relcl" || relation == "acl") return analysis_.head(up);
    up = analysis_.head(up);
  }
  return kNoWord;
}

std::vector<Word> EventArguments::own_subjects(Word predicate) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) != "nsubj") continue;
    if (!out.empty() && name_after(out.back()) == child) continue;
    add_once(out, antecedent(child));
  }
  return out;
}

std::vector<Word> EventArguments::subjects(Word predicate) const { return subjects(predicate, 0); }

// The verb whose subject a coordinated verb shares: the one before it, but "urged Oman to stay and left"
// joins `left`, which has a tense, to `urged`, whatever the parser says.
Word EventArguments::shared_with(Word verb) const {
  Word first = analysis_.head(verb);
  if (first == kNoWord || part_of_speech(verb) != 'v') return first;
  const bool tensed = analysis_.has_feature(verb, "VerbForm=Fin") && analysis_.xpos(verb) != "VB";
  for (int i = 0; tensed && i < kMaxSharing; ++i) {
    const Word above = analysis_.head(first);
    const std::string_view relation = analysis_.base_relation(first);
    const bool below = relation == "xcomp" || relation == "advcl" || relation == "acl" || relation == "conj";
    if (!is_infinitive(first) || !below || above == kNoWord || part_of_speech(above) != 'v') break;
    first = above;
  }
  return first;
}

std::vector<Word> EventArguments::subjects(Word predicate, int depth) const {
  std::vector<Word> out = own_subjects(predicate);
  if (!out.empty() || depth > kMaxSharing) return out;
  const Word head = analysis_.head(predicate);
  if (head == kNoWord) return out;
  const std::string_view relation = analysis_.relation(predicate);
  const std::string_view base = analysis_.base_relation(predicate);
  if (base == "conj") return subjects(shared_with(predicate), depth + 1);
  if (relation == "acl:relcl") {
    // "the town they shelled" has its own subject; without one and without "who", the noun is it.
    add_once(out, head);
    return out;
  }
  if (base == "acl") {
    const bool infinitive = preposition(predicate) == "to";
    if (infinitive) return noun_doers(head, depth + 1);  // "Kenya's plan to attack"
    // "issued a declaration demanding …": who issued it demands
    if (context_.knowledge.codebook.list("texts").contains(lemma(head))) {
      out = noun_doers(head, depth + 1);
      if (!out.empty()) return out;
    }
    add_once(out, head);                                      // "troops attacking the city"
    return out;
  }
  if (base == "xcomp" || base == "advcl") {
    // "urged Hamas to accept": who is urged accepts; "threatened to leave": who threatens leaves.
    if (base == "xcomp" && part_of_speech(head) == 'v') {
      for (const Word child : analysis_.children(head)) {
        const std::string_view own = analysis_.base_relation(child);
        if (own == "obj" || own == "iobj") add_once(out, antecedent(child));
      }
      if (!out.empty()) return out;
    }
    // "accused the rebels of shelling", "barred the monks from leaving": the object does it.
    if (base == "advcl" && part_of_speech(head) == 'v') {
      const std::string mark = preposition(predicate);
      if (mark == "of" || mark == "from" || mark == "for" || mark == "against" || mark == "with") {
        out = is_passive(head) ? subjects(head, depth + 1) : objects(head);
        if (!out.empty()) return out;
      }
    }
    // "called on the rebels to disarm"
    if (preposition(predicate) == "to") {
      for (const Word child : analysis_.children(head)) {
        if (analysis_.base_relation(child) != "obl" || child > predicate) continue;
        const std::string word = preposition(child);
        if ((word == "on" || word == "upon" || word == "for" || word == "with") && is_party(child)) add_once(out, child);
      }
      if (!out.empty()) return out;
    }
    return is_noun(head) ? noun_doers(head, depth + 1) : subjects(head, depth + 1);
  }
  return out;
}

// "a Hamas-led attack", "the US-brokered talks": who leads it, does it.
std::vector<Word> EventArguments::leaders_of(Word modifier) const {
  std::vector<Word> out;
  const Codebook& codebook = context_.knowledge.codebook;
  if (analysis_.base_relation(modifier) != "amod" ||
      (!codebook.list("leading").contains(lemma(modifier)) &&
       !codebook.list("leading").contains(lower(analysis_.form(modifier))))) {
    return out;
  }
  for (const Word leader : analysis_.children(modifier)) {
    const std::string_view relation = analysis_.base_relation(leader);
    if (leader < modifier && is_noun(leader) && (relation == "compound" || relation == "obl" || relation == "nmod")) {
      add_once(out, leader);
    }
  }
  return out;
}

// "the Doha agreement", "the Gaza war": where it is, not who does it. "The Moscow decision" is rare.
bool EventArguments::names_where(Word modifier) const {
  if (analysis_.base_relation(modifier) != "compound") return false;
  const std::int32_t entity = context_.entity_of_phrase(modifier);
  if (entity == Context::kNone) return false;
  const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
  return kind == EntityKind::place || kind == EntityKind::facility;
}

// Who does what a noun says: "X's plan", "a plan by X", "the Israeli plan"; of an infinitive below it
// (depth above 0) also "X announced a plan to …".
std::vector<Word> EventArguments::noun_doers(Word noun, int depth) const {
  std::vector<Word> out = possessors(noun);
  if (!out.empty()) return out;
  out = with_preposition(noun, "by");
  if (!out.empty()) return out;
  for (const Word word : modifiers(noun)) {
    // "prisoner exchange": the prisoners do not do it
    if (is_party(word) && !names_where(word) &&
        !context_.knowledge.codebook.list("not_doers").contains(lemma(word))) {
      add_once(out, word);
    }
    for (const Word leader : leaders_of(word)) add_once(out, leader);
  }
  if (!out.empty()) return out;
  const Word verb = analysis_.head(noun);
  if (depth > 0 && verb != kNoWord && part_of_speech(verb) == 'v' && depth <= kMaxSharing) {
    const std::string_view relation = analysis_.base_relation(noun);
    if (relation == "obj" || relation == "obl") return subjects(verb, depth + 1);
  }
  return out;
}

std::vector<Word> EventArguments::objects(Word predicate) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) != "obj") continue;
    if (!out.empty() && name_after(out.back()) == child) continue;
    add_once(out, antecedent(child));
  }
  if (!out.empty() || is_passive(predicate)) return out;
  // "the town they shelled": the clause's object is the noun it hangs on, if the subject is another.
  if (analysis_.relation(predicate) == "acl:relcl") {
    const std::vector<Word> own = own_subjects(predicate);
    const Word noun = analysis_.head(predicate);
    if (!own.empty() && std::find(own.begin(), own.end(), noun) == own.end()) add_once(out, noun);
  }
  // "shelled and bombed the town": the first of two verbs without an object shares the other's.
  if (out.empty()) {
    for (const Word child : analysis_.children(predicate)) {
      if (analysis_.base_relation(child) != "conj" || analysis_.upos(child) != Upos::VERB) continue;
      if (!own_subjects(child).empty() || child > predicate + 3) continue;
      for (const Word object : analysis_.children(child)) {
        if (analysis_.base_relation(object) == "obj") add_once(out, object);
      }
      break;
    }
  }
  return out;
}

std::vector<Word> EventArguments::indirect_objects(Word predicate) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) == "iobj") add_once(out, antecedent(child));
  }
  return out;
}

std::vector<Word> EventArguments::with_preposition(Word predicate, std::string_view wanted) const {
  std::vector<Word> out;
  const auto look = [&](Word from) {
    for (const Word child : analysis_.children(from)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation != "obl" && relation != "nmod" && relation != "advcl" && relation != "acl" &&
          relation != "ccomp" && relation != "xcomp") {
        continue;
      }
      // "pushes for a deal to end the war": "to end" is no place or person that it goes to
      if (wanted == "to" && analysis_.upos(child) == Upos::VERB && is_infinitive(child)) continue;
      if (preposition(child) == wanted) add_once(out, antecedent(child));
    }
  };
  look(predicate);
  // "imposed sanctions on …", "launched an attack on …": the parser may hang it on either.
  if (out.empty() && part_of_speech(predicate) == 'v') {
    for (const Word object : objects(predicate)) {
      if (object > predicate && analysis_.head(object) == predicate) look(object);
    }
  }
  if (out.empty() && part_of_speech(predicate) == 'n') {
    const Word verb = light_verb(predicate);
    if (verb != kNoWord) look(verb);
  }
  return out;
}

std::vector<Word> EventArguments::possessors(Word noun) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(noun)) {
    if (analysis_.relation(child) == "nmod:poss") add_once(out, antecedent(child));
  }
  return out;
}

std::vector<Word> EventArguments::modifiers(Word noun) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(noun)) {
    const std::string_view relation = analysis_.base_relation(child);
    if (relation == "compound" || relation == "amod" || relation == "nmod") {
      if (relation == "nmod" && (analysis_.relation(child) != "nmod" || !preposition(child).empty())) continue;
      add_once(out, child);
    }
  }
  return out;
}

std::vector<Word> EventArguments::clauses(Word predicate) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(predicate)) {
    const std::string_view relation = analysis_.relation(child);
    if (relation == "ccomp" || relation == "xcomp" || relation == "acl") add_once(out, child);
  }
  if (!out.empty()) return out;
  // "called on both sides to halt": the parser may take the infinitive for a purpose.
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) == "advcl" && preposition(child) == "to" && child > predicate) add_once(out, child);
  }
  if (!out.empty()) return out;
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) == "csubj") add_once(out, child);
  }
  if (out.empty() && part_of_speech(predicate) == 'v') {
    // "… told the governor to leave", with the infinitive on the object
    for (const Word object : objects(predicate)) {
      for (const Word child : analysis_.children(object)) {
        if (analysis_.relation(child) == "acl" && preposition(child) == "to") add_once(out, child);
      }
    }
  }
  return out;
}

std::vector<Word> EventArguments::contents(Word predicate) const {
  std::vector<Word> out = clauses(predicate);
  const bool passive = is_passive(predicate);
  for (const Word child : analysis_.children(predicate)) {
    const std::string_view relation = analysis_.base_relation(child);
    if (relation == "obl" || relation == "nmod") {
      const std::string word = preposition(child);
      static constexpr std::array<std::string_view, 8> kComplements = {"for", "to", "of",      "on",
                                                                       "with", "from", "against", "over"};
      if (std::find(kComplements.begin(), kComplements.end(), word) != kComplements.end()) add_once(out, child);
    } else if (relation == "advcl" || relation == "acl") {
      const std::string word = preposition(child);
      if (word == "of" || word == "for" || word == "from" || word == "to" || word == "against") add_once(out, child);
    } else if (relation == "compound" && part_of_speech(predicate) == 'n') {
      add_once(out, child);
    }
  }
  for (const Word object : objects(predicate)) add_once(out, object);
  for (const Word object : indirect_objects(predicate)) add_once(out, object);
  if (passive) {
    for (const Word subject : subjects(predicate)) add_once(out, subject);
  }
  // What the roles know and the tree hangs elsewhere: "walked out of the talks"
  for (const std::string_view label : {"ARG1", "ARG2"}) {
    for (const Word head : labelled(predicate, label)) {
      if (analysis_.head(head) != predicate || analysis_.base_relation(head) != "nsubj" || passive) add_once(out, head);
    }
  }
  return out;
}

std::vector<Word> EventArguments::step(Word from, const ArgumentStep& step) const {
  switch (step.kind) {
    case ArgumentStep::Kind::role: return role(from, step.text);
    case ArgumentStep::Kind::subject: return subjects(from);
    case ArgumentStep::Kind::object: {
      std::vector<Word> out = objects(from);
      if (!out.empty() || is_passive(from)) return out;
      // "handed over their arsenal", with the particle taken for a preposition
      for (const Word head : labelled(from, "ARG1")) {
        if (is_noun(head) && head > from && analysis_.head(head) == from &&
            analysis_.base_relation(head) == "obl") {
          add_once(out, head);
        }
      }
      return out;
    }
    case ArgumentStep::Kind::indirect: return indirect_objects(from);
    case ArgumentStep::Kind::preposition: return with_preposition(from, step.text);
    case ArgumentStep::Kind::possessor: return possessors(from);
    case ArgumentStep::Kind::modifier: return modifiers(from);
    case ArgumentStep::Kind::clause: return clauses(from);
    case ArgumentStep::Kind::content: return contents(from);
  }
  return {};
}

std::vector<Word> EventArguments::follow(Word predicate, const ArgumentPath& path) const {
  std::vector<Word> here = {predicate};
  for (const ArgumentStep& next : path.steps) {
    std::vector<Word> there;
    for (const Word word : here) {
      for (const Word found : step(word, next)) add_once(there, found);
    }
    here = std::move(there);
    if (here.empty()) break;
  }
  return here;
}

std::vector<Word> EventArguments::conjuncts(Word head) const {
  std::vector<Word> out = {head};
  for (const Word child : analysis_.children(head)) {
    // "leader Ndiaye and Minister Sow", with the second hung on the first's name
    const std::string_view relation = analysis_.base_relation(child);
    if ((relation != "appos" && relation != "flat") || analysis_.upos(child) != Upos::PROPN) continue;
    for (const Word deeper : analysis_.children(child)) {
      if (analysis_.base_relation(deeper) == "conj" && analysis_.upos(deeper) == Upos::PROPN) add_once(out, deeper);
    }
  }
  for (const Word child : analysis_.children(head)) {
    if (analysis_.base_relation(child) != "conj") continue;
    // "troops entered … and shelled …" wrongly hung on a noun is no second party
    if (is_noun(head) && !is_noun(child) && analysis_.upos(child) != Upos::ADJ) continue;
    add_once(out, child);
    for (const Word deeper : analysis_.children(child)) {
      if (analysis_.base_relation(deeper) == "conj" && is_noun(deeper)) add_once(out, deeper);
    }
  }
  return out;
}

Word EventArguments::through_transparent(Word head) const {
  Word word = head;
  for (int i = 0; i < 3; ++i) {
    if (!context_.knowledge.codebook.list("transparent").contains(lemma(word))) return word;
    Word inner = kNoWord;
    for (const Word child : analysis_.children(word)) {
      if (analysis_.base_relation(child) == "nmod" && preposition(child) == "of") {
        inner = child;
        break;
      }
    }
    if (inner == kNoWord) return word;
    word = inner;
  }
  return word;
}

std::vector<Word> EventArguments::below(const std::vector<Word>& heads) const {
  std::vector<Word> out;
  for (const Word head : heads) {
    const std::size_t begin = out.size();
    out.push_back(head);
    for (std::size_t i = begin; i < out.size() && out.size() < kMaxBelow; ++i) {
      for (const Word child : analysis_.children(out[i])) {
        const std::string_view relation = analysis_.relation(child);
        // What is said about a thing in passing is not what is demanded.
        if (relation == "acl:relcl" || relation == "punct" || relation == "parataxis") continue;
        out.push_back(child);
      }
    }
  }
  return out;
}

}  // namespace parley
