// What training/coreference.py needs of coreference: the features of every choice in annotated documents, and the
// chains of a document.
//
//   coreference_trace features CONLLU OUT [KEEP]   one document with Entity= brackets; appends to OUT records: choices
//                                             (uint32), for each choice: right (uint8), features (uint32), hashes
//   coreference_trace conllu CONLLU [WEIGHTS] the document with the chains found; WEIGHTS: scale (float32), size
//                                             (uint32), int8 table
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "language/analysis_builder.h"
#include "language/conllu.h"
#include "language/coreference_internal.h"

namespace {

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int features(char** argv) {
  const auto text = parley::read_conllu(read(argv[2]));
  if (!text) return 1;
  const parley::Analysis& analysis = text->analysis;
  const parley::coreference::Scene scene = parley::coreference::find_mentions(analysis);
  std::map<std::pair<parley::Word, parley::Word>, std::uint32_t> spans;
  std::map<parley::Word, std::uint32_t> heads;
  for (const parley::Mention& m : analysis.mentions()) {
    spans.emplace(std::pair(m.words.first, m.words.last), m.chain);
    const parley::Word head = analysis.head_of(m.words);
    if (head != parley::kNoWord) heads.emplace(head, m.chain);
  }
  parley::coreference::Trace trace;
  std::size_t exact = 0;
  for (const auto& c : scene.mentions) {
    const auto span = spans.find({c.words.first, c.words.last});
    std::uint32_t gold = parley::coreference::kNone;
    if (span != spans.end()) {
      gold = span->second;
      ++exact;
    } else if (!c.coordination) {
      const auto head = heads.find(c.head);
      if (head != heads.end()) gold = head->second;
    }
    trace.gold.push_back(gold);
  }
  std::FILE* out = std::fopen(argv[3], "ab");
  if (out == nullptr) return 1;
  trace.sink = [&](const std::vector<std::vector<std::uint32_t>>& choices, const std::vector<std::uint8_t>& right) {
    const auto count = static_cast<std::uint32_t>(choices.size());
    std::fwrite(&count, 4, 1, out);
    for (std::size_t k = 0; k < choices.size(); ++k) {
      const auto n = static_cast<std::uint32_t>(choices[k].size()) | (static_cast<std::uint32_t>(right[k]) << 31);
      std::fwrite(&n, 4, 1, out);
      std::fwrite(choices[k].data(), 4, choices[k].size(), out);
    }
  };
  parley::coreference::link(analysis, scene, {}, &trace);
  std::fclose(out);
  std::printf("%zu mentions of %zu gold ones, %zu found\n", exact, analysis.mentions().size(), scene.mentions.size());
  return 0;
}

int conllu(int argc, char** argv) {
  auto text = parley::read_conllu(read(argv[2]));
  if (!text) return 1;
  std::string file;
  parley::CoreferenceWeights weights;
  if (argc > 3) {
    file = read(argv[3]);
    if (file.size() < 8) return 1;
    std::uint32_t size = 0;
    std::memcpy(&weights.scale, file.data(), 4);
    std::memcpy(&size, file.data() + 4, 4);
    if (8 + size > file.size()) return 1;
    weights.table = {reinterpret_cast<const std::int8_t*>(file.data() + 8), size};
  }
  parley::Chains chains = parley::Coreference(weights).resolve(text->analysis);
  parley::AnalysisBuilder builder(std::move(text->analysis));
  builder.set_mentions(std::move(chains.mentions), chains.count);
  std::cout << parley::to_conllu(&text->document, std::move(builder).build());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "features" && argc == 4) return features(argv);
  if (command == "conllu" && (argc == 3 || argc == 4)) return conllu(argc, argv);
  std::fputs("usage: coreference_trace features CONLLU OUT | conllu CONLLU [WEIGHTS]\n", stderr);
  return 2;
}
