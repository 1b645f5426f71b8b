// Whole batches into a desk: several threads read, one writes, in the order the reports came.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "desk/writer.h"
#include "page/page.h"
#include "parley/pipeline.h"

namespace parley::desk {

struct IngestSummary {
  std::uint64_t added = 0;
  std::uint64_t updated = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t failed = 0;
  bool stopped = false;
};

struct IngestOptions {
  unsigned threads = 1;
  std::size_t batch = 256;  ///< reports in one commit, at most; a second's worth when that is fewer
  /// The names that reports were given by: an id that is one of them, or one with ":" and a number behind it, is not
  /// the report's own.
  std::vector<std::string> sources;
  /// Asked between reports; true ends the run after what is read is stored.
  std::function<bool()> stop;
  /// Called once what was read is stored, when `stop` ended the run: a thread may still wait for input that never
  /// comes, and `ingest` for it.
  std::function<void(const IngestSummary&)> stopped;
  /// Called for each report once it is stored for good.
  std::function<void(const Stored&)> stored;
  /// Called for each that could not be read.
  std::function<void(const std::string& id, const Error&)> failed;
  /// Called now and then with the reports done and the bytes of input read.
  std::function<void(std::uint64_t done, std::uint64_t bytes)> progress;
};

/// Reports that are stored already are not read again, so that running a batch twice, or on after an interruption, costs
/// little. Memory does not grow with the batch: a few reports a thread wait. Errors are the desk's; a bad report is
/// counted and the run goes on.
Result<IngestSummary> ingest(InputReader reader, const Pipeline& pipeline, Writer& writer, const IngestOptions& options);

}  // namespace parley::desk
