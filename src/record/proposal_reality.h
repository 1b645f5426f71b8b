// Whether what a verb tells of a proposal has been done, promised, asked for, refused or left open.
#pragma once

#include <optional>
#include <string>

#include "knowledge/proposal_words.h"
#include "record/context.h"

namespace parley {

enum class Reality { done, promised, wanted, refused, open };

class Realities {
 public:
  Realities(const Context& context, const ProposalWords& words)
      : context_(context), analysis_(context.analysis), words_(words) {}

  Reality reality(Word verb) const;
  /// The verb by which somebody asks that this one be done ("urged them to accept"), or kNoWord.
  Word urged_by(Word verb) const;
  /// "proposed extending the truce", "suggested that they mediate": nothing of it is done yet.
  bool proposed(Word verb) const;
  /// "persuaded them to accept": they have.
  Word persuaded_by(Word verb) const;
  /// When it was done, as the clause says.
  std::optional<std::string> date_of(Word verb) const;

 private:
  bool accused_of(Word verb) const;
  bool nobody_does(Word verb) const;
  bool reported(Word verb) const;

  const Context& context_;
  const Analysis& analysis_;
  const ProposalWords& words_;
};

}  // namespace parley
