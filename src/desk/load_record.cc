#include <fmt/format.h>

#include <map>

#include "desk/compress.h"
#include "desk/record_rows.h"

namespace parley::desk {
namespace {

/// The value of a name, by asking each value for its own. Enumerations here have at most 22 values.
template <typename E>
Result<E> value_of(std::string_view wanted, E last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (wanted == name(static_cast<E>(i))) return static_cast<E>(i);
  }
  return Error{Error::Code::mismatch, "the desk holds '" + std::string(wanted) + "', which this Parley does not know", ""};
}

#define PARLEY_ENUM(target, text, last)              \
  do {                                               \
    const auto parley_value = value_of(text, last);  \
    if (!parley_value) return parley_value.error();  \
    target = *parley_value;                          \
  } while (false)

std::string id(const char* prefix, std::int64_t local) { return fmt::format("{}{}", prefix, local); }

std::optional<Id> optional_id(const Query& q, int column, const char* prefix) {
  if (q.is_null(column)) return std::nullopt;
  return id(prefix, q.integer(column));
}

Span span(const Query& q, int column) {
  return {static_cast<std::uint32_t>(q.integer(column)), static_cast<std::uint32_t>(q.integer(column + 1))};
}

std::vector<Id> words(std::string_view text) {
  std::vector<Id> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

class Loader {
 public:
  Loader(Database& database, std::int64_t report) : database_(database), report_(report) {}

  /// Calls `row` for each row of a query that has the report as its one value.
  template <typename Row>
  Result<Done> each(std::string_view sql, Row row) {
    auto query = database_.prepare(sql);
    if (!query) return query.error();
    query->bind(1, report_);
    for (;;) {
      const auto more = query->step();
      if (!more) return more.error();
      if (!*more) return Done{};
      PARLEY_TRY(row(*query));
    }
  }

  Result<Document> document() {
    Document out;
    bool found = false;
    PARLEY_TRY(each("SELECT key, uri, publisher, title, dek, published, updated, language, truncated FROM report WHERE id = ?",
                    [&](const Query& q) -> Result<Done> {
                      found = true;
                      out.id = q.text(0);
                      out.uri = q.optional_text(1);
                      out.publisher = q.optional_text(2);
                      out.title = q.optional_text(3);
                      out.dek = q.optional_text(4);
                      out.published = q.optional_text(5);
                      out.updated = q.optional_text(6);
                      out.language = q.optional_text(7);
                      out.truncated = q.integer(8) != 0;
                      return Done{};
                    }));
    if (!found) {
      return Error{Error::Code::not_found, "the desk has no report number " + std::to_string(report_), database_.path()};
    }
    auto text = load_text(database_, report_);
    if (!text) return text.error();
    out.set_text(std::move(*text));
    PARLEY_TRY(each("SELECT name FROM byline WHERE report = ? ORDER BY position", [&](const Query& q) -> Result<Done> {
      out.byline.emplace_back(q.text(0));
      return Done{};
    }));
    PARLEY_TRY(each("SELECT kind, \"begin\", \"end\" FROM section WHERE report = ? ORDER BY position",
                    [&](const Query& q) -> Result<Done> {
                      Section s;
                      PARLEY_ENUM(s.kind, q.text(0), SectionKind::boilerplate);
                      s.span = span(q, 1);
                      out.sections.push_back(s);
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT \"begin\", \"end\" FROM takeaway WHERE report = ? ORDER BY position",
                    [&](const Query& q) -> Result<Done> {
                      out.takeaways.push_back(span(q, 0));
                      return Done{};
                    }));
    return out;
  }

  Result<Done> entities(Record& out) {
    std::map<std::int64_t, std::size_t> at;
    PARLEY_TRY(each("SELECT local, kind, name, country, code FROM entity WHERE report = ? ORDER BY local",
                    [&](const Query& q) -> Result<Done> {
                      Entity e;
                      e.id = id("e", q.integer(0));
                      PARLEY_ENUM(e.kind, q.text(1), EntityKind::other);
                      e.name = q.text(2);
                      e.actor.country = q.optional_text(3);
                      e.actor.code = q.optional_text(4);
                      at[q.integer(0)] = out.entities.size();
                      out.entities.push_back(std::move(e));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT entity, role FROM entity_role WHERE report = ? ORDER BY entity, position",
                    [&](const Query& q) -> Result<Done> {
                      out.entities[at[q.integer(0)]].actor.roles.emplace_back(q.text(1));
                      return Done{};
                    }));
    return each("SELECT entity, form, \"begin\", \"end\" FROM mention WHERE report = ? ORDER BY entity, \"begin\", \"end\"",
                [&](const Query& q) -> Result<Done> {
                  EntityMention m;
                  PARLEY_ENUM(m.form, q.text(1), MentionForm::adjective);
                  m.span = span(q, 2);
                  out.entities[at[q.integer(0)]].mentions.push_back(m);
                  return Done{};
                });
  }

  Result<Done> times_and_places(Record& out) {
    PARLEY_TRY(each("SELECT local, \"begin\", \"end\", type, value, mod, quant, freq FROM time WHERE report = ? ORDER BY local",
                    [&](const Query& q) -> Result<Done> {
                      Time t;
                      t.id = id("t", q.integer(0));
                      t.span = span(q, 1);
                      PARLEY_ENUM(t.type, q.text(3), TimeType::set);
                      t.value = q.text(4);
                      t.mod = q.optional_text(5);
                      t.quant = q.optional_text(6);
                      t.freq = q.optional_text(7);
                      out.times.push_back(std::move(t));
                      return Done{};
                    }));
    return each("SELECT local, \"begin\", \"end\", use, name, country, admin, latitude, longitude, geonames FROM place "
                "WHERE report = ? ORDER BY local",
                [&](const Query& q) -> Result<Done> {
                  Place p;
                  p.id = id("p", q.integer(0));
                  p.span = span(q, 1);
                  PARLEY_ENUM(p.use, q.text(3), PlaceUse::adjective);
                  p.name = q.text(4);
                  p.country = q.optional_text(5);
                  p.admin = q.optional_text(6);
                  p.latitude = q.optional_real(7);
                  p.longitude = q.optional_real(8);
                  p.geonames = q.optional_integer(9);
                  out.places.push_back(std::move(p));
                  return Done{};
                });
  }

  Result<Done> events(Record& out) {
    std::map<std::int64_t, std::size_t> at;
    PARLEY_TRY(each("SELECT local, type, cameo, quad, score, status, date, place, attributed_to, trigger_begin, trigger_end, "
                    "evidence_begin, evidence_end, maker, rule, confidence FROM event WHERE report = ? ORDER BY local",
                    [&](const Query& q) -> Result<Done> {
                      Event e;
                      e.id = id("ev", q.integer(0));
                      PARLEY_ENUM(e.type, q.text(1), EventType::assault);
                      e.cameo = q.optional_text(2);
                      e.quad = static_cast<int>(q.integer(3));
                      e.score = q.real(4);
                      PARLEY_ENUM(e.status, q.text(5), Status::historical);
                      e.date = q.optional_text(6);
                      e.place = optional_id(q, 7, "p");
                      e.attributed_to = optional_id(q, 8, "e");
                      e.trigger = span(q, 9);
                      e.evidence = span(q, 11);
                      PARLEY_ENUM(e.maker, q.text(13), Maker::both);
                      e.rule = q.text(14);
                      e.confidence = q.real(15);
                      at[q.integer(0)] = out.events.size();
                      out.events.push_back(std::move(e));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT event, kind, value FROM event_tag WHERE report = ? ORDER BY event, kind, position",
                    [&](const Query& q) -> Result<Done> {
                      Event& e = out.events[at[q.integer(0)]];
                      auto& list = q.text(1) == "mode" ? e.mode : q.text(1) == "context" ? e.context : e.auxiliary;
                      list.emplace_back(q.text(2));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT event, role, entity FROM event_party WHERE report = ? ORDER BY event, role, position",
                    [&](const Query& q) -> Result<Done> {
                      Event& e = out.events[at[q.integer(0)]];
                      (q.text(1) == "actor" ? e.actors : e.recipients).push_back(id("e", q.integer(2)));
                      return Done{};
                    }));
    return each("SELECT event, role, \"begin\", \"end\" FROM event_span WHERE report = ? ORDER BY event, role, position",
                [&](const Query& q) -> Result<Done> {
                  Event& e = out.events[at[q.integer(0)]];
                  (q.text(1) == "actor" ? e.actor_spans : e.recipient_spans).push_back(span(q, 2));
                  return Done{};
                });
  }

  Result<Done> statements(Record& out) {
    std::map<std::int64_t, std::size_t> at;
    PARLEY_TRY(each("SELECT local, speaker, kind, act, cue_begin, cue_end, source_begin, source_end FROM statement "
                    "WHERE report = ? ORDER BY local",
                    [&](const Query& q) -> Result<Done> {
                      Statement s;
                      s.id = id("s", q.integer(0));
                      s.speaker = optional_id(q, 1, "e");
                      PARLEY_ENUM(s.kind, q.text(2), StatementKind::mixed);
                      PARLEY_ENUM(s.act, q.text(3), Act::neutral);
                      s.cue = span(q, 4);
                      if (!q.is_null(6)) s.source = span(q, 6);
                      at[q.integer(0)] = out.statements.size();
                      out.statements.push_back(std::move(s));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT statement, entity FROM statement_addressee WHERE report = ? ORDER BY statement, position",
                    [&](const Query& q) -> Result<Done> {
                      out.statements[at[q.integer(0)]].addressees.push_back(id("e", q.integer(1)));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT statement, \"begin\", \"end\" FROM statement_content WHERE report = ? ORDER BY statement, position",
                    [&](const Query& q) -> Result<Done> {
                      out.statements[at[q.integer(0)]].content.push_back(span(q, 1));
                      return Done{};
                    }));
    return each("SELECT statement, id FROM statement_about WHERE report = ? ORDER BY statement, position",
                [&](const Query& q) -> Result<Done> {
                  out.statements[at[q.integer(0)]].about.emplace_back(q.text(1));
                  return Done{};
                });
  }

  Result<Done> figures(Record& out) {
    return each("SELECT local, low, high, qualifier, measure, of, of_entity, unit, place, period_from, period_to, as_of, "
                "attributed_to, part_of, \"begin\", \"end\" FROM figure WHERE report = ? ORDER BY local",
                [&](const Query& q) -> Result<Done> {
                  Figure f;
                  f.id = id("f", q.integer(0));
                  f.low = q.optional_real(1);
                  f.high = q.optional_real(2);
                  f.qualifier = q.optional_text(3);
                  PARLEY_ENUM(f.measure, q.text(4), Measure::other);
                  f.of = q.optional_text(5);
                  f.of_entity = optional_id(q, 6, "e");
                  f.unit = q.optional_text(7);
                  f.place = optional_id(q, 8, "p");
                  f.period = {q.optional_text(9), q.optional_text(10)};
                  f.as_of = q.optional_text(11);
                  f.attributed_to = optional_id(q, 12, "e");
                  f.part_of = optional_id(q, 13, "f");
                  f.span = span(q, 14);
                  out.figures.push_back(std::move(f));
                  return Done{};
                });
  }

  Result<Done> proposals(Record& out) {
    std::map<std::int64_t, std::size_t> at;
    std::map<std::int64_t, Term*> terms;
    PARLEY_TRY(each("SELECT local, name, state FROM proposal WHERE report = ? ORDER BY local",
                    [&](const Query& q) -> Result<Done> {
                      Proposal p;
                      p.id = id("pr", q.integer(0));
                      p.name = q.text(1);
                      PARLEY_ENUM(p.state, q.text(2), ProposalState::collapsed);
                      at[q.integer(0)] = out.proposals.size();
                      out.proposals.push_back(std::move(p));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT proposal, role, entity FROM proposal_party WHERE report = ? ORDER BY proposal, role, position",
                    [&](const Query& q) -> Result<Done> {
                      Proposal& p = out.proposals[at[q.integer(0)]];
                      auto& list = q.text(1) == "proposer"   ? p.proposers
                                   : q.text(1) == "mediator" ? p.mediators
                                                             : p.addressees;
                      list.push_back(id("e", q.integer(2)));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT proposal, local, action, quantity, phase, condition, \"begin\", \"end\" FROM term WHERE report = ? "
                    "ORDER BY proposal, position",
                    [&](const Query& q) -> Result<Done> {
                      Term t;
                      t.id = id("tm", q.integer(1));
                      t.action = q.text(2);
                      t.quantity = q.optional_text(3);
                      t.phase = q.optional_text(4);
                      t.condition = q.optional_text(5);
                      t.span = span(q, 6);
                      out.proposals[at[q.integer(0)]].terms.push_back(std::move(t));
                      return Done{};
                    }));
    for (Proposal& p : out.proposals) {
      for (Term& t : p.terms) terms[local_of(t.id)] = &t;
    }
    PARLEY_TRY(each("SELECT term, role, entity FROM term_party WHERE report = ? ORDER BY term, role, position",
                    [&](const Query& q) -> Result<Done> {
                      Term& t = *terms[q.integer(0)];
                      (q.text(1) == "by" ? t.by : t.for_).push_back(id("e", q.integer(2)));
                      return Done{};
                    }));
    PARLEY_TRY(each("SELECT proposal, party, stance, term, date, \"begin\", \"end\" FROM position WHERE report = ? "
                    "ORDER BY proposal, position",
                    [&](const Query& q) -> Result<Done> {
                      Position p;
                      p.party = id("e", q.integer(1));
                      PARLEY_ENUM(p.stance, q.text(2), Stance::undecided);
                      p.on = optional_id(q, 3, "tm");
                      p.date = q.optional_text(4);
                      p.span = span(q, 5);
                      out.proposals[at[q.integer(0)]].positions.push_back(std::move(p));
                      return Done{};
                    }));
    return each("SELECT proposal, \"begin\", \"end\" FROM sticking_point WHERE report = ? ORDER BY proposal, position",
                [&](const Query& q) -> Result<Done> {
                  out.proposals[at[q.integer(0)]].sticking_points.push_back(span(q, 1));
                  return Done{};
                });
  }

  Result<Done> channels(Record& out) {
    std::map<std::int64_t, std::size_t> at;
    PARLEY_TRY(each("SELECT local, kind, name, place, state, what, figure, date, \"begin\", \"end\" FROM channel "
                    "WHERE report = ? ORDER BY local",
                    [&](const Query& q) -> Result<Done> {
                      Channel c;
                      c.id = id("ch", q.integer(0));
                      PARLEY_ENUM(c.kind, q.text(1), ChannelKind::other);
                      c.name = q.text(2);
                      c.place = optional_id(q, 3, "p");
                      PARLEY_ENUM(c.state, q.text(4), ChannelState::used);
                      c.what = q.optional_text(5);
                      c.figure = optional_id(q, 6, "f");
                      c.date = q.optional_text(7);
                      c.span = span(q, 8);
                      at[q.integer(0)] = out.channels.size();
                      out.channels.push_back(std::move(c));
                      return Done{};
                    }));
    return each("SELECT channel, entity FROM channel_party WHERE report = ? ORDER BY channel, position",
                [&](const Query& q) -> Result<Done> {
                  out.channels[at[q.integer(0)]].by.push_back(id("e", q.integer(1)));
                  return Done{};
                });
  }

  Result<Done> brief(Record& out) {
    PARLEY_TRY(each("SELECT kind, text, cites FROM brief_line WHERE report = ? ORDER BY kind, position",
                    [&](const Query& q) -> Result<Done> {
                      auto& lines = q.text(0) == "takeaway" ? out.brief.takeaways : out.brief.why_it_matters;
                      lines.push_back({std::string(q.text(1)), words(q.text(2))});
                      return Done{};
                    }));
    return each("SELECT local, kind, \"between\", note FROM discrepancy WHERE report = ? ORDER BY local",
                [&](const Query& q) -> Result<Done> {
                  Discrepancy d;
                  d.id = id("d", q.integer(0));
                  PARLEY_ENUM(d.kind, q.text(1), DiscrepancyKind::revision);
                  d.between = words(q.text(2));
                  d.note = q.text(3);
                  out.discrepancies.push_back(std::move(d));
                  return Done{};
                });
  }

 private:
  Database& database_;
  std::int64_t report_;
};

}  // namespace

Result<std::string> load_text(Database& database, std::int64_t report) {
  auto query = database.prepare("SELECT text FROM content WHERE report = ?");
  if (!query) return query.error();
  query->bind(1, report);
  const auto row = query->step();
  if (!row) return row.error();
  if (!*row) return Error{Error::Code::not_found, "the desk has no text of report number " + std::to_string(report), database.path()};
  auto text = decompress(query->blob(0));
  if (!text) return Error{text.error().code, text.error().message, database.path() + ": report " + std::to_string(report)};
  return text;
}

Result<Document> load_document(Database& database, std::int64_t report) { return Loader(database, report).document(); }

Result<Record> load_record(Database& database, std::int64_t report) {
  Loader loader(database, report);
  auto document = loader.document();
  if (!document) return document.error();
  Record out;
  out.document = std::move(*document);
  PARLEY_TRY(loader.entities(out));
  PARLEY_TRY(loader.times_and_places(out));
  PARLEY_TRY(loader.events(out));
  PARLEY_TRY(loader.statements(out));
  PARLEY_TRY(loader.figures(out));
  PARLEY_TRY(loader.proposals(out));
  PARLEY_TRY(loader.channels(out));
  PARLEY_TRY(loader.brief(out));
  return out;
}

}  // namespace parley::desk
