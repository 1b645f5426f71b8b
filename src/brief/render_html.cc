#include "brief/render_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "brief/escape.h"
#include "brief/outline.h"
#include "text/unicode.h"

namespace parley {
namespace {

struct Marked {
  Span span;
  const char* kind;
  Id id;
  std::string note;
};

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; }
body { font: 17px/1.6 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
p.boilerplate, p.label { opacity: .5; font-size: .9em; }
p.dek, p.caption { font-style: italic; }
mark { background: none; color: inherit; border-bottom: 2px solid; padding-bottom: 1px; }
mark.event { border-color: #c0392b; } mark.entity { border-color: #2980b9; }
mark.time { border-color: #8e44ad; } mark.figure { border-color: #d35400; font-weight: bold; }
mark.term { border-color: #27ae60; } mark.cue { border-color: #7f8c8d; }
footer, .key { font: 14px/1.5 sans-serif; opacity: .8; }
)";

/// The text between `begin` and `end` with the marks that cover it. `open` is kept sorted by kind's
/// weight by the caller; one `<mark>` carries all ids at a place.
class Marker {
 public:
  explicit Marker(const Record& record) : document_(record.document) {
    for (const Event& e : record.events) {
      add(e.trigger, "event", e.id,
          fmt::format("{} {}: {}", name(e.type), name(e.status), parties_of(record, e)));
    }
    for (const Figure& f : record.figures) {
      add(f.span, "figure", f.id, fmt::format("{} {}", name(f.measure), amount_of(f)));
    }
    for (const Time& t : record.times) add(t.span, "time", t.id, t.value);
    for (const Proposal& p : record.proposals) {
      for (const Term& t : p.terms) add(t.span, "term", t.id, p.name + ": " + t.action);
    }
    for (const Statement& s : record.statements) {
      add(s.cue, "cue", s.id,
          s.speaker ? name_of(record, *s.speaker) + ": " + name(s.act) : std::string(name(s.act)));
    }
    for (const Entity& e : record.entities) {
      for (const EntityMention& m : e.mentions) {
        if (m.form != MentionForm::pronoun) add(m.span, "entity", e.id, e.name + " " + code_of(e));
      }
    }
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      edges_.push_back({marks_[i].span.begin, true, i});
      edges_.push_back({marks_[i].span.end, false, i});
    }
    std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
      return a.at != b.at ? a.at < b.at : a.opens < b.opens;
    });
  }

  /// REQUIRES: spans are asked for in text order and do not overlap.
  std::string text(Span span) {
    std::string out;
    std::uint32_t at = span.begin;
    while (at < span.end) {
      while (next_ < edges_.size() && edges_[next_].at <= at) apply(edges_[next_++]);
      const std::uint32_t until =
          next_ < edges_.size() ? std::min(edges_[next_].at, span.end) : span.end;
      write({at, until}, out);
      at = until;
    }
    return out;
  }

 private:
  struct Edge {
    std::uint32_t at;
    bool opens;
    std::size_t mark;
  };

  void add(Span span, const char* kind, const Id& id, std::string note) {
    if (!span.empty()) marks_.push_back({span, kind, id, std::move(note)});
  }

  void apply(const Edge& edge) {
    if (edge.opens) {
      open_.push_back(edge.mark);
    } else {
      std::erase(open_, edge.mark);
    }
  }

  void write(Span span, std::string& out) const {
    const std::string words = escaped(document_.slice(span));
    if (open_.empty()) {
      out += words;
      return;
    }
    // Kinds were added strongest first: the lowest index gives the colour.
    const Marked& strongest = marks_[*std::min_element(open_.begin(), open_.end())];
    std::string ids;
    std::string notes;
    for (std::size_t mark : open_) {
      ids += (ids.empty() ? "" : " ") + marks_[mark].id;
      notes += (notes.empty() ? "" : "; ") + marks_[mark].id + " " + marks_[mark].note;
    }
    out += fmt::format(R"(<mark class="{}" data-ids="{}" title="{}">{}</mark>)", strongest.kind, ids,
                       escaped(single_spaced(notes)), words);
  }

  const Document& document_;
  std::vector<Marked> marks_;
  std::vector<Edge> edges_;
  std::vector<std::size_t> open_;
  std::size_t next_ = 0;
};

void list(std::string_view title, const std::vector<BriefLine>& lines, std::string& out) {
  if (lines.empty()) return;
  out += fmt::format("<h2>{}</h2>\n<ul>\n", title);
  for (const BriefLine& line : lines) {
    out += fmt::format("<li>{} <small>{}</small></li>\n", escaped(line.text),
                       escaped(fmt::format("{}", fmt::join(line.cites, " "))));
  }
  out += "</ul>\n";
}

/// Lines under a heading, each with what it rests on.
void list(std::string_view title, const std::vector<std::pair<std::string, std::string>>& lines, std::string& out) {
  if (lines.empty()) return;
  out += fmt::format("<h2>{}</h2>\n<ul>\n", title);
  for (const auto& [text, ids] : lines) out += fmt::format("<li>{} <small>{}</small></li>\n", escaped(text), escaped(ids));
  out += "</ul>\n";
}

void on_the_table(const Record& record, std::string& out) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const Proposal& proposal : record.proposals) {
    std::string text = proposal.name + " (" + name(proposal.state) + ")";
    if (!proposal.proposers.empty()) text += ", proposed by " + names_of(record, proposal.proposers);
    if (!proposal.mediators.empty()) text += ", mediated by " + names_of(record, proposal.mediators);
    lines.emplace_back(std::move(text), proposal.id);
    for (const Term& term : proposal.terms) {
      lines.emplace_back(single_spaced(record.document.slice(term.span)) + (term.by.empty() ? "" : " (" + names_of(record, term.by) + ")"),
                         term.id);
    }
    for (const Position& position : proposal.positions) {
      lines.emplace_back(name_of(record, position.party) + " " + name(position.stance) + (position.on ? " " + *position.on : " it"),
                         proposal.id);
    }
    for (const Span point : proposal.sticking_points) {
      lines.emplace_back("in dispute: " + single_spaced(record.document.slice(point)), proposal.id);
    }
  }
  list("On the table", lines, out);
}

void discrepancies(const Record& record, std::string& out) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const Discrepancy& found : record.discrepancies) {
    lines.emplace_back(std::string(name(found.kind)) + ": " + found.note, fmt::format("{}", fmt::join(found.between, " ")));
  }
  list("Does not agree with itself", lines, out);
}

}  // namespace

std::string to_html(const Record& record) {
  const Document& document = record.document;
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n",
      escaped(document.language.value_or("en")), escaped(document.title.value_or("Report")), kStyle);
  list("In brief", record.brief.takeaways, out);
  list("Why it matters", record.brief.why_it_matters, out);
  on_the_table(record, out);
  discrepancies(record, out);
  out +=
      "<p class=\"key\"><mark class=\"event\">event</mark> <mark class=\"figure\">figure</mark> "
      "<mark class=\"time\">time</mark> <mark class=\"term\">term of a deal</mark> "
      "<mark class=\"cue\">statement</mark> <mark class=\"entity\">who</mark></p>\n<article>\n";
  Marker marker(record);
  for (const Section& section : document.sections) {
    const char* tag = section.kind == SectionKind::headline ? "h1" : "p";
    out += fmt::format("<{} class=\"{}\">{}</{}>\n", tag, name(section.kind),
                       marker.text(section.span), tag);
  }
  out += "</article>\n</body>\n</html>\n";
  return out;
}

}  // namespace parley
