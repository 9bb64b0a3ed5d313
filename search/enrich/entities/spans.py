"""What a recogniser finds: a piece of a text, and what kind of name it is."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from search.document import NameType


class Span(NamedTuple):
    """Code points `start` to `end` (exclusive) of a text name a person, an organisation or a place."""

    start: int
    end: int
    type: NameType


def taken(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order and apart, has a code point from `start` to `end`."""
    at = bisect_left(spans, (start,))
    return (at < len(spans) and spans[at].start < end) or (at > 0 and spans[at - 1].end > start)
