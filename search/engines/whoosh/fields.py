"""From the field table to a Whoosh schema, and from a document to what is stored of it there.

Each text field is indexed twice: stemmed under its own name, and unstemmed with `_exact` behind it. Beside the terms
there are the whole record (compressed JSON, for pages) and a column with the few values that every query needs of every
article it finds: its id, its moment, its days and its facet values.
"""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, STORED, TEXT, Schema
from whoosh.formats import Positions

from search.analysis import Term, exact_terms, stemmed_terms
from search.article import Json, canonical_json
from search.document import Document
from search.schema import BY_NAME, FACETS, FIELDS, SCORED

EXACT = "_exact"
Days = tuple[int | None, int | None]  # ordinals, half-open; None is an open end


class TermPositions(Positions):  # type: ignore[misc]
    """Whoosh's postings with positions, from terms that were made by `search.analysis`."""

    def word_values(self, value: Sequence[Term], analyzer: object, **_: Any) -> Iterator[tuple[str, int, float, bytes]]:
        """Each distinct term with how often it stands in the field, its weight, and its encoded positions."""
        del analyzer
        places = defaultdict(list)
        for term in value:
            places[term.text].append(term.position)
        for text, positions in places.items():
            yield text, len(positions), float(len(positions)), self.encode(positions)


def schema() -> Schema:
    """The Whoosh schema of the field table."""
    made = Schema(id=ID(unique=True), record=STORED(), row=COLUMN(VarBytesColumn()))
    for field in FIELDS:
        if field.kind != "date":
            made.add(field.name, _terms())
        if field.kind == "text":
            made.add(field.name + EXACT, _terms())
    return made


def _terms() -> TEXT:
    field = TEXT()
    field.format = TermPositions()
    return field


def index_field(name: str, *, exact: bool) -> str:
    """The field of the index in which a word of the field `name` is looked up."""
    return name + EXACT if exact and BY_NAME[name].kind == "text" else name


def fields_of(document: Document) -> dict[str, Any]:
    """What Whoosh is given of a document."""
    article = document.article
    given: dict[str, Any] = {"id": article.id, "record": zlib.compress(canonical_json(document.to_json()).encode())}
    for field in FIELDS:
        values = list(field.values(document))
        if field.kind == "text":
            given[field.name] = stemmed_terms(values, article.language)
            given[field.name + EXACT] = exact_terms(values)
        elif field.kind == "name":
            given[field.name] = exact_terms(values)
    return {**given, "row": _row(document, [len(given[name]) for name in SCORED])}


def read_record(data: bytes) -> Document:
    """The document that `fields_of` stored as its record."""
    return Document.from_json(json.loads(zlib.decompress(data)))


@dataclass(frozen=True, slots=True)
class Row:
    """What every query needs of an article: its days, the values of its facets, the names of its blank fields.

    `lengths` are the numbers of terms of the ranked fields.
    """

    id: str
    moment: int | None
    published: Days | None
    about: tuple[Days, ...]
    values: dict[str, tuple[str, ...]]
    blank: frozenset[str]
    lengths: tuple[int, ...]


def _row(document: Document, lengths: list[int]) -> bytes:
    published = document.article.published
    data: dict[str, Json] = {
        "id": document.article.id, "moment": published.moment,
        "published": days(*published.span) if published.span else None,
        "about": sorted({days(m.begin, m.until) for m in document.dates if m.indexed}, key=repr),
        "values": {field.name: values for field in FIELDS
                   if field.facet and (values := list(dict.fromkeys(field.values(document))))},
        "lengths": lengths,
        "blank": [field.name for field in FIELDS if not any(field.values(document))],
    }
    return canonical_json(data).encode()


def days(begin: date | None, until: date | None) -> Days:
    """Half-open days as ordinals."""
    return begin.toordinal() if begin else None, until.toordinal() if until else None


def read_row(data: bytes, interned: dict[str, str]) -> Row:
    """The row that was stored; equal values share one string of `interned`."""
    row = json.loads(data)
    values = {name: tuple(interned.setdefault(value, value) for value in row["values"].get(name, ()))
              for name in FACETS}
    published = row["published"]
    return Row(row["id"], row["moment"], (published[0], published[1]) if published else None,
               tuple((begin, until) for begin, until in row["about"]), values, frozenset(row["blank"]),
               tuple(row["lengths"]))
