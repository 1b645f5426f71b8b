// Feeds that are looked at again and again: what is new in them is fetched, read and stored.
//
// Idea: a round asks each feed whether it changed (ETag, Last-Modified), takes the reports that came new and fetches
// their pages, one request a host at a time with a pause in between, as its robots.txt allows. What the desk knows of
// feeds and pages stays in its table `watched`, so that a round that is broken off goes on in the next one.
// A feed counts as seen only when each of its reports was stored or put off: its validators are kept then and not before,
// so an interruption loses none. Example: a feed of two reports, the second page answers 503 three times: the first is
// stored, the second is due again in five minutes. Counter-example: the same feed, interrupted after the first: the feed
// is asked for whole again, and the first report is known by its address.
// Cost: a request a feed, one a new report, one a host for robots.txt (kept for a day).
// Covered by tests/watch/watch_test.cc against a server that misbehaves.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "desk/writer.h"
#include "page/page.h"
#include "parley/record.h"
#include "watch/fetch.h"

namespace parley::watch {

struct WatchOptions {
  FetchOptions fetch;
  ReadOptions read;               ///< cues and limits of the page layer
  double host_delay = 2.0;        ///< seconds between two requests to a host; its Crawl-delay where that is longer
  int retries = 3;                ///< after the first try, within a round
  double backoff = 2.0;           ///< seconds before the first retry; then twice as long each time, half to whole of it
  double longest_wait = 120.0;    ///< a Retry-After beyond it puts the address off to a later round
  int redirects = 5;
  std::size_t sitemaps = 10;      ///< of an index of sitemaps, those that changed last
  std::size_t limit = 0;          ///< new reports in a round; 0: any
  std::function<bool()> stop;
  std::function<void(const desk::Stored&)> stored;                       ///< once it is stored for good
  std::function<void(const Error&)> failed;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< addresses of the round

  // Time and chance, for tests; the clock's and the machine's when they are not set.
  std::function<double()> now;                ///< Unix seconds
  std::function<void(double seconds)> wait;   ///< returns early when `stop` says so
  std::function<double()> chance;             ///< 0 to 1
};

struct WatchSummary {
  std::uint64_t feeds = 0;
  std::uint64_t feeds_unchanged = 0;  ///< "304 Not Modified"
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;        ///< reports that were stored already
  std::uint64_t failed = 0;
  std::uint64_t disallowed = 0;       ///< by robots.txt
  bool stopped = false;
};

/// What makes a document's record: the pipeline, in tests something quicker.
using RecordReader = std::function<Record(const Document&)>;

/// One round over `feeds`. Errors are the desk's; an address that fails is counted and told of, and the round goes on.
Result<WatchSummary> watch_round(const std::vector<std::string>& feeds, desk::Writer& writer, const RecordReader& reader,
                                 const WatchOptions& options);

}  // namespace parley::watch
