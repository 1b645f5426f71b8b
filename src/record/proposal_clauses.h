// How the clauses around a proposal join: where one begins, whose object is whose, who stands behind a group.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/proposal_draft.h"

namespace parley {

/// The object, direct or not.
Word object_of(const Analysis& analysis, Word verb);
/// "a ceasefire under which troops will leave"
bool under_which(const Analysis& analysis, Word clause);
/// "declare and hand over their assets": one term.
bool shares_object(const Analysis& analysis, Word first, Word next);
/// "suspend or remove countermeasures", the object hung on the first: the first's words hold it all.
bool follows_its_object(const Analysis& analysis, Word first, Word next);
/// "offered to free ..., withdraw ... and to let ...", hung one too high or too low in the tree.
std::vector<Word> further_clauses(const Analysis& analysis, Word verb, Word offered);
/// The first word behind a bullet or number, else the line's own first.
Word after_bullet(const Analysis& analysis, WordRange line);
/// "A statement by both said they would stop all hostilities": what the parties have put their names to.
bool told_by_document(const Context& context, Word verb);
/// "The cuts are to take effect on Friday": of the deal, and no term.
bool takes_effect(const Analysis& analysis, const ProposalWords& words, Word verb);
/// "the camp of the president", "brokered by the four guarantors of the treaty: Chile, Peru ...": who a group that has
/// no name is of, or which they are.
Word behind_group(const Context& context, const ProposalWords& words, Word head);
/// "would respect the truce if aid arrived"
bool conditioned(const Analysis& analysis, Word verb);
/// "mediator" to "mediate", "broker" to "broker".
std::string verb_of_agent(const ProposalWords& words, std::string_view lemma);

}  // namespace parley
