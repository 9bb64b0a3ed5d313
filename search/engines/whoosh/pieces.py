"""From texts to the types of their words, compiled: the twin of the plain lexer in `lexing`. It needs numba.

    "The group’s men," ──cut──► The  group’s  men ──look_up──► 0 1 2 ──spell──► the types of their words

A text is cut where no word is and none looks across, as the expressions of `analysis` tell. A table knows every piece
that was seen by its bytes in UTF-8; those that are new are analysed by Python once a call's texts have been cut.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from search.analysis import CJK, LINK, SEPARATOR
from search.engines.whoosh.lexing import TYPE, Numbered, Packed

Array = npt.NDArray[Any]

# What a character is: in no piece; in a piece; in a piece if what is beside it is, on both sides; in a piece, but cut
# off from its like. The odd ones are in pieces whatever is beside them.
APART, PART, LINKING, ALONE = range(4)
SEVERAL = 4      # what a byte is that begins a character of several
BASIC = 0x10000  # characters from here on are taken for parts of pieces: a cut less is never wrong
EIGHT = 8        # bytes that are read at a time, the first of them as the lowest; zeros fill up the last of a piece
LONG = -1 << 56  # marks the key of a piece of more than eight bytes, by a last byte that UTF-8 does not have
MULTIPLIER = 0x2545F4914F6CDD1D  # odd, its bits well mixed
ALL = 0xFFFFFFFFFFFFFFFF
U = np.uint64    # of an unsigned place, compiled code does not ask whether it counts from the end

fast = njit(nogil=True, cache=True)


@cache
def kinds() -> Array:
    """What each character of the basic plane is, and behind them what all others are."""
    characters = "".join(map(chr, range(BASIC)))
    table = np.full(BASIC + 1, PART, np.int8)
    for pattern, kind in ((SEPARATOR.pattern, APART), (LINK.pattern, LINKING), (f"[{CJK}]", ALONE)):
        for run in re.finditer(f"(?:{pattern})+", characters):
            table[run.start():run.end()] = kind
    return table


@cache
def byte_kinds() -> Array:
    """What each byte is that can begin a character."""
    return np.append(kinds()[:0x80], np.full(0x80, SEVERAL, np.int8))


class PieceTable:
    """The pieces that were seen in texts of one language, numbered from 0 as they came, and the types of their words.

    `words` gives the types of the words of a piece. What is kept of piece n lies between two bounds, n and n + 1.
    """

    def __init__(self, words: Callable[[str], Packed]) -> None:
        self._words = words
        self._known = self._learnt = 0
        self._slots = np.full((1 << 10, 2), -1, np.int64)  # a key and its piece; half of them stay empty
        self._eights, self._eight_bounds = np.empty(1 << 10, np.int64), np.zeros((1 << 9) + 1, np.int64)
        self._types, self._type_bounds = np.empty(1 << 10, np.int32), np.zeros((1 << 9) + 1, np.int64)

    def of_texts(self, texts: Sequence[str]) -> Numbered:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        stops = np.fromiter(accumulate(map(len, encoded)), np.int64, len(texts))
        size = sum(map(len, encoded))
        data = np.ndarray(size, "<i8", b"".join((*encoded, bytes(EIGHT))), strides=1)
        pieces, ends = np.empty((size // 2 + len(texts) + 1, 2), np.int64), np.empty(len(texts), np.int64)
        self._look_up(data, pieces, cut(data, stops, byte_kinds(), kinds(), pieces, ends))
        types = np.empty(size, np.int32)  # a word has a byte at least
        return Numbered(types[:spell(pieces, ends, self._types, self._type_bounds, types)].copy(), ends)

    def _look_up(self, data: Array, pieces: Array, count: int) -> None:
        done = 0
        while True:
            done, self._known = look_up(data, pieces, done, count, self._slots, self._eights, self._eight_bounds,
                                        self._known)
            if done == count:
                break
            self._grow()
        if self._learnt < self._known:
            self._learn()

    def _grow(self) -> None:
        if 2 * self._known < len(self._slots):
            self._eights = _doubled(self._eights)
            return
        slots = np.full((2 * len(self._slots), 2), -1, np.int64)
        move(self._slots, slots)
        self._slots = slots
        self._eight_bounds, self._type_bounds = _doubled(self._eight_bounds), _doubled(self._type_bounds)

    def _learn(self) -> None:
        bounds = self._eight_bounds[self._learnt:self._known + 1].tolist()
        packed = [self._words(self._eights[first:last].tobytes().rstrip(b"\0").decode())
                  for first, last in pairwise(bounds)]
        learnt, first = slice(self._learnt + 1, self._known + 1), self._type_bounds[self._learnt]
        self._type_bounds[learnt] = first + np.cumsum([len(each) // TYPE for each in packed])
        last = self._type_bounds[self._known]
        while last > len(self._types):
            self._types = _doubled(self._types)
        self._types[first:last] = np.frombuffer(b"".join(packed), np.int32)
        self._learnt = self._known


def _doubled(array: Array) -> Array:
    return np.concatenate((array, np.empty_like(array)))


@fast
def cut(data: Array, stops: Array, byte_kind: Array, kind_of: Array, pieces: Array, ends: Array) -> int:
    """Finds where the pieces of texts begin and end; gives their number.

    Each text ends at one of `stops`; `ends` becomes how many pieces there are up to there. `data` are the eight bytes
    from each place on. Places are written down at every character and count where a piece begins or ends, as a branch
    that cannot be foreseen takes longer.
    """
    begun = ended = place = 0
    for text in range(len(stops)):
        stop = stops[text]
        before, alone = 0, -1  # whether the last character is in a piece; where the last one ends that stands alone
        while place < stop:
            here = data[U(place)]
            kind, width, anew = byte_kind[here & 0xFF], 1, 0
            if kind > PART:
                width = width_of(here)
                kind = kind_of[code_point(here)]
                if kind == LINKING:
                    after = place + width
                    kind = before & kind_of[code_point(data[after])] if after < stop else APART
                elif kind == ALONE:
                    anew = 1 if place == alone else 0
                    kind, alone = PART, place + width
            pieces[U(begun), 0] = place
            begun += kind & (1 - before | anew)
            pieces[U(ended), 1] = place
            ended += before & (1 - kind | anew)
            before = kind
            place += width
        pieces[ended, 1] = stop
        ended += before
        ends[text] = ended
    return ended


@fast
def width_of(data: int) -> int:
    """How many bytes the character has with which these eight begin."""
    first = data & 0xFF
    return 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4


@fast
def code_point(data: int) -> int:
    """The character with which these eight bytes begin; BASIC if it is above."""
    first, second, third = data & 0xFF, data >> 8 & 0x3F, data >> 16 & 0x3F
    if first < 0x80:
        return first
    if first < 0xE0:
        return (first & 0x1F) << 6 | second
    return (first & 0x0F) << 12 | second << 6 | third if first < 0xF0 else BASIC


@fast
def look_up(data: Array, pieces: Array, done: int, count: int, slots: Array, eights: Array, bounds: Array, known: int,
            ) -> tuple[int, int]:
    """Puts the number of each piece where its beginning stood, from `done` on; adds those that are new to the table.

    Stops early where there is no room for one. Gives how many are done and how many are known.
    """
    for n in range(done, count):
        begin, size = pieces[n, 0], pieces[n, 1] - pieces[n, 0]
        whole = (size - 1) // EIGHT  # eights before the last
        last = data[U(begin + EIGHT * whole)] & np.int64(U(ALL) >> U(8 * (EIGHT * (whole + 1) - size)))
        key = last
        if whole:
            for i in range(whole):
                key = mixed(key ^ data[U(begin + EIGHT * i)])
            key = mixed(key) | LONG
        slot = mixed(key) & (len(slots) - 1)
        while slots[U(slot), 1] >= 0:
            if slots[U(slot), 0] == key:
                if not whole:
                    break
                first = bounds[slots[slot, 1]]
                equal = bounds[slots[slot, 1] + 1] - first == whole + 1 and eights[first + whole] == last
                for i in range(whole):
                    equal = equal and eights[first + i] == data[begin + EIGHT * i]
                if equal:
                    break
            slot = (slot + 1) & (len(slots) - 1)
        if slots[slot, 1] < 0:
            first, end = bounds[known], bounds[known] + whole + 1
            if 2 * known == len(slots) or end > len(eights):
                return n, known
            for i in range(whole):
                eights[first + i] = data[begin + EIGHT * i]
            eights[end - 1] = last
            slots[slot, 0], slots[slot, 1], bounds[known + 1] = key, known, end
            known += 1
        pieces[n, 0] = slots[slot, 1]
    return count, known


@fast
def mixed(bits: int) -> int:
    """A hash of bits: each of them changes many, low ones too."""
    bits = (bits ^ bits >> 32) * MULTIPLIER
    return bits ^ bits >> 32


@fast
def move(slots: Array, roomier: Array) -> None:
    """Enters all pieces of a table in a larger one, which is empty."""
    for old in range(len(slots)):
        if slots[old, 1] >= 0:
            slot = mixed(slots[old, 0]) & (len(roomier) - 1)
            while roomier[slot, 1] >= 0:
                slot = (slot + 1) & (len(roomier) - 1)
            roomier[slot, 0], roomier[slot, 1] = slots[old, 0], slots[old, 1]


@fast
def spell(pieces: Array, ends: Array, types_of: Array, bounds: Array, types: Array) -> int:
    """Writes down the types of the words of pieces and gives their number; `ends` becomes how many end each text."""
    count = first = 0
    for text in range(len(ends)):
        for n in range(first, ends[text]):
            piece = pieces[n, 0]
            for place in range(bounds[piece], bounds[piece + 1]):
                types[U(count)] = types_of[U(place)]
                count += 1
        first, ends[text] = ends[text], count
    return count
