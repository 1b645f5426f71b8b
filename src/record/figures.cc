// Counts and amounts: found sentence by sentence, measured by what governs them, tied to the figures
// that they repeat or are a part of, and dated.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "record/extract.h"
#include "record/figure_grammar.h"
#include "record/figure_measure.h"
#include "record/figure_source.h"
#include "text/atoms.h"

namespace parley {
namespace {

constexpr std::size_t kNoFigure = static_cast<std::size_t>(-1);

/// A figure on its way, with what ties it to others.
struct Draft {
  FigureExpression expression;
  Counted counted;
  Measure measure = Measure::other;
  WordRange words;             // of the span
  std::string noun;            // lemma, for comparing
  std::size_t sentence = 0;
  std::size_t part_of = kNoFigure;  // index into the drafts
  bool part_of_next = false;   // "54 of 59 drones"
  bool looks_back = false;     // "two children among them"
};

class Extractor {
 public:
  explicit Extractor(Context& context)
      : context_(context), analysis_(context.analysis), words_(context.knowledge.figures), sources_(context) {}

  void run() {
    const auto sentences = analysis_.sentences();
    bool prison = false;
    for (std::size_t s = 0; s < sentences.size(); ++s) {
      if (context_.is_read(s)) prison = read_sentence(s, sentences[s], prison);
    }
    tie_repetitions();
    write();
  }

 private:
  // --- one sentence ----------------------------------------------------------------------------------
  bool read_sentence(std::size_t s, const Sentence& sentence, bool prison_before) {
    atoms_.split(context_.document.text(), sentence.bytes);
    upos_.clear();
    word_of_atom_.clear();
    FigureSurroundings around;
    around.prison = prison_before;
    Word w = sentence.words.first;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      while (w + 1 < sentence.words.last && analysis_.bytes(w).end <= atoms_.bytes(i).begin) ++w;
      const bool inside = w < sentence.words.last;
      word_of_atom_.push_back(inside ? w : kNoWord);
      upos_.push_back(inside ? analysis_.upos(w) : Upos::X);
      if (inside && analysis_.upos(w) != Upos::X) around.has_tags = true;
      around.blocked.push_back(inside && w < context_.time_of_word.size() &&
                               context_.time_of_word[w] != Context::kNone);
      around.labelled.push_back(inside && hangs_on_label(w));
    }
    around.upos = upos_;
    const bool prison = speaks_of_prison(atoms_, words_);

    const std::size_t first_draft = drafts_.size();
    std::vector<FigureExpression> expressions = find_figures(atoms_, around, words_);
    for (std::size_t k = 0; k < expressions.size(); ++k) {
      FigureExpression& e = expressions[k];
      Draft draft;
      draft.part_of_next = k + 1 < expressions.size() && is_share(e, expressions[k + 1]);
      draft.sentence = s;
      const ByteRange number{atoms_.bytes(e.number_first).begin, atoms_.bytes(e.number_last - 1).end};
      const ByteRange whole{atoms_.bytes(e.first).begin, atoms_.bytes(e.last - 1).end};
      draft.words = context_.words_at(sentence.words, whole);
      WordRange number_words = context_.words_at(sentence.words, number);
      if (number_words.empty()) continue;
      draft.counted = counted_by(analysis_, number_words, sentence.words, words_);
      draft.noun = counted_noun(analysis_, draft.counted.noun);
      draft.measure = e.measure.value_or(draft.counted.measure);
      draft.expression = std::move(e);
      // "57 escaped": whoever they are; large bare numbers are people.
      if (!draft.counted.settled && draft.measure == Measure::people &&
          draft.expression.value < 100.0) {
        draft.measure = Measure::other;
      }
      if (draft.measure == Measure::vote && !draft.expression.measure && will_vote(draft)) draft.measure = Measure::people;
      settle_by_entity(draft);
      settle_by_sentence(draft);
      tie_parts(draft, first_draft);
      if (significant(draft)) {
        add(std::move(draft));
        tie_share(first_draft);
      }
    }
    tie_joined(first_draft);
    tie_sums(first_draft);
    return prison;
  }

  static std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }

  /// A noun that no list knows counts people where the record knows it for a person's or a group's.
  void settle_by_entity(Draft& draft) const {
    if (draft.measure != Measure::other || draft.expression.measure || draft.counted.noun == kNoWord ||
        words_.nouns.contains(draft.noun) || context_.entity_at_head.size() != analysis_.size()) {
      return;
    }
    const std::int32_t entity = context_.entity_of_phrase(draft.counted.noun);
    if (entity == Context::kNone) return;
    const EntityKind kind = context_.record.entities[static_cast<std::size_t>(entity)].kind;
    if (kind == EntityKind::person || kind == EntityKind::group || kind == EntityKind::nationality) {
      draft.measure = Measure::people;
      draft.counted.settled = true;
    }
  }

  /// "33,000 workers will vote on Monday": people, no votes yet.
  bool will_vote(const Draft& draft) const {
    const Word verb = draft.counted.governor;
    if (verb == kNoWord || draft.counted.noun == kNoWord || analysis_.upos(verb) != Upos::VERB) return false;
    const auto cue = words_.nouns.find(draft.noun);
    if (cue == words_.nouns.end() || cue->second.measure != Measure::people) return false;
    const Word aux = analysis_.child(verb, "aux");
    return analysis_.xpos(verb) != "VBD" && aux != kNoWord && analysis_.xpos(aux) == "MD";
  }

  /// Lorries are aid where the sentence or one beside it speaks of aid; a bare number is a vote where it speaks of a vote.
  void settle_by_sentence(Draft& draft) const {
    const auto speaks_of = [&](const std::unordered_set<std::string>& contexts, std::size_t around) {
      const std::size_t first = draft.sentence >= around ? draft.sentence - around : 0;
      const std::size_t last = std::min(draft.sentence + around + 1, analysis_.sentences().size());
      for (std::size_t s = first; s < last; ++s) {
        const WordRange sentence = analysis_.sentences()[s].words;
        for (Word w = sentence.first; w < sentence.last; ++w) {
          if (contexts.contains(lowered(analysis_.form(w)))) return true;
        }
      }
      return false;
    };
    if (draft.measure == Measure::aid && !draft.expression.measure) {
      const auto cue = words_.nouns.find(draft.noun);
      if (cue != words_.nouns.end() && cue->second.weak && !speaks_of(words_.aid_contexts, 1)) draft.measure = Measure::other;
    } else if (draft.measure == Measure::other && draft.counted.noun == kNoWord && !draft.counted.settled &&
               speaks_of(words_.vote_contexts, 0)) {
      draft.measure = Measure::vote;
      draft.counted.settled = true;
    }
  }

  /// "Resolution 2728", "Channel 12": the number hangs on the noun right before it.
  bool hangs_on_label(Word w) const {
    const Word head = analysis_.head(w);
    if (head == kNoWord || head >= w || w - head > 2) return false;
    if (w - head == 2 && analysis_.form(head + 1) != ".") return false;
    const Upos tag = analysis_.upos(head);
    if (tag != Upos::NOUN && tag != Upos::PROPN) return false;
    const std::string_view relation = analysis_.relation(w);
    return relation == "nummod" || relation == "nmod:unmarked" || relation == "compound" || relation == "dep" ||
           relation == "flat";  // "the S&P 500"
  }

  bool people_measure(Measure measure) const {
    switch (measure) {
      case Measure::killed: case Measure::injured: case Measure::missing: case Measure::held:
      case Measure::released: case Measure::detained: case Measure::displaced: case Measure::refugees:
      case Measure::at_risk: case Measure::attackers: case Measure::troops: case Measure::people:
        return true;
      default: return false;
    }
  }

  /// A part of the figure before it ("including 12 children", "419 of them", "the first 477"), or one
  /// that says what it counts only with that one ("84 dead and 200").
  void tie_parts(Draft& draft, std::size_t first_draft) {
    const FigureExpression& e = draft.expression;
    const bool share = e.measure == Measure::percent;
    const bool countable = !e.measure || *e.measure == Measure::aid || *e.measure == Measure::sentence;
    if (e.measure == Measure::money && drafts_.size() > first_draft && drafts_.back().measure == Measure::money &&
        phrase(e.unit_last, FigureWord::Kind::back, atoms_.size())) {
      draft.part_of = drafts_.size() - 1;  // "$300 billion of reserves, 200 billion of which"
    } else if (e.measure == Measure::money && drafts_.size() > first_draft && drafts_.back().measure == Measure::money &&
               e.first > 0 && (atoms_.is(e.first - 1, "(") || atoms_.is(e.first - 1, "or")) && e.unit != drafts_.back().expression.unit) {
      draft.part_of = drafts_.size() - 1;  // "54 billion CFA francs ($85 million)": the same sum
    }
    if (!countable && !share) return;
    std::size_t before = kNoFigure;
    for (std::size_t k = drafts_.size(); k-- > 0 && draft.sentence - drafts_[k].sentence <= 1;) {
      const bool counts = drafts_[k].measure != Measure::percent && drafts_[k].measure != Measure::money &&
                          drafts_[k].measure != Measure::distance && drafts_[k].measure != Measure::size;
      if (counts) {
        before = k;
        break;
      }
    }
    if (share && of_it(e.unit_last) && drafts_.size() > first_draft) {
      draft.part_of = drafts_.size() - 1;  // "asked for $2.7 billion and received 28 percent of it"
      return;
    }
    if (before == kNoFigure) return;
    const bool same_sentence = before >= first_draft;
    if (share) {  // "28 percent of it", "60 percent of them"
      const bool behind = phrase(e.unit_last, FigureWord::Kind::including, atoms_.size()) || of_it(e.unit_last);
      // "880,000 refugees, of whom 88 per cent are women"
      const bool in_front = before >= first_draft && looks_back_before(e.first);
      if (behind || in_front) draft.part_of = before;
      return;
    }
    // "Of the 58 still held, 35 are dead"
    if (same_sentence && drafts_.size() == first_draft + 1 && atoms_.is(0, "of") && drafts_[before].expression.first <= 2 &&
        e.value <= drafts_[before].expression.value) {
      draft.part_of = before;
      return;
    }
    draft.looks_back = looks_back(e);
    bool part = opens_with_of_these(e.first);
    if (draft.looks_back && draft.counted.noun != kNoWord && same_sentence) {
      part = true;
      // "500 officers and three generals among them": the whole is before the first of the two.
      std::size_t k = before;
      while (k > first_draft && drafts_[k].expression.value < e.value) --k;
      if (k > first_draft && joined(drafts_[k], draft) && drafts_[k - 1].expression.value >= drafts_[k].expression.value) --k;
      before = k;
    }
    // "At least 940 have been killed. It counts 588 civilians among the dead": those of the sentence before.
    if (draft.looks_back && !same_sentence && draft.counted.noun != kNoWord && drafts_.size() == first_draft &&
        e.value <= drafts_[before].expression.value && drafts_[before].measure == Measure::killed && among_dead(e)) {
      draft.part_of = before;
      draft.measure = Measure::killed;
      return;
    }
    const Draft& whole = drafts_[before];
    // "14 children and nine women" after "including": parts of the same whole.
    if (!part && same_sentence && whole.part_of != kNoFigure && coordinated(whole, draft) &&
        e.value <= drafts_[whole.part_of].expression.value) {
      draft.part_of = whole.part_of;
      if (!draft.counted.by_governor) draft.measure = whole.measure;
      return;
    }
    // "24 of whom were captured and three wounded": both are parts of the whole before them.
    if (!part && same_sentence && whole.part_of != kNoFigure && draft.counted.noun == kNoWord && e.first > 0 &&
        atoms_.is(e.first - 1, "and") && phrase(whole.expression.unit_last, FigureWord::Kind::back, atoms_.size()) &&
        e.value <= drafts_[whole.part_of].expression.value) {
      draft.part_of = whole.part_of;
      return;
    }
    // "shot down 87 of the missiles", of which the sentence told the number
    if (!part && !draft.noun.empty() && atoms_.is(e.unit_last, "of") && atoms_.is(e.unit_last + 1, "the")) {
      for (std::size_t k = drafts_.size(); k-- > 0 && draft.sentence - drafts_[k].sentence <= 1;) {
        if (drafts_[k].noun != draft.noun || drafts_[k].expression.value < e.value) continue;
        draft.part_of = k;
        return;
      }
    }
    // Between the two, or right before the number. "five of them" has its own "of them" behind it.
    std::size_t from = same_sentence ? whole.expression.unit_last : 0;
    if (same_sentence && whole.part_of != kNoFigure) {
      if (const auto own = words_.words.find(atoms_, from)) from += own.size;
    }
    for (std::size_t i = from; same_sentence && i < e.first && !part; ++i) part = phrase(i, FigureWord::Kind::including, e.first);
    // Right behind it: "of them", "of whom", "419 bodies, of them".
    std::size_t behind = e.unit_last;
    if (!part && phrase(behind, FigureWord::Kind::including, atoms_.size()) && draft.counted.noun == kNoWord) part = true;
    // "the first 477", "the other 12".
    if (!part && e.number_first > 0) {
      const std::string_view which = atoms_.key(e.first > 0 ? e.first - 1 : 0);
      const bool row = which == "first" || which == "remaining" || which == "last" || which == "final";
      if (row && e.first > 1 && atoms_.is(e.first - 2, "the")) part = true;
    }
    const bool smaller = e.value <= whole.expression.value;
    if (part && smaller) {
      draft.part_of = before;
      if (!draft.counted.by_governor || !draft.counted.settled) {
        if (people_measure(whole.measure) || !draft.counted.settled) draft.measure = whole.measure;
      }
      if (draft.noun.empty()) draft.noun = whole.noun;
      return;
    }
    // A number alone counts what the one before it counts.
    const bool lends = people_measure(whole.measure) || whole.measure == Measure::weapons ||
                       whole.measure == Measure::aid || whole.measure == Measure::vote;
    // "killed 3,000 people and infected 114,000": a verb of its own says what it counts.
    const Word above = draft.counted.head < analysis_.size() ? analysis_.head(draft.counted.head) : kNoWord;
    const bool own_verb = above != kNoWord && analysis_.base_relation(draft.counted.head) == "obj" &&
                          analysis_.upos(above) == Upos::VERB && above != whole.counted.governor;
    if (!draft.counted.settled && draft.counted.noun == kNoWord && same_sentence && !e.measure && lends && !own_verb) {
      draft.measure = whole.measure;
      draft.counted.settled = true;
      draft.noun = whole.noun;
    }
  }

  /// "of whom 88 per cent": the phrase that looks back stands in front.
  bool looks_back_before(std::size_t first) const {
    for (std::size_t i = first > 3 ? first - 3 : 0; i < first; ++i) {
      const auto match = words_.words.find(atoms_, i);
      if (match && i + match.size == first && phrase(i, FigureWord::Kind::back, first)) return true;
    }
    return false;
  }

  /// "of it", behind a share.
  bool of_it(std::size_t i) const { return atoms_.is(i, "of") && atoms_.is(i + 1, "it"); }

  /// "Of these, 43 million are refugees".
  bool opens_with_of_these(std::size_t first) const {
    if (first < 2 || first > 4 || !atoms_.is(0, "of")) return false;
    return atoms_.is(1, "these") || atoms_.is(1, "them") || atoms_.is(1, "those");
  }

  bool joined(const Draft& first, const Draft& second) const {
    if (!coordinated(first, second)) return false;
    for (std::size_t i = first.expression.unit_last; i < second.expression.first; ++i) {
      if (atoms_.is(i, "and")) return true;
    }
    return false;
  }

  bool coordinated(const Draft& first, const Draft& second) const {
    const Word a = first.counted.head, b = second.counted.head;
    return b < analysis_.size() && analysis_.base_relation(b) == "conj" && analysis_.head(b) == a;
  }

  /// "54 of 59 drones": the figure before the last one is a part of that.
  void tie_share(std::size_t first_draft) {
    if (drafts_.size() < first_draft + 2) return;
    const std::size_t whole = drafts_.size() - 1;
    Draft& part = drafts_[whole - 1];
    const Draft& all = drafts_[whole];
    if (!part.part_of_next) return;
    part.part_of = whole;
    if (part.measure == Measure::percent) return;
    part.noun = all.noun;
    if (!part.counted.by_governor || !people_measure(all.measure)) part.measure = all.measure;
    figures_[whole - 1].measure = part.measure;
    figures_[whole - 1].of = figures_[whole].of;
  }

  bool is_share(const FigureExpression& part, const FigureExpression& all) const {
    const bool percent = part.measure == Measure::percent;  // "14 percent of the $409 million"
    if (!percent && (part.measure || part.value > all.value)) return false;
    const std::size_t gap = part.unit_last;
    const auto match = words_.words.find(atoms_, gap);
    return match && gap + match.size == all.first && phrase(gap, FigureWord::Kind::of, all.first);
  }

  /// "137 of them, 76 girls and 61 boys": figures that make up the one before them are its parts.
  void tie_sums(std::size_t first_draft) {
    for (std::size_t whole = first_draft; whole + 2 < drafts_.size(); ++whole) {
      if (drafts_[whole].expression.measure || drafts_[whole].expression.range) continue;
      double sum = 0.0;
      std::size_t last = whole + 1;
      for (; last < drafts_.size() && last - whole <= 5 && sum < drafts_[whole].expression.value; ++last) {
        if (drafts_[last].expression.measure || drafts_[last].expression.range) break;
        sum += drafts_[last].expression.value;
      }
      if (sum != drafts_[whole].expression.value || last - whole < 3 || !listed_behind(drafts_[whole], drafts_[whole + 1], drafts_[last - 1])) continue;
      for (std::size_t part = whole + 1; part < last; ++part) {
        drafts_[part].part_of = whole;
        if (drafts_[part].counted.by_governor) continue;
        figures_[part].measure = drafts_[part].measure = drafts_[whole].measure;
      }
    }
  }

  /// Behind a comma or colon, with no verb between: an apposition.
  bool listed_behind(const Draft& whole, const Draft& first, const Draft& last) const {
    bool mark = false;
    for (std::size_t i = whole.expression.unit_last; i < last.expression.first; ++i) {
      mark = mark || (i < first.expression.first && (atoms_.is(i, ",") || atoms_.is(i, ":") || atoms_.is(i, "-")));
      if (upos_[i] == Upos::VERB || upos_[i] == Upos::AUX) return false;
    }
    return mark;
  }

  /// "500 officers and three generals among them": what is joined with the part is a part too.
  void tie_joined(std::size_t first_draft) {
    for (std::size_t k = drafts_.size(); k-- > first_draft + 1;) {
      const Draft& part = drafts_[k];
      Draft& before = drafts_[k - 1];
      if (!part.looks_back || part.part_of == kNoFigure || before.part_of != kNoFigure || part.part_of >= k - 1) continue;
      if (!joined(before, part)) continue;
      before.part_of = part.part_of;
      if (!before.counted.by_governor) figures_[k - 1].measure = before.measure = drafts_[part.part_of].measure;
    }
  }

  /// "two children among them": behind the counted, looking back.
  bool looks_back(const FigureExpression& e) const {
    for (std::size_t i = e.unit_last; i < e.unit_last + 5 && i < atoms_.size(); ++i) {
      if (phrase(i, FigureWord::Kind::back, atoms_.size())) {
        const auto match = words_.words.find(atoms_, i);
        const std::size_t after = i + match.size;
        return after >= atoms_.size() || (!atoms_.is_number(after) && upos_[after] != Upos::NUM);
      }
      if (!atoms_.is_word(i)) return false;
    }
    return false;
  }

  bool among_dead(const FigureExpression& e) const {
    for (std::size_t i = e.unit_last; i < e.unit_last + 5 && i + 2 < atoms_.size(); ++i) {
      if (atoms_.is(i, "among") && atoms_.is(i + 1, "the")) return true;
    }
    return false;
  }

  bool phrase(std::size_t i, FigureWord::Kind kind, std::size_t limit) const {
    const auto match = words_.words.find(atoms_, i);
    if (!match || i + match.size > limit) return false;
    return std::any_of(match.values->begin(), match.values->end(),
                       [&](const FigureWord& word) { return word.kind == kind; });
  }

  /// Whether a reader would miss it: small counts of things that are no measure's are left out.
  bool significant(const Draft& draft) const {
    const FigureExpression& e = draft.expression;
    if (e.measure) return true;
    const bool dull = words_.small.contains(draft.noun);
    const double n = e.value;
    switch (draft.measure) {
      case Measure::people:
        if (n == 1.0) return false;
        if (draft.part_of_next) return true;
        return !(n <= 12.0 && dull) || !e.qualifier.empty();
      case Measure::event_count:
        return n > 1.0;
      case Measure::other:
        if (draft.part_of != kNoFigure || draft.part_of_next) return true;
        if (!draft.counted.settled && draft.counted.noun == kNoWord && n < 13.0) return false;
        if (e.plain_word && n <= 12.0) return false;
        return !(dull && n <= 20.0);
      case Measure::weapons:
      case Measure::aid:
        return n > 1.0 || draft.counted.noun != kNoWord;
      default:
        return n != 1.0 || draft.counted.by_governor;
    }
  }

  void add(Draft draft) {
    Figure figure;
    const FigureExpression& e = draft.expression;
    figure.low = e.low;
    figure.high = e.high;
    if (!e.qualifier.empty()) figure.qualifier = e.qualifier;
    figure.measure = draft.measure;
    if (!e.unit.empty()) figure.unit = e.unit;
    figure.of = counted_text(draft);
    if (context_.entity_of_word.size() == analysis_.size() &&
        context_.entity_at_head.size() == analysis_.size() && draft.counted.noun != kNoWord) {
      figure.of_entity = context_.entity_id(context_.entity_of_phrase(draft.counted.noun));
    }
    figure.attributed_to = sources_.of(draft.counted.head);
    if (!figure.attributed_to && draft.part_of != kNoFigure && drafts_[draft.part_of].sentence == draft.sentence) {
      figure.attributed_to = figures_[draft.part_of].attributed_to;  // "33 are dead, he said, including 12 children"
    }
    if (!figure.attributed_to && !drafts_.empty() && draft.sentence == drafts_.back().sentence + 1 &&
        sources_.counted_by_pronoun(draft.counted.head)) {
      figure.attributed_to = figures_.back().attributed_to;  // "It counted 361 injured"
    }
    figure.span = context_.document.span(ByteRange{atoms_.bytes(e.first).begin, atoms_.bytes(e.last - 1).end});
    date_figure(context_, draft.counted.head, draft.counted.governor, figure);
    drafts_.push_back(std::move(draft));
    figures_.push_back(std::move(figure));
  }

  /// The counted things in the text's words: "Israeli hostages"; for shares what they are of.
  std::optional<std::string> counted_text(const Draft& draft) const {
    const FigureExpression& e = draft.expression;
    if (e.measure == Measure::money || e.measure == Measure::distance || e.measure == Measure::sentence) return std::nullopt;
    std::size_t at = e.unit_last;
    Word first = kNoWord;
    if (e.measure) {
      // "40 percent of voters", "1,200 tonnes of flour".
      if (!atoms_.is(at, "of") || at + 1 >= atoms_.size()) return std::nullopt;
      first = word_of_atom_[at + 1];
      Word head = kNoWord;
      for (Word w = first; w < first + 6 && w < analysis_.size() && analysis_.sentence_of(w) == analysis_.sentence_of(first); ++w) {
        const Upos tag = analysis_.upos(w);
        if (tag == Upos::NOUN || tag == Upos::PROPN || tag == Upos::PRON) head = w;
        else if (tag != Upos::ADJ && tag != Upos::DET && tag != Upos::PART && tag != Upos::NUM) break;
      }
      if (head == kNoWord || analysis_.upos(first) == Upos::PRON) return std::nullopt;
      return std::string(context_.slice(WordRange{first, head + 1}));
    }
    Word noun = draft.counted.noun;
    // "50 women and children".
    if (noun != kNoWord && noun + 2 < analysis_.size() && analysis_.base_relation(noun + 2) == "conj" &&
        analysis_.head(noun + 2) == noun && analysis_.upos(noun + 1) == Upos::CCONJ) {
      noun += 2;
    }
    if (noun == kNoWord || at >= atoms_.size() || noun < draft.words.last) return std::nullopt;
    if (atoms_.is(at, "-")) ++at;
    while (atoms_.is(at, "of") || atoms_.is(at, "the") || atoms_.is(at, "more") || atoms_.is(at, "other")) ++at;
    if (at >= atoms_.size()) return std::nullopt;
    first = word_of_atom_[at];
    if (first == kNoWord || first > noun || noun - first > 8) return std::nullopt;
    return std::string(context_.slice(WordRange{first, noun + 1}));
  }

  // --- the whole report --------------------------------------------------------------------------------
  /// "34,568 people" after "at least 34,568 people" is the same figure told again.
  void tie_repetitions() {
    std::map<std::pair<double, Measure>, std::vector<std::size_t>> seen;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      Draft& draft = drafts_[i];
      auto& same = seen[{draft.expression.value, draft.measure}];
      if (draft.part_of == kNoFigure) {
        // Few figures of a report share value and measure; 16 candidates bound the search.
        for (std::size_t k = 0; k < same.size() && k < 16; ++k) {
          if (repeats(drafts_[same[k]], draft)) {
            draft.part_of = same[k];
            break;
          }
        }
      }
      if (draft.part_of == kNoFigure) same.push_back(i);
    }
  }

  bool repeats(const Draft& first, const Draft& again) const {
    const FigureExpression& a = first.expression;
    const FigureExpression& b = again.expression;
    if (a.unit != b.unit || a.range != b.range || (a.range && (a.high != b.high))) return false;
    const bool same_noun = first.noun == again.noun || first.noun.empty() || again.noun.empty();
    if (a.measure || people_measure(first.measure)) {
      // Round or small numbers may be anything; 34,568 is 34,568.
      if (first.measure == Measure::distance) return false;
      if (first.measure == Measure::percent) {
        const bool telling = a.value >= 20.0 || a.value != std::floor(a.value);
        return telling && same_noun && first.sentence != again.sentence && !a.fraction && !b.fraction;
      }
      return a.value >= 20.0 ? (same_noun || a.value >= 100.0) : first.noun == again.noun && first.sentence != again.sentence;
    }
    return first.noun == again.noun && !first.noun.empty() && first.sentence != again.sentence && a.value >= 3.0;
  }

  void write() {
    auto& out = context_.record.figures;
    context_.figure_of_word.assign(analysis_.size(), Context::kNone);
    const std::size_t offset = out.size();
    for (std::size_t i = 0; i < figures_.size(); ++i) {
      figures_[i].id = "f" + std::to_string(offset + i + 1);
      if (drafts_[i].part_of != kNoFigure) figures_[i].part_of = "f" + std::to_string(offset + drafts_[i].part_of + 1);
      for (Word w = drafts_[i].words.first; w < drafts_[i].words.last; ++w) {
        context_.figure_of_word[w] = static_cast<std::int32_t>(offset + i);
      }
      out.push_back(std::move(figures_[i]));
    }
  }

  Context& context_;
  const Analysis& analysis_;
  const FigureWords& words_;
  const FigureSources sources_;
  Atoms atoms_;
  std::vector<Upos> upos_;
  std::vector<Word> word_of_atom_;
  std::vector<Draft> drafts_;
  std::vector<Figure> figures_;  // beside drafts_
};

}  // namespace

void extract_figures(Context& context) { Extractor(context).run(); }

}  // namespace parley
