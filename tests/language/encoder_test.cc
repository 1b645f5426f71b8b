// The encoder, fast, against the same thing written plainly, layer by layer, and against activations
// that the training code wrote down.
#include "language/encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "language/annotator.h"
#include "language/language.h"
#include "language/model_file.h"
#include "language/model_settings.h"
#include "language/plain_forward.h"
#include "language/tiny_model.h"

namespace parley {
namespace {

using test::PlainForward;
using test::Rows;
using test::TinyModel;

struct Tiny {
  std::string bytes = TinyModel().bytes();
  std::shared_ptr<const ModelFile> file =
      ModelFile::from_bytes(std::as_bytes(std::span(bytes)), "tiny").value();
  ModelSettings settings = read_settings(*file).value();
};

PieceBatch three_sentences() {
  PieceBatch batch;
  batch.pieces = {2, 4, 5, 3, /**/ 2, 7, 8, 10, 9, 12, 3, /**/ 2, 19, 3};
  batch.cases = {0, 1, 0, 0, /**/ 0, 0, 2, 2, 3, 0, 0, /**/ 0, 1, 0};
  batch.ends = {4, 11, 14};
  return batch;
}

double worst_difference(const Precision precision) {
  const Tiny tiny;
  const OneThread one_thread;
  const Encoder encoder = Encoder::load(*tiny.file, tiny.settings, 20, precision).value();
  const PlainForward plain(*tiny.file, tiny.settings);
  const PieceBatch batch = three_sentences();
  EncoderScratch scratch;
  Matrix x;
  double worst = 0;
  encoder.run(scratch, batch, x, [&](std::size_t layer) {
    std::uint32_t begin = 0;
    for (std::uint32_t end : batch.ends) {
      const auto wanted = plain.encode({batch.pieces.begin() + begin, batch.pieces.begin() + end},
                                       {batch.cases.begin() + begin, batch.cases.begin() + end});
      for (std::uint32_t r = begin; r < end; ++r) {
        for (std::size_t c = 0; c < x.width(); ++c) {
          worst = std::max(worst, std::fabs(static_cast<double>(x.row(r)[c]) - wanted[layer][r - begin][c]));
        }
      }
      begin = end;
    }
  });
  return worst;
}

TEST(Encoder, IsThePlainForwardPassLayerByLayer) { EXPECT_LT(worst_difference(Precision::fp32), 2e-5); }

TEST(Encoder, InEightBitsIsNearIt) { EXPECT_LT(worst_difference(Precision::int8), 0.25); }

TEST(Tagger, GivesThePlainScoresBestLabels) {
  const Tiny tiny;
  const OneThread one_thread;
  const Encoder encoder = Encoder::load(*tiny.file, tiny.settings, 20, Precision::fp32).value();
  const Tagger tagger = Tagger::load(*tiny.file, tiny.settings, Precision::fp32).value();
  const RoleLabeller roles = RoleLabeller::load(*tiny.file, tiny.settings, Precision::fp32).value();
  const PlainForward plain(*tiny.file, tiny.settings);
  const PieceBatch batch = three_sentences();
  EncoderScratch scratch;
  TaggerScratch tagged;
  RoleScratch role_scratch;
  Matrix x;
  encoder.run(scratch, batch, x);
  // Every piece but the last of each sentence is a node.
  Matrix nodes;
  nodes.resize(11, x.width());
  std::vector<std::uint32_t> ends = {3, 9, 11};
  std::size_t n = 0;
  for (std::size_t r = 0; r < x.rows(); ++r) {
    if (r == 3 || r == 10 || r == 13) continue;
    std::copy(x.row(r), x.row(r) + x.width(), nodes.row(n++));
  }
  NodeLabels labels;
  tagger.run(scratch, tagged, nodes, ends, labels);

  Rows second;
  for (std::size_t r = 3; r < 9; ++r) second.emplace_back(nodes.row(r), nodes.row(r) + nodes.width());
  const auto best = [](const std::vector<double>& row) {
    return static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
  };
  const Rows upos = plain.linear("upos", second), lemma = plain.linear("lemma", second),
             predicate = plain.linear("predicate", second);
  for (std::size_t w = 1; w < 6; ++w) {
    EXPECT_EQ(labels.upos[3 + w], best(upos[w]));
    EXPECT_EQ(labels.lemma_rule[3 + w], best(lemma[w]));
    EXPECT_NEAR(static_cast<double>(labels.predicate[3 + w]), predicate[w][0], 1e-4);
    EXPECT_NEAR(static_cast<double>(labels.factuality[3 + w]), plain.factuality(second[w]), 1e-4);
    auto relation = plain.relations(second, w, labels.head[3 + w]);
    if (labels.head[3 + w] == 0) {
      EXPECT_EQ(tiny.settings.labels.deprel[labels.relation[3 + w]], "root");
    } else {
      relation[1] = -1e9;  // "root" is for the root alone
      EXPECT_EQ(labels.relation[3 + w], best(relation));
    }
  }
  // The tree scores as high as any.
  const Rows arcs = plain.arcs(second);
  double total = 0;
  for (std::size_t w = 1; w < 6; ++w) total += arcs[w - 1][labels.head[3 + w]];
  double top = -1e9;
  for (std::size_t code = 0; code < 7776; ++code) {
    std::vector<std::size_t> heads;
    for (std::size_t w = 0, rest = code; w < 5; ++w, rest /= 6) heads.push_back(rest % 6);
    bool tree = std::count(heads.begin(), heads.end(), 0u) == 1;
    double sum = 0;
    for (std::size_t w = 1; w <= 5 && tree; ++w) {
      std::size_t up = w, steps = 0;
      while (up != 0 && ++steps <= 5) up = heads[up - 1];
      tree = up == 0;
      sum += arcs[w - 1][heads[w - 1]];
    }
    if (tree) top = std::max(top, sum);
  }
  EXPECT_NEAR(total, top, 1e-3);

  const std::vector<RoleQuery> queries = {{5, 4, 9}, {4, 4, 9}, {10, 10, 11}};
  std::size_t answered = 0;
  roles.run(scratch, role_scratch, tagger, tagged, queries,
            [&](std::size_t, const std::vector<BioDecoder::Span>&) { ++answered; });
  EXPECT_EQ(answered, 3u);
  for (std::size_t q = 0; q < 2; ++q) {
    const Rows wanted = plain.roles(second, queries[q].node - 3);
    for (std::size_t w = 0; w < 5; ++w) {
      for (std::size_t l = 0; l < 5; ++l) {
        EXPECT_NEAR(static_cast<double>(role_scratch.scores.row(5 * q + w)[l]), wanted[w][l], 1e-4);
      }
    }
  }
}

// The training code's own activations for the released weights, when both files are there.
class Reference {
 public:
  explicit Reference(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    bytes_.resize(std::filesystem::file_size(path));
    file.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
    if (bytes_.size() < 8) return;
    std::uint64_t size = 0;
    std::memcpy(&size, bytes_.data(), 8);
    header_ = nlohmann::json::parse(bytes_.substr(8, size));
    data_ = 8 + size;
  }
  bool has(const std::string& name) const { return header_.contains(name); }
  template <typename T>
  std::vector<T> get(const std::string& name) const {
    const std::size_t begin = header_[name]["data_offsets"][0], end = header_[name]["data_offsets"][1];
    std::vector<T> out((end - begin) / sizeof(T));
    std::memcpy(out.data(), bytes_.data() + data_ + begin, end - begin);
    return out;
  }

 private:
  std::string bytes_;
  nlohmann::json header_;
  std::size_t data_ = 0;
};

TEST(Encoder, GivesWhatTrainingGave) {
  const std::filesystem::path source = PARLEY_SOURCE_DIR;
  const auto model = source / "models/parley-en.safetensors";
  const auto reference_path = source / "tests/data/encoder_reference.safetensors";
  if (!std::filesystem::exists(model) || !std::filesystem::exists(reference_path)) {
    GTEST_SKIP() << "the released model is not here";
  }
  const OneThread one_thread;
  const auto file = ModelFile::open(model);
  ASSERT_TRUE(file.ok()) << file.error().text();
  const auto annotator = Annotator::load(*file, Precision::fp32);
  ASSERT_TRUE(annotator.ok()) << annotator.error().text();
  const Reference reference(reference_path);
  EncoderScratch scratch;
  Matrix x;
  for (int k = 0; reference.has(std::to_string(k) + ".words"); ++k) {
    const std::string prefix = std::to_string(k) + ".";
    const auto text = reference.get<char>(prefix + "words");
    PieceBatch batch;
    batch.pieces = {annotator->word_piece().cls()};
    batch.cases = {0};
    std::vector<std::int32_t> first;
    std::string_view rest(text.data(), text.size());
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const std::string_view word = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      first.push_back(static_cast<std::int32_t>(batch.pieces.size()));
      annotator->word_piece().append(word, 48, batch.pieces);
      batch.cases.resize(batch.pieces.size(), case_of(word));
    }
    batch.pieces.push_back(annotator->word_piece().sep());
    batch.cases.push_back(0);
    batch.ends = {static_cast<std::uint32_t>(batch.pieces.size())};

    const auto pieces = reference.get<std::int32_t>(prefix + "pieces");
    const auto cases = reference.get<std::int32_t>(prefix + "case");
    EXPECT_EQ(std::vector<std::int32_t>(batch.pieces.begin(), batch.pieces.end()), pieces);
    EXPECT_EQ(std::vector<std::int32_t>(batch.cases.begin(), batch.cases.end()), cases);
    EXPECT_EQ(first, reference.get<std::int32_t>(prefix + "first"));
    ASSERT_EQ(batch.pieces.size(), pieces.size());
    annotator->encoder().run(scratch, batch, x, [&](std::size_t layer) {
      const auto wanted = reference.get<float>(prefix + "layer." + std::to_string(layer));
      ASSERT_EQ(wanted.size(), x.rows() * x.width());
      float worst = 0;
      for (std::size_t i = 0; i < wanted.size(); ++i) worst = std::max(worst, std::fabs(wanted[i] - x.row(0)[i]));
      EXPECT_LT(worst, 1e-3f) << "sentence " << k << ", layer " << layer;
    });
  }
}

}  // namespace
}  // namespace parley
