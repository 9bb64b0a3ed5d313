"""The calendar: days → TIMEX3 values, and TIMEX3 values → the half-open interval of days that they name."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from search.document import Granularity

Interval = tuple[date | None, date | None, Granularity]
NO_DAYS: Interval = (None, None, "other")
UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
           "Y": "XXXX", "10Y": "XXXX", "100Y": "XXXX"}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
HALVES = {"Y": "P{}Y6M", "TH": "PT{}H30M", "TM": "PT{}M30S"}
UNIT = re.compile(r"(\d*)(T?)(\w)\w?")


def day_value(year: int, month: int, day: int) -> str | None:
    """The value of a day; None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """The day `months` later, or the last of its month. Raises ValueError beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]) if 1 <= year <= 9999 else 1)


def week_value(day: date) -> str:
    """The value of the ISO week that holds `day`."""
    return "{:04d}-W{:02d}".format(*day.isocalendar()[:2])


def quarter_of(day: date) -> str:
    """The value of the quarter that holds `day`."""
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def shifted(day: date, steps: int, unit: str) -> str | None:
    """The value of the unit that is `steps` units from the one that holds `day`; None beyond the calendar."""
    try:
        if unit == "D":
            return (day + timedelta(steps)).isoformat()
        if unit in ("W", "2W", "WE"):
            return week_value(day + timedelta(steps * (14 if unit == "2W" else 7))) + ("-WE" if unit == "WE" else "")
        if unit == "M":
            return add_months(day, steps).isoformat()[:7]
        if unit == "Q":
            return quarter_of(add_months(day, 3 * steps))
        year = day.year + steps * {"Y": 1, "10Y": 10, "100Y": 100}[unit]
    except (ValueError, OverflowError):
        return None
    if not 1 <= year <= 9999:
        return None
    return {"10Y": f"{year // 10:03d}", "100Y": f"{year // 100:02d}"}.get(unit, f"{year:04d}")


def duration_value(number: float | None, unit: str) -> str:
    """The value of a duration of so many units ("D", "Y", "10Y", "TH", …); a vague number is None."""
    multiple, clock, letter = UNIT.fullmatch(unit).groups()  # type: ignore[union-attr]  # every unit has a letter
    if number is None:
        return f"P{clock}X{letter}"
    number *= int(multiple or 1)
    whole = int(number)
    if number - whole == 0.5 and whole and unit in HALVES:
        return HALVES[unit].format(whole)
    return f"P{clock}{number:g}{letter}" if number < 1_000_000 else f"P{clock}{whole}{letter}"


def _days(first: date, days: int) -> tuple[date, date]:
    return first, first + timedelta(days)


def _months(year: str, month: int, months: int) -> tuple[date, date]:
    first = date(int(year), month, 1)
    return first, add_months(first, months)


SHAPES: tuple[tuple[re.Pattern[str], Granularity, Callable[..., tuple[date, date]]], ...] = (
    (re.compile(r"(\d{4}-\d\d-\d\d)(?:T\S+)?"), "day", lambda day: _days(date.fromisoformat(day), 1)),
    (re.compile(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)"), "day",
     lambda first, last: (date.fromisoformat(first), date.fromisoformat(last) + timedelta(1))),
    (re.compile(r"(\d{4})-W(\d\d)"), "day", lambda y, w: _days(date.fromisocalendar(int(y), int(w), 1), 7)),
    (re.compile(r"(\d{4})-W(\d\d)-WE"), "day", lambda y, w: _days(date.fromisocalendar(int(y), int(w), 6), 2)),
    (re.compile(r"(\d{4})-(\d\d)"), "month", lambda year, month: _months(year, int(month), 1)),
    (re.compile(r"(\d{4})-Q([1-4])"), "month", lambda year, q: _months(year, 3 * int(q) - 2, 3)),
    (re.compile(r"(\d{4})-H([12])"), "month", lambda year, half: _months(year, 6 * int(half) - 5, 6)),
    (re.compile(r"(\d{4})-(SP|SU|FA|WI)"), "month", lambda year, s: _months(year, SEASON_MONTHS[s], 3)),
    (re.compile(r"(\d{4})"), "year", lambda year: _months(year, 1, 12)),
    (re.compile(r"(\d{4})/(\d{4})"), "year", lambda first, last: (date(int(first), 1, 1), _months(last, 1, 12)[1])),
    (re.compile(r"(\d{3})"), "decade", lambda decade: _months(decade + "0", 1, 120)),
    (re.compile(r"(\d\d)"), "other", lambda century: _months(century + "00", 1, 1200)),
)


@lru_cache(4096)
def interval(value: str) -> Interval:
    """The days that a value names, half-open, and how finely; no days for a reference, a duration or an unknown."""
    for shape, granularity, read in SHAPES:
        if match := shape.fullmatch(value):
            try:
                begin, until = read(*match.groups())
            except (ValueError, OverflowError):
                return NO_DAYS
            return (begin, until, granularity) if begin < until else NO_DAYS
    return NO_DAYS
