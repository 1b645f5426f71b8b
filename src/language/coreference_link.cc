// Each mention chooses its antecedent.
//
// Idea (mention ranking: Denis and Baldridge 2008; surface features as in Durrett and Klein 2013;
// the tests that the sieves of Lee et al. 2013 are made of are features here): going left to right,
// a mention scores "starts a chain of its own" and each candidate before it, and takes the best. A
// candidate speaks for its chain so far: what the chain is called, its gender and number. Scores
// are a linear model over hashed features, or, without one, a few weights set by hand. Example:
// "Prime Minister Vera Aho arrived. Aho met rebels. The prime minister said she would ..." is one
// chain: a name's last word, a title, a pronoun of her gender. Counter-example: "the north" and
// "the north" of two countries have all in common but what they are. Cost: linear. Candidates are
// the kWindow mentions before and, further back, the last few that share a head, a name's word or
// an acronym, found in hash tables. Test: tests/language/coreference_test.cc.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "language/coreference_compare.h"

namespace parley::coreference {
namespace {

constexpr std::uint32_t kWindow = 28;
constexpr std::size_t kSameKey = 3;  ///< mentions kept for one key
constexpr std::size_t kMostChoices = 48;

std::uint32_t bucket(std::uint32_t n) {
  if (n < 4) return n;
  if (n < 6) return 4;
  if (n < 9) return 5;
  if (n < 14) return 6;
  if (n < 25) return 7;
  return n < 60 ? 8 : 9;
}

class Linker {
 public:
  Linker(const Analysis& analysis, const Scene& scene, const CoreferenceWeights& weights,
         const Trace* trace)
      : a_(analysis), scene_(scene), weights_(weights), trace_(trace), compare_(analysis, scene, chain_of_) {}

  std::vector<std::uint32_t> run() {
    const auto n = static_cast<std::uint32_t>(scene_.mentions.size());
    chain_of_.assign(n, kNone);
    for (std::uint32_t m = 0; m < n; ++m) {
      if (chain_of_[m] == kNone) choose(m);
      remember(m);
    }
    return std::move(chain_of_);
  }

 private:
  const Candidate& at(std::uint32_t m) const { return scene_.mentions[m]; }

  // --- candidates
  // ----------------------------------------------------------------------------------

  void gather(std::uint32_t m) {
    choices_.clear();
    const Candidate& c = at(m);
    const std::uint32_t from = m > kWindow ? m - kWindow : 0;
    for (std::uint32_t k = m; k-- > from;) {
      if (chain_of_[k] != kNone && possible(c, at(k))) choices_.push_back(k);
    }
    auto add = [&](std::uint32_t key) {
      const auto found = keys_.find(key);
      if (found == keys_.end()) return;
      for (const std::uint32_t k : found->second) {
        if (k == kNone || k >= from || !possible(c, at(k)) || choices_.size() >= kMostChoices)
          continue;
        if (std::find(choices_.begin(), choices_.end(), k) == choices_.end()) choices_.push_back(k);
      }
    };
    for_keys(c, add);
    if (!is_pronoun(c.kind) && c.kind != Kind::name) add(mix(6, c.head_hash));  // titles
  }

  /// Mentions within one another are not the same; nor, unless it is said ("himself"), are who does
  /// a thing and whom it is done to ("Odinga challenged the president": Chomsky 1981, principles B
  /// and C).
  static bool possible(const Candidate& c, const Candidate& before) {
    if (before.words.last > c.words.first) return false;
    if (c.governor == kNoWord || c.governor != before.governor || c.sentence != before.sentence)
      return true;
    return c.reflexive || c.place == before.place || !is_party(c.place) || !is_party(before.place);
  }
  static bool is_party(Place place) {
    return place == Place::subject || place == Place::passive_subject || place == Place::object ||
           place == Place::agent;
  }

  template <typename F>
  static void for_keys(const Candidate& c, F&& f) {
    if (is_pronoun(c.kind)) {
      if (c.kind == Kind::first_singular || c.kind == Kind::first_plural ||
          c.kind == Kind::second) {
        f(mix(1, static_cast<std::uint32_t>(c.kind)));
      }
      return;
    }
    f(mix(2, c.head_hash));
    f(mix(3, c.text));
    if (c.kind == Kind::name) {
      if (c.first_hash != c.head_hash) f(mix(2, c.first_hash));
      if (c.acronym != 0) f(mix(4, c.acronym));
    }
  }

  void remember(std::uint32_t m) {
    const Candidate& c = at(m);
    auto put = [&](std::uint32_t key) {
      auto [it, fresh] = keys_.try_emplace(key);
      if (fresh) it->second.fill(kNone);
      std::rotate(it->second.rbegin(), it->second.rbegin() + 1, it->second.rend());
      it->second[0] = m;
    };
    for_keys(c, put);
    if (c.kind == Kind::name && c.title_last > c.title_first)
      put(mix(6, scene_.contents[c.title_last - 1]));
  }

  // --- the choice
  // ----------------------------------------------------------------------------------

  void choose(std::uint32_t m) {
    if (const std::uint32_t name = trace_ == nullptr ? awaited(a_, scene_, m) : kNone;
        name != kNone) {  // the name first, though it comes later
      if (chain_of_[name] == kNone) choose(name);
      join(m, chain_of_[name]);
      return;
    }
    gather(m);
    std::size_t best = 0;  // 0: a chain of its own; k: choices_[k - 1]
    if (trace_ != nullptr) {
      trace_choice(m);
      return;
    }
    const std::uint32_t sure = surely(m);
    if (sure != kNone) {
      join(m, chain_of_[sure]);
      return;
    }
    if (weights_.valid()) {
      features_.clear();
      describe_new(m, features_);
      std::int32_t best_score = sum(features_);
      rank_ = {};
      for (std::size_t k = 0; k < choices_.size(); ++k) {
        features_.clear();
        describe_pair(m, choices_[k], features_);
        const std::int32_t s = sum(features_);
        if (s > best_score) {
          best_score = s;
          best = k + 1;
        }
      }
    } else {
      int best_score = 0;
      for (std::size_t k = 0; k < choices_.size(); ++k) {
        const int s = by_rule(m, choices_[k]);
        if (s > best_score) {
          best_score = s;
          best = k + 1;
        }
      }
    }
    join(m, best == 0 ? kNone : chain_of_[choices_[best - 1]]);
  }

  /// What needs no weighing: a name that is spelled as before, is the acronym of one, or the last
  /// word of a body's.
  std::uint32_t surely(std::uint32_t m) const {
    const Candidate& c = at(m);
    if (c.kind != Kind::name || c.coordination || c.inside_compound) return kNone;
    const bool is_place = c.type == NameType::GPE || c.type == NameType::LOC;
    if (is_place && c.content_last > c.content_first) return kNone;  // "northern Chile"
    for (const std::uint32_t k : choices_) {
      const Candidate& b = at(k);
      if (c.type == NameType::none || (is_place && b.content_last > b.content_first)) continue;
      if (b.kind != Kind::name || b.coordination || (b.type != c.type && b.type != NameType::none))
        continue;
      if (c.text == b.text ||
          (c.acronym != 0 && c.acronym == b.acronym && c.is_acronym != b.is_acronym))
        return k;
    }
    if (c.first_hash != c.head_hash || c.is_acronym ||
        (c.type != NameType::ORG && c.type != NameType::none))
      return kNone;
    for (const std::uint32_t k : choices_) {  // "the Council", after "the Northern Peace Council"
      const Candidate& b = at(k);
      if (b.kind == Kind::name && !b.coordination && b.type == NameType::ORG &&
          b.head_hash == c.head_hash)
        return k;
    }
    return kNone;
  }

  void trace_choice(std::uint32_t m) {
    std::vector<std::vector<std::uint32_t>> all(choices_.size() + 1);
    std::vector<std::uint8_t> right(choices_.size() + 1, 0);
    describe_new(m, all[0]);
    const std::uint32_t gold = trace_->gold[m];
    bool any = false;
    std::uint32_t chain = kNone;
    rank_ = {};
    for (std::size_t k = 0; k < choices_.size(); ++k) {
      describe_pair(m, choices_[k], all[k + 1]);
      if (gold != kNone && trace_->gold[choices_[k]] == gold) {
        right[k + 1] = 1;
        any = true;
        chain = chain_of_[choices_[k]];
      }
    }
    if (!any) right[0] = 1;
    trace_->sink(all, right);
    if (chain == kNone && gold != kNone) {
      const auto found = gold_chain_.find(gold);
      if (found != gold_chain_.end()) chain = found->second;
    }
    join(m, chain);
    if (gold != kNone) gold_chain_[gold] = chain_of_[m];
  }

  std::int32_t sum(const std::vector<std::uint32_t>& features) const {
    const std::size_t mask = weights_.table.size() - 1;
    std::int32_t s = 0;
    for (const std::uint32_t f : features) s += weights_.table[f & mask];
    return s;
  }

  void join(std::uint32_t m, std::uint32_t chain) {
    const Candidate& c = at(m);
    if (chain == kNone) {
      chain = static_cast<std::uint32_t>(chains_.size());
      chains_.emplace_back();
    }
    chain_of_[m] = chain;
    Chain& e = chains_[chain];
    ++e.size;
    e.last = m;
    if (c.number != Number::unknown && (e.number == Number::unknown || c.kind == Kind::name))
      e.number = c.number;
    if (c.gender != Gender::unknown && e.gender == Gender::unknown) e.gender = c.gender;
    if (c.animacy != Animacy::unknown && (e.animacy == Animacy::unknown || c.kind == Kind::name))
      e.animacy = c.animacy;
    if (c.type != NameType::none) e.type = c.type;
    if (is_pronoun(c.kind)) {
      e.pronoun = c.kind;
    } else if (c.kind == Kind::name) {
      e.texts[e.text_count % e.texts.size()] = c.text;
      e.name_heads[e.text_count % e.name_heads.size()] = c.head_hash;
      ++e.text_count;
      ++e.names;
      for (std::uint32_t k = c.title_first; k < c.title_last; ++k) add_head(e, scene_.contents[k]);
    } else {
      add_head(e, c.head_hash);
    }
    for (std::uint32_t k = c.content_first; k < c.content_last; ++k) {
      if (!holds(e.contents, e.content_count, scene_.contents[k])) {
        e.contents[e.content_count++ % e.contents.size()] = scene_.contents[k];
      }
    }
    if (c.kind == Kind::first_singular && c.quote != 0) {
      e.speaker = scene_.quotes[c.quote - 1].speaker;
    }
  }

  static void add_head(Chain& e, std::uint32_t head) {
    if (!holds(e.heads, e.head_count, head)) e.heads[e.head_count++ % e.heads.size()] = head;
  }

  // --- features
  // ------------------------------------------------------------------------------------

  std::string_view form_at(Word w) const { return w < a_.size() ? a_.form(w) : std::string_view{}; }

  void describe_new(std::uint32_t m, std::vector<std::uint32_t>& out) const {
    const Candidate& c = at(m);
    const std::uint32_t sort = sort_of(c);
    std::uint32_t n = 1000;
    auto put = [&](std::uint32_t a, std::uint32_t b = 0) {
      ++n;
      out.push_back(mix(mix(mix(n, a), b), 0));
      out.push_back(mix(mix(mix(n, a), b), 1 + sort));
    };
    const std::uint32_t seen_head = keys_.contains(mix(2, c.head_hash)) ? 1 : 0;
    const std::uint32_t seen_text = keys_.contains(mix(3, c.text)) ? 1 : 0;
    const std::uint32_t seen_title = keys_.contains(mix(6, c.head_hash)) ? 1 : 0;
    const std::uint32_t seen_acronym = c.acronym != 0 && keys_.contains(mix(4, c.acronym)) ? 1 : 0;
    const std::uint32_t seen = seen_head * 8 + seen_text * 4 + seen_title * 2 + seen_acronym;
    put(1);
    put(c.head_hash);
    put(c.head_hash, static_cast<std::uint32_t>(c.kind));
    put(hash_word(a_.form(c.words.first)));
    put(hash_word(a_.form(c.words.last - 1)));
    put(c.words.first > 0 ? hash_word(form_at(c.words.first - 1)) : 2);
    put(hash_word(form_at(c.words.last)));
    put(std::min(c.words.size(), 8u), seen_head);
    put(seen, static_cast<std::uint32_t>(c.number));
    put(seen, static_cast<std::uint32_t>(c.place));
    put(static_cast<std::uint32_t>(c.place), c.first_in_sentence ? 1 : 0);
    put(bucket(c.sentence), seen);
    put(c.governor_hash, static_cast<std::uint32_t>(c.place));
    put(c.quote != 0 ? 1 : 0);
    put(std::min(c.content_last - c.content_first, 4u), seen);
    put(bucket(static_cast<std::uint32_t>(choices_.size())));
    put(c.kind == Kind::name ? (c.is_acronym                  ? 2u
                                : c.first_hash == c.head_hash ? 1u
                                                              : 0u)
                             : 3u,
        seen);
    const Word next = c.words.last;
    const bool relative =
        next < a_.size() && a_.feats(next).find("PronType=Rel") != std::string_view::npos;
    put(relative ? 1 : 0, seen);
  }

  /// What counts of the mentions between: kept while the choices are gone through, nearest first.
  struct Rank {
    std::uint32_t passed = 0;    ///< chains passed that agree
    std::uint32_t subjects = 0;  ///< of them subjects
    std::array<std::uint32_t, 8> recent{};
  };

  void describe_pair(std::uint32_t m, std::uint32_t k, std::vector<std::uint32_t>& out) {
    const Candidate& c = at(m);
    const Candidate& b = at(k);
    const Chain& e = chains_[chain_of_[k]];
    const std::uint32_t sort = sort_of(c), before = sort_of(b);
    const std::uint32_t pair = mix(coarse(c) + 1, before);
    const std::uint32_t both = mix(sort, before);
    std::uint32_t n = 0;
    auto put = [&](std::uint32_t x, std::uint32_t y = 0) {
      ++n;
      const std::uint32_t h = mix(mix(n, x), y);
      out.push_back(mix(h, 1 + sort));
      out.push_back(mix(h, both));
      out.push_back(mix(h, mix(0xABCD, coarse(c))));
    };
    auto put_one = [&](std::uint32_t x, std::uint32_t y = 0) {
      ++n;
      out.push_back(mix(mix(mix(n, x), y), pair));
    };
    const std::uint32_t sentences = bucket(c.sentence - b.sentence);
    const std::uint32_t agreeing = agreement(c, e);
    const bool nominal = !is_pronoun(c.kind) && !is_pronoun(b.kind);
    const std::uint32_t tied = compare_.tie(c, b);
    const std::uint32_t said = compare_.speech(c, b, e);
    const Comparison::Overlap shared = compare_.overlap(c, e);
    const std::uint32_t over = std::min(shared.shared, 3u) * 4 + std::min(shared.fresh, 3u);
    const std::uint32_t back = compare_.overlap_back(c, b);
    const std::uint32_t names = c.kind == Kind::name ? 1 + compare_.name_relation(c, b, e) : 0;
    const bool head_in_chain = holds(e.heads, e.head_count, c.head_hash);
    const std::uint32_t head = (c.head_hash == b.head_hash ? 2u : 0u) + (head_in_chain ? 1u : 0u);
    const std::uint32_t text = c.text == b.text ? 2 : 0;
    const std::uint32_t place =
        static_cast<std::uint32_t>(c.place) * 16 + static_cast<std::uint32_t>(b.place);
    const std::uint32_t nature_of_chain = nature(e);
    const std::uint32_t passed = std::min(rank_.passed, 5u),
                        subjects = std::min(rank_.subjects, 3u);
    const std::uint32_t chain_distance = bucket(c.sentence - at(e.last).sentence);

    put(1);
    put(sentences);
    put(sentences, passed);
    put(bucket(m - k));
    put(agreeing);
    put(agreeing, sentences);
    put(nature_of_chain);
    put(agreeing, passed);
    put(place, tied);
    put(static_cast<std::uint32_t>(b.place), sentences);
    put(mix(static_cast<std::uint32_t>(b.place), b.first_in_sentence ? 1 : 0),
        mix(passed, subjects));
    put(tied, agreeing);
    put(mix(tied, c.reflexive ? 1 : 0), static_cast<std::uint32_t>(b.place));
    put(said);
    put(mix(said, chain_distance));
    put(bucket(e.size), chain_distance);
    put(e.names > 0 ? 1 : 0, static_cast<std::uint32_t>(e.type));
    put(chain_distance, sentences);
    put(c.paragraph == b.paragraph ? 1 : 0, sentences);
    put(b.sentence == 0 ? 1 : 0, b.paragraph == 1 ? 1 : 0);
    put(b.coordination || b.inside_compound ? 1 : 0, c.inside_compound ? 1 : 0);
    put(is_pronoun(b.kind) && is_pronoun(c.kind) ? 1 + static_cast<std::uint32_t>(b.kind) : 0,
        e.pronoun == c.kind ? 1 : 0);
    put_one(c.governor_hash, mix(static_cast<std::uint32_t>(c.place), nature_of_chain));
    put_one(c.governor_hash == b.governor_hash ? 1 : 0, place);
    put_one(b.head_hash, static_cast<std::uint32_t>(c.kind));
    put_one(mix(c.head_hash, nature_of_chain));
    put_one(mix(c.head_hash, b.head_hash));
    put_one(hash_word(form_at(c.words.last)), tied);
    if (nominal) {
      const std::uint32_t match = mix(head, mix(text, names));
      put(match);
      put(match, agree(c.number, b.number));
      put(match, over);
      put(match, mix(over, back));
      put(match, sentences);
      put(match, mix(static_cast<std::uint32_t>(e.type), static_cast<std::uint32_t>(c.type)));
      put(match, tied);
      put(match, mix(static_cast<std::uint32_t>(c.kind), over));
      put(match, mix(c.inside_compound ? 1 : 0, b.inside_compound ? 1 : 0));
      put(match, std::min(c.words.size(), 6u));
      put(match, passed);
      put(c.head_hash, mix(static_cast<std::uint32_t>(e.type), 0));
      put_one(match, c.head_hash);
      put_one(match, mix(c.place == Place::compound ? 1 : 0, agreeing));
    }
    note(c, b, e, chain_of_[k]);
  }

  void note(const Candidate& c, const Candidate& b, const Chain& e, std::uint32_t chain) {
    if (clashes(c, e)) return;
    for (std::uint32_t q = 0; q < std::min<std::uint32_t>(rank_.passed, 8); ++q) {
      if (rank_.recent[q] == chain) return;
    }
    rank_.recent[rank_.passed % 8] = chain;
    ++rank_.passed;
    if (b.place == Place::subject || b.place == Place::passive_subject) ++rank_.subjects;
  }

  // --- without a model
  // -----------------------------------------------------------------------------

  /// Above 0: the same, and the higher the surer.
  int by_rule(std::uint32_t m, std::uint32_t k) const {
    const Candidate& c = at(m);
    const Candidate& b = at(k);
    const Chain& e = chains_[chain_of_[k]];
    const std::uint32_t tied = compare_.tie(c, b);
    const auto distance = static_cast<int>(c.sentence - b.sentence);
    if (tied == 1 && !is_pronoun(c.kind)) return 1000;
    if (tied == 2 && c.kind == Kind::definite) return 1000;
    if (is_pronoun(c.kind)) return pronoun_by_rule(c, b, e, tied, distance);
    if (b.coordination != c.coordination) return 0;
    const int nearness = std::max(0, 50 - distance);
    if (c.kind == Kind::name) {
      const std::uint32_t names = compare_.name_relation(c, b, e);
      if (e.type != NameType::none && c.type != NameType::none && e.type != c.type && names != 1)
        return 0;
      if (names == 1) return 900 + nearness;
      if (names == 4) return 800 + nearness;
      if (names == 2 && !clashes(c, e)) return 700 + nearness;
      if (names == 3 && c.type == NameType::PER && c.first_hash == c.head_hash)
        return 600 + nearness;
      return 0;
    }
    if (c.kind == Kind::indefinite || c.kind == Kind::quantified || c.inside_compound) return 0;
    if (c.number != Number::unknown && e.number != Number::unknown && c.number != e.number)
      return 0;
    if (c.text == b.text && (c.kind != Kind::bare || c.words.size() > 1)) return 500 + nearness;
    if (c.kind == Kind::bare) return 0;
    if (holds(e.heads, e.head_count, c.head_hash) && compare_.overlap(c, e).fresh == 0 && distance < 12)
      return 400 + nearness;
    return 0;
  }

  int pronoun_by_rule(const Candidate& c, const Candidate& b, const Chain& e, std::uint32_t tied,
                      int distance) const {
    if (c.kind == Kind::demonstrative || c.kind == Kind::one || c.kind == Kind::other_pronoun)
      return 0;
    const std::uint32_t said = compare_.speech(c, b, e);
    if (c.kind == Kind::first_singular || c.kind == Kind::first_plural || c.kind == Kind::second) {
      if (said == 1) return 900;
      if (said == 5 || said == 6) return 0;
      return b.kind == c.kind ? 800 : 0;
    }
    if (clashes(c, e) || distance > 3) return 0;
    if (b.kind == Kind::first_singular || b.kind == Kind::first_plural || b.kind == Kind::second)
      return 0;
    if (c.kind != Kind::they && c.kind != Kind::it && e.animacy != Animacy::person &&
        e.gender == Gender::unknown)
      return 0;
    if (c.kind == Kind::they && e.number == Number::singular && e.type != NameType::ORG) return 0;
    if (c.reflexive)
      return tied == 3 && (b.place == Place::subject || b.place == Place::passive_subject) ? 900
                                                                                           : 0;
    if (tied == 3 && !c.possessive_pronoun) return 0;  // "Aho met him": not Aho
    int score = 300 - 60 * distance;
    if (b.place == Place::subject || b.place == Place::passive_subject) score += 60;
    if (b.first_in_sentence) score += 30;
    if (b.place == Place::object) score += 20;
    if (b.place == Place::compound || b.place == Place::possessor || b.place == Place::modifier)
      score -= 30;
    if (agree(c.gender, e.gender) == 1) score += 50;
    if (c.kind == Kind::they && b.coordination) score += 20;
    if (e.pronoun == c.kind) score += 30;
    if (tied == 4 || tied == 5) score += 40;
    return score;
  }

  const Analysis& a_;
  const Scene& scene_;
  const CoreferenceWeights& weights_;
  const Trace* trace_;
  std::vector<std::uint32_t> chain_of_;
  Comparison compare_;
  std::vector<Chain> chains_;
  std::unordered_map<std::uint32_t, std::array<std::uint32_t, kSameKey>> keys_;
  std::unordered_map<std::uint32_t, std::uint32_t> gold_chain_;
  std::vector<std::uint32_t> choices_;
  std::vector<std::uint32_t> features_;
  Rank rank_;
};

}  // namespace

std::vector<std::uint32_t> link(const Analysis& analysis, const Scene& scene,
                                const CoreferenceWeights& weights, const Trace* trace) {
  return Linker(analysis, scene, weights, trace).run();
}

}  // namespace parley::coreference

namespace parley {

Chains Coreference::resolve(const Analysis& analysis) const {
  const coreference::Scene scene = coreference::find_mentions(analysis);
  const std::vector<std::uint32_t> chain_of = coreference::link(analysis, scene, weights_, nullptr);
  Chains result;
  result.mentions.reserve(scene.mentions.size());
  for (std::size_t m = 0; m < scene.mentions.size(); ++m) {
    const coreference::Candidate& c = scene.mentions[m];
    Mention mention;
    mention.words = c.words;
    mention.head = c.head;
    mention.form = coreference::is_pronoun(c.kind)     ? Mention::Form::pronoun
                   : c.kind == coreference::Kind::name ? Mention::Form::name
                                                       : Mention::Form::nominal;
    if (mention.form == Mention::Form::name) mention.type = c.type;
    mention.chain = chain_of[m];
    result.count = std::max(result.count, mention.chain + 1);
    result.mentions.push_back(mention);
  }
  return result;
}

}  // namespace parley
