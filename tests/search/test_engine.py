from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Engine, Generation, open_engine, open_index
from search.errors import EngineError, GenerationDamaged, UnknownEngine
from search.settings import Settings
from tests.engine_contract import ARCHIVE, build

MADE = Generation("gen-1", 3, 5, 1, datetime(2024, 5, 1, tzinfo=UTC), {"dates": "2"})
GENERATIONS = st.builds(
    Generation, st.text(), st.integers(), st.integers(), st.integers(),
    st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=3))))), st.dictionaries(st.text(), st.text()))


@given(GENERATIONS)
def test_a_generation_is_read_as_it_was_written(made: Generation) -> None:
    assert Generation.from_json(made.to_json()) == made


@pytest.mark.parametrize("damage", [
    {"id": 1}, {"articles": "x"}, {"articles": True}, {"sequence": 1.5}, {"format": None}, {"created": "yesterday"},
    {"created": None}, {"created": "2024-05-01T00:00"}, {"enrichers": None}, {"enrichers": []}, {"enrichers": {"a": 1}},
    {"more": 1},
], ids=repr)
def test_a_record_with_a_wrong_value_is_damaged(damage: dict[str, object]) -> None:
    with pytest.raises(GenerationDamaged, match="dateline reindex"):
        Generation.from_json({**MADE.to_json(), **damage})


@pytest.mark.parametrize("missing", MADE.to_json().keys() - {"enrichers"})
def test_a_record_that_lacks_a_value_is_damaged(missing: str) -> None:
    with pytest.raises(GenerationDamaged, match="dateline reindex"):
        Generation.from_json({name: value for name, value in MADE.to_json().items() if name != missing})


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return open_engine(f"{request.param}:{tmp_path}")


def test_a_generation_that_is_not_live_can_be_discarded(engine: Engine) -> None:
    live = build(engine, ARCHIVE[:1])
    builder = engine.builder()
    builder.add(ARCHIVE[1])
    failed = builder.commit(2, {})
    engine.discard(failed)
    engine.discard(failed)
    assert engine.generations() == (live,)
    with pytest.raises(EngineError, match="is live"):
        engine.discard(live)
    assert list(engine.snapshot().ids()) == ["a:1"]


@pytest.mark.parametrize("url", ["", "solr:there", "whoosh", "whoosh:", "Memory:"])
def test_an_address_that_names_no_engine_is_told(url: str) -> None:
    with pytest.raises(UnknownEngine):
        open_engine(url)


def test_an_archive_has_its_index_in_its_folder_unless_the_settings_name_another(tmp_path: Path) -> None:
    build(open_index(tmp_path, Settings()), ARCHIVE[:1])
    assert (tmp_path / "index" / "live").is_file()
    assert open_index(tmp_path, Settings(engine_url="memory:")).live() is None
