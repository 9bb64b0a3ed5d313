"""From an address to an open database of the present layout: durable where it may be written, read-only where not.

The version of the layout stands in the table `layout`. A change of the layout is one more migration at the end of
`MIGRATIONS`; none that was released is ever edited.
"""

import os
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from search.errors import ArchiveBusy, ArchiveError, ArchiveMissing, ArchiveTooNew
from search.tables import layout, metadata

EMPTY = "is empty; restore it from a backup"

Migration = Callable[[sa.Connection], None]


def _first_layout(db: sa.Connection) -> None:
    metadata.create_all(db)
    db.execute(layout.insert().values(version=0, identity=secrets.token_hex(16)))


MIGRATIONS: tuple[Migration, ...] = (_first_layout,)


def open_database(address: str | sa.URL, *, create: bool) -> sa.Engine:
    """The archive's database at an address. Unless `create`, it has to be there, and is only read where it may only be.

    Raises ArchiveMissing, ArchiveTooNew, ArchiveBusy, ArchiveError.
    """
    try:
        file = _file(sa.make_url(address))
        if file and not create:
            _require(file)
        reading = file is not None and not create and not _writable(file)
        engine = connect_for_reading(file) if file and reading else connect(address)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise ArchiveError(f"the setting archive_url names no database ({error}); correct it") from error
    try:
        if not create:
            _require_layout(engine, str(file or engine.url))
        migrate(engine, reading=reading)
    except sa.exc.DatabaseError as error:
        engine.dispose()
        raise trouble(error, f"{file or engine.url} cannot be opened") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _file(url: sa.URL) -> Path | None:
    """The file of an SQLite database; None for one in memory, one named by a URI, and those of other kinds."""
    plain = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith(("file:", ":"))
    return Path(url.database) if plain and url.database else None


def _require(file: Path) -> None:
    try:
        size = file.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveMissing(f"there is no archive in {file.parent}; "
                             "`dateline add` makes one, or name another with --archive") from error
    except OSError as error:
        raise ArchiveError(f"{file} cannot be read ({error.strerror}); allow this user to read it") from error
    if not size:
        raise ArchiveError(f"{file} {EMPTY}")


def _require_layout(engine: sa.Engine, name: str) -> None:
    if not layout_version(engine):
        raise ArchiveError(f"{name} {EMPTY}")


def _writable(file: Path) -> bool:
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)  # SQLite's log is beside the file


def connect(address: str | sa.URL) -> sa.Engine:
    """An engine for a database address, such that what a transaction committed survives a loss of power."""
    engine = sa.create_engine(address)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _durable)
        sa.event.listen(engine, "begin", _take_the_write_lock_first)
    return engine


def connect_for_reading(file: Path) -> sa.Engine:
    """An engine for an SQLite database that this user may read, but not write.

    Every connection is a new one, since another user's log may have come or gone.
    """
    def opened() -> sqlite3.Connection:
        # Without a log nobody is writing, and there is nothing to lock; with one, SQLite has to read that as well.
        alone = "" if file.with_name(file.name + "-wal").exists() else "&immutable=1"
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro{alone}", uri=True, check_same_thread=False)
        _plain(connection)
        return connection
    engine = sa.create_engine("sqlite://", creator=opened, poolclass=sa.NullPool)
    sa.event.listen(engine, "begin", _take_the_write_lock_first)
    return engine


def _durable(connection: Any, _: object) -> None:
    _plain(connection)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _plain(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None  # transactions are begun by us, see below
    connection.text_factory = lambda data: data.decode(errors="backslashreplace")  # a bad byte spoils its row only
    connection.execute("PRAGMA busy_timeout=10000")


def _take_the_write_lock_first(db: sa.Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another wrote in between; waiting is kinder.
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("writes") else "BEGIN")


def migrate(engine: sa.Engine, migrations: tuple[Migration, ...] = MIGRATIONS, *, reading: bool = False) -> None:
    """Brings a database to the present layout, in one transaction. Raises ArchiveTooNew.

    One that is open for `reading` only has to have it. Raises ArchiveError.
    """
    version = layout_version(engine)
    if version > len(migrations):
        raise ArchiveTooNew(f"the archive has layout {version}, this Dateline knows {len(migrations)}; "
                            "install a newer one")
    if version < len(migrations):
        if reading:
            raise ArchiveError(f"the archive has the older layout {version}; let a user open it who may write to it")
        with engine.connect().execution_options(writes=True) as db, db.begin():
            for migration in migrations[_version(db):]:
                migration(db)
            db.execute(layout.update().values(version=len(migrations)))


def layout_version(engine: sa.Engine) -> int:
    """The version of a database's layout; 0 where it is no archive yet."""
    with engine.connect() as db:
        return _version(db)


def _version(db: sa.Connection) -> int:
    if not sa.inspect(db).has_table(layout.name):
        return 0
    return int(db.execute(sa.select(sa.func.coalesce(sa.func.max(layout.c.version), 0))).scalar_one())


def trouble(error: sa.exc.DatabaseError, what: str) -> ArchiveError:
    """A failure of the database as an error that says `what` could not be done, why, and what to do about it."""
    said = f"{what} ({error.orig})"
    if "locked" in str(error.orig):
        return ArchiveBusy(f"{said}; wait for the other command to end")
    name: str | None = getattr(error.orig, "sqlite_errorname", None)
    if name is None:
        return ArchiveError(f"{said}; see that the database runs and that archive_url is right")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return ArchiveError(f"{said}; see that its folder is there and that this user may read it and write to it")
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return ArchiveError(f"{said}; make room or mend the disk, then run it again")
    return ArchiveError(f"{said}; run `dateline check`, and restore it from a backup if it is damaged")
