#include "eval/task.h"

namespace parley::eval {
namespace {

struct Entry {
  TaskHelp help;
  TaskResult (*make)(const std::filesystem::path&);
};

constexpr Entry kTasks[] = {
    {{"gsr", "PLOVER gold records: event class, actors' and recipients' countries"}, make_gsr},
    {{"plv", "PLOVER roots of sentences with marked source and target, parties found by Parley"}, make_plv},
    {{"quad", "quad class of sentences"}, make_quad},
    {{"source-target", "spans of events' actors and recipients"}, make_source_target},
    {{"attribution", "PolNeAR: source, cue, content, whole relations"}, make_attribution},
    {{"timex", "TimeML: spans and values of time expressions"}, make_timex},
    {{"ner", "names of people, organisations and locations, BIO files"}, make_ner},
    {{"places", "toponyms with coordinates: found, and placed within 161 km"}, make_places},
};

}  // namespace

const std::vector<TaskHelp>& record_tasks() {
  static const std::vector<TaskHelp> all = [] {
    std::vector<TaskHelp> out;
    for (const Entry& entry : kTasks) out.push_back(entry.help);
    return out;
  }();
  return all;
}

TaskResult make_record_task(std::string_view name, const std::filesystem::path& gold) {
  std::string names;
  for (const Entry& entry : kTasks) {
    if (entry.help.name == name) return entry.make(gold);
    names += (names.empty() ? "" : ", ") + std::string(entry.help.name);
  }
  return Error{Error::Code::usage, "no task '" + std::string(name) + "'; the tasks are " + names, ""};
}

}  // namespace parley::eval
