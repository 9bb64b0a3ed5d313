import pytest

from search.enrich.entities.settle.margins import with_outlets
from search.enrich.entities.spans import Span


def outlets(text: str, *spans: Span) -> list[tuple[str, str]]:
    return [(text[span.start:span.end], span.type) for span in with_outlets(text, spans)]


@pytest.mark.parametrize(("text", "outlet"), [
    ("Quovia News - Local News - Quoviapost\n\nIt rained.", "Quoviapost"),
    ("It rained.\n\n(Kestrel Digital Media)", "Kestrel Digital Media"),
    ("It rained.\n[Kestrel Media]\n", "Kestrel Media"),
])
def test_the_first_and_the_last_line_name_the_outlet(text: str, outlet: str) -> None:
    assert outlets(text) == [(outlet, "ORG")]


@pytest.mark.parametrize("text", ["Rain - and snow\n\nIt rained.", "It rained (Kestrel Media)", "(It rained all day)",
                                  ""])
def test_other_lines_name_none(text: str) -> None:
    assert outlets(text) == []


def test_a_person_signs_for_himself() -> None:
    assert outlets("It rained.\n(Ana Roe)", Span(12, 19, "PER")) == [("Ana Roe", "PER")]
