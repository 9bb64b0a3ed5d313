import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.enrich.entities.tagger.attributes import AFTER, BEFORE, FLAGS, Lexicon, attributes, shape, written

LEXICON = Lexicon({"Kestrel": 0, "kestrel": 1, "roe": 2},
                  np.array([[700, 30, 4], [12, 3, 1], [-1, -1, -1]], np.int16),
                  np.array([255, 1, 4], np.uint8), np.array([0, 1 << FLAGS.index("town"), 0b11], np.uint32))


def test_a_word_has_its_clusters_and_those_of_its_common_form() -> None:
    found = attributes("Kestrel", LEXICON)
    assert {"wkestrel", "k700", "m30", "q4", "M3", "Q1", "uL1", f"L{FLAGS.index('town')}"} <= set(found)
    assert "k12" in attributes("kestrel", LEXICON)


def test_a_word_without_clusters_says_so() -> None:
    assert {"k-", "L0", "L1", "uL4"} <= set(attributes("Roe", LEXICON))


def test_a_title_is_the_same_with_and_without_its_full_stop() -> None:
    assert attributes("Mr", LEXICON) == attributes("Mr.", LEXICON)


def test_edges_of_sentences_are_only_themselves() -> None:
    assert [attributes(edge, LEXICON) for edge in (BEFORE, AFTER)] == [[BEFORE], [AFTER]]


@pytest.mark.parametrize(("word", "kind"), [("A", "C"), ("HRW", "A"), ("U.S.", "U"), ("Mr.", "T"), ("Al-Roe", "H"),
                                            ("Roe", "I"), ("2019", "D"), ("rain", "l"), ("iPod", "h"), ("’s", "s"),
                                            ("%", "o")])
def test_one_letter_says_how_a_word_is_written(word: str, kind: str) -> None:
    assert written(word) == kind


@given(st.text(st.characters(exclude_categories=("Zs", "Zl", "Zp", "Cc")), min_size=1))
def test_shortcuts_of_the_shape_give_what_its_rule_gives(word: str) -> None:
    runs = ["X" if letter.isupper() else "x" if letter.islower() else "0" if letter.isdigit() else letter
            for letter in word[:24]]
    assert shape(word) == "".join(mark for at, mark in enumerate(runs) if at == 0 or runs[at - 1] != mark)[:8]
