"""A document as the bytes that a segment stores of it, and back.

JSON, of which the compressor sees much: what is as it is in most articles is left out, and where the mentions stand is
one string, how far each is from the one before and how long. A name that is written in the text as it is counted is
not written again.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import orjson

from search.article import Article, Json, Published
from search.document import Citation, DateMention, Document, NameMention

HALF = 32  # numbers that one sign can end with; the other half of the signs say that more follow
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
VALUES = {sign: value for value, sign in enumerate(SIGNS)}
TYPES = {"P": "PER", "O": "ORG", "L": "LOC"}
FIRST = ("id", "source", "title", "paragraphs", "language", "url")  # of an article, in every record

_unsaid: Article = Article("a", "a", "a", ())
OTHERS: Mapping[str, Json] = {field.name: getattr(_unsaid, field.name) for field in fields(Article)
                              if field.name not in (*FIRST, "published")}


def write_record(document: Document) -> bytes:
    """The bytes of a document."""
    article, names = document.article, document.names
    text, published = article.text, article.published
    others = {name: value for name, plain in OTHERS.items() if (value := getattr(article, name)) != plain}
    dates = [[m.type, m.value, _written(m.begin), _written(m.until), m.granularity, m.confidence, m.basis, m.rule]
             for m in document.dates]
    renamed = {str(n): m.name for n, m in enumerate(names) if text[m.start:m.end] != m.name}
    data = [article.id, article.source, article.title, article.paragraphs, article.language, article.url,
            [published.value, published.method, published.confidence],
            [_written(published.earliest), _written(published.latest)] if published.earliest or published.latest else 0,
            others or 0,
            _places(names), "".join([m.type[0] for m in names]), renamed or 0,
            [_places(document.dates), *dates] if dates else 0,
            [_places(document.citations), *([m.kind, m.name] for m in document.citations)] if document.citations else 0,
            document.former, document.enrichers if type(document.enrichers) is dict else dict(document.enrichers)]
    try:
        if not article.extra:  # which may hold any number, and orjson knows none beyond 64 bits
            return orjson.dumps(data)
    except TypeError:  # half a character of two: no UTF-8
        pass
    return json.dumps(data, default=dict).encode()


def read_record(data: bytes) -> Document:
    """The document that `write_record` was given."""
    (id_, source, title, paragraphs, language, url, published, bounds, others, places, types, renamed, dates, citations,
     former, enrichers) = json.loads(data)
    value, method, confidence = published
    earliest, latest = map(_day, bounds or (None, None))
    stored: dict[str, Any] = {name: tuple(value) if isinstance(OTHERS[name], tuple) else value
                              for name, value in (others or {}).items()}
    article = Article(id_, source, title, tuple(paragraphs), url, language=language,
                      published=Published(value, method, confidence, earliest, latest), **stored)
    names = renamed or {}
    return Document(
        article,
        tuple(DateMention(start, end, type_, value, _day(begin), _day(until), *rest) for (start, end), (
            type_, value, begin, until, *rest) in zip(_spans(dates[0]), dates[1:], strict=True)) if dates else (),
        tuple(NameMention(start, end, TYPES[type_], names.get(str(n), article.text[start:end]))  # type: ignore[arg-type]
              for n, ((start, end), type_) in enumerate(zip(_spans(places), types, strict=True))),
        tuple(Citation(*span, *row) for span, row in zip(_spans(citations[0]), citations[1:], strict=True))
        if citations else (),
        tuple(former), enrichers)


def _spelled(number: int) -> str:
    """A number from 0 on in signs, five bits each, the lowest first."""
    signs = ""
    while number >= HALF:
        signs += SIGNS[HALF + number % HALF]
        number //= HALF
    return signs + SIGNS[number]


SPELLED = [_spelled(number) for number in range(4 * HALF * HALF)]


def _places(mentions: Sequence[Any]) -> str:
    """Where mentions stand; each may be before the one before it."""
    before, signs = 0, []
    for mention in mentions:
        start, length = mention.start, mention.end - mention.start
        ahead = start - before << 1 if start >= before else (before - start << 1) - 1
        signs.append(SPELLED[ahead] if ahead < len(SPELLED) else _spelled(ahead))
        signs.append(SPELLED[length] if length < len(SPELLED) else _spelled(length))
        before = start
    return "".join(signs)


def _spans(signs: str) -> Iterator[tuple[int, int]]:
    numbers, number, shift = [], 0, 0
    for sign in signs:
        value = VALUES[sign]
        number |= value % HALF << shift
        shift += 5
        if value < HALF:
            numbers.append(number)
            number = shift = 0
    start = 0
    for ahead, length in zip(numbers[::2], numbers[1::2], strict=True):
        start += -(ahead + 1 >> 1) if ahead & 1 else ahead >> 1
        yield start, start + length


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
