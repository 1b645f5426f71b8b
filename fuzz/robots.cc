// Any bytes as robots.txt, and any path against them: the answer does not hang on how the path is escaped.
#include <cstdlib>
#include <string>
#include <string_view>

#include "watch/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t line = text.find('\n');
  const std::string path = "/" + std::string(text.substr(0, line));
  const auto robots = parley::watch::Robots::parse(line == std::string_view::npos ? text : text.substr(line + 1), "parley");
  const bool allowed = robots.allows(path);
  // Letters mean the same when they are escaped, but not "%", whose escape would begin another one.
  std::string escaped;
  for (const char c : path) {
    if (c >= 'a' && c <= 'f' && escaped.find('%') == std::string::npos) {
      static constexpr char kDigits[] = "0123456789ABCDEF";
      escaped += '%';
      escaped += kDigits[c >> 4];
      escaped += kDigits[c & 15];
      continue;
    }
    escaped += c;
  }
  if (path.find('%') == std::string::npos && robots.allows(escaped) != allowed) std::abort();
  return 0;
}
