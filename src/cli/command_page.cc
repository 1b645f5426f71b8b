// parley page: the article out of a page.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "brief/json.h"
#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"

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

int run(const InputFlags& inputs) {
  auto reader = inputs.reader();
  if (!reader) return fail(reader.error());
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  Progress progress("pages");
  while (auto item = reader->next()) {
    ++done;
    if (item->document) {
      fmt::print("{}\n", article_json(item->id, *item->document));
    } else {
      ++failed;
      report(item->document.error());
      fmt::print("{}\n", error_json(item->id, item->document.error()));
    }
    progress.show(done);
    if (interrupted()) return kInterrupted;
  }
  if (done == failed) return kNothingRead;
  return failed > 0 ? kSomeFailed : kDone;
}

}  // namespace

void add_page(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("page", "Take the article out of pages");
  auto inputs = std::make_shared<InputFlags>();
  inputs->add(*command, InputFlags::Kind::pages);
  examples(*command,
           "  parley page story.html\n"
           "  parley page pages/*.html > articles.jsonl");
  command->callback([&invocation, inputs] { invocation.run = [inputs] { return run(*inputs); }; });
}

}  // namespace parley::cli
