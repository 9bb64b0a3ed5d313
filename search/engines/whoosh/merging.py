"""Several segments made one, without their dead: the same segment as if all articles had been gathered at once.

The terms are taken in stretches, so that of all postings only those of a few million places are in memory at a time, or
those of one term, if it has more.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge as in_order
from itertools import compress, groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from search.engines.whoosh.arrays import Array, ArrayWriter, Numbers
from search.engines.whoosh.building import Occurrences
from search.engines.whoosh.columns import COLUMNS, joined, write_column, write_days
from search.engines.whoosh.fields import INDEXED, STEMMED
from search.engines.whoosh.inversion import MOST_FORMS, Vocabulary, stretches
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.packing import inverse, runs, write_strings
from search.engines.whoosh.postings import Field
from search.engines.whoosh.postings_writer import FieldWriter
from search.engines.whoosh.shard import Shard
from search.engines.whoosh.stored import merged_records


class Plan(NamedTuple):
    """Which article goes where: for each shard, the new number of each article, -1 for the dead; and how many stay."""

    numbers: list[Numbers]
    articles: int

    def moved(self, values: Sequence[Array]) -> Array:
        """An array of one item for each article, given that of each shard."""
        out = np.empty(self.articles, values[0].dtype)
        for numbers, each in zip(self.numbers, values, strict=True):
            out[numbers[numbers >= 0]] = each[numbers >= 0]
        return out


def merge(shards: Sequence[Shard], path: Path, kernels: Kernels) -> None:
    """Writes one segment of all living articles of the shards, and syncs it."""
    with ArrayWriter(path) as out:
        plan = _plan(shards, out)
        out.remembered["articles"] = plan.articles
        for name in ("moments", "blank"):
            out.put(name, plan.moved([shard.segment.file.whole(name) for shard in shards]))
        for name in INDEXED:
            _merge_field(out, name, shards, plan, kernels)
            _release(shards)
        for name in COLUMNS:
            _merge_column(out, name, shards, plan)
        _release(shards)
        for name in ("published.days", "about.days"):
            _merge_days(out, name, shards, plan)
        _merge_records(out, shards, plan, kernels)
        out.close()


def _release(shards: Sequence[Shard]) -> None:
    for shard in shards:
        shard.segment.file.release()


def _plan(shards: Sequence[Shard], out: ArrayWriter) -> Plan:
    """Numbers the living articles newest first, ties by id, and writes the ids."""
    owners = [[(id_, which, int(number)) for id_, number in zip(shard.segment.ids, shard.segment.file.whole(
        "ids.article").tolist(), strict=True)] for which, shard in enumerate(shards)]
    entries = [entry for entry in in_order(*owners) if shards[entry[1]].dead is None or not _dead(shards, entry)]
    moments = np.array([0] * len(entries), np.int64)
    which = np.array([entry[1] for entry in entries], np.intp)
    old = np.array([entry[2] for entry in entries], np.intp)
    for number, shard in enumerate(shards):
        moments[which == number] = shard.segment.file.whole("moments")[old[which == number]]
    new = inverse(np.argsort(-moments, kind="stable"))
    write_strings(out, "ids", [id_ for id_, _, _ in entries])
    out.put("ids.article", new.astype(np.uint32))
    numbers = [np.full(shard.segment.articles, -1, np.intp) for shard in shards]
    for number, each in enumerate(numbers):
        each[old[which == number]] = new[which == number]
    return Plan(numbers, len(entries))


def _dead(shards: Sequence[Shard], entry: tuple[bytes, int, int]) -> bool:
    dead = shards[entry[1]].dead
    return dead is not None and bool(dead[entry[2]])


def _merge_field(out: ArrayWriter, name: str, shards: Sequence[Shard], plan: Plan, kernels: Kernels) -> None:
    fields = [shard.segment.field(name) for shard in shards]
    lengths = plan.moved([field.lengths.astype(np.uint32) for field in fields])
    writer = FieldWriter(out, name, lengths, kernels)
    pairs = [field.pairs() for field in fields]
    living = [list(compress(each, _living_pairs(field, numbers))) if (numbers < 0).any() else each
              for each, field, numbers in zip(pairs, fields, plan.numbers, strict=True)]
    known = Vocabulary.of([pair for pair, _ in groupby(in_order(*living))])
    renamed = [np.array([bisect_left(known.pairs, pair) for pair in each], np.intp) for each in pairs]
    alive = _Survivors(known, fields, renamed, plan)
    for first, last in alive.stretches():
        found = alive.occurrences(first, last).sorted()
        writer.append(kernels.collect(found, last - first), known.counts[first:last])
    writer.finish(known.terms, known.forms if name in STEMMED else None)


def _living_pairs(field: Field, numbers: Numbers) -> list[bool]:
    """Whether each pair of a term and a form stands in an article that has a new number."""
    weights = np.diff(field.occurrences_before)
    living = np.zeros(int(field.first_pairs[-1]) + MOST_FORMS if len(weights) else 0, bool)
    for start, stop in stretches(weights):
        found = field.all_occurrences(start, stop)
        living[(field.first_pairs[found.term] + found.code)[numbers[found.doc] >= 0]] = True
    return living.tolist()


class _Survivors:
    """The occurrences of a field in living articles, by the numbers that terms, forms and articles get.

    `renamed` gives the number of each pair of each field in the vocabulary that all of them share; a pair that has gone
    with its articles gets the number of the one behind it.
    """

    def __init__(self, known: Vocabulary, fields: Sequence[Field], renamed: Sequence[Numbers], plan: Plan) -> None:
        self._known, self._fields, self._renamed, self._plan = known, fields, renamed, plan
        terms = known.terms
        begins = [number for number in range(len(terms)) if not number or terms[number] != terms[number - 1]]
        self._begins = np.array([*begins, len(terms)], np.intp)  # where the lists of another term begin
        terms_of = np.append(known.term, len(terms))
        self._first_new = [terms_of[new[field.first_pairs]] for field, new in zip(fields, renamed, strict=True)]

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Runs of consecutive terms, from and until, the lists of a term that has several in one."""
        weights = np.zeros(len(self._known.terms) + 1, np.intp)
        for field, first in zip(self._fields, self._first_new, strict=True):
            np.add.at(weights, first, np.diff(field.occurrences_before))
        together = np.diff(np.concatenate(([0], weights.cumsum()))[self._begins])
        yield from ((int(self._begins[first]), int(self._begins[last])) for first, last in stretches(together))

    def occurrences(self, first: int, last: int) -> Occurrences:
        """Those of the terms from `first` until `last`, terms counted from `first`."""
        parts = []
        for field, starts, new, numbers in zip(self._fields, self._first_new, self._renamed, self._plan.numbers,
                                               strict=True):
            start, stop = np.searchsorted(starts, (first, last)).tolist()
            found = field.all_occurrences(start, stop)
            doc = numbers[found.doc]
            stays = doc >= 0
            pair = new[field.first_pairs[found.term[stays]] + found.code[stays]]
            parts.append((self._known.term[pair] - first, doc[stays], found.place[stays], self._known.code[pair]))
        return Occurrences(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _merge_column(out: ArrayWriter, name: str, shards: Sequence[Shard], plan: Plan) -> None:
    columns = [shard.segment.column(name) for shard in shards]
    values, numbers = joined([list(column.values) for column in columns])
    rows = [column.rows() for column in columns]
    counts, moved = _moved_rows(plan, [each for each, _ in rows],
                                [own[each] for own, (_, each) in zip(numbers, rows, strict=True)])
    present, moved = np.unique(moved, return_inverse=True)  # the values of the dead are gone
    write_column(out, name, [values[number] for number in present.tolist()], counts, moved)


def _merge_days(out: ArrayWriter, name: str, shards: Sequence[Shard], plan: Plan) -> None:
    days = [shard.segment.days(name) for shard in shards]
    counts = [np.diff(each.starts).astype(np.intp) for each in days]
    both = [each.begin.astype(np.int64) << 32 | each.until.view(np.uint32) for each in days]
    moved, spans = _moved_rows(plan, counts, both)
    write_days(out, name, moved, (spans >> 32).astype(np.int32), spans.astype(np.uint32).view(np.int32))


def _moved_rows(plan: Plan, counts: Sequence[Numbers], items: Sequence[Array]) -> tuple[Numbers, Array]:
    """Rows of several items, given how many each article of each shard has, and all of them in a row."""
    offsets = np.cumsum([0, *map(len, items)])
    starts = plan.moved([each.cumsum() - each + offset for each, offset in zip(counts, offsets, strict=False)])
    moved = plan.moved(counts)
    return moved, np.concatenate(items)[runs(starts, moved)]


def _merge_records(out: ArrayWriter, shards: Sequence[Shard], plan: Plan, kernels: Kernels) -> None:
    kept, places, offset = [], [], 0
    for shard, numbers in zip(shards, plan.numbers, strict=True):
        record = shard.segment.file.whole("record").astype(np.intp)
        stays = np.zeros(len(record), bool)
        stays[record[numbers >= 0]] = True
        kept.append(stays)
        places.append((stays.cumsum() - 1 + offset)[record])
        offset += int(stays.sum())
    out.put("record", plan.moved(places).astype(np.uint32))
    merged_records([shard.segment.records for shard in shards], kept, kernels, out).write(out)
