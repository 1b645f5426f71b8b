"""A run's weights as the file that the library loads, docs/model-format.md, and the activations that its tests compare with.

    python -m training.export --run OUT --data DIR --model models/parley-en.safetensors --reference tests/data/encoder_reference.safetensors
"""
import argparse
import collections
import datetime
import json
import pathlib
import re
import struct
import unicodedata

import numpy as np
import torch
import xxhash

from . import data, spelling
from .batch import Batcher
from .decode import Reader
from .evaluate import figures, from_run
from .model import Parley, Settings
from .wordpiece import Pieces

SAMPLES = [
    "Negotiators from Kenya and Ethiopia met in Nairobi on Tuesday to discuss the border dispute .",
    "The rebels released 14 soldiers after the Red Cross asked them to do so .",
    "President Anna Mbeki rejected the offer , saying that her government would never sign it .",
    "At least 30 people were killed when shells hit a market in Aleppo , doctors said .",
    "Talks between the two sides have not resumed since the truce collapsed in March .",
    "French troops withdrew from the Kidal airport , but the Tuareg fighters did n't take it .",
    "The army shelled the village on Monday .",
    "Sudan expelled the ambassador of Chad .",
    "Police arrested two students in Lima , Peru .",
    "The minister will visit Berlin next week .",
    "Ukraine and Poland signed an agreement in Warsaw .",
    "She told the BBC that aid trucks could cross the Jordan River again .",
]
REFERENCE = [
    "The minister denied that his troops had shelled the town of Goma .",
    "UN envoy Maria Lopez urged Sudan 's army to stop .",
    "Ceasefire holds in Al-Hasakah , NGOs say",
]


def lemma_lexicon(training, frames, steady=0.95):
    """(lower-cased form, UPOS) -> lemma: what was seen in training, always with one lemma, and the regular forms of PropBank's verbs.

    men/man, met/meet, "saw" as a verb; besieged/besiege, shelling/shell. A pair whose lemma varies, a form that two verbs share, names and
    numbers are left to the model, and so is a form that is its own lemma, unless it looks inflected: hit, need, news.
    """
    seen = collections.defaultdict(collections.Counter)
    for s in training["ewt"] + training["gum"]:
        for word, upos, feats, lemma in zip(s.words, s.upos, s.feats, s.lemmas):
            if upos in ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET") and word.isascii() and "Typo=Yes" not in feats:
                seen[word.lower(), upos][lemma] += 1
    out = {}
    for (form, upos), counts in seen.items():
        lemma, n = counts.most_common(1)[0]
        if n >= steady * sum(counts.values()) and (lemma != form or (len(form) > 2 and form[-1] in "sdgtnr")):
            out[form, upos] = lemma
    made = collections.defaultdict(set)
    verbs = {spelt for entries in frames.values() for lemma, pos in entries if pos == "v"
             for first in [lemma.split("_")[0]] for spelt in {first} | spelling.variants(first)}
    for verb in verbs:
        if verb.isalpha() and verb.islower() and verb.isascii() and len(verb) > 2:
            for form in regular_forms(verb):
                made[form].add(verb)
    for form, lemma in made.items():
        if len(lemma) == 1 and form not in verbs and not set(seen.get((form, "VERB"), ())) & verbs:  # unseen, or seen by a slip only: freed/fre
            out[form, "VERB"] = next(iter(lemma))
    for form, lemma in spelling.irregular_forms().items():
        if len(lemma) == 1 and lemma <= verbs and form not in verbs:  # whatever a slip in a treebank says
            out[form, "VERB"] = next(iter(lemma))
    return out


def with_variants(lexicon):
    """{(lemma, pos): senses} with the British spellings that it lacks: organise has organize's senses"""
    out = dict(lexicon)
    for (lemma, pos), senses in sorted(lexicon.items()):
        for other in spelling.variants(lemma):
            out.setdefault((other, pos), senses)
    return out


def regular_forms(verb):
    """Third person, past and -ing, as English spells them; both spellings where the stress decides (visited, committed)."""
    vowels, syllables = "aeiou", len(re.findall("[aeiouy]+", verb))
    forms = {verb + ("es" if re.search("(s|x|z|ch|sh|o)$", verb) else "s")}
    if verb.endswith("ie"):
        forms |= {verb + "d", verb[:-2] + "ying"}
    elif verb.endswith("e"):
        forms |= {verb + "d", verb[:-1] + "ing" if not re.search("(ee|oe|ye)$", verb) else verb + "ing"}
    elif verb[-1] == "y" and verb[-2] not in vowels:
        forms = {verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    else:
        short = len(verb) > 2 and verb[-1] not in vowels + "wxy" and verb[-2] in vowels and verb[-3] not in vowels
        if not short or syllables > 1:
            forms |= {verb + "ed", verb + "ing"}
        if short:
            forms |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    return forms


def prune(model, pieces):
    """The vocabulary without the rows that no Latin, Greek or Cyrillic text and no digit or sign can use -> (embedding rows, pieces)."""
    keep = [i for i, p in enumerate(pieces.vocab) if not p.startswith("[unused")
            and not any(c.isalpha() and unicodedata.name(c, "").split(" ")[0] not in ("LATIN", "GREEK", "CYRILLIC", "MODIFIER") for c in p.removeprefix("##"))]
    return model.word.weight.detach()[keep], [pieces.vocab[i] for i in keep]


def tensors(model, batcher, lexicon):
    """-> {name: array}, as the format wants them."""
    s, out = model.settings, {}
    half = lambda t: t.detach().float().numpy().astype(np.float16)
    full = lambda t: t.detach().float().numpy().astype(np.float32)

    def eight(name, t):
        t = full(t)
        scale = np.maximum(np.abs(t).max(1) / 127.0, 1e-12).astype(np.float32)
        out[name] = np.clip(np.rint(t / scale[:, None]), -127, 127).astype(np.int8)
        out[name + ".scale"] = scale

    def linear(name, module):
        out[name + ".weight"] = half(module.weight)
        if module.bias is not None:
            out[name + ".bias"] = full(module.bias)

    def norm(name, module):
        out[name + ".weight"], out[name + ".bias"] = full(module.weight), full(module.bias)

    def layer(name, module):
        linear(name + ".attention.qkv", module.qkv)
        linear(name + ".attention.out", module.out)
        norm(name + ".attention.norm", module.norm1)
        linear(name + ".ffn.in", module.ffn_in)
        linear(name + ".ffn.out", module.ffn_out)
        norm(name + ".ffn.norm", module.norm2)

    text = lambda lines: np.frombuffer("".join(x + "\n" for x in lines).encode("utf-8"), dtype=np.uint8)
    rows, vocab = prune(model, batcher.pieces)
    out["vocab"] = text(vocab)
    out["lexicon"] = text(sorted(f"{form}\t{upos}\t{lemma}" for (form, upos), lemma in lexicon.items()))
    index = batcher.index["senses"]
    known = with_variants(batcher.lexicon)
    out["sense_lexicon"] = text(sorted(f"{lemma}\t{pos}\t{','.join(str(index[x]) for x in senses)}" for (lemma, pos), senses in known.items()))
    eight("embeddings.word", rows)
    out["embeddings.position"] = half(model.position.weight)
    out["embeddings.case"] = half(model.case.weight)
    norm("embeddings.norm", model.norm)
    for i, module in enumerate(model.encoder):
        layer(f"encoder.{i}", module)
    for name in ("upos", "xpos", "feats", "lemma", "ner", "predicate"):
        linear(name, getattr(model, name))
    eight("sense.weight", model.sense.weight)
    out["sense.bias"] = full(model.sense.bias)
    linear("factuality.in", model.factuality_in)
    linear("factuality.out", model.factuality_out)
    linear("arc.dependent", model.arc_dependent)
    linear("arc.head", model.arc_head)
    out["arc.biaffine"] = full(model.arc_biaffine)
    linear("rel.dependent", model.rel_dependent)
    linear("rel.head", model.rel_head)
    out["rel.biaffine"] = full(model.rel_biaffine)
    linear("role.word", model.role_word)
    linear("role.predicate", model.role_predicate)
    out["role.distance"] = half(model.role_distance.weight)
    norm("role.norm", model.role_norm)
    layer("role.layer", model.role_layer)
    linear("role.out", model.role_out)
    return out


TYPES = {"float32": "F32", "float16": "F16", "int8": "I8", "uint8": "U8", "int32": "I32", "int64": "I64"}


def write(path, arrays, metadata):
    """safetensors by hand, so that the metadata can hold the fingerprint of the bytes; -> the fingerprint."""
    order = sorted(arrays, key=lambda k: (-arrays[k].dtype.itemsize, k))
    header, at, digest = {}, 0, xxhash.xxh3_64()
    for name in order:
        a = np.ascontiguousarray(arrays[name])
        header[name] = {"dtype": TYPES[str(a.dtype)], "shape": list(a.shape), "data_offsets": [at, at + a.nbytes]}
        at += a.nbytes
        digest.update(a.tobytes())
    metadata = metadata | {"fingerprint": digest.hexdigest()}
    head = json.dumps({"__metadata__": metadata} | header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    head += b" " * (-(len(head) + 8) % 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(head)) + head)
        for name in order:
            f.write(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()


def read_file(path):
    """-> (metadata, {name: array})"""
    raw = pathlib.Path(path).read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header, arrays = json.loads(raw[8:8 + size]), {}
    metadata = header.pop("__metadata__", {})
    names = {v: k for k, v in TYPES.items()}
    for name, h in header.items():
        b, e = h["data_offsets"]
        arrays[name] = np.frombuffer(raw[8 + size + b:8 + size + e], dtype=names[h["dtype"]]).reshape(h["shape"])
    return metadata, arrays


def load(path):
    """A model file back as a Reader: what the library computes, in fp32."""
    metadata, a = read_file(path)
    s = json.loads(metadata["settings"])
    labels = s.pop("labels")
    lines = lambda name: a[name].tobytes().decode("utf-8").split("\n")[:-1]
    vocab = pathlib.Path(path).with_suffix(".vocab.tmp")
    vocab.write_bytes(a["vocab"].tobytes())
    pieces = Pieces(vocab)
    vocab.unlink()
    senses = {}
    for line in lines("sense_lexicon"):
        lemma, pos, index = line.split("\t")
        senses[lemma, pos] = [labels["senses"][int(i)] for i in index.split(",")]
    fields = {k: v for k, v in s.items() if k in Settings.__dataclass_fields__}
    model = Parley(Settings(vocab=len(pieces.vocab), **fields), labels)
    get = lambda name: torch.tensor(a[name].astype(np.float32) * (a[name + ".scale"][:, None] if a[name].dtype == np.int8 else 1.0))
    state = {}

    def put(mine, theirs):
        state[mine + ".weight"] = get(theirs + ".weight")
        if theirs + ".bias" in a:
            state[mine + ".bias"] = get(theirs + ".bias")

    def layer(mine, theirs):
        for m, t in (("qkv", "attention.qkv"), ("out", "attention.out"), ("norm1", "attention.norm"), ("ffn_in", "ffn.in"), ("ffn_out", "ffn.out"),
                     ("norm2", "ffn.norm")):
            put(f"{mine}.{m}", f"{theirs}.{t}")

    state["word.weight"], state["position.weight"], state["case.weight"] = get("embeddings.word"), get("embeddings.position"), get("embeddings.case")
    put("norm", "embeddings.norm")
    for i in range(model.settings.layers):
        layer(f"encoder.{i}", f"encoder.{i}")
    for name in ("upos", "xpos", "feats", "lemma", "ner", "predicate", "sense"):
        put(name, name)
    for mine, theirs in (("factuality_in", "factuality.in"), ("factuality_out", "factuality.out"), ("arc_dependent", "arc.dependent"), ("arc_head", "arc.head"),
                         ("rel_dependent", "rel.dependent"), ("rel_head", "rel.head"), ("role_word", "role.word"), ("role_predicate", "role.predicate"),
                         ("role_norm", "role.norm"), ("role_out", "role.out")):
        put(mine, theirs)
    state["arc_biaffine"], state["rel_biaffine"] = get("arc.biaffine"), get("rel.biaffine")
    state["role_distance.weight"] = get("role.distance")
    layer("role_layer", "role.layer")
    model.load_state_dict(state)
    lexicon = {tuple(x.split("\t")[:2]): x.split("\t")[2] for x in lines("lexicon")}
    return Reader(model, Batcher(pieces, labels, senses), lexicon)


def samples(reader):
    """The sample sentences as the model labels them; without those that rounding alone would label otherwise."""
    sentences = [data.Sentence("sample", str(k), text.split(" ")) for k, text in enumerate(SAMPLES)]
    read, out = reader.read(sentences), []
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rounded = reader.read(sentences)
    reader.choosy = False
    for i, a in reader.read(sentences).items():  # nor a sense that hangs on the rule for senses of several words
        if a["predicates"] != read[i]["predicates"]:
            rounded[i]["predicates"] = []
    reader.choosy = True
    for s in sentences:
        a = read[s.id]
        if any(a[k] != rounded[s.id][k] for k in ("upos", "head", "deprel", "ner")) or \
                [p[:2] for p in a["predicates"]] != [p[:2] for p in rounded[s.id]["predicates"]]:
            print("left out of the samples, too close to call:", " ".join(s.words))
            continue
        ner = ["O"] * len(s.words)
        for b, e, kind in a["ner"]:
            for i in range(b, e):
                ner[i] = ("B-" if i == b else "I-") + kind
        out.append({"words": s.words, "upos": a["upos"], "head": a["head"], "deprel": a["deprel"], "ner": ner,
                    "predicates": [[w + 1, sense] for w, sense, _ in a["predicates"]]})
    return out


@torch.no_grad()
def reference(reader):
    """Activations of the released weights, sentence by sentence, no padding."""
    out, m = {}, reader.model
    for k, text in enumerate(REFERENCE):
        words = text.split(" ")
        t = reader.batcher.build([data.Sentence("reference", str(k), words)])
        layers = []
        encoded = m.encode(t["pieces"], t["case"], t["mask"], layers)
        w = m.words(encoded, t["first"])
        inner = w[:, 1:]
        f = lambda x: x[0].float().numpy().astype(np.float32)
        n = len(words)
        out |= {f"{k}.words": np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
                f"{k}.pieces": t["pieces"][0].numpy().astype(np.int32), f"{k}.case": t["case"][0].numpy().astype(np.int32),
                f"{k}.first": t["first"][0, 1:].numpy().astype(np.int32)}
        for i, x in enumerate(layers):
            out[f"{k}.layer.{i}"] = f(x)
        for head in ("upos", "xpos", "feats", "lemma", "ner"):
            out[f"{k}.{head}"] = f(getattr(m, head)(inner))
        out[f"{k}.predicate"], out[f"{k}.factuality"] = f(m.predicate(inner).squeeze(-1)), f(m.factual(inner))
        arcs = m.arcs(w)
        out[f"{k}.arc"] = f(arcs)
        from .decode import tree
        heads = tree(arcs[0].double().numpy())
        out[f"{k}.head"] = np.array(heads, dtype=np.int32)
        zero = torch.zeros(n, dtype=torch.long)
        out[f"{k}.rel"] = m.relations(w, zero, torch.arange(1, n + 1), torch.tensor(heads)).numpy()
        marked = (m.predicate(inner)[0, :, 0] > 0).nonzero()[:, 0]
        out[f"{k}.predicates"] = (marked + 1).numpy().astype(np.int32)
        if len(marked):
            out[f"{k}.role"] = m.roles(w, t["words"], torch.zeros_like(marked), marked + 1).numpy()
            out[f"{k}.sense"] = m.sense(inner[0, marked]).numpy().astype(np.float16)
    return out


def main():
    from .train import default_base
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=pathlib.Path, required=True)
    parser.add_argument("--checkpoint", default="final.pt")
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--base", type=pathlib.Path, default=default_base())
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--merge", type=pathlib.Path, action="append", default=[],
                        help="a safetensors file of another recipe (segmenter, coreference): its tensors go in as they are")
    parser.add_argument("--reference", type=pathlib.Path)
    parser.add_argument("--name", default=f"parley-en {datetime.date.today()}")
    parser.add_argument("--figures", type=pathlib.Path, help="also measure the file on the dev parts, and write the figures here")
    args = parser.parse_args()
    torch.set_num_threads(2)
    model, batcher, inventory = from_run(args.run, args.base / "vocab.txt", args.checkpoint)
    arrays = tensors(model, batcher, lemma_lexicon(data.read_training(args.data), data.read_frames(args.data / "predicates/frames.tsv")))
    for file in args.merge:
        _, more = read_file(file)
        arrays |= {k: v for k, v in more.items() if k.startswith(("segmenter.", "coreference."))}
        print("merged:", ", ".join(sorted(more)))
    settings = {k: v for k, v in inventory["settings"].items() if k != "vocab"} | {"labels": inventory["labels"]}
    metadata = {"format": "parley-model", "format_version": "1", "name": args.name, "settings": json.dumps(settings, ensure_ascii=False), "samples": "[]"}
    write(args.model, arrays, metadata)
    reader = load(args.model)
    metadata["samples"] = json.dumps(samples(reader), ensure_ascii=False)
    print("fingerprint", write(args.model, arrays, metadata), "bytes", args.model.stat().st_size)
    for s in json.loads(metadata["samples"]):
        print(" ".join(f"{w}/{u}/{h}:{d}" + ("" if n == "O" else "/" + n) for w, u, h, d, n in zip(s["words"], s["upos"], s["head"], s["deprel"], s["ner"])), s["predicates"])
    if args.reference:
        write(args.reference, reference(reader), {"format": "parley-reference"})
        print("reference bytes", args.reference.stat().st_size)
    if args.figures:
        values = figures(reader, args.data)
        args.figures.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
        for name, value in values.items():
            print(name, json.dumps(value))


if __name__ == "__main__":
    main()
