"""The loops of `building.py` in machine code, by numba."""

import numpy as np
from numba import njit

from search.engines.whoosh.arrays import Array, Numbers
from search.engines.whoosh.building import (
    ESCAPED,
    LETTERS,
    LOWEST,
    MIXERS,
    ONE_BYTE,
    PARTS,
    PLACE_WIDTHS,
    QUOTE,
    SLOT_BITS,
    SLOTS,
    SPACE,
    WIDE,
    WORD_BYTES,
    BuildKernels,
    Inverted,
    Packed,
    PackedPlaces,
    Values,
    WordCodes,
)

U = np.uint64  # of an unsigned place, compiled code does not ask whether it counts from the end
FOREIGN = U(0x8080808080808080)  # the bits that are set in what is not ASCII

fast = njit(nogil=True, cache=True)


class CompiledBuildKernels(BuildKernels):
    """The loops over words and postings on their way into a segment, compiled."""

    def invert(self, pairs: Array, values: Values, term: Numbers, code: Numbers, stretch: range) -> Inverted:
        order = np.lexsort((values.begins, values.articles))
        return Inverted(*_invert(pairs, *values, order, term.astype(np.int32), code.astype(np.uint8), stretch.start,
                                 stretch.stop))

    def pack_docs(self, docs: Array, starts: Array) -> tuple[Array, Packed]:
        width, at, data = _pack_docs(docs, starts)
        return width, Packed(at, data)

    def pack_places(self, places: Array, tf: Array, counts: Numbers) -> PackedPlaces:
        return PackedPlaces(*_pack_places(places, tf, counts))

    def pack_codes(self, codes: Array, bits: Array, counts: Array) -> Packed:
        return Packed(*_pack_codes(codes, bits, counts))

    def shorten(self, data: bytes, ends: Numbers, slots: Array) -> tuple[bytes, Numbers]:
        eights = np.ndarray(len(data) + 8, "<u8", data + bytes(LETTERS), strides=1)
        starts, counts, reached = np.empty(len(data) + 1, np.intp), np.empty_like(ends), np.empty_like(ends)
        _cut(eights, ends, starts, counts)
        out = np.empty(3 * len(data) + LETTERS, np.uint8)
        _shorten(eights, ends, starts, counts, slots, np.ndarray(len(out) - 7, "<u8", out, strides=1), reached)
        return out[:reached[-1] if len(reached) else 0].tobytes(), reached

    def expand(self, record: bytes, codes: WordCodes) -> bytes:
        out = np.empty(LETTERS * (len(record) + 1), np.uint8)
        eights = np.ndarray(len(out) - 7, "<u8", out, strides=1)
        return out[:_expand(np.frombuffer(record, np.uint8), codes.letters, codes.sizes, eights)].tobytes()


@fast
def _invert(pairs, ends, articles, begins, order, term, code, first, last):  # type: ignore[no-untyped-def]
    """Values are gone through in the order of their articles, and their words dealt out to the terms."""
    terms = term[-1] + 1
    room = np.zeros(terms + 1, np.intp)
    for i in range(len(pairs)):
        if first <= pairs[i] < last:
            room[term[pairs[i] - first] + 1] += 1
    for t in range(terms):
        room[t + 1] += room[t]
    size = room[terms]
    doc_of, places, codes = np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.uint8)
    reached = room[:-1].copy()
    for value in order:
        start = ends[value - 1] if value else 0
        for i in range(start, ends[value]):
            if first <= pairs[i] < last:
                pair = pairs[i] - first
                at = reached[term[pair]]
                doc_of[at], places[at], codes[at] = articles[value], begins[value] + i - start, code[pair]
                reached[term[pair]] += 1
    df, docs, tf = np.zeros(terms, np.intp), np.empty(size, np.int32), np.empty(size, np.int32)
    n = -1
    for t in range(terms):
        for at in range(room[t], room[t + 1]):
            if at == room[t] or doc_of[at] != doc_of[at - 1]:
                n += 1
                docs[n], tf[n] = doc_of[at], 0
                df[t] += 1
            tf[n] += 1
    return df, docs[:n + 1].copy(), tf[:n + 1].copy(), places, codes


@fast
def _pack_docs(docs, starts):  # type: ignore[no-untyped-def]
    blocks = len(starts)
    width, at = np.empty(blocks, np.uint8), np.empty(blocks, np.intp)
    size = 0
    for block in range(blocks):
        stop = starts[block + 1] if block + 1 < blocks else len(docs)
        widest = 0
        for i in range(starts[block] + 1, stop):
            widest = max(widest, docs[i] - docs[i - 1])
        code = 0
        while code < len(WIDE) and widest >= WIDE[code]:
            code += 1
        width[block], at[block] = code, size
        steps = stop - starts[block] - 1
        size += (steps * PARTS[code, 0] + 7 >> 3) + (steps * PARTS[code, 1] + 7 >> 3)
    payload = np.zeros(size, np.uint8)
    for block in range(blocks):
        first, stop = starts[block] + 1, starts[block + 1] if block + 1 < blocks else len(docs)
        for i in range(first, stop):
            _lay(payload, at[block], width[block], stop - first, i - first, docs[i] - docs[i - 1])
    return width, at, payload


@fast
def _lay(payload, begin, width, count, nth, number):  # type: ignore[no-untyped-def]
    """Lays a number in both parts, where it is the nth of `count` of a width, whose low parts begin at `begin`."""
    low, high = PARTS[width, 0], PARTS[width, 1]
    if low < 8:
        bit = nth * low
        payload[begin + (bit >> 3)] |= (number & (1 << low) - 1) << (bit & 7)
    else:
        for byte in range(low >> 3):
            payload[begin + nth * (low >> 3) + byte] = number >> 8 * byte & 255
    if high == 8:
        payload[begin + (count * low + 7 >> 3) + nth] = number >> low & 255
    elif high:
        bit = nth * high
        payload[begin + (count * low + 7 >> 3) + (bit >> 3)] |= (number >> low & (1 << high) - 1) << (bit & 7)


@fast
def _pack_places(places, tf, counts):  # type: ignore[no-untyped-def]
    gaps, n = np.empty(len(places), np.intp), 0
    for posting in range(len(tf)):
        before = 0
        for _ in range(tf[posting]):
            gaps[n], before = places[n] - before, places[n]
            n += 1
    width, size, first = np.empty(len(counts), np.uint8), 0, 0
    for term in range(len(counts)):
        code = _best_width(gaps[first:first + counts[term]])
        width[term] = code
        size += (counts[term] * PARTS[code, 0] + 7 >> 3) + (counts[term] * PARTS[code, 1] + 7 >> 3)
        first += counts[term]
    payload, escaped = np.zeros(size, np.uint8), np.empty(len(places), np.intp)
    n = e = at = 0
    for term in range(len(counts)):
        code, count = width[term], counts[term]
        most = (1 << PARTS[code, 0] + PARTS[code, 1]) - 1
        for nth in range(count):
            _lay(payload, at, code, count, nth, min(gaps[n], most))
            if gaps[n] >= most:
                escaped[e] = n
                e += 1
            n += 1
        at += (count * PARTS[code, 0] + 7 >> 3) + (count * PARTS[code, 1] + 7 >> 3)
    return width, payload, escaped[:e].copy(), gaps[escaped[:e]]


@fast
def _best_width(gaps):  # type: ignore[no-untyped-def]
    needing = np.zeros(65, np.intp)
    for gap in gaps:
        bits = 0
        while gap + 1 >> bits:
            bits += 1
        needing[bits] += 1
    best = least = -1
    for code in range(PLACE_WIDTHS):
        bits = PARTS[code, 0] + PARTS[code, 1]
        cost = len(gaps) * bits + needing[bits + 1:].sum() * ESCAPED
        if least < 0 or cost < least:
            best, least = code, cost
    return best


@fast
def _pack_codes(codes, bits, counts):  # type: ignore[no-untyped-def]
    at = np.empty(len(bits), np.intp)
    size = 0
    for term in range(len(bits)):
        at[term] = size
        size += (counts[term] * np.intp(bits[term]) + 7) >> 3
    payload = np.zeros(size, np.uint8)
    n = 0
    for term in range(len(bits)):
        width = np.intp(bits[term])
        if width:
            for i in range(counts[term]):
                bit = i * width
                payload[at[term] + (bit >> 3)] |= np.intp(codes[n + i]) << (bit & 7)
        n += counts[term]
    return at, payload


@fast
def _cut(data, ends, starts, counts):  # type: ignore[no-untyped-def]
    """Where each word begins, and each stretch between words; `counts` becomes how many there are up to each end.

    A place is written down at every byte and counts where something begins: a branch that cannot be foreseen takes
    longer.
    """
    n = place = 0
    for record in range(len(ends)):
        first, before, ended, quoted = 1, 0, 0, 0
        for at in range(place, ends[record]):
            byte = np.intp(data[U(at)] & U(255))
            if byte == QUOTE:
                quoted = 3
            word = WORD_BYTES[byte] & (quoted == 0)
            quoted = max(quoted - 1, 0)
            space = before & (byte == SPACE)
            starts[U(n)] = at
            n += first | ended | ((word ^ before) & (1 - space))
            first, before, ended = 0, word, space
        place = ends[record]
        counts[record] = n
    starts[n] = place


@fast
def _shorten(data, ends, starts, counts, slots, out, reached):  # type: ignore[no-untyped-def]
    """`data` and `out` are the eight bytes from each place on; of what is written, the next writes over the rest."""
    n = word = 0
    for record in range(len(ends)):
        while word < counts[record]:
            start = starts[U(word)]
            size = starts[U(word + 1)] - start
            word += 1
            number = _number(data, start, size, slots)
            if number >= 0:
                beyond = number - ONE_BYTE
                out[U(n)] = 0x80 + (number if beyond < 0 else ONE_BYTE + (beyond >> 8) | (beyond & 255) << 8)
                n += 1 + (beyond >= 0)
                continue
            foreign = U(0)
            for at in range(0, size, 8):
                foreign |= data[U(start + at)] & LOWEST[min(size - at, 8)] & FOREIGN
            out[U(n)] = U(0)
            n += foreign != 0
            for at in range(0, size, 8):
                out[U(n + at)] = data[U(start + at)]
            n += size
            out[U(n)] = U(0)
            n += foreign != 0
        reached[record] = n


@fast
def _number(data, start, size, slots):  # type: ignore[no-untyped-def]
    """The number of a word, -1 if it is not in the table."""
    if size > LETTERS:
        return -1
    low, high = data[U(start)] & LOWEST[min(size, 8)], data[U(start + 8)] & LOWEST[max(size - 8, 0)]
    place = (low * MIXERS[0] + high * MIXERS[1]) >> U(64 - SLOT_BITS)
    while slots[place, 2]:
        if slots[place, 0] == low and slots[place, 1] == high:
            return np.intp(slots[place, 2]) - 1
        place = (place + U(1)) & U(SLOTS - 1)
    return -1


@fast
def _expand(record, letters, sizes, out):  # type: ignore[no-untyped-def]
    """`out` are the eight bytes from each place on; gives how many bytes were written."""
    n = at = 0
    quoted = False
    while at < len(record):
        byte = np.intp(record[at])
        at += 1
        if byte == 0:
            quoted = not quoted
        elif quoted or byte < 0x80:
            out[U(n)] = U(byte)
            n += 1
        else:
            number = byte - 0x80
            if number >= ONE_BYTE:
                number = ONE_BYTE + (number - ONE_BYTE << 8) + np.intp(record[at])
                at += 1
            out[U(n)], out[U(n + 8)] = letters[number, 0], letters[number, 1]
            n += sizes[number]
    return n
