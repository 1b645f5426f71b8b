#include "brief/render_text.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "brief/outline.h"
#include "text/unicode.h"

namespace parley {
namespace {

/// Columns that `text` takes on a terminal: two for wide East Asian characters, none for marks.
std::size_t columns(std::string_view text) {
  std::size_t out = 0;
  std::int32_t i = 0;
  const auto size = static_cast<std::int32_t>(text.size());
  while (i < size) {
    UChar32 c = 0;
    U8_NEXT(text.data(), i, size, c);
    if (c < 0) {
      ++out;
      continue;
    }
    const auto type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) continue;
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    out += width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
  }
  return out;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find(' ', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(at, end - at);
    const std::size_t wide = columns(word);
    if (used > 0 && used + 1 + wide > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += wide;
    at = end + 1;
  }
  return lines;
}

enum class Ink { plain, bold, dim, good, warn, bad, name, quote };

class TextWriter {
 public:
  TextWriter(const Record& record, const TextOptions& options)
      : record_(record), document_(record.document), options_(options) {
    options_.width = std::max<std::size_t>(options_.width, 40);
  }

  std::string write() {
    head();
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
  /// Without control characters, with which a report could write to the terminal what it likes.
  std::string ink(Ink ink, std::string_view given) const {
    std::string text = without_invisible(given);
    if (!options_.colour || text.empty()) return text;
    const char* code = "0";
    switch (ink) {
      case Ink::plain: return text;
      case Ink::bold: code = "1"; break;
      case Ink::dim: code = "2"; break;
      case Ink::good: code = "32"; break;
      case Ink::warn: code = "33"; break;
      case Ink::bad: code = "31"; break;
      case Ink::name: code = "1;36"; break;
      case Ink::quote: code = "3"; break;
    }
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
  }

  void heading(std::string_view title) {
    out_ += '\n';
    out_ += ink(Ink::bold, title);
    out_ += '\n';
  }

  void paragraph(std::string_view text, std::size_t indent, Ink colour, std::string_view first = {}) {
    const auto lines = wrapped(text, options_.width > indent ? options_.width - indent : 20);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i == 0 && !first.empty()) {
        out_ += first;
      } else {
        out_.append(indent, ' ');
      }
      out_ += ink(colour, lines[i]);
      out_ += '\n';
    }
  }

  void quotation(Span span, std::size_t indent) {
    paragraph("“" + single_spaced(document_.slice(span)) + "”", indent, Ink::quote);
  }

  /// `left` padded to `width` columns, at least one space after it.
  static std::string column(std::string_view left, std::size_t width) {
    const std::size_t wide = columns(left);
    return std::string(left) + std::string(wide < width ? width - wide : 1, ' ');
  }

  void head() {
    if (document_.title) paragraph(single_spaced(*document_.title), 0, Ink::bold);
    if (document_.dek) paragraph(single_spaced(*document_.dek), 0, Ink::plain);
    std::vector<std::string> facts;
    for (const std::string& name : document_.byline) facts.push_back(name);
    if (document_.publisher) facts.push_back(*document_.publisher);
    facts.push_back(document_.published ? "published " + *document_.published : "no publication date");
    if (document_.truncated) facts.push_back("a sentence is cut off");
    out_ += ink(Ink::dim, fmt::format("{}", fmt::join(facts, " · ")));
    out_ += '\n';
  }

  void lines(std::string_view title, const std::vector<BriefLine>& all) {
    if (all.empty()) return;
    heading(title);
    for (const BriefLine& line : all) {
      std::string text = single_spaced(line.text);
      if (!line.cites.empty()) text += fmt::format(" [{}]", fmt::join(line.cites, " "));
      paragraph(text, 4, Ink::plain, "  • ");
    }
  }

  void who() {
    const auto entities = leading_entities(record_, 15);
    if (entities.empty()) return;
    heading("Who");
    for (const Entity* entity : entities) {
      out_ += "  " + ink(Ink::dim, column(entity->id, 5));
      out_ += ink(Ink::name, column(single_spaced(entity->name), 34));
      out_ += column(name(entity->kind), 14) + column(code_of(*entity), 12);
      out_ += ink(Ink::dim, fmt::format("{}×", entity->mentions.size()));
      out_ += '\n';
    }
  }

  Ink ink_of(Status status) const {
    switch (status) {
      case Status::actual:
      case Status::ongoing: return Ink::good;
      case Status::denied: return Ink::bad;
      case Status::historical: return Ink::dim;
      default: return Ink::warn;
    }
  }

  void events() {
    if (record_.events.empty()) return;
    heading("Events");
    for (const Event& event : record_.events) {
      std::string what = name(event.type);
      for (const std::string& mode : event.mode) what += '/' + mode;
      out_ += "  " + ink(Ink::dim, column(event.id, 6)) + ink(Ink::bold, column(what, 24));
      out_ += ink(ink_of(event.status), column(name(event.status), 13));
      out_ += parties_of(record_, event);
      if (event.date) out_ += ink(Ink::dim, "  " + *event.date);
      if (event.attributed_to) {
        out_ += ink(Ink::dim, "  says " + name_of(record_, *event.attributed_to));
      }
      out_ += '\n';
      quotation(event.evidence, 8);
    }
  }

  void statements() {
    if (record_.statements.empty()) return;
    heading("Statements");
    for (const Statement& statement : record_.statements) {
      std::string speaker = statement.speaker ? name_of(record_, *statement.speaker)
                            : statement.source ? single_spaced(document_.slice(*statement.source))
                                               : std::string("?");
      out_ += "  " + ink(Ink::dim, column(statement.id, 6)) + ink(Ink::name, speaker);
      if (!statement.addressees.empty()) out_ += " to " + names_of(record_, statement.addressees);
      out_ += "  " + ink(Ink::bold, name(statement.act)) + ink(Ink::dim, fmt::format("  {}  {}", name(statement.kind),
                                                   single_spaced(document_.slice(statement.cue))));
      out_ += '\n';
      for (Span span : statement.content) quotation(span, 8);
    }
  }

  void figures() {
    if (record_.figures.empty()) return;
    heading("Figures");
    for (const Figure& figure : record_.figures) {
      out_ += "  " + ink(Ink::dim, column(figure.id, 6));
      out_ += ink(Ink::bold, column(name(figure.measure), 13)) + column(amount_of(figure), 22);
      if (figure.of) out_ += single_spaced(*figure.of);
      if (figure.attributed_to) {
        out_ += ink(Ink::dim, "  says " + name_of(record_, *figure.attributed_to));
      }
      if (figure.period.from || figure.period.to) {
        out_ += ink(Ink::dim, fmt::format("  {} to {}", figure.period.from.value_or("…"),
                                          figure.period.to.value_or("…")));
      }
      if (figure.part_of) out_ += ink(Ink::dim, "  see " + *figure.part_of);
      out_ += ink(Ink::quote, "  “" + single_spaced(document_.slice(figure.span)) + "”");
      out_ += '\n';
    }
  }

  void proposals() {
    if (record_.proposals.empty()) return;
    heading("On the table");
    for (const Proposal& proposal : record_.proposals) {
      out_ += "  " + ink(Ink::dim, column(proposal.id, 6)) + ink(Ink::name, single_spaced(proposal.name));
      out_ += ink(Ink::warn, fmt::format("  {}", name(proposal.state)));
      out_ += '\n';
      const auto parties = [&](std::string_view label, const std::vector<Id>& ids) {
        if (!ids.empty()) paragraph(fmt::format("{} {}", label, names_of(record_, ids)), 8, Ink::plain);
      };
      parties("proposed by", proposal.proposers);
      parties("mediated by", proposal.mediators);
      parties("put to", proposal.addressees);
      for (const Term& term : proposal.terms) {
        std::string text = fmt::format("{}: {}", term.id, term.action);
        if (term.quantity) text += ' ' + single_spaced(*term.quantity);
        if (!term.by.empty()) text += " by " + names_of(record_, term.by);
        if (!term.for_.empty()) text += " for " + names_of(record_, term.for_);
        if (term.phase) text += ", " + single_spaced(*term.phase);
        if (term.condition) text += ", if " + single_spaced(*term.condition);
        text += " — “" + single_spaced(document_.slice(term.span)) + "”";
        paragraph(text, 10, Ink::plain, "        ‣ ");
      }
      for (const Position& position : proposal.positions) {
        paragraph(fmt::format("{} {}{} — “{}”", name_of(record_, position.party), name(position.stance),
                              position.on ? " " + *position.on : "",
                              single_spaced(document_.slice(position.span))),
                  10, Ink::plain, "        ⚑ ");
      }
      for (Span span : proposal.sticking_points) {
        paragraph("in dispute: “" + single_spaced(document_.slice(span)) + "”", 10, Ink::warn, "        ✗ ");
      }
    }
  }

  void channels() {
    if (record_.channels.empty()) return;
    heading("Aid channels");
    for (const Channel& channel : record_.channels) {
      out_ += "  " + ink(Ink::dim, column(channel.id, 6)) + column(name(channel.kind), 10) +
              column(name(channel.state), 9) + single_spaced(channel.name) + '\n';
    }
  }

  void times() {
    if (record_.times.empty()) return;
    heading("When");
    for (const Time& time : record_.times) {
      out_ += "  " + ink(Ink::dim, column(time.id, 6)) + column(name(time.type), 10) +
              column(time.value, 18) + ink(Ink::quote, "“" + single_spaced(document_.slice(time.span)) + "”") +
              '\n';
    }
  }

  void discrepancies() {
    if (record_.discrepancies.empty()) return;
    heading("Does not agree with itself");
    for (const Discrepancy& discrepancy : record_.discrepancies) {
      paragraph(fmt::format("{} ({}: {})", discrepancy.note, name(discrepancy.kind),
                            fmt::join(discrepancy.between, " ")),
                8, Ink::warn, "  " + column(discrepancy.id, 6));
    }
  }

  const Record& record_;
  const Document& document_;
  TextOptions options_;
  std::string out_;
};

}  // namespace

std::string to_text(const Record& record, const TextOptions& options) {
  return TextWriter(record, options).write();
}

}  // namespace parley
