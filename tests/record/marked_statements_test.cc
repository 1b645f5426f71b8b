// Who says what in whole reports marked by hand (reports_gold.jsonl), scored by the rules of MATCHING.md.
#include "record/marked_passages.h"

namespace parley {
namespace {

Span span_of(const json& marked) { return {marked["begin"].get<std::uint32_t>(), marked["end"].get<std::uint32_t>()}; }

/// The letters and digits of some spans, in small letters, without what only introduces: marks and quotation marks are nobody's words.
std::string bare(const Document& document, const std::vector<Span>& spans) {
  std::string out;
  for (const Span span : spans) {
    std::string word;
    for (const char c : lower(std::string(document.slice(span))) + " ") {
      if (c != ' ' && c != '\n') {
        if (std::ispunct(static_cast<unsigned char>(c)) == 0) word += c;
        continue;
      }
      const bool leads = out.empty() && word == "that";
      if (!word.empty() && !leads) out += word + ' ';
      word.clear();
    }
  }
  for (const char* mark : {"\u201c", "\u201d", "\u2018", "\u2019"}) {
    for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark)) out.erase(at, 3);
  }
  return out;
}

class StatementScorer {
 public:
  StatementScorer(const json& passage, const Record& record, Scores& scores)
      : passage_(passage), record_(record), scores_(scores) {}

  void score() {
    for (const char* kind : {"statement", "source", "cue", "content"}) {
      scores_(kind).wanted += static_cast<int>(passage_["statements"].size());
      scores_(kind).found += static_cast<int>(record_.statements.size());
    }
    std::vector<bool> used(record_.statements.size(), false);
    for (const json& wanted : passage_["statements"]) {
      const std::size_t best = find(wanted, used);
      if (best == record_.statements.size()) {
        tell(passage_, "missed statement " + words(wanted["cue"]) + ": " + words(wanted["content"][0]));
        continue;
      }
      used[best] = true;
      compare(wanted, record_.statements[best]);
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
      if (used[i]) continue;
      const Statement& extra = record_.statements[i];
      tell(passage_, "extra statement " + std::string(extra.source ? record_.document.slice(*extra.source) : "-") + " | " +
                         std::string(record_.document.slice(extra.cue)) + " | " + bare(record_.document, extra.content));
    }
  }

 private:
  static std::string words(const json& marked) { return marked["exact"]; }

  /// One whose cue and content both overlap, else one whose cue does.
  std::size_t find(const json& wanted, const std::vector<bool>& used) const {
    std::size_t best = used.size();
    for (std::size_t i = 0; i < used.size(); ++i) {
      const Statement& found = record_.statements[i];
      if (used[i] || !found.cue.overlaps(span_of(wanted["cue"]))) continue;
      const bool both = std::any_of(found.content.begin(), found.content.end(), [&](Span piece) {
        return std::any_of(wanted["content"].begin(), wanted["content"].end(),
                           [&](const json& other) { return piece.overlaps(span_of(other)); });
      });
      if (both) return i;
      if (best == used.size()) best = i;
    }
    return best;
  }

  void compare(const json& wanted, const Statement& found) {
    const Document& document = record_.document;
    ++scores_("statement").met;
    std::vector<Span> content;
    for (const json& piece : wanted["content"]) content.push_back(span_of(piece));
    const bool source = wanted["source"].is_null() ? !found.source
                                                   : found.source && bare(document, {*found.source}) == bare(document, {span_of(wanted["source"])});
    const bool cue = found.cue == span_of(wanted["cue"]);
    const bool same = bare(document, found.content) == bare(document, content);
    scores_("source").met += source;
    scores_("cue").met += cue;
    scores_("content").met += same;
    Tally& act = scores_("act");
    ++act.wanted, ++act.found;
    const bool acts = name(found.act) == wanted["act"].get<std::string>();
    act.met += acts;
    const std::string here = "\"" + words(wanted["cue"]) + "\" at " + std::to_string(found.cue.begin);
    if (!source) tell(passage_, "source of " + here + ": " + std::string(found.source ? document.slice(*found.source) : "-") + ", wanted " + wanted["source"].dump());
    if (!cue) tell(passage_, "cue of " + here + ": " + std::string(document.slice(found.cue)));
    if (!same) tell(passage_, "content of " + here + ": " + bare(document, found.content) + "\n      wanted " + bare(document, content));
    if (!acts) tell(passage_, "act of " + here + ": " + name(found.act) + ", wanted " + wanted["act"].get<std::string>());
    Tally& speaker = scores_("speaker");
    speaker.wanted += wanted["speaker"].is_string();
    speaker.found += wanted["speaker"].is_string() && found.speaker;
    const bool met = wanted["speaker"].is_string() && found.speaker && is_named(record_, *found.speaker, wanted["speaker"]);
    speaker.met += met;
    if (!met && wanted["speaker"].is_string()) {
      tell(passage_, "speaker of " + here + ": " + (found.speaker ? name_of(record_, *found.speaker) : "-") + ", wanted " + wanted["speaker"].dump());
    }
  }

  const json& passage_;
  const Record& record_;
  Scores& scores_;
};

TEST(MarkedPassages, Statements) {
  if (pipeline() == nullptr) GTEST_SKIP() << "no model in models/";
  std::map<int, Scores> by_batch;
  for (const json& passage : passages("reports_gold.jsonl")) {
    const Record record = pipeline()->read(document_of(passage));
    StatementScorer(passage, record, by_batch[passage["batch"].get<int>()]).score();
  }
  const Scores all = total("statements", by_batch);
  EXPECT_GT(all.of("statement").f1(), 0.8);
}

}  // namespace
}  // namespace parley
