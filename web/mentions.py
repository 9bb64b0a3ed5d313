"""What a date mention was read as, in words: readers see no TIMEX3 code."""

import re
from datetime import timedelta

from search.article import Published
from search.document import DateMention
from search.schema import KEY_LENGTH, LEVELS
from web.wording import counted, iso_words

BASES = {
    "explicit": "as written", "published": "counted from the day of publication", "weekday": "the nearest such weekday",
    "previous": "counted from the date before it", "document": "filled in from the rest of the article",
}
KINDS = {"DATE": "no certain day", "TIME": "a time of day", "DURATION": "a length of time", "SET": "again and again"}
VAGUE = {"PRESENT_REF": "the present", "PAST_REF": "the past", "FUTURE_REF": "the future"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_PARTS = {"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night"}
ONE_OF_MANY = {"XXXX": "a year", "XXXX-XX": "a month", "XXXX-QX": "a quarter", "XXXX-WXX": "a week",
               "XXXX-WXX-WE": "a weekend", "XXXX-XX-XX": "a day"}
OF_EVERY_YEAR = {"Q1": "the first quarter", "Q2": "the second quarter", "Q3": "the third quarter",
                 "Q4": "the fourth quarter", "H1": "the first half", "H2": "the second half", "SP": "spring",
                 "SU": "summer", "FA": "autumn", "WI": "winter"}
UNITS = {"Y": "year", "M": "month", "Q": "quarter", "W": "week", "D": "day"}
CLOCK_UNITS = {"H": "hour", "M": "minute", "S": "second"}

WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")
YEARLESS = re.compile(r"XXXX-((?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)")
DECADE = re.compile(r"\d{3}")
CENTURY = re.compile(r"\d\d")
DURATION = re.compile(r"P((?:(?:\d{1,9}|X)[YMQWD])*)(?:T((?:(?:\d{1,9}|X)[HMS])+))?")
AMOUNT = re.compile(r"(\d+|X)([A-Z])")


def mention_key(mention: DateMention) -> str | None:
    """The one year, month or day that a mention names, as a value of the `about` facet; None for none or several."""
    if not mention.indexed or not mention.begin or not mention.until or mention.granularity not in LEVELS:
        return None
    key = mention.begin.isoformat()[:KEY_LENGTH[mention.granularity]]
    return key if Published(key).span == (mention.begin, mention.until) else None


def mention_words(mention: DateMention) -> str:
    """What a mention was read as: "18 November 2019", "2014 to 2017", "3 days", "a Monday, date unknown"."""
    if key := mention_key(mention):
        return iso_words(key)
    if mention.indexed:
        return _age(mention.value) or _interval(mention)
    readers = {"DURATION": _duration, "SET": _repeated}
    return readers.get(mention.type, _undated)(mention.value) or KINDS[mention.type]


def mention_basis(mention: DateMention) -> str:
    """How a date mention was resolved, in words; empty where nothing was to resolve."""
    basis = BASES.get(mention.basis, "")
    return f"{basis}, although that is another weekday".removeprefix(", ") if mention.contradicted else basis


def _interval(mention: DateMention) -> str:
    length = KEY_LENGTH[mention.granularity] if mention.granularity in LEVELS else 10
    begin = iso_words(mention.begin.isoformat()[:length]) if mention.begin else None
    last = iso_words((mention.until - timedelta(days=1)).isoformat()[:length]) if mention.until else None
    if begin and mention.ongoing:
        return f"since {begin}"
    if begin and last:
        return begin if begin == last else f"{begin} to {last}"
    return f"until {last}"


def _age(value: str) -> str | None:
    """A decade or a century."""
    if decade := DECADE.fullmatch(value):
        return f"the {decade[0]}0s"
    if century := CENTURY.fullmatch(value):
        number = int(century[0]) + 1
        ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"the {number}{ending} century"
    return None


def _undated(value: str) -> str | None:
    """A day, or part of one, of an unknown year, and anything else of which only the kind is known."""
    if value in VAGUE:
        return VAGUE[value]
    day, _, clock = value.partition("T")
    part = DAY_PARTS.get(clock, "")
    if weekday := WEEKDAY.fullmatch(day):
        return f"a {WEEKDAYS[int(weekday[1]) - 1]} {part}".rstrip() + ", date unknown"
    if day in ONE_OF_MANY:
        article = "an" if part[:1] in ("a", "e") else "a"
        return f"{f'{article} {part}' if part else ONE_OF_MANY[day]}, date unknown"
    yearless = YEARLESS.fullmatch(day)
    words = iso_words(f"2000-{yearless[1]}").removesuffix(" 2000") if yearless else OF_EVERY_YEAR.get(day[5:])
    if words is None or not day.startswith("XXXX-"):
        return None
    return f"{f'the {part} of ' if part else ''}{words}, year unknown"


def _amounts(value: str) -> list[tuple[str, str]]:
    """The numbers of a duration ("X" for a vague one), each with its unit; none where it is no duration."""
    found = DURATION.fullmatch(value)
    if found is None:
        return []
    return [(number, UNITS[unit]) for number, unit in AMOUNT.findall(found[1])] + [
        (number, CLOCK_UNITS[unit]) for number, unit in AMOUNT.findall(found[2] or "")]


def _duration(value: str) -> str | None:
    return " and ".join(f"several {unit}s" if number == "X" else counted(int(number), unit)
                        for number, unit in _amounts(value))


def _repeated(value: str) -> str | None:
    """How often: "every day", "every 2 weeks", "every Monday"."""
    if weekday := WEEKDAY.fullmatch(value):
        return f"every {WEEKDAYS[int(weekday[1]) - 1]}"
    match _amounts(value):
        case [("1", unit)]:
            return f"every {unit}"
        case [("X", unit)]:
            return f"every few {unit}s"
        case []:
            return None
        case _:
            return f"every {_duration(value)}"
