#include "brief/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

namespace parley {
namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json optional(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

/// Whole numbers without a decimal point, as readers expect of counts.
Json number(const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  if (std::nearbyint(*value) == *value && std::fabs(*value) < 9e15) {
    return static_cast<std::int64_t>(*value);
  }
  return *value;
}

/// Writes one record. Spans carry their words, so it needs the document at hand.
class Writer {
 public:
  explicit Writer(const Record& record) : record_(record), document_(record.document) {}

  Json value(std::string_view key) const {
    if (key == "document") return document();
    if (key == "entities") return list(record_.entities, [this](const Entity& e) { return entity(e); });
    if (key == "times") return list(record_.times, [this](const Time& t) { return time(t); });
    if (key == "places") return list(record_.places, [this](const Place& p) { return place(p); });
    if (key == "events") return list(record_.events, [this](const Event& e) { return event(e); });
    if (key == "statements") {
      return list(record_.statements, [this](const Statement& s) { return statement(s); });
    }
    if (key == "figures") return list(record_.figures, [this](const Figure& f) { return figure(f); });
    if (key == "proposals") {
      return list(record_.proposals, [this](const Proposal& p) { return proposal(p); });
    }
    if (key == "channels") return list(record_.channels, [this](const Channel& c) { return channel(c); });
    if (key == "brief") {
      return Json{{"takeaways", list(record_.brief.takeaways, line)},
                  {"why_it_matters", list(record_.brief.why_it_matters, line)}};
    }
    return list(record_.discrepancies, discrepancy);
  }

 private:
  template <typename T, typename Function>
  static Json list(const std::vector<T>& items, Function&& to) {
    Json out = Json::array();
    for (const T& item : items) out.push_back(to(item));
    return out;
  }

  Json span(Span s) const {
    return Json{{"begin", s.begin}, {"end", s.end}, {"exact", document_.slice(s)}};
  }
  Json spans(const std::vector<Span>& all) const {
    return list(all, [this](Span s) { return span(s); });
  }

  Json document() const {
    return Json{
        {"id", document_.id.empty() ? Json(nullptr) : Json(document_.id)},
        {"uri", optional(document_.uri)},
        {"publisher", optional(document_.publisher)},
        {"title", optional(document_.title)},
        {"dek", optional(document_.dek)},
        {"byline", document_.byline},
        {"published", optional(document_.published)},
        {"updated", optional(document_.updated)},
        {"language", optional(document_.language)},
        {"truncated", document_.truncated},
        {"text", document_.text()},
        {"sections", list(document_.sections,
                          [this](const Section& s) {
                            return Json{{"kind", name(s.kind)}, {"span", span(s.span)}};
                          })},
        {"takeaways", spans(document_.takeaways)},
    };
  }

  Json entity(const Entity& e) const {
    return Json{
        {"id", e.id},
        {"kind", name(e.kind)},
        {"name", e.name},
        {"actor", Json{{"country", optional(e.actor.country)},
                       {"roles", e.actor.roles},
                       {"code", optional(e.actor.code)}}},
        {"mentions", list(e.mentions,
                          [this](const EntityMention& m) {
                            Json out = span(m.span);
                            out["form"] = name(m.form);
                            return out;
                          })},
    };
  }

  Json time(const Time& t) const {
    return Json{{"id", t.id},         {"span", span(t.span)},         {"type", name(t.type)},
                {"value", t.value},   {"mod", optional(t.mod)},       {"quant", optional(t.quant)},
                {"freq", optional(t.freq)}};
  }

  Json place(const Place& p) const {
    return Json{{"id", p.id},
                {"span", span(p.span)},
                {"use", name(p.use)},
                {"name", p.name},
                {"country", optional(p.country)},
                {"admin", optional(p.admin)},
                {"latitude", optional(p.latitude)},
                {"longitude", optional(p.longitude)},
                {"geonames", optional(p.geonames)}};
  }

  Json event(const Event& e) const {
    return Json{{"id", e.id},
                {"plover", Json{{"event", name(e.type)},
                                {"mode", e.mode},
                                {"context", e.context},
                                {"auxiliary", e.auxiliary}}},
                {"cameo", optional(e.cameo)},
                {"quad", e.quad},
                {"score", e.score},
                {"status", name(e.status)},
                {"actors", e.actors},
                {"recipients", e.recipients},
                {"actor_spans", spans(e.actor_spans)},
                {"recipient_spans", spans(e.recipient_spans)},
                {"date", optional(e.date)},
                {"place", optional(e.place)},
                {"attributed_to", optional(e.attributed_to)},
                {"trigger", span(e.trigger)},
                {"evidence", span(e.evidence)},
                {"by", Json{{"kind", name(e.maker)},
                            {"name", e.rule},
                            {"confidence", std::round(e.confidence * 1000.0) / 1000.0}}}};
  }

  Json statement(const Statement& s) const {
    return Json{{"id", s.id},
                {"speaker", optional(s.speaker)},
                {"addressees", s.addressees},
                {"kind", name(s.kind)},
                {"act", name(s.act)},
                {"cue", span(s.cue)},
                {"source", s.source ? span(*s.source) : Json(nullptr)},
                {"content", spans(s.content)},
                {"about", s.about}};
  }

  Json figure(const Figure& f) const {
    return Json{{"id", f.id},
                {"low", number(f.low)},
                {"high", number(f.high)},
                {"qualifier", optional(f.qualifier)},
                {"measure", name(f.measure)},
                {"of", optional(f.of)},
                {"of_entity", optional(f.of_entity)},
                {"unit", optional(f.unit)},
                {"place", optional(f.place)},
                {"period", Json{{"from", optional(f.period.from)}, {"to", optional(f.period.to)}}},
                {"as_of", optional(f.as_of)},
                {"attributed_to", optional(f.attributed_to)},
                {"part_of", optional(f.part_of)},
                {"span", span(f.span)}};
  }

  Json proposal(const Proposal& p) const {
    return Json{{"id", p.id},
                {"name", p.name},
                {"proposers", p.proposers},
                {"mediators", p.mediators},
                {"addressees", p.addressees},
                {"state", name(p.state)},
                {"terms", list(p.terms,
                               [this](const Term& t) {
                                 return Json{{"id", t.id},
                                             {"action", t.action},
                                             {"by", t.by},
                                             {"for", t.for_},
                                             {"quantity", optional(t.quantity)},
                                             {"phase", optional(t.phase)},
                                             {"condition", optional(t.condition)},
                                             {"span", span(t.span)}};
                               })},
                {"positions", list(p.positions,
                                   [this](const Position& q) {
                                     return Json{{"party", q.party},
                                                 {"stance", name(q.stance)},
                                                 {"on", optional(q.on)},
                                                 {"date", optional(q.date)},
                                                 {"span", span(q.span)}};
                                   })},
                {"sticking_points", spans(p.sticking_points)}};
  }

  Json channel(const Channel& c) const {
    return Json{{"id", c.id},
                {"kind", name(c.kind)},
                {"name", c.name},
                {"place", optional(c.place)},
                {"state", name(c.state)},
                {"by", c.by},
                {"what", optional(c.what)},
                {"figure", optional(c.figure)},
                {"date", optional(c.date)},
                {"span", span(c.span)}};
  }

  static Json line(const BriefLine& l) { return Json{{"text", l.text}, {"cites", l.cites}}; }

  static Json discrepancy(const Discrepancy& d) {
    return Json{{"id", d.id}, {"kind", name(d.kind)}, {"between", d.between}, {"note", d.note}};
  }

  const Record& record_;
  const Document& document_;
};

}  // namespace

const std::vector<std::string>& record_keys() {
  static const std::vector<std::string> keys{
      "document",  "entities",  "times",    "places", "events",       "statements",
      "figures",   "proposals", "channels", "brief",  "discrepancies"};
  return keys;
}

std::string to_json(const Record& record, const JsonOptions& options) {
  const Writer writer(record);
  Json out = Json::object();
  out["id"] = record.document.id.empty() ? Json(nullptr) : Json(record.document.id);
  for (const std::string& key : record_keys()) {
    const bool wanted = options.only.empty() ||
                        std::find(options.only.begin(), options.only.end(), key) != options.only.end();
    if (wanted) out[key] = writer.value(key);
  }
  return out.dump(options.pretty ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

std::string error_json(std::string_view id, const Error& error) {
  Json out{{"id", id.empty() ? Json(nullptr) : Json(id)},
           {"error", Json{{"code", name(error.code)}, {"message", error.text()}}}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace parley
