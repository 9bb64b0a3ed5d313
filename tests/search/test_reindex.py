import threading
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from search import enriching
from search import reindex as module
from search.archive import Archive
from search.article import Article, Json, Published
from search.engine import Engine, Generation, open_engine
from search.engines.memory import MemoryBuilder, MemorySnapshot
from search.enrich import ENRICHERS, VERSIONS
from search.errors import ArchiveBusy, EngineError
from search.query.tree import Word
from search.reindex import only_one, reindex
from search.request import Request
from search.results import Results
from search.settings import Settings

ONE_PROCESS = Settings(reindex_workers=1, reindex_batch=3)


def article(number: int, body: str = "The council met on Monday.") -> Article:
    return Article(f"post:{number}", "Harbour Post", f"Meeting {number}", (body,), language="en",
                   published=Published("2019-11-20"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", Settings(), create=True) as opened:
        opened.add([(article(number), None) for number in range(10)])
        yield opened


@pytest.fixture(params=["memory:", "whoosh:{}"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return open_engine(request.param.format(tmp_path / "index"))


def live(engine: Engine) -> Generation:
    generation = engine.live()
    assert generation is not None
    return generation


def found(engine: Engine, word: str) -> list[str]:
    return sorted(hit.document.article.id for hit in engine.snapshot().search(Request(Word(word), limit=100)).hits)


def test_everything_in_the_archive_is_found_afterwards(archive: Archive, engine: Engine) -> None:
    told: list[tuple[int, int]] = []
    summary = reindex(archive, engine, ONE_PROCESS, report=lambda done, total: told.append((done, total)))
    assert (summary.articles, summary.added, summary.enriched, summary.failed) == (10, 10, 10, 0)
    assert told == [(3, 10), (6, 10), (9, 10), (10, 10)]
    assert len(found(engine, "council")) == 10
    document = engine.snapshot().document("post:3")
    assert document is not None
    assert document.enrichers == dict(ENRICHERS)
    assert any(mention.value == "2019-11-18" for mention in document.dates)


def test_what_was_found_is_kept_for_the_next_time(archive: Archive, engine: Engine) -> None:
    first = reindex(archive, engine, ONE_PROCESS)
    second = reindex(archive, engine, ONE_PROCESS)
    assert (first.enriched, second.enriched) == (10, 0)
    assert second.generation != first.generation
    assert [generation.id for generation in engine.generations()] == [first.generation, second.generation]


def test_only_as_many_generations_stay_as_the_setting_says(archive: Archive, engine: Engine) -> None:
    made = [reindex(archive, engine, replace(ONE_PROCESS, generations_kept=2)) for _ in range(4)]
    assert [generation.id for generation in engine.generations()] == [summary.generation for summary in made[2:]]


def test_changed_adds_what_is_new_and_replaces_what_changed(archive: Archive, engine: Engine) -> None:
    reindex(archive, engine, ONE_PROCESS)
    archive.add([(article(10), None), (article(3, "A massacre, it says now."), None)])
    summary = reindex(archive, engine, ONE_PROCESS, changed=True)
    assert (summary.articles, summary.added, summary.enriched) == (11, 2, 2)
    assert found(engine, "massacre") == ["post:3"]
    assert "post:3" not in found(engine, "council")
    assert len(found(engine, "council")) == 10
    again = reindex(archive, engine, ONE_PROCESS, changed=True)
    assert (again.generation, again.added) == (summary.generation, 0)


def test_the_words_of_earlier_versions_are_found_as_such(archive: Archive, engine: Engine) -> None:
    archive.add([(article(3, "Nothing of the kind."), None)])
    reindex(archive, engine, ONE_PROCESS)
    hits = engine.snapshot().search(Request(Word("council", "was"))).hits
    assert [hit.document.article.id for hit in hits] == ["post:3"]


def test_changed_rebuilds_all_after_an_enricher_changed(
        archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    reindex(archive, engine, ONE_PROCESS)
    monkeypatch.setitem(cast("MutableMapping[str, str]", VERSIONS), "dates", "next")
    summary = reindex(archive, engine, ONE_PROCESS, changed=True)
    assert (summary.added, summary.enriched) == (10, 10)


def test_an_article_that_an_enricher_fails_on_is_indexed_and_counted(
        archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(one: Article, known: dict[str, Json], recognizer: str) -> dict[str, Json]:
        if one.id == "post:4":
            raise RecursionError
        return {name: [] for name in ENRICHERS}
    monkeypatch.setattr(enriching, "findings", failing)
    summary = reindex(archive, engine, ONE_PROCESS)
    assert (summary.articles, summary.failed) == (10, 1)
    assert "post:4" in found(engine, "council")


def test_a_generation_that_fails_its_check_goes_and_the_older_ones_stay(
        archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [reindex(archive, engine, ONE_PROCESS).generation for _ in range(2)]
    monkeypatch.setattr(type(engine), "check", lambda *_: iter(["a file is missing"]))
    for _ in range(2):
        with pytest.raises(EngineError, match="a file is missing"):
            reindex(archive, engine, ONE_PROCESS)
    assert live(engine).id == made[1]
    assert [generation.id for generation in engine.generations()] == made
    assert len(found(engine, "council")) == 10


def test_a_reindex_that_is_stopped_while_it_checks_leaves_nothing_behind(
        archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [reindex(archive, engine, ONE_PROCESS).generation for _ in range(2)]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt
    monkeypatch.setattr(module, "_check", stop)
    with pytest.raises(KeyboardInterrupt):
        reindex(archive, engine, ONE_PROCESS)
    assert [generation.id for generation in engine.generations()] == made


def test_a_search_that_runs_out_of_time_does_not_fail_the_check(
        archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine("memory:")
    monkeypatch.setattr(MemorySnapshot, "search", lambda *_: Results(0, (), exact=False))
    assert reindex(archive, engine, ONE_PROCESS).articles == 10
    monkeypatch.setattr(MemorySnapshot, "search", lambda *_: Results(0, (), exact=True))
    with pytest.raises(EngineError, match="by its title"):
        reindex(archive, engine, ONE_PROCESS)


def test_a_generation_that_lacks_an_article_is_not_used(
        archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine("memory:")
    keep = MemoryBuilder.add
    monkeypatch.setattr(MemoryBuilder, "add", lambda self, document: (
        None if document.article.id == "post:7" else keep(self, document)))
    with pytest.raises(EngineError, match="9 articles, the archive 10"):
        reindex(archive, engine, ONE_PROCESS)
    assert engine.live() is None


def test_a_failed_build_leaves_nothing_behind(
        archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}")
    reindex(archive, engine, ONE_PROCESS)
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    monkeypatch.setattr(module, "document", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        reindex(archive, engine, ONE_PROCESS)
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before


def test_what_a_killed_build_left_is_cleared_away(archive: Archive, tmp_path: Path) -> None:
    engine = open_engine(f"whoosh:{tmp_path / 'index'}")
    left = tmp_path / "index" / "building-20200101T000000-abcdef"
    left.mkdir(parents=True)
    (left / "half.seg").write_bytes(b"half")
    summary = reindex(archive, engine, ONE_PROCESS)
    assert left.name in summary.removed
    assert not left.exists()


def test_a_second_reindex_is_told_who_holds_the_lock(archive: Archive, engine: Engine) -> None:
    with only_one(archive.folder, 0), pytest.raises(ArchiveBusy, match=r"process \d+ on .* since"):
        reindex(archive, engine, ONE_PROCESS)
    assert reindex(archive, engine, ONE_PROCESS).articles == 10


def test_a_second_reindex_waits_as_long_as_the_setting_says(archive: Archive, engine: Engine) -> None:
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with only_one(archive.folder, 0):
            holding.set()
            done.wait(0.3)
    threading.Thread(target=hold).start()
    assert holding.wait(5)
    assert reindex(archive, engine, replace(ONE_PROCESS, reindex_wait=10.0)).articles == 10


def test_articles_that_change_meanwhile_are_held_in_their_last_state(
        archive: Archive, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def meddle(done: int, total: int) -> None:
        if done == 3:
            archive.add([(article(1, "Replaced while the index was built."), None), (article(11), None)])
    summary = reindex(archive, engine, ONE_PROCESS, report=meddle)
    assert summary.articles == 11
    assert found(engine, "replaced") == ["post:1"]
    assert "post:1" not in found(engine, "council")


def test_worker_processes_find_what_one_process_finds(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enriching, "WORTH_WORKERS", 1)
    engine = open_engine("memory:")
    reindex(archive, engine, replace(ONE_PROCESS, reindex_workers=2))
    by_workers = engine.snapshot().document("post:5")
    alone = open_engine("memory:")
    archive.keep_findings({article(5).content_hash: {name: [] for name in ENRICHERS}}, ENRICHERS)
    reindex(archive, alone, ONE_PROCESS)
    assert by_workers is not None
    assert by_workers.dates
    assert alone.snapshot().document("post:5") != by_workers, "kept findings are taken as they are"


def test_an_empty_archive_gives_an_empty_generation(tmp_path: Path, engine: Engine) -> None:
    with Archive.open(tmp_path / "empty", Settings(), create=True) as empty:
        assert reindex(empty, engine, ONE_PROCESS).articles == 0
    assert engine.snapshot().search(Request()).total == 0
