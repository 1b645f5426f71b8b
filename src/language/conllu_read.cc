#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "language/analysis_builder.h"
#include "language/conllu.h"
#include "text/utf8.h"

namespace parley {
namespace {

struct Row {
  std::array<std::string_view, 10> columns;  // ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC
};
enum Column { kId, kForm, kLemma, kUpos, kXpos, kFeats, kHead, kDeprel, kDeps, kMisc };

struct SurfaceToken {  // a word, or a multiword token with its words [first, last)
  std::string_view form;
  Word first = 0;
  Word last = 0;
  bool space_after = true;
  ByteRange bytes;
};

struct SentenceRows {
  std::vector<Row> words;
  std::vector<SurfaceToken> tokens;
  std::string_view id;
  std::string_view text;
  std::string_view section;
  bool new_paragraph = false;
  bool new_document = false;
};

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

std::optional<std::uint32_t> number(std::string_view s) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t at = s.find(separator);
    out.push_back(s.substr(0, at));
    if (at == std::string_view::npos) return out;
    s.remove_prefix(at + 1);
  }
}

std::string_view misc_value(std::string_view misc, std::string_view key) {
  for (std::string_view part : split(misc, '|')) {
    if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == '=') {
      return part.substr(key.size() + 1);
    }
  }
  return {};
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::optional<SectionKind> section_from_name(std::string_view wanted) {
  for (int i = 0; i <= static_cast<int>(SectionKind::boilerplate); ++i) {
    if (wanted == name(static_cast<SectionKind>(i))) return static_cast<SectionKind>(i);
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(std::string_view text, std::size_t first_line) : text_(text), first_line_(first_line) {}

  Result<ConlluText> read() {
    if (!read_rows()) return std::move(*error_);
    if (sentences_.empty()) {
      return Error{Error::Code::empty, "no sentence in this CoNLL-U text", ""};
    }
    place_tokens();
    ConlluText out;
    out.document = Document::plain(surface_);
    out.document.id = std::string(document_id_);
    if (!read_sections(out.document)) return std::move(*error_);
    if (!build_words()) return std::move(*error_);
    Analysis analysis = std::move(builder_).build();
    if (!mentions_.empty()) {
      for (Mention& mention : mentions_) {
        if (!mention.words.contains(mention.head)) mention.head = analysis.head_of(mention.words);
      }
      AnalysisBuilder again(std::move(analysis));
      again.set_mentions(std::move(mentions_), static_cast<std::uint32_t>(chains_.size()));
      analysis = std::move(again).build();
      complete_forms(analysis);
    }
    out.analysis = std::move(analysis);
    return out;
  }

 private:
  bool fail(std::size_t line, std::string message) {
    error_ = Error{Error::Code::malformed, std::move(message), "line " + std::to_string(line)};
    return false;
  }

  bool read_rows() {
    SentenceRows current;
    std::size_t line_number = first_line_ - 1;
    std::string_view rest = text_;
    const auto finish = [&] {
      if (!current.words.empty()) sentences_.push_back(std::move(current));
      current = {};
    };
    while (!rest.empty()) {
      ++line_number;
      const std::size_t end = rest.find('\n');
      std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (trimmed(line).empty()) {
        if (!current.words.empty()) finish();
      } else if (line.front() == '#') {
        read_comment(line.substr(1), current);
      } else if (!read_row(line, line_number, current)) {
        return false;
      }
    }
    finish();
    return true;
  }

  void read_comment(std::string_view comment, SentenceRows& sentence) {
    const std::size_t equals = comment.find('=');
    const std::string_view key = trimmed(comment.substr(0, equals));
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : trimmed(comment.substr(equals + 1));
    if (key == "sent_id") sentence.id = value;
    if (key == "text") sentence.text = value;
    if (key == "section") sentence.section = value;
    if (key.starts_with("newpar")) sentence.new_paragraph = true;
    if (key.starts_with("newdoc")) {
      sentence.new_document = true;
      if (sentences_.empty()) document_id_ = value;
    }
    if (key == "global.Entity") entity_fields_ = split(value, '-');
  }

  bool read_row(std::string_view line, std::size_t line_number, SentenceRows& sentence) {
    Row row;
    std::size_t count = 0;
    for (std::string_view field : split(line, '\t')) {
      if (count < row.columns.size()) row.columns[count] = field;
      ++count;
    }
    if (count != row.columns.size()) {
      return fail(line_number, "CoNLL-U has 10 columns parted by tabs, this line has " +
                                   std::to_string(count));
    }
    const std::string_view id = row.columns[kId];
    const Word next = static_cast<Word>(sentence.words.size());
    const bool space = misc_value(row.columns[kMisc], "SpaceAfter") != "No";
    if (id.find('.') != std::string_view::npos) return true;  // an empty node
    if (row.columns[kForm].empty()) return fail(line_number, "a token without a form");
    if (const std::size_t dash = id.find('-'); dash != std::string_view::npos) {
      const auto first = number(id.substr(0, dash));
      const auto last = number(id.substr(dash + 1));
      if (!first || !last || *first != next + 1 || *last < *first || *last - *first > 1000) {
        return fail(line_number, "token range " + std::string(id) + " does not go on from word " +
                                     std::to_string(next));
      }
      if (!sentence.tokens.empty() && sentence.tokens.back().last > next) {
        return fail(line_number, "token range " + std::string(id) + " lies within the range before it");
      }
      sentence.tokens.push_back({row.columns[kForm], *first - 1, *last, space, {}});
      return true;
    }
    if (number(id) != next + 1) {
      return fail(line_number, "word number " + std::string(id) + " where " + std::to_string(next + 1) +
                                   " was expected");
    }
    sentence.words.push_back(row);
    lines_.push_back(line_number);
    if (sentence.tokens.empty() || sentence.tokens.back().last <= next) {
      sentence.tokens.push_back({row.columns[kForm], next, next + 1, space, {}});
    }
    return true;
  }

  /// Puts the text together and gives every token its place in it.
  void place_tokens() {
    bool space = true;
    for (SentenceRows& sentence : sentences_) {
      const auto words = static_cast<Word>(sentence.words.size());
      // A range that promised words of which none, or fewer, came.
      std::erase_if(sentence.tokens, [words](const SurfaceToken& token) { return token.first >= words; });
      for (SurfaceToken& token : sentence.tokens) token.last = std::min(token.last, words);
      if (!surface_.empty()) {
        if (sentence.new_paragraph || sentence.new_document || !sentence.section.empty()) {
          surface_ += "\n\n";
        } else if (space) {
          surface_ += ' ';
        }
      }
      const std::uint32_t begin = static_cast<std::uint32_t>(surface_.size());
      if (spelled_by_text(sentence, begin)) {
        surface_ += sentence.text;
      } else {
        for (SurfaceToken& token : sentence.tokens) {
          token.bytes.begin = static_cast<std::uint32_t>(surface_.size());
          surface_ += token.form;
          token.bytes.end = static_cast<std::uint32_t>(surface_.size());
          if (token.space_after && &token != &sentence.tokens.back()) surface_ += ' ';
        }
      }
      space = sentence.tokens.back().space_after;
    }
  }

  static bool spelled_by_text(SentenceRows& sentence, std::uint32_t begin) {
    std::size_t at = 0;
    for (SurfaceToken& token : sentence.tokens) {
      while (at < sentence.text.size() && is_space(sentence.text[at])) ++at;
      if (!sentence.text.substr(at).starts_with(token.form)) return false;
      token.bytes.begin = begin + static_cast<std::uint32_t>(at);
      at += token.form.size();
      token.bytes.end = begin + static_cast<std::uint32_t>(at);
    }
    return at == sentence.text.size();
  }

  bool read_sections(Document& document) {
    bool any = false;
    for (const SentenceRows& sentence : sentences_) any = any || !sentence.section.empty();
    if (!any) return true;
    document.sections.clear();
    SectionKind kind = SectionKind::body;
    std::optional<ByteRange> open;
    const auto close = [&] {
      if (open) document.sections.push_back({kind, document.span(*open)});
    };
    for (const SentenceRows& sentence : sentences_) {
      const ByteRange bytes{sentence.tokens.front().bytes.begin, sentence.tokens.back().bytes.end};
      if (!sentence.section.empty()) {
        const auto next = section_from_name(sentence.section);
        if (!next) {
          error_ = Error{Error::Code::malformed, "no section kind is called '" +
                                                     std::string(sentence.section) + "'", ""};
          return false;
        }
        close();
        open.reset();
        kind = *next;
      }
      open = ByteRange{open ? open->begin : bytes.begin, bytes.end};
    }
    close();
    return true;
  }

  /// The byte ranges of a token's words: their spellings one after the other where these make up the
  /// token, else stretches of the words' lengths, the last one to the end, none inside a character.
  std::vector<ByteRange> parts(const SentenceRows& sentence, const SurfaceToken& token) const {
    std::vector<ByteRange> out;
    std::uint32_t at = token.bytes.begin;
    for (Word w = token.first; w < token.last; ++w) {
      std::uint32_t end = token.bytes.end;
      if (w + 1 < token.last) {
        end = std::min<std::uint32_t>(
            at + static_cast<std::uint32_t>(sentence.words[w].columns[kForm].size()), end);
        while (end < token.bytes.end && (static_cast<unsigned char>(surface_[end]) & 0xC0) == 0x80) ++end;
      }
      out.push_back({at, end});
      at = end;
    }
    return out;
  }

  std::string_view keep(std::string_view s) { return builder_.keep(std::string(s)); }
  /// Labels are few: each is kept once.
  std::string_view label(std::string_view s) {
    const auto found = kept_.find(s);
    if (found != kept_.end()) return found->second;
    const std::string_view view = keep(s);
    kept_.emplace(view, view);
    return view;
  }

  bool build_words() {
    std::size_t line_of_first = 0;
    for (const SentenceRows& sentence : sentences_) {
      const Word first = builder_.size();
      for (const SurfaceToken& token : sentence.tokens) {
        const std::vector<ByteRange> ranges = parts(sentence, token);
        for (Word w = token.first; w < token.last; ++w) {
          const Word word = builder_.add_word(keep(sentence.words[w].columns[kForm]),
                                              ranges[w - token.first]);
          builder_.set_space_after(word, w + 1 == token.last && token.space_after);
        }
        if (token.last - token.first > 1 || token.form != sentence.words[token.first].columns[kForm]) {
          builder_.add_multiword_token({first + token.first, first + token.last}, token.bytes);
        }
      }
      for (Word w = 0; w < sentence.words.size(); ++w) {
        if (!fill_word(sentence.words[w], first, first + w, static_cast<Word>(sentence.words.size()),
                       lines_[line_of_first + w])) {
          return false;
        }
      }
      document_number_ += sentence.new_document ? 1 : 0;
      read_names(sentence, first);
      read_entities(sentence, first);
      line_of_first += sentence.words.size();
      builder_.end_sentence(&sentence == &sentences_.front() || sentence.new_paragraph ||
                                sentence.new_document || !sentence.section.empty(),
                            std::string(sentence.id));
    }
    return true;
  }

  bool fill_word(const Row& row, Word first, Word word, Word count, std::size_t line) {
    const auto& columns = row.columns;
    builder_.set_lemma(word, keep(columns[kLemma]));
    builder_.set_tags(word, upos_from_name(columns[kUpos]), label(columns[kXpos]),
                      label(columns[kFeats]));
    if (columns[kHead] != "_") {
      const auto head = number(columns[kHead]);
      if (!head || *head > count) {
        return fail(line, "head " + std::string(columns[kHead]) + " is no word of this sentence");
      }
      builder_.set_tree(word, *head == 0 ? kNoWord : first + *head - 1, label(columns[kDeprel]));
    }
    if (const auto value = misc_value(columns[kMisc], "Fact"); !value.empty()) {
      float factuality = 0;
      std::from_chars(value.data(), value.data() + value.size(), factuality);
      builder_.set_factuality(word, factuality);
    }
    const auto sense = misc_value(columns[kMisc], "Pred");
    if (sense.empty()) return true;
    Predicate predicate;
    predicate.word = word;
    predicate.sense = label(sense);
    const auto roles = misc_value(columns[kMisc], "Roles");
    if (!roles.empty()) {
      for (std::string_view part : split(roles, ',')) {
        const std::size_t colon = part.find(':');
        const std::string_view range = colon == std::string_view::npos ? "" : part.substr(colon + 1);
        const std::size_t dash = range.find('-');
        const auto from = number(range.substr(0, dash));
        const auto to = dash == std::string_view::npos ? from : number(range.substr(dash + 1));
        if (!from || !to || *from < 1 || *to < *from || *to > count) {
          return fail(line, "Roles= is a list like ARG0:1-2,ARG1:4, not '" + std::string(part) + "'");
        }
        predicate.roles.push_back({{first + *from - 1, first + *to}, label(part.substr(0, colon))});
      }
    }
    builder_.add_predicate(std::move(predicate));
    return true;
  }

  void read_names(const SentenceRows& sentence, Word first) {
    Name open;
    for (Word w = 0; w <= sentence.words.size(); ++w) {
      const std::string_view tag = w < sentence.words.size()
                                       ? misc_value(sentence.words[w].columns[kMisc], "NER")
                                       : std::string_view{};
      const NameType type =
          tag.size() > 2 ? name_type_from_name(tag.substr(2)) : NameType::none;
      if (tag.starts_with("I-") && type == open.type && open.type != NameType::none) {
        open.words.last = first + w + 1;
        continue;
      }
      if (open.type != NameType::none) builder_.add_name(open);
      open = {{first + w, first + w + 1}, type};
    }
  }

  void read_entities(const SentenceRows& sentence, Word first) {
    std::unordered_map<std::string_view, std::vector<std::size_t>> open;
    for (Word w = 0; w < sentence.words.size(); ++w) {
      std::string_view rest = misc_value(sentence.words[w].columns[kMisc], "Entity");
      while (!rest.empty()) {
        const bool opens = rest.front() == '(';
        if (opens) rest.remove_prefix(1);
        const std::size_t stop = rest.find_first_of("()");
        const std::string_view body = rest.substr(0, stop);
        const bool closes = stop != std::string_view::npos && rest[stop] == ')';
        rest = stop == std::string_view::npos ? std::string_view{} : rest.substr(stop + (closes ? 1 : 0));
        const std::string_view chain = chain_of(body);
        if (opens) {
          open_mention(body, first + w);
          if (!closes) open[chain].push_back(mentions_.size() - 1);
        } else if (auto found = open.find(chain); found != open.end() && !found->second.empty()) {
          mentions_[found->second.back()].words.last = first + w + 1;
          found->second.pop_back();
        } else if (body.empty()) {
          break;  // stray brackets
        }
      }
    }
  }

  /// "12" of "12-person-new" and of "12[1/2]", a part of a mention with a gap.
  static std::string_view chain_of(std::string_view body) {
    return body.substr(0, body.find_first_of("-["));
  }

  void open_mention(std::string_view body, Word word) {
    const auto values = split(body, '-');
    const auto field = [&](std::string_view wanted) {
      for (std::size_t i = 0; i < entity_fields_.size() && i < values.size(); ++i) {
        if (entity_fields_[i] == wanted) return values[i];
      }
      return std::string_view{};
    };
    Mention mention;
    mention.words = {word, word + 1};
    const std::string key = std::to_string(document_number_) + "/" + std::string(chain_of(body));
    mention.chain = chains_.emplace(key, static_cast<std::uint32_t>(chains_.size())).first->second;
    if (values.size() > 1) mention.type = entity_type(values[1]);
    std::string_view head = field("head");
    if (head.empty()) head = field("minspan");
    if (const auto at = number(head.substr(0, head.find(','))); at && *at > 0) {
      mention.head = word + *at - 1;
    }
    const std::string_view form = field("form");
    forms_given_.push_back(!form.empty());
    mention.form = form == "name"      ? Mention::Form::name
                   : form == "pronoun" ? Mention::Form::pronoun
                                       : Mention::Form::nominal;
    mentions_.push_back(mention);
  }

  static NameType entity_type(std::string_view type) {
    if (type == "person") return NameType::PER;
    if (type == "organization") return NameType::ORG;
    if (type == "event") return NameType::EVT;
    return name_type_from_name(type);
  }

  /// Where the brackets do not say what kind of mention it is, the head's tag does.
  void complete_forms(Analysis& analysis) {
    if (std::find(forms_given_.begin(), forms_given_.end(), true) != forms_given_.end()) return;
    std::vector<Mention> mentions(analysis.mentions().begin(), analysis.mentions().end());
    for (Mention& mention : mentions) {
      if (mention.head >= analysis.size()) mention.head = mention.words.first;
      const Upos upos = analysis.upos(mention.head);
      mention.form = upos == Upos::PROPN  ? Mention::Form::name
                     : upos == Upos::PRON ? Mention::Form::pronoun
                                          : Mention::Form::nominal;
      if (mention.form != Mention::Form::name) mention.type = NameType::none;
    }
    const std::uint32_t chains = analysis.chains();
    AnalysisBuilder again(std::move(analysis));
    again.set_mentions(std::move(mentions), chains);
    analysis = std::move(again).build();
  }

  std::string_view text_;
  std::size_t first_line_ = 1;
  std::string_view document_id_;
  std::vector<SentenceRows> sentences_;
  std::vector<std::size_t> lines_;  // of each word
  std::vector<std::string_view> entity_fields_ = {"eid", "etype", "head", "form"};
  std::string surface_;
  AnalysisBuilder builder_;
  std::unordered_map<std::string_view, std::string_view> kept_;
  std::map<std::string, std::uint32_t> chains_;
  std::vector<Mention> mentions_;
  std::vector<bool> forms_given_;
  std::size_t document_number_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<ConlluText> read_conllu(std::string_view text, std::size_t first_line) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (is_valid_utf8(text)) return Reader(text, first_line).read();
  const std::string repaired = repair_utf8(std::string(text));
  return Reader(repaired, first_line).read();
}

std::vector<ConlluPart> conllu_documents(std::string_view text) {
  std::vector<ConlluPart> out;
  std::size_t begin = 0;
  std::size_t begin_line = 1;
  std::size_t comments = 0;  // where the comments before the next sentence start
  std::size_t comments_line = 1;
  bool words = false;     // since `begin`
  bool commented = false;  // inside those comments
  std::size_t line_number = 0;
  for (std::size_t at = 0; at < text.size();) {
    ++line_number;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    if (line.starts_with('#')) {
      if (!commented) {
        comments = at;
        comments_line = line_number;
      }
      commented = true;
      if (words && trimmed(line.substr(1)).starts_with("newdoc")) {
        out.push_back({text.substr(begin, comments - begin), begin_line});
        begin = comments;
        begin_line = comments_line;
        words = false;
      }
    } else {
      commented = false;
      words = words || !line.empty();
    }
    at = end + 1;
  }
  out.push_back({text.substr(begin), begin_line});
  return out;
}

}  // namespace parley
