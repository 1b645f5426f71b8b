// robots.txt: what a site asks programs to leave alone (RFC 9309).
//
// Idea: the file is groups of rules, each for the programs it names; those that name ours count, together, else those
// for "*". Of the rules that fit a path the one with the longest pattern decides, Allow where two are as long; with no
// rule that fits, the path may be read. Example: "Disallow: /a" and "Allow: /a/news" leave /a/news/1 open.
// Counter-example: "User-agent: parleyx" does not name "parley"; a rule before any User-agent belongs to nobody.
// Cost: linear in the file; a path against a rule is linear in the path for each "*" of the rule.
// Covered by tests/watch/robots_test.cc and fuzz/robots.cc. Source: RFC 9309; Crawl-delay is no part of it but common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::watch {

class Robots {
 public:
  /// `agent` is the product token, "parley". Of a longer file only the first 500 KiB are read, as the RFC says.
  static Robots parse(std::string_view text, std::string_view agent);
  /// For a site whose robots.txt could not be had because the site failed: nothing may be read.
  static Robots none();

  /// `target` is the path and query of an address, "/news?page=2".
  bool allows(std::string_view target) const;
  std::optional<double> crawl_delay() const { return delay_; }

 private:
  struct Rule {
    std::string pattern;  ///< escapes normalised; may have "*", and "$" at its end
    bool allow = false;
  };
  std::vector<Rule> rules_;
  std::optional<double> delay_;
};

}  // namespace parley::watch
