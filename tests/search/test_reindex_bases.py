"""What a reindex may build on, what it must not build on, and what it must not replace."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search import enriching
from search.archive import FILE, Archive
from search.backup import backup
from search.engine import Engine, open_engine
from search.errors import ArchiveError, EngineError
from search.reindex import reindex
from search.settings import Settings
from tests.search.shelf import edit, story

ONE_PROCESS = Settings(reindex_workers=1, reindex_batch=3)


@pytest.fixture
def stored(archive: Archive) -> Archive:
    archive.add([(story(number), None) for number in range(1, 6)])
    return archive


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"whoosh:{tmp_path / 'index'}")


def indexed(engine: Engine) -> dict[str, str]:
    """The ids and bodies in the live generation."""
    snapshot = engine.snapshot()
    documents = [snapshot.document(id_) for id_ in snapshot.ids()]
    snapshot.close()
    return {document.article.id: document.article.paragraphs[0] for document in documents if document}


def held(archive: Archive) -> dict[str, str]:
    """The ids and bodies in the archive."""
    return {article.id: article.paragraphs[0] for batch in archive.batches() for _, article in batch}


@pytest.mark.parametrize("later", [1, 2, 9])
def test_after_an_older_copy_was_restored_all_is_built_anew(
        stored: Archive, engine: Engine, tmp_path: Path, later: int) -> None:
    reindex(stored, engine, ONE_PROCESS)
    backup(stored, tmp_path / "copy")
    stored.add([(story(6), None), (story(1, "It came back."), None)])
    reindex(stored, engine, ONE_PROCESS, changed=True)
    with Archive.open(tmp_path / "copy", Settings()) as restored:
        restored.add([(story(number, "Of another history."), None) for number in range(2, 2 + later)])
        assert reindex(restored, engine, ONE_PROCESS, changed=True).added == restored.count()
        assert indexed(engine) == held(restored)
        restored.add([(story(20), None)])
        assert reindex(restored, engine, ONE_PROCESS, changed=True).added == 1


def test_a_copy_builds_on_what_was_built_before_it_was_made(stored: Archive, engine: Engine, tmp_path: Path) -> None:
    reindex(stored, engine, ONE_PROCESS)
    stored.add([(story(6), None)])
    backup(stored, tmp_path / "copy")
    with Archive.open(tmp_path / "copy", Settings()) as copy:
        assert reindex(copy, engine, ONE_PROCESS, changed=True).added == 1
        assert indexed(engine) == held(copy)


def test_the_index_of_another_archive_is_not_replaced(stored: Archive, engine: Engine, tmp_path: Path) -> None:
    reindex(stored, engine, ONE_PROCESS)
    with Archive.open(tmp_path / "other", Settings(), create=True) as other:
        other.add([(story(7), None)])
        for changed in (False, True):
            with pytest.raises(EngineError, match="another archive; set engine_url"):
                reindex(other, engine, ONE_PROCESS, changed=changed)
        assert indexed(engine) == held(stored)
        live = engine.live()
        assert live is not None
        (tmp_path / "index" / live.id / "generation.json").write_text("torn")
        assert reindex(other, engine, ONE_PROCESS).articles == 1


def test_what_another_archive_is_building_is_not_cleared_away(stored: Archive, engine: Engine, tmp_path: Path) -> None:
    reindex(stored, engine, ONE_PROCESS)
    building = tmp_path / "index" / "building-20200101T000000-abcdef"
    building.mkdir()
    with Archive.open(tmp_path / "other", Settings(), create=True) as other, pytest.raises(EngineError):
        reindex(other, engine, ONE_PROCESS)
    assert building.exists()


def test_an_archive_that_lost_all_does_not_empty_the_index(stored: Archive, engine: Engine) -> None:
    reindex(stored, engine, ONE_PROCESS)
    edit(stored, "DELETE FROM articles")
    for changed in (False, True):
        with pytest.raises(EngineError, match=r"holds 5 articles.*restore.*remove the folder of the index"):
            reindex(stored, engine, ONE_PROCESS, changed=changed)
    assert len(indexed(engine)) == 5


@pytest.mark.parametrize("damage", [b"", b"torn", None])
def test_a_damaged_generation_is_not_built_on(
        stored: Archive, engine: Engine, tmp_path: Path, damage: bytes | None) -> None:
    first = reindex(stored, engine, ONE_PROCESS).generation
    segment = max((tmp_path / "index" / first).glob("*.seg"), key=lambda path: path.stat().st_size)
    data = segment.read_bytes()
    segment.write_bytes(bytes((data[0] ^ 1,)) + data[1:] if damage is None else damage)
    stored.add([(story(6), None)])
    assert reindex(stored, engine, ONE_PROCESS, changed=True).added == 6
    assert indexed(engine) == held(stored)


@pytest.mark.parametrize("statement", [
    "UPDATE articles SET record = replace(record, 'left', 'sank') WHERE id = 'courier:4'",
    "UPDATE articles SET record = '[' WHERE id = 'courier:4'",
    "UPDATE articles SET record = x'ff' WHERE id = 'courier:4'",
    "UPDATE articles SET content_hash = 'x' WHERE id = 'courier:4'",
    "UPDATE versions SET record = replace(record, 'once', 'twice') WHERE id = 'courier:4'",
])
def test_a_damaged_record_is_named_and_not_indexed(stored: Archive, engine: Engine, statement: str) -> None:
    stored.add([(story(4, "It was here once."), None), (story(4), None), (story(4, "It left again."), None)])
    reindex(stored, engine, ONE_PROCESS)
    before = indexed(engine)
    edit(stored, statement)
    with pytest.raises(ArchiveError, match=r"courier:4 .*run `dateline check`"):
        reindex(stored, engine, ONE_PROCESS)
    assert indexed(engine) == before


def die(*_: object) -> None:
    os._exit(9)


def test_a_worker_that_dies_is_told_in_a_sentence(
        stored: Archive, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enriching, "WORTH_WORKERS", 1)
    monkeypatch.setattr(enriching, "_find", die)
    with pytest.raises(EngineError, match=r"worker process ended.*reindex_workers"):
        reindex(stored, engine, replace(ONE_PROCESS, reindex_workers=2))
    assert engine.live() is None
    assert list((tmp_path / "index").iterdir()) == []


def test_damaged_and_useless_findings_go_with_a_full_reindex(stored: Archive, engine: Engine) -> None:
    reindex(stored, engine, ONE_PROCESS)
    kept = stored.counts()["enrichments"]
    stored.add([(story(5, "It left at one."), None)])
    stored.keep_findings({story(2).content_hash: {"moods": []}, "c" * 64: {"dates": []}}, {"moods": "1", "dates": "1"})
    edit(stored, "UPDATE enrichments SET data = '[7]' WHERE content_hash = ?", story(1).content_hash)
    edit(stored, "UPDATE enrichments SET content_hash = x'ff' WHERE content_hash = ? AND enricher = 'dates'",
         story(3).content_hash)
    assert list(stored.faults())
    reindex(stored, engine, ONE_PROCESS)
    assert list(stored.faults()) == []
    assert stored.counts()["enrichments"] == kept


@pytest.fixture
def locked_folder(stored: Archive) -> Iterator[Path]:
    (stored.folder / "reindex.lock").mkdir()  # as much in the way as a folder that may not be written
    yield stored.folder
    shutil.rmtree(stored.folder / "reindex.lock")


@pytest.mark.usefixtures("locked_folder")
def test_a_folder_that_cannot_be_written_is_told(stored: Archive, engine: Engine) -> None:
    with pytest.raises(ArchiveError, match=r"cannot be written.*a user who may write"):
        reindex(stored, engine, ONE_PROCESS)
    assert (stored.folder / FILE).exists()
