#include "brief/export.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "brief/escape.h"
#include "brief/export_turtle.h"
#include "brief/json.h"
#include "desk/ask_help.h"
#include "desk/record_rows.h"
#include "story/days.h"

namespace parley {
namespace {

using Json = nlohmann::ordered_json;
using desk::Done;

/// One event with all that a format may want of its report.
struct Told {
  const Record& record;
  const Event& event;
  std::int64_t report = 0;
  std::int64_t day = 0;  ///< the report's
  std::string stored_at;
  std::optional<std::int64_t> happening;

  std::string id() const { return fmt::format("{}/{}", record.document.id, event.id); }
  story::DayRange days() const {
    const auto known = event.date ? story::days_of(*event.date) : std::nullopt;
    return known ? *known : story::DayRange{day, day};
  }
  const Place* place() const {
    if (!event.place) return nullptr;
    for (const Place& p : record.places) {
      if (p.id == *event.place) return &p;
    }
    return nullptr;
  }
};

bool happened(Status status) {
  return status == Status::actual || status == Status::ongoing || status == Status::alleged || status == Status::historical;
}

std::string compact(std::int64_t day) {
  std::string out = story::day_text(day);
  out.erase(std::remove(out.begin(), out.end(), '-'), out.end());
  return out;
}

std::string line_of(Json json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

template <typename T>
Json optional(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// Tabs and line ends are the format's own.
std::string flat(std::string_view text) {
  std::string out(text);
  std::replace_if(out.begin(), out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return out;
}

/// "VERB" when a list of actors is empty, so that reciprocal events have both sides: each with each other.
struct Pair {
  const Entity* source = nullptr;
  const Entity* target = nullptr;
};
std::vector<Pair> pairs(const Told& told) {
  std::vector<Pair> out;
  const auto& actors = told.event.actors;
  const auto& recipients = told.event.recipients;
  if (recipients.empty() && actors.size() > 1) {
    for (const Id& a : actors) {
      for (const Id& b : actors) {
        if (a != b) out.push_back({told.record.entity(a), told.record.entity(b)});
      }
    }
    return out;
  }
  for (const Id& a : actors) {
    if (recipients.empty()) out.push_back({told.record.entity(a), nullptr});
    for (const Id& b : recipients) out.push_back({told.record.entity(a), told.record.entity(b)});
  }
  if (actors.empty()) {
    for (const Id& b : recipients) out.push_back({nullptr, told.record.entity(b)});
  }
  return out;
}

std::string code(const Entity* entity) {
  if (!entity) return "---";
  if (entity->actor.code) return *entity->actor.code;
  return entity->actor.country.value_or("---");
}

std::string plover(const Told& told) {
  const auto entities = [&](const std::vector<Id>& ids, const std::vector<Span>& spans) {
    Json list = Json::array();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const Entity* entity = told.record.entity(ids[i]);
      if (!entity) continue;
      list.push_back(Json{{"code", optional(entity->actor.country)},
                          {"sector", entity->actor.roles},
                          {"entity_text", i < spans.size() ? Json(std::string(told.record.document.slice(spans[i]))) : Json(entity->name)},
                          {"identifier_text", entity->name}});
    }
    return list;
  };
  const story::DayRange days = told.days();
  const Place* place = told.place();
  Json location = nullptr;
  if (place) {
    location = Json{{"name", place->name},         {"countryCode", optional(place->country)}, {"adminName1", optional(place->admin)},
                    {"lat", optional(place->latitude)}, {"lng", optional(place->longitude)},       {"geonameId", optional(place->geonames)}};
  }
  const Document& document = told.record.document;
  return line_of(Json{{"id", told.id()},
                      {"has_event", true},
                      {"date", story::day_text(days.low)},
                      {"enddate", story::day_text(days.high)},
                      {"actor", entities(told.event.actors, told.event.actor_spans)},
                      {"recipient", entities(told.event.recipients, told.event.recipient_spans)},
                      {"event", Json::array({name(told.event.type)})},
                      {"event_loc", location},
                      {"event_text", Json::array({std::string(document.slice(told.event.trigger))})},
                      {"quad_code", told.event.quad},
                      {"event_scale", told.event.score},
                      {"mode", told.event.mode},
                      {"context", told.event.context},
                      {"auxiliary", told.event.auxiliary},
                      {"link", told.happening ? Json(std::to_string(*told.happening)) : Json(nullptr)},
                      {"text", std::string(document.slice(told.event.evidence))},
                      {"text_info", Json{{"begin", told.event.evidence.begin}, {"end", told.event.evidence.end}}},
                      {"cite_info", Json{{"id", document.id},
                                         {"url", optional(document.uri)},
                                         {"publication", optional(document.publisher)},
                                         {"title", optional(document.title)},
                                         {"date", optional(document.published)}}},
                      {"coder", "parley"},
                      {"coded_date", told.stored_at.substr(0, 10)},
                      {"comment", fmt::format("status {}; rule {}", name(told.event.status), told.event.rule)}});
}

/// PETRARCH2: date, source, target, code, ids, source of the report.
std::string cameo(const Told& told) {
  if (!told.event.cameo || !happened(told.event.status)) return {};
  std::string out;
  for (const Pair& pair : pairs(told)) {
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", compact(told.days().low), code(pair.source), code(pair.target), *told.event.cameo,
                       flat(told.id()), flat(told.record.document.publisher.value_or("")));
  }
  return out;
}

/// GDELT 2.0's event table (codebook of 2015-02-19): 61 columns, tab-separated, no header.
std::string gdelt(const Told& told, std::int64_t& number) {
  if (!told.event.cameo || !happened(told.event.status)) return {};
  std::string out;
  const story::DayRange days = told.days();
  const std::string day = compact(days.low);
  const Place* place = told.place();
  for (const Pair& pair : pairs(told)) {
    std::vector<std::string> c;
    c.push_back(std::to_string(++number));
    c.push_back(day);
    c.push_back(day.substr(0, 6));
    c.push_back(day.substr(0, 4));
    const std::int64_t first = *story::day_of(day.substr(0, 4));
    c.push_back(fmt::format("{}.{:04d}", day.substr(0, 4), (days.low - first) * 10000 / 366));
    for (const Entity* entity : {pair.source, pair.target}) {
      // Code, name, country, known group, ethnic, religion 1 and 2, type 1 to 3.
      c.push_back(entity ? entity->actor.code.value_or(entity->actor.country.value_or("")) : "");
      c.push_back(entity ? flat(entity->name) : "");
      const std::string country = entity ? entity->actor.country.value_or("") : "";
      const bool state = country != "IGO" && country != "NGO" && country != "IMG" && country != "MNC";
      c.push_back(state ? country : "");
      c.push_back(state ? "" : country);
      c.insert(c.end(), 3, "");
      for (std::size_t i = 0; i < 3; ++i) c.push_back(entity && i < entity->actor.roles.size() ? entity->actor.roles[i] : "");
    }
    const std::string& full = *told.event.cameo;
    c.push_back("1");  // IsRootEvent
    c.push_back(full);
    c.push_back(full.substr(0, 3));
    c.push_back(full.substr(0, 2));
    c.push_back(std::to_string(told.event.quad));
    c.push_back(fmt::format("{:.1f}", told.event.score));
    c.push_back("1");  // mentions, sources, articles: of this account
    c.push_back("1");
    c.push_back("1");
    c.push_back("0");  // tone is not measured
    for (int geography = 0; geography < 3; ++geography) {
      // Actor 1, actor 2, action; only the action's place is known.
      const bool known = geography == 2 && place;
      c.push_back(known ? (place->latitude ? "4" : "1") : "0");
      c.push_back(known ? flat(place->name) : "");
      c.push_back(known ? place->country.value_or("") : "");
      c.push_back(known ? flat(place->admin.value_or("")) : "");
      c.push_back("");
      c.push_back(known && place->latitude ? fmt::format("{}", *place->latitude) : "");
      c.push_back(known && place->longitude ? fmt::format("{}", *place->longitude) : "");
      c.push_back(known && place->geonames ? std::to_string(*place->geonames) : "");
    }
    std::string stored;
    for (const char s : told.stored_at) {
      if (s >= '0' && s <= '9') stored += s;
    }
    c.push_back(stored.substr(0, 14));
    c.push_back(flat(told.record.document.uri.value_or(told.record.document.id)));
    out += fmt::format("{}\n", fmt::join(c, "\t"));
  }
  return out;
}

constexpr const char* kUcdpHeader =
    "id,relid,year,type_of_violence,dyad_name,side_a,side_b,number_of_sources,source_article,source_office,source_date,"
    "source_headline,where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end,deaths_civilians,"
    "best,high,low\n";

/// UCDP GED's columns (version 23.1), those that a report fills, for events that someone was killed in.
std::string ucdp(const Told& told, std::int64_t& number) {
  if (told.event.type != EventType::assault || !happened(told.event.status)) return {};
  const Figure* toll = nullptr;
  for (const Figure& figure : told.record.figures) {
    if (figure.measure == Measure::killed && told.event.evidence.contains(figure.span) && !figure.part_of) {
      toll = &figure;
      break;
    }
  }
  if (!toll || (!toll->low && !toll->high)) return {};
  const double low = toll->low ? *toll->low : 0.0;
  const double high = toll->high ? *toll->high : low;
  // "Best" is UCDP's most likely number: the stated one, of a range its lower end.
  const double best = toll->low ? low : high;
  const auto side = [&](const std::vector<Id>& ids) {
    std::vector<std::string> names;
    for (const Id& id : ids) {
      if (const Entity* entity = told.record.entity(id)) names.push_back(entity->name);
    }
    return names.empty() ? std::string("XXX") : fmt::format("{}", fmt::join(names, ", "));
  };
  const std::string a = side(told.event.actors);
  const std::string b = side(told.event.recipients);
  const story::DayRange days = told.days();
  const std::int64_t width = days.high - days.low;
  const int precision = width == 0 ? 1 : width <= 6 ? 2 : width <= 31 ? 4 : 5;
  const Place* place = told.place();
  const Document& d = told.record.document;
  const std::string start = story::day_text(days.low);
  return fmt::format("{},{},{},{},{},{},{},1,{},{},{},{},{},{},{},{},{},{},{},{},,{:.0f},{:.0f},{:.0f}\n", ++number, csv_field(told.id()),
                     start.substr(0, 4), 1, csv_field(a + " - " + b), csv_field(a), csv_field(b), csv_field(d.id), csv_field(d.publisher.value_or("")),
                     csv_field(d.published.value_or("")), csv_field(d.title.value_or("")), csv_field(place ? place->name : ""),
                     csv_field(place ? place->admin.value_or("") : ""), place && place->latitude ? fmt::format("{}", *place->latitude) : "",
                     place && place->longitude ? fmt::format("{}", *place->longitude) : "", csv_field(place ? place->country.value_or("") : ""),
                     precision, start, story::day_text(days.high), best, high, low);
}

std::string geojson(const Told& told) {
  const Place* place = told.place();
  if (!place || !place->latitude || !place->longitude) return {};
  const auto names = [&](const std::vector<Id>& ids) {
    Json list = Json::array();
    for (const Id& id : ids) {
      if (const Entity* entity = told.record.entity(id)) list.push_back(entity->name);
    }
    return list;
  };
  Json feature{{"type", "Feature"},
               {"id", told.id()},
               {"geometry", Json{{"type", "Point"}, {"coordinates", Json::array({*place->longitude, *place->latitude})}}},
               {"properties", Json{{"type", name(told.event.type)},
                                   {"status", name(told.event.status)},
                                   {"date", optional(told.event.date)},
                                   {"actors", names(told.event.actors)},
                                   {"recipients", names(told.event.recipients)},
                                   {"place", place->name},
                                   {"country", optional(place->country)},
                                   {"happening", optional(told.happening)},
                                   {"report", told.record.document.id},
                                   {"words", std::string(told.record.document.slice(told.event.evidence))}}}};
  return feature.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename T>
bool wanted(const std::vector<T>& list, std::string_view value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

bool has_party(const Record& record, const Event& event, const desk::Filter& filter) {
  if (filter.countries.empty() && filter.roles.empty()) return true;
  for (const auto* ids : {&event.actors, &event.recipients}) {
    for (const Id& id : *ids) {
      const Entity* entity = record.entity(id);
      if (!entity || !wanted(filter.countries, entity->actor.country.value_or(""))) continue;
      if (filter.roles.empty()) return true;
      for (const std::string& role : entity->actor.roles) {
        if (wanted(filter.roles, role)) return true;
      }
    }
  }
  return false;
}

}  // namespace

const std::vector<std::string>& export_formats() {
  static const std::vector<std::string> formats{"plover", "cameo", "gdelt", "ucdp", "geojson", "turtle", "jsonl"};
  return formats;
}

Result<Done> export_desk(desk::Database& database, const std::string& format, const desk::Filter& filter,
                         const std::function<void(std::string_view)>& write) {
  if (std::find(export_formats().begin(), export_formats().end(), format) == export_formats().end()) {
    return Error{Error::Code::usage, fmt::format("no format '{}'; the formats are {}", format, fmt::join(export_formats(), ", ")), ""};
  }
  const auto scope = desk::scope_of(database, filter);
  if (!scope) return scope.error();
  desk::Sql sql;
  sql.add("SELECT r.id, r.day, r.stored_at FROM report r WHERE r.current = 1");
  if (scope->from) sql.add(" AND r.day >= ").value(*scope->from);
  if (scope->to) sql.add(" AND r.day <= ").value(*scope->to);
  desk::report_conditions(sql, filter);
  if (scope->actors) sql.add(" AND EXISTS (SELECT 1 FROM event_party p WHERE p.report = r.id AND p.actor").numbers(*scope->actors).add(")");
  sql.add(" ORDER BY r.id");
  auto query = sql.prepare(database);
  if (!query) return query.error();
  if (format == "ucdp") write(kUcdpHeader);
  if (format == "turtle") write(turtle_prefixes());
  if (format == "geojson") write("{\"type\":\"FeatureCollection\",\"features\":[");
  bool first = true;
  std::int64_t number = 0;
  for (;;) {
    const auto row = query->step();
    if (!row) return row.error();
    if (!*row) break;
    const auto record = desk::load_record(database, query->integer(0));
    if (!record) return record.error();
    if (format == "turtle") write(turtle_report(record->document));
    if (format == "jsonl") {
      write(to_json(*record) + "\n");
      continue;
    }
    for (const Event& event : record->events) {
      if (!wanted(filter.types, name(event.type)) || !wanted(filter.statuses, name(event.status)) ||
          event.confidence < filter.min_confidence || !has_party(*record, event, filter)) {
        continue;
      }
      Told told{*record, event, query->integer(0), query->integer(1), std::string(query->text(2)), std::nullopt};
      {
        auto happening = database.prepare("SELECT happening FROM event WHERE report = ? AND local = ?");
        if (!happening) return happening.error();
        happening->all(told.report, desk::local_of(event.id));
        const auto found = happening->step();
        if (found && *found) told.happening = happening->optional_integer(0);
      }
      const Place* place = told.place();
      if (!desk::near(*scope, filter, place ? std::optional(place->name) : std::nullopt, place ? place->latitude : std::nullopt,
                      place ? place->longitude : std::nullopt)) {
        continue;
      }
      std::string out = format == "plover" ? plover(told)
                        : format == "turtle" ? turtle_event(*record, event, told.happening)
                        : format == "cameo" ? cameo(told)
                        : format == "gdelt" ? gdelt(told, number)
                        : format == "ucdp"  ? ucdp(told, number)
                                            : geojson(told);
      if (out.empty()) continue;
      if (format == "geojson") {
        if (!first) out.insert(out.begin(), ',');
        first = false;
      }
      write(out);
    }
  }
  if (format == "geojson") write("]}\n");
  return Done{};
}

}  // namespace parley
