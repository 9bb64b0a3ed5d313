"""What an engine answers: hits, facets, and notes on whatever was cut. Plain text and spans, never HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from search.document import Document
from search.query.tree import Term

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader should know about the answer: a limit that bit, how a word, date or name was read."""

    kind: Literal["limit", "time", "date", "syntax", "names"]
    text: str


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of an article's text, and the spans in it that matched (offsets into `text`, end exclusive)."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What a term of the query adds to a hit's score: in a field, or, if that is None, wherever it stands."""

    term: Term
    field: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that matched: its score (0 where the order is by date), its title and a snippet, marked.

    `shares` are those of its relevance to the query, if they were asked for.
    """

    document: Document
    score: float
    title: Snippet
    snippet: Snippet
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and how many of the articles found have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field among all articles found, the facet's own choices ignored.

    Values come by count, then name; keys of dates in calendar order. `distinct` counts all values, also those not
    given; `missing` counts the articles that have none.
    """

    field: str
    values: tuple[FacetValue, ...]
    distinct: int
    missing: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a request. `exact` is False where a limit cut the counting short; a note then says which.

    `next` is the cursor of the page that follows, None after the last one. `seconds` is the time it took.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Facet] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    exact: bool = True
    next: str | None = None
    generation: str = ""
    seconds: float = 0.0
