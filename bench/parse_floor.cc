// What a page costs at least: the bare parse to a tree, and the same after scripts, styles and comments are
// skipped. Prints the CPU seconds of each over all files named, the best of some rounds.
//   parse_floor ROUNDS FILE...
#include <gumbo.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "page/html_filter.h"
#include "text/utf8.h"

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void parse(const std::string& html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* tree = gumbo_parse_with_options(&options, html.data(), html.size());
  gumbo_destroy_output(&options, tree);
}

template <typename Work>
double best_of(int rounds, const std::vector<std::string>& pages, Work work) {
  double best = 1e300;
  for (int i = 0; i < rounds; ++i) {
    const double start = cpu_seconds();
    for (const std::string& page : pages) work(page);
    best = std::min(best, cpu_seconds() - start);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: parse_floor ROUNDS FILE...\n");
    return 2;
  }
  std::vector<std::string> pages;
  std::size_t bytes = 0;
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    pages.push_back(parley::repair_utf8(all.str()));
    bytes += pages.back().size();
  }
  const int rounds = std::max(1, std::atoi(argv[1]));
  const double whole = best_of(rounds, pages, parse);
  const double skipped = best_of(rounds, pages, [](const std::string& page) {
    parse(parley::page::filter_html(page, 512, 256).html);
  });
  std::printf("%zu %zu %.6f %.6f\n", pages.size(), bytes, whole, skipped);
  return 0;
}
