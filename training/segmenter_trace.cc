// What training/segmenter.py needs of the segmenter: the features of every decision on a text whose
// tokens and sentences are known, and the segmentation of a text.
//
//   segmenter_trace features TEXT STARTS OUT   STARTS: a line a byte offset, "123 t" where a token
//   starts,
//                                              "123 s" where a sentence does; OUT.join,
//                                              OUT.sentence: records of one label byte and the
//                                              features' hashes (uint32)
//   segmenter_trace conllu TEXT [WEIGHTS]      CoNLL-U on standard output; WEIGHTS as segmenter.py
//   writes them:
//                                              for each model scale, bias (float32), size (uint32),
//                                              int8 table
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <unordered_set>

#include "language/segmenter_internal.h"

namespace {

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(std::FILE* out, bool label, const std::uint32_t* features, std::size_t count) {
  std::fputc(label ? 1 : 0, out);
  std::fwrite(features, sizeof *features, count, out);
}

int features(char** argv) {
  const std::string text = read(argv[2]);
  std::unordered_set<std::uint32_t> tokens, sentences;
  std::ifstream starts(argv[3]);
  std::uint32_t at = 0;
  char kind = 0;
  while (starts >> at >> kind) (kind == 't' ? tokens : sentences).insert(at);
  const std::string out = argv[4];
  std::FILE* join = std::fopen((out + ".join").c_str(), "wb");
  std::FILE* sentence = std::fopen((out + ".sentence").c_str(), "wb");
  if (join == nullptr || sentence == nullptr) return 1;
  parley::segmenter::Trace trace;
  trace.token_starts = [&](std::uint32_t byte) { return tokens.contains(byte); };
  trace.sentence_starts = [&](std::uint32_t byte) { return sentences.contains(byte); };
  trace.join = [&](bool label, const std::uint32_t* f, std::size_t n) { write(join, label, f, n); };
  trace.sentence = [&](bool label, const std::uint32_t* f, std::size_t n) {
    write(sentence, label, f, n);
  };
  parley::Segmentation result;
  parley::segmenter::segment(text, {0, static_cast<std::uint32_t>(text.size())}, {}, &trace,
                             result);
  std::fclose(join);
  std::fclose(sentence);
  std::printf("%zu %zu\n", parley::segmenter::kJoinFeatures, parley::segmenter::kSentenceFeatures);
  return 0;
}

int conllu(int argc, char** argv) {
  const std::string text = read(argv[2]);
  std::string file;
  parley::SegmenterWeights weights;
  if (argc > 3) {
    file = read(argv[3]);
    std::size_t pos = 0;
    for (auto* model : {&weights.join, &weights.sentence}) {
      std::uint32_t size = 0;
      if (pos + 12 > file.size()) return 1;
      std::memcpy(&model->scale, file.data() + pos, 4);
      std::memcpy(&model->bias, file.data() + pos + 4, 4);
      std::memcpy(&size, file.data() + pos + 8, 4);
      if (pos + 12 + size > file.size()) return 1;
      model->table = {reinterpret_cast<const std::int8_t*>(file.data() + pos + 12), size};
      pos += 12 + size;
    }
  }
  parley::Segmentation result;
  parley::Segmenter(weights).segment(text, {0, static_cast<std::uint32_t>(text.size())}, result);
  std::size_t next_token = 0;
  auto form = [&](std::uint32_t w) {
    const auto& word = result.words[w];
    return word.form.empty() ? text.substr(word.bytes.begin, word.bytes.size()) : word.form;
  };
  for (const auto& sentence : result.sentences) {
    for (std::uint32_t w = sentence.first; w < sentence.last; ++w) {
      if (next_token < result.multiword_tokens.size() &&
          result.multiword_tokens[next_token].first == w) {
        const auto& t = result.multiword_tokens[next_token++];
        std::string surface;
        for (std::uint32_t k = t.first; k < t.last; ++k) surface += form(k);
        std::cout << w - sentence.first + 1 << '-' << t.last - sentence.first << '\t' << surface
                  << "\t_\t_\t_\t_\t_\t_\t_\t_\n";
      }
      const std::uint32_t id = w - sentence.first + 1;
      std::cout << id << '\t' << form(w) << "\t_\tX\t_\t_\t" << id - 1 << '\t'
                << (id == 1 ? "root" : "dep") << "\t_\t_\n";
    }
    std::cout << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "features" && argc == 5) return features(argv);
  if (command == "conllu" && (argc == 3 || argc == 4)) return conllu(argc, argv);
  std::fputs("usage: segmenter_trace features TEXT STARTS OUT | conllu TEXT [WEIGHTS]\n", stderr);
  return 2;
}
