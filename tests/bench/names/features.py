"""Words → the rows of weights that each adds up at each place, for the labels and for the hidden units.

Attributes that many words share count at all places, rarer ones only nearby or for the word itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.attributes import AFTER, BEFORE, Lexicon, attributes
from search.enrich.entities.tagger.model import CENTRE, PLACES, SENTENCE
from search.enrich.entities.tagger.tagging import WRITTEN

FIRST = (BEFORE, AFTER, *WRITTEN)  # the numbers that the learner counts on
EVERYWHERE, NEARBY = "wckmqLl", "suMQ"  # by the letter that an attribute begins with
LINEAR_FROM, HIDDEN_FROM = 4, 12  # words of the training texts from which an attribute has a row
SENTENCES = 100  # as often as these ways of writing count, so that they always have rows


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of word w at place p are rows[begins[p * words + w]] to the next begin; `keys` has each row's
    attribute * PLACES + place."""

    begins: NDArray[np.int64]
    rows: NDArray[np.int32]
    keys: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Features:
    """The attributes, and tables of the rows that the labels and the hidden units have."""

    attributes: dict[str, int]
    linear: Table
    hidden: Table


def features(words: Sequence[str], running: NDArray[np.int32], lexicon: Lexicon) -> Features:
    """The features of words, of which the first are FIRST, that stand in `running` text."""
    names: dict[str, int] = {}
    of_words = [[names.setdefault(name, len(names)) for name in _attributes(word, at, lexicon)]
                for at, word in enumerate(words)]
    times = np.bincount(running, minlength=len(words))
    times[:len(FIRST)] = SENTENCES
    counts = np.zeros(len(names), np.int64)
    for found, often in zip(of_words, times.tolist(), strict=True):
        counts[found] += often
    return Features(names, _table(names, of_words, counts >= LINEAR_FROM),
                    _table(names, of_words, counts >= HIDDEN_FROM))


def _attributes(word: str, at: int, lexicon: Lexicon) -> list[str]:
    if at < len(FIRST) or word.isspace():
        return [word] if at < len(FIRST) else []
    return attributes(word.replace(" ", ""), lexicon)


def _counts_at(name: str, place: int) -> bool:
    if name in FIRST:
        return (name in WRITTEN) == (place == SENTENCE)
    if place == SENTENCE or name[0] in EVERYWHERE:
        return place != SENTENCE
    distance = abs(place - CENTRE)
    ending = name[0] == "z" and len(name) in {3, 4}
    return distance == 0 or (distance == 1 and (name[0] in NEARBY or ending))


def _table(names: dict[str, int], of_words: Sequence[Sequence[int]], often: NDArray[np.bool_]) -> Table:
    keys: dict[int, int] = {}
    rows: list[int] = []
    begins = [0]
    for place in range(PLACES):
        counting = [bool(often[number]) and _counts_at(name, place) for name, number in names.items()]
        for found in of_words:
            rows += [keys.setdefault(number * PLACES + place, len(keys)) for number in found if counting[number]]
            begins.append(len(rows))
    return Table(np.array(begins, np.int64), np.array(rows, np.int32), np.array(list(keys), np.int64))
