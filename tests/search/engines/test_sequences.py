"""Whatever is added, changed and removed, build upon build, is searched as by the memory engine.

Sixty sequences of builds are tried by default. A thousand, which take some minutes:

    pytest tests/search/engines/test_sequences.py --hypothesis-profile=thorough
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import Document
from search.engine import Builder, Engine, Generation, Snapshot, open_engine
from search.errors import EngineError
from search.request import Request
from tests.engine_contract import make
from tests.search.engines.small import SMALL, small_segments
from tests.search.engines.test_agreement import assert_same
from tests.strategies import documents, requests

SEQUENCES = min(settings().max_examples, 1_000)
IDS = [f"courier:{number}" for number in range(8)]
ROOM = 250  # characters that are gathered before a segment is written
TIER = 3
KERNELS = ("numpy", "numba" if find_spec("numba") else "numpy")

Change = tuple[str, Document | None]  # an id, and the article that gets it; None removes the one that has it


@dataclass(frozen=True)
class Build:
    """One build: on the live generation, or from nothing; what changes in it, and what happens when it is done."""

    is_fresh: bool
    changes: Sequence[Change]
    is_aborted: bool
    reopened_with: str | None
    is_pruned: bool


def one_in(number: int) -> st.SearchStrategy[bool]:
    return st.integers(1, number).map(number.__eq__)


@st.composite
def sequences(draw: st.DrawFn) -> list[Build]:
    """A few builds that give few articles to few ids."""
    pool = draw(st.lists(documents(), min_size=1, max_size=3))
    change: st.SearchStrategy[Change] = st.tuples(st.sampled_from(IDS), st.sampled_from((*pool, *pool, None, None)))
    changes = st.lists(change.map(identified), min_size=1, max_size=6)
    builds = st.builds(Build, one_in(6), changes, one_in(6), st.sampled_from((None, None, *KERNELS)), one_in(3))
    return draw(st.lists(builds, min_size=2, max_size=4))


def identified(change: Change) -> Change:
    id_, document = change
    return id_, document and replace(document, article=replace(document.article, id=id_))


def opened(folder: Path, kernels: str = "numpy") -> Engine:
    return open_engine(f"whoosh:{folder}", replace(SMALL, kernels=kernels))


def change(builders: Sequence[Builder], build: Build) -> None:
    """Makes the changes of a build; those that are of no sense are refused."""
    added = set()
    for id_, document in build.changes:
        if document is None and id_ in added:
            with pytest.raises(EngineError, match="before the commit"):
                builders[0].remove(id_)
        for builder in builders if document or id_ not in added else ():
            builder.remove(id_) if document is None else builder.add(document)
        if document:
            added.add(id_)


def assert_alike(ours: Snapshot, expected: Snapshot, asked: Sequence[Request]) -> None:
    assert list(ours.ids()) == list(expected.ids())
    assert ours.languages == expected.languages
    assert ours.documents(IDS) == expected.documents(IDS)
    for request in asked:
        assert_same(ours.search(request), expected.search(request))


@settings(max_examples=SEQUENCES)
@given(builds=sequences(), asked=st.lists(requests(), min_size=1, max_size=3))
def test_every_build_of_a_sequence_is_searched_as_by_the_memory_engine(
        builds: list[Build], asked: list[Request]) -> None:
    with tempfile.TemporaryDirectory() as name, small_segments(ROOM, TIER):
        folder = Path(name)
        ours, expected = opened(folder), open_engine("memory:")
        live: list[Generation | None] = [None, None]
        kept: list[tuple[Snapshot, Snapshot]] = []
        for number, build in enumerate(builds):
            builders = [engine.builder(None if build.is_fresh else base)
                        for engine, base in zip((ours, expected), live, strict=True)]
            change(builders, build)
            if build.is_aborted:
                for builder in builders:
                    builder.abort()
            else:
                made = [builder.commit(number, {}) for builder in builders]
                assert made[0].articles == made[1].articles
                assert not list(ours.check(made[0]))
                for engine, generation in zip((ours, expected), made, strict=True):
                    engine.switch(generation)
                live = [*made]
            if build.reopened_with:
                ours = opened(folder, build.reopened_with)
            if live[0]:
                kept.append((ours.snapshot(), expected.snapshot()))
                assert_alike(*kept[-1], asked)
            if build.is_pruned:
                ours.prune(1)
        for snapshots in kept:  # those of generations that are gone go on
            assert_alike(*snapshots, asked)
        assert not list(folder.glob("building-*"))


def test_such_sequences_have_segments_that_are_written_early_merged_and_mostly_dead(tmp_path: Path) -> None:
    seen = set()
    with small_segments(ROOM, TIER):
        engine, base = opened(tmp_path), None
        for number in range(12):
            builder = engine.builder(base)
            for each in range(3):
                builder.add(make(f"n:{number}-{each}", "Twenty words", "of no importance " * 6))
            if number % 3 == 2:
                builder.remove(f"n:{number - 1}-0")
            base = builder.commit(number, {})
            seen.add(len(list((tmp_path / base.id).glob("*.seg"))))
    assert {1, 2} < seen
    assert max(seen) > TIER
