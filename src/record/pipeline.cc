#include "parley/pipeline.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <utility>

#include "knowledge/knowledge.h"
#include "language/language.h"
#include "record/event_companion.h"
#include "record/explain.h"
#include "record/extract.h"

namespace parley {

struct Pipeline::State {
  Language language;
  Knowledge knowledge;
  double min_confidence = 0.0;
  std::vector<std::string> warnings;
  std::optional<EventCompanion> companion;
  EventsBy by = EventsBy::rules;

  EventMakers makers() const { return {companion ? &*companion : nullptr, by}; }
};

Pipeline::Pipeline(std::unique_ptr<const State> state) : state_(std::move(state)) {}
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;
Pipeline::~Pipeline() = default;

Result<Pipeline> Pipeline::load(const Options& options) {
  if (!(options.min_confidence >= 0.0 && options.min_confidence <= 1.0)) {
    return Error{Error::Code::usage, "the least confidence is a number from 0 to 1", ""};
  }
  const std::filesystem::path data = default_data_path();
  std::error_code failed;
  if (!std::filesystem::is_directory(data, failed)) {
    return Error{Error::Code::not_found,
                 "no data folder; set PARLEY_DATA to Parley's data/, or install it beside the program",
                 data.string()};
  }
  if (!options.codebook.empty() && !std::filesystem::is_directory(options.codebook, failed)) {
    return Error{Error::Code::not_found, "--codebook names no folder; give one laid out like data/",
                 options.codebook.string()};
  }
  Diagnostics diagnostics;
  Knowledge knowledge = Knowledge::load(data, options.codebook, diagnostics,
                                        {options.actors, options.agents, options.verbs});
  if (diagnostics.has_errors()) return Error{Error::Code::malformed, diagnostics.text(), ""};

  std::vector<std::string> warnings;
  for (const Diagnostic& each : diagnostics.all()) {
    if (each.severity == Diagnostic::Severity::warning) warnings.push_back(each.text());
  }

  Language::Options language_options;
  language_options.self_check = options.self_check;
  const EventsBy by = options.events_by;
  language_options.keep_vectors = by != EventsBy::rules;
  const std::filesystem::path model = options.model.empty() ? default_model_path() : options.model;
  auto language = Language::load(model, language_options);
  if (!language) return language.error();
  std::optional<EventCompanion> companion;
  if (by != EventsBy::rules) {
    auto loaded = EventCompanion::load(model.parent_path() / "companion-en.safetensors", language->fingerprint());
    if (!loaded) return loaded.error();
    companion = std::move(loaded).value();
  }
  return Pipeline(std::make_unique<const State>(State{std::move(*language), std::move(knowledge), options.min_confidence,
                                                      std::move(warnings), std::move(companion), by}));
}

Analysis Pipeline::analyse(const Document& document) const {
  return state_->language.analyse(document);
}

Record Pipeline::read(const Document& document) const {
  const Analysis analysis = analyse(document);
  return extract_record(document, analysis, state_->knowledge, state_->min_confidence,
                        state_->makers());
}

Result<Record> Pipeline::read_within(const Document& document, double seconds) const {
  if (!(seconds > 0)) return read(document);
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                             std::chrono::duration<double>(std::min(seconds, 1e8)));
  const std::optional<Analysis> analysis = state_->language.analyse_until(document, deadline);
  if (!analysis) {
    return Error{Error::Code::too_large,
                 "reading it takes longer than the limit of seconds a report: raise the limit or split it", document.id};
  }
  return extract_record(document, *analysis, state_->knowledge, state_->min_confidence, state_->makers());
}

Result<Explanation> Pipeline::explain(const Document& document, std::string_view event_id) const {
  const Analysis analysis = analyse(document);
  return explain_event(document, analysis, state_->knowledge, event_id, state_->makers());
}

const std::vector<std::string>& Pipeline::warnings() const { return state_->warnings; }
const std::string& Pipeline::model_fingerprint() const { return state_->language.fingerprint(); }
const std::string& Pipeline::codebook_fingerprint() const { return state_->knowledge.fingerprint; }
const std::string& Pipeline::companion_fingerprint() const {
  static const std::string kNone;
  return state_->companion ? state_->companion->fingerprint() : kNone;
}

namespace {

/// The installed place of `name`, else the source tree's, whichever is there; installed when neither is.
std::filesystem::path installed_or_source(const char* installed, const char* source) {
  std::error_code failed;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    const auto beside = program.parent_path().parent_path() / "share/parley" / installed;
    if (std::filesystem::exists(beside, failed)) return beside;
  }
  const auto configured = std::filesystem::path(PARLEY_INSTALL_DATADIR) / installed;
  if (std::filesystem::exists(configured, failed)) return configured;
  const auto tree = std::filesystem::path(PARLEY_SOURCE_DIR) / source;
  return std::filesystem::exists(tree, failed) ? tree : configured;
}

}  // namespace

std::filesystem::path Pipeline::default_model_path() {
  if (const char* set = std::getenv("PARLEY_MODEL"); set && *set) return set;
  return installed_or_source("models/parley-en.safetensors", "models/parley-en.safetensors");
}

std::filesystem::path Pipeline::default_data_path() {
  if (const char* set = std::getenv("PARLEY_DATA"); set && *set) return set;
  return installed_or_source("data", "data");
}

}  // namespace parley
