"""A text and its publication date → the dates that it speaks about."""

import re
from dataclasses import replace
from datetime import date

from search.document import SINCE_RULE, DateMention
from search.enrich.dates import absolute, foreign, relative
from search.enrich.dates.grammar import RULES, TRIGGER
from search.enrich.dates.reading import Reader
from search.enrich.dates.reference import Reference
from search.enrich.dates.timex import interval

READERS: dict[str, Reader] = absolute.READERS | relative.READERS | foreign.READERS
SINCE = "since "
BEFORE_CHRIST = re.compile(
    r"(?:(?: ?[-–] ?| to | and |,? )\d{1,4})?\s(?:before )?(?:B\. ?C\.|BCE?\b)|\sbefore (?:Christ\b|the Common Era)"
    r"|\sav(?:ant|\.) J[.-]|\s(?:قبل الميلاد|ق\. ?م)")


def tag(text: str, published: str | date | None) -> list[DateMention]:
    """The date expressions of `text` in order, without overlaps.

    `published` is an ISO date cut to what is known, or a day. Without it, what counts from the publication is still
    found, with an X for each digit of its TIMEX3 value that is not known, and without days. Raises InvalidRecord for
    a publication date that is none.
    """
    reference = Reference.of(published)
    mentions: list[DateMention] = []
    at = 0
    while match := TRIGGER.search(text, at):
        name = str(match.lastgroup).removeprefix("rule_")
        mention = _mention(text, match.start(), name, reference)
        at = mention.end if mention else match.start() + 1
        if mention:
            mentions.append(_since(text, mention, mentions[-1].end if mentions else 0, reference))
    return mentions


def _mention(text: str, start: int, name: str, reference: Reference) -> DateMention | None:
    match = RULES[name].match(text, start)
    if match is None or BEFORE_CHRIST.match(text, match.end()):  # no calendar day here is before the year 1
        return None
    reading = READERS[name](match, reference)
    if reading is None:
        return None
    begin, until, granularity = interval(reading.value)
    return DateMention(start, match.end(), reading.type, reading.value, begin, until, granularity,
                       reading.confidence, reading.basis, name)


def _since(text: str, mention: DateMention, floor: int, reference: Reference) -> DateMention:
    """The mention with a "since" before it taken in: it lasts until the publication, open where that is unknown."""
    start = mention.start - len(SINCE)
    if start < floor or text[start:mention.start].lower() != SINCE or text[start - 1:start].isalnum():
        return mention
    if mention.type != "DATE" or mention.rule == "reference":
        return mention
    until = reference.until
    if mention.begin and until and until <= mention.begin:  # "since" is here no start of a time up to now
        until = mention.until
    return replace(mention, start=start, until=until if mention.begin else None, rule=SINCE_RULE)
