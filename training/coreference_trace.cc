// What training/coreference.py needs of coreference: the features of every choice in annotated
// documents, and the chains of a document.
//
//   coreference_trace features CONLLU OUT    one document with Entity= brackets; appends to OUT
//   records: choices
//                                             (uint32), for each choice: right (uint8), features
//                                             (uint32), hashes
//   coreference_trace learn OUT WEIGHTS BITS EPOCHS RATE DECAY FALSE_NEW FALSE_LINK WRONG_LINK SEED
//                                             the weights that rank those choices best; see
//                                             coreference.py
//   coreference_trace conllu CONLLU [WEIGHTS] the document with the chains found; WEIGHTS: scale
//   (float32), size
//                                             (uint32), int8 table
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

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
  trace.sink = [&](const std::vector<std::vector<std::uint32_t>>& choices,
                   const std::vector<std::uint8_t>& right) {
    const auto count = static_cast<std::uint32_t>(choices.size());
    std::fwrite(&count, 4, 1, out);
    for (std::size_t k = 0; k < choices.size(); ++k) {
      const auto n = static_cast<std::uint32_t>(choices[k].size()) |
                     (static_cast<std::uint32_t>(right[k]) << 31);
      std::fwrite(&n, 4, 1, out);
      std::fwrite(choices[k].data(), 4, choices[k].size(), out);
    }
  };
  parley::coreference::link(analysis, scene, {}, &trace);
  std::fclose(out);
  std::printf("%zu mentions of %zu gold ones, %zu found\n", exact, analysis.mentions().size(),
              scene.mentions.size());
  return 0;
}

/// AdaGrad on -log p(right choices), p a softmax over the choices' scores, each wrong one's raised
/// by its margin.
int learn(char** argv) {
  const std::string file = read(argv[2]);
  std::vector<std::uint32_t> data(file.size() / 4);
  std::memcpy(data.data(), file.data(), data.size() * 4);
  std::vector<std::size_t> decisions;
  for (std::size_t at = 0; at < data.size();) {
    decisions.push_back(at);
    const std::uint32_t choices = data[at++];
    for (std::uint32_t k = 0; k < choices; ++k) at += 1 + (data[at] & 0x7FFFFFFF);
  }
  const std::size_t size = std::size_t{1} << std::atoi(argv[4]);
  const std::size_t mask = size - 1;
  const int epochs = std::atoi(argv[5]);
  const float rate = std::strtof(argv[6], nullptr), decay = std::strtof(argv[7], nullptr);
  const float false_new = std::strtof(argv[8], nullptr), false_link = std::strtof(argv[9], nullptr);
  const float wrong_link = std::strtof(argv[10], nullptr);
  std::mt19937 random(static_cast<std::uint32_t>(std::atoi(argv[11])));
  std::vector<float> weights(size), squares(size, 1.0f), total(size);
  int averaged = 0;
  struct Row {
    const std::uint32_t* features;
    std::uint32_t count;
    bool right;
    float score;
  };
  std::vector<Row> rows;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    std::shuffle(decisions.begin(), decisions.end(), random);
    double loss = 0;
    for (const std::size_t start : decisions) {
      std::size_t at = start;
      rows.clear();
      const std::uint32_t choices = data[at++];
      for (std::uint32_t k = 0; k < choices; ++k) {
        const std::uint32_t n = data[at] & 0x7FFFFFFF;
        Row row{&data[at + 1], n, (data[at] >> 31) != 0, 0.0f};
        for (std::uint32_t i = 0; i < n; ++i) row.score += weights[row.features[i] & mask];
        rows.push_back(row);
        at += 1 + n;
      }
      for (std::size_t k = 0; k < rows.size(); ++k) {
        if (!rows[k].right)
          rows[k].score += k == 0 ? false_new : rows[0].right ? false_link : wrong_link;
      }
      float top = rows[0].score;
      for (const Row& row : rows) top = std::max(top, row.score);
      float sum = 0, good = 1e-30f;
      for (Row& row : rows) {
        row.score = std::exp(row.score - top);
        sum += row.score;
        if (row.right) good += row.score;
      }
      loss -= std::log(good / sum);
      for (const Row& row : rows) {
        const float gradient = row.score / sum - (row.right ? row.score / good : 0.0f);
        if (std::fabs(gradient) < 1e-4f) continue;
        for (std::uint32_t i = 0; i < row.count; ++i) {
          const std::size_t f = row.features[i] & mask;
          const float g = gradient + decay * weights[f];
          squares[f] += g * g;
          weights[f] -= rate * g / std::sqrt(squares[f]);
        }
      }
    }
    std::printf("epoch %d: loss %.4f\n", epoch + 1, loss / static_cast<double>(decisions.size()));
    std::fflush(stdout);
    if (epoch < epochs / 2) continue;
    ++averaged;
    for (std::size_t f = 0; f < size; ++f) total[f] += weights[f];
  }
  std::vector<float> magnitudes;
  for (float& w : total) {
    w /= static_cast<float>(averaged);
    if (w != 0) magnitudes.push_back(std::fabs(w));
  }
  if (magnitudes.empty()) return 1;
  std::sort(magnitudes.begin(), magnitudes.end());
  const float scale =
      magnitudes[static_cast<std::size_t>(0.9998 * static_cast<double>(magnitudes.size() - 1))] /
      127;
  std::FILE* out = std::fopen(argv[3], "wb");
  if (out == nullptr) return 1;
  const auto written = static_cast<std::uint32_t>(size);
  std::fwrite(&scale, 4, 1, out);
  std::fwrite(&written, 4, 1, out);
  for (const float w : total) {
    std::fputc(static_cast<std::int8_t>(std::clamp(std::round(w / scale), -127.0f, 127.0f)), out);
  }
  std::fclose(out);
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
  if (command == "learn" && argc == 12) return learn(argv);
  if (command == "conllu" && (argc == 3 || argc == 4)) return conllu(argc, argv);
  std::fputs(
      "usage: coreference_trace features CONLLU OUT | learn OUT WEIGHTS … | conllu CONLLU "
      "[WEIGHTS]\n",
      stderr);
  return 2;
}
