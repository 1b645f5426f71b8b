"""Lemma rules: edit scripts from a form to its lemma, small enough in number to be a classifier's labels.

A rule is `casing;prefix_cut;prefix_add;suffix_cut;suffix_add`. `l` works on the lower-cased form, `k` on
the form as it stands; the cuts are counts of code points, the additions are literal. `*LEMMA` gives the
lemma itself: go/went, be/was. "studies" -> "study" is `l;0;;3;y`, "Americans" -> "American" `k;0;;1;`.
"""
import functools


@functools.lru_cache(maxsize=None)
def rule_of(form: str, lemma: str) -> str:
    """The shortest script that turns form into lemma."""
    lower = form.lower()
    if len(lower) != len(form):  # a letter whose lower case is longer: positions would not carry over
        return "*" + lemma
    best = None
    for casing, base in (("l", lower), ("k", form)):
        size, at, to = _longest_common(base, lemma)
        if size == 0 or 2 * size < len(lemma):
            continue
        rule = (at, lemma[:to], len(base) - at - size, lemma[to + size:])
        cost = rule[0] + len(rule[1]) + rule[2] + len(rule[3])
        if best is None or cost < best[0]:
            best = (cost, f"{casing};{rule[0]};{rule[1]};{rule[2]};{rule[3]}")
    if best is None or ";" in lemma or best[0] > 8:
        return "*" + lemma
    return best[1]


def apply_rule(rule: str, form: str) -> str:
    if rule.startswith("*"):
        return rule[1:]
    casing, prefix_cut, prefix_add, suffix_cut, suffix_add = rule.split(";")
    base = form.lower() if casing == "l" else form
    a, b = int(prefix_cut), int(suffix_cut)
    if a + b > len(base):  # a rule learned from a longer word: the form is its own lemma
        return base
    return prefix_add + base[a:len(base) - b] + suffix_add


def _longest_common(a: str, b: str):
    best = (0, 0, 0)
    lengths = [0] * (len(b) + 1)
    for i, x in enumerate(a):
        previous = 0
        for j, y in enumerate(b):
            held = lengths[j + 1]
            lengths[j + 1] = previous + 1 if x == y else 0
            previous = held
            if lengths[j + 1] > best[0]:
                best = (lengths[j + 1], i - lengths[j + 1] + 1, j - lengths[j + 1] + 1)
    return best
