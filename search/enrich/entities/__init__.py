"""A text → the people, organisations and places that it names, each under one name for all its spellings.

A recogniser finds the names, sentence by sentence; `settle` makes them consistent within the text.
"""

import re

from search.document import NameMention, NameType
from search.enrich.entities.gazetteer import Gazetteer, gazetteer
from search.enrich.entities.recognizers import DEFAULT, Recognizer, recognizer
from search.enrich.entities.settle import settled

__all__ = ["DEFAULT", "Recognizer", "mentions", "names", "recognizer"]

ARABIC_WORD = re.compile(r"[\u0621-\u064a]+\b")


def names(text: str) -> list[tuple[int, int, NameType]]:
    """Start, end (exclusive) and type of each name in `text`, in order."""
    return [(mention.start, mention.end, mention.type) for mention in mentions(text)]


def mentions(text: str, by: Recognizer | None = None) -> tuple[NameMention, ...]:
    """The names in `text` in order, without overlaps, each with the name it is counted under.

    They are found `by` a recogniser, the built-in one if none is given.
    """
    lists = gazetteer()
    spans = next(iter((by or recognizer()).pipe([text])))
    found = [*settled(text, spans, lists), *_arabic(text, lists)]
    kept: list[NameMention] = []
    for mention in sorted(found, key=lambda mention: mention.start):
        if not kept or kept[-1].end <= mention.start:  # a word may mix the two scripts
            kept.append(mention)
    return tuple(kept)


def _arabic(text: str, lists: Gazetteer) -> list[NameMention]:
    """Known places in Arabic script, with or without "and", "in", "to" grown on."""
    found = []
    for match in ARABIC_WORD.finditer(text):
        word = match[0]
        if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] == "_"):
            continue
        cut = 0 if word in lists.arabic or word[0] not in "وبل" else 1
        if word[cut:] in lists.arabic:
            found.append(NameMention(match.start() + cut, match.end(), "LOC", lists.arabic[word[cut:]]))
    return found
