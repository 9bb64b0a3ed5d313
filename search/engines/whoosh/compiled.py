"""The kernels of `kernels.py`, by loops that numba makes machine code of."""

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh import compiled_columns as columns
from search.engines.whoosh import compiled_loops as loops
from search.engines.whoosh import compiled_places as following
from search.engines.whoosh.arrays import Array, Floats, Mask, Numbers
from search.engines.whoosh.building import WordCodes
from search.engines.whoosh.compiled_building import CompiledBuildKernels
from search.engines.whoosh.kernels import DENSE, Blocks, Found, Kernels, Lists, Measure, Places, Spots
from search.engines.whoosh.packing import Small

FEW = 128            # hits or values that are kept in order one by one


class CompiledKernels(CompiledBuildKernels, Kernels):
    """The loops over postings, scores and columns, compiled."""

    compiled = True

    def __init__(self) -> None:
        super().__init__()
        self._warm()

    def _warm(self) -> None:
        """Calls every loop on every type of array that it gets, so that no reader waits for it to be compiled.

        That takes some seconds after an installation, and then little: what was compiled is kept on disk.
        """
        one, small, byte = np.zeros(1, np.intp), np.zeros(2, np.uint32), np.zeros(8, np.uint8)
        some, bounds = np.ones(1), np.array([0, 1], np.uint32)
        blocks = Blocks(byte, small[:1], byte[:1], small[:1], one + 1)
        measure = Measure(byte, np.ones(256), 1.0, 1.0, np.ones(1024))
        for large in (byte, small):
            tf = Small(byte, 2, 0, 1, large)
            self.frequencies(tf)
            self.within(Lists(blocks, tf, small, small[:1]), one, 1)
            self.within(Lists(blocks, tf, small, small[:1]), one[:0], 1)
            self.score_all([(Lists(blocks, tf, small, small[:1]), measure)], 1)
            self.score(Lists(blocks, tf, small, small[:1]), measure)
        self.unpack(blocks)
        self.weigh(one, some, measure)
        self.unite(Found(one, some), Found(one, some), 1)
        self.intersect(one, one, 1)
        self.intersect(one[:0], one, 1)
        spots, places = Spots(one, some, one), Places(byte, 1, 4, 2, 1, one, small)
        self.follow(one, self.keys(spots, places), 1)
        self.follow_in(one, spots, places, 1)
        for ordinals in (np.zeros(1, np.uint8), np.zeros(1, np.uint16), np.zeros(1, np.uint32)):
            self.tally(one, None, ordinals, 1)
            self.tally(one, bounds, ordinals, 1)
            self.having(one, bounds, ordinals, 0)
        self.foremost(np.arange(3), 2)
        self.overlapping(one, bounds, np.zeros(1, np.int32), np.zeros(1, np.int32), (0, 1))
        for rounds in (True, False):
            self.best(one, some, 1, rounds=rounds)
        self.expand(b"a", WordCodes({}, np.zeros((1, 2), np.uint64), one))

    def unpack(self, blocks: Blocks) -> Numbers:
        return loops.unpack(*blocks)

    def frequencies(self, small: Small) -> Floats:
        return loops.frequencies(*small)

    def weigh(self, docs: Numbers, tf: Floats, measure: Measure) -> Floats:
        return loops.weigh(docs, tf, *measure[:4])

    def score(self, lists: Lists, measure: Measure) -> Found:
        return Found(*loops.score(lists.blocks, lists.tf, *measure))

    def score_all(self, terms: Sequence[tuple[Lists, Measure]], articles: int) -> Found:
        scores, marks = self._zeros("scores", articles, np.float64), self._zeros("marks", articles // 64 + 1, np.uint64)
        most = 0
        for lists, measure in terms:
            loops.score_into(scores, marks, lists.blocks, lists.tf, *measure)
            most += lists.tf.length
        found = Found(*loops.taken_scores(scores, marks, articles, min(most, articles)))
        self._give_back(scores=scores, marks=marks)
        return found

    def intersect(self, a: Numbers, b: Numbers, articles: int) -> tuple[Numbers, Numbers]:
        if len(a) > len(b):
            at_b, at_a = self.intersect(b, a, articles)
            return at_a, at_b
        if len(a) * DENSE < len(b):
            return loops.intersect_few(a, b)
        place = self._zeros("place", articles, np.int32)
        places: tuple[Numbers, Numbers] = loops.intersect(a, b, place)
        self._give_back(place=place)
        return places

    def unite(self, a: Found, b: Found, articles: int) -> Found:
        return Found(*loops.unite(a.docs, a.scores, b.docs, b.scores))

    def within(self, lists: Lists, wanted: Numbers, articles: int) -> Spots:
        if len(wanted) * DENSE < lists.tf.length:
            return Spots(*loops.within_few(lists.blocks, lists.tf, lists.escaped, lists.place, wanted))
        there = self._zeros("there", articles, np.bool_)
        spots = Spots(*loops.within(lists.blocks, lists.tf, wanted, there))
        self._give_back(there=there)
        return spots

    def keys(self, spots: Spots, places: Places) -> Numbers:
        return following.keys(*spots, *places)

    def follow(self, before: Numbers, after: Numbers, reach: int) -> Numbers:
        return following.follow(before, after, reach)

    def follow_in(self, before: Numbers, spots: Spots, places: Places, reach: int) -> Numbers:
        return following.follow_in(before, *spots, *places, reach)

    def tally(self, docs: Numbers, starts: Array | None, ordinals: Array, size: int) -> tuple[Numbers, Numbers]:
        counts = self._zeros("counts", size, np.int32)
        found: tuple[Numbers, Numbers]
        if starts is None:
            found = columns.tally_one(docs, ordinals, counts)
        else:
            found = columns.tally_many(docs, starts, ordinals, counts)
        self._give_back(counts=counts)
        return found

    def foremost(self, counts: Numbers, limit: int) -> Numbers:
        if limit > FEW or limit >= len(counts):
            return super().foremost(counts, limit)
        return columns.foremost(counts, limit)

    def having(self, docs: Numbers, starts: Array | None, ordinals: Array, wanted: int) -> Mask:
        return ordinals[docs] == wanted if starts is None else columns.having(docs, starts, ordinals, wanted)

    def overlapping(self, docs: Numbers, starts: Array, begin: Array, until: Array, wanted: tuple[int, int]) -> Mask:
        return columns.overlapping(docs, starts, begin, until, *wanted)

    def best(self, docs: Numbers, scores: Floats, count: int, *, rounds: bool) -> tuple[Numbers, Floats]:
        if count > FEW:
            return super().best(docs, scores, count, rounds=rounds)
        return loops.best(scores, min(count, len(docs)), rounds)
