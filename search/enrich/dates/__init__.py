"""A text and its publication date → the dates that it speaks about."""

from dataclasses import replace
from datetime import date

from search.article import Published
from search.document import CONTRADICTED_RULE, SINCE_RULE, DateMention
from search.enrich.dates.elsewhere import full_dates
from search.enrich.dates.language import Rule
from search.enrich.dates.ranges import reaching
from search.enrich.dates.reading import Found, Reading
from search.enrich.dates.reference import Reference
from search.enrich.dates.scanning import scan
from search.enrich.dates.timex import interval

SINCE = 16  # characters before a mention in which "since" stands


def tag(text: str, published: str | date | Published | None) -> list[DateMention]:
    """The date expressions of `text` in order, without overlaps.

    `published` is an ISO date cut to what is known, a day, or all that is known of it. Without it, what counts from
    the publication is still found, with an X for each digit of its TIMEX3 value that is not known, and without days.
    Raises InvalidRecord for a publication date that is none.
    """
    mentions: list[DateMention] = []
    for found, reading, rule in scan(text, Reference.of(published)):
        mention = _mention(found, reading, rule, mentions[-1].end if mentions else 0)
        if mentions:
            mentions[-1] = reaching(mentions[-1], mention, found.context.folded, found.language)
        mentions.append(mention)
    return full_dates(text, mentions)


def _mention(found: Found, reading: Reading, rule: Rule, floor: int) -> DateMention:
    """A reading in its place, with a "since" before it taken in."""
    start = found.start if reading.start is None else reading.start
    begin, until, granularity = interval(reading.value)
    mention = DateMention(start, found.match.end(), reading.type, reading.value, begin, until, granularity,
                          round(reading.confidence, 3), reading.basis,
                          rule.name + (CONTRADICTED_RULE if reading.contradicted else ""))
    since = found.language.before["since"].search(found.context.folded, max(floor, start - SINCE), start)
    if since is None or mention.type != "DATE" or mention.value.endswith("_REF"):
        return mention
    return replace(mention, start=since.start(), until=_until(mention, found.reference), rule=SINCE_RULE)


def _until(mention: DateMention, reference: Reference) -> date | None:
    """When a time that begins with the mention ends: with the publication, open where that is unknown."""
    until = reference.until
    if mention.begin is None or (until and until <= mention.begin):  # no start of a time up to the publication
        return mention.until
    return until
