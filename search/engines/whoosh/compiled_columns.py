"""The hot loops over columns in machine code, by numba. They let other threads run meanwhile."""

import numpy as np
from numba import njit

fast = njit(nogil=True, cache=True)


@fast
def tally_one(docs, ordinals, counts):  # type: ignore[no-untyped-def]
    touched = np.empty(min(len(docs), len(counts)) + 1, np.intp)
    n = 0
    for i in range(len(docs)):
        ordinal = ordinals[docs[i]]
        touched[n] = ordinal  # without a branch, which could not be foreseen
        n += counts[ordinal] == 0
        counts[ordinal] += 1
    return taken(touched[:n], counts)


@fast
def tally_many(docs, starts, ordinals, counts):  # type: ignore[no-untyped-def]
    size = 0
    for i in range(len(docs)):
        size += np.intp(starts[docs[i] + 1]) - np.intp(starts[docs[i]])
    touched = np.empty(min(size, len(counts)) + 1, np.intp)
    n = 0
    for i in range(len(docs)):
        for k in range(np.intp(starts[docs[i]]), np.intp(starts[docs[i] + 1])):
            ordinal = ordinals[k]
            touched[n] = ordinal
            n += counts[ordinal] == 0
            counts[ordinal] += 1
    return taken(touched[:n], counts)


@fast
def taken(touched, counts):  # type: ignore[no-untyped-def]
    """The counts of what was touched; the counters are 0 again."""
    taken = np.empty(len(touched), np.intp)
    for i in range(len(touched)):
        taken[i] = counts[touched[i]]
        counts[touched[i]] = 0
    return touched, taken


@fast
def foremost(counts, limit):  # type: ignore[no-untyped-def]
    highest = np.zeros(limit, np.intp)  # the last is the least
    for i in range(len(counts)):
        if counts[i] > highest[limit - 1]:
            place = limit - 1
            while place and highest[place - 1] < counts[i]:
                highest[place] = highest[place - 1]
                place -= 1
            highest[place] = counts[i]
    chosen = np.empty(len(counts), np.intp)
    n = 0
    for i in range(len(counts)):
        if counts[i] >= highest[limit - 1]:
            chosen[n] = i
            n += 1
    return chosen[:n]


@fast
def having(docs, starts, ordinals, wanted):  # type: ignore[no-untyped-def]
    mask = np.zeros(len(docs), np.bool_)
    for i in range(len(docs)):
        for k in range(starts[docs[i]], starts[docs[i] + 1]):
            if ordinals[k] == wanted:
                mask[i] = True
                break
    return mask


@fast
def overlapping(docs, starts, begin, until, first, last):  # type: ignore[no-untyped-def]
    mask = np.zeros(len(docs), np.bool_)
    for i in range(len(docs)):
        for k in range(starts[docs[i]], starts[docs[i] + 1]):
            if begin[k] < last and until[k] > first:
                mask[i] = True
                break
    return mask
