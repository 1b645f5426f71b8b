#include "brief/export_turtle.h"

#include <fmt/format.h>

#include <string_view>

namespace parley {
namespace {

/// Part of an IRI: all but letters, digits and a few marks as percent escapes.
std::string iri(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  return out + "\"";
}

std::string report_iri(const Document& document) { return "<urn:parley:report:" + iri(document.id) + ">"; }

std::string party(const Record& record, const char* property, const Id& id) {
  const Entity* entity = record.entity(id);
  if (!entity) return {};
  std::string out = fmt::format(" ;\n  {} [ schema:name {}", property, literal(entity->name));
  if (entity->actor.country) out += " ; p:country " + literal(*entity->actor.country);
  if (entity->actor.code) out += " ; p:code " + literal(*entity->actor.code);
  return out + " ]";
}

/// The target of an annotation: the same words by where they stand and by what they are.
std::string target(const Document& document, Span span) {
  return fmt::format(
      "[ oa:hasSource {} ;\n    oa:hasSelector [ a oa:TextPositionSelector ; oa:start {} ; oa:end {} ] ,\n"
      "      [ a oa:TextQuoteSelector ; oa:exact {} ] ]",
      report_iri(document), span.begin, span.end, literal(document.slice(span)));
}

}  // namespace

std::string turtle_prefixes() {
  return "@prefix p: <urn:parley:> .\n@prefix schema: <https://schema.org/> .\n@prefix oa: <http://www.w3.org/ns/oa#> .\n"
         "@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .\n\n";
}

std::string turtle_report(const Document& document) {
  std::string out = report_iri(document) + " a schema:NewsArticle";
  const auto put = [&](const char* property, const std::optional<std::string>& value) {
    if (value) out += fmt::format(" ;\n  {} {}", property, literal(*value));
  };
  put("schema:headline", document.title);
  put("schema:datePublished", document.published);
  put("schema:publisher", document.publisher);
  put("schema:url", document.uri);
  return out + " .\n";
}

std::string turtle_event(const Record& record, const Event& event, std::optional<std::int64_t> happening) {
  const Document& document = record.document;
  const std::string subject = "<urn:parley:event:" + iri(document.id) + ":" + event.id + ">";
  std::string out = fmt::format("{} a p:{} ;\n  p:status {} ;\n  p:confidence {:.3f}", subject, name(event.type), literal(name(event.status)), event.confidence);
  if (event.cameo) out += " ;\n  p:cameo " + literal(*event.cameo);
  if (event.date) out += " ;\n  p:date " + literal(*event.date);
  for (const Id& id : event.actors) out += party(record, "p:actor", id);
  for (const Id& id : event.recipients) out += party(record, "p:recipient", id);
  for (const Place& place : record.places) {
    if (!event.place || place.id != *event.place) continue;
    out += " ;\n  p:place [ schema:name " + literal(place.name);
    if (place.latitude && place.longitude) out += fmt::format(" ; geo:lat {:.5f} ; geo:long {:.5f}", *place.latitude, *place.longitude);
    out += " ]";
    break;
  }
  if (happening) out += fmt::format(" ;\n  p:tells <urn:parley:happening:{}>", *happening);
  out += " .\n";
  out += fmt::format("[] a oa:Annotation ;\n  oa:motivatedBy oa:identifying ;\n  oa:hasBody {} ;\n  oa:hasTarget {} .\n", subject,
                     target(document, event.evidence));
  return out;
}

}  // namespace parley
