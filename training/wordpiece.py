"""Words to pieces: BERT's uncased WordPiece, one word at a time, and each word's case."""
import functools
import pathlib

from tokenizers import BertWordPieceTokenizer


class Pieces:
    def __init__(self, vocab_file):
        self.vocab = pathlib.Path(vocab_file).read_text(encoding="utf-8").split("\n")
        while self.vocab and not self.vocab[-1]:
            self.vocab.pop()
        self._tokenizer = BertWordPieceTokenizer(str(vocab_file), lowercase=True)
        index = {piece: i for i, piece in enumerate(self.vocab)}
        self.cls, self.sep, self.unk, self.mask, self.pad = (index[x] for x in ("[CLS]", "[SEP]", "[UNK]", "[MASK]", "[PAD]"))
        self.of = functools.lru_cache(maxsize=200_000)(self._of)

    def _of(self, word):
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids) or (self.unk,)


def case_of(word):
    """0 no letter is upper case, 1 the first letter alone, 2 all letters (two or more), 3 mixed."""
    letters = [c.isupper() for c in word if c.isalpha()]
    if not any(letters):
        return 0
    if all(letters) and len(letters) > 1:
        return 2
    return 1 if letters[0] and not any(letters[1:]) else 3
