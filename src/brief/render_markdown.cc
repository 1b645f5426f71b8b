#include "brief/render_markdown.h"

#include <fmt/format.h>

#include <string_view>

#include "brief/outline.h"
#include "text/unicode.h"

namespace parley {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : single_spaced(text)) {
    if (std::string_view("\\`*_{}[]<>#|~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Record& record) : record_(record), document_(record.document) {}

  std::string write() {
    out_ += "# " + escaped(document_.title.value_or("Report")) + "\n\n";
    if (document_.dek) out_ += escaped(*document_.dek) + "\n\n";
    std::string facts;
    for (const std::string& name : document_.byline) facts += escaped(name) + " · ";
    if (document_.publisher) facts += escaped(*document_.publisher) + " · ";
    facts += document_.published ? "published " + *document_.published : "no publication date";
    if (document_.truncated) facts += " · a sentence is cut off";
    out_ += "*" + facts + "*\n";
    lines("In brief", record_.brief.takeaways);
    lines("Why it matters", record_.brief.why_it_matters);
    who();
    events();
    statements();
    figures();
    proposals();
    channels();
    times();
    discrepancies();
    return std::move(out_);
  }

 private:
  void heading(std::string_view title) { out_ += fmt::format("\n## {}\n\n", title); }

  std::string quoted(Span span) const { return "“" + escaped(document_.slice(span)) + "”"; }

  void lines(std::string_view title, const std::vector<BriefLine>& all) {
    if (all.empty()) return;
    heading(title);
    for (const BriefLine& line : all) {
      out_ += "- " + escaped(line.text);
      if (!line.cites.empty()) out_ += fmt::format(" ({})", fmt::join(line.cites, ", "));
      out_ += '\n';
    }
  }

  void who() {
    const auto entities = leading_entities(record_, 30);
    if (entities.empty()) return;
    heading("Who");
    out_ += "| id | name | kind | code | mentions |\n|---|---|---|---|---|\n";
    for (const Entity* entity : entities) {
      out_ += fmt::format("| {} | {} | {} | {} | {} |\n", entity->id, escaped(entity->name),
                          name(entity->kind), code_of(*entity), entity->mentions.size());
    }
  }

  void events() {
    if (record_.events.empty()) return;
    heading("Events");
    out_ += "| id | event | status | who | when | words |\n|---|---|---|---|---|---|\n";
    for (const Event& event : record_.events) {
      std::string what = name(event.type);
      for (const std::string& mode : event.mode) what += '/' + mode;
      out_ += fmt::format("| {} | {} | {} | {} | {} | {} |\n", event.id, escaped(what),
                          name(event.status), escaped(parties_of(record_, event)),
                          event.date.value_or(""), quoted(event.evidence));
    }
  }

  void statements() {
    if (record_.statements.empty()) return;
    heading("Statements");
    for (const Statement& statement : record_.statements) {
      const std::string speaker = statement.speaker ? name_of(record_, *statement.speaker)
                                  : statement.source ? std::string(document_.slice(*statement.source))
                                                     : std::string("?");
      out_ += fmt::format("- {} **{}** ({}, {}):", statement.id, escaped(speaker),
                          name(statement.act), name(statement.kind));
      for (Span span : statement.content) out_ += ' ' + quoted(span);
      out_ += '\n';
    }
  }

  void figures() {
    if (record_.figures.empty()) return;
    heading("Figures");
    out_ += "| id | measure | amount | of | says | words |\n|---|---|---|---|---|---|\n";
    for (const Figure& figure : record_.figures) {
      out_ += fmt::format("| {} | {} | {} | {} | {} | {} |\n", figure.id, name(figure.measure),
                          amount_of(figure), escaped(figure.of.value_or("")),
                          figure.attributed_to ? escaped(name_of(record_, *figure.attributed_to)) : "",
                          quoted(figure.span));
    }
  }

  void proposals() {
    if (record_.proposals.empty()) return;
    heading("On the table");
    for (const Proposal& proposal : record_.proposals) {
      out_ += fmt::format("### {} {} ({})\n\n", proposal.id, escaped(proposal.name), name(proposal.state));
      const auto parties = [&](std::string_view label, const std::vector<Id>& ids) {
        if (!ids.empty()) out_ += fmt::format("- {} {}\n", label, escaped(names_of(record_, ids)));
      };
      parties("proposed by", proposal.proposers);
      parties("mediated by", proposal.mediators);
      parties("put to", proposal.addressees);
      for (const Term& term : proposal.terms) {
        out_ += fmt::format("- {} {}", term.id, escaped(term.action));
        if (!term.by.empty()) out_ += " by " + escaped(names_of(record_, term.by));
        out_ += ": " + quoted(term.span) + '\n';
      }
      for (const Position& position : proposal.positions) {
        out_ += fmt::format("- {} {}{}: {}\n", escaped(name_of(record_, position.party)),
                            name(position.stance), position.on ? " " + *position.on : "",
                            quoted(position.span));
      }
      for (Span span : proposal.sticking_points) out_ += "- in dispute: " + quoted(span) + '\n';
      out_ += '\n';
    }
  }

  void channels() {
    if (record_.channels.empty()) return;
    heading("Ways for aid");
    for (const Channel& channel : record_.channels) {
      out_ += fmt::format("- {} {} {}{}{}\n", channel.id, escaped(channel.name), name(channel.state),
                          channel.by.empty() ? "" : " by " + escaped(names_of(record_, channel.by)),
                          channel.date ? ", " + *channel.date : "");
    }
  }

  void discrepancies() {
    if (record_.discrepancies.empty()) return;
    heading("Does not agree with itself");
    for (const Discrepancy& found : record_.discrepancies) {
      out_ += fmt::format("- {} {}: {} ({})\n", found.id, name(found.kind), escaped(found.note),
                          fmt::join(found.between, ", "));
    }
  }

  void times() {
    if (record_.times.empty()) return;
    heading("When");
    for (const Time& time : record_.times) {
      out_ += fmt::format("- {} {} {}: {}\n", time.id, name(time.type), time.value, quoted(time.span));
    }
  }

  const Record& record_;
  const Document& document_;
  std::string out_;
};

}  // namespace

std::string to_markdown(const Record& record) { return MarkdownWriter(record).write(); }

}  // namespace parley
