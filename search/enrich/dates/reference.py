"""What an expression is resolved against: the publication date, as far as it is known."""

from dataclasses import dataclass
from datetime import date

from search.article import Published
from search.enrich.dates.timex import UNKNOWN, day_value, interval, quarter_of, shifted

REACH = 1              # years before and after that of publication in which a date without a year may lie
FAR_REACH = 10         # years in which one with its weekday may
AGAINST_THE_TENSE = 210  # days by which a date on the wrong side of publication is held to be farther away
WITHOUT_A_TENSE = 150  # the same, where no word tells the tense: most of what news speaks of has happened
AGAINST_THE_WEEKDAY = 1500  # the same, on another day of the week than the text says: a slip within four years
NEAR = 3               # days on the wrong side of publication that are as good as the right side
NEEDED = {"Y": 4, "10Y": 4, "100Y": 4, "M": 7, "Q": 7}  # characters of the publication date that a unit asks for


@dataclass(frozen=True, slots=True)
class Reference:
    """The publication date; `known` is how many characters of it, written as ISO 8601, are known (0, 4, 7 or 10).

    Where it is not known, it lies between `earliest` and `latest`, both inclusive, as far as these are known.
    """

    day: date = date.min
    known: int = 0
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def of(cls, published: str | date | Published | None) -> "Reference":
        """From an ISO date cut to what is known, a day, or None. Raises InvalidRecord for anything else."""
        if published is None:
            return cls()
        if isinstance(published, date):
            published = Published(published.isoformat()[:10])
        elif isinstance(published, str):
            published = Published(published)
        day = published.day
        if day is None:
            return cls(earliest=published.earliest, latest=published.latest)
        return cls(day, min(len(published.value or ""), 10))

    @property
    def until(self) -> date | None:
        """The day after the publication, or after the month or year that is known of it."""
        return interval(self.day.isoformat()[:self.known])[1]

    @property
    def quarter(self) -> str | None:
        """The value of the quarter of publication."""
        return quarter_of(self.day) if self.known >= 7 else None

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
        """The year of least cost for a month (and day) without one: near, on the side of publication that the tense
        asks for, and with its weekday. With `strictly` no year on the wrong side; None where nothing is known.
        """
        if self.known < 7:
            return self._only_year(month, day, weekday)
        reach = REACH if weekday is None else FAR_REACH
        years = [year for year in range(max(1, self.day.year - reach), min(9998, self.day.year + reach) + 1)
                 if day_value(year, month, day or 15)
                 and not (strictly and self._against(date(year, month, day or 15), direction, day is None))]
        return min(years, key=lambda year: self._cost(date(year, month, day or 15), direction, day is None, weekday),
                   default=None)

    def _only_year(self, month: int, day: int | None, weekday: int | None) -> int | None:
        """The one year between the bounds in which a weekday has its day and month, where there is but one."""
        if weekday is None or day is None or self.earliest is None or self.latest is None:
            return None
        fit = fitting_years(month, day, weekday, self.earliest, self.latest)
        return fit[0] if len(fit) == 1 else None

    def _against(self, day: date, direction: int, whole_month: bool) -> bool:
        """Whether a day or month is not on the side of publication that `direction` asks for, as far as is known."""
        finest = 7 if whole_month else 10
        length = min(self.known, finest)
        there, here = day.isoformat()[:length], self.day.isoformat()[:length]
        return (there <= here if direction > 0 else there >= here) and (there != here or self.known >= finest)

    def _cost(self, day: date, direction: int, whole_month: bool, weekday: int | None) -> int:
        if whole_month and (day.year, day.month) == (self.day.year, self.day.month):
            return 0
        days = day.toordinal() - self.day.toordinal()
        wrong = days * (direction or -1) < 0 and abs(days) > NEAR
        cost = abs(days) + (AGAINST_THE_TENSE if direction else WITHOUT_A_TENSE) * wrong
        return cost + (AGAINST_THE_WEEKDAY if weekday is not None and day.weekday() != weekday else 0)


def fitting_years(month: int, day: int, weekday: int, earliest: date, latest: date) -> list[int]:
    """The years in which a day of a month is that day of the week and lies between two days, both inclusive."""
    return [year for year in range(earliest.year, latest.year + 1)
            if day_value(year, month, day) and earliest <= date(year, month, day) <= latest
            and date(year, month, day).weekday() == weekday]
