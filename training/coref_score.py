"""CoNLL F1 of coreference: the mean of MUC, B-cubed and CEAF-phi4 (Pradhan et al. 2014), over `Entity=` brackets.

    python -m training.coref_score GOLD.conllu SYSTEM.conllu [--singletons]

Mentions agree when their words do; singletons count only when asked for. Documents are paired in order; words are
compared by their number in the document, so both files must have the same words.
"""
import argparse
import collections
import json
import re

import numpy

BRACKET = re.compile(r"\([^()]*\)?|[^()]+\)")


def read(path):
    """[{(first, last): chain}] a document, words from 0, both inclusive."""
    documents, words, opened, current = [], 0, collections.defaultdict(list), None
    for line in open(path, encoding="utf-8"):
        if line.startswith("# newdoc") or (current is None and line.strip()):
            current, words, opened = {}, 0, collections.defaultdict(list)
            documents.append(current)
        if line[0] == "#" or not line.strip():
            continue
        fields = line.rstrip("\n").split("\t")
        if not fields[0].isdigit():
            continue
        found = re.search(r"(?:^|\|)Entity=([^|]*)", fields[9])
        for part in BRACKET.findall(found.group(1)) if found else []:
            chain = part.strip("()").split("-")[0]
            chain = re.sub(r"\[.*", "", chain)
            if part[0] == "(":
                if part[-1] == ")":
                    current.setdefault((words, words), chain)
                else:
                    opened[chain].append(words)
            elif opened[chain]:
                current.setdefault((opened[chain].pop(), words), chain)
        words += 1
    return documents


def chains(mentions, singletons):
    groups = collections.defaultdict(set)
    for span, chain in mentions.items():
        groups[chain].add(span)
    return [g for g in groups.values() if singletons or len(g) > 1]


def muc(key, response):
    where = {m: k for k, g in enumerate(response) for m in g}
    hit = total = 0
    for g in key:
        parts = {where.get(m, ("alone", m)) for m in g}
        hit += len(g) - len(parts)
        total += len(g) - 1
    return hit, total


def b_cubed(key, response):
    where = {m: g for g in response for m in g}
    hit = sum(len(g & where[m]) / len(g) for g in key for m in g if m in where)
    return hit, sum(map(len, key))


def best_assignment(gain):
    """The sum of the best one-to-one assignment (Hungarian method, rows <= columns)."""
    gain = numpy.asarray(gain, float)
    if gain.size == 0:
        return 0.0
    if gain.shape[0] > gain.shape[1]:
        gain = gain.T
    cost = -gain
    n, m = cost.shape
    u, v, match = numpy.zeros(n + 1), numpy.zeros(m + 1), numpy.zeros(m + 1, int)
    for i in range(1, n + 1):
        match[0] = i
        column, least, way, used = 0, numpy.full(m + 1, numpy.inf), numpy.zeros(m + 1, int), numpy.zeros(m + 1, bool)
        while True:
            used[column] = True
            row = match[column]
            slack = cost[row - 1] - u[row] - v[1:]
            free = ~used[1:]
            better = free & (slack < least[1:])
            least[1:][better] = slack[better]
            way[1:][better] = column
            next_column = 1 + int(numpy.argmin(numpy.where(free, least[1:], numpy.inf)))
            delta = least[next_column]
            u[match[used]] += delta
            v[used] -= delta
            least[1:][free] -= delta
            column = next_column
            if match[column] == 0:
                break
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return sum(gain[match[j] - 1, j - 1] for j in range(1, m + 1) if match[j])


def ceaf(key, response):
    return best_assignment([[2 * len(a & b) / (len(a) + len(b)) for b in response] for a in key])


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(gold, system, singletons=False):
    sums = collections.Counter()
    for g, s in zip(gold, system, strict=True):
        key, response = chains(g, singletons), chains(s, singletons)
        for name, measure in (("muc", muc), ("b3", b_cubed)):
            for side, (a, b) in (("r", (key, response)), ("p", (response, key))):
                hit, total = measure(a, b)
                sums[name, side, "hit"] += hit
                sums[name, side, "of"] += total
        similarity = ceaf(key, response)
        for side, of in (("r", len(key)), ("p", len(response))):
            sums["ceaf", side, "hit"] += similarity
            sums["ceaf", side, "of"] += of
        in_key, in_response = set().union(*key) if key else set(), set().union(*response) if response else set()
        for side, of in (("r", in_key), ("p", in_response)):
            sums["mentions", side, "hit"] += len(in_key & in_response)
            sums["mentions", side, "of"] += len(of)
    result = {}
    for name in ("mentions", "muc", "b3", "ceaf"):
        p, r = (sums[name, side, "hit"] / max(1, sums[name, side, "of"]) for side in "pr")
        result[name] = {"precision": round(p, 4), "recall": round(r, 4), "f1": round(f1(p, r), 4)}
    result["conll"] = round(sum(result[name]["f1"] for name in ("muc", "b3", "ceaf")) / 3, 4)
    return result


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold")
    options.add_argument("system")
    options.add_argument("--singletons", action="store_true")
    options = options.parse_args()
    print(json.dumps(score(read(options.gold), read(options.system), options.singletons), indent=1))


if __name__ == "__main__":
    main()
