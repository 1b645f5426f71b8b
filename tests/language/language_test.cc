// From a document to its analysis, with a tiny model whose labels mean nothing: what is looked at is
// that everything is there, stands at the right place, and is the same whatever is beside it.
#include "language/language.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <thread>

#include "language/analysis_builder.h"
#include "language/conllu.h"
#include "language/tiny_model.h"

namespace parley {
namespace {

Language tiny(Precision precision = Precision::fp32) {
  const std::string path = test::TinyModel().write("tiny.safetensors");
  return Language::load(path, {.precision = precision, .self_check = false}).value();
}

Analysis words_of(const Language& language, const std::vector<std::string>& sentence) {
  AnalysisBuilder builder;
  std::uint32_t at = 0;
  for (const std::string& word : sentence) {
    const auto end = at + static_cast<std::uint32_t>(word.size());
    builder.add_word(builder.keep(word), {at, end});
    at = end + 1;
  }
  return language.analyse_words(std::move(builder).build());
}

TEST(Language, FillsInEveryColumn) {
  const Language language = tiny();
  const Document document = Document::plain("Rebels met the envoy. Envoys fled.\n\nThe rebels met.");
  const Analysis analysis = language.analyse(document);
  ASSERT_GT(analysis.sentences().size(), 1u);
  for (const Sentence& sentence : analysis.sentences()) {
    std::size_t roots = 0;
    for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
      roots += analysis.head(w) == kNoWord ? 1 : 0;
      EXPECT_EQ(document.slice(analysis.bytes(w)), analysis.form(w));
      EXPECT_FALSE(analysis.lemma(w).empty());
      EXPECT_EQ(analysis.head(w) == kNoWord, analysis.relation(w) == "root");
      EXPECT_EQ(std::isnan(analysis.factuality(w)),
                analysis.upos(w) != Upos::VERB && analysis.predicate_at(w) == nullptr);
    }
    EXPECT_EQ(roots, 1u);
  }
}

TEST(Language, PassesOverWhatIsNoText) {
  const Language language = tiny();
  Document document = Document::plain("New Update\n\nRebels fled.");
  document.sections = {{SectionKind::label, {0, 10}}, {SectionKind::body, {12, 24}}};
  const Analysis analysis = language.analyse(document);
  ASSERT_EQ(analysis.size(), 3u);
  EXPECT_EQ(analysis.form(0), "Rebels");
  EXPECT_EQ(language.analyse(Document::plain("")).size(), 0u);
  EXPECT_EQ(language.analyse(Document::plain(" \n\n ")).size(), 0u);
}

TEST(Language, ReadsASentenceAlikeInAnyCompany) {
  const Language language = tiny();
  const std::vector<std::string> sentence = {"The", "rebels", "met", "the", "envoy", "."};
  const std::string alone = to_conllu(nullptr, words_of(language, sentence));
  AnalysisBuilder builder;
  for (int n = 0; n < 40; ++n) {
    for (int w = 0; w <= n % 7; ++w) builder.add_word("fled", {0, 1});
    builder.end_sentence();
    for (const std::string& word : sentence) builder.add_word(word, {0, 1});
    builder.end_sentence();
  }
  const Analysis many = language.analyse_words(std::move(builder).build());
  const Analysis one = words_of(language, sentence);
  for (std::size_t s = 1; s < many.sentences().size(); s += 2) {
    const Word first = many.sentences()[s].words.first;
    for (Word w = 0; w < 6; ++w) {
      EXPECT_EQ(many.upos(first + w), one.upos(w));
      EXPECT_EQ(many.relation(first + w), one.relation(w));
      EXPECT_EQ(many.head(first + w) == kNoWord ? kNoWord : many.head(first + w) - first, one.head(w));
      EXPECT_EQ(many.predicate_at(first + w) != nullptr, one.predicate_at(w) != nullptr);
    }
  }
}

TEST(Language, CutsEndlessSentencesIntoWindowsUnderOneRoot) {
  const Language language = tiny();
  std::vector<std::string> words;
  for (int i = 0; i < 20000; ++i) words.push_back(i % 9 == 8 ? "," : i % 2 ? "met" : "rebels");
  const Analysis analysis = words_of(language, words);
  ASSERT_EQ(analysis.sentences().size(), 1u);
  std::size_t roots = 0, windows = 0;
  for (Word w = 0; w < analysis.size(); ++w) {
    roots += analysis.head(w) == kNoWord ? 1 : 0;
    windows += analysis.relation(w) == "parataxis" ? 1 : 0;
  }
  EXPECT_EQ(roots, 1u);
  EXPECT_GT(windows, 20000u / 14 - 2);
  EXPECT_LT(windows, 20000u / 7);
}

TEST(Language, TakesWordsOfAnySizeAndKind) {
  const Language language = tiny(Precision::int8);
  const Analysis analysis =
      words_of(language, {std::string(100000, 'x'), std::string(100000, '-'), "\xC2\xAD", "北京", "fled"});
  EXPECT_EQ(analysis.size(), 5u);
}

TEST(Language, KeepsGivenSentencesAndIds) {
  const Language language = tiny();
  const auto read = read_conllu("# sent_id = a-1\n1-2\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdid\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                "2\tn't\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n\n");
  ASSERT_TRUE(read.ok());
  const Analysis analysis = language.analyse_words(read->analysis);
  EXPECT_EQ(analysis.sentences()[0].id, "a-1");
  EXPECT_EQ(analysis.multiword_tokens().size(), 1u);
  EXPECT_EQ(to_conllu(&read->document, analysis).find("1-2\tdidn't"), to_conllu(&read->document, read->analysis).find("1-2\tdidn't"));
}

TEST(Language, IsSharedByThreads) {
  const Language language = tiny(Precision::int8);
  const Document document = Document::plain("Rebels met the envoy. The envoy fled, rebels met.");
  const std::string wanted = to_conllu(&document, language.analyse(document));
  std::vector<std::thread> threads;
  std::vector<int> alike(4, 0);
  for (std::size_t t = 0; t < alike.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) alike[t] += to_conllu(&document, language.analyse(document)) == wanted ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(alike, std::vector<int>(4, 5));
}

TEST(Language, OutlivedByItsAnalyses) {
  const Document document = Document::plain("Rebels fled.");
  Analysis analysis;
  {
    const Language language = tiny();
    analysis = language.analyse(document);
  }
  EXPECT_NE(analysis.relation(0), "");
  EXPECT_NE(to_conllu(&document, analysis), "");
}

TEST(SelfCheck, RefusesAModelThatDoesNotGiveItsOwnSamples) {
  const Analysis analysis = words_of(tiny(), {"rebels", "fled"});
  nlohmann::json sample = {{"words", {"rebels", "fled"}}, {"ner", {"O", "O"}}, {"predicates", nlohmann::json::array()}};
  for (const Name& found : analysis.names()) {
    for (Word w = found.words.first; w < found.words.last; ++w) {
      sample["ner"][w] = (w == found.words.first ? "B-" : "I-") + std::string(name(found.type));
    }
  }
  for (Word w = 0; w < 2; ++w) {
    sample["upos"].push_back(name(analysis.upos(w)));
    sample["head"].push_back(analysis.head(w) == kNoWord ? 0 : analysis.head(w) + 1);
    sample["deprel"].push_back(analysis.relation(w));
    if (const Predicate* p = analysis.predicate_at(w)) sample["predicates"].push_back({w + 1, p->sense});
  }
  test::TinyModel model;
  model.metadata["samples"] = nlohmann::json::array({sample}).dump();
  const Language::Options options{.precision = Precision::fp32, .self_check = true};
  const auto good = Language::load(model.write("good.safetensors"), options);
  EXPECT_TRUE(good.ok()) << good.error().text();
  sample["upos"][0] = "INTJ";
  model.metadata["samples"] = nlohmann::json::array({sample}).dump();
  const auto bad = Language::load(model.write("bad.safetensors"), options);
  ASSERT_FALSE(bad.ok());
  EXPECT_NE(bad.error().message.find("INTJ"), std::string::npos);
}

}  // namespace
}  // namespace parley
