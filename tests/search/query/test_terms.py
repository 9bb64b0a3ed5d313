from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.analysis import fold, split, stems
from search.query.terms import typed_words
from tests.search.query.trees import TEXTS


@settings(deadline=None, max_examples=1000)
@given(st.one_of(TEXTS, st.text()))
@example("İSTANBUL Straße ΟΔΟΣ Trump's TERRORISTS 1,200 U.S. ﬁn مُدَرِّسٌ")
@example("x" * 200)
def test_words_as_typed_stand_for_the_words_that_are_indexed(text: str) -> None:
    typed, indexed = typed_words(text), split(text)
    assert len(typed) == len(indexed)
    for form, word in zip(typed, indexed, strict=True):
        assert fold(form) == fold(word)
        assert stems(form, ["en", "tr"]) == stems(word, ["en", "tr"])
        assert split(form) == [word]


def test_words_keep_their_capitals() -> None:
    assert typed_words("Middle-East Trump's McCain") == ("Middle", "East", "Trump", "McCain")


def test_a_word_in_capitals_has_the_stem_of_the_same_word_in_small_letters() -> None:
    assert stems("TERRORISTS", ["en"]) == stems("terrorists", ["en"]) == frozenset({"terrorist"})
