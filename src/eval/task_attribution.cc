// PolNeAR's attributions (Newell et al. 2018), in brat's standoff format: texts beside annotations in
// one archive. Source, cue and content by exact spans and by characters; a relation as a whole counts
// when the contents overlap by half (Jaccard) and the sources overlap.
#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "eval/files.h"
#include "eval/task.h"

namespace parley::eval {
namespace {

using Spans = std::vector<Span>;

struct Relation {
  Spans source, cue, content;
};

/// Sorted, without doubles.
Spans sorted(Spans spans) {
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  return spans;
}

/// Sorted and disjoint: the characters that the spans cover.
Spans covered(const Spans& spans) {
  Spans out;
  for (Span span : sorted(spans)) {
    if (span.empty()) continue;
    if (!out.empty() && span.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

double size_of(const Spans& spans) {
  double out = 0;
  for (Span span : spans) out += span.size();
  return out;
}

/// Characters in both. REQUIRES: both `covered`.
double common(const Spans& a, const Spans& b) {
  double out = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t begin = std::max(a[i].begin, b[j].begin);
    const std::uint32_t end = std::min(a[i].end, b[j].end);
    if (begin < end) out += end - begin;
    (a[i].end < b[j].end ? i : j) += 1;
  }
  return out;
}

class Attribution final : public RecordTask {
 public:
  void text(std::string id, std::string text, std::vector<Relation> gold) {
    inputs_.push_back({std::move(id), std::move(text), std::nullopt});
    gold_.push_back(std::move(gold));
  }

  void add(std::size_t index, const Record& record) override {
    const std::vector<Relation>& gold = gold_[index];
    std::vector<Relation> got;
    for (const Statement& statement : record.statements) {
      Relation each;
      if (statement.source) each.source.push_back(*statement.source);
      if (!statement.cue.empty()) each.cue.push_back(statement.cue);
      each.content = statement.content;
      got.push_back(std::move(each));
    }
    score(gold, got, &Relation::source, exact_source_, source_);
    score(gold, got, &Relation::cue, exact_cue_, cue_);
    score(gold, got, &Relation::content, exact_content_, content_);

    std::vector<bool> used(got.size(), false);
    std::size_t matched = 0;
    for (const Relation& want : gold) {
      const Spans content = covered(want.content);
      const Spans source = covered(want.source);
      bool found = false;
      for (std::size_t k = 0; k < got.size() && !found; ++k) {
        if (used[k] || content.empty()) continue;
        const Spans other = covered(got[k].content);
        const double both = common(content, other);
        if (both * 2 < size_of(content) + size_of(other) - both) continue;
        if (!source.empty() && common(source, covered(got[k].source)) == 0) continue;
        used[k] = found = true;
      }
      matched += found;
      (found ? relation_.tp : relation_.fn) += 1;
    }
    relation_.fp += static_cast<double>(got.size() - matched);
  }

  Json figures() const override {
    return Json{{"Source", source_.json()},       {"Cue", cue_.json()},
                {"Content", content_.json()},     {"rel", relation_.json()},
                {"exact Source", exact_source_.json()}, {"exact Cue", exact_cue_.json()},
                {"exact Content", exact_content_.json()}};
  }

 private:
  static void score(const std::vector<Relation>& gold, const std::vector<Relation>& got,
                    Spans Relation::*part, Counts& exact, Counts& characters) {
    std::map<Spans, int> left;
    double wanted = 0;
    double given = 0;
    double same = 0;
    Spans all_gold;
    Spans all_got;
    for (const Relation& each : gold) {
      if ((each.*part).empty()) continue;
      ++left[sorted(each.*part)];
      ++wanted;
      all_gold.insert(all_gold.end(), (each.*part).begin(), (each.*part).end());
    }
    for (const Relation& each : got) {
      if ((each.*part).empty()) continue;
      ++given;
      const auto found = left.find(sorted(each.*part));
      if (found != left.end() && found->second > 0) {
        --found->second;
        ++same;
      }
      all_got.insert(all_got.end(), (each.*part).begin(), (each.*part).end());
    }
    exact.tp += same;
    exact.fp += given - same;
    exact.fn += wanted - same;
    const Spans g = covered(all_gold);
    const Spans p = covered(all_got);
    const double both = common(g, p);
    characters.tp += both;
    characters.fp += size_of(p) - both;
    characters.fn += size_of(g) - both;
  }

  std::vector<std::vector<Relation>> gold_;
  Counts source_, cue_, content_, relation_, exact_source_, exact_cue_, exact_content_;
};

std::vector<Relation> read_standoff(std::string_view text) {
  std::unordered_map<std::string_view, Spans> bound;
  std::vector<Relation> out;
  for (std::string_view line : lines_of(text)) {
    const auto columns = split(line, '\t');
    if (columns.size() < 2) continue;
    const auto fields = fields_of(columns[1]);
    if (fields.empty()) continue;
    if (columns[0].starts_with('T')) {
      // "Source 10 22;30 35": offsets parted by spaces and semicolons.
      std::vector<std::uint32_t> offsets;
      for (std::string_view piece : split(columns[1].substr(fields[0].size()), ' ')) {
        for (std::string_view number : split(piece, ';')) {
          std::uint32_t value = 0;
          const auto end = std::from_chars(number.data(), number.data() + number.size(), value);
          if (end.ec == std::errc() && !number.empty()) offsets.push_back(value);
        }
      }
      Spans& spans = bound[columns[0]];
      for (std::size_t i = 0; i + 1 < offsets.size(); i += 2) spans.push_back({offsets[i], offsets[i + 1]});
    } else if (columns[0].starts_with('E')) {
      Relation relation;
      for (std::size_t i = 1; i < fields.size(); ++i) {
        const std::size_t colon = fields[i].find(':');
        if (colon == std::string_view::npos) continue;
        std::string_view role = fields[i].substr(0, colon);
        while (!role.empty() && role.back() >= '0' && role.back() <= '9') role.remove_suffix(1);
        const auto found = bound.find(fields[i].substr(colon + 1));
        Spans* into = role == "Source" ? &relation.source
                      : role == "Cue"  ? &relation.cue
                      : role == "Content" ? &relation.content
                                          : nullptr;
        if (into && found != bound.end()) into->insert(into->end(), found->second.begin(), found->second.end());
      }
      out.push_back(std::move(relation));
    }
  }
  return out;
}

/// "name_ab12.ann" -> "name": the last part is the annotator's.
std::string without_annotator(std::string name) {
  name.resize(name.size() - 4);
  if (name.size() >= 5 && name[name.size() - 5] == '_' &&
      std::all_of(name.end() - 4, name.end(),
                  [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); })) {
    name.resize(name.size() - 5);
  }
  return name;
}

}  // namespace

TaskResult make_attribution(const std::filesystem::path& path) {
  auto members = read_archive(path);
  if (!members) return members.error();
  std::map<std::string, std::string> texts;
  std::vector<std::pair<std::string, std::string>> annotations;
  for (ArchiveMember& member : *members) {
    std::string base = std::filesystem::path(member.name).filename().string();
    if (member.name.find("/text/") != std::string::npos) {
      if (base.ends_with(".txt")) base.resize(base.size() - 4);
      texts.emplace(std::move(base), std::move(member.content));
    } else if (base.ends_with(".ann")) {
      annotations.emplace_back(without_annotator(std::move(base)), std::move(member.content));
    }
  }
  if (texts.empty()) {
    return Error{Error::Code::malformed, "no text/ folder in the archive; expected PolNeAR's layout", path.string()};
  }
  auto out = std::make_unique<Attribution>();
  for (auto& [name, text] : texts) {
    for (const auto& [key, annotation] : annotations) {
      if (!name.starts_with(key) && !key.starts_with(name)) continue;
      out->text(name, std::move(text), read_standoff(annotation));
      break;
    }
  }
  return std::unique_ptr<RecordTask>(std::move(out));
}

}  // namespace parley::eval
