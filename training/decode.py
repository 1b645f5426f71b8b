"""From scores to an analysis, the way the C++ runtime does it: one tree, BIO sequences, a lemma's senses."""
import numpy as np
import torch

from . import data, lemmas


def tree(scores):
    """scores[d, h]: word d + 1 under head h (0 the root) -> heads; the best tree with one root word.

    Chu-Liu/Edmonds; when the best tree has several root words, each of them is tried alone.
    """
    n = len(scores)
    full = np.full((n + 1, n + 1), -1e9)
    full[1:, :] = scores
    np.fill_diagonal(full, -1e9)
    heads = _edmonds(full)
    roots = [d for d in range(1, n + 1) if heads[d] == 0]
    if len(roots) != 1:
        best = None
        for r in roots or range(1, n + 1):
            one = full.copy()
            one[:, 0] = -1e9
            one[r, 0] = full[r, 0]
            h = _edmonds(one)
            total = sum(one[d, h[d]] for d in range(1, n + 1))
            if best is None or total > best[0]:
                best = (total, h)
        heads = best[1]
    return heads[1:]


def _edmonds(s):
    """s[d, h] with node 0 the root -> heads (entry 0 unused)."""
    n = len(s)
    heads = s.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return [int(x) for x in heads]
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)          # 0 stays first
    m = len(outside)
    small = np.full((m + 1, m + 1), -1e9)
    small[:m, :m] = s[np.ix_(outside, outside)]
    kept = sum(s[c, heads[c]] for c in cycle)
    enter = s[np.ix_(cycle, outside)] - np.array([s[c, heads[c]] for c in cycle])[:, None] + kept
    leave = s[np.ix_(outside, cycle)]
    small[m, :m], small[:m, m] = enter.max(0), leave.max(1)
    enter_at, leave_at = enter.argmax(0), leave.argmax(1)
    np.fill_diagonal(small, -1e9)
    h = _edmonds(small)
    out = [int(x) for x in heads]
    for k in range(1, m):
        out[outside[k]] = cycle[leave_at[k]] if h[k] == m else outside[h[k]]
    broken = cycle[enter_at[h[m]]]
    out[broken] = outside[h[m]]
    return [int(x) for x in out]


def _cycle(heads):
    colour = [0] * len(heads)
    colour[0] = 2
    for start in range(1, len(heads)):
        path, at = [], start
        while colour[at] == 0:
            colour[at] = 1
            path.append(at)
            at = heads[at]
        if colour[at] == 1:
            return np.array(path[path.index(at):])
        for p in path:
            colour[p] = 2
    return None


class Bio:
    """Viterbi over BIO labels: I-X only after B-X or I-X."""

    def __init__(self, labels):
        self.labels = labels
        self.allowed = np.zeros((len(labels), len(labels)))
        self.start = np.zeros(len(labels))
        for j, b in enumerate(labels):
            if b.startswith("I-"):
                self.start[j] = -1e9
                for i, a in enumerate(labels):
                    if a[2:] != b[2:] or a == "O":
                        self.allowed[i, j] = -1e9

    def path(self, scores):
        best, back = scores[0] + self.start, []
        for row in scores[1:]:
            via = best[:, None] + self.allowed
            back.append(via.argmax(0))
            best = via.max(0) + row
        out = [int(best.argmax())]
        for b in reversed(back):
            out.append(int(b[out[-1]]))
        return out[::-1]

    def spans(self, scores):
        """-> [(begin, end, kind)], words from 0, end exclusive"""
        out = []
        for k, i in enumerate(self.path(scores)):
            label = self.labels[i]
            if label.startswith("B-"):
                out.append([k, k + 1, label[2:]])
            elif label.startswith("I-"):
                out[-1][1] = k + 1
        return [tuple(s) for s in out]


class Reader:
    """A model with its inventory, ready to label sentences of given words."""

    def __init__(self, model, batcher, lexicon=None):
        self.model, self.batcher, self.lexicon = model.eval(), batcher, lexicon or {}
        self.labels = batcher.labels
        self.roles, self.ner = Bio(self.labels["roles"]), Bio(self.labels["ner"])
        self.sense_index = batcher.index["senses"]
        self.choosy = True                     # see senses_of

    def lemma(self, word, upos, rule):
        return self.lexicon.get((word.lower(), upos)) or lemmas.apply_rule(self.labels["lemma_rules"][rule], word)

    def senses_of(self, lemma, upos, present=None):
        """A lemma's senses; with present (the sentence's words and lemmas), of the senses of several words only those whose words are there."""
        b = self.batcher
        senses = b.lexicon.get((lemma, data.pos_of(upos))) or sorted(b.any_pos.get(lemma, ()))
        if present is None:
            return senses
        return [x for x in senses if present.issuperset(x.rpartition(".")[0].split("_")[1:])] or senses

    def read(self, sentences, gold_predicates=False, budget=3000):
        """-> {id: dict of the analysis} for Sentence objects."""
        order, out = sorted(sentences, key=self.batcher.length), {}
        at = 0
        while at < len(order):
            end = at + 1
            while end < len(order) and self.batcher.length(order[end]) * (end + 1 - at) <= budget:
                end += 1
            for s, a in zip(order[at:end], self._batch(order[at:end], gold_predicates)):
                out[s.id] = a
            at = end
        return out

    @torch.no_grad()
    def _batch(self, sentences, gold_predicates):
        m, t = self.model, self.batcher.build(sentences)
        w = m.words(m.encode(t["pieces"], t["case"], t["mask"]), t["first"])
        inner = w[:, 1:]
        arcs = m.arcs(w)
        best = {k: getattr(m, k)(inner).argmax(-1).tolist() for k in ("upos", "xpos", "feats", "lemma")}
        ner, predicate, factual = m.ner(inner).float().numpy(), m.predicate(inner).squeeze(-1).float(), m.factual(inner)
        analyses, b_index, d_index, h_index = [], [], [], []
        for i, s in enumerate(sentences):
            n = len(s.words)
            heads = tree(arcs[i, :n, :n + 1].double().numpy())
            name = lambda k: [self.labels[k][x] for x in best[k][i][:n]]
            upos = name("upos")
            analyses.append({"words": s.words, "upos": upos, "xpos": name("xpos"), "feats": name("feats"), "head": heads,
                             "lemma": [self.lemma(word, u, r) for word, u, r in zip(s.words, upos, best["lemma"][i])],
                             "ner": self.ner.spans(ner[i, :n]), "factual": factual[i, :n].tolist(), "predicates": []})
            b_index += [i] * n
            d_index += range(1, n + 1)
            h_index += heads
        relation = m.relations(w, torch.tensor(b_index), torch.tensor(d_index), torch.tensor(h_index)).argmax(-1).tolist()
        at = 0
        for a in analyses:
            a["deprel"] = [self.labels["deprel"][r] for r in relation[at:at + len(a["words"])]]
            at += len(a["words"])
        found = []
        for i, s in enumerate(sentences):
            marked = [p.word for p in s.predicates] if gold_predicates else (predicate[i, :len(s.words)] > 0).nonzero()[:, 0].tolist()
            found += [(i, p) for p in marked]
        for k in range(0, len(found), 64):
            part = found[k:k + 64]
            b, p = torch.tensor([x[0] for x in part]), torch.tensor([x[1] + 1 for x in part])
            scores = m.roles(w, t["words"], b, p).numpy()
            senses = m.sense(w[b, p]).float()
            for (i, word), row, sense in zip(part, scores, senses):
                a = analyses[i]
                lemma = a["lemma"][word].lower()
                if "present" not in a:
                    a["present"] = {x.lower() for x in a["words"]} | {x.lower() for x in a["lemma"]}
                candidates = [self.sense_index[c] for c in self.senses_of(lemma, a["upos"][word], a["present"] if self.choosy else None)]
                label = self.labels["senses"][max(candidates, key=lambda c: float(sense[c]))] if candidates else f"{lemma}.01"
                a["predicates"].append((word, label, self.roles.spans(row[:len(a["words"])])))
        return analyses
