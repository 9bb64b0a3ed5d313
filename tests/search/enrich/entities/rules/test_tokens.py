import pytest
from hypothesis import given

from search.enrich.entities.rules.tokens import family_name, tokens
from tests.search.enrich.conftest import TEXTS


@given(TEXTS)
def test_words_stand_where_they_say(text: str) -> None:
    words = tokens(text)
    assert [text[word.start:word.end] for word in words] == [word.text for word in words]


@pytest.mark.parametrize(("text", "words"), [
    ("Lt. Gen. Saad al-Allaq’s", ["Lt.", "Gen.", "Saad", "al-Allaq", "’", "s"]),
    ("the U.S. and the U. S.", ["the", "U.S.", "and", "the", "U. S."]),
])
def test_titles_and_initials_keep_their_dots(text: str, words: list[str]) -> None:
    assert [word.text for word in tokens(text)] == words


def test_sentences_and_lines_open() -> None:
    assert [word.text for word in tokens("Now then. Next\nLine") if word.opens] == ["Now", "Next", "Line"]


@pytest.mark.parametrize(("name", "family"), [("Saad al-Allaq", "Allaq"), ("Walid Al-Qaisi", "Qaisi"),
                                              ("Ana Roe", "Roe")])
def test_a_family_name_has_no_article(name: str, family: str) -> None:
    assert family_name(name) == family
