"""A text's first and last line → the outlet that they name: "News - Local - Kestrel Post", "(Kestrel Media)"."""

import re
from collections.abc import Sequence

from search.enrich.entities.settle.borders import over
from search.enrich.entities.spans import Span

NAME = r"[^\W\d_a-z][\w.&'’]*(?: (?:[^\W\d_a-z][\w.&'’]*|of|the|and)){0,5}"
BREADCRUMB = re.compile(rf"[^\n]{{1,60}}? [-–—|»] [^\n]{{1,60}}? [-–—|»] ({NAME})[ \t]*\n")
CREDIT = re.compile(rf"\n[ \t]*[(\[]({NAME})[)\]]\s*$")
LONGEST = 120  # characters of a credit and what is around it


def with_outlets(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, and the outlets at both ends; a person there signs for himself."""
    people = [span for span in spans if span.type == "PER"]
    matches = (BREADCRUMB.match(text), CREDIT.search(text, max(0, len(text) - LONGEST)))
    return over(spans, [Span(*match.span(1), "ORG") for match in matches if match and not any(
        span.start < match.end(1) and match.start(1) < span.end for span in people)])
