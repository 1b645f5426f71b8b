// Plain and scraped text. Reading what was read changes nothing of its validity, and no input is too odd
// for an answer.
#include <cstddef>
#include <cstdint>

#include "support.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  static const ReadOptions options = fuzzing::options();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const Result<Document> document = read_text(bytes, options);
  if (document.ok()) fuzzing::check(*document);
  ReadOptions titled = options;
  titled.title = bytes.substr(0, bytes.find('\n'));
  const Result<Document> with_title = read_text(bytes, titled);
  if (with_title.ok()) fuzzing::check(*with_title);
  ReadOptions plain = options;
  plain.plain = true;
  const Result<Document> as_given = read_text(bytes, plain);
  if (as_given.ok()) {
    fuzzing::check(*as_given);
    if (is_valid_utf8(bytes) && bytes.find('\0') == std::string::npos && bytes.rfind("\xEF\xBB\xBF", 0) != 0) {
      fuzzing::require(as_given->text() == bytes, "plain text is as given");
    }
  }
  return 0;
}
