"""BM25F in the form that Whoosh gives it, and the order of hits; shared by all engines so that they rank alike.

Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (2004); Whoosh scores each field's
term by itself and adds up. Field lengths are rounded as Whoosh stores them, in one byte.
"""

import base64
import binascii
import json
from bisect import bisect_right
from collections.abc import Sequence
from math import isnan, log
from typing import NamedTuple

from whoosh.util.numeric import byte_to_length, length_to_byte

from search.request import Request, Sort
from search.results import Note

B = 0.75
K1 = 1.2
DIGITS = 9  # of a score that count: sums in another order must not part ties
UNDATED = float("inf")

Key = tuple[float, float, str]


def idf(articles: int, containing: int) -> float:
    """The inverse document frequency of a term that `containing` of all `articles` have."""
    return log(articles / (containing + 1)) + 1


def stored_length(terms: int) -> int:
    """The length of a field as Whoosh remembers it: exact up to 10 terms, then rounded up, at most 106,374."""
    length: int = byte_to_length(length_to_byte(terms))
    return length


def bm25(weight: float, frequency: float, length: int, average: float) -> float:
    """The score of a term of inverse document frequency `weight` that a field of `length` terms has `frequency` times.

    `average` is the mean length of the field over all articles.
    """
    return weight * frequency * (K1 + 1) / (frequency + K1 * ((1 - B) + B * length / average))


def key(sort: Sort, id_: str, moment: int | None, score: float) -> Key:
    """What hits are ordered by, ascending: by relevance the score; then the date, undated ones last; then the id.

    `moment` is in minutes since the year 1, None for an undated article. Equal scores are ordered newest first.
    """
    relevance = -round(score, DIGITS) if sort == "relevance" else 0.0
    if moment is None:
        return relevance, UNDATED, id_
    return relevance, float(moment if sort == "oldest" else -moment), id_


def write_cursor(at: Key) -> str:
    """The key of the last hit of a page as a token for addresses."""
    return base64.urlsafe_b64encode(json.dumps(at).encode()).decode().rstrip("=")


def read_cursor(token: str) -> Key | None:
    """The key that a token holds, None if it is no token of ours."""
    try:
        relevance, moment, id_ = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        at = float(relevance), float(moment), id_
        return at if isinstance(id_, str) and not any(map(isnan, at[:2])) else None
    except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError):
        return None


class Extent(NamedTuple):
    """Which hits a request asks for: those from number `start` to `end` after the cursor; and notes on limits."""

    cursor: Key | None
    start: int
    end: int
    notes: tuple[Note, ...]


def extent(request: Request, found: int, depth: int) -> Extent:
    """What a request asks for of so many hits found. Offsets reach `depth` hits deep; cursors any depth."""
    if request.after is not None:
        cursor = read_cursor(request.after)
        note = Note("syntax", "The place to go on from could not be read; this is the first page.")
        return Extent(cursor, 0, max(request.limit, 0), () if cursor else (note,))
    start, end = max(request.offset, 0), max(request.offset + request.limit, 0)
    if end > depth and found > max(depth, start):
        return Extent(None, start, depth, (
            Note("limit", f"Page numbers go {depth:,} hits deep (setting query_hits); narrow the search, "
                          "sort it by date, or export it to see the rest."),))
    return Extent(None, start, end, ())


class Page(NamedTuple):
    """The keys of one page, in order; the cursor of the page after it; and notes where a limit bit."""

    keys: Sequence[Key]
    next: str | None
    notes: tuple[Note, ...]


def page(keys: Sequence[Key], wanted: Extent) -> Page:
    """The page that is wanted. `keys` are sorted: all, or as many behind the cursor as to tell whether more follow."""
    behind = keys[bisect_right(keys, wanted.cursor):] if wanted.cursor else keys
    shown = behind[wanted.start:wanted.end]
    more = bool(shown) and len(behind) > wanted.start + len(shown)
    return Page(shown, write_cursor(shown[-1]) if more else None, wanted.notes)
