"""Expressions with an hour → readings."""

import re

from search.enrich.dates.days import read_day
from search.enrich.dates.reading import Builder, Found, Reading, dated

HOUR = re.compile(r"(?P<hour>\d{1,2})(?:\D{1,3}(?P<minute>[0-5]\d))?")
NIGHT = re.compile(r"([ap])\.?m")


def read_clock(found: Found) -> Reading | None:
    """10:35 a.m., 5 p.m. EST on Nov. 6, noon; 18 h 30."""
    words = found["c"]
    time, half = HOUR.match(words), NIGHT.search(words)
    hour, minute = (int(time["hour"]), int(time["minute"] or 0)) if time else (found.number_of("hour", "c") or 0, 0)
    bare = half is None and time is not None and ":" in words and found.words == words
    if bare and "hour" in found.language.before and not found.preceded("hour"):
        return None  # "Matthew 7:12", "won 3:15"
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    day, basis = _day(found)
    reading = dated(day, basis)
    if reading is None or hour > 24:
        return None
    return Reading("TIME", f"{day}T{hour:02d}:{minute:02d}" if hour < 24 else f"{day}T24", reading.basis)


def _day(found: Found) -> tuple[str, str]:
    """The day whose hour it is, by default that of publication; and what that was resolved against."""
    if "wd" in found:
        return found.reference.weekday(found.weekday("wd") or 0, found.way()), "published"
    if "m" in found and (reading := read_day(found)):
        return reading.value, reading.basis
    return found.reference.shifted(found.number_of("deictic", "w") or 0, "D"), "published"


BUILDERS: dict[str, Builder] = {"clock": read_clock}
