#include "language/language.h"

#include <exception>
#include <mutex>

#include "language/analysis_builder.h"
#include "language/annotator.h"
#include "language/coreference.h"
#include "language/model_file.h"
#include "language/segmenter.h"
#include "language/self_check.h"

namespace parley {
namespace {

/// A number that stands in a tensor of its own, 0 when it does not.
float number(const ModelFile& file, const std::string& name) {
  const TensorView* view = file.find(name);
  if (!view || view->size() != 1) return 0.0f;
  const auto value = file.floats(name, view->shape);
  return value ? value->front() : 0.0f;
}

/// A table of bytes, empty when there is none.
std::span<const std::int8_t> table(const ModelFile& file, const std::string& name) {
  const TensorView* view = file.find(name);
  return view && view->type == TensorType::i8 ? view->int8() : std::span<const std::int8_t>{};
}

SegmenterWeights::Linear segmenter_part(const ModelFile& file, const std::string& name) {
  return {table(file, name + ".weight"), number(file, name + ".scale"), number(file, name + ".bias")};
}

}  // namespace

struct Language::State {
  std::shared_ptr<const ModelFile> file;
  Annotator annotator;
  Segmenter segmenter;
  Coreference coreference;
  std::string name;

  // Working memory is some megabytes: it goes from one call to the next.
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<AnnotatorScratch>> free;

  explicit State(std::shared_ptr<const ModelFile> model, Annotator made)
      : file(std::move(model)), annotator(std::move(made)) {}

  std::optional<Analysis> annotate(AnalysisBuilder builder,
                                   std::optional<std::chrono::steady_clock::time_point> deadline = {}) const {
    std::unique_ptr<AnnotatorScratch> scratch;
    {
      const std::lock_guard lock(mutex);
      if (!free.empty()) {
        scratch = std::move(free.back());
        free.pop_back();
      }
    }
    if (!scratch) scratch = std::make_unique<AnnotatorScratch>();
    scratch->deadline = deadline;
    scratch->late = false;
    {
      const OneThread one_thread;
      annotator.annotate(*scratch, builder);
    }
    const bool late = scratch->late;
    {
      const std::lock_guard lock(mutex);
      free.push_back(std::move(scratch));
    }
    if (late) return std::nullopt;
    Analysis analysis = std::move(builder).build();
    Chains chains = coreference.resolve(analysis);
    AnalysisBuilder::give_mentions(analysis, std::move(chains.mentions), chains.count);
    return analysis;
  }
};

Language::Language(std::unique_ptr<const State> state) : state_(std::move(state)) {}
Language::Language(Language&&) noexcept = default;
Language& Language::operator=(Language&&) noexcept = default;
Language::~Language() = default;

Result<Language> Language::load(const std::filesystem::path& model, const Options& options) {
  auto file = ModelFile::open(model);
  if (!file) return file.error();
  std::unique_ptr<State> state;
  try {
    const OneThread one_thread;
    auto annotator = Annotator::load(*file, options.precision);
    if (!annotator) return annotator.error();
    annotator->keep_vectors(options.keep_vectors);
    state = std::make_unique<State>(*file, std::move(annotator).value());
  } catch (const std::exception& error) {  // oneDNN's, or no memory
    return Error{Error::Code::internal,
                 std::string("cannot prepare the model on this machine: ") + error.what(), model.string()};
  }
  state->segmenter = Segmenter({segmenter_part(**file, "segmenter.join"),
                                segmenter_part(**file, "segmenter.sentence")});
  state->coreference = Coreference(
      CoreferenceWeights{table(**file, "coreference.weight"), number(**file, "coreference.scale")});
  state->name = (*file)->metadata("name");
  Language language(std::move(state));
  if (options.self_check) {
    if (auto error = self_check(language, **file, options.precision)) return *std::move(error);
  }
  return language;
}

Analysis Language::analyse(const Document& document) const { return *analyse_until(document, std::nullopt); }

std::optional<Analysis> Language::analyse_until(
    const Document& document, std::optional<std::chrono::steady_clock::time_point> deadline) const {
  Segmentation segmentation;
  for (const Section& section : document.sections) {
    if (section.kind == SectionKind::label || section.kind == SectionKind::boilerplate) continue;
    state_->segmenter.segment(document.text(), document.bytes(section.span), segmentation);
  }
  AnalysisBuilder builder;
  for (const SegmentedSentence& sentence : segmentation.sentences) {
    for (std::uint32_t w = sentence.first; w < sentence.last; ++w) {
      SegmentedWord& word = segmentation.words[w];
      builder.add_word(word.form.empty() ? document.slice(word.bytes) : builder.keep(std::move(word.form)),
                       word.bytes);
    }
    builder.end_sentence(sentence.starts_paragraph);
  }
  for (const SegmentedToken& token : segmentation.multiword_tokens) {
    builder.add_multiword_token({token.first, token.last},
                                {segmentation.words[token.first].bytes.begin,
                                 segmentation.words[token.last - 1].bytes.end});
  }
  return state_->annotate(std::move(builder), deadline);
}

Analysis Language::analyse_words(Analysis skeleton) const {
  return *state_->annotate(AnalysisBuilder(std::move(skeleton)));
}

const std::string& Language::fingerprint() const { return state_->file->fingerprint(); }
const std::string& Language::name() const { return state_->name; }
const std::vector<std::string>& Language::senses() const {
  return state_->annotator.settings().labels.senses;
}

}  // namespace parley
