import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier, Event

import pytest

from search.document import Document
from search.engine import Generation
from search.engines.whoosh import segment
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.queries import Translation
from search.errors import EngineError, GenerationDamaged, InvalidRecord
from search.query import tree as q
from search.ranking import write_cursor
from search.request import FacetSpec, Request, Sort
from search.results import Results
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build, make
from tests.vocabulary import WORDS

ASKED = (q.Word("prison"), q.Exact("breaks"), q.Phrase(("prison", "break"), 3), q.Phrase(("port", "salen")),
         q.Prefix("terr"), q.Wildcard("*an*"), q.Not(q.Word("dam")), q.Or((q.Word("karsa"), q.Word("bank"))),
         q.And((q.Word("the"), q.Word("said"))))



@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine(tmp_path, Settings(query_seconds=60))


@pytest.fixture
def quick_switches() -> Iterator[None]:
    """Threads take turns as often as Python lets them."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def facts(results: Results) -> tuple[object, ...]:
    return results.total, results.hits, results.facets, results.notes, results.exact


def build_two(engine: WhooshEngine) -> Generation:
    """Makes a generation of two segments the live one, some articles of the first of which are dead."""
    builder = engine.builder(build(engine, ARCHIVE[:5]))
    builder.add(ARCHIVE[5])
    builder.add(ARCHIVE[0])
    made = builder.commit(1, {})
    engine.switch(made)
    return made


def test_searches_in_many_threads_find_what_each_finds_alone(engine: WhooshEngine, quick_switches: None) -> None:
    copies = [make(f"{document.article.id}:{n}", f"{WORDS[n % len(WORDS)]} {document.article.title}",
                   " ".join(document.article.paragraphs * 5), language=document.article.language)
              for n in range(40) for document in ARCHIVE]
    build(engine, copies)
    requests = [Request(node, facets=(FacetSpec("source"),)) for node in ASKED]
    alone = engine.snapshot()
    expected = [facts(alone.search(request)) for request in requests]
    snapshot, start = WhooshEngine(engine._root, Settings(query_seconds=60)).snapshot(), Barrier(8)

    def work(first: int) -> bool:
        start.wait()  # all find what nobody has read yet
        turns = [(first + n) % len(requests) for n in range(3 * len(requests))]
        return all(facts(snapshot.search(requests[n])) == expected[n]
                   and snapshot.document(copies[n].article.id) == copies[n] for n in turns)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_a_slow_search_keeps_nobody_waiting(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    build(engine, ARCHIVE)
    snapshot, slow, done = engine.snapshot(), Event(), Event()
    query = Translation.query

    def wait(self: Translation, node: q.Node) -> object:
        if node == q.Word("slow"):
            slow.set()
            assert done.wait(20)
        return query(self, node)
    monkeypatch.setattr(Translation, "query", wait)
    with ThreadPoolExecutor(2) as pool:
        try:
            waiting = pool.submit(snapshot.search, Request(q.Word("slow")))
            assert slow.wait(10)
            assert pool.submit(snapshot.search, Request(q.Word("prison"))).result(10).total == 3
            assert pool.submit(snapshot.document, "a:1").result(10) == ARCHIVE[0]
        finally:
            done.set()
        assert waiting.result(10).total == 0


@pytest.mark.parametrize("node", [q.Wildcard("*r*"), q.And((q.Not(q.Word("dam")), q.Prefix("t")))], ids=repr)
def test_a_search_that_takes_too_long_answers_with_what_it_has(
        engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, node: q.Node) -> None:
    build_two(engine)
    snapshot = engine.snapshot()
    request = Request(node, facets=(FacetSpec("source"),), limit=100)
    whole, answers = snapshot.search(request), []
    for looks in range(1_000):
        clock = count()
        monkeypatch.setattr(time, "monotonic", lambda clock=clock, looks=looks: 61.0 * (next(clock) > looks))
        answers.append(snapshot.search(request))
        assert [note.kind for note in answers[-1].notes] == ([] if answers[-1].exact else ["time"])
        if answers[-1].exact:
            break
    assert facts(answers[-1]) == facts(whole)
    totals = [results.total for results in answers]
    assert totals == sorted(totals)
    assert len(set(totals)) == 3, "nothing, what the first segment has, and everything"
    found = {hit.document.article.id for hit in whole.hits}
    assert all({hit.document.article.id for hit in results.hits} <= found for results in answers)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("moment", [float("inf"), float("-inf"), 1e300, -1e300, 2.0**63, -2.0**63, 2.0**62, 0.5])
def test_a_cursor_that_somebody_made_up_is_no_error(engine: WhooshEngine, sort: Sort, moment: float) -> None:
    build_two(engine)
    for relevance in (0.0, float("inf"), -1e300):
        results = engine.snapshot().search(Request(sort=sort, after=write_cursor((relevance, moment, "b"))))
        assert results.total == len(ARCHIVE)
        assert len(results.hits) <= len(ARCHIVE)


def test_an_open_snapshot_is_searched_on_when_its_folder_is_removed(engine: WhooshEngine, tmp_path: Path) -> None:
    first = build_two(engine)
    snapshot = engine.snapshot()
    build(engine, ARCHIVE[:1])
    engine.prune(1)
    assert not (tmp_path / first.id).exists()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(snapshot.search, Request(q.Word("prison"))).result().total == 3
        assert pool.submit(snapshot.documents, ["a:1", "d:1"]).result() == [ARCHIVE[0], ARCHIVE[5]]


def test_languages_are_those_of_living_articles(engine: WhooshEngine) -> None:
    builder = engine.builder(build(engine, ARCHIVE))
    builder.remove("d:1")
    engine.switch(builder.commit(1, {}))
    assert engine.snapshot().languages == ("en", "fr", "und")


@pytest.mark.parametrize("node", ASKED, ids=repr)
def test_damaged_arrays_are_told(engine: WhooshEngine, tmp_path: Path, node: q.Node) -> None:
    folder = tmp_path / build(engine, ARCHIVE).id
    path, = folder.glob("*.seg")
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:64] + b"\xa5" * 10_000 + data[10_064:])
    snapshot = engine.snapshot()
    with pytest.raises(GenerationDamaged, match="dateline check"):
        snapshot.search(Request(node))
    for look in (snapshot.ids, lambda: snapshot.languages, lambda: snapshot.documents(["a:1"])):
        with pytest.raises(GenerationDamaged, match="dateline check"):
            list(look())


@pytest.mark.parametrize("error", [InvalidRecord("no record"), ValueError("no JSON"), KeyError("id"), IndexError(3)])
def test_an_article_that_cannot_be_read_is_told(
        engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    build(engine, ARCHIVE)

    def refuse(data: bytes) -> Document:
        raise error
    monkeypatch.setattr(segment, "read_record", refuse)
    snapshot = engine.snapshot()
    for look in (lambda: snapshot.search(Request()), lambda: snapshot.document("a:1")):
        with pytest.raises(GenerationDamaged, match="dateline check"):
            look()


def test_a_query_nested_however_deeply_is_answered_or_told(engine: WhooshEngine) -> None:
    build(engine, ARCHIVE)
    snapshot, told, node, depth = engine.snapshot(), [], q.Word("prison"), 0
    nested: q.Node = node
    while depth < 5_000:
        depth += 7 if depth < 1_000 else 500
        for _ in range(7 if depth <= 1_001 else 500):
            nested = q.And((q.Not(q.Not(nested)),))
        try:
            assert snapshot.search(Request(nested)).total == 3
        except EngineError as error:
            assert "nested too deeply" in str(error)  # noqa: PT017 - how deep is too deep, Python says
            told.append(depth)
    assert told[-1] == depth
    assert told[0] > 50
