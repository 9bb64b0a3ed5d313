"""Every engine gives what the memory engine gives: same articles, order, scores, counts, facets and marks."""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.document import Document
from search.engine import Engine, open_engine
from search.request import Request
from search.results import Results
from tests.engine_contract import build
from tests.strategies import documents, libraries, requests

ENGINES = ("whoosh",)


def opened(name: str, folder: Path) -> Engine:
    return open_engine(f"{name}:{folder}")


def assert_same(ours: Results, expected: Results) -> None:
    assert [hit.document for hit in ours.hits] == [hit.document for hit in expected.hits]
    assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in expected.hits], abs=1e-6)
    for hit, other in zip(ours.hits, expected.hits, strict=True):
        assert [share.score for share in hit.shares] == pytest.approx([share.score for share in other.shares], abs=1e-6)
        assert [(share.term, share.field) for share in hit.shares] == [(share.term, share.field)
                                                                       for share in other.shares]
    assert [(hit.title, hit.snippet) for hit in ours.hits] == [(hit.title, hit.snippet) for hit in expected.hits]
    assert (ours.total, ours.exact, ours.notes) == (expected.total, expected.exact, expected.notes)
    assert ours.facets == expected.facets
    assert (ours.next is None) == (expected.next is None)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=80)
@given(library=libraries(), asked=st.lists(requests(), min_size=5, max_size=15))
def test_any_request_is_answered_as_by_the_memory_engine(
        name: str, library: Sequence[Document], asked: list[Request]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engines = opened(name, Path(folder)), open_engine("memory:")
        for engine in engines:
            build(engine, library)
        ours, expected = (engine.snapshot() for engine in engines)
        assert list(ours.ids()) == list(expected.ids())
        assert ours.languages == expected.languages
        for request in asked:
            counted = expected.search(request)
            assert_same(ours.search(request), counted)
            first = ours.search(replace(request, counted=False))
            assert ([hit.document for hit in first.hits], first.next is None) == (
                [hit.document for hit in counted.hits], counted.next is None)
        ours.close()


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=25)
@given(library=libraries(), changes=st.lists(st.tuples(st.booleans(), documents()), max_size=6),
       asked=st.lists(requests(), min_size=3, max_size=5))
def test_a_generation_built_on_another_is_as_one_built_at_once(
        name: str, library: Sequence[Document], changes: list[tuple[bool, Document]], asked: list[Request]) -> None:
    added = {document.article.id: document for keep, document in changes if keep}
    removed = {document.article.id for keep, document in changes if not keep} - added.keys()
    kept = {document.article.id: document for document in library} | added
    with tempfile.TemporaryDirectory() as folder:
        ours, expected = opened(name, Path(folder)), open_engine("memory:")
        builder = ours.builder(build(ours, library))
        for id_ in removed:
            builder.remove(id_)
        for document in added.values():
            builder.add(document)
        ours.switch(builder.commit(1, {}))
        build(expected, [document for id_, document in kept.items() if id_ not in removed])
        for request in asked:
            assert_same(ours.snapshot().search(request), expected.snapshot().search(request))
