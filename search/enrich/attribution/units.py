"""A text and its names → units: names, words and marks in a row, so that grammar can be read word by word."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from search.document import NameMention

ABBREVIATED = ("Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Brig|Cmdr|Sen|Sens|Rep|Reps|Gov|Rev|St|Hon|Jr|Sr|Inc|"
               "Corp|Ltd|Co|vs|No|Ft|Mt|Jan|Feb|Aug|Sept|Oct|Nov|Dec")
UNIT = re.compile(rf"(?:{ABBREVIATED})\.|(?:[A-Z]\.)+|[ap]\.m\."
                  r"|[^\W_]+(?:[-‐'’](?![sS]\b)[^\W_]+)*|['’][sS]\b|\n|[^\w\s]")
ENDS = frozenset(".!?;:\n…•|")
OPENING, CLOSING, EITHER = "“", "”", '"'
MARKS = frozenset((OPENING, CLOSING, EITHER))
QUOTES = MARKS | {"\n"}
POSSESSIVE = frozenset(("'s", "’s", "'", "’"))


@dataclass(frozen=True, slots=True)
class Units:
    """A text as parallel lists of its units, with a line end before the first and three after the last.

    `words` are empty for names, `low` is the same in lower case; `names` the names by unit; `quoted` whether a unit
    stands in a quotation, the mark that opens it included; `gaps` the first unit of each stretch without a name, and
    where the stretch begins and ends in the text; `found` the spans of units in the gaps that were asked for.
    """

    text: str
    words: list[str]
    low: list[str]
    names: dict[int, NameMention]
    quoted: list[bool]
    gaps: list[tuple[int, int, int]]
    found: dict[int, list[tuple[int, int]]]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where the units [first, end) stand in the text."""
        return self._place(first)[0], self._place(end - 1)[1]

    def _place(self, at: int) -> tuple[int, int]:
        name = self.names.get(at)
        if name:
            return name.start, name.end
        first, offset, end = self.gaps[bisect_right(self.gaps, at, key=lambda gap: gap[0]) - 1]
        if first not in self.found:
            self.found[first] = [match.span() for match in UNIT.finditer(self.text, offset, end)]
        return self.found[first][at - first]

    def place(self, at: int) -> bool:
        """Whether the unit is the name of a place."""
        name = self.names.get(at)
        return name is not None and name.type == "LOC"

    def capital(self, at: int) -> bool:
        """Whether a unit other than a name begins with a capital letter."""
        return self.words[at][:1].isupper()

    def closes(self, at: int) -> bool:
        """Whether a quotation ends with the unit."""
        return self.low[at] in (CLOSING, EITHER) and not self.quoted[at]

    def opens(self, at: int) -> bool:
        """Whether a quotation begins with the unit."""
        return self.low[at] in (OPENING, EITHER) and self.quoted[at]


def units_of(text: str, names: Sequence[NameMention]) -> Units:
    """The units of `text`. `names` are in order and do not overlap."""
    words, past = ["\n"], 0
    gaps: list[tuple[int, int, int]] = []
    named: dict[int, NameMention] = {}
    for name in names:
        gaps.append((len(words), past, name.start))
        words += UNIT.findall(text, past, name.start)
        named[len(words)] = name
        words.append("")
        past = name.end
    gaps.append((len(words), past, len(text)))
    words += UNIT.findall(text, past)
    words += ["\n"] * 3
    low = list(map(str.lower, words))
    return Units(text, words, low, named, _quoted(low), gaps, {})


def _quoted(low: Sequence[str]) -> list[bool]:
    """For each unit whether it stands in a quotation; every line begins outside of one."""
    marks, inside = [], False
    if MARKS.isdisjoint(low):
        return [False] * len(low)
    for word in low:
        if word in QUOTES:
            inside = word == OPENING or (word == EITHER and not inside)
        marks.append(inside)
    return marks
