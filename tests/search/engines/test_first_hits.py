"""Hits that score alike are found without unpacking all that is there: the same ones, in the same order."""

from datetime import date, timedelta

import pytest

from search.article import Published
from search.document import Document
from search.engine import Engine, Snapshot, open_engine
from search.engines.whoosh.packing import BLOCK
from search.engines.whoosh.postings import Field
from search.query import tree as q
from search.request import Request, Sort
from search.settings import Settings
from tests.engine_contract import make

ARTICLES = 700
NODES = (q.Prefix("ha"), q.Prefix("harb"), q.Prefix("harbours"), q.Prefix("l"), q.Wildcard("h*s"), q.Fuzzy("harbor", 1),
         q.Prefix("h", field="title"), q.Prefix("zz"), q.Prefix("rare"))


def articles() -> list[Document]:
    """Articles in which words of one beginning are very common, or rare, or forms of one stem."""
    made = []
    for n in range(ARTICLES):
        words = ["harbour", "harbours" if n % 2 else "hall", "lamp" if n % 5 else "lantern", f"ha{n % 11}"]
        words += ["rarely"] if n % 300 == 7 else []
        day = date(2001, 1, 1) + timedelta(3 * n)
        made.append(make(f"n:{n}", f"Heading {n}" if n % 3 else "No more", " ".join(words),
                         published=Published(day.isoformat())))
    return made


@pytest.fixture(scope="module", params=["numpy", "numba"])
def snapshot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Two segments, a quarter of the first dead."""
    if request.param == "numba":
        pytest.importorskip("numba", reason="numba is not installed")
    engine: Engine = open_engine(f"whoosh:{tmp_path_factory.mktemp('index')}", Settings(kernels=request.param))
    documents = articles()
    builder = engine.builder()
    for document in documents[:600]:
        builder.add(document)
    base = builder.commit(0, {})
    builder = engine.builder(base)
    for n in range(0, 600, 5):
        builder.remove(f"n:{n}")
    for document in documents[600:]:
        builder.add(document)
    engine.switch(builder.commit(1, {}))
    return engine.snapshot()


@pytest.mark.parametrize("node", NODES, ids=str)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_the_first_hits_are_those_of_all(snapshot: Snapshot, node: q.Node, sort: Sort) -> None:
    for offset, limit in ((0, 10), (0, 1), (90, 20), (400, 50), (0, 1000)):
        every = snapshot.search(Request(node, sort=sort, offset=offset, limit=limit))
        first = snapshot.search(Request(node, sort=sort, offset=offset, limit=limit, counted=False))
        assert [hit.document.article.id for hit in first.hits] == [hit.document.article.id for hit in every.hits]
        assert (first.next, first.notes) == (every.next, every.notes)
        assert len(first.hits) <= first.total <= every.total


def test_what_is_not_among_the_first_is_not_unpacked(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert snapshot.search(Request(q.Prefix("harb"), limit=1)).total == 580
    monkeypatch.setattr(Field, "docs", lambda *_: pytest.fail("all articles of a word are unpacked"))
    assert 1 < snapshot.search(Request(q.Prefix("harb"), limit=1, counted=False)).total <= 2 * BLOCK
