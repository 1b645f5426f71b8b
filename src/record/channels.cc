// Ways for aid and people - crossings, ports, corridors, convoys, airdrops, flights - and what the report says of
// their state.
//
// Idea: a way is a noun of data/channels with a name or a telling word beside it, or a place whose usual name
// ends in such a noun ("Kerem Shalom"). What is said of it is a verb it is object or subject of or that goes
// through it, a state it is or stays in, a participle behind it, or a noun of a deed done to it ("the
// reopening of"). Whether that has happened is the event layer's reading of the same word (event_status.h):
// "will reopen" is planned, "could no longer pass" is closed. Example: "The crossing, shut since May, will
// reopen on Sunday": closed, and planned. Counter-example: "a crossing of the river by rebels": no name, no
// telling word, no way. Cost: a few words around each noun. Test: tests/record/channels_test.cc.
#include <algorithm>
#include <set>
#include <utility>

#include "knowledge/actors.h"
#include "record/event_arguments.h"
#include "record/event_status.h"
#include "record/extract.h"

namespace parley {
namespace {

using Place = ChannelWords::Place;

constexpr Word kMostWords = 120;  // looked through around a verb: more than any sentence that people write

/// A way as the text calls it.
struct Way {
  Word head = kNoWord;
  WordRange words;
  ChannelKind kind = ChannelKind::other;
  bool moves = false;
  std::string name;
};

/// What is said of it.
struct Said {
  Word predicate = kNoWord;
  ChannelState state = ChannelState::open;
  bool doer = false;  ///< somebody else did it: look for who
};

class Finder {
 public:
  explicit Finder(Context& context)
      : context_(context),
        analysis_(context.analysis),
        words_(context.knowledge.channels),
        arguments_(context),
        status_(context, arguments_) {}

  void run() {
    for (const Sentence& sentence : analysis_.sentences()) {
      if (sentence.words.empty() || !reads(sentence.words.first)) continue;
      for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
        if (const auto way = way_at(w)) tell(*way);
      }
    }
  }

 private:
  bool reads(Word word) const {
    const SectionKind kind = context_.section_of_sentence[analysis_.sentence_of(word)];
    return kind != SectionKind::label && kind != SectionKind::boilerplate && kind != SectionKind::byline;
  }

  // --- ways ------------------------------------------------------------------------------------------

  std::optional<Way> way_at(Word w) {
    if (analysis_.upos(w) == Upos::PRON) return pronoun(w);
    if (analysis_.upos(w) != Upos::NOUN && analysis_.upos(w) != Upos::PROPN) return std::nullopt;
    const ChannelNoun* noun = words_.noun(arguments_.lemma(w));
    if (noun == nullptr) return named_place(w);
    // "convoy truck", "port city": the noun only says of what.
    if (analysis_.base_relation(w) == "compound" && analysis_.head(w) > w &&
        analysis_.upos(analysis_.head(w)) != Upos::PROPN) {
      return std::nullopt;
    }
    // "the Attari crossing, the only land route": the same way in other words.
    const Word above = analysis_.head(w);
    if (analysis_.base_relation(w) == "appos" && above != kNoWord && words_.noun(arguments_.lemma(above)) != nullptr) return std::nullopt;
    Way way;
    way.head = w;
    way.kind = noun->kind;
    way.moves = noun->moves;
    way.words = span_of(w);
    bool named = false;
    bool told = false;
    for (Word v = way.words.first; v < way.words.last; ++v) {
      named = named || (v != w && (context_.place_of_word[v] != Context::kNone || analysis_.upos(v) == Upos::PROPN));
      told = told || (v != w && words_.beside(arguments_.lemma(v)));
    }
    // The tree may hang a name elsewhere: "Margara bridge crossing".
    if (w > 0 && analysis_.sentence_of(w - 1) == analysis_.sentence_of(w) && context_.place_of_word[w] == Context::kNone) {
      named = named || context_.place_of_word[w - 1] != Context::kNone;
    }
    if (context_.place_of_word[w] != Context::kNone) named = true;
    // "the road from Afar", "the bridge over the Arax", "the crossing with Egypt".
    for (const Word child : analysis_.children(w)) {
      if (named || child < w || analysis_.base_relation(child) != "nmod") continue;
      named = words_.leads(arguments_.preposition(child)) &&
              (context_.place_of_word[child] != Context::kNone || analysis_.upos(child) == Upos::PROPN);
    }
    // "flights carrying medical supplies".
    const WordRange phrase = around(w);
    for (Word v = w + 1; v < phrase.last && !told; ++v) told = words_.goods(arguments_.lemma(v));
    if (!named && !told && !noun->strong && !spoken_of(w)) return std::nullopt;
    way.name = std::string(context_.slice(way.words));
    if (named || told || noun->strong) remember(way);
    return way;
  }

  /// "The crossing", "two flights a week": the report has spoken of such a way by name.
  bool spoken_of(Word w) const {
    if (!last_.contains(arguments_.lemma(w))) return false;
    return std::none_of(analysis_.children(w).begin(), analysis_.children(w).end(), [&](Word child) {
      return analysis_.base_relation(child) == "det" && analysis_.has_feature(child, "Definite=Ind");
    });
  }

  void remember(const Way& way) {
    last_.insert(arguments_.lemma(way.head));
    if (!analysis_.has_feature(way.head, "Number=Plur")) latest_ = way;
  }

  /// "Kerem Shalom" where the gazetteer calls it "Kerem Shalom crossing".
  std::optional<Way> named_place(Word w) const {
    const std::int32_t index = context_.place_of_word[w];
    if (index == Context::kNone || (w > 0 && context_.place_of_word[w - 1] == index)) return std::nullopt;
    const parley::Place& place = context_.record.places[static_cast<std::size_t>(index)];
    const std::string name = fold_name(place.name);
    const std::size_t space = name.rfind(' ');
    if (space == std::string::npos) return std::nullopt;
    const ChannelNoun* noun = words_.noun(name.substr(space + 1));
    if (noun == nullptr) return std::nullopt;
    Way way;
    way.words = {w, w};
    while (way.words.last < analysis_.size() && context_.place_of_word[way.words.last] == index) ++way.words.last;
    way.head = analysis_.head_of(way.words);
    if (way.head == kNoWord || analysis_.base_relation(way.head) == "compound") return std::nullopt;
    way.kind = noun->kind;
    way.moves = noun->moves;
    way.name = place.name;
    return way;
  }

  /// "It reopened in September": the way named last, when it was named in this sentence or the one before.
  std::optional<Way> pronoun(Word w) const {
    if (arguments_.lemma(w) != "it" || !latest_) return std::nullopt;
    if (analysis_.base_relation(w) != "nsubj") return std::nullopt;
    const std::uint32_t sentence = analysis_.sentence_of(w);
    if (sentence - analysis_.sentence_of(latest_->head) > 1) return std::nullopt;
    Way way = *latest_;
    way.head = w;
    way.words = {w, w + 1};
    return way;
  }

  /// The way's name in the text: modifiers, the noun, and "of X", without article and clauses.
  WordRange span_of(Word head) const {
    WordRange words{head, head + 1};
    for (const Word child : analysis_.children(head)) {
      const std::string_view relation = analysis_.base_relation(child);
      const bool before = child < head && (relation == "compound" || relation == "amod" || relation == "flat" || relation == "nmod" ||
                                           relation == "nummod");
      if (before) words.first = std::min(words.first, analysis_.subtree(child).first);
      const bool of = child > head && relation == "nmod" && arguments_.preposition(child) == "of" && of_is_name(child);
      if (of) words.last = std::max(words.last, child + 1);
      if (child > head && (relation == "flat" || relation == "compound") && analysis_.upos(child) == Upos::PROPN) {
        words.last = std::max(words.last, child + 1);
      }
    }
    while (words.first < head && (analysis_.upos(words.first) == Upos::DET || analysis_.upos(words.first) == Upos::PUNCT ||
                                  analysis_.upos(words.first) == Upos::PRON)) {
      ++words.first;
    }
    return words;
  }

  bool of_is_name(Word child) const {
    return context_.place_of_word[child] != Context::kNone || analysis_.upos(child) == Upos::PROPN ||
           analysis_.child(child, "nummod") != kNoWord || words_.goods(arguments_.lemma(child));
  }

  // --- what is said ----------------------------------------------------------------------------------

  void tell(const Way& way) {
    std::vector<Said> said;
    look(way, way.head, said);
    // A participle or clause behind it: "the crossing, shut since May", "the only crossing left open".
    for (const Word child : analysis_.children(way.head)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "amod" || relation == "acl") {
        if (const auto state = words_.state(lower(child))) {
          said.push_back({child, *state, true});
        } else if (relation == "acl") {
          const bool relative = analysis_.relation(child) == "acl:relcl";
          verb(way, child, relative ? relative_place(child) : Place::object, said);
        }
      }
    }
    for (Said& each : said) emit(way, each);
  }

  std::string lower(Word word) const {
    std::string out(analysis_.form(word));
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }

  /// The way's place in a clause behind it: "the road that they closed", "the convoy that left".
  Place relative_place(Word verb) const {
    const bool subject = analysis_.child(verb, "nsubj") != kNoWord;
    if (!subject && analysis_.child(verb, "obj") != kNoWord) return Place::subject;
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.relation(child) == "nsubj") {
        const std::string lemma = arguments_.lemma(child);
        return lemma == "that" || lemma == "which" || lemma == "who" ? Place::subject : Place::object;
      }
    }
    return Place::object;
  }

  /// What governs the way, or the way's place among coordinated ones.
  void look(const Way& way, Word head, std::vector<Said>& said) const {
    Word at = head;
    for (int step = 0; step < 8 && analysis_.base_relation(at) == "conj" && analysis_.head(at) != kNoWord; ++step) {
      at = analysis_.head(at);
    }
    const Word governor = analysis_.head(at);
    if (governor == kNoWord) return;
    const std::string_view relation = analysis_.relation(at);
    const std::string_view base = analysis_.base_relation(at);
    if (relation == "nsubj:pass" || base == "obj" || base == "iobj") {
      verb(way, governor, Place::object, said);
    } else if (base == "nsubj") {
      verb(way, governor, Place::subject, said);
    } else if (base == "obl" && !way.moves && words_.through(arguments_.preposition(at))) {
      verb(way, governor, Place::through, said);
    } else if (base == "obl" && way.moves && words_.moving_in(arguments_.preposition(at)) && analysis_.upos(governor) == Upos::VERB) {
      said.push_back({governor, ChannelState::used, true});  // "left in a convoy", "dropped 25 tons in their first airdrop"
    } else if (base == "nmod" || base == "compound") {
      deed(governor, said);
    } else if (base == "appos") {
      look_once(way, governor, said);
    }
  }

  void look_once(const Way& way, Word at, std::vector<Said>& said) const {
    const Word governor = analysis_.head(at);
    if (governor == kNoWord) return;
    const std::string_view base = analysis_.base_relation(at);
    if (analysis_.relation(at) == "nsubj:pass" || base == "obj") verb(way, governor, Place::object, said);
    if (base == "nsubj") verb(way, governor, Place::subject, said);
    if (base == "obl" && !way.moves && words_.through(arguments_.preposition(at))) verb(way, governor, Place::through, said);
  }

  /// "the reopening of the crossing".
  void deed(Word noun, std::vector<Said>& said) const {
    if (const auto state = words_.deed(arguments_.lemma(noun))) said.push_back({noun, *state, true});
  }

  void verb(const Way& way, Word verb, Place place, std::vector<Said>& said) const {
    const std::string lemma = arguments_.lemma(verb);
    // "is open", "remained closed", "left it open".
    if (analysis_.upos(verb) == Upos::ADJ || analysis_.upos(verb) == Upos::VERB) {
      if (place == Place::subject || (place == Place::object && analysis_.upos(verb) == Upos::ADJ)) {
        if (analysis_.upos(verb) == Upos::ADJ) {
          if (const auto state = words_.state(lower(verb))) said.push_back({verb, *state, false});
          return;
        }
      }
    }
    if (words_.copular(lemma)) {
      for (const Word child : analysis_.children(verb)) {
        const std::string_view relation = analysis_.base_relation(child);
        if (relation != "xcomp" && relation != "advcl" && relation != "obj" && relation != "advmod") continue;
        if (const auto state = words_.state(lower(child))) {
          said.push_back({verb, *state, place == Place::object});
          return;
        }
      }
    }
    auto state = words_.verb(arguments_.lemma_with_particle(verb), place);
    if (!state) state = words_.verb(lemma, place);
    if (!state) return;
    // A crossing that is entered or reached is somebody's goal, one that enters is a convoy.
    if (*state == ChannelState::used && place == Place::subject && !way.moves) return;
    said.push_back({verb, *state, place == Place::object && analysis_.upos(verb) == Upos::VERB});
    // "closed …, and will reopen": verbs that share the way.
    for (const Word child : analysis_.children(verb)) {
      if (analysis_.base_relation(child) != "conj" || analysis_.upos(child) != Upos::VERB) continue;
      if (analysis_.child(child, "nsubj") != kNoWord || analysis_.child(child, "obj") != kNoWord) continue;
      auto next = words_.verb(arguments_.lemma_with_particle(child), place);
      if (!next) next = words_.verb(arguments_.lemma(child), place);
      if (next && !(*next == ChannelState::used && place == Place::subject && !way.moves)) {
        said.push_back({child, *next, place == Place::object});
      }
    }
  }

  /// "could no longer pass", "cannot enter".
  bool not_any_more(Word predicate) const {
    if (status_.is_negated(predicate)) return true;
    for (const Word child : analysis_.children(predicate)) {
      if (arguments_.lemma(child) != "long" && lower(child) != "longer") continue;
      for (const Word below : analysis_.children(child)) {
        if (lower(below) == "no") return true;
      }
      if (child > 0 && lower(child - 1) == "no") return true;
    }
    return false;
  }

  /// The state that a word says, by whether it has happened; nothing when it says none.
  std::optional<ChannelState> happened(const Said& said) const {
    const bool closes = said.state == ChannelState::closed;
    if (!closes && not_any_more(said.predicate)) return ChannelState::closed;
    // "approved the reopening": a deed that is only decided on.
    const Word governor = analysis_.head(said.predicate);
    if (analysis_.upos(said.predicate) == Upos::NOUN && governor != kNoWord && words_.announcing(arguments_.lemma(governor))) {
      return closes ? std::nullopt : std::optional(ChannelState::planned);
    }
    const StatusReading reading = status_.read(said.predicate);
    switch (reading.status) {
      case Status::actual:
      case Status::ongoing:
      case Status::historical:
      case Status::alleged: break;
      case Status::planned:
      case Status::proposed:
        if (closes) return std::nullopt;
        // "will continue": it goes on now.
        if (words_.copular(arguments_.lemma(said.predicate))) return said.state;
        return ChannelState::planned;
      case Status::demanded:
      case Status::conditional: return std::nullopt;
      case Status::denied: return closes ? ChannelState::open : ChannelState::closed;
    }
    return said.state;
  }

  void emit(const Way& way, const Said& said) {
    const auto state = happened(said);
    if (!state) return;
    std::string key = fold_name(way.name);
    key += static_cast<char>('0' + static_cast<int>(*state));
    Channel channel;
    channel.kind = way.kind;
    channel.name = way.name;
    channel.state = *state;
    channel.span = context_.span(way.words);
    channel.place = place_of(way, said.predicate);
    channel.by = doers(way, said, *state);
    channel.figure = figure_of(way, said.predicate);
    channel.date = date_of(said.predicate);
    channel.what = goods_of(way, said.predicate);
    if (channel.date) key += *channel.date;
    if (!seen_.insert(std::move(key)).second) return;
    channel.id = "ch" + std::to_string(context_.record.channels.size() + 1);
    context_.record.channels.push_back(std::move(channel));
  }

  /// A word's subtree, clipped to its neighbourhood.
  WordRange around(Word word) const {
    WordRange range = analysis_.subtree(word);
    range.first = std::max(range.first, word > kMostWords ? word - kMostWords : 0);
    range.last = std::min(range.last, word + kMostWords);
    return range;
  }

  std::optional<Id> place_of(const Way& way, Word predicate) const {
    const auto id = [&](Word w) { return context_.record.places[static_cast<std::size_t>(context_.place_of_word[w])].id; };
    for (const WordRange range : {way.words, around(way.head)}) {
      for (Word w = range.first; w < range.last; ++w) {
        if (context_.place_of_word[w] != Context::kNone) return id(w);
      }
    }
    if (const Predicate* found = analysis_.predicate_at(predicate)) {
      for (const Role& role : found->roles) {
        const bool where = role.label == "ARGM-LOC" || role.label == "ARGM-DIR" || role.label == "ARGM-GOL" ||
                           (way.moves && (role.label == "ARG1" || role.label == "ARG2" || role.label == "ARG4"));
        if (!where) continue;
        for (Word w = role.words.first; w < role.words.last; ++w) {
          if (context_.place_of_word[w] != Context::kNone) return id(w);
        }
      }
    }
    return std::nullopt;
  }

  std::vector<Id> doers(const Way& way, const Said& said, ChannelState state) const {
    std::vector<Id> out;
    const auto add = [&](const std::vector<Word>& heads) {
      for (const Party& party : arguments_.parties(heads)) {
        if (const auto id = context_.entity_id(party.entity); id && std::find(out.begin(), out.end(), *id) == out.end()) {
          out.push_back(*id);
        }
      }
    };
    if (said.doer) add(arguments_.role(said.predicate, "ARG0"));
    if (said.doer && out.empty()) add(arguments_.subjects(said.predicate));
    // "a Red Cross convoy", "a convoy operated by the World Food Programme".
    if (way.moves && out.empty()) {
      add(arguments_.role(way.head, "ARG0"));
      for (const Word child : analysis_.children(way.head)) {
        if (out.empty() && analysis_.base_relation(child) == "acl") add(arguments_.role(child, "ARG0"));
      }
    }
    // "announced that it would open": who announced.
    Word up = said.predicate;
    for (int step = 0; out.empty() && state == ChannelState::planned && step < 3; ++step) {
      up = analysis_.head(up);
      if (up == kNoWord) break;
      if (words_.announcing(arguments_.lemma(up))) add(arguments_.subjects(up));
    }
    return out;
  }

  std::optional<Id> figure_of(const Way& way, Word predicate) const {
    for (const WordRange range : {around(way.head), around(predicate)}) {
      for (Word w = range.first; w < range.last; ++w) {
        const std::int32_t figure = context_.figure_of_word[w];
        if (figure == Context::kNone) continue;
        const Measure measure = context_.record.figures[static_cast<std::size_t>(figure)].measure;
        const bool toll = measure == Measure::killed || measure == Measure::injured || measure == Measure::percent;
        if (!toll) return context_.record.figures[static_cast<std::size_t>(figure)].id;
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> date_of(Word predicate) const {
    const WordRange range = around(predicate);
    for (Word w = range.first; w < range.last; ++w) {
      const std::int32_t index = context_.time_of_word[w];
      if (index == Context::kNone) continue;
      const Time& time = context_.record.times[static_cast<std::size_t>(index)];
      if (time.type == TimeType::date || time.type == TimeType::time) return time.value;
    }
    return std::nullopt;
  }

  std::optional<std::string> goods_of(const Way& way, Word predicate) const {
    for (const WordRange range : {around(way.head), around(predicate)}) {
      for (Word w = range.first; w < range.last; ++w) {
        if (w == way.head) continue;
        if (analysis_.upos(w) != Upos::NOUN || !words_.goods(arguments_.lemma(w))) continue;
        Word first = w;
        while (first > range.first && (analysis_.upos(first - 1) == Upos::ADJ || analysis_.upos(first - 1) == Upos::NOUN) &&
               analysis_.head(first - 1) == w) {
          --first;
        }
        return std::string(context_.slice({first, w + 1}));
      }
    }
    return std::nullopt;
  }

  Context& context_;
  const Analysis& analysis_;
  const ChannelWords& words_;
  const EventArguments arguments_;
  const EventStatus status_;
  std::set<std::string> last_;  ///< nouns of ways named so far
  std::optional<Way> latest_;
  std::set<std::string> seen_;
};

}  // namespace

void extract_channels(Context& context) {
  if (context.analysis.size() > 0) Finder(context).run();
}

}  // namespace parley
