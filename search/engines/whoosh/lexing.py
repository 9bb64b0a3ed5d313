"""From texts to numbers of token types: a type is a pair of a stemmed and an exact term, whatever the language.

    "The group’s men, the men"  ──pieces──►  The  group’s  men,  the  men  ──►  0 1 2 0 2
                                                                                └─► stems, folds

No word depends on what is beyond white space, so that a piece of a text is analysed when it is first seen and looked up
from then on. What the words of a piece are says `search.analysis` alone. The compiled twin, in `pieces`, cuts finer.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate
from sys import byteorder
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from search.analysis import SNOWBALL, WORD, fold, plain, stem

Numbers = npt.NDArray[np.int32]
Packed = bytes  # the types of the words of a piece, as the bytes of `Numbers`

TYPE = np.dtype(np.int32).itemsize
REMEMBERED = 1 << 18  # pieces that came of late, and as many that came before them
LONG = 32             # characters; a longer piece is not likely to come again: no spaces between its words, perhaps


class Numbered(NamedTuple):
    """The types of the words of several texts in a row, and for each text how many there are up to its end."""

    types: Numbers
    ends: npt.NDArray[np.int64]


class Lexer(Protocol):
    """Numbers the words of texts of one language."""

    def of_texts(self, texts: Sequence[str]) -> Numbered:
        """The types of the words of texts, in order."""


class Types:
    """The token types of the texts that were asked for, numbered from 0 as they came. Not for two threads at a time.

    `stems` and `folds` are their terms, by number: what `analysis.stem` and `analysis.fold` make of a word. `compiled`
    asks for the faster twin, which needs numba. Both give equal types to equal words, if not the same numbers.
    """

    def __init__(self, *, compiled: bool = False) -> None:
        self.stems: list[str] = []
        self.folds: list[str] = []
        self._compiled = compiled
        self._numbers: dict[tuple[str, str], int] = {}
        self._lexers: dict[str | None, Lexer] = {}

    def numbers(self, text: str, language: str) -> Numbers:
        """The type of each word of a text in the language of a two-letter code, in order."""
        return self.of_texts((text,), language).types

    def of_texts(self, texts: Sequence[str], language: str) -> Numbered:
        """The types of the words of several texts at once, which is faster if they are short."""
        algorithm = SNOWBALL.get(language)
        if algorithm not in self._lexers:
            self._lexers[algorithm] = self._lexer(language)
        return self._lexers[algorithm].of_texts(texts)

    def _lexer(self, language: str) -> Lexer:
        words = _Words(self._number, language)
        if not self._compiled:
            return _Plain(words.of)
        from search.engines.whoosh.pieces import PieceTable  # noqa: PLC0415 - numba may be missing
        return PieceTable(words.of)

    def _number(self, stemmed: str, folded: str) -> int:
        number = self._numbers.setdefault((stemmed, folded), len(self.folds))
        if number == len(self.folds):
            self.stems.append(stemmed)
            self.folds.append(folded)
        return number


class _Words(dict[str, Packed]):
    """What `WORD` matches → its type, in one language."""

    def __init__(self, number: Callable[[str, str], int], language: str) -> None:
        super().__init__()
        self._number, self._language = number, language

    def __missing__(self, raw: str) -> Packed:
        word = plain(raw)
        number = self._number(stem(word, self._language), fold(word))
        packed = self[raw] = number.to_bytes(TYPE, byteorder)
        return packed

    def of(self, piece: str) -> Packed:
        """The types of the words of a piece."""
        return b"".join(map(self.__getitem__, WORD.findall(piece)))


class _Plain(dict[str, Packed]):
    """The lexer in plain Python. When it has too many pieces, it forgets those that did not come of late."""

    def __init__(self, words: Callable[[str], Packed]) -> None:
        super().__init__()
        self._words = words
        self._older: dict[str, Packed] = {}

    def __missing__(self, piece: str) -> Packed:
        packed = self._older.get(piece)
        if packed is None:
            packed = self._words(piece)
        if len(self) == REMEMBERED:
            self._older = dict(self)
            self.clear()
        if len(piece) <= LONG:
            self[piece] = packed
        return packed

    def of_texts(self, texts: Sequence[str]) -> Numbered:
        packed = [b"".join(map(self.__getitem__, text.split())) for text in texts]
        ends = np.fromiter(accumulate(map(len, packed)), np.int64, len(texts)) // TYPE
        return Numbered(np.frombuffer(bytearray().join(packed), np.int32), ends)
