#include "language/parse_output.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

namespace parley {
namespace {

constexpr std::size_t kDeepest = 64;

void append_json(std::string& out, std::string_view text) {
  out += nlohmann::json(std::string(text))
             .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void append_number(std::string& out, float value, const char* format) {
  if (std::isnan(value)) {
    out += "null";
    return;
  }
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, format, static_cast<double>(value));
  out += buffer;
}

void append_predicate(std::string& out, const Analysis& analysis, const Predicate& predicate, Word first) {
  out += "{\"word\": " + std::to_string(predicate.word - first + 1) + ", \"sense\": ";
  append_json(out, predicate.sense);
  out += ", \"factual\": ";
  append_number(out, analysis.factuality(predicate.word), "%.3f");
  out += ", \"roles\": [";
  for (const Role& role : predicate.roles) {
    if (&role != &predicate.roles.front()) out += ", ";
    out += "[" + std::to_string(role.words.first - first + 1) + ", " +
           std::to_string(role.words.last - first) + ", ";
    append_json(out, role.label);
    out += "]";
  }
  out += "]}";
}

/// What a tree's line says of each word beside its form: which name it begins, whose roles it heads.
class Notes {
 public:
  explicit Notes(const Analysis& analysis) : analysis_(analysis), notes_(analysis.size()) {
    for (const Name& found : analysis.names()) {
      const Word head = analysis.head_of(found.words);
      if (head == kNoWord) continue;
      notes_[head] += "  " + std::string(name(found.type)) + " '";
      for (Word w = found.words.first; w < found.words.last; ++w) {
        notes_[head] += analysis.form(w);
        if (w + 1 < found.words.last && analysis.space_after(w)) notes_[head] += ' ';
      }
      notes_[head] += "'";
    }
    for (const Predicate& predicate : analysis.predicates()) {
      for (const Role& role : predicate.roles) {
        const Word head = analysis.head_of(role.words);
        if (head == kNoWord) continue;
        notes_[head] += "  [" + std::string(role.label) + " of " + std::string(analysis.form(predicate.word)) + "]";
      }
    }
  }

  void append_line(std::string& out, Word w) const {
    out += analysis_.form(w);
    out += "  ";
    out += name(analysis_.upos(w));
    if (const Predicate* predicate = analysis_.predicate_at(w)) {
      out += "  ";
      out += predicate->sense;
      if (!std::isnan(analysis_.factuality(w))) {
        out += ' ';
        append_number(out, analysis_.factuality(w), "%+.1f");
      }
    }
    out += notes_[w];
    out += '\n';
  }

 private:
  const Analysis& analysis_;
  std::vector<std::string> notes_;
};

void append_tree(std::string& out, const Analysis& analysis, const Notes& notes, Word root) {
  struct Line {
    Word word;
    std::size_t depth;
    bool last;
  };
  std::vector<Line> waiting = {{root, 0, true}};
  std::vector<bool> open;  // by depth: whether more siblings follow
  while (!waiting.empty()) {
    const Line line = waiting.back();
    waiting.pop_back();
    if (line.depth > 0) {
      const std::size_t shown = std::min(line.depth, kDeepest);
      open.resize(shown);
      open[shown - 1] = !line.last;
      for (std::size_t d = 0; d + 1 < shown; ++d) out += open[d] ? "│  " : "   ";
      out += line.last ? "└─ " : "├─ ";
      out += analysis.relation(line.word);
      out += "  ";
    }
    notes.append_line(out, line.word);
    const auto children = analysis.children(line.word);
    for (std::size_t i = children.size(); i-- > 0;) {
      waiting.push_back({children[i], line.depth + 1, i + 1 == children.size()});
    }
  }
}

}  // namespace

std::string to_parse_jsonl(const Analysis& analysis) {
  std::string out;
  std::size_t number = 0;
  for (const Sentence& sentence : analysis.sentences()) {
    ++number;
    const Word first = sentence.words.first;
    out += "{\"sent_id\": ";
    append_json(out, sentence.id.empty() ? std::to_string(number) : sentence.id);
    out += ", \"words\": [";
    for (Word w = first; w < sentence.words.last; ++w) {
      if (w > first) out += ", ";
      append_json(out, analysis.form(w));
    }
    out += "], \"predicates\": [";
    bool more = false;
    for (const Predicate& predicate : analysis.predicates(sentence)) {
      if (more) out += ", ";
      append_predicate(out, analysis, predicate, first);
      more = true;
    }
    out += "], \"factual\": [";
    more = false;
    for (Word w = first; w < sentence.words.last; ++w) {
      if (std::isnan(analysis.factuality(w)) || analysis.predicate_at(w)) continue;
      if (more) out += ", ";
      out += "{\"word\": " + std::to_string(w - first + 1) + ", \"factual\": ";
      append_number(out, analysis.factuality(w), "%.3f");
      out += "}";
      more = true;
    }
    out += "]}\n";
  }
  return out;
}

std::string to_tree(const Analysis& analysis) {
  std::string out;
  const Notes notes(analysis);
  for (const Sentence& sentence : analysis.sentences()) {
    if (!out.empty()) out += '\n';
    for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
      if (analysis.head(w) == kNoWord) append_tree(out, analysis, notes, w);
    }
  }
  return out;
}

}  // namespace parley
