// parley page: the article out of a page.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "brief/json.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "page/ordered.h"

namespace parley::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string article_json(const std::string& id, const Document& document) {
  const auto optional = [](const std::optional<std::string>& value) {
    return value ? Json(*value) : Json(nullptr);
  };
  std::string author;
  for (const std::string& name : document.byline) author += (author.empty() ? "" : ", ") + name;
  return Json{{"id", id},
              {"headline", optional(document.title)},
              {"articleBody", article_body(document)},
              {"datePublished", optional(document.published)},
              {"author", author.empty() ? Json(nullptr) : Json(author)},
              {"publisher", optional(document.publisher)}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

struct Options {
  InputFlags inputs;
  unsigned jobs = 0;
};

struct Done {
  std::string line;
  std::optional<Error> error;
};

Done article_of(RawReport raw) {
  const InputItem item = read_report(std::move(raw));
  if (item.document) return {article_json(item.id, *item.document), std::nullopt};
  return {error_json(item.id, item.document.error()), item.document.error()};
}

int run(const Options& options) {
  auto reader = options.inputs.reader();
  if (!reader) return fail(reader.error());
  const unsigned jobs = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  Progress progress("pages");
  OrderedWork<Done> work(std::move(*reader), jobs, article_of);
  std::optional<Done> item;
  while (work.next(item)) {
    if (interrupted()) leave_interrupted(done, "pages");
    if (!item) continue;
    ++done;
    if (item->error) {
      ++failed;
      report(*item->error);
    }
    item->line += '\n';
    std::fwrite(item->line.data(), 1, item->line.size(), stdout);
    progress.show(done);
  }
  if (done == failed) return kNothingRead;
  return failed > 0 ? kSomeFailed : kDone;
}

}  // namespace

void add_page(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("page", "Take the article out of pages");
  auto options = std::make_shared<Options>();
  options->inputs.add(*command, InputFlags::Kind::pages);
  command->add_option("--jobs", options->jobs, "Pages read at once (default: all cores); output stays in order")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  examples(*command,
           "  parley page story.html\n"
           "  parley page pages/ > articles.jsonl\n"
           "  parley page CC-NEWS-20240501.warc.gz > articles.jsonl");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
