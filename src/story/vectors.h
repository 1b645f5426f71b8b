// A report as a sparse vector of its words: what stories are told apart by.
//
// Three fields, title, body and names, each weighted by TF-IDF (log frequency, cosine) and then put side by side,
// so that one product is the weighted sum of the three cosines (Miranda et al. 2018 use such subvectors).
//
// How rare a word is, is counted over general English (data/story/background.tsv) and over the desk's stories, a story
// once however many reports tell it. Counting reports instead makes a big story's own names look common and moves
// every similarity as the desk grows; counted like this a threshold stays right from the first report on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "parley/record.h"
#include "parley/result.h"

namespace parley::story {

enum class Field : std::uint8_t { title, body, names };

/// How often a term stands in one field of one report.
struct TermCount {
  std::uint32_t term = 0;  ///< hash of the stem, the same in all fields
  Field field = Field::body;
  std::uint8_t count = 0;  ///< 255 and more are 255
};

/// What general English says of words. Immutable once loaded.
class Background {
 public:
  /// Errors: not_found, malformed (file:line).
  static Result<Background> load(const std::filesystem::path& file);
  /// The stem's hash.
  std::uint32_t term(std::string_view word) const;
  std::uint32_t documents() const { return documents_; }
  std::uint32_t count(std::uint32_t term) const;

 private:
  std::uint32_t documents_ = 0;
  std::size_t least_ = 4;
  std::vector<std::string> endings_;
  std::unordered_map<std::uint32_t, std::uint32_t> counts_;
};

/// The terms of a report, at most `kMostTerms` a field, the most frequent. Linear in its words.
std::vector<TermCount> count_terms(const Record& record, const Background& background);
inline constexpr std::size_t kMostTerms = 300;

/// The headline; without one the title given, without that what the report begins with. Views into the document.
std::string_view title_of(const Document& document);

/// For storing: 6 bytes a term.
std::string pack(const std::vector<TermCount>& terms);
std::vector<TermCount> unpack(std::string_view bytes);

/// One weighted vector; keys ascend, each once.
struct Weight {
  std::uint32_t key = 0;
  float value = 0.0F;
};
using Vector = std::vector<Weight>;

/// a += factor · b.
void add(Vector& a, const Vector& b, float factor);

}  // namespace parley::story
