"""Spots of one text → spans: lone words are typed by the rest of the text, or dropped."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from search.document import NameType
from search.enrich.entities.gazetteer import Gazetteer
from search.enrich.entities.rules.spot import Spot
from search.enrich.entities.spans import Span

PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|outside|around|across|toward|towards|via|southern|northern|eastern|"
                          r"western|central|downtown|city of|town of|village of|province of|district of)[ \n]$")
PERSON_AFTER = re.compile(r"(?:[ ,]{1,2}(?:also|has|had|later))?[ ,]{1,2}(?:said|says|told|added|was born|who|tweeted|"
                          r"wrote|explained|argued|insisted|scored)|, \d\d,")


def typed(text: str, spots: Sequence[Spot], lists: Gazetteer) -> list[Span]:
    """The spots that have a type, or whose word has one elsewhere in the text."""
    votes = _votes(text, spots)
    people = {part for spot in spots if spot.type == "PER" for part in text[spot.start:spot.end].split()[-1:]}
    found = []
    for spot in spots:
        word = text[spot.start:spot.end]
        if kind := spot.type or _kind(word, votes, people, lists):
            found.append(Span(spot.start, spot.end, kind))
    return found


def _votes(text: str, spots: Sequence[Spot]) -> dict[str, NameType]:
    """Lone words → the type that most of their places in the text speak for."""
    votes: defaultdict[str, Counter[NameType]] = defaultdict(Counter)
    for spot in spots:
        name = text[spot.start:spot.end]
        if spot.type is None:
            if PLACE_BEFORE.search(text, max(0, spot.start - 14), spot.start):
                votes[name]["LOC"] += 1
            elif PERSON_AFTER.match(text, spot.end):
                votes[name]["PER"] += 1
        elif " " not in name:
            votes[name][spot.type] += 2
    return {name: counter.most_common(1)[0][0] for name, counter in votes.items()}


def _kind(word: str, votes: dict[str, NameType], people: set[str], lists: Gazetteer) -> NameType | None:
    """The type of a lone word."""
    if word in people:
        return "PER"
    return votes.get(word, "PER" if word in lists.given_names else None)
