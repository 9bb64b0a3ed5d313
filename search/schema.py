"""ONE table of fields. The engines' schemas, the query language's field names and the list of facets follow from it.

A field of kind "text" is prose: stemmed in the article's language, and kept unstemmed beside it for exact words,
wildcards and fuzzy words. A field of kind "name" holds values such as "Middle East Monitor": searched word by word,
unstemmed, and counted as whole values. A field of kind "date" holds days.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from search.document import DateMention, Document

Kind = Literal["text", "name", "date"]
Level = Literal["year", "month", "day"]
LEVELS: tuple[Level, ...] = ("year", "month", "day")
KEY_LENGTH: dict[Level, int] = {"year": 4, "month": 7, "day": 10}

FORMAT = 2  # of what is indexed; an index of another format is rebuilt


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the index: its name in queries, its kind, its heading on the page, and how to read it from a document.

    `values` gives the field's texts (kind "text"), whole values ("name") or keys such as "2019", "2019-11" ("date").
    `facet` says whether its values are counted.
    """

    name: str
    kind: Kind
    label: str
    values: Callable[[Document], Iterable[str]]
    facet: bool = False
    scored: bool = False


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def published_keys(document: Document) -> list[str]:
    """The year, month and day of publication, as far as they are known: "2019", "2019-11", "2019-11-18"."""
    value = document.article.published.value
    return [value[:length] for length in KEY_LENGTH.values() if value and len(value) >= length]


def about_keys(document: Document) -> list[str]:
    """The years, months and days that the article speaks of.

    A mention counts at its own level and above: "November 2019" is in 2019 and 2019-11, and in no day. Of a time that
    goes on ("since 2010") only the end that is named counts; one longer than a dozen of its own units counts by its
    ends.
    """
    keys = (key for mention in document.dates if mention.indexed for key in _keys(mention))
    return list(dict.fromkeys(keys))


def _keys(mention: DateMention) -> Iterable[str]:
    if mention.granularity not in LEVELS:
        return
    last = mention.until - timedelta(days=1) if mention.until and not mention.ongoing else None
    first = mention.begin or last
    if first is None or (last or first).year >= date.max.year:
        return
    for level in LEVELS[:LEVELS.index(mention.granularity) + 1]:
        yield from _periods(first, last or first, KEY_LENGTH[level])


def _periods(first: date, last: date, length: int) -> list[str]:
    keys, day = [first.isoformat()[:length]], first
    while (day := _next(day, length)) <= last and len(keys) <= 12:
        keys.append(day.isoformat()[:length])
    return keys if len(keys) <= 12 else [keys[0], last.isoformat()[:length]]


def _next(day: date, length: int) -> date:
    """The first day of the period after the one that holds `day`."""
    if length == 10:
        return date.fromordinal(day.toordinal() + 1)
    if length == 7:
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date(day.year + 1, 1, 1)


FIELDS: tuple[Field, ...] = (
    Field("title", "text", "Title", lambda d: (d.article.title,), scored=True),
    Field("text", "text", "Text", lambda d: (d.article.text[d.article.body_start:],), scored=True),
    Field("was", "text", "Earlier versions", lambda d: d.former),
    Field("source", "name", "Outlet", lambda d: (d.article.source,), facet=True),
    Field("person", "name", "Person", lambda d: d.entities("PER"), facet=True),
    Field("org", "name", "Organisation", lambda d: d.entities("ORG"), facet=True),
    Field("place", "name", "Place", lambda d: d.entities("LOC"), facet=True),
    Field("cites", "name", "Cited source", lambda d: d.cites, facet=True),
    Field("author", "name", "Author", lambda d: d.article.authors, facet=True),
    Field("section", "name", "Section", lambda d: _present(d.article.section), facet=True),
    Field("lang", "name", "Language", lambda d: (d.article.language,), facet=True),
    Field("published", "date", "Published", published_keys, facet=True),
    Field("about", "date", "Speaks of", about_keys, facet=True),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
SCORED: tuple[str, ...] = tuple(field.name for field in FIELDS if field.scored)
FACETS: tuple[str, ...] = tuple(field.name for field in FIELDS if field.facet)
