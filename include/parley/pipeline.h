// The whole way from a document to its record.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "parley/analysis.h"
#include "parley/document.h"
#include "parley/record.h"
#include "parley/result.h"

namespace parley {

/// What an event's reading rests on, for people who ask why.
struct Explanation {
  std::string text;  ///< several lines: the sentence's tree, the rule, the arguments' paths, near misses
};

/// Reads reports. Immutable once loaded: any number of threads may call its const members at once.
class Pipeline {
 public:
  struct Options {
    std::filesystem::path model;     ///< empty: the installed one, see `default_model_path()`
    std::filesystem::path codebook;  ///< a folder like `data/`; its files replace those of the same name
    /// TABARI's and PETRARCH's dictionaries, which count before our own actors and agents; verbs become
    /// rules beside the codebook's. Lines that break the format are in `Pipeline::warnings()`.
    std::vector<std::filesystem::path> actors;
    std::vector<std::filesystem::path> agents;
    std::vector<std::filesystem::path> verbs;
    /// Events below it are left out; 0 to 1. The default leaves out what is more often wrong than right: nouns
    /// without anybody who does it, things that might come to be. 0 keeps all, 0.6 is for those who count.
    double min_confidence = 0.4;
    /// Who makes events. The companion stands beside the model; asking for it where there is none is an error.
    EventsBy events_by = EventsBy::rules;
    bool self_check = false;         ///< run the model's own sample sentences after loading
  };

  /// Loads the model and the data files. Errors name the file and what to do; all mistakes of all
  /// data files are in the one message, a line each.
  static Result<Pipeline> load(const Options& options);

  /// The language layer alone.
  Analysis analyse(const Document& document) const;
  /// The record. `document` is copied into it.
  Record read(const Document& document) const;
  /// The same within some seconds (0: any number), or Error::Code::too_large. Time is looked at between batches
  /// of sentences and between the layers, so the answer may come a moment late.
  Result<Record> read_within(const Document& document, double seconds) const;
  /// Why event `event_id` of this report is there, or an error that lists the ids there are.
  Result<Explanation> explain(const Document& document, std::string_view event_id) const;

  /// What loading passed over, a line each with file and line; empty when nothing.
  const std::vector<std::string>& warnings() const;

  /// 16 hex digits each: which weights and which data files these are.
  const std::string& model_fingerprint() const;
  const std::string& codebook_fingerprint() const;
  /// Of the event companion; empty when events are made by rules alone.
  const std::string& companion_fingerprint() const;

  /// `$PARLEY_MODEL`, else beside the program's data folder.
  static std::filesystem::path default_model_path();
  /// `$PARLEY_DATA`, else `../share/parley/data` from the program, else the source tree it was built from.
  static std::filesystem::path default_data_path();

  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

 private:
  struct State;
  explicit Pipeline(std::unique_ptr<const State> state);
  std::unique_ptr<const State> state_;
};

}  // namespace parley
