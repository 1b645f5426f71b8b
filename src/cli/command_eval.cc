// parley eval: scores against gold data, with each field's own standard measures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "cli/command.h"
#include "cli/terminal.h"
#include "eval/coreference.h"
#include "eval/files.h"
#include "eval/pages.h"
#include "eval/predicates.h"
#include "eval/task.h"
#include "eval/ud.h"
#include "language/conllu.h"
#include "language/language.h"
#include "page/page.h"

namespace parley::cli {
namespace {

struct Options {
  PipelineFlags pipeline;
  std::string task;
  std::string gold;
  std::string words;
  std::string format = "table";
  unsigned threads = 0;
};

Result<eval::Json> eval_records(const Options& options) {
  auto task = eval::make_record_task(options.task, options.gold);
  if (!task) return task.error();
  auto pipeline = Pipeline::load(options.pipeline.options());
  if (!pipeline) return pipeline.error();
  const auto& inputs = (*task)->inputs();
  const unsigned threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  constexpr std::size_t kChunk = 256;  // records held at once
  Progress progress("texts");
  for (std::size_t begin = 0; begin < inputs.size(); begin += kChunk) {
    const std::size_t end = std::min(inputs.size(), begin + kChunk);
    std::vector<std::optional<Record>> records(end - begin);
    std::atomic<std::size_t> next = begin;
    const auto work = [&] {
      for (std::size_t i = next++; i < end; i = next++) {
        Document document = Document::plain(inputs[i].text);
        document.id = inputs[i].id;
        document.published = inputs[i].published;
        records[i - begin] = pipeline->read(document);
      }
    };
    std::vector<std::thread> workers;
    for (unsigned t = 1; t < threads; ++t) workers.emplace_back(work);
    work();
    for (std::thread& worker : workers) worker.join();
    for (std::size_t i = begin; i < end; ++i) (*task)->add(i, *records[i - begin]);
    progress.show(end, inputs.size());
    if (interrupted()) return Error{Error::Code::usage, "interrupted", ""};
  }
  return (*task)->figures();
}

/// pages: the page layer alone.
Result<eval::Json> eval_pages(const Options& options) {
  auto set = eval::PageSet::read(options.gold);
  if (!set) return set.error();
  auto cues = load_cues(Pipeline::default_data_path() / "page");
  if (!cues) return cues.error();
  ReadOptions how;
  how.cues = *cues;
  Progress progress("pages");
  for (std::size_t i = 0; i < set->pages().size(); ++i) {
    how.source = set->pages()[i].id;
    if (const auto document = read_html(set->pages()[i].html, how)) {
      set->add(i, {article_body(*document), document->title.value_or(""), document->published.value_or(""), document->byline});
    }
    progress.show(i + 1, set->pages().size());
    if (interrupted()) return Error{Error::Code::usage, "interrupted", ""};
  }
  return set->figures();
}

/// CoNLL-U, with its file in the error.
Result<ConlluText> words_of(const std::string& path, const std::string& text) {
  auto given = read_conllu(text);
  if (given) return given;
  Error error = given.error();
  error.where = path + (error.where.empty() ? "" : ":" + error.where);
  return error;
}

/// ud: raw text through everything; ud-words: the gold's sentences and words, the rest found.
Result<eval::Json> eval_trees(const Options& options, const Language& language) {
  auto gold = eval::read_file(options.gold);
  if (!gold) return gold.error();
  std::string system;
  if (options.task == "ud") {
    const Document document = Document::plain(eval::raw_text(*gold));
    system = to_conllu(&document, language.analyse(document));
  } else {
    auto given = words_of(options.gold, *gold);
    if (!given) return given.error();
    system = to_conllu(&given->document, language.analyse_words(std::move(given->analysis)));
  }
  return eval::score_ud(*gold, system);
}

/// coreference: the gold's documents, sentences and words, the rest found.
Result<eval::Json> eval_coreference(const Options& options, const Language& language) {
  auto text = eval::read_file(options.gold);
  if (!text) return text.error();
  eval::CoreferenceScore score;
  for (const ConlluPart& part : conllu_documents(*text)) {
    auto gold = read_conllu(part.text, part.first_line);
    if (!gold) return gold.error();
    Analysis words = gold->analysis;
    score.add(gold->analysis, language.analyse_words(std::move(words)));
    if (interrupted()) return Error{Error::Code::usage, "interrupted", ""};
  }
  return score.figures();
}

/// propbank and factuality: gold about the sentences of a CoNLL-U file, by sent_id.
Result<eval::Json> eval_predicates(const Options& options, const Language& language) {
  if (options.words.empty()) {
    return Error{Error::Code::usage,
                 "the task '" + options.task + "' needs the sentences that its gold is about: --words FILE.conllu", ""};
  }
  auto text = eval::read_file(options.words);
  if (!text) return text.error();
  auto given = words_of(options.words, *text);
  if (!given) return given.error();
  const Analysis analysis = language.analyse_words(std::move(given->analysis));
  const eval::SentenceIndex index(analysis);
  return options.task == "propbank" ? eval::score_propbank(options.gold, index)
                                    : eval::score_factuality(options.gold, index);
}

Result<eval::Json> score(const Options& options) {
  if (options.task == "pages") return eval_pages(options);
  const bool trees = options.task == "ud" || options.task == "ud-words";
  const bool predicates = options.task == "propbank" || options.task == "factuality";
  const bool coreference = options.task == "coreference";
  if (!trees && !predicates && !coreference) return eval_records(options);
  const auto flags = options.pipeline.options();
  auto language = Language::load(flags.model.empty() ? Pipeline::default_model_path() : flags.model, {});
  if (!language) return language.error();
  if (coreference) return eval_coreference(options, *language);
  return trees ? eval_trees(options, *language) : eval_predicates(options, *language);
}

void print_table(const std::string& prefix, const eval::Json& figures) {
  for (const auto& [key, value] : figures.items()) {
    if (value.is_object() && value.contains("f1")) {
      fmt::print("{:<28} p {:.4f}  r {:.4f}  f1 {:.4f}\n", prefix + key, value["p"].get<double>(),
                 value["r"].get<double>(), value["f1"].get<double>());
    } else if (value.is_object()) {
      print_table(prefix + key + ".", value);
    } else {
      fmt::print("{:<28} {}\n", prefix + key, value.dump());
    }
  }
}

int run(const Options& options) {
  auto figures = score(options);
  if (interrupted()) return kInterrupted;
  if (!figures) return fail(figures.error());
  if (options.format == "json") {
    eval::Json out{{"task", options.task}};
    out.update(*figures);
    fmt::print("{}\n", out.dump());
  } else {
    print_table("", *figures);
  }
  return kDone;
}

}  // namespace

void add_eval(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand("eval", "Score Parley against gold data");
  auto options = std::make_shared<Options>();
  std::string tasks = "ud, ud-words, coreference, propbank, factuality, pages";
  for (const auto& task : eval::record_tasks()) tasks += ", " + std::string(task.name);
  command->add_option("TASK", options->task, "What to score: " + tasks)->required();
  command->add_option("GOLD", options->gold, "The gold data's file")->required();
  command->add_option("--words", options->words, "CoNLL-U of the gold's sentences (propbank, factuality)")
      ->type_name("FILE");
  command->add_option("--format", options->format, "How figures are printed")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_option("--threads", options->threads, "Texts read at once (default: all cores)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  options->pipeline.add_all(*command);
  examples(*command,
           "  parley eval gsr plover-gsr.json\n"
           "  parley eval ud en_ewt-ud-dev.conllu\n"
           "  parley eval propbank propbank.jsonl --words en_ewt-ud-dev.conllu --format json");
  command->callback([&invocation, options] { invocation.run = [options] { return run(*options); }; });
}

}  // namespace parley::cli
