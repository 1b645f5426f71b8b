// Stories: which reports tell of the same thing, found as the reports come in.
//
// Idea: a report joins the story it is most like on average (its vector against the mean of the story's reports'
// vectors, less the longer ago the story was last told), if that is like enough; else it begins one. Later reports
// show what the first ones could not: `refine` looks at the stories that changed, joins two whose reports are alike on
// average, moves a report that is more like another story's, and sets free one that is unlike its own.
// Example: "Ship seized off the coast" and "Crew freed after five days" begin apart and are joined by the report that
// tells both. Counter-example: two earthquakes share most words and no names.
// Cost: a report meets the stories that share its 40 weightiest words, at most 24 of them in full, whatever the
// number of stories; a word that more than 500 stories have leads nowhere. Memory is bounded: the 4,000 stories
// and 6,000 reports used last are kept, older ones rest in the desk and are not joined any more; a story's centre keeps
// its 500 weightiest words.
// Covered by tests/story/clusters_test.cc; scores are in docs/desk.md.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "story/vectors.h"

namespace parley::story {

struct ClusterOptions {
  double threshold = 0.125;      ///< average similarity from which on reports are of one story, 0 to 1
  double title = 0.2;            ///< weights of the fields; together 1
  double body = 0.5;
  double names = 0.3;
  double rest = 30.0;            ///< days of silence after which a story's pull has faded by two thirds …
  double faded = 0.6;            ///< … of the way down to this share, which stays
  std::size_t most_stories = 4000;
  std::size_t most_reports = 6000;
};

class Clusters {
 public:
  Clusters(const Background& background, ClusterOptions options);

  // What a desk knows already; stories before their reports.
  void restore_term(std::uint32_t term, std::uint32_t stories);
  /// `counted`: its words are in the counts that restore_term gave.
  void restore_report(std::int64_t report, std::int64_t story, std::int64_t day, const std::vector<TermCount>& terms,
                      bool counted);
  void restore_counts(std::int64_t stories, std::int64_t last_story);

  struct Assigned {
    std::int64_t story = 0;
    bool is_new = false;
    double similarity = 0.0;
  };
  Assigned assign(std::int64_t report, std::int64_t day, const std::vector<TermCount>& terms);
  /// Puts the report where its original is.
  void join(std::int64_t report, std::int64_t story, std::int64_t day, const std::vector<TermCount>& terms);
  /// A newer version takes its place.
  void remove(std::int64_t report);

  /// One thing that `refine` did, in the order it did them.
  struct Change {
    enum class Kind : std::uint8_t { merged, moved, split };
    Kind kind = Kind::merged;
    std::int64_t story = 0;   ///< merged: the one that is no more; else the one left
    std::int64_t other = 0;   ///< the one it is in now
    std::int64_t report = 0;  ///< moved, split: which; 0 for merged
  };
  std::vector<Change> refine();

  /// Terms whose number of stories changed since the last call, with the new number.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> take_changed_terms();

 private:
  struct Story {
    Vector sum;
    double weight = 0.0;  ///< reports in `sum`; at most kMemory
    std::int64_t first_day = 0;
    std::int64_t last_day = 0;
    std::uint64_t used = 0;
    std::unordered_set<std::int64_t> reports;  ///< those still in memory
  };
  struct Report {
    std::int64_t story = 0;
    std::int64_t day = 0;
    Vector vector;
  };

  double rarity(std::uint32_t term) const;
  Vector weigh(const std::vector<TermCount>& terms) const;
  /// The stories that share weighty words with `vector`, best first, at most kFull.
  std::vector<std::int64_t> candidates(const Vector& vector, std::int64_t except) const;
  double fade(std::int64_t day, const Story& story) const;
  void put(std::int64_t report, std::int64_t story, std::int64_t day, Vector vector, const std::vector<TermCount>* terms);
  void take(std::int64_t report);
  void index(std::int64_t story, const Vector& vector);
  void forget_old();

  const Background& background_;
  ClusterOptions options_;
  std::unordered_map<std::int64_t, Story> stories_;
  std::unordered_map<std::int64_t, Report> reports_;
  std::deque<std::int64_t> order_;  ///< reports, oldest first
  std::unordered_map<std::uint32_t, std::vector<std::int64_t>> postings_;
  std::unordered_map<std::uint32_t, std::uint32_t> term_stories_;
  std::unordered_set<std::uint32_t> changed_terms_;
  std::unordered_set<std::int64_t> touched_;
  std::int64_t story_count_ = 0;
  std::int64_t last_story_ = 0;
  std::uint64_t clock_ = 0;
};

}  // namespace parley::story
