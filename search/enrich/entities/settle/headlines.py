"""Lines with a capital on most words → names in them no longer than the rest of the text has them.

In such a line every word looks like part of a name, and no recogniser knows where one ends.
"""

import re
from collections.abc import Iterator, Sequence

from search.enrich.entities.spans import Span

LINE = re.compile(r"[^\n]+")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
LEAST, LONGEST = 4, 150  # words, and characters, of a headline
SMALL = 3  # letters of words that are small in headlines too
SHARE = 0.8  # of words with a capital among the others


def headlines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line with a capital on most words."""
    for line in LINE.finditer(text):
        if line.end() - line.start() <= LONGEST:
            words = [word for word in WORD.findall(line[0]) if len(word) > SMALL or word[0].isupper()]
            if len(words) >= LEAST and sum(word[0].isupper() for word in words) >= SHARE * len(words):
                yield line.span()


def borne_out(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans without those in headlines that are more than a name which the rest of the text has."""
    lines = list(headlines(text))
    if not lines:
        return list(spans)
    inside = {span for span in spans if any(start <= span.start < end for start, end in lines)}
    sure = {tuple(text[span.start:span.end].split()) for span in spans if span not in inside}
    sure |= {name[-1:] for name in sure}
    return [span for span in spans if span not in inside or not _more(text[span.start:span.end].split(), sure)]


def _more(words: list[str], sure: set[tuple[str, ...]]) -> bool:
    """Whether some, but not all, of the words are a name."""
    pieces = ((first, last) for first in range(len(words)) for last in range(first + 1, len(words) + 1))
    return tuple(words) not in sure and any(tuple(words[first:last]) in sure for first, last in pieces)
