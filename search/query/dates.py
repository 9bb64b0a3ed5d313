"""From what a reader wrote after `published:` or `about:` to days: 2019-11, 2018..2019, "last month", 18 novembre 2019.

Figures are read here. Words are read by dateparser, which knows the calendar words of many languages; it is given
little at a time, and whatever it makes of nonsense is checked or caught.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

LANGUAGES = ["en", "ar", "fr", "de", "es", "it", "nl", "pt", "ru", "tr", "fa", "he", "uk", "pl", "zh"]
LONGEST = 40  # characters that a date in words may have; dateparser's time grows with them

RANGE = re.compile(r"(.*?) ?(?:\.{2,}|…) ?(.*)")
FIGURES = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
YEARS = re.compile(r"(\d{4}) ?[-–—] ?(\d{4})")
DECADE = re.compile(r"(?:the )?(\d{3}0)['’]?s", re.IGNORECASE)
OPEN = re.compile(r"(before|until|till|since|from|after) (.+?)(?: on(?:wards?)?)?", re.IGNORECASE)
RECENT = re.compile(r"(?:the |in )*(?:last|past) (\w+) (day|week|month|year)s?", re.IGNORECASE)
NUMBERS = {word: n for n, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
CALENDAR_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff]|\d/\d{1,2}/\d{4}")  # "10am" and "5s" have none
YEAR = re.compile(r"\d{4}")


class Days(NamedTuple):
    """Days, half-open; None is an open end. `spelled` says that they were not written in plain figures."""

    begin: date | None
    until: date | None
    spelled: bool = True


def read_days(text: str, today: date) -> Days | None:
    """The days that a text names, as seen from `today`; None if it cannot be read. Never raises."""
    text = " ".join(text.split()).strip(",;:! ")
    ends = RANGE.fullmatch(text)
    if not ends:
        return _period(text, today)
    first = _period(ends[1], today) if ends[1] else Days(None, None, spelled=False)
    last = _period(ends[2], today) if ends[2] else Days(None, None, spelled=False)
    if not first or not last or not (ends[1] or ends[2]):
        return None
    spelled = first.spelled or last.spelled
    if first.begin and last.until and first.begin >= last.until:
        return Days(last.begin, first.until)
    return Days(first.begin, last.until, spelled)


def more_exact(days: Days, best: Days, word: str) -> bool:
    """Whether one more word belongs to a date: "2019" after "November", "10" after "May", not "2" after "Monday"."""
    if not best.spelled or days[:2] == best[:2]:
        return False
    inside = days.begin and best.begin and best.until and best.begin <= days.begin < best.until
    return bool(inside) or YEAR.fullmatch(word) is not None


def _period(text: str, today: date) -> Days | None:
    if found := FIGURES.fullmatch(text):
        return _figures(*(int(part) if part else None for part in found.groups()))
    if found := DOTTED.fullmatch(text):
        day = _figures(int(found[3]), int(found[2]), int(found[1]))
        return day and day._replace(spelled=True)
    if found := YEARS.fullmatch(text):
        first, last = sorted((int(found[1]), int(found[2])))
        return _years(first, last)
    if found := DECADE.fullmatch(text):
        return _years(int(found[1]), int(found[1]) + 9)
    if found := RECENT.fullmatch(text):
        return _recent(found[1].casefold(), found[2].casefold(), today)
    if found := OPEN.fullmatch(text):
        return _open(found[1].casefold(), _period(found[2], today))
    return _worded(text, today)


def _figures(year: int | None, month: int | None, day: int | None) -> Days | None:
    try:
        begin = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return _whole(begin, "day" if day else "month" if month else "year")._replace(spelled=False)


def _years(first: int, last: int) -> Days | None:
    if first < date.min.year:
        return None
    return Days(date(first, 1, 1), _whole(date(last, 1, 1), "year").until)


def _open(word: str, days: Days | None) -> Days | None:
    """Days before, until, since or after others; None where those are open at the end that counts."""
    if days is None:
        return None
    begin, until = {"before": (None, days.begin), "until": (None, days.until), "till": (None, days.until),
                    "since": (days.begin, None), "from": (days.begin, None), "after": (days.until, None)}[word]
    return Days(begin, until) if begin or until else None


def _recent(number: str, unit: str, today: date) -> Days | None:
    """The last so many days, weeks, months or years, today included."""
    if not re.fullmatch(r"\d{1,4}", number) and number not in NUMBERS:
        return None
    size = NUMBERS.get(number) or int(number)
    if unit in ("day", "week"):
        back = timedelta(days=size * (7 if unit == "week" else 1) - 1)
        begin = today - min(back, today - date.min)
    else:
        months = max(today.year * 12 + today.month - 1 - size * (12 if unit == "year" else 1), 12)
        begin = date(months // 12, months % 12 + 1, min(today.day, 28))
    return Days(begin, _whole(today, "day").until)


def _whole(day: date, period: str) -> Days:
    """The whole day, week (from Monday), month or year that holds a day; open at the end of the calendar."""
    try:
        match period:
            case "year":
                return Days(day.replace(month=1, day=1), date(day.year + 1, 1, 1))
            case "month":
                return Days(day.replace(day=1), date(day.year + day.month // 12, day.month % 12 + 1, 1))
            case "week":
                monday = day - timedelta(days=day.weekday())
                return Days(monday, monday + timedelta(days=7))
            case _:
                return Days(day, day + timedelta(days=1))
    except (ValueError, OverflowError):
        first = {"year": day.replace(month=1, day=1), "month": day.replace(day=1)}
        return Days(first.get(period, day), None)


@lru_cache(maxsize=1024)
def _worded(text: str, today: date) -> Days | None:
    if len(text) > LONGEST or not CALENDAR_WORD.search(text):
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415  a tenth of a second that only dates in words need
    noon = datetime(today.year, today.month, today.day, 12)  # noqa: DTZ001  a calendar day has no zone
    try:
        parser = DateDataParser(languages=LANGUAGES, use_given_order=True,
                                settings={"RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past"})
        found = parser.get_date_data(text)
    except Exception:  # noqa: BLE001  it raises at least eight kinds, none of them the reader's concern
        return None
    return _whole(found.date_obj.date(), found.period or "day") if found.date_obj else None
