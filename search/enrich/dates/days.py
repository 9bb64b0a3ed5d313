"""Expressions that name a day, or several of one month → readings; and the years that such expressions name."""

from datetime import date, timedelta

from search.enrich.dates.numbers import number_in
from search.enrich.dates.reading import Builder, Found, Reading, dated
from search.enrich.dates.timex import UNKNOWN, day_value, shifted, week_value

LEAP_YEAR = 2000  # it has every day that a month and day without a year can name
CENTURY_SPLIT = 50  # of a year in two digits: from here on it is of the 1900s
STRICT = {-1: True, 1: True, 0: False}


def year_in(found: Found) -> int | None:
    """The year that an expression names: in digits, in words, or as last, this or next year."""
    if "y" in found:
        year = int(found["y"])
        return year if year > 99 else year + (2000 if year < CENTURY_SPLIT else 1900)
    if "yw" in found:
        return 1900 + int(number_in(found.language, found["yw"].partition(" ")[2]) or 0)
    steps = found.number_of("of_year", "ly")
    if steps is None or found.reference.known < 4:
        return None
    year = found.reference.day.year + steps
    return year if 1 <= year <= 9999 else None


def read_day(found: Found) -> Reading | None:
    """November 18, Monday (November 18), 18 November 2019, June 3-5."""
    month, day = found.number_of("month", "m") or 0, found.day("d")
    weekday = found.weekday("wd")
    year, basis = year_in(found), "published" if "ly" in found else "explicit"
    if year is None:
        strictly = found.number_of("relation", "rel")
        way = strictly or found.tense()
        year = found.reference.year_of(month, day, way, weekday, strictly=bool(strictly) or way == -2)
        basis = "document" if found.reference.known < 7 else "published" if weekday is None else "weekday"
    if year is None:
        return dated(f"XXXX-{month:02d}-{day:02d}", "none") if day_value(LEAP_YEAR, month, day) else None
    value = day_value(year, month, day)
    if value is None:
        return None
    contradicted = weekday is not None and date(year, month, day).weekday() != weekday
    if contradicted and basis == "weekday":
        basis = "published"
    until = day_value(year, month, found.day("d2")) if "d2" in found else None
    return dated(f"{value}/{until}" if until and value < until else value, basis, contradicted=contradicted)


def read_numeric(found: Found) -> Reading | None:
    """2019-11-18, 11/18/2019, 18/11/2019; where both could be the month, the language says which."""
    year = year_in(found) or 0
    if "a" not in found:
        return dated(day_value(year, int(found["m"]), int(found["d"])), "explicit")
    first, second = int(found["a"]), int(found["b"])
    month_first = second > 12 or (first <= 12 and found.language.month_first)
    return dated(day_value(year, *((first, second) if month_first else (second, first))), "explicit")


def read_weekday(found: Found) -> Reading | None:
    """Monday, last Monday, next Monday night, Friday a week ago."""
    weekday, reference = found.weekday("wd") or 0, found.reference
    if found.meaning("no_weekday", "wd") or found.follows("newspaper"):  # "Sun.", "Sat.", "Sunday Times"
        return None
    anaphor = found.number_of("anaphor", "rel")
    if anaphor == 1 and (following := _following(found, weekday)):
        return found.with_part(following, "previous")
    steps = found.number_of("relation", "rel")
    way = steps or anaphor or 0
    value = reference.weekday(weekday, way or found.way(), strictly=STRICT[way])
    if steps == 0 and reference.known == 10:  # "this Friday": of the same week
        value = shifted(reference.day, weekday - reference.day.weekday(), "D") or value
    if "ago" in found and not value.startswith("X"):
        value = shifted(date.fromisoformat(value), -7, "D") or value
    return found.with_part(value, "published")


def _following(found: Found, weekday: int) -> str | None:
    """The first such day after the day that was mentioned last."""
    value = found.context.from_previous(0, "D")
    if value is None:
        return None
    day = date.fromisoformat(value)
    return shifted(day, (weekday - day.weekday() - 1) % 7 + 1, "D")


def read_weekly(found: Found) -> Reading | None:
    """Every Monday, Mondays, Friday nights."""
    part = found.meaning("part", "p")
    value = f"XXXX-WXX-{(found.weekday('wd') or 0) + 1}"
    return Reading("SET", f"{value}T{part}" if part else value)


def read_deictic(found: Found) -> Reading | None:
    """Yesterday, today, tomorrow morning, last night."""
    return found.with_part(found.reference.shifted(found.number_of("deictic", "w") or 0, "D"), "published",
                           found.meaning("deictic_part", "w"))


def read_day_part(found: Found) -> Reading | None:
    """(In) this morning; that evening, the next morning."""
    steps = found.number_of("anaphor", "r")
    if steps is None:
        return found.with_part(found.reference.shifted(0, "D"), "published")
    value = found.context.from_previous(steps, "D")
    return found.with_part(value, "previous") if value else None


def read_week_of(found: Found) -> Reading | None:
    """The week of March 5."""
    reading = read_day(found)
    if reading is None or reading.basis == "none":
        return dated(UNKNOWN["W"], "none")
    return dated(week_value(date.fromisoformat(reading.value[:10])), reading.basis)


def read_week_of_month(found: Found) -> Reading | None:
    """The last week of March, the first Monday in May; a week is seven days from the first, or up to the last."""
    month, last = found.number_of("month", "m") or 0, found.meaning("final", "o") is not None
    year = year_in(found) or found.reference.year_of(month, None, found.tense())
    if year is None:
        return dated(UNKNOWN["D"], "none")
    which, basis = found.number_of("ordinal", "o") or 1, "explicit" if "y" in found else "published"
    first = date(year, month, 1)
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    unit, weekday = found.meaning("unit", "k"), found.weekday("k")
    if unit == "D":
        return dated((end if last else first + timedelta(which - 1)).isoformat(), basis)
    if unit == "W":
        day = end - timedelta(6) if last else first + timedelta(7 * (which - 1))
        return dated(f"{day.isoformat()}/{(day + timedelta(6)).isoformat()}", basis)
    name = 5 if weekday is None else weekday
    day = end - timedelta((end.weekday() - name) % 7) if last else (
        first + timedelta((name - first.weekday()) % 7 + 7 * (which - 1)))
    return dated(f"{week_value(day)}-WE" if weekday is None else day.isoformat(), basis)


BUILDERS: dict[str, Builder] = {
    "day": read_day, "numeric": read_numeric, "weekday": read_weekday, "weekly": read_weekly, "deictic": read_deictic,
    "day_part": read_day_part, "week_of": read_week_of, "week_of_month": read_week_of_month,
}
