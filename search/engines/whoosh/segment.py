"""A segment: some thousand or million articles in one file of arrays, never changed once it is written.

Its articles are numbered newest first, ties by id, so that the numbers themselves order hits of equal score.
"""

from array import array
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.analysis import GAP
from search.document import Document
from search.engines.whoosh.arrays import ArrayFile, ArrayWriter, Numbers
from search.engines.whoosh.columns import (
    COLUMNS,
    Column,
    DaysWriter,
    Spans,
    ValueWriter,
    days,
)
from search.engines.whoosh.fields import INDEXED, STEMMED, TEXTS
from search.engines.whoosh.inversion import Words, invert, vocabulary
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.lexing import Types
from search.engines.whoosh.packing import Strings, inverse, runs, to_bytes, write_strings
from search.engines.whoosh.postings import Field
from search.engines.whoosh.postings_writer import FieldWriter
from search.engines.whoosh.record import read_record, write_record
from search.engines.whoosh.stored import Learned, Records, RecordWriter
from search.schema import FIELDS, KEY_LENGTH, LEVELS

UNDATED = -(2**62)  # the moment of an article without a date: after all others
ENDING = ".seg"
BATCH = 50  # values of a field that are read at a time


LEVEL_COLUMNS = {field.name: [(f"{field.name}.{level}", KEY_LENGTH[level]) for level in LEVELS]
                 for field in FIELDS if field.kind == "date"}


class SegmentWriter:
    """Gathers articles in memory, and writes them as a segment."""

    def __init__(self, types: Types, kernels: Kernels, learned: Learned | None = None) -> None:
        self._types, self._kernels = types, kernels
        self._ids: list[str] = []
        self._moments = array("q")
        self._blank = array("I")
        self._texts = {name: _Texts(types) for name in TEXTS}
        self._values = {name: ValueWriter() for name in COLUMNS}
        self._published, self._about = DaysWriter(), DaysWriter()
        self.records = RecordWriter(kernels, learned)
        self.characters = 0

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, document: Document) -> None:
        """Takes a document. Of several with one id the last is to live."""
        article, number = document.article, len(self._ids)
        self._ids.append(article.id)
        moment = article.published.moment
        self._moments.append(UNDATED if moment is None else moment)
        blank = 0
        for bit, field in enumerate(FIELDS):
            values = list(field.values(document))
            if not any(values):
                blank |= 1 << bit
            if field.kind == "text":
                self._texts[field.name].add(number, values, article.language)
            elif field.kind == "name":
                self._values[field.name].add(dict.fromkeys(values) if len(values) > 1 else values)
            else:
                for name, length in LEVEL_COLUMNS[field.name]:
                    self._values[name].add([value for value in values if len(value) == length])
        self._blank.append(blank)
        self.characters += len(article.text) + sum(map(len, document.former))
        span = article.published.span
        self._published.add([days(*span)] if span else [])
        self._about.add({days(mention.begin, mention.until) for mention in document.dates if mention.indexed})
        self.records.add(write_record(document))

    def write(self, path: Path) -> Numbers:
        """Writes the segment, and syncs it; gives the number that each article has there."""
        moments = np.array(self._moments, np.int64)
        # Of several articles of one id, all but the last are dead: the last is to be found first.
        by_id = np.array(sorted(range(len(self._ids) - 1, -1, -1), key=self._ids.__getitem__), np.intp)
        order = by_id[np.argsort(-moments[by_id], kind="stable")]
        rank = inverse(order)
        with ArrayWriter(path) as out:
            out.remembered["articles"] = len(order)
            write_strings(out, "ids", [to_bytes(self._ids[n]) for n in by_id.tolist()])
            out.put("ids.article", rank[by_id].astype(np.uint32))
            out.put("moments", moments[order])
            out.put("blank", np.array(self._blank, np.uint32)[order])
            out.put("record", order.astype(np.uint32))
            for name, texts in self._texts.items():
                self._write_field(out, name, texts.words(rank), len(order))
            for name, values in self._values.items():
                values.write(out, name, order)
                if name in INDEXED:
                    self._write_field(out, name, self._words_of(values, order), len(order))
            self._published.write(out, "published.days", order)
            self._about.write(out, "about.days", order)
            self.records.write(out)
            out.close()
        return rank

    def _words_of(self, values: ValueWriter, order: Numbers) -> Words:
        """The words of a field of names: those of each value once, given out to the articles that have it."""
        types, ends = self._types.of_texts(values.values(), "")
        sizes = np.diff(ends, prepend=0)
        per_article, numbers = values.rows(order)
        articles = np.repeat(np.arange(len(order)), per_article)
        steps = np.maximum(sizes[numbers] - 1, 0) + GAP
        begins = steps.cumsum() - steps
        firsts = (per_article.cumsum() - per_article)[articles]
        index = runs((ends - sizes)[numbers], sizes[numbers])
        return Words(types[index], articles, begins - begins[firsts], sizes[numbers])

    def _write_field(self, out: ArrayWriter, name: str, words: Words, articles: int) -> None:
        known, pairs = vocabulary(words, self._types.stems, self._types.folds)
        writer = FieldWriter(out, name, words.lengths(articles), self._kernels)
        for inverted, forms in invert(words, known, pairs, self._kernels):
            writer.append(inverted, forms)
        writer.finish(known.terms, known.forms if name in STEMMED else None)


class _Texts:
    """Gathers the words of a field of prose. Values wait until there are BATCH of a language, to be read faster."""

    def __init__(self, types: Types) -> None:
        self._lexicon = types
        self._waiting: dict[str, list[str]] = {}
        self._owners: dict[str, list[tuple[int, int]]] = {}  # of each that waits, its article and which value it is
        self._types: list[NDArray[np.int32]] = []
        self._counts: list[Numbers] = []
        self._articles, self._nth = array("q"), array("q")

    def add(self, article: int, values: list[str], language: str) -> None:
        """Takes the values of an article."""
        waiting = self._waiting.setdefault(language, [])
        waiting += values
        self._owners.setdefault(language, []).extend((article, nth) for nth in range(len(values)))
        if len(waiting) >= BATCH:
            self._read(language)

    def _read(self, language: str) -> None:
        types, ends = self._lexicon.of_texts(self._waiting.pop(language), language)
        for article, nth in self._owners.pop(language):
            self._articles.append(article)
            self._nth.append(nth)
        self._types.append(types)
        self._counts.append(np.diff(ends, prepend=0))

    def words(self, rank: Numbers) -> Words:
        """All words, given the number that each article has in the segment."""
        for language in list(self._waiting):
            self._read(language)
        types = np.concatenate([np.empty(0, np.int32), *self._types])
        self._types.clear()  # hundreds of megabytes
        counts = np.concatenate([np.empty(0, np.intp), *self._counts])
        articles, nth = np.array(self._articles, np.intp), np.array(self._nth, np.intp)
        order = np.lexsort((nth, articles))
        steps = (np.maximum(counts - 1, 0) + GAP)[order]
        begins = steps.cumsum() - steps
        begins -= np.repeat(begins[nth[order] == 0], np.diff(np.flatnonzero(nth[order] == 0), append=len(order)))
        unsorted = np.empty(len(order), np.intp)
        unsorted[order] = begins
        return Words(types, rank[articles], unsorted, counts)


class Segment:
    """A segment, open for reading by any number of threads."""

    def __init__(self, path: Path, kernels: Kernels) -> None:
        self.name = path.name.removesuffix(ENDING)
        self.file, self.kernels = ArrayFile(path), kernels
        self.articles: int = self.file.remembered["articles"]
        self._fields: dict[str, Field] = {}
        self._columns: dict[str, Column] = {}
        self._days: dict[str, Spans] = {}
        self.records = Records(self.file, kernels)

    def field(self, name: str) -> Field:
        """The inverted index of a field."""
        if name not in self._fields:
            self._fields[name] = Field(self.file, name, self.kernels)
        return self._fields[name]

    def column(self, name: str) -> Column:
        """A column of facet values."""
        if name not in self._columns:
            self._columns[name] = Column(self.file, name, self.kernels)
        return self._columns[name]

    def days(self, name: str) -> Spans:
        """A column of spans of days."""
        if name not in self._days:
            self._days[name] = Spans.read(self.file, name)
        return self._days[name]

    @cached_property
    def ids(self) -> Strings:
        """The ids of the articles, sorted."""
        return Strings(self.file, "ids")

    @cached_property
    def rank(self) -> Numbers:
        """Of each article, where its id stands in `ids`."""
        return inverse(self.file.whole("ids.article"))

    def id(self, article: int) -> str:
        """The id of an article."""
        return self.ids[int(self.rank[article])].decode()

    def number(self, id_: str) -> int | None:
        """The number of the article of an id."""
        data = to_bytes(id_)
        place = self.ids.at_least(data)
        if place < len(self.ids) and self.ids[place] == data:
            return int(self.file.whole("ids.article")[place])
        return None

    def document(self, article: int) -> Document:
        """What is stored of an article."""
        return read_record(self.records.read(int(self.file.whole("record")[article])))
