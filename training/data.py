"""Readers: every training source as the same kind of sentence, with None where it says nothing."""
import collections
import dataclasses
import json
import pathlib
import re

from . import lemmas, names


@dataclasses.dataclass
class Predicate:
    word: int                                  # from 0
    sense: str
    roles: list                                # (begin, end, label), words from 0, end exclusive
    lemma: str = ""


@dataclasses.dataclass
class Sentence:
    source: str                                # ewt, gum, frames, re3d, crossner, wikigold
    id: str
    words: list
    upos: list = None
    xpos: list = None
    feats: list = None
    lemmas: list = None
    heads: list = None                         # from 1, 0 is the root
    deprel: list = None
    ner: list = None                           # bit sets of allowed labels, see names.py
    predicates: list = None                    # Predicate
    complete: bool = False                     # predicates has all the sentence's predicates
    factuality: dict = None                    # word from 0 -> (value, confidence)


def lines(path):
    """split("\\n") and not splitlines(): words hold other line separators."""
    return pathlib.Path(path).read_text(encoding="utf-8").rstrip("\n").split("\n")


def read_conllu(path, source):
    sent_id, rows = "", []
    for line in lines(path):
        if line.startswith("# sent_id = "):
            sent_id = line[12:]
        elif not line:
            if rows:
                yield _sentence(source, sent_id, rows)
            rows = []
        elif not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                rows.append(fields)
    if rows:
        yield _sentence(source, sent_id, rows)


def _sentence(source, sent_id, rows):
    column = lambda k: [r[k] for r in rows]
    s = Sentence(source, sent_id, column(1), column(3), column(4), column(5), column(2), [int(r[6]) for r in rows], column(7))
    if source == "gum":
        s.ner = names.gum_targets(s.words, s.upos, s.xpos, s.heads, column(9))
    else:
        s.ner = names.weak(s.words, s.upos)
    return s


ROLE_SAME = {"ARGM-PNC": "ARGM-PRP"}           # purpose, under its older name


def _roles(triples):
    return [(b - 1, e, ROLE_SAME.get(r, r)) for b, e, r in triples]


def add_predicates(sentences, path):
    by_id = {s.id: s for s in sentences}
    for line in lines(path):
        d = json.loads(line)
        s = by_id[d["sent_id"]]
        s.predicates = [Predicate(p["word"] - 1, p["sense"], _roles(p["roles"]), s.lemmas[p["word"] - 1].lower()) for p in d["predicates"]]
        s.complete = True
    for s in sentences:                        # a sentence that the file leaves out has no predicate
        if s.predicates is None:
            s.predicates, s.complete = [], True


def add_factuality(sentences, path):
    by_id = {s.id: s for s in sentences}
    for line in lines(path):
        d = json.loads(line)
        s = by_id.get(d["sent_id"])
        if s is not None and d["word"] <= len(s.words):
            s.factuality = s.factuality or {}
            s.factuality[d["word"] - 1] = (d["factual"], d["confidence"])


def read_frame_examples(path):
    for k, line in enumerate(lines(path)):
        d = json.loads(line)
        words = [w or "_" for w in d["words"]]
        yield Sentence("frames", f"frames-{k}", words, ner=names.weak(words),
                       predicates=[Predicate(d["word"] - 1, d["sense"], _roles(d["roles"]))])


def read_names(path, source):
    for k, pairs in enumerate(names.read_bio(path)):
        words, tags = [w for w, _ in pairs], [t for _, t in pairs]
        yield Sentence(source, f"{source}-{k}", words, ner=names.targets_of(words, names.spans_of(tags), source))


def read_ud(data, part):
    """EWT with predicates and factuality, and GUM, of one part (train or dev)."""
    ewt = list(read_conllu(data / f"ud/ewt-{part}.conllu", "ewt"))
    add_predicates(ewt, data / f"predicates/ewt-propbank-{part}.jsonl")
    add_factuality(ewt, data / f"predicates/ewt-factuality-{part}.jsonl")
    return ewt, list(read_conllu(data / f"ud/gum-{part}.conllu", "gum"))


def read_training(data):
    """All training sentences; what is word for word in a dev part is left out."""
    data = pathlib.Path(data)
    ewt, gum = read_ud(data, "train")
    held_out = {" ".join(s.words).lower() for part in read_ud(data, "dev") for s in part if len(s.words) > 6}
    frames = [s for s in read_frame_examples(data / "predicates/frame-examples.jsonl") if " ".join(s.words).lower() not in held_out]
    named = list(read_names(data / "ner/re3d-train.bio", "re3d")) + list(read_names(data / "ner/crossner-politics-train.bio", "crossner")) + \
        list(read_names(data / "ner/wikigold.conll", "wikigold"))
    return {"ewt": ewt, "gum": gum, "frames": frames, "names": named}


POS_OF = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j", "ADV": "r"}


def pos_of(upos):
    """UPOS -> the part of speech in frames.tsv; x for all the others."""
    return POS_OF.get(upos, "x")


def read_frames(path):
    """-> {sense: [(lemma as written, pos)]}"""
    out = {}
    for n, line in enumerate(lines(path)):
        if n == 0:
            continue
        sense, _, lemma_list, *_ = line.split("\t")
        out.setdefault(sense, [])
        for item in lemma_list.split(";"):
            m = re.match(r"\s*(.+) \((\w)\)\s*$", item)
            if m:
                out[sense].append((m.group(1), m.group(2)))
    return out


def sense_lexicon(frames, training):
    """(lemma, pos) -> senses. The marked word of a frame of several words is its first: check_in -> check.

    Words seen in training add what the frames file leaves out (`have.LV`, a form that a tagger takes for
    another class).
    """
    lexicon = collections.defaultdict(set)
    for sense, entries in frames.items():
        for lemma, pos in entries:
            first = lemma.lower().split("_")[0]
            pos = {"v": "v", "l": "v", "n": "n", "j": "j", "r": "r"}.get(pos, "x")
            if pos == "x" and lemma.split("_")[0] in ("in", "to", "on", "the", "out", "of", "a"):
                pos = "x"
            elif pos == "x":
                pos = "v"
            lexicon[first, pos].add(sense)
    for s in training["ewt"]:
        for p in s.predicates:
            lexicon[p.lemma, pos_of(s.upos[p.word])].add(p.sense)
    return {key: sorted(value) for key, value in lexicon.items()}


def inventory(training, frames):
    """All label lists, in a fixed order."""
    count = collections.defaultdict(collections.Counter)
    for s in training["ewt"] + training["gum"]:
        count["upos"].update(s.upos)
        count["xpos"].update(s.xpos)
        count["feats"].update(s.feats)
        count["deprel"].update(s.deprel)
        count["lemma_rules"].update(lemmas.rule_of(w, l) for w, l in zip(s.words, s.lemmas))
    for s in training["ewt"] + training["frames"]:
        for p in s.predicates:
            count["roles"].update(r for _, _, r in p.roles)
            count["senses"][p.sense] += 1
    keep = lambda name, least: [x for x, n in sorted(count[name].items(), key=lambda i: (-i[1], i[0])) if n >= least]
    labels = {"upos": sorted(count["upos"]), "xpos": keep("xpos", 2), "feats": keep("feats", 2), "lemma_rules": keep("lemma_rules", 3),
              "deprel": keep("deprel", 2), "ner": names.LABELS,
              "roles": ["O"] + [f"{p}-{r}" for r in keep("roles", 5) for p in "BI"],
              "senses": sorted(set(frames) | set(count["senses"]))}
    return labels
