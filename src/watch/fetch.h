// One address at a time over HTTP, through libcurl. Errors are values; nothing is followed, retried or waited for here.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "parley/result.h"

namespace parley::watch {

struct FetchOptions {
  std::string agent = "parley";  ///< the User-Agent header
  double connect_seconds = 10;
  double seconds = 60;           ///< for the whole of one answer
  std::size_t max_bytes = std::size_t{16} << 20;  ///< of one answer, unpacked
  /// Asked now and then while bytes come; true gives up.
  std::function<bool()> stop;
};

/// What an answer said of itself when it was last fetched.
struct Validators {
  std::string etag;
  std::string modified;
};

struct Answer {
  long status = 0;
  std::string body;       ///< unpacked
  std::string charset;    ///< of Content-Type, or empty
  std::string type;       ///< media type, lower case
  std::string location;   ///< where a redirection leads, absolute
  Validators validators;
  std::optional<double> retry_after;  ///< seconds
};

/// A connection that is kept open between answers. For one thread.
class Fetcher {
 public:
  explicit Fetcher(FetchOptions options);
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// Any status is an answer. Errors: unreadable (no connection, broken off, too slow), too_large, usage (no http
  /// address), interrupted ones as unreadable too.
  Result<Answer> get(const std::string& url, const Validators& known);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The parts of an address that politeness is about. Nothing for what is no http or https address.
struct Address {
  std::string site;    ///< "https://example.org:8443"
  std::string target;  ///< "/news?page=2"
};
std::optional<Address> address_of(const std::string& url);

/// Seconds from now that a Retry-After header asks for: a number, or a date.
std::optional<double> retry_after(const std::string& header);

}  // namespace parley::watch
