"""The event companion: predicates to PLOVER types, on the encoder as it is (src/record/event_companion.h).

    python -m training.companion --trace build/release/companion_trace --model models/parley-en.safetensors \
        --out models/companion-en.safetensors [--frames DATA/predicates/frame-examples.jsonl]

The features are the library's own (training/companion_trace.cc). It learns from training/companion/*.jsonl, from the
codebook's example sentences (the word that wakes the rule has the rule's type; the other words say nothing) and, with
--frames, from PropBank's frame examples of lemmas that no rule knows, as NONE at a lower weight.

Features are brought to their first principal components, block by block; several small networks with one hidden layer are trained
from different seeds on them. Mean logits of such networks are those of one network whose hidden layer is all of theirs, and a
projection before a linear layer is a linear layer: the file has one hidden layer over the plain features.

Thresholds are chosen on every fifth sentence of each file, held out: `accept` is the least probability at which what is found is right at
least --precision of the time, `veto` the least probability of NONE at which at most --harm of what is doubted is an event.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import tempfile
import tomllib

import numpy as np
import torch
import torch.nn.functional as F

from .export import read_file, write

ROOT = pathlib.Path(__file__).resolve().parent.parent
# In the order of EventType (include/parley/record.h).
TYPES = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
         "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
NONE = len(TYPES)
BLOCKS, FLAGS = 5, 16                       # CompanionFeatures
KEEP = [160, 48, 64, 48, 64]                # components of each block


def sentences():
    """-> [{"text", "gold": {begin: class}, "dev"}], everything unmarked is NONE"""
    for path in sorted((ROOT / "training/companion").glob("*.jsonl")):
        for n, line in enumerate(path.open(encoding="utf-8")):
            r = json.loads(line)
            yield {"text": r["text"], "gold": {e["begin"]: TYPES.index(e["type"]) for e in r["events"]}, "dev": n % 5 == 4, "weight": 1.0, "rest": NONE}


def codebook():
    """The examples, and the lemmas that some rule knows."""
    examples, known = [], set()
    for path in sorted((ROOT / "data/codebook").glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            lemmas = {re.split(r"[/._ ]", p)[0] for p in rule["predicates"]}
            known |= lemmas
            if "event" not in rule:
                continue
            for example in [rule] + rule.get("more", []):
                if "example" in example and "known_wrong" not in example:
                    examples.append({"text": example["example"], "lemmas": lemmas, "type": TYPES.index(rule["event"]), "dev": False, "weight": 1.0, "rest": None})
    return examples, known


def frames(path, known, count):
    """One example of each of `count` senses whose lemma no rule knows."""
    seen, out = set(), []
    for line in open(path, encoding="utf-8"):
        r = json.loads(line)
        if r["sense"] in seen or re.split(r"[._]", r["sense"])[0] in known or len(r["words"]) > 40:
            continue
        seen.add(r["sense"])
        begin = sum(len(w) + 1 for w in r["words"][:r["word"] - 1])
        out.append({"text": " ".join(r["words"]), "gold": {begin: NONE}, "dev": False, "weight": 0.4, "rest": None})
    random.Random(5).shuffle(out)
    return out[:count]


def features(trace, model, rows):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "in.jsonl").write_text("".join(json.dumps({"text": r["text"]}) + "\n" for r in rows), encoding="utf-8")
        subprocess.run([str(trace), str(model), str(folder / "in.jsonl"), str(folder / "out")], check=True)
        words = [json.loads(line) for line in open(folder / "out.jsonl", encoding="utf-8")]
        return words, np.fromfile(folder / "out.f32", dtype=np.float32).reshape(len(words), -1)


def labelled(rows, words, x):
    """-> features, classes, weights, held out or not, lemmas; of the words that their sentence says something about."""
    keep, y = [], []
    for i, w in enumerate(words):
        r = rows[w["line"]]
        label = r["type"] if "lemmas" in r and w["lemma"].lower() in r["lemmas"] else r.get("gold", {}).get(w["begin"], r["rest"])
        if label is not None:
            keep.append(i)
            y.append(label)
    of = lambda key: np.array([rows[words[i]["line"]][key] for i in keep])
    return x[keep], np.array(y), of("weight").astype(np.float32), of("dev").astype(bool), np.array([words[i]["lemma"].lower() for i in keep])


def projection(x):
    """Block by block to the first principal components, scaled; flags as they are. -> mean, matrix [inputs, components]"""
    width, mean, parts, at = (x.shape[1] - FLAGS) // BLOCKS, x.mean(0), [], 0
    for block, keep in enumerate(KEEP):
        b = x[:, block * width:(block + 1) * width] - mean[block * width:(block + 1) * width]
        values, vectors = np.linalg.eigh(b.T @ b / len(b))
        part = np.zeros((x.shape[1], keep), np.float32)
        part[block * width:(block + 1) * width] = vectors[:, ::-1][:, :keep] / np.sqrt(values[::-1][:keep].mean())
        parts.append(part)
    flags = np.zeros((x.shape[1], FLAGS), np.float32)
    flags[-FLAGS:] = np.eye(FLAGS)
    return mean, np.hstack(parts + [flags])


def fit(x, y, weight, seed, hidden, epochs):
    torch.manual_seed(seed)
    net = torch.nn.Sequential(torch.nn.Dropout(0.3), torch.nn.Linear(x.shape[1], hidden), torch.nn.ReLU(), torch.nn.Dropout(0.5), torch.nn.Linear(hidden, NONE + 1))
    optimiser = torch.optim.AdamW(net.parameters(), lr=4e-3, weight_decay=0.05)
    size, batch = len(x), 128
    steps = epochs * -(-size // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: min(1.0, (k + 1) / 50) * max(0.0, 1.0 - k / steps))
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(size).split(batch):
            loss = (F.cross_entropy(net(x[rows]), y[rows], reduction="none", label_smoothing=0.05) * weight[rows]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net.eval()


def merged(nets, mean, matrix):
    """The networks as one over the plain features: hidden layers side by side, mean logits."""
    with torch.no_grad():
        w1 = np.vstack([n[1].weight.numpy() @ matrix.T for n in nets]).astype(np.float32)
        b1 = np.concatenate([n[1].bias.numpy() for n in nets]) - w1 @ mean
        w2 = np.hstack([n[4].weight.numpy() for n in nets]) / len(nets)
        b2 = np.mean([n[4].bias.numpy() for n in nets], 0)
    return {"in.weight": w1.astype(np.float16), "in.bias": b1.astype(np.float32), "out.weight": w2.astype(np.float16), "out.bias": b2.astype(np.float32)}


def probabilities(arrays, x):
    a = {k: v.astype(np.float32) for k, v in arrays.items()}
    z = np.maximum(x @ a["in.weight"].T + a["in.bias"], 0) @ a["out.weight"].T + a["out.bias"]
    z = np.exp(z - z.max(1, keepdims=True))
    return z / z.sum(1, keepdims=True)


def at(p, y, least):
    """Precision, recall and F1 of what is found with at least this probability."""
    found = np.where(p[:, :NONE].max(1) >= least, p[:, :NONE].argmax(1), NONE)
    right, made, there = ((found == y) & (y < NONE)).sum(), (found < NONE).sum(), (y < NONE).sum()
    precision, recall = right / max(made, 1), right / max(there, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trace", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--frames", type=pathlib.Path)
    parser.add_argument("--frame-count", type=int, default=2000)
    parser.add_argument("--hidden", type=int, default=64)
    parser.add_argument("--networks", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--precision", type=float, default=0.8)
    parser.add_argument("--harm", type=float, default=0.03)
    parser.add_argument("--all", action="store_true", help="after the thresholds are chosen, train once more with the held-out sentences too")
    args = parser.parse_args()
    torch.set_num_threads(1)  # products this small: threads only wait for each other
    examples, known = codebook()
    rows = list(sentences())
    written = len(rows)
    rows += examples + (frames(args.frames, known, args.frame_count) if args.frames else [])
    words, raw = features(args.trace, args.model, rows)
    x, y, weight, dev, lemmas = labelled(rows, words, raw)
    marked = sum(len(r["gold"]) for r in rows[:written])
    reached = sum(1 for w in words if w["line"] < written and w["begin"] in rows[w["line"]]["gold"])
    print(f"{written} sentences written, {marked} events marked in them, {reached} of these words are considered; {len(examples)} codebook examples; "
          f"{len(y)} words in all, {int((y < NONE).sum())} of them events")

    def train(use):
        mean, matrix = projection(x[use])
        z, t, w = torch.tensor((x[use] - mean) @ matrix), torch.tensor(y[use]), torch.tensor(weight[use])
        return merged([fit(z, t, w, seed, args.hidden, args.epochs) for seed in range(args.networks)], mean, matrix)

    arrays = train(~dev)
    p, gold = probabilities(arrays, x[dev]), y[dev]
    new = ~np.isin(lemmas[dev], lemmas[~dev & (y < NONE)])
    print(f"held out: {len(gold)} words, {int((gold < NONE).sum())} events")
    accept = veto = 1.0
    for least in np.arange(0.2, 1.0, 0.05):
        a, b = at(p, gold, least), at(p[new], gold[new], least)
        print(f"  probability >= {least:.2f}: precision {a[0]:.3f} recall {a[1]:.3f} F1 {a[2]:.3f}; lemmas never seen as events: {b[0]:.3f} {b[1]:.3f} {b[2]:.3f}")
        if accept == 1.0 and a[0] >= args.precision:
            accept = float(least)
    for least in np.arange(0.5, 1.0, 0.01):
        doubted = p[:, NONE] >= least
        if veto == 1.0 and doubted.any() and (gold[doubted] < NONE).mean() <= args.harm:
            veto = float(least)
            print(f"veto at NONE >= {least:.2f}: doubts {doubted.mean():.3f} of all words, {(gold[doubted] < NONE).sum() / (gold < NONE).sum():.3f} of the events")
    wrong = collections.Counter((TYPES + ["NONE"])[g] + ">" + (TYPES + ["NONE"])[f] for g, f in zip(gold, np.where(p[:, :NONE].max(1) >= accept, p[:, :NONE].argmax(1), NONE)) if g != f and f != NONE)
    print(f"accept {accept:.2f}; wrong there:", dict(wrong.most_common(12)))
    if args.all:
        arrays = train(np.ones(len(y), bool))
    arrays["thresholds"] = np.array([accept, veto], np.float32)
    encoder, _ = read_file(args.model)
    metadata = {"format": "parley-model", "format_version": "1", "kind": "event-companion", "encoder": encoder["fingerprint"], "name": "companion-en"}
    print("fingerprint", write(args.out, arrays, metadata), "bytes", args.out.stat().st_size)


if __name__ == "__main__":
    main()
