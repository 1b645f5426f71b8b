#include "language/language.h"

#include <exception>
#include <mutex>

#include "language/analysis_builder.h"
#include "language/annotator.h"
#include "language/model_file.h"
#include "language/segmenter.h"
#include "language/self_check.h"

namespace parley {
namespace {

SegmenterWeights::Linear segmenter_part(const ModelFile& file, const std::string& name) {
  SegmenterWeights::Linear out;
  const TensorView* table = file.find(name + ".weight");
  const auto number = [&](const char* part) {
    const TensorView* view = file.find(name + part);
    if (!view || view->size() != 1) return 0.0f;
    const auto value = file.floats(name + part, view->shape);
    return value ? value->front() : 0.0f;
  };
  if (table && table->type == TensorType::i8) out.table = table->int8();
  out.scale = number(".scale");
  out.bias = number(".bias");
  return out;
}

}  // namespace

struct Language::State {
  std::shared_ptr<const ModelFile> file;
  Annotator annotator;
  Segmenter segmenter;
  std::string name;

  // Working memory is some megabytes: it goes from one call to the next.
  mutable std::mutex mutex;
  mutable std::vector<std::unique_ptr<AnnotatorScratch>> free;

  explicit State(std::shared_ptr<const ModelFile> model, Annotator made)
      : file(std::move(model)), annotator(std::move(made)) {}

  Analysis annotate(AnalysisBuilder builder) const {
    std::unique_ptr<AnnotatorScratch> scratch;
    {
      const std::lock_guard lock(mutex);
      if (!free.empty()) {
        scratch = std::move(free.back());
        free.pop_back();
      }
    }
    if (!scratch) scratch = std::make_unique<AnnotatorScratch>();
    {
      const OneThread one_thread;
      annotator.annotate(*scratch, builder);
    }
    {
      const std::lock_guard lock(mutex);
      free.push_back(std::move(scratch));
    }
    return std::move(builder).build();
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
    state = std::make_unique<State>(*file, std::move(annotator).value());
  } catch (const std::exception& error) {  // oneDNN's, or no memory
    return Error{Error::Code::internal,
                 std::string("cannot prepare the model on this machine: ") + error.what(), model.string()};
  }
  state->segmenter = Segmenter({segmenter_part(**file, "segmenter.join"),
                                segmenter_part(**file, "segmenter.sentence")});
  state->name = (*file)->metadata("name");
  Language language(std::move(state));
  if (options.self_check) {
    if (auto error = self_check(language, **file, options.precision)) return *std::move(error);
  }
  return language;
}

Analysis Language::analyse(const Document& document) const {
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
  return state_->annotate(std::move(builder));
}

Analysis Language::analyse_words(Analysis skeleton) const {
  return state_->annotate(AnalysisBuilder(std::move(skeleton)));
}

const std::string& Language::fingerprint() const { return state_->file->fingerprint(); }
const std::string& Language::name() const { return state_->name; }
const std::vector<std::string>& Language::senses() const {
  return state_->annotator.settings().labels.senses;
}

}  // namespace parley
