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

void add(std::vector<Word>& out, Word word) {
  if (word != kNoWord && std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
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
    add(out, antecedent(child));
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
    add(out, head);
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
    add(out, head);                                      // "troops attacking the city"
    return out;
  }
  if (base == "xcomp" || base == "advcl") {
    // "urged Hamas to accept": who is urged accepts; "threatened to leave": who threatens leaves.
    if (base == "xcomp" && part_of_speech(head) == 'v') {
      for (const Word child : analysis_.children(head)) {
        const std::string_view own = analysis_.base_relation(child);
        if (own == "obj" || own == "iobj") add(out, antecedent(child));
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
        if ((word == "on" || word == "upon" || word == "for" || word == "with") && is_party(child)) add(out, child);
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
      add(out, leader);
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
      add(out, word);
    }
    for (const Word leader : leaders_of(word)) add(out, leader);
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
    add(out, antecedent(child));
  }
  if (!out.empty() || is_passive(predicate)) return out;
  // "the town they shelled": the clause's object is the noun it hangs on, if the subject is another.
  if (analysis_.relation(predicate) == "acl:relcl") {
    const std::vector<Word> own = own_subjects(predicate);
    const Word noun = analysis_.head(predicate);
    if (!own.empty() && std::find(own.begin(), own.end(), noun) == own.end()) add(out, noun);
  }
  // "shelled and bombed the town": the first of two verbs without an object shares the other's.
  if (out.empty()) {
    for (const Word child : analysis_.children(predicate)) {
      if (analysis_.base_relation(child) != "conj" || analysis_.upos(child) != Upos::VERB) continue;
      if (!own_subjects(child).empty() || child > predicate + 3) continue;
      for (const Word object : analysis_.children(child)) {
        if (analysis_.base_relation(object) == "obj") add(out, object);
      }
      break;
    }
  }
  return out;
}

std::vector<Word> EventArguments::indirect_objects(Word predicate) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) == "iobj") add(out, antecedent(child));
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
      if (preposition(child) == wanted) add(out, antecedent(child));
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
    if (analysis_.relation(child) == "nmod:poss") add(out, antecedent(child));
  }
  return out;
}

std::vector<Word> EventArguments::modifiers(Word noun) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(noun)) {
    const std::string_view relation = analysis_.base_relation(child);
    if (relation == "compound" || relation == "amod" || relation == "nmod") {
      if (relation == "nmod" && (analysis_.relation(child) != "nmod" || !preposition(child).empty())) continue;
      add(out, child);
    }
  }
  return out;
}

std::vector<Word> EventArguments::clauses(Word predicate) const {
  std::vector<Word> out;
  for (const Word child : analysis_.children(predicate)) {
    const std::string_view relation = analysis_.relation(child);
    if (relation == "ccomp" || relation == "xcomp" || relation == "acl") add(out, child);
  }
  if (!out.empty()) return out;
  // "called on both sides to halt": the parser may take the infinitive for a purpose.
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) == "advcl" && preposition(child) == "to" && child > predicate) add(out, child);
  }
  if (!out.empty()) return out;
  for (const Word child : analysis_.children(predicate)) {
    if (analysis_.base_relation(child) == "csubj") add(out, child);
  }
  if (out.empty() && part_of_speech(predicate) == 'v') {
    // "… told the governor to leave", with the infinitive on the object
    for (const Word object : objects(predicate)) {
      for (const Word child : analysis_.children(object)) {
        if (analysis_.relation(child) == "acl" && preposition(child) == "to") add(out, child);
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
      if (std::find(kComplements.begin(), kComplements.end(), word) != kComplements.end()) add(out, child);
    } else if (relation == "advcl" || relation == "acl") {
      const std::string word = preposition(child);
      if (word == "of" || word == "for" || word == "from" || word == "to" || word == "against") add(out, child);
    } else if (relation == "compound" && part_of_speech(predicate) == 'n') {
      add(out, child);
    }
  }
  for (const Word object : objects(predicate)) add(out, object);
  for (const Word object : indirect_objects(predicate)) add(out, object);
  if (passive) {
    for (const Word subject : subjects(predicate)) add(out, subject);
  }
  // What the roles know and the tree hangs elsewhere: "walked out of the talks"
  for (const std::string_view label : {"ARG1", "ARG2"}) {
    for (const Word head : labelled(predicate, label)) {
      if (analysis_.head(head) != predicate || analysis_.base_relation(head) != "nsubj" || passive) add(out, head);
    }
  }
  return out;
}

std::vector<Word> EventArguments::labelled(Word predicate, std::string_view label) const {
  std::vector<Word> out;
  if (const Predicate* found = analysis_.predicate_at(predicate)) {
    for (const Role& role : found->roles) {
      if (role.words.empty()) continue;
      const bool reference = role.label.starts_with("R-") && role.label.substr(2) == label;
      if (role.label != label && !reference) continue;
      add(out, antecedent(analysis_.head_of(role.words)));
    }
  }
  return out;
}

// "faces sanctions", "drew criticism from Oslo", "came under attack": the subject is whom it was done to.
Word EventArguments::suffering_verb(Word noun) const {
  if (part_of_speech(noun) != 'n') return kNoWord;
  const Word verb = analysis_.head(noun);
  if (verb == kNoWord || part_of_speech(verb) != 'v') return kNoWord;
  const std::string_view relation = analysis_.base_relation(noun);
  const bool under = relation == "obl" && preposition(noun) == "under" && lemma(verb) == "come";
  const bool object = relation == "obj" && !is_passive(verb) &&
                      context_.knowledge.codebook.list("suffering").contains(lemma(verb));
  return under || object ? verb : kNoWord;
}

std::vector<Word> EventArguments::role(Word predicate, std::string_view label) const {
  if (const Word verb = suffering_verb(predicate); verb != kNoWord) {
    if (label == "ARG0") {
      std::vector<Word> doers = possessors(predicate);
      for (const std::string_view word : {"from", "by"}) {
        for (const Word each : with_preposition(predicate, word)) add(doers, each);
      }
      for (const Word each : modifiers(predicate)) {
        if (is_party(each)) add(doers, each);
      }
      return doers;
    }
    if (label == "ARG1") return subjects(verb);
  }
  std::vector<Word> out = labelled(predicate, label);
  if (out.size() > 1 && label == "ARG0" && part_of_speech(predicate) == 'v' && !is_passive(predicate)) {
    // Nobody does a thing in two places: the tree's subject, if it has one, is who does it.
    const std::vector<Word> tree = subjects(predicate);
    if (!tree.empty()) return tree;
  }
  if (!out.empty()) return out;
  if (label == "ARG0") {
    if (part_of_speech(predicate) == 'n') {
      out = noun_doers(predicate, 0);
      if (!out.empty()) return out;
      if (const Word verb = light_verb(predicate); verb != kNoWord) return subjects(verb);
      return out;
    }
    if (is_passive(predicate)) {
      for (const Word child : analysis_.children(predicate)) {
        const std::string_view relation = analysis_.relation(child);
        if (relation == "obl:agent" || (relation.starts_with("obl") && preposition(child) == "by")) add(out, child);
      }
      return out;
    }
    return subjects(predicate);
  }
  if (label == "ARG1") {
    if (part_of_speech(predicate) == 'n') return with_preposition(predicate, "of");
    return is_passive(predicate) ? subjects(predicate) : objects(predicate);
  }
  if (label == "ARG2") return indirect_objects(predicate);
  return out;
}

Word EventArguments::light_verb(Word noun) const {
  Word word = noun;
  // "a series of attacks", "attacks and raids": the verb above the whole phrase
  for (int i = 0; i < 3; ++i) {
    const Word head = analysis_.head(word);
    if (head == kNoWord) return kNoWord;
    const std::string_view relation = analysis_.base_relation(word);
    if (relation == "conj") {
      word = head;
      continue;
    }
    if (relation == "nmod" && preposition(word) == "of" &&
        context_.knowledge.codebook.list("transparent").contains(lemma(head))) {
      word = head;
      continue;
    }
    // "claimed responsibility for the attack": who claims it has done it
    if (relation == "nmod" && preposition(word) == "for" &&
        context_.knowledge.codebook.list("responsibility").contains(lemma(head))) {
      const Word verb = analysis_.head(head);
      const bool claimed = verb != kNoWord && part_of_speech(verb) == 'v' && analysis_.base_relation(head) == "obj";
      return claimed ? verb : kNoWord;
    }
    if (part_of_speech(head) != 'v' || (relation != "obj" && relation != "obl")) return kNoWord;
    const Predicate* predicate = analysis_.predicate_at(head);
    const Embedding* embedding = context_.knowledge.status.embedding(
        predicate == nullptr ? std::string_view{} : predicate->sense, lemma_with_particle(head), 'v');
    if (embedding == nullptr || !embedding->light || !embedding->phrase) return kNoWord;
    return head;
  }
  return kNoWord;
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
          add(out, head);
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
      for (const Word found : step(word, next)) add(there, found);
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
      if (analysis_.base_relation(deeper) == "conj" && analysis_.upos(deeper) == Upos::PROPN) add(out, deeper);
    }
  }
  for (const Word child : analysis_.children(head)) {
    if (analysis_.base_relation(child) != "conj") continue;
    // "troops entered … and shelled …" wrongly hung on a noun is no second party
    if (is_noun(head) && !is_noun(child) && analysis_.upos(child) != Upos::ADJ) continue;
    add(out, child);
    for (const Word deeper : analysis_.children(child)) {
      if (analysis_.base_relation(deeper) == "conj" && is_noun(deeper)) add(out, deeper);
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

// --- parties -----------------------------------------------------------------------------------------

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
  out.push_back({head, entity, core(phrase == kNoWord ? named_before(head, entity) : phrase)});
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

// "Peru and Chile met. They agreed …": the subjects of the sentence before, when there are several.
std::vector<Word> EventArguments::those_before(Word pronoun) const {
  std::vector<Word> out;
  if (analysis_.upos(pronoun) != Upos::PRON || !analysis_.has_feature(pronoun, "Number=Plur") ||
      !analysis_.has_feature(pronoun, "Person=3") || analysis_.base_relation(pronoun) != "nsubj" ||
      context_.entity_of_phrase(pronoun) != Context::kNone) {
    return out;
  }
  const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(pronoun)].words;
  if (sentence.first == 0 || pronoun > sentence.first + 3) return out;
  const WordRange before = analysis_.sentences()[analysis_.sentence_of(sentence.first - 1)].words;
  for (Word word = before.first; word < before.last; ++word) {
    if (analysis_.head(word) != kNoWord) continue;
    for (const Word subject : own_subjects(word)) {
      for (const Word each : conjuncts(subject)) {
        if (context_.entity_of_phrase(each) != Context::kNone) add(out, each);
      }
    }
    break;
  }
  if (out.size() < 2) out.clear();
  return out;
}

std::vector<Party> EventArguments::parties(const std::vector<Word>& heads) const {
  std::vector<Party> out;
  for (const Word first : heads) {
    for (const Word head : conjuncts(first)) {
      if (const std::vector<Word> those = those_before(head); !those.empty()) {
        for (const Word each : those) out.push_back({each, context_.entity_of_phrase(each), {head, head + 1}});
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
            if (index != Context::kNone && context_.entity_at_head[nation] == index) add(joined, nation);
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
