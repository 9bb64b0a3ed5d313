"""From plain text and the spans in it to markup: the only place where archive text is put into HTML other than by a
template, piece by piece and escaped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from search.results import Snippet


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text (end exclusive), what kind of thing it is (a CSS class), and what it was read as."""

    start: int
    end: int
    kind: str
    title: str


def marked(snippet: Snippet) -> Markup:
    """A snippet with what matched in it in <mark>. Spans that overlap or lie outside are cut to what makes sense."""
    pieces, at = [], 0
    for first, last in sorted(snippet.spans):
        start, end = max(first, at), min(last, len(snippet.text))
        if start < end:
            pieces += [escape(snippet.text[at:start]), Markup("<mark>{}</mark>").format(snippet.text[start:end])]
            at = end
    return Markup().join([*pieces, escape(snippet.text[at:])])


def annotated(text: str, marks: Iterable[Mark], shown: frozenset[str], start: int, end: int) -> Markup:
    """`text` from `start` to `end` with its marks, which may overlap: it is cut wherever one begins or ends.

    Each piece under a mark has the id "at-OFFSET"; those of a kind in `shown` have the kinds as classes, and a title.
    """
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = sorted({start, end, *(cut for mark in inside for cut in (mark.start, mark.end) if start < cut < end)})
    pieces = (_piece(text[left:right], left, [m for m in inside if m.start <= left and right <= m.end], shown)
              for left, right in pairwise(cuts))
    return Markup().join(pieces)


def _piece(text: str, offset: int, marks: list[Mark], shown: frozenset[str]) -> Markup:
    seen = [mark for mark in marks if mark.kind in shown]
    if seen:
        kinds = " ".join(dict.fromkeys(mark.kind for mark in seen))
        titles = "\n".join(dict.fromkeys(mark.title for mark in seen if mark.title))
        return Markup('<mark id="at-{}" class="{}" title="{}">{}</mark>').format(offset, kinds, titles, text)
    return Markup('<span id="at-{}">{}</span>').format(offset, text) if marks else escape(text)
