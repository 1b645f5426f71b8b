#include "desk/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "story/figures.h"

namespace parley::desk {
namespace {

story::Amount amount(const Figure& figure) { return {figure.low, figure.high}; }

std::string label(const Figure& figure) {
  return figure.of ? fmt::format("{} ({})", name(figure.measure), *figure.of) : std::string(name(figure.measure));
}

/// Figures by series, those that repeat another or are part of it apart: one a series, the first told.
std::map<std::int64_t, const Figure*> leading(const Record& record) {
  std::map<std::int64_t, const Figure*> out;
  for (const Figure& figure : record.figures) {
    if (!figure.part_of) out.emplace(story::series_of(record, figure), &figure);
  }
  return out;
}

double middle(const Figure& f) { return f.low ? *f.low : f.high.value_or(0.0); }

void figures(const Record& before, const Record& after, std::vector<ChangeNote>& out) {
  const auto old = leading(before);
  const auto fresh = leading(after);
  for (const auto& [series, figure] : fresh) {
    const auto found = old.find(series);
    if (found == old.end()) {
      out.push_back({"figure", fmt::format("{}: {} is new", label(*figure), story::amount_text(amount(*figure)))});
      continue;
    }
    const Figure& was = *found->second;
    if (was.low == figure->low && was.high == figure->high) continue;
    const char* how = middle(*figure) > middle(was) ? "raised" : middle(*figure) < middle(was) ? "lowered" : "changed";
    out.push_back({"figure", fmt::format("{} {} from {} to {}", label(*figure), how, story::amount_text(amount(was)),
                                         story::amount_text(amount(*figure)))});
  }
  for (const auto& [series, figure] : old) {
    if (!fresh.contains(series)) {
      out.push_back({"figure", fmt::format("{}: {} is gone", label(*figure), story::amount_text(amount(*figure)))});
    }
  }
}

std::string names(const Record& record, const std::vector<Id>& ids) {
  std::string out;
  for (const Id& id : ids) {
    if (const Entity* entity = record.entity(id)) {
      if (!out.empty()) out += ", ";
      out += entity->name;
    }
  }
  return out;
}

std::string line(const Record& record, const Event& event) {
  std::string out = fmt::format("{} ({})", name(event.type), name(event.status));
  const std::string actors = names(record, event.actors);
  const std::string recipients = names(record, event.recipients);
  if (!actors.empty()) out += ": " + actors;
  if (!recipients.empty()) out += (actors.empty() ? ": to " : " to ") + recipients;
  return out;
}

std::string line(const Record& record, const Proposal& proposal) {
  (void)record;
  return fmt::format("{} ({}, {} terms)", proposal.name, name(proposal.state), proposal.terms.size());
}

std::string line(const Record& record, const Statement& statement) {
  const Entity* speaker = statement.speaker ? record.entity(*statement.speaker) : nullptr;
  std::string words;
  if (!statement.content.empty()) words = record.document.slice(statement.content.front());
  return fmt::format("{} ({}): {}", speaker ? speaker->name : "someone", name(statement.act), words);
}

/// Lines of the one that the other has not, as often as it has them more often.
template <typename Items>
void lists(const Record& before, const Items& old, const Record& after, const Items& fresh, const char* kind,
           std::vector<ChangeNote>& out) {
  std::map<std::string, int> balance;
  for (const auto& item : old) --balance[line(before, item)];
  for (const auto& item : fresh) ++balance[line(after, item)];
  for (const auto& [text, count] : balance) {
    if (count > 0) out.push_back({kind, text + " is new"});
    if (count < 0) out.push_back({kind, text + " is gone"});
  }
}

}  // namespace

std::vector<ChangeNote> changes_between(const Record& before, const Record& after) {
  std::vector<ChangeNote> out;
  if (before.document.title != after.document.title) {
    out.push_back({"title", fmt::format("title changed from \"{}\" to \"{}\"", before.document.title.value_or(""),
                                        after.document.title.value_or(""))});
  }
  figures(before, after, out);
  lists(before, before.events, after, after.events, "event", out);
  lists(before, before.proposals, after, after.proposals, "proposal", out);
  lists(before, before.statements, after, after.statements, "statement", out);
  return out;
}

}  // namespace parley::desk
