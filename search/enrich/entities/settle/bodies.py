"""A people and what it has → organisations that no span touches: "Iraqi Military Intelligence", "Indian Navy".

The words themselves say what they name, however rare they are.
"""

import re
from collections.abc import Sequence

from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.settle.occurrences import Capitals
from search.enrich.entities.spans import Span, taken

RUN = re.compile(r"[^\W_][\w'’&-]*(?: [^\W\d_a-z][\w'’&-]*){1,7}")
HEADLINE = 0.6  # share of capitalised words in a line from which capitals tell nothing
LONGEST_LINE = 300  # characters of a line that are looked at for it, on either side


def with_bodies(text: str, spans: Sequence[Span], words: Capitals, lists: Gazetteer) -> list[Span]:
    """The spans, and the organisations of peoples between them."""
    found = [span for start, word in words if word in lists.peoples and (span := _body(text, start, lists))]
    return sorted([*spans, *(span for span in found if not taken(spans, span.start, span.end)
                             and not _headline(text, span))])


def _body(text: str, start: int, lists: Gazetteer) -> Span | None:
    """The capitalised words from that for a people at `start` to the last that is one for a body."""
    run = RUN.match(text, start)
    words = run[0].split(" ") if run else []
    last = max((at for at, word in enumerate(words) if word in lists.org_heads), default=0)
    return Span(start, start + len(" ".join(words[:last + 1])), "ORG") if last else None


def _headline(text: str, span: Span) -> bool:
    """Whether most words of the line around a span have a capital."""
    before = text[max(0, span.start - LONGEST_LINE):span.start].rpartition("\n")[2]
    after = text[span.end:span.end + LONGEST_LINE].partition("\n")[0]
    words = [word for word in (before + after).split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > HEADLINE * (len(words) + 1)
