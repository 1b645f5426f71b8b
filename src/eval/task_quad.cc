// Sentences with a quad class: 0 no event, 1 verbal and 2 material cooperation, 3 verbal and 4 material
// conflict. One sentence a line, a tab, the class. The most confident event of a record counts.
#include <map>

#include "eval/files.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

class Quad final : public RecordTask {
 public:
  void sentence(std::string id, std::string_view text, int gold) {
    inputs_.push_back({std::move(id), std::string(text), std::nullopt});
    gold_.push_back(gold);
  }

  void add(std::size_t index, const Record& record) override {
    int got = 0;
    double best = -1;
    for (const Event& event : record.events) {
      if (event.confidence > best) {
        best = event.confidence;
        got = event.quad;
      }
    }
    const int want = gold_[index];
    ++asked_[want];
    if (got == want) {
      ++classes_[want].tp;
    } else {
      ++classes_[want].fn;
      ++classes_[got].fp;
    }
  }

  Json figures() const override {
    double right = 0;
    double sum = 0;
    for (const auto& [quad, n] : asked_) {
      const auto found = classes_.find(quad);
      if (found == classes_.end()) continue;
      right += found->second.tp;
      sum += rounded(found->second.f1());
    }
    const double n = std::max<double>(1, static_cast<double>(inputs_.size()));
    return Json{{"n", inputs_.size()},
                {"accuracy", rounded(right / n)},
                {"macro_f1", asked_.empty() ? 0.0 : rounded(sum / static_cast<double>(asked_.size()))}};
  }

 private:
  std::vector<int> gold_;
  std::map<int, Counts> classes_;
  std::map<int, int> asked_;
};

}  // namespace

TaskResult make_quad(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  auto out = std::make_unique<Quad>();
  const auto lines = lines_of(*text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t tab = lines[i].rfind('\t');
    if (tab == std::string_view::npos || tab == 0) continue;
    const std::string_view label = lines[i].substr(tab + 1);
    if (label.size() != 1 || label[0] < '0' || label[0] > '4') {
      return Error{Error::Code::malformed, "expected a class 0 to 4 after the last tab",
                   path.string() + ":" + std::to_string(i + 1)};
    }
    out->sentence("q" + std::to_string(i), lines[i].substr(0, tab), label[0] - '0');
  }
  return std::unique_ptr<RecordTask>(std::move(out));
}

}  // namespace parley::eval
