"""From the words of many articles, in the order of the articles, to a field's postings, in the order of its terms.

All words are sorted at once, each as one number: its term, its article, its place and its form side by side in 64 bits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array, Numbers
from search.engines.whoosh.building import Inverted, Values
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.packing import to_bytes
from search.engines.whoosh.postings_writer import Forms

MOST_FORMS = 255     # of a term in one list of postings
STRETCH = 4_000_000  # occurrences that are sorted at a time

Pair = tuple[bytes, bytes]  # a term and one of the exact words behind it


class Words(NamedTuple):
    """The words of one field as numbers of types, value by value.

    Each value has the number of its article, the place of its first word, and how many words it has.
    """

    types: Array
    articles: Numbers
    begins: Numbers
    counts: Numbers

    def lengths(self, articles: int) -> Numbers:
        """The number of words of each of `articles` articles."""
        return np.bincount(self.articles, self.counts, minlength=articles).astype(np.intp)


@dataclass(frozen=True)
class Vocabulary:
    """The pairs of a field, sorted; its terms, sorted; and of each pair its term's number and its code.

    A term of more than MOST_FORMS forms comes several times.
    """

    pairs: Sequence[Pair]
    terms: list[bytes]
    term: Numbers
    code: Numbers

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> "Vocabulary":
        """The vocabulary of distinct pairs, sorted."""
        terms: list[bytes] = []
        numbers: list[int] = []
        codes: list[int] = []
        for term, _ in pairs:
            if not terms or terms[-1] != term or codes[-1] == MOST_FORMS - 1:
                terms.append(term)
                codes.append(0)
            else:
                codes.append(codes[-1] + 1)
            numbers.append(len(terms) - 1)
        return cls(pairs, terms, np.array(numbers, np.intp), np.array(codes, np.intp))

    @cached_property
    def counts(self) -> Numbers:
        """How many forms each term has."""
        return np.bincount(self.term, minlength=len(self.terms))

    @property
    def forms(self) -> Forms:
        """The exact words in their own order."""
        words = [word for _, word in self.pairs]
        order = np.array(sorted(range(len(words)), key=words.__getitem__), np.intp)
        return Forms([words[n] for n in order.tolist()], self.term[order], self.code[order])


def vocabulary(words: Words, stems: Sequence[str], folds: Sequence[str]) -> tuple[Vocabulary, Array]:
    """The vocabulary of words, and the number of each word's pair, in the place of its type.

    `stems` and `folds` give the pair of each type. There may be hundreds of millions of words: no copy is made of them.
    """
    used = np.flatnonzero(_counts(words.types, len(stems)))
    pairs = sorted((to_bytes(stems[number]), to_bytes(folds[number]), number) for number in used.tolist())
    pair_of = np.zeros(len(stems), np.int32)
    pair_of[[number for *_, number in pairs]] = np.arange(len(pairs))
    for start in range(0, len(words.types), STRETCH):
        words.types[start:start + STRETCH] = pair_of[words.types[start:start + STRETCH]]
    return Vocabulary.of([(term, word) for term, word, _ in pairs]), words.types


def invert(words: Words, known: Vocabulary, pairs: Array, kernels: Kernels) -> Iterator[tuple[Inverted, Numbers]]:
    """The postings of words whose `pairs` are numbered, in stretches of consecutive terms, and the forms of these."""
    weights = np.bincount(known.term, _counts(pairs, len(known.pairs)), len(known.terms))
    first_pairs = np.searchsorted(known.term, np.arange(len(known.terms) + 1))
    values = Values(words.counts.cumsum(), words.articles, words.begins)
    for first, last in stretches(weights.astype(np.intp)):
        stretch = slice(int(first_pairs[first]), int(first_pairs[last]))
        inverted = kernels.invert(pairs, values, known.term[stretch] - first, known.code[stretch],
                                  range(stretch.start, stretch.stop))
        yield inverted, known.counts[first:last]


def _counts(numbers: Array, size: int) -> Numbers:
    """How often each number below `size` occurs."""
    counts = np.zeros(size, np.intp)
    for start in range(0, len(numbers), STRETCH):
        counts += np.bincount(numbers[start:start + STRETCH], minlength=size)
    return counts


def stretches(weights: Numbers) -> Iterator[tuple[int, int]]:
    """Runs of consecutive items, from and until, of about STRETCH in weight each, or of one item."""
    ends, first = weights.cumsum(), 0
    while first < len(ends):
        reached = ends[first - 1] if first else 0
        last = max(int(np.searchsorted(ends, reached + STRETCH, "right")), first + 1)
        yield first, last
        first = last
