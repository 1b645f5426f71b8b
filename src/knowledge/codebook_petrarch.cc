// TABARI's and PETRARCH's verb dictionaries as rules of the codebook.
//
// A dictionary is sets of words, then blocks of verbs with patterns:
//
//   &TROOPS                          a set; "+" begins each of its words
//   +SOLDIERS
//   ---  SEND   [---]  ---           a block and the code of its bare verbs ("---": none)
//   SEND {SENDS SENT SENDING }       its verbs; the forms in braces are the lemma's own
//   BREAK_OFF / +BREAK_OFF           a verb of several words; "+" marks the word that is inflected
//   - * &TROOPS (TO BORDER)  [154]   what must stand before and behind the verb, and the code
//   - * {NEW TALKS}          [036:036]
//   ~ a (a b ATTACK) SAY = a b 015   a transformation
//
// Idea: a pattern is a rule keyed on its block's verbs. A bare word, a set or a phrase in braces behind the
// verb is a word of its object or complement; "(TO BORDER)" is what hangs on it through "to"; what stands
// before the verb is its subject. Of a code pair "111:111" the first is the doer's; ":173" is done to the
// subject. "$", "+", "%" and "^" mark who is who, which roles tell here. The more a pattern asks for, the
// sooner its rule counts. Counter-example: transformations join two events' codes; rules of ours say that by
// status and statements, so they are named and passed over. Cost: one pass. Test:
// tests/knowledge/codebook_petrarch_test.cc. Source: PETRreader.py of PETRARCH 2, read_verb_dictionary.
#include "knowledge/codebook_petrarch.h"

#include <algorithm>
#include <map>
#include <utility>

#include "text/unicode.h"

namespace parley {
namespace {

constexpr std::size_t kMostTokens = 24;

std::string word_of(std::string_view token) {
  std::string out(token);
  while (!out.empty() && (out.back() == '_' || out.back() == ' ')) out.pop_back();
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_' || c == '+') c = ' ';
  }
  return std::string(trim(out));
}

/// The word that carries a phrase's grammar: its last.
std::string last_word(const std::string& phrase) {
  const std::size_t space = phrase.rfind(' ');
  return space == std::string::npos ? phrase : phrase.substr(space + 1);
}

/// Dictionaries give plurals too; rules are held against lemmas.
void add_lemmas(const std::string& phrase, WordSet& set) {
  const std::string word = last_word(phrase);
  if (word.empty()) return;
  set.insert(word);
  if (word.size() > 3 && word.ends_with("ies")) set.insert(word.substr(0, word.size() - 3) + "y");
  if (word.size() > 3 && word.ends_with("es")) set.insert(word.substr(0, word.size() - 2));
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) set.insert(word.substr(0, word.size() - 1));
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& file, const CameoTable& cameo, Diagnostics& diagnostics)
      : text_(text), file_(file), cameo_(cameo), diagnostics_(diagnostics) {}

  std::vector<Rule> read() {
    while (!text_.empty()) {
      ++number_;
      const std::size_t end = text_.find('\n');
      std::string_view line = text_.substr(0, end);
      text_.remove_prefix(end == std::string_view::npos ? text_.size() : end + 1);
      line = trim(line.substr(0, line.find_first_of("#;")));
      if (!line.empty()) one(line);
    }
    end_block();
    return std::move(rules_);
  }

 private:
  struct Pattern {
    std::string text;
    std::uint32_t line = 0;
    std::string code;
    std::vector<Condition> conditions;
  };

  void warn(std::string_view line, const std::string& what) {
    diagnostics_.warning(file_, number_, 1, "'" + std::string(line.substr(0, 60)) + "': " + what + "; the line is passed over");
  }

  void one(std::string_view line) {
    if (line.front() == '&') {
      end_block();
      set_ = word_of(line.substr(1));
      sets_[set_];
      in_set_ = true;
    } else if (line.starts_with("---")) {
      block(line);
    } else if (line.front() == '~') {
      warn(line, "a transformation, which rules do not have (status and statements say it)");
    } else if (line.front() == '-') {
      pattern(line);
    } else if (line.front() == '+' && in_set_) {
      const std::string word = word_of(line.substr(1));
      if (word.empty()) {
        warn(line, "a set's word is missing");
      } else {
        add_lemmas(word, sets_[set_]);
      }
    } else {
      verb(line);
    }
  }

  /// "---  SEND   [---]  ---"
  void block(std::string_view line) {
    end_block();
    in_set_ = false;
    in_block_ = true;
    const std::size_t open = line.find('[');
    const std::size_t close = line.find(']', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      warn(line, "a block's code stands in brackets, [---] for none");
      return;
    }
    code_ = std::string(trim(line.substr(open + 1, close - open - 1)));
    code_line_ = number_;
  }

  /// "BREAK_OFF {BREAKS_OFF BROKE_OFF}  [163]"
  void verb(std::string_view line) {
    if (!in_block_) {
      warn(line, "a verb outside a block ('---  NAME  [code]  ---')");
      return;
    }
    const std::size_t forms = line.find('{');
    std::string_view name = trim(line.substr(0, line.find_first_of("{[ \t")));
    if (forms != std::string_view::npos && line.find('}', forms) == std::string_view::npos) {
      warn(line, "the braces of its forms are not closed");
      return;
    }
    if (!name.empty() && name.front() == '+') name.remove_prefix(1);
    const std::string word = word_of(name);
    const bool letters = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || c == ' ' || c == '-' || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
    });
    if (!letters) {
      warn(line, "no verb");
      return;
    }
    verbs_.push_back(word + "/v");
  }

  /// "- POLICE * {NEW TALKS} (WITH LEADER) [036:036]"
  void pattern(std::string_view line) {
    if (!in_block_) {
      warn(line, "a pattern outside a block");
      return;
    }
    Pattern out;
    out.line = number_;
    const std::size_t open = line.rfind('[');
    const std::size_t close = line.rfind(']');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
      warn(line, "a pattern ends with its code in brackets");
      return;
    }
    out.code = std::string(trim(line.substr(open + 1, close - open - 1)));
    const std::string_view body = trim(line.substr(1, open - 1));
    out.text = std::string(body);
    if (body.find('*') == std::string_view::npos) {
      warn(line, "a pattern needs '*' where its verb stands");
      return;
    }
    if (!conditions(body, line, out)) return;
    patterns_.push_back(std::move(out));
  }

  /// The words of a token list: names of sets, or words.
  bool fill(std::string_view token, std::string_view line, WordSet& words) {
    if (token.front() != '&') {
      add_lemmas(word_of(token), words);
      return true;
    }
    const auto set = sets_.find(word_of(token.substr(1)));
    if (set == sets_.end()) {
      warn(line, "there is no set '" + std::string(token) + "' above");
      return false;
    }
    words.insert(set->second.begin(), set->second.end());
    return true;
  }

  static bool marker(std::string_view token) {
    return token == "$" || token == "+" || token == "%" || token == "^" || token == "|";
  }

  bool conditions(std::string_view body, std::string_view line, Pattern& out) {
    bool behind = false;
    std::size_t tokens = 0;
    for (std::size_t at = 0; at < body.size();) {
      if (body[at] == ' ' || body[at] == '\t') {
        ++at;
        continue;
      }
      if (++tokens > kMostTokens) {
        warn(line, "more than 24 words");
        return false;
      }
      const char c = body[at];
      if (c == '*') {
        behind = true;
        ++at;
        continue;
      }
      if (c == '{' || c == '(') {
        const char closing = c == '{' ? '}' : ')';
        std::size_t end = at + 1;
        int depth = 0;
        while (end < body.size() && (body[end] != closing || depth > 0)) {
          if (body[end] == c) ++depth;
          if (body[end] == closing) --depth;
          ++end;
        }
        if (end >= body.size()) {
          warn(line, std::string("'") + c + "' is not closed");
          return false;
        }
        const std::string_view inner = trim(body.substr(at + 1, end - at - 1));
        at = end + 1;
        if (inner.empty()) continue;
        if (c == '{' ? !phrase(inner, behind, line, out) : !preposition(inner, line, out)) return false;
        continue;
      }
      if (c == '}' || c == ')') {
        warn(line, std::string("'") + c + "' without its opening");
        return false;
      }
      std::size_t end = at;
      while (end < body.size() && body[end] != ' ' && body[end] != '\t' && body[end] != '*' && body[end] != '{' && body[end] != '(') ++end;
      const std::string_view token = body.substr(at, end - at);
      at = end;
      if (marker(token)) continue;
      if (!phrase(token, behind, line, out)) return false;
    }
    return true;
  }

  /// A word, set or phrase: of the subject before the verb, of the object or complement behind it.
  bool phrase(std::string_view inner, bool behind, std::string_view line, Pattern& out) {
    // Of a phrase the last word counts, which the others go with.
    std::string_view head = inner;
    while (!head.empty()) {
      const std::size_t space = head.find_last_of(" \t");
      const std::string_view last = space == std::string_view::npos ? head : head.substr(space + 1);
      if (!marker(last) && last.find_first_of("{}()") == std::string_view::npos) {
        head = last;
        break;
      }
      if (space == std::string_view::npos) return true;  // markers alone
      head = trim(head.substr(0, space));
    }
    if (head.empty()) return true;
    Condition condition;
    condition.text = std::string(inner);
    if (!fill(head, line, condition.lemmas)) return false;
    if (condition.lemmas.empty()) return true;
    if (behind) {
      condition.where = Condition::Where::content;
    } else {
      condition.where = Condition::Where::path;
      condition.path.text = "subject";
      condition.path.steps.push_back({ArgumentStep::Kind::subject, ""});
    }
    out.conditions.push_back(std::move(condition));
    return true;
  }

  /// "(TO BORDER)", "(WITH)".
  bool preposition(std::string_view inner, std::string_view line, Pattern& out) {
    const std::size_t space = inner.find_first_of(" \t");
    const std::string word = word_of(inner.substr(0, space));
    const std::string_view rest = space == std::string_view::npos ? std::string_view() : trim(inner.substr(space));
    Condition condition;
    condition.text = std::string(inner);
    condition.where = Condition::Where::path;
    condition.path.text = word;
    condition.path.steps.push_back({ArgumentStep::Kind::preposition, word});
    std::string_view words = rest;
    // The phrase inside may have braces of its own.
    while (!words.empty() && (words.back() == '}' || words.back() == ' ')) words.remove_suffix(1);
    const std::size_t last = words.find_last_of(" \t{");
    const std::string_view head = last == std::string_view::npos ? words : words.substr(last + 1);
    if (head.empty() || marker(head)) {
      condition.anything = true;
    } else if (!fill(head, line, condition.lemmas)) {
      return false;
    }
    if (condition.lemmas.empty()) condition.anything = true;
    out.conditions.push_back(std::move(condition));
    return true;
  }

  /// The rules of the block that ends here.
  void end_block() {
    if (in_block_ && !verbs_.empty()) {
      if (!code_.empty() && code_ != "---") {
        Pattern bare;
        bare.text = "*";
        bare.line = code_line_;
        bare.code = code_;
        add_rule(bare);
      }
      for (const Pattern& pattern : patterns_) add_rule(pattern);
    }
    verbs_.clear();
    patterns_.clear();
    code_.clear();
    in_block_ = false;
    in_set_ = false;
  }

  void add_rule(const Pattern& pattern) {
    Rule rule;
    rule.name = file_ + ':' + std::to_string(pattern.line);
    rule.file = file_;
    rule.place = {pattern.line, 1};
    rule.predicates = verbs_;
    rule.conditions = pattern.conditions;
    rule.priority = static_cast<std::int32_t>(pattern.conditions.size());
    rule.confidence = pattern.conditions.empty() ? 0.6 : 0.7;
    // "111:112": the doer's code, then that of the one it is done to.
    const std::size_t colon = pattern.code.find(':');
    std::string code = pattern.code.substr(0, colon);
    bool reversed = false;
    if (code.empty() && colon != std::string::npos) {
      code = pattern.code.substr(colon + 1);
      reversed = true;
    }
    if (code.empty() || code == "---") {
      rule.quiet = true;
    } else if (cameo_.dropped(code)) {
      return;
    } else {
      const CameoTable::Entry* entry = cameo_.find(code);
      if (entry == nullptr) {
        diagnostics_.warning(file_, pattern.line, 1, "'" + code + "' is no CAMEO code that data/cameo knows; the rule is left out");
        return;
      }
      rule.type = entry->type;
      rule.modes = entry->modes;
      rule.contexts = entry->contexts;
      rule.cameo = code;
      rule.reciprocal = colon != std::string::npos && !reversed && pattern.code.substr(colon + 1) == code &&
                        (entry->type == EventType::consult || entry->type == EventType::agree);
    }
    const ArgumentPath doer{{{ArgumentStep::Kind::role, "ARG0"}}, "ARG0"};
    const ArgumentPath other{{{ArgumentStep::Kind::role, "ARG1"}}, "ARG1"};
    const ArgumentPath third{{{ArgumentStep::Kind::role, "ARG2"}}, "ARG2"};
    rule.actor = reversed ? std::vector{other} : std::vector{doer};
    rule.recipient = reversed ? std::vector{doer} : std::vector{other, third};
    for (const Condition& condition : pattern.conditions) {
      // "with X", "against X": who it is done with may be what the preposition brings.
      if (condition.where == Condition::Where::path && condition.anything) rule.recipient.push_back(condition.path);
    }
    rules_.push_back(std::move(rule));
  }

  std::string_view text_;
  const std::string& file_;
  const CameoTable& cameo_;
  Diagnostics& diagnostics_;
  std::uint32_t number_ = 0;
  std::map<std::string, WordSet> sets_;
  std::string set_;
  bool in_set_ = false;
  bool in_block_ = false;
  std::string code_;
  std::uint32_t code_line_ = 0;
  std::vector<std::string> verbs_;
  std::vector<Pattern> patterns_;
  std::vector<Rule> rules_;
};

}  // namespace

CameoTable CameoTable::load(DataFiles& files, Diagnostics& diagnostics) {
  CameoTable out;
  read_toml_files(files, "cameo", diagnostics, [&](TomlTable root) {
    for (std::string& code : root.texts("dropped")) out.dropped_.insert(std::move(code));
    for (TomlTable entry : root.tables("code")) {
      Entry value;
      const std::string event = entry.required_text("event");
      if (const auto type = event_type_from_name(event)) {
        value.type = *type;
      } else {
        entry.error("event", "'" + event + "' is none of PLOVER's sixteen types");
      }
      value.modes = entry.texts("mode");
      value.contexts = entry.texts("context");
      for (const std::string& code : entry.texts("codes")) out.entries_.insert_or_assign(code, value);
      entry.done();
    }
    root.done();
  });
  return out;
}

const CameoTable::Entry* CameoTable::find(std::string_view code) const {
  for (std::size_t size = code.size(); size >= 2; --size) {
    const auto found = entries_.find(code.substr(0, size));
    if (found != entries_.end()) return &found->second;
  }
  return nullptr;
}

std::vector<Rule> petrarch_verb_rules(std::string_view text, const std::string& file, const CameoTable& cameo,
                                      Diagnostics& diagnostics) {
  return Reader(text, file, cameo, diagnostics).read();
}

}  // namespace parley
