"""Expressions about quarters and half-years, and about the same time a year before → readings."""

import re
from datetime import date, timedelta

from search.enrich.dates.days import year_in
from search.enrich.dates.numbers import number_in
from search.enrich.dates.reading import Builder, Found, Reading, dated
from search.enrich.dates.timex import UNKNOWN, day_value, duration_value, quarter_of

END = re.compile(r"(?P<m>[a-z]{3,9}\.?) (?P<d>\d\d?)(?!\d)(?:, (?P<y>\d{4}))?")
HALF_A_QUARTER = timedelta(45)


def read_quarter(found: Found) -> Reading | None:
    """The third quarter, the fourth quarter of last year, the year-ago second quarter."""
    number, reference = found.number_of("ordinal", "o") or 0, found.reference
    year, basis = year_in(found), "explicit" if "y" in found else "published"
    if year is None and reference.known < 7:
        return dated(f"XXXX-Q{number}", "none")
    if year is None:
        year = reference.day.year
        if "ago" in found:
            year = int((found.context.quarter or f"{year}")[:4]) - 1
        elif 3 * number - 2 > reference.day.month and not found.way() > 0:
            year -= 1
    return dated(f"{year:04d}-Q{number}", basis, start=found.match.end("its") + 1 if "its" in found else None)


def read_the_quarter(found: Found) -> Reading | None:
    """The quarter, this quarter, the same quarter last year, each quarter."""
    which, reference = found.meaning("which_quarter", "r"), found.reference
    if which == "each":
        return Reading("SET", "P1Q")
    if reference.known < 7:
        return dated(UNKNOWN["Q"], "none")
    if which in ("0", "1"):
        return dated(reference.shifted(int(which), "Q"), "published")
    if ended := found.follows("ended"):
        return _quarter_until(found, found.match.end() + ended.end())
    mentioned = found.context.quarter if which == "that" else None
    value = mentioned or reference.shifted(-1, "Q")
    return dated(a_year_before(value) if "ya" in found else value, "previous" if mentioned else "published")


def _quarter_until(found: Found, place: int) -> Reading | None:
    """The quarter that most of the three months lie in that end with the day written at a place."""
    end = END.match(found.context.folded, place)
    month = found.language.meaning("month", end["m"]) if end else None
    if end is None or month is None:
        return dated(found.context.quarter or found.reference.shifted(-1, "Q"), "published")
    year = int(end["y"] or 0) or found.reference.year_of(int(month), int(end["d"]), -1, strictly=True)
    day = day_value(year, int(month), int(end["d"])) if year else None
    if day is None:
        return dated(UNKNOWN["Q"], "none")
    try:
        return dated(quarter_of(date.fromisoformat(day) - HALF_A_QUARTER), "published")
    except OverflowError:
        return None


def a_year_before(value: str) -> str:
    """The same quarter, or the year, of the year before."""
    return f"{int(value[:4]) - 1:04d}{value[4:]}"


def read_year_ago_period(found: Found) -> Reading | None:
    """The year-ago quarter, the same period last year, the 1988 quarter, the latest quarter."""
    if "n" in found:
        return Reading("DURATION", duration_value(number_in(found.language, found["n"]), "M"))
    context = found.context
    quarter = context.compared_quarter
    if "y" in found:
        return dated(found["y"] + (quarter[4:] if quarter else ""), "explicit")
    if found.reference.known < 7:
        return dated(UNKNOWN["Q"], "none")
    if "new" in found:
        mentioned = context.quarter if "period" in found else None
        return dated(mentioned or found.reference.shifted(-1, "Q"), "previous" if mentioned else "published")
    base = quarter or (context.previous or found.reference.day.isoformat())[:4]
    return dated(a_year_before(base), "previous", start=found.match.end("a") if "a" in found else None)


def read_half(found: Found) -> Reading | None:
    """The first half of 2019, the second half of last year."""
    year, number = year_in(found), found.number_of("half", "h") or 1
    if year is not None:
        return dated(f"{year:04d}-H{number}", "explicit" if "y" in found else "published")
    return dated("XXXX", "none") if "ly" in found else None


BUILDERS: dict[str, Builder] = {
    "quarter": read_quarter, "the_quarter": read_the_quarter, "year_ago_period": read_year_ago_period,
    "half": read_half,
}
