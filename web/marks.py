"""From plain text and the spans in it to markup. The only place where archive text becomes HTML: piece by piece, escaped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    for start, end in sorted(snippet.spans):
        start, end = max(start, at), min(end, len(snippet.text))
        if start < end:
            pieces += [escape(snippet.text[at:start]), Markup("<mark>{}</mark>").format(snippet.text[start:end])]
            at = end
    return Markup().join([*pieces, escape(snippet.text[at:])])


def annotated(text: str, marks: Sequence[Mark], shown: frozenset[str], start: int = 0, end: int | None = None) -> Markup:
    """`text` from `start` to `end` with its marks, which may overlap: it is cut wherever one begins or ends.

    Each piece under a mark has the id "at-OFFSET"; those of a kind in `shown` have the kinds as classes, and a title.
    """
    end = len(text) if end is None else end
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = sorted({start, end, *(cut for mark in inside for cut in (mark.start, mark.end) if start < cut < end)})
    pieces = (_piece(text[left:right], left, [m for m in inside if m.start <= left and right <= m.end], shown)
              for left, right in zip(cuts, cuts[1:], strict=False))
    return Markup().join(pieces)


def _piece(text: str, offset: int, marks: Iterable[Mark], shown: frozenset[str]) -> Markup:
    marks = list(marks)
    seen = [mark for mark in marks if mark.kind in shown]
    if seen:
        kinds = " ".join(dict.fromkeys(mark.kind for mark in seen))
        titles = "\n".join(dict.fromkeys(mark.title for mark in seen if mark.title))
        return Markup('<mark id="at-{}" class="{}" title="{}">{}</mark>').format(offset, kinds, titles, text)
    return Markup('<span id="at-{}">{}</span>').format(offset, text) if marks else escape(text)
