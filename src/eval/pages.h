// Pages with what must and what must not be in their article's text, as trafilatura's own evaluation
// counts it: an archive with `evaldata.json` and the pages as files, wherever they lie in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "eval/scores.h"
#include "parley/result.h"

namespace parley::eval {

/// What was found in a page; empty where nothing was.
struct PageAnswer {
  std::string body;
  std::string title;
  std::string date;
  std::vector<std::string> authors;
};

class PageSet {
 public:
  struct Page {
    std::string id;    ///< the file's name
    std::string html;
  };

  /// Errors: not_found, unreadable, malformed (no `evaldata.json`, or not as expected).
  static Result<PageSet> read(const std::filesystem::path& archive);

  const std::vector<Page>& pages() const { return pages_; }
  /// The answer for `pages()[index]`. REQUIRES: called at most once for each; a page without an answer
  /// counts as one with an empty answer.
  void add(std::size_t index, const PageAnswer& answer);
  /// Segments: expected ones found (tp) and missed (fn), forbidden ones found (fp). A title is right when
  /// it is the same but for case, quotes and white space; a date when the day is the same; authors when
  /// the names are the same, in any order, but for case and "von" or "by" in front. Of each field p is
  /// over the pages that have a gold value and got an answer, r over those that have a gold value.
  Json figures() const;

 private:
  struct Gold {
    std::vector<std::string> with, without, authors;
    std::string title, date;
  };
  struct Field {
    std::size_t asked = 0, given = 0, right = 0;
  };
  static Json json(const Field& field);

  std::vector<Page> pages_;
  std::vector<Gold> gold_;
  std::size_t expected_ = 0;   // segments of all pages, answered or not
  std::size_t forbidden_ = 0;
  double tp_ = 0;
  double fp_ = 0;
  Field title_, date_, author_;
};

}  // namespace parley::eval
