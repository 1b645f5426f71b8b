"""Dev figures of a run or of a model file: `python -m training.evaluate --data DIR --run OUT` (or `--model FILE`)."""
import argparse
import json
import math
import pathlib

import torch

from . import data, names
from .batch import Batcher
from .decode import Reader
from .model import Parley, Settings
from .wordpiece import Pieces


def prf(tp, fp, fn):
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return {"p": round(100 * p, 2), "r": round(100 * r, 2), "f1": round(200 * p * r / max(1e-9, p + r), 2)}


def trees(sentences, read):
    hit, n = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las"), 0), 0
    for s in sentences:
        a = read[s.id]
        for i in range(len(s.words)):
            n += 1
            hit["upos"] += s.upos[i] == a["upos"][i]
            hit["xpos"] += s.xpos[i] == a["xpos"][i]
            hit["feats"] += s.feats[i] == a["feats"][i]
            hit["lemma"] += s.lemmas[i] == a["lemma"][i]
            same = s.heads[i] == a["head"][i]
            hit["uas"] += same
            # CoNLL 2018's LAS compares universal relations, without subtypes
            hit["las"] += same and s.deprel[i].split(":")[0] == a["deprel"][i].split(":")[0]
    return {k: round(100 * v / n, 2) for k, v in hit.items()} | {"words": n}


def predicates(sentences, read, seen=frozenset()):
    """`seen`: the senses that EWT's train part has; accuracy on the others, which only frames and their examples tell of, is given apart."""
    c = dict.fromkeys(("ptp", "pfp", "pfn", "rtp", "rfp", "rfn", "sense", "all", "unseen", "unseen right"), 0)
    for s in sentences:
        gold = {p.word: p for p in s.predicates}
        mine = {w: (sense, roles) for w, sense, roles in read[s.id]["predicates"]}
        c["ptp"] += len(gold.keys() & mine.keys())
        c["pfp"] += len(mine.keys() - gold.keys())
        c["pfn"] += len(gold.keys() - mine.keys())
        for w, p in gold.items():
            a, b = set(p.roles), set(mine[w][1]) if w in mine else set()
            c["rtp"] += len(a & b)
            c["rfp"] += len(b - a)
            c["rfn"] += len(a - b)
            c["all"] += 1
            right = w in mine and mine[w][0] == p.sense
            c["sense"] += right
            c["unseen"] += p.sense not in seen
            c["unseen right"] += right and p.sense not in seen
        c["rfp"] += sum(len(mine[w][1]) for w in mine.keys() - gold.keys())
    return {"predicates": prf(c["ptp"], c["pfp"], c["pfn"]), "roles": prf(c["rtp"], c["rfp"], c["rfn"]),
            "sense": round(100 * c["sense"] / max(1, c["all"]), 2),
            "senses not in EWT train": {"accuracy": round(100 * c["unseen right"] / max(1, c["unseen"]), 2), "n": c["unseen"]}}


def factuality(sentences, read):
    pairs = [(v, read[s.id]["factual"][w]) for s in sentences for w, (v, _) in (s.factuality or {}).items()]
    n = len(pairs)
    mg, mp = sum(g for g, _ in pairs) / n, sum(p for _, p in pairs) / n
    cov = sum((g - mg) * (p - mp) for g, p in pairs)
    vg, vp = sum((g - mg) ** 2 for g, _ in pairs), sum((p - mp) ** 2 for _, p in pairs)
    return {"r": round(cov / math.sqrt(vg * vp), 4), "mae": round(sum(abs(g - p) for g, p in pairs) / n, 4), "n": n}


COARSE = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
GOLD = {"politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG", "country": "LOC", "location": "LOC",
        "Person": "PER", "Organisation": "ORG", "Location": "LOC", "PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def raw_bio(path):
    """Words and tags exactly as the file has them."""
    out, words, tags = [], [], []
    for line in data.lines(path) + [""]:
        fields = line.split()
        if line.startswith("#"):
            continue
        if not fields:
            if words:
                out.append((words, tags))
            words, tags = [], []
            continue
        word, tag = (fields[1], fields[2]) if len(fields) >= 3 and fields[0].isdigit() else (fields[0], fields[-1])
        words.append(word)
        tags.append(tag)
    return out


def named(path, reader):
    """Names on given words (words that UD splits are split for the model); kinds as the scorer maps them."""
    gold_tags = raw_bio(path)
    sentences, back = [], []
    for k, (words, _) in enumerate(gold_tags):
        split, owner = [], []
        for i, w in enumerate(words):
            for part in names.split_token(w):
                split.append(part)
                owner.append(i)
        sentences.append(data.Sentence("names", str(k), split))
        back.append(owner)
    read = reader.read([s for s in sentences if reader.batcher.length(s) <= 500])
    c = dict.fromkeys(("tp", "fp", "fn", "btp", "bfp", "bfn"), 0)
    for k, (words, tags) in enumerate(gold_tags):
        g = {(b, e, GOLD[t]) for b, e, t in names.spans_of(tags) if t in GOLD}
        spans = read[str(k)]["ner"] if str(k) in read else []
        p = {(back[k][b], back[k][e - 1] + 1, COARSE[t]) for b, e, t in spans if t in COARSE}
        gb, pb = {x[:2] for x in g}, {x[:2] for x in p}
        c["tp"] += len(g & p)
        c["fp"] += len(p - g)
        c["fn"] += len(g - p)
        c["btp"] += len(gb & pb)
        c["bfp"] += len(pb - gb)
        c["bfn"] += len(gb - pb)
    return {"typed": prf(c["tp"], c["fp"], c["fn"]), "untyped": prf(c["btp"], c["bfp"], c["bfn"])}


def figures(reader, folder):
    ewt, gum = data.read_ud(folder, "dev")
    read = reader.read(ewt)
    seen = {p.sense for s in data.read_ud(folder, "train")[0] for p in s.predicates}
    out = {"ewt": trees(ewt, read), "gum": trees(gum, reader.read(gum)), "propbank": predicates(ewt, read, seen), "factuality": factuality(ewt, read)}
    out["propbank"]["roles, predicates given"] = predicates(ewt, reader.read(ewt, gold_predicates=True))["roles"]
    for name, file in (("uner", "uner-ewt-dev.iob2"), ("re3d", "re3d-dev.bio"), ("crossner", "crossner-politics-dev.bio")):
        out[name] = named(folder / "ner" / file, reader)
    return out


def from_run(run, vocab, checkpoint="final.pt"):
    inventory = json.loads((run / "inventory.json").read_text(encoding="utf-8"))
    lexicon = {(lemma, pos): senses for lemma, pos, senses in inventory["sense_lexicon"]}
    batcher = Batcher(Pieces(vocab), inventory["labels"], lexicon)
    model = Parley(Settings(**inventory["settings"]), inventory["labels"])
    model.load_state_dict(torch.load(run / checkpoint, weights_only=False)["average"])
    return model, batcher, inventory


def main():
    from .train import default_base
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--run", type=pathlib.Path)
    parser.add_argument("--checkpoint", default="final.pt")
    parser.add_argument("--model", type=pathlib.Path)
    parser.add_argument("--base", type=pathlib.Path, default=default_base())
    args = parser.parse_args()
    if args.model:
        from .export import load
        reader = load(args.model)
    else:
        model, batcher, _ = from_run(args.run, args.base / "vocab.txt", args.checkpoint)
        reader = Reader(model, batcher)
    for name, values in figures(reader, args.data).items():
        print(name, json.dumps(values))


if __name__ == "__main__":
    main()
