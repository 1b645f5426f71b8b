#include "record/event_status.h"

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr int kMaxDepth = 24;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Prepositions whose phrase is spoken of as there: "in the attack", "since the war", "after the raid".
bool presupposes(const std::string& preposition) {
  static constexpr std::array<std::string_view, 17> kWords = {
      "in", "after", "since", "during", "following", "amid", "despite", "at", "by", "over", "before",
      "because of", "as", "within", "near", "through", "under"};
  return std::find(kWords.begin(), kWords.end(), preposition) != kWords.end();
}

bool is_actual(const StatusReading& reading) {
  return reading.status == Status::actual || reading.status == Status::ongoing;
}

// Neither done nor denied, alleged or past: still to come, if at all.
bool is_open(const StatusReading& reading) {
  return reading.status == Status::planned || reading.status == Status::proposed ||
         reading.status == Status::demanded || reading.status == Status::conditional;
}

}  // namespace

const Embedding* EventStatus::embedding(Word word) const {
  const char part = arguments_.part_of_speech(word);
  if (part == 0) return nullptr;
  const Predicate* predicate = analysis_.predicate_at(word);
  const std::string_view sense = predicate == nullptr ? std::string_view{} : predicate->sense;
  const StatusWords& words = context_.knowledge.status;
  const std::string with_particle = arguments_.lemma_with_particle(word);
  if (const Embedding* found = words.embedding(sense, with_particle, part)) return found;
  return words.embedding({}, arguments_.lemma(word), part);
}

bool EventStatus::is_negated(Word word) const {
  const StatusWords& words = context_.knowledge.status;
  for (const Word child : analysis_.children(word)) {
    const std::string_view relation = analysis_.base_relation(child);
    const std::string text = lower(analysis_.form(child));
    if (relation == "advmod" || relation == "cc:preconj" || relation == "cc" || relation == "discourse") {
      if (!words.negation(text) && !words.negation(arguments_.lemma(child))) continue;
      // "not only", "not just": nothing is denied
      if (child + 1 < analysis_.size()) {
        const std::string next = lower(analysis_.form(child + 1));
        if (next == "only" || next == "just" || next == "merely") continue;
      }
      return true;
    }
    if (relation == "det" && (text == "no" || text == "neither")) return true;
    if (relation == "nsubj" || relation == "obj") {  // "no troops left", "nobody was hurt", "signed no deal"
      if (words.negation(text)) return true;
      for (const Word word_of_phrase : analysis_.children(child)) {
        const std::string determiner = lower(analysis_.form(word_of_phrase));
        if (analysis_.base_relation(word_of_phrase) == "det" && (determiner == "no" || determiner == "neither")) {
          return true;
        }
      }
    }
  }
  return false;
}

bool EventStatus::has_own_future(Word verb) const {
  if (is_negated(verb)) return false;
  for (const Word child : analysis_.children(verb)) {
    if (analysis_.base_relation(child) != "aux") continue;
    const std::string text = lower(analysis_.form(child));
    if (context_.knowledge.status.modal(text) == Status::planned || text == "would" || text == "'d") return true;
  }
  return false;
}

bool EventStatus::finite(Word verb) const {
  if (analysis_.has_feature(verb, "VerbForm=Fin")) return true;
  for (const Word child : analysis_.children(verb)) {
    if (analysis_.base_relation(child) == "aux" || analysis_.base_relation(child) == "cop") return true;
  }
  return false;
}

// "return", "returns", "are freed", but not "are freeing" or "have returned".
bool EventStatus::in_present(Word verb) const {
  const std::string_view tag = analysis_.xpos(verb);
  if (tag == "VBZ" || tag == "VBP") return true;
  if (tag != "VBN") return false;
  for (const Word child : analysis_.children(verb)) {
    if (analysis_.relation(child) != "aux:pass") continue;
    return analysis_.xpos(child) == "VBZ" || analysis_.xpos(child) == "VBP";
  }
  return false;
}

// "every ten hostages", "any ship", "each prisoner"
bool EventStatus::is_any(Word noun) const {
  for (const Word child : analysis_.children(noun)) {
    if (analysis_.base_relation(child) != "det") continue;
    const std::string word = lower(analysis_.form(child));
    if (word == "every" || word == "each" || word == "any") return true;
  }
  return false;
}

// Negation, modals and modifiers of the word itself.
std::optional<StatusReading> EventStatus::own(Word word) const {
  const StatusWords& words = context_.knowledge.status;
  std::optional<Status> modal;
  std::string modal_word;
  bool condition = false;
  bool progressive = false;
  bool present = false;
  for (const Word child : analysis_.children(word)) {
    const std::string_view relation = analysis_.base_relation(child);
    const std::string text = lower(analysis_.form(child));
    if (relation == "aux") {
      if (const std::optional<Status> found = words.modal(text)) {
        modal = found;
        modal_word = text;
      }
      if (arguments_.lemma(child) == "be" && analysis_.xpos(word) == "VBG") {
        progressive = true;
        present = present || analysis_.has_feature(child, "Tense=Pres");
      }
      if (arguments_.lemma(child) == "have" && analysis_.has_feature(child, "Tense=Pres")) present = true;
    } else if (relation == "mark" || relation == "case") {
      if (const std::optional<Status> found = words.conjunction(text)) return StatusReading{*found, text, false};
    } else if (relation == "advcl") {
      condition = condition || arguments_.preposition(child) == "if" || arguments_.preposition(child) == "unless";
    }
  }
  if (is_negated(word)) {
    const bool with_will = modal && (modal_word == "will" || modal_word == "wo" || modal_word == "would" ||
                                     modal_word == "shall" || modal_word == "'ll" || modal_word == "'d");
    return StatusReading{Status::denied, "negation", with_will};
  }
  if (modal) {
    // "said that it would send": the past's future, unless an if-clause makes it conditional
    if ((modal_word == "would" || modal_word == "'d") && !condition) {
      Word head = analysis_.head(word);
      const std::string_view relation = analysis_.base_relation(word);
      if (head != kNoWord && (relation == "ccomp" || relation == "conj" || relation == "parataxis" ||
                              relation == "root")) {
        return StatusReading{Status::planned, modal_word, false};
      }
    }
    return StatusReading{*modal, modal_word, false};
  }
  for (const Word child : analysis_.children(word)) {
    const std::string_view relation = analysis_.base_relation(child);
    if (relation != "amod" && relation != "compound" && relation != "advmod" && relation != "det") continue;
    if (const std::optional<Status> found = words.modifier(arguments_.lemma(child))) {
      return StatusReading{*found, lower(analysis_.form(child)), false};
    }
  }
  // "Leaders to meet on Tuesday", "they are to meet"
  const std::string_view base = analysis_.base_relation(word);
  if ((base == "root" || base == "ccomp" || base == "parataxis") && arguments_.part_of_speech(word) == 'v' &&
      arguments_.preposition(word) == "to") {
    return StatusReading{Status::planned, "to", false};
  }
  if (const std::optional<StatusReading> before = right_before(word)) return before;
  if (progressive && present) return StatusReading{Status::ongoing, "present progressive", false};
  return std::nullopt;
}

// "are due to sign", with "due to" read as one preposition: the word in front of the infinitive governs it, whatever the
// tree makes of the two.
std::optional<StatusReading> EventStatus::right_before(Word verb) const {
  const Word first = analysis_.sentences()[analysis_.sentence_of(verb)].words.first;
  if (analysis_.xpos(verb) != "VB" || verb < first + 2 || lower(analysis_.form(verb - 1)) != "to") return std::nullopt;
  const Word above = verb - 2;
  if (analysis_.upos(above) == Upos::AUX && arguments_.lemma(above) == "be") {  // "Oman is to open its port"
    return StatusReading{Status::planned, "is to", false};
  }
  if (analysis_.upos(above) != Upos::ADJ && analysis_.upos(above) != Upos::VERB) return std::nullopt;
  if (analysis_.head(verb) == above) return std::nullopt;  // `governed` reads it
  const Embedding* found = embedding(above);
  if (found == nullptr || !found->clause || !found->status) return std::nullopt;
  return StatusReading{*found->status, lower(analysis_.form(above)), false};
}

// What the words above say.
std::optional<StatusReading> EventStatus::governed(Word word, int depth, bool deed_of_a_deal) const {
  const Word head = analysis_.head(word);
  if (head == kNoWord || depth > kMaxDepth) return std::nullopt;
  const std::string_view relation = analysis_.relation(word);
  const std::string_view base = analysis_.base_relation(word);
  if (base == "conj") {
    // "will meet and discuss", "refused to meet or to talk": the first one's auxiliaries and governor count
    // for all, unless this one has a subject of its own.
    if (arguments_.part_of_speech(word) == 'v') {
      for (const Word child : analysis_.children(word)) {
        const std::string_view own_relation = analysis_.base_relation(child);
        if (own_relation == "nsubj") return governed(head, depth + 1, deed_of_a_deal);
        if (own_relation == "aux" && analysis_.relation(child) != "aux:pass") return governed(head, depth + 1, deed_of_a_deal);
      }
      if (finite(word) && analysis_.xpos(word) == "VBD") return governed(head, depth + 1, deed_of_a_deal);
    }
    if (const std::optional<StatusReading> first = own(head); first && first->status != Status::ongoing) {
      if (arguments_.part_of_speech(word) == arguments_.part_of_speech(head) && !first->reason.empty() &&
          first->reason != "negation") {
        return first;
      }
    }
    return governed(head, depth + 1, deed_of_a_deal);
  }
  if (relation == "acl:relcl") {
    // "would be extended by a day for every ten hostages who are freed": told in the present of whoever it may be;
    // "will free the hostages whom it holds" tells of now
    if (!in_present(word) || !is_any(head)) return std::nullopt;
    Word above = analysis_.head(head);
    for (int i = 0; i < kMaxDepth && above != kNoWord && arguments_.part_of_speech(above) != 'v'; ++i) {
      above = analysis_.head(above);
    }
    if (above == kNoWord) return std::nullopt;
    const StatusReading reading = read(above, depth + 1, deed_of_a_deal);
    return is_open(reading) ? std::optional<StatusReading>(reading) : std::nullopt;
  }
  if (base == "parataxis" || base == "appos" || base == "dislocated") return std::nullopt;
  const bool verb = arguments_.part_of_speech(word) == 'v' &&
                    (base == "ccomp" || base == "xcomp" || base == "acl" || base == "advcl" || base == "csubj");
  const std::string preposition = arguments_.preposition(word);
  const bool clause = verb || base == "ccomp" || base == "xcomp";
  const bool phrase = !clause && (base == "obj" || base == "iobj" || base == "obl" || base == "nmod" ||
                                  base == "nsubj" || base == "compound");
  if (!clause && !phrase) return std::nullopt;
  const Embedding* found = embedding(head);
  if (phrase) {
    if (presupposes(preposition)) return std::nullopt;
    if (relation == "nmod:poss") return std::nullopt;
    if (base == "nsubj" && relation != "nsubj:pass" && found != nullptr && found->status &&
        *found->status != Status::ongoing) {
      return std::nullopt;  // "the attack threatens the truce" does not threaten an attack
    }
  }
  if (base == "advcl") {
    // "must leave while the rebels withdraw", "will meet when they return": English tells what is to come in the
    // present tense there.
    if (in_present(word) && (preposition == "while" || preposition == "when" || preposition == "as" ||
                    preposition == "before" || preposition == "after")) {
      const StatusReading above = read(head, depth + 1, deed_of_a_deal);
      if (is_open(above)) return above;
    }
    // "accused of shelling", "barred from leaving": a complement; otherwise a clause of its own.
    const bool complement = preposition == "of" || preposition == "from" || preposition == "for" ||
                            preposition == "against" || preposition == "to" || preposition == "with";
    if (!complement) return std::nullopt;
    if (preposition == "to" && (found == nullptr || !found->clause)) {
      const StatusReading above = read(head, depth + 1, deed_of_a_deal);
      if (!is_actual(above)) return above;
      // "sent troops to hold the bridge" plans it; "it is up to them to agree" does not
      const bool verb_above = analysis_.upos(head) == Upos::VERB;
      return StatusReading{verb_above ? Status::planned : Status::conditional, "purpose", false};
    }
  }
  const bool told = found != nullptr && found->infinitive && clause && (preposition != "to" || finite(word));
  const bool governs = found != nullptr && !told && (clause ? found->clause : found->phrase);
  if (governs) {
    const bool negated = is_negated(head);
    if (found->status) {
      if (negated) {
        if (found->negated) return StatusReading{*found->negated, "not " + arguments_.lemma(head), false};
        if (*found->status == Status::denied) return std::nullopt;  // "did not refuse", "not cancelled"
        return StatusReading{Status::denied, "not " + arguments_.lemma(head), false};
      }
      return StatusReading{*found->status, arguments_.lemma(head), false};
    }
    const StatusReading above = read(head, depth + 1, deed_of_a_deal);
    if (above.status == Status::actual) return std::nullopt;
    return above;
  }
  if (clause) {
    if (base == "ccomp" && (finite(word) || preposition == "that")) {
      return std::nullopt;  // told as a fact by whoever speaks
    }
    // "securing a truce is …", "told them to leave", "helped arrest": not said to have happened
    if (preposition == "to" || ((base == "xcomp" || base == "csubj") && !finite(word))) {
      return StatusReading{Status::conditional, "infinitive under " + arguments_.lemma(head), false};
    }
    return std::nullopt;
  }
  // Nouns: through the heads of their phrase ("the launch of an attack", "a wave of attacks").
  if (base == "nmod" && arguments_.part_of_speech(head) == 'n') {
    if (preposition == "of" && context_.knowledge.codebook.list("transparent").contains(arguments_.lemma(head))) {
      return governed(head, depth + 1, deed_of_a_deal);
    }
    if (deed_of_a_deal) {
      const StatusReading above = read(head, depth + 1, deed_of_a_deal);
      if (is_open(above)) return above;
    }
  }
  // "would mean an attack": an indefinite thing under what has not happened has not happened either.
  if (arguments_.part_of_speech(head) == 'v' && (base == "obj" || base == "nsubj")) {
    bool definite = false;
    for (const Word child : analysis_.children(word)) {
      const std::string_view own_relation = analysis_.relation(child);
      definite = definite || own_relation == "nmod:poss" || analysis_.has_feature(child, "Definite=Def");
    }
    const bool subject = base == "nsubj" && relation != "nsubj:pass";
    const StatusReading above = read(head, depth + 1, deed_of_a_deal);
    if (deed_of_a_deal ? is_open(above) : (!definite && !subject && !is_actual(above))) {
      if (above.status == Status::denied && !subject) return StatusReading{Status::denied, above.reason, false};
      if (deed_of_a_deal && above.status != Status::denied) return StatusReading{above.status, above.reason, false};
      return StatusReading{Status::conditional, above.reason, false};
    }
  }
  return std::nullopt;
}

StatusReading EventStatus::read(Word word, int depth, bool deed_of_a_deal) const {
  const std::optional<StatusReading> mine = own(word);
  const std::optional<StatusReading> above = governed(word, depth, deed_of_a_deal);
  if (mine && mine->status == Status::denied) {
    // "threatened not to return": neither; "urged them not to attack": still only demanded
    if (above && above->status == Status::demanded) return *above;
    return *mine;
  }
  if (above && above->status != Status::ongoing) return *above;
  if (mine && mine->status != Status::ongoing) return *mine;
  if (above) return *above;
  if (mine) return *mine;
  return {};
}

}  // namespace parley
