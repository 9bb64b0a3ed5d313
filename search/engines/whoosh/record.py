"""A document as the bytes that a segment stores of it, and back.

JSON, with each mention as a short row: how far it is from the one before, how long it is, and what it is. A name that
is written in the text as it is counted is not written again.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import orjson

from search.article import Article, Json
from search.document import Citation, DateMention, Document, NameMention


def write_record(document: Document) -> bytes:
    """The bytes of a document."""
    text = document.article.text
    dates = [[m.type, m.value, m.begin and m.begin.isoformat(), m.until and m.until.isoformat(), m.granularity,
              m.confidence, m.basis, m.rule] for m in document.dates]
    names = [[m.type, None if text[m.start:m.end] == m.name else m.name] for m in document.names]
    citations = [[m.kind, m.name] for m in document.citations]
    data = [document.article.to_json(), _placed(document.dates, dates), _placed(document.names, names),
            _placed(document.citations, citations), document.former, dict(document.enrichers)]
    try:
        if not document.article.extra:  # which may hold any number, and orjson knows none beyond 64 bits
            return orjson.dumps(data)
    except TypeError:  # half a character of two: no UTF-8
        pass
    return json.dumps(data).encode()


def read_record(data: bytes) -> Document:
    """The document that `write_record` was given."""
    stored, dates, names, citations, former, enrichers = json.loads(data)
    article = Article.from_json(stored)
    return Document(
        article,
        tuple(DateMention(start, end, type_, value, _day(begin), _day(until), *rest)
              for start, end, (type_, value, begin, until, *rest) in _spans(dates)),
        tuple(NameMention(start, end, type_, article.text[start:end] if name is None else name)
              for start, end, (type_, name) in _spans(names)),
        tuple(Citation(start, end, kind, name) for start, end, (kind, name) in _spans(citations)),
        tuple(former), enrichers)


def _placed(mentions: Sequence[Any], rows: Iterable[list[Json]]) -> list[list[Json]]:
    before, placed = 0, []
    for mention, row in zip(mentions, rows, strict=True):
        placed.append([mention.start - before, mention.end - mention.start, *row])
        before = mention.start
    return placed


def _spans(rows: Iterable[list[Json]]) -> Iterable[tuple[int, int, list[Json]]]:
    start = 0
    for ahead, length, *rest in rows:
        start += ahead
        yield start, start + length, rest


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
