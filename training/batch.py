"""Batches: sentences of like length together, with cheap changes that make them more like news."""
import random

import torch

from . import data, lemmas, names
from .wordpiece import case_of

IGNORE = -100


class Batcher:
    def __init__(self, pieces, labels, lexicon):
        self.pieces, self.labels, self.lexicon = pieces, labels, lexicon
        self.index = {name: {x: i for i, x in enumerate(labels[name])} for name in labels}
        self.any_pos = {}
        for (lemma, _), senses in lexicon.items():
            self.any_pos.setdefault(lemma, set()).update(senses)
        self.by_sense = {}
        for key, senses in lexicon.items():
            for s in senses:
                self.by_sense.setdefault(s, []).append(key)

    def length(self, sentence):
        return 2 + sum(len(self.pieces.of(w)) for w in sentence.words)

    def candidates(self, sentence, predicate):
        """Senses that the word's lemma may have."""
        if sentence.upos is not None:
            key = (predicate.lemma, data.pos_of(sentence.upos[predicate.word]))
        else:  # the lemma isn't given: of the sense's own lemmas, the one most like the word
            word = sentence.words[predicate.word].lower()
            keys = self.by_sense.get(predicate.sense, [])
            if not keys:
                return [predicate.sense]
            key = max(keys, key=lambda k: (_common_prefix(k[0], word), -len(k[0]), k))
        return self.lexicon.get(key) or sorted(self.any_pos.get(predicate.lemma, ())) or [predicate.sense]

    def epochs(self, sentences, budget, rng, sample):
        """Endless batches; `sample(epoch, rng)` gives each epoch's sentences."""
        epoch = 0
        while True:
            chosen = sample(epoch, rng)
            chosen.sort(key=lambda s: self.length(s) + rng.uniform(-2.0, 2.0))
            batches, current, longest = [], [], 0
            for s in chosen:
                n = self.length(s)
                if n > 200:
                    continue
                if current and (max(longest, n) * (len(current) + 1) > budget or len(current) >= 96):
                    batches.append(current)
                    current, longest = [], 0
                current.append(s)
                longest = max(longest, n)
            if current:
                batches.append(current)
            rng.shuffle(batches)
            for b in batches:
                yield epoch, self.build(b, rng)
            epoch += 1

    def build(self, sentences, rng=None):
        """Tensors of some sentences; with rng, changed a little for training."""
        made = [self._words(s, rng) for s in sentences]
        piece_lists, case_lists, firsts = [], [], []
        for s, words in made:
            ids, cases, first = [self.pieces.cls], [0], [0]
            for w in words:
                case = case_of(w)
                first.append(len(ids))
                for p in self.pieces.of(w):
                    ids.append(self.pieces.mask if rng and rng.random() < 0.04 else p)
                    cases.append(case)
            ids.append(self.pieces.sep)
            cases.append(0)
            piece_lists.append(ids)
            case_lists.append(cases)
            firsts.append(first)
        b = len(sentences)
        n, w = max(map(len, piece_lists)), max(map(len, firsts)) - 1
        t = {"sentences": sentences, "pieces": torch.full((b, n), self.pieces.pad), "case": torch.zeros((b, n), dtype=torch.long),
             "mask": torch.zeros((b, n), dtype=torch.bool), "first": torch.zeros((b, w + 1), dtype=torch.long), "words": torch.zeros((b, w), dtype=torch.bool)}
        for name in ("upos", "xpos", "feats", "lemma", "heads", "deprel"):
            t[name] = torch.full((b, w), IGNORE)
        t["ner"] = torch.full((b, w), names.FULL)
        t["predicate"] = torch.full((b, w), -1.0)
        sense_rows, fact_rows, role_rows = [], [], []
        for i, (s, words) in enumerate(made):
            t["pieces"][i, :len(piece_lists[i])] = torch.tensor(piece_lists[i])
            t["case"][i, :len(case_lists[i])] = torch.tensor(case_lists[i])
            t["mask"][i, :len(piece_lists[i])] = True
            t["first"][i, :len(firsts[i])] = torch.tensor(firsts[i])
            t["words"][i, :len(words)] = True
            cut = len(words)
            if s.upos is not None:
                for name, values in (("upos", s.upos), ("xpos", s.xpos), ("feats", s.feats), ("deprel", s.deprel)):
                    index = self.index[name]
                    t[name][i, :cut] = torch.tensor([index.get(v, IGNORE) for v in values[:cut]])
                rules = self.index["lemma_rules"]
                scripts = [lemmas.rule_of(a, l) for a, l in zip(s.words, s.lemmas)]
                # a rule that keeps the form's case says nothing about a form whose case was changed
                lemma = [IGNORE if a != c and r[0] == "k" else rules.get(r, IGNORE) for a, c, r in zip(s.words, words, scripts)]
                t["lemma"][i, :cut] = torch.tensor(lemma)
                heads = [h if h <= cut else IGNORE for h in s.heads[:cut]]
                t["heads"][i, :cut] = torch.tensor(heads)
            if s.ner is not None:
                t["ner"][i, :cut] = torch.tensor(s.ner[:cut])
            if s.predicates is not None:
                if s.complete:
                    t["predicate"][i, :cut] = 0.0
                for p in s.predicates:
                    if p.word >= cut:
                        continue
                    t["predicate"][i, p.word] = 1.0
                    sense = self.index["senses"].get(p.sense)
                    if sense is not None:
                        sense_rows.append((i, p.word + 1, sense, [self.index["senses"][c] for c in self.candidates(s, p) if c in self.index["senses"]]))
                    row = [0] * cut
                    for begin, end, label in p.roles:
                        if "B-" + label in self.index["roles"]:
                            for k in range(begin, min(end, cut)):
                                row[k] = self.index["roles"][("B-" if k == begin else "I-") + label]
                    role_rows.append((i, p.word + 1, row))
            for word, (value, confidence) in (s.factuality or {}).items():
                if word < cut:
                    fact_rows.append((i, word + 1, value, confidence))
        t["sense"] = sense_rows
        t["factuality"] = fact_rows
        t["role_b"] = torch.tensor([r[0] for r in role_rows], dtype=torch.long)
        t["role_p"] = torch.tensor([r[1] for r in role_rows], dtype=torch.long)
        t["roles"] = torch.full((len(role_rows), w), IGNORE)
        for k, (_, _, row) in enumerate(role_rows):
            t["roles"][k, :len(row)] = torch.tensor(row)
        return t

    def _words(self, s, rng):
        """-> sentence, its words as shown: now and then in capitals, like a headline, without a full stop."""
        words = s.words
        if rng is None:
            return s, words
        dice = rng.random()
        if dice < 0.03:
            words = [w.upper() for w in words]
        elif dice < 0.07:
            words = [w[:1].upper() + w[1:] if len(w) > 3 or k == 0 else w for k, w in enumerate(words)]
        elif dice < 0.09:
            words = [w.lower() for w in words]
        if len(words) > 4 and words[-1] == "." and rng.random() < 0.10 and (s.heads is None or len(words) not in s.heads):
            words = words[:-1]
        return s, words


def _common_prefix(a, b):
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n


def sampler(training, frames_part, names_times):
    """Each epoch: all trees, a share of the frame examples (another one each time), the names sets some times."""
    frames = list(training["frames"])
    random.Random(7).shuffle(frames)
    parts = max(1, round(1 / frames_part))

    def sample(epoch, rng):
        chosen = training["ewt"] + training["gum"] + frames[epoch % parts::parts]
        for s in training["names"]:
            chosen += [s] * names_times.get(s.source, 1)
        return chosen
    return sample
