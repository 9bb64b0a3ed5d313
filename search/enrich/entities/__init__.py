"""A text → the people, organisations and places that it names, each under one name for all its spellings.

Rules and lists only: runs of capitalised words, the lists in `data/`, and what the rest of the text tells.
"""

import re

from search.document import NameMention, NameType
from search.enrich.entities.gazetteer import Gazetteer, gazetteer
from search.enrich.entities.resolve import Resolver
from search.enrich.entities.spot import Spot, Spotter
from search.enrich.entities.tokens import tokens

DATELINE = re.compile(r"^([A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,2})"
                      r"(?:, [A-Z][\w. ]{1,20})?(?: \([A-Z][\w .&/-]{1,30}\))?(?: ?[—–]| -{1,2} |:)", re.MULTILINE)
ARABIC_WORD = re.compile(r"(?<!\w)[\u0621-\u064a]+(?!\w)")


def names(text: str) -> list[tuple[int, int, NameType]]:
    """Start, end (exclusive) and type of each name in `text`, in order."""
    return [(mention.start, mention.end, mention.type) for mention in mentions(text)]


def mentions(text: str) -> tuple[NameMention, ...]:
    """The names in `text` in order, without overlaps, each with the name it is counted under."""
    lists = gazetteer()
    spots = _with_datelines(text, Spotter(tokens(text), lists).read())
    found = [*Resolver(text, spots, lists).mentions(), *_arabic(text, lists)]
    kept: list[NameMention] = []
    for mention in sorted(found, key=lambda mention: mention.start):
        if not kept or kept[-1].end <= mention.start:  # a word may mix the two scripts
            kept.append(mention)
    return tuple(kept)


def _with_datelines(text: str, spots: list[Spot]) -> list[Spot]:
    """The spots, with the places that open an article in capitals ("SULAIMANI — ") in their stead."""
    places = [Spot(*match.span(1), "LOC") for match in DATELINE.finditer(text)]
    if not places:
        return spots
    taken = {offset for place in places for offset in range(place.start, place.end)}
    kept = [spot for spot in spots if taken.isdisjoint(range(spot.start, spot.end))]
    return sorted([*kept, *places], key=lambda spot: spot.start)


def _arabic(text: str, lists: Gazetteer) -> list[NameMention]:
    """Known places in Arabic script, with or without "and", "in", "to" grown on."""
    found = []
    for match in ARABIC_WORD.finditer(text):
        word = match[0]
        cut = 0 if word in lists.arabic or word[0] not in "وبل" else 1
        if word[cut:] in lists.arabic:
            found.append(NameMention(match.start() + cut, match.end(), "LOC", lists.arabic[word[cut:]]))
    return found
