"""A word → its attributes: what it is, how it is written, which lists and clusters it is in.

An attribute speaks of one word alone. What a word adds to the scores of its neighbours can therefore be added up once
for each word, and a text is tagged by looking numbers up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ABBREVIATIONS = frozenset((  # "Mr" is "Mr."
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Lt", "Col", "Sgt", "Capt", "Maj", "Brig", "Adm", "Sen", "Rep", "Gov",
    "Rev", "Hon", "St", "Jr", "Sr", "Inc", "Corp", "Ltd", "Co"))
BEFORE, AFTER = "<s>", "</s>"  # what stands before and after a sentence
DIGIT = re.compile(r"\d")
NO_CLUSTER = -1
NO_CASE = 255
FLAGS = ("given", "family", "city", "town", "part of a place", "country", "part of a country", "title", "body", "site",
         "opener", "plain", "people", "known place", "known body", "particle", "event", "part of a body")
MARKS = {"“": "q", "”": "q", '"': "q", "‘": "q", "'": "q", "’": "q", ",": ",", ".": ".", "(": "(", ")": ")", "-": "-",
         "—": "-", "–": "-", ":": ":", "'s": "s", "’s": "s", "’ s": "s", "' s": "s", "&": "&", "/": "/"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of words before any text: `index` maps a word to its row.

    `clusters` has a column for each size, fine to coarse; `cases` how often the word (in lower case) has a capital,
    0 to 4; `flags` one bit for each of FLAGS, for words in lower case.
    """

    index: Mapping[str, int]
    clusters: NDArray[np.int16]
    cases: NDArray[np.uint8]
    flags: NDArray[np.uint32]


def attributes(word: str, lexicon: Lexicon) -> list[str]:
    """The attributes of a word, each a letter and a value."""
    if word in (BEFORE, AFTER):
        return [word]
    if word in ABBREVIATIONS:
        word += "."
    lower = DIGIT.sub("0", word.lower())
    capital = word[0].isupper()
    row, plain = lexicon.index.get(word), lexicon.index.get(lower)
    found = [f"w{lower}", f"c{written(word)}", *_clusters(row, plain, lexicon, capital)]
    if plain is not None:
        found += _listed(plain, lexicon, capital)
    found.append(f"s{shape(word)}")
    return found + spelling(lower)


def _clusters(row: int | None, plain: int | None, lexicon: Lexicon, capital: bool) -> list[str]:
    found = []
    if row is not None and lexicon.clusters[row, 0] != NO_CLUSTER:
        fine, middle, coarse = lexicon.clusters[row].tolist()
        found += [f"k{fine}", f"m{middle}", f"q{coarse}"]
    else:
        found.append("k-")
    if capital and plain is not None and lexicon.clusters[plain, 0] != NO_CLUSTER:
        _, middle, coarse = lexicon.clusters[plain].tolist()
        found += [f"M{middle}", f"Q{coarse}"]
    return found


def _listed(plain: int, lexicon: Lexicon, capital: bool) -> list[str]:
    mark = "L" if capital else "l"
    flags = int(lexicon.flags[plain])
    found = [f"{mark}{bit}" for bit in range(len(FLAGS)) if flags >> bit & 1] if flags else []
    case = int(lexicon.cases[plain])
    if case != NO_CASE:
        found.append(f"u{mark}{case}")
    return found


def spelling(lower: str) -> list[str]:
    """Beginnings and endings of a word in lower case."""
    length = len(lower)
    found = [f"p{lower[:size]}" for size in (2, 3, 4) if length > size]
    found += [f"z{lower[-size:]}" for size in (1, 2, 3, 4) if length > size]
    if "-" in lower:
        head, _, tail = lower.rpartition("-")
        found += ["h", f"y{tail}", f"x{head}"]
    return found


def written(word: str) -> str:
    """One letter for how a word is written."""
    first = word[0]
    if first.isupper():
        if len(word) == 1:
            return "C"
        if word.isupper():
            return "U" if "." in word else "A"
        if word[-1] == ".":
            return "T"
        return "H" if "-" in word else "I"
    if first.isdigit():
        return "D"
    if first.isalpha():
        return "l" if word.islower() else "h"
    return MARKS.get(word, "o")


def shape(word: str) -> str:
    """The run of kinds of letters, each named once: "Xx-Xx" of "Al-Qaisi"."""
    if word.isascii() and word.isalpha():
        if word.islower():
            return "x"
        if word[1:].islower() and word[0].isupper():
            return "Xx"
    found: list[str] = []
    for letter in word[:24]:
        mark = "X" if letter.isupper() else "x" if letter.islower() else "0" if letter.isdigit() else letter
        if not found or found[-1] != mark:
            found.append(mark)
    return "".join(found[:8])
