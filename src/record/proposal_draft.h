// Proposals while they are being found: words and entity indices, not yet ids.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "knowledge/proposal_words.h"
#include "record/context.h"

namespace parley {

struct TermDraft {
  std::string action;
  std::string object;                  ///< lemma of what it is done to; tells two releases apart
  std::vector<std::int32_t> by;
  std::vector<std::int32_t> for_;
  std::optional<std::string> quantity;
  std::optional<std::string> phase;
  std::optional<std::string> condition;
  bool headline = false;               ///< told in a headline only
  WordRange words;
};

struct PositionDraft {
  std::int32_t party = Context::kNone;
  Stance stance = Stance::undecided;
  std::int32_t term = Context::kNone;  ///< index into the proposal's terms; kNone: the whole
  std::optional<std::string> date;
  WordRange words;
};

struct ProposalDraft {
  std::string topic;
  std::vector<Word> mentions;          ///< heads, in text order; none when only a verb tells of it
  std::string name;
  std::vector<std::int32_t> proposers, mediators, addressees;
  struct Owner {
    std::vector<std::int32_t> who;     ///< those named together
    Word at = kNoWord;
  };
  std::vector<Owner> owners;           ///< by mention that says whose it is: "France's proposal"
  std::array<int, 9> states{};         ///< by ProposalState: how often the text says so
  std::vector<Word> agreed;            ///< verbs by which somebody agrees to do something: "agreed to free them"
  bool absorbed = false;               ///< is but a term of another one
  bool named = false;                  ///< has a proper name or a year of its own
  std::vector<TermDraft> terms;
  std::vector<PositionDraft> positions;
  std::vector<WordRange> sticking_points;
};

/// What is on the table in a report, and which words speak of it.
struct ProposalTable {
  static constexpr std::int32_t kNone = -1;
  std::vector<ProposalDraft> drafts;
  std::vector<std::int32_t> of_word;   ///< by word: the draft whose mention is headed here

  /// The draft that `range` speaks of first, or kNone.
  std::int32_t in(WordRange range) const;
};

/// Which words make a term: only those of known actions, any verb, or nouns too that are no one and nowhere.
enum class TermWords { known, verbs, all };

/// The words of a term or of a part of it: without subject and introducing words, up to what is coordinated with it.
WordRange own_words(const Analysis& analysis, Word head);
/// "while the army will leave": a clause that stands beside another.
bool contrasts(const Analysis& analysis, Word clause);
/// The term that a tree has hung under the object of the one headed by `head`, or kNoWord.
Word hidden_term(const Analysis& analysis, const ProposalWords& words, Word head);
/// A verb of saying.
bool speaks(const Context& context, Word verb);
/// "The council will prepare elections, the bloc said": the report's own telling, with its source behind.
bool said_behind(const Context& context, Word verb);
bool in_headline(const Context& context, Word w);
/// Will, would, shall, should, must; "is to".
bool is_to_be_done(const Analysis& analysis, Word verb);

/// Mentions, merged into one draft for each thing on the table.
ProposalTable find_proposals(const Context& context, const ProposalWords& words);
/// Terms, one by one; a term said twice is one.
void find_terms(const Context& context, const ProposalWords& words, ProposalTable& table);
/// Who proposes, mediates, accepts and rejects; what state it is in; what it is stuck on.
void find_positions(const Context& context, const ProposalWords& words, ProposalTable& table);

/// What the parties cannot agree on.
void find_sticking_points(const Context& context, const ProposalWords& words, ProposalTable& table);

/// The heads of the items of a list or series, wherever the tree hangs them.
std::vector<Word> items_of(const Context& context, const ProposalWords& words, WordRange list);
/// The term of an item that ends before `end`; nothing where it is none.
std::optional<TermDraft> term_of_item(const Context& context, const ProposalWords& words, Word item, Word end, TermWords which);

/// The index of an equal term of the draft, or of the one added.
std::int32_t add_term(ProposalDraft& draft, TermDraft term);
/// The term that a verb or noun speaks of, without `by` when nothing in its own clause says it.
std::optional<TermDraft> term_at(const Context& context, const ProposalWords& words, Word head, TermWords which);

/// What somebody has been given a time to do ("gave them until Friday to leave"): the infinitive and who has to do it.
struct Deadline {
  Word demanded = kNoWord;
  Word of = kNoWord;
};
std::optional<Deadline> deadline_at(const Context& context, const ProposalWords& words, Word verb);

/// The entities of a noun phrase and of those coordinated with it.
std::vector<std::int32_t> entities_of(const Context& context, Word head);
void add_entities(std::vector<std::int32_t>& into, const std::vector<std::int32_t>& from);
/// A word and those coordinated with it, in text order.
std::vector<Word> with_conjuncts(const Analysis& analysis, Word head);
/// "called the plan unacceptable": whether the verb's clause has a word that refuses its object.
bool refused_by_verdict(const Analysis& analysis, const ProposalWords& words, Word verb, Word object);
/// The lower-case lemma.
std::string lemma_of(const Analysis& analysis, Word w);
/// The verb as data/proposals has it: with its particle, also where a tree takes that for an adverb ("put forward").
std::string act_lemma(const Analysis& analysis, const ProposalWords& words, Word verb);
/// The preposition of a phrase, several words joined by spaces ("as part of"); "" for none.
std::string preposition_of(const Analysis& analysis, Word head);

}  // namespace parley
