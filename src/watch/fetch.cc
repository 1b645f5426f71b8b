#include "watch/fetch.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <mutex>

namespace parley::watch {
namespace {

std::string lowered(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return text;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// What callbacks fill while bytes come.
struct Transfer {
  Answer answer;
  const FetchOptions* options = nullptr;
  bool over = false;
  std::string retry;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  const std::size_t bytes = size * count;
  if (transfer.answer.body.size() + bytes > transfer.options->max_bytes) {
    transfer.over = true;
    return 0;
  }
  transfer.answer.body.append(data, bytes);
  return bytes;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* to) {
  auto& transfer = *static_cast<Transfer*>(to);
  const std::string_view line(data, size * count);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  const std::string name = lowered(std::string(line.substr(0, colon)));
  std::string value = trimmed(line.substr(colon + 1));
  Answer& answer = transfer.answer;
  if (name == "etag") {
    answer.validators.etag = std::move(value);
  } else if (name == "last-modified") {
    answer.validators.modified = std::move(value);
  } else if (name == "retry-after") {
    answer.retry_after = retry_after(value);
  } else if (name == "content-type") {
    answer.type = lowered(trimmed(std::string_view(value).substr(0, value.find(';'))));
    const std::size_t at = lowered(value).find("charset=");
    if (at != std::string::npos) {
      answer.charset = value.substr(at + 8);
      answer.charset = answer.charset.substr(0, answer.charset.find(';'));
      std::erase_if(answer.charset, [](char c) { return c == '"' || c == '\'' || c == ' '; });
    }
  }
  return line.size();
}

int on_progress(void* to, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto& transfer = *static_cast<Transfer*>(to);
  return transfer.options->stop && transfer.options->stop() ? 1 : 0;
}

}  // namespace

struct Fetcher::State {
  FetchOptions options;
  CURL* handle = nullptr;
};

Fetcher::Fetcher(FetchOptions options) : state_(std::make_unique<State>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  state_->options = std::move(options);
  state_->handle = curl_easy_init();
}

Fetcher::~Fetcher() { curl_easy_cleanup(state_->handle); }

Result<Answer> Fetcher::get(const std::string& url, const Validators& known) {
  CURL* handle = state_->handle;
  const FetchOptions& options = state_->options;
  if (!handle) return Error{Error::Code::internal, "libcurl could not be started", url};
  curl_easy_reset(handle);  // keeps connections and names looked up
  Transfer transfer;
  transfer.options = &options;
  char reason[CURL_ERROR_SIZE] = "";
  const auto milliseconds = [](double seconds) { return static_cast<long>(seconds * 1000); };
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options.agent.c_str());
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");  // all that this libcurl unpacks: gzip, deflate, br, zstd
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connect_seconds));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, milliseconds(options.seconds));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, reason);
  curl_slist* headers = curl_slist_append(
      nullptr, "Accept: application/rss+xml, application/atom+xml, application/feed+json, text/html, application/xml;q=0.9, */*;q=0.5");
  if (!known.etag.empty()) headers = curl_slist_append(headers, ("If-None-Match: " + known.etag).c_str());
  if (!known.modified.empty()) headers = curl_slist_append(headers, ("If-Modified-Since: " + known.modified).c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  const CURLcode code = curl_easy_perform(handle);
  curl_slist_free_all(headers);
  if (transfer.over) {
    return Error{Error::Code::too_large,
                 fmt::format("the answer is over the limit of {} bytes; raise --max-bytes if it is wanted", options.max_bytes), url};
  }
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
    return Error{Error::Code::usage, "this is no http or https address", url};
  }
  if (code != CURLE_OK) {
    return Error{Error::Code::unreadable, fmt::format("not fetched: {}", reason[0] ? reason : curl_easy_strerror(code)), url};
  }
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &transfer.answer.status);
  const char* location = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &location);
  if (location) transfer.answer.location = location;
  return std::move(transfer.answer);
}

std::optional<Address> address_of(const std::string& url) {
  CURLU* parts = curl_url();
  std::optional<Address> out;
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    std::string value;
    if (curl_url_get(parts, which, &text, 0) == CURLUE_OK) value = text;
    curl_free(text);
    return value;
  };
  if (curl_url_set(parts, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK) {
    const std::string scheme = lowered(part(CURLUPART_SCHEME));
    const std::string port = part(CURLUPART_PORT);
    const std::string query = part(CURLUPART_QUERY);
    if (scheme == "http" || scheme == "https") {
      out = Address{scheme + "://" + lowered(part(CURLUPART_HOST)) + (port.empty() ? "" : ":" + port),
                    part(CURLUPART_PATH) + (query.empty() ? "" : "?" + query)};
    }
  }
  curl_url_cleanup(parts);
  return out;
}

std::optional<double> retry_after(const std::string& header) {
  double seconds = 0;
  const auto read = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (read.ec == std::errc() && read.ptr == header.data() + header.size()) return std::max(0.0, seconds);
  const std::time_t when = curl_getdate(header.c_str(), nullptr);
  if (when < 0) return std::nullopt;
  return std::max(0.0, std::difftime(when, std::time(nullptr)));
}

}  // namespace parley::watch
