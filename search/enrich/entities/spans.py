"""What a recogniser finds: a piece of a text, and what kind of name it is."""

from typing import NamedTuple

from search.document import NameType


class Span(NamedTuple):
    """Code points `start` to `end` (exclusive) of a text name a person, an organisation or a place."""

    start: int
    end: int
    type: NameType
