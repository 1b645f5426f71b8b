// What changed between two versions of a report, in words.
#pragma once

#include <string>
#include <vector>

#include "parley/record.h"

namespace parley::desk {

struct ChangeNote {
  std::string kind;  ///< title, figure, event, statement, proposal, text
  std::string note;  ///< "killed raised from 1,100 to 1,170"
};

/// The differences in what is told; empty when only the wording moved. Linear in the records' sizes, but for
/// the figures of one series and the events of one type, which are compared in pairs.
std::vector<ChangeNote> changes_between(const Record& before, const Record& after);

}  // namespace parley::desk
