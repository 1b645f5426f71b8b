// Who named entities are in event data: by the tables at the report's date, by title ("Kenyan
// Foreign Minister X"), apposition ("X, the head of the Y"), nationality, or the words of a body's
// own name.
#include <algorithm>

#include "record/entity_draft.h"

namespace parley {
namespace {

constexpr Word kTitleWords = 6;
constexpr int kPhraseWords = 4;
constexpr int kMaxDepth = 2;  // "members of supporters of …" ends here

std::string lemma_key(const Analysis& analysis, Word word) {
  return fold_name(analysis.lemma(word));
}

void add_role(std::vector<std::string>& roles, const std::string& role) {
  if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
}

bool is_former(const std::string& word) {
  return word == "former" || word == "ex" || word == "ousted" || word == "deposed" ||
         word == "late" || word == "onetime" || word == "then";
}

bool is_possessive(const Analysis& analysis, Word w) {
  const std::string_view form = analysis.form(w);
  return form == "'s" || form == "’s" || form == "'" || form == "’";
}

}  // namespace

std::optional<FoundTitle> title_before(const EntityWork& work, Word name_begin) {
  const Word sentence =
      work.analysis
          .sentences()[work.analysis.sentence_of(std::min(name_begin, work.analysis.size() - 1))]
          .words.first;
  std::optional<FoundTitle> found;
  Word end = name_begin;
  // "Gen. Sir X", "Prime Minister and Defence Minister X": the last title with a sector counts.
  for (int turn = 0; turn < 3 && end > sentence; ++turn) {
    Word best = end;
    const ActorTitle* title = nullptr;
    for (Word begin = end; begin > sentence && end - begin < kTitleWords;) {
      --begin;
      if (const ActorTitle* one = work.actors.title(work.joined({begin, end}))) {
        best = begin;
        title = one;
      }
    }
    if (title == nullptr) break;
    if (!found) found = FoundTitle{{best, name_begin}, title, false};
    if (found->title->roles.empty() && !title->roles.empty()) found->title = title;
    found->words.first = best;
    end = best;
    if (end > sentence && work.folded[end - 1] == "and") --end;
  }
  if (!found) return found;
  // "former", "senior", "acting", "outgoing" stand before the title, or "former" with the country
  // between.
  Word w = found->words.first;
  for (int back = 0; back < 4 && w > sentence; ++back) {
    --w;
    if (is_former(work.folded[w])) found->former = true;
    if (work.analysis.upos(w) == Upos::ADJ && work.mention_of_word[w] < 0) {
      found->words.first = w;
    } else if (work.mention_of_word[w] < 0) {
      break;
    }
  }
  return found;
}

std::optional<FoundAgent> agent_at(const EntityWork& work, Word word) {
  const Analysis& analysis = work.analysis;
  const WordRange sentence = analysis.sentences()[analysis.sentence_of(word)].words;
  const std::string lemma = lemma_key(analysis, word);
  if (lemma.empty()) return std::nullopt;
  std::optional<FoundAgent> found;
  // "chief of staff", "council of ministers": the head comes first.
  std::string forward = lemma;
  for (Word end = word + 1; end < sentence.last && end < word + kPhraseWords; ++end) {
    if (work.folded[end].empty()) {
      if (analysis.form(end) == "-") continue;
      break;
    }
    forward += ' ';
    if (const AgentNoun* noun = work.actors.agent(forward + work.folded[end]))
      found = FoundAgent{noun, {word, end + 1}};
    forward += work.folded[end];
  }
  if (found) return found;
  // "security forces", "human rights activist": the head comes last.
  const std::string& form = work.folded[word];
  for (const std::string& head : {lemma, form}) {
    for (Word begin = word >= sentence.first + kPhraseWords - 1 ? word - (kPhraseWords - 1)
                                                                : sentence.first;
         begin <= word; ++begin) {
      std::string phrase;
      bool parted = false;  // "the military, officials said"
      for (Word w = begin; w < word; ++w) {
        if (!work.folded[w].empty()) phrase += work.folded[w] + ' ';
        parted = parted || (work.folded[w].empty() && analysis.form(w) != "-");
      }
      if (parted) continue;
      if (const AgentNoun* noun = work.actors.agent(phrase + head))
        return FoundAgent{noun, {begin, word + 1}};
    }
    if (lemma == form) break;
  }
  // Plurals that the lemmatiser left alone: "militiamen", "cartels".
  if (const std::size_t men = form.rfind("men"); form.size() > 4 && men == form.size() - 3) {
    if (const AgentNoun* noun = work.actors.agent(form.substr(0, men) + "man"))
      return FoundAgent{noun, {word, word + 1}};
  }
  if (form.size() > 3 && form.ends_with('s')) {
    if (const AgentNoun* noun = work.actors.agent(form.substr(0, form.size() - 1)))
      return FoundAgent{noun, {word, word + 1}};
  }
  return std::nullopt;
}

std::optional<Affiliation> affiliation_of_mention(const EntityWork& work, std::int32_t mention) {
  if (mention < 0) return std::nullopt;
  const std::uint32_t index = work.mentions[static_cast<std::size_t>(mention)].entity;
  const EntityDraft& draft = work.entities[index];
  Affiliation out;
  out.entity = index;
  if (draft.kind == EntityKind::event || draft.kind == EntityKind::weapon) return std::nullopt;
  out.body = draft.kind == EntityKind::organisation || draft.kind == EntityKind::group;
  if (draft.coded) {
    out.country = draft.code.country.value_or("");
    out.roles = draft.code.roles;
  } else if (draft.actor) {
    const ActorCode code = work.actors.code(*draft.actor, work.date);
    out.country = code.country.value_or("");
    out.roles = code.roles;
  }
  if (draft.kind == EntityKind::person)
    out.roles.clear();  // a president's supporters are not the president
  if (out.country.empty() && out.roles.empty()) return std::nullopt;
  return out;
}

std::optional<Affiliation> affiliation(const EntityWork& work, Word noun, int depth) {
  const Analysis& analysis = work.analysis;
  std::optional<Affiliation> best;
  int best_rank = 0;
  const auto offer = [&](Word word, int rank) {
    if (rank <= best_rank) return;
    std::int32_t mention = work.mention_at_head[word];
    if (mention < 0) mention = work.mention_of_word[word];
    if (auto found = affiliation_of_mention(work, mention)) {
      best = std::move(found);
      best_rank = rank;
      return;
    }
    // "a member of the Libyan parliament": what the inner noun's own modifiers say.
    if (depth >= kMaxDepth || mention >= 0 || word == noun || analysis.upos(word) != Upos::NOUN)
      return;
    const auto agent = agent_at(work, word);
    if (!agent) return;
    const auto inner = affiliation(work, word, depth + 1);
    const ActorCode code = composed_code(*agent->noun, inner);
    if (!code.country && code.roles.empty()) return;
    Affiliation composed;
    composed.country = code.country.value_or("");
    composed.roles = code.roles;
    composed.nested = true;
    composed.body = true;  // "the rebels' negotiator" is a rebel
    if (inner) composed.entity = inner->entity;
    best = std::move(composed);
    best_rank = rank;
  };
  // "JAKARTA - Asian leaders": a dateline is no modifier.
  const auto behind_dash = [&](Word child) {
    for (Word w = child + 1; w < noun; ++w) {
      if (analysis.upos(w) == Upos::PUNCT && work.folded[w].empty() && analysis.space_after(w) &&
          analysis.space_after(w - 1))
        return true;
    }
    return false;
  };
  const auto look = [&](Word at, int less) {
    for (const Word child : analysis.children(at)) {
      if (child < noun && noun - child < 40 && behind_dash(child)) continue;
      const std::string_view relation = analysis.relation(child);
      const std::string_view base = analysis.base_relation(child);
      if (base == "amod" || base == "compound" || relation == "nmod:desc" || base == "flat") {
        if (child < noun) offer(child, 6 - less);
        // "the Saudi-led coalition": who leads it gives it its country; who backs it does not.
        const auto& heading = work.context.knowledge.codebook.list("heading");
        if (child < noun && base == "amod" && heading.contains(std::string(analysis.lemma(child)))) {
          for (const Word leader : analysis.children(child)) {
            if (leader < child) offer(leader, 6 - less);
          }
        }
      } else if (relation == "nmod:poss") {
        offer(child, 5 - less);
      } else if (base == "nmod") {
        std::string preposition;
        for (const Word part : analysis.children(child)) {
          if (analysis.base_relation(part) == "case") preposition = work.folded[part];
        }
        if (preposition.empty() && child < noun) offer(child, 5 - less);
        if (preposition == "of" || preposition == "for") offer(child, 4 - less);
        if (preposition == "from") offer(child, 3 - less);
        if (preposition == "in" || preposition == "at") offer(child, 2 - less);
      }
    }
  };
  look(noun, 0);
  if (best) return best;
  // "Kenyan army and police officers", "a member of the Libyan parliament": what a part belongs to.
  for (const Word child : analysis.children(noun)) {
    const std::string_view base = analysis.base_relation(child);
    if (base == "compound" || base == "nmod") look(child, 1);
  }
  return best;
}

ActorCode composed_code(const AgentNoun& noun, const std::optional<Affiliation>& of) {
  std::string country = noun.country;
  std::vector<std::string> roles;
  if (of && country.empty()) country = of->country;
  if (of && (of->body || !of->roles.empty())) roles = of->roles;
  const bool member = of && of->body;
  for (const std::string& role : noun.roles) {
    // An official, leader or supporter of a body is what the body is; a soldier of it is a soldier
    // too.
    if (member && (role == "GOV" || role == "CVL" || role == "PTY" || role == "LEG")) continue;
    if (member && !roles.empty() && (role == "MIL" || role == "REB" || role == "PRM")) continue;
    add_role(roles, role);
  }
  if (noun.speaks && roles.empty() && of && !of->body && !of->country.empty())
    roles.push_back("GOV");
  return actor_code(std::move(country), std::move(roles));
}

namespace {

class Coder {
 public:
  explicit Coder(EntityWork& work) : work_(work), analysis_(work.analysis) {}

  void run() {
    mentions_of_.resize(work_.entities.size());
    for (const DraftMention& mention : work_.mentions) {
      if (mention.form == MentionForm::name) mentions_of_[mention.entity].push_back(&mention);
    }
    // Bodies and places first: people belong to them.
    for (std::uint32_t i = 0; i < mentions_of_.size(); ++i) {
      EntityDraft& draft = work_.entities[i];
      if (draft.kind == EntityKind::person || draft.coded) continue;
      if (draft.actor) {
        draft.code = work_.actors.code(*draft.actor, work_.date);
        // "Iraqi Kurds": a people of several states, with the state beside it.
        if (!draft.code.country && draft.kind == EntityKind::nationality)
          draft.code = actor_code(body(i).country.value_or(""), draft.code.roles);
      } else {
        draft.code = body(i);
      }
      draft.coded = true;
    }
    for (std::uint32_t i = 0; i < mentions_of_.size(); ++i) {
      EntityDraft& draft = work_.entities[i];
      if (draft.kind != EntityKind::person || draft.coded) continue;
      draft.code = person(i);
      draft.coded = true;
    }
  }

 private:
  /// "Israeli Ministry of Health", "University of Nairobi", "Sudanese Communist Party".
  ActorCode body(std::uint32_t index) {
    const EntityDraft& draft = work_.entities[index];
    if (draft.kind == EntityKind::event || draft.kind == EntityKind::weapon ||
        draft.kind == EntityKind::country)
      return {};
    std::string country;
    std::vector<std::string> roles;
    for (Word w = draft.name.first; w < draft.name.last && country.empty(); ++w) {
      // "northern Mali" lies in Mali, "New Mexico" not in Mexico.
      if (draft.kind == EntityKind::place && w > draft.name.first &&
          analysis_.upos(w - 1) != Upos::ADJ)
        break;
      const auto match = work_.actors.names().longest(work_.folded, w, draft.name.last);
      if (match.values == nullptr) continue;
      for (const ActorName& name : *match.values) {
        const Actor& actor = work_.actors.actor(name.actor);
        if (actor.kind == EntityKind::person || actor.ambiguous || name.capitals ||
            actor.country.empty())
          continue;
        country = actor.country;
        break;
      }
    }
    if (draft.kind == EntityKind::organisation || draft.kind == EntityKind::group) {
      for (Word w = draft.name.last; w > draft.name.first && roles.empty();) {
        --w;
        const Word longest = static_cast<Word>(kPhraseWords);
        for (Word begin = std::max(draft.name.first, w + 1 > longest ? w + 1 - longest : 0);
             begin <= w; ++begin) {
          std::string phrase = work_.joined({begin, w + 1});
          const AgentNoun* noun = work_.actors.agent(phrase);
          if (noun == nullptr && phrase.ends_with('s'))
            noun = work_.actors.agent(phrase.substr(0, phrase.size() - 1));
          if (noun == nullptr || !noun->body || noun->loose) continue;
          roles = noun->roles;
          if (country.empty()) country = noun->country;
          break;
        }
      }
    }
    if (country.empty()) {
      for (const DraftMention* mention : mentions_of_[index]) {
        if (draft.kind == EntityKind::place) break;
        if (const auto of = affiliation(work_, mention->head); of && of->entity != index) {
          country = of->country;
          if (roles.empty() && of->body) roles = of->roles;
          break;
        }
      }
    }
    return actor_code(std::move(country), std::move(roles));
  }

  struct Reading {
    std::string country;
    std::vector<std::string> roles;
    bool former = false;
    bool state = false;
    bool any() const { return !country.empty() || !roles.empty() || former; }
  };

  ActorCode person(std::uint32_t index) {
    const EntityDraft& draft = work_.entities[index];
    Reading text;
    for (const DraftMention* mention : mentions_of_[index]) {
      Reading one = read_mention(*mention);
      if (text.country.empty()) text.country = one.country;
      if (text.roles.empty()) {
        text.roles = std::move(one.roles);
        text.former = one.former;
      }
      text.state = text.state || one.state;
      if (!text.country.empty() && !text.roles.empty()) break;
    }
    std::optional<std::uint32_t> actor = draft.actor;
    if (!actor) actor = by_surname(draft, text);
    if (actor) {
      ActorCode code = work_.actors.code(*actor, work_.date);
      // "African Union envoy X", once a president: the text says whom he speaks for now.
      if (!text.country.empty() && !work_.actors.state(text.country) &&
          text.country != code.country.value_or("")) {
        return actor_code(text.country, text.roles);
      }
      if (!work_.date && text.former)
        return actor_code(code.country.value_or(text.country), {"ELI"});
      const bool table_is_plain =
          code.roles.empty() || (code.roles.size() == 1 && code.roles.front() == "ELI");
      if (!text.roles.empty() && !text.former && table_is_plain &&
          (code.country.value_or("") == text.country || text.country.empty())) {
        return actor_code(code.country.value_or(""), text.roles);
      }
      return code;
    }
    if (text.former && text.roles.empty()) text.roles = {"ELI"};
    return actor_code(text.country, text.roles);
  }

  /// "President Mbeki", a surname alone: a holder of high office of the country that the text
  /// names, or the only one of that name.
  std::optional<std::uint32_t> by_surname(const EntityDraft& draft, const Reading& text) const {
    const std::string folded = work_.joined(draft.name);
    const std::size_t space = folded.rfind(' ');
    const auto* people =
        work_.actors.surname(space == std::string::npos ? folded : folded.substr(space + 1));
    if (people == nullptr) return std::nullopt;
    std::optional<std::uint32_t> found;
    bool several = false;
    for (const std::uint32_t one : *people) {
      const Actor& actor = work_.actors.actor(one);
      const std::string name = fold_name(actor.name);
      if (space != std::string::npos && name.find(' ') != std::string::npos)
        continue;  // another first name
      const bool named = text.country == actor.country ||
                         (text.country.empty() && text.state && mentioned(actor.country));
      if (!text.country.empty() && text.country != actor.country) continue;
      if (!named && !(text.state && text.country.empty())) continue;
      if (work_.date) {
        const ActorCode code = work_.actors.code(one, work_.date);
        if (code.roles.empty() || (code.roles.front() == "ELI" && !text.former)) continue;
      }
      if (found && work_.actors.actor(*found).country != actor.country) {
        if (mentioned(work_.actors.actor(*found).country)) continue;
        if (mentioned(actor.country)) {
          found = one;
          several = false;
          continue;
        }
        several = true;
      }
      if (!found) found = one;
    }
    if (several) return std::nullopt;
    return found;
  }

  bool mentioned(const std::string& country) const {
    const auto state = work_.actors.state(country);
    if (!state) return false;
    return std::any_of(work_.entities.begin(), work_.entities.end(), [&](const EntityDraft& draft) {
      return draft.actor && work_.actors.actor(*draft.actor).country == country &&
             draft.kind != EntityKind::person;
    });
  }

  Reading read_mention(const DraftMention& mention) const {
    Reading out;
    if (const auto title = title_before(work_, mention.words.first)) {
      out.roles = title->title->roles;
      out.country = title->title->country;
      out.former = title->former;
      out.state = title->title->state;
      if (out.country.empty()) belongs(title->words, title->title->speaks, mention, out);
      if (out.former && !out.roles.empty()) out.roles = {"ELI"};
    } else {
      // "Somalia's Ahmed Nur", "Indian Ambika Sen"
      std::int32_t before = left_neighbour(mention.words.first);
      if (const auto of = affiliation_of_mention(work_, before)) {
        out.country = of->country;
        if (of->body) out.roles = of->roles;
      }
    }
    if (out.roles.empty() || out.country.empty()) apposition(mention.head, out);
    return out;
  }

  /// The mention that ends right before `word` (but for a possessive's 's).
  std::int32_t left_neighbour(Word word) const {
    if (word == 0) return -1;
    Word w = word - 1;
    if (is_possessive(analysis_, w) && w > 0) --w;
    if (analysis_.sentence_of(w) != analysis_.sentence_of(word)) return -1;
    return work_.mention_of_word[w];
  }

  /// Whom a title belongs to: what stands before it, or what "of" leads to.
  void belongs(WordRange title, bool speaks, const DraftMention& mention, Reading& out) const {
    std::optional<Affiliation> of;
    Word begin = title.first;
    // A country inside the adjectives that were taken into the title's range.
    for (Word w = begin; w < title.last && !of; ++w)
      of = affiliation_of_mention(work_, work_.mention_of_word[w]);
    if (!of) of = affiliation_of_mention(work_, left_neighbour(begin));
    if (!of) of = affiliation(work_, mention.head);
    if (!of) return;
    out.country = of->country;
    if (speaks && !of->body && out.roles.empty()) out.roles = {"GOV"};
    if (of->body && (out.roles.empty() || out.roles == std::vector<std::string>{"GOV"}))
      out.roles = of->roles;
  }

  /// "X, a spokesman for the army,", "the rebels' commander, X", "X is the head of …".
  void apposition(Word head, Reading& out) const {
    const auto take = [&](Word noun) {
      const auto agent = agent_at(work_, noun);
      const std::string title_words =
          agent ? work_.joined(agent->words) : lemma_key(analysis_, noun);
      const ActorTitle* title = work_.actors.title(title_words);
      if (!agent && title == nullptr) return false;
      const auto of = affiliation(work_, noun);
      bool former = false;
      for (const Word child : analysis_.children(noun))
        former = former || is_former(work_.folded[child]);
      AgentNoun as;
      if (agent) as = *agent->noun;
      if (title != nullptr && !title->roles.empty()) as.roles = title->roles;
      as.speaks = as.speaks || (title != nullptr && title->speaks);
      if (title != nullptr && as.country.empty()) as.country = title->country;
      const ActorCode code = composed_code(as, of);
      if (out.country.empty()) out.country = code.country.value_or("");
      if (out.roles.empty()) out.roles = former ? std::vector<std::string>{"ELI"} : code.roles;
      out.former = out.former || former;
      out.state = out.state || (title != nullptr && title->state);
      return true;
    };
    for (const Word child : analysis_.children(head)) {
      const std::string_view relation = analysis_.base_relation(child);
      if (relation == "appos" && analysis_.upos(child) == Upos::NOUN && take(child)) return;
    }
    if (analysis_.head(head) == kNoWord) return;
    const Word up = analysis_.head(head);
    const std::string_view relation = analysis_.base_relation(head);
    const bool noun = analysis_.upos(up) == Upos::NOUN || analysis_.upos(up) == Upos::PROPN;
    if ((relation == "appos" || relation == "flat" || relation == "compound") && noun && take(up))
      return;
    if (relation == "nsubj" && noun && analysis_.child(up, "cop") != kNoWord) take(up);
  }

  EntityWork& work_;
  const Analysis& analysis_;
  std::vector<std::vector<const DraftMention*>> mentions_of_;
};

}  // namespace

void code_entities(EntityWork& work) {
  Coder(work).run();
}

}  // namespace parley
