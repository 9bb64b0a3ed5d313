"""Records in shorthand: the commonest words of a segment's records, each with the space behind it, as one byte or two.

    "The ships of the port"  ──►  The 1 a0·07 2 3 ·p·o·r·t        (1: "The ", 2: "of ", 3: "the ")

A byte from 0x80 on is a word, or with the next byte one of many; what is no word of the table stands as it is, between
two zero bytes where it is not ASCII. What has zero bytes itself is kept plainly behind two of them. A compressor makes
less of the result, and sooner, than of the records; each record can be read by itself.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from search.engines.whoosh.arrays import Array, Numbers
from search.engines.whoosh.building import LETTERS, ONE_BYTE, SLOTS, BuildKernels, WordCodes, first_slot

MOST = ONE_BYTE + (0x80 - ONE_BYTE) * 256  # words
PLAINLY = b"\0\0"
BORDER = 1       # bytes of a word below which a code saves nothing


class Shorthand:
    """A table of words, the commonest first. Without any, it leaves records as they are."""

    def __init__(self, words: Sequence[bytes]) -> None:
        self.words = tuple(words)

    @classmethod
    def of(cls, records: Sequence[bytes], kernels: BuildKernels) -> "Shorthand":
        """The words that shorten such records most."""
        data = b"".join(records)
        ends = kernels.cut_words(data, _ends(records))
        counts = Counter(map(data.__getitem__, map(slice, np.append(0, ends[:-1]).tolist(), ends.tolist())))
        worth = [(count * (len(word) - 1.5), word) for word, count in counts.items()
                 if BORDER < len(word) <= LETTERS and count > 2 and 0 not in word]
        chosen = [word for _, word in sorted(worth, key=lambda item: (-item[0], item[1]))[:MOST]]
        return cls(sorted(chosen, key=lambda word: (-counts[word], word)))

    def shorten(self, records: Sequence[bytes], kernels: BuildKernels) -> list[bytes]:
        """Each record in shorthand."""
        if not self.words:
            return list(records)
        plain = {number for number, record in enumerate(records) if 0 in record}
        rest = [b"" if number in plain else record for number, record in enumerate(records)] if plain else records
        data, ends = kernels.shorten(b"".join(rest), _ends(rest), self._slots)
        bounds = [0, *ends.tolist()]
        return [PLAINLY + record if number in plain else data[bounds[number]:bounds[number + 1]]
                for number, record in enumerate(records)]

    def expand(self, record: bytes, kernels: BuildKernels) -> bytes:
        """The record that was shortened."""
        if not self.words:
            return record
        if record.startswith(PLAINLY):
            return record[len(PLAINLY):]
        return kernels.expand(record, self._codes)

    @cached_property
    def _codes(self) -> WordCodes:
        codes = [bytes((0x80 + number,)) if number < ONE_BYTE else bytes(
            (0x80 + ONE_BYTE + (number - ONE_BYTE >> 8), number - ONE_BYTE & 255)) for number in range(len(self.words))]
        sizes = np.fromiter(map(len, self.words), np.intp, len(self.words))
        return WordCodes(dict(zip(codes, self.words, strict=True)), self._letters, sizes)

    @cached_property
    def _letters(self) -> Array:
        """The bytes of each word as two numbers."""
        return np.array(self.words, f"S{LETTERS}").view("<u8").reshape(-1, 2)

    @cached_property
    def _slots(self) -> Array:
        """The words by their hashes: the bytes of each as two numbers, and its own from 1 on, 0 where there is none.

        A word stands in its first slot (see `first_slot`) or in the next one that was free.
        """
        slots = np.zeros((SLOTS, 3), np.uint64)
        letters = self._letters
        taken = bytearray(SLOTS)
        places = first_slot(letters[:, 0], letters[:, 1]).tolist()
        for number, place in enumerate(places):
            while taken[place]:
                place = (place + 1) % SLOTS  # noqa: PLW2901 - goes on from where the word belongs
            taken[place], places[number] = 1, place
        slots[places, :2], slots[places, 2] = letters, np.arange(1, len(places) + 1)
        return slots


def _ends(records: Sequence[bytes]) -> Numbers:
    return np.fromiter(map(len, records), np.intp, len(records)).cumsum()
