"""Coreference's learned part: a linear ranking of antecedents over hashed features.

    python -m training.coreference --train DOCS... --out coreference.safetensors

DOCS are CoNLL-U files, one document each, with gold chains in MISC `Entity=` (UD English GUM's train part) and names
in `NER=`; trees and names may be gold or, better, what the shipped model gives. The features are the C++ resolver's own
(src/language/coreference_*.cc through training/coreference_trace.cc, which is compiled here).

    coreference.weight  I8 [2^n]   score of a choice = scale * sum(weight[hash mod 2^n])
    coreference.scale   F32 [1]

Learned by maximising the log-probability that the choice is one of the right ones, with margins that make a wrong
chain cost more than a missed one as Durrett and Klein (2013) do; AdaGrad, averaged, a fixed seed.
"""
import argparse
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ["training/coreference_trace.cc", "src/language/coreference_link.cc", "src/language/coreference_mentions.cc",
           "src/language/coreference_english.cc", "src/language/analysis.cc", "src/language/analysis_builder.cc",
           "src/language/conllu_read.cc", "src/language/conllu_write.cc", "src/text/unicode.cc", "src/text/utf8.cc",
           "src/text/document.cc", "src/text/result.cc"]
FALSE_NEW, FALSE_LINK, WRONG_LINK = 2.0, 0.5, 1.0


def build(folder):
    program = folder / "coreference_trace"
    subprocess.run(["c++", "-std=c++20", "-O2", f"-I{ROOT}/include", f"-I{ROOT}/src",
                    *[str(ROOT / s) for s in SOURCES], "-licuuc", "-licui18n", "-o", str(program)], check=True)
    return program


def features(program, folder, documents):
    """Per decision its rows; per row whether right and its hashes (flat, with starts)."""
    out = folder / "features"
    for path in documents:
        subprocess.run([str(program), "features", str(path), str(out)], check=True, capture_output=True)
    data = numpy.fromfile(out, dtype="<u4")
    decisions, rows, right, keep = [0], [], [], numpy.ones(len(data), bool)
    at = 0
    while at < len(data):
        choices = int(data[at])
        keep[at] = False
        at += 1
        for _ in range(choices):
            head = int(data[at])
            keep[at] = False
            n = head & 0x7FFFFFFF
            right.append(head >> 31)
            rows.append(n)
            at += 1 + n
        decisions.append(len(rows))
    starts = numpy.concatenate([[0], numpy.cumsum(rows)])
    return numpy.array(decisions), numpy.array(right, bool), starts, data[keep]


def learn(data, bits, epochs, rate, decay, seed, batch=32):
    decisions, right, starts, hashes = data
    index = (hashes & ((1 << bits) - 1)).astype(numpy.int32)
    weights = numpy.zeros(1 << bits, numpy.float32)
    squares = numpy.full(1 << bits, 1.0, numpy.float32)
    total, steps = numpy.zeros_like(weights), 0
    random = numpy.random.default_rng(seed)
    count = len(decisions) - 1
    loss = 0.0
    for epoch in range(epochs):
        loss = 0.0
        order = random.permutation(count)
        for at in range(0, count, batch):
            picked = numpy.sort(order[at:at + batch])
            rows = numpy.concatenate([numpy.arange(decisions[d], decisions[d + 1]) for d in picked])
            sizes = decisions[picked + 1] - decisions[picked]
            first = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
            owner = numpy.repeat(numpy.arange(len(picked)), sizes)
            lengths = starts[rows + 1] - starts[rows]
            begin = numpy.concatenate([[0], numpy.cumsum(lengths)[:-1]])
            flat = numpy.arange(lengths.sum()) - numpy.repeat(begin, lengths) + numpy.repeat(starts[rows], lengths)
            where = index[flat]
            score = numpy.add.reduceat(weights[where], begin)
            good = right[rows]
            is_new = numpy.zeros(len(rows), bool)
            is_new[first] = True
            new_right = good[first][owner]
            margin = numpy.where(good, 0.0, numpy.where(is_new, FALSE_NEW, numpy.where(new_right, FALSE_LINK, WRONG_LINK)))
            score = score + margin
            top = numpy.maximum.reduceat(score, first)[owner]
            power = numpy.exp(score - top)
            z = numpy.add.reduceat(power, first)
            z_good = numpy.add.reduceat(power * good, first) + 1e-30
            gradient = power / z[owner] - power * good / z_good[owner]
            loss -= float(numpy.log(z_good / z).sum())
            unique, inverse = numpy.unique(where, return_inverse=True)
            g = numpy.bincount(inverse, numpy.repeat(gradient, lengths)).astype(numpy.float32) + decay * weights[unique]
            squares[unique] += g * g
            weights[unique] -= rate * g / numpy.sqrt(squares[unique])
        print(f"epoch {epoch + 1}: loss {loss / count:.4f}", flush=True)
        if epoch >= epochs // 2:
            total += weights
            steps += 1
    return total / steps


def quantise(weights):
    limit = max(float(numpy.quantile(numpy.abs(weights[weights != 0]), 0.9998)), 1e-6)
    scale = limit / 127
    return numpy.clip(numpy.rint(weights / scale), -127, 127).astype(numpy.int8), scale


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--train", required=True, nargs="+", type=pathlib.Path)
    options.add_argument("--out", required=True, type=pathlib.Path)
    options.add_argument("--flat", type=pathlib.Path, help="the weights as coreference_trace reads them, too")
    options.add_argument("--bits", type=int, default=18)
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--rate", type=float, default=0.1)
    options.add_argument("--decay", type=float, default=1e-3)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        data = features(build(folder), folder, options.train)
    print(f"{len(data[0]) - 1} mentions, {len(data[1])} choices, {len(data[3])} features", flush=True)
    table, scale = quantise(learn(data, options.bits, options.epochs, options.rate, options.decay, options.seed))
    from .segmenter import write_safetensors
    write_safetensors(options.out, {"coreference.weight": table, "coreference.scale": numpy.array([scale], numpy.float32)})
    if options.flat:
        options.flat.write_bytes(struct.pack("<fI", scale, len(table)) + table.tobytes())
    print(json.dumps({"used": int((table != 0).sum()), "size": len(table)}))


if __name__ == "__main__":
    sys.exit(main())
