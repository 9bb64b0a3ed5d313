"""A text → its date expressions in order, each with what it was read as."""

import re
from collections.abc import Iterator

from search.enrich.dates import clock, counts, days, named, periods, quarters
from search.enrich.dates.finding import grammar, places
from search.enrich.dates.folding import fold
from search.enrich.dates.language import Language, Rule, spoken
from search.enrich.dates.reading import Builder, Context, Found, Reading
from search.enrich.dates.reference import Reference

Match = tuple[re.Match[str], Language, Rule]
BUILDERS: dict[str, Builder] = (days.BUILDERS | clock.BUILDERS | periods.BUILDERS | quarters.BUILDERS | counts.BUILDERS
                                | named.BUILDERS)
grammar(("en",))  # read with the package, so that no article waits for it; the others are read when one needs them


def scan(text: str, reference: Reference) -> Iterator[tuple[Found, Reading, Rule]]:
    """The expressions of `text`, without overlaps; at each place the longest that has a reading."""
    folded = fold(text)
    context = Context(text, folded, reference)
    end = 0
    for start, rules in places(folded, grammar(spoken(folded))):
        if start < end:
            continue
        matches = [(match, language, rule) for language, rule in rules if (match := rule.pattern.match(folded, start))]
        matches.sort(key=lambda each: -each[0].end())
        refused = _refused(matches, context) if len({language.code for _, language, _ in matches}) > 1 else ()
        for match, language, rule in matches:
            found = Found(match, language, context)
            reading = _read(found, rule) if rule.name not in refused else None
            if reading is not None:
                yield found, reading, rule
                context.note(reading.value, reading.basis, match.end())
            if reading is not None or rule.build == "day":  # a day that no calendar has is not the month in it either
                end = match.end()
                break


def _refused(matches: list[Match], context: Context) -> set[str]:
    """The rules that see no date in one language; where nothing tells which it is, they see none in another either."""
    return {rule.name for match, language, rule in matches if _read(Found(match, language, context), rule) is None}


def _read(found: Found, rule: Rule) -> Reading | None:
    """What a match means; None for what only looks like a date, and for a time before Christ."""
    names = found.language.words["capital"]  # months and weekdays that are other words without a capital letter
    if any(found[group] in names and not found.original(group)[0].isupper() for group in ("m", "wd")):
        return None
    return None if found.follows("before_christ") else BUILDERS[rule.build](found)
