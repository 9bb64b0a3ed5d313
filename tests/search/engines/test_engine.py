from pathlib import Path

import pytest

from search.engine import Generation, open_engine
from search.engines.whoosh import generations
from search.engines.whoosh.engine import WhooshEngine
from search.errors import GenerationDamaged
from search.request import FacetSpec, Request
from search.schema import FACETS
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine(tmp_path, Settings(query_seconds=60))


def test_a_segment_is_opened_once_for_all_generations_that_hold_it(engine: WhooshEngine) -> None:
    base = build(engine, ARCHIVE[:5])
    first = engine.snapshot()
    builder = engine.builder(base)
    builder.add(ARCHIVE[5])
    engine.switch(builder.commit(1, {}))
    second = engine.snapshot()
    assert len(second._shards) == 2
    assert second._shards[0].segment is first._shards[0].segment
    first.close()
    assert list(second.ids()) == [document.article.id for document in ARCHIVE]


def test_a_generation_of_another_version_is_refused(engine: WhooshEngine) -> None:
    made = build(engine, ARCHIVE)
    for other in (Generation(made.id, 6, 6, made.format + 1, made.created, made.enrichers),
                  Generation(made.id, 6, 6, made.format, made.created, {**made.enrichers, "analysis": "0/none"})):
        with pytest.raises(GenerationDamaged, match=r"built by another version .* run `dateline reindex`"):
            engine.open(other)


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


def test_a_reader_whose_generation_goes_while_it_is_opened_gets_the_new_one(
        engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(engine, ARCHIVE[:1])
    opened = WhooshEngine.open
    switched: list[Generation] = []

    def overtaken(self: WhooshEngine, generation: Generation) -> object:
        if not switched:
            switched.append(build(open_engine(f"whoosh:{tmp_path}"), ARCHIVE))
            engine.prune(1)
        return opened(self, generation)
    monkeypatch.setattr(WhooshEngine, "open", overtaken)
    snapshot = engine.snapshot()
    assert snapshot.generation == switched[0]
    assert snapshot.search(Request(facets=tuple(map(FacetSpec, FACETS)))).total == len(ARCHIVE)


def test_a_live_generation_that_stays_damaged_is_told(engine: WhooshEngine, tmp_path: Path) -> None:
    made = build(engine, ARCHIVE)
    (tmp_path / made.id / "contents").unlink()
    with pytest.raises(GenerationDamaged, match=made.id):
        engine.snapshot()
    (tmp_path / made.id / "generation.json").unlink()
    for look in (engine.live, engine.snapshot):
        with pytest.raises(GenerationDamaged, match=made.id):
            look()
    (tmp_path / "live").write_bytes(b"")
    for look in (engine.live, engine.snapshot):
        with pytest.raises(GenerationDamaged, match="live"):
            look()
