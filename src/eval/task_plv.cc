// Sentences with a marked source and target and the PLOVER root between them (tab-separated, columns
// marked_sentence and gold_root). The parties have to be found: the event whose actors overlap the
// marked source and whose recipients overlap the marked target gives the class; none gives NONE.
#include <map>
#include <unordered_map>

#include "eval/files.h"
#include "eval/plover_names.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

struct Marked {
  std::string text;
  Span source;
  Span target;
};

std::optional<Marked> unmarked(std::string_view marked) {
  Marked out;
  bool source = false;
  bool target = false;
  std::uint32_t at = 0;
  while (!marked.empty()) {
    const auto tag = [&](std::string_view text) {
      if (!marked.starts_with(text)) return false;
      marked.remove_prefix(text.size());
      return true;
    };
    if (tag("<s>")) {
      out.source = {at, at};
      source = true;
    } else if (tag("</s>")) {
      out.source.end = at;
    } else if (tag("<t>")) {
      out.target = {at, at};
      target = true;
    } else if (tag("</t>")) {
      out.target.end = at;
    } else {
      at += (static_cast<unsigned char>(marked.front()) & 0xC0) != 0x80;
      out.text += marked.front();
      marked.remove_prefix(1);
    }
  }
  if (!source || !target) return std::nullopt;
  return out;
}

bool reciprocal(EventType type) {
  return type == EventType::consult || type == EventType::agree || type == EventType::cooperate ||
         type == EventType::assault;
}

class Plv final : public RecordTask {
 public:
  void sentence(std::string id, Marked marked, std::string root) {
    inputs_.push_back({std::move(id), std::move(marked.text), std::nullopt});
    gold_.push_back({marked.source, marked.target, root_name(root)});
  }

  void add(std::size_t index, const Record& record) override {
    const Gold& gold = gold_[index];
    const auto touches = [&](const std::vector<Id>& ids, Span span) {
      for (const Id& id : ids) {
        const Entity* entity = record.entity(id);
        if (!entity) continue;
        for (const EntityMention& mention : entity->mentions) {
          if (mention.span.overlaps(span)) return true;
        }
      }
      return false;
    };
    int best = 0;
    std::string got = "NONE";
    bool in_sentence = false;
    for (const Event& event : record.events) {
      if (negated(event.auxiliary)) continue;
      const std::string root = root_name(name(event.type));
      in_sentence = in_sentence || root == gold.root;
      const int fit = touches(event.actors, gold.source) +
                      (touches(event.recipients, gold.target) ||
                       (touches(event.actors, gold.target) && reciprocal(event.type)));
      if (fit > best) {
        best = fit;
        got = root;
      }
    }
    sentences_ += in_sentence;
    paired_ += best == 2;
    Class& want = classes_[gold.root];
    ++want.n;
    if (got == gold.root) {
      ++want.counts.tp;
    } else {
      ++want.counts.fn;
      ++classes_[got].counts.fp;
    }
  }

  Json figures() const override {
    Json by_class = Json::object();
    double sum = 0;
    double right = 0;
    std::size_t roots = 0;
    for (const auto& [root, each] : classes_) {
      if (each.n == 0) continue;
      ++roots;
      sum += rounded(each.counts.f1());
      right += each.counts.tp;
      by_class[root] = rounded(each.counts.f1());
    }
    const double n = std::max<double>(1, static_cast<double>(inputs_.size()));
    return Json{{"n", inputs_.size()},
                {"macro_f1", roots > 0 ? rounded(sum / static_cast<double>(roots)) : 0.0},
                {"accuracy", rounded(right / n)},
                {"sentence_recall", rounded(sentences_ / n)},
                {"both_parties_found", rounded(paired_ / n)},
                {"by_class", by_class}};
  }

 private:
  struct Gold {
    Span source;
    Span target;
    std::string root;
  };
  struct Class {
    double n = 0;
    Counts counts;
  };
  std::vector<Gold> gold_;
  std::map<std::string, Class> classes_;
  double sentences_ = 0, paired_ = 0;
};

}  // namespace

TaskResult make_plv(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  const auto rows = read_table(*text);
  if (rows.empty()) return Error{Error::Code::empty, "no rows", path.string()};
  std::unordered_map<std::string, std::size_t> column;
  for (std::size_t i = 0; i < rows[0].size(); ++i) column.emplace(rows[0][i], i);
  if (!column.contains("marked_sentence") || !column.contains("gold_root")) {
    return Error{Error::Code::malformed, "expected columns marked_sentence and gold_root", path.string()};
  }
  auto out = std::make_unique<Plv>();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto cell = [&](const std::string& name) {
      const auto found = column.find(name);
      return found != column.end() && found->second < rows[i].size() ? rows[i][found->second] : std::string();
    };
    if (auto marked = unmarked(cell("marked_sentence"))) {
      std::string id = cell("uid");
      if (id.empty()) id = cell("");
      if (id.empty()) id = cell("sentence_id");
      out->sentence("plv" + id, std::move(*marked), cell("gold_root"));
    }
  }
  return std::unique_ptr<RecordTask>(std::move(out));
}

}  // namespace parley::eval
