"""Acronyms in brackets → which long form each stands for: "Human Rights Watch (HRW)"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from search.document import NameType
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.settle.borders import over
from search.enrich.entities.spans import Span

BRACKETED = re.compile(r"\( ?[\"“']?([A-Z][A-Za-z]{0,2}(?:\.?[A-Z]){1,6}\.?)s?[\"”']? ?[),;]")
WORD = re.compile(r"[^\W_][\w'’&.-]*")
SMALL = frozenset(("of", "the", "and", "for", "in", "on", "de", "del", "la", "al", "to", "&", "des", "du", "et", "y",
                   "e", "i", "a", "ul", "und", "der", "les", "dos", "da", "do"))
LONGEST = 110  # characters of a long form


def read_acronyms(text: str, spans: Sequence[Span],
                  lists: Gazetteer) -> tuple[Mapping[str, tuple[str, NameType]], list[Span]]:
    """Acronym → long form and type, and the spans with both of them in."""
    found: dict[str, tuple[str, NameType]] = {}
    new: list[Span] = []
    for match in BRACKETED.finditer(text):
        end = match.start() - (text[match.start() - 1:match.start()] in {" ", "\u00a0"})
        long = _long_form(text, end, match[1], spans)
        if long is None:
            continue
        words = text[long.start:long.end]
        if words.rsplit(maxsplit=1)[-1] in lists.other_heads:
            continue
        known = lists.known.get(words)
        kind = known[0] if known else long.type
        found.setdefault(match[1], (words, kind))
        new += [Span(long.start, long.end, kind), Span(*match.span(1), kind)]
    return found, over(spans, new)


def _long_form(text: str, end: int, acronym: str, spans: Sequence[Span]) -> Span | None:
    """The long form that ends at `end`: a span, or else the capitalised words whose first letters are the acronym."""
    first, last = bisect_left(spans, (end - LONGEST,)), bisect_left(spans, (end,))
    before = [span for span in spans[first:last] if span.end <= end]
    exact = next((span for span in before if span.end == end), None)
    if exact and " " in text[exact.start:exact.end] and fits(acronym, text[exact.start:exact.end]):
        return Span(exact.start, exact.end, "ORG" if exact.type == "PER" else exact.type)
    for start in _starts(text, end):
        if initials(text[start:end], acronym):
            inside = [span.type for span in before if span.start >= start]
            return Span(start, end, "LOC" if inside == ["LOC"] and before[-1].start == start else "ORG")
    return None


def _starts(text: str, end: int) -> Iterator[int]:
    """Where capitalised words begin before `end`, on the same line and in the same clause, the longest run first."""
    begin = max(0, end - LONGEST)
    clause = max(text.rfind(mark, begin, end) for mark in ("\n", ". ", "; ", ": ", "(", ")", "”", "“"))
    words = list(WORD.finditer(text, max(begin, clause + 1), end))
    run: list[int] = []
    for word in reversed(words):
        if word[0] not in SMALL and not word[0][0].isupper():
            break
        if word[0][0].isupper():
            run.append(word.start())
    return iter(run[::-1])


def initials(long: str, acronym: str) -> bool:
    """Whether an acronym is the first letters of a long form's words, small words counted or not."""
    letters = "".join(filter(str.isalnum, acronym)).lower()
    words = [word for part in WORD.findall(long) for word in part.split("-") if word]
    return letters in ("".join(word[0] for word in words).lower(),
                       "".join(word[0] for word in words if word not in SMALL).lower())


def fits(acronym: str, long: str) -> bool:
    """Whether the letters of an acronym stand in its long form in order, the first as its first."""
    letters = iter(long.lower())
    wanted = [letter for letter in acronym.lower() if letter.isalnum()]
    return long[:1].lower() == wanted[0] and all(letter in letters for letter in wanted)
