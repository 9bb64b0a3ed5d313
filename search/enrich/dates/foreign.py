"""French and Arabic date expressions → readings: the triggered words are read by dateparser, never a whole text."""

import re
from datetime import date, datetime
from functools import lru_cache

import dateparser

from search.enrich.dates.reading import Reader, Reading, dated
from search.enrich.dates.reference import Reference
from search.enrich.dates.words import ARABIC_MONTHS, ARABIC_WEEKDAYS, FRENCH_WEEKDAYS, LEVANTINE_MONTHS

LEAP_YEAR = date(2000, 12, 31)  # what yearless words are read against where nothing is known: it has every day


@lru_cache(maxsize=4096)
def parsed(words: str, language: str, base: date) -> date | None:
    """The day that the words of one date name, the past preferred; None where they name none."""
    moment = dateparser.parse(words, languages=[language], settings={
        "RELATIVE_BASE": datetime(base.year, base.month, base.day),  # noqa: DTZ001  # days have no time zone
        "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first", "RETURN_AS_TIMEZONE_AWARE": False})
    return moment.date() if moment else None


def read_french(match: re.Match[str], reference: Reference) -> Reading | None:
    """18 novembre 2019, lundi 18 novembre, novembre 2019, lundi."""
    return _read(match, reference, "fr", FRENCH_WEEKDAYS)


def read_arabic(match: re.Match[str], reference: Reference) -> Reading | None:
    """The same in Arabic, with the months of Cairo or of Damascus, and either digits."""
    return _read(match, reference, "ar", ARABIC_WEEKDAYS)


def _read(match: re.Match[str], reference: Reference, language: str, weekdays: list[str]) -> Reading | None:
    if match["wd2"]:
        return dated(reference.weekday(weekdays.index(match["wd2"]), -1), "published")
    year = match["y"] or match["y2"]
    words = " ".join(part for part in (match["d"], _cairo(match["m"] or match["m2"]), year) if part)
    known = reference.known >= 7
    day = parsed("".join(str(int(c)) if c.isdecimal() else c for c in words), language,
                 reference.day if known else LEAP_YEAR)
    if day is None:
        return None
    value = day.isoformat() if match["d"] else day.isoformat()[:7]
    return dated(value if known or year else f"XXXX{value[4:]}", "explicit" if year else "published")


def _cairo(month: str) -> str:
    return ARABIC_MONTHS[LEVANTINE_MONTHS.index(month)] if month in LEVANTINE_MONTHS else month


READERS: dict[str, Reader] = {"french": read_french, "arabic": read_arabic}
