"""From what a reader wrote after `published:` or `about:` to days: 2019-11, >2018, "last month", 18 novembre 2019.

Figures and seasons are read here. Words are read by dateparser, which knows the calendar words of many languages; it
is given little at a time, and whatever it makes of nonsense is checked or caught. What can mean two things is read
in the way that most of the world writes, and the days carry a remark that says so.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from search.query.days import describe_days

LANGUAGES = ["en", "ar", "fr", "de", "es", "it", "nl", "pt", "ru", "tr", "fa", "he", "uk", "pl", "zh"]
LONGEST = 40  # characters that a date in words may have, of which a range has two; dateparser's time grows with them

RANGE = re.compile(r"(.*?) ?(?:\.{2,}|…) ?(.*)")
FIGURES = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})")
YEARS = re.compile(r"(\d{4}) ?[-–—] ?(\d{4})")
DECADE = re.compile(r"(?:the )?(\d{3}0)['’]?s", re.IGNORECASE)
OPEN = re.compile(r"(before|until|till|since|from|after) (.+?)(?: on(?:wards?)?)?", re.IGNORECASE)
COMPARED = re.compile(r"(>=?|<=?|≥|≤) ?(.+)")
SIGNS = {">": "after", ">=": "since", "≥": "since", "<": "before", "<=": "until", "≤": "until"}
RECENT = re.compile(r"(?:the |in )*(?:last|past) (\w+) (day|week|month|year)s?", re.IGNORECASE)
NUMBERS = {word: n for n, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
SEASON = re.compile(r"(?:in )?(?:the )?(last |past )?(spring|summer|autumn|fall|winter)"
                    r"(?:,? (?:of )?(\d{4})(?:[/–-](?:\d\d)?(\d\d))?)?", re.IGNORECASE)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first months
CALENDAR_WORD = re.compile(r"[^\W\d_]{3}|[\u3040-\u9fff]")  # "10am" and "5s" have none
YEAR = re.compile(r"\d{4}(?:[/–-]\d\d(?:\d\d)?)?")  # 2019, and 2019/20 for a winter


class Days(NamedTuple):
    """Days, half-open; None is an open end. `spelled` says that they were not written in plain figures; `remark` what
    a reader should know who meant other days.
    """

    begin: date | None
    until: date | None
    spelled: bool = True
    remark: str = ""


def read_days(text: str, today: date) -> Days | None:
    """The days that a text names, as seen from `today`; None if it cannot be read. Never raises."""
    text = " ".join(text.split()).strip(",;:! ")
    if len(text) > 3 * LONGEST:
        return None
    ends = RANGE.fullmatch(text)
    if not ends:
        return _period(text, today)
    first = _period(ends[1], today) if ends[1] else Days(None, None, spelled=False)
    last = _period(ends[2], today) if ends[2] else Days(None, None, spelled=False)
    if not first or not last or not (ends[1] or ends[2]):
        return None
    if not first.begin and not last.until:
        return None
    remark = "; ".join(dict.fromkeys(filter(None, (first.remark, last.remark))))
    if first.begin and last.until and first.begin >= last.until:
        return Days(last.begin, first.until, remark=remark)
    return Days(first.begin, last.until, first.spelled or last.spelled, remark)


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
    if found := SLASHED.fullmatch(text):
        return _slashed(int(found[1]), int(found[3]), int(found[4]))
    if found := YEARS.fullmatch(text):
        first, last = sorted((int(found[1]), int(found[2])))
        return _years(first, last)
    if found := DECADE.fullmatch(text):
        return _years(int(found[1]), int(found[1]) + 9)
    if found := RECENT.fullmatch(text):
        return _recent(found[1].casefold(), found[2].casefold(), today)
    if found := SEASON.fullmatch(text):
        return _season(found[1], found[2], found[3], found[4], today)
    if found := OPEN.fullmatch(text):
        return _open(found[1].casefold(), _period(found[2], today))
    if found := COMPARED.fullmatch(text):
        return _open(SIGNS[found[1]], _period(found[2], today))
    return _worded(text, today)


def _figures(year: int | None, month: int | None, day: int | None) -> Days | None:
    try:
        begin = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    return _whole(begin, "day" if day else "month" if month else "year")._replace(spelled=False)


def _slashed(first: int, second: int, year: int) -> Days | None:
    """The day first, as most of the world writes; the month first where nothing else can be."""
    days, other = _figures(year, second, first), _figures(year, first, second)
    read = days or other
    if read is None or not other or other == read:
        return read and read._replace(spelled=True)
    remark = f"for {describe_days(other.begin, other.until).removesuffix(f' {year}')} write {other.begin}"
    return read._replace(spelled=True, remark=remark)


def _season(last: str | None, name: str, year: str | None, following: str | None, today: date) -> Days | None:
    """Three months of the north. Without a year: those that were over last or, without "last", had begun last."""
    name = name.casefold()
    if following and (name != "winter" or (int(year or 0) + 1) % 100 != int(following)):
        return None
    if name == "fall" and not last and not year:
        return None  # as in about:fall of Mosul
    month = SEASONS[name]
    for each in (int(year),) if year else (today.year, today.year - 1, today.year - 2):
        try:
            begin, until = date(each, month, 1), date(each + (month + 2) // 12, (month + 2) % 12 + 1, 1)
        except ValueError:
            return None
        if year or (until if last else begin) <= today:
            return Days(begin, until, remark="seasons are those of the northern half of the world")
    return None


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
    return Days(begin, until, remark=days.remark) if begin or until else None


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
                                settings={"RELATIVE_BASE": noon, "PREFER_DATES_FROM": "past",
                                          "DATE_ORDER": "DMY"})
        found = parser.get_date_data(text)
    except Exception:  # noqa: BLE001  it raises at least eight kinds, none of them the reader's concern
        return None
    return _whole(found.date_obj.date(), found.period or "day") if found.date_obj else None
