// parley parse: the language layer alone.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/inputs.h"
#include "cli/terminal.h"
#include "eval/files.h"
#include "language/conllu.h"
#include "language/language.h"
#include "language/parse_output.h"

namespace parley::cli {
namespace {

struct Options {
  InputFlags inputs;
  PipelineFlags pipeline;
  std::string format;
  std::string precision = "int8";
};

/// The whole of a file, or of standard input.
Result<std::string> slurp(const std::string& path) {
  if (path != "-") return eval::read_file(path);
  std::string out;
  char buffer[1 << 16];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, stdin)) > 0;) out.append(buffer, got);
  return out;
}

void print(const Options& options, const Document& document, const Analysis& analysis) {
  const std::string out = options.format == "jsonl"  ? to_parse_jsonl(analysis)
                          : options.format == "tree" ? to_tree(analysis)
                                                     : to_conllu(&document, analysis);
  std::fwrite(out.data(), 1, out.size(), stdout);
}

int run(Options options) {
  if (options.format.empty()) options.format = stdout_is_terminal() ? "tree" : "conllu";
  const auto flags = options.pipeline.options();
  Language::Options how;
  how.self_check = flags.self_check;
  how.precision = options.precision == "fp32" ? Precision::fp32 : Precision::int8;
  auto language = Language::load(flags.model.empty() ? Pipeline::default_model_path() : flags.model, how);
  if (!language) return fail(language.error());
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
  const auto failure = [&](const Error& error) {
    ++failed;
    report(error);
  };
  Progress progress("texts");
  if (options.inputs.input == "conllu") {
    if (options.inputs.files.empty()) options.inputs.files.push_back("-");
    for (const std::string& path : options.inputs.files) {
      ++done;
      auto text = slurp(path);
      if (!text) {
        failure(text.error());
        continue;
      }
      --done;
      for (const ConlluPart& part : conllu_documents(*text)) {
        ++done;
        auto given = read_conllu(part.text, part.first_line);
        if (!given) {
          Error error = given.error();
          error.where = path + (error.where.empty() ? "" : ":" + error.where);
          failure(error);
        } else {
          print(options, given->document, language->analyse_words(std::move(given->analysis)));
        }
        progress.show(done);
        if (interrupted()) leave_interrupted(done, "texts");
      }
    }
  } else {
    auto reader = options.inputs.reader();
    if (!reader) return fail(reader.error());
    while (auto item = reader->next()) {
      ++done;
      if (item->document) {
        print(options, *item->document, language->analyse(*item->document));
      } else {
        failure(item->document.error());
      }
      progress.show(done);
      if (interrupted()) leave_interrupted(done, "texts");
    }
  }
  if (done == failed) return kNothingRead;
  return failed > 0 ? kSomeFailed : kDone;
}

}  // namespace

void add_parse(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      app.add_subcommand("parse", "The language layer alone: words, tags, trees, names, predicates, coreference");
  auto options = std::make_shared<Options>();
  options->inputs.plain = true;  // raw text in, offsets into it out
  options->inputs.add(*command, InputFlags::Kind::raw);
  command
      ->add_option("--format", options->format,
                   "conllu; jsonl: predicates and roles, an object a sentence; tree: for people (default on a terminal)")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"conllu", "jsonl", "tree"}));
  command->add_option("--precision", options->precision, "How the encoder computes")
      ->type_name("HOW")
      ->check(CLI::IsMember({"int8", "fp32"}))
      ->capture_default_str();
  options->pipeline.add_model(*command);
  examples(*command,
           "  parley parse report.txt > report.conllu\n"
           "  parley parse --input conllu --format jsonl en_ewt-ud-dev.conllu\n"
           "  echo 'Talks resumed on Monday.' | parley parse --format tree");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
