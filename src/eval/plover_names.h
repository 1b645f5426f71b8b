// Names of PLOVER classes across its drafts, so that gold of any of them can be compared.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

namespace parley::eval {

/// Upper case; draft 0.5's DEMAND, DISAPPROVE, INVESTIGATE and FIGHT as the later classes that took them in.
inline std::string class_name(std::string_view raw) {
  std::string out;
  for (char c : raw) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (out == "DEMAND") return "REQUEST";
  if (out == "DISAPPROVE" || out == "INVESTIGATE") return "ACCUSE";
  if (out == "FIGHT") return "ASSAULT";
  return out;
}

/// For sets that have one class YIELD where PLOVER has CONCEDE and RETREAT.
inline std::string root_name(std::string_view raw) {
  const std::string out = class_name(raw);
  return out == "CONCEDE" || out == "RETREAT" || out == "RELEASE" ? "YIELD" : out;
}

inline bool negated(const std::vector<std::string>& auxiliary) {
  for (const std::string& each : auxiliary) {
    if (each == "negation") return true;
  }
  return false;
}

}  // namespace parley::eval
