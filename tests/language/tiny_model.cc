#include "language/tiny_model.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <xxhash.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "parley/analysis.h"

namespace parley::test {
namespace {

constexpr std::size_t kHidden = 32, kIntermediate = 64, kArc = 16, kRel = 16, kRole = 32, kFactuality = 16;

std::string raw(const std::vector<float>& values) {
  std::string out(values.size() * 4, '\0');
  std::memcpy(out.data(), values.data(), out.size());
  return out;
}

}  // namespace

float TinyModel::random() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 7;
  state_ ^= state_ << 17;
  return static_cast<float>(static_cast<double>(state_ >> 11) * 0x1p-52 - 1.0);
}

void TinyModel::add_text(const std::string& name, std::string_view text) {
  tensors[name] = {"U8", {text.size()}, std::string(text)};
}

void TinyModel::add_floats(const std::string& name, std::vector<std::size_t> shape, float size) {
  std::size_t n = 1;
  for (std::size_t s : shape) n *= s;
  std::vector<float> values(n);
  for (float& v : values) v = size * random();
  tensors[name] = {"F32", std::move(shape), raw(values)};
}

void TinyModel::add_ones(const std::string& name, std::size_t n) {
  tensors[name] = {"F32", {n}, raw(std::vector<float>(n, 1.0f))};
}

void TinyModel::add_int8(const std::string& name, std::size_t rows, std::size_t columns, float size) {
  std::string bytes(rows * columns, '\0');
  for (char& c : bytes) c = static_cast<char>(std::lrint(127.0f * random()));
  tensors[name] = {"I8", {rows, columns}, std::move(bytes)};
  tensors[name + ".scale"] = {"F32", {rows}, raw(std::vector<float>(rows, size / 127.0f))};
}

void TinyModel::add_linear(const std::string& name, std::size_t out, std::size_t in) {
  add_floats(name + ".weight", {out, in}, 1.5f / std::sqrt(static_cast<float>(in)));
  add_floats(name + ".bias", {out}, 0.1f);
}

void TinyModel::add_layer(const std::string& name, std::size_t width, std::size_t intermediate) {
  add_linear(name + ".attention.qkv", 3 * width, width);
  add_linear(name + ".attention.out", width, width);
  add_ones(name + ".attention.norm.weight", width);
  add_floats(name + ".attention.norm.bias", {width}, 0.1f);
  add_linear(name + ".ffn.in", intermediate, width);
  add_linear(name + ".ffn.out", width, intermediate);
  add_ones(name + ".ffn.norm.weight", width);
  add_floats(name + ".ffn.norm.bias", {width}, 0.1f);
}

TinyModel::TinyModel() {
  nlohmann::json labels;
  for (int i = 0; i <= static_cast<int>(Upos::X); ++i) labels["upos"].push_back(name(static_cast<Upos>(i)));
  labels["xpos"] = {"NN", "VBD", "."};
  labels["feats"] = {"_", "Number=Plur"};
  labels["lemma_rules"] = {"l;0;;0;", "l;0;;1;", "k;0;;0;"};
  labels["deprel"] = {"nsubj", "root", "obj", "obl", "punct"};
  labels["ner"] = {"O", "B-PER", "I-PER", "B-ORG", "I-ORG"};
  labels["roles"] = {"O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1"};
  labels["senses"] = {"meet.01", "meet.02", "flee.01"};
  const nlohmann::json settings = {
      {"hidden", kHidden}, {"layers", 2}, {"heads", 2}, {"intermediate", kIntermediate},
      {"max_pieces", 16}, {"norm_epsilon", 1e-12}, {"arc", kArc}, {"rel", kRel},
      {"role_hidden", kRole}, {"role_heads", 1}, {"role_intermediate", 48},
      {"role_distance_buckets", 4}, {"factuality_hidden", kFactuality}, {"labels", labels}};
  metadata = {{"format", "parley-model"}, {"format_version", "1"}, {"name", "tiny"},
              {"settings", settings.dump()}, {"samples", "[]"}};

  const std::string vocabulary =
      "[PAD]\n[UNK]\n[CLS]\n[SEP]\nrebels\nmet\nmeet\nthe\nenvoy\nfled\n##s\n##ing\n.\n,\n-\nal\nhas\n##aka\n##h\nmalaga\n";
  add_text("vocab", vocabulary);
  add_text("lexicon", "fled\tVERB\tflee\nmet\tNOUN\tmeet\nmet\tVERB\tmeet\n");
  add_text("sense_lexicon", "flee\tv\t2\nmeet\tv\t0,1\n");
  add_int8("embeddings.word", 20, kHidden, 1.0f);
  add_floats("embeddings.position", {16, kHidden}, 0.3f);
  add_floats("embeddings.case", {4, kHidden}, 0.3f);
  add_ones("embeddings.norm.weight", kHidden);
  add_floats("embeddings.norm.bias", {kHidden}, 0.1f);
  add_layer("encoder.0", kHidden, kIntermediate);
  add_layer("encoder.1", kHidden, kIntermediate);
  for (const char* head : {"upos", "xpos", "feats", "ner"}) add_linear(head, labels[head].size(), kHidden);
  add_linear("lemma", labels["lemma_rules"].size(), kHidden);
  add_linear("predicate", 1, kHidden);
  add_int8("sense.weight", 3, kHidden, 0.3f);
  add_floats("sense.bias", {3}, 0.1f);
  add_linear("factuality.in", kFactuality, kHidden);
  add_linear("factuality.out", 1, kFactuality);
  add_linear("arc.dependent", kArc, kHidden);
  add_linear("arc.head", kArc, kHidden);
  add_floats("arc.biaffine", {kArc + 1, kArc}, 0.5f);
  add_linear("rel.dependent", kRel, kHidden);
  add_linear("rel.head", kRel, kHidden);
  add_floats("rel.biaffine", {labels["deprel"].size(), kRel + 1, kRel + 1}, 0.5f);
  add_linear("role.word", kRole, kHidden);
  add_floats("role.predicate.weight", {kRole, kHidden}, 0.3f);
  add_floats("role.distance", {9, kRole}, 0.3f);
  add_ones("role.norm.weight", kRole);
  add_floats("role.norm.bias", {kRole}, 0.1f);
  add_layer("role.layer", kRole, 48);
  add_linear("role.out", labels["roles"].size(), kRole);
}

std::string TinyModel::bytes() const {
  nlohmann::ordered_json header;
  std::string data;
  header["__metadata__"] = metadata;
  for (const auto& [key, tensor] : tensors) {
    header[key] = {{"dtype", tensor.type},
                   {"shape", tensor.shape},
                   {"data_offsets", {data.size(), data.size() + tensor.bytes.size()}}};
    data += tensor.bytes;
  }
  if (!metadata.contains("fingerprint")) {
    char hex[17];
    std::snprintf(hex, sizeof hex, "%016llx",
                  static_cast<unsigned long long>(XXH3_64bits(data.data(), data.size())));
    header["__metadata__"]["fingerprint"] = hex;
  }
  const std::string text = header.dump();
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) out += static_cast<char>((text.size() >> (8 * i)) & 0xFF);
  return out + text + data;
}

std::string TinyModel::write(const std::string& name) const {
  // Test programs run side by side: a name of this one's own.
  const std::string path = ::testing::TempDir() + std::to_string(::getpid()) + "-" + name;
  std::ofstream(path, std::ios::binary) << bytes();
  return path;
}

}  // namespace parley::test
