"""Expressions that name a week, month, season, year, decade or century → readings."""

import re

from search.enrich.dates.days import year_in
from search.enrich.dates.numbers import number_in
from search.enrich.dates.reading import Builder, Found, Reading, dated
from search.enrich.dates.timex import SEASON_MONTHS, duration_value

INSIDE_A_NUMBER = re.compile(r"[.,:/%-]$|[\d.][ -]$")
OLDEST, RECENT = 1000, 1850  # years; older ones than `RECENT` need a word before them that asks for a year
AHEAD, NEWEST = 40, 2060     # the latest year: so many after publication, or this one where that is unknown


def read_month(found: Found) -> Reading | None:
    """November, last November, November 2019, November of last year."""
    month = found.number_of("month", "m") or 0
    if (year := year_in(found)) is not None:
        return dated(f"{year:04d}-{month:02d}", "explicit" if "y" in found or "yw" in found else "published")
    relation, reference = found.number_of("relation", "rel"), found.reference
    if relation is None and _is_no_month(found):
        return None
    if relation and reference.known >= 7:
        passed = month * relation > reference.day.month * relation
        return dated(f"{reference.day.year + (0 if passed else relation):04d}-{month:02d}", "published")
    year = reference.year_of(month, None, found.tense())
    return dated(f"XXXX-{month:02d}" if year is None else f"{year:04d}-{month:02d}", "published")


def _is_no_month(found: Found) -> bool:
    """Whether "Jan" or "May" is a name or a verb by the words around it."""
    if not found.meaning("ambiguous", "m"):
        return found.meaning("abbreviated", "m") is not None
    if found.preceded("surely_month"):
        return found.follows("a_day") is not None
    return (found.words == found["m"] and not found.preceded("month")) or found.follows("no_month") is not None


def read_end(found: Found) -> Reading | None:
    """Year-end, the end of next year, the end of the month: the whole of it."""
    unit = found.meaning("unit", "u") or "Y"
    return dated(found.reference.shifted(found.number_of("relation", "r") or 0, unit), "published")


def read_season(found: Found) -> Reading | None:
    """Fall 2019, last summer, the spring."""
    season, reference = found.meaning("season", "s") or "", found.reference
    if (year := year_in(found)) is not None:
        return dated(f"{year:04d}-{season}", "published" if "ly" in found else "explicit")
    if found.words in found.language.words["no_season"]:
        return None
    if reference.known < 7:
        return dated(f"XXXX-{season}", "none")
    year, month, first = reference.day.year, reference.day.month, SEASON_MONTHS[season]
    steps = found.number_of("relation", "r")
    if steps == -1:
        year -= first + (3 if first < 12 else 0) > month
    elif steps == 1:
        year += first <= month
    elif (season == "WI" and month < 4) or (steps is None and first > month and found.way() < 0):
        year -= 1
    return dated(f"{year:04d}-{season}", "published")


def read_decade(found: Found) -> Reading | None:
    """The 1990s, the '90s, the nineties."""
    if "c" in found:
        return dated(f"{found['c']}{found['d']}", "explicit")
    if "the" not in found and found.before(1) != "'":
        return None
    return None if found.preceded("of_life") else dated(f"19{found['e'] or found.meaning('decades', 'w')}", "explicit")


def read_century(found: Found) -> Reading | None:
    """The 19th century."""
    number = int(found["n"] or 0) or found.number_of("ordinal", "o") or found.number_of("roman", "r") or 0
    return dated(f"{number - 1:02d}", "explicit") if 1 < number < 23 else None


def read_year(found: Found) -> Reading | None:
    """1998, early 1998, 2014-16; None for a count ("1814 View"), a number ("room 2020") or no likely year."""
    year, bare = int(found["y"]), found.words == found["y"]
    latest = found.reference.day.year + AHEAD if found.reference.known else NEWEST
    if not OLDEST <= year <= latest or INSIDE_A_NUMBER.search(found.before(2)):
        return None
    if bare and (found.follows("counted") or found.preceded("numbered")
                 or (year < RECENT and not found.preceded("year"))):
        return None
    if "y2" in found:
        last = found["y2"] if len(found["y2"]) == 4 else found["y"][:2] + found["y2"]
        if last > found["y"]:
            return dated(f"{year:04d}/{last}", "explicit")
    return dated(found["y"], "explicit")


def read_year_in_words(found: Found) -> Reading | None:
    """Nineteen ninety-six, the year two thousand."""
    number = int(number_in(found.language, found["n"]) or 0) if "n" in found else 0
    if "old" in found:
        return dated(f"{1900 + number}", "explicit") if 9 < number < 100 else None
    return dated(f"{2000 + number}", "explicit") if "the" in found and number < 100 else None


def read_relative(found: Found) -> Reading | None:
    """Last week, this month, next year; the past decade."""
    unit, steps = found.meaning("unit", "u") or "", found.number_of("relation", "rel") or 0
    if found.follows("no_unit") and unit in ("W", "WE"):
        return None
    lasting = found.meaning("lasting", "rel")
    if lasting and (lasting == "any" or unit in lasting.split()):
        return Reading("DURATION", duration_value(1, unit)) if unit not in ("WE", "Q") else None
    reference = found.reference
    if unit == "WE" and reference.known == 10 and steps == 0 and found.way() < 0 and reference.day.weekday() < 3:
        steps = -1
    return dated(reference.shifted(steps, unit), "published")


def read_anaphor(found: Found) -> Reading | None:
    """That day, the same month, the following year."""
    unit = found.meaning("unit", "u") or "D"
    return dated(found.context.from_previous(found.number_of("anaphor", "rel") or 0, unit), "previous")


def read_the_weekend(found: Found) -> Reading | None:
    """The weekend before publication, or at its end; the next one where the sentence looks ahead."""
    reference = found.reference
    back = reference.known == 10 and reference.day.weekday() < 4 and found.way() < 0
    return dated(reference.shifted(-1 if back else 0, "WE"), "published")


def read_the_year(found: Found) -> Reading | None:
    """(In, for, during) the year: that of publication; a year that ended with a day is as long as one."""
    if found.follows("ended"):
        return Reading("DURATION", "P1Y")
    if found.follows("no_year") or ("so_far" not in found and not found.preceded("the_year")):
        return None
    return dated(found.reference.shifted(0, "Y"), "published")


BUILDERS: dict[str, Builder] = {
    "month": read_month, "end": read_end, "season": read_season, "decade": read_decade, "century": read_century,
    "year": read_year, "year_in_words": read_year_in_words, "relative": read_relative, "anaphor": read_anaphor,
    "the_weekend": read_the_weekend, "the_year": read_the_year,
}
