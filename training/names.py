"""Names: every source's labels brought to one inventory, as sets of what each word may be.

A source is often coarser than our inventory (GUM's `place` is a GPE, a LOC or a FAC) or marks things that
are no names (re3d's "the families of the victims" is an organisation there). So a word's target is a set
of allowed labels; the loss is -log of the probability mass on that set. The full set means nothing known.
"""
import pathlib
import re

from . import lists

KINDS = ["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVT", "WEA"]
LABELS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
INDEX = {label: i for i, label in enumerate(LABELS)}
FULL = (1 << len(LABELS)) - 1
O = 1

PLACES, PEOPLE, ORGANISATIONS, GIVEN = lists.load()
PRONOUNS = {"i", "we", "he", "she", "they", "it", "you", "our", "their", "his", "her", "my"}
ARTICLES = {"the", "a", "an"}
LINKS = {"of", "the", "and", "&", "-", "for", "de", "del", "la", "al", "el", "bin", "ibn", "von", "van", "der", "du", "des", "di", "da", "–",
         ".", "'", "’", "/", "in", "on", "to", "at"}


def mask(prefix, kinds, outside=False):
    m = O if outside else 0
    for k in kinds:
        m |= 1 << INDEX[f"{prefix}-{k}"]
    return m


def mark(targets, begin, end, kinds, outside=False):
    """words [begin, end) are one name of one of these kinds (or, with outside, perhaps no name)."""
    for i in range(begin, end):
        targets[i] = mask("B" if i == begin else "I", kinds, outside)


def place_kinds(words):
    """The kinds a place may be, judged by its words."""
    text = " ".join(w.lower() for w in words)
    if text in PLACES:
        return ["GPE"]
    parts = set(text.split())
    if parts & lists.FACILITY_WORDS:
        return ["FAC", "GPE"] if len(parts) > 1 else ["FAC", "GPE", "LOC"]
    if parts & lists.PLACE_WORDS:
        return ["LOC", "GPE"] if len(parts) > 1 else ["LOC"]
    if "," in parts or parts & {"city", "county", "province", "state", "governorate", "district", "village", "town", "republic", "kingdom"}:
        return ["GPE"]
    return ["GPE", "LOC", "FAC"]


def is_people(word):
    return word[:1].isupper() and word.lower() in PEOPLE


def capitalised(word):
    return any(c.isupper() for c in word) or word[:1].isdigit()


def trim(words, begin, end):
    """Off the edges: articles, quotes, punctuation."""
    while begin < end and (words[begin].lower() in ARTICLES or not words[begin][0].isalnum()):
        begin += 1
    while end > begin and not (words[end - 1][-1].isalnum() or (words[end - 1] in {".", ")"} and end - begin > 1)):
        end -= 1
    return begin, end


def without_titles(words, begin, end):
    while begin < end and words[begin].lower().rstrip(".") in lists.TITLES | {"-"}:
        begin += 1
    return begin, end


def weak(words, upos=None):
    """Text without any marked name: what the lists and the word classes say for sure."""
    targets = [FULL] * len(words)
    cap = [w[:1].isupper() for w in words]
    for i, w in enumerate(words):
        if upos is not None and upos[i] == "PROPN":
            continue
        if not any(c.isupper() or c.isdigit() for c in w):
            left, right = i > 0 and cap[i - 1], i + 1 < len(words) and cap[i + 1]
            if not (w.lower() in LINKS or not w[0].isalnum()) or not (left and right):
                targets[i] = O
        elif upos is not None and upos[i] in {"PRON", "AUX", "SCONJ", "CCONJ", "INTJ", "DET"} and not (i > 0 and cap[i - 1]):
            targets[i] = O
    for i, w in enumerate(words):
        if "@" in w or "://" in w or re.fullmatch(r"[\w.\-]+\.(com|org|net|edu|gov|html?|docx?|xls|pdf|ppt)", w.lower()):
            targets[i] = O
            continue
        free = lambda k: k < 0 or k >= len(words) or not (cap[k] or words[k] in {"-", "@", "&"} or words[k].lower() == "of")
        for n in (4, 3, 2, 1):
            if " ".join(words[i:i + n]) in ORGANISATIONS and i + n <= len(words) and free(i + n) and (free(i - 1) or i == 1 and words[0].lower() in ARTICLES):
                if all(t in (FULL, O) for t in targets[i:i + n]):
                    mark(targets, i, i + n, ["ORG"], outside=n == 1 and w in {"Congress", "Senate", "Parliament", "Apple", "Amazon", "Ford", "Wagner"})
                break
        if w in GIVEN and targets[i] == FULL and free(i - 1) and (upos is None or upos[i] == "PROPN"):
            if free(i + 1):
                targets[i] = mask("B", ["PER"])
            elif i + 1 < len(words) and words[i + 1].isalpha() and free(i + 2) and (upos is None or upos[i + 1] == "PROPN") and \
                    words[i + 1].lower() not in lists.FACILITY_WORDS | lists.PLACE_WORDS:
                mark(targets, i, i + 2, ["PER"])
        for n in (3, 2, 1):
            if i + n > len(words) or " ".join(words[i:i + n]).lower() not in PLACES or not cap[i] or not cap[i + n - 1]:
                continue
            alone = (i == 0 or not cap[i - 1] or (upos and upos[i - 1] not in {"PROPN", "ADJ"})) and \
                (i + n == len(words) or not (cap[i + n] or words[i + n] in {"-", "of", "."}))
            if alone and all(t in (FULL, O) for t in targets[i:i + n]) and w.lower() not in {"us", "georgia", "jordan", "turkey", "chad",
                                                                           "washington", "virginia", "phoenix", "austin", "hague"}:
                mark(targets, i, i + n, ["GPE"])
            break
        if is_people(w) and targets[i] == FULL and (i + 1 == len(words) or not cap[i + 1]) and (i == 0 or not cap[i - 1] or i == 1) and \
                (upos is None or upos[i] in {"ADJ", "PROPN", "NOUN"}):
            targets[i] = mask("B", ["NORP"], outside=w.lower() in {"democratic", "western", "orthodox", "polish", "english", "pole", "dane"})
    return targets


def split_token(word):
    """UD's tokens of a token that other sources keep whole: al-Ani -> al - Ani."""
    if "-" in word.strip("-") and not word[0].isdigit() and word.replace("-", "").isalpha():
        out = []
        for k, part in enumerate(word.split("-")):
            if k:
                out.append("-")
            if part:
                out.append(part)
        return out
    for clitic in ("'s", "’s"):
        if word.endswith(clitic) and len(word) > 2:
            return [word[:-2], clitic]
    return [word]


def read_bio(path):
    """-> lists of (word, tag), tags as in the file; words split as UD splits them."""
    sentence = []
    for line in pathlib.Path(path).read_text(encoding="utf-8").split("\n"):
        fields = line.split()
        if line.startswith("#"):
            continue
        if not fields:
            if sentence:
                yield sentence
            sentence = []
            continue
        word, tag = (fields[1], fields[2]) if len(fields) >= 3 and fields[0].isdigit() else (fields[0], fields[-1])
        for k, part in enumerate(split_token(word)):
            clitic = k and part in ("'s", "’s")
            sentence.append((part, "O" if clitic and tag[:1] != "I" else tag if not k or tag == "O" else "I" + tag[1:]))
    if sentence:
        yield sentence


def spans_of(tags):
    spans, open_ = [], None
    for i, tag in enumerate(tags + ["O"]):
        kind = tag[2:]
        if open_ and (tag == "O" or tag.startswith("B-") or kind != open_[1]):
            spans.append((open_[0], i, open_[1]))
            open_ = None
        if tag != "O" and open_ is None:
            open_ = (i, kind)
    return spans


MAPS = {
    "re3d": {"Organisation": ["ORG"], "Person": ["PER"], "Location": "place", "Nationality": ["NORP"], "MilitaryPlatform": ["WEA"], "Weapon": ["WEA"]},
    "crossner": {"politician": ["PER"], "person": ["PER"], "country": ["GPE"], "organisation": ["ORG"], "politicalparty": ["ORG"], "location": "place",
                 "election": ["EVT"], "event": ["EVT"], "misc": "misc"},
    "wikigold": {"PER": ["PER"], "ORG": ["ORG"], "LOC": "place", "MISC": "misc"},
}


def targets_of(words, spans, source):
    """One sentence of a names-only source -> allowed label sets."""
    table = MAPS[source]
    targets = [O] * len(words)
    if source != "crossner":  # adjectives of origin inside "the Iraqi army" go unmarked elsewhere
        for i, w in enumerate(words):
            if is_people(w):
                targets[i] = O | mask("B", ["NORP"])
    for begin, end, kind in spans:
        wanted = table.get(kind)
        b, e = trim(words, begin, end)
        if kind in ("Person", "person", "politician", "PER"):
            b, e = without_titles(words, b, e)
        if b >= e or wanted is None:
            if wanted is None and kind == "DocumentReference":
                for i in range(begin, end):
                    targets[i] = FULL
            continue
        caps = [capitalised(w) for w in words[b:e]]
        if not any(caps) or (e - b == 1 and words[b].lower() in PRONOUNS):
            continue  # a description, not a name: stays O
        if wanted == "place":
            if e - b == 1 and is_people(words[b]):
                wanted = ["NORP"]
            else:
                wanted = place_kinds(words[b:e])
        elif wanted == "misc":
            wanted = None
        if wanted is None:
            if e - b == 1 and is_people(words[b]):
                mark(targets, b, e, ["NORP"])
            else:
                mark(targets, b, e, ["NORP", "EVT", "WEA"], outside=True)
            continue
        if kind == "election":  # "the 2001 general election": the name of an event though its words are common ones
            mark(targets, b, e, wanted)
            continue
        name = all(c or w.lower() in LINKS or not w[0].isalnum() for c, w in zip(caps, words[b:e])) and caps[-1]
        if name and not (e - b == 1 and wanted == ["ORG"] and is_people(words[b])):
            mark(targets, b, e, wanted)
        else:  # "Syrian government forces": some of its words may be a name
            for i in range(b, e):
                if capitalised(words[i]):
                    targets[i] = O | mask("B", wanted + ["NORP", "GPE"]) | mask("I", wanted + ["NORP", "GPE"])
                else:
                    targets[i] = O | mask("I", wanted)
    return targets


def gum_mentions(misc):
    """GUM's Entity brackets -> [(begin, end, type, identity)], words from 0."""
    open_, out = {}, []
    for i, field in enumerate(misc):
        entity = next((x[7:] for x in field.split("|") if x.startswith("Entity=")), None)
        if not entity:
            continue
        k = 0
        while k < len(entity):
            if entity[k] == "(":
                stop = k + 1
                while stop < len(entity) and entity[stop] not in "()":
                    stop += 1
                parts = entity[k + 1:stop].split("-", 7)
                key = parts[0]
                record = (i, parts[1] if len(parts) > 1 else "", parts[7] if len(parts) > 7 else "")
                if stop < len(entity) and entity[stop] == ")":
                    out.append((record[0], i + 1, record[1], record[2]))
                    stop += 1
                else:
                    open_.setdefault(key, []).append(record)
                k = stop
            else:
                stop = k
                while stop < len(entity) and entity[stop] not in "()":
                    stop += 1
                key = entity[k:stop]
                if open_.get(key):
                    b, kind, identity = open_[key].pop()
                    out.append((b, i + 1, kind, identity))
                k = stop + 1 if stop < len(entity) else stop
    return out


GUM = {"person": ["PER"], "organization": ["ORG"], "event": ["EVT"], "object": ["WEA", "FAC"], "animal": ["PER"]}


def gum_targets(words, upos, xpos, heads, misc):
    """Named mentions of a GUM sentence; heads from 1, 0 the root."""
    n = len(words)
    targets = [O] * n
    for i in range(n):
        if is_people(words[i]) and upos[i] == "ADJ":
            targets[i] = mask("B", ["NORP"])
        elif upos[i] == "PROPN":
            targets[i] = FULL
        elif upos[i] in ("ADP", "DET", "CCONJ", "PUNCT", "NUM", "ADJ", "NOUN", "X") and \
                (i > 0 and upos[i - 1] == "PROPN") and (i + 1 < n and upos[i + 1] == "PROPN"):
            targets[i] = FULL
    mentions = gum_mentions(misc)
    begins = {m[0] for m in mentions}
    taken = [False] * n
    for begin, end, kind, identity in sorted(mentions, key=lambda m: m[0] - m[1]):
        if kind in ("abstract", "time", "substance", "plant"):
            if all(not t for t in taken[begin:end]) and end - begin <= 8:
                for i in range(begin, end):
                    if targets[i] == FULL and upos[i] == "PROPN":
                        targets[i] = O if kind != "abstract" else O | mask("B", KINDS) | mask("I", KINDS)
            continue
        head = next((i for i in range(begin, end) if not begin <= heads[i] - 1 < end), None)
        if head is None or upos[head] != "PROPN":
            continue
        def part(i):
            return upos[i] in ("PROPN", "X") or (upos[i] in ("NUM", "ADJ", "NOUN", "VERB", "INTJ") and words[i][:1].isupper()) or \
                (upos[i] == "NUM" and kind == "event")
        def link(i):
            if words[i].lower() in ("'s", "’s", ",", "(", ")", '"', "“", "”", ":") or upos[i] == "PART":
                return False
            if kind == "person" and upos[i] == "ADP":
                return False
            if upos[i] == "CCONJ":
                return i + 1 not in begins
            return upos[i] in ("ADP", "DET", "PUNCT", "SYM", "CCONJ") and (words[i].lower() in LINKS or words[i] in {"-", "."})
        b, e = head, head + 1
        while b > begin and (part(b - 1) or (link(b - 1) and b - 1 > begin and (part(b - 2) or (link(b - 2) and b - 2 > begin and part(b - 3))))):
            b -= 1
        while e < end and (part(e) or (link(e) and e + 1 < end and (part(e + 1) or (link(e + 1) and e + 2 < end and part(e + 2))))):
            e += 1
        if e < end and words[e] == "." and words[e - 1].lower() in ("inc", "corp", "co", "ltd", "jr", "sr", "st"):
            e += 1
        b, e = trim(words, b, e)
        if kind in ("person", "animal"):
            b, e = without_titles(words, b, e)
        if b >= e or any(taken[b:e]):
            continue
        for i in range(b, e):
            taken[i] = True
        outside = kind in ("object", "animal")
        if kind == "place":
            wanted = place_kinds(words[b:e])
            if "%2C" in identity or identity.replace("_", " ").lower() in PLACES:
                wanted = ["GPE"]
        elif kind == "person" and (xpos[head] == "NNPS" or (e - b == 1 and is_people(words[b]))):
            wanted = ["NORP"]
        else:
            wanted = GUM.get(kind)
        if wanted:
            mark(targets, b, e, wanted, outside)
        for i in range(begin, end):  # titles and the like beside the name
            if not b <= i < e and upos[i] == "PROPN" and words[i].lower().rstrip(".") in lists.TITLES and targets[i] == FULL:
                targets[i] = O
    for i in range(n):  # a small word beside a word that is settled joins no name
        if targets[i] == FULL and upos[i] != "PROPN" and (targets[i - 1] != FULL or targets[i + 1] != FULL):
            targets[i] = O
    return targets
