"""The loops that build an inverted index, in NumPy. `compiled_building.py` has the same ones in machine code."""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array, Numbers
from search.engines.whoosh.packing import runs

# A difference is cut in two where that saves bits; each width is so many low bits and so many high ones, by its code.
PARTS = np.array([(1, 0), (2, 0), (2, 1), (4, 0), (4, 1), (4, 2), (8, 0), (8, 1), (8, 2), (8, 4), (16, 0), (16, 2),
                  (16, 4), (16, 8), (32, 0)])
PLACE_WIDTHS = 11  # how many of these a term's places may have: 16 bits at most
ESCAPED = 64       # bits that a place takes that does not fit
NEEDED = np.frexp(np.arange(1.0, (1 << 16) + 1))[1].astype(np.uint8)  # bits of a number if ones alone are kept free
WIDE = 1 << PARTS.sum(axis=1)[:-1]  # differences from here on take the next width
ONE_BYTE = 32  # words of a table whose code is one byte
LETTERS = 16   # bytes of the longest word of a table
SPACE = ord(" ")
QUOTE = 0xE2   # the first of three bytes of what is mostly no letter: quotation marks, dashes
WORD_BYTES = np.array([byte >= 0x80 or chr(byte).isalnum() for byte in range(256)])
PIECE = re.compile(rb"[\x80-\x9f]|[\xa0-\xff].|\0[^\0]*\0|[\x01-\x7f]+", re.DOTALL)  # of a record in shorthand
SLOT_BITS = 16
SLOTS = 1 << SLOT_BITS  # of a table of words
MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)  # odd, their bits well mixed

LOWEST = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)  # bytes of a number, by how many


class Values(NamedTuple):
    """The values of a field: where the words of each end among all, its article, the place of its first word."""

    ends: Numbers
    articles: Numbers
    begins: Numbers


class Occurrences(NamedTuple):
    """Words of a field: the term, the article, the place and the form's code of each."""

    term: Array
    doc: Array
    place: Array
    code: Array

    def sorted(self) -> "Occurrences":
        """The same in the order of term, article and place."""
        bits = [int(column.max(initial=0)).bit_length() for column in self]
        if sum(bits) > 63:
            order = np.lexsort((self.place, self.doc, self.term))
            return Occurrences(*(column[order] for column in self))
        _, doc, place, code = bits
        key = self.term.astype(np.int64)
        for width, column in ((doc, self.doc), (place, self.place), (code, self.code)):
            key <<= width
            key |= column
        key.sort()
        return Occurrences(key >> doc + place + code, key >> place + code & (1 << doc) - 1,
                           key >> code & (1 << place) - 1, key & (1 << code) - 1)


class Inverted(NamedTuple):
    """Postings of consecutive terms, sorted by term, article and place.

    `df` counts the articles of each term; `docs` and `tf` are by posting, `places` and `codes` by occurrence.
    """

    df: Array
    docs: Array
    tf: Array
    places: Array
    codes: Array


class Packed(NamedTuple):
    """Bytes, and where each item begins in them."""

    at: Array
    data: NDArray[np.uint8]


class WordCodes(NamedTuple):
    """The words of a table by their codes; and by their numbers, their bytes as two numbers, and how many these are."""

    by_code: dict[bytes, bytes]
    letters: NDArray[np.uint64]
    sizes: Numbers


def first_slot(low: Array, high: Array) -> Numbers:
    """Where in a table of SLOTS words are looked for first, by their bytes as numbers."""
    return ((low * MIXERS[0] + high * MIXERS[1]) >> np.uint64(64 - SLOT_BITS)).astype(np.intp)


class PackedPlaces(NamedTuple):
    """Places of terms, each as what it is more than the one before it in the article: of each term the code of a width
    and where its bytes begin; and those that do not fit, which occurrence each is and what stands there.
    """

    width: NDArray[np.uint8]
    data: NDArray[np.uint8]
    escaped: Numbers
    values: Numbers


class BuildKernels:
    """The loops over words and postings on their way into a segment."""

    def invert(self, pairs: Array, values: Values, term: Numbers, code: Numbers, stretch: range) -> Inverted:
        """The postings of those words whose pair is in `stretch`; `term` and `code` give those of each pair there."""
        chosen = np.flatnonzero((pairs >= stretch.start) & (pairs < stretch.stop))
        value = np.searchsorted(values.ends, chosen, "right")
        starts = np.concatenate(([0], values.ends[:-1]))
        pair = pairs[chosen] - stretch.start
        found = Occurrences(term[pair], values.articles[value], chosen + (values.begins - starts)[value], code[pair])
        return self.collect(found.sorted(), int(term[-1]) + 1)

    def collect(self, found: Occurrences, terms: int) -> Inverted:
        """The postings of sorted occurrences of so many terms."""
        begins = firsts(found.term, found.doc)
        return Inverted(np.bincount(found.term[begins], minlength=terms), found.doc[begins],
                        np.diff(begins, append=len(found.term)), found.place, found.code)

    def pack_docs(self, docs: Array, starts: Array) -> tuple[Array, Packed]:
        """The differences between the articles of blocks that begin at `starts`: the code of each width, and bytes."""
        counts = np.diff(starts, append=len(docs))
        deltas: Array = np.diff(docs.astype(np.int64), prepend=0)
        deltas[starts] = 0
        width = np.searchsorted(WIDE, np.maximum.reduceat(deltas, starts), "right") if len(starts) else starts
        low, size = sizes_of_parts(width, counts - 1)
        at = size.cumsum() - size
        payload = np.zeros(int(size.sum()), np.uint8)
        block = np.repeat(np.arange(len(starts)), counts)
        steps = np.delete(np.arange(len(docs)), starts)  # of the first article there is no difference
        own = block[steps]
        _lay_parts(payload, (at, at + low), width, own, steps - starts[own] - 1, deltas[steps])
        return width, Packed(at, payload)

    def pack_places(self, places: Array, tf: Array, counts: Numbers) -> PackedPlaces:
        """The places of terms that have so many each, which stand `tf` at a time in one article, ascending."""
        firsts = tf.cumsum(dtype=np.intp) - tf
        gaps: Array = np.diff(places.astype(np.int64), prepend=0)
        gaps[firsts] = places[firsts]
        term = np.repeat(np.arange(len(counts)), counts)
        needed = NEEDED.take(np.minimum(gaps, len(NEEDED) - 1))
        bits = PARTS[:PLACE_WIDTHS].sum(axis=1)
        fitting = np.bincount(term << 5 | needed, minlength=len(counts) << 5).reshape(-1, 32).cumsum(axis=1)[:, bits]
        width = np.argmin(counts[:, None] * bits + (counts[:, None] - fitting) * ESCAPED, axis=1)
        most = np.repeat((1 << bits[width]) - 1, counts)
        low, size = sizes_of_parts(width, counts)
        at = size.cumsum() - size
        payload = np.zeros(int(size.sum()), np.uint8)
        nth = np.arange(len(term)) - np.repeat(counts.cumsum() - counts, counts)
        _lay_parts(payload, (at, at + low), width, term, nth, np.minimum(gaps, most))
        escaped = np.flatnonzero(gaps >= most)
        return PackedPlaces(width.astype(np.uint8), payload, escaped, gaps[escaped])

    def pack_codes(self, codes: Array, bits: Array, counts: Array) -> Packed:
        """The codes of terms that have so many occurrences each, of so many `bits`; each term begins a byte."""
        bits = bits.astype(np.intp)
        size = -(-counts * bits // 8)
        at = size.cumsum() - size
        payload = np.zeros(int(size.sum()), np.uint8)
        several = np.flatnonzero(np.repeat(bits > 0, counts))
        if len(several):
            term = np.repeat(np.arange(len(bits)), counts)[several]
            nth = several - (counts.cumsum() - counts)[term]
            for width in (1, 2, 4, 8):
                mine = np.flatnonzero(bits[term] == width)
                _lay(payload, at[term[mine]], nth[mine], codes[several[mine]], width)
        return Packed(at, payload)

    def cut_words(self, data: bytes, ends: Numbers) -> Numbers:
        """Where each word of records ends, and each stretch between words; a space belongs to the word before it."""
        each = np.frombuffer(data, np.uint8)
        if not len(each):
            return np.empty(0, np.intp)
        word = WORD_BYTES[each]
        quotes = np.flatnonzero(each == QUOTE)
        for byte in range(3):
            word[np.minimum(quotes + byte, len(word) - 1)] = False
        begins = np.empty(len(each), bool)
        begins[1:] = word[1:] != word[:-1]
        firsts = np.append(0, ends[ends < len(each)])
        begins[firsts] = False
        spaces = np.flatnonzero(begins & (each == SPACE))
        begins[spaces] = False
        begins[np.minimum(spaces + 1, len(begins) - 1)] |= spaces + 1 < len(begins)
        begins[firsts] = True
        return np.append(np.flatnonzero(begins)[1:], len(each))

    def shorten(self, data: bytes, ends: Numbers, slots: Array) -> tuple[bytes, Numbers]:
        """Records without zero bytes, one after another, in shorthand (see `shorthand`), and where each ends then."""
        each = np.frombuffer(data + bytes(LETTERS), np.uint8)
        stops = self.cut_words(data, ends)
        starts = np.append(0, stops[:-1])[:len(stops)]
        sizes = stops - starts
        numbers = _looked_up(each, starts, sizes, slots)
        literal, coded = np.flatnonzero(numbers < 0), np.flatnonzero(numbers >= 0)
        size, number = sizes[literal], numbers[coded]
        copied = each[runs(starts[literal], size)]
        foreign = np.bitwise_or.reduceat(copied, size.cumsum() - size) >> 7 if len(size) else size
        room = np.empty(len(stops), np.intp)
        room[literal] = size + 2 * foreign
        room[coded] = 1 + (number >= ONE_BYTE)
        reached = np.append(0, room.cumsum())
        out = np.zeros(reached[-1] + 1, np.uint8)
        at = reached[:-1][coded]
        begins = reached[:-1][literal]
        out[at + 1] = number - ONE_BYTE & 255  # of a code of one byte, what comes next is written over it
        out[begins] = out[begins + size + foreign] = 0  # and over these, of what is ASCII
        out[at] = 0x80 + np.where(number < ONE_BYTE, number, ONE_BYTE + (number - ONE_BYTE >> 8))
        out[runs(begins + foreign, size)] = copied
        return out[:-1].tobytes(), reached[np.searchsorted(stops, ends, "right")]

    def expand(self, record: bytes, codes: WordCodes) -> bytes:
        """A record that was put into shorthand."""
        word = codes.by_code.get
        return b"".join([word(piece, piece) for piece in PIECE.findall(record)]).replace(b"\0", b"")


def firsts(*columns: Array) -> Numbers:
    """Where something else begins in any of the columns."""
    if not len(columns[0]):
        return np.empty(0, np.intp)
    new = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return np.flatnonzero(np.concatenate(([True], new)))


def sizes_of_parts(width: Array, counts: Array) -> tuple[Numbers, Numbers]:
    """Of so many numbers of a width each, how many bytes the low parts take, and how many both."""
    sizes = PARTS[width] * counts[:, None] + 7 >> 3
    return sizes[:, 0], sizes.sum(axis=1)


def _lay_parts(payload: NDArray[np.uint8], begins: tuple[Numbers, Numbers], width: Array, own: Numbers, nth: Numbers,
               numbers: Array) -> None:
    """Lays numbers in both parts, each where it is the nth of its `own` block, whose parts begin at `begins`."""
    codes = width.astype(np.uint8).take(own)
    for code in np.flatnonzero(np.bincount(width)).tolist():
        low, high = PARTS[code].tolist()
        chosen = np.flatnonzero(codes == code)
        mine, place, number = own.take(chosen), nth.take(chosen), numbers.take(chosen)
        _lay(payload, begins[0].take(mine), place, number & (1 << low) - 1, low)
        if high:
            _lay(payload, begins[1].take(mine), place, number >> low, high)


def _lay(payload: NDArray[np.uint8], begin: Numbers, nth: Numbers, numbers: Array, bits: int) -> None:
    """Lays each number where it is the nth of so many `bits` behind the byte `begin`: from 0 on, one after another."""
    if bits >= 8:
        for byte in range(bits >> 3):
            payload[begin + nth * (bits >> 3) + byte] = numbers >> 8 * byte & 255
        return
    each = 8 // bits
    turn = nth & each - 1
    heads = np.flatnonzero(turn == 0)
    shifted = (numbers << turn * bits).astype(np.uint8)
    payload[begin[heads] + nth[heads] // each] = np.add.reduceat(shifted, heads) if len(heads) else shifted


def _looked_up(each: Array, starts: Numbers, sizes: Numbers, slots: Array) -> Numbers:
    """The number of each word, -1 of one that is not in the table."""
    eight = np.ndarray(len(each) - 7, "<u8", each.data, strides=1)
    low = eight[starts] & LOWEST[np.minimum(sizes, 8)]
    high = eight[starts + 8] & LOWEST[np.clip(sizes - 8, 0, 8)]
    place = first_slot(low, high)
    found = slots.take(place, axis=0)
    equal = (found[:, 0] == low) & (found[:, 1] == high)
    numbers = np.where(equal, found[:, 2].astype(np.intp) - 1, -1)
    asked = np.flatnonzero(~equal & (found[:, 2] > 0))
    while len(asked):
        place[asked] = place[asked] + 1 & SLOTS - 1
        found = slots.take(place[asked], axis=0)
        equal = (found[:, 0] == low[asked]) & (found[:, 1] == high[asked])
        numbers[asked[equal]] = found[equal, 2].astype(np.intp) - 1
        asked = asked[~equal & (found[:, 2] > 0)]
    numbers[sizes > LETTERS] = -1
    return numbers
