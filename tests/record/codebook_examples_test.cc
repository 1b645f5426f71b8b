// Every rule's example sentences, read by the whole pipeline: a codebook that says it codes a sentence
// must. Sentences marked `known_wrong` must still be read wrong, so that a repair is noticed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "knowledge/codebook.h"
#include "parley/analysis.h"
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

// The word an event was found at; kNoWord when it starts none.
Word word_at(const Document& document, const Analysis& analysis, Span span) {
  for (Word word = 0; word < analysis.size(); ++word) {
    if (document.span(analysis.bytes(word)).begin == span.begin) return word;
  }
  return kNoWord;
}

// More than "somebody did something to somebody": a noun, a passive, a clause below another, a denial.
bool is_less_plain(const Document& document, const Analysis& analysis, const Event& event) {
  if (event.status != Status::actual) return true;
  const Word word = word_at(document, analysis, event.trigger);
  if (word == kNoWord) return false;
  if (analysis.upos(word) == Upos::NOUN) return true;
  for (const Word child : analysis.children(word)) {
    const std::string_view relation = analysis.relation(child);
    if (relation == "nsubj:pass" || relation == "aux:pass" || relation == "obl:agent") return true;
    if (analysis.lemma(child) == "not" || analysis.lemma(child) == "never" || analysis.lemma(child) == "no") return true;
  }
  const std::string_view base = analysis.base_relation(word);
  return base == "ccomp" || base == "xcomp" || base == "advcl" || base == "acl" || base == "csubj";
}

TEST(CodebookExamples, AreReadAsTheySay) {
  if (!std::filesystem::exists(Pipeline::default_model_path())) {
    GTEST_SKIP() << "no model at " << Pipeline::default_model_path() << "; make one with training/";
  }
  Pipeline::Options options;
  options.min_confidence = 0.0;  // the rules are asked, not how sure they are
  auto pipeline = Pipeline::load(options);
  ASSERT_TRUE(pipeline.ok()) << pipeline.error().text();
  Diagnostics diagnostics;
  DataFiles files(Pipeline::default_data_path(), {});
  const Codebook codebook = Codebook::load(files, diagnostics);
  int plain = 0, less_plain = 0, known_wrong = 0;
  for (const Rule& rule : codebook.rules()) {
    const auto where = [&rule](const RuleExample& example) {
      return rule.file + ':' + std::to_string(example.place.line) + ": " + rule.name + "\n  " + example.text + "\n  ";
    };
    // What a rule must not read, and what a `no_event` rule says is none.
    for (const auto* silent : {&rule.not_examples, rule.quiet ? &rule.examples : nullptr}) {
      if (silent == nullptr) continue;
      for (const RuleExample& example : *silent) {
        const Record record = pipeline->read(Document::plain(example.text));
#ifndef PARLEY_INSTRUMENTED
        for (const Event& event : record.events) {
          EXPECT_TRUE(!rule.quiet && event.type != rule.type)
              << where(example) << "is read as " << name(event.type) << " by " << event.rule;
        }
#endif
      }
    }
    if (rule.quiet) continue;
    for (const RuleExample& example : rule.examples) {
      const Document document = Document::plain(example.text);
      const Record record = pipeline->read(document);
      const std::string wrong = fault(rule, example, record);
#ifdef PARLEY_INSTRUMENTED
      continue;  // instrumented loops add in another order: a near tie may fall the other way
#endif
      if (example.known_wrong) {
        ++known_wrong;
        EXPECT_NE(wrong, "") << where(example) << "is right now: take known_wrong (\"" << *example.known_wrong
                             << "\") out";
        continue;
      }
      EXPECT_EQ(wrong, "") << where(example) << wrong;
      const Analysis analysis = pipeline->analyse(document);
      const bool twisted = std::any_of(record.events.begin(), record.events.end(), [&](const Event& event) {
        return event.type == rule.type && is_less_plain(document, analysis, event);
      });
      ++(twisted ? less_plain : plain);
    }
  }
#ifndef PARLEY_INSTRUMENTED
  EXPECT_GE(3 * less_plain, plain + less_plain) << "at least a third of the examples are passive, nominal, negated or "
                                                   "embedded: " << less_plain << " are, " << plain << " are not";
  EXPECT_LE(20 * known_wrong, plain + less_plain + known_wrong) << "at most one in twenty may be known wrong";
#endif
}

}  // namespace
}  // namespace parley
