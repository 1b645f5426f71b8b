#include "record/event_matcher.h"

#include <algorithm>

namespace parley {

namespace {

bool deals_with_things(EventType type) {
  switch (type) {
    case EventType::assault:
    case EventType::coerce:
    case EventType::protest:
    case EventType::sanction:
    case EventType::retreat:
    case EventType::concede: return true;
    default: return false;
  }
}

}  // namespace

bool EventMatcher::can_be_event(Word word) const {
  const std::string_view relation = analysis_.base_relation(word);
  const Upos upos = analysis_.upos(word);
  if (upos == Upos::VERB) {
    // "detained editors", "armed men": said in passing, often of a state that has lasted
    return relation != "amod" && relation != "compound" && relation != "case" && relation != "fixed";
  }
  if (upos == Upos::NOUN || upos == Upos::PROPN) {
    // "peace talks venue", "attack helicopter": part of another thing's name
    if (relation == "compound" || relation == "flat" || relation == "fixed" || relation == "appos") return false;
    // "Operation Thunder", "in March": names and dates
    const auto in = [word](const std::vector<std::int32_t>& column) {
      return column.size() > word && column[word] != Context::kNone;
    };
    if (upos == Upos::PROPN && (in(context_.entity_of_word) || in(context_.time_of_word))) return false;
    return true;
  }
  return upos == Upos::ADJ && relation != "amod";
}

std::vector<EventMatcher::Candidate> EventMatcher::candidates(Word word) const {
  std::vector<Candidate> out;
  const char part = arguments_.part_of_speech(word);
  if (part == 0 || !can_be_event(word)) return out;
  const Codebook& codebook = context_.knowledge.codebook;
  const auto add = [&out](const std::vector<std::uint32_t>& rules, bool by_sense) {
    for (const std::uint32_t rule : rules) {
      const bool known = std::any_of(out.begin(), out.end(), [rule](const Candidate& c) { return c.rule == rule; });
      if (!known) out.push_back({rule, by_sense});
    }
  };
  if (const Predicate* predicate = analysis_.predicate_at(word)) add(codebook.by_sense(predicate->sense), true);
  const std::string lemma = arguments_.lemma(word);
  if (part == 'v') {
    const std::string with_particle = arguments_.lemma_with_particle(word);
    add(codebook.by_lemma(with_particle, part), false);
    // "took in nine thousand refugees", with the particle read as an adverb
    const Word next = word + 1;
    if (next < analysis_.size() && analysis_.head(next) == word && analysis_.base_relation(next) == "advmod") {
      add(codebook.by_lemma(lemma + ' ' + arguments_.lemma(next), part), false);
    }
    for (const Word child : analysis_.children(word)) {
      // "called on the king"; "called the king on Saturday" has no such preposition
      const bool time = child < context_.time_of_word.size() && context_.time_of_word[child] != Context::kNone;
      if (analysis_.base_relation(child) != "obl" || time) continue;
      const std::string preposition = arguments_.preposition(child);
      if (!preposition.empty()) add(codebook.by_lemma(lemma + ' ' + preposition, part), false);
    }
  } else {
    add(codebook.by_lemma(lemma, part), false);
    if (part == 'n') {
      for (const Word child : analysis_.children(word)) {  // "air strike/n"
        if (analysis_.base_relation(child) == "compound" && child + 1 == word) {
          add(codebook.by_lemma(arguments_.lemma(child) + ' ' + lemma, part), false);
        }
      }
    }
  }
  const std::vector<Rule>& rules = codebook.rules();
  std::stable_sort(out.begin(), out.end(), [&rules](const Candidate& a, const Candidate& b) {
    const Rule& x = rules[a.rule];
    const Rule& y = rules[b.rule];
    if (x.priority != y.priority) return x.priority > y.priority;
    if (a.by_sense != b.by_sense) return a.by_sense;
    return x.conditions.size() > y.conditions.size();
  });
  return out;
}

bool EventMatcher::kind_matches(const std::string& kind, Word head, std::int32_t index) const {
  if (kind == "actor") return head != kNoWord && arguments_.is_party(head);
  if (index == Context::kNone) return false;
  const Entity& entity = context_.record.entities[static_cast<std::size_t>(index)];
  if (kind.front() >= 'A' && kind.front() <= 'Z') {
    const std::vector<std::string>& roles = entity.actor.roles;
    return std::find(roles.begin(), roles.end(), kind) != roles.end() || entity.actor.country == kind;
  }
  // "Ashgabat sold …": a city that acts is its state
  if (kind == "country" && entity.kind == EntityKind::place && entity.actor.country) return true;
  return name(entity.kind) == kind;
}

bool EventMatcher::word_matches(const Condition& condition, Word word) const {
  if (condition.anything) return true;
  if (condition.lemmas.contains(arguments_.lemma(word))) return true;
  if (!condition.kinds.empty()) {
    const std::int32_t entity = context_.entity_of_phrase(word);
    for (const std::string& kind : condition.kinds) {
      if (kind_matches(kind, word, entity)) return true;
    }
  }
  return false;
}

bool EventMatcher::party_matches(const Condition& condition, const std::vector<Party>& parties) const {
  return std::any_of(parties.begin(), parties.end(), [&](const Party& party) {
    if (condition.anything || condition.lemmas.contains(arguments_.lemma(party.head))) return true;
    return std::any_of(condition.kinds.begin(), condition.kinds.end(), [&](const std::string& kind) {
      if (kind == "actor") return true;  // it was taken for a party already
      return kind_matches(kind, party.head, party.entity);
    });
  });
}

std::string EventMatcher::check(const Condition& condition, Word word, const EventDraft& draft) const {
  bool found = false;
  switch (condition.where) {
    case Condition::Where::path: {
      for (const Word head : arguments_.follow(word, condition.path)) {
        for (const Word each : arguments_.conjuncts(head)) {
          found = found || word_matches(condition, each);
          const Word inner = arguments_.through_transparent(each);
          found = found || (inner != each && word_matches(condition, inner));
        }
      }
      break;
    }
    case Condition::Where::content: {
      const std::vector<Word> words = arguments_.below(arguments_.contents(word));
      found = std::any_of(words.begin(), words.end(), [&](Word each) { return word_matches(condition, each); });
      break;
    }
    case Condition::Where::sentence: {
      // The neighbourhood of the predicate: long lists and tables must not make this quadratic.
      constexpr Word kReach = 60;
      const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(word)].words;
      const Word first = std::max(sentence.first, word > kReach ? word - kReach : 0);
      const Word last = std::min(sentence.last, word + kReach);
      for (Word each = first; each < last && !found; ++each) found = word_matches(condition, each);
      break;
    }
    case Condition::Where::particle: {
      for (const Word child : analysis_.children(word)) {
        found = found || (analysis_.relation(child) == "compound:prt" && word_matches(condition, child));
      }
      break;
    }
    case Condition::Where::governor: {
      const Word head = analysis_.head(word);
      found = head != kNoWord && word_matches(condition, head);
      break;
    }
    case Condition::Where::itself: {
      for (const Word child : analysis_.children(word)) {
        const std::string_view relation = analysis_.base_relation(child);
        if (relation != "amod" && relation != "compound" && relation != "advmod" && relation != "det") continue;
        found = found || word_matches(condition, child);
      }
      break;
    }
    case Condition::Where::actor: found = party_matches(condition, draft.actors); break;
    case Condition::Where::recipient: found = party_matches(condition, draft.recipients); break;
  }
  if (found != condition.forbidden) return {};
  return condition.forbidden ? "its 'exclude' of '" + condition.text + "' holds"
                             : "nothing at '" + condition.text + "' is what it requires";
}

EventMatcher::Found EventMatcher::find(const std::vector<ArgumentPath>& paths, Word word,
                                       const std::vector<Party>& others) const {
  for (const ArgumentPath& path : paths) {
    std::vector<Word> heads;
    if (path.steps.size() > 1) {
      // "praised the two delegations": somebody already, there is nothing to look for inside.
      ArgumentPath first;
      first.steps = {path.steps.front()};
      ArgumentPath rest;
      rest.steps.assign(path.steps.begin() + 1, path.steps.end());
      for (const Word head : arguments_.follow(word, first)) {
        if (arguments_.is_party(head)) continue;
        for (const Word found : arguments_.follow(head, rest)) heads.push_back(found);
      }
    } else {
      heads = arguments_.follow(word, path);
    }
    std::vector<Party> parties = arguments_.parties(heads);
    for (Party& party : parties) {
      // "Lee accused him": whoever that is, it is not Lee
      const bool himself = analysis_.has_feature(party.head, "Reflex=Yes") || analysis_.relation(party.head) == "nmod:poss";
      if (analysis_.upos(party.head) != Upos::PRON || analysis_.base_relation(party.head) != "obj" || himself) continue;
      const bool actor = std::any_of(others.begin(), others.end(), [&party](const Party& other) {
        return other.head != party.head && other.entity == party.entity;
      });
      if (!actor) continue;
      party.entity = Context::kNone;
      party.words = {party.head, party.head + 1};
    }
    std::erase_if(parties, [&](const Party& party) {
      // The word itself, reached through a modifier's own modifier, is no party to itself.
      if (party.head == word) return true;
      return std::any_of(others.begin(), others.end(), [&party](const Party& other) {
        return other.head == party.head || (other.entity != Context::kNone && other.entity == party.entity);
      });
    });
    if (!parties.empty()) return {std::move(parties), path.text};
  }
  return {};
}

EventMatcher::Found EventMatcher::find_unknown(const std::vector<ArgumentPath>& paths, Word word) const {
  for (const ArgumentPath& path : paths) {
    using Kind = ArgumentStep::Kind;
    const ArgumentStep& step = path.steps.front();
    const bool doer = step.kind == Kind::subject || (step.kind == Kind::role && step.text == "ARG0") ||
                      (step.kind == Kind::preposition && step.text == "by");
    if (path.steps.size() != 1 || !doer) continue;
    std::vector<Party> parties = arguments_.likely_parties(arguments_.follow(word, path));
    if (!parties.empty()) return {std::move(parties), path.text};
  }
  return {};
}

bool EventMatcher::part_of_noun(Word word) const {
  const std::string_view relation = analysis_.relation(word);
  return relation.starts_with("compound") || relation == "amod" || relation == "nmod:poss" || relation == "flat";
}

// "after talks hosted by China": said of the talks, and not by those who agreed.
bool EventMatcher::in_aside(Word each, Word word) const {
  constexpr int kMaxClimb = 12;
  for (int i = 0; i < kMaxClimb && each != word && each != kNoWord; ++i) {
    const std::string_view relation = analysis_.base_relation(each);
    if (relation == "acl" && !arguments_.is_infinitive(each)) {
      const Word noun = analysis_.head(each);  // "accepted a truce proposed by the church" is not aside
      if (noun == kNoWord || analysis_.head(noun) != word) return true;
    }
    if (relation == "advcl" || relation == "appos") {
      const std::string preposition = arguments_.preposition(each);
      if (preposition != "to" && preposition != "of" && preposition != "from" && preposition != "for") return true;
    }
    each = analysis_.head(each);
  }
  return false;
}

// "in Geneva", "in the Saudi city of Jeddah", "after Malaysia talks", "the port of Hodeidah": where and when, not with
// whom. Nor what moves there: "agreed not to move any troops".
bool EventMatcher::is_setting(Word each, Word word, EventType type) const {
  // "welcomed the decision on the pilot", "spoke about Chad": what it is about
  const std::string about = arguments_.preposition(each);
  if (about == "about" || (about == "on" && context_.knowledge.codebook.type(type).quad == 1)) return true;
  const auto is_of_place = [this](Word at) {
    const std::string preposition = arguments_.preposition(at);
    return preposition == "in" || preposition == "at" || preposition == "near" || preposition == "after" ||
           preposition == "before" || preposition == "during" || preposition == "as";
  };
  if (is_of_place(each)) return true;
  const Word head = analysis_.head(each);
  const std::string_view relation = analysis_.base_relation(each);
  if (head != kNoWord && head != word && (relation == "amod" || relation == "compound") && is_of_place(head) &&
      arguments_.preposition(head) != "at") {
    return true;
  }
  const std::int32_t index = context_.entity_at_head[each];
  const EntityKind kind = context_.record.entities[static_cast<std::size_t>(index)].kind;
  if (kind == EntityKind::place && head != kNoWord && arguments_.preposition(each) == "of" &&
      context_.knowledge.codebook.list("buildings").contains(arguments_.lemma(head))) {
    return true;
  }
  return context_.knowledge.codebook.list("forces").contains(arguments_.lemma(each)) &&
         analysis_.base_relation(each) == "obj" && head != word &&
         !context_.record.entities[static_cast<std::size_t>(index)].actor.country;
}

EventMatcher::Found EventMatcher::find_in_content(Word word, const std::vector<Party>& others, EventType type) const {
  for (const Word each : arguments_.below(arguments_.contents(word))) {
    if (analysis_.upos(each) == Upos::PRON || analysis_.upos(each) == Upos::VERB) continue;
    // "the Hamas attack": a noun's own modifier does it
    if (analysis_.head(each) == word && part_of_noun(each)) continue;
    const std::int32_t entity = context_.entity_of_phrase(each);
    if (entity == Context::kNone || each >= context_.entity_at_head.size() ||
        context_.entity_at_head[each] != entity) {
      continue;
    }
    if (in_aside(each, word) || arguments_.names_where(each) || !arguments_.is_party(each)) continue;
    if (is_setting(each, word, type)) continue;
    std::vector<Party> parties = arguments_.parties({each});
    std::erase_if(parties, [&](const Party& party) {
      return party.head == word || party.entity == Context::kNone ||
             context_.knowledge.codebook.list("not_doers").contains(arguments_.lemma(party.head)) ||
             std::any_of(others.begin(), others.end(), [&party](const Party& other) {
               return other.head == party.head || (other.entity != Context::kNone && other.entity == party.entity);
             });
    });
    if (!parties.empty()) return {std::move(parties), "content"};
  }
  return {};
}

EventMatcher::Found EventMatcher::find_things(const std::vector<ArgumentPath>& paths, Word word,
                                              const std::vector<Party>& others, EventType type) const {
  const Codebook& codebook = context_.knowledge.codebook;
  for (const ArgumentPath& path : paths) {
    const ArgumentStep& last = path.steps.back();
    const bool by_object = last.kind == ArgumentStep::Kind::object ||
                           (last.kind == ArgumentStep::Kind::role && last.text == "ARG1");
    std::vector<Party> things;
    for (const Word head : arguments_.follow(word, path)) {
      for (const Word each : arguments_.conjuncts(head)) {
        const Word inner = arguments_.through_transparent(each);
        const std::int32_t entity = arguments_.entity_of_thing(each);
        const bool taken = std::any_of(others.begin(), others.end(), [&](const Party& other) {
          return other.head == each || (entity != Context::kNone && other.entity == entity);
        });
        // "an air strike", "house arrest": the kind of deed
        const bool kind = analysis_.head(each) == word && part_of_noun(each) && entity == Context::kNone;
        if (taken || each == word || kind) continue;
        // "shot down six helicopters": whatever is assaulted, but what it is done with ("fired rockets")
        const bool target = type == EventType::assault && by_object && analysis_.upos(each) == Upos::NOUN &&
                            analysis_.predicate_at(each) == nullptr &&
                            !codebook.list("means").contains(arguments_.lemma(inner));
        if (target || codebook.list("buildings").contains(arguments_.lemma(inner)) || entity != Context::kNone) {
          things.push_back({each, entity, arguments_.core(each)});
        }
      }
    }
    if (!things.empty()) return {std::move(things), path.text};
  }
  return {};
}

const ContentClass* EventMatcher::content_class(const std::vector<Word>& heads, EventType type) const {
  const Codebook& codebook = context_.knowledge.codebook;
  for (const Word word : arguments_.below(heads)) {
    std::string lemma = arguments_.lemma_with_particle(word);
    for (int i = 0; i < 2; ++i) {
      for (const std::uint32_t index : codebook.contents_of(lemma)) {
        if (codebook.contents()[index].reading(type) != nullptr) return &codebook.contents()[index];
      }
      if (lemma.find(' ') == std::string::npos) break;
      lemma = arguments_.lemma(word);
    }
  }
  return nullptr;
}

void EventMatcher::recast(EventDraft& draft, EventType type) const {
  draft.type = type;
  draft.modes.clear();
  draft.cameo.reset();
  std::vector<Word> heads = {draft.word};
  const Rule& rule = context_.knowledge.codebook.rules()[draft.rule];
  if (rule.by_content) {
    heads = arguments_.contents(draft.word);
    heads.push_back(draft.word);
  }
  draft.content = content_class(heads, type);
  if (draft.content == nullptr) return;
  const ContentClass::Reading* reading = draft.content->reading(type);
  draft.modes = reading->modes;
  draft.cameo = reading->cameo;
}

// "sent more troops", "withdrew its soldiers": they are what is moved, not whom it is done to.
void EventMatcher::drop_own_forces(EventDraft& draft) const {
  if (context_.knowledge.codebook.type(draft.type).quad == 4 && draft.type != EventType::mobilize) return;
  std::erase_if(draft.recipients, [&](const Party& party) {
    if (!context_.knowledge.codebook.list("forces").contains(arguments_.lemma(party.head))) return false;
    if (draft.type == EventType::mobilize) return arguments_.preposition(party.head) != "against";
    const std::vector<Word> owners = arguments_.possessors(party.head);
    return std::any_of(owners.begin(), owners.end(), [&](Word owner) { return analysis_.upos(owner) == Upos::PRON; });
  });
}

std::optional<EventDraft> EventMatcher::match(Word word, std::vector<NearMiss>* missed) const {
  const std::vector<Rule>& rules = context_.knowledge.codebook.rules();
  for (const Candidate& candidate : candidates(word)) {
    const Rule& rule = rules[candidate.rule];
    EventDraft draft;
    draft.word = word;
    draft.rule = candidate.rule;
    draft.by_sense = candidate.by_sense;
    draft.type = rule.type;
    draft.modes = rule.modes;
    draft.cameo = rule.cameo;
    std::tie(draft.actors, draft.actor_path) = find(rule.actor, word, {});
    if (draft.actors.empty()) std::tie(draft.actors, draft.actor_path) = find_unknown(rule.actor, word);
    std::tie(draft.recipients, draft.recipient_path) = find(rule.recipient, word, draft.actors);
    if (draft.recipients.empty() && deals_with_things(rule.type)) {
      std::tie(draft.recipients, draft.recipient_path) = find_things(rule.recipient, word, draft.actors, rule.type);
    }
    drop_own_forces(draft);
    std::string reason;
    for (const Condition& condition : rule.conditions) {
      reason = check(condition, word, draft);
      if (!reason.empty()) break;
    }
    if (!reason.empty()) {
      if (missed != nullptr) missed->push_back({candidate.rule, std::move(reason)});
      continue;
    }
    if (rule.quiet) {
      if (missed != nullptr) missed->push_back({candidate.rule, "it says that this is no event"});
      return std::nullopt;
    }
    if (draft.actors.empty() && draft.recipients.empty() && !rule.alone) {
      if (missed != nullptr) missed->push_back({candidate.rule, "no party was found for it"});
      continue;
    }
    if (rule.by_content) {
      draft.content = content_class(arguments_.contents(word), rule.type);
      if (draft.content != nullptr) {
        const ContentClass::Reading* reading = draft.content->reading(rule.type);
        if (draft.modes.empty()) draft.modes = reading->modes;
        if (!draft.cameo) draft.cameo = reading->cameo;
      }
    }
    const bool by_rule = !draft.recipients.empty();
    if (!by_rule && !rule.recipient.empty()) {
      std::tie(draft.recipients, draft.recipient_path) = find_in_content(word, draft.actors, draft.type);
      drop_own_forces(draft);
    }
    // A second party that only the complement names is no equal partner: "agreed to disarm the clans".
    if (rule.reciprocal && by_rule) {
      for (Party& party : draft.recipients) draft.actors.push_back(std::move(party));
      draft.recipients.clear();
    }
    return draft;
  }
  return std::nullopt;
}

std::optional<EventDraft> EventMatcher::propose(Word word, EventType type) const {
  if (!can_be_event(word)) return std::nullopt;
  const Codebook& codebook = context_.knowledge.codebook;
  EventDraft draft;
  draft.word = word;
  draft.rule = codebook.type(type).companion_rule;
  draft.type = type;
  const Rule& rule = codebook.rules()[draft.rule];
  std::tie(draft.actors, draft.actor_path) = find(rule.actor, word, {});
  if (draft.actors.empty()) std::tie(draft.actors, draft.actor_path) = find_unknown(rule.actor, word);
  std::tie(draft.recipients, draft.recipient_path) = find(rule.recipient, word, draft.actors);
  if (draft.recipients.empty() && deals_with_things(type)) {
    std::tie(draft.recipients, draft.recipient_path) = find_things(rule.recipient, word, draft.actors, type);
  }
  if (draft.actors.empty() && draft.recipients.empty()) return std::nullopt;
  if (rule.reciprocal) {
    for (Party& party : draft.recipients) draft.actors.push_back(std::move(party));
    draft.recipients.clear();
  }
  return draft;
}

}  // namespace parley
