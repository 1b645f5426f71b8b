"""Coreference's learned part: a linear ranking of antecedents over hashed features.

    python -m training.coreference --gum DATA/ud/gum-train.conllu --out coreference.safetensors
        [--parse "parley parse --input conllu"]

Gold chains come from UD English GUM's MISC `Entity=`. The resolver sees each document twice: with the gold trees and
with names taken from GUM's entity types, and, with --parse, with the trees and names that the command gives for it on
standard output, as in use. The features are the C++ resolver's own (src/language/coreference_*.cc through
training/coreference_trace.cc, which is compiled here).

    coreference.weight  I8 [2^n]   score of a choice = scale * sum(weight[hash mod 2^n])
    coreference.scale   F32 [1]

Learned by maximising the log-probability that the choice is one of the right ones, with margins that make a wrong
link cost less than a missed one as Durrett and Klein (2013) do; AdaGrad, averaged, a fixed seed.
"""
import argparse
import collections
import pathlib
import re
import shlex
import struct
import subprocess
import sys
import tempfile

import numpy

from .segmenter import write_safetensors

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ["training/coreference_trace.cc", "src/language/coreference_link.cc", "src/language/coreference_compare.cc",
           "src/language/coreference_cataphora.cc", "src/language/coreference_mentions.cc",
           "src/language/coreference_english.cc", "src/language/analysis.cc", "src/language/analysis_builder.cc",
           "src/language/conllu_read.cc", "src/language/conllu_write.cc", "src/text/unicode.cc", "src/text/utf8.cc",
           "src/text/document.cc", "src/text/result.cc"]
FALSE_NEW, FALSE_LINK, WRONG_LINK = 3.0, 0.2, 0.6   # margins: a chain begun, a link made, another link chosen wrongly


def build(folder):
    program = folder / "coreference_trace"
    subprocess.run(["c++", "-std=c++20", "-O2", f"-I{ROOT}/include", f"-I{ROOT}/src",
                    *[str(ROOT / s) for s in SOURCES], "-licuuc", "-licui18n", "-o", str(program)], check=True)
    return program


BRACKET = re.compile(r"\([^()]*\)?|[^()]+\)")
NAMES = {"person": "PER", "organization": "ORG", "place": "GPE", "event": "EVT"}


def is_word(line):
    return line[:1].isdigit() and line.split("\t", 1)[0].isdigit()


def read_documents(path):
    """Lines of each document; of word lines the columns."""
    documents = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc") or not documents:
            documents.append([])
        documents[-1].append(line.split("\t") if is_word(line) else line)
    return documents


def spans(document):
    """(first, last, entity type) of each gold mention, words from 0, longer ones first; and each word's head."""
    words = [w for w in document if isinstance(w, list)]
    heads, first = [], 0
    for k, w in enumerate(words):
        first = k if w[0] == "1" else first
        heads.append(first + int(w[6]) - 1 if w[6] != "0" else -1)
    found, opened = [], collections.defaultdict(list)
    for k, w in enumerate(words):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", w[9])
        for part in BRACKET.findall(entity.group(1)) if entity else []:
            fields = part.strip("()").split("-")
            if part[0] == "(" and part[-1] == ")":
                found.append((k, k, fields[1]))
            elif part[0] == "(":
                opened[fields[0]].append((k, fields[1]))
            elif opened[fields[0]]:
                start, kind = opened[fields[0]].pop()
                found.append((start, k, kind))
    return sorted(found, key=lambda m: m[0] - m[1]), words, heads


def gold_names(document):
    """NER= of mentions whose head is a proper noun: the run of proper nouns around it."""
    mentions, words, heads = spans(document)
    tags = [""] * len(words)
    for start, end, kind in mentions:
        inside = [k for k in range(start, end + 1) if not start <= heads[k] <= end]
        if kind not in NAMES or not inside or words[inside[0]][3] != "PROPN":
            continue
        first = last = inside[0]
        while first > start and words[first - 1][3] == "PROPN":
            first -= 1
        while last < end and (words[last + 1][3] == "PROPN" or (last + 2 <= end and words[last + 1][1] in ("of", "-", "de", "van")
                                                               and words[last + 2][3] == "PROPN")):
            last += 1
        for k in range(first, last + 1):
            tags[k] = ("B-" if k == first else "I-") + NAMES[kind]
    return tags


def write_document(document, path, parsed):
    """With gold columns, or with the parsed ones (an iterator over word lines)."""
    tags = iter(gold_names(document))
    with open(path, "w", encoding="utf-8") as out:
        for line in document:
            if isinstance(line, list):
                misc = [m for m in line[9].split("|") if m.startswith(("Entity=", "SpaceAfter="))]
                tag, given = next(tags), line
                if parsed is not None:
                    given = next(parsed)
                    misc += [m for m in given[9].split("|") if m.startswith("NER=")]
                elif tag:
                    misc.append("NER=" + tag)
                line = "\t".join([line[0], line[1], *given[2:8], "_", "|".join(misc) or "_"])
            out.write(line + "\n")


def prepare(gum, folder, parse):
    documents = read_documents(gum)
    paths = []
    for k, document in enumerate(documents):
        paths.append(folder / f"{k}.gold.conllu")
        write_document(document, paths[-1], None)
    if parse:
        output = subprocess.run([*shlex.split(parse), str(gum)], check=True, capture_output=True, text=True).stdout
        parsed = (line.split("\t") for line in output.splitlines() if is_word(line))
        for k, document in enumerate(documents):
            paths.append(folder / f"{k}.parsed.conllu")
            write_document(document, paths[-1], parsed)
    return paths


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gum", required=True, type=pathlib.Path)
    options.add_argument("--parse", help="a command that analyses CoNLL-U with given words: the file's name is added to it")
    options.add_argument("--out", required=True, type=pathlib.Path)
    options.add_argument("--flat", type=pathlib.Path, help="the weights as coreference_trace reads them, too")
    options.add_argument("--bits", type=int, default=19)
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--rate", type=float, default=0.03)
    options.add_argument("--decay", type=float, default=1e-3)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = build(folder)
        for path in prepare(options.gum, folder, options.parse):
            subprocess.run([program, "features", path, folder / "features"], check=True, capture_output=True)
        flat = options.flat or folder / "weights"
        numbers = (options.bits, options.epochs, options.rate, options.decay, FALSE_NEW, FALSE_LINK, WRONG_LINK, options.seed)
        subprocess.run([program, "learn", folder / "features", flat, *map(str, numbers)], check=True)
        data = flat.read_bytes()
    scale, size = struct.unpack_from("<fI", data)
    table = numpy.frombuffer(data, numpy.int8, size, 8)
    write_safetensors(options.out, {"coreference.weight": table, "coreference.scale": numpy.array([scale], numpy.float32)})
    print(f"{int((table != 0).sum())} weights of {size}")


if __name__ == "__main__":
    sys.exit(main())
