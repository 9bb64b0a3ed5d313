import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from search import commands
from search.archive import FILE, Archive
from search.backup import Backup, backup
from search.errors import ArchiveError
from search.settings import FILE as SETTINGS_FILE
from search.settings import Settings
from tests.search.shelf import edit, fill, page, story


def test_a_backup_is_an_archive_with_everything_in_it(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    (archive.folder / SETTINGS_FILE).write_text("page_size = 20\n")
    (archive.folder / "set-aside.jsonl").write_text("{}\n")
    (archive.folder / "aliases.txt").write_text("human | PER | A = B\n")
    (archive.folder / "index").mkdir()
    target = tmp_path / "backups" / "monday"
    assert backup(archive, target) == Backup(articles=3, damaged_findings=0)
    with Archive.open(target, Settings()) as copy:
        assert list(copy.faults()) == []
        assert copy.counts() == archive.counts()
        assert copy.versions("courier:1") == archive.versions("courier:1")
        assert copy.capture(page(2).id) == page(2)
        assert hashes(copy) == hashes(archive)
    beside = {SETTINGS_FILE, "set-aside.jsonl", "aliases.txt"}
    assert {path.name for path in target.iterdir()} == {FILE, *beside}
    assert (target / SETTINGS_FILE).read_text() == "page_size = 20\n"
    assert [path.name for path in target.parent.iterdir()] == ["monday"]


def hashes(archive: Archive) -> dict[str, str]:
    return {article.id: article.content_hash for batch in archive.batches() for _, article in batch}


def test_a_backup_is_of_one_moment_while_others_write(archive: Archive, tmp_path: Path) -> None:
    archive.add([(story(1), None)])
    with Archive.open(archive.folder, Settings()) as other, ThreadPoolExecutor(1) as pool:
        pairs = [[(story(n), None), (story(n + 1), None)] for n in range(2, 60, 2)]
        writing = pool.submit(lambda: [other.add(pair) for pair in pairs])
        held = [backup(archive, tmp_path / str(n)).articles for n in range(3)]
        writing.result()
    assert all(articles % 2 == 1 for articles in held)  # batches of two are whole
    assert held == sorted(held)


@pytest.mark.parametrize("name", ["taken", "file", "."])
def test_a_target_that_exists_is_refused_and_stays_untouched(archive: Archive, tmp_path: Path, name: str) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / FILE).write_text("mine")
    (tmp_path / "file").write_text("mine")
    target = tmp_path / name if name != "." else Path()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with pytest.raises(ArchiveError, match="name a new folder"):
        backup(archive, target)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_copy_that_fails_leaves_nothing(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")
    fill(archive)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match="make room"):
            backup(archive, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert backup(archive, tmp_path / "copy").articles == 3


def test_a_copy_that_is_stopped_leaves_nothing(
        archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt
    monkeypatch.setattr(Archive, "faults", stop)
    with pytest.raises(KeyboardInterrupt):
        backup(archive, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_findings_can_be_made_again_and_their_damage_stops_no_backup(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    edit(archive, "UPDATE enrichments SET data = '[8]'")
    assert backup(archive, tmp_path / "copy") == Backup(articles=3, damaged_findings=2)
    told = CliRunner().invoke(commands.backup, ["--archive", str(archive.folder), str(tmp_path / "second")])
    assert (told.exit_code, "2 findings in it are damaged" in told.stderr) == (0, True)


def test_a_place_that_cannot_be_written_is_told(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="another place"):
        backup(archive, tmp_path / "file" / "copy")


def test_a_faulty_archive_is_not_passed_off_as_a_backup(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    edit(archive, "UPDATE articles SET source = 'Gazette' WHERE id = 'courier:2'")
    with pytest.raises(ArchiveError, match=r"articles courier:2.*dateline check"):
        backup(archive, tmp_path / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_copy_that_cannot_be_made_is_an_error_of_the_archive(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="make room"):
        archive.copy_to(tmp_path / "no" / "such" / "folder.sqlite")
