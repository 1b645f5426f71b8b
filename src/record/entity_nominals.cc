// Actors that are named by a common noun: "rebels", "Kenyan police", "a senior Hamas official".
//
// A noun of the agents' table is a mention; what stands around it gives country and body. Two such
// phrases are one entity when noun, country and body are the same and the second is not introduced
// as a new one ("a", "another", a number). "Kenyan and Somali officials" are two entities: the
// phrase's head is the last one's, the first one's mention is its adjective. Coreference joins a
// phrase to a name ("the group" to "Hamas") where it has found a chain. Cost: one walk over the
// words and their dependents.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "record/entity_draft.h"

namespace parley {
namespace {

constexpr Word kMaxPhrase = 16;  // words before the head

bool is_noun(Upos upos) {
  return upos == Upos::NOUN || upos == Upos::PROPN;
}

class Nominals {
 public:
  explicit Nominals(EntityWork& work) : work_(work), analysis_(work.analysis) {}

  void run() {
    chains_from_names();
    offices_from_titles();
    for (Word w = 0; w < analysis_.size(); ++w) {
      if (!is_noun(analysis_.upos(w)) || work_.folded[w].empty() || !work_.reads(w)) continue;
      if (work_.mention_of_word[w] >= 0) continue;
      word(w);
    }
    merge_bare();
    chains_rest();
  }

 private:
  static constexpr std::int64_t kNone = -1;

  // --- coreference
  // ---------------------------------------------------------------------------------
  void chains_from_names() {
    chain_entity_.assign(analysis_.chains(), kNone);
    std::vector<std::map<std::uint32_t, int>> votes(analysis_.chains());
    chain_of_head_.clear();
    for (const Mention& mention : analysis_.mentions()) {
      if (mention.head == kNoWord || mention.head >= analysis_.size() ||
          mention.chain >= analysis_.chains())
        continue;
      chain_of_head_.emplace(mention.head, mention.chain);
      const std::int32_t at = work_.mention_at_head[mention.head];
      if (at < 0 || mention.form == Mention::Form::pronoun) continue;
      const DraftMention& draft = work_.mentions[static_cast<std::size_t>(at)];
      if (draft.form == MentionForm::name) ++votes[mention.chain][draft.entity];
    }
    for (std::size_t chain = 0; chain < votes.size(); ++chain) {
      int best = 0;
      for (const auto& [entity, count] : votes[chain]) {
        if (count > best) {
          best = count;
          chain_entity_[chain] = entity;
        }
      }
    }
  }

  std::int64_t chain_entity(Word head) const {
    const auto chain = chain_of_head_.find(head);
    return chain == chain_of_head_.end() ? kNone : chain_entity_[chain->second];
  }

  bool plural(Word w) const {
    return analysis_.has_feature(w, "Number=Plur") || analysis_.xpos(w) == "NNS" ||
           analysis_.xpos(w) == "NNPS";
  }

  /// Whether a noun phrase may speak of a named entity: one person is not "officials".
  bool goes_with(Word head, const FoundAgent* agent, std::int64_t entity) const {
    if (entity == kNone) return false;
    const EntityKind kind = work_.entities[static_cast<std::size_t>(entity)].kind;
    if (kind == EntityKind::person) {
      const bool human =
          agent != nullptr ? !agent->noun->body : work_.actors.title(work_.folded[head]) != nullptr;
      return !plural(head) && human;
    }
    if (kind == EntityKind::nationality) return plural(head);
    return agent == nullptr || agent->noun->body || plural(head);
  }

  void chains_rest() {
    // Nominals that no table knows ("the enclave", "his rival") and pronouns.
    for (const Mention& mention : analysis_.mentions()) {
      if (mention.head == kNoWord || mention.head >= analysis_.size() ||
          mention.chain >= chain_entity_.size())
        continue;
      if (mention.form == Mention::Form::name || work_.mention_at_head[mention.head] >= 0 ||
          !work_.reads(mention.head))
        continue;
      std::int64_t entity = chain_entity_[mention.chain];
      if (entity == kNone) entity = chain_nominal(mention.chain);
      if (entity == kNone) continue;
      if (mention.form == Mention::Form::pronoun) {
        if (!agrees(mention.head, entity)) continue;
        work_.add_mention({mention.head, mention.head + 1}, MentionForm::pronoun,
                          static_cast<std::uint32_t>(entity));
      } else if (goes_with(mention.head, nullptr, entity) &&
                 analysis_.upos(mention.head) == Upos::NOUN) {
        work_.add_mention(phrase(mention.head, mention.head, mention.head + 1),
                          MentionForm::nominal, static_cast<std::uint32_t>(entity));
      }
    }
  }

  /// "it" is no person, "he" is one.
  bool agrees(Word pronoun, std::int64_t entity) const {
    const bool person = work_.entities[static_cast<std::size_t>(entity)].kind == EntityKind::person;
    const bool thing = analysis_.has_feature(pronoun, "Gender=Neut") ||
                       analysis_.has_feature(pronoun, "PronType=Dem");
    const bool human = analysis_.has_feature(pronoun, "Gender=Masc") ||
                       analysis_.has_feature(pronoun, "Gender=Fem");
    return person ? !thing : !human;
  }

  std::int64_t chain_nominal(std::uint32_t chain) const {
    const auto found = nominal_of_chain_.find(chain);
    return found == nominal_of_chain_.end() ? kNone : static_cast<std::int64_t>(found->second);
  }

  /// "The army" before the report's first "Sudanese army": the same, when only one country has an
  /// army here.
  void merge_bare() {
    std::unordered_map<std::uint32_t, std::uint32_t> into;
    for (const auto& [noun, entities] : of_noun_) {
      std::uint32_t whole = 0;
      int countries = 0;
      for (const std::uint32_t entity : entities) {
        if (!work_.entities[entity].code.country) continue;
        whole = entity;
        ++countries;
      }
      if (countries != 1) continue;
      for (const std::uint32_t entity : entities) {
        if (entity != whole && bare_.contains(entity)) into[entity] = whole;
      }
    }
    if (into.empty()) return;
    for (DraftMention& mention : work_.mentions) {
      if (const auto other = into.find(mention.entity); other != into.end())
        mention.entity = other->second;
    }
    for (auto& [chain, entity] : nominal_of_chain_) {
      if (const auto other = into.find(entity); other != into.end()) entity = other->second;
    }
  }

  // --- one noun
  // --------------------------------------------------------------------------------------
  void word(Word w) {
    const auto agent = agent_at(work_, w);
    if (!agent || agent->words.last <= w) return;
    if (is_title_of_name(w) || inside_other_agent(w)) return;
    if (is_modifier(w, *agent) || (agent->noun->deed && is_deed(w))) return;
    // "group", "side", "union": only with someone they belong to.
    const auto of = affiliation(work_, w);
    const std::int64_t in_chain = chain_entity(w);
    if (agent->noun->loose && (!of || of->nested) && in_chain == kNone) {
      // "The coalition", after "the Saudi-led coalition"
      const auto same = by_noun_.find(work_.joined({w, w + 1}));
      if (same == by_noun_.end() || !definite(w)) return;
      work_.add_mention({w, w + 1}, MentionForm::nominal, same->second);
      return;
    }
    const WordRange words = phrase(w, agent->words.first, agent->words.last);
    if (const std::int64_t titled = bears_title(w, *agent, of, in_chain); titled != in_chain) {
      if (titled != kNone) {
        work_.add_mention(words, MentionForm::nominal, static_cast<std::uint32_t>(titled));
        return;
      }
    } else if (goes_with(w, &*agent, in_chain)) {
      work_.add_mention(words, MentionForm::nominal, static_cast<std::uint32_t>(in_chain));
      return;
    }
    if (const std::int64_t body = named_body(w, of); body != kNone) {
      work_.add_mention(words, MentionForm::nominal, static_cast<std::uint32_t>(body));
      return;
    }
    if (const std::int64_t named = apposed(w, *agent); named != kNone) {
      work_.add_mention(words, MentionForm::nominal, static_cast<std::uint32_t>(named));
      return;
    }
    if (const std::int64_t holder = office_holder(w, *agent, of); holder != kNone) {
      work_.add_mention(words, MentionForm::nominal, static_cast<std::uint32_t>(holder));
      return;
    }
    const std::vector<Affiliation> all = affiliations(w, of);
    if (all.size() > 1) {
      EntityWork::Several several{w, {}};
      for (std::size_t i = 0; i < all.size(); ++i) {
        const Word at = all_words_[i];
        const bool last = i + 1 == all.size();
        WordRange modifier{at, at + 1};
        if (const std::int32_t m = work_.mention_of_word[at]; m >= 0)
          modifier = work_.mentions[static_cast<std::size_t>(m)].words;
        const std::uint32_t entity =
            entity_for(w, *agent, all[i], last ? words_from(modifier.first, words) : modifier);
        if (!last && work_.entities[entity].name == modifier) {
          work_.entities[entity].label =
              std::string(work_.context.slice(modifier)) + ' ' +
              std::string(work_.context.slice(WordRange{agent->words.first, words.last}));
        }
        several.each.push_back({at, entity});
        if (last) {
          work_.add_mention(words_from(modifier.first, words), MentionForm::nominal, entity);
        } else {
          work_.mentions.push_back({modifier, at, MentionForm::nominal, entity});
        }
      }
      work_.several.push_back(std::move(several));
      return;
    }
    const std::uint32_t entity = entity_for(w, *agent, of, words);
    work_.add_mention(words, MentionForm::nominal, entity);
    if (const auto chain = chain_of_head_.find(w); chain != chain_of_head_.end())
      nominal_of_chain_.emplace(chain->second, entity);
  }

  /// The named entity that the noun stands in apposition to: "Ines Duarte, a spokeswoman", "the
  /// group's leader, Ines Duarte".
  std::int64_t apposed(Word w, const FoundAgent& agent) const {
    const auto named = [&](Word at) -> std::int64_t {
      const std::int32_t mention = at == kNoWord ? -1 : work_.mention_at_head[at];
      if (mention < 0 ||
          work_.mentions[static_cast<std::size_t>(mention)].form != MentionForm::name)
        return kNone;
      const std::int64_t entity = work_.mentions[static_cast<std::size_t>(mention)].entity;
      const EntityKind kind = work_.entities[static_cast<std::size_t>(entity)].kind;
      const bool actor = kind == EntityKind::person || kind == EntityKind::organisation ||
                         kind == EntityKind::group;
      return actor && goes_with(w, &agent, entity) ? entity : kNone;
    };
    // "the government and the Front" is two, whatever the tree makes of it.
    const auto joined = [&](Word at) { return analysis_.child(at, "cc") != kNoWord && analysis_.child(at, "cc") < at; };
    if (analysis_.base_relation(w) == "appos") return joined(w) ? kNone : named(analysis_.head(w));
    for (const Word child : analysis_.children(w)) {
      if (analysis_.base_relation(child) != "appos" || joined(child)) continue;
      if (const std::int64_t entity = named(child); entity != kNone) return entity;
    }
    return kNone;
  }

  /// Offices of which a state has few, and who the report says holds them.
  void offices_from_titles() {
    for (const DraftMention& mention : work_.mentions) {
      if (mention.form != MentionForm::name) continue;
      if (work_.entities[mention.entity].kind != EntityKind::person) continue;
      const auto title = title_before(work_, mention.words.first);
      if (!title || title->former) continue;
      for (Word begin = title->words.first; begin < mention.words.first; ++begin) {
        const std::string phrase = work_.joined({begin, mention.words.first});
        const ActorTitle* known = work_.actors.title(phrase);
        if (known != nullptr && known->state) offices_[phrase].push_back(mention.entity);
        bearers_[phrase].insert(mention.entity);
      }
    }
    // "Norway's foreign minister, Jan Petersen", "Jan Petersen, the foreign minister"
    for (const DraftMention& mention : work_.mentions) {
      if (mention.form != MentionForm::name) continue;
      if (work_.entities[mention.entity].kind != EntityKind::person) continue;
      const auto bears = [&](Word noun) {
        if (noun == kNoWord || !is_noun(analysis_.upos(noun)) || work_.mention_of_word[noun] >= 0) return;
        const auto agent = agent_at(work_, noun);
        if (!agent || agent->noun->body || is_qualified(noun, *agent)) return;
        for (Word begin = agent->words.first; begin < agent->words.last; ++begin) {
          bearers_[work_.joined({begin, agent->words.last})].insert(mention.entity);
        }
      };
      if (analysis_.base_relation(mention.head) == "appos") bears(analysis_.head(mention.head));
      for (const Word child : analysis_.children(mention.head)) {
        if (analysis_.base_relation(child) == "appos") bears(child);
      }
    }
  }

  /// "The general" is nobody but a general: where coreference has tied it to a person of another title, the one who
  /// bears it, if that is one; else nobody known. Otherwise what coreference says.
  std::int64_t bears_title(Word w, const FoundAgent& agent, const std::optional<Affiliation>& of,
                           std::int64_t in_chain) const {
    if (in_chain == kNone || agent.noun->body || plural(w) || indefinite(w)) return in_chain;
    if (work_.entities[static_cast<std::size_t>(in_chain)].kind != EntityKind::person) return in_chain;
    const auto bearers = bearers_.find(work_.joined(agent.words));
    if (bearers == bearers_.end() || bearers->second.contains(static_cast<std::uint32_t>(in_chain))) return in_chain;
    if (apposed(w, agent) != kNone) return in_chain;
    std::int64_t one = kNone;
    for (const std::uint32_t entity : bearers->second) {
      const std::string country = work_.entities[entity].code.country.value_or("");
      if (of && !of->country.empty() && !country.empty() && of->country != country) continue;
      if (one != kNone) return kNone;
      one = entity;
    }
    return one;
  }

  /// "the former president"
  bool is_qualified(Word w, const FoundAgent& agent) const {
    for (const Word child : analysis_.children(w)) {
      if (analysis_.base_relation(child) == "amod" && work_.mention_of_word[child] < 0 &&
          !agent.words.contains(child))
        return true;
    }
    return false;
  }

  /// "The U.S. Secretary of State": the one the report has named, if that is one person.
  std::int64_t office_holder(Word w, const FoundAgent& agent,
                             const std::optional<Affiliation>& of) const {
    const auto office = offices_.find(work_.joined(agent.words));
    if (office == offices_.end() || plural(w) || indefinite(w)) return kNone;
    if (is_qualified(w, agent)) return kNone;
    std::int64_t holder = kNone;
    for (const std::uint32_t entity : office->second) {
      const std::string country = work_.entities[entity].code.country.value_or("");
      if (of && !of->country.empty() && of->country != country) continue;
      if (holder != kNone && holder != static_cast<std::int64_t>(entity)) return kNone;
      holder = entity;
    }
    return holder;
  }

  /// "President" of "President Mbeki", and the country's part of a title.
  bool is_title_of_name(Word w) const {
    const WordRange sentence = analysis_.sentences()[analysis_.sentence_of(w)].words;
    for (Word v = w + 1; v < sentence.last && v <= w + 6; ++v) {
      const std::int32_t at = work_.mention_of_word[v];
      if (at < 0) continue;
      const DraftMention& mention = work_.mentions[static_cast<std::size_t>(at)];
      if (mention.form != MentionForm::name || mention.words.first != v) continue;
      if (work_.entities[mention.entity].kind != EntityKind::person) continue;
      const auto title = title_before(work_, v);
      return title && title->words.first <= w;
    }
    return false;
  }

  /// "hostage" in "hostage deal", "state" in "state-owned" are no actors; "rebel" in "rebel attack"
  /// is one.
  bool is_modifier(Word w, const FoundAgent& agent) const {
    if (w + 1 < analysis_.size() && analysis_.form(w + 1) == "-" && !analysis_.space_after(w))
      return true;
    const std::string_view relation = analysis_.base_relation(w);
    if (relation != "compound" && relation != "amod") return false;
    if (analysis_.base_relation(w) == "amod" && analysis_.upos(w) != Upos::NOUN) return true;
    for (const std::string& role : agent.noun->roles) {
      for (const char* acting :
           {"GOV", "MIL", "REB", "COP", "PRM", "UAF", "LEG", "JUD", "SPY", "OPP"}) {
        if (role == acting) return false;
      }
    }
    return true;
  }

  /// "opposition to the plan"
  bool is_deed(Word w) const {
    for (const Word child : analysis_.children(w)) {
      for (const Word part : analysis_.children(child)) {
        if (analysis_.base_relation(part) == "case" &&
            (work_.folded[part] == "to" || work_.folded[part] == "against") && child > w)
          return true;
      }
    }
    return false;
  }

  /// "rebel" in "rebel leader", "army" in "army officers": the whole is the actor.
  bool inside_other_agent(Word w) const {
    const std::string_view relation = analysis_.base_relation(w);
    if (relation != "compound" && relation != "amod") return false;
    const Word up = analysis_.head(w);
    if (up == kNoWord || !is_noun(analysis_.upos(up)) || work_.mention_of_word[up] >= 0)
      return false;
    return agent_at(work_, up).has_value();
  }

  /// The noun with what stands before it, without article, possessor and numbers.
  WordRange phrase(Word head, Word first, Word last) const {
    WordRange words{std::min(first, head), std::max(last, head + 1)};
    const auto possessive = [&](Word w) {
      return analysis_.upos(w) == Upos::PART || analysis_.base_relation(w) == "case";
    };
    while (words.first > 0 && head - words.first < kMaxPhrase) {
      const Word w = words.first - 1;
      if (analysis_.sentence_of(w) != analysis_.sentence_of(head)) break;
      const std::string_view relation = analysis_.base_relation(w);
      const bool own = analysis_.head(w) != kNoWord && analysis_.dominates(head, w);
      const bool modifier =
          relation == "amod" || relation == "compound" || relation == "flat" ||
          (relation == "punct" && analysis_.form(w) == "-" && !analysis_.space_after(w)) ||
          relation == "advmod" || (relation == "conj" && analysis_.upos(w) == Upos::ADJ) ||
          (relation == "cc" && words.first < head && analysis_.upos(words.first) == Upos::ADJ);
      if (!own || !modifier || possessive(w) || analysis_.relation(w) == "nmod:poss") break;
      words.first = w;
    }
    while (words.first < head && (analysis_.base_relation(words.first) == "cc" ||
                                  analysis_.base_relation(words.first) == "punct" ||
                                  analysis_.base_relation(words.first) == "advmod")) {
      ++words.first;
    }
    return words;
  }

  static WordRange words_from(Word at, WordRange words) {
    return {std::clamp(at, words.first, words.last - 1), words.last};
  }

  /// All countries of coordinated modifiers; `all_words_` has the modifiers.
  std::vector<Affiliation> affiliations(Word noun, const std::optional<Affiliation>& first) {
    std::vector<Affiliation> out;
    all_words_.clear();
    const auto add = [&](Word w) {
      std::int32_t at = work_.mention_at_head[w];
      if (at < 0) at = work_.mention_of_word[w];
      const auto of = affiliation_of_mention(work_, at);
      if (!of || of->country.empty()) return;
      for (const Affiliation& have : out) {
        if (have.country == of->country && have.roles == of->roles) return;
      }
      out.push_back(*of);
      all_words_.push_back(w);
    };
    for (const Word child : analysis_.children(noun)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (child > noun || (relation != "amod" && relation != "compound")) continue;
      add(child);
      for (const Word conj : analysis_.children(child)) {
        if (analysis_.base_relation(conj) == "conj" && conj < noun) add(conj);
      }
    }
    if (out.size() <= 1) {
      out.clear();
      all_words_.clear();
      if (first) out.push_back(*first);
    } else if (!plural(noun)) {
      out.resize(1);  // "the Sino-British commission", "an Iraqi Kurdish leader" are one
      out.front() = first ? *first : out.front();
    }
    return out;
  }

  /// "the Houthi movement", "the Wagner group": the body itself.
  std::int64_t named_body(Word w, const std::optional<Affiliation>& of) const {
    if (!of || !of->body || of->nested || !of->entity || plural(w) || w == 0) return kNone;
    if (!work_.context.knowledge.codebook.list("bodies").contains(work_.folded[w])) return kNone;
    const std::int32_t at = work_.mention_of_word[w - 1];
    if (at < 0 || analysis_.head(w - 1) != w || analysis_.base_relation(w - 1) == "nmod") return kNone;
    const std::uint32_t entity = work_.mentions[static_cast<std::size_t>(at)].entity;
    return entity == *of->entity && work_.entities[entity].named ? static_cast<std::int64_t>(entity) : kNone;
  }

  bool definite(Word noun) const {
    for (const Word child : analysis_.children(noun)) {
      if (analysis_.base_relation(child) == "det" && work_.folded[child] == "the") return true;
    }
    return false;
  }

  bool indefinite(Word noun) const {
    for (const Word child : analysis_.children(noun)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "nummod") return true;
      if (relation == "det" || relation == "amod") {
        const std::string& word = work_.folded[child];
        if (word == "a" || word == "an" || word == "another" || word == "some" ||
            word == "several" || word == "other" || word == "many" || word == "more" ||
            word == "no" || word == "any") {
          return true;
        }
      }
    }
    return false;
  }

  std::uint32_t entity_for(Word head, const FoundAgent& agent, const std::optional<Affiliation>& of,
                           WordRange words) {
    const ActorCode code = composed_code(*agent.noun, of);
    const std::string noun =
        work_.joined(agent.words.contains(head) ? agent.words : WordRange{head, head + 1});
    std::string key = noun + '|' + code.code.value_or("");
    if (of && of->body && of->entity) key += '|' + std::to_string(*of->entity);
    if (!indefinite(head)) {
      if (const auto same = by_phrase_.find(key); same != by_phrase_.end()) return same->second;
      // "the police" after "Kenyan police"
      if (!of) {
        if (const auto same = by_noun_.find(noun); same != by_noun_.end()) return same->second;
      }
    }
    EntityDraft draft;
    draft.kind = agent.noun->body ? EntityKind::organisation
                 : plural(head)   ? EntityKind::group
                                  : EntityKind::person;
    draft.name = words;
    draft.code = code;
    draft.coded = true;
    const std::uint32_t entity = work_.add_entity(std::move(draft));
    by_phrase_[key] = entity;
    by_noun_[noun] = entity;
    if (agent.words.size() > 1 && agent.noun->body) by_noun_[work_.joined({head, head + 1})] = entity;
    if (agent.noun->body) {
      of_noun_[noun].push_back(entity);
      if (!of && !indefinite(head)) bare_.insert(entity);
    }
    return entity;
  }

  EntityWork& work_;
  const Analysis& analysis_;
  std::vector<std::int64_t> chain_entity_;
  std::unordered_map<Word, std::uint32_t> chain_of_head_;
  std::unordered_map<std::uint32_t, std::uint32_t> nominal_of_chain_;
  std::unordered_map<std::string, std::uint32_t> by_phrase_;
  std::unordered_map<std::string, std::uint32_t> by_noun_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> of_noun_;  // bodies only
  std::unordered_set<std::uint32_t> bare_;  // without a country of their own
  std::unordered_map<std::string, std::vector<std::uint32_t>> offices_;
  std::unordered_map<std::string, std::set<std::uint32_t>> bearers_;  // of each title, by its words
  std::vector<Word> all_words_;
};

}  // namespace

void find_nominals(EntityWork& work) {
  Nominals(work).run();
}

}  // namespace parley
