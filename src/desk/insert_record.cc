#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cctype>
#include <span>

#include "desk/compress.h"
#include "desk/record_rows.h"
#include "text/unicode.h"

namespace parley::desk {
namespace {

using Ids = std::vector<Id>;

std::optional<std::int64_t> local_of(const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  return desk::local_of(*id);
}

std::optional<std::int64_t> nonzero(std::int64_t value) {
  if (value == 0) return std::nullopt;
  return value;
}

/// The actor that this entity is in the desk: the same folded name and code is the same actor.
Result<std::int64_t> actor_of(Database& database, const Entity& entity) {
  const std::string folded = fold_case(entity.name);
  {
    auto query = database.prepare("SELECT id FROM actor WHERE folded = ?1 AND ifnull(code, '') = ?2");
    if (!query) return query.error();
    query->all(folded, entity.actor.code.value_or(""));
    const auto row = query->step();
    if (!row) return row.error();
    if (*row) return query->integer(0);
  }
  {
    auto insert = database.prepare("INSERT INTO actor(name, folded, kind, country, code) VALUES (?, ?, ?, ?, ?)");
    if (!insert) return insert.error();
    insert->all(entity.name, folded, name(entity.kind), entity.actor.country, entity.actor.code);
    PARLEY_TRY(insert->run());
  }
  const std::int64_t id = database.last_row();
  auto word = database.prepare("INSERT OR IGNORE INTO actor_word(word, actor) VALUES (?, ?)");
  if (!word) return word.error();
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) {
      word->all(folded.substr(begin, end - begin), id);
      PARLEY_TRY(word->run());
    }
    begin = end + 1;
  }
  auto role = database.prepare("INSERT OR IGNORE INTO actor_role(actor, role, position) VALUES (?, ?, ?)");
  if (!role) return role.error();
  for (std::size_t i = 0; i < entity.actor.roles.size(); ++i) {
    role->all(id, entity.actor.roles[i], static_cast<std::int64_t>(i));
    PARLEY_TRY(role->run());
  }
  return id;
}

class Inserter {
 public:
  Inserter(Database& database, const ReportRow& row, const Record& record) : database_(database), row_(row), record_(record) {}

  Result<Done> document(const std::string& key) {
    const Document& d = record_.document;
    PARLEY_TRY(put("INSERT INTO report(id, key, uri, publisher, title, dek, published, updated, day, language, truncated, "
                   "fingerprint, version, previous, current, stored_at, chars, story, original, similarity) "
                   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1, ?15, ?16, ?17, ?18, ?19)",
                   row_.id, key, d.uri, d.publisher, d.title, d.dek, d.published, d.updated, row_.day, d.language,
                   d.truncated, row_.fingerprint, row_.version, nonzero(row_.previous), row_.stored_at, d.code_points(),
                   nonzero(row_.story), nonzero(row_.original),
                   row_.original ? std::optional<double>(row_.similarity) : std::nullopt));
    {
      auto content = database_.prepare("INSERT INTO content(report, text) VALUES (?, ?)");
      if (!content) return content.error();
      content->bind(1, row_.id).bind_blob(2, compress(d.text()));
      PARLEY_TRY(content->run());
    }
    for (std::size_t i = 0; i < d.byline.size(); ++i) {
      PARLEY_TRY(put("INSERT INTO byline VALUES (?, ?, ?)", row_.id, number(i), d.byline[i]));
    }
    for (std::size_t i = 0; i < d.sections.size(); ++i) {
      const Section& s = d.sections[i];
      PARLEY_TRY(put("INSERT INTO section VALUES (?, ?, ?, ?, ?)", row_.id, number(i), name(s.kind), s.span.begin,
                     s.span.end));
    }
    return spans("INSERT INTO takeaway VALUES (?, ?, ?, ?)", d.takeaways);
  }

  Result<std::vector<std::int64_t>> entities() {
    std::vector<std::int64_t> actors;
    for (const Entity& e : record_.entities) {
      const auto actor = actor_of(database_, e);
      if (!actor) return actor.error();
      actors.push_back(*actor);
      const std::int64_t local = desk::local_of(e.id);
      PARLEY_TRY(put("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)", row_.id, local, name(e.kind), e.name,
                     e.actor.country, e.actor.code, *actor));
      for (std::size_t i = 0; i < e.actor.roles.size(); ++i) {
        PARLEY_TRY(put("INSERT INTO entity_role VALUES (?, ?, ?, ?)", row_.id, local, number(i), e.actor.roles[i]));
      }
      for (const EntityMention& m : e.mentions) {
        PARLEY_TRY(put("INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?)", row_.id, local, m.span.begin, m.span.end,
                       name(m.form)));
      }
    }
    actors_ = actors;
    return actors;
  }

  Result<Done> times_and_places() {
    for (const Time& t : record_.times) {
      PARLEY_TRY(put("INSERT INTO time VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row_.id, desk::local_of(t.id), t.span.begin,
                     t.span.end, name(t.type), t.value, t.mod, t.quant, t.freq));
    }
    for (const Place& p : record_.places) {
      PARLEY_TRY(put("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row_.id, desk::local_of(p.id),
                     p.span.begin, p.span.end, name(p.use), p.name, p.country, p.admin, p.latitude, p.longitude,
                     p.geonames));
    }
    return Done{};
  }

  Result<Done> event(const Event& e, const EventDays& days) {
    const std::int64_t local = desk::local_of(e.id);
    PARLEY_TRY(put("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 1)", row_.id,
                   local, name(e.type), e.cameo, e.quad, e.score, name(e.status), e.date, days.low, days.high,
                   local_of(e.place), local_of(e.attributed_to), e.trigger.begin, e.trigger.end, e.evidence.begin,
                   e.evidence.end, name(e.maker), e.rule, e.confidence));
    const auto tags = [&](const char* kind, const std::vector<std::string>& values) -> Result<Done> {
      for (std::size_t i = 0; i < values.size(); ++i) {
        PARLEY_TRY(put("INSERT INTO event_tag VALUES (?, ?, ?, ?, ?)", row_.id, local, kind, number(i), values[i]));
      }
      return Done{};
    };
    PARLEY_TRY(tags("mode", e.mode));
    PARLEY_TRY(tags("context", e.context));
    PARLEY_TRY(tags("auxiliary", e.auxiliary));
    const auto parties = [&](const char* role, const Ids& ids, const std::vector<Span>& where) -> Result<Done> {
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const Entity* entity = record_.entity(ids[i]);
        PARLEY_TRY(put("INSERT INTO event_party VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row_.id, local, role, number(i),
                       desk::local_of(ids[i]), actor(ids[i]), entity ? entity->actor.country : std::nullopt, days.low));
      }
      for (std::size_t i = 0; i < where.size(); ++i) {
        PARLEY_TRY(put("INSERT INTO event_span VALUES (?, ?, ?, ?, ?, ?)", row_.id, local, role, number(i),
                       where[i].begin, where[i].end));
      }
      return Done{};
    };
    PARLEY_TRY(parties("actor", e.actors, e.actor_spans));
    return parties("recipient", e.recipients, e.recipient_spans);
  }

  Result<Done> statement(const Statement& s) {
    const std::int64_t local = desk::local_of(s.id);
    const Entity* speaker = s.speaker ? record_.entity(*s.speaker) : nullptr;
    PARLEY_TRY(put("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", row_.id, local,
                   local_of(s.speaker), name(s.kind), name(s.act), s.cue.begin, s.cue.end,
                   s.source ? std::optional(s.source->begin) : std::nullopt,
                   s.source ? std::optional(s.source->end) : std::nullopt,
                   speaker ? std::optional(actor(*s.speaker)) : std::nullopt,
                   speaker ? speaker->actor.country : std::nullopt, row_.day));
    PARLEY_TRY(ids("INSERT INTO statement_addressee VALUES (?, ?, ?, ?)", local, s.addressees));
    for (std::size_t i = 0; i < s.content.size(); ++i) {
      PARLEY_TRY(put("INSERT INTO statement_content VALUES (?, ?, ?, ?, ?)", row_.id, local, number(i),
                     s.content[i].begin, s.content[i].end));
    }
    for (std::size_t i = 0; i < s.about.size(); ++i) {
      PARLEY_TRY(put("INSERT INTO statement_about VALUES (?, ?, ?, ?)", row_.id, local, number(i), s.about[i]));
    }
    return Done{};
  }

  Result<Done> figure(const Figure& f, std::int64_t series) {
    return put("INSERT INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", row_.id,
               desk::local_of(f.id), f.low, f.high, f.qualifier, name(f.measure), f.of, local_of(f.of_entity), f.unit,
               local_of(f.place), f.period.from, f.period.to, f.as_of, local_of(f.attributed_to), local_of(f.part_of),
               f.span.begin, f.span.end, series, nonzero(row_.story), row_.day);
  }

  Result<Done> proposal(const Proposal& p) {
    const std::int64_t local = desk::local_of(p.id);
    PARLEY_TRY(put("INSERT INTO proposal VALUES (?, ?, ?, ?, ?, 1)", row_.id, local, p.name, name(p.state), row_.day));
    const auto parties = [&](const char* role, const Ids& all) -> Result<Done> {
      for (std::size_t i = 0; i < all.size(); ++i) {
        PARLEY_TRY(put("INSERT INTO proposal_party VALUES (?, ?, ?, ?, ?)", row_.id, local, role, number(i),
                       desk::local_of(all[i])));
      }
      return Done{};
    };
    PARLEY_TRY(parties("proposer", p.proposers));
    PARLEY_TRY(parties("mediator", p.mediators));
    PARLEY_TRY(parties("addressee", p.addressees));
    for (std::size_t i = 0; i < p.terms.size(); ++i) {
      const Term& t = p.terms[i];
      const std::int64_t term = desk::local_of(t.id);
      PARLEY_TRY(put("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row_.id, local, number(i), term, t.action,
                     t.quantity, t.phase, t.condition, t.span.begin, t.span.end));
      for (std::size_t k = 0; k < t.by.size(); ++k) {
        PARLEY_TRY(put("INSERT INTO term_party VALUES (?, ?, 'by', ?, ?)", row_.id, term, number(k), desk::local_of(t.by[k])));
      }
      for (std::size_t k = 0; k < t.for_.size(); ++k) {
        PARLEY_TRY(put("INSERT INTO term_party VALUES (?, ?, 'for', ?, ?)", row_.id, term, number(k),
                       desk::local_of(t.for_[k])));
      }
    }
    for (std::size_t i = 0; i < p.positions.size(); ++i) {
      const Position& q = p.positions[i];
      PARLEY_TRY(put("INSERT INTO position VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row_.id, local, number(i),
                     desk::local_of(q.party), name(q.stance), local_of(q.on), q.date, q.span.begin, q.span.end));
    }
    for (std::size_t i = 0; i < p.sticking_points.size(); ++i) {
      PARLEY_TRY(put("INSERT INTO sticking_point VALUES (?, ?, ?, ?, ?)", row_.id, local, number(i),
                     p.sticking_points[i].begin, p.sticking_points[i].end));
    }
    return Done{};
  }

  Result<Done> channel(const Channel& c) {
    const std::int64_t local = desk::local_of(c.id);
    PARLEY_TRY(put("INSERT INTO channel VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", row_.id, local, name(c.kind),
                   c.name, local_of(c.place), name(c.state), c.what, local_of(c.figure), c.date, c.span.begin,
                   c.span.end, row_.day));
    return ids("INSERT INTO channel_party VALUES (?, ?, ?, ?)", local, c.by);
  }

  Result<Done> brief() {
    const auto lines = [&](const char* kind, const std::vector<BriefLine>& all) -> Result<Done> {
      for (std::size_t i = 0; i < all.size(); ++i) {
        PARLEY_TRY(put("INSERT INTO brief_line VALUES (?, ?, ?, ?, ?)", row_.id, kind, number(i), all[i].text,
                       fmt::format("{}", fmt::join(all[i].cites, " "))));
      }
      return Done{};
    };
    PARLEY_TRY(lines("takeaway", record_.brief.takeaways));
    PARLEY_TRY(lines("why_it_matters", record_.brief.why_it_matters));
    for (const Discrepancy& d : record_.discrepancies) {
      PARLEY_TRY(put("INSERT INTO discrepancy VALUES (?, ?, ?, ?, ?)", row_.id, desk::local_of(d.id), name(d.kind),
                     fmt::format("{}", fmt::join(d.between, " ")), d.note));
    }
    return Done{};
  }

 private:
  static std::int64_t number(std::size_t i) { return static_cast<std::int64_t>(i); }

  std::int64_t actor(const Id& id) const {
    const auto index = static_cast<std::size_t>(desk::local_of(id) - 1);
    return index < actors_.size() ? actors_[index] : 0;
  }

  template <typename... T>
  Result<Done> put(std::string_view sql, const T&... values) {
    auto query = database_.prepare(sql);
    if (!query) return query.error();
    query->all(values...);
    return query->run();
  }

  Result<Done> spans(std::string_view sql, const std::vector<Span>& all) {
    for (std::size_t i = 0; i < all.size(); ++i) PARLEY_TRY(put(sql, row_.id, number(i), all[i].begin, all[i].end));
    return Done{};
  }

  Result<Done> ids(std::string_view sql, std::int64_t owner, const Ids& all) {
    for (std::size_t i = 0; i < all.size(); ++i) PARLEY_TRY(put(sql, row_.id, owner, number(i), desk::local_of(all[i])));
    return Done{};
  }

  Database& database_;
  const ReportRow& row_;
  const Record& record_;
  std::vector<std::int64_t> actors_;
};

}  // namespace

std::int64_t local_of(std::string_view id) {
  std::int64_t out = 0;
  for (const char c : id) {
    if (c >= '0' && c <= '9') out = out * 10 + (c - '0');
  }
  return out;
}

Result<std::vector<std::int64_t>> insert_record(Database& database, const ReportRow& row, const std::string& key,
                                                const Record& record, const std::vector<EventDays>& days,
                                                const std::vector<std::int64_t>& series) {
  Inserter inserter(database, row, record);
  PARLEY_TRY(inserter.document(key));
  auto actors = inserter.entities();
  if (!actors) return actors.error();
  PARLEY_TRY(inserter.times_and_places());
  for (std::size_t i = 0; i < record.events.size(); ++i) PARLEY_TRY(inserter.event(record.events[i], days[i]));
  for (const Statement& s : record.statements) PARLEY_TRY(inserter.statement(s));
  for (std::size_t i = 0; i < record.figures.size(); ++i) PARLEY_TRY(inserter.figure(record.figures[i], series[i]));
  for (const Proposal& p : record.proposals) PARLEY_TRY(inserter.proposal(p));
  for (const Channel& c : record.channels) PARLEY_TRY(inserter.channel(c));
  PARLEY_TRY(inserter.brief());
  return actors;
}

}  // namespace parley::desk
