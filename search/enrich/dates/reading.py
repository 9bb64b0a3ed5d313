"""What one date expression was read as, before it is given its place in the text; and what its reader may look at."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from search.document import DateType
from search.enrich.dates.language import Language
from search.enrich.dates.reference import Reference
from search.enrich.dates.tense import direction
from search.enrich.dates.timex import UNKNOWN, shifted

DIGITS = re.compile(r"\d+")
CHECKED = 40  # characters around an expression that decide whether it is one
CONTRADICTED = 0.6  # of the confidence is left where the weekday is not that of the day
CONFIDENCE = {"explicit": 0.97, "weekday": 0.95, "published": 0.9, "previous": 0.75, "document": 0.7, "none": 0.6}


@dataclass(frozen=True, slots=True)
class Reading:
    """A TIMEX3 type and value, and what it was resolved against (see `DateMention.basis`).

    `start` is where the expression begins, if later than what was matched; `contradicted` says that its weekday is
    not that of its day.
    """

    type: DateType
    value: str
    basis: str = "none"
    start: int | None = None
    contradicted: bool = False

    @property
    def confidence(self) -> float:
        """How sure the reading is, as a probability."""
        return CONFIDENCE[self.basis] * (CONTRADICTED if self.contradicted else 1)


@dataclass(slots=True)
class Context:
    """A text, folded too, and what is known at the point that reading has come to."""

    text: str
    folded: str
    reference: Reference
    previous: str | None = None   # the last day, month or year that was mentioned, as a value
    quarter: str | None = None    # the last quarter that was mentioned, other than one to compare with
    quarter_end: int = 0
    months_end: int = 0           # where some months ("the first nine months") were mentioned last

    def note(self, value: str, basis: str, end: int) -> None:
        """Remember a date that was read, unless it counts from another, for those that count from it."""
        if re.fullmatch(r"P\dM", value):
            self.months_end = end
        if re.fullmatch(r"\d{4}-Q\d", value):
            self.quarter_end = end
            if basis != "previous":
                self.quarter, self.previous = value, value[:4]
        if basis != "previous" and re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value):
            self.previous = value

    @property
    def compared_quarter(self) -> str | None:
        """The quarter that the passage is about, unless it went over to some months."""
        return self.quarter if self.quarter_end > self.months_end else None

    def from_previous(self, steps: int, unit: str) -> str | None:
        """The value `steps` units from what was mentioned last; None where that is not known as finely."""
        finest = {"Y": 4, "10Y": 4, "100Y": 4, "M": 7, "Q": 7}.get(unit, 10)
        if self.previous is None or len(self.previous) < finest:
            return None
        first = date.fromisoformat((self.previous + "-01-01")[:10])
        return shifted(first, steps, unit)


@dataclass(frozen=True, slots=True)
class Found:
    """A match of a rule in the folded text of a context."""

    match: re.Match[str]
    language: Language
    context: Context
    groups: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        named = {name.rstrip("345"): words for name, words in self.match.groupdict().items() if words}
        object.__setattr__(self, "groups", named)

    def __getitem__(self, group: str) -> str:
        """The folded words of a group; empty where it is not there."""
        return self.groups.get(group, "")

    def __contains__(self, group: str) -> bool:
        return group in self.groups

    @property
    def start(self) -> int:
        """Where the expression begins, behind letters that are written as one with it."""
        return self.match.end("prefix") if "prefix" in self else self.match.start()

    @property
    def words(self) -> str:
        """All the folded words."""
        return self.match[0]

    @property
    def reference(self) -> Reference:
        """The publication date."""
        return self.context.reference

    def meaning(self, name: str, group: str) -> str | None:
        """What the word of a group means in a list; None where there is none."""
        return self.language.meaning(name, self[group])

    def number_of(self, name: str, group: str) -> int | None:
        """As `meaning`, where that is a number."""
        meaning = self.meaning(name, group)
        return None if meaning is None else int(meaning)

    def weekday(self, group: str) -> int | None:
        """The number of a weekday, 0 for Monday."""
        number = self.number_of("weekday", group)
        return None if number is None else number - 1

    def day(self, group: str) -> int:
        """The day of a month, in digits or as an ordinal; 0 for none."""
        digits = DIGITS.match(self[group])
        return int(digits[0]) if digits else self.number_of("ordinal", group) or 0

    def before(self, length: int) -> str:
        """The folded text before."""
        start = self.match.start()
        return self.context.folded[max(0, start - length):start]

    def preceded(self, check: str) -> bool:
        """Whether a pattern of the language's file ("before") fits directly before."""
        pattern = self.language.before.get(check)
        start = self.match.start()
        return pattern is not None and pattern.search(self.context.folded, max(0, start - CHECKED), start) is not None

    def follows(self, check: str) -> re.Match[str] | None:
        """The match of a pattern of the language's file ("after") directly behind, beginning at 0."""
        pattern = self.language.after.get(check)
        end = self.match.end()
        return pattern.match(self.context.folded[end:end + CHECKED]) if pattern else None

    def original(self, group: str) -> str:
        """The words of a group as the text writes them; empty where it is not there."""
        name = next((each for each in (group, *(group + digit for digit in "345")) if
                     self.match.groupdict().get(each)), None)
        return self.context.text[slice(*self.match.span(name))] if name else ""

    def tense(self) -> int:
        """As `direction`."""
        return direction(self.context.text, self.context.folded, self.match.start(), self.match.end(), self.language)

    def way(self) -> int:
        """Whether the sentence looks ahead (+1) or not (-1)."""
        return 1 if self.tense() > 0 else -1

    def with_part(self, value: str, basis: str, part: str | None = None) -> Reading | None:
        """A day, or the part of it that the expression names."""
        part = part or self.meaning("part", "p")
        reading = dated(value, basis)
        return Reading("TIME", f"{value}T{part}", reading.basis) if part and reading else reading


Builder: TypeAlias = Callable[[Found], Reading | None]


def dated(value: str | None, basis: str, *, start: int | None = None, contradicted: bool = False) -> Reading | None:
    """A reading as a DATE; without a basis where digits of it are unknown, and none where there is no value."""
    if value is None:
        return None
    unknown = value in UNKNOWN.values() or value.startswith("XXXX")
    return Reading("DATE", value, "none" if unknown else basis, start, contradicted)
