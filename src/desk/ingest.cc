#include "desk/ingest.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

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

/// Threads that take the next report, read it and put it where the writer finds it in its turn. At most `window`
/// reports are between the input and the writer.
class Readers {
 public:
  Readers(InputReader reader, const Pipeline& pipeline, Database lookup, const IngestOptions& options)
      : reader_(std::move(reader)),
        pipeline_(pipeline),
        lookup_(std::move(lookup)),
        sources_(options.sources.begin(), options.sources.end()),
        window_(std::size_t{options.threads} * 4) {
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i) threads_.emplace_back([this] { work(); });
  }

  ~Readers() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  std::optional<Read> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_.contains(given_) || (ended_ && given_ == taken_); });
    const auto found = done_.find(given_);
    if (found == done_.end()) return std::nullopt;
    Read out = std::move(found->second);
    done_.erase(found);
    ++given_;
    bytes_ = reader_.bytes_read();
    lock.unlock();
    changed_.notify_all();
    return out;
  }

  std::uint64_t bytes() const { return bytes_; }

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

  /// Under the lock: the next report, and whether the desk has it.
  std::optional<Read> take(std::optional<Document>& document) {
    auto item = reader_.next();
    if (!item) return std::nullopt;
    Read out;
    out.id = std::move(item->id);
    if (!item->document) {
      out.error = item->document.error();
      return out;
    }
    document = std::move(item->document).value();
    bool line = false;
    out.own_id = !from_source(document->id, line) && !document->id.empty();
    // A line's number says nothing of the report: lines move. Such a report is called by what it says.
    if (!out.own_id && (line || document->id.empty())) document->id = "text-" + fingerprint_of(*document);
    const std::string fingerprint = fingerprint_of(*document);
    const auto found = find_existing(lookup_, *document, fingerprint, out.own_id);
    out.known = found && *found && (*found)->fingerprint == fingerprint;
    if (out.known) {
      out.id = document->id;
      document.reset();
    }
    return out;
  }

  void work() {
    for (;;) {
      std::optional<Read> read;
      std::optional<Document> document;
      std::size_t number = 0;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stop_ || ended_ || taken_ < given_ + window_; });
        if (stop_ || ended_) return;
        read = take(document);
        if (!read) {
          ended_ = true;
          lock.unlock();
          changed_.notify_all();
          return;
        }
        number = taken_++;
      }
      if (document) read->record = pipeline_.read(*document);
      {
        const std::lock_guard lock(mutex_);
        done_.emplace(number, std::move(*read));
      }
      changed_.notify_all();
    }
  }

  InputReader reader_;
  const Pipeline& pipeline_;
  Database lookup_;
  const std::set<std::string> sources_;
  const std::size_t window_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Read> done_;
  std::size_t taken_ = 0;
  std::size_t given_ = 0;
  std::uint64_t bytes_ = 0;
  bool ended_ = false;
  bool stop_ = false;
  std::vector<std::thread> threads_;
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
  Readers readers(std::move(reader), pipeline, std::move(*lookup), options);
  while (auto read = readers.next()) {
    ++done;
    if (read->error) {
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
    if (options.progress) options.progress(done, readers.bytes());
    if (options.stop && options.stop()) {
      summary.stopped = true;
      break;
    }
  }
  PARLEY_TRY(commit());
  if (!summary.stopped && summary.added + summary.updated > 0) PARLEY_TRY(writer.finish());
  return summary;
}

}  // namespace parley::desk
