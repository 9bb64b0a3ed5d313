"""From text to the terms that are indexed and searched: words, their folded form, and their stem in a language.

    text ──words()──► Word("géants", 4, 10, 1) ──fold──► "geants"    the exact term
                                               └─stem──► "geant"     the term that all its inflected forms share

Folding drops case, accents and vowel signs. Stemming is Snowball's, for the languages that it has; elsewhere a word's
stem is its folded form. No word is dropped for being common: "WHO" and "The The" can be found.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0903\u093a-\u094f"
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
APOSTROPHES = "'’ʼ"
LINKS = rf".,{APOSTROPHES}"
WORD = re.compile(
    r"\d+(?:[.,]\d+)+"                                       # 1,315 and 2.5
    rf"|(?<!\w)[^\W\d_{CJK}](?:\.[^\W\d_{CJK}])+(?!\w)"      # U.S
    rf"|[{CJK}]"                                             # no spaces between words: each character is one
    rf"|(?:[^\W_{CJK}]|[{MARKS}])+"
    rf"(?:[{APOSTROPHES}][sS](?!\w))?"                       # the group's
)
# Where a text may be cut, each part to be taken for itself: no word has a separator, none begins or ends with a link.
SEPARATOR = re.compile(rf"[^\w{MARKS}{CJK}{LINKS}]")
LINK = re.compile(rf"(?!\w)[{LINKS}]")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}][sS]\Z")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ـ": None,
                         "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})
LONGEST = 64  # characters of a word that are kept; longer ones are no words
GAP = 100     # positions between two values of a field, so that no phrase spans them

_stemming = threading.Lock()  # a Stemmer is not safe to share between threads


class Word(NamedTuple):
    """A word of a text: in lower case with its accents, where it stands (end exclusive), and its number."""

    text: str
    start: int
    end: int
    position: int


def words(text: str) -> Iterator[Word]:
    """The words of a text, in order. Linear in its length."""
    for position, match in enumerate(WORD.finditer(text)):
        yield Word(plain(match.group()), match.start(), match.end(), position)


@lru_cache(maxsize=1 << 17)
def plain(raw: str) -> str:
    """What `WORD` matched as a word: in lower case with its accents, without what it has of figures and possessives."""
    if "." in raw or "," in raw:
        raw = raw.replace(",", "") if THOUSANDS.fullmatch(raw) else raw if raw[0].isdigit() else raw.replace(".", "")
    return unicodedata.normalize("NFC", POSSESSIVE.sub("", raw).casefold())[:LONGEST]


def split(text: str) -> list[str]:
    """The words of a text in lower case with their accents, as a query's words are taken."""
    return [word.text for word in words(text)]


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """A word without case, accents and vowel signs: the exact term. Of signs alone, the word itself."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(LETTERS) or word


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """The term that all inflected forms of a word share, in the language of a two-letter code."""
    algorithm = SNOWBALL.get(language)
    if algorithm is None:
        return fold(word)
    with _stemming:
        return fold(_stemmer(algorithm).stemWord(word) or word)


@lru_cache
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm, 0)  # no cache of its own: `stem` has one


def stems(word: str, languages: Iterable[str]) -> frozenset[str]:
    """The terms under which a query's word may stand in articles of these languages."""
    return frozenset(stem(word.casefold(), language) for language in languages) or frozenset((fold(word),))


class Term(NamedTuple):
    """A term of a field and the position at which it stands."""

    text: str
    position: int


def exact_terms(values: Iterable[str]) -> list[Term]:
    """The folded words of a field's values, a gap between values."""
    return [Term(fold(word.text), word.position + offset) for offset, word in _placed(values)]


def stemmed_terms(values: Iterable[str], language: str) -> list[Term]:
    """The stems of the words of a field's values, a gap between values."""
    return [Term(stem(word.text, language), word.position + offset) for offset, word in _placed(values)]


def _placed(values: Iterable[str]) -> Iterator[tuple[int, Word]]:
    offset = 0
    for value in values:
        last = 0
        for word in words(value):
            yield offset, word
            last = word.position
        offset += last + GAP


def fingerprint() -> str:
    """What an index must have been analysed by to be searched with this module."""
    return f"1/snowball-{Stemmer.version()}/unicode-{unicodedata.unidata_version}"
