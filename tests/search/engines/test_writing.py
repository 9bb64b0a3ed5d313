import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from search.document import Document
from search.engine import Engine, Generation, open_engine
from search.engines.whoosh import generations, writing
from search.engines.whoosh.merging import merge
from search.engines.whoosh.shard import Shard
from search.errors import EngineError
from search.query import tree
from search.request import Request
from tests.engine_contract import ARCHIVE, build, make
from tests.search.engines.small import SMALL, small_segments


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"whoosh:{tmp_path}", SMALL)


def changed(engine: Engine, base: Generation, added: Sequence[Document] = (),
            removed: Sequence[str] = ()) -> Generation:
    """Makes a generation that is built on another the live one."""
    builder = engine.builder(base)
    for id_ in removed:
        builder.remove(id_)
    for document in added:
        builder.add(document)
    made = builder.commit(1, {})
    engine.switch(made)
    return made


def numbered(*numbers: int) -> list[Document]:
    return [make(f"n:{number}", f"Number {number}", "One of many.") for number in numbers]


def segments(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.seg"))


@pytest.mark.parametrize("id_", ["a:1", "new:1"])
def test_an_article_added_again_to_a_build_on_another_counts_as_it_was_last(engine: Engine, id_: str) -> None:
    base = build(engine, ARCHIVE[:2])
    changed(engine, base, [make(id_, "Edited", f"All about the {word}.") for word in ("quay", "harbour", "lagoon")])
    snapshot = engine.snapshot()
    assert [snapshot.search(Request(tree.Word(word))).total for word in ("quay", "harbour", "lagoon")] == [0, 0, 1]
    assert list(snapshot.ids()) == sorted({"a:1", "a:2", id_})


def test_an_article_added_again_is_found_beside_those_that_it_replaced(engine: Engine, tmp_path: Path) -> None:
    base = build(engine, numbered(0))
    others = numbered(*range(1, 9))
    made = changed(engine, base, [*others, make("n:4", "Edited", "Once."), make("n:4", "Edited", "Twice.")])
    assert len(segments(tmp_path / made.id)) == 2, "so few are dead that their segment stays as it is"
    document = engine.snapshot().document("n:4")
    assert document is not None
    assert document.article.paragraphs == ("Twice.",)
    emptied = changed(engine, made, removed=["n:4"])
    assert emptied.articles == engine.snapshot().search(Request()).total == 8
    assert engine.snapshot().document("n:4") is None


def test_an_article_added_again_after_its_segment_was_written_counts_as_it_was_last(engine: Engine) -> None:
    again = make("n:1", "Edited", "All about the lagoon.")
    with small_segments(room=60):
        build(engine, [*numbered(1, 2, 3, 4, 5, 6, 7, 8), again, *numbered(9)])
    snapshot = engine.snapshot()
    assert snapshot.document("n:1") == again
    assert snapshot.search(Request(tree.Word("many"))).total == snapshot.generation.articles - 1 == 8


def test_what_was_added_cannot_be_removed_before_the_commit(engine: Engine) -> None:
    builder = engine.builder(build(engine, ARCHIVE[:1]))
    builder.add(ARCHIVE[0])
    with pytest.raises(EngineError, match="before the commit"):
        builder.remove("a:1")
    builder.abort()


def test_a_fresh_build_is_one_segment_however_little_memory_it_has(
        engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = build(engine, numbered(*range(30)))
    merged: list[int] = []

    def counted(shards: Sequence[Shard], *given: Any) -> None:
        merged.append(len(shards))
        merge(shards, *given)
    monkeypatch.setattr(writing, "merge", counted)
    with small_segments(room=60):
        in_pieces = build(engine, numbered(*range(30)))
    assert merged[0] > 5
    assert len(segments(tmp_path / at_once.id)) == len(segments(tmp_path / in_pieces.id)) == 1
    assert not list(engine.check(in_pieces))


def test_generations_share_the_segments_that_they_have_in_common(engine: Engine, tmp_path: Path) -> None:
    base = build(engine, numbered(*range(8)))
    made = changed(engine, base, numbered(8), ["n:0"])
    shared, = segments(tmp_path / base.id)
    assert shared in segments(tmp_path / made.id)
    assert (tmp_path / base.id / shared).samefile(tmp_path / made.id / shared)
    engine.prune(1)
    assert not (tmp_path / base.id).exists()
    assert list(engine.snapshot().ids()) == [f"n:{number}" for number in range(1, 9)]


def test_segments_are_copied_where_the_disk_knows_no_links(
        engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = build(engine, numbered(*range(8)))
    def unknown(_from: Path, _to: Path) -> None:
        raise OSError(95, "Operation not supported")
    monkeypatch.setattr(os, "link", unknown)
    made = changed(engine, base, numbered(8))
    shared, = segments(tmp_path / base.id)
    assert not (tmp_path / base.id / shared).samefile(tmp_path / made.id / shared)
    assert (tmp_path / base.id / shared).read_bytes() == (tmp_path / made.id / shared).read_bytes()
    assert not list(engine.check(made))


def test_segments_of_one_size_are_merged_when_there_are_many(engine: Engine, tmp_path: Path) -> None:
    base, counts = build(engine, numbered(0)), []
    with small_segments(room=10_000, tier=3):
        for number in range(1, 7):
            base = changed(engine, base, numbered(number))
            counts.append(len(segments(tmp_path / base.id)))
    assert counts == [2, 1, 2, 1, 2, 1]
    assert list(engine.snapshot().ids()) == [f"n:{number}" for number in range(7)]


def test_a_segment_that_is_mostly_dead_is_written_anew(engine: Engine, tmp_path: Path) -> None:
    base = build(engine, numbered(*range(8)))
    few = changed(engine, base, removed=["n:0", "n:1"])
    assert segments(tmp_path / few.id) == segments(tmp_path / base.id)
    more = changed(engine, few, removed=["n:2"])
    assert segments(tmp_path / more.id) != segments(tmp_path / base.id)
    snapshot = engine.snapshot()
    assert list(snapshot.ids()) == [f"n:{number}" for number in range(3, 8)]
    assert [snapshot.search(Request(tree.Word(str(number)))).total for number in (2, 3)] == [0, 1]


def test_a_segment_that_is_all_dead_leaves_no_file(engine: Engine, tmp_path: Path) -> None:
    base = build(engine, numbered(0, 1))
    made = changed(engine, base, numbered(2), ["n:0", "n:1"])
    assert len(segments(tmp_path / made.id)) == 1
    emptied = changed(engine, made, removed=["n:2"])
    assert segments(tmp_path / emptied.id) == []
    assert emptied.articles == engine.snapshot().search(Request()).total == 0


def test_an_article_may_be_very_long(engine: Engine) -> None:
    long = [make(f"l:{number}", "Long", "word and more " * 40_000) for number in range(3)]
    build(engine, long)
    assert engine.snapshot().documents([document.article.id for document in long]) == long


def test_what_is_sealed_is_named_as_its_folder(engine: Engine, tmp_path: Path) -> None:
    made = build(engine, ARCHIVE)
    assert generations.read(tmp_path, made.id) == made
    assert sorted(path.name for path in (tmp_path / made.id).iterdir()) == sorted(
        [*segments(tmp_path / made.id), "contents", "generation.json"])
