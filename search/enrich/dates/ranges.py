"""Two mentions with "to" or "and" between them → the first as the beginning of a time that ends with the second.

"Between March and May 2017" is two mentions, as TIMEX3 has it; the first one's days reach to the end of the second
one's, so that April is spoken of too, and it takes the year of the second if it has none of its own.
"""

from dataclasses import replace

from search.document import DateMention
from search.enrich.dates.language import Language
from search.enrich.dates.timex import interval

YEARLESS = frozenset({"month", "month_day", "day_month"})  # rules whose expressions may have no year
OPENING = 16  # characters before the first mention in which "between" or "from" stands


def reaching(first: DateMention, second: DateMention, folded: str, language: Language) -> DateMention:
    """The first mention, with the year of the second where it has none, and as a range if both are one."""
    gap = folded[first.end:second.start]
    if first.type != "DATE" or second.type != "DATE" or second.begin is None or second.until is None:
        return first
    if language.after["and"].fullmatch(gap) is None:
        return first
    opened = language.before["range"].search(folded, max(0, first.start - OPENING), first.start)
    closed = language.after["to"].fullmatch(gap)
    first = _in_year_of(first, second, is_range=bool(opened or closed))
    if (opened or closed) and first.begin and first.begin < second.begin and not first.ongoing:
        return replace(first, until=second.until)
    return first


def _in_year_of(first: DateMention, second: DateMention, *, is_range: bool) -> DateMention:
    """The first mention in the year of the second, or the one before, if that year is written or the first would come
    after the second; as it is where its own year is written.
    """
    backwards = is_range and first.value > second.value
    if first.basis == "explicit" or not {first.rule, second.rule} <= YEARLESS or not (
            second.basis == "explicit" or backwards):
        return first
    year = int(second.value[:4])
    year -= first.value[4:] > second.value[4:]
    value = f"{year:04d}{first.value[4:]}"
    begin, until, granularity = interval(value)
    if begin is None:
        return first
    return replace(first, value=value, begin=begin, until=until, granularity=granularity, basis=second.basis)
