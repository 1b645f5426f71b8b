"""The readers' rules, on sentences of our own: `python -m unittest discover -s training/tests -t .`"""
import pathlib
import tempfile
import unittest

import numpy as np

from training import data, lemmas, names
from training.decode import Bio, tree
from training.wordpiece import case_of


def label_sets(targets):
    return ["*" if t == names.FULL else ",".join(names.LABELS[i] for i in range(len(names.LABELS)) if t >> i & 1) for t in targets]


def gum(rows):
    """rows: (word, upos, xpos, head, misc)"""
    words, upos, xpos, heads, misc = map(list, zip(*rows))
    return label_sets(names.gum_targets(words, upos, xpos, heads, misc))


class Lemmas(unittest.TestCase):
    def test_a_rule_gives_its_lemma_back(self):
        for form, lemma in (("studies", "study"), ("Americans", "American"), ("went", "go"), ("NATO", "NATO"), ("unhappier", "unhappy"),
                            ("Said", "say"), ("İstanbul", "İstanbul"), ("3,000", "3,000"), ("been", "be")):
            self.assertEqual(lemmas.apply_rule(lemmas.rule_of(form, lemma), form), lemma)

    def test_a_rule_that_cuts_too_much_leaves_the_form(self):
        self.assertEqual(lemmas.apply_rule("l;0;;5;", "Men"), "men")

    def test_one_rule_serves_many_words(self):
        self.assertEqual(lemmas.rule_of("parties", "party"), lemmas.rule_of("Cities", "city"))


class Case(unittest.TestCase):
    def test_cases(self):
        words = ("said", "Paris", "A", "NATO", "U.S.", "McDonald", "iPhone", "2024", "3D")
        self.assertEqual([case_of(w) for w in words], [0, 1, 1, 2, 2, 3, 3, 0, 1])


class Names(unittest.TestCase):
    def test_gum_name_without_article_and_title(self):
        got = gum([("The", "DET", "DT", 3, "Entity=(1-organization-new-nnnnn-cf1-3-sgl-X"), ("World", "PROPN", "NNP", 3, "_"), ("Bank", "PROPN", "NNP", 4, "Entity=1)"),
                   ("met", "VERB", "VBD", 0, "_"), ("Mr.", "PROPN", "NNP", 6, "Entity=(2-person-new-nnnnn-cf2-2-sgl"), ("Bondi", "PROPN", "NNP", 4, "Entity=2)"),
                   ("in", "ADP", "IN", 8, "_"), ("Geneva", "PROPN", "NNP", 4, "Entity=(3-place-new-nnnnn-cf3-1-sgl-Geneva)")])
        self.assertEqual(got, ["O", "B-ORG", "I-ORG", "O", "O", "B-PER", "O", "B-GPE"])

    def test_gum_description_is_no_name(self):
        got = gum([("The", "DET", "DT", 2, "Entity=(1-person-new-nnnnn-cf1-2-sgl"), ("doctor", "NOUN", "NN", 3, "Entity=1)"), ("slept", "VERB", "VBD", 0, "_")])
        self.assertEqual(got, ["O", "O", "O"])

    def test_gum_place_of_unknown_kind_stays_open(self):
        got = gum([("Zembla", "PROPN", "NNP", 2, "Entity=(1-place-new-nnnnn-cf1-1-sgl)"), ("shook", "VERB", "VBD", 0, "_")])
        self.assertEqual(got[0], "B-GPE,B-LOC,B-FAC")

    def test_a_description_in_re3d_is_no_name(self):
        words = ["the", "families", "fled", "Mosul"]
        got = label_sets(names.targets_of(words, [(0, 2, "Organisation"), (3, 4, "Location")], "re3d"))
        self.assertEqual(got, ["O", "O", "O", "B-GPE"])

    def test_ud_splits_hyphenated_names(self):
        self.assertEqual(names.split_token("al-Ani"), ["al", "-", "Ani"])
        self.assertEqual(names.split_token("713-853"), ["713-853"])
        self.assertEqual(names.split_token("Kenya's"), ["Kenya", "'s"])

    def test_text_without_marks(self):
        got = label_sets(names.weak(["The", "Iraqi", "army", "left", "Chile", "quietly", "."], ["DET", "ADJ", "NOUN", "VERB", "PROPN", "ADV", "PUNCT"]))
        self.assertEqual(got[1:5], ["B-NORP", "O", "O", "B-GPE"])


class Frames(unittest.TestCase):
    def test_marked_word_of_a_longer_frame_is_its_first(self):
        lexicon = data.sense_lexicon({"check_in.02": [("check_in", "v")], "check.01": [("check", "v"), ("check", "n")]}, {"ewt": []})
        self.assertEqual(lexicon["check", "v"], ["check.01", "check_in.02"])
        self.assertEqual(lexicon["check", "n"], ["check.01"])

    def test_conllu_skips_ranges_and_empty_nodes(self):
        row = "{}\t{}\t_\tX\tX\t_\t0\troot\t_\t_\n"
        text = "# sent_id = a\n" + row.format("1-2", "don't") + row.format("1", "do") + row.format("2", "n't") + row.format("2.1", "_") + "\n"
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.conllu"
            path.write_text(text, encoding="utf-8")
            self.assertEqual([s.words for s in data.read_conllu(path, "ewt")], [["do", "n't"]])


class Decoding(unittest.TestCase):
    def test_best_tree_is_the_best_of_all_trees(self):
        rng = np.random.default_rng(3)
        for n in (1, 2, 3, 4):
            for _ in range(40):
                scores = rng.normal(size=(n, n + 1))
                heads = tree(scores)
                self.assertEqual(heads.count(0), 1)
                self.assertAlmostEqual(sum(scores[d, h] for d, h in enumerate(heads)), self.best(scores))

    def best(self, scores):
        n, best = len(scores), -1e9
        for code in range((n + 1) ** n):
            heads = [code // (n + 1) ** d % (n + 1) for d in range(n)]
            if heads.count(0) != 1 or any(not self.reaches(heads, d) for d in range(n)):
                continue
            best = max(best, sum(scores[d, h] for d, h in enumerate(heads)))
        return best

    @staticmethod
    def reaches(heads, d):
        for _ in heads:
            if heads[d] == 0:
                return True
            d = heads[d] - 1
        return False

    def test_no_inside_without_a_beginning(self):
        bio = Bio(["O", "B-PER", "I-PER", "B-ORG", "I-ORG"])
        scores = np.zeros((2, 5))
        scores[0, 2], scores[0, 1], scores[1, 2] = 5.0, 4.0, 5.0
        self.assertEqual(bio.spans(scores), [(0, 2, "PER")])


if __name__ == "__main__":
    unittest.main()
