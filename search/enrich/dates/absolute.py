"""Expressions that name a day, month, season, year or decade of the calendar → readings."""

import re

from search.enrich.dates.reading import Reader, Reading, dated
from search.enrich.dates.reference import Reference, direction
from search.enrich.dates.timex import SEASON_MONTHS, day_value
from search.enrich.dates.words import (
    AMBIGUOUS_MONTHS,
    COUNTED,
    DECADES,
    MONTHS,
    NUMBERED,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    alternatives,
)

YEARS = {"last": -1, "this": 0, "the": 0, "next": 1}
COUNT = re.compile(rf"[ -](?:\w{{2,12}} )?(?:{alternatives(COUNTED)})(?:e?s)?\b", re.IGNORECASE)
A_NUMBER = re.compile(rf"(?<![^\W_])(?:{alternatives(NUMBERED)})[ \u00a0\n]$", re.IGNORECASE)
BEFORE_A_MONTH = re.compile(r"\b(?:in|since|by|of|from|until|till|through|during|last|next|this|and|or|to|before|"
                            r"after|between|for|late|early|mid|the)[ \n-]$", re.IGNORECASE)
AFTER_NO_MONTH = re.compile(r" \d|[-'’]?[a-z]| (?:on|against|for)\b")
BEFORE_A_YEAR = re.compile(r"\b(?:in|since|of|from|until|by|to|and|circa|year|around|before|after)[ \n]$",
                           re.IGNORECASE)


def read_numeric(match: re.Match[str], _: Reference) -> Reading | None:
    """2019-11-18, 2019/11/18."""
    return dated(day_value(int(match["y"]), int(match["m"]), int(match["d"])), "explicit")


def read_day(match: re.Match[str], reference: Reference) -> Reading | None:
    """November 18, Monday (November 18), 18 November 2019."""
    month, day = MONTHS[match["m"]], int(re.sub(r"\D", "", match["d"]))
    weekday = WEEKDAYS[match["wd"]] if match["wd"] else None
    year = int(match["y"]) if match["y"] else _year(match, reference, month, day, weekday)
    last = re.sub(r"\D", "", match.groupdict().get("d2") or "")
    if year is None:
        return dated(f"XXXX-{month:02d}-{day:02d}", "none") if day_value(2000, month, day) else None
    value = day_value(year, month, day)
    until = day_value(year, month, int(last)) if last else None
    if value and until and value < until:
        value = f"{value}/{until}"
    return dated(value, "explicit" if match["y"] else "published" if weekday is None else "weekday")


def _year(match: re.Match[str], reference: Reference, month: int, day: int | None, weekday: int | None) -> int | None:
    return reference.year_of(month, day, direction(match.string, match.start()), weekday)


def read_month(match: re.Match[str], reference: Reference) -> Reading | None:
    """November, last November, November 2019, November of last year."""
    month, basis = MONTHS[match["m"]], "published"
    if match["y"]:
        return dated(f"{match['y']}-{month:02d}", "explicit")
    if match["ly"]:
        return dated(f"{reference.shifted(YEARS[match['ly'].lower()], 'Y')}-{month:02d}", basis)
    if not match["rel"] and match["m"] in AMBIGUOUS_MONTHS and match[0] == match["m"] and not _is_month(match):
        return None
    relation = (match["rel"] or "").lower()
    if relation in ("last", "next") and reference.known >= 7:
        step = -1 if relation == "last" else 1
        passed = month * step > reference.day.month * step
        return dated(f"{reference.day.year + (0 if passed else step):04d}-{month:02d}", basis)
    year = _year(match, reference, month, None, None)
    return dated(f"XXXX-{month:02d}" if year is None else f"{year:04d}-{month:02d}", basis)


def _is_month(match: re.Match[str]) -> bool:
    before, after = match.string[max(0, match.start() - 12):match.start()], match.string[match.end():match.end() + 10]
    return bool(BEFORE_A_MONTH.search(before)) and not AFTER_NO_MONTH.match(after)


def read_quarter(match: re.Match[str], reference: Reference) -> Reading | None:
    """The third quarter, the first half of 2019, the fourth quarter of last year."""
    number, quarter = ORDINALS[match["n"].lower()], match["u"].lower() == "quarter"
    if not quarter and (number > 2 or not (match["y"] or match["ly"])):
        return None
    if match["y"]:
        return dated(f"{match['y']}-{'Q' if quarter else 'H'}{number}", "explicit")
    if reference.known < 4:
        return dated(f"XXXX-{'Q' if quarter else 'H'}{number}", "none")
    year = reference.day.year + YEARS[(match["ly"] or "this").lower()] - bool(match["ago"])
    if not match["ly"] and reference.known >= 7 and 3 * number - 2 > reference.day.month + 3:
        year -= 1
    return dated(f"{year:04d}-{'Q' if quarter else 'H'}{number}", "published")


def read_season(match: re.Match[str], reference: Reference) -> Reading | None:
    """Fall 2019, last summer, the spring."""
    season, relation = SEASONS[match["s"].lower()], (match["rel"] or "").lower()
    if match["y"]:
        return dated(f"{match['y']}-{season}", "explicit")
    if relation in ("", "the") and (match["s"].lower() in ("fall", "spring") or not relation):
        return None
    if reference.known < 7:
        return dated(f"XXXX-{season}", "none")
    year, first = reference.day.year, SEASON_MONTHS[season]
    if relation == "last":
        year -= first + 3 > reference.day.month
    elif relation == "next":
        year += first <= reference.day.month
    elif season == "WI" and reference.day.month < 4:
        year -= 1
    return dated(f"{year:04d}-{season}", "published")


def read_decade(match: re.Match[str], _: Reference) -> Reading | None:
    """The 1990s, the ’90s, the nineties."""
    if match["c"]:
        return dated(f"{match['c']}{match['d']}X", "explicit")
    if match["w"] and not match[0].lower().startswith("the "):
        return None
    return dated(f"19{match['e'] or DECADES[match['w'].lower()]}X", "explicit")


def read_century(match: re.Match[str], _: Reference) -> Reading | None:
    """The 19th century."""
    return dated(f"{int(match['n']) - 1:02d}XX", "explicit")


def read_year(match: re.Match[str], reference: Reference) -> Reading | None:
    """1998, early 1998, 2014-16; None for a count ("1814 View"), a number ("room 2020") or no likely year."""
    year = int(match["y"])
    before, after = match.string[max(0, match.start() - 16):match.start()], match.string[match.end():match.end() + 30]
    latest = reference.day.year + 40 if reference.known else 2060
    if COUNT.match(after) or A_NUMBER.search(before) or not 1000 <= year <= latest:
        return None
    if year < 1900 and not BEFORE_A_YEAR.search(before):
        return None
    if match["y2"]:
        last = match["y2"] if len(match["y2"]) == 4 else match["y"][:2] + match["y2"]
        return dated(f"{year:04d}/{last}" if last > match["y"] else match["y"], "explicit")
    return dated(match["y"], "explicit")


READERS: dict[str, Reader] = {
    "numeric": read_numeric, "bracketed": read_day, "month_day": read_day, "day_month": read_day, "month": read_month,
    "quarter": read_quarter, "season": read_season, "decade": read_decade, "century": read_century, "year": read_year,
}
