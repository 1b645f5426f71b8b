// What training/companion.py needs of the library: every word that the event companion considers in a list
// of sentences, with the features that it will see of it at run time.
//
//   companion_trace MODEL SENTENCES.jsonl OUT   SENTENCES: a line {"text": …} each. OUT.jsonl: a line
//                                               {"line", "begin", "end", "lemma", "part"} for each word (code points);
//                                               OUT.f32: its features, float32, row after row
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "language/language.h"
#include "parley/document.h"
#include "record/event_companion.h"

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "usage: companion_trace MODEL SENTENCES.jsonl OUT\n";
    return 2;
  }
  parley::Language::Options options;
  options.keep_vectors = true;
  const auto language = parley::Language::load(argv[1], options);
  if (!language) {
    std::cerr << language.error().text() << '\n';
    return 1;
  }
  std::ifstream sentences(argv[2]);
  const std::string out = argv[3];
  std::ofstream words(out + ".jsonl");
  std::ofstream features(out + ".f32", std::ios::binary);
  std::string line;
  for (std::size_t number = 0; std::getline(sentences, line); ++number) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("text")) {
      std::cerr << argv[2] << ':' << number + 1 << ": no object with a text\n";
      return 1;
    }
    const parley::Document document = parley::Document::plain(json["text"].get<std::string>());
    const parley::Analysis analysis = language->analyse(document);
    std::vector<float> row(parley::CompanionFeatures::size(analysis));
    for (parley::Word word = 0; word < analysis.size(); ++word) {
      if (!parley::CompanionFeatures::considers(analysis, word)) continue;
      if (row.size() <= parley::CompanionFeatures::kFlags) continue;
      parley::CompanionFeatures::of(analysis, word, row);
      const parley::Span span = document.span(analysis.bytes(word));
      words << nlohmann::json{{"line", number}, {"begin", span.begin}, {"end", span.end},
                              {"lemma", analysis.lemma(word)}, {"part", parley::name(analysis.upos(word))}}
                   .dump()
            << '\n';
      features.write(reinterpret_cast<const char*>(row.data()),
                     static_cast<std::streamsize>(row.size() * sizeof(float)));
    }
  }
  return words && features ? 0 : 1;
}
