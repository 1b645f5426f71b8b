#include "record/event_companion.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "language/kernels.h"
#include "language/model_file.h"

namespace parley {
namespace {

constexpr std::size_t kClasses = 17;  // the sixteen types in EventType's order, then NONE
constexpr std::size_t kMaxHidden = 4096;

bool is_verb(Upos upos) { return upos == Upos::VERB; }
bool is_noun(Upos upos) { return upos == Upos::NOUN || upos == Upos::PROPN; }

// The mean of the vectors at the heads of a role's spans; false when there is none.
bool role_vector(const Analysis& analysis, const Predicate& predicate, std::string_view label,
                 std::span<float> out) {
  std::size_t count = 0;
  for (const Role& role : predicate.roles) {
    if (role.label != label) continue;
    const Word head = analysis.head_of(role.words);
    if (head != kNoWord && analysis.add_vector(head, 1.0f, out)) ++count;
  }
  if (count > 1) {
    for (float& value : out) value /= static_cast<float>(count);
  }
  return count > 0;
}

// What the tree has where the roles are silent.
bool child_vector(const Analysis& analysis, Word word, std::span<const std::string_view> relations,
                  std::span<float> out) {
  for (const std::string_view relation : relations) {
    const Word child = analysis.child(word, relation);
    if (child != kNoWord && analysis.add_vector(child, 1.0f, out)) return true;
  }
  return false;
}

constexpr std::array<std::string_view, 2> kDoers = {"nsubj", "nmod:poss"};
constexpr std::array<std::string_view, 4> kPatients = {"obj", "nsubj:pass", "nmod", "obl"};

}  // namespace

bool CompanionFeatures::considers(const Analysis& analysis, Word word) {
  const Upos upos = analysis.upos(word);
  return is_verb(upos) || (is_noun(upos) && analysis.predicate_at(word) != nullptr);
}

void CompanionFeatures::of(const Analysis& analysis, Word word, std::span<float> out) {
  std::fill(out.begin(), out.end(), 0.0f);
  const std::size_t width = analysis.vector_width();
  const auto part = [&](std::size_t n) { return out.subspan(n * width, width); };
  const std::span<float> flags = out.subspan(kVectors * width);
  analysis.add_vector(word, 1.0f, part(0));
  const Predicate* predicate = analysis.predicate_at(word);
  const bool doer = (predicate != nullptr && role_vector(analysis, *predicate, "ARG0", part(1))) ||
                    child_vector(analysis, word, kDoers, part(1));
  const bool patient = (predicate != nullptr && role_vector(analysis, *predicate, "ARG1", part(2))) ||
                       child_vector(analysis, word, kPatients, part(2));
  const Word head = analysis.head(word);
  const bool governed = head != kNoWord && analysis.add_vector(head, 1.0f, part(3));
  // The sentence's subject matter. A window: long lists and tables must not make this quadratic.
  constexpr Word kReach = 20;
  const WordRange sentence = analysis.sentences()[analysis.sentence_of(word)].words;
  std::size_t around = 0;
  const Word last = std::min(sentence.last, word + kReach + 1);
  for (Word each = std::max(sentence.first, word > kReach ? word - kReach : 0); each < last; ++each) {
    around += analysis.add_vector(each, 1.0f, part(4));
  }
  for (float& value : part(4)) value /= static_cast<float>(std::max<std::size_t>(around, 1));
  const auto set = [&flags](std::size_t n, bool value) { flags[n] = value ? 1.0f : 0.0f; };
  const std::string_view relation = analysis.base_relation(word);
  set(0, is_verb(analysis.upos(word)));
  set(1, is_noun(analysis.upos(word)));
  set(2, doer);
  set(3, patient);
  set(4, governed);
  set(5, predicate != nullptr);
  set(6, relation == "root");
  set(7, relation == "obj");
  set(8, relation == "nmod" || relation == "obl");
  set(9, relation == "amod" || relation == "compound");
  set(10, relation == "acl" || relation == "advcl");
  set(11, relation == "ccomp" || relation == "xcomp");
}

Result<EventCompanion> EventCompanion::load(const std::filesystem::path& path, const std::string& encoder) {
  auto file = ModelFile::open(path);
  if (!file) return file.error();
  return load(**file, encoder);
}

Result<EventCompanion> EventCompanion::load(const ModelFile& file, const std::string& encoder) {
  if (file.metadata("kind") != "event-companion") {
    return file.damaged("it is no event companion (its metadata's 'kind' says so)");
  }
  if (file.metadata("encoder") != encoder) {
    return Error{Error::Code::malformed,
                 "the event companion belongs to the model with fingerprint " +
                     std::string(file.metadata("encoder")) + ", the one loaded has " + encoder +
                     "; give the model it was trained with, train it anew (make -C training companion), or "
                     "read with --events-by rules",
                 file.where()};
  }
  const TensorView* weights = file.find("in.weight");
  if (weights == nullptr || weights->shape.size() != 2 || weights->shape[0] == 0 ||
      weights->shape[0] > kMaxHidden || weights->shape[1] % 16 != 0 || weights->shape[0] % 16 != 0) {
    return file.damaged("tensor 'in.weight' is missing or has no shape of [hidden, inputs], multiples of 16");
  }
  EventCompanion out;
  out.fingerprint_ = file.fingerprint();
  out.hidden_ = weights->shape[0];
  out.inputs_ = weights->shape[1];
  const auto floats = [&file](const char* name, std::vector<std::size_t> shape, std::vector<float>& into)
      -> std::optional<Error> {
    auto values = file.floats(name, shape);
    if (!values) return values.error();
    into = std::move(values).value();
    return std::nullopt;
  };
  std::vector<float> thresholds;
  for (auto& error : {floats("in.weight", {out.hidden_, out.inputs_}, out.in_),
                      floats("in.bias", {out.hidden_}, out.in_bias_),
                      floats("out.weight", {kClasses, out.hidden_}, out.out_),
                      floats("out.bias", {kClasses}, out.out_bias_),
                      floats("thresholds", {2}, thresholds)}) {
    if (error) return *error;
  }
  out.accept_ = static_cast<double>(thresholds[0]);
  out.veto_ = static_cast<double>(thresholds[1]);
  return out;
}

std::optional<CompanionReading> EventCompanion::read(const Analysis& analysis, Word word) const {
  if (analysis.vector_width() == 0 || CompanionFeatures::size(analysis) != inputs_ ||
      !CompanionFeatures::considers(analysis, word)) {
    return std::nullopt;
  }
  std::vector<float> x(inputs_), hidden(hidden_);
  CompanionFeatures::of(analysis, word, x);
  const Kernels& fast = kernels();
  for (std::size_t h = 0; h < hidden_; ++h) {
    hidden[h] = std::max(0.0f, fast.dot(in_.data() + h * inputs_, x.data(), inputs_) + in_bias_[h]);
  }
  std::array<float, kClasses> scores{};
  for (std::size_t c = 0; c < kClasses; ++c) {
    scores[c] = fast.dot(out_.data() + c * hidden_, hidden.data(), hidden_) + out_bias_[c];
  }
  const float top = *std::max_element(scores.begin(), scores.end());
  float sum = 0.0f;
  for (float& score : scores) sum += score = std::exp(score - top);
  CompanionReading reading;
  std::size_t best = 0;
  for (std::size_t c = 0; c + 1 < kClasses; ++c) {
    reading.types[c] = scores[c] / sum;
    if (reading.types[c] > reading.types[best]) best = c;
  }
  reading.type = static_cast<EventType>(best);
  reading.probability = static_cast<double>(reading.types[best]);
  reading.none = static_cast<double>(scores[kClasses - 1] / sum);
  return reading;
}

}  // namespace parley
