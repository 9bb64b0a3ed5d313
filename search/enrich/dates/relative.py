"""Expressions that count from the publication date, and those that say only how long or how often → readings."""

import re

from search.enrich.dates.reading import Reader, Reading, dated
from search.enrich.dates.reference import Reference, direction
from search.enrich.dates.timex import duration_value
from search.enrich.dates.words import (
    DAY_PARTS,
    DEICTIC_DAYS,
    DIRECTIONS,
    FREQUENCIES,
    NUMBERS,
    REFERENCES,
    UNITS,
    VAGUE_NUMBERS,
    WEEKDAYS,
)

REFERENCE_VALUES = {word: value for value, words in REFERENCES.items() for word in words}
RATE = re.compile(r"(?:\d|%|percent|million|billion|times|once|twice|each|more)[ \n]$")


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _unit(word: str) -> str:
    word = word.lower()
    return UNITS.get(word) or UNITS.get(word.removesuffix("s")) or "100Y"


def _number(words: str) -> int | None:
    """The number that the words name; None for a vague one."""
    words = _plain(words).replace(",", "")
    if words in VAGUE_NUMBERS:
        return None
    if words[0].isdigit():
        return int(float(words))
    tens, _, ones = words.partition("-")
    return NUMBERS.get(words) or NUMBERS[tens] + NUMBERS[ones]


def _part_of_day(value: str, part: str | None, basis: str = "published") -> Reading | None:
    reading = dated(value, basis)
    if part is None or reading is None:
        return reading
    return Reading("TIME", f"{value}T{DAY_PARTS[part.lower()]}", reading.basis)


def read_deictic(match: re.Match[str], reference: Reference) -> Reading | None:
    """Yesterday, today, tomorrow morning."""
    word = _plain(match["w"])
    part = match["part"] or ("night" if word in ("tonight", "last night") else None)
    return _part_of_day(reference.shifted(DEICTIC_DAYS[word], "D"), part)


def read_weekday(match: re.Match[str], reference: Reference) -> Reading | None:
    """Monday, last Monday, every Monday, Mondays, Monday night."""
    weekday, relation = WEEKDAYS[match["wd"]], _plain(match["rel"] or "")
    if match["set"] or match["plural"]:
        return Reading("SET", f"XXXX-WXX-{weekday + 1}")
    if match["wd"] in ("Sun.", "Sat."):  # more often the star, or the past of "sit"
        return None
    way = DIRECTIONS.get(relation, 0) or direction(match.string, match.start())
    return _part_of_day(reference.weekday(weekday, way, strictly=relation in ("last", "next")), match["part"])


def read_day_part(match: re.Match[str], reference: Reference) -> Reading | None:
    """The morning, afternoon, evening or night of publication ("this morning")."""
    if match["rel"].lower() != "this":
        return None
    return _part_of_day(reference.shifted(0, "D"), match["part"])


def read_relative(match: re.Match[str], reference: Reference) -> Reading | None:
    """Last week, this month, next year."""
    return dated(reference.shifted(DIRECTIONS[_plain(match["rel"])], _unit(match["u"])), "published")


def read_offset(match: re.Match[str], reference: Reference) -> Reading | None:
    """Two years ago, a week from now; hours and "earlier" without a day to count from are durations."""
    number, unit, way = _number(match["n"]), _unit(match["u"]), _plain(match["way"])
    if unit.startswith("T"):
        return Reading("DURATION", duration_value(number, unit))
    if number is None:
        return Reading("DATE", "PAST_REF" if way in ("ago", "earlier") else "FUTURE_REF")
    return dated(reference.shifted(-number if way in ("ago", "earlier") else number, unit), "published")


def read_set(match: re.Match[str], _: Reference) -> Reading | None:
    """Every week, every other year, daily."""
    if match["f"]:
        return Reading("SET", FREQUENCIES[match["f"]])
    number = 2 if match["other"] else _number(match["n"]) if match["n"] else 1
    return Reading("SET", duration_value(number, _unit(match["u"])))


def read_span(match: re.Match[str], _: Reference) -> Reading | None:
    """The past two years, the coming weeks."""
    number = _number(match["n"]) if match["n"] else None
    return Reading("DURATION", duration_value(number, _unit(match["u"] or match["v"])))


def read_duration(match: re.Match[str], _: Reference) -> Reading | None:
    """Two days, a year, six-month; "a share a year" is how often."""
    words, unit = _plain(match["n"]), _unit(match["u"])
    if words in ("a", "an"):
        if match["gap"] == "-" or match["u"].lower().endswith("s") or unit in ("TS", "Q", "TM"):
            return None
        if RATE.search(match.string[max(0, match.start() - 9):match.start()]):
            return Reading("SET", duration_value(1, unit))
    if unit == "TS" and not words[0].isdigit():
        return None
    return Reading("DURATION", duration_value(_number(words), unit))


def read_reference(match: re.Match[str], _: Reference) -> Reading | None:
    """Now, recently, in the past."""
    return Reading("DATE", REFERENCE_VALUES[_plain(match["w"])])


READERS: dict[str, Reader] = {
    "deictic": read_deictic, "weekday": read_weekday, "day_part": read_day_part, "relative": read_relative,
    "offset": read_offset, "set": read_set, "span": read_span, "duration": read_duration, "reference": read_reference,
}
