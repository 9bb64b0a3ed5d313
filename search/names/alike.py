"""Two names → whether they are likely one name in two spellings: the same consonants, and vowels that vary.

Transliterations differ in vowels, in doubled letters and in a few consonants ("Moammar Gadhafi", "Muammar al-Qaddafi").
Two people differ in less ("Karim" and "Karima", "Tim" and "Tom"), so the first vowel of every word and whether a word
ends in a vowel must be the same, and short words must be equal. Only people of two words or more are compared by sound;
organisations must be equal but for British and American spelling; places and single words never are alike.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from search.document import NameType
from search.names.fold import name_words

NUMERALS = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "xi", "xii"))
SHORT = 3  # letters up to which a word must be equal
BRITISH = (("programme", "program"), ("theatre", "theater"), ("centre", "center"), ("defence", "defense"),
           ("isation", "ization"), ("ise", "ize"), ("our", "or"))
LETTERS = tuple((re.compile(pattern), letters) for pattern, letters in (
    (r"^abd[aeu]l?|^abdou?l?", "abd"), (r"^ye", "e"), (r"(?<=[ao])w(?=[^aeiouy]|$)", "u"), (r"oe(?=[^aeiouy])", "o"),
    ("zh", "j"), ("kh|ck", "k"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("bh", "b"), ("ph", "f"), ("sh", "$"),
    ("ch", "%"), ("x", "ks"), ("w", "v"), (r"c(?=[eiy])", "s"), ("c", "k"), (r"h$", ""), (r"(?<!^)y", "i"),
    (r"(.)\1+", r"\1"),
))
VOWELS = tuple((re.compile(pattern), letters) for pattern, letters in (
    ("[ae]i+", "E"), ("ou|oo", "u"), ("ee", "i"), ("o", "u"), (r"i[aeiu]*i", "i"), (r"(.)\1+", r"\1"),
))
SOUND = re.compile(r"([aeiou]*)([^aeiou]?)")
WEAK = frozenset(("", "e", "i"))
OPEN = frozenset(("a", "e", "i", "E"))
FINAL = frozenset(("a", "e"))


class Sound(NamedTuple):
    """A word's consonants and the vowels before, between and after them; there is one vowel more."""

    consonants: str
    vowels: tuple[str, ...]


def alike(one: str, other: str, type_: NameType) -> bool:
    """Whether two names of a type are likely the same name in two spellings."""
    first, second = name_words(one, type_), name_words(other, type_)
    if first == second:
        return True
    if type_ == "LOC" or len(first) < 2 or len(second) < 2:
        return False
    if type_ == "ORG":
        return _american("-".join(first)) == _american("-".join(second))
    first, second = _joined(first), _joined(second)
    return len(first) == len(second) and all(map(_sounds_alike, first, second))


def skeleton(name: str, type_: NameType) -> str:
    """What all names that are alike share: a key to look for them under, coarser than being alike."""
    words = name_words(name, type_)
    if type_ != "PER":
        return _american("-".join(words))
    return "-".join(_sound(word).consonants.replace("q", "k").replace("g", "k") for word in _joined(words))


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with "Abdel" grown on to the one after it."""
    joined: list[str] = []
    for word in words:
        if joined and re.fullmatch("abd(?:[aeu]l|oul)?", joined[-1]):
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


def _american(text: str) -> str:
    for british, american in BRITISH:
        text = text.replace(british, american)
    return text


@lru_cache(maxsize=1 << 14)
def _sound(word: str) -> Sound:
    for pattern, letters in LETTERS:
        word = pattern.sub(letters, word)
    vowels, consonants = [], ""
    for match in SOUND.finditer(word):
        vowel = match[1]
        for pattern, letters in VOWELS:
            vowel = pattern.sub(letters, vowel)
        vowels.append(vowel)
        consonants += match[2]
        if match.end() == len(word):
            if match[2]:
                vowels.append("")
            break
    return Sound(consonants, tuple(vowels))


def _sounds_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = _sound(one), _sound(other)
    if one in NUMERALS or other in NUMERALS:
        return False
    if min(len(one), len(other)) <= SHORT or len(first.vowels) != len(second.vowels):
        return re.sub(r"(.)\1+", r"\1", one) == re.sub(r"(.)\1+", r"\1", other)
    return _same_consonants(first.consonants, second.consonants) and _same_vowels(first.vowels, second.vowels)


def _same_consonants(one: str, other: str) -> bool:
    """Whether consonants are the same, where q may be written k or g."""
    return len(one) == len(other) and all(a == b or {a, b} in ({"q", "k"}, {"q", "g"})
                                          for a, b in zip(one, other, strict=True))


def _same_vowels(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first vowels are the same, the last ones too (a and e are), and those between vary as they may."""
    pairs = list(zip(one, other, strict=True))
    strict = next((at for at, pair in enumerate(pairs) if any(pair)), 0)
    for at, (a, b) in enumerate(pairs):
        last = at == len(pairs) - 1
        if a == b or (last and at != strict and a[:-1] == b[:-1] and {a[-1:], b[-1:]} <= FINAL):
            continue
        if last or at == strict or not ({a, b} <= OPEN or {a, b} <= WEAK):
            return False
    return True
