// Statements: who says, thinks, wants, demands or denies what, in whose words.
#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>

#include "record/extract.h"
#include "record/statement_draft.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

class StatementMaker {
 public:
  StatementMaker(Context& context, const Quotations& quotations)
      : context_(context), analysis_(context.analysis), quotations_(quotations) {}

  void add(const StatementDraft& draft) {
    Statement statement;
    statement.id = "s" + std::to_string(context_.record.statements.size() + 1);
    statement.cue = context_.span(draft.cue);
    if (!draft.source.empty()) statement.source = context_.span(draft.source);
    for (const WordRange piece : draft.content) statement.content.push_back(context_.span(piece));
    statement.kind = kind(draft);
    statement.act = act(draft);
    std::int32_t speaker = speaker_of(draft);
    if (speaker == Context::kNone) speaker = unnamed_speaker(draft);
    statement.speaker = context_.entity_id(speaker);
    if (draft.hearer != kNoWord) {
      for (const Word head : coordinated(draft.hearer)) {
        add_entity(statement.addressees, entity_at(head), speaker);
      }
    }
    for (const WordRange piece : draft.content) {
      for (Word w = piece.first; w < piece.last; ++w) {
        if (is_about(draft, w)) add_entity(statement.about, entity_at(w), speaker);
      }
    }
    mark_words(draft, static_cast<std::int32_t>(context_.record.statements.size()));
    context_.record.statements.push_back(std::move(statement));
  }

 private:
  StatementKind kind(const StatementDraft& draft) const {
    Word quoted = 0;
    Word bare = 0;
    for (const WordRange piece : draft.content) {
      for (Word w = piece.first; w < piece.last; ++w) {
        if (quotations_.of_word[w] != Quotations::kNone) {
          ++quoted;
        } else if (analysis_.upos(w) != Upos::PUNCT) {
          ++bare;
        }
      }
    }
    if (quoted == 0) return StatementKind::indirect;
    return bare == 0 ? StatementKind::direct : StatementKind::mixed;
  }

  // A neutral cue does what its content does: "said that they must leave" demands. A denied cue turns round:
  // "does not support" opposes.
  Act act(const StatementDraft& draft) const {
    if (draft.negated) {
      switch (draft.act) {
        case Act::support:
        case Act::praise: return Act::oppose;
        case Act::oppose:
        case Act::deny:
        case Act::accuse:
        case Act::regret:
        case Act::promise:
        case Act::warn: return Act::neutral;
        default: return draft.act;
      }
    }
    if (draft.act != Act::neutral || draft.content_head == kNoWord || !draft.takes_quotes) return draft.act;
    const Word head = draft.content_head;
    if (analysis_.head_of(draft.content.front()) == kNoWord) return draft.act;
    const bool negated = is_negated(analysis_, head);
    for (const Word child : analysis_.children(head)) {
      if (analysis_.base_relation(child) != "aux") continue;
      const Act by_auxiliary = context_.knowledge.statements.act_of_auxiliary(analysis_.lemma(child));
      if (by_auxiliary == Act::demand && !speaks_of_itself(draft, head)) return Act::demand;
      if (by_auxiliary == Act::promise && speaks_of_itself(draft, head)) {
        return negated ? Act::oppose : Act::promise;
      }
      if (analysis_.lemma(child) == "would" && speaks_of_itself(draft, head)) {
        if (negated) return Act::oppose;
        if (analysis_.upos(head) == Upos::VERB && (word_of(head) == nullptr || word_of(head)->frame(ContentKind::quote) != nullptr)) return Act::promise;
      }
    }
    const CueWord* word = word_of(head);
    if (word != nullptr && speaks_of_itself(draft, head)) {
      for (const CueFrame& frame : word->frames) {
        if (frame.act == Act::neutral || frame.content == ContentKind::quote) continue;
        if (!negated) return frame.act;
        return frame.act == Act::support || frame.act == Act::praise ? Act::oppose : Act::neutral;
      }
    }
    return draft.act;
  }

  const CueWord* word_of(Word verb) const { return context_.knowledge.statements.verb(analysis_.lemma(verb)); }

  // "he would not accept": the content's subject is the speaker, by entity or as a first person.
  bool speaks_of_itself(const StatementDraft& draft, Word verb) const {
    const Word subject = analysis_.child(verb, "nsubj");
    if (subject == kNoWord) return false;
    if (analysis_.has_feature(subject, "Person=1")) return true;
    const std::int32_t speaker = speaker_of(draft);
    if (speaker != Context::kNone && entity_at(subject) == speaker) return true;
    // A pronoun that nothing is known of, behind the one who speaks.
    const std::string_view lemma = analysis_.lemma(subject);
    return analysis_.upos(subject) == Upos::PRON && entity_at(subject) == Context::kNone && draft.source_head != kNoWord &&
           draft.source_head < subject && (lemma == "they" || lemma == "he" || lemma == "she");
  }

  std::int32_t speaker_of(const StatementDraft& draft) const {
    if (draft.source_head == kNoWord) return Context::kNone;
    const std::int32_t entity = entity_at(draft.source_head);
    return entity != Context::kNone ? entity : only_person_before(draft.source_head);
  }

  // "the emergency centre said", "a study found": who speaks is somebody, though no list of actors has the noun. The
  // same words later are the same speaker.
  std::int32_t unnamed_speaker(const StatementDraft& draft) {
    const Word head = draft.source_head;
    if (head == kNoWord || analysis_.upos(head) != Upos::NOUN || draft.source.empty() || !(draft.takes_quotes || tells(draft))) {
      return Context::kNone;
    }
    WordRange words{head, head + 1};
    for (const Word child : analysis_.children(head)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool before = relation == "compound" || relation == "amod" || analysis_.relation(child) == "nmod:poss";
      if (child < head && before) words.first = std::min(words.first, analysis_.subtree(child).first);
      const Word of = child > head && relation == "nmod" && words.last == analysis_.subtree(child).first ? analysis_.child(child, "case") : kNoWord;
      if (of != kNoWord && analysis_.lemma(of) == "of") words.last = noun_phrase(analysis_, child).last;
    }
    if (words.size() > kLongestName) words = {head, head + 1};
    std::string name(context_.slice(words));
    auto& entities = context_.record.entities;
    const auto [known, fresh] = unnamed_.try_emplace(name, static_cast<std::int32_t>(entities.size()));
    const EntityMention mention{context_.span(words), MentionForm::nominal};
    if (!fresh) {
      auto& mentions = entities[static_cast<std::size_t>(known->second)].mentions;
      if (mentions.back().span.end <= mention.span.begin) mentions.push_back(mention);
      return known->second;
    }
    Entity entity;
    entity.id = "e" + std::to_string(entities.size() + 1);
    const std::string lemma(analysis_.lemma(head));
    const auto counted = context_.knowledge.figures.nouns.find(lemma);
    const bool people = counted != context_.knowledge.figures.nouns.end() && counted->second.measure == Measure::people;
    const bool plural = analysis_.has_feature(head, "Number=Plur");
    entity.kind = context_.knowledge.statements.speaking_document(lemma) ? EntityKind::other
                  : plural                                               ? EntityKind::group
                  : people                                               ? EntityKind::person
                                                                         : EntityKind::organisation;
    entity.name = std::move(name);
    entity.mentions.push_back(mention);
    entities.push_back(std::move(entity));
    return known->second;
  }

  // "he" or "she" that coreference left open: the one person of the sentence before, in the same paragraph. With two
  // persons there, nobody: better no speaker than the wrong one.
  std::int32_t only_person_before(Word pronoun) const {
    const std::string_view lemma = analysis_.lemma(pronoun);
    if (analysis_.upos(pronoun) != Upos::PRON || (lemma != "he" && lemma != "she")) return Context::kNone;
    const std::uint32_t sentence = analysis_.sentence_of(pronoun);
    if (sentence == 0 || analysis_.sentences()[sentence].starts_paragraph) return Context::kNone;
    const WordRange before{analysis_.sentences()[sentence - 1].words.first, pronoun};
    std::int32_t person = Context::kNone;
    for (Word w = before.first; w < before.last; ++w) {
      const std::int32_t entity = context_.entity_at_head[w];
      if (entity == Context::kNone) continue;
      if (context_.record.entities[static_cast<std::size_t>(entity)].kind != EntityKind::person) continue;
      if (person != Context::kNone && person != entity) return Context::kNone;
      person = entity;
    }
    return person;
  }

  std::int32_t entity_at(Word head) const {
    if (is_relative_pronoun(analysis_, head)) {
      Word at = head;
      for (int step = 0; step < 4 && at != kNoWord; ++step) {
        if (analysis_.relation(at) == "acl:relcl" && analysis_.head(at) != kNoWord) {
          return context_.entity_of_phrase(analysis_.head(at));
        }
        at = analysis_.head(at);
      }
      return Context::kNone;
    }
    return context_.entity_of_phrase(head);
  }

  std::vector<Word> coordinated(Word head) const {
    std::vector<Word> out{head};
    for (const Word child : analysis_.children(head)) {
      if (analysis_.base_relation(child) == "conj") out.push_back(child);
    }
    return out;
  }

  // The arguments of the content's clauses, not whatever is named in passing.
  bool is_about(const StatementDraft& draft, Word w) const {
    if (context_.entity_at_head.empty() || context_.entity_at_head[w] == Context::kNone) return false;
    if (w == draft.content_head) return true;
    const std::string_view relation = analysis_.base_relation(w);
    return relation == "nsubj" || relation == "obj" || relation == "iobj" || relation == "obl" ||
           relation == "nmod" || relation == "conj" || relation == "compound";
  }

  void add_entity(std::vector<Id>& into, std::int32_t entity, std::int32_t speaker) const {
    if (entity == Context::kNone || entity == speaker) return;
    const std::optional<Id> id = context_.entity_id(entity);
    if (id && std::find(into.begin(), into.end(), *id) == into.end()) into.push_back(*id);
  }

  // "rejected a raise of 25 percent", "plans to cut 17,000 jobs", "asked for 2 billion" tell no figure.
  bool tells(const StatementDraft& draft) const {
    if (draft.content_head != kNoWord && is_infinitive(analysis_, draft.content_head)) return false;
    switch (draft.act) {
      case Act::demand: case Act::promise: case Act::support: case Act::oppose: case Act::praise: return false;
      default: return true;
    }
  }

  // Innermost wins: a later statement within another's content has fewer words.
  void mark_words(const StatementDraft& draft, std::int32_t index) {
    std::uint32_t size = 0;
    for (const WordRange piece : draft.content) size += piece.size();
    sizes_.push_back(size);
    for (const WordRange piece : draft.content) {
      for (Word w = piece.first; w < piece.last; ++w) {
        std::int32_t& owner = context_.statement_of_word[w];
        if (owner == Context::kNone || sizes_[static_cast<std::size_t>(owner)] > size) owner = index;
        if (!tells(draft)) continue;
        std::int32_t& teller = context_.teller_of_word[w];
        if (teller == Context::kNone || sizes_[static_cast<std::size_t>(teller)] > size) teller = index;
      }
    }
  }

  Context& context_;
  const Analysis& analysis_;
  const Quotations& quotations_;
  static constexpr Word kLongestName = 8;
  std::vector<std::uint32_t> sizes_;
  std::unordered_map<std::string, std::int32_t> unnamed_;  // by name: speakers that no list of actors has
};

}  // namespace

void extract_statements(Context& context) {
  context.statement_of_word.assign(context.analysis.size(), Context::kNone);
  context.teller_of_word.assign(context.analysis.size(), Context::kNone);
  const StatementWords& words = context.knowledge.statements;
  const Quotations quotations = find_quotations(context);
  std::vector<StatementDraft> drafts = find_statement_cues(context, words, quotations);
  attach_quotations(context, words, quotations, drafts);
  StatementMaker maker(context, quotations);
  for (const StatementDraft& draft : drafts) maker.add(draft);
}

}  // namespace parley
