// TABARI's and PETRARCH's verb dictionaries as rules of the codebook.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "knowledge/codebook.h"
#include "knowledge/diagnostics.h"

namespace parley {

/// CAMEO codes to PLOVER: data/cameo/*.toml.
class CameoTable {
 public:
  static CameoTable load(DataFiles& files, Diagnostics& diagnostics);

  struct Entry {
    EventType type = EventType::consult;
    std::vector<std::string> modes;
    std::vector<std::string> contexts;
  };
  /// Whether PLOVER has given up the code's root.
  bool dropped(std::string_view code) const { return dropped_.contains(code.substr(0, 2)); }
  /// The code's entry, or that of its first three or two digits; nullptr for none.
  const Entry* find(std::string_view code) const;

 private:
  WordMap<Entry> entries_;
  WordSet dropped_;
};

/// The rules of a verb dictionary. A line that breaks the format, or that rules cannot say, gives a warning
/// with its place and is passed over; all others load.
std::vector<Rule> petrarch_verb_rules(std::string_view text, const std::string& file, const CameoTable& cameo,
                                      Diagnostics& diagnostics);

}  // namespace parley
