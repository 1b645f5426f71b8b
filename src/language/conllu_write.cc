#include <cmath>
#include <cstdio>
#include <vector>

#include "language/conllu.h"

namespace parley {
namespace {

/// White space within a column or a comment would break the format.
void append_clean(std::string& out, std::string_view text) {
  bool space = false;
  for (char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (!space) out += ' ';
      space = true;
    } else {
      out += c;
      space = false;
    }
  }
}

void append_column(std::string& out, std::string_view text) {
  out += '\t';
  if (text.empty()) {
    out += '_';
  } else {
    append_clean(out, text);
  }
}

const char* form_name(Mention::Form form) {
  switch (form) {
    case Mention::Form::name: return "name";
    case Mention::Form::nominal: return "nominal";
    case Mention::Form::pronoun: return "pronoun";
  }
  return "nominal";
}

/// What goes into MISC, by word.
class Misc {
 public:
  Misc(const Analysis& analysis, ConlluOptions options) : analysis_(analysis), options_(options) {
    names_.resize(analysis.size());
    for (const Name& name : analysis.names()) {
      for (Word w = name.words.first; w < name.words.last; ++w) {
        if (!names_[w].empty()) continue;
        names_[w] = (w == name.words.first ? "NER=B-" : "NER=I-") + std::string(parley::name(name.type));
      }
    }
    entities_.resize(analysis.size());
    for (const Mention& mention : analysis.mentions()) {  // inner ones close first: they come later
      if (mention.words.size() > 1) {
        std::string& last = entities_[mention.words.last - 1];
        last = std::to_string(mention.chain + 1) + ")" + last;
      }
    }
    for (const Mention& mention : analysis.mentions()) {
      std::string& first = entities_[mention.words.first];
      first += "(" + std::to_string(mention.chain + 1) + "-" +
               (mention.type == NameType::none ? "_" : std::string(parley::name(mention.type))) + "-" +
               std::to_string(mention.words.contains(mention.head)
                                  ? mention.head - mention.words.first + 1
                                  : 1) +
               "-" + form_name(mention.form);
      if (mention.words.size() == 1) first += ")";
    }
  }

  std::string of(Word w, bool space_after) const {
    std::string out;
    const auto add = [&out](std::string_view part) {
      if (!out.empty()) out += '|';
      out += part;
    };
    if (!entities_[w].empty()) add("Entity=" + entities_[w]);
    if (options_.predicates) {
      if (!std::isnan(analysis_.factuality(w))) {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "Fact=%.2f", static_cast<double>(analysis_.factuality(w)));
        add(buffer);
      }
    }
    if (!names_[w].empty()) add(names_[w]);
    if (options_.predicates) {
      if (const Predicate* predicate = analysis_.predicate_at(w)) {
        add("Pred=" + std::string(predicate->sense));
        if (!predicate->roles.empty()) add(roles(*predicate));
      }
    }
    if (!space_after) add("SpaceAfter=No");
    return out.empty() ? "_" : out;
  }

 private:
  std::string roles(const Predicate& predicate) const {
    const Word first = analysis_.sentences()[analysis_.sentence_of(predicate.word)].words.first;
    std::string out = "Roles=";
    for (const Role& role : predicate.roles) {
      if (out.size() > 6) out += ',';
      out += std::string(role.label) + ":" + std::to_string(role.words.first - first + 1);
      if (role.words.size() > 1) out += "-" + std::to_string(role.words.last - first);
    }
    return out;
  }

  const Analysis& analysis_;
  ConlluOptions options_;
  std::vector<std::string> names_;
  std::vector<std::string> entities_;
};

void append_text(std::string& out, const Document* document, const Analysis& analysis,
                 const Sentence& sentence) {
  if (document) {
    append_clean(out, document->slice(sentence.bytes));
    return;
  }
  for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
    append_clean(out, analysis.form(w));
    if (w + 1 < sentence.words.last && analysis.space_after(w)) out += ' ';
  }
}

}  // namespace

std::string to_conllu(const Document* document, const Analysis& analysis, ConlluOptions options) {
  std::string out;
  out.reserve(analysis.size() * std::size_t{60});
  const Misc misc(analysis, options);
  const auto tokens = analysis.multiword_tokens();
  std::size_t token = 0;
  std::size_t number = 0;
  for (const Sentence& sentence : analysis.sentences()) {
    ++number;
    if (number == 1) {
      out += "# newdoc";
      if (document && !document->id.empty()) {
        out += " id = ";
        append_clean(out, document->id);
      }
      out += "\n# global.Entity = eid-etype-head-form\n";
    }
    if (sentence.starts_paragraph) out += "# newpar\n";
    out += "# sent_id = ";
    append_clean(out, sentence.id.empty() ? std::to_string(number) : sentence.id);
    out += "\n# text = ";
    append_text(out, document, analysis, sentence);
    out += '\n';
    const Word first = sentence.words.first;
    Word inside = first;  // words before this one belong to a multiword token
    for (Word w = first; w < sentence.words.last; ++w) {
      while (token < tokens.size() && tokens[token].words.first < w) ++token;
      if (token < tokens.size() && tokens[token].words.first == w && tokens[token].words.size() > 1) {
        const WordRange words = tokens[token].words;
        inside = words.last;
        out += std::to_string(w - first + 1) + "-" + std::to_string(words.last - first);
        std::string form;
        for (Word v = words.first; v < words.last; ++v) form += analysis.form(v);
        append_column(out, document ? document->slice(tokens[token].bytes) : form);
        out += "\t_\t_\t_\t_\t_\t_\t_\t";
        out += analysis.space_after(words.last - 1) ? "_\n" : "SpaceAfter=No\n";
      }
      out += std::to_string(w - first + 1);
      append_column(out, analysis.form(w));
      append_column(out, analysis.lemma(w));
      append_column(out, name(analysis.upos(w)));
      append_column(out, analysis.xpos(w));
      append_column(out, analysis.feats(w));
      out += '\t';
      out += analysis.head(w) == kNoWord ? "0" : std::to_string(analysis.head(w) - first + 1);
      append_column(out, analysis.relation(w));
      out += "\t_\t";
      out += misc.of(w, w < inside || analysis.space_after(w));
      out += '\n';
    }
    out += '\n';
  }
  return out;
}

}  // namespace parley
