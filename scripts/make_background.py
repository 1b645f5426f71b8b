#!/usr/bin/env python3
"""Writes data/story/background.tsv: in how many documents of general English each word stem occurs.

Counted over the train parts of UD English EWT and GUM (CC BY-SA), the trees the model learns from. Stems are
made as src/story/background.cc makes them, by the endings that the file itself lists.
  scripts/make_background.py ewt-train.conllu gum-train.conllu > data/story/background.tsv
"""

import collections
import re
import sys

ENDINGS = ["ing", "ed", "es", "s", "ly"]
LEAST = 4


def stem(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST:
            return word[: -len(ending)]
    return word


def main():
    counts, documents, seen = collections.Counter(), 0, set()
    for path in sys.argv[1:]:
        for line in [*open(path, encoding="utf-8"), "# newdoc"]:
            if line.startswith("# newdoc"):
                if seen:
                    counts.update(seen)
                    documents += 1
                seen = set()
            elif line[:1].isdigit():
                for word in re.findall(r"[^\W_]+", line.split("\t")[1].lower()):
                    seen.add(stem(word))
    print("# Documents of general English in which a word's stem occurs; scripts/make_background.py makes this file")
    print("# from the train parts of UD English EWT and GUM (CC BY-SA 4.0). Stems in one document alone are left out.")
    print(f"documents\t{documents}")
    for ending in ENDINGS:
        print(f"ending\t{ending}")
    print(f"least\t{LEAST}")
    for word, count in sorted(counts.items()):
        if count > 1:
            print(f"stem\t{word}\t{count}")


if __name__ == "__main__":
    main()
