"""A field's inverted index, read from the packed arrays that `postings_writer` makes of sorted postings.

    terms     the terms, sorted, and where the postings and blocks of each begin
    forms     the exact words behind the terms, each with its term and its code among the forms of that term
    blocks    128 postings each: the first article, the differences of the others and how wide they are, how many places
              and how many escaped frequencies it has, and the best that an article of it can gain
    places    where in the article a term stands, each by what it is more than the one before, in one width for a term
    codes     beside each place, which of its forms the term has there, compressed where there are many; nothing for a
              term of one form

Where the postings, blocks, bytes and places of each term and block begin is summed up when a field is first read.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from whoosh.util.numeric import byte_to_length

from search.engines.whoosh.arrays import Array, ArrayFile, Floats, Numbers
from search.engines.whoosh.building import PARTS, Occurrences, sizes_of_parts
from search.engines.whoosh.compression import expanded_codes
from search.engines.whoosh.kernels import Blocks, Kernels, Lists, Places, Spots, picked
from search.engines.whoosh.packing import (
    BLOCK,
    SLACK,
    TF_BITS,
    SmallReader,
    Strings,
    between,
    read_rising,
    read_steps,
    risen,
    runs,
    to_bytes,
    unpack,
)
from search.ranking import K1, B

LENGTHS: Floats = np.array([byte_to_length(code) for code in range(256)], np.float64)  # by length code
MOST = K1 + 1      # no term can gain an article more than this times its weight

# By the code of a width and the number of differences in a block, how many bytes they take.
BLOCK_SIZES = sizes_of_parts(np.repeat(np.arange(len(PARTS)), BLOCK), np.tile(np.arange(BLOCK), len(PARTS)))[1]
BLOCK_SIZES = BLOCK_SIZES.astype(np.uint16)

Atom = tuple[int, int | None]  # a term's number, and the code of one of its forms; None for all of them


class Postings(NamedTuple):
    """The articles in which something stands, and how often."""

    docs: Numbers
    tf: Floats


class Gains(NamedTuple):
    """What BM25 gives in a field, by length code, weights left aside.

    `table` is what the length adds below the line; `few` is the whole, first for a frequency of 1, then for 2, 3 and 4.
    """

    table: Floats
    few: Floats

    @classmethod
    def of(cls, mean: float) -> "Gains":
        """The gains in a field of some mean length."""
        table, tf = K1 * ((1 - B) + B * LENGTHS / mean), np.arange(1.0, (1 << TF_BITS) + 1)[:, None]
        return cls(table, (tf * MOST / (tf + table)).ravel())


class Field:
    """The inverted index of a field in a segment."""

    def __init__(self, file: ArrayFile, name: str, kernels: Kernels) -> None:
        self._file, self._name, self._kernels = file, name, kernels
        self._arrays: dict[str, Array] = {}
        self.tokens: int = file.remembered[name]["tokens"]
        self._tf = SmallReader(file, f"{name}.tf")

    def _whole(self, ending: str) -> Array:
        array = self._arrays.get(ending)
        if array is None:
            array = self._arrays[ending] = self._file.whole(f"{self._name}.{ending}")
        return array

    @cached_property
    def terms(self) -> Strings:
        """The terms."""
        return Strings(self._file, f"{self._name}.terms")

    @cached_property
    def words(self) -> Strings:
        """The exact words: those behind the terms, or the terms themselves where the field is not stemmed."""
        return Strings(self._file, f"{self._name}.forms") if f"{self._name}.forms.term" in self._file else self.terms

    @property
    def lengths(self) -> Array:
        """The number of words that each article has in the field."""
        return self._whole("lengths")

    @property
    def norms(self) -> Array:
        """The length code of each article."""
        return self._whole("norms")

    @cached_property
    def _df(self) -> Array:
        """The number of articles of each term."""
        return read_steps(self._file, f"{self._name}.df")

    @cached_property
    def _first(self) -> Array:
        """Of each term, how many postings come before its first; at the end, how many there are. So are the others."""
        return risen(self._df)

    @cached_property
    def _first_blocks(self) -> Numbers:
        """Of each term, how many blocks come before its first."""
        return risen((self._df.astype(np.uint32) + np.uint32(BLOCK - 1)) // np.uint32(BLOCK)).astype(np.intp)

    @cached_property
    def _at(self) -> Array:
        """Of each block, how many bytes of differences come before its first."""
        steps = np.full(self._first_blocks[-1], BLOCK - 1, np.uint16)
        steps[self._first_blocks[1:] - 1] = (self._df - np.uint32(1)) % np.uint32(BLOCK)
        steps += self._whole("width").astype(np.uint16) * np.uint16(BLOCK)
        return risen(BLOCK_SIZES.take(steps))

    @cached_property
    def _place(self) -> Array:
        """Of each block, how many places come before its first."""
        return read_rising(self._file, f"{self._name}.occurrences")

    @cached_property
    def _escaped(self) -> Array:
        """Of each block, how many escaped frequencies come before its first."""
        return read_rising(self._file, f"{self._name}.escaped")

    @cached_property
    def _coded(self) -> Array:
        """Of each term, how many bytes of codes come before its first."""
        return read_rising(self._file, f"{self._name}.coded")

    def df(self, term: int) -> int:
        """The number of articles of a term, dead ones among them."""
        return int(self._first[term + 1]) - int(self._first[term])

    def term(self, text: str) -> list[Atom]:
        """Where a term stands: in no list of postings, in one, or in several if it has very many forms."""
        return [(number, None) for number in self.terms.numbers([to_bytes(text)])]

    def word(self, text: str) -> list[Atom]:
        """Where an exact word stands: with each of the terms that it is a form of."""
        return [self.atom(number) for number in self.words.numbers([to_bytes(text)])]

    def atom(self, word: int) -> Atom:
        """The term of an exact word, and the code of the word unless it is the term's only form."""
        if self.words is self.terms:
            return word, None
        term = int(self._whole("forms.term")[word])
        return term, int(self._whole("forms.code")[word]) if self._whole("bits")[term] else None

    def any_of(self, words: Sequence[int]) -> tuple[Numbers, list[Atom]]:
        """Where exact words stand: the terms of which all forms are among them, and what is left of others."""
        numbers = np.array(words, np.intp)
        if self.words is self.terms:
            return numbers, []
        terms = self._whole("forms.term")[numbers]
        distinct, counts = np.unique(terms, return_counts=True)
        complete = counts == self._whole("forms.count")[distinct]
        part = ~complete[np.searchsorted(distinct, terms)]
        codes = self._whole("forms.code")[numbers[part]]
        return distinct[complete].astype(np.intp), list(zip(terms[part].tolist(), codes.tolist(), strict=True))

    def docs(self, terms: Numbers) -> Numbers:
        """The articles of each of several terms, in the order of the terms, which ascend."""
        first, firsts = self._first, self._first_blocks
        starts = firsts[terms]
        counts = firsts[terms + 1] - starts
        sizes = np.full(int(counts.sum()), BLOCK)
        sizes[counts.cumsum() - 1] = first[terms + 1].astype(np.intp) - first[terms] - (counts - 1) * BLOCK
        return self._chosen(runs(starts, counts), sizes)

    def heads(self, terms: Numbers) -> tuple[Numbers, int]:
        """The articles in the first block of each of several terms; and up to which article these are all."""
        first, firsts = self._first, self._first_blocks
        starts = firsts[terms]
        more = starts[firsts[terms + 1] - starts > 1] + 1
        sizes = np.minimum(first[terms + 1].astype(np.intp) - first[terms], BLOCK)
        return self._chosen(starts, sizes), int(self._whole("base")[more].min(initial=len(self.norms)))

    def _chosen(self, blocks: Numbers, sizes: Numbers) -> Numbers:
        """The articles of blocks of these sizes."""
        width, base = self._whole("width")[blocks], self._whole("base")[blocks]
        return self._kernels.unpack(self._blocks(self._at[blocks], width, base, sizes))

    def _blocks(self, at: Array, width: Array, base: Array, sizes: Numbers) -> Blocks:
        start, last = int(at[0]), int(at[-1])
        deltas = self._file.part(f"{self._name}.deltas", start, last + SLACK)
        return Blocks(deltas, at - at[0], width, base, sizes)

    def lists(self, term: int) -> Lists:
        """The postings of a term, packed."""
        first, last = self._first_blocks[term:term + 2].tolist()
        start, stop = self._first[term:term + 2].tolist()
        sizes = np.full(last - first, BLOCK)
        sizes[-1] = stop - start - (last - first - 1) * BLOCK
        width, base = self._whole("width")[first:last], self._whole("base")[first:last]
        escaped = self._escaped[first:last + 1]
        tf = self._tf.read(start, stop, int(escaped[0]), int(escaped[-1]))
        return Lists(self._blocks(self._at[first:last], width, base, sizes), tf, escaped, self._place[first:last])

    def postings(self, atom: Atom) -> Postings:
        """The articles of a term, or of one of its forms, and how often it stands in each."""
        term, code = atom
        lists = self.lists(term)
        docs, tf = self._kernels.unpack(lists.blocks), self._kernels.frequencies(lists.tf)
        if code is None:
            return Postings(docs, tf)
        ends = tf.cumsum().astype(np.intp)
        of_form = np.add.reduceat(self._codes(term, ends[-1]) == code, ends - tf.astype(np.intp), dtype=np.intp)
        kept = np.flatnonzero(of_form)
        return Postings(docs[kept], of_form[kept].astype(np.float64))

    def spots(self, term: int, wanted: Numbers) -> Spots:
        """Those of the wanted articles that have a term, how often, and where its places begin."""
        return self._kernels.within(self.lists(term), wanted, len(self.norms))

    def occurrences(self, atom: Atom, wanted: Numbers, spots: Spots | None = None) -> Numbers:
        """Where a term, or one of its forms, stands in those of the wanted articles that have it; sorted.

        Each occurrence is one number (see `kernels.PLACE_BITS`). `spots` are the term's in these articles, if known.
        """
        term, code = atom
        docs, tf, starts = spots or self.spots(term, wanted)
        places = self._places(term)
        keys = self._kernels.keys(Spots(docs, tf, starts), places)
        if code is None:
            return keys
        return keys[self._codes(term, places.size)[runs(starts, tf.astype(np.intp))] == code]

    def following(self, before: Numbers, term: int, spots: Spots, reach: int) -> Numbers:
        """Those occurrences of a term in `spots` that come at most `reach` behind one of `before`."""
        return self._kernels.follow_in(before, spots, self._places(term), reach)

    def _places(self, term: int) -> Places:
        start, stop = self._place[self._first_blocks[term:term + 2]].tolist()
        low, high = PARTS[self._whole("places.width")[term]].tolist()
        begin, end = self._placed[term:term + 2].tolist()
        data = self._file.part(f"{self._name}.places", begin, end + 1)
        first, last = between(self._whole("places.at"), start, stop)
        at = self._whole("places.at")[first:last].astype(np.intp) - start
        return Places(data, (stop - start) * low + 7 >> 3, low, high, stop - start, at,
                      self._file.part(f"{self._name}.places.value", first, last))

    @cached_property
    def _placed(self) -> Numbers:
        """Of each term, how many bytes of places come before its first."""
        sizes = sizes_of_parts(self._whole("places.width"), np.diff(self.occurrences_before))[1]
        return np.append(0, sizes.cumsum())

    @cached_property
    def first_pairs(self) -> Numbers:
        """Of each term, the number of its first form in `pairs`."""
        forms = self._whole("forms.count").astype(np.intp)
        return forms.cumsum() - forms

    def pairs(self) -> list[tuple[bytes, bytes]]:
        """Every term with each of its forms, sorted."""
        terms = list(self.terms)
        if self.words is self.terms:
            return [(term, term) for term in terms]
        words: list[bytes] = [b""] * len(self.words)
        numbers = self._whole("forms.term")
        places = self.first_pairs[numbers] + self._whole("forms.code")
        for place, word in zip(places.tolist(), self.words, strict=True):
            words[place] = word
        counts = self._whole("forms.count").tolist()
        return list(zip((term for term, count in zip(terms, counts, strict=True) for _ in range(count)), words,
                        strict=True))

    @property
    def occurrences_before(self) -> Numbers:
        """Of each term, how many occurrences come before its first; at the end, how many there are."""
        return self._place[self._first_blocks].astype(np.intp)

    def all_occurrences(self, start: int, stop: int) -> Occurrences:
        """The occurrences of the terms from `start` to `stop`, in order."""
        first = self._first[start:stop + 1].astype(np.intp)
        before = self.occurrences_before[start:stop + 1]
        escaped = self._escaped[self._first_blocks[[start, stop]]].tolist()
        tf = self._kernels.frequencies(self._tf.read(int(first[0]), int(first[-1]), *escaped)).astype(np.intp)
        docs = self.docs(np.arange(start, stop)) if start < stop else np.empty(0, np.intp)
        counts = np.diff(before)
        nth = np.arange(before[-1] - before[0]) - np.repeat(before[:-1] - before[0], counts)
        terms = np.repeat(np.arange(start, stop), counts)
        bits = self._whole("bits")[start:stop].astype(np.intp)
        codes = np.zeros(len(nth), np.intp)
        several = np.flatnonzero(bits[terms - start])
        if len(several):
            own = terms[several] - start
            sizes = -(-counts * bits // 8)
            packed = expanded_codes(self._whole("codes"), self._coded[start:stop + 1], sizes)
            bit = ((sizes.cumsum() - sizes)[own] << 3) + nth[several] * bits[own]
            codes[several] = packed[bit >> 3] >> (bit & 7) & (1 << bits[own]) - 1
        return Occurrences(terms, np.repeat(docs, tf), self._all_places(start, stop, terms - start, nth, tf), codes)

    def _all_places(self, start: int, stop: int, own: Numbers, nth: Numbers, tf: Numbers) -> Numbers:
        """The places of the terms from `start` to `stop`: each is the nth of its `own` term; `tf` is by posting."""
        begins, width = self._placed[start:stop + 1], self._whole("places.width")[start:stop]
        first, last = self.occurrences_before[[start, stop]].tolist()
        data = self._file.part(f"{self._name}.places", int(begins[0]), int(begins[-1]) + 1)
        middles = begins[:-1] + sizes_of_parts(width, np.diff(self.occurrences_before[start:stop + 1]))[0] - begins[0]
        steps = np.empty(len(own), np.intp)
        for code in np.flatnonzero(np.bincount(width)).tolist():
            chosen = np.flatnonzero((width == code)[own])
            low, high = PARTS[code].tolist()
            steps[chosen] = picked(data, begins[own[chosen]] - begins[0], low, nth[chosen])
            steps[chosen] |= picked(data, middles[own[chosen]], high, nth[chosen]) << low
        escaped = slice(*between(self._whole("places.at"), first, last))
        steps[self._whole("places.at")[escaped].astype(np.intp) - first] = self._whole("places.value")[escaped]
        sums = steps.cumsum()
        return sums - np.repeat((sums - steps)[tf.cumsum() - tf], tf)

    def _codes(self, term: int, count: int) -> Array:
        bits, size = int(self._whole("bits")[term]), int(-(-count * int(self._whole("bits")[term]) // 8))
        start, stop = self._coded[term:term + 2].tolist()
        packed = expanded_codes(self._file.part(f"{self._name}.codes", start, stop), np.array([0, stop - start]),
                                np.array([size]))
        return unpack(packed, bits, 0, count)
