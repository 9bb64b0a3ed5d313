"""From a stretch of days to the words in which a reader would name it."""

from datetime import date, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # not `calendar`'s, which follow the machine's locale


def describe_days(begin: date | None, until: date | None) -> str:
    """The days from `begin` until `until` (exclusive; None is an open end): "2019", "3–5 June 2019", "before 2019"."""
    if begin is None:
        return f"before {_edge(until)}" if until else "any time"
    if until is None:
        return f"from {_edge(begin)} on"
    if begin >= until:
        return "no day"
    last = until - timedelta(days=1)
    if begin.day == until.day == 1:
        return _years(begin, last) if begin.month == until.month == 1 else _months(begin, last)
    return _days(begin, last)


def _years(first: date, last: date) -> str:
    return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"


def _months(first: date, last: date) -> str:
    if first.year != last.year:
        return f"{_month(first)} {first.year} – {_month(last)} {last.year}"
    if first.month != last.month:
        return f"{_month(first)}–{_month(last)} {last.year}"
    return f"{_month(first)} {first.year}"


def _days(first: date, last: date) -> str:
    if first == last:
        return _day(last)
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    if first.month != last.month:
        return f"{first.day} {_month(first)} – {_day(last)}"
    return f"{first.day}–{_day(last)}"


def _edge(day: date) -> str:
    return f"{day.year}" if day.month == day.day == 1 else _day(day)


def _day(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _month(day: date) -> str:
    return MONTHS[day.month - 1]
