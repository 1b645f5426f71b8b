// TimeML documents (TimeBank 1.2) in an archive: spans of TIMEX3, any overlap (relaxed) and exact
// (strict), and values by exact string. The creation time is given to the reader as the publication date.
#include <pugixml.hpp>

#include "eval/files.h"
#include "eval/task.h"
#include "text/utf8.h"

namespace parley::eval {
namespace {

struct Expression {
  Span span;
  std::string value;
};

class Timex final : public RecordTask {
 public:
  void text(Input input, std::vector<Expression> gold) {
    inputs_.push_back(std::move(input));
    gold_.push_back(std::move(gold));
  }

  void add(std::size_t index, const Record& record) override {
    std::vector<bool> used(record.times.size(), false);
    std::size_t matched = 0;
    for (const Expression& gold : gold_[index]) {
      const auto overlap = [&](Span s) {
        const std::uint32_t begin = std::max(s.begin, gold.span.begin);
        const std::uint32_t end = std::min(s.end, gold.span.end);
        return begin < end ? end - begin : 0;
      };
      std::size_t best = record.times.size();
      for (std::size_t k = 0; k < record.times.size(); ++k) {
        if (used[k] || overlap(record.times[k].span) == 0) continue;
        if (best == record.times.size() ||
            overlap(record.times[k].span) > overlap(record.times[best].span)) {
          best = k;
        }
      }
      if (best == record.times.size()) {
        ++relaxed_.fn;
        ++strict_.fn;
        ++value_.fn;
        continue;
      }
      used[best] = true;
      ++matched;
      ++relaxed_.tp;
      const auto tally = [](bool right, Counts& counts) {
        if (right) {
          ++counts.tp;
        } else {
          ++counts.fp;
          ++counts.fn;
        }
      };
      tally(record.times[best].span == gold.span, strict_);
      tally(record.times[best].value == gold.value, value_);
    }
    const double extra = static_cast<double>(record.times.size() - matched);
    relaxed_.fp += extra;
    strict_.fp += extra;
    value_.fp += extra;
  }

  Json figures() const override {
    return Json{{"strict", strict_.json()}, {"relaxed", relaxed_.json()}, {"value", value_.json()}};
  }

 private:
  std::vector<std::vector<Expression>> gold_;
  Counts strict_, relaxed_, value_;
};

/// The text of an element in document order, with where each TIMEX3 in it stands.
class Walk {
 public:
  void element(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        text += child.value();
        at_ += static_cast<std::uint32_t>(count_code_points(child.value()));
      } else if (child.type() == pugi::node_element) {
        const std::uint32_t begin = at_;
        element(child);
        if (std::string_view(child.name()) == "TIMEX3") {
          gold.push_back({{begin, at_}, child.attribute("value").value()});
        }
      }
    }
  }

  std::string text;
  std::vector<Expression> gold;

 private:
  std::uint32_t at_ = 0;
};

}  // namespace

TaskResult make_timex(const std::filesystem::path& path) {
  auto members = read_archive(path);
  if (!members) return members.error();
  std::sort(members->begin(), members->end(),
            [](const ArchiveMember& a, const ArchiveMember& b) { return a.name < b.name; });
  auto out = std::make_unique<Timex>();
  for (const ArchiveMember& member : *members) {
    pugi::xml_document xml;
    const auto parsed = xml.load_buffer(member.content.data(), member.content.size(),
                                        pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) {
      return Error{Error::Code::malformed, parsed.description(),
                   path.string() + ": " + member.name + ": byte " + std::to_string(parsed.offset)};
    }
    Input input;
    input.id = member.name;
    if (const auto created = xml.select_node("//DCT/TIMEX3")) {
      input.published = std::string(created.node().attribute("value").value()).substr(0, 10);
    }
    Walk walk;
    walk.element(xml.document_element().child("TEXT"));
    input.text = std::move(walk.text);
    out->text(std::move(input), std::move(walk.gold));
  }
  return std::unique_ptr<RecordTask>(std::move(out));
}

}  // namespace parley::eval
