"""A text without a publication date → what bounds that date, and the days that it can be counted from.

Nothing here is a guess: days that the text tells of as past come before its publication, and a weekday with its month
and day fits only some years. Which of them it is stays open unless the bounds leave one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search.article import Published
from search.enrich.dates.reading import Found
from search.enrich.dates.reference import Reference, fitting_years
from search.enrich.dates.scanning import scan
from search.enrich.dates.timex import interval

SURE, LIKELY = 0.9, 0.6


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days between which a text appeared, both inclusive; None where nothing bounds them.

    `candidates` are the days between them that a weekday with its month and day can be ("Monday (November 18)"): the
    text appeared around one of them. `method` says what drew the bounds ("given", "text", "weekday"), `confidence` is
    the probability that the text appeared between them.
    """

    earliest: date | None = None
    latest: date | None = None
    candidates: tuple[date, ...] = ()
    method: str = "given"
    confidence: float = SURE


def bounds_of(text: str, earliest: date | None = None, latest: date | None = None) -> Bounds:
    """The bounds that are known from elsewhere (the outlet's first day, the capture), drawn closer by the text.

    A day that the text tells of as past, with its year, is no later than the publication. Days after `latest`
    contradict it and are passed over.
    """
    past, weekdays = [], []
    for found, day in _days(text):
        if day is not None and found.tense() <= 0 and (latest is None or day <= latest):
            past.append(day)
        elif day is None and "wd" in found and "m" in found and "d" in found:
            weekdays.append(found)
    first = max([*past, *([earliest] if earliest else [])], default=None)
    candidates = _candidates(weekdays, first, latest)
    told = first is not None and first != earliest
    method = "weekday" if candidates else "text" if told else "given"
    return Bounds(first, latest, candidates, method, LIKELY if told or candidates else SURE)


def drawn(text: str, published: Published) -> Published:
    """An unknown date of publication with its bounds drawn closer by the text; a known one as it is."""
    if published.value is not None:
        return published
    bounds = bounds_of(text, published.earliest, published.latest)
    return Published(method=published.method, earliest=bounds.earliest, latest=bounds.latest)


def _days(text: str) -> Iterator[tuple[Found, date | None]]:
    """The expressions with a month and a day, each with the first day that it names, if its year is written."""
    for found, reading, _ in scan(text, Reference()):
        if reading.type == "DATE" and "d" in found and "m" in found:
            begin, _, granularity = interval(reading.value)
            yield found, begin if granularity == "day" else None


def _candidates(weekdays: list[Found], earliest: date | None, latest: date | None) -> tuple[date, ...]:
    """The days that each of the expressions can be, of the first one; none without bounds on both sides."""
    if not weekdays or earliest is None or latest is None:
        return ()
    found = weekdays[0]
    month, day, weekday = found.number_of("month", "m") or 1, found.day("d"), found.weekday("wd") or 0
    return tuple(date(year, month, day) for year in fitting_years(month, day, weekday, earliest, latest))
