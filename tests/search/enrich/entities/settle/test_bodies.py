import pytest

from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle.bodies import with_bodies
from search.enrich.entities.settle.occurrences import capitals
from search.enrich.entities.spans import Span


def bodies(text: str, *spans: Span) -> list[str]:
    return [text[span.start:span.end] for span in with_bodies(text, spans, capitals(text), gazetteer())]


def test_a_people_and_its_body_is_an_organisation() -> None:
    assert bodies("He left the Iraqi Harbour Police Ana Roe led.") == ["Iraqi Harbour Police"]


@pytest.mark.parametrize("text", ["He met Iraqi Harbour pilots.", "He left the Iraqi police.",
                                  "Iraqi Harbour Police Opens New Bridge"])
def test_without_a_body_or_in_a_headline_there_is_none(text: str) -> None:
    assert bodies(text) == []


def test_what_was_found_before_stays() -> None:
    assert bodies("He left the Iraqi Harbour Police.", Span(18, 25, "LOC")) == ["Harbour"]
