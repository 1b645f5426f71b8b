#include "desk/schema.h"

#include <fmt/format.h>

#include <array>

namespace parley::desk {
namespace {

// Tables that belong to one report have (report, local) as their key, `local` being the n of ev<n> and
// its like, and no rowid: a report's records lie together and are read as a range.
//
// `current` is 1 in the newest version of a report; events, figures, statements, proposals and channels repeat it,
// with the report's day and story, so that lists are answered from one index, newest first.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE story (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,
  reports INTEGER NOT NULL, merged_into INTEGER REFERENCES story(id)) STRICT;
CREATE INDEX story_last ON story(last_day) WHERE merged_into IS NULL;
CREATE TABLE story_history (
  id INTEGER PRIMARY KEY, story INTEGER NOT NULL REFERENCES story(id), what TEXT NOT NULL,
  other INTEGER REFERENCES story(id), report INTEGER, at TEXT NOT NULL) STRICT;
CREATE INDEX story_history_story ON story_history(story);

CREATE TABLE report (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, uri TEXT, publisher TEXT, title TEXT, dek TEXT,
  published TEXT, updated TEXT, day INTEGER NOT NULL, language TEXT, truncated INTEGER NOT NULL,
  fingerprint TEXT NOT NULL, version INTEGER NOT NULL, previous INTEGER REFERENCES report(id),
  current INTEGER NOT NULL, stored_at TEXT NOT NULL, chars INTEGER NOT NULL,
  story INTEGER REFERENCES story(id), original INTEGER REFERENCES report(id), similarity REAL) STRICT;
CREATE UNIQUE INDEX report_key ON report(key, version);
CREATE INDEX report_uri ON report(uri) WHERE uri IS NOT NULL;
CREATE INDEX report_fingerprint ON report(fingerprint);
CREATE INDEX report_day ON report(current, day);
CREATE INDEX report_story ON report(story, current, day);
CREATE INDEX report_publisher ON report(publisher COLLATE NOCASE, current, day);
CREATE INDEX report_stored ON report(current, stored_at);
CREATE INDEX report_original ON report(original) WHERE original IS NOT NULL;
CREATE TABLE content (report INTEGER PRIMARY KEY REFERENCES report(id), text BLOB NOT NULL) STRICT;
CREATE TABLE byline (report INTEGER NOT NULL REFERENCES report(id), position INTEGER NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (report, position)) STRICT, WITHOUT ROWID;
CREATE TABLE section (report INTEGER NOT NULL REFERENCES report(id), position INTEGER NOT NULL, kind TEXT NOT NULL,
  "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (report, position)) STRICT, WITHOUT ROWID;
CREATE TABLE takeaway (report INTEGER NOT NULL REFERENCES report(id), position INTEGER NOT NULL,
  "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (report, position)) STRICT, WITHOUT ROWID;
CREATE TABLE change (report INTEGER NOT NULL REFERENCES report(id), position INTEGER NOT NULL, kind TEXT NOT NULL,
  note TEXT NOT NULL, PRIMARY KEY (report, position)) STRICT, WITHOUT ROWID;

CREATE TABLE actor (id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL,
  country TEXT, code TEXT) STRICT;
CREATE UNIQUE INDEX actor_folded ON actor(folded, ifnull(code, ''));
CREATE INDEX actor_code ON actor(code) WHERE code IS NOT NULL;
CREATE INDEX actor_country ON actor(country) WHERE country IS NOT NULL;
CREATE TABLE actor_word (word TEXT NOT NULL, actor INTEGER NOT NULL REFERENCES actor(id),
  PRIMARY KEY (word, actor)) STRICT, WITHOUT ROWID;
CREATE TABLE actor_role (actor INTEGER NOT NULL REFERENCES actor(id), role TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (actor, role)) STRICT, WITHOUT ROWID;

CREATE TABLE entity (report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, country TEXT, code TEXT, actor INTEGER NOT NULL REFERENCES actor(id),
  PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE TABLE entity_role (report INTEGER NOT NULL REFERENCES report(id), entity INTEGER NOT NULL,
  position INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (report, entity, position)) STRICT, WITHOUT ROWID;
CREATE TABLE mention (report INTEGER NOT NULL REFERENCES report(id), entity INTEGER NOT NULL, "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL, form TEXT NOT NULL, PRIMARY KEY (report, entity, "begin", "end")) STRICT, WITHOUT ROWID;

CREATE TABLE time (report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, mod TEXT, quant TEXT, freq TEXT,
  PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE TABLE place (report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL, use TEXT NOT NULL, name TEXT NOT NULL, country TEXT, admin TEXT, latitude REAL,
  longitude REAL, geonames INTEGER, PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE INDEX place_name ON place(name COLLATE NOCASE, report);

CREATE TABLE happening (
  id INTEGER PRIMARY KEY, type TEXT NOT NULL, status TEXT NOT NULL, low_day INTEGER NOT NULL, high_day INTEGER NOT NULL,
  dated INTEGER NOT NULL, place TEXT, country TEXT, latitude REAL, longitude REAL,
  story INTEGER REFERENCES story(id), mentions INTEGER NOT NULL) STRICT;
CREATE INDEX happening_day ON happening(low_day);
CREATE INDEX happening_type ON happening(type, low_day);
CREATE INDEX happening_story ON happening(story, low_day);
CREATE TABLE happening_key (key INTEGER NOT NULL, low_day INTEGER NOT NULL, happening INTEGER NOT NULL
  REFERENCES happening(id), PRIMARY KEY (key, low_day, happening)) STRICT, WITHOUT ROWID;
CREATE INDEX happening_key_happening ON happening_key(happening);
CREATE TABLE happening_actor (actor INTEGER NOT NULL REFERENCES actor(id), low_day INTEGER NOT NULL,
  happening INTEGER NOT NULL REFERENCES happening(id), PRIMARY KEY (actor, low_day, happening)) STRICT, WITHOUT ROWID;
CREATE INDEX happening_actor_happening ON happening_actor(happening);

CREATE TABLE event (
  report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, type TEXT NOT NULL, cameo TEXT,
  quad INTEGER NOT NULL, score REAL NOT NULL, status TEXT NOT NULL, date TEXT, low_day INTEGER NOT NULL,
  high_day INTEGER NOT NULL, place INTEGER, attributed_to INTEGER, trigger_begin INTEGER NOT NULL,
  trigger_end INTEGER NOT NULL, evidence_begin INTEGER NOT NULL, evidence_end INTEGER NOT NULL, maker TEXT NOT NULL,
  rule TEXT NOT NULL, confidence REAL NOT NULL, happening INTEGER REFERENCES happening(id), current INTEGER NOT NULL,
  PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE INDEX event_day ON event(current, low_day);
CREATE INDEX event_type ON event(type, current, low_day);
CREATE INDEX event_status ON event(status, current, low_day);
CREATE INDEX event_happening ON event(happening) WHERE happening IS NOT NULL;
CREATE TABLE event_tag (report INTEGER NOT NULL REFERENCES report(id), event INTEGER NOT NULL, kind TEXT NOT NULL,
  position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (report, event, kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE event_party (report INTEGER NOT NULL REFERENCES report(id), event INTEGER NOT NULL, role TEXT NOT NULL,
  position INTEGER NOT NULL, entity INTEGER NOT NULL, actor INTEGER NOT NULL REFERENCES actor(id), country TEXT,
  low_day INTEGER NOT NULL, PRIMARY KEY (report, event, role, position)) STRICT, WITHOUT ROWID;
CREATE INDEX event_party_actor ON event_party(actor, low_day);
CREATE INDEX event_party_country ON event_party(country, low_day) WHERE country IS NOT NULL;
CREATE TABLE event_span (report INTEGER NOT NULL REFERENCES report(id), event INTEGER NOT NULL, role TEXT NOT NULL,
  position INTEGER NOT NULL, "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (report, event, role, position)) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, speaker INTEGER, kind TEXT NOT NULL,
  act TEXT NOT NULL, cue_begin INTEGER NOT NULL, cue_end INTEGER NOT NULL, source_begin INTEGER, source_end INTEGER,
  actor INTEGER REFERENCES actor(id), country TEXT, day INTEGER NOT NULL, current INTEGER NOT NULL,
  PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE INDEX statement_day ON statement(current, day);
CREATE INDEX statement_act ON statement(act, current, day);
CREATE INDEX statement_actor ON statement(actor, current, day) WHERE actor IS NOT NULL;
CREATE INDEX statement_country ON statement(country, current, day) WHERE country IS NOT NULL;
CREATE TABLE statement_addressee (report INTEGER NOT NULL REFERENCES report(id), statement INTEGER NOT NULL,
  position INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (report, statement, position)) STRICT, WITHOUT ROWID;
CREATE TABLE statement_content (report INTEGER NOT NULL REFERENCES report(id), statement INTEGER NOT NULL,
  position INTEGER NOT NULL, "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (report, statement, position)) STRICT, WITHOUT ROWID;
CREATE TABLE statement_about (report INTEGER NOT NULL REFERENCES report(id), statement INTEGER NOT NULL,
  position INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (report, statement, position)) STRICT, WITHOUT ROWID;

CREATE TABLE figure (
  report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, low REAL, high REAL, qualifier TEXT,
  measure TEXT NOT NULL, of TEXT, of_entity INTEGER, unit TEXT, place INTEGER, period_from TEXT, period_to TEXT,
  as_of TEXT, attributed_to INTEGER, part_of INTEGER, "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  series INTEGER NOT NULL, story INTEGER, day INTEGER NOT NULL, current INTEGER NOT NULL,
  PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE INDEX figure_day ON figure(current, day);
CREATE INDEX figure_measure ON figure(measure, current, day);
CREATE INDEX figure_series ON figure(series, current, day);

CREATE TABLE proposal (report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, name TEXT NOT NULL,
  state TEXT NOT NULL, day INTEGER NOT NULL, current INTEGER NOT NULL, PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_day ON proposal(current, day);
CREATE TABLE proposal_party (report INTEGER NOT NULL REFERENCES report(id), proposal INTEGER NOT NULL, role TEXT NOT NULL,
  position INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (report, proposal, role, position)) STRICT, WITHOUT ROWID;
CREATE TABLE term (report INTEGER NOT NULL REFERENCES report(id), proposal INTEGER NOT NULL, position INTEGER NOT NULL,
  local INTEGER NOT NULL, action TEXT NOT NULL, quantity TEXT, phase TEXT, condition TEXT, "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL, PRIMARY KEY (report, proposal, position)) STRICT, WITHOUT ROWID;
CREATE TABLE term_party (report INTEGER NOT NULL REFERENCES report(id), term INTEGER NOT NULL, role TEXT NOT NULL,
  position INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (report, term, role, position)) STRICT, WITHOUT ROWID;
CREATE TABLE position (report INTEGER NOT NULL REFERENCES report(id), proposal INTEGER NOT NULL, position INTEGER NOT NULL,
  party INTEGER NOT NULL, stance TEXT NOT NULL, term INTEGER, date TEXT, "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (report, proposal, position)) STRICT, WITHOUT ROWID;
CREATE TABLE sticking_point (report INTEGER NOT NULL REFERENCES report(id), proposal INTEGER NOT NULL,
  position INTEGER NOT NULL, "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL,
  PRIMARY KEY (report, proposal, position)) STRICT, WITHOUT ROWID;

CREATE TABLE channel (report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, kind TEXT NOT NULL,
  name TEXT NOT NULL, place INTEGER, state TEXT NOT NULL, what TEXT, figure INTEGER, date TEXT, "begin" INTEGER NOT NULL,
  "end" INTEGER NOT NULL, day INTEGER NOT NULL, current INTEGER NOT NULL, PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;
CREATE INDEX channel_day ON channel(current, day);
CREATE TABLE channel_party (report INTEGER NOT NULL REFERENCES report(id), channel INTEGER NOT NULL,
  position INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (report, channel, position)) STRICT, WITHOUT ROWID;

CREATE TABLE brief_line (report INTEGER NOT NULL REFERENCES report(id), kind TEXT NOT NULL, position INTEGER NOT NULL,
  text TEXT NOT NULL, cites TEXT NOT NULL, PRIMARY KEY (report, kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE discrepancy (report INTEGER NOT NULL REFERENCES report(id), local INTEGER NOT NULL, kind TEXT NOT NULL,
  "between" TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (report, local)) STRICT, WITHOUT ROWID;

CREATE TABLE disagreement (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, story INTEGER REFERENCES story(id), day INTEGER NOT NULL, weight REAL NOT NULL,
  report INTEGER NOT NULL REFERENCES report(id), item TEXT NOT NULL, other_report INTEGER NOT NULL REFERENCES report(id),
  other_item TEXT NOT NULL, note TEXT NOT NULL, current INTEGER NOT NULL) STRICT;
CREATE INDEX disagreement_day ON disagreement(current, day);
CREATE INDEX disagreement_story ON disagreement(story, current, weight);
CREATE INDEX disagreement_report ON disagreement(report);
CREATE INDEX disagreement_other ON disagreement(other_report);

CREATE TABLE vector (report INTEGER PRIMARY KEY REFERENCES report(id), terms BLOB NOT NULL) STRICT;
CREATE TABLE term_count (term INTEGER PRIMARY KEY, reports INTEGER NOT NULL) STRICT;
CREATE TABLE minhash (band INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES report(id),
  PRIMARY KEY (band, report)) STRICT, WITHOUT ROWID;

CREATE VIEW search_source AS
  SELECT id, ifnull(title, '') AS title, report_text(id) AS body FROM report WHERE current = 1;
CREATE VIRTUAL TABLE search USING fts5(title, body, content='search_source', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2');
)sql";

/// What `parley watch` knows of the addresses it fetched.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE watched (
  uri TEXT PRIMARY KEY, kind TEXT NOT NULL, stamp TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
  failures INTEGER NOT NULL, not_before INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX watched_due ON watched(not_before) WHERE failures > 0;
)sql";

/// The first accounts of each happening as they are compared. Keys lead to happenings that may be gone: they are looked at
/// before they count. `settled` in meta: the last report whose words and bands are in term_count and minhash.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE account (happening INTEGER NOT NULL, report INTEGER NOT NULL, local INTEGER NOT NULL, packed BLOB NOT NULL,
  PRIMARY KEY (happening, report, local)) STRICT, WITHOUT ROWID;
DROP TABLE happening_key;
CREATE TABLE happening_key (key INTEGER NOT NULL, low_day INTEGER NOT NULL, happening INTEGER NOT NULL,
  PRIMARY KEY (key, low_day, happening)) STRICT, WITHOUT ROWID;
INSERT INTO meta SELECT 'settled', ifnull(max(id), 0) FROM report;
)sql";

constexpr std::array<const char*, kSchemaVersion> kSteps{kVersion1, kVersion2, kVersion3};

Result<int> pragma(Database& database, const char* sql) {
  auto query = database.prepare(sql);
  if (!query) return query.error();
  const auto row = query->step();
  if (!row) return row.error();
  return *row ? static_cast<int>(query->integer(0)) : 0;
}

/// The desk's version; 0 for a file that has nothing in it yet.
Result<int> version_of(Database& database) {
  const auto id = pragma(database, "PRAGMA application_id");
  if (!id) return id.error();
  const auto version = pragma(database, "PRAGMA user_version");
  if (!version) return version.error();
  const auto tables = pragma(database, "SELECT count(*) FROM sqlite_schema");
  if (!tables) return tables.error();
  if (*tables == 0) return 0;
  if (*id != kApplicationId) {
    return Error{Error::Code::mismatch, "this is a database, but no desk; give a desk that parley ingest made, or a new name",
                 database.path()};
  }
  if (*version > kSchemaVersion) {
    return Error{Error::Code::mismatch,
                 fmt::format("this desk is of version {}, and this Parley knows versions up to {}; use the newer Parley "
                             "that made it",
                             *version, kSchemaVersion),
                 database.path()};
  }
  return *version;
}

}  // namespace

Result<Done> migrate(Database& database) {
  auto version = version_of(database);
  if (!version) return version.error();
  if (*version == kSchemaVersion) return Done{};
  auto transaction = Transaction::begin(database);
  if (!transaction) return transaction.error();
  // Someone may have been quicker.
  version = version_of(database);
  if (!version) return version.error();
  for (int step = *version; step < kSchemaVersion; ++step) {
    PARLEY_TRY(database.execute(kSteps[static_cast<std::size_t>(step)]));
  }
  PARLEY_TRY(database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId,
                                          kSchemaVersion)));
  return transaction->commit();
}

Result<Done> check_version(Database& database) {
  const auto version = version_of(database);
  if (!version) return version.error();
  if (*version < kSchemaVersion) {
    return Error{Error::Code::mismatch,
                 *version == 0 ? "there is nothing in this desk yet; fill it with parley ingest SOURCE --desk FILE"
                               : "this desk is of an older version; parley ingest --desk FILE brings it up to date",
                 database.path()};
  }
  return Done{};
}

}  // namespace parley::desk
