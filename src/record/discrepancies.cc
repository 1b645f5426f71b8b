// Idea: two records disagree when they speak of one thing and cannot both be right. That they speak of one thing has to
// be shown by the text, not guessed: a figure in the headline and the first one of its measure in the body; two
// sources beside each other; a new figure put in place of an old one; a deed and its denial by the same verb with the
// same object; a quotation told twice with one word changed. A reader forgives a missed one, not a false alarm.
//
// Example: "Rescuers say 135 died. The minister spoke of 141 dead." -> figure, between the two.
// Counter-example: "At least 40 died, a doctor said; the council counted 43": 43 lies in the range of "at least 40".
//
// Cost: linear in words; figures are compared with the next few of their measure, verbs through a map by lemma,
// quotations and accusations with the next few. Test: tests/record/marked_records_test.cc.
#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "record/extract.h"
#include "record/proposal_draft.h"
#include "record/statement_quotes.h"
#include "record/statement_tree.h"

namespace parley {
namespace {

constexpr std::size_t kNextFigures = 4;      // of one measure that a figure is compared with
constexpr std::uint32_t kNearSentences = 2;
constexpr std::uint32_t kFirstSentences = 3; // of the body, beside the headline
constexpr std::size_t kNextQuotations = 12;
constexpr std::size_t kSameVerb = 6;         // clauses with one verb that a denial is compared with
constexpr std::size_t kNextAccusations = 4;

class Finder {
 public:
  explicit Finder(Context& context)
      : context_(context), analysis_(context.analysis), words_(context.knowledge.discrepancies) {}

  void find() {
    place_figures();
    figures();
    place_events();
    denied();
    accusations();
    headline_against_body();
    quotations();
    std::vector<Discrepancy>& all = context_.record.discrepancies;
    for (std::size_t i = 0; i < all.size(); ++i) all[i].id = "d" + std::to_string(i + 1);
  }

 private:
  void add(DiscrepancyKind kind, const Id& a, const Id& b, std::string note) {
    for (const Discrepancy& known : context_.record.discrepancies) {
      if (known.kind == kind && known.between == std::vector<Id>{a, b}) return;
    }
    context_.record.discrepancies.push_back({"", kind, {a, b}, std::move(note)});
  }

  SectionKind section(std::uint32_t sentence) const {
    return sentence < context_.section_of_sentence.size() ? context_.section_of_sentence[sentence] : SectionKind::body;
  }

  std::string said(Span span) const { return std::string(context_.document.slice(span)); }
  std::string name_of(const std::optional<Id>& id) const {
    const Entity* entity = id ? context_.record.entity(*id) : nullptr;
    return entity == nullptr ? std::string() : entity->name;
  }

  // --- figures -------------------------------------------------------------------------------------

  struct Placed {
    std::size_t figure;
    Word word;
    std::uint32_t sentence;
    std::uint32_t in_body;  // sentences of the body before it; the headline counts as 0
    bool headline;
  };

  void place_figures() {
    const auto& of_word = context_.figure_of_word;
    std::uint32_t body = 0;
    std::int32_t last = Context::kNone;
    for (std::uint32_t s = 0; s < analysis_.sentences().size(); ++s) {
      const WordRange words = analysis_.sentences()[s].words;
      const bool headline = section(s) == SectionKind::headline || section(s) == SectionKind::dek;
      for (Word w = words.first; w < words.last && w < of_word.size(); ++w) {
        if (of_word[w] == Context::kNone || of_word[w] == last) continue;
        last = of_word[w];
        const auto index = static_cast<std::size_t>(last);
        if (words_.measured_once(context_.record.figures[index].measure)) {
          by_measure_[context_.record.figures[index].measure].push_back({index, w, s, body, headline});
        }
      }
      if (!headline) ++body;
    }
  }

  void figures() {
    for (const auto& [measure, list] : by_measure_) {
      for (std::size_t i = 0; i < list.size(); ++i) {
        for (std::size_t k = i + 1; k < list.size() && k <= i + kNextFigures; ++k) compare(list[i], list[k]);
      }
    }
  }

  void compare(const Placed& first, const Placed& second) {
    const Figure& a = context_.record.figures[first.figure];
    const Figure& b = context_.record.figures[second.figure];
    if (a.part_of || b.part_of || a.unit != b.unit || !apart(a, b) || !same_thing(a, b)) return;
    const bool old_and_new = revises(first, second);
    if (first.headline != second.headline) {
      const Placed& body = first.headline ? second : first;
      if (body.in_body >= kFirstSentences && !old_and_new) return;
    } else if (!old_and_new && !two_sources(first, second, a, b)) {
      return;
    }
    if (!old_and_new && (other_place(first, second) || other_day(first, second))) return;
    add(old_and_new ? DiscrepancyKind::revision : DiscrepancyKind::figure, a.id, b.id, note(a, b, old_and_new));
  }

  static bool apart(const Figure& a, const Figure& b) {
    constexpr double kNo = std::numeric_limits<double>::infinity();
    const double a_low = a.low.value_or(-kNo), a_high = a.high.value_or(kNo);
    const double b_low = b.low.value_or(-kNo), b_high = b.high.value_or(kNo);
    return a_high < b_low || b_high < a_low;
  }

  std::string last_noun(const Figure& figure) const {
    if (!figure.of) return {};
    std::string out = figure.of->substr(figure.of->find_last_of(' ') + 1);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (out.size() > 3 && out.ends_with('s') && !out.ends_with("ss")) out.pop_back();
    return out;
  }

  bool same_thing(const Figure& a, const Figure& b) const {
    const std::string of_a = last_noun(a), of_b = last_noun(b);
    const bool general_a = of_a.empty() || words_.general_noun(of_a);
    const bool general_b = of_b.empty() || words_.general_noun(of_b);
    return of_a == of_b || (general_a && general_b) || of_a.empty() || of_b.empty();
  }

  // "rose to 670", "was later revised to 90", "first gave a toll of 60": one of the two is an old figure.
  bool revises(const Placed& first, const Placed& second) const {
    if (first.sentence == second.sentence) {
      const Word verb = verb_over(second.word);
      return verb != kNoWord && verb == verb_over(first.word) && words_.revising(lemma_of(analysis_, verb));
    }
    if (second.sentence - first.sentence > kNearSentences && !first.headline) return false;
    const Word verb = verb_over(second.word);
    if (verb == kNoWord || !words_.revising(lemma_of(analysis_, verb))) return tells_old(second) || tells_old(first);
    return true;
  }

  bool tells_old(const Placed& figure) const {
    const Word verb = verb_over(figure.word);
    if (verb == kNoWord) return false;
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) == "advmod" && words_.once(lemma_of(analysis_, child))) return true;
    }
    return false;
  }

  Word verb_over(Word w) const {
    for (int step = 0; step < 6 && w != kNoWord; ++step) {
      if (analysis_.upos(w) == Upos::VERB) return w;
      w = analysis_.head(w);
    }
    return kNoWord;
  }

  // Beside each other, and somebody else gives the second one.
  bool two_sources(const Placed& first, const Placed& second, const Figure& a, const Figure& b) const {
    if (second.sentence - first.sentence > 1) return false;
    const std::optional<Id> of_a = source_of(first, a), of_b = source_of(second, b);
    if (of_b) return of_a != of_b && (of_a || first.sentence != second.sentence || a.attributed_to);
    return false;
  }

  // Who gives it: the record says, or the verb over it has a person or body for its subject that tells ("spoke of
  // 141 dead").
  std::optional<Id> source_of(const Placed& placed, const Figure& figure) const {
    if (figure.attributed_to) return figure.attributed_to;
    const Word verb = verb_over(placed.word);
    if (verb == kNoWord || context_.knowledge.statements.verb(lemma_of(analysis_, verb)) == nullptr) return std::nullopt;
    const Word subject = subject_of(analysis_, verb).head;
    return subject == kNoWord ? std::nullopt : context_.entity_id(context_.entity_of_phrase(subject));
  }

  std::set<std::string> named_places(std::uint32_t sentence) const {
    std::set<std::string> out;
    const WordRange words = analysis_.sentences()[sentence].words;
    for (Word w = words.first; w < words.last; ++w) {
      const std::int32_t entity = context_.entity_at_head.empty() ? Context::kNone : context_.entity_at_head[w];
      if (entity == Context::kNone) continue;
      const Entity& who = context_.record.entities[static_cast<std::size_t>(entity)];
      if (who.kind != EntityKind::place && who.kind != EntityKind::country && who.kind != EntityKind::facility) continue;
      const std::string preposition = preposition_of(analysis_, w);
      if (preposition == "in" || preposition == "at" || preposition == "near" || preposition == "on") out.insert(who.id);
    }
    return out;
  }

  static bool disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
    if (a.empty() || b.empty()) return false;
    return std::none_of(a.begin(), a.end(), [&](const std::string& x) { return b.contains(x); });
  }

  bool other_place(const Placed& a, const Placed& b) const {
    return a.sentence != b.sentence && disjoint(named_places(a.sentence), named_places(b.sentence));
  }

  std::set<std::string> days(std::uint32_t sentence) const {
    std::set<std::string> out;
    const WordRange words = analysis_.sentences()[sentence].words;
    for (Word w = words.first; w < words.last && w < context_.time_of_word.size(); ++w) {
      if (context_.time_of_word[w] == Context::kNone) continue;
      const Time& time = context_.record.times[static_cast<std::size_t>(context_.time_of_word[w])];
      if (time.type == TimeType::date && !time.value.ends_with("_REF")) out.insert(time.value);
    }
    return out;
  }

  bool other_day(const Placed& a, const Placed& b) const {
    return a.sentence != b.sentence && disjoint(days(a.sentence), days(b.sentence));
  }

  std::string note(const Figure& a, const Figure& b, bool revised) const {
    const auto told = [&](const Figure& figure) {
      std::string out = "\"" + said(figure.span) + "\"";
      if (const std::string source = name_of(figure.attributed_to); !source.empty()) out += " (" + source + ")";
      return out;
    };
    std::string of = name(a.measure);
    std::replace(of.begin(), of.end(), '_', ' ');
    std::string out = revised ? "The number of " : "Two numbers of ";
    out += of;
    out += revised ? " changes: " : ": ";
    out += told(a);
    out += revised ? " and later " : " and ";
    out += told(b);
    out += '.';
    return out;
  }

  // --- deeds ---------------------------------------------------------------------------------------

  struct Deed {
    Word verb;
    std::int32_t statement;   // whose content it is in, or kNone
    std::int32_t event;       // the event whose trigger it is, or kNone
    std::set<std::string> things;  // lemmas and entities of its arguments
  };

  void place_events() {
    event_of_word_.assign(analysis_.size(), Context::kNone);
    std::vector<std::pair<std::uint32_t, std::int32_t>> starts;
    for (std::size_t i = 0; i < context_.record.events.size(); ++i) {
      starts.push_back({context_.record.events[i].trigger.begin, static_cast<std::int32_t>(i)});
    }
    std::sort(starts.begin(), starts.end());
    std::size_t at = 0;
    for (Word w = 0; w < analysis_.size(); ++w) {
      const Span span = context_.span(w);
      while (at < starts.size() && starts[at].first < span.begin) ++at;
      for (std::size_t k = at; k < starts.size() && starts[k].first < span.end; ++k) {
        if (event_of_word_[w] == Context::kNone) event_of_word_[w] = starts[k].second;
      }
    }
  }

  Deed deed_at(Word verb) const {
    Deed out{verb, context_.statement_of_word.empty() ? Context::kNone : context_.statement_of_word[verb],
             event_of_word_[verb], {}};
    for (const Word child : analysis_.children(verb)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation != "obj" && analysis_.relation(child) != "nsubj:pass") continue;
      for (const Word w : with_conjuncts(analysis_, child)) out.things.insert(lemma_of(analysis_, w));
      const std::int32_t entity = context_.entity_of_phrase(child);
      if (entity != Context::kNone) out.things.insert(context_.record.entities[static_cast<std::size_t>(entity)].id);
    }
    return out;
  }

  // A deed told by somebody and the same one, by verb and object, in what another denies.
  void denied() {
    std::map<std::string, std::vector<Deed>> told;
    std::vector<Deed> denials;
    for (Word w = 0; w < analysis_.size(); ++w) {
      if (analysis_.upos(w) != Upos::VERB) continue;
      const std::string lemma = lemma_of(analysis_, w);
      if (words_.common_verb(lemma)) continue;
      const Deed deed = deed_at(w);
      if (deed.things.empty()) continue;
      const bool denial = deed.statement != Context::kNone &&
                          context_.record.statements[static_cast<std::size_t>(deed.statement)].act == Act::deny;
      if (denial) {
        denials.push_back(deed);
      } else if (!is_negated(analysis_, w) && !supposed(w) && told[lemma].size() < kSameVerb) {
        told[lemma].push_back(deed);
      }
    }
    for (const Deed& denial : denials) {
      for (const Deed& deed : told[lemma_of(analysis_, denial.verb)]) contradict(deed, denial);
    }
  }

  // "if they withdraw", "to withdraw", "would withdraw": not told as done.
  bool supposed(Word verb) const {
    for (const Word child : analysis_.children(verb)) {
      if (child > verb) break;
      if (analysis_.base_relation(child) == "aux" && analysis_.xpos(child) == "MD") return true;
      const std::string lemma = lemma_of(analysis_, child);
      if (analysis_.base_relation(child) == "mark" && (lemma == "if" || lemma == "to" || lemma == "whether")) return true;
    }
    return analysis_.xpos(verb) == "VB";
  }

  void contradict(const Deed& deed, const Deed& denial) {
    const bool shared = std::any_of(deed.things.begin(), deed.things.end(),
                                    [&](const std::string& thing) { return denial.things.contains(thing); });
    if (!shared) return;
    const std::vector<Statement>& statements = context_.record.statements;
    const Statement& denied = statements[static_cast<std::size_t>(denial.statement)];
    Id other;
    std::string by;
    if (deed.statement != Context::kNone) {
      const Statement& told = statements[static_cast<std::size_t>(deed.statement)];
      if (told.speaker && told.speaker == denied.speaker) return;
      other = told.id;
      by = name_of(told.speaker);
    }
    if (deed.event != Context::kNone) other = context_.record.events[static_cast<std::size_t>(deed.event)].id;
    if (other.empty()) return;
    const std::string denier = name_of(denied.speaker);
    std::string note = by.empty() ? "The report tells" : by + " says";
    note += " \"" + std::string(context_.slice(verb_group(analysis_, deed.verb))) + "\"; ";
    note += (denier.empty() ? "it is denied" : denier + " denies it") + ".";
    add(DiscrepancyKind::happened, other, denied.id, std::move(note));
  }

  // A blames B for a deed, and B somebody else.
  void accusations() {
    std::vector<const Event*> accusing;
    for (const Event& event : context_.record.events) {
      if (event.type == EventType::accuse && event.status == Status::actual && !event.recipients.empty()) {
        accusing.push_back(&event);
      }
    }
    for (std::size_t i = 0; i < accusing.size(); ++i) {
      for (std::size_t k = i + 1; k < accusing.size() && k <= i + kNextAccusations; ++k) {
        const Event& first = *accusing[i];
        const Event& second = *accusing[k];
        if (!shares(first.recipients, second.actors) || shares(first.recipients, second.recipients)) continue;
        if (!one_deed(first, second)) continue;
        add(DiscrepancyKind::who, first.id, second.id,
            name_of(first.recipients.front()) + ", whom " + (first.actors.empty() ? "one side" : name_of(first.actors.front())) +
                " blames, blames " + name_of(second.recipients.front()) + ".");
      }
    }
  }

  static bool shares(const std::vector<Id>& a, const std::vector<Id>& b) {
    return std::any_of(a.begin(), a.end(), [&](const Id& id) { return std::find(b.begin(), b.end(), id) != b.end(); });
  }

  // The two accusations speak of one deed: a noun or verb of action stands in both.
  bool one_deed(const Event& a, const Event& b) const {
    const std::set<std::string> words = content(a.evidence), others = content(b.evidence);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return others.contains(word); });
  }

  std::set<std::string> content(Span span) const {
    std::set<std::string> out;
    for (Word w = first_word(span.begin); w < analysis_.size() && context_.span(w).begin < span.end; ++w) {
      const std::string lemma = lemma_of(analysis_, w);
      const bool deed = analysis_.upos(w) == Upos::VERB || analysis_.predicate_at(w) != nullptr;
      const bool someone = !context_.entity_at_head.empty() && context_.entity_at_head[w] != Context::kNone;
      if (deed && !someone && !words_.common_verb(lemma)) out.insert(stem(lemma));
    }
    return out;
  }

  // "shelling" and "shell" are one.
  static std::string stem(std::string lemma) {
    if (lemma.size() > 6 && lemma.ends_with("ing")) lemma.resize(lemma.size() - 3);
    if (lemma.size() > 4 && lemma.ends_with('e')) lemma.pop_back();
    return lemma;
  }

  Word first_word(std::uint32_t begin) const {
    Word low = 0, high = analysis_.size();
    while (low < high) {
      const Word middle = low + (high - low) / 2;
      if (context_.span(middle).begin < begin) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // --- headline against body: when and where --------------------------------------------------------

  void headline_against_body() {
    std::map<std::string, Word> headline;  // verbs of the headline by lemma
    std::uint32_t body = 0;
    for (std::uint32_t s = 0; s < analysis_.sentences().size() && body < kFirstSentences; ++s) {
      const bool head = section(s) == SectionKind::headline;
      if (!head && section(s) != SectionKind::body) continue;
      const WordRange words = analysis_.sentences()[s].words;
      for (Word w = words.first; w < words.last; ++w) {
        if (event_of_word_[w] == Context::kNone) continue;
        const std::string lemma = stem(lemma_of(analysis_, w));
        if (head) headline.emplace(lemma, w);
        else if (const auto it = headline.find(lemma); it != headline.end()) same_event(it->second, w);
      }
      if (!head) ++body;
    }
  }

  void same_event(Word first, Word second) {
    const Event& a = context_.record.events[static_cast<std::size_t>(event_of_word_[first])];
    const Event& b = context_.record.events[static_cast<std::size_t>(event_of_word_[second])];
    if (a.type != b.type) return;
    const std::set<std::string> when_a = days_at(first), when_b = days_at(second);
    if (disjoint(when_a, when_b)) {
      add(DiscrepancyKind::when, a.id, b.id, "The headline dates it otherwise than the text does.");
    }
    const std::set<std::string> where_a = places_at(first), where_b = places_at(second);
    if (disjoint(where_a, where_b) && !one_holds_other(where_a, where_b)) {
      add(DiscrepancyKind::where, a.id, b.id, "The headline places it in " + name_of(*where_a.begin()) + ", the text in " +
                                                 name_of(*where_b.begin()) + ".");
    }
  }

  std::set<std::string> days_at(Word verb) const {
    std::set<std::string> out;
    for (const Word child : analysis_.children(verb)) {
      if (child >= context_.time_of_word.size() || context_.time_of_word[child] == Context::kNone) continue;
      const Time& time = context_.record.times[static_cast<std::size_t>(context_.time_of_word[child])];
      if (time.type == TimeType::date && !time.value.ends_with("_REF")) out.insert(time.value);
    }
    return out;
  }

  // Of the verb and of its object: "signed an accord in Khartoum".
  std::set<std::string> places_at(Word verb) const {
    std::set<std::string> out;
    const auto look = [&](Word governor) {
      for (const Word child : analysis_.children(governor)) {
        const std::string_view relation = analysis_.base_relation(child);
        if ((relation != "obl" && relation != "nmod") || preposition_of(analysis_, child) != "in") continue;
        const std::int32_t entity = context_.entity_of_phrase(child);
        if (entity == Context::kNone) continue;
        const Entity& who = context_.record.entities[static_cast<std::size_t>(entity)];
        if (who.kind == EntityKind::place || who.kind == EntityKind::country) out.insert(who.id);
      }
    };
    look(verb);
    if (const Word object = analysis_.child(verb, "obj"); object != kNoWord) look(object);
    return out;
  }

  // "in Qatar" and "in Doha"
  bool one_holds_other(const std::set<std::string>& a, const std::set<std::string>& b) const {
    const auto kinds = [&](const std::set<std::string>& ids, EntityKind kind) {
      return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
        const Entity* entity = context_.record.entity(id);
        return entity != nullptr && entity->kind == kind;
      });
    };
    return kinds(a, EntityKind::country) || kinds(b, EntityKind::country);
  }

  // --- quotations ----------------------------------------------------------------------------------

  struct Quoted {
    WordRange words;
    std::int32_t statement;
    std::vector<std::string> forms;  // in lower case: headlines capitalise
  };

  void quotations() {
    std::vector<Quoted> list;
    for (const Quotation& quotation : find_quotations(context_).list) {
      Quoted quoted{quotation.inner, Context::kNone, {}};
      for (Word w = quotation.inner.first; w < quotation.inner.last; ++w) {
        if (analysis_.upos(w) != Upos::PUNCT) quoted.forms.push_back(lower_form(w));
        if (!context_.statement_of_word.empty() && quoted.statement == Context::kNone) {
          quoted.statement = context_.statement_of_word[w];
        }
      }
      if (quoted.statement != Context::kNone && quoted.forms.size() >= 4) list.push_back(std::move(quoted));
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      for (std::size_t k = i + 1; k < list.size() && k <= i + kNextQuotations; ++k) {
        if (list[i].statement == list[k].statement || !one_word_changed(list[i].forms, list[k].forms)) continue;
        const std::vector<Statement>& statements = context_.record.statements;
        add(DiscrepancyKind::quote, statements[static_cast<std::size_t>(list[i].statement)].id,
            statements[static_cast<std::size_t>(list[k].statement)].id,
            "Quoted once as \"" + std::string(context_.slice(list[i].words)) + "\", once as \"" +
                std::string(context_.slice(list[k].words)) + "\".");
      }
    }
  }

  std::string lower_form(Word w) const {
    std::string out(analysis_.form(w));
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }

  // As long as each other and but for one or two words the same.
  static bool one_word_changed(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.size() != b.size()) return false;
    std::size_t changed = 0;
    for (std::size_t i = 0; i < a.size(); ++i) changed += a[i] != b[i];
    return changed > 0 && changed * 4 <= a.size();
  }

  Context& context_;
  const Analysis& analysis_;
  const DiscrepancyWords& words_;
  std::map<Measure, std::vector<Placed>> by_measure_;
  std::vector<std::int32_t> event_of_word_;
};

}  // namespace

void extract_discrepancies(Context& context) { Finder(context).find(); }

}  // namespace parley
