// Every rule's example sentences, read by the whole pipeline: a codebook that says it codes a sentence
// must. Sentences marked `known_wrong` must still be read wrong, so that a repair is noticed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "knowledge/codebook.h"
#include "parley/pipeline.h"

namespace parley {
namespace {

bool names(const Record& record, const std::vector<Span>& spans, const std::string& words) {
  return std::any_of(spans.begin(), spans.end(), [&](Span span) {
    const std::string_view text = record.document.slice(span);
    return text.find(words) != std::string_view::npos || words.find(text) != std::string::npos;
  });
}

// Empty when one of the record's events is of the rule's type and as the example says (two rules may know
// one sentence); else what is wrong.
std::string fault(const Rule& rule, const RuleExample& example, const Record& record) {
  std::string out = std::string("no event of type ") + name(rule.type);
  for (const Event& event : record.events) {
    if (event.rule != rule.name && event.type != rule.type) continue;
    out.clear();
    for (const std::string& actor : example.actors) {
      if (!names(record, event.actor_spans, actor)) out += "actor '" + actor + "' is missing; ";
    }
    for (const std::string& recipient : example.recipients) {
      if (!names(record, event.recipient_spans, recipient)) out += "recipient '" + recipient + "' is missing; ";
    }
    if (example.status && *example.status != name(event.status)) {
      out += std::string("status is ") + name(event.status) + ", not " + *example.status;
    }
    if (out.empty()) break;
  }
  return out;
}

TEST(CodebookExamples, AreReadAsTheySay) {
  if (!std::filesystem::exists(Pipeline::default_model_path())) {
    GTEST_SKIP() << "no model at " << Pipeline::default_model_path() << "; make one with training/";
  }
  auto pipeline = Pipeline::load({});
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().text();
  Diagnostics diagnostics;
  DataFiles files(Pipeline::default_data_path(), {});
  const Codebook codebook = Codebook::load(files, diagnostics);
  for (const Rule& rule : codebook.rules()) {
    if (rule.quiet) continue;
    for (const RuleExample& example : rule.examples) {
      const std::string wrong = fault(rule, example, pipeline->read(Document::plain(example.text)));
#ifdef PARLEY_INSTRUMENTED
      continue;  // instrumented loops add in another order: a near tie may fall the other way
#endif
      const std::string where = rule.file + ':' + std::to_string(example.place.line) + ": " + rule.name + "\n  " +
                                example.text + "\n  ";
      if (example.known_wrong) {
        EXPECT_NE(wrong, "") << where << "is right now: take known_wrong (\"" << *example.known_wrong << "\") out";
      } else {
        EXPECT_EQ(wrong, "") << where << wrong;
      }
    }
  }
}

}  // namespace
}  // namespace parley
