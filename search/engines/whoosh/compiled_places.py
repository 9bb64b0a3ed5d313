"""The hot loops over places in machine code, by numba. They let other threads run meanwhile."""

import numpy as np
from numba import njit

from search.engines.whoosh.kernels import PLACE_BITS

fast = njit(nogil=True, cache=True)
U = np.uint64  # of an unsigned place, compiled code does not ask whether it counts from the end
PLACE = (1 << PLACE_BITS) - 1  # of an occurrence as one number


@fast
def gap(data, middle, low, high, nth):  # type: ignore[no-untyped-def]
    """The nth number of two parts."""
    if low == 16:
        return np.intp(data[U(2 * nth)]) | np.intp(data[U(2 * nth + 1)]) << 8
    bit, bit_above = nth * low, nth * high
    above = np.intp(data[U(middle + (bit_above >> 3))] >> (bit_above & 7) & (1 << high) - 1)
    return np.intp(data[U(bit >> 3)] >> (bit & 7) & (1 << low) - 1) | above << low


@fast
def keys(docs, tf, starts, data, middle, low, high, _, at, value):  # type: ignore[no-untyped-def]
    size = 0
    for i in range(len(tf)):
        size += np.intp(tf[i])
    keys = np.empty(size, np.intp)
    most = (1 << low + high) - 1
    n = e = 0
    for i in range(len(docs)):
        place = docs[i] << PLACE_BITS
        for k in range(starts[i], starts[i] + np.intp(tf[i])):
            step = gap(data, middle, low, high, k)
            if step == most:
                while at[e] < k:
                    e += 1
                step = np.intp(value[e])
            place += step
            keys[n] = place
            n += 1
    return keys


@fast
def follow(before, after, reach):  # type: ignore[no-untyped-def]
    kept = np.empty(len(after), np.intp)
    n = i = 0
    for j in range(len(after)):
        while i < len(before) and before[i] < after[j]:
            i += 1
        if i and after[j] - before[i - 1] <= reach:
            kept[n] = after[j]
            n += 1
    return kept[:n]


@fast
def follow_in(before, docs, tf, starts, data, middle, low, high, _, at, value, reach):  # type: ignore[no-untyped-def]
    """Places that have been reached in an article are marked with its number, so that few branches go astray."""
    farthest = np.intp(0)
    for i in range(len(before)):
        farthest = max(farthest, before[i] & PLACE)
    reached = np.full(farthest + reach + 1, -1)  # the article in which something comes at most `reach` before
    kept = np.empty(min(len(before) * reach, np.intp(tf.sum())), np.intp)
    most = (1 << low + high) - 1
    n = i = e = 0
    for d in range(len(docs)):
        doc = docs[d]
        while i < len(before) and before[i] >> PLACE_BITS < doc:
            i += 1
        if i == len(before):
            break
        if before[i] >> PLACE_BITS > doc:
            continue
        while i < len(before) and before[i] >> PLACE_BITS == doc:
            place = before[i] & PLACE
            for step in range(1, reach + 1):
                reached[place + step] = doc
            i += 1
        place = 0
        for k in range(starts[d], starts[d] + np.intp(tf[d])):
            step = gap(data, middle, low, high, k)
            if step == most:
                while at[e] < k:
                    e += 1
                step = np.intp(value[e])
            place += step
            if place < len(reached) and reached[place] == doc:
                kept[n] = doc << PLACE_BITS | place
                n += 1
    return kept[:n]
