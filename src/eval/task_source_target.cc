// Spans of events' sources (S) and targets (T) in BIO, against the spans that the events themselves
// name: exact, and with any overlap.
#include <set>

#include "eval/bio.h"
#include "eval/files.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

class SourceTarget final : public RecordTask {
 public:
  explicit SourceTarget(std::vector<BioSentence> sentences) {
    for (BioSentence& sentence : sentences) {
      inputs_.push_back({"s" + std::to_string(inputs_.size()), std::move(sentence.text), std::nullopt});
      gold_.push_back(std::move(sentence.spans));
    }
  }

  void add(std::size_t index, const Record& record) override {
    std::set<Span> actors;
    std::set<Span> recipients;
    for (const Event& event : record.events) {
      actors.insert(event.actor_spans.begin(), event.actor_spans.end());
      recipients.insert(event.recipient_spans.begin(), event.recipient_spans.end());
    }
    count(index, "S", actors);
    count(index, "T", recipients);
  }

  Json figures() const override { return Json{{"exact", exact_.json()}, {"overlap", overlap_.json()}}; }

 private:
  void count(std::size_t index, std::string_view label, const std::set<Span>& got) {
    std::vector<Span> want;
    for (const LabelledSpan& each : gold_[index]) {
      if (each.label == label) want.push_back(each.span);
    }
    const auto tally = [&](Counts& counts, auto&& same) {
      for (Span g : want) {
        bool found = false;
        for (Span p : got) found = found || same(g, p);
        (found ? counts.tp : counts.fn) += 1;
      }
      for (Span p : got) {
        bool found = false;
        for (Span g : want) found = found || same(g, p);
        counts.fp += !found;
      }
    };
    tally(exact_, [](Span a, Span b) { return a == b; });
    tally(overlap_, [](Span a, Span b) { return a.overlaps(b); });
  }

  std::vector<std::vector<LabelledSpan>> gold_;
  Counts exact_;
  Counts overlap_;
};

}  // namespace

TaskResult make_source_target(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  return std::unique_ptr<RecordTask>(std::make_unique<SourceTarget>(read_bio(*text)));
}

}  // namespace parley::eval
