"""What is kept of every article beside its words: facet values as ordinals, days as numbers.

A column of values has its distinct values, sorted, and for each article the numbers of those that it has. A field of
dates has a column for each level. Spans of days are ordinals, half-open; an open end is EVER.
"""

from array import array
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Mask, Numbers
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.packing import (
    RisingWriter,
    Strings,
    inverse,
    read_rising,
    runs,
    to_bytes,
    to_text,
    write_strings,
)
from search.schema import BY_NAME, FACETS, KEY_LENGTH, LEVELS, Level

EVER = 2**31 - 1
FEW = 20_000  # values that are kept in memory as texts
Days = tuple[int, int]  # from, until; -EVER and EVER are open ends


def days(begin: date | None, until: date | None) -> Days:
    """Half-open days as numbers."""
    return begin.toordinal() if begin else -EVER, until.toordinal() if until else EVER


def column_of(field: str, value: str) -> str:
    """The column that a facet value belongs to: the field's, or that of its level for a date."""
    if BY_NAME[field].kind != "date":
        return field
    return next((f"{field}.{level}" for level in LEVELS if KEY_LENGTH[level] == len(value)), f"{field}.year")


def column_at(field: str, level: Level | None) -> str:
    """The column of a facet; of a field of dates, that of a level."""
    return f"{field}.{level or 'year'}" if BY_NAME[field].kind == "date" else field


COLUMNS: tuple[str, ...] = tuple(name for field in FACETS for name in (
    [f"{field}.{level}" for level in LEVELS] if BY_NAME[field].kind == "date" else [field]))


class _Numbers(dict[str, int]):
    """Values, numbered as they come."""

    def __missing__(self, value: str) -> int:
        number = self[value] = len(self)
        return number


class ValueWriter:
    """Gathers the values of a column, article by article."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._ordinals, self._counts = array("I"), array("I")

    def add(self, values: Collection[str]) -> None:
        """Takes the values of the next article, distinct."""
        if values:
            self._ordinals.extend(map(self._numbers.__getitem__, values))
        self._counts.append(len(values))

    def values(self) -> list[str]:
        """The distinct values, by the numbers that they were given."""
        return list(self._numbers)

    def rows(self, order: Numbers) -> tuple[Numbers, Numbers]:
        """How many values each article has, and the numbers of the values, articles in the given order."""
        counts = np.array(self._counts, np.intp)
        starts = counts.cumsum() - counts
        index = runs(starts[order], counts[order])
        return counts[order], np.array(self._ordinals, np.intp)[index]

    def write(self, out: ArrayWriter, name: str, order: Numbers) -> None:
        """Writes the column, articles in the given order."""
        values = [to_bytes(value) for value in self._numbers]
        by_value = sorted(range(len(values)), key=values.__getitem__)
        counts, numbers = self.rows(order)
        write_column(out, name, [values[n] for n in by_value], counts, inverse(np.array(by_value, np.intp))[numbers])


def write_column(out: ArrayWriter, name: str, values: Sequence[bytes], counts: Array, numbers: Array) -> None:
    """Writes a column: its sorted values, how many of them each article has, and their numbers, article by article.

    Articles get the ordinals of the values by frequency, so that the counters of those that are counted most often lie
    together in the processor's cache; NAME.order leads back to the numbers.
    """
    write_strings(out, f"{name}.values", values)
    order = np.argsort(-np.bincount(numbers, minlength=len(values)), kind="stable")
    narrow = np.uint8 if len(values) <= 256 else np.uint16 if len(values) <= 65_536 else np.uint32
    out.put(f"{name}.order", order.astype(np.uint32))
    out.put(f"{name}.ordinals", inverse(order)[numbers].astype(narrow))
    if (counts != 1).any():
        RisingWriter(out, f"{name}.starts").append(counts)


def joined(several: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[Numbers]]:
    """All values of several columns, sorted, and of each column the numbers that its own values have among them."""
    values = sorted(set().union(*several))
    numbers = {value: number for number, value in enumerate(values)}
    return values, [np.fromiter(map(numbers.__getitem__, own), np.intp, len(own)) for own in several]


class Column:
    """A column of values in a segment. Values have ordinals, by frequency, and numbers, by name."""

    def __init__(self, file: ArrayFile, name: str, kernels: Kernels) -> None:
        self._file, self._name, self._kernels = file, name, kernels
        self.ordinals = file.whole(f"{name}.ordinals")
        self.starts = read_rising(file, f"{name}.starts") if f"{name}.starts" in file else None

    @cached_property
    def values(self) -> Strings:
        """The distinct values, sorted."""
        return Strings(self._file, f"{self._name}.values")

    def rows(self) -> tuple[Numbers, Numbers]:
        """How many values each article has, and their numbers, article by article."""
        counts = np.ones(len(self.ordinals), np.intp) if self.starts is None else np.diff(self.starts).astype(np.intp)
        return counts, self.numbers(self.ordinals)

    def numbers(self, ordinals: Array) -> Numbers:
        """The numbers of the values of these ordinals."""
        return self._file.whole(f"{self._name}.order")[ordinals].astype(np.intp)

    @cached_property
    def _by_number(self) -> Numbers:
        return inverse(self._file.whole(f"{self._name}.order"))

    def tally(self, docs: Numbers) -> tuple[Numbers, Numbers]:
        """The ordinals of the values that any of the articles has, in any order, and how many articles have each."""
        return self._kernels.tally(docs, self.starts, self.ordinals, len(self.values))

    def names(self, numbers: Numbers) -> list[str]:
        """The values of these numbers."""
        if len(self.values) <= FEW:
            return [self._few[number] for number in numbers.tolist()]
        return [to_text(self.values[number]) for number in numbers.tolist()]

    @cached_property
    def _few(self) -> list[str]:
        return [to_text(value) for value in self.values]

    def blanks(self, docs: Numbers) -> int:
        """How many of the articles have no value."""
        return 0 if self.starts is None else int(np.count_nonzero(self.starts[docs + 1] == self.starts[docs]))

    def blank(self, docs: Numbers) -> Mask:
        """Which of the articles have no value."""
        if self.starts is None:
            return np.zeros(len(docs), bool)
        return self.starts[docs + 1] == self.starts[docs]

    def having(self, docs: Numbers, wanted: Iterable[str]) -> Mask:
        """Which of the articles have any of the wanted values."""
        mask = np.zeros(len(docs), bool)
        for number in self.values.numbers(sorted(map(to_bytes, wanted))):
            mask |= self._kernels.having(docs, self.starts, self.ordinals, int(self._by_number[number]))
        return mask


def blank_bit(field: str) -> int:
    """The bit that an article has set which has nothing in the field."""
    return 1 << list(BY_NAME).index(field)


class DaysWriter:
    """Gathers spans of days, any number for an article."""

    def __init__(self) -> None:
        self._begin, self._until, self._counts = array("i"), array("i"), array("I")

    def add(self, spans: Iterable[Days]) -> None:
        """Takes the spans of the next article."""
        before = len(self._begin)
        for begin, until in spans:
            self._begin.append(begin)
            self._until.append(until)
        self._counts.append(len(self._begin) - before)

    def write(self, out: ArrayWriter, name: str, order: Numbers) -> None:
        """Writes the spans, articles in the given order."""
        begin, until = np.array(self._begin, np.int32), np.array(self._until, np.int32)
        counts = np.array(self._counts, np.intp)
        moved = runs((counts.cumsum() - counts)[order], counts[order])
        write_days(out, name, counts[order], begin[moved], until[moved])


def write_days(out: ArrayWriter, name: str, counts: Array, begin: Array, until: Array) -> None:
    """Writes the spans of a segment: how many each article has, and their ends, article by article."""
    lengths = (until.astype(np.int64) - begin).astype(np.uint32)
    out.put(f"{name}.begin", begin)
    out.put(f"{name}.lengths", lengths.astype(np.uint8) if lengths.max(initial=0) < 256 else lengths)
    RisingWriter(out, f"{name}.starts").append(counts)


class Spans(NamedTuple):
    """The spans of days of a segment: where those of each article begin, and their ends."""

    starts: Array
    begin: Array
    until: Array

    @classmethod
    def read(cls, file: ArrayFile, name: str) -> "Spans":
        """What `write_days` wrote."""
        begin = file.whole(f"{name}.begin")
        until = begin + file.whole(f"{name}.lengths").astype(np.int64)
        return cls(read_rising(file, f"{name}.starts"), begin, until.astype(np.int32))
