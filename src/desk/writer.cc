#include "desk/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "desk/happening_rows.h"
#include "desk/record_rows.h"
#include "story/copies.h"
#include "story/figures.h"

namespace parley::desk {
namespace {

constexpr int kMostBand = 8;          // newest reports that a band leads to
constexpr std::size_t kMostCopies = 6;  // of them compared in full
constexpr std::size_t kMostUnsearched = 4 << 20;  // bytes of text
constexpr std::size_t kRefineEvery = 2000;  // reports; fewer than the stories keep in memory

std::string clock_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

}  // namespace

const char* name(Outcome outcome) {
  switch (outcome) {
    case Outcome::added: return "added";
    case Outcome::updated: return "updated";
    case Outcome::unchanged: return "unchanged";
  }
  return "";
}

struct Writer::State {
  State(WriterLock held, Database opened, story::Background words, Options wanted)
      : lock(std::move(held)),
        database(std::move(opened)),
        background(std::move(words)),
        options(std::move(wanted)),
        clusters(background, options.clusters),
        happenings(database) {}

  template <typename... T>
  Result<Done> put(std::string_view sql, const T&... values) {
    auto query = database.prepare(sql);
    if (!query) return query.error();
    query->all(values...);
    return query->run();
  }

  template <typename... T>
  Result<std::optional<std::int64_t>> one(std::string_view sql, const T&... values) {
    auto query = database.prepare(sql);
    if (!query) return query.error();
    query->all(values...);
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row || query->is_null(0)) return std::optional<std::int64_t>();
    return std::optional(query->integer(0));
  }

  Result<Done> restore();
  Result<Done> begin();
  Result<Done> retire(std::int64_t report);

  /// A report that tells the same in the same words.
  struct Copy {
    std::int64_t report = 0;  ///< the original of those found; 0: none
    std::int64_t story = 0;
    double similarity = 0.0;
    bool earlier = false;     ///< the new report was published before it and is the original
  };
  using Bands = std::array<std::int64_t, story::kBands>;
  Result<Copy> find_copy(const Record& record, const std::vector<std::uint64_t>& shingles, const Bands& bands);
  Result<Done> place_in_story(const Record& record, ReportRow& row, const std::vector<story::TermCount>& terms);
  /// Writes the words and bands that were gathered since the last time. Both lie all over their tables: a page that one
  /// report in ten needs is written once for many, not once a commit. A killed writer's are found again by the next one.
  Result<Done> settle();
  /// Puts the texts that came since the last time into the index of words: together, since FTS5 writes what it has
  /// gathered to the desk whenever another statement needs a savepoint of its own, as most of ours do.
  Result<Done> make_searchable();
  Result<Done> refine();

  WriterLock lock;
  Database database;
  story::Background background;
  Options options;
  story::Clusters clusters;
  HappeningRows happenings;
  std::optional<Transaction> transaction;
  std::int64_t next_report = 1;
  std::size_t since_refined = 0;
  struct Unsearched {
    std::int64_t report;
    std::string title, text;
  };
  std::vector<Unsearched> unsearched;
  std::size_t unsearched_bytes = 0;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> young_bands;  ///< reports by band, not in the desk yet
};

Result<Done> Writer::State::restore() {
  auto last = one("SELECT max(id) FROM report");
  if (!last) return last.error();
  next_report = last->value_or(0) + 1;
  auto last_story = one("SELECT max(id) FROM story");
  if (!last_story) return last_story.error();
  auto stories = one("SELECT count(*) FROM story WHERE merged_into IS NULL");
  if (!stories) return stories.error();
  clusters.restore_counts(stories->value_or(0), last_story->value_or(0));
  {
    auto query = database.prepare("SELECT term, reports FROM term_count");
    if (!query) return query.error();
    for (;;) {
      const auto row = query->step();
      if (!row) return row.error();
      if (!*row) break;
      clusters.restore_term(static_cast<std::uint32_t>(query->integer(0)), static_cast<std::uint32_t>(query->integer(1)));
    }
  }
  auto settled = one("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'settled'");
  if (!settled) return settled.error();
  const std::int64_t last_settled = settled->value_or(0);
  // The newest reports of all, in the order they came.
  auto query = database.prepare(
      "SELECT id, story, day, terms FROM (SELECT r.id, r.story, r.day, v.terms FROM report r JOIN vector v ON v.report = r.id "
      "WHERE r.current = 1 AND r.story IS NOT NULL ORDER BY r.id DESC LIMIT ?) ORDER BY id");
  if (!query) return query.error();
  query->bind(1, static_cast<std::int64_t>(options.clusters.most_reports));
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    const std::int64_t report = query->integer(0);
    clusters.restore_report(report, query->integer(1), query->integer(2), story::unpack(query->blob(3)), report <= last_settled);
    if (report <= last_settled) continue;
    const auto text = load_text(database, report);
    if (!text) return text.error();
    for (const std::int64_t band : story::bands(story::shingles(*text))) young_bands[band].push_back(report);
  }
  return Done{};
}

Result<Done> Writer::State::begin() {
  if (transaction) return Done{};
  auto begun = Transaction::begin(database);
  if (!begun) return begun.error();
  transaction.emplace(std::move(*begun));
  return Done{};
}

Result<Done> Writer::State::retire(std::int64_t report) {
  PARLEY_TRY(make_searchable());  // its own text may be among them
  {
    auto title = database.prepare("SELECT title FROM report WHERE id = ?");
    if (!title) return title.error();
    title->bind(1, report);
    const auto row = title->step();
    if (!row) return row.error();
    const std::string words = *row ? std::string(title->text(0)) : std::string();
    const auto text = load_text(database, report);
    if (!text) return text.error();
    PARLEY_TRY(put("INSERT INTO search(search, rowid, title, body) VALUES ('delete', ?, ?, ?)", report, words, *text));
  }
  for (const char* table : {"event", "statement", "figure", "proposal", "channel"}) {
    PARLEY_TRY(put(fmt::format("UPDATE {} SET current = 0 WHERE report = ?", table), report));
  }
  PARLEY_TRY(put("UPDATE report SET current = 0 WHERE id = ?", report));
  PARLEY_TRY(put("UPDATE story SET reports = reports - 1 WHERE id = (SELECT story FROM report WHERE id = ?)", report));
  PARLEY_TRY(happenings.remove(report));
  PARLEY_TRY(put("DELETE FROM vector WHERE report = ?", report));
  clusters.remove(report);
  const auto text = load_text(database, report);
  if (!text) return text.error();
  for (const std::int64_t band : story::bands(story::shingles(*text))) {
    PARLEY_TRY(put("DELETE FROM minhash WHERE band = ? AND report = ?", band, report));
    if (const auto young = young_bands.find(band); young != young_bands.end()) std::erase(young->second, report);
  }
  return Done{};
}

Result<Writer::State::Copy> Writer::State::find_copy(const Record& record, const std::vector<std::uint64_t>& shingles,
                                                     const Bands& bands) {
  Copy out;
  if (shingles.empty()) return out;
  std::map<std::int64_t, int> votes;
  {
    auto query = database.prepare("SELECT report FROM minhash WHERE band = ? ORDER BY report DESC LIMIT ?");
    if (!query) return query.error();
    for (const std::int64_t band : bands) {
      if (const auto young = young_bands.find(band); young != young_bands.end()) {
        const std::size_t most = std::min<std::size_t>(young->second.size(), kMostBand);
        for (auto report = young->second.end() - static_cast<std::ptrdiff_t>(most); report != young->second.end(); ++report) {
          ++votes[*report];
        }
        if (most == kMostBand) continue;
      }
      query->all(band, kMostBand);
      for (;;) {
        const auto found = query->step();
        if (!found) return found.error();
        if (!*found) break;
        ++votes[query->integer(0)];
      }
      query->reset();
    }
  }
  std::vector<std::pair<int, std::int64_t>> ranked;
  for (const auto& [report, count] : votes) ranked.emplace_back(-count, report);
  std::sort(ranked.begin(), ranked.end());
  if (ranked.size() > kMostCopies) ranked.resize(kMostCopies);
  std::int64_t best = 0;
  out.similarity = story::kCopy;
  for (const auto& [count, report] : ranked) {
    const auto text = load_text(database, report);
    if (!text) return text.error();
    const double similarity = story::jaccard(shingles, story::shingles(*text));
    if (similarity >= out.similarity) {
      out.similarity = similarity;
      best = report;
    }
  }
  if (best == 0) return out;
  auto query = database.prepare(
      "SELECT o.id, o.published, o.story FROM report r JOIN report o ON o.id = ifnull(r.original, r.id) WHERE r.id = ?");
  if (!query) return query.error();
  query->bind(1, best);
  const auto found = query->step();
  if (!found) return found.error();
  if (!*found) return out;
  const auto published = query->optional_text(1);
  out.report = query->integer(0);
  out.story = query->integer(2);
  out.earlier = record.document.published && published && *record.document.published < *published;
  return out;
}

Result<Done> Writer::State::place_in_story(const Record& record, ReportRow& row, const std::vector<story::TermCount>& terms) {
  if (row.story != 0) {
    clusters.join(row.id, row.story, row.day, terms);
  } else {
    const auto assigned = clusters.assign(row.id, row.day, terms);
    row.story = assigned.story;
    if (assigned.is_new) {
      PARLEY_TRY(put("INSERT INTO story(id, title, first_day, last_day, reports) VALUES (?, ?, ?, ?, 0)", row.story,
                     std::string(story::title_of(record.document)), row.day, row.day));
      PARLEY_TRY(put("INSERT INTO story_history(story, what, report, at) VALUES (?, 'begun', ?, ?)", row.story, row.id,
                     row.stored_at));
    }
  }
  return put("UPDATE story SET reports = reports + 1, first_day = min(first_day, ?2), last_day = max(last_day, ?2) WHERE id = ?1",
             row.story, row.day);
}

Result<Done> Writer::State::make_searchable() {
  for (const Unsearched& one : unsearched) {
    PARLEY_TRY(put("INSERT INTO search(rowid, title, body) VALUES (?, ?, ?)", one.report, one.title, one.text));
  }
  unsearched.clear();
  unsearched_bytes = 0;
  return Done{};
}

Result<Done> Writer::State::settle() {
  {
    auto query = database.prepare("INSERT OR REPLACE INTO term_count(term, reports) VALUES (?, ?)");
    if (!query) return query.error();
    for (const auto& [term, count] : clusters.take_changed_terms()) {
      query->all(term, count);
      PARLEY_TRY(query->run());
    }
  }
  auto query = database.prepare("INSERT OR IGNORE INTO minhash VALUES (?, ?)");
  if (!query) return query.error();
  std::vector<std::pair<std::int64_t, std::int64_t>> rows;
  for (const auto& [band, reports] : young_bands) {
    for (const std::int64_t report : reports) rows.emplace_back(band, report);
  }
  std::sort(rows.begin(), rows.end());
  for (const auto& [band, report] : rows) {
    query->all(band, report);
    PARLEY_TRY(query->run());
  }
  young_bands.clear();
  return put("INSERT OR REPLACE INTO meta VALUES ('settled', ?)", std::to_string(next_report - 1));
}

Result<Done> Writer::State::refine() {
  const std::string now = options.now.empty() ? clock_text() : options.now;
  using Kind = story::Clusters::Change::Kind;
  for (const story::Clusters::Change& change : clusters.refine()) {
    if (change.kind == Kind::merged) {
      PARLEY_TRY(put("UPDATE story SET reports = reports + g.n, first_day = min(first_day, g.f), last_day = max(last_day, g.l) "
                     "FROM (SELECT reports AS n, first_day AS f, last_day AS l FROM story WHERE id = ?2) AS g WHERE id = ?1",
                     change.other, change.story));
      PARLEY_TRY(put("UPDATE figure SET story = ?1 WHERE report IN (SELECT id FROM report WHERE story = ?2)", change.other,
                     change.story));
      for (const char* table : {"report", "happening", "disagreement"}) {
        PARLEY_TRY(put(fmt::format("UPDATE {} SET story = ?1 WHERE story = ?2", table), change.other, change.story));
      }
      PARLEY_TRY(put("UPDATE story SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2", change.other, change.story));
      PARLEY_TRY(put("INSERT INTO story_history(story, what, other, at) VALUES (?, 'merged into', ?, ?)", change.story,
                     change.other, now));
      continue;
    }
    const auto day = one("SELECT day FROM report WHERE id = ?", change.report);
    if (!day) return day.error();
    if (change.kind == Kind::split) {
      const auto document = load_document(database, change.report);
      if (!document) return document.error();
      PARLEY_TRY(put("INSERT INTO story(id, title, first_day, last_day, reports) VALUES (?, ?, ?, ?, 0)", change.other,
                     story::title_of(*document), day->value_or(0), day->value_or(0)));
    }
    PARLEY_TRY(put("UPDATE story SET reports = reports - 1 WHERE id = ?", change.story));
    PARLEY_TRY(put("UPDATE story SET reports = reports + 1, first_day = min(first_day, ?2), last_day = max(last_day, ?2) "
                   "WHERE id = ?1",
                   change.other, day->value_or(0)));
    PARLEY_TRY(put("UPDATE report SET story = ?1 WHERE id = ?2", change.other, change.report));
    PARLEY_TRY(put("UPDATE figure SET story = ?1 WHERE report = ?2", change.other, change.report));
    PARLEY_TRY(put("UPDATE disagreement SET story = ?1 WHERE report = ?2", change.other, change.report));
    PARLEY_TRY(put("UPDATE happening SET story = ?1 WHERE mentions = 1 AND id IN (SELECT happening FROM event WHERE report = ?2)",
                   change.other, change.report));
    PARLEY_TRY(put("INSERT INTO story_history(story, what, other, report, at) VALUES (?, ?, ?, ?, ?)", change.story,
                   change.kind == Kind::split ? "split into" : "moved to", change.other, change.report, now));
  }
  since_refined = 0;
  return settle();
}

Writer::Writer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Database& Writer::database() { return state_->database; }

Result<Writer> Writer::open(const std::string& path, Options options) {
  auto background = story::Background::load(options.background);
  if (!background) return background.error();
  auto lock = WriterLock::take(path);
  if (!lock) return lock.error();
  auto database = open_for_writing(path);
  if (!database) return database.error();
  auto state = std::make_unique<State>(std::move(*lock), std::move(*database), std::move(*background), std::move(options));
  const auto bare = state->one("SELECT EXISTS (SELECT 1 FROM happening) AND NOT EXISTS (SELECT 1 FROM account)");
  if (!bare) return bare.error();
  if (bare->value_or(0)) {
    PARLEY_TRY(state->begin());
    PARLEY_TRY(state->happenings.index_again());
    PARLEY_TRY(state->transaction->commit());
    state->transaction.reset();
  }
  PARLEY_TRY(state->restore());
  return Writer(std::move(state));
}

Result<bool> Writer::known(const Document& document, bool own_id) {
  const std::string fingerprint = fingerprint_of(document);
  const auto found = find_existing(state_->database, document, fingerprint, own_id);
  if (!found) return found.error();
  return found->has_value() && (*found)->fingerprint == fingerprint;
}

Result<Stored> Writer::store(const Record& record, bool own_id) {
  State& state = *state_;
  PARLEY_TRY(state.begin());
  const Document& document = record.document;
  ReportRow row;
  row.fingerprint = fingerprint_of(document);
  row.stored_at = state.options.now.empty() ? clock_text() : state.options.now;
  const auto found = find_existing(state.database, document, row.fingerprint, own_id);
  if (!found) return found.error();
  Stored out;
  out.key = document.id;
  if (*found && (*found)->fingerprint == row.fingerprint) {
    out.report = (*found)->id;
    out.version = (*found)->version;
    out.outcome = Outcome::unchanged;
    return out;
  }
  row.id = state.next_report++;
  std::optional<std::int64_t> day = story::day_of(document.published.value_or(""));
  if (!day) day = story::day_of(document.updated.value_or(""));
  row.day = day ? *day : story::day_of(row.stored_at).value_or(0);
  std::string key = document.id;
  if (*found) {
    auto before = load_record(state.database, (*found)->id);
    if (!before) return before.error();
    out.outcome = Outcome::updated;
    out.changes = changes_between(*before, record);
    row.version = (*found)->version + 1;
    row.previous = (*found)->id;
    const auto story = state.one("SELECT story FROM report WHERE id = ?", row.previous);
    if (!story) return story.error();
    row.story = story->value_or(0);
    key = before->document.id;
    PARLEY_TRY(state.retire(row.previous));
  }
  const auto shingles = story::shingles(document.text());
  const auto bands = story::bands(shingles);
  const auto copy = state.find_copy(record, shingles, bands);
  if (!copy) return copy.error();
  if (copy->report != 0 && copy->report != row.previous) {
    if (row.story == 0) row.story = copy->story;
    if (!copy->earlier) {
      row.original = copy->report;
      row.similarity = copy->similarity;
    }
  }
  const auto terms = story::count_terms(record, state.background);
  PARLEY_TRY(state.place_in_story(record, row, terms));

  std::vector<EventDays> days;
  days.reserve(record.events.size());
  for (const Event& event : record.events) {
    const auto range = event.date ? story::days_of(*event.date) : std::nullopt;
    days.push_back(range ? EventDays{range->low, range->high} : EventDays{row.day, row.day});
  }
  std::vector<std::int64_t> series;
  series.reserve(record.figures.size());
  for (const Figure& figure : record.figures) series.push_back(story::series_of(record, figure));
  const auto actors = insert_record(state.database, row, key, record, days, series);
  if (!actors) return actors.error();

  for (std::size_t i = 0; i < out.changes.size(); ++i) {
    PARLEY_TRY(state.put("INSERT INTO change VALUES (?, ?, ?, ?)", row.id, static_cast<std::int64_t>(i), out.changes[i].kind,
                         out.changes[i].note));
  }
  if (copy->report != 0 && copy->earlier && copy->report != row.previous) {
    PARLEY_TRY(state.put("UPDATE report SET original = ?1 WHERE original = ?2", row.id, copy->report));
    PARLEY_TRY(state.put("UPDATE report SET original = ?1, similarity = ?3 WHERE id = ?2", row.id, copy->report, copy->similarity));
  }
  if (row.previous != 0) {
    PARLEY_TRY(state.put("UPDATE report SET original = ?1 WHERE original = ?2", row.id, row.previous));
  }
  if (!shingles.empty()) {
    for (const std::int64_t band : bands) state.young_bands[band].push_back(row.id);
  }
  {
    auto query = state.database.prepare("INSERT INTO vector(report, terms) VALUES (?, ?)");
    if (!query) return query.error();
    query->bind(1, row.id).bind_blob(2, story::pack(terms));
    PARLEY_TRY(query->run());
  }
  state.unsearched.push_back({row.id, document.title.value_or(""), document.text()});
  state.unsearched_bytes += document.text().size();
  if (state.unsearched_bytes > kMostUnsearched) PARLEY_TRY(state.make_searchable());
  const HappeningRows::Report about{row.id, row.day, row.story, row.original};
  PARLEY_TRY(state.happenings.add(record, about, *actors));
  PARLEY_TRY(state.happenings.compare_figures(record, about, series));
  out.key = key;
  out.report = row.id;
  out.version = row.version;
  out.story = row.story;
  out.original = row.original;
  if (++state.since_refined >= kRefineEvery) PARLEY_TRY(state.refine());
  return out;
}

Result<Done> Writer::commit() {
  if (!state_->transaction) return Done{};
  PARLEY_TRY(state_->make_searchable());
  PARLEY_TRY(state_->transaction->commit());
  state_->transaction.reset();
  return Done{};
}

Result<Done> Writer::finish() {
  PARLEY_TRY(state_->begin());
  PARLEY_TRY(state_->refine());
  return commit();
}

}  // namespace parley::desk
