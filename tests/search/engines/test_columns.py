import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Document
from search.engines.whoosh.arrays import ArrayFile, ArrayWriter
from search.engines.whoosh.columns import (
    COLUMNS,
    EVER,
    Column,
    Days,
    DaysWriter,
    Spans,
    ValueWriter,
    blank_bit,
    column_at,
    column_of,
    days,
)
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.packing import to_bytes
from search.schema import BY_NAME, FACETS, FIELDS
from tests.strategies import documents

VALUES = ("Harbour Board", "River Trust", "Łódź", "وزير العراق", "\U0001f4f0", "\ud800", "z" * 300)
ROWS = st.lists(st.lists(st.sampled_from(VALUES), max_size=3, unique=True), min_size=1, max_size=30) \
    | st.lists(st.lists(st.sampled_from(VALUES), min_size=1, max_size=1), min_size=1, max_size=30)


@contextmanager
def written(rows: Sequence[Sequence[str]], order: Sequence[int]) -> Iterator[Column]:
    """A column of the values of articles, articles in the given order."""
    with tempfile.TemporaryDirectory() as folder:
        writer = ValueWriter()
        for row in rows:
            writer.add(row)
        with ArrayWriter(Path(folder) / "file") as out, closing(out):
            writer.write(out, "org", np.array(order, np.intp))
        yield Column(ArrayFile(Path(folder) / "file"), "org", Kernels())


@given(rows=ROWS, data=st.data())
def test_values_are_counted_and_found_article_by_article(rows: list[list[str]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    moved = [rows[number] for number in order]
    docs = np.array(data.draw(st.sets(st.integers(0, len(rows) - 1)).map(sorted)), np.intp)
    wanted = data.draw(st.lists(st.sampled_from((*VALUES, "Nobody")), max_size=3))
    with written(rows, order) as column:
        values = [value.decode("utf-8", "surrogatepass") for value in column.values]
        assert values == sorted({value for row in rows for value in row})
        counts, numbers = column.rows()
        assert counts.tolist() == [len(row) for row in moved]
        assert [values[number] for number in numbers.tolist()] == [value for row in moved for value in row]
        found, tally = column.tally(docs)
        names = [values[number] for number in column.numbers(found).tolist()]
        assert dict(zip(names, tally.tolist(), strict=True)) == Counter(
            value for doc in docs.tolist() for value in moved[doc])
        assert column.blank(docs).tolist() == [not moved[doc] for doc in docs.tolist()]
        assert column.having(docs, wanted).tolist() == [bool({*wanted} & {*moved[doc]}) for doc in docs.tolist()]


@pytest.mark.parametrize(("distinct", "width"), [(1, 1), (256, 1), (257, 2), (65_536, 2), (65_537, 4)])
def test_values_are_numbered_in_as_few_bytes_as_tell_them_apart(distinct: int, width: int) -> None:
    rows = [[f"{number:05}"] for number in range(distinct)]
    with written(rows, range(distinct)) as column:
        assert column.ordinals.itemsize == width
        assert column.ordinals.tolist() == list(range(distinct))
        assert column.values[distinct - 1] == to_bytes(rows[-1][0])


def test_a_column_without_values_has_none_for_every_article() -> None:
    with written([[], [], []], [2, 0, 1]) as column:
        docs = np.arange(3)
        assert (len(column.values), column.tally(docs)[0].tolist()) == (0, [])
        assert column.blank(docs).all()
        assert not column.having(docs, ["Nobody"]).any()


SPANS = st.sets(st.tuples(st.integers(-EVER, EVER), st.integers(-EVER, EVER)), max_size=3)


@given(st.lists(SPANS, min_size=1, max_size=20), st.data())
def test_spans_of_days_come_back_article_by_article(rows: list[set[Days]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(rows))))
    writer = DaysWriter()
    for row in rows:
        writer.add(row)
    with tempfile.TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "file") as out, closing(out):
            writer.write(out, "days", np.array(order, np.intp))
        file = ArrayFile(Path(folder) / "file")
        starts, begin, until = (part.tolist() for part in Spans.read(file, "days"))
    spans = list(zip(begin, until, strict=True))
    assert [{*spans[start:stop]} for start, stop in pairwise(starts)] == \
        [rows[number] for number in order]
    assert len(spans) == sum(map(len, rows))


@given(st.dates() | st.none(), st.dates() | st.none(), st.dates())
def test_open_ends_lie_beyond_every_day(begin: date | None, until: date | None, day: date) -> None:
    first, last = days(begin, until)
    assert (first <= day.toordinal() < last) == ((begin is None or begin <= day) and (until is None or day < until))


@given(documents())
def test_every_facet_value_of_a_document_has_a_column(document: Document) -> None:
    for field in FACETS:
        for value in BY_NAME[field].values(document):
            assert column_of(field, value) in COLUMNS
            assert column_of(field, value).partition(".")[0] == field


def test_a_field_of_dates_has_a_column_for_each_level() -> None:
    assert [column_of("about", key) for key in ("2019", "2019-11", "2019-11-18")] == [
        column_at("about", "year"), column_at("about", "month"), column_at("about", "day")]
    assert column_at("about", None) == "about.year"
    assert column_at("person", None) == column_of("person", "2019-11") == "person"
    assert len({*COLUMNS}) == len(COLUMNS)


def test_each_field_has_a_bit_of_its_own() -> None:
    bits = [blank_bit(field.name) for field in FIELDS]
    assert bits == [1 << number for number in range(len(FIELDS))]
