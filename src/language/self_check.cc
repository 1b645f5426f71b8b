#include "language/self_check.h"

#include <string>

#include "language/analysis_builder.h"
#include "language/model_file.h"
#include "language/model_settings.h"

namespace parley {
namespace {

/// Differences are counted, the first one is kept for the message.
struct Comparison {
  std::size_t labels = 0;
  std::size_t wrong = 0;
  std::string first;

  void add(const std::string& word, const char* what, std::string_view wanted, std::string_view got) {
    ++labels;
    if (wanted == got) return;
    ++wrong;
    if (first.empty()) {
      first = std::string(what) + " of '" + word + "' is " + std::string(got) + ", not " +
              std::string(wanted);
    }
  }
};

void compare(const ModelSample& sample, const Analysis& analysis, Comparison& comparison) {
  std::vector<std::string> ner(sample.words.size(), "O");
  for (const Name& found : analysis.names()) {
    for (Word w = found.words.first; w < found.words.last; ++w) {
      ner[w] = (w == found.words.first ? "B-" : "I-") + std::string(name(found.type));
    }
  }
  std::vector<std::string_view> senses(sample.words.size());
  for (const auto& [word, sense] : sample.predicates) {
    if (word >= 1 && word <= senses.size()) senses[word - 1] = sense;
  }
  for (Word w = 0; w < analysis.size(); ++w) {
    const std::string& word = sample.words[w];
    comparison.add(word, "the part of speech", sample.upos[w], name(analysis.upos(w)));
    const Word head = analysis.head(w);
    comparison.add(word, "the head", std::to_string(sample.head[w]),
                   std::to_string(head == kNoWord ? 0 : head + 1));
    comparison.add(word, "the relation", sample.deprel[w], analysis.relation(w));
    comparison.add(word, "the name label", sample.ner[w], ner[w]);
    const Predicate* predicate = analysis.predicate_at(w);
    comparison.add(word, "the sense", senses[w], predicate ? predicate->sense : std::string_view{});
  }
}

}  // namespace

std::optional<Error> self_check(const Language& language, const ModelFile& file, Precision precision) {
  const auto samples = read_samples(file);
  if (!samples) return samples.error();
  Comparison comparison;
  for (const ModelSample& sample : *samples) {
    AnalysisBuilder builder;
    std::uint32_t at = 0;
    for (const std::string& word : sample.words) {
      const auto end = at + static_cast<std::uint32_t>(word.size());
      builder.add_word(word, {at, end});
      at = end + 1;
    }
    compare(sample, language.analyse_words(std::move(builder).build()), comparison);
  }
  const std::size_t allowed = precision == Precision::fp32 ? 0 : comparison.labels / 25;
  if (comparison.wrong <= allowed) return std::nullopt;
  return file.damaged("on its own sample sentences " + std::to_string(comparison.wrong) + " of " +
                      std::to_string(comparison.labels) + " labels are not what they must be (" +
                      comparison.first + ")");
}

}  // namespace parley
