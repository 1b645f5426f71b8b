#include "brief/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "text/unicode.h"

namespace parley {
namespace {

std::string grouped(double value) {
  if (std::nearbyint(value) != value || std::fabs(value) >= 9e15) return fmt::format("{:g}", value);
  std::string digits = fmt::format("{:.0f}", std::fabs(value));
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return value < 0 ? "-" + digits : digits;
}

}  // namespace

std::string name_of(const Record& record, const Id& id) {
  const Entity* entity = record.entity(id);
  return entity ? single_spaced(entity->name) : id;
}

std::string names_of(const Record& record, const std::vector<Id>& ids) {
  std::string out;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) out += i + 1 == ids.size() ? " and " : ", ";
    out += name_of(record, ids[i]);
  }
  return out;
}

std::string amount_of(const Figure& figure) {
  std::string out;
  if (figure.low && figure.high) {
    out = *figure.low == *figure.high ? grouped(*figure.low)
                                      : grouped(*figure.low) + " to " + grouped(*figure.high);
  } else if (figure.low) {
    out = grouped(*figure.low) + " or more";
  } else if (figure.high) {
    out = "up to " + grouped(*figure.high);
  } else {
    out = "unknown number";
  }
  if (figure.measure == Measure::percent) {
    out += " %";
  } else if (figure.unit) {
    out += ' ' + *figure.unit;
  }
  return out;
}

std::string code_of(const Entity& entity) {
  if (entity.actor.code) return *entity.actor.code;
  std::string out = entity.actor.country.value_or("");
  for (const std::string& role : entity.actor.roles) out += role;
  return out;
}

std::string parties_of(const Record& record, const Event& event) {
  const auto names = [&](const std::vector<Id>& ids, const std::vector<Span>& spans) {
    if (!ids.empty()) return names_of(record, ids);
    std::string out;
    for (Span span : spans) {
      if (!out.empty()) out += ", ";
      out += single_spaced(record.document.slice(span));
    }
    return out;
  };
  const std::string actors = names(event.actors, event.actor_spans);
  const std::string recipients = names(event.recipients, event.recipient_spans);
  if (recipients.empty()) return actors.empty() ? "?" : actors;
  return (actors.empty() ? "?" : actors) + " → " + recipients;
}

std::vector<const Entity*> leading_entities(const Record& record, std::size_t most) {
  std::unordered_set<Id> used;
  const auto use = [&](const std::vector<Id>& ids) { used.insert(ids.begin(), ids.end()); };
  for (const Event& event : record.events) {
    use(event.actors);
    use(event.recipients);
  }
  for (const Statement& statement : record.statements) {
    if (statement.speaker) used.insert(*statement.speaker);
  }
  for (const Proposal& proposal : record.proposals) {
    use(proposal.proposers);
    use(proposal.mediators);
    use(proposal.addressees);
    for (const Position& position : proposal.positions) used.insert(position.party);
  }
  std::vector<const Entity*> out;
  for (const Entity& entity : record.entities) {
    if (used.contains(entity.id) || !code_of(entity).empty()) out.push_back(&entity);
  }
  std::stable_sort(out.begin(), out.end(), [](const Entity* a, const Entity* b) {
    return a->mentions.size() > b->mentions.size();
  });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace parley
