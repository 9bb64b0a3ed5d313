"""Named days and months, from Christmas to Ramadan → readings.

Easter by the algorithm of Meeus, Jones and Butcher (Jean Meeus, Astronomical Algorithms, 1991, chapter 8). Months of
the moon by the tabular Islamic calendar, whose days may lie one beside those that were announced.
"""

import re
from datetime import date, timedelta

from search.enrich.dates.days import year_in
from search.enrich.dates.reading import Builder, Found, Reading, dated

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL = re.compile(r"\d{4}-\d\d-\d\d")
HIJRI_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram of the year 1, in the Gregorian calendar
HIJRI_YEAR = 354.36667  # days
WRONG_SIDE = 150  # days by which a day on the wrong side of publication is held to be farther away


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def hijri(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar."""
    return date.fromordinal(HIJRI_EPOCH + day - 1 + (59 * (month - 1) + 1) // 2 + (year - 1) * 354
                            + (3 + 11 * year) // 30)


def days_in(meaning: str, year: int) -> list[tuple[date, date]]:
    """The first and last days within a year of what a name means ("12-25", "easter-2", "11-thu-4", "hijri-9", …)."""
    if FULL.fullmatch(meaning):
        day = date.fromisoformat(meaning)
        return [(day, day)] if day.year == year else []
    if meaning == "election":  # of the United States: the Tuesday after the first Monday
        day = nth_weekday(year, 11, 0, "1") + timedelta(1)
        return [(day, day)]
    if meaning.startswith("easter"):
        day = easter(year) + timedelta(int(meaning[6:] or 0))
        return [(day, day)]
    if meaning.startswith("hijri"):
        month, *of = (int(part) for part in meaning.split("-")[1:])
        first = int((year - 622) * 365.2425 / HIJRI_YEAR)
        found = [(hijri(each, month, of[0] if of else 1),
                  hijri(each, month, of[0]) if of else hijri(each, month + 1, 1) - timedelta(1))
                 for each in range(max(1, first - 1), first + 3)]
        return [(begin, end) for begin, end in found if begin.year == year]
    if meaning[3].isdigit():
        day = date(year, int(meaning[:2]), int(meaning[3:]))
        return [(day, day)]
    day = nth_weekday(year, int(meaning[:2]), WEEKDAYS.index(meaning[3:6]), meaning[7])
    return [(day, day)]


def nth_weekday(year: int, month: int, weekday: int, nth: str) -> date:
    """The nth such day of a month; the last for "l"."""
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.weekday()) % 7)
    days = [day + timedelta(7 * weeks) for weeks in range(5)]
    inside = [each for each in days if each.month == month]
    return inside[-1] if nth == "l" else inside[int(nth) - 1]


def read_named(found: Found) -> Reading | None:
    """Christmas, last Easter, Thanksgiving 2018, Ramadan."""
    meaning, reference = found.meaning("named", "w") or "", found.reference
    if found.original("w").islower():  # a name has a capital letter, where letters have any
        return None
    year, basis = int(meaning[:4]) if FULL.fullmatch(meaning) else year_in(found), "explicit"
    if year is not None:
        candidates = days_in(meaning, year) if 1000 <= year <= 9000 else []
    elif reference.known < 7 or not 1000 <= reference.day.year <= 9000:
        return dated("XXXX-XX-XX", "none")
    else:
        basis, near = "published", (reference.day.year + step for step in (-1, 0, 1))
        candidates = [each for year in near for each in days_in(meaning, year)]
    if not candidates:
        return None
    relation = found.number_of("relation", "rel") or 0
    begin, end = min(candidates, key=lambda each: _cost(found, each, relation))
    return dated(begin.isoformat() if begin == end else f"{begin.isoformat()}/{end.isoformat()}", basis)


def _cost(found: Found, days: tuple[date, date], relation: int) -> int:
    begin, end = days
    here = found.reference.day
    if begin <= here <= end and not relation:
        return 0
    far = (begin - here).days if here < begin else (end - here).days
    wrong = far * relation < 0 or (far == 0 and relation != 0) if relation else far * found.way() < 0 and abs(far) > 3
    return abs(far) + (10_000 if relation else WRONG_SIDE) * wrong


BUILDERS: dict[str, Builder] = {"named": read_named}
