import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import ArrayFile, ArrayWriter, Numbers
from search.engines.whoosh.building import PARTS, Occurrences
from search.engines.whoosh.inversion import MOST_FORMS, Vocabulary
from search.engines.whoosh.kernels import PLACE_BITS, Kernels
from search.engines.whoosh.packing import BLOCK
from search.engines.whoosh.postings import LENGTHS, Field, Gains
from search.engines.whoosh.postings_writer import FieldWriter, length_codes
from search.ranking import bm25, stored_length

SHARED = b"shared"  # an exact word that stands behind several terms

Row = tuple[int, int, int]  # article, place, code of the form


@dataclass(frozen=True)
class Shape:
    """A term: in how many articles at most, how far apart they and its places are, and how many forms it has."""

    df: int = 5
    gap: int = 3
    tf: int = 2
    step: int = 40
    forms: int = 1


SHAPES = st.builds(
    Shape, st.sampled_from((1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 300)),
    st.sampled_from((1, 15, 16, 255, 256, 65_535, 65_536, 150_000)), st.sampled_from((1, 2, 3, 4, 5, 9, 300)),
    st.sampled_from((1, 40, 255, 300, 7_000, 70_000)), st.sampled_from((1, 1, 2, 3, 5, 17, 255, 256, 600)))


@dataclass(frozen=True)
class Plan:
    """A field to be written: its terms, the seed of chance, and at which terms the runs of it are cut."""

    shapes: Sequence[Shape]
    seed: int = 1
    stemmed: bool = True
    cuts: Sequence[int] = ()


PLANS = st.builds(Plan, st.lists(SHAPES, min_size=1, max_size=4), st.integers(0, 2**32), st.booleans(),
                  st.lists(st.integers(0, 5), max_size=2))


@dataclass(frozen=True)
class Written:
    """A field as it was written, and what was to be written: by number of the term, its sorted rows."""

    field: Field
    file: ArrayFile
    known: Vocabulary
    rows: list[list[Row]]
    lengths: Numbers


def occurrences(shape: Shape, chance: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """The articles, places and forms of a term; every form occurs."""
    df = max(2, min(shape.df, 400_000 // shape.gap)) if shape.df > 1 else 1
    steps = chance.integers(1, shape.gap + 1, df)
    steps[-1:] = shape.gap
    docs = steps.cumsum()
    tf = np.where(np.arange(df) == df // 2, shape.tf, chance.integers(1, min(shape.tf, 6) + 1, df))
    places = np.concatenate([chance.integers(1, shape.step + 1, count).cumsum() - 1 for count in tf.tolist()])
    forms = min(shape.forms, len(places))
    codes = np.append(np.arange(forms), chance.integers(0, forms, len(places) - forms))
    return np.repeat(docs, tf), places, chance.permutation(codes)


@contextmanager
def written(plan: Plan) -> Iterator[Written]:
    """A field as planned, written and opened."""
    chance = np.random.default_rng(plan.seed)
    parts = [occurrences(shape if plan.stemmed else replace(shape, forms=1), chance) for shape in plan.shapes]
    names = [[(b"term%03d" % n, SHARED if not code else b"form%03d-%03d" % (code, n)) for code in range(max(codes) + 1)]
             for n, (_, _, codes) in enumerate(parts)]
    if not plan.stemmed:
        names = [[(term, term)] for (term, _), *_ in names]
    known = Vocabulary.of(sorted(pair for pairs in names for pair in pairs))
    number = {pair: n for n, pair in enumerate(known.pairs)}
    pair = np.array([number[pairs[code]] for pairs, (_, _, codes) in zip(names, parts, strict=True)
                     for code in codes.tolist()])
    docs, places = (np.concatenate([part[column] for part in parts]) for column in (0, 1))
    found = Occurrences(known.term[pair], docs, places, known.code[pair]).sorted()
    lengths = chance.integers(0, 400, int(docs.max()) + 1)
    rows: list[list[Row]] = [[] for _ in known.terms]
    for term, *row in zip(*(column.tolist() for column in found), strict=True):
        rows[term].append((row[0], row[1], row[2]))
    with tempfile.TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "file") as out, closing(out):
            writer = FieldWriter(out, "f", lengths, Kernels())
            for first, last in pairwise(sorted({0, len(known.terms), *(cut % len(known.terms) for cut in plan.cuts)})):
                mine = (found.term >= first) & (found.term < last)
                run = Occurrences(found.term[mine] - first, *(column[mine] for column in found[1:]))
                writer.append(Kernels().collect(run, last - first), known.counts[first:last])
            writer.finish(known.terms, known.forms if plan.stemmed else None)
        file = ArrayFile(Path(folder) / "file")
        yield Written(Field(file, "f", Kernels()), file, known, rows, lengths)


def posted(rows: Sequence[Row], code: int | None = None) -> list[tuple[int, int]]:
    """The articles of a term, or of one of its forms, and how often it stands in each."""
    mine = [doc for doc, _, each in rows if code is None or each == code]
    return [(doc, len(list(group))) for doc, group in groupby(mine)]


@given(PLANS)
def test_the_postings_of_terms_and_forms_are_read_as_they_were_written(plan: Plan) -> None:
    with written(plan) as made:
        field, every = made.field, np.arange(len(made.rows))
        assert len(field.terms) == len(made.rows)
        assert field.docs(every).tolist() == [doc for rows in made.rows for doc, _ in posted(rows)]
        for term, rows in enumerate(made.rows):
            expected = posted(rows)
            assert field.df(term) == len(expected)
            assert list(zip(*map(np.ndarray.tolist, field.postings((term, None))), strict=True)) == expected
            assert field.docs(np.array([term])).tolist() == [doc for doc, _ in expected]
            for code in sorted({code for *_, code in rows})[::40]:
                docs, tf = field.postings((term, code if made.known.counts[term] > 1 else None))
                assert list(zip(docs.tolist(), tf.tolist(), strict=True)) == posted(rows, code)


@given(PLANS)
def test_the_places_of_terms_and_forms_are_read_as_they_were_written(plan: Plan) -> None:
    with written(plan) as made:
        for term, rows in enumerate(made.rows):
            docs = sorted({doc for doc, *_ in rows})
            some = {*docs[::3], *range(0, len(made.lengths), max(len(made.lengths) // 7, 1))}
            wanted = np.array(sorted(some), np.intp)
            for code in (None, *sorted({code for *_, code in rows})[:600:200]):
                if code is not None and made.known.counts[term] == 1:
                    continue
                expected = [doc << PLACE_BITS | place for doc, place, each in rows
                            if doc in some and code in (None, each)]
                assert made.field.occurrences((term, code), wanted).tolist() == expected
                spots = made.field.spots(term, wanted)
                assert made.field.occurrences((term, code), wanted, spots).tolist() == expected


@given(PLANS, st.data())
def test_all_occurrences_are_read_in_any_stretch_of_terms(plan: Plan, data: st.DataObject) -> None:
    with written(plan) as made:
        start, stop = sorted(data.draw(st.tuples(*2 * (st.integers(0, len(made.rows)),))))
        found = made.field.all_occurrences(start, stop)
        assert list(zip(*map(np.ndarray.tolist, found), strict=True)) == [
            (term, *row) for term in range(start, stop) for row in made.rows[term]]
        assert made.field.occurrences_before.tolist() == np.cumsum([0, *map(len, made.rows)]).tolist()


@given(PLANS)
def test_terms_and_exact_words_are_found_by_name(plan: Plan) -> None:
    with written(plan) as made:
        field, known = made.field, made.known
        assert field.pairs() == known.pairs
        assert list(field.terms) == known.terms
        assert list(field.words) == sorted(word for _, word in known.pairs)
        for name in {*known.terms}:
            assert field.term(name.decode()) == [(n, None) for n, term in enumerate(known.terms) if term == name]
        for word in sorted({word for _, word in known.pairs})[::50]:
            atoms = [(int(term), int(code) if known.counts[term] > 1 else None) for (_, each), term, code
                     in zip(known.pairs, known.term, known.code, strict=True) if each == word]
            assert sorted(field.word(word.decode()), key=str) == sorted(atoms, key=str)
        assert field.term("nowhere") == field.word("nowhere") == []


@given(PLANS, st.data())
def test_many_exact_words_are_whole_terms_and_what_is_left_of_others(plan: Plan, data: st.DataObject) -> None:
    with written(plan) as made:
        count = len(made.field.words)
        numbers = data.draw(st.sets(st.integers(0, count - 1), min_size=1).map(sorted) | st.just(list(range(count))))
        terms, atoms = made.field.any_of(numbers)
        docs = {*made.field.docs(terms).tolist()} if len(terms) else set()
        for atom in atoms:
            docs |= {*made.field.postings(atom).docs.tolist()}
        wanted = [made.field.atom(number) for number in numbers]
        assert docs == {doc for term, code in wanted for doc, _ in posted(made.rows[term], code)}
        assert len(numbers) < count or atoms == []


@given(PLANS)
def test_lengths_are_kept(plan: Plan) -> None:
    with written(plan) as made:
        field, lengths = made.field, made.lengths
        assert field.lengths.tolist() == lengths.tolist()
        assert field.tokens == lengths.sum()
        assert [stored_length(length) for length in lengths.tolist()] == LENGTHS[field.norms].astype(int).tolist()


def test_blocks_come_in_the_width_of_their_widest_difference() -> None:
    with written(Plan([Shape(300, gap) for gap in (15, 255, 65_535, 65_536)])) as made:
        widths = made.file.whole("f.width")
        assert {*PARTS[widths].sum(axis=1).tolist()} == {4, 8, 16, 18}
        assert made.field.df(0) == 300


def test_places_may_lie_beyond_65536() -> None:
    with written(Plan([Shape(3, tf=300, step=70_000)])) as made:
        assert max(place for _, place, _ in made.rows[0]) > 65_536
        assert made.field.all_occurrences(0, 1).place.tolist() == [place for _, place, _ in made.rows[0]]


def test_a_term_of_very_many_forms_stands_in_several_lists() -> None:
    with written(Plan([Shape(300, forms=2 * MOST_FORMS + 90, tf=9), Shape()])) as made:
        assert made.field.term("term000") == [(0, None), (1, None), (2, None)]
        assert made.known.counts.tolist() == [MOST_FORMS, MOST_FORMS, 90, 1]
        assert len(made.field.word("shared")) == 2


@pytest.mark.parametrize("length", [0, 1, 10, 11, 12, 100, 1_000, 65_535, 65_536, 106_374, 10**6])
def test_lengths_are_rounded_as_whoosh_rounds_them(length: int) -> None:
    code, = length_codes(np.array([length])).tolist()
    table, few = Gains.of(20.0)
    assert table[code] == pytest.approx(1.2 * (0.25 + 0.75 * stored_length(length) / 20))
    assert few.reshape(4, 256)[:, code] == pytest.approx([bm25(1.0, tf, stored_length(length), 20.0)
                                                          for tf in (1, 2, 3, 4)])


def test_a_field_may_have_no_terms(tmp_path: Path) -> None:
    with ArrayWriter(tmp_path / "file") as out, closing(out):
        FieldWriter(out, "f", np.zeros(3, np.intp), Kernels()).finish([], Vocabulary.of([]).forms)
    field = Field(ArrayFile(tmp_path / "file"), "f", Kernels())
    assert field.term("x") == field.word("x") == []
    assert field.pairs() == []
    assert field.all_occurrences(0, 0).term.tolist() == []
    assert field.occurrences_before.tolist() == [0]
    assert field.tokens == 0
