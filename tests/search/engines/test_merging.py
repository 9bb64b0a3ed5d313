import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import Document
from search.engine import open_engine
from search.engines.whoosh import inversion, merging
from search.engines.whoosh.fields import INDEXED
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.lexing import Types
from search.engines.whoosh.merging import merge
from search.engines.whoosh.segment import Segment, SegmentWriter
from search.engines.whoosh.shard import Shard
from search.request import Request
from tests.engine_contract import build, make
from tests.search.engines.small import SMALL, small_segments
from tests.search.engines.test_agreement import assert_same
from tests.strategies import libraries, requests

Part = list[tuple[Document, bool]]  # the documents of a segment, and whether each stays

FEWER = settings().max_examples // 3  # each example writes several segments


@st.composite
def split_libraries(draw: st.DrawFn) -> list[Part]:
    """A library in several segments, some of its articles dead; some that died have come again in a later segment."""
    parts: list[Part] = [[] for _ in range(draw(st.integers(1, 3)))]
    for document in draw(libraries(0, 10)):
        which, stays = draw(st.integers(0, len(parts) - 1)), draw(st.sampled_from((True, True, False)))
        parts[which].append((document, stays))
        if not stays and which + 1 < len(parts) and draw(st.booleans()):
            article = replace(document.article, title="Ministers again")
            parts[which + 1].append((replace(document, article=article, names=(), dates=(), citations=()), True))
    return [part for part in parts if part] or [[(make("a:1", "Dead", "All of it."), False)]]


def segment(path: Path, documents: Sequence[Document], types: Types | None = None) -> Segment:
    writer = SegmentWriter(types or Types(), Kernels())
    for document in documents:
        writer.add(document)
    writer.write(path)
    return Segment(path, Kernels())


def shard(path: Path, part: Part, types: Types | None = None) -> Shard:
    made = segment(path, [document for document, _ in part], types)
    gone = {document.article.id for document, stays in part if not stays}
    dead = np.array([made.id(number) in gone for number in range(made.articles)], bool)
    return Shard(made, dead if gone else None, {})


@contextmanager
def merged(parts: Sequence[Part]) -> Iterator[tuple[Segment, Segment]]:
    """The segment that is merged of parts, and the one that is made of their living documents at once."""
    with tempfile.TemporaryDirectory() as name:
        folder, types = Path(name), Types()
        shards = [shard(folder / f"{number}.seg", part, types if number % 2 else None)
                  for number, part in enumerate(parts)]
        merge(shards, folder / "merged.seg", Kernels())
        at_once = segment(folder / "once.seg", [document for part in parts for document, stays in part if stays])
        yield Segment(folder / "merged.seg", Kernels()), at_once


def arrays_of(segment: Segment) -> dict[str, tuple[str, list[object]]]:
    """All arrays of a segment."""
    return {name: (segment.file.whole(name).dtype.str, segment.file.whole(name).tolist())
            for name in segment.file._arrays}


def assert_equal(ours: Segment, expected: Segment) -> None:
    assert arrays_of(ours) == arrays_of(expected)
    assert ours.file.remembered == expected.file.remembered
    for name in INDEXED:
        both = [each.field(name).all_occurrences(0, len(each.field(name).terms)) for each in (ours, expected)]
        assert [column.tolist() for column in both[0]] == [column.tolist() for column in both[1]]
    assert ours.file.faults() == []


@settings(max_examples=FEWER)
@given(split_libraries())
def test_segments_are_merged_to_what_is_built_at_once(parts: list[Part]) -> None:
    living = {document.article.id: document for part in parts for document, stays in part if stays}
    with merged(parts) as (ours, expected):
        assert_equal(ours, expected)
        assert {ours.id(number): ours.document(number) for number in range(ours.articles)} == living


@settings(max_examples=FEWER)
@given(parts=split_libraries(), stretch=st.sampled_from((1, 3, 10)), forms=st.sampled_from((1, 2, 255)))
def test_segments_are_merged_alike_in_short_stretches_and_where_terms_have_several_lists(
        parts: list[Part], stretch: int, forms: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (inversion, merging):
            patch.setattr(module, "MOST_FORMS", forms, raising=False)
            patch.setattr(module, "STRETCH", stretch, raising=False)
        with merged(parts) as (ours, expected):
            assert_equal(ours, expected)


@settings(max_examples=FEWER)
@given(library=libraries(), asked=st.lists(requests(), min_size=2, max_size=4), room=st.sampled_from((1, 120, 360)))
def test_what_was_built_in_pieces_is_searched_as_by_the_memory_engine(
        library: list[Document], asked: list[Request], room: int) -> None:
    with tempfile.TemporaryDirectory() as folder, small_segments(room):
        ours, expected = open_engine(f"whoosh:{folder}", SMALL), open_engine("memory:")
        for engine in (ours, expected):
            build(engine, library)
        for request in asked:
            assert_same(ours.snapshot().search(request), expected.snapshot().search(request))


def test_places_far_apart_are_merged() -> None:
    long = make("a:1", "Long", "quay " * 70_000 + "harbour")
    with merged([[(long, True)], [(make("b:1", "Short", "The harbour and the quay."), True)]]) as (ours, expected):
        assert_equal(ours, expected)
        assert 70_000 in ours.field("text").all_occurrences(0, len(ours.field("text").terms)).place
