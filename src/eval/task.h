// Scoring records and analyses against gold data, task by task, with each field's own standard score.
//
// A task reads its gold, says which texts it wants read, takes the records one by one, and gives its
// figures. It never sees how a record is made.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eval/scores.h"
#include "parley/analysis.h"
#include "parley/record.h"
#include "parley/result.h"

namespace parley::eval {

struct Input {
  std::string id;
  std::string text;
  std::optional<std::string> published;
};

class RecordTask {
 public:
  virtual ~RecordTask() = default;
  const std::vector<Input>& inputs() const { return inputs_; }
  /// The record of `inputs()[index]`. REQUIRES: called once for each index, in any order.
  virtual void add(std::size_t index, const Record& record) = 0;
  virtual Json figures() const = 0;

 protected:
  std::vector<Input> inputs_;
};

/// The tasks by name, with a line of help each.
struct TaskHelp {
  std::string_view name;
  std::string_view help;
};
const std::vector<TaskHelp>& record_tasks();

/// gsr, plv, quad, source-target, attribution, timex, ner, places.
Result<std::unique_ptr<RecordTask>> make_record_task(std::string_view name, const std::filesystem::path& gold);

// One constructor a file, task_<name>.cc.
using TaskResult = Result<std::unique_ptr<RecordTask>>;
TaskResult make_gsr(const std::filesystem::path& gold);
TaskResult make_plv(const std::filesystem::path& gold);
TaskResult make_quad(const std::filesystem::path& gold);
TaskResult make_source_target(const std::filesystem::path& gold);
TaskResult make_attribution(const std::filesystem::path& gold);
TaskResult make_timex(const std::filesystem::path& gold);
TaskResult make_ner(const std::filesystem::path& gold);
TaskResult make_places(const std::filesystem::path& gold);

}  // namespace parley::eval
