from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article, Json
from search.document import Citation, DateMention, Document, NameMention
from search.engines.whoosh.record import read_record, write_record
from tests.anything import any_json, any_text
from tests.engine_contract import ARCHIVE, make
from tests.strategies import articles, documents

HALVES = st.text(st.sampled_from("ab\ud83d\u00e9\U0001f600"), min_size=1, max_size=8)  # first halves among whole ones


def same(document: Document) -> None:
    again = read_record(write_record(document))
    assert again == document
    assert again.to_json() == document.to_json()


@given(documents())
def test_any_document_comes_back_as_it_was(document: Document) -> None:
    same(document)


@given(articles(text=any_text(1), extra=any_json()))
def test_any_article_comes_back_as_it_was(article: Article) -> None:
    same(Document(article))


@pytest.mark.parametrize("value", [2**53 + 1, 2**63, 2**64, -2**70, 1e308, 5e-324, -0.0, float("inf"), float("-inf"),
                                   [], {}, "", {"": [None, True, "é"]}], ids=repr)
def test_whatever_an_import_brought_comes_back(value: Json) -> None:
    article = Article("a:1", "Courier", "Title", (), extra={"brought": value, "beside": [value]})
    same(Document(article))
    assert read_record(write_record(Document(article))).article.content_hash == article.content_hash


@given(documents(), HALVES, HALVES)
def test_halves_of_characters_in_findings_come_back(document: Document, name: str, former: str) -> None:
    same(replace(document, names=(*document.names, NameMention(0, 1, "PER", name)), former=(former,),
                 citations=(Citation(0, 1, "source", name),), dates=(DateMention(0, 1, "SET", name, rule=name),)))


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)), max_size=8))
def test_mentions_come_back_in_any_order_wherever_they_stand(spans: list[tuple[int, int]]) -> None:
    same(replace(ARCHIVE[0], names=tuple(NameMention(start, start + size, "ORG", "Board") for start, size in spans),
                 citations=tuple(Citation(start, start + size, "credit", None) for start, size in spans)))


@pytest.mark.parametrize(("begin", "until"), [
    (None, None), (date.min, None), (None, date.max), (date.min, date.max), (date(2020, 2, 29), date(2020, 3, 1)),
])
def test_open_and_closed_days_come_back(begin: date | None, until: date | None) -> None:
    mention = DateMention(0, 1, "DATE", "", begin, until, "day", 0.1, "weekday", "r")
    same(make("a:1", "Days", "A body.", about=[mention]))


def test_a_name_that_is_written_as_it_is_counted_is_stored_once() -> None:
    document = make("a:1", "A port", "Port Salen is a port.")
    once = len(write_record(document))
    other = replace(document, names=(replace(document.names[0], name="Port Salem"),))
    assert len(write_record(other)) > once
    assert write_record(document).count(b"Port Salen") == 1
