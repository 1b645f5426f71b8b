#include "watch/watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <thread>

#include "page/streams.h"
#include "watch/robots.h"
#include "watch/sitemaps.h"

namespace parley::watch {
namespace {

using desk::Database;
using desk::Done;

constexpr double kDay = 86400.0;
constexpr std::size_t kHead = 4096;        // bytes that show what a feed is
constexpr double kFirstPause = 300.0;      // before an address that failed in one round is tried in another
constexpr double kLongestPause = kDay;
constexpr std::int64_t kMostFailures = 12;  // rounds; then an address is left alone until its feed says it changed

/// One row of `watched`.
struct Known {
  std::string stamp;  ///< when its feed said it was published or updated
  Validators validators;
  std::int64_t failures = 0;
  std::int64_t not_before = 0;
};

/// A feed of this round, until all its reports are done.
struct Feed {
  std::string url;
  std::string stamp;             ///< of a sitemap that an index names: when that says it changed
  std::shared_ptr<Feed> parent;  ///< that index; it is seen whole when all its sitemaps are
  Validators validators;
  std::size_t waiting = 0;
  bool whole = true;  ///< false: some of it was not looked at, so it is asked for again next time
};

struct Task {
  std::string first;   ///< the address as the feed or the user has it: what the desk knows it by
  std::string url;     ///< where redirections led to
  bool is_feed = false;
  std::shared_ptr<Feed> feed;   ///< the feed it is, or the one it stands in; null: put off by an earlier round
  ReadOptions read;             ///< what the feed says of it
  std::string stamp;
  Known known;
  int tries = 0;
  int redirects = 0;
  double ready = 0;
};

struct Host {
  std::deque<Task> tasks;
  double ready = 0;
  std::optional<Robots> robots;
  int robots_tries = 0;
  std::string no_robots;  ///< why they could not be had: then nothing may be read
};

class Round {
 public:
  Round(desk::Writer& writer, const RecordReader& reader, const WatchOptions& options)
      : writer_(writer), database_(writer.database()), reader_(reader), options_(options), fetcher_(fetch_options(options)) {}

  Result<WatchSummary> run(const std::vector<std::string>& feeds) {
    for (const std::string& url : feeds) {
      ++summary_.feeds;
      Task task;
      task.first = task.url = url;
      task.is_feed = true;
      task.feed = std::make_shared<Feed>();
      task.feed->url = url;
      const auto known = load(url);
      if (!known) return known.error();
      if (*known) task.known = **known;
      if (task.known.not_before > now()) continue;
      PARLEY_TRY(enqueue(std::move(task)));
    }
    PARLEY_TRY(put_off_before());
    while (auto task = next()) PARLEY_TRY(handle(std::move(*task)));
    summary_.stopped = stopped();
    if (!summary_.stopped && summary_.added + summary_.updated > 0) PARLEY_TRY(writer_.finish());
    return summary_;
  }

 private:
  static FetchOptions fetch_options(const WatchOptions& options) {
    FetchOptions out = options.fetch;
    out.stop = options.stop;
    return out;
  }
  bool stopped() const { return options_.stop && options_.stop(); }
  double now() const {
    if (options_.now) return options_.now();
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  }
  double chance() {
    return options_.chance ? options_.chance() : std::uniform_real_distribution<double>(0, 1)(random_);
  }
  /// Until `when`, or until it is to stop.
  void wait_until(double when) {
    if (options_.wait) {
      if (when > now()) options_.wait(when - now());
      return;
    }
    while (!stopped()) {
      const double left = when - now();
      if (left <= 0) return;
      std::this_thread::sleep_for(std::chrono::duration<double>(std::min(left, 0.2)));
    }
  }

  // --- what the desk knows ---------------------------------------------------------------------------------

  Result<std::optional<Known>> load(const std::string& uri) {
    auto query = database_.prepare("SELECT stamp, etag, modified, failures, not_before FROM watched WHERE uri = ?");
    if (!query) return query.error();
    query->bind(1, uri);
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) return std::optional<Known>();
    return std::optional(Known{std::string(query->text(0)),
                               {std::string(query->text(1)), std::string(query->text(2))},
                               query->integer(3),
                               query->integer(4)});
  }

  Result<Done> save(const Task& task, const Known& known) {
    auto query = database_.prepare(
        "INSERT OR REPLACE INTO watched(uri, kind, stamp, etag, modified, failures, not_before) VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!query) return query.error();
    query->all(task.first, task.is_feed ? "feed" : "page", known.stamp, known.validators.etag, known.validators.modified,
               known.failures, known.not_before);
    return query->run();
  }

  /// Pages that failed in an earlier round and are due. Their feeds may not name them again.
  Result<Done> put_off_before() {
    auto query = database_.prepare(
        "SELECT uri, stamp, failures FROM watched WHERE failures > 0 AND failures < ? AND not_before <= ? AND kind = 'page' "
        "ORDER BY not_before LIMIT 1000");
    if (!query) return query.error();
    query->all(kMostFailures, static_cast<std::int64_t>(now()));
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) return Done{};
      Task task;
      task.first = task.url = query->text(0);
      task.stamp = query->text(1);
      task.known.failures = query->integer(2);
      task.read = options_.read;
      task.read.uri = task.read.source = task.first;
      PARLEY_TRY(enqueue(std::move(task)));
    }
  }

  // --- whose turn it is ------------------------------------------------------------------------------------

  Result<Done> enqueue(Task task) {
    const auto address = address_of(task.url);
    if (!address) {
      const Error error{Error::Code::usage, "this is no http or https address", task.url};
      ++total_;
      count_failure(error);
      return no_longer_waits_for(task);
    }
    // A page may stand in two feeds, or be due from before and in a feed: once a round.
    if (task.tries == 0 && task.redirects == 0) {
      if (!queued_.insert(task.first).second) {
        return no_longer_waits_for(task);
      }
      ++total_;
    }
    hosts_[address->site].tasks.push_back(std::move(task));
    return Done{};
  }

  /// What ended, or is not asked for after all, keeps the feed or index that it stands in waiting no longer.
  Result<Done> no_longer_waits_for(const Task& task) {
    if (!task.feed) return Done{};
    if (!task.is_feed) return done_with(*task.feed);
    return task.feed->parent ? done_with(*task.feed->parent) : Done{};
  }

  /// The task that may be done first, after waiting for its moment.
  std::optional<Task> next() {
    for (;;) {
      if (stopped()) return std::nullopt;
      if (options_.progress) options_.progress(done_, total_);
      Host* best = nullptr;
      const std::string* site = nullptr;
      double when = 0;
      for (auto& [name, host] : hosts_) {
        if (host.tasks.empty()) continue;
        auto first = std::min_element(host.tasks.begin(), host.tasks.end(), [](const Task& a, const Task& b) { return a.ready < b.ready; });
        std::iter_swap(host.tasks.begin(), first);
        const double ready = std::max(host.ready, host.tasks.front().ready);
        if (!best || ready < when) {
          best = &host;
          site = &name;
          when = ready;
        }
      }
      if (!best) return std::nullopt;
      wait_until(when);
      if (stopped()) return std::nullopt;
      if (!best->robots) {
        read_robots(*best, *site);
        continue;
      }
      Task task = std::move(best->tasks.front());
      best->tasks.pop_front();
      best->ready = now() + std::max(options_.host_delay, best->robots->crawl_delay().value_or(0.0));
      return task;
    }
  }

  /// RFC 9309, 2.3.1: none there: all may be read; the site fails: nothing; redirections are followed.
  void read_robots(Host& host, const std::string& site) {
    std::string url = site + "/robots.txt";
    for (int hop = 0; hop <= options_.redirects; ++hop) {
      auto answer = fetcher_.get(url, {});
      if (answer && answer->status >= 300 && answer->status < 400 && !answer->location.empty()) {
        url = answer->location;
        continue;
      }
      if (!answer || answer->status >= 500 || answer->status == 429) {
        if (++host.robots_tries <= options_.retries) {
          host.ready = now() + pause(host.robots_tries, answer ? answer->retry_after : std::nullopt);
          return;
        }
        host.no_robots = fmt::format("nothing of the site is read, since its robots.txt could not be had: {}",
                                     answer ? fmt::format("it answers {}", answer->status) : answer.error().message);
        host.robots = Robots::none();
        return;
      }
      const bool given = answer->status >= 200 && answer->status < 300;
      host.robots = Robots::parse(given ? answer->body : std::string(), options_.fetch.agent.substr(0, options_.fetch.agent.find_first_of("/ ")));
      break;
    }
    if (!host.robots) host.robots = Robots();  // a circle of redirections is as good as none
    host.ready = now() + std::max(options_.host_delay, host.robots->crawl_delay().value_or(0.0));
  }

  double pause(int tries, std::optional<double> asked) {
    if (asked) return std::min(*asked, options_.longest_wait);
    const double whole = std::min(options_.backoff * static_cast<double>(1 << std::min(tries - 1, 16)), options_.longest_wait);
    return whole * (0.5 + 0.5 * chance());
  }

  // --- one task --------------------------------------------------------------------------------------------

  Result<Done> handle(Task task) {
    const auto address = address_of(task.url);
    const Host& host = hosts_[address->site];
    if (!host.no_robots.empty()) return put_off(task, {Error::Code::unreadable, host.no_robots, task.first}, 0.0);
    if (!host.robots->allows(address->target)) {
      ++summary_.disallowed;
      const Error error{Error::Code::unreadable, "robots.txt asks programs not to read this", task.first};
      if (task.is_feed) count_failure(error);
      return leave(task);
    }
    auto answer = fetcher_.get(task.url, task.known.validators);
    if (stopped()) return Done{};
    if (!answer) {
      const bool again = answer.error().code == Error::Code::unreadable;
      return again ? later(std::move(task), answer.error(), std::nullopt) : give_up(task, answer.error());
    }
    const long status = answer->status;
    if (status == 304) {
      if (task.is_feed) ++summary_.feeds_unchanged;
      if (!task.is_feed) ++summary_.unchanged;
      return finish(task, task.known.validators);
    }
    if (status >= 300 && status < 400 && !answer->location.empty()) {
      if (++task.redirects > options_.redirects) {
        return give_up(task, {Error::Code::unreadable, fmt::format("more than {} redirections", options_.redirects), task.first});
      }
      task.url = answer->location;
      return enqueue(std::move(task));
    }
    if (status == 429 || status >= 500) {
      return later(std::move(task), {Error::Code::unreadable, fmt::format("the site answers {}", status), task.url}, answer->retry_after);
    }
    if (status < 200 || status >= 300) {
      return give_up(task, {status == 404 || status == 410 ? Error::Code::not_found : Error::Code::unreadable,
                                       fmt::format("the site answers {}", status), task.first});
    }
    return task.is_feed ? read_feed(std::move(task), std::move(*answer)) : read_page(std::move(task), std::move(*answer));
  }

  Result<Done> read_feed(Task task, Answer answer) {
    ReadOptions read = options_.read;
    read.source = task.first;
    read.charset = answer.charset;
    page::Buffered bytes(page::from_memory(std::move(answer.body)));
    // Sitemaps are often kept packed, whatever the server says of them.
    if (const page::Packing packing = page::packing_of(bytes.peek(4)); packing != page::Packing::none) {
      bytes = page::Buffered(page::unpack(bytes.release(), packing, read));
    }
    const std::shared_ptr<Feed> feed = task.feed;
    feed->validators = answer.validators;
    feed->stamp = task.stamp;
    ++feed->waiting;  // itself, until all its items are seen
    const std::string_view head = bytes.peek(kHead).substr(0, kHead);
    if (is_sitemap_index(head)) return read_index(task, std::move(bytes));
    const std::size_t start = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const bool json = start != std::string_view::npos && head[start] == '{';
    page::Tally tally;
    const auto stream = json ? page::json_values(std::move(bytes), read, tally) : page::xml_feed(std::move(bytes), read, tally);
    while (auto raw = stream->next()) {
      if (raw->error) {
        // A broken item costs none of the others, and will be as broken next time.
        count_failure(*raw->error);
        if (raw->error->code == Error::Code::malformed || raw->error->code == Error::Code::unreadable) feed->whole = false;
        continue;
      }
      PARLEY_TRY(take_item(feed, std::move(*raw)));
      if (stopped()) return Done{};
    }
    ++done_;
    return done_with(*feed);
  }

  /// Asks for the sitemaps that an index names, those that changed last; not for those that did not change since they
  /// were seen whole. An index within an index is not followed.
  Result<Done> read_index(const Task& task, page::Buffered bytes) {
    const std::shared_ptr<Feed> index = task.feed;
    const std::optional<std::string> xml = bytes.rest(options_.fetch.max_bytes);
    if (!xml || index->parent) {
      count_failure({xml ? Error::Code::usage : Error::Code::too_large,
                     xml ? "an index of sitemaps within another; give this one to watch it" : "the index is damaged or too large", task.first});
      ++done_;
      return done_with(*index);
    }
    for (Sitemap& sitemap : sitemaps_of(*xml, options_.sitemaps)) {
      const auto known = load(sitemap.url);
      if (!known) return known.error();
      if (*known && !sitemap.stamp.empty() && (*known)->failures == 0 && (*known)->stamp == sitemap.stamp) continue;
      if (*known && (*known)->not_before > now()) {
        index->whole = false;
        continue;
      }
      Task next;
      next.first = next.url = sitemap.url;
      next.stamp = std::move(sitemap.stamp);
      next.is_feed = true;
      next.feed = std::make_shared<Feed>();
      next.feed->url = next.first;
      next.feed->parent = index;
      if (*known) next.known = **known;
      ++summary_.feeds;
      ++index->waiting;
      PARLEY_TRY(enqueue(std::move(next)));
    }
    ++done_;
    return done_with(*index);
  }

  /// An item of a feed: with its text it is a report already, else its page is fetched.
  Result<Done> take_item(const std::shared_ptr<Feed>& feed, RawReport raw) {
    // JSON feeds say what they are only once they are read; their items are small.
    const bool json = raw.format == Format::json || raw.format == Format::jsonl;
    std::optional<InputItem> item;
    bool link = raw.part == RawReport::Part::link;
    std::string uri = raw.options.uri.value_or("");
    std::string stamp = raw.options.updated.value_or(raw.options.published.value_or(""));
    ReadOptions known_of = raw.options;
    if (json) {
      item = read_report(std::move(raw));
      link = item->link_only;
      if (item->document) {
        const Document& d = *item->document;
        uri = d.uri.value_or("");
        stamp = d.updated.value_or(d.published.value_or(""));
        known_of.title = d.title;
        known_of.published = d.published;
        known_of.updated = d.updated;
        known_of.publisher = d.publisher;
      }
    }
    if (!link) {
      if (over_limit()) return skip(*feed);
      if (!item) item = read_report(std::move(raw));
      const std::uint64_t before = summary_.added;
      PARLEY_TRY(store(*item));
      taken_ += static_cast<std::size_t>(summary_.added - before);
      return Done{};
    }
    Task task;
    task.first = task.url = uri;
    task.stamp = stamp;
    if (!address_of(uri)) {
      count_failure({Error::Code::malformed, "the feed names no address for this report", feed->url});
      return Done{};
    }
    const auto known = load(uri);
    if (!known) return known.error();
    if (*known) {
      task.known = **known;
      const bool changed = !stamp.empty() && stamp != task.known.stamp;
      // Fetched already, or put off until later.
      if (task.known.failures == 0 ? !changed : (!changed || task.known.not_before > now())) {
        if (task.known.failures == 0) ++summary_.unchanged;
        return Done{};
      }
    }
    if (over_limit()) return skip(*feed);
    ++taken_;
    task.feed = feed;
    task.read = std::move(known_of);
    task.read.uri = uri;
    task.read.source = uri;
    task.read.dek.reset();  // a page has a better one than the feed's cut summary
    ++feed->waiting;
    return enqueue(std::move(task));
  }

  bool over_limit() const { return options_.limit > 0 && taken_ >= options_.limit; }
  static Result<Done> skip(Feed& feed) {
    feed.whole = false;
    return Done{};
  }

  Result<Done> read_page(Task task, Answer answer) {
    RawReport raw;
    raw.id = task.first;
    raw.format = answer.type == "text/plain" ? Format::text : sniff(std::string_view(answer.body).substr(0, 8192));
    if (raw.format != Format::text) raw.format = Format::html;
    raw.bytes = std::move(answer.body);
    raw.options = task.read;
    raw.options.charset = answer.charset;
    const InputItem item = read_report(std::move(raw));
    if (!item.document) return give_up(task, item.document.error());
    PARLEY_TRY(store(item));
    return finish(task, answer.validators);
  }

  Result<Done> store(const InputItem& item) {
    if (!item.document) {
      count_failure(item.document.error());
      return Done{};
    }
    const auto known = writer_.known(*item.document, true);
    if (!known) return known.error();
    if (*known) {
      ++summary_.unchanged;
      return Done{};
    }
    auto record = reader_(*item.document);
    auto stored = writer_.store(record, true);
    if (!stored) return stored.error();
    PARLEY_TRY(writer_.commit());
    ++(stored->outcome == desk::Outcome::added     ? summary_.added
       : stored->outcome == desk::Outcome::updated ? summary_.updated
                                                   : summary_.unchanged);
    if (options_.stored && stored->outcome != desk::Outcome::unchanged) options_.stored(*stored);
    return Done{};
  }

  // --- how a task ends -------------------------------------------------------------------------------------

  /// Again in this round, or put off when it was tried often enough.
  Result<Done> later(Task task, const Error& error, std::optional<double> asked) {
    const bool too_long = asked && *asked > options_.longest_wait;
    if (++task.tries > options_.retries || too_long) return put_off(task, error, asked.value_or(0.0));
    task.ready = now() + pause(task.tries, asked);
    return enqueue(std::move(task));
  }

  Result<Done> put_off(const Task& task, const Error& error, double at_least) {
    count_failure(error);
    Known known = task.known;
    known.stamp = task.stamp;
    ++known.failures;
    const double pause = std::min(kLongestPause, kFirstPause * static_cast<double>(std::int64_t{1} << std::min<std::int64_t>(known.failures - 1, 20)));
    known.not_before = static_cast<std::int64_t>(now() + std::max(pause, std::min(at_least, 7 * kDay)));
    // A feed is looked at in every round unless it asked for more time than that.
    if (task.is_feed && at_least <= options_.longest_wait) known.not_before = 0;
    PARLEY_TRY(save(task, known));
    if (task.is_feed && task.feed->parent) task.feed->parent->whole = false;
    return ended(task);
  }

  /// Not again before its feed says that it changed.
  Result<Done> give_up(const Task& task, const Error& error) {
    count_failure(error);
    return leave(task);
  }
  Result<Done> leave(const Task& task) {
    Known known = task.known;
    known.stamp = task.stamp;
    known.failures = task.is_feed ? 0 : kMostFailures;
    PARLEY_TRY(save(task, known));
    return ended(task);
  }

  Result<Done> finish(const Task& task, const Validators& validators) {
    if (!(task.is_feed && task.feed->waiting > 0)) {
      Known known;
      known.stamp = task.stamp;
      known.validators = validators;
      PARLEY_TRY(save(task, known));
    }
    return ended(task);
  }

  Result<Done> ended(const Task& task) {
    ++done_;
    return no_longer_waits_for(task);
  }

  /// The last report of a feed that was seen whole lets the feed be asked for what is newer only.
  Result<Done> done_with(Feed& feed) {
    if (--feed.waiting > 0) return Done{};
    if (feed.whole) {
      Task task;
      task.first = feed.url;
      task.is_feed = true;
      Known known;
      known.stamp = feed.stamp;
      known.validators = feed.validators;
      PARLEY_TRY(save(task, known));
    } else if (feed.parent) {
      feed.parent->whole = false;
    }
    return feed.parent ? done_with(*feed.parent) : Done{};
  }

  void count_failure(const Error& error) {
    ++summary_.failed;
    if (options_.failed) options_.failed(error);
  }

  desk::Writer& writer_;
  Database& database_;
  const RecordReader& reader_;
  const WatchOptions& options_;
  Fetcher fetcher_;
  std::map<std::string, Host> hosts_;
  std::set<std::string> queued_;
  WatchSummary summary_;
  std::mt19937_64 random_{std::random_device{}()};
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace

Result<WatchSummary> watch_round(const std::vector<std::string>& feeds, desk::Writer& writer, const RecordReader& reader,
                                 const WatchOptions& options) {
  return Round(writer, reader, options).run(feeds);
}

}  // namespace parley::watch
