import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from search.archive import FILE, Archive
from search.backup import backup
from search.database import MIGRATIONS, Migration, connect, connect_for_reading, migrate, trouble
from search.errors import ArchiveBusy, ArchiveError, ArchiveMissing, ArchiveTooNew
from search.settings import Settings
from search.tables import layout, metadata
from tests.search.shelf import fill, story

NOBODY = 65534


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'archive.sqlite'}"


def version(engine: sa.Engine) -> int:
    with engine.connect() as db:
        return int(db.execute(sa.select(layout.c.version)).scalar_one())


def adding(name: str) -> Migration:
    """A migration that adds a table."""
    return lambda db: db.execute(sa.text(f"CREATE TABLE {name} (id INTEGER)")).close()


def test_an_empty_database_gets_all_tables(database: str) -> None:
    engine = connect(database)
    migrate(engine)
    assert set(sa.inspect(engine).get_table_names()) == set(metadata.tables)
    assert version(engine) == len(MIGRATIONS)
    migrate(engine)
    assert version(engine) == len(MIGRATIONS)


def test_an_older_archive_is_brought_up_by_the_migrations_that_it_lacks(database: str) -> None:
    engine = connect(database)
    migrate(engine)
    for _ in range(2):
        migrate(engine, (*MIGRATIONS, adding("first"), adding("second")))
        assert version(engine) == len(MIGRATIONS) + 2
    assert {"first", "second"} <= set(sa.inspect(engine).get_table_names())
    with pytest.raises(ArchiveTooNew, match="install a newer one"):
        migrate(engine)


def test_a_migration_that_fails_changes_nothing(database: str) -> None:
    def fail(_: sa.Connection) -> None:
        raise KeyError
    engine = connect(database)
    with pytest.raises(KeyError):
        migrate(engine, (*MIGRATIONS, adding("first"), fail))
    assert sa.inspect(engine).get_table_names() == []
    migrate(engine)
    assert version(engine) == len(MIGRATIONS)


def test_two_processes_at_once_bring_it_up_once(database: str) -> None:
    connect(database).dispose()

    def bring_up(_: int) -> int:
        engine = connect(database)
        migrate(engine, (*MIGRATIONS, adding("first")))
        return version(engine)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(bring_up, range(4))) == {len(MIGRATIONS) + 1}


@pytest.mark.parametrize(("pragma", "value"), [
    ("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000),
])
def test_a_commit_survives_a_loss_of_power(database: str, pragma: str, value: object) -> None:
    with connect(database).connect() as db:
        assert db.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_an_archive_has_an_identity_that_migrations_and_copies_keep(archive: Archive, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "other", Settings(), create=True) as other:
        assert other.identity != archive.identity
    backup(archive, tmp_path / "copy")
    migrate(connect(f"sqlite:///{tmp_path / 'copy' / FILE}"), (*MIGRATIONS, adding("first")))
    with closing(sqlite3.connect(tmp_path / "copy" / FILE)) as db:
        assert db.execute("SELECT identity FROM layout").fetchall() == [(archive.identity,)]


def test_an_empty_file_is_no_archive_until_one_is_made_in_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"")
    with pytest.raises(ArchiveError, match="is empty; restore it from a backup"):
        Archive.open(tmp_path, Settings())
    assert (tmp_path / FILE).stat().st_size == 0
    Archive.open(tmp_path, Settings(), create=True).close()
    Archive.open(tmp_path, Settings()).close()


def test_a_database_of_something_else_is_no_archive(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("CREATE TABLE mine (id INTEGER)")
    with pytest.raises(ArchiveError, match="restore"):
        Archive.open(tmp_path, Settings())
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("mine",)]


def test_a_missing_file_that_the_setting_names_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="there is no archive"):
        Archive.open(tmp_path, Settings(archive_url=f"sqlite:///{tmp_path / 'store.db'}"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["100% news", "what?", "a#b", "ünï"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    with Archive.open(tmp_path / name, Settings(), create=True) as archive:
        archive.add([(story(1), None)])
    assert (tmp_path / name / FILE).is_file()
    engine = connect_for_reading(tmp_path / name / FILE)
    with engine.connect() as db:
        assert db.execute(sa.text("SELECT id FROM articles")).scalars().all() == ["courier:1"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A filled archive where anybody may read it and only we may write; closed."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    with Archive.open(place / "archive", Settings(), create=True) as archive:
        fill(archive)
    yield place / "archive"
    shutil.rmtree(place)


@pytest.fixture
def as_reader(folder: Path) -> Iterator[None]:
    """Takes the right to write to the archive away until the test ends."""
    root = os.geteuid() == 0
    modes = {path: path.stat().st_mode for path in (*folder.iterdir(), folder)}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222 | (0 if root else 0o400))
    if root:
        os.setresuid(NOBODY, NOBODY, 0)
    yield
    if root:
        os.setresuid(0, 0, 0)
    for path, mode in modes.items():
        path.chmod(mode)


@pytest.mark.usefixtures("as_reader")
def test_an_archive_that_may_only_be_read_is_read(folder: Path) -> None:
    before = sorted(path.name for path in folder.iterdir())
    with Archive.open(folder, Settings()) as archive:
        assert archive.count() == 3
        assert list(archive.faults()) == []
        with pytest.raises(ArchiveError, match="this user may read it and write to it"):
            archive.add([(story(7), None)])
        with tempfile.TemporaryDirectory() as elsewhere:
            assert backup(archive, Path(elsewhere) / "copy").articles == 3
        assert archive.count() == 3
    assert sorted(path.name for path in folder.iterdir()) == before


@pytest.mark.usefixtures("as_reader")
def test_an_archive_that_may_only_be_read_cannot_be_added_to(folder: Path) -> None:
    with pytest.raises(ArchiveError, match="this user may read it and write to it"):
        Archive.open(folder, Settings(), create=True)


def test_what_another_user_is_writing_is_read_from_the_log_too(
        folder: Path, request: pytest.FixtureRequest) -> None:
    with Archive.open(folder, Settings()) as writer:
        writer.add([(story(7), None)])
        assert (folder / (FILE + "-wal")).stat().st_size
        request.getfixturevalue("as_reader")
        with Archive.open(folder, Settings()) as archive:
            assert archive.count() == 4


def test_a_file_that_may_not_be_read_is_not_called_damaged(folder: Path, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("as_reader")
    if os.geteuid() == NOBODY:
        os.setresuid(0, 0, 0)
    (folder / FILE).chmod(0)
    if os.geteuid() == 0:
        os.setresuid(NOBODY, NOBODY, 0)
    with pytest.raises(ArchiveError, match="this user may read it") as raised:
        Archive.open(folder, Settings())
    assert "backup" not in str(raised.value)


def test_an_older_archive_that_may_only_be_read_is_not_brought_up(archive: Archive) -> None:
    engine = connect_for_reading(archive.folder / FILE)
    with pytest.raises(ArchiveError, match="older layout"):
        migrate(engine, (*MIGRATIONS, adding("first")), reading=True)
    migrate(engine, reading=True)


@pytest.mark.parametrize(("name", "remedy"), [
    ("SQLITE_NOTADB", "backup"), ("SQLITE_CORRUPT_INDEX", "backup"), ("SQLITE_FULL", "make room"),
    ("SQLITE_IOERR_WRITE", "mend the disk"), ("SQLITE_READONLY_DIRECTORY", "this user"),
    ("SQLITE_CANTOPEN", "this user"), (None, "archive_url"),
])
def test_each_cause_of_trouble_has_its_remedy(name: str | None, remedy: str) -> None:
    cause = sqlite3.OperationalError("it failed")
    if name:
        cause.sqlite_errorname = name
    told = trouble(sa.exc.OperationalError("SELECT 1", {}, cause), "the archive cannot be opened")
    assert str(told).startswith("the archive cannot be opened (it failed); ")
    assert remedy in str(told)
    assert not isinstance(told, ArchiveBusy)


def test_a_locked_database_is_busy_and_not_damaged() -> None:
    cause = sqlite3.OperationalError("database is locked")
    assert isinstance(trouble(sa.exc.OperationalError("SELECT 1", {}, cause), "it cannot be opened"), ArchiveBusy)
