"""Spans as a recogniser cut them → spans that begin and end with the name: no titles, dashes, line breaks, quotes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.spans import Span, taken

BREAK = re.compile(r"[\n—–:;|]| - (?=[A-Z][a-z]+ [a-z])")
MARKS = " \t\u00a0\"“”‘’'«»()[]<>*,/-–—"
MONEY = re.compile(r" ?[$€£¥]")  # after "US", "HK"
OFFICE = re.compile(r"^(?:[Hh]ead|[Cc]hief|[Dd]irector|[Ll]eader|[Pp]resident|[Cc]hairman|[Mm]inister|[Ss]ecretary) of "
                    r"(?:the )?")
DATELINE = re.compile(r"^([A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,2})"
                      r"(?:, [A-Z][\w. ]{1,20})?(?: \([A-Z][\w .&/-]{1,30}\))?(?: ?[—–]| -{1,2} |:)", re.MULTILINE)
ELIDED = re.compile(r"(?:[cjlmnst]|qu|d(?=['’]\w+ ))['’](?=[A-ZÀ-Þ])")  # French, before a name; "d'Estaing" is one
PEOPLE_BEFORE = re.compile(r"(?<![\w-])([^\W\d_][\w-]*) $")
LONGEST_PEOPLE = 24  # characters


def mended(text: str, spans: Sequence[Span], lists: Gazetteer) -> list[Span]:
    """The spans, mended, with the places that open an article in capitals ("SULAIMANI — ") in their stead."""
    found = [better for span in spans for piece in _pieces(text, span) for better in _trimmed(text, piece, lists)]
    found = [_with_people(text, span, lists) for span in found]
    return over(found, [Span(*match.span(1), "LOC") for match in DATELINE.finditer(text)])


def over(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """The spans in order, those that touch one of the `others`, which are in order and apart, replaced by it."""
    if not others:
        return list(spans)
    kept = [span for span in spans if not taken(others, span.start, span.end)]
    return sorted([*kept, *others])


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span between line breaks and dashes."""
    start = span.start
    for match in BREAK.finditer(text, span.start, span.end):
        yield Span(start, match.start(), span.type)
        start = match.end()
    yield Span(start, span.end, span.type)


def _trimmed(text: str, span: Span, lists: Gazetteer) -> Iterator[Span]:
    """The span without marks, titles before a person and offices before an organisation; nothing if nothing is left."""
    start, end = _unmarked(text, span.start, span.end)
    if span.type == "PER":
        start, end = _untitled(text, start, end, lists)
    elif span.type == "ORG" and (office := OFFICE.match(text[start:end])):
        start += office.end()
    name = text[start:end]
    if any(map(str.isalnum, name)) and name not in lists.peoples and not MONEY.match(text, end):
        yield Span(start, end, span.type)


def _unmarked(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in MARKS:
        start += 1
    while start < end and text[end - 1] in MARKS:
        end -= 1
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    elided = ELIDED.match(text, start, end)
    return elided.end() if elided else start, end


def _untitled(text: str, start: int, end: int, lists: Gazetteer) -> tuple[int, int]:
    """Without titles at both ends; a name of titles alone stays ("Judge" may be a name's last word)."""
    plain = text[start:end].split()
    if plain and plain[0] not in lists.titles and plain[-1] not in lists.ranks:
        return start, end
    words = [(match.start() + start, match.end() + start) for match in re.finditer(r"\S+", text[start:end])]
    first, last = 0, len(words)
    while first < last and text[slice(*words[first])] in lists.titles:
        first += 1
    while last > first + 1 and text[slice(*words[last - 1])] in lists.ranks:
        last -= 1
    if first == last:
        return start, start
    return words[first][0], words[last - 1][1]


def _with_people(text: str, span: Span, lists: Gazetteer) -> Span:
    """An organisation with the people before it: "Iraqi Security Forces"."""
    if span.type != "ORG" or " " not in text[span.start:span.end]:
        return span
    before = PEOPLE_BEFORE.search(text, max(0, span.start - LONGEST_PEOPLE), span.start)
    if before and before[1] in lists.peoples and before[1][0].isupper():
        return Span(before.start(1), span.end, "ORG")
    return span
