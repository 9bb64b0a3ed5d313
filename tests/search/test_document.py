import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from search.article import Article, canonical_json
from search.document import (
    Citation,
    CitationKind,
    DateMention,
    DateType,
    Document,
    NameMention,
    findings_from_json,
    findings_to_json,
)
from search.errors import InvalidRecord
from tests.strategies import documents

DAY, NEXT = date(2019, 11, 18), date(2019, 11, 19)
STORY = Document(
    Article("a", "Courier", "Varga and Okoye met in Salen", ()),
    (DateMention(0, 5, "DATE", "2019-11-18", DAY, NEXT, "day"),),
    (NameMention(10, 15, "PER", "Tomas Okoye"), NameMention(0, 5, "PER", "Ilse Varga"),
     NameMention(23, 28, "LOC", "Salen"), NameMention(0, 5, "PER", "Tomas Okoye")),
    (Citation(0, 5, "source", "Ilse Varga"), Citation(0, 1, "medium", "The Lantern"),
     Citation(0, 2, "source", "Ilse Varga")),
    former=("Varga alone in Salen",), enrichers={"dates": "3"},
)


@settings(max_examples=30)
@given(documents())
def test_a_document_survives_json(document: Document) -> None:
    assert Document.from_json(json.loads(canonical_json(document.to_json()))) == document


@settings(max_examples=30)
@given(documents())
def test_findings_survive_json_without_their_document(document: Document) -> None:
    found = document.dates, document.names, document.citations
    assert findings_from_json(json.loads(canonical_json(findings_to_json(*found)))) == found


@pytest.mark.parametrize("spoil", [
    lambda data: data.pop("dates"), lambda data: data.pop("former"), lambda data: data.pop("article"),
    lambda data: data.update(enrichers=None), lambda data: data["dates"][0].pop("begin"),
    lambda data: data["dates"][0].update(begin="2019-02-30"), lambda data: data["dates"][0].update(unheard=1),
    lambda data: data["names"][0].update(start=99), lambda data: data["names"].append(None),
    lambda data: data["citations"][0].pop("kind"), lambda data: data["article"].pop("title"),
])
def test_what_is_no_document_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    data = json.loads(canonical_json(STORY.to_json()))
    spoil(data)
    with pytest.raises(InvalidRecord):
        Document.from_json(data)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 3)])
@pytest.mark.parametrize("mention", [
    lambda start, end: DateMention(start, end, "DATE", "2019"),
    lambda start, end: NameMention(start, end, "PER", "Varga"),
    lambda start, end: Citation(start, end, "source", None),
])
def test_a_mention_without_text_is_refused(mention: Callable[[int, int], object], start: int, end: int) -> None:
    with pytest.raises(InvalidRecord, match="holds no text"):
        mention(start, end)


@pytest.mark.parametrize(("begin", "until"), [(DAY, DAY), (NEXT, DAY), (None, date.min), (date.min, date.min)])
def test_an_interval_without_a_day_is_refused(begin: date | None, until: date) -> None:
    with pytest.raises(InvalidRecord, match="hold no day"):
        DateMention(0, 1, "DATE", "x", begin, until)


@pytest.mark.parametrize(("type_", "begin", "until", "indexed"), [
    ("DATE", DAY, NEXT, True), ("TIME", DAY, NEXT, True), ("DATE", DAY, None, True), ("DATE", None, NEXT, True),
    ("DATE", None, None, False), ("TIME", None, None, False), ("DURATION", DAY, NEXT, False), ("SET", DAY, NEXT, False),
])
def test_dates_are_indexed_if_they_name_calendar_days(
        type_: DateType, begin: date | None, until: date | None, indexed: bool) -> None:
    assert DateMention(0, 1, type_, "x", begin, until).indexed is indexed


def test_entities_come_once_in_the_order_of_first_mention() -> None:
    assert STORY.entities("PER") == ("Tomas Okoye", "Ilse Varga")
    assert STORY.entities("LOC") == ("Salen",)
    assert STORY.entities("ORG") == ()


def test_cited_sources_come_once_in_the_order_of_first_mention() -> None:
    assert STORY.cites == ("Ilse Varga", "The Lantern")


@pytest.mark.parametrize(("kind", "name", "cited"), [
    ("source", "Varga", True), ("medium", "Varga", True), ("credit", "Varga", False), ("publisher", "Varga", False),
    ("source", None, False),
])
def test_named_sources_and_media_are_cited(kind: CitationKind, name: str | None, cited: bool) -> None:
    document = Document(STORY.article, citations=(Citation(0, 5, kind, name),))
    assert document.cites == (("Varga",) if cited else ())
