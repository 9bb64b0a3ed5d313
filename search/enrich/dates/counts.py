"""Expressions with a number of units: how long, how often, how long ago → readings; and vague ones."""

from search.enrich.dates.numbers import number_in
from search.enrich.dates.quarters import a_year_before
from search.enrich.dates.reading import Builder, Found, Reading, dated
from search.enrich.dates.timex import duration_value

SAME_PASSAGE = 1500  # characters within which "a year earlier" is a year before the quarter that was mentioned
LONG_UNITS = {"10Y": 10, "100Y": 100}  # units that count as so many years


def read_offset(found: Found) -> Reading | None:
    """Two years ago, a week from now; a year earlier, three days later."""
    unit = found.meaning("unit", "u") or ""
    number = number_in(found.language, found["n"]) if "n" in found else found.number_of("of_two", "u") or 1.0
    now, steps = found.number_of("from_now", "way"), found.number_of("from_then", "way")
    if number is None or not unit:
        return None
    number += 0.5 if "h" in found else 0
    if number == 0 and now:
        return Reading("DATE", "PAST_REF" if now < 0 else "FUTURE_REF")
    if unit[0] == "T" or number == 0:
        return Reading("DURATION", duration_value(number or None, unit))
    if unit in LONG_UNITS:
        unit, number = "Y", number * LONG_UNITS[unit]
    context, steps = found.context, int(number) * (now or steps or 1)
    if (number, unit) == (1, "Y") and steps < 0 and context.compared_quarter and _is_near(found):
        return dated(a_year_before(context.compared_quarter), "previous")
    if now or (unit == "Y" and context.previous is None):
        return dated(found.reference.shifted(steps, unit), "published")
    value = context.from_previous(steps, unit)
    return dated(value, "previous") if value else Reading("DURATION", duration_value(number, unit))


def _is_near(found: Found) -> bool:
    return found.match.start() - found.context.quarter_end < SAME_PASSAGE


def read_vague_offset(_: Found) -> Reading | None:
    """Years ago, long ago."""
    return Reading("DATE", "PAST_REF")


def read_duration(found: Found) -> Reading | None:
    """Two days, a year, six-month, the past two years; "a share a year" is how often; an age is nothing."""
    unit, words, plural = found.meaning("unit", "u") or "", found["n"], found.meaning("plural", "u") is not None
    number = number_in(found.language, words) if "n" in found else float(found.number_of("of_two", "u") or 1)
    single = found.meaning("single", "n") is not None
    if "old" in found or number is None or (single and ("per" in found or found["sep"] == "-")):
        return None
    if number == 0 and ((not plural and found["sep"] == " ") or unit == "TS"):
        return None
    if (unit == "TS" and single) or found.words in found.language.words["no_duration"] or found.preceded("of_age"):
        return None
    if unit == "Q" and (single or found["sep"] == "-" or ("per" not in found and words == "three")):
        return None
    if found.meaning("some_day", "n") and unit == "D" and (found.original("n").istitle() or found.tense() > 0):
        return None
    if single and found.preceded("rate"):
        return Reading("SET", duration_value(1, unit))
    number += 0.5 if "h" in found else 0
    start = found.match.start("n") if found["sep"] == "-" and "per" not in found else None
    return Reading("DURATION", duration_value(number or None, "W" if unit == "WE" else unit), start=start)


def read_vague_duration(found: Found) -> Reading | None:
    """Recent weeks, the coming months, the past year."""
    unit, vague = found.meaning("unit", "u") or "", found.meaning("vague_period", "per") or "PAST_REF"
    if found.meaning("plural", "u") is None:
        lasting = "the" in found and found.meaning("lasting", "per") is not None
        return Reading("DURATION", duration_value(1, unit)) if lasting else None
    if "the" not in found and (unit == "Y" or vague == "FUTURE_REF"):
        return Reading("DATE", vague)
    return Reading("DURATION", duration_value(None, unit))


def read_plural(found: Found) -> Reading | None:
    """(For) years, (within) weeks, week-long, decades-long."""
    number = None if found.meaning("plural", "u") else 1
    return Reading("DURATION", duration_value(number, found.meaning("unit", "u") or ""))


def read_set(found: Found) -> Reading | None:
    """Every week, every other year, daily, each May."""
    if "f" in found:  # with a capital letter it is part of a name, as of "Daily Mirror"
        return None if found.original("f").istitle() else Reading("SET", found.meaning("frequency", "f") or "")
    if "m" in found:
        return Reading("SET", f"XXXX-{found.number_of('month', 'm') or 0:02d}")
    if season := found.meaning("season", "u"):
        return Reading("SET", f"XXXX-{season}")
    unit, part = found.meaning("unit", "u"), found.meaning("part", "u")
    if unit is None:
        return Reading("SET", f"XXXX-XX-XXT{part}")
    if unit in ("TS", "TM"):
        return None
    number = 2.0 if "other" in found else number_in(found.language, found["n"]) if "n" in found else 1.0
    return Reading("SET", duration_value(number or None, unit))


def read_vaguely(found: Found) -> Reading | None:
    """Now, recently, in the past, soon."""
    value = found.meaning("vaguely", "w") or ""
    if found.follows(f"no_{value.lower()}") or found.preceded(f"no_{value.lower()}"):
        return None
    return Reading("DATE", value)


BUILDERS: dict[str, Builder] = {
    "offset": read_offset, "vague_offset": read_vague_offset, "duration": read_duration,
    "vague_duration": read_vague_duration, "plural": read_plural, "set": read_set, "vaguely": read_vaguely,
}
