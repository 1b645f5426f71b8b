"""The sense head alone, fitted once more: `python -m training.senses --run OUT --data DIR --out OUT2`.

Most of PropBank's senses have one to three examples, and a run shows the encoder each of them about twice. With the encoder as it
is, the predicates' vectors are computed once and the linear head goes over all of them a few times more, held near where it was.
"""
import argparse
import json
import pathlib
import random
import shutil
import time

import torch
import torch.nn.functional as F

from . import data
from .evaluate import from_run


@torch.no_grad()
def vectors(model, batcher, sentences):
    """-> (vectors [N, hidden], gold senses [N], candidates: list of index lists)"""
    model.eval()
    order = sorted((s for s in sentences if s.predicates and batcher.length(s) <= 200), key=batcher.length)
    out, gold, candidates, at = [], [], [], 0
    while at < len(order):
        end = at + 1
        while end < len(order) and batcher.length(order[end]) * (end + 1 - at) <= 4000:
            end += 1
        t = batcher.build(order[at:end])
        if t["sense"]:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                w = model.words(model.encode(t["pieces"], t["case"], t["mask"]), t["first"])
            b, p = torch.tensor([r[0] for r in t["sense"]]), torch.tensor([r[1] for r in t["sense"]])
            out.append(w[b, p].float())
            gold += [r[2] for r in t["sense"]]
            candidates += [r[3] for r in t["sense"]]
        at = end
    return torch.cat(out), torch.tensor(gold), candidates


def masks(candidates, gold, count):
    m = torch.zeros((len(candidates), count), dtype=torch.bool)
    m[torch.arange(len(gold)), gold] = True
    rows = torch.tensor([i for i, c in enumerate(candidates) for _ in c])
    m[rows, torch.tensor([x for c in candidates for x in c])] = True
    return m


def accuracy(weight, bias, x, gold, candidates):
    right = 0
    for at in range(0, len(x), 1024):
        part = slice(at, at + 1024)
        logits = F.linear(x[part], weight, bias).masked_fill(~masks(candidates[part], gold[part], len(bias)), -1e4)
        right += int((logits.argmax(1) == gold[part]).sum())
    return round(100 * right / len(x), 2)


def fit(weight, bias, x, gold, candidates, epochs, rate, pull, report):
    start_weight, start_bias = weight.clone(), bias.clone()
    weight, bias = weight.clone().requires_grad_(), bias.clone().requires_grad_()
    opt = torch.optim.Adam([weight, bias], lr=rate)
    rng = random.Random(5)
    # a lemma with one sense has nothing to learn here
    several = [i for i, c in enumerate(candidates) if len(c) > 1]
    steps, done = epochs * (len(several) // 512 + 1), 0
    for epoch in range(epochs):
        rng.shuffle(several)
        for at in range(0, len(several), 512):
            rows = several[at:at + 512]
            for group in opt.param_groups:
                group["lr"] = rate * (1 - done / steps)
            done += 1
            # only the senses that stand for choice: their rows alone are computed and moved
            used = sorted({c for i in rows for c in candidates[i]} | {int(gold[i]) for i in rows})
            place = {c: k for k, c in enumerate(used)}
            mask = masks([[place[c] for c in candidates[i]] for i in rows], torch.tensor([place[int(gold[i])] for i in rows]), len(used))
            w, b = weight[used], bias[used]
            logits = F.linear(F.dropout(x[rows], 0.1), w, b).masked_fill(~mask, -1e4)
            loss = F.cross_entropy(logits, torch.tensor([place[int(gold[i])] for i in rows]))
            loss = loss + pull * ((w - start_weight[used]).square().sum() + (b - start_bias[used]).square().sum()) / len(rows)
            opt.zero_grad()
            loss.backward()
            opt.step()
        report(epoch, weight.detach(), bias.detach(), float(loss.detach()))
    return weight.detach(), bias.detach()


def main():
    from .train import default_base
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--base", type=pathlib.Path, default=default_base())
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--pull", type=float, default=1.0)
    parser.add_argument("--held-out", type=float, default=0.0, help="share of the frame examples kept for a measurement instead")
    args = parser.parse_args()
    torch.manual_seed(5)
    model, batcher, _ = from_run(args.run, args.base / "vocab.txt")
    args.out.mkdir(parents=True, exist_ok=True)
    cache = args.out / "vectors.pt"
    if cache.exists():
        train, examples, dev = torch.load(cache, weights_only=False)
    else:
        started = time.time()
        training = data.read_training(args.data)
        dev = vectors(model, batcher, data.read_ud(args.data, "dev")[0])
        train, examples = vectors(model, batcher, training["ewt"]), vectors(model, batcher, training["frames"])
        torch.save((train, examples, dev), cache)
        print(f"vectors in {time.time() - started:.0f} s: {len(train[0])} + {len(examples[0])}", flush=True)
    order = list(range(len(examples[0])))
    random.Random(9).shuffle(order)
    cut = int(len(order) * args.held_out)
    pick = lambda t, rows: (t[0][rows], t[1][rows], [t[2][i] for i in rows])
    held, kept = pick(examples, order[:cut]), pick(examples, order[cut:])
    held_several = pick(held, [i for i, c in enumerate(held[2]) if len(c) > 1]) if cut else None
    x, gold, candidates = torch.cat([train[0], kept[0]]), torch.cat([train[1], kept[1]]), train[2] + kept[2]
    weight, bias = model.sense.weight.detach(), model.sense.bias.detach()

    def report(epoch, w, b, loss):
        text = f"epoch {epoch} loss {loss:.3f} EWT dev {accuracy(w, b, *dev)}"
        print(text + (f" held-out examples with a choice {accuracy(w, b, *held_several)} of {len(held_several[0])}" if cut else ""), flush=True)

    report(-1, weight, bias, 0.0)
    weight, bias = fit(weight, bias, x, gold, candidates, args.epochs, args.rate, args.pull, report)
    state = torch.load(args.run / "final.pt", weights_only=False)
    state["average"]["sense.weight"], state["average"]["sense.bias"] = weight, bias
    torch.save({"average": state["average"], "args": state["args"]}, args.out / "final.pt")
    shutil.copy(args.run / "inventory.json", args.out / "inventory.json")


if __name__ == "__main__":
    main()
