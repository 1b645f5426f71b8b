// Who gives a figure, and of when it is: what governs the counted noun says both.
#pragma once

#include <optional>

#include "record/context.h"

namespace parley {

class FigureSources {
 public:
  explicit FigureSources(const Context& context) : context_(context) {}

  /// The speaker of the statement that tells the figure whose counted noun (or number) is `head`, else the subject of
  /// a verb of counting: "the government put the toll at 19", "Doctors Without Borders counted 82".
  std::optional<Id> of(Word head) const;
  /// "It counted 361 injured": by whoever gave the figures before, when nothing says who "it" is.
  bool counted_by_pronoun(Word head) const;

 private:
  Word counting_subject(Word head) const;

  const Context& context_;
};

/// Sets the figure's period and `as_of` from the times beside its counted noun and its governing verb.
void date_figure(const Context& context, Word counted, Word governor, Figure& figure);

}  // namespace parley
