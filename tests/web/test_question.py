"""From addresses to questions: which order is in force, and whether a language matters."""

import pytest

from search.settings import Settings
from web.address import Address
from web.question import Question, ask, understand


def question(*pairs: tuple[str, str]) -> Question:
    return ask(pairs, Settings())


@pytest.mark.parametrize("query", ["oil", "oil about:2019", '"oil price"', "title:oil", "-gas oil"])
def test_words_in_ranked_fields_are_ordered_by_relevance(query: str) -> None:
    found = question(("q", query))
    assert found.order == found.request().sort == "relevance"
    assert found.sorts == ("relevance", "newest", "oldest")


@pytest.mark.parametrize("query", ["", "about:2019", "person:varga", "-oil", "published:2019 source:cnn", "terror*"])
def test_where_nothing_is_ranked_the_newest_come_first_and_relevance_is_not_offered(query: str) -> None:
    found = question(("q", query))
    assert found.order == found.request().sort == "newest"
    assert found.sorts == ("newest", "oldest")
    assert question(("q", query), ("sort", "oldest")).order == "oldest"


@pytest.mark.parametrize("query", ["oil", "-oil", "title:oil OR about:2019", "was:oil"])
def test_words_of_prose_are_read_in_a_language(query: str) -> None:
    found = question(("q", query), ("lang", "fr"))
    assert found.in_a_language
    assert found.request().language == "fr"
    assert not found.notes


@pytest.mark.parametrize("query", ["", "about:2019", "person:varga"])
def test_a_language_without_words_is_left_out_and_told(query: str) -> None:
    found = question(("q", query), ("lang", "fr"))
    assert not found.in_a_language
    assert found.address.language is None
    assert ["language" in note.text for note in found.notes] == [True]


def test_a_page_too_deep_becomes_the_deepest() -> None:
    found = understand(Address(page=9), Settings(query_hits=20))
    assert (found.address.page, found.last_page) == (2, 2)
    assert "no deeper than 2" in found.notes[0].text
