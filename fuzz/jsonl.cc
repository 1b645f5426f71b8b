// JSON lines, each line by itself; then the same bytes as a list or an object.
#include <cstddef>
#include <cstdint>

#include "support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  static const ReadOptions options = fuzzing::options();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  fuzzing::require(sniff(rest) != Format::automatic, "a format is found");
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    const Result<Document> document = read_json(rest.substr(0, end), options);
    if (document.ok()) {
      fuzzing::check(*document);
    } else {
      fuzzing::require(!document.error().message.empty(), "errors say what is wrong");
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  page::Tally tally;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  fuzzing::read_all(*page::json_values(page::Buffered(page::from_memory(std::string(bytes))), options, tally), size);
  return 0;
}
