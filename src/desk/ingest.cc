#include "desk/ingest.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>

#include "page/ordered.h"

namespace parley::desk {
namespace {

/// One report on its way to the writer.
struct Read {
  std::string id;
  bool own_id = true;
  std::optional<Error> error;
  std::optional<Record> record;
  bool known = false;  ///< stored already; there is no record
};

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Reads reports on their way into a desk; threads may do so at once. What is stored already is not read again.
class Readers {
 public:
  Readers(const Pipeline& pipeline, Database lookup, const IngestOptions& options)
      : pipeline_(pipeline), lookup_(std::move(lookup)), sources_(options.sources.begin(), options.sources.end()) {}

  Read read(RawReport raw) {
    const double seconds = raw.options.max_seconds;
    InputItem item = read_report(std::move(raw));
    Read out;
    out.id = std::move(item.id);
    if (!item.document) {
      out.error = item.document.error();
      return out;
    }
    Document& document = *item.document;
    bool line = false;
    out.own_id = !from_source(document.id, line) && !document.id.empty();
    // A line's number says nothing of the report: lines move. Such a report is called by what it says.
    if (!out.own_id && (line || document.id.empty())) document.id = "text-" + fingerprint_of(document);
    out.known = is_stored(document, out.own_id);
    if (out.known) {
      out.id = document.id;
      return out;
    }
    Result<Record> record = pipeline_.read_within(document, seconds);
    if (record) {
      out.record = std::move(*record);
    } else {
      out.error = record.error();
    }
    return out;
  }

 private:
  /// Whether the id is a name of ours and not the report's: a file, or a line of one.
  bool from_source(const std::string& id, bool& line) const {
    line = false;
    if (sources_.contains(id)) return true;
    const std::size_t colon = id.rfind(':');
    if (colon == std::string::npos || !all_digits(std::string_view(id).substr(colon + 1))) return false;
    line = sources_.contains(id.substr(0, colon));
    return line;
  }

  bool is_stored(const Document& document, bool own_id) {
    const std::string fingerprint = fingerprint_of(document);
    const std::lock_guard lock(asking_);
    const auto found = find_existing(lookup_, document, fingerprint, own_id);
    return found && *found && (*found)->fingerprint == fingerprint;
  }

  const Pipeline& pipeline_;
  std::mutex asking_;
  Database lookup_;
  const std::set<std::string> sources_;
};

}  // namespace

Result<IngestSummary> ingest(InputReader reader, const Pipeline& pipeline, Writer& writer, const IngestOptions& options) {
  using Clock = std::chrono::steady_clock;
  auto lookup = open_for_reading(writer.database().path());
  if (!lookup) return lookup.error();
  IngestSummary summary;
  std::vector<Stored> waiting;
  const auto commit = [&]() -> Result<Done> {
    PARLEY_TRY(writer.commit());
    if (options.stored) {
      for (const Stored& stored : waiting) options.stored(stored);
    }
    waiting.clear();
    return Done{};
  };
  Clock::time_point last = Clock::now();
  std::uint64_t done = 0;
  Readers readers(pipeline, std::move(*lookup), options);
  OrderedWork<Read> work(std::move(reader), std::max(1U, options.threads),
                         [&readers](RawReport raw) { return readers.read(std::move(raw)); });
  std::optional<Read> read;
  while (work.next(read)) {
    if (read) ++done;
    if (!read) {
      // Nothing yet: what was read is stored meanwhile.
    } else if (read->error) {
      ++summary.failed;
      if (options.failed) options.failed(read->id, *read->error);
    } else if (read->known) {
      ++summary.unchanged;
    } else {
      auto stored = writer.store(*read->record, read->own_id);
      if (!stored) return stored.error();
      switch (stored->outcome) {
        case Outcome::added: ++summary.added; break;
        case Outcome::updated: ++summary.updated; break;
        case Outcome::unchanged: ++summary.unchanged; break;
      }
      if (stored->outcome != Outcome::unchanged) waiting.push_back(std::move(*stored));
    }
    const Clock::time_point now = Clock::now();
    if (waiting.size() >= options.batch || (!waiting.empty() && now - last > std::chrono::seconds(1))) {
      PARLEY_TRY(commit());
      last = now;
    }
    if (read && options.progress) options.progress(done, work.bytes_read());
    if (options.stop && options.stop()) {
      summary.stopped = true;
      break;
    }
  }
  PARLEY_TRY(commit());
  if (summary.stopped && options.stopped) options.stopped(summary);
  if (!summary.stopped && summary.added + summary.updated > 0) PARLEY_TRY(writer.finish());
  return summary;
}

}  // namespace parley::desk
