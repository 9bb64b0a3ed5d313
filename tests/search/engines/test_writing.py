from pathlib import Path

import pytest
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from search.engine import open_engine
from search.errors import EngineError, GenerationDamaged
from search.query import tree
from search.request import Request
from tests.engine_contract import ARCHIVE, build, make


def full(*_args: object, **_given: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("id_", ["a:1", "new:1"])
def test_an_article_added_again_to_a_build_on_another_counts_as_it_was_last(tmp_path: Path, id_: str) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    builder = engine.builder(build(engine, ARCHIVE[:2]))
    for word in ("quay", "harbour", "lagoon"):
        builder.add(make(id_, "Edited", f"All about the {word}."))
    engine.switch(builder.commit(3, {}))
    snapshot = engine.snapshot()
    assert [snapshot.search(Request(tree.Word(word))).total for word in ("quay", "harbour", "lagoon")] == [0, 0, 1]
    assert list(snapshot.ids()) == sorted({"a:1", "a:2", id_})


@pytest.mark.parametrize("on_another", [False, True])
def test_a_builder_that_cannot_begin_leaves_nothing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_another: bool) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    base = build(engine, ARCHIVE[:1])
    monkeypatch.setattr(FileIndex, "writer", full)
    with pytest.raises(EngineError, match="make room"):
        engine.builder(base if on_another else None)
    assert not list(tmp_path.glob("building-*"))


def test_on_a_full_disk_a_build_is_given_up_without_remains(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    builder = engine.builder()
    builder.add(ARCHIVE[0])
    cancel = SegmentWriter.cancel

    def cancel_in_vain(writer: SegmentWriter) -> None:
        cancel(writer)
        full()
    monkeypatch.setattr(SegmentWriter, "add_document", full)
    monkeypatch.setattr(SegmentWriter, "cancel", cancel_in_vain)
    with pytest.raises(EngineError, match="make room"):
        builder.add(ARCHIVE[1])
    builder.abort()
    assert not list(tmp_path.glob("building-*"))


@pytest.mark.parametrize("method", ["commit", "delete_by_term"])
def test_a_base_that_is_damaged_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    builder = engine.builder(build(engine, ARCHIVE[:1]))

    def broken(*_args: object, **_given: object) -> None:
        raise IndexError(method)
    with monkeypatch.context() as patch:
        patch.setattr(SegmentWriter, method, broken)
        with pytest.raises(GenerationDamaged, match="without --changed"):
            builder.commit(1, {}) if method == "commit" else builder.add(ARCHIVE[1])
    builder.abort()
    assert not list(tmp_path.glob("building-*"))
