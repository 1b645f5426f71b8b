// parley read: reports in, their records out.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "brief/json.h"
#include "brief/render_html.h"
#include "brief/render_markdown.h"
#include "brief/render_text.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"

namespace parley::cli {
namespace {

struct Options {
  InputFlags inputs;
  PipelineFlags pipeline;
  std::string format;
  std::vector<std::string> only;
  unsigned threads = 0;
};

/// Reports are read by several threads and written in the order they came. At most a few wait, so memory
/// does not grow with the batch.
class OrderedWork {
 public:
  OrderedWork(InputReader reader, const Pipeline& pipeline, unsigned threads)
      : reader_(std::move(reader)), pipeline_(pipeline), window_(std::size_t{threads} * 4) {
    for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { work(); });
  }

  ~OrderedWork() {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  struct Done {
    std::string id;
    std::optional<Error> error;
    std::optional<Record> record;
  };

  std::optional<Done> next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return done_.contains(written_) || (ended_ && written_ == taken_); });
    const auto found = done_.find(written_);
    if (found == done_.end()) return std::nullopt;
    Done out = std::move(found->second);
    done_.erase(found);
    ++written_;
    lock.unlock();
    changed_.notify_all();
    return out;
  }

 private:
  void work() {
    for (;;) {
      std::optional<InputItem> item;
      std::size_t number = 0;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stop_ || ended_ || taken_ < written_ + window_; });
        if (stop_ || ended_) return;
        item = reader_.next();
        if (!item) {
          ended_ = true;
          lock.unlock();
          changed_.notify_all();
          return;
        }
        number = taken_++;
      }
      Done done{std::move(item->id), std::nullopt, std::nullopt};
      if (item->document) {
        done.record = pipeline_.read(*item->document);
      } else {
        done.error = item->document.error();
      }
      {
        const std::lock_guard lock(mutex_);
        done_.emplace(number, std::move(done));
      }
      changed_.notify_all();
    }
  }

  InputReader reader_;
  const Pipeline& pipeline_;
  const std::size_t window_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Done> done_;
  std::size_t taken_ = 0;
  std::size_t written_ = 0;
  bool ended_ = false;
  bool stop_ = false;
  std::vector<std::thread> workers_;
};

std::string render(const Record& record, const Options& options) {
  JsonOptions json;
  json.only = options.only;
  if (options.format == "jsonl") return to_json(record, json) + '\n';
  if (options.format == "json") {
    json.pretty = true;
    return to_json(record, json) + '\n';
  }
  if (options.format == "md") return to_markdown(record);
  if (options.format == "html") return to_html(record);
  TextOptions text;
  text.colour = colour_wanted();
  text.width = std::min<std::size_t>(terminal_width(), 120);
  return to_text(record, text);
}

int run(Options options) {
  if (options.format.empty()) {
    const bool lines = options.inputs.format() == Format::jsonl || options.inputs.files.size() > 1;
    options.format = stdout_is_terminal() ? "text" : lines ? "jsonl" : "json";
  }
  for (const std::string& key : options.only) {
    if (std::find(record_keys().begin(), record_keys().end(), key) == record_keys().end()) {
      return fail({Error::Code::usage,
                   fmt::format("--only knows no '{}'; it takes {}", key, fmt::join(record_keys(), ", ")), ""});
    }
  }
  auto reader = options.inputs.reader();
  if (!reader) return fail(reader.error());
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return fail(pipeline.error());

  const unsigned threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  Progress progress("reports");
  OrderedWork work(std::move(*reader), *pipeline, threads);
  while (auto item = work.next()) {
    ++done;
    if (item->error) {
      ++failed;
      report(*item->error);
      if (options.format == "jsonl" || options.format == "json") {
        fmt::print("{}\n", error_json(item->id, *item->error));
      }
    } else {
      if (done > 1 && (options.format == "text" || options.format == "md")) fmt::print("\n");
      const std::string out = render(*item->record, options);
      std::fwrite(out.data(), 1, out.size(), stdout);
    }
    progress.show(done);
    if (interrupted()) {
      std::fflush(stdout);
      fmt::print(stderr, "parley: interrupted after {} reports; give the rest of the inputs to go on\n", done);
      return kInterrupted;
    }
  }
  if (std::fflush(stdout) != 0) {
    return fail({Error::Code::internal, "writing to standard output failed; is the disk full?", ""});
  }
  if (done == failed) return kNothingRead;
  return failed > 0 ? kSomeFailed : kDone;
}

}  // namespace

void add_read(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("read", "Read reports and print their records");
  auto options = std::make_shared<Options>();
  options->inputs.add(*command);
  command
      ->add_option("--format", options->format,
                   "Output; on a terminal text, else json, or jsonl for several reports")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "jsonl", "md", "html", "text"}));
  command->add_option("--only", options->only, "Print these parts alone: document,events,figures …")
      ->type_name("KEYS")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--threads", options->threads, "Reports read at once (default: all cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  options->pipeline.add_all(*command);
  examples(*command,
           "  parley read report.txt\n"
           "  parley read --format json --only events,figures page.html\n"
           "  parley read --input jsonl --format jsonl < reports.jsonl > records.jsonl");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
