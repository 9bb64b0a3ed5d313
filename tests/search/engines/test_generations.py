import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from search.engine import Generation
from search.engines.whoosh import generations
from search.errors import EngineError, GenerationDamaged
from search.schema import FORMAT

FIRST = datetime(2024, 5, 1, tzinfo=UTC)
FOREIGN = ("gen-ealogy", "building-site", "gen-20240501T000000-abcdef.bak", "gen-20240501T000000-ABCDEF",
           "gen-2024", "my-gen-20240501T000000-abcdef", "gen-٢٠٢٤٠٥٠١T٠٠٠٠٠٠-abcdef")
DAMAGED_LIVE = (b"\xff\xfe", b"", b"\n", b"gen-ealogy\n", b"../gen-20240501T000000-abcdef",
                b"building-20240501T000000-abcdef", b"gen-20240501T000000-abcdef\ngen-20240501T000000-abcdef")


def seal(root: Path, number: int) -> Generation:
    folder = generations.begin(root)
    (folder / "MAIN.seg").write_bytes(b"data")
    created = FIRST + timedelta(days=number)
    made = Generation(generations.sealed_name(folder), 1, number, FORMAT, created, {"dates": "1"})
    generations.seal(folder, made)
    return made


@pytest.fixture
def made(tmp_path: Path) -> list[Generation]:
    made = [seal(tmp_path, number) for number in range(3)]
    generations.switch(tmp_path, made[0])
    return made


def test_sealed_generations_are_read_as_they_were_made_oldest_first(tmp_path: Path, made: list[Generation]) -> None:
    assert generations.sealed(tmp_path) == tuple(made)
    assert generations.live_name(tmp_path) == made[0].id
    assert not list(generations.faults(tmp_path, made[0].id))


def test_pruning_touches_nothing_that_was_not_made_here(tmp_path: Path, made: list[Generation]) -> None:
    for name in FOREIGN:
        (tmp_path / name).mkdir()
        (tmp_path / name / "kept.txt").write_text("kept", encoding="utf-8")
    left = generations.begin(tmp_path)
    assert set(generations.prune(tmp_path, 1)) == {left.name, made[1].id, made[2].id}
    assert all((tmp_path / name / "kept.txt").is_file() for name in FOREIGN)


@pytest.mark.parametrize(("keep", "kept"), [(1, [0]), (2, [0, 2]), (3, [0, 1, 2]), (9, [0, 1, 2])])
def test_pruning_counts_the_live_generation_among_those_kept(
        tmp_path: Path, made: list[Generation], keep: int, kept: list[int]) -> None:
    generations.prune(tmp_path, keep)
    assert generations.sealed(tmp_path) == tuple(made[number] for number in kept)


@pytest.mark.parametrize("damage", DAMAGED_LIVE)
def test_a_damaged_pointer_is_told_and_a_switch_mends_it(
        tmp_path: Path, made: list[Generation], damage: bytes) -> None:
    (tmp_path / "live").write_bytes(damage)
    with pytest.raises(GenerationDamaged, match="dateline reindex"):
        generations.live_name(tmp_path)
    generations.prune(tmp_path, 2)
    assert generations.sealed(tmp_path) == (made[1], made[2])
    generations.switch(tmp_path, made[2])
    assert generations.live_name(tmp_path) == made[2].id


def test_a_pointer_that_is_no_file_is_damaged(tmp_path: Path, made: list[Generation]) -> None:
    (tmp_path / "live").unlink()
    assert generations.live_name(tmp_path) is None
    (tmp_path / "live").mkdir()
    with pytest.raises(GenerationDamaged, match="cannot be read"):
        generations.live_name(tmp_path)


def test_readable_generations_stay_beside_a_live_one_that_is_damaged(tmp_path: Path, made: list[Generation]) -> None:
    (tmp_path / made[0].id / "generation.json").unlink()
    generations.prune(tmp_path, 1)
    assert (tmp_path / made[0].id).is_dir()
    assert generations.sealed(tmp_path) == (made[2],)


@pytest.mark.parametrize("damage", [
    {"files": []}, {"files": {"MAIN.seg": []}}, {"files": {"MAIN.seg": {"bytes": "4", "sha256": "x"}}},
    {"files": {"MAIN.seg": {"bytes": 4, "sha256": None}}}, {"files": None}, {"generation": None}, {"generation": []},
    {"enrichers": None}, {"enrichers": {"dates": 1}}, {"articles": "x"}, {"articles": True}, {"sequence": None},
    {"format": 1.5}, {"created": 5}, {"created": "2024-05-01"}, {"id": 7}, {"id": "gen-20200101T000000-abcdef"},
    {"unknown": 1}, {"sequence": 7}, {"articles": 99}, {"created": "2024-05-01T00:00:00+00:00"}, {"sha256": "x"},
], ids=repr)
def test_a_damaged_manifest_is_told(tmp_path: Path, made: list[Generation], damage: dict[str, object]) -> None:
    path = tmp_path / made[1].id / "generation.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    (manifest if damage.keys() <= manifest.keys() else manifest["generation"]).update(damage)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert_damaged(tmp_path, made)


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"null", b"[" * 100_000, b'{"generation"'])
def test_a_manifest_that_is_no_json_object_is_told(tmp_path: Path, made: list[Generation], damage: bytes) -> None:
    (tmp_path / made[1].id / "generation.json").write_bytes(damage)
    assert_damaged(tmp_path, made)


def assert_damaged(root: Path, made: list[Generation]) -> None:
    with pytest.raises(GenerationDamaged, match=made[1].id):
        generations.read(root, made[1].id)
    fault, = generations.faults(root, made[1].id)
    assert made[1].id in fault
    assert generations.sealed(root) == (made[0], made[2])


def test_files_that_differ_from_the_manifest_are_told(tmp_path: Path, made: list[Generation]) -> None:
    folder = tmp_path / made[1].id
    (folder / "MAIN.seg").write_bytes(b"DATA")
    (folder / "other.seg").touch()
    assert [fault.split("/")[1] for fault in generations.faults(tmp_path, made[1].id)] == [
        "MAIN.seg is not what was written", "other.seg does not belong to the generation"]


def test_only_what_is_not_live_is_discarded(tmp_path: Path, made: list[Generation]) -> None:
    generations.discard(tmp_path, made[2])
    generations.discard(tmp_path, made[2])
    with pytest.raises(EngineError, match="is live"):
        generations.discard(tmp_path, made[0])
    assert generations.sealed(tmp_path) == (made[0], made[1])
    (tmp_path / "live").write_bytes(b"")
    generations.discard(tmp_path, made[0])
    assert generations.sealed(tmp_path) == (made[1],)


def test_a_folder_that_was_not_made_here_is_not_discarded(tmp_path: Path) -> None:
    (tmp_path / "gen-ealogy").mkdir()
    generations.discard(tmp_path, Generation("gen-ealogy", 0, 0, FORMAT))
    assert (tmp_path / "gen-ealogy").is_dir()


def test_what_is_removed_by_halves_is_no_generation(
        tmp_path: Path, made: list[Generation], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "rmtree", lambda *_args, **_given: None)
    generations.discard(tmp_path, made[2])
    assert (tmp_path / made[2].id).is_dir()
    assert generations.sealed(tmp_path) == (made[0], made[1])


def test_a_build_that_cannot_begin_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_given: object) -> None:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(EngineError, match="make room"):
        generations.begin(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_switch_that_cannot_be_written_leaves_the_old_one_live(
        tmp_path: Path, made: list[Generation], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_given: object) -> int:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(EngineError, match="make room"):
        generations.switch(tmp_path, made[1])
    assert generations.live_name(tmp_path) == made[0].id
