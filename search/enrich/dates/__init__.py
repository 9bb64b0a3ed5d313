"""A text and its publication date → the dates that it speaks about."""

from dataclasses import replace
from datetime import date

from search.document import DateMention
from search.enrich.dates import absolute, foreign, relative
from search.enrich.dates.grammar import RULES, TRIGGER
from search.enrich.dates.reading import Reader
from search.enrich.dates.reference import Reference
from search.enrich.dates.timex import interval

READERS: dict[str, Reader] = absolute.READERS | relative.READERS | foreign.READERS
SINCE = "since "


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
            mentions.append(_since(text, mention, mentions[-1].end if mentions else 0))
    return mentions


def _mention(text: str, start: int, name: str, reference: Reference) -> DateMention | None:
    match = RULES[name].match(text, start)
    reading = READERS[name](match, reference) if match else None
    if match is None or reading is None:
        return None
    begin, until, granularity = interval(reading.value)
    return DateMention(start, match.end(), reading.type, reading.value, begin, until, granularity,
                       reading.confidence, reading.basis, name)


def _since(text: str, mention: DateMention, floor: int) -> DateMention:
    """The mention with a "since" before it taken in: its end is open."""
    start = mention.start - len(SINCE)
    if start < floor or text[start:mention.start].lower() != SINCE or text[start - 1:start].isalnum():
        return mention
    if mention.type != "DATE" or mention.rule == "reference":
        return mention
    return replace(mention, start=start, until=None)
