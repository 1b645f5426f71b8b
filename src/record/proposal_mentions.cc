// Idea: a noun of negotiation with what stands beside it is a mention; mentions of one topic in one report are one
// thing on the table, because a report speaks of one negotiation unless it names another one by name or year.
//
// Example: "a hostage deal", "the truce proposal", "the plan" -- one proposal, called by its most frequent name.
// Counter-example: "the 1995 accord" beside "a ceasefire": its year makes it another one.
//
// Cost: linear in words; clustering is linear in mentions, since a topic has one open draft at a time.
// Test: tests/record/proposals_test.cc.
#include <algorithm>
#include <map>

#include "record/proposal_draft.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

struct MentionOf {
  Word head = kNoWord;
  std::string topic;
  std::string name;
  bool firm = false;       // needs no verb beside it
  bool own_name = false;
};

class MentionFinder {
 public:
  MentionFinder(const Context& context, const ProposalWords& words)
      : context_(context), analysis_(context.analysis), words_(words) {}

  ProposalTable find() {
    ProposalTable table;
    table.of_word.assign(analysis_.size(), ProposalTable::kNone);
    for (Word w = 0; w < analysis_.size(); ++w) {
      const Upos upos = analysis_.upos(w);
      if (upos == Upos::VERB) proposing_verb(w, table);
      if (upos != Upos::NOUN && upos != Upos::PROPN) continue;
      if (const std::optional<MentionOf> mention = mention_at(w)) place(*mention, table);
    }
    for (ProposalDraft& draft : table.drafts) {
      if (!draft.mentions.empty()) draft.name = best_name(draft);
    }
    return table;
  }

 private:
  std::optional<MentionOf> mention_at(Word w) const {
    const std::string lemma = lemma_of(analysis_, w);
    const ProposalNoun* noun = words_.noun(lemma);
    if (noun == nullptr) return std::nullopt;
    const std::string_view relation = analysis_.base_relation(w);
    // "truce" in "truce deal", "plan B": the noun it belongs to is the mention.
    if (relation == "compound" && analysis_.head(w) != kNoWord &&
        words_.noun(lemma_of(analysis_, analysis_.head(w))) != nullptr) {
      return std::nullopt;
    }
    MentionOf mention;
    mention.head = w;
    mention.topic = noun->topic;
    // "ruled out the swap": another word for what is on the table.
    bool modified = noun->needs_modifier.empty() || (last_ != ProposalTable::kNone && definite(w) && acted_upon(w));
    bool owned = false;
    bool peculiar = false;
    bool counted = false;
    for (const Word child : analysis_.children(w)) {
      const std::string_view kind = analysis_.base_relation(child);
      const std::string child_lemma = lemma_of(analysis_, child);
      if (kind == "compound" || kind == "amod" || kind == "flat") {
        if (words_.another(child_lemma) || words_.another(lower_form(child))) return std::nullopt;
        peculiar = peculiar || analysis_.upos(child) == Upos::PROPN;
        if (std::string_view topic = words_.topic(child_lemma); topic.empty() == false && mention.topic.empty()) {
          mention.topic = topic;
        }
        if (const ProposalNoun* other = words_.noun(child_lemma); other != nullptr && mention.topic.empty()) {
          mention.topic = other->topic;
        }
        modified = modified || std::find(noun->needs_modifier.begin(), noun->needs_modifier.end(), child_lemma) !=
                                   noun->needs_modifier.end();
      } else if (relation_owns(child)) {
        owned = true;
      } else if (kind == "nummod" && std::find(noun->needs_modifier.begin(), noun->needs_modifier.end(), child_lemma) !=
                                         noun->needs_modifier.end()) {
        modified = counted = true;  // "agreed on five points"
      } else if (kind == "nummod" && analysis_.form(child).size() == 4) {
        mention.own_name = true;  // "the 1995 accord"
      }
      if (kind == "nmod" && mention.topic.empty()) {  // "a plan for peace", "deal on the hostages"
        mention.topic = words_.topic(child_lemma);
        if (const ProposalNoun* other = words_.noun(child_lemma); other != nullptr && mention.topic.empty()) {
          mention.topic = other->topic;
        }
      }
    }
    if (!modified) return std::nullopt;
    mention.own_name = mention.own_name || (peculiar && mention.topic.empty() && analysis_.upos(w) == Upos::PROPN);
    mention.name = name_of(w);
    const bool bare_plural = analysis_.has_feature(w, "Number=Plur") && !owned;
    mention.firm = noun->strong || !mention.topic.empty() || mention.own_name;
    if (!mention.firm && !owned && !acted_upon(w) && !has_contents(w)) {
      // "the plan", once something is on the table
      const bool agreed_before = agreed_ != kNoWord && w - agreed_ < kFarthestAgreement;
      if ((last_ == ProposalTable::kNone && !agreed_before) || !definite(w) || analysis_.has_feature(w, "Number=Plur")) {
        return std::nullopt;
      }
    }
    if (bare_plural && !mention.own_name && !counted && !(acted_upon(w) && !definite(w))) return std::nullopt;
    return mention;
  }

  // "a deal that would involve a pullout", "a plan to free the prisoners", "an agreement that both signed", "the
  // agreement provides for", "under the agreement"
  bool has_contents(Word w) const {
    for (const Word child : analysis_.children(w)) {
      if (child < w || analysis_.base_relation(child) != "acl") continue;
      const std::string verb = lemma_with_particle(analysis_, child);
      if (words_.contents_verb(verb) && !is_passive(analysis_, child)) return true;
      // "an offer that would raise their pay"
      if (words_.deed_to_come(verb) && is_to_be_done(analysis_, child) && takes_other(child)) return true;
      if (const ProposalAct* act = words_.act(verb); act != nullptr && settles(*act) &&
          (is_passive(analysis_, child) || takes_relative(child))) {
        return true;
      }
      if (is_infinitive(analysis_, child) && term_at(context_, words_, child, TermWords::known)) return true;
    }
    for (const Word child : analysis_.children(w)) {  // "the package of measures agreed in Minsk"
      if (child < w || analysis_.base_relation(child) != "nmod") continue;
      const Word clause = analysis_.child(child, "acl");
      if (clause == kNoWord || !is_passive(analysis_, clause)) continue;
      const ProposalAct* act = words_.act(act_lemma(analysis_, words_, clause));
      if (act != nullptr && settles(*act)) return true;
    }
    const Word above = analysis_.head(w);
    if (above == kNoWord || analysis_.upos(above) != Upos::VERB) return false;
    if (analysis_.relation(w) == "nsubj") return words_.contents_verb(lemma_of(analysis_, above));
    return analysis_.base_relation(w) == "obl" && definite(w) && preposition_of(analysis_, w) == "under";
  }

  // "would raise their pay", not "would raise doubts"
  bool takes_other(Word verb) const {
    const Word object = analysis_.child(verb, "obj");
    return object != kNoWord && !is_relative_pronoun(analysis_, object) && !words_.no_contents_object(lemma_of(analysis_, object));
  }

  bool takes_relative(Word verb) const {
    const Word object = analysis_.child(verb, "obj");
    return analysis_.relation(verb) == "acl:relcl" &&
           (object == kNoWord || is_relative_pronoun(analysis_, object));
  }

  // Accepting, rejecting, signing, proposing; what one merely supports or discusses may be any plan.
  static bool settles(const ProposalAct& act) {
    return act.stance == Stance::accepts || act.stance == Stance::rejects || act.role != ProposalAct::Role::none;
  }

  // "offered to free them if ...", "proposed that both sides withdraw": a proposal without a noun for it, unless one
  // is on the table.
  void proposing_verb(Word w, ProposalTable& table) {
    if (deadline_at(context_, words_, w)) {
      table.of_word[w] = static_cast<std::int32_t>(table.drafts.size());
      ProposalDraft draft;
      draft.name = words_.name_of_deadline();
      const ProposalNoun* noun = words_.noun(draft.name);
      draft.topic = noun == nullptr ? "" : noun->topic;
      by_topic_[draft.topic] = table.of_word[w];
      table.drafts.push_back(std::move(draft));
      names_.emplace_back();
      return;
    }
    const ProposalAct* act = words_.act(act_lemma(analysis_, words_, w));
    // "agreed to free them": what the report later calls "the deal".
    if (act != nullptr && act->stance == Stance::accepts && !is_negated(analysis_, w)) {
      for (const Word child : analysis_.children(w)) {
        const std::string_view relation = analysis_.base_relation(child);
        if (child > w && (relation == "xcomp" || relation == "advcl") && is_infinitive(analysis_, child)) agreed_ = w;
      }
    }
    if (act == nullptr || act->role != ProposalAct::Role::proposer || is_passive(analysis_, w) ||
        is_negated(analysis_, w) || last_ != ProposalTable::kNone) {
      return;
    }
    bool offered = false;
    for (const Word child : analysis_.children(w)) {
      const std::string_view relation = analysis_.base_relation(child);
      // "proposed elections in March": something not yet there, and no noun of its own for what is on the table
      const bool thing = relation == "obj" && words_.proposes_things(lemma_with_particle(analysis_, w)) && !definite(child) &&
                         words_.noun(lemma_of(analysis_, child)) == nullptr && analysis_.child(child, "nmod:poss") == kNoWord;
      // "offered on Tuesday to ease sanctions": an infinitive that is hung as an adverbial
      const bool adverbial = relation == "advcl" && is_infinitive(analysis_, child) && analysis_.child(w, "obj") == kNoWord;
      const bool clause = (relation == "xcomp" || relation == "ccomp" || adverbial) && analysis_.upos(child) == Upos::VERB;
      if (child < w || (!clause && !thing)) continue;
      if (thing && is_aid(child)) continue;  // "offered aid" is help
      offered = offered || term_at(context_, words_, child, TermWords::known).has_value();
    }
    if (!offered) return;
    last_ = static_cast<std::int32_t>(table.drafts.size());
    ProposalDraft draft;
    draft.name = words_.name_for(lemma_of(analysis_, w));
    table.of_word[w] = last_;
    table.drafts.push_back(std::move(draft));
    names_.emplace_back();
  }

  bool is_aid(Word w) const {
    const std::optional<TermDraft> term = term_at(context_, words_, w, TermWords::known);
    return !term || term->action == "aid";
  }

  bool definite(Word w) const {
    const Word article = analysis_.child(w, "det");
    if (article == kNoWord) return false;
    const std::string form = lemma_of(analysis_, article);
    return form == "the" || form == "this" || form == "that";
  }

  bool relation_owns(Word child) const {
    if (analysis_.relation(child) == "nmod:poss") return true;
    if (analysis_.base_relation(child) != "acl") return false;
    const ProposalAct* act = words_.act(act_lemma(analysis_, words_, child));
    return act != nullptr && act->role != ProposalAct::Role::none;
  }

  // "rejected the plan", "agreed to the plan", "the plan was rejected"
  bool acted_upon(Word w) const {
    const Word above = analysis_.head(w);
    if (above == kNoWord || analysis_.upos(above) != Upos::VERB) return false;
    const std::string verb = lemma_with_particle(analysis_, above);
    const std::string_view relation = analysis_.base_relation(w);
    const ProposalAct* act = relation == "obl" ? words_.act(verb + " " + preposition_of(analysis_, w))
                                               : words_.act(verb);
    if (relation == "obj" && words_.verdict_verb(verb) && refused_by_verdict(analysis_, words_, above, w)) return true;
    if (act == nullptr || (!act->stance && !act->state)) return false;
    if (relation != "obj" && relation != "obl" && analysis_.relation(w) != "nsubj:pass") return false;
    // "supports the offer": somebody's, by its noun, and known to the reader.
    const ProposalNoun* noun = words_.noun(lemma_of(analysis_, w));
    return settles(*act) || (noun != nullptr && noun->somebodys && definite(w));
  }

  std::string lower_form(Word w) const {
    std::string out(analysis_.form(w));
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }

  // The noun with the nouns and names before it: "hostage deal".
  std::string name_of(Word head) const {
    std::string out;
    for (const Word child : analysis_.children(head)) {
      if (child >= head) break;
      const std::string_view kind = analysis_.base_relation(child);
      const Upos upos = analysis_.upos(child);
      const bool part = kind == "compound" || (kind == "amod" && upos != Upos::VERB &&
                                               !words_.left_out_of_name(lemma_of(analysis_, child)));
      if (!part || words_.left_out_of_name(lemma_of(analysis_, child))) continue;
      const WordRange words = analysis_.subtree(child);
      for (Word w = words.first; w < words.last; ++w) append(out, w);
    }
    append(out, head);
    return out;
  }

  void append(std::string& out, Word w) const {
    if (!out.empty() && !(analysis_.upos(w) == Upos::PUNCT || out.back() == '-')) out += ' ';
    const std::string_view form = analysis_.form(w);
    if (!in_headline(context_, w) && w != analysis_.sentences()[analysis_.sentence_of(w)].words.first) {
      out += form;
    } else if (analysis_.upos(w) == Upos::PROPN && words_.noun(lemma_of(analysis_, w)) == nullptr &&
        words_.topic(lemma_of(analysis_, w)).empty()) {
      out += form;
    } else {  // headlines capitalise what is no name
      std::string lower(form);
      const bool acronym = form.size() > 1 && form[1] >= 'A' && form[1] <= 'Z';
      if (!acronym && !lower.empty() && lower[0] >= 'A' && lower[0] <= 'Z' && analysis_.upos(w) != Upos::PROPN &&
          !analysis_.has_feature(w, "Degree=Pos")) {
        lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
      } else if (!acronym && words_.noun(lemma_of(analysis_, w)) != nullptr) {
        lower[0] = static_cast<char>(lower[0] >= 'A' && lower[0] <= 'Z' ? lower[0] - 'A' + 'a' : lower[0]);
      } else if (!acronym && !words_.topic(lemma_of(analysis_, w)).empty() && lower[0] >= 'A' && lower[0] <= 'Z') {
        lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
      }
      out += lower;
    }
  }

  void place(const MentionOf& mention, ProposalTable& table) {
    std::int32_t at = ProposalTable::kNone;
    if (mention.own_name) {
      for (std::size_t i = 0; i < table.drafts.size(); ++i) {
        if (table.drafts[i].named && names_[i].contains(mention.name)) at = static_cast<std::int32_t>(i);
      }
    } else if (!mention.topic.empty()) {
      const auto open = by_topic_.find(mention.topic);
      if (open != by_topic_.end()) at = open->second;
      // "the plan" before anybody said what it is about
      if (at == ProposalTable::kNone && last_ != ProposalTable::kNone &&
          table.drafts[static_cast<std::size_t>(last_)].topic.empty() &&
          !table.drafts[static_cast<std::size_t>(last_)].named) {
        at = last_;
        table.drafts[static_cast<std::size_t>(at)].topic = mention.topic;
        by_topic_[mention.topic] = at;
      }
    } else {
      at = last_;
    }
    const std::vector<std::int32_t> owners = owners_of(mention.head);
    if (at != ProposalTable::kNone && !mention.own_name) at = owned(mention.head, owners, at);
    if (at == ProposalTable::kNone) {
      at = static_cast<std::int32_t>(table.drafts.size());
      ProposalDraft draft;
      draft.topic = mention.topic;
      draft.named = mention.own_name;
      table.drafts.push_back(std::move(draft));
      names_.emplace_back();
      if (!mention.topic.empty() && !mention.own_name) by_topic_[mention.topic] = at;
    }
    ProposalDraft& draft = table.drafts[static_cast<std::size_t>(at)];
    if (draft.topic.empty() && !mention.topic.empty() && !draft.named) draft.topic = mention.topic;
    draft.mentions.push_back(mention.head);
    owners_.resize(table.drafts.size());
    if (owners_[static_cast<std::size_t>(at)].empty()) owners_[static_cast<std::size_t>(at)] = owners;
    ++names_[static_cast<std::size_t>(at)][mention.name];
    table.of_word[mention.head] = at;
    const ProposalNoun* noun = words_.noun(lemma_of(analysis_, mention.head));
    if (!mention.own_name && !(noun != nullptr && noun->alone)) last_ = at;
  }

  // Whose a mention says it is: "Qatar's plan", "a French proposal", "an offer by", "put forward a plan".
  std::vector<std::int32_t> owners_of(Word w) const {
    std::vector<std::int32_t> out;
    for (const Word child : analysis_.children(w)) {
      const std::string_view kind = analysis_.base_relation(child);
      const std::string preposition = kind == "nmod" ? preposition_of(analysis_, child) : std::string();
      const bool adjective = (kind == "amod" || kind == "compound") && child < w;
      if (analysis_.relation(child) == "nmod:poss" || adjective || preposition == "by" || preposition == "from") {
        add_entities(out, entities_of(context_, child));
      }
    }
    const Word above = analysis_.head(w);
    if (out.empty() && above != kNoWord && analysis_.base_relation(w) == "obj" && analysis_.upos(above) == Upos::VERB) {
      const ProposalAct* act = words_.act(act_lemma(analysis_, words_, above));
      if (act != nullptr && act->role == ProposalAct::Role::proposer) {
        add_entities(out, entities_of(context_, subject_of(analysis_, above).head));
      }
    }
    std::erase_if(out, [&](std::int32_t entity) {
      return !context_.record.entities[static_cast<std::size_t>(entity)].actor.country.has_value();
    });
    return out;
  }

  // A plan that is brought in anew ("a plan of its own", "a rival French plan") by somebody of another state is
  // another one; "Israel's proposal" after an Egyptian one may be the same told by another owner.
  std::int32_t owned(Word head, const std::vector<std::int32_t>& owners, std::int32_t at) const {
    if (owners.empty() || owners_.size() <= static_cast<std::size_t>(at) || definite(head)) return at;
    const ProposalNoun* noun = words_.noun(lemma_of(analysis_, head));
    if (noun == nullptr || !noun->somebodys || analysis_.child(head, "nmod:poss") != kNoWord) return at;
    if (owners_[static_cast<std::size_t>(at)].empty() || same_state(owners, owners_[static_cast<std::size_t>(at)])) return at;
    for (std::size_t i = owners_.size(); i-- > 0;) {
      if (!owners_[i].empty() && same_state(owners, owners_[i])) return static_cast<std::int32_t>(i);
    }
    return ProposalTable::kNone;
  }

  bool same_state(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) const {
    const auto& entities = context_.record.entities;
    for (const std::int32_t x : a) {
      for (const std::int32_t y : b) {
        if (entities[static_cast<std::size_t>(x)].actor.country == entities[static_cast<std::size_t>(y)].actor.country) return true;
      }
    }
    return false;
  }

  // The most frequent of the names that say most; the earliest of equals.
  std::string best_name(const ProposalDraft& draft) const {
    std::map<std::string, int> counts;
    std::vector<std::string> order;
    const bool body = std::any_of(draft.mentions.begin(), draft.mentions.end(),
                                  [&](Word head) { return !in_headline(context_, head) && name_of(head).find(' ') != std::string::npos; });
    for (const Word head : draft.mentions) {
      if (body && in_headline(context_, head)) continue;  // headlines shorten, and capitalise what is no name
      std::string name = name_of(head);
      if (counts[name]++ == 0) order.push_back(std::move(name));
    }
    std::string best;
    int best_value = -1;
    for (const std::string& name : order) {
      const bool telling = name.find(' ') != std::string::npos;
      const int value = counts[name] + (telling ? 100 : 0);
      if (value > best_value) {
        best = name;
        best_value = value;
      }
    }
    return best;
  }

  const Context& context_;
  const Analysis& analysis_;
  const ProposalWords& words_;
  std::map<std::string, std::int32_t> by_topic_;
  std::vector<std::map<std::string, int>> names_;
  std::vector<std::vector<std::int32_t>> owners_;  // by draft: who the first mention with an owner says it is of
  std::int32_t last_ = ProposalTable::kNone;
  static constexpr Word kFarthestAgreement = 120;
  Word agreed_ = kNoWord;
};

}  // namespace

std::int32_t ProposalTable::in(WordRange range) const {
  for (Word w = range.first; w < range.last; ++w) {
    if (of_word[w] != kNone) return of_word[w];
  }
  return kNone;
}

ProposalTable find_proposals(const Context& context, const ProposalWords& words) {
  return MentionFinder(context, words).find();
}

bool in_headline(const Context& context, Word w) {
  const std::uint32_t sentence = context.analysis.sentence_of(w);
  return sentence < context.section_of_sentence.size() &&
         context.section_of_sentence[sentence] == SectionKind::headline;
}

bool refused_by_verdict(const Analysis& analysis, const ProposalWords& words, Word verb, Word object) {
  const Word end = std::min(analysis.subtree(verb).last, object + 12);
  for (Word w = object + 1; w < end; ++w) {
    const Word head = analysis.head(w);
    const bool of_verb = head == verb || head == object || (head != kNoWord && analysis.head(head) == verb);
    if (of_verb && words.verdict_against(lemma_of(analysis, w))) return true;
  }
  return false;
}

std::string lemma_of(const Analysis& analysis, Word w) {
  std::string out(analysis.lemma(w));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string act_lemma(const Analysis& analysis, const ProposalWords& words, Word verb) {
  std::string lemma = lemma_with_particle(analysis, verb);
  const Word next = verb + 1;
  if (next >= analysis.size() || analysis.head(next) != verb || analysis.base_relation(next) != "advmod") return lemma;
  std::string phrasal = lemma + "_" + lemma_of(analysis, next);
  return words.act(phrasal) != nullptr ? phrasal : lemma;
}

std::string preposition_of(const Analysis& analysis, Word head) {
  std::string out;
  for (const Word child : analysis.children(head)) {
    if (child > head) break;
    if (analysis.base_relation(child) != "case" && analysis.base_relation(child) != "mark") continue;
    const WordRange words = analysis.subtree(child);
    for (Word w = words.first; w < words.last; ++w) {
      if (!out.empty()) out += ' ';
      for (const char c : analysis.form(w)) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

std::vector<Word> with_conjuncts(const Analysis& analysis, Word head) {
  // Trees differ in whether a series hangs on its first part or each part on the one before.
  std::vector<Word> out{head};
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const Word child : analysis.children(out[i])) {
      if (child > out[i] && analysis.base_relation(child) == "conj") out.push_back(child);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::int32_t> entities_of(const Context& context, Word head) {
  std::vector<std::int32_t> out;
  if (head == kNoWord) return out;
  for (const Word w : with_conjuncts(context.analysis, head)) {
    const std::int32_t entity = context.entity_of_phrase(w);
    if (entity != Context::kNone && std::find(out.begin(), out.end(), entity) == out.end()) out.push_back(entity);
  }
  return out;
}

void add_entities(std::vector<std::int32_t>& into, const std::vector<std::int32_t>& from) {
  for (const std::int32_t entity : from) {
    if (std::find(into.begin(), into.end(), entity) == into.end()) into.push_back(entity);
  }
}

}  // namespace parley
