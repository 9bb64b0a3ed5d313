"""The hot loops over postings and scores in machine code, by numba. They let other threads run meanwhile."""

import numpy as np
from numba import njit

from search.engines.whoosh.building import PARTS
from search.engines.whoosh.packing import BLOCK
from search.ranking import DIGITS

fast = njit(nogil=True, cache=True)
U = np.uint64  # of an unsigned place, compiled code does not ask whether it counts from the end
DE_BRUIJN = U(0x03F79D71B4CB0A89)  # times a power of two: the upper six bits tell which
PLACES = np.zeros(64, np.uint8)
PLACES[[(int(DE_BRUIJN) << bit & 0xFFFFFFFFFFFFFFFF) >> 58 for bit in range(64)]] = range(64)
SCALE = 10.0**DIGITS
LOW, HIGH = PARTS[:, 0].copy(), PARTS[:, 1].copy()  # bits of the two parts of a difference, by the code of its width


@fast
def unpack_block(deltas, place, width, base, size, docs):  # type: ignore[no-untyped-def]
    """Writes the articles of a block to the beginning of `docs`."""
    doc = np.intp(base)
    docs[0] = doc
    low, high, begin, steps = U(LOW[width]), U(HIGH[width]), U(place), U(size - 1)
    above = begin + (steps * low + U(7) >> U(3))  # where the high parts of differences stand
    fits, fits_above = (U(1) << low) - U(1), (U(1) << high) - U(1)
    if low < U(8):
        for i in range(steps):
            bit = U(i) * low
            delta = U(deltas[begin + (bit >> U(3))]) >> (bit & U(7)) & fits
            if high:
                bit = U(i) * high
                delta |= (U(deltas[above + (bit >> U(3))]) >> (bit & U(7)) & fits_above) << low
            doc += np.intp(delta)
            docs[U(i) + U(1)] = doc
    elif low < U(32):
        for i in range(steps):
            delta = U(deltas[begin + U(i)])
            if low == U(16):
                delta = U(deltas[begin + U(2) * U(i)]) | U(deltas[begin + U(2) * U(i) + U(1)]) << U(8)
            if high:
                bit = U(i) * high
                delta |= (U(deltas[above + (bit >> U(3))]) >> (bit & U(7)) & fits_above) << low
            doc += np.intp(delta)
            docs[U(i) + U(1)] = doc
    else:
        for i in range(steps):
            at = begin + U(4) * U(i)
            doc += np.intp(U(deltas[at]) | U(deltas[at + U(1)]) << U(8) | U(deltas[at + U(2)]) << U(16)
                           | U(deltas[at + U(3)]) << U(24))
            docs[U(i) + U(1)] = doc


@fast
def unpack(deltas, at, width, base, size):  # type: ignore[no-untyped-def]
    docs = np.empty(size.sum(), np.intp)
    n = 0
    for block in range(len(at)):
        unpack_block(deltas, np.intp(at[block]), width[block], base[block], size[block], docs[n:])
        n += size[block]
    return docs


@fast
def within(blocks, small, wanted, there):  # type: ignore[no-untyped-def]
    """Which articles are wanted is marked in `there`, without branches, which could not be foreseen; none is then."""
    deltas, at, width, base, size = blocks
    packed, bits, skipped, _, large = small
    escape = (1 << bits) - 1
    most = len(wanted) + 1
    found, tf, starts = np.empty(most, np.intp), np.empty(most), np.empty(most, np.intp)
    for doc in wanted:
        there[U(doc)] = 1
    docs = np.empty(BLOCK, np.intp)
    n = first = taken = start = 0
    for block in range(len(at)):
        unpack_block(deltas, np.intp(at[block]), width[block], base[block], size[block], docs)
        for i in range(size[block]):
            bit = (first + i + skipped) * bits
            code = packed[U(bit >> 3)] >> (bit & 7) & escape
            frequency = np.intp(code) + 1
            if code == escape:
                frequency = np.intp(large[taken]) + 1
                taken += 1
            found[U(n)], tf[U(n)], starts[U(n)] = docs[U(i)], frequency, start
            n += there[U(docs[U(i)])]
            start += frequency
        first += size[block]
    for doc in wanted:
        there[U(doc)] = 0
    return found[:n], tf[:n], starts[:n]


@fast
def within_few(blocks, small, escaped, place, wanted):  # type: ignore[no-untyped-def]
    """Only blocks that may have a wanted article are unpacked."""
    deltas, at, width, base, size = blocks
    packed, bits, skipped, _, large = small
    escape = (1 << bits) - 1
    found, tf, starts = np.empty(len(wanted), np.intp), np.empty(len(wanted)), np.empty(len(wanted), np.intp)
    docs = np.empty(BLOCK, np.intp)
    n = j = block = 0
    while j < len(wanted):
        if wanted[j] < base[block]:
            j += 1
            continue
        step = 1
        while block + step < len(base) and base[block + step] <= wanted[j]:
            block += step
            step *= 2
        high = min(block + step, len(base))
        while high - block > 1:
            middle = (block + high) // 2
            if base[middle] <= wanted[j]:
                block = middle
            else:
                high = middle
        unpack_block(deltas, np.intp(at[block]), width[block], base[block], size[block], docs)
        end = np.intp(base[block + 1]) if block + 1 < len(base) else docs[size[block] - 1] + 1
        i = reached = 0
        taken = np.intp(escaped[block]) - np.intp(escaped[0])
        start = np.intp(place[block]) - np.intp(place[0])
        while j < len(wanted) and wanted[j] < end:
            while i < size[block] and docs[i] < wanted[j]:
                i += 1
            if i < size[block] and docs[i] == wanted[j]:
                frequency = 0.0
                while reached <= i:  # the frequencies before it tell where its places begin
                    start += np.intp(frequency)
                    bit = (block * BLOCK + reached + skipped) * bits
                    code = packed[bit >> 3] >> (bit & 7) & escape
                    frequency = code + 1.0
                    if code == escape:
                        frequency = large[taken] + 1.0
                        taken += 1
                    reached += 1
                found[n], tf[n], starts[n] = wanted[j], frequency, start
                start += np.intp(frequency)
                n += 1
            j += 1
        block += 1
        if block == len(base):
            break
    return found[:n], tf[:n], starts[:n]


@fast
def frequencies(packed, bits, skipped, count, large):  # type: ignore[no-untyped-def]
    tf = np.empty(count)
    escape = (1 << bits) - 1
    taken = 0
    for i in range(count):
        bit = (i + skipped) * bits
        code = packed[bit >> 3] >> (bit & 7) & escape
        if code == escape:
            tf[i] = large[taken] + 1.0
            taken += 1
        else:
            tf[i] = code + 1.0
    return tf


@fast
def weigh(docs, tf, norms, table, weight, most):  # type: ignore[no-untyped-def]
    scores = np.empty(len(docs))
    for i in range(len(docs)):
        scores[i] = weight * (tf[i] * most / (tf[i] + table[norms[docs[i]]]))
    return scores


@fast
def score(blocks, small, norms, table, weight, most, few):  # type: ignore[no-untyped-def]
    deltas, at, width, base, size = blocks
    packed, bits, skipped, length, large = small
    docs, scores = np.empty(length, np.intp), np.empty(length)
    escape = (1 << bits) - 1
    n = taken = 0
    for block in range(len(at)):
        unpack_block(deltas, np.intp(at[block]), width[block], base[block], size[block], docs[n:])
        for i in range(n, n + size[block]):
            bit = (i + skipped) * bits
            code = packed[U(bit >> 3)] >> (bit & 7) & escape
            norm = norms[U(docs[i])]
            scores[i] = few[U(code << 8 | norm)]
            if code == escape:
                tf = large[taken] + 1.0
                taken += 1
                scores[i] = weight * (tf * most / (tf + table[norm]))
        n += size[block]
    return docs, scores


@fast
def score_into(scores, there, blocks, small, norms, table, weight, most, few):  # type: ignore[no-untyped-def]
    """Adds the scores of a term to those of all articles, and marks its articles in `there`, 64 to a number."""
    deltas, at, width, base, size = blocks
    packed, bits, skipped, _, large = small
    docs = np.empty(BLOCK, np.intp)
    escape = (1 << bits) - 1
    n = taken = 0
    for block in range(len(at)):
        unpack_block(deltas, np.intp(at[block]), width[block], base[block], size[block], docs)
        for i in range(size[block]):
            bit = (n + i + skipped) * bits
            code = packed[U(bit >> 3)] >> (bit & 7) & escape
            doc = U(docs[i])
            norm = norms[doc]
            more = few[U(code << 8 | norm)]
            if code == escape:
                tf = large[taken] + 1.0
                taken += 1
                more = weight * (tf * most / (tf + table[norm]))
            scores[doc] += more
            there[doc >> U(6)] |= U(1) << (doc & U(63))
        n += size[block]


@fast
def taken_scores(scores, there, articles, most):  # type: ignore[no-untyped-def]
    """The articles that are marked, and their scores; none is then, and all scores are 0."""
    docs, taken = np.empty(most, np.intp), np.empty(most)
    n = 0
    for word in range((articles >> 6) + 1):
        marks = there[word]
        there[word] = 0
        while marks:
            lowest = marks & (~marks + U(1))
            doc = word << 6 | np.intp(PLACES[lowest * DE_BRUIJN >> U(58)])
            docs[n], taken[n] = doc, scores[doc]
            scores[doc] = 0
            marks ^= lowest
            n += 1
    return docs[:n], taken[:n]


@fast
def intersect(a, b, place):  # type: ignore[no-untyped-def]
    """`a` is the shorter. Where its articles stand is written into `place`, which is all 0, and will be again."""
    at_a, at_b = np.empty(len(a) + 1, np.intp), np.empty(len(a) + 1, np.intp)
    for i in range(len(a)):
        place[U(a[i])] = i + 1
    n = 0
    for j in range(len(b)):
        at = place[U(b[j])]
        at_a[U(n)], at_b[U(n)] = at - 1, j  # without a branch, which could not be foreseen
        n += at > 0
    for doc in a:
        place[U(doc)] = 0
    return at_a[:n], at_b[:n]


@fast
def intersect_few(a, b):  # type: ignore[no-untyped-def]
    """`a` is much the shorter; `b` is skipped through in steps that double."""
    at_a, at_b = np.empty(len(a), np.intp), np.empty(len(a), np.intp)
    n = j = 0
    for i in range(len(a)):
        sought = a[i]
        if j < len(b) and b[j] < sought:
            step = 1
            while j + step < len(b) and b[j + step] < sought:
                step *= 2
            low, high = j + step // 2 + 1, min(len(b), j + step)
            while low < high:
                middle = (low + high) // 2
                if b[middle] < sought:
                    low = middle + 1
                else:
                    high = middle
            j = low
        if j == len(b):
            break
        if b[j] == sought:
            at_a[n], at_b[n] = i, j
            n += 1
            j += 1
    return at_a[:n], at_b[:n]


@fast
def unite(a, a_scores, b, b_scores):  # type: ignore[no-untyped-def]
    docs, scores = np.empty(len(a) + len(b), np.intp), np.empty(len(a) + len(b))
    i = j = n = 0
    while i < len(a) and j < len(b):
        if a[i] < b[j]:
            docs[n], scores[n] = a[i], a_scores[i]
            i += 1
        elif a[i] > b[j]:
            docs[n], scores[n] = b[j], b_scores[j]
            j += 1
        else:
            docs[n], scores[n] = a[i], a_scores[i] + b_scores[j]
            i += 1
            j += 1
        n += 1
    while i < len(a):
        docs[n], scores[n] = a[i], a_scores[i]
        i += 1
        n += 1
    while j < len(b):
        docs[n], scores[n] = b[j], b_scores[j]
        j += 1
        n += 1
    return docs[:n], scores[:n]


@fast
def best(scores, count, rounds):  # type: ignore[no-untyped-def]
    chosen, best = np.empty(count, np.intp), np.empty(count)
    n = 0
    for i in range(len(scores)):
        if n == count and scores[i] < best[n - 1] - 1e-8:  # most fail here, unrounded
            continue
        score = np.rint(scores[i] * SCALE) / SCALE if rounds else scores[i]
        if n == count:
            if score <= best[n - 1]:
                continue
            n -= 1
        place = n
        while place and best[place - 1] < score:
            chosen[place], best[place] = chosen[place - 1], best[place - 1]
            place -= 1
        chosen[place], best[place] = i, score
        n += 1
    return chosen[:n], best[:n]
