// The mentions of a document: what can be spoken of, with what is known of each from its words and
// its place.
#include <algorithm>
#include <array>
#include <string>

#include "language/coreference_internal.h"
#include "text/unicode.h"

namespace parley::coreference {
namespace {

constexpr std::uint32_t kMostContents = 12;
constexpr Word kFarthest = 80;  ///< words that a search around a bracket or quote looks at

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool has_letter(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Two letters or more, all capitals, full stops aside: "UNHCR", "U.S.".
bool in_capitals(std::string_view word) {
  std::size_t letters = 0;
  for (const char c : word) {
    if (c >= 'A' && c <= 'Z') {
      ++letters;
    } else if (c != '.') {
      return false;
    }
  }
  return letters >= 2;
}

class Finder {
 public:
  explicit Finder(const Analysis& analysis) : a_(analysis) {}

  Scene run() {
    name_of_.assign(a_.size(), kNone);
    const auto names = a_.names();
    for (std::uint32_t n = 0; n < names.size(); ++n) {
      for (Word w = names[n].words.first; w < names[n].words.last && w < a_.size(); ++w)
        name_of_[w] = n;
    }
    find_quotes();
    std::uint32_t paragraph = 0;
    const auto sentences = a_.sentences();
    for (std::uint32_t s = 0; s < sentences.size(); ++s) {
      if (sentences[s].starts_paragraph) ++paragraph;
      bool first = true;
      for (Word w = sentences[s].words.first; w < sentences[s].words.last; ++w) {
        const std::size_t before = scene_.mentions.size();
        look_at(w);
        for (std::size_t m = before; m < scene_.mentions.size(); ++m) {
          Candidate& c = scene_.mentions[m];
          c.sentence = s;
          c.paragraph = paragraph;
          c.quote = quote_of_.empty() ? 0 : quote_of_[w];
          if (first && c.place == Place::subject) {
            c.first_in_sentence = true;
            first = false;
          }
        }
      }
    }
    std::stable_sort(scene_.mentions.begin(), scene_.mentions.end(),
                     [](const Candidate& x, const Candidate& y) {
                       return x.words.first != y.words.first ? x.words.first < y.words.first
                                                             : x.words.last > y.words.last;
                     });
    scene_.by_head.assign(a_.size(), kNone);
    for (std::uint32_t m = 0; m < scene_.mentions.size(); ++m) {
      if (!scene_.mentions[m].coordination) scene_.by_head[scene_.mentions[m].head] = m;
    }
    return std::move(scene_);
  }

 private:
  // --- what is a mention
  // ---------------------------------------------------------------------------

  void look_at(Word w) {
    const std::string_view relation = a_.relation(w);
    const std::string_view base = a_.base_relation(w);
    switch (a_.upos(w)) {
      case Upos::PRON:
      case Upos::DET:
        if (base == "det" || base == "expl" || base == "fixed" || base == "case" || base == "mark")
          return;
        pronoun(w);
        return;
      case Upos::NOUN:
      case Upos::PROPN: break;
      case Upos::NUM:
        if (!is_one_of(base, {"nsubj", "obj", "obl", "nmod", "appos", "conj", "root"})) return;
        break;
      default:
        if (name_of_[w] == kNone || !leads_name(w)) return;
        if (a_.upos(w) == Upos::ADJ && base == "amod") return;
        if (a_.upos(w) != Upos::X && a_.upos(w) != Upos::ADJ && a_.upos(w) != Upos::NUM) return;
        break;
    }
    if (!has_letter(a_.form(w)) && a_.upos(w) != Upos::NUM) return;
    if (is_one_of(base, {"flat", "fixed", "goeswith", "reparandum", "case", "cc", "discourse"}) ||
        relation == "nmod:desc" || relation == "det:predet") {
      return;
    }
    const bool compound = base == "compound" || base == "amod" || base == "nummod";
    if (compound && a_.upos(w) != Upos::NOUN && a_.upos(w) != Upos::PROPN) return;
    if (compound && a_.upos(w) == Upos::PROPN && !leads_name(w)) {
      const Word head = a_.head(w);
      if (name_of_[w] != kNone || head == kNoWord || a_.upos(head) == Upos::PROPN) return;
    }
    if (compound && name_of_[w] != kNone && !leads_name(w))
      return;  // "Bank" in "World Bank president"
    nominal(w, compound);
  }

  /// Whether `w` is the head of the name it stands in.
  bool leads_name(Word w) const {
    if (name_of_[w] == kNone) return false;
    const WordRange words = a_.names()[name_of_[w]].words;
    return a_.head(w) == kNoWord || !words.contains(a_.head(w));
  }

  void pronoun(Word w) {
    const std::string form = to_lower(a_.form(w));
    const std::string_view feats = a_.feats(w);
    Candidate c;
    if (const english::Pronoun* p = english::pronoun(form)) {
      if (p->kind == Kind::demonstrative &&
          (feats.find("PronType=Rel") != std::string_view::npos ||
           feats.find("PronType=Int") != std::string_view::npos)) {
        return;
      }
      c.kind = p->kind;
      c.number = p->number;
      c.gender = p->gender;
      c.animacy = p->animacy;
      c.reflexive = p->reflexive;
      c.possessive_pronoun = p->possessive || a_.relation(w) == "nmod:poss";
    } else {
      if (!form.ends_with("one") && !form.ends_with("body") && !form.ends_with("thing")) return;
      c.kind = Kind::other_pronoun;
      c.number = Number::singular;
      c.animacy = form.ends_with("thing") ? Animacy::thing : Animacy::person;
    }
    c.words = {w, w + 1};
    c.head = w;
    c.head_hash = hash_word(form);
    c.text = c.head_hash;
    place(c);
    c.content_first = c.content_last = c.title_first = c.title_last =
        static_cast<std::uint32_t>(scene_.contents.size());
    scene_.mentions.push_back(c);
  }

  void nominal(Word w, bool compound) {
    Candidate c;
    c.head = w;
    c.inside_compound = compound;
    c.words = extent(w);
    describe(c);
    place(c);
    scene_.mentions.push_back(c);
    if (!compound && a_.base_relation(w) != "conj") coordination(c);
  }

  /// "Egypt and Qatar", as long as its members are nouns.
  void coordination(const Candidate& first) {
    Word last = kNoWord;
    for (const Word child : a_.children(first.head)) {
      if (a_.base_relation(child) != "conj") continue;
      const Upos upos = a_.upos(child);
      if (upos != Upos::NOUN && upos != Upos::PROPN && upos != Upos::PRON) return;
      last = child;
    }
    if (last == kNoWord) return;
    Candidate c = first;
    c.coordination = true;
    c.words.last = std::max(c.words.last, extent(last).last);
    c.kind = first.kind == Kind::name ? Kind::bare : first.kind;
    c.type = NameType::none;
    c.number = Number::plural;
    c.gender = Gender::unknown;
    c.text = text_hash(c.words);
    c.head_hash = mix(first.head_hash, 7);
    c.first_hash = 0;
    c.acronym = 0;
    c.is_acronym = false;
    scene_.mentions.push_back(c);
  }

  /// From the leftmost to the rightmost dependent that belongs to the phrase.
  WordRange extent(Word w) const {
    bool clause = false;
    for (const Word child : a_.children(w)) {
      const std::string_view base = a_.base_relation(child);
      clause = clause || base == "cop" || base == "nsubj" || base == "csubj" || base == "expl";
    }
    WordRange range{w, w + 1};
    for (const Word child : a_.children(w)) {
      if (!belongs(child, w, clause)) continue;
      const WordRange sub = a_.subtree(child);
      range.first = std::min(range.first, sub.first);
      range.last = std::max(range.last, sub.last);
    }
    // An excluded child may hang beyond the included ones on the same side only; cut at it when it
    // is nearer.
    while (range.last > w + 1 &&
           (a_.upos(range.last - 1) == Upos::PUNCT || a_.upos(range.last - 1) == Upos::CCONJ) &&
           !closes_bracket(range)) {
      --range.last;
    }
    while (range.first < w &&
           (a_.upos(range.first) == Upos::PUNCT || a_.upos(range.first) == Upos::CCONJ))
      ++range.first;
    return range;
  }

  bool closes_bracket(WordRange range) const {
    const std::string_view last = a_.form(range.last - 1);
    if (last != ")" && last != "\"" && last != "”" && last != "]") return false;
    const Word from = range.size() > kFarthest ? range.last - kFarthest : range.first;
    for (Word w = from; w + 1 < range.last; ++w) {
      const std::string_view form = a_.form(w);
      if (last == ")" ? form == "(" : last == "]" ? form == "[" : form == "\"" || form == "“")
        return true;
    }
    return false;
  }

  bool belongs(Word child, Word head, bool clause) const {
    const std::string_view relation = a_.relation(child);
    const std::string_view base = a_.base_relation(child);
    if (child > head) {
      if (base == "case")
        return a_.form(child) == "'s" || a_.form(child) == "'" || a_.form(child) == "’s" ||
               a_.form(child) == "’";
      if (is_one_of(base, {"nmod", "acl", "flat", "compound", "amod", "nummod", "fixed", "det",
                           "goeswith"}))
        return true;
      if (base == "acl" && (a_.upos(head) == Upos::PROPN || a_.upos(head) == Upos::PRON ||
                            name_of_[head] != kNone)) {
        return false;  // "Harrow, where he remained"
      }
      if (is_one_of(base, {"obl", "advmod", "xcomp", "obj", "ccomp"})) return !clause;
      return false;
    }
    if (is_one_of(base, {"det", "amod", "compound", "nummod", "flat", "goeswith", "fixed"}))
      return true;
    if (relation == "nmod:poss" || relation == "nmod:desc" || relation == "nmod:unmarked")
      return true;
    if (base == "nmod") return child + 1 == head || !clause;
    if (base == "advmod") return false;
    return false;
  }

  // --- what is known of it
  // -------------------------------------------------------------------------

  std::uint32_t text_hash(WordRange words) const {
    std::uint32_t h = 3;
    std::size_t n = 0;
    for (Word w = words.first; w < words.last; ++w) {
      if (n == 0 && (a_.base_relation(w) == "det" || a_.relation(w) == "nmod:poss" ||
                     a_.upos(w) == Upos::PUNCT))
        continue;
      if (w + 1 == words.last && a_.base_relation(w) == "case") break;
      h = mix(h, hash_word(a_.form(w)));
      ++n;
    }
    return h;
  }

  void describe(Candidate& c) {
    const Word w = c.head;
    const std::string lemma = to_lower(a_.lemma(w));
    std::uint32_t name = name_of_[w];
    WordRange called{w, w + 1};  // the name proper
    if (name != kNone) {
      called = a_.names()[name].words;
      c.type = a_.names()[name].type;
      c.kind = Kind::name;
    } else if (a_.upos(w) == Upos::PROPN) {
      c.kind = Kind::name;
      while (called.first > c.words.first && a_.upos(called.first - 1) == Upos::PROPN)
        --called.first;
      while (called.last < c.words.last && a_.upos(called.last) == Upos::PROPN) ++called.last;
    } else {
      c.kind = determination(w);
    }
    if (c.kind == Kind::name) {
      describe_name(c, called);
    } else {
      c.head_hash = hash_word(lemma);
      c.text = text_hash(c.words);
      c.number = a_.has_feature(w, "Number=Plur")   ? Number::plural
                 : a_.has_feature(w, "Number=Sing") ? Number::singular
                                                    : Number::unknown;
      if (english::is_group_noun(lemma)) {
        if (c.number == Number::singular) c.number = Number::unknown;
        c.animacy = Animacy::unknown;
      } else {
        c.animacy = english::is_person_noun(lemma) ? Animacy::person : Animacy::thing;
      }
      c.gender = english::gender_of_noun(lemma);
      if (c.gender != Gender::unknown) c.animacy = Animacy::person;
    }
    c.content_first = static_cast<std::uint32_t>(scene_.contents.size());
    for (Word k = c.words.first;
         k < c.words.last && scene_.contents.size() - c.content_first < kMostContents; ++k) {
      if (k == w || (c.kind == Kind::name && called.contains(k))) continue;
      const Upos upos = a_.upos(k);
      if (upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::ADJ || upos == Upos::NUM ||
          upos == Upos::VERB) {
        scene_.contents.push_back(hash_word(to_lower(a_.lemma(k))));
      }
    }
    c.content_last = static_cast<std::uint32_t>(scene_.contents.size());
    c.title_first = c.content_last;
    if (c.kind == Kind::name) {
      for (const Word child : a_.children(w)) {
        const std::string_view relation = a_.relation(child);
        if (child < w && !called.contains(child) &&
            (relation == "compound" || relation == "nmod:desc" || relation == "flat")) {
          scene_.contents.push_back(hash_word(to_lower(a_.lemma(child))));
        }
      }
    }
    c.title_last = static_cast<std::uint32_t>(scene_.contents.size());
  }

  void describe_name(Candidate& c, WordRange called) {
    const Word w = c.head;
    std::string initials;
    bool all_capital = true;
    for (Word k = called.first; k < called.last; ++k) {
      const std::string_view form = a_.form(k);
      if (!form.empty() && form[0] >= 'A' && form[0] <= 'Z') {
        initials += form[0];
      } else if (a_.upos(k) != Upos::ADP && a_.upos(k) != Upos::DET && a_.upos(k) != Upos::CCONJ &&
                 a_.upos(k) != Upos::PUNCT) {
        all_capital = false;
      }
    }
    Word first = called.first;
    while (first + 1 < called.last &&
           (a_.upos(first) == Upos::DET || a_.upos(first) == Upos::PUNCT))
      ++first;
    const Word last = called.last - 1;
    c.first_hash = hash_word(a_.form(first));
    c.head_hash =
        hash_word(c.type == NameType::PER || c.type == NameType::none ? a_.form(last) : a_.form(w));
    c.text = 3;
    for (Word k = first; k < called.last; ++k) {
      if (a_.base_relation(k) == "case" && k == last) continue;
      c.text = mix(c.text, hash_word(a_.form(k)));
    }
    if (first == last && in_capitals(a_.form(first))) {
      c.is_acronym = true;
      c.acronym = hash_word(a_.form(first));
    } else if (initials.size() >= 2 && all_capital) {
      c.acronym = hash_word(initials);
    }
    c.number = c.type == NameType::PER    ? Number::singular
               : c.type == NameType::NORP ? Number::plural
                                          : Number::unknown;
    if (c.type == NameType::none && a_.has_feature(w, "Number=Plur")) c.number = Number::plural;
    if (c.type == NameType::PER || c.type == NameType::none) {
      c.gender = english::gender_of_name(to_lower(a_.form(first)));
      for (const Word child : a_.children(w)) {
        const Gender g = english::gender_of_noun(to_lower(a_.lemma(child)));
        if (g != Gender::unknown && child < w) c.gender = g;
      }
    }
    c.animacy = c.type == NameType::PER || c.type == NameType::NORP ? Animacy::person
                : c.type == NameType::none                          ? Animacy::unknown
                                                                    : Animacy::thing;
    if (c.type == NameType::none && c.gender != Gender::unknown) c.animacy = Animacy::person;
  }

  Kind determination(Word w) const {
    Kind kind = Kind::bare;
    for (const Word child : a_.children(w)) {
      if (child > w) break;
      const std::string_view relation = a_.relation(child);
      if (relation == "nmod:poss") return Kind::possessive;
      if (a_.base_relation(child) == "det") {
        const std::string lemma = to_lower(a_.lemma(child));
        if (lemma == "the") {
          kind = Kind::definite;
        } else if (is_one_of(lemma, {"this", "that", "these", "those", "such"})) {
          return Kind::demonstrative_nominal;
        } else if (lemma == "a" || lemma == "an" || lemma == "another") {
          return Kind::indefinite;
        } else if (english::is_quantifier(lemma)) {
          return Kind::quantified;
        }
      } else if (a_.base_relation(child) == "amod" &&
                 english::is_quantifier(to_lower(a_.lemma(child)))) {
        if (kind == Kind::bare) kind = Kind::quantified;
      }
    }
    return kind;
  }

  void place(Candidate& c) const {
    const Word w = c.head;
    const std::string_view relation = a_.relation(w);
    const std::string_view base = a_.base_relation(w);
    c.governor = a_.head(w);
    if (c.governor != kNoWord) c.governor_hash = hash_word(a_.lemma(c.governor));
    if (a_.child(w, "cop") != kNoWord) {
      c.place = Place::predicate;
    } else if (relation == "nsubj:pass") {
      c.place = Place::passive_subject;
    } else if (base == "nsubj") {
      c.place = Place::subject;
    } else if (base == "obj" || base == "iobj") {
      c.place = Place::object;
    } else if (relation == "obl:agent") {
      c.place = Place::agent;
    } else if (base == "obl") {
      c.place = Place::oblique;
    } else if (relation == "nmod:poss") {
      c.place = Place::possessor;
    } else if (base == "nmod") {
      c.place = Place::modifier;
    } else if (base == "compound") {
      c.place = Place::compound;
    } else if (base == "appos") {
      c.place = Place::apposition;
    } else if (base == "conj") {
      c.place = Place::conjunct;
    } else if (base == "root") {
      c.place = Place::root;
    }
  }

  // --- quotations
  // ----------------------------------------------------------------------------------

  /// Straight quotes alternate within a paragraph; curly ones say what they are. A quote that a
  /// paragraph leaves open ends with it.
  void find_quotes() {
    Word open = kNoWord;
    bool any = false;
    auto close = [&](Word end) {
      if (open == kNoWord || end <= open + 1) {
        open = kNoWord;
        return;
      }
      if (!any) quote_of_.assign(a_.size(), 0);
      any = true;
      scene_.quotes.push_back({{open + 1, end}, kNoWord});
      for (Word w = open + 1; w < end; ++w)
        quote_of_[w] = static_cast<std::uint32_t>(scene_.quotes.size());
      open = kNoWord;
    };
    for (const Sentence& sentence : a_.sentences()) {
      if (sentence.starts_paragraph) close(sentence.words.first);
      for (Word w = sentence.words.first; w < sentence.words.last; ++w) {
        const std::string_view form = a_.form(w);
        if (form == "“" || form == "``") {
          close(w);
          open = w;
        } else if (form == "”" || form == "''") {
          close(w);
        } else if (form == "\"") {
          if (open == kNoWord) {
            open = w;
          } else {
            close(w);
          }
        }
      }
    }
    close(a_.size());
    for (std::size_t q = 0; q < scene_.quotes.size(); ++q) find_speaker(q);
  }

  /// The subject of a verb of speech outside the quote, in a sentence that the quote touches or in
  /// the one before; failing that, whoever spoke last in the same paragraph.
  void find_speaker(std::size_t q) {
    Quote& quote = scene_.quotes[q];
    const auto sentences = a_.sentences();
    const std::uint32_t first = a_.sentence_of(quote.words.first);
    const std::uint32_t last = a_.sentence_of(quote.words.last - 1);
    Word best = kNoWord;
    std::uint32_t best_distance = 1000;
    for (std::uint32_t s = first; s <= last && s < sentences.size(); ++s) {
      if (s != first && s != last) continue;
      const Word from = std::max(sentences[s].words.first,
                                 quote.words.first - std::min(quote.words.first, kFarthest));
      const Word to = std::min(sentences[s].words.last, quote.words.last + kFarthest);
      for (Word w = from; w < to; ++w) {
        if (a_.upos(w) != Upos::VERB || quote.words.contains(w) ||
            !english::is_speech_verb(to_lower(a_.lemma(w))))
          continue;
        if (!quote_of_.empty() && quote_of_[w] != 0) continue;
        const Word subject = a_.child(w, "nsubj");
        if (subject == kNoWord || (quote_of_[subject] != 0)) continue;
        const std::uint32_t distance =
            w < quote.words.first ? quote.words.first - w : w - quote.words.last + 1;
        if (distance < best_distance) {
          best_distance = distance;
          best = subject;
        }
      }
    }
    if (best == kNoWord && q > 0) {
      const Quote& before = scene_.quotes[q - 1];
      bool same_paragraph = true;
      for (std::uint32_t s = a_.sentence_of(before.words.first) + 1; s <= first && same_paragraph;
           ++s) {
        same_paragraph = !sentences[s].starts_paragraph;
      }
      if (same_paragraph) best = before.speaker;
    }
    quote.speaker = best;
  }

  const Analysis& a_;
  Scene scene_;
  std::vector<std::uint32_t> name_of_;
  std::vector<std::uint32_t> quote_of_;
};

}  // namespace

Scene find_mentions(const Analysis& analysis) {
  return Finder(analysis).run();
}

std::uint32_t hash_word(std::string_view word) {
  std::uint32_t h = 2166136261u;
  for (const char c : word) {
    if (c == '.') continue;
    const auto u = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    h = (h ^ u) * 16777619u;
  }
  return h;
}

}  // namespace parley::coreference
