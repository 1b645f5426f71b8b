// PropBank's roles of a predicate, and what to make of them where the tree says otherwise.
//
//   "The group released nineteen hostages": labelled as released, the group is still who did it.
//   "Chad on Monday expelled …": a span in two pieces; Chad is meant, Monday is not.
//   "came under attack", "was put under arrest": whom a noun's deed is done to is its verb's subject or object.
//
// Where the model gave no role, subjects and objects stand in; a noun that a verb only carries ("launched an attack")
// has the verb's subject. Cost: the predicate's own children and roles.
#include <algorithm>

#include "record/event_arguments.h"

namespace parley {

// "Chad on Monday": of a span that the tree hangs on the verb in two pieces, the subject or object.
Word EventArguments::main_word(WordRange words, Word predicate) const {
  for (const Word child : analysis_.children(predicate)) {
    const std::string_view relation = analysis_.base_relation(child);
    const bool core = relation == "nsubj" || relation == "obj" || relation == "iobj";
    if (core && words.first <= child && child < words.last) return child;
  }
  return analysis_.head_of(words);
}

std::vector<Word> EventArguments::labelled(Word predicate, std::string_view label) const {
  std::vector<Word> out;
  if (const Predicate* found = analysis_.predicate_at(predicate)) {
    for (const Role& role : found->roles) {
      if (role.words.empty()) continue;
      const bool reference = role.label.starts_with("R-") && role.label.substr(2) == label;
      if (role.label != label && !reference) continue;
      add_once(out, antecedent(main_word(role.words, predicate)));
    }
  }
  return out;
}

// "faces sanctions", "drew criticism from Oslo", "came under attack": the subject is whom it was done to; so is whoever
// "was put under arrest".
Word EventArguments::suffering_verb(Word noun) const {
  if (part_of_speech(noun) != 'n') return kNoWord;
  const Word verb = analysis_.head(noun);
  if (verb == kNoWord || part_of_speech(verb) != 'v') return kNoWord;
  const std::string_view relation = analysis_.base_relation(noun);
  const bool under = relation == "obl" && preposition(noun) == "under" &&
                     (lemma(verb) == "come" || context_.knowledge.codebook.list("putting").contains(lemma(verb)));
  const bool object = relation == "obj" && !is_passive(verb) &&
                      context_.knowledge.codebook.list("suffering").contains(lemma(verb));
  return under || object ? verb : kNoWord;
}

// "The group released nineteen hostages", with the group labelled as what is released: a verb that has a subject
// and an object has them for doer and thing, whatever the labels say.
bool EventArguments::roles_are_shifted(Word verb) const {
  if (part_of_speech(verb) != 'v' || is_passive(verb) || !labelled(verb, "ARG0").empty()) return false;
  const std::vector<Word> things = labelled(verb, "ARG1");
  if (things.empty()) return false;
  const std::vector<Word> doers = own_subjects(verb);
  const bool of_doers = std::any_of(things.begin(), things.end(), [&doers](Word thing) {
    return std::find(doers.begin(), doers.end(), thing) != doers.end();
  });
  return of_doers && !objects(verb).empty();
}

// "Colombia, ELN Rebels Agree to …": a headline's comma is an "and". The role is the last one's, the subjects are two.
std::vector<Word> EventArguments::headline_subjects(Word verb, const std::vector<Word>& doers) const {
  if (part_of_speech(verb) != 'v' || is_passive(verb)) return doers;
  const std::vector<Word> all = own_subjects(verb);
  if (all.size() < 2 || std::find(all.begin(), all.end(), doers.front()) == all.end()) return doers;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    const Word comma = analysis_.subtree(all[i]).last;
    if (comma >= analysis_.size() || analysis_.form(comma) != "," || !is_party(all[i])) return doers;
  }
  return all;
}

std::vector<Word> EventArguments::role(Word predicate, std::string_view label) const {
  if (const Word verb = suffering_verb(predicate); verb != kNoWord) {
    if (context_.knowledge.codebook.list("putting").contains(lemma(verb))) {
      if (label == "ARG0" || label == "ARG1") return role(verb, label);
    } else if (label == "ARG0") {
      std::vector<Word> doers = possessors(predicate);
      for (const std::string_view word : {"from", "by"}) {
        for (const Word each : with_preposition(predicate, word)) add_once(doers, each);
      }
      for (const Word each : modifiers(predicate)) {
        if (is_party(each)) add_once(doers, each);
      }
      return doers;
    } else if (label == "ARG1") {
      return subjects(verb);
    }
  }
  if (roles_are_shifted(predicate)) {
    if (label == "ARG0") return own_subjects(predicate);
    if (label == "ARG1") return objects(predicate);
    if (label == "ARG2") return indirect_objects(predicate);
  }
  std::vector<Word> out = labelled(predicate, label);
  if (out.size() > 1 && label == "ARG0" && part_of_speech(predicate) == 'v' && !is_passive(predicate)) {
    // Nobody does a thing in two places: the tree's subject, if it has one, is who does it.
    const std::vector<Word> tree = subjects(predicate);
    if (!tree.empty()) return tree;
  }
  if (!out.empty()) return label == "ARG0" ? headline_subjects(predicate, out) : out;
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
        if (relation == "obl:agent" || (relation.starts_with("obl") && preposition(child) == "by")) add_once(out, child);
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

}  // namespace parley
