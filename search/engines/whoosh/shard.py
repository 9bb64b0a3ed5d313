"""A segment as a generation sees it: with the articles that have died since it was written."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from search.engines.whoosh.arrays import Mask, Numbers
from search.engines.whoosh.fields import EXACT
from search.engines.whoosh.packing import REMEMBERED, to_bytes, to_text
from search.engines.whoosh.postings import Atom, Field
from search.engines.whoosh.segment import Segment


class Shard:
    """A segment, and which of its articles were removed or replaced; None if all are alive.

    `ordinals` has for each column the numbers of the segment's values among those of all shards.
    """

    def __init__(self, segment: Segment, dead: Mask | None, ordinals: Mapping[str, Numbers]) -> None:
        self.segment, self.dead, self._ordinals = segment, dead, ordinals
        self.living: int = segment.articles - (0 if dead is None else int(dead.sum()))
        self.atoms = lru_cache(REMEMBERED)(self._atoms)
        self.frequency = lru_cache(REMEMBERED)(self._frequency)

    def _atoms(self, field: str, forms: tuple[str, ...]) -> tuple[Field, list[Atom]]:
        """The inverted index that a field of Whoosh's schema is read from, and where these forms stand in it."""
        inverted = self.segment.field(field.removesuffix(EXACT))
        find = inverted.word if field.endswith(EXACT) else inverted.term
        return inverted, [atom for form in forms for atom in find(form)]

    def words(self, field: str, words: Sequence[str], prefix: str | None) -> tuple[Field, Sequence[int]]:
        """The numbers of exact words, sorted, or of all that begin with a prefix."""
        inverted = self.segment.field(field.removesuffix(EXACT))
        if prefix is None:
            return inverted, inverted.words.numbers(to_bytes(word) for word in words)
        return inverted, inverted.words.beginning_with(to_bytes(prefix))

    def living_words(self, field: str, prefix: str) -> Iterator[str]:
        """The exact words that begin with a prefix and stand in a living article, sorted; some may come twice."""
        inverted, numbers = self.words(field, (), prefix)
        for number, word in zip(numbers, inverted.words.between(numbers[0], numbers[-1] + 1) if numbers else (),
                                strict=True):
            if self.dead is None or not self.dead[inverted.postings(inverted.atom(number)).docs].all():
                yield to_text(word)

    def _frequency(self, field: str, text: str) -> int:
        """The number of living articles that have a term or an exact word."""
        inverted, atoms = self.atoms(field, (text,))
        if self.dead is None and len(atoms) == 1 and atoms[0][1] is None:
            return inverted.df(atoms[0][0])
        docs = {doc for atom in atoms for doc in self.alive(inverted.postings(atom).docs).tolist()}
        return len(docs)

    def alive(self, docs: Numbers) -> Numbers:
        """Those of the articles that are alive."""
        return docs if self.dead is None else docs[~self.dead[docs]]

    def ids(self) -> Iterator[bytes]:
        """The ids of the living articles, sorted."""
        articles = self.segment.file.whole("ids.article")
        for place, id_ in enumerate(self.segment.ids):
            if self.dead is None or not self.dead[articles[place]]:
                yield id_

    def number(self, id_: str) -> int | None:
        """The number of the living article of an id."""
        number = self.segment.number(id_)
        return None if number is None or (self.dead is not None and self.dead[number]) else number

    def ordinals(self, column: str) -> Numbers:
        """The number of each value of a column among the values of all shards."""
        return self._ordinals[column]

    def tokens(self, field: str) -> int:
        """The number of words that living articles have in a field."""
        inverted = self.segment.field(field)
        return inverted.tokens - (0 if self.dead is None else int(inverted.lengths[self.dead].sum()))

    def every(self) -> Numbers:
        """All living articles."""
        return np.arange(self.segment.articles) if self.dead is None else np.flatnonzero(~self.dead)
