"""The sentence splitter's and tokeniser's learned part: two linear models over hashed features.

    python -m training.segmenter --data DATA/ud --out segmenter.safetensors

The features are the C++ segmenter's own (src/language/segmenter_*.cc through training/segmenter_trace.cc, which
is compiled here), so the two cannot drift apart. Each decision is a fixed number of feature hashes; a model
is a table of weights, `score = bias + scale * sum(table[hash mod size])`, yes above 0:

    segmenter.join.weight      I8 [2^n]   two adjacent pieces of text without a space are one token
    segmenter.sentence.weight  I8 [2^n]   a sentence ends here
    segmenter.*.scale, .bias   F32 [1]

Learned by logistic regression (AdaGrad over shuffled minibatches, averaged weights) on the train parts of
UD English EWT and GUM, raw text being their paragraphs. Minutes on one core; a fixed seed.
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
SOURCES = ["training/segmenter_trace.cc", "src/language/segmenter.cc", "src/language/segmenter_atoms.cc", "src/language/segmenter_tokens.cc",
           "src/language/segmenter_sentences.cc", "src/language/segmenter_english.cc", "src/text/unicode.cc",
           "src/text/utf8.cc"]


def build(folder):
    program = folder / "segmenter_trace"
    subprocess.run(["c++", "-std=c++20", "-O2", f"-I{ROOT}/include", f"-I{ROOT}/src",
                    *[str(ROOT / s) for s in SOURCES], "-licuuc", "-licui18n", "-o", str(program)], check=True)
    return program


def read_paragraphs(path):
    """Paragraphs of sentences of (surface token, whether a space follows)."""
    paragraphs, sentence, new, inside = [], [], True, 0
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc") or line == "# newpar" or line.startswith("# newpar id"):
            new = True
        elif not line:
            if sentence:
                if new:
                    paragraphs.append([])
                paragraphs[-1].append(sentence)
            sentence, new, inside = [], False, 0
        elif line[0] != "#":
            f = line.split("\t")
            space = "SpaceAfter=No" not in f[9].split("|")
            if "-" in f[0]:
                a, b = map(int, f[0].split("-"))
                inside = b - a + 1
                sentence.append((f[1], space))
            elif "." in f[0]:
                continue
            elif inside:
                inside -= 1
            else:
                sentence.append((f[1], space))
    return paragraphs


def raw(paragraphs):
    """The text, and the bytes at which tokens and sentences start."""
    text, starts = bytearray(), []
    for paragraph in paragraphs:
        for sentence in paragraph:
            starts.append((len(text), "s"))
            for surface, space in sentence:
                starts.append((len(text), "t"))
                text += surface.encode()
                if space:
                    text += b" "
        while text.endswith(b" "):
            del text[-1]
        text += b"\n\n"
    return bytes(text), starts


def features(program, folder, paragraphs):
    text, starts = raw(paragraphs)
    (folder / "text").write_bytes(text)
    (folder / "starts").write_text("".join(f"{at} {kind}\n" for at, kind in starts))
    out = subprocess.run([str(program), "features", str(folder / "text"), str(folder / "starts"), str(folder / "out")],
                         check=True, capture_output=True, text=True).stdout
    result = []
    for name, count in zip(("join", "sentence"), map(int, out.split())):
        rows = numpy.fromfile(folder / f"out.{name}", dtype=numpy.dtype([("label", "u1"), ("f", "<u4", (count,))]))
        result.append((rows["label"].astype(numpy.float32), rows["f"]))
    return result


def learn(labels, hashes, bits, epochs, rate, decay, seed):
    """Weights [2^bits] and a bias."""
    index = (hashes & ((1 << bits) - 1)).astype(numpy.int64)
    weights = numpy.zeros(1 << bits, numpy.float32)
    squares = numpy.full(1 << bits, 1e-2, numpy.float32)
    bias, bias_square = 0.0, 1e-2
    total, total_bias, steps = numpy.zeros_like(weights), 0.0, 0
    random = numpy.random.default_rng(seed)
    batch = 64
    for epoch in range(epochs):
        order = random.permutation(len(labels))
        for at in range(0, len(order), batch):
            rows = order[at:at + batch]
            where = index[rows]
            keep = random.random(where.shape) > 0.15            # feature dropout: no feature to lean on alone
            score = bias + (weights[where] * keep).sum(1) / 0.85
            error = 1 / (1 + numpy.exp(-numpy.clip(score, -30, 30))) - labels[rows]
            flat = where[keep]
            gradient = numpy.repeat(error, keep.sum(1)).astype(numpy.float32)
            unique, inverse = numpy.unique(flat, return_inverse=True)
            g = numpy.bincount(inverse, gradient).astype(numpy.float32) + decay * weights[unique]
            squares[unique] += g * g
            weights[unique] -= rate * g / numpy.sqrt(squares[unique])
            bias_square += error.sum() ** 2
            bias -= rate * error.sum() / bias_square ** 0.5
        if epoch >= epochs // 2:
            total += weights
            total_bias += bias
            steps += 1
    return total / steps, total_bias / steps


def quantise(weights):
    limit = max(float(numpy.quantile(numpy.abs(weights[weights != 0]), 0.9995)), 1e-6)
    scale = limit / 127
    return numpy.clip(numpy.rint(weights / scale), -127, 127).astype(numpy.int8), scale


def accuracy(labels, hashes, table, scale, bias):
    score = bias + scale * table[(hashes & (len(table) - 1)).astype(numpy.int64)].astype(numpy.int32).sum(1)
    guess = score > 0
    right = float((guess & (labels > 0)).sum())
    return (guess == (labels > 0)).mean(), 2 * right / max(1.0, float(guess.sum() + labels.sum()))


def write_safetensors(path, tensors):
    kinds = {numpy.dtype("int8"): "I8", numpy.dtype("float32"): "F32"}
    header, data = {}, bytearray()
    for name, t in tensors.items():
        header[name] = {"dtype": kinds[t.dtype], "shape": list(t.shape), "data_offsets": [len(data), len(data) + t.nbytes]}
        data += t.tobytes()
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(head)) + head + data)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, type=pathlib.Path, help="folder with ewt-train.conllu, gum-train.conllu …")
    options.add_argument("--out", required=True, type=pathlib.Path)
    options.add_argument("--flat", type=pathlib.Path, help="the weights as segmenter_trace reads them, too")
    options.add_argument("--bits", type=int, default=18)
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--rate", type=float, default=0.15)
    options.add_argument("--decay", type=float, default=2e-4)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = build(folder)
        train = [features(program, folder, read_paragraphs(options.data / f"{s}-train.conllu")) for s in ("ewt", "gum")]
        dev = {s: features(program, folder, read_paragraphs(options.data / f"{s}-dev.conllu")) for s in ("ewt", "gum")
               if (options.data / f"{s}-dev.conllu").exists()}
        tensors, flat = {}, b""
        for k, name in enumerate(("join", "sentence")):
            labels = numpy.concatenate([t[k][0] for t in train])
            hashes = numpy.concatenate([t[k][1] for t in train])
            weights, bias = learn(labels, hashes, options.bits, options.epochs, options.rate, options.decay, options.seed)
            table, scale = quantise(weights)
            print(f"{name}: {len(labels)} decisions, {int(labels.sum())} yes", end="")
            for s, d in [("train", [(labels, hashes)] * 2)] + list(dev.items()):
                print("; %s accuracy %.4f F1 %.4f" % (s, *accuracy(*d[k], table, scale, bias)), end="")
            print(flush=True)
            tensors[f"segmenter.{name}.weight"] = table
            tensors[f"segmenter.{name}.scale"] = numpy.array([scale], numpy.float32)
            tensors[f"segmenter.{name}.bias"] = numpy.array([bias], numpy.float32)
            flat += struct.pack("<ffI", scale, bias, len(table)) + table.tobytes()
    write_safetensors(options.out, tensors)
    if options.flat:
        options.flat.write_bytes(flat)


if __name__ == "__main__":
    sys.exit(main())
