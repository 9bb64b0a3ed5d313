"""The hot loops, in NumPy. `compiled.py` has the same ones in machine code; both give the same results, bit for bit.

Articles are numbers within a segment, ascending and distinct; scores are in double precision.
"""

import threading
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array, Floats, Mask, Numbers
from search.engines.whoosh.building import PARTS, BuildKernels, firsts
from search.engines.whoosh.packing import BLOCK, Small, runs, unpack, unpack_rows
from search.ranking import DIGITS

DENSE = 16  # a result of more than a DENSEth of all articles is gathered in an array of all of them
FULL = 4    # what is already sorted is not put together in such an array until it is more than a FULLth
SOME = 1_000  # counts by which it is judged how high the highest are
PLACE_BITS = 32  # of an occurrence as one number; the article stands above them
SPREAD = np.arange(BLOCK)


class Found(NamedTuple):
    """Articles and the score of each."""

    docs: Numbers
    scores: Floats


class Blocks(NamedTuple):
    """Blocks of postings: where the differences of each begin, the code of their width, its first article, its size.

    Every differences array goes on SLACK bytes behind the last block.
    """

    deltas: Array
    at: Array
    width: Array
    base: Array
    size: Array


class Lists(NamedTuple):
    """The postings of a term, packed: its articles and its frequencies.

    Of each block, `escaped` says how many escaped frequencies come before it, counted from anywhere, and `place` where
    the places of its first article begin among all.
    """

    blocks: Blocks
    tf: Small
    escaped: Array
    place: Array


class Measure(NamedTuple):
    """What BM25 asks for beside frequencies (see `search.ranking.bm25`).

    `norms` has a length code of each article, `table` what that length adds below the line; `weight` is the inverse
    document frequency, `most` is k1 + 1. `few` is what all that gives (see `postings.Gains`).
    """

    norms: Array
    table: Floats
    weight: float
    most: float
    few: Floats


class Spots(NamedTuple):
    """Articles of a term, how often it stands in each, and where its places there begin among all places of it."""

    docs: Numbers
    tf: Floats
    starts: Numbers


class Places(NamedTuple):
    """The places of a term in its articles, each as what it is more than the one before it there.

    Such a number has two parts, `low` and `high` bits wide; the high ones begin at the byte `middle`. One of ones alone
    stands for another in `value`; `at` says which of all `size` it is.
    """

    data: Array
    middle: int
    low: int
    high: int
    size: int
    at: Numbers
    value: Array

    def steps(self, index: Numbers) -> Numbers:
        """Some of the numbers, or all; `index` ascends."""
        if len(index) * FULL > self.size and self.low <= 8:  # all of them are sooner read than some of them found
            each: Array = unpack(self.data, self.low, 0, self.size)
            if self.high:
                above = unpack(self.data[self.middle:], self.high, 0, self.size)
                each = each.astype(np.uint16) | above.astype(np.uint16) << self.low
            steps = each.take(index).astype(np.intp)
        else:
            steps = picked(self.data, 0, self.low, index)
            if self.high:
                steps |= picked(self.data, self.middle, self.high, index) << self.low
        if len(self.at):
            escaped = np.flatnonzero(steps == (1 << self.low + self.high) - 1)
            steps[escaped] = self.value[np.searchsorted(self.at, index[escaped])]
        return steps


def picked(packed: Array, begin: Numbers | int, bits: int, nth: Numbers) -> Numbers:
    """Some of the numbers of so many bits that stand from the byte `begin` on."""
    if bits == 16:
        return packed.take(begin + 2 * nth).astype(np.intp) | packed.take(begin + 2 * nth + 1).astype(np.intp) << 8
    if not bits:
        return np.zeros(len(nth), np.intp)
    bit = nth * bits
    numbers = packed.take(begin + (bit >> 3))
    if bits < 8:
        numbers = numbers >> (bit & 7).astype(np.uint8) & np.uint8((1 << bits) - 1)
    return numbers.astype(np.intp)


class Kernels(BuildKernels):
    """The loops over postings, scores and columns."""

    compiled = False

    def __init__(self) -> None:
        self._threads = threading.local()

    def unpack(self, blocks: Blocks) -> Numbers:
        """The articles of blocks, one after another."""
        if len(blocks.at) == 1:
            count = int(blocks.size[0])
            steps = _differences(blocks.deltas, blocks.at.astype(np.intp), blocks.size, int(blocks.width[0]))
            return np.concatenate((blocks.base, steps[0, :count - 1])).cumsum(dtype=np.intp)
        docs = np.empty((len(blocks.at), BLOCK), np.intp)
        docs[:, 0] = blocks.base
        for width in np.flatnonzero(np.bincount(blocks.width)).tolist():
            rows = np.flatnonzero(blocks.width == width)
            docs[rows, 1:] = _differences(blocks.deltas, blocks.at[rows].astype(np.intp), blocks.size[rows], width)
        np.cumsum(docs, axis=1, out=docs)
        if (blocks.size[:-1] == BLOCK).all():
            return docs.reshape(-1)[:docs.size - BLOCK + int(blocks.size[-1])]
        return docs[blocks.size[:, None] > SPREAD]

    def _zeros(self, name: str, size: int, dtype: type[np.generic]) -> Array:
        """An array of this thread, of `size` at least, all 0. Who has made it so again gives it back."""
        array: Array | None = self._threads.__dict__.pop(name, None)
        return np.zeros(max(size, 1), dtype) if array is None or len(array) < size else array

    def _give_back(self, **arrays: Array) -> None:
        self._threads.__dict__.update(arrays)

    def frequencies(self, small: Small) -> Floats:
        """One more than each of the small numbers."""
        numbers = unpack(small.packed, small.bits, small.skipped, small.length).astype(np.float64)
        if len(small.large):
            numbers[numbers == (1 << small.bits) - 1] = small.large
        return numbers + 1

    def weigh(self, docs: Numbers, tf: Floats, measure: Measure) -> Floats:
        """BM25 of a term in articles."""
        return measure.weight * (tf * measure.most / (tf + measure.table[measure.norms[docs]]))

    def score(self, lists: Lists, measure: Measure) -> Found:
        """All articles of a term, with BM25."""
        docs, (packed, bits, skipped, length, large) = self.unpack(lists.blocks), lists.tf
        codes = unpack(packed, bits, skipped, length)
        lengths = measure.norms.take(docs)
        scores = measure.few.take(codes.astype(np.uint16) << 8 | lengths, mode="clip")  # which is quicker than to raise
        if len(large):
            escaped = np.flatnonzero(codes == (1 << bits) - 1)
            tf = large + 1.0
            scores[escaped] = measure.weight * (tf * measure.most / (tf + measure.table[lengths[escaped]]))
        return Found(docs, scores)

    def score_all(self, terms: Sequence[tuple[Lists, Measure]], articles: int) -> Found:
        """All articles that have any of several terms, scores added up in the order of the terms."""
        return self._gathered((self.score(*term) for term in terms), articles)

    def _gathered(self, parts: Iterable[Found], articles: int) -> Found:
        """All articles of several parts, scores added up."""
        scores, there = self._zeros("scores", articles, np.float64), self._zeros("there", articles, np.bool_)
        for part in parts:
            scores[part.docs] += part.scores
            there[part.docs] = True
        docs = np.flatnonzero(there)
        found = Found(docs, scores[docs])
        scores[docs], there[docs] = 0, False
        self._give_back(scores=scores, there=there)
        return found

    def intersect(self, a: Numbers, b: Numbers, articles: int) -> tuple[Numbers, Numbers]:
        """Where in `a` and where in `b` the articles stand that are in both, of `articles` in all."""
        if len(a) > len(b):
            at_b, at_a = self.intersect(b, a, articles)
            return at_a, at_b
        if not len(a):
            return np.empty(0, np.intp), np.empty(0, np.intp)
        if len(a) * DENSE > len(b):
            place = self._zeros("place", articles, np.int32)
            place[a] = np.arange(1, len(a) + 1)
            hits = place.take(b)
            place[a] = 0
            self._give_back(place=place)
            at_b = np.flatnonzero(hits != 0)
            return hits[at_b].astype(np.intp) - 1, at_b
        at_b = np.searchsorted(b, a)
        at_b[at_b == len(b)] = 0
        at_a = np.flatnonzero(b[at_b] == a)
        return at_a, at_b[at_a]

    def _among(self, docs: Numbers, wanted: Numbers, articles: int) -> Numbers:
        """Where in `docs` those stand that are wanted, of `articles` in all."""
        if len(wanted) * DENSE < len(docs):
            at = np.searchsorted(docs, wanted)
            at[at == len(docs)] = 0
            return at[docs[at] == wanted]
        there = self._zeros("there", articles, np.bool_)
        there[wanted] = True
        at = np.flatnonzero(there.take(docs))
        there[wanted] = False
        self._give_back(there=there)
        return at

    def unite(self, a: Found, b: Found, articles: int) -> Found:
        """All articles of both, scores added up."""
        if (len(a.docs) + len(b.docs)) * FULL > articles:
            return self._gathered((a, b), articles)
        docs = np.concatenate((a.docs, b.docs))
        order = np.argsort(docs, kind="stable")
        docs, scores = docs[order], np.concatenate((a.scores, b.scores))[order]
        second = np.flatnonzero(docs[1:] == docs[:-1]) + 1
        scores[second - 1] += scores[second]
        return Found(np.delete(docs, second), np.delete(scores, second))

    def within(self, lists: Lists, wanted: Numbers, articles: int) -> Spots:
        """Where a term stands in those of the wanted articles that have it."""
        base, sizes = lists.blocks.base, lists.blocks.size
        if len(wanted) > len(base):
            docs, tf = self.unpack(lists.blocks), self.frequencies(lists.tf)
            rows = self._among(docs, wanted, articles)
            return Spots(docs[rows], tf[rows], (tf.cumsum() - tf)[rows].astype(np.intp))
        chosen = np.searchsorted(base, wanted.astype(base.dtype), "right") - 1
        chosen = chosen[firsts(chosen)]
        chosen = chosen[chosen >= 0]
        if not len(chosen):
            return Spots(wanted[:0], np.empty(0), wanted[:0])
        docs, tf = self._some(lists, chosen)
        rows = self._among(docs, wanted, articles)
        before = tf.cumsum() - tf
        heads = sizes[chosen].cumsum() - sizes[chosen]
        skipped = lists.place[chosen].astype(np.intp) - int(lists.place[0]) - before[heads].astype(np.intp)
        return Spots(docs[rows], tf[rows], before[rows].astype(np.intp) + np.repeat(skipped, sizes[chosen])[rows])

    def _some(self, lists: Lists, chosen: Numbers) -> tuple[Numbers, Floats]:
        """The articles of a term in the chosen blocks, which ascend, and how often it stands in each."""
        (deltas, at, width, base, size), (packed, bits, skipped, _, large) = lists.blocks, lists.tf
        sizes = size[chosen]
        docs = self.unpack(Blocks(deltas, at[chosen], width[chosen], base[chosen], sizes))
        bit = (runs(chosen * BLOCK, sizes) + skipped) * bits
        codes = packed[bit >> 3] >> (bit & 7).astype(np.uint8) & np.uint8((1 << bits) - 1)
        tf = codes + 1.0
        escaped = np.flatnonzero(codes == (1 << bits) - 1)
        owners = np.searchsorted(sizes.cumsum(), escaped, "right")
        nth = np.arange(len(escaped)) - np.searchsorted(owners, owners)
        tf[escaped] = large[lists.escaped[chosen][owners].astype(np.intp) - int(lists.escaped[0]) + nth] + 1.0
        return docs, tf

    def keys(self, spots: Spots, places: Places) -> Numbers:
        """The occurrences of a term as numbers: the article << PLACE_BITS | the place."""
        counts = spots.tf.astype(np.intp)
        steps = places.steps(runs(spots.starts, counts))
        risen = steps.cumsum()
        firsts = counts.cumsum() - counts
        return risen + np.repeat((spots.docs << PLACE_BITS) - (risen - steps)[firsts], counts)

    def follow(self, before: Numbers, after: Numbers, reach: int) -> Numbers:
        """Those occurrences of `after` that come at most `reach` behind one of `before`; both sorted."""
        if not len(before) or not len(after):
            return after[:0]
        if reach == 1 and len(before) < len(after):
            at = np.searchsorted(after, before + 1)
            at[at == len(after)] = 0
            return after[at[after[at] == before + 1]]
        nearest = np.searchsorted(before, after) - 1
        return after[(nearest >= 0) & (after - before[nearest] <= reach)]

    def follow_in(self, before: Numbers, spots: Spots, places: Places, reach: int) -> Numbers:
        """`follow`, of the occurrences of a term that is not written out."""
        return self.follow(before, self.keys(spots, places), reach)

    def tally(self, docs: Numbers, starts: Array | None, ordinals: Array, size: int) -> tuple[Numbers, Numbers]:
        """The ordinals below `size` that any of the articles has, in any order, and how many articles have each.

        `starts` says where each article's ordinals begin; None if each has one.
        """
        if starts is None:
            counts = np.bincount(ordinals[docs], minlength=1)
        elif len(docs) * 3 > len(starts):
            there = np.zeros(len(starts) - 1, bool)
            there[docs] = True
            counts = np.bincount(ordinals[np.repeat(there, np.diff(starts))], minlength=1)
        else:
            begins = starts[docs].astype(np.intp)
            several = ordinals[runs(begins, starts[docs + 1] - begins)]
            if len(several) * DENSE < size:
                found, counts = np.unique(several, return_counts=True)
                return found.astype(np.intp), counts
            counts = np.bincount(several, minlength=1)
        present = np.flatnonzero(counts != 0)  # of truth values they are found sooner than of numbers
        return present, counts[present]

    def foremost(self, counts: Numbers, limit: int) -> Numbers:
        """Where the `limit` highest counts stand, and all others that equal the last of them; `limit` is above 0."""
        if limit >= len(counts):
            return np.arange(len(counts))
        some = counts[:SOME]  # those of values that are frequent everywhere: most others are fewer
        least = np.partition(some, -limit)[-limit] if limit < len(some) else 0
        high = np.flatnonzero(counts >= least)
        return high[counts[high] >= np.partition(counts[high], -limit)[-limit]]

    def having(self, docs: Numbers, starts: Array | None, ordinals: Array, wanted: int) -> Mask:
        """Which of the articles have an ordinal."""
        if starts is None:
            return ordinals[docs] == wanted
        owners = np.searchsorted(starts, np.flatnonzero(ordinals == wanted), "right") - 1
        mask = np.zeros(len(docs), bool)
        mask[self.intersect(docs, owners, len(starts) - 1)[0]] = True
        return mask

    def overlapping(self, docs: Numbers, starts: Array, begin: Array, until: Array, wanted: tuple[int, int]) -> Mask:
        """Which of the articles have a span of days that overlaps those wanted, half-open."""
        if len(begin) == len(starts) - 1 and len(docs) * 4 < len(begin) and starts[-1] == len(begin):
            index = starts[docs]
            each = starts[docs + 1] - index
            if (each == 1).all():
                return (begin[index] < wanted[1]) & (until[index] > wanted[0])
        spans = np.concatenate(([0], ((begin < wanted[1]) & (until > wanted[0])).cumsum()))
        return spans[starts[docs + 1]] > spans[starts[docs]]

    def best(self, docs: Numbers, scores: Floats, count: int, *, rounds: bool) -> tuple[Numbers, Floats]:
        """Where the `count` highest scores stand, best first, and the scores, as they are compared: maybe rounded.

        Of equal scores the lower article comes first.
        """
        rounded = np.round(scores, DIGITS) if rounds else scores
        kept = np.arange(len(docs))
        if 0 < count < len(docs):
            kept = np.flatnonzero(rounded >= np.partition(rounded, -count)[-count])
        order = kept[np.lexsort((docs[kept], -rounded[kept]))][:count]
        return order, rounded[order]


def _differences(deltas: Array, at: Numbers, sizes: Numbers, width: int) -> Array:
    """The 127 differences of each block that begins at `at`, of a width code (see `building.PARTS`)."""
    low, high = PARTS[width].tolist()
    steps = _part(deltas, at, low)
    if not high:
        return steps
    wide = steps if low < 8 else steps.astype(f"<u{low >> 2}")
    above = _part(deltas, at + ((sizes - 1) * low + 7 >> 3), high)
    return wide | above.astype(wide.dtype) << low


def _part(deltas: Array, at: Numbers, bits: int) -> Array:
    """The 127 numbers of so many bits that stand from each of `at` on."""
    size = BLOCK * bits >> 3
    whole = np.ndarray(len(deltas) - size + 1, f"V{size}", deltas, strides=1)[at]  # much quicker than byte by byte
    rows = whole.view(np.uint8).reshape(len(at), size)
    return (unpack_rows(rows, bits) if bits < 8 else rows.view(f"<u{bits >> 3}"))[:, :BLOCK - 1]


def unite_all(kernels: Kernels, parts: Sequence[Found], articles: int) -> Found:
    """All articles of all parts, scores added up in the order of the parts."""
    united = Found(np.empty(0, np.intp), np.empty(0))
    for part in parts:
        if len(part.docs):
            united = kernels.unite(united, part, articles) if len(united.docs) else part
    return united


def load(name: str) -> Kernels:
    """The kernels of a setting: "numpy", "numba", or "auto", which is numba where it is installed."""
    if name == "numba" or (name == "auto" and find_spec("numba")):
        compiled: Kernels = import_module("search.engines.whoosh.compiled").CompiledKernels()
        return compiled
    return Kernels()
