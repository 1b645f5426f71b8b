// Names in BIO, mapped to PER, ORG and LOC on both sides; exact spans, with and without the type.
#include <map>
#include <set>
#include <utility>

#include "eval/bio.h"
#include "eval/files.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

const char* gold_kind(std::string_view label) {
  if (label == "politician" || label == "person" || label == "Person" || label == "PER") return "PER";
  if (label == "organisation" || label == "politicalparty" || label == "Organisation" || label == "ORG") return "ORG";
  if (label == "country" || label == "location" || label == "Location" || label == "LOC") return "LOC";
  return nullptr;
}

const char* kind_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::person: return "PER";
    case EntityKind::organisation:
    case EntityKind::group: return "ORG";
    case EntityKind::country:
    case EntityKind::place:
    case EntityKind::facility: return "LOC";
    default: return nullptr;
  }
}

class Ner final : public RecordTask {
 public:
  explicit Ner(std::vector<BioSentence> sentences) {
    for (BioSentence& sentence : sentences) {
      inputs_.push_back({"s" + std::to_string(inputs_.size()), std::move(sentence.text), std::nullopt});
      gold_.push_back(std::move(sentence.spans));
    }
  }

  void add(std::size_t index, const Record& record) override {
    std::set<std::pair<Span, std::string>> want;
    std::set<std::pair<Span, std::string>> got;
    for (const LabelledSpan& each : gold_[index]) {
      if (const char* kind = gold_kind(each.label)) want.emplace(each.span, kind);
    }
    for (const Entity& entity : record.entities) {
      const char* kind = kind_of(entity.kind);
      if (!kind) continue;
      for (const EntityMention& mention : entity.mentions) {
        if (mention.form == MentionForm::name) got.emplace(mention.span, kind);
      }
    }
    tally(want, got, typed_);
    std::set<Span> want_spans;
    std::set<Span> got_spans;
    for (const auto& each : want) want_spans.insert(each.first);
    for (const auto& each : got) got_spans.insert(each.first);
    tally(want_spans, got_spans, untyped_);
  }

  Json figures() const override { return Json{{"typed", typed_.json()}, {"untyped", untyped_.json()}}; }

 private:
  template <typename Set>
  static void tally(const Set& want, const Set& got, Counts& counts) {
    std::size_t same = 0;
    for (const auto& each : want) same += got.contains(each);
    counts.tp += static_cast<double>(same);
    counts.fn += static_cast<double>(want.size() - same);
    counts.fp += static_cast<double>(got.size() - same);
  }

  std::vector<std::vector<LabelledSpan>> gold_;
  Counts typed_;
  Counts untyped_;
};

}  // namespace

TaskResult make_ner(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  return std::unique_ptr<RecordTask>(std::make_unique<Ner>(read_bio(*text)));
}

}  // namespace parley::eval
