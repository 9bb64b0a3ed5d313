"""What an expression is resolved against: the publication date as far as it is known, and the words around."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from search.article import Published
from search.enrich.dates.timex import UNKNOWN, day_value, interval, shifted
from search.enrich.dates.words import AHEAD, BEHIND, alternatives

REACH = 1  # years before and after that of publication in which a date without a year may lie
AGAINST_THE_TENSE = 150  # days by which a date on the wrong side of publication is held to be farther away
NEEDED = {"Y": 4, "10Y": 4, "100Y": 4, "M": 7, "Q": 7}  # characters of the publication date that a unit asks for
CUE = re.compile(rf"\b(?:(?P<ahead>{alternatives(AHEAD)})|(?P<behind>{alternatives(BEHIND)}|\w{{3,20}}ed))\b",
                 re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“\"])|\n\n")


@dataclass(frozen=True, slots=True)
class Reference:
    """The publication date; `known` is how many characters of it, written as ISO 8601, are known (0, 4, 7 or 10)."""

    day: date = date.min
    known: int = 0

    @classmethod
    def of(cls, published: str | date | None) -> "Reference":
        """From an ISO date cut to what is known, a day, or None. Raises InvalidRecord for anything else."""
        if published is None:
            return cls()
        value = published.isoformat()[:10] if isinstance(published, date) else published
        day = Published(value).day
        return cls(day, min(len(value), 10)) if day else cls()

    @property
    def until(self) -> date | None:
        """The day after the publication, or after the month or year that is known of it."""
        return interval(self.day.isoformat()[:self.known])[1]

    def shifted(self, steps: int, unit: str) -> str:
        """The TIMEX3 value `steps` units from publication; with an X for each digit where that is not known."""
        if self.known < NEEDED.get(unit, 10):
            return UNKNOWN[unit]
        return shifted(self.day, steps, unit) or UNKNOWN[unit]

    def weekday(self, weekday: int, direction: int, *, strictly: bool = False) -> str:
        """The nearest such day before (-1) or after (+1) publication; the day itself counts unless `strictly`."""
        if self.known < 10:
            return f"XXXX-WXX-{weekday + 1}"
        days = (direction * (weekday - self.day.weekday())) % 7 or (7 if strictly else 0)
        return shifted(self.day, direction * days, "D") or f"XXXX-WXX-{weekday + 1}"

    def year_of(self, month: int, day: int | None, direction: int, weekday: int | None = None, *,
                strictly: bool = False) -> int | None:
        """The near year that a month (and day) without one means, if any: the weekday must fit where one is given.

        With `strictly` no year against the direction is taken; else one that is much nearer is.
        """
        if self.known < 7:
            return None
        years = [year for year in range(self.day.year - REACH, self.day.year + REACH + 1)
                 if 1 <= year <= 9998 and day_value(year, month, day or 15)
                 and (weekday is None or date(year, month, day or 15).weekday() == weekday)
                 and not (strictly and self._against(date(year, month, day or 15), direction, day is None))]
        return min(years, key=lambda year: self._distance(date(year, month, day or 15), direction, day is None),
                   default=None)

    def _against(self, day: date, direction: int, whole_month: bool) -> bool:
        """Whether a day or month is not on the side of publication that `direction` asks for, as far as is known."""
        finest = 7 if whole_month else 10
        length = min(self.known, finest)
        there, here = day.isoformat()[:length], self.day.isoformat()[:length]
        return (there <= here if direction > 0 else there >= here) and (there != here or self.known >= finest)

    def _distance(self, day: date, direction: int, whole_month: bool) -> int:
        if whole_month and (day.year, day.month) == (self.day.year, self.day.month):
            return 0
        days = (day - self.day) // timedelta(1)
        return abs(days) + (AGAINST_THE_TENSE if days * direction < 0 and abs(days) > 3 else 0)


def direction(text: str, start: int) -> int:
    """Whether the words before `start` in its sentence look ahead (+1) or back (-1)."""
    before = SENTENCE_END.split(text[max(0, start - 120):start])[-1]
    cues = [match.lastgroup for match in CUE.finditer(before)]
    return 1 if cues and cues[-1] == "ahead" else -1
