// Passages marked by hand, scored by the rule of tests/record/MATCHING.md: events, their status, their parties,
// and what is told as done though it was not.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "knowledge/codebook.h"
#include "page/page.h"
#include "parley/pipeline.h"

namespace parley {
namespace {

using Json = nlohmann::json;

struct Count {
  int right = 0;
  int extra = 0;
  int missed = 0;

  double precision() const { return right + extra > 0 ? 1.0 * right / (right + extra) : 0.0; }
  double recall() const { return right + missed > 0 ? 1.0 * right / (right + missed) : 0.0; }
  double f1() const { return right > 0 ? 2.0 * right / (2.0 * right + extra + missed) : 0.0; }
};

std::ostream& operator<<(std::ostream& out, const Count& count) {
  return out << "P " << count.precision() << " R " << count.recall() << " F1 " << count.f1();
}

struct Scores {
  Count events, with_status, actors, recipients;
  int told_as_done = 0;
};

// Small letters and digits, words apart by one space, a space at either end: whole words can be looked for.
std::string words_of(std::string_view text) {
  std::string out = " ";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || byte >= 0x80) {
      out += static_cast<char>(std::tolower(byte));
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

bool one_in_other(const std::string& a, const std::string& b) {
  return a.size() > 1 && b.size() > 1 && (a.find(b) != std::string::npos || b.find(a) != std::string::npos);
}

// Of a trigger "army [attacked] the town" the words in brackets count, there where they stand among the others.
bool triggered_by(const Record& record, const Event& event, const Json& mark) {
  const std::string& text = record.document.text();
  const ByteRange found = record.document.bytes(event.trigger);
  const auto [begin, end] = std::pair<std::size_t, std::size_t>(found.begin, found.end);
  for (const Json& trigger : mark["trigger"]) {
    std::string words = trigger.get<std::string>();
    std::size_t from = 0, to = words.size();
    if (const std::size_t open = words.find('['); open != std::string::npos) {
      from = open;
      to = words.find(']') - 1;
      words.erase(words.find(']'), 1).erase(open, 1);
    }
    for (std::size_t at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
      if (std::max(at + from, begin) < std::min(at + to, end)) return true;
    }
  }
  return false;
}

bool has(const Json& list, std::string_view value) {
  return std::any_of(list.begin(), list.end(), [&](const Json& each) { return each.get<std::string>() == value; });
}

bool is_undone(const Json& mark) {
  static constexpr std::array<std::string_view, 5> kUndone = {"planned", "proposed", "demanded", "conditional",
                                                              "denied"};
  return std::all_of(mark["status"].begin(), mark["status"].end(), [](const Json& status) {
    return std::find(kUndone.begin(), kUndone.end(), status.get<std::string>()) != kUndone.end();
  });
}

// Every found party with all the words that stand for it.
std::vector<std::vector<std::string>> found_parties(const Record& record, const std::vector<Id>& ids,
                                                    const std::vector<Span>& spans) {
  std::vector<std::vector<std::string>> out;
  std::vector<bool> known(spans.size(), false);
  for (const Id& id : ids) {
    const Entity* entity = record.entity(id);
    if (entity == nullptr) continue;
    std::vector<std::string> words = {words_of(entity->name)};
    for (const EntityMention& mention : entity->mentions) {
      words.push_back(words_of(record.document.slice(mention.span)));
      for (std::size_t i = 0; i < spans.size(); ++i) {
        if (!mention.span.overlaps(spans[i])) continue;
        words.push_back(words_of(record.document.slice(spans[i])));
        known[i] = true;
      }
    }
    out.push_back(std::move(words));
  }
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (!known[i]) out.push_back({words_of(record.document.slice(spans[i]))});
  }
  return out;
}

template <typename Report>
void count_parties(const std::vector<std::vector<std::string>>& found, const Json& marked, Count& count,
                   const Report& report) {
  const auto same = [](const std::vector<std::string>& party, const Json& mark) {
    return std::any_of(mark.begin(), mark.end(), [&](const Json& words) {
      const std::string wanted = words_of(words.get<std::string>());
      return std::any_of(party.begin(), party.end(), [&](const std::string& each) { return one_in_other(each, wanted); });
    });
  };
  for (const Json& mark : marked) {
    const bool right = std::any_of(found.begin(), found.end(), [&](const auto& party) { return same(party, mark); });
    ++(right ? count.right : count.missed);
    if (!right) report("without " + mark.dump());
  }
  for (const auto& party : found) {
    if (std::any_of(marked.begin(), marked.end(), [&](const Json& mark) { return same(party, mark); })) continue;
    ++count.extra;
    report("with" + party.front());
  }
}

// PARLEY_SHOW_MISSES=1: what was missed, and what was extra.
void show(const Json& passage, const char* kind, const std::string& what) {
  if (std::getenv("PARLEY_SHOW_MISSES") == nullptr) return;
  std::cout << kind << ' ' << passage["id"] << ": " << what << '\n';
}

void score(const Json& passage, const Record& record, Scores& scores) {
  std::vector<const Json*> match(record.events.size(), nullptr);
  for (const bool optional : {false, true}) {
    for (const Json& mark : passage["events"]) {
      if (mark["optional"].get<bool>() != optional) continue;
      std::size_t i = 0;
      while (i < record.events.size() && (match[i] != nullptr || !has(mark["type"], name(record.events[i].type)) ||
                                          !triggered_by(record, record.events[i], mark))) {
        ++i;
      }
      if (i == record.events.size()) {
        if (!optional) {
          ++scores.events.missed, ++scores.with_status.missed;
          show(passage, "missed", mark["type"].dump() + " " + mark["trigger"].dump());
        }
        continue;
      }
      match[i] = &mark;
      if (optional) continue;
      const Event& event = record.events[i];
      ++scores.events.right;
      if (has(mark["status"], name(event.status))) {
        ++scores.with_status.right;
      } else {
        ++scores.with_status.extra, ++scores.with_status.missed;
        show(passage, "status", std::string(name(event.status)) + " for " + mark["status"].dump() + " " +
                                    mark["trigger"].dump());
      }
      count_parties(found_parties(record, event.actors, event.actor_spans), mark["actors"], scores.actors,
                    [&](const std::string& fault) { show(passage, "actor", fault + " " + mark["trigger"].dump()); });
      count_parties(found_parties(record, event.recipients, event.recipient_spans), mark["recipients"],
                    scores.recipients,
                    [&](const std::string& fault) { show(passage, "recipient", fault + " " + mark["trigger"].dump()); });
    }
  }
  for (std::size_t i = 0; i < record.events.size(); ++i) {
    const Event& event = record.events[i];
    if (match[i] == nullptr) {
      ++scores.events.extra, ++scores.with_status.extra;
      show(passage, "extra", std::string(name(event.type)) + " '" + std::string(record.document.slice(event.trigger)) +
                                 "' in: " + std::string(record.document.slice(event.evidence)));
    }
    if (event.status != Status::actual && event.status != Status::ongoing) continue;
    if (match[i] == nullptr && event.quad == 3) continue;  // words, not the deed
    const bool undone = match[i] != nullptr
                            ? is_undone(*match[i])
                            : std::any_of(passage["events"].begin(), passage["events"].end(), [&](const Json& mark) {
                                return is_undone(mark) && triggered_by(record, event, mark);
                              });
    if (!undone) continue;
    ++scores.told_as_done;
    std::cout << "told as done: '" << record.document.slice(event.trigger) << "' in " << passage["id"] << '\n';
  }
}

template <typename Read>
Scores score_all(const char* file_name, const Read& document_of) {
  Scores scores;
  auto pipeline = Pipeline::load({});
  EXPECT_TRUE(pipeline.ok()) << pipeline.error().text();
  std::ifstream file(std::string(PARLEY_SOURCE_DIR) + "/tests/record/" + file_name);
  EXPECT_TRUE(file);
  for (std::string line; pipeline.ok() && std::getline(file, line);) {
    const Json passage = Json::parse(line);
    Document document = document_of(passage["text"].get<std::string>());
    document.published = passage["published"].get<std::string>();
    score(passage, pipeline->read(document), scores);
  }
  std::cout << "events: " << scores.events << "\nwith status: " << scores.with_status << "\nactors: " << scores.actors
            << "\nrecipients: " << scores.recipients << "\ntold as done: " << scores.told_as_done << '\n';
  return scores;
}

TEST(EventRecords, MarkedPassages) {
  if (!std::filesystem::exists(Pipeline::default_model_path())) {
    GTEST_SKIP() << "no model at " << Pipeline::default_model_path() << "; make one with training/";
  }
  const Scores scores = score_all("events_gold.jsonl", Document::plain);
#ifndef PARLEY_INSTRUMENTED
  EXPECT_GT(scores.events.f1(), 0.85);
  EXPECT_GT(scores.with_status.f1(), 0.85);
  EXPECT_GT(scores.actors.f1(), 0.96);
  EXPECT_GT(scores.recipients.f1(), 0.78);
  EXPECT_EQ(scores.told_as_done, 0);
#endif
}

// Whole reports: headline, background, quotes and page furniture, read the way a file is.
TEST(EventRecords, MarkedReports) {
  if (!std::filesystem::exists(Pipeline::default_model_path())) GTEST_SKIP() << "no model";
  ReadOptions options;
  auto cues = load_cues(std::string(PARLEY_SOURCE_DIR) + "/data/page");
  ASSERT_TRUE(cues.ok()) << cues.error().text();
  options.cues = *cues;
  [[maybe_unused]] const Scores scores = score_all("event_reports_gold.jsonl", [&](std::string text) {
    auto page = read_text(std::move(text), options);
    EXPECT_TRUE(page.ok()) << page.error().text();
    return std::move(*page);
  });
#ifndef PARLEY_INSTRUMENTED
  EXPECT_GT(scores.events.f1(), 0.88);
  EXPECT_GT(scores.with_status.f1(), 0.87);
  EXPECT_GT(scores.actors.f1(), 0.93);
  EXPECT_GT(scores.recipients.f1(), 0.80);
  EXPECT_EQ(scores.told_as_done, 0);
#endif
}

// "In his meetings …, Griffiths": coreference ties the pronouns to each other, and to nobody.
TEST(EventRecords, PronounsLeftAloneGoToWhoCanBeMeant) {
  if (!std::filesystem::exists(Pipeline::default_model_path())) GTEST_SKIP() << "no model";
  auto pipeline = Pipeline::load({});
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().text();
  const Record record = pipeline->read(Document::plain(
      "In his meetings with Omani ministers, the envoy Martin Griffiths pushed for a truce. He urged the rebels to "
      "release the sailors."));
  const auto griffiths = std::find_if(record.entities.begin(), record.entities.end(),
                                      [](const Entity& entity) { return entity.name == "Martin Griffiths"; });
  ASSERT_NE(griffiths, record.entities.end());
  int meetings = 0, requests = 0;
  for (const Event& event : record.events) {
    const bool acts = std::find(event.actors.begin(), event.actors.end(), griffiths->id) != event.actors.end();
    meetings += event.type == EventType::consult && acts;
    requests += event.type == EventType::request && acts;
  }
  EXPECT_EQ(meetings, 1);
  EXPECT_GE(requests, 1);
}

}  // namespace
}  // namespace parley
