#include "record/statement_tree.h"

#include <algorithm>
#include <array>

namespace parley {
namespace {

constexpr int kDeepestSharing = 6;  // verbs that share one subject; longer chains are parse errors

bool is_clausal(std::string_view relation) {
  static constexpr std::array<std::string_view, 7> kClausal{"ccomp", "advcl",  "acl",  "parataxis",
                                                            "csubj", "xcomp", "root"};
  return std::find(kClausal.begin(), kClausal.end(), relation) != kClausal.end();
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// A past tense, also one that the tagger took for a participle.
bool told_in_past(const Analysis& analysis, Word verb) {
  if (analysis.xpos(verb) == "VBD") return true;
  return analysis.xpos(verb) == "VBN" && analysis.child(verb, "aux") == kNoWord && analysis.child(verb, "nsubj") == kNoWord;
}

bool follows_closely(const Analysis& analysis, Word w) {
  const std::string_view relation = analysis.base_relation(w);
  return relation == "aux" || relation == "cop" || relation == "mark" ||
         (relation == "advmod" && analysis.subtree(w).size() <= 2);
}

}  // namespace

bool is_quote_mark(std::string_view form) {
  static constexpr std::array<std::string_view, 11> kMarks{
      "\"", "''", "``", "'", "`", "\u201C", "\u201D", "\u2018", "\u2019", "\u00AB", "\u00BB"};
  return std::find(kMarks.begin(), kMarks.end(), form) != kMarks.end();
}

std::string lemma_with_particle(const Analysis& analysis, Word verb) {
  std::string lemma = lower(analysis.lemma(verb));
  for (const Word child : analysis.children(verb)) {
    if (child > verb && analysis.relation(child) == "compound:prt") {
      return lemma + "_" + lower(analysis.form(child));
    }
  }
  return lemma;
}

bool is_passive(const Analysis& analysis, Word verb) {
  for (const Word child : analysis.children(verb)) {
    const std::string_view relation = analysis.relation(child);
    if (relation == "aux:pass" || relation == "nsubj:pass") return true;
  }
  const std::string_view relation = analysis.base_relation(verb);
  const bool participle = analysis.xpos(verb) == "VBN" || (analysis.has_feature(verb, "VerbForm=Part") &&
                                                           analysis.has_feature(verb, "Tense=Past"));
  return (relation == "acl" || relation == "advcl") && participle &&
         analysis.child(verb, "aux") == kNoWord && analysis.child(verb, "nsubj") == kNoWord &&
         analysis.child(verb, "obj") == kNoWord;
}

bool is_infinitive(const Analysis& analysis, Word verb) {
  for (const Word child : analysis.children(verb)) {
    if (child >= verb) break;
    if (analysis.base_relation(child) == "mark" && lower(analysis.form(child)) == "to") return true;
  }
  return false;
}

bool is_negated(const Analysis& analysis, Word verb) {
  for (const Word child : analysis.children(verb)) {
    if (analysis.base_relation(child) != "advmod" && analysis.base_relation(child) != "det") continue;
    const std::string form = lower(analysis.form(child));
    if (form == "not" || form == "n't" || form == "never" || form == "n\u2019t" || form == "no") return true;
  }
  return false;
}

bool is_relative_pronoun(const Analysis& analysis, Word w) {
  return analysis.upos(w) == Upos::PRON &&
         (analysis.has_feature(w, "PronType=Rel") ||
          ((analysis.xpos(w) == "WDT" || analysis.xpos(w) == "WP" || analysis.xpos(w) == "WP$") &&
           analysis.feats(w).find("PronType=Int") == std::string_view::npos));
}

Word own_subject(const Analysis& analysis, Word verb) {
  Word out = kNoWord;
  for (const Word child : analysis.children(verb)) {
    if (analysis.base_relation(child) != "nsubj") continue;
    if (out == kNoWord) {
      out = child;
      continue;
    }
    // The second is the verb's own where the first is a mere "another", or belongs to a verb between them.
    bool own = analysis.upos(out) == Upos::DET;
    for (Word w = out + 1; w < child && !own; ++w) own = analysis.upos(w) == Upos::VERB && analysis.base_relation(w) != "acl";
    if (child < verb && own) out = child;
  }
  return out;
}

Word swallowed_subject(const Analysis& analysis, Word verb) {
  const Word before = analysis.head(verb);
  const std::string_view xpos = analysis.xpos(verb);
  if (before == kNoWord || analysis.base_relation(verb) != "conj" || own_subject(analysis, verb) != kNoWord) return kNoWord;
  if (xpos != "VBD" && xpos != "VBZ" && xpos != "VBP") return kNoWord;
  const Word begin = verb_group(analysis, verb).first;
  Word end = begin;
  while (end > before + 1 && analysis.form(end - 1) == ",") --end;
  // Up from the word before the verb to the conjunct whose words end there.
  Word at = end - 1;
  for (int step = 0; step < kDeepestSharing && at != kNoWord && at > before; ++step, at = analysis.head(at)) {
    if (analysis.base_relation(at) != "conj") continue;
    const Upos upos = analysis.upos(at);
    const bool noun = upos == Upos::NOUN || upos == Upos::PROPN;
    if (!noun || analysis.child(at, "cc") == kNoWord || trimmed(analysis, analysis.subtree(at)).last != end) return kNoWord;
    // With an aside between commas, or with none: "A and B, said": the comma closes something else.
    return end == begin || analysis.child(at, "acl") != kNoWord || analysis.child(at, "appos") != kNoWord ? at : kNoWord;
  }
  return kNoWord;
}

Word speaker_in_clause(const Analysis& analysis, Word verb, Word clause) {
  if (clause == kNoWord || clause > verb || own_subject(analysis, verb) != kNoWord) return kNoWord;
  for (const Word child : analysis.children(clause)) {
    if (child <= clause || analysis.relation(child) != "nsubj" || is_relative_pronoun(analysis, child)) continue;
    return child < verb && analysis.subtree(child).last + 1 >= verb_group(analysis, verb).first ? child : kNoWord;
  }
  return kNoWord;
}

Word agent_of(const Analysis& analysis, Word verb) {
  for (const Word child : analysis.children(verb)) {
    if (analysis.relation(child) == "obl:agent") return child;
    if (analysis.base_relation(child) != "obl" || child < verb) continue;
    const Word mark = analysis.child(child, "case");
    if (mark != kNoWord && lower(analysis.form(mark)) == "by" && is_passive(analysis, verb)) return child;
  }
  return kNoWord;
}

Subject subject_of(const Analysis& analysis, Word verb) {
  const bool passive = is_passive(analysis, verb);
  if (passive) return {agent_of(analysis, verb), false};
  Subject found;
  Word at = verb;
  for (int step = 0; step < kDeepestSharing && at != kNoWord; ++step) {
    Word subject = own_subject(analysis, at);
    if (subject == kNoWord && at == verb) {
      subject = swallowed_subject(analysis, at);
      if (subject == kNoWord) subject = speaker_in_clause(analysis, at, analysis.child(at, "ccomp"));
    }
    if (subject != kNoWord) {
      found.head = subject;
      return found;
    }
    found.controlled = true;
    Word above = analysis.head(at);
    if (above == kNoWord) break;
    const std::string_view relation = analysis.base_relation(at);
    // "Drones were launched, the army said, adding that ...": hung on the clause in front of the one that it goes with.
    // "said it would honour the truce but called on them to leave": a past beside "would" is the speaker's own deed.
    if (relation == "conj" && told_in_past(analysis, at) && analysis.xpos(above) == "VB" &&
        analysis.base_relation(above) == "ccomp" && analysis.head(above) != kNoWord && !is_infinitive(analysis, above)) {
      above = analysis.head(above);
    }
    if (relation == "advcl" && analysis.base_relation(above) == "ccomp" && analysis.head(above) > above &&
        analysis.head(above) != kNoWord && analysis.head(above) < at) {
      above = analysis.head(above);
    }
    // "praised both sides for reaching a deal": they have reached it
    if (relation == "advcl" && analysis.xpos(at) == "VBG" && analysis.child(at, "mark") != kNoWord) {
      const Word object = analysis.child(above, "obj");
      if (object != kNoWord && object < at && lower(analysis.form(analysis.child(at, "mark"))) == "for") {
        found.head = object;
        return found;
      }
    }
    if (relation == "xcomp") {
      Word object = analysis.child(above, "obj");
      if (object == kNoWord) object = analysis.child(above, "iobj");
      if (object != kNoWord && object < at) {
        found.head = object;
        return found;
      }
      at = above;
    } else if (relation == "conj" || relation == "advcl" || relation == "parataxis" || relation == "dep" ||
               relation == "ccomp") {
      if (relation == "ccomp" && !is_infinitive(analysis, at)) break;
      at = above;
    } else if (relation == "acl") {
      // "a letter accusing ..."; an infinitive's doer ("the decision to attack") is the noun's possessor.
      if (is_infinitive(analysis, at)) {
        found.head = analysis.child(above, "nmod:poss");
      } else if (analysis.child(at, "mark") != kNoWord) {
        // "plays a part in mediating": the doer of the verb that the noun belongs to
        const Word verb_above = analysis.head(above);
        if (verb_above == kNoWord || analysis.upos(verb_above) != Upos::VERB || step + 1 == kDeepestSharing) {
          return found;
        }
        at = verb_above;
        continue;
      } else {
        found.head = above;
      }
      return found;
    } else {
      break;
    }
  }
  found.head = kNoWord;
  return found;
}

WordRange verb_group(const Analysis& analysis, Word verb) {
  WordRange group{verb, verb + 1};
  const Word begin = analysis.sentences()[analysis.sentence_of(verb)].words.first;
  while (group.first > begin) {
    const Word before = group.first - 1;
    Word head = before;
    // Adverbs of auxiliaries ("has only just said") hang on the verb or on one another.
    if (analysis.head(before) != verb && analysis.head(before) != kNoWord && group.contains(analysis.head(before))) {
      head = analysis.head(before);
    }
    if (head == before && analysis.head(before) != verb) break;
    if (head != before && analysis.base_relation(before) != "advmod") break;
    if (head == before && !follows_closely(analysis, before)) break;
    if (analysis.base_relation(before) == "mark" && lower(analysis.form(before)) != "to") break;
    if (analysis.has_feature(before, "PronType=Int") || analysis.has_feature(before, "PronType=Rel")) break;
    if (analysis.upos(before) == Upos::PUNCT) break;
    group.first = before;
  }
  for (const Word child : analysis.children(verb)) {
    if (child == group.last && analysis.relation(child) == "compound:prt") ++group.last;
  }
  return group;
}

WordRange trimmed(const Analysis& analysis, WordRange range) {
  const auto is_edge = [&](Word w) {
    if (analysis.upos(w) != Upos::PUNCT) return false;
    const std::string_view form = analysis.form(w);
    return !is_quote_mark(form) && form != "?" && form != "!" && form != "(" && form != ")" && form != "[" &&
           form != "]" && form != "...";
  };
  while (!range.empty() && is_edge(range.last - 1)) --range.last;
  while (!range.empty() && is_edge(range.first)) ++range.first;
  // A bracket or mark whose partner lies outside belongs outside too.
  int round = 0;
  for (Word w = range.first; w < range.last; ++w) {
    if (analysis.form(w) == "(") ++round;
    if (analysis.form(w) == ")") --round;
  }
  if (!range.empty() && round < 0 && analysis.form(range.last - 1) == ")") --range.last;
  if (!range.empty() && round > 0 && analysis.form(range.first) == "(") ++range.first;
  return range;
}

WordRange noun_phrase(const Analysis& analysis, Word head) {
  WordRange range = analysis.subtree(head);
  for (const Word child : analysis.children(head)) {
    const std::string_view relation = analysis.base_relation(child);
    const bool opens = child < head && (relation == "case" || relation == "cc" || relation == "mark" ||
                                        relation == "punct" || relation == "discourse");
    // A mark in the middle ("the “safe zone”") opens nothing.
    if (opens && analysis.subtree(child).first <= range.first) range.first = analysis.subtree(child).last;
    const bool foreign = relation == "parataxis" || relation == "advcl" || relation == "dislocated" ||
                         relation == "ccomp";
    if (foreign && child > head) {
      range.last = std::min(range.last, analysis.subtree(child).first);
      break;
    }
  }
  if (range.first > head) range.first = head;
  return trimmed(analysis, range);
}

std::vector<WordRange> without(const Analysis& analysis, WordRange whole, WordRange hole) {
  std::vector<WordRange> out;
  const WordRange left = trimmed(analysis, {whole.first, std::min(whole.last, hole.first)});
  const WordRange right = trimmed(analysis, {std::max(whole.first, hole.last), whole.last});
  if (hole.empty()) {
    const WordRange all = trimmed(analysis, whole);
    if (!all.empty()) out.push_back(all);
    return out;
  }
  if (!left.empty()) out.push_back(left);
  if (!right.empty()) out.push_back(right);
  return out;
}

Word clause_head(const Analysis& analysis, Word w) {
  Word at = w;
  while (analysis.head(at) != kNoWord) {
    const std::string_view relation = analysis.base_relation(at);
    if (is_clausal(relation)) break;
    if (relation == "conj" && analysis.upos(at) == Upos::VERB && analysis.child(at, "nsubj") != kNoWord) break;
    at = analysis.head(at);
  }
  return at;
}

}  // namespace parley
