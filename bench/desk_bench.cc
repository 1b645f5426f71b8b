// A made-up stream of reports, and what a desk does with it.
//
//   desk_bench reports N [SEED]         prints N reports as JSON lines, for parley ingest; "story" is the truth
//   desk_bench desk N FILE BACKGROUND   stores N such reports with records that were made along with them, so that the
//                                       store is measured without the reading; then asks it everything
//   desk_bench more N FILE BACKGROUND   stores the next N of the stream in such a desk: what one costs when it is large
//   desk_bench ask N FILE BACKGROUND    asks a desk that was stored so
//
// The stream: words of a Zipf vocabulary (50,000 words, exponent 1.07); a story has 40 words of its own, two bodies (of every
// second story one is a country; 20 countries, one in five stories is of the first), two people and two towns, and between
// 3 and 200 reports (40 on average, so 2,500 stories in 100,000 reports); 60 stories are told at a time, 274 reports a day,
// in the order of their days. 8 % of the reports are near-duplicates: an earlier report of the story with 2 % of its words
// changed. Tolls rise by the day; one in ten figures is another than the others of its day. With "archive" behind it the
// same comes in no order: stories and their reports lie anywhere within a year, whatever N is.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "desk/ask.h"
#include "desk/writer.h"
#include "story/days.h"

namespace parley {
namespace {

using Random = std::mt19937_64;
/// CPU time of the process: the same on a busy machine.
struct Clock {
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }
};

constexpr std::size_t kVocabulary = 50000;
constexpr double kCopies = 0.08;

std::string word_of(std::size_t n) {
  static constexpr const char* kSyllables[] = {"ka", "ro", "min", "tel", "su", "var", "pe", "lo", "dan", "ghi", "or", "fe", "zu", "bal", "ni", "cha"};
  std::string out;
  for (std::size_t rest = n + 16;; rest /= 16) {
    out += kSyllables[rest % 16];
    if (rest < 16) break;
  }
  return out;
}

std::string capital(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

class Zipf {
 public:
  Zipf() {
    double sum = 0;
    for (std::size_t i = 1; i <= kVocabulary; ++i) sums_.push_back(sum += 1.0 / std::pow(static_cast<double>(i), 1.07));
  }
  std::size_t operator()(Random& random) const {
    const double at = std::uniform_real_distribution<double>(0, sums_.back())(random);
    return static_cast<std::size_t>(std::lower_bound(sums_.begin(), sums_.end(), at) - sums_.begin());
  }

 private:
  std::vector<double> sums_;
};

struct Theme {
  std::vector<std::size_t> words;
  std::vector<std::string> names;  ///< two bodies, two people, two towns
  std::int64_t day = 0;
  int country = 0;
  std::size_t left = 0;
  bool state = false;               ///< the first body is a country
  std::vector<std::string> bodies;  ///< of the first reports, for copies
};

struct Made {
  Record record;
  std::size_t story = 0;
};

class Stream {
 public:
  Stream(std::uint64_t seed, bool archive) : random_(seed), archive_(archive) {}

  Made next() {
    while (open_.size() < 60) open_story();
    const std::size_t slot = random_() % open_.size();
    const std::size_t story = open_[slot];
    Theme& theme = themes_[story];
    Made out;
    out.story = story;
    std::string title;
    for (int i = 0; i < 7; ++i) title += (i ? " " : "") + capital(word(theme, 0.6));
    const bool copy = !theme.bodies.empty() && chance() < kCopies;
    std::string body = copy ? changed(theme.bodies[random_() % theme.bodies.size()]) : fresh(theme);
    if (!copy && theme.bodies.size() < 5) theme.bodies.push_back(body);
    Record& record = out.record;
    record.document = Document::plain(title + ".\n\n" + body);
    Document& d = record.document;
    d.id = fmt::format("r{}", ++count_);
    d.title = title;
    d.publisher = fmt::format("Outlet {}", random_() % 80);
    const std::int64_t day = archive_ ? theme.day + static_cast<std::int64_t>(random_() % 14) : today();
    d.published = story::day_text(day);
    records(record, theme, day);
    if (--theme.left == 0) {
      open_[slot] = open_.back();
      open_.pop_back();
      theme.bodies.clear();
    }
    return out;
  }
  const std::vector<Theme>& themes() const { return themes_; }

 private:
  double chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

  std::int64_t today() const { return 20000 + static_cast<std::int64_t>(count_) / 274; }

  void open_story() {
    Theme theme;
    for (int i = 0; i < 40; ++i) theme.words.push_back(500 + random_() % (kVocabulary - 500));
    const auto name = [&] { return capital(word_of(kVocabulary + random_() % 20000)); };
    for (int i = 0; i < 2; ++i) theme.names.push_back(name() + " " + name());
    for (int i = 0; i < 2; ++i) theme.names.push_back(name() + " " + name());
    for (int i = 0; i < 2; ++i) theme.names.push_back(name());
    theme.day = archive_ ? 20000 + static_cast<std::int64_t>(random_() % 365) : today();
    theme.country = static_cast<int>(20 * std::pow(chance(), 2));
    // 3 to 200, 40 on average.
    theme.left = 3 + static_cast<std::size_t>(197 * std::pow(chance(), 4.3));
    theme.state = themes_.size() % 2 == 0;
    open_.push_back(themes_.size());
    themes_.push_back(std::move(theme));
  }

  std::string word(const Theme& theme, double own) {
    return chance() < own ? word_of(theme.words[random_() % theme.words.size()]) : word_of(zipf_(random_));
  }

  std::string fresh(const Theme& theme) {
    std::string out;
    for (int sentence = 0; sentence < 14; ++sentence) {
      std::string line = theme.names[static_cast<std::size_t>(sentence) % theme.names.size()];
      const std::size_t length = 12 + random_() % 14;
      for (std::size_t i = 0; i < length; ++i) line += " " + word(theme, 0.2);
      out += line + (sentence % 4 == 3 ? ".\n\n" : ". ");
    }
    return out;
  }

  std::string changed(const std::string& body) {
    std::string out;
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t end = std::min(body.find(' ', at), body.size() - 1);
      out += chance() < 0.02 ? word_of(zipf_(random_)) + " " : body.substr(at, end + 1 - at);
      at = end + 1;
    }
    return out;
  }

  void records(Record& record, const Theme& theme, std::int64_t day) {
    const std::string& text = record.document.text();
    const auto at = [&](const std::string& words) -> Span {
      const std::size_t found = text.find(words);
      if (found == std::string::npos) return {0, 1};
      return {static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + words.size())};
    };
    static constexpr EntityKind kKinds[] = {EntityKind::organisation, EntityKind::organisation, EntityKind::person,
                                            EntityKind::person,       EntityKind::place,        EntityKind::place};
    for (std::size_t i = 0; i < theme.names.size(); ++i) {
      Entity e;
      e.id = fmt::format("e{}", i + 1);
      e.kind = i == 0 && theme.state ? EntityKind::country : kKinds[i];
      e.name = theme.names[i];
      e.actor.country = fmt::format("X{:c}{:c}", static_cast<char>('A' + theme.country), static_cast<char>('A' + i % 2));
      e.actor.roles = {i % 2 ? "REB" : "GOV"};
      if (e.kind == EntityKind::country) e.actor.roles.clear();
      e.actor.code = *e.actor.country + (e.actor.roles.empty() ? std::string() : e.actor.roles.front());
      e.mentions.push_back({at(e.name), MentionForm::name});
      record.entities.push_back(std::move(e));
    }
    for (int i = 0; i < 2; ++i) {
      Place p;
      p.id = fmt::format("p{}", i + 1);
      p.name = theme.names[4 + static_cast<std::size_t>(i)];
      p.span = at(p.name);
      p.latitude = static_cast<double>(theme.day % 60);
      p.longitude = static_cast<double>(i);
      record.places.push_back(std::move(p));
    }
    const auto sentence = [&](std::size_t i) -> Span {
      const Span start = record.entities[i % 6].mentions.front().span;
      return {start.begin, std::min<std::uint32_t>(start.begin + 120, record.document.code_points())};
    };
    for (int i = 0; i < 4; ++i) {
      Event e;
      e.id = fmt::format("ev{}", i + 1);
      e.type = static_cast<EventType>(random_() % 16);
      e.actors = {fmt::format("e{}", 1 + random_() % 4)};
      e.recipients = {fmt::format("e{}", 1 + random_() % 4)};
      if (e.actors == e.recipients) e.recipients.clear();
      e.evidence = sentence(static_cast<std::size_t>(i));
      e.trigger = {e.evidence.begin, e.evidence.begin + 3};
      e.date = record.document.published;
      e.place = "p1";
      e.rule = "made up";
      e.confidence = 0.5 + chance() / 2;
      record.events.push_back(std::move(e));
    }
    for (int i = 0; i < 3; ++i) {
      Statement s;
      s.id = fmt::format("s{}", i + 1);
      s.speaker = fmt::format("e{}", 3 + random_() % 2);
      s.act = static_cast<Act>(random_() % 10);
      s.content = {sentence(static_cast<std::size_t>(i))};
      s.cue = {s.content[0].begin, s.content[0].begin + 3};
      record.statements.push_back(std::move(s));
    }
    for (int i = 0; i < 3; ++i) {
      Figure f;
      f.id = fmt::format("f{}", i + 1);
      f.measure = static_cast<Measure>(i * 3);
      f.low = f.high = static_cast<double>(10 * (i + 1) + 3 * (day - theme.day) + (chance() < 0.1 ? 1 + static_cast<std::int64_t>(random_() % 5) : 0));
      f.of = "people";
      f.place = "p1";
      f.span = {0, 3};
      record.figures.push_back(std::move(f));
    }
    if (random_() % 3 == 0) {
      Proposal p;
      p.id = "pr1";
      p.name = "offer";
      p.proposers = {"e3"};
      for (int i = 0; i < 2; ++i) {
        Term t;
        t.id = fmt::format("tm{}", i + 1);
        t.action = i ? "withdrawal" : "release";
        t.by = {i ? "e2" : "e1"};
        t.span = sentence(1);
        p.terms.push_back(std::move(t));
      }
      p.positions.push_back({"e1", Stance::accepts, std::nullopt, std::nullopt, sentence(0)});
      record.proposals.push_back(std::move(p));
    }
    if (random_() % 5 == 0) {
      Channel c;
      c.id = "ch1";
      c.kind = ChannelKind::crossing;
      c.name = theme.names[5];
      c.place = "p2";
      c.state = random_() % 2 ? ChannelState::open : ChannelState::closed;
      c.span = record.places[1].span;
      record.channels.push_back(std::move(c));
    }
  }

  Random random_;
  bool archive_;
  Zipf zipf_;
  std::vector<Theme> themes_;
  std::vector<std::size_t> open_;
  std::size_t count_ = 0;
};

int print_reports(std::size_t count, std::uint64_t seed) {
  Stream stream(seed, false);
  for (std::size_t i = 0; i < count; ++i) {
    const Made made = stream.next();
    const Document& d = made.record.document;
    const nlohmann::ordered_json line{{"id", d.id},       {"title", *d.title}, {"published", *d.published}, {"publisher", *d.publisher},
                                      {"text", d.text()}, {"story", made.story}};
    fmt::print("{}\n", line.dump());
  }
  return 0;
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// BCubed over the reports' stories (Bagga and Baldwin 1998).
void bcubed(const std::vector<std::pair<std::size_t, std::int64_t>>& pairs) {
  std::map<std::size_t, double> gold;
  std::map<std::int64_t, double> found;
  std::map<std::pair<std::size_t, std::int64_t>, double> both;
  for (const auto& pair : pairs) {
    ++gold[pair.first];
    ++found[pair.second];
    ++both[pair];
  }
  double p = 0;
  double r = 0;
  for (const auto& [pair, n] : both) {
    p += n * n / found[pair.second];
    r += n * n / gold[pair.first];
  }
  p /= static_cast<double>(pairs.size());
  r /= static_cast<double>(pairs.size());
  fmt::print("stories: {} told, {} found, BCubed P {:.3f} R {:.3f} F1 {:.3f}\n", gold.size(), found.size(), p, r, 2 * p * r / (p + r));
}

using Truth = std::map<std::string, std::size_t>;

/// Stores `count` reports; `more`: after those that the desk has already.
int fill(std::size_t count, const std::string& path, const std::string& background, Stream& stream, Truth& truth, bool more) {
  if (!more) {
    for (const char* ending : {"", "-wal", "-shm", "-writer"}) std::filesystem::remove(path + ending);
  }
  desk::Writer::Options options;
  options.background = background;
  auto opened = desk::Writer::open(path, options);
  if (!opened) {
    fmt::print(stderr, "{}\n", opened.error().text());
    return 1;
  }
  double storing = 0;
  double before = 0;
  std::int64_t copies = 0;
  {
    desk::Writer writer = std::move(opened).value();
    if (auto query = writer.database().prepare("SELECT count(*) FROM report"); query && query->step()) {
      for (std::int64_t known = query->integer(0); known > 0; --known) (void)stream.next();
    }
    for (std::size_t i = 0; i < count; ++i) {
      const Made made = stream.next();
      truth[made.record.document.id] = made.story;
      const auto start = Clock::now();
      const auto stored = writer.store(made.record, true);
      bool good = stored.ok();
      if (good && (i + 1) % 256 == 0) good = writer.commit().ok();
      if (!good) {
        fmt::print(stderr, "{}\n", stored ? "a commit failed" : stored.error().text());
        return 1;
      }
      storing += Clock::now() - start;
      if ((i + 1) % 10000 == 0) {
        fmt::print("{} stored, the last 10,000 at {:.0f} a CPU second, peak {:.0f} MiB\n", i + 1, 10000.0 / (storing - before), peak_mib());
        before = storing;
        std::fflush(stdout);
      }
    }
    const auto start = Clock::now();
    if (!writer.finish()) return 1;
    if (auto query = writer.database().prepare("SELECT count(original) FROM report"); query && query->step()) copies = query->integer(0);
    storing += Clock::now() - start;
    (void)writer.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  fmt::print("{} reports stored in {:.1f} CPU seconds, {:.0f} a second, {:.1f} % found to be copies, {:.0f} bytes of file a report, peak {:.0f} MiB\n",
             count, storing, static_cast<double>(count) / storing, 100.0 * static_cast<double>(copies) / static_cast<double>(count),
             static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(count), peak_mib());
  return 0;
}

int ask(const std::string& path, const Stream& stream, Truth& truth) {
  auto database = desk::open_for_reading(path);
  if (!database) return 1;
  {
    const auto table = desk::stories(*database, {}, true);
    if (!table) return 1;
    std::vector<std::pair<std::size_t, std::int64_t>> pairs;
    for (const auto& row : table->rows) pairs.emplace_back(truth[std::get<std::string>(row[0])], std::get<std::int64_t>(row[1]));
    bcubed(pairs);
  }
  Random random(7);
  const auto theme = [&]() -> const Theme& { return stream.themes()[random() % stream.themes().size()]; };
  const auto country = [&] { return fmt::format("X{:c}A", static_cast<char>('A' + random() % 20)); };
  const auto last = static_cast<std::int64_t>(std::min<std::size_t>(360, truth.size() / 274));
  const auto day = [&] { return story::day_text(20000 + static_cast<std::int64_t>(random() % static_cast<std::size_t>(last + 1))); };
  const auto story = [&] { return static_cast<std::int64_t>(1 + random() % std::max<std::size_t>(1, truth.size() / 50)); };
  using Ask = std::function<Result<desk::Table>()>;
  const auto with = [&](auto question, auto narrow) -> Ask {
    return [&database, question, narrow] {
      desk::Filter f;
      narrow(f);
      return question(*database, f);
    };
  };
  const std::vector<std::pair<const char*, Ask>> questions{
      {"stories", [&] { return desk::stories(*database, {}, false); }},
      {"timeline, newest", with(desk::timeline, [](desk::Filter&) {})},
      {"timeline of a story", with(desk::timeline, [&](desk::Filter& f) { f.story = story(); })},
      {"timeline of an actor", with(desk::timeline, [&](desk::Filter& f) { f.actors = {theme().names[2]}; })},
      {"events of a country", with(desk::events, [&](desk::Filter& f) { f.countries = {country()}; })},
      {"events of a type in a month", with(desk::events, [&](desk::Filter& f) { f.types = {"ASSAULT"}; f.from = day(); })},
      {"statements of an actor", with(desk::statements, [&](desk::Filter& f) { f.actors = {theme().names[3]}; })},
      {"figures of a story", with(desk::figures, [&](desk::Filter& f) { f.story = story(); })},
      {"figures of a measure", with(desk::figures, [&](desk::Filter& f) { f.types = {"killed"}; f.to = day(); })},
      {"deals of a story", with(desk::deals, [&](desk::Filter& f) { f.story = story(); })},
      {"deals, newest", with(desk::deals, [](desk::Filter&) {})},
      {"channels, newest", with(desk::channels, [](desk::Filter&) {})},
      {"discrepancies, newest", with(desk::discrepancies, [](desk::Filter&) {})},
      {"search, a name", [&] { desk::Filter f; f.limit = 20; return desk::search(*database, theme().names[4], f); }},
      {"search, two words", [&] { desk::Filter f; f.limit = 20; const Theme& t = theme(); return desk::search(*database, word_of(t.words[0]) + " AND " + word_of(t.words[1]), f); }},
      {"search, a common word", [&] { desk::Filter f; f.limit = 20; return desk::search(*database, word_of(20 + random() % 50), f); }},
  };
  fmt::print("{:<30} {:>10} {:>10} {:>8}\n", "question (100 times)", "p50 cpu ms", "p99 cpu ms", "rows");
  for (const auto& [name, ask] : questions) {
    std::vector<double> times;
    std::size_t rows = 0;
    for (int i = 0; i < 100; ++i) {
      const auto start = Clock::now();
      const auto table = ask();
      times.push_back((Clock::now() - start) * 1000);
      if (!table) {
        fmt::print(stderr, "{}: {}\n", name, table.error().text());
        return 1;
      }
      rows += table->rows.size();
    }
    std::sort(times.begin(), times.end());
    fmt::print("{:<30} {:>10.2f} {:>10.2f} {:>8.1f}\n", name, times[50], times[98], static_cast<double>(rows) / 100);
  }
  return 0;
}

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() >= 2 && words[0] == "reports") {
    return parley::print_reports(std::stoul(words[1]), words.size() > 2 ? std::stoul(words[2]) : 1);
  }
  const bool archive = words.size() == 5 && words[4] == "archive";
  if ((words.size() == 4 || archive) && (words[0] == "desk" || words[0] == "more" || words[0] == "ask")) {
    parley::Stream stream(1, archive);
    parley::Truth truth;
    const std::size_t count = std::stoul(words[1]);
    if (words[0] == "ask") {
      for (std::size_t i = 0; i < count; ++i) {
        const parley::Made made = stream.next();
        truth[made.record.document.id] = made.story;
      }
    } else if (const int failed = parley::fill(count, words[2], words[3], stream, truth, words[0] == "more")) {
      return failed;
    }
    if (words[0] == "more") return 0;
    return parley::ask(words[2], stream, truth);
  }
  fmt::print(stderr, "usage: desk_bench reports N [SEED] | desk_bench desk|more|ask N FILE data/story/background.tsv [archive]\n");
  return 2;
}
