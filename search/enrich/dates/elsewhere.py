"""Years (and months) that end a full date in a language without a file here → that date, read by dateparser.

It is given one short expression at a time, found by its shape: a day, a word and a year, with the word before as a
weekday if it is the right one. In whole texts dateparser finds dates where there are none.
"""

import re
import warnings
from dataclasses import replace
from datetime import date
from functools import lru_cache

from search.document import CONTRADICTED_RULE, DateMention
from search.enrich.dates.reading import CONTRADICTED
from search.enrich.dates.timex import interval

LETTERS = r"[^\W\d_]{3,14}"
FULL = re.compile(
    rf"(?<![\w.,/-])(?:(?P<weekday>{LETTERS}(?:-feira)?),? (?:den |de |el |il |dne )?)?"
    rf"(?P<date>(?:3[01]|[12]\d|0?[1-9])\.?[ºo]? (?:de |di )?{LETTERS}\.? (?:de |del |do )?[12]\d{{3}})$")
WINDOW = 60         # characters before the end of a year in which its date stands
ENDINGS = frozenset({"year", "month"})  # rules whose expressions can be the end of a longer one
MOST = 30           # expressions of one text that are read; each can take a hundredth of a second
CONFIDENCE = 0.85
PARTS = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY", "PARSERS": ["absolute-time"]}


def full_dates(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """The mentions, each year that stands in a full date replaced by that date."""
    read, floor = 0, 0
    result: list[DateMention] = []
    for mention in mentions:
        match = _shape(text, mention, floor) if read < MOST else None
        read += match is not None
        result.append(_read(match, max(floor, mention.end - WINDOW), mention) if match else mention)
        floor = mention.end
    return result


def _shape(text: str, year: DateMention, floor: int) -> re.Match[str] | None:
    if year.rule not in ENDINGS or year.basis != "explicit":
        return None
    match = FULL.search(text[max(floor, year.end - WINDOW):year.end])
    return match if match and match.end() - match.start() > year.end - year.start else None


def _read(match: re.Match[str], offset: int, year: DateMention) -> DateMention:
    """The date of a match in a window that begins at `offset`; the year as it was where it is none."""
    day, _ = parsed(match["date"])
    if day is None:
        return year
    word = match["weekday"]
    weekday = _weekday(word, parsed(f"{word} {match['date']}")[1]) if word else None
    start = match.start("date") if weekday is None else match.start()
    contradicted = weekday not in (None, day.weekday())
    begin, until, granularity = interval(day.isoformat())
    return replace(year, start=offset + start, value=day.isoformat(), begin=begin, until=until, granularity=granularity,
                   confidence=CONFIDENCE * (CONTRADICTED if contradicted else 1),
                   rule="elsewhere" + (CONTRADICTED_RULE if contradicted else ""))


@lru_cache(1024)
def parsed(words: str) -> tuple[date | None, str]:
    """The day that words name in whatever language, and the language; None where they name none."""
    from dateparser.date import DateDataParser  # noqa: PLC0415  a tenth of a second that few texts need

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = DateDataParser(settings=PARTS).get_date_data(words)
    return (found.date_obj.date() if found.date_obj else None), found.locale or ""


@lru_cache(1024)
def _weekday(word: str, language: str) -> int | None:
    """The number of the weekday that a word names in a language, 0 for Monday; None where it names none."""
    if not language:
        return None
    from dateparser.date import DateDataParser  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = DateDataParser(languages=[language.partition("-")[0]]).get_date_data(word)
    return found.date_obj.weekday() if found.date_obj else None
