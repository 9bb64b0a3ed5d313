"""Names → where else they stand in a text, found in one pass over its capitalised words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ſ]\w*")
TAIL = re.compile(r"[-‐]?\w")  # after a name: then it is only the beginning of a longer word
JOINED = frozenset("@#/.-‐_'’")  # before a name, likewise
Capitals = Sequence[tuple[int, str]]


def capitals(text: str) -> Capitals:
    """Where each capitalised word of a text begins, and the word; "Allaq" of "al-Allaq"."""
    return [(match.start(), match[0]) for match in CAPITALISED.finditer(text)]


class Occurrences:
    """Looks for whole names; where one begins with another, for the longer first."""

    def __init__(self, names: Iterable[str]) -> None:
        by_capital: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name in names:
            if first := CAPITALISED.search(name):
                by_capital[first[0]].append((name, first.start()))
        self.by_capital: Mapping[str, list[tuple[str, int]]] = {
            capital: sorted(group, key=lambda entry: -len(entry[0])) for capital, group in by_capital.items()}

    def find(self, text: str, words: Capitals) -> Iterator[tuple[int, str]]:
        """Where each name stands in a text with these capitalised words, in order; occurrences do not overlap."""
        end = 0
        for at, word in words:
            for name, before in self.by_capital.get(word, ()):
                start = at - before
                if start >= end and text.startswith(name, start) and _whole(text, start, start + len(name)):
                    yield start, name
                    end = start + len(name)
                    break


def _whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there is no part of a longer word."""
    before = text[start - 1:start]
    return not (before.isalnum() or (before in JOINED and before)) and not TAIL.match(text, end)
