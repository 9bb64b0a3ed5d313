import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from unittest.mock import Mock

import pytest
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import FileStorage

from search.engine import Generation, open_engine
from search.engines.whoosh import generations, reading
from search.engines.whoosh.conditions import Conditions
from search.engines.whoosh.reading import WhooshEngine
from search.errors import EngineError, GenerationDamaged
from search.query import tree as q
from search.request import FacetSpec, Request
from search.results import Results
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build, make
from tests.vocabulary import WORDS

ASKED = (q.Word("prison"), q.Exact("breaks"), q.Phrase(("prison", "break"), 3), q.Prefix("terr"), q.Wildcard("*an*"),
         q.Not(q.Word("dam")), q.Or((q.Word("karsa"), q.Word("bank"))), q.And((q.Word("the"), q.Word("said"))))


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


def test_searches_in_many_threads_find_what_each_finds_alone(engine: WhooshEngine, quick_switches: None) -> None:
    copies = [make(f"{document.article.id}:{n}", f"{WORDS[n % len(WORDS)]} {document.article.title}",
                   " ".join(document.article.paragraphs * 5), language=document.article.language)
              for n in range(40) for document in ARCHIVE]
    build(engine, copies)
    snapshot, start = engine.snapshot(), Barrier(8)
    requests = [Request(node, facets=(FacetSpec("source"),)) for node in ASKED]
    expected = [facts(snapshot.search(request)) for request in requests]

    def work(first: int) -> bool:
        start.wait()
        turns = [(first + n) % len(requests) for n in range(3 * len(requests))]
        return all(facts(snapshot.search(requests[n])) == expected[n]
                   and snapshot.document(copies[n].article.id) == copies[n] for n in turns)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_a_slow_search_keeps_nobody_waiting(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    build(engine, ARCHIVE)
    snapshot, slow, done = engine.snapshot(), Event(), Event()
    query = Conditions.query

    def wait(self: Conditions, node: q.Node) -> object:
        if node == q.Word("slow"):
            slow.set()
            assert done.wait(20)
        return query(self, node)
    monkeypatch.setattr(Conditions, "query", wait)
    with ThreadPoolExecutor(2) as pool:
        try:
            waiting = pool.submit(snapshot.search, Request(q.Word("slow")))
            assert slow.wait(10)
            assert pool.submit(snapshot.search, Request(q.Word("prison"))).result(10).total == 3
            assert pool.submit(snapshot.document, "a:1").result(10) == ARCHIVE[0]
        finally:
            done.set()
        assert waiting.result(10).total == 0


def test_a_search_that_takes_too_long_answers_with_what_it_has(
        engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    build(engine, ARCHIVE)
    snapshot = engine.snapshot()
    monkeypatch.setattr(reading, "TICKS", 3)
    monkeypatch.setattr(time, "monotonic", Mock(side_effect=[0.0, 59.0, *[61.0] * 100]))
    results = snapshot.search(Request(q.Prefix("t")))
    assert not results.exact
    assert [note.kind for note in results.notes] == ["time"]


def test_an_open_snapshot_is_searched_on_when_its_folder_is_removed(engine: WhooshEngine, tmp_path: Path) -> None:
    first = build(engine, ARCHIVE)
    snapshot = engine.snapshot()
    build(engine, ARCHIVE[:1])
    engine.prune(1)
    assert not (tmp_path / first.id).exists()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(snapshot.search, Request(q.Word("prison"))).result().total == 3


@pytest.mark.parametrize("node", ASKED, ids=repr)
def test_damaged_postings_are_told(engine: WhooshEngine, tmp_path: Path, node: q.Node) -> None:
    copies = [make(f"{document.article.id}:{n}", "Prison", document.article.text)
              for n in range(9) for document in ARCHIVE]
    folder = tmp_path / build(engine, copies).id
    segment, = folder.glob("*.seg")
    files = CompoundStorage(FileStorage(str(folder)).open_file(segment.name), use_mmap=False)
    name, = (name for name in files.list() if name.endswith(".pst"))
    offset, length = files.range(name)
    files.close()
    with segment.open("r+b") as file:
        file.seek(offset)
        file.write(b"\xa5" * length)
    snapshot = engine.snapshot()
    with pytest.raises(GenerationDamaged, match="dateline check"):
        snapshot.search(Request(node))


def test_a_query_nested_too_deeply_is_told(engine: WhooshEngine) -> None:
    build(engine, ARCHIVE)
    node: q.Node = q.Word("prison")
    for _ in range(5_000):
        node = q.And((node,))
    with pytest.raises(EngineError, match="nested too deeply"):
        engine.snapshot().search(Request(node))


def test_a_reader_who_looks_during_a_switch_gets_the_new_generation(
        engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(engine, ARCHIVE[:1])
    read = generations.read
    switched: list[Generation] = []

    def overtaken(root: Path, name: str) -> object:
        if not switched:
            switched.append(build(open_engine(f"whoosh:{tmp_path}"), ARCHIVE))
            engine.prune(1)
        return read(root, name)
    monkeypatch.setattr(generations, "read", overtaken)
    assert engine.live() == switched[0]
    switched.clear()
    assert engine.snapshot().generation == switched[0]


def test_a_live_generation_that_stays_damaged_is_told(engine: WhooshEngine, tmp_path: Path) -> None:
    made = build(engine, ARCHIVE)
    (tmp_path / made.id / "generation.json").unlink()
    for look in (engine.live, engine.snapshot):
        with pytest.raises(GenerationDamaged, match=made.id):
            look()
    (tmp_path / "live").write_bytes(b"")
    for look in (engine.live, engine.snapshot):
        with pytest.raises(GenerationDamaged, match="live"):
            look()
