#include "record/brief_sentences.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "record/proposal_draft.h"
#include "record/statement_tree.h"
#include "text/unicode.h"

namespace parley {
namespace {

constexpr Word kLong = 24;        // words from which a sentence is cut at its asides
constexpr Word kShortest = 5;     // words that a takeaway needs
constexpr std::size_t kMostEntities = 3;
constexpr double kHeadline = 2.5;
constexpr double kOwnTakeaways = 2.0;
constexpr double kTerm = 0.8;
constexpr double kAmount = 0.15;
constexpr double kPosition = 0.9;
constexpr double kProposal = 0.5;
constexpr double kStatement = 0.3;
constexpr double kSpeechAct = 0.4;
constexpr std::size_t kLeadPlaces = 3;  // a dateline or a caption may stand before the lead
constexpr double kLeaning = 0.3;    // what is left of the weight of a clause that leans on another
constexpr double kBackground = 0.6; // of one that tells of what was before
constexpr double kPlace = 2.0;    // of the first sentence; it fades with every further one

std::set<std::string> content_of(const Analysis& analysis, WordRange words) {
  std::set<std::string> out;
  for (Word w = words.first; w < words.last; ++w) {
    switch (analysis.upos(w)) {
      case Upos::NOUN:
      case Upos::PROPN:
      case Upos::VERB:
      case Upos::ADJ:
      case Upos::NUM: out.insert(lemma_of(analysis, w)); break;
      default: break;
    }
  }
  return out;
}

class ClauseMaker {
 public:
  explicit ClauseMaker(const Context& context) : context_(context), analysis_(context.analysis) {
    for (std::size_t s = 0; s < analysis_.sentences().size(); ++s) {
      const SectionKind kind = section(s);
      if (kind == SectionKind::headline || kind == SectionKind::dek) {
        headline_.merge(content_of(analysis_, analysis_.sentences()[s].words));
      } else if (kind == SectionKind::key_takeaways) {
        own_takeaways_.merge(content_of(analysis_, analysis_.sentences()[s].words));
      }
    }
    index_records();
  }

  std::vector<BriefClause> make() {
    std::vector<BriefClause> out;
    std::size_t place = 0;
    for (std::size_t s = 0; s < analysis_.sentences().size(); ++s) {
      const SectionKind kind = section(s);
      if (kind != SectionKind::body && kind != SectionKind::why_it_matters && kind != SectionKind::dek) continue;
      if (std::optional<BriefClause> clause = clause_of(s, kind)) {
        weigh(*clause, kind == SectionKind::body ? place : place + 1);
        const bool earlier = std::any_of(out.begin(), out.end(), [](const BriefClause& other) { return other.lead; });
        clause->lead = kind == SectionKind::body && place < kLeadPlaces && !earlier;
        out.push_back(std::move(*clause));
      }
      if (kind == SectionKind::body) ++place;
    }
    if (out.empty()) {
      for (std::size_t s = 0; s < analysis_.sentences().size(); ++s) {
        if (section(s) != SectionKind::headline && section(s) != SectionKind::caption) continue;
        if (std::optional<BriefClause> clause = clause_of(s, section(s))) out.push_back(std::move(*clause));
      }
    }
    return out;
  }

 private:
  SectionKind section(std::size_t sentence) const {
    return sentence < context_.section_of_sentence.size() ? context_.section_of_sentence[sentence] : SectionKind::body;
  }

  // --- cutting -------------------------------------------------------------------------------------

  std::optional<BriefClause> clause_of(std::size_t sentence, SectionKind kind) const {
    WordRange words = analysis_.sentences()[sentence].words;
    if (words.empty()) return std::nullopt;
    const std::string_view end = analysis_.form(words.last - 1);
    const bool ends = end == "." || end == "!" || end == "?" || is_quote_mark(end) || end == ")" || end == "...";
    const bool prose = kind == SectionKind::body || kind == SectionKind::why_it_matters;
    if (prose && !ends && !whole_clause(sentence)) return std::nullopt;  // broken off, or a heading
    if (end == "?" || whole_quotation(words) || ends_quotation(words)) return std::nullopt;
    if (kind == SectionKind::why_it_matters) words.first = after_label(words);
    words.first = after_openers(words);
    words.last = before_asides(words);
    if (words.size() < kShortest || !has_verb(words)) return std::nullopt;
    BriefClause clause;
    clause.section = kind;
    clause.words = words;
    clause.text = text_of(words);
    if (clause.text.empty() && reaches_back(sentence)) {  // "The war began in May. It has killed ..."
      const WordRange before = analysis_.sentences()[sentence - 1].words;
      const WordRange opening{after_openers(before), before.last};
      const std::string first = text_of(opening);
      if (!first.empty()) {
        clause.text = first + ' ' + finished(single_spaced(context_.slice(words)));
        clause.words = {opening.first, words.last};
        words = clause.words;
      }
    }
    if (clause.text.empty()) return std::nullopt;
    clause.content = content_of(analysis_, words);
    return clause;
  }

  // Without a full stop, a line of prose must have a verb with its subject, and must not be the end of a cut report.
  bool whole_clause(std::size_t sentence) const {
    if (context_.document.truncated) {
      bool more = false;
      for (std::size_t s = sentence + 1; s < analysis_.sentences().size() && !more; ++s) {
        more = section(s) == SectionKind::body;
      }
      if (!more) return false;
    }
    const WordRange words = analysis_.sentences()[sentence].words;
    const Word head = analysis_.head_of(words);
    if (head == kNoWord || analysis_.upos(head) != Upos::VERB) return false;
    return analysis_.child(head, "nsubj") != kNoWord || analysis_.child(head, "nsubj:pass") != kNoWord;
  }

  bool has_verb(WordRange words) const {
    for (Word w = words.first; w < words.last; ++w) {
      if (analysis_.upos(w) == Upos::VERB || analysis_.upos(w) == Upos::AUX) return true;
    }
    return false;
  }

  // Somebody's words without who says them are no line of a brief.
  bool whole_quotation(WordRange words) const { return is_quote_mark(analysis_.form(words.first)) &&
                                                       (is_quote_mark(analysis_.form(words.last - 1)) ||
                                                        !closes(words)); }
  // The last sentence of a quotation that began before it.
  bool ends_quotation(WordRange words) const {
    if (analysis_.form(words.last - 1) == "\u201D") {
      for (Word w = words.first; w < words.last; ++w) {
        if (analysis_.form(w) == "\u201C") return false;
      }
      return true;
    }
    if (analysis_.form(words.last - 1) != "\"") return false;
    std::size_t marks = 0;
    for (Word w = words.first; w < words.last; ++w) marks += analysis_.form(w) == "\"" ? 1 : 0;
    return marks % 2 == 1;
  }

  bool closes(WordRange words) const {
    for (Word w = words.first + 1; w < words.last; ++w) {
      if (is_quote_mark(analysis_.form(w))) return true;
    }
    return false;
  }

  // "Why this matters: ..."
  Word after_label(WordRange words) const {
    for (Word w = words.first; w < words.last && w < words.first + 5; ++w) {
      if (analysis_.form(w) == ":") return w + 1;
    }
    return words.first;
  }

  Word after_openers(WordRange words) const {
    for (const std::vector<std::string>& phrase : context_.knowledge.brief.openers()) {
      if (words.first + phrase.size() >= words.last) continue;
      bool matches = true;
      for (std::size_t i = 0; matches && i < phrase.size(); ++i) {
        std::string form(analysis_.form(words.first + static_cast<Word>(i)));
        for (char& c : form) {
          if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        matches = form == phrase[i];
      }
      if (!matches) continue;
      Word next = words.first + static_cast<Word>(phrase.size());
      if (analysis_.form(next) == ",") return next + 1;
      const Upos upos = analysis_.upos(words.first);
      if (upos == Upos::CCONJ) return next;
    }
    return words.first;
  }

  // Where a long sentence's last asides begin: ", marking a step", ", which ...". Words that bind the claim (who says
  // it, on what condition) are no asides.
  Word before_asides(WordRange words) const {
    Word last = words.last;
    while (last > words.first && analysis_.upos(last - 1) == Upos::PUNCT && !is_quote_mark(analysis_.form(last - 1)) &&
           analysis_.form(last - 1) != ")") {
      --last;
    }
    for (int cuts = 0; cuts < 2 && last - words.first > kLong; ++cuts) {
      const Word cut = aside_before(words.first, last);
      if (cut == last) break;
      last = cut;
    }
    return last;
  }

  Word aside_before(Word first, Word last) const {
    for (Word w = first + kShortest; w < last; ++w) {
      const std::string_view relation = analysis_.relation(w);
      const bool participial = analysis_.base_relation(w) == "advcl" && analysis_.xpos(w) == "VBG" &&
                               analysis_.child(w, "mark") == kNoWord;
      const bool relative = relation == "acl:relcl";
      if (!participial && !relative) continue;
      const WordRange aside = analysis_.subtree(w);
      if (aside.last + 1 < last || aside.first <= first + kShortest || aside.first == 0) continue;
      if (relative && holds_record(aside)) continue;
      std::size_t begin = aside.first;
      if (analysis_.form(static_cast<Word>(begin)) == ",") return aside.first;
      if (analysis_.form(aside.first - 1) == ",") return aside.first - 1;
    }
    return last;
  }

  bool holds_record(WordRange words) const {
    for (Word w = words.first; w < words.last; ++w) {
      if (!context_.figure_of_word.empty() && context_.figure_of_word[w] != Context::kNone) return true;
    }
    return false;
  }

  // --- wording -------------------------------------------------------------------------------------

  std::string text_of(WordRange words) const {
    std::string out;
    Word from = words.first;
    const Word opening = words.first;
    if (analysis_.upos(opening) == Upos::PRON) {
      const std::optional<std::string> name = name_for_pronoun(opening);
      if (!name) {
        if (analysis_.has_feature(opening, "PronType=Prs") && !impersonal(opening)) return {};  // nobody knows who
      } else {
        out = *name;
        from = opening + 1;
        if (from < words.last && analysis_.space_after(opening)) out += ' ';
      }
    }
    const Word speaking = from == opening ? pronoun_to_name(words) : kNoWord;
    if (speaking != kNoWord) {  // "“...,” she told reporters"
      out += single_spaced(context_.slice({from, speaking})) + ' ' + *name_for_pronoun(speaking) + ' ' +
             single_spaced(context_.slice({speaking + 1, words.last}));
    } else {
      out += single_spaced(context_.slice({from, words.last}));
    }
    return finished(std::move(out));
  }

  // The first "he" or "she" of a clause that has not named whom it means.
  Word pronoun_to_name(WordRange words) const {
    bool quoted = false;
    for (Word w = words.first; w + 1 < words.last; ++w) {
      if (is_quote_mark(analysis_.form(w)) && analysis_.upos(w) == Upos::PUNCT) quoted = !quoted;
      if (quoted || w == words.first) continue;
      const std::string form = lemma_of(analysis_, w);
      if (analysis_.upos(w) != Upos::PRON || (form != "he" && form != "she") ||
          analysis_.base_relation(w) != "nsubj") {
        continue;
      }
      const std::int32_t entity = context_.entity_of_phrase(w);
      if (entity == Context::kNone || !name_for_pronoun(w) || !analysis_.space_after(w)) return kNoWord;
      for (Word before = words.first; before < w; ++before) {
        if (context_.entity_of_word[before] == entity) return kNoWord;
      }
      return w;
    }
    return kNoWord;
  }

  static std::string finished(std::string out) {
    if (out.empty()) return out;
    if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
    balance(out);
    const char end = out.back();
    if (end != '.' && end != '!' && end != '?' && !out.ends_with(".\"") && !out.ends_with(".\u201D") &&
        !out.ends_with("!\u201D") && !out.ends_with("?\u201D")) {
      out += '.';
    }
    return out;
  }

  // The sentence before may tell whom a pronoun means, when it is short and stands in the same paragraph.
  bool reaches_back(std::size_t sentence) const {
    if (sentence == 0 || analysis_.sentences()[sentence].starts_paragraph) return false;
    if (section(sentence - 1) != section(sentence)) return false;
    const WordRange before = analysis_.sentences()[sentence - 1].words;
    return !before.empty() && before.size() <= kLong && analysis_.upos(before.first) != Upos::PRON &&
           analysis_.form(before.last - 1) == "." && !is_quote_mark(analysis_.form(before.first));
  }

  bool impersonal(Word pronoun) const {
    return lemma_of(analysis_, pronoun) == "it" && (analysis_.base_relation(pronoun) == "expl" ||
                                                    analysis_.relation(pronoun) == "nsubj:pass");
  }

  std::optional<std::string> name_for_pronoun(Word pronoun) const {
    const bool possessive = analysis_.has_feature(pronoun, "Poss=Yes");
    const std::int32_t entity = context_.entity_of_phrase(pronoun);
    if (entity == Context::kNone) return std::nullopt;
    const Entity& who = context_.record.entities[static_cast<std::size_t>(entity)];
    const std::string form = lemma_of(analysis_, pronoun);
    if (who.name.empty() || lemma_is_pronoun(who.name)) return std::nullopt;
    const bool person = form == "he" || form == "she" || form == "his" || form == "her";
    if (person != (who.kind == EntityKind::person)) return std::nullopt;
    if (!possessive) return who.name;
    return who.name + (who.name.ends_with('s') ? "\u2019" : "\u2019s");
  }

  static bool lemma_is_pronoun(const std::string& name) {
    return name == "he" || name == "she" || name == "it" || name == "they" || name == "He" || name == "She" ||
           name == "It" || name == "They";
  }

  // A straight mark that lost its partner to a cut.
  static void balance(std::string& text) {
    if (std::count(text.begin(), text.end(), '"') % 2 == 1) {
      const std::size_t at = text.rfind('"');
      if (at + 1 == text.size() || at == 0) {
        text.erase(at, 1);
      } else if (text[at - 1] == ' ') {  // opened here, and closed in a sentence that the brief leaves out
        if (!text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?')) text += '.';
        text += '"';
      }
    }
  }

  // --- weighing ------------------------------------------------------------------------------------

  struct Placed {
    Span span;
    Id id;
    double weight;
    enum class Kind : std::uint8_t { other, news, history } kind = Kind::other;
  };

  void place(Span span, const Id& id, double weight, Placed::Kind kind = Placed::Kind::other) {
    records_.push_back({span, id, weight, kind});
  }

  void index_records() {
    const Record& record = context_.record;
    const BriefWords& words = context_.knowledge.brief;
    for (const Event& event : record.events) {
      place(event.trigger, event.id, (0.4 + std::abs(event.score) / 10.0) * words.weight(event.status),
            event.status == Status::historical ? Placed::Kind::history : Placed::Kind::news);
    }
    std::unordered_map<Id, std::size_t> mentions;
    for (const Entity& entity : record.entities) mentions[entity.id] = entity.mentions.size();
    for (const Statement& statement : record.statements) {
      double weight = kStatement * (statement.act == Act::neutral ? 0.5 : 1.0);
      if (statement.speaker) {
        weight += kSpeechAct * std::min(1.0, static_cast<double>(mentions[*statement.speaker]) / 6.0);
      }
      place(statement.cue, statement.id, weight);
    }
    for (const Figure& figure : record.figures) {  // a toll of thousands says more than one of eight
      const double amount = std::max(1.0, figure.low.value_or(figure.high.value_or(1.0)));
      place(figure.span, figure.id, words.weight(figure.measure) * (1.0 + kAmount * std::log10(amount)));
    }
    for (const Proposal& proposal : record.proposals) {
      for (const Term& term : proposal.terms) place(term.span, term.id, kTerm);
      for (const Position& position : proposal.positions) place(position.span, proposal.id, kPosition);
      for (const Span point : proposal.sticking_points) place(point, proposal.id, kProposal);
    }
    std::stable_sort(records_.begin(), records_.end(),
                     [](const Placed& a, const Placed& b) { return a.span.begin < b.span.begin; });
  }

  void weigh(BriefClause& clause, std::size_t place) const {
    const Span span = context_.span(clause.words);
    double held = 0.0;
    bool news = false, history = false;
    auto at = std::lower_bound(records_.begin(), records_.end(), span.begin,
                               [](const Placed& record, std::uint32_t begin) { return record.span.begin < begin; });
    for (; at != records_.end() && at->span.begin < span.end; ++at) {
      held += at->weight;
      news = news || at->kind == Placed::Kind::news;
      history = history || at->kind == Placed::Kind::history;
      if (std::find(clause.cites.begin(), clause.cites.end(), at->id) == clause.cites.end()) {
        clause.cites.push_back(at->id);
      }
    }
    clause.has_records = !clause.cites.empty();
    if (!clause.has_records) {  // nothing happens in it: it rests on those it speaks of
      for (Word w = clause.words.first; w < clause.words.last && clause.cites.size() < kMostEntities; ++w) {
        if (context_.entity_at_head.empty() || context_.entity_at_head[w] == Context::kNone) continue;
        const Id id = *context_.entity_id(context_.entity_at_head[w]);
        if (std::find(clause.cites.begin(), clause.cites.end(), id) == clause.cites.end()) clause.cites.push_back(id);
      }
    }
    // Long sentences hold more without saying more.
    const double length = std::max(1.0, static_cast<double>(clause.words.size()) / 18.0);
    clause.weight = held / std::sqrt(length) + kPlace / (1.0 + 0.5 * static_cast<double>(place)) +
                    kHeadline * share(clause.content, headline_) + kOwnTakeaways * share(clause.content, own_takeaways_);
    // "Since then", "he threatened then": leans on a sentence that a brief leaves out. What is dated before the news is
    // background.
    clause.weight *= leans_back(clause.words) ? kLeaning : history && !news ? kBackground : 1.0;
    for (Word w = clause.words.first; w < clause.words.last; ++w) {  // names ("Security Council") tell nothing
      const Upos upos = analysis_.upos(w);
      if (upos == Upos::PROPN || context_.entity_at_head.empty() || named(w)) continue;
      if (context_.knowledge.brief.significant(lemma_of(analysis_, w))) clause.significance += 1.0;
    }
    if (leans_back(clause.words)) clause.significance = 0.0;
    if (clause.significance > 0) clause.significance += 0.25 * held / std::sqrt(length);
  }

  bool named(Word w) const {
    for (Word at = w; at < analysis_.size() && at < w + 3; ++at) {
      if (analysis_.upos(at) == Upos::PROPN && analysis_.head(w) == at) return true;
    }
    return false;
  }

  // "since then", "at the time", "then": the brief's other lines do not say when that was. "They killed ...", of nobody
  // that this clause names.
  bool leans_back(WordRange words) const {
    for (Word w = words.first; w < words.last; ++w) {
      const std::string lemma = lemma_of(analysis_, w);
      if (context_.knowledge.brief.leaning(lemma) && analysis_.base_relation(w) == "advmod") return true;
      if (w > words.first && context_.knowledge.brief.leaning(lemma) && lemma_of(analysis_, w - 1) == "since") return true;
      if (analysis_.upos(w) != Upos::PRON || analysis_.base_relation(w) != "nsubj") continue;
      if (lemma != "they" && lemma != "he" && lemma != "she") continue;
      if (!named_before(words.first, w)) return true;
    }
    return false;
  }

  // A pronoun whose entity, or any person or group for one that nobody resolved, stands before it in the clause; one
  // that opens it or a quotation's speaker gives way to a name.
  bool named_before(Word first, Word pronoun) const {
    if (pronoun == first || pronoun_to_name({first, analysis_.size()}) == pronoun) return true;
    const std::int32_t entity = context_.entity_of_phrase(pronoun);
    for (Word w = first; w < pronoun; ++w) {
      if (context_.entity_at_head.empty() || context_.entity_at_head[w] == Context::kNone) continue;
      if (entity == Context::kNone || context_.entity_at_head[w] == entity) return true;
    }
    return false;
  }

  static double share(const std::set<std::string>& words, const std::set<std::string>& of) {
    if (words.empty() || of.empty()) return 0.0;
    std::size_t shared = 0;
    for (const std::string& word : words) shared += of.contains(word) ? 1 : 0;
    return static_cast<double>(shared) / static_cast<double>(std::max<std::size_t>(words.size(), 6));
  }

  const Context& context_;
  const Analysis& analysis_;
  std::set<std::string> headline_, own_takeaways_;
  std::vector<Placed> records_;
};

}  // namespace

std::vector<BriefClause> brief_clauses(const Context& context) { return ClauseMaker(context).make(); }

}  // namespace parley
