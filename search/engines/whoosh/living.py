"""The terms of a shard's living articles, as Whoosh reads them: one by one, and the postings of each.

Articles are numbered for Whoosh: without the dead, in the order of the shard.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo

from search.engines.whoosh.arrays import Floats, Numbers
from search.engines.whoosh.fields import EXACT
from search.engines.whoosh.kernels import PLACE_BITS, Found, unite_all
from search.engines.whoosh.packing import BLOCK, Strings
from search.engines.whoosh.postings import LENGTHS, Atom
from search.engines.whoosh.shard import Shard

REMEMBERED = 64  # terms of a field whose postings are kept

Term = tuple[str, bytes]  # as Whoosh gives it: the field and the text


class Posted:
    """The postings of a term: it stands `tf` times in each article of `docs`, whose field has `lengths` words.

    `places` gives where, article after article. Of each BLOCK postings the extremes are known.
    """

    def __init__(self, docs: Numbers, tf: Floats, lengths: Floats, places: Callable[[], list[int]]) -> None:
        self.docs: list[int] = docs.tolist()
        self.weights: list[float] = tf.tolist()
        blocks = np.arange(0, len(docs), BLOCK)
        self.block_weights: list[float] = np.maximum.reduceat(tf, blocks).tolist()
        self.block_lengths: list[tuple[float, float]] = list(zip(
            np.minimum.reduceat(lengths, blocks).tolist(), np.maximum.reduceat(lengths, blocks).tolist(), strict=True))
        self._read_places = places

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        return self._read_places(), list(accumulate(map(int, self.weights), initial=0))

    def positions(self, nth: int) -> list[int]:
        """Where the term stands in the nth article, sorted."""
        places, bounds = self._places
        return places[bounds[nth]:bounds[nth + 1]]

    def info(self) -> TermInfo:
        """What Whoosh wants to know of a term, as an object that it may change."""
        shortest, longest = zip(*self.block_lengths, strict=True)
        return TermInfo(sum(self.weights), len(self.docs), min(shortest), max(longest), max(self.block_weights),
                        self.docs[0], self.docs[-1])


class LivingTerms:
    """The terms of a field of Whoosh's schema that stand in a living article of a shard."""

    def __init__(self, shard: Shard, name: str) -> None:
        self._shard, self._is_exact = shard, name.endswith(EXACT)
        self._field = shard.segment.field(name.removesuffix(EXACT))
        self._postings = lru_cache(REMEMBERED)(self._read_postings)
        self.posted = lru_cache(REMEMBERED)(self._posted)

    @cached_property
    def _strings(self) -> Strings:
        return self._field.words if self._is_exact else self._field.terms

    @cached_property
    def _living(self) -> Numbers:
        return self._shard.every()

    def starting_at(self, text: bytes) -> Iterator[bytes]:
        """The terms that are not before `text`, sorted."""
        before = None  # a term that stands in several lists of postings comes several times
        for term in self._strings.between(self._strings.at_least(text), len(self._strings)):
            if term != before and (self._shard.dead is None or self.frequency(term)):
                yield term
            before = term

    def frequency(self, term: bytes) -> int:
        """The number of living articles that have a term."""
        atoms = self._atoms(term)
        if self._shard.dead is None and len(atoms) == 1 and atoms[0][1] is None:
            return self._field.df(atoms[0][0])
        return len(self._postings(term).docs)

    def _atoms(self, term: bytes) -> list[Atom]:
        return [self._field.atom(number) if self._is_exact else (number, None)
                for number in self._strings.numbers((term,))]

    def _read_postings(self, term: bytes) -> Found:
        """The living articles of a term, by the shard's numbers, and how often it stands in each."""
        shard = self._shard
        several = [Found(*self._field.postings(atom)) for atom in self._atoms(term)]
        docs, tf = unite_all(shard.segment.kernels, several, shard.segment.articles)
        if shard.dead is None:
            return Found(docs, tf)
        alive = ~shard.dead[docs]
        return Found(docs[alive], tf[alive])

    def _posted(self, term: bytes) -> Posted:
        """The postings of a term. Raises KeyError if there are none."""
        docs, tf = self._postings(term)
        if not len(docs):
            raise KeyError(term)
        numbers = docs if self._shard.dead is None else np.searchsorted(self._living, docs)
        return Posted(numbers, tf, LENGTHS[self._field.norms[docs]], partial(self._places, term))

    def _places(self, term: bytes) -> list[int]:
        docs = self._postings(term).docs
        keys = np.sort(np.concatenate([self._field.occurrences(atom, docs) for atom in self._atoms(term)]))
        places: list[int] = (keys & (1 << PLACE_BITS) - 1).tolist()
        return places


class ShardMatcher(LeafMatcher):  # type: ignore[misc]
    """Goes through the postings of a term."""

    def __init__(self, term: Term, posted: Posted, format_: Any, scorer: Any, nth: int = 0) -> None:
        self._term, self._posted, self.format, self.scorer = term, posted, format_, scorer
        self._docs, self._nth = posted.docs, nth

    def is_active(self) -> bool:
        return self._nth < len(self._docs)

    def reset(self) -> None:
        self._nth = 0

    def copy(self) -> "ShardMatcher":
        return ShardMatcher(self._term, self._posted, self.format, self.scorer, self._nth)

    def id(self) -> int:
        return self._docs[self._nth]

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._nth:])

    def weight(self) -> float:
        return self._posted.weights[self._nth]

    def value(self) -> Any:
        return self.format.encode(self._posted.positions(self._nth))

    def value_as(self, astype: str) -> Any:
        return self._posted.positions(self._nth) if astype == "positions" else super().value_as(astype)

    def next(self) -> None:
        self._nth += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 - the name is Whoosh's
        if not self.is_active():
            raise ReadTooFar
        self._nth = bisect_left(self._docs, id, self._nth)

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._nth = (self._nth // BLOCK + 1) * BLOCK
            skipped += 1
        return skipped

    def block_min_length(self) -> float:
        return self._posted.block_lengths[self._nth // BLOCK][0]

    def block_max_length(self) -> float:
        return self._posted.block_lengths[self._nth // BLOCK][1]

    def block_max_weight(self) -> float:
        return self._posted.block_weights[self._nth // BLOCK]


class ShardCursor(FieldCursor):  # type: ignore[misc]
    """A place among the terms of a field; at first, the first of them."""

    def __init__(self, known: LivingTerms) -> None:
        self._known = known
        self.first()

    def first(self) -> str | None:
        return self.find(b"")

    def find(self, string: str | bytes) -> str | None:
        self._ahead = self._known.starting_at(string.encode() if isinstance(string, str) else string)
        return self.next()

    def next(self) -> str | None:
        self._term = next(self._ahead, None)
        return self.text()

    def text(self) -> str | None:
        return None if self._term is None else self._term.decode()

    def term_info(self) -> TermInfo | None:
        return None if self._term is None else self._known.posted(self._term).info()

    def is_valid(self) -> bool:
        return self._term is not None
