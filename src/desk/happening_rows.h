// Happenings and disagreements in the desk, kept as accounts come and go.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "desk/sqlite.h"
#include "parley/record.h"
#include "story/happenings.h"

namespace parley::desk {

/// Joins the events of reports to the happenings they tell of. One for a writer's life.
class HappeningRows {
 public:
  explicit HappeningRows(Database& database) : database_(&database) {}

  struct Report {
    std::int64_t id = 0;
    std::int64_t day = 0;
    std::int64_t story = 0;
    std::int64_t original = 0;
  };

  /// REQUIRES: the record's rows are written; `actors` as insert_record gives them.
  Result<Done> add(const Record& record, const Report& report, const std::vector<std::int64_t>& actors);
  /// Takes a report's events out of their happenings; those with no account left go.
  Result<Done> remove(std::int64_t report);
  /// Makes anew what accounts are found by: for a desk made by a version that kept less of them.
  Result<Done> index_again();
  /// Compares the report's figures with those of other reports of its story.
  Result<Done> compare_figures(const Record& record, const Report& report, const std::vector<std::int64_t>& series);

 private:
  struct Known {
    story::Account account;
    std::int64_t report = 0;
    std::int64_t local = 0;
  };

  /// The first accounts of a happening, from memory or from the desk. Valid until the next call.
  Result<const std::vector<Known>*> accounts(std::int64_t happening);
  /// Keeps one more account of a happening to compare others with, unless there are enough; and what it is found by.
  Result<Done> keep(std::int64_t happening, Known known, const std::vector<std::int64_t>& keys);
  Result<std::int64_t> find(const Report& report, std::int64_t local, const story::Account& account,
                            const std::vector<std::int64_t>& keys);
  Result<Done> disagree(const char* kind, const Report& report, const std::string& item, std::int64_t other,
                        const std::string& other_item, double weight, const std::string& note);
  /// Each contradiction once, however many accounts it is one with: `said` has those said already.
  Result<Done> conflicts(const Report& report, std::int64_t local, const story::Account& account, const Known& known,
                         std::set<std::string>& said);

  Database* database_;
  /// What was asked for last, in two generations: when the younger is full it becomes the older, and what nobody
  /// asked for since is forgotten. Bounded, whatever the desk holds.
  using Generation = std::unordered_map<std::int64_t, std::vector<Known>>;
  Generation& young();
  Generation young_;
  Generation old_;
};

}  // namespace parley::desk
