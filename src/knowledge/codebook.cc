#include "knowledge/codebook.h"

#include <algorithm>
#include <utility>

namespace parley {
namespace {

const std::vector<std::uint32_t> kNoRules;
const std::vector<std::string> kNoWords;
const WordSet kNoSet;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "abduct.01", "carry_out.03", "make.LV"
bool is_sense(std::string_view key) {
  const std::size_t dot = key.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view number = key.substr(dot + 1);
  return number == "LV" || (is_digits(number) && number.size() <= 3);
}

std::vector<std::string> type_names() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kEventTypes; ++i) out.emplace_back(name(static_cast<EventType>(i)));
  return out;
}

// Splits at `separator`, trimming blanks.
std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (true) {
    const std::size_t at = text.find(separator);
    std::string_view part = text.substr(0, at);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    out.emplace_back(part);
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

}  // namespace

const ContentClass::Reading* ContentClass::reading(EventType type) const {
  for (const Reading& reading : readings) {
    if (reading.type == type) return &reading;
  }
  return nullptr;
}

const std::vector<std::uint32_t>& Codebook::by_sense(std::string_view sense) const {
  const auto it = by_sense_.find(sense);
  return it == by_sense_.end() ? kNoRules : it->second;
}

const std::vector<std::uint32_t>& Codebook::by_lemma(std::string_view lemma, char part_of_speech) const {
  std::string key(lemma);
  key += '/';
  key += part_of_speech;
  const auto it = by_lemma_.find(key);
  return it == by_lemma_.end() ? kNoRules : it->second;
}

bool Codebook::knows_lemma(std::string_view lemma, char part_of_speech) const {
  return !by_lemma(lemma, part_of_speech).empty();
}

double Codebook::score(EventType type, const std::vector<std::string>& modes) const {
  const EventTypeInfo& info = this->type(type);
  double best = info.score;
  bool found = false;
  for (const std::string& mode : modes) {
    const auto it = info.mode_scores.find(mode);
    if (it == info.mode_scores.end()) continue;
    const double magnitude = it->second < 0 ? -it->second : it->second;
    const double best_magnitude = best < 0 ? -best : best;
    if (!found || magnitude > best_magnitude) best = it->second;
    found = true;
  }
  return best;
}

const std::vector<std::uint32_t>& Codebook::contents_of(std::string_view lemma) const {
  const auto it = content_words_.find(lemma);
  return it == content_words_.end() ? kNoRules : it->second;
}

const std::vector<std::string>& Codebook::contexts_of(std::string_view words) const {
  const auto it = contexts_.find(words);
  return it == contexts_.end() ? kNoWords : it->second;
}

const WordSet& Codebook::list(std::string_view name) const {
  const auto it = lists_.find(name);
  return it == lists_.end() ? kNoSet : it->second;
}

// Reads the files in two passes, because a rule may name a list of a later file: first lists, types,
// contexts and content classes, then rules.
class CodebookReader {
 public:
  CodebookReader(DataFiles& files, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    for (const DataFiles::File& file : files.list("codebook")) {
      const std::optional<std::string> bytes = files.read(file, diagnostics);
      if (!bytes) continue;
      if (std::optional<TomlValue> root = parse_toml(*bytes, file.path.string(), diagnostics)) {
        roots_.emplace_back(file.path.string(), std::move(*root));
      }
    }
    if (roots_.empty() && !diagnostics.has_errors()) {
      diagnostics.error("codebook", 0, 0,
                        "there is no TOML file in this folder of the data; is PARLEY_DATA right?");
    }
  }

  CodebookReader(std::string_view text, const std::string& file, Diagnostics& diagnostics)
      : diagnostics_(diagnostics) {
    if (std::optional<TomlValue> root = parse_toml(text, file, diagnostics)) {
      roots_.emplace_back(file, std::move(*root));
    }
  }

  Codebook read() {
    for (auto& [file, root] : roots_) {
      TomlTable table(root, file, diagnostics_);
      read_types(table);
      read_lists(table);
      read_contexts(table);
    }
    for (auto& [file, root] : roots_) {
      TomlTable table(root, file, diagnostics_);
      table.table("type");
      table.table("lists");
      table.table("context");
      read_contents(table);
      for (TomlTable rule : table.tables("rule")) read_rule(rule);
      table.done();
    }
    for (std::uint32_t i = 0; i < book_.rules_.size(); ++i) book_.index_rule(i);
    for (std::size_t i = 0; i < book_.types_.size(); ++i) {  // after the others: no predicate leads to these
      Rule& rule = companion_rules_[i];
      rule.name = "companion";
      rule.type = static_cast<EventType>(i);
      if (rule.actor.empty()) rule.actor = {path_of_role("ARG0")};
      if (rule.recipient.empty()) rule.recipient = {path_of_role("ARG1")};
      book_.types_[i].companion_rule = static_cast<std::uint32_t>(book_.rules_.size());
      book_.rules_.push_back(std::move(rule));
    }
    return std::move(book_);
  }

 private:
  std::optional<EventType> read_type(TomlTable& table, std::string_view key) {
    const std::optional<std::string> text = table.text(key);
    if (!text) return std::nullopt;
    return type_named(table, *text, table.place(key));
  }

  std::optional<EventType> type_named(TomlTable& table, const std::string& text, TomlPlace at) {
    if (const std::optional<EventType> type = event_type_from_name(text)) return type;
    std::string message = "'" + text + "' is no PLOVER event type";
    const std::string near = did_you_mean(text, type_names());
    if (!near.empty()) {
      message += "; did you mean '" + near + "'?";
    } else {
      message += "; they are";
      for (const std::string& known : type_names()) message += ' ' + known;
    }
    table.error(at, message);
    return std::nullopt;
  }

  // Where the parties stand when the learned companion, not a rule, says that there is such an event.
  void read_companion_rule(TomlTable& table, Rule& rule) {
    rule.file = table.file();
    rule.place = table.place();
    rule.actor = read_paths(table, "actor", {"ARG0"});
    rule.recipient = read_paths(table, "recipient", {"ARG1"});
    rule.reciprocal = table.flag("reciprocal").value_or(false);
  }

  static ArgumentPath path_of_role(const std::string& role) {
    return {{{ArgumentStep::Kind::role, role}}, role};
  }

  // [type.AGREE]
  void read_types(TomlTable& root) {
    std::optional<TomlTable> all = root.table("type");
    if (!all) return;
    for (const auto& entry : all->entries()) {
      std::optional<TomlTable> table = all->table_of(entry);
      const std::optional<EventType> type = type_named(root, entry.key, entry.value.place);
      if (!table || !type) continue;
      EventTypeInfo& info = book_.types_[static_cast<std::size_t>(*type)];
      info.quad = static_cast<int>(table->integer("quad").value_or(0));
      if (info.quad < 1 || info.quad > 4) table->error("quad", "'quad' is 1, 2, 3 or 4");
      info.score = table->number("score").value_or(0.0);
      info.cameo = table->text("cameo").value_or("");
      info.planned_as = read_type(*table, "planned_as");
      info.announced_as = read_type(*table, "announced_as");
      info.refused_as = read_type(*table, "refused_as");
      info.needs_recipient = table->flag("needs_recipient").value_or(false);
      info.verbal_content = table->flag("verbal_content").value_or(false);
      read_companion_rule(*table, companion_rules_[static_cast<std::size_t>(*type)]);
      if (std::optional<TomlTable> modes = table->table("modes")) {
        for (const auto& mode : modes->entries()) {
          if (const std::optional<double> score = modes->number(mode.key)) {
            info.mode_scores[mode.key] = *score;
          }
        }
      }
      table->done();
    }
  }

  // [lists]: name = ["word", "@other list"]
  void read_lists(TomlTable& root) {
    std::optional<TomlTable> lists = root.table("lists");
    if (!lists) return;
    for (const auto& entry : lists->entries()) {
      if (book_.lists_.contains(entry.key)) {
        lists->error(entry.value.place, "there is another list '" + entry.key + "'; join the two");
      }
      WordSet& words = book_.lists_[entry.key];
      for (const TomlText& word : lists->texts_of(entry)) {
        if (word.text.starts_with('@')) {
          const WordSet& other = book_.list(word.text.substr(1));
          if (other.empty()) {
            lists->error(word.place, "there is no list '" + word.text.substr(1) + "' above this one");
          }
          words.insert(other.begin(), other.end());
        } else {
          words.insert(lower(word.text));
        }
      }
    }
  }

  // [context]: military = ["army", "air force"]
  void read_contexts(TomlTable& root) {
    std::optional<TomlTable> contexts = root.table("context");
    if (!contexts) return;
    for (const auto& entry : contexts->entries()) {
      context_names_.insert(entry.key);
      for (const TomlText& word : contexts->texts_of(entry)) {
        std::vector<std::string>& known = book_.contexts_[lower(word.text)];
        if (std::find(known.begin(), known.end(), entry.key) == known.end()) known.push_back(entry.key);
      }
    }
  }

  // [[content]]
  void read_contents(TomlTable& root) {
    for (TomlTable table : root.tables("content")) {
      ContentClass content;
      content.name = table.required_text("name");
      content.words = words_of(table, table.placed_texts("words"));
      content.contexts = read_context_names(table);
      if (std::optional<TomlTable> readings = table.table("as")) {
        for (const auto& entry : readings->entries()) {
          const std::optional<EventType> type = type_named(table, entry.key, entry.value.place);
          std::optional<TomlTable> reading = readings->table_of(entry);
          if (!type || !reading) continue;
          ContentClass::Reading out;
          out.type = *type;
          out.modes = read_modes(*reading, *type);
          out.cameo = reading->text("cameo");
          reading->done();
          content.readings.push_back(std::move(out));
        }
      }
      table.done();
      const auto index = static_cast<std::uint32_t>(book_.contents_.size());
      for (const std::string& word : content.words) book_.content_words_[word].push_back(index);
      book_.contents_.push_back(std::move(content));
    }
  }

  std::vector<std::string> read_context_names(TomlTable& table) {
    std::vector<std::string> out;
    for (const TomlText& context : table.placed_texts("context")) {
      if (context_names_.contains(context.text)) {
        out.push_back(context.text);
        continue;
      }
      const std::string near = did_you_mean(context.text, {context_names_.begin(), context_names_.end()});
      table.error(context.place, "there is no context '" + context.text + "'" +
                                     (near.empty() ? "; write it under [context]" : "; did you mean '" + near + "'?"));
    }
    return out;
  }

  WordSet words_of(TomlTable& table, const std::vector<TomlText>& texts) {
    WordSet out;
    for (const TomlText& word : texts) {
      if (word.text.starts_with('@')) {
        add_list(table, word, out);
      } else {
        out.insert(lower(word.text));
      }
    }
    return out;
  }

  void add_list(TomlTable& table, const TomlText& word, WordSet& out) {
    const std::string name = word.text.substr(1);
    const auto it = book_.lists_.find(name);
    if (it == book_.lists_.end()) {
      std::vector<std::string> known;
      for (const auto& [list, words] : book_.lists_) known.push_back(list);
      std::sort(known.begin(), known.end());
      const std::string near = did_you_mean(name, known);
      table.error(word.place, "there is no word list '" + name + "'" +
                                  (near.empty() ? "; write it under [lists]" : "; did you mean '@" + near + "'?"));
      return;
    }
    out.insert(it->second.begin(), it->second.end());
  }

  std::vector<std::string> read_modes(TomlTable& table, EventType type) {
    std::vector<std::string> out;
    const EventTypeInfo& info = book_.type(type);
    for (const TomlText& mode : table.placed_texts("mode")) {
      if (!info.mode_scores.contains(mode.text)) {
        std::vector<std::string> known;
        for (const auto& [name, score] : info.mode_scores) known.push_back(name);
        std::sort(known.begin(), known.end());
        std::string message = std::string(name(type)) + " has no mode '" + mode.text + "'";
        const std::string near = did_you_mean(mode.text, known);
        if (!near.empty()) {
          message += "; did you mean '" + near + "'?";
        } else if (known.empty()) {
          message += "; it has none";
        } else {
          message += "; it has";
          for (const std::string& name : known) message += ' ' + name;
        }
        table.error(mode.place, message);
        continue;
      }
      out.push_back(mode.text);
    }
    return out;
  }

  std::optional<ArgumentPath> path_of(TomlTable& table, const TomlText& text) {
    ArgumentPath path;
    path.text = text.text;
    for (const std::string& part : split(text.text, '>')) {
      ArgumentStep step;
      if (part.empty()) {
        table.error(text.place, "'" + text.text + "' has an empty step; write it like ARG1>possessor");
        return std::nullopt;
      }
      using Kind = ArgumentStep::Kind;
      static const std::vector<std::pair<std::string_view, Kind>> kWords = {
          {"subject", Kind::subject}, {"object", Kind::object},     {"indirect", Kind::indirect},
          {"possessor", Kind::possessor}, {"modifier", Kind::modifier}, {"clause", Kind::clause},
          {"content", Kind::content}};
      const auto word = std::find_if(kWords.begin(), kWords.end(),
                                     [&part](const auto& known) { return known.first == part; });
      if (word != kWords.end()) {
        step.kind = word->second;
      } else if (part.starts_with("ARG")) {
        const bool numbered = part.size() == 4 && part[3] >= '0' && part[3] <= '6';
        if (!numbered && !part.starts_with("ARGM-")) {
          table.error(text.place, "'" + part + "' is no PropBank role; write ARG0 to ARG6 or ARGM-…");
          return std::nullopt;
        }
        step.kind = Kind::role;
        step.text = part;
      } else if (std::all_of(part.begin(), part.end(),
                             [](char c) { return (c >= 'a' && c <= 'z') || c == ' '; })) {
        step.kind = Kind::preposition;
        step.text = part;
      } else {
        table.error(text.place,
                    "'" + part + "' leads nowhere: a step is ARG0…, subject, object, indirect, possessor, "
                    "modifier, clause, content, or a preposition in small letters");
        return std::nullopt;
      }
      path.steps.push_back(std::move(step));
    }
    return path;
  }

  std::vector<ArgumentPath> read_paths(TomlTable& table, std::string_view key,
                                       std::initializer_list<std::string_view> otherwise) {
    std::vector<ArgumentPath> out;
    std::vector<TomlText> texts = table.placed_texts(key);
    if (!table.has(key)) {
      for (std::string_view text : otherwise) texts.push_back({std::string(text), table.place()});
    }
    for (const TomlText& text : texts) {
      if (std::optional<ArgumentPath> path = path_of(table, text)) out.push_back(std::move(*path));
    }
    return out;
  }

  void read_conditions(TomlTable& rule, std::string_view key, bool forbidden, Rule& out) {
    std::optional<TomlTable> table = rule.table(key);
    if (!table) return;
    for (const auto& entry : table->entries()) {
      Condition condition;
      condition.forbidden = forbidden;
      condition.text = entry.key;
      using Where = Condition::Where;
      static const std::vector<std::pair<std::string_view, Where>> kWords = {
          {"content", Where::content},   {"sentence", Where::sentence}, {"particle", Where::particle},
          {"governor", Where::governor}, {"itself", Where::itself},     {"actor", Where::actor},
          {"recipient", Where::recipient}};
      const auto word = std::find_if(kWords.begin(), kWords.end(),
                                     [&entry](const auto& known) { return known.first == entry.key; });
      if (word != kWords.end()) {
        condition.where = word->second;
      } else if (std::optional<ArgumentPath> path = path_of(*table, {entry.key, entry.value.place})) {
        condition.path = std::move(*path);
      } else {
        continue;
      }
      for (const TomlText& value : table->texts_of(entry)) {
        if (value.text == "*") {
          condition.anything = true;
        } else if (value.text.starts_with('<') && value.text.ends_with('>') && value.text.size() > 2) {
          condition.kinds.push_back(value.text.substr(1, value.text.size() - 2));
        } else if (value.text.starts_with('@')) {
          add_list(*table, value, condition.lemmas);
        } else {
          condition.lemmas.insert(lower(value.text));
        }
      }
      out.conditions.push_back(std::move(condition));
    }
  }

  void read_predicates(TomlTable& table, Rule& rule) {
    for (const TomlText& key : table.placed_texts("predicates")) {
      const std::size_t slash = key.text.rfind('/');
      const std::string_view part = slash == std::string::npos ? "" : std::string_view(key.text).substr(slash + 1);
      const bool lemma = part == "v" || part == "n" || part == "j";
      if (!lemma && !is_sense(key.text)) {
        table.error(key.place, "'" + key.text + "' is no predicate; write a PropBank sense (abduct.01) or a "
                               "lemma with its part of speech (abduct/v, abduction/n, hostile/j, carry out/v)");
        continue;
      }
      rule.predicates.push_back(lemma ? lower(key.text) : key.text);
    }
    if (rule.predicates.empty()) table.error("predicates", "a rule needs at least one predicate");
  }

  void read_examples(TomlTable& table, Rule& rule) {
    const std::optional<std::string> text = table.text("example");
    RuleExample first;
    first.place = table.place("example");
    first.text = text.value_or("");
    first.actors = table.texts("actors");
    first.recipients = table.texts("recipients");
    first.status = table.text("status");
    first.known_wrong = table.text("known_wrong");
    if (text) {
      rule.examples.push_back(std::move(first));
    } else if (!rule.quiet) {
      table.warning("example", "rule '" + rule.name + "' has no example");
    }
    for (TomlTable more : table.tables("more")) {
      RuleExample example;
      example.place = more.place();
      example.text = more.required_text("example");
      example.actors = more.texts("actors");
      example.recipients = more.texts("recipients");
      example.status = more.text("status");
      example.known_wrong = more.text("known_wrong");
      more.done();
      rule.examples.push_back(std::move(example));
    }
    for (const TomlText& other : table.placed_texts("not_examples")) {
      RuleExample example;
      example.place = other.place;
      example.text = other.text;
      rule.not_examples.push_back(std::move(example));
    }
  }

  void read_rule(TomlTable& table) {
    Rule rule;
    rule.file = table.file();
    rule.place = table.place();
    rule.name = table.required_text("name");
    if (!rule.name.empty() && !names_.insert(rule.name).second) {
      table.error("name", "there is another rule '" + rule.name + "'; give this one a name of its own");
    }
    rule.quiet = table.flag("no_event").value_or(false);
    std::optional<EventType> type;
    if (!rule.quiet) {
      if (!table.has("event")) table.error("'event' is missing");
      type = read_type(table, "event");
      rule.type = type.value_or(EventType::consult);
    }
    if (type) rule.modes = read_modes(table, *type);
    rule.contexts = read_context_names(table);
    rule.cameo = table.text("cameo");
    if (rule.cameo && (!is_digits(*rule.cameo) || rule.cameo->size() < 2 || rule.cameo->size() > 4)) {
      table.error("cameo", "a CAMEO code is two to four digits in quotes, like \"0871\"");
    }
    read_predicates(table, rule);
    rule.actor = read_paths(table, "actor", {"ARG0"});
    rule.recipient = read_paths(table, "recipient", {"ARG1"});
    read_conditions(table, "require", false, rule);
    read_conditions(table, "exclude", true, rule);
    rule.reciprocal = table.flag("reciprocal").value_or(false);
    rule.by_content = table.flag("by_content").value_or(false);
    rule.background = table.flag("background").value_or(false);
    rule.alone = table.flag("alone").value_or(false);
    rule.priority = static_cast<std::int32_t>(table.integer("priority").value_or(0));
    rule.confidence = table.number("confidence").value_or(1.0);
    if (rule.confidence <= 0.0 || rule.confidence > 1.0) {
      table.error("confidence", "'confidence' is above 0 and at most 1");
      rule.confidence = 1.0;
    }
    read_examples(table, rule);
    table.text("note");
    table.done();
    if ((type || rule.quiet) && !rule.predicates.empty()) book_.rules_.push_back(std::move(rule));
  }

  Diagnostics& diagnostics_;
  std::vector<std::pair<std::string, TomlValue>> roots_;
  std::set<std::string> names_;
  std::array<Rule, kEventTypes> companion_rules_;
  std::set<std::string> context_names_;
  Codebook book_;
};

void Codebook::index_rule(std::uint32_t index) {
  std::vector<std::string> seen;
  for (const std::string& key : rules_[index].predicates) {
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    const bool lemma = key.find('/') != std::string::npos;
    (lemma ? by_lemma_ : by_sense_)[key].push_back(index);
  }
}

void Codebook::add(std::vector<Rule> rules) {
  for (Rule& rule : rules) {
    rules_.push_back(std::move(rule));
    index_rule(static_cast<std::uint32_t>(rules_.size() - 1));
  }
}

Codebook Codebook::load(DataFiles& files, Diagnostics& diagnostics) {
  return CodebookReader(files, diagnostics).read();
}

Codebook Codebook::parse(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  return CodebookReader(text, file, diagnostics).read();
}

}  // namespace parley
