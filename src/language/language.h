// The language layer's door: a loaded model turns a document into its analysis.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parley/analysis.h"
#include "parley/document.h"
#include "parley/result.h"

namespace parley {

/// How the encoder's matrix products are done.
enum class Precision : std::uint8_t { fp32, int8 };

class Language {
 public:
  struct Options {
    Precision precision = Precision::int8;
    bool self_check = false;
    bool keep_vectors = false;  ///< analyses keep the encoder's vectors, 768 bytes a word that carries meaning
  };
  static Result<Language> load(const std::filesystem::path& model, const Options& options);

  /// Sections of kind label and boilerplate are passed over; a sentence never crosses a section.
  Analysis analyse(const Document& document) const;
  /// The same, or nothing when `deadline` passes on the way; it is looked at between batches of sentences.
  std::optional<Analysis> analyse_until(
      const Document& document, std::optional<std::chrono::steady_clock::time_point> deadline) const;
  /// Sentences and words given (CoNLL-U input): the columns other than form are filled in.
  /// `skeleton` has forms, bytes, multiword tokens and sentences; see AnalysisBuilder.
  Analysis analyse_words(Analysis skeleton) const;

  const std::string& fingerprint() const;
  const std::string& name() const;
  /// The PropBank senses that the model can give.
  const std::vector<std::string>& senses() const;

  Language(Language&&) noexcept;
  Language& operator=(Language&&) noexcept;
  ~Language();

 private:
  struct State;
  explicit Language(std::unique_ptr<const State> state);
  std::unique_ptr<const State> state_;
};

}  // namespace parley
