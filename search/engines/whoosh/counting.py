"""Facets and filters: which of the articles found have which values, over all shards of a generation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Mask, Numbers
from search.engines.whoosh.columns import Column, column_at, column_of
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.shard import Shard
from search.facets import beside
from search.request import FacetSpec, Filter
from search.results import Facet, FacetValue
from search.schema import BY_NAME


class Tally(NamedTuple):
    """Values by their ordinals in a column, or by their numbers among the values of all shards, and their counts."""

    values: Numbers
    counts: Numbers
    column: Column | None

    def at(self, places: Numbers) -> "Tally":
        """Some of them."""
        return Tally(self.values[places], self.counts[places], self.column)

    def numbers(self) -> Numbers:
        """The numbers of the values, which are in the order of their names."""
        return self.values if self.column is None else self.column.numbers(self.values)


@dataclass(frozen=True, slots=True)
class Counting:
    """What a query found, shard by shard, to be narrowed and counted."""

    shards: Sequence[Shard]
    found: Sequence[Numbers]
    kernels: Kernels

    def kept(self, filters: Sequence[Filter]) -> list[Mask | None]:
        """Which of the articles found every filter keeps, shard by shard; None for all."""
        if not filters:
            return [None] * len(self.shards)
        return [np.logical_and.reduce([_chosen(filter_, shard, docs) for filter_ in filters])
                for shard, docs in zip(self.shards, self.found, strict=True)]

    def facet(self, spec: FacetSpec, filters: Sequence[Filter]) -> Facet:
        """A facet of all articles that the other filters keep (see `search.facets.beside`)."""
        kept = self.kept(beside(filters, spec.field))
        docs = [found if mask is None else found[mask] for found, mask in zip(self.found, kept, strict=True)]
        name = column_at(spec.field, spec.level)
        found = self._tally(name, docs)
        if spec.within:
            inside = [value.startswith(spec.within) for value in self._names(name, found.numbers())]
            found = found.at(np.flatnonzero(np.array(inside, bool)))
        first = column_at(spec.field, "year")  # what has a date at all has a year
        missing = sum(shard.segment.column(first).blanks(each) for shard, each in zip(self.shards, docs, strict=True))
        chosen = self._chosen(found, spec)
        values = map(FacetValue, self._names(name, chosen.numbers()), chosen.counts.tolist())
        return Facet(spec.field, tuple(values), len(found.counts), missing)

    def _chosen(self, found: "Tally", spec: FacetSpec) -> "Tally":
        """The values to give: by count, then name; dates in calendar order."""
        limit = len(found.counts) if spec.limit is None else min(max(spec.limit, 0), len(found.counts))
        if limit < len(found.counts):
            found = found.at(self.kernels.foremost(found.counts, limit) if limit else np.empty(0, np.intp))
        numbers = found.numbers()
        if BY_NAME[spec.field].kind != "date":
            return found.at(np.lexsort((numbers, -found.counts))[:limit])
        if len(numbers) > limit:
            found = found.at(np.lexsort((numbers, -found.counts))[:limit])
        return found.at(np.argsort(found.numbers()))

    def _tally(self, name: str, docs: Sequence[Numbers]) -> "Tally":
        columns = [shard.segment.column(name) for shard in self.shards]
        tallies = [column.tally(each) for column, each in zip(columns, docs, strict=True)]
        if len(tallies) == 1:
            return Tally(*tallies[0], columns[0])
        if not tallies:
            return Tally(np.empty(0, np.intp), np.empty(0, np.intp), None)
        numbers = [shard.ordinals(name)[column.numbers(ordinals)]
                   for shard, column, (ordinals, _) in zip(self.shards, columns, tallies, strict=True)]
        distinct, owners = np.unique(np.concatenate(numbers), return_inverse=True)
        counts = np.bincount(owners, np.concatenate([each for _, each in tallies]), len(distinct))
        return Tally(distinct, counts.astype(np.intp), None)

    def _names(self, name: str, numbers: Numbers) -> list[str]:
        """The values of numbers among the values of all shards."""
        columns = [shard.segment.column(name) for shard in self.shards]
        if len(columns) == 1:
            return columns[0].names(numbers)
        names = [""] * len(numbers)
        for shard, column in zip(self.shards, columns, strict=True):
            known = shard.ordinals(name)
            at = np.minimum(np.searchsorted(known, numbers), max(len(known) - 1, 0))
            here = np.flatnonzero(known[at] == numbers) if len(known) else at[:0]
            for place, value in zip(here.tolist(), column.names(at[here]), strict=True):
                names[place] = value
        return names


def _chosen(filter_: Filter, shard: Shard, docs: Numbers) -> Mask:
    """What `search.facets.chosen` says of each article."""
    mask = np.ones(len(docs), bool)
    if filter_.include or filter_.missing:
        mask = _having(shard, filter_.field, docs, filter_.include)
        if filter_.missing or not filter_.include:
            mask |= shard.segment.column(column_at(filter_.field, "year")).blank(docs)
    return mask & ~_having(shard, filter_.field, docs, filter_.exclude) if filter_.exclude else mask


def _having(shard: Shard, field: str, docs: Numbers, wanted: frozenset[str]) -> Mask:
    mask = np.zeros(len(docs), bool)
    for name in sorted({column_of(field, value) for value in wanted}):
        mask |= shard.segment.column(name).having(docs, [v for v in wanted if column_of(field, v) == name])
    return mask

