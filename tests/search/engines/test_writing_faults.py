import io
import os
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from search.engine import Engine, open_engine
from search.engines.whoosh import arrays
from search.engines.whoosh.arrays import ArrayFile, ArrayWriter
from search.errors import EngineError, GenerationDamaged
from tests.engine_contract import ARCHIVE, build, make
from tests.search.engines.small import SMALL, small_segments


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"whoosh:{tmp_path}", SMALL)


def full(*_args: object, **_given: object) -> Any:
    raise OSError(28, "No space left on device")


def test_a_builder_that_cannot_begin_leaves_nothing(
        engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = build(engine, ARCHIVE[:1])
    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(EngineError, match="make room"):
        engine.builder(base)
    assert not list(tmp_path.glob("building-*"))


class Spool(io.BytesIO):
    """A temporary file on a disk that is full."""

    write = full


def no_spools(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(arrays, "SPOOLED", 1)
    patch.setattr(tempfile, "TemporaryFile", lambda **_: Spool())


FULL: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "a file": lambda patch: patch.setattr(Path, "open", full),
    "a spool": no_spools,
    "the end of a file": lambda patch: patch.setattr(os, "fsync", full),
    "the manifest": lambda patch: patch.setattr(Path, "write_text", full),
    "the name": lambda patch: patch.setattr(Path, "rename", full),
}


@pytest.mark.parametrize("what", FULL)
@pytest.mark.parametrize("on_another", [False, True])
def test_a_commit_on_a_full_disk_is_told_and_leaves_nothing(
        engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, on_another: bool) -> None:
    base = build(engine, ARCHIVE[:2])
    builder = engine.builder(base if on_another else None)
    builder.add(ARCHIVE[2])
    with monkeypatch.context() as patch:
        FULL[what](patch)
        with pytest.raises(EngineError, match="make room"):
            builder.commit(1, {})
    builder.abort()
    assert sorted(path.name for path in tmp_path.iterdir()) == [base.id, "live"]
    assert not list(engine.check(base))
    assert list(engine.snapshot().ids()) == ["a:1", "a:2"]


@pytest.mark.parametrize("nth", [1, 2, 30, 200])
def test_a_disk_that_is_full_after_any_write_is_told(
        engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    calls, write = count(), ArrayWriter._write

    def fills_up(out: ArrayWriter, data: bytes | memoryview) -> None:
        if next(calls) >= nth:
            full()
        write(out, data)
    monkeypatch.setattr(ArrayWriter, "_write", fills_up)
    with small_segments(room=60):
        builder = engine.builder()

    def work() -> None:
        for number in range(12):
            builder.add(make(f"n:{number}", f"Number {number}", "One of many."))
        builder.commit(1, {})
    with pytest.raises(EngineError, match="make room"):
        work()
    builder.abort()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"DATELINE")])
@pytest.mark.parametrize("pattern", ["contents", "*.seg"])
def test_a_base_that_is_damaged_is_told(
        engine: Engine, tmp_path: Path, damage: Callable[[Path], object], pattern: str) -> None:
    base = build(engine, ARCHIVE[:1])
    path, = (tmp_path / base.id).glob(pattern)
    damage(path)
    with pytest.raises(GenerationDamaged, match="without --changed"):
        engine.builder(base)
    assert not list(tmp_path.glob("building-*"))


@pytest.mark.parametrize("method", ["remove", "add"])
def test_a_base_whose_ids_cannot_be_read_is_told(engine: Engine, tmp_path: Path, method: str) -> None:
    base = build(engine, ARCHIVE)
    overwrite(tmp_path / base.id, 64, 2_000)
    builder = engine.builder(base)
    with pytest.raises(GenerationDamaged, match="without --changed"):
        builder.remove("a:1") if method == "remove" else builder.add(ARCHIVE[0])
    builder.abort()
    assert not list(tmp_path.glob("building-*"))


def test_a_base_whose_articles_cannot_be_merged_is_told(
        engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "PAGE", 64)
    base = build(engine, ARCHIVE)
    path, = (tmp_path / base.id).glob("*.seg")
    overwrite(tmp_path / base.id, ArrayFile(path)._offsets["stored.bytes"], 10)
    builder = engine.builder(base)
    for document in ARCHIVE[:3]:
        builder.remove(document.article.id)
    with pytest.raises(GenerationDamaged, match="without --changed"):
        builder.commit(1, {})
    builder.abort()
    assert not list(tmp_path.glob("building-*"))


def overwrite(folder: Path, start: int, size: int) -> None:
    """Damages the one segment of a generation."""
    path, = folder.glob("*.seg")
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[:start] + b"\xa5" * size + data[start + size:])
