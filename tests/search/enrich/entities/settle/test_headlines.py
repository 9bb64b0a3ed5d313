import pytest

from search.enrich.entities.settle.headlines import borne_out, headlines
from search.enrich.entities.spans import Span

TITLE = "Mayor Opens Bridge After Delay, Kestrel Tells Council"
TEXT = TITLE + "\n\nMayor Jonas Kestrel opened a bridge."


def spans(text: str, *names: str) -> list[Span]:
    return [Span(text.index(name), text.index(name) + len(name), "PER") for name in names]


@pytest.mark.parametrize(("text", "found"), [
    (TITLE, True), ("Police Search for Five Missing Boats", True), ("The mayor opens a bridge after delay", False),
    ("Jonas Kestrel", False), ("", False), ("A" * 400, False),
])
def test_a_line_with_capitals_on_most_words_is_a_headline(text: str, found: bool) -> None:
    assert bool(list(headlines(text))) == found


def test_a_span_that_is_more_than_a_name_of_the_text_is_dropped() -> None:
    assert borne_out(TEXT, spans(TEXT, "Kestrel Tells Council", "Jonas Kestrel")) == spans(TEXT, "Jonas Kestrel")


def test_other_spans_of_a_headline_stay() -> None:
    found = spans(TEXT, "Kestrel", "Mayor Opens", "Jonas Kestrel")
    assert borne_out(TEXT, found) == found
