"""French and Arabic date expressions → readings."""

import re

from search.enrich.dates.reading import Reader, Reading, dated
from search.enrich.dates.reference import Reference, direction
from search.enrich.dates.timex import day_value
from search.enrich.dates.words import (
    ARABIC_MONTHS,
    ARABIC_WEEKDAYS,
    FOREIGN_DIRECTIONS,
    FRENCH_MONTHS,
    FRENCH_WEEKDAYS,
    LEVANTINE_MONTHS,
)

LEAP_YEAR = 2000  # it has every day that a month and day without a year can name


def read_french(match: re.Match[str], reference: Reference) -> Reading | None:
    """18 novembre 2019, lundi 18 novembre, novembre dernier, lundi, lundi prochain."""
    return _read(match, reference, FRENCH_WEEKDAYS)


def read_arabic(match: re.Match[str], reference: Reference) -> Reading | None:
    """The same in Arabic, with the months of Cairo or of Damascus, and either digits."""
    return _read(match, reference, ARABIC_WEEKDAYS)


def _read(match: re.Match[str], reference: Reference, weekdays: list[str]) -> Reading | None:
    named = {name.rstrip("234"): words for name, words in match.groupdict().items() if words}
    weekday = weekdays.index(named["wd"]) if "wd" in named else None
    strictly = "way" in named
    way = FOREIGN_DIRECTIONS[named["way"]] if strictly else direction(match.string, match.start())
    if "m" not in named:
        return dated(reference.weekday(weekday or 0, way, strictly=strictly), "published")
    month, day = _month(named["m"]), int(named["d"]) if "d" in named else None
    if "y" in named:
        return dated(_value(int(named["y"]), month, day), "explicit")
    year = reference.year_of(month, day, way, weekday, strictly=strictly)
    if year is not None:
        return dated(_value(year, month, day), "published" if weekday is None else "weekday")
    value = _value(LEAP_YEAR, month, day)
    return dated(f"XXXX{value[4:]}", "none") if value else None


def _value(year: int, month: int, day: int | None) -> str | None:
    return f"{year:04d}-{month:02d}" if day is None else day_value(year, month, day)


def _month(word: str) -> int:
    """The number of the month, from 1."""
    return next(months.index(word) for months in (FRENCH_MONTHS, ARABIC_MONTHS, LEVANTINE_MONTHS) if word in months) + 1


READERS: dict[str, Reader] = {"french": read_french, "arabic": read_arabic}
