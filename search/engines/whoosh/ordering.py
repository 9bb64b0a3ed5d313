"""The first hits of what was found, in the order that a request asks for.

Articles of a segment are numbered newest first and then by id, so that a number says what a tie needs to know.
"""

from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.arrays import Floats, Mask, Numbers
from search.engines.whoosh.kernels import Found, Kernels
from search.engines.whoosh.segment import UNDATED as NO_MOMENT
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.shard import Shard
from search.ranking import DIGITS, UNDATED, Key, key
from search.request import Sort


def first_keys(shards: Sequence[Shard], found: Sequence[Found], sort: Sort, count: int, after: Key | None,
               kernels: Kernels) -> list[Key]:
    """The keys (see `search.ranking.key`) of the first `count` hits behind `after`, sorted."""
    keys: list[Key] = []
    for shard, each in zip(shards, found, strict=True):
        keys += _first_of(shard.segment, each, sort, count, after, kernels)
    return sorted(keys)[:count]


def _first_of(segment: Segment, found: Found, sort: Sort, count: int, after: Key | None,
              kernels: Kernels) -> list[Key]:
    moments = segment.file.whole("moments")
    docs, scores = found.docs, _as_scores(found, moments, sort)
    if after is not None:
        behind = _behind(segment, docs, scores, sort, after)
        docs, scores = docs[behind], scores[behind]
    at, best = kernels.best(docs, scores, count, rounds=sort == "relevance")
    return [_key(sort, segment.id(doc), int(moments[doc]), score)
            for doc, score in zip(docs[at].tolist(), best.tolist(), strict=True)]


def _as_scores(found: Found, moments: Numbers, sort: Sort) -> Floats:
    """What hits are ordered by, the highest first, before their numbers."""
    if sort == "relevance":
        return found.scores
    if sort == "newest":
        return np.zeros(len(found.docs))
    at = moments[found.docs]
    return np.where(at == NO_MOMENT, -UNDATED, -at.astype(np.float64))


def _key(sort: Sort, id_: str, moment: int, score: float) -> Key:
    """What `search.ranking.key` gives, of a score that is rounded already."""
    relevance, when, _ = key(sort, id_, None if moment == NO_MOMENT else moment, 0.0)
    return -score if sort == "relevance" else relevance, when, id_


def _behind(segment: Segment, docs: Numbers, scores: Floats, sort: Sort, after: Key) -> Mask:
    """Which hits come behind a key."""
    relevance, moment, id_ = after
    sought = float(NO_MOMENT) if moment == UNDATED else moment if sort == "oldest" else -moment
    first = _first_behind(segment, sought, id_)
    if sort == "newest":
        return docs >= first
    reached = -moment if sort == "oldest" else -relevance
    rounded = np.round(scores, DIGITS) if sort == "relevance" else scores
    return (rounded < reached) | ((rounded == reached) & (docs >= first))


def _first_behind(segment: Segment, moment: float, id_: str) -> int:
    """The number of the first article that is behind a moment and an id in the order of the segment."""
    moments = segment.file.whole("moments")
    low, high = (int(np.searchsorted(-moments, -moment, side)) for side in ("left", "right"))
    while low < high:
        middle = (low + high) // 2
        if segment.id(middle) <= id_:
            low = middle + 1
        else:
            high = middle
    return low
