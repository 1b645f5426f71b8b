// Dates as people and machines write them: what is found is an ISO 8601 date of the calendar.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "page/cues.h"
#include "support.h"

namespace {

void check_iso(const std::string& iso) {
  using parley::fuzzing::require;
  const auto digits = [&](std::size_t from, std::size_t count) {
    for (std::size_t i = from; i < from + count; ++i) {
      if (i >= iso.size() || iso[i] < '0' || iso[i] > '9') return false;
    }
    return true;
  };
  require(iso.size() >= 7 && digits(0, 4) && iso[4] == '-' && digits(5, 2), "year and month");
  require(std::atoi(iso.c_str() + 5) >= 1 && std::atoi(iso.c_str() + 5) <= 12, "a month");
  if (iso.size() == 7) return;
  require(iso[7] == '-' && digits(8, 2), "a day");
  require(std::atoi(iso.c_str() + 8) >= 1 && std::atoi(iso.c_str() + 8) <= 31, "a day of a month");
  if (iso.size() == 10) return;
  require(iso[10] == 'T' && digits(11, 2) && iso[13] == ':' && digits(14, 2), "hour and minute");
  require(std::atoi(iso.c_str() + 11) <= 24 && std::atoi(iso.c_str() + 14) <= 59, "a time of day");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  static const ReadOptions options = fuzzing::options();
  const std::string text = repair_utf8(std::string(reinterpret_cast<const char*>(data), size));
  if (const auto found = page::parse_date(text, *options.cues)) {
    check_iso(found->iso);
    fuzzing::require(found->end <= text.size(), "the date lies in the text");
  }
  if (const auto iso = page::tidy_iso_date(text)) {
    check_iso(*iso);
    fuzzing::require(page::tidy_iso_date(*iso) == iso, "tidied once is tidy");
  }
  if (const auto iso = page::machine_date(text, options.cues.get())) check_iso(*iso);
  return 0;
}
