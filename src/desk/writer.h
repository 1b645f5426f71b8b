// Reports into a desk: what is new, what is a newer version, what is a copy; which story, which happening.
//
// All of a report is written in one transaction, with as many others as the caller puts into a batch: after
// `commit` they are stored for good, before it a kill leaves none of them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "desk/changes.h"
#include "desk/desk.h"
#include "parley/record.h"
#include "story/clusters.h"
#include "story/vectors.h"

namespace parley::desk {

enum class Outcome : std::uint8_t { added, updated, unchanged };
const char* name(Outcome outcome);

struct Stored {
  std::int64_t report = 0;  ///< the desk's number
  std::string key;          ///< the report's own id
  Outcome outcome = Outcome::added;
  std::int64_t version = 1;
  std::int64_t story = 0;
  std::int64_t original = 0;  ///< the report that this is a copy of, or 0
  std::vector<ChangeNote> changes;
};

class Writer {
 public:
  struct Options {
    std::filesystem::path background;  ///< data/story/background.tsv
    story::ClusterOptions clusters;
    std::string now;  ///< the time of storing, ISO 8601; empty: the clock's
  };

  /// Takes the desk's writer lock. Reads back the stories that may still grow.
  static Result<Writer> open(const std::string& path, Options options);
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();

  /// Whether this very report is stored (or in the batch) already: no need to read it.
  /// `own_id`: its id comes from itself, not from the file it lies in.
  Result<bool> known(const Document& document, bool own_id);
  Result<Stored> store(const Record& record, bool own_id);
  /// Ends the batch. On an error nothing of it is stored and the writer is of no more use.
  Result<Done> commit();
  /// Looks over the stories that changed, joins and parts them, commits.
  Result<Done> finish();

  Database& database();

 private:
  struct State;
  explicit Writer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parley::desk
