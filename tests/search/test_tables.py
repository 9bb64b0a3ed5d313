from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from search.errors import ArchiveTooNew
from search.tables import MIGRATIONS, Migration, connect, layout, metadata, migrate, row_hash

VALUES = st.none() | st.integers() | st.text() | st.binary()


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


@given(st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1), VALUES)
def test_a_row_hash_sees_every_column_but_itself(row: dict[str, object], value: object) -> None:
    hashed = row_hash(row)
    assert row_hash(row | {"row_hash": "anything"}) == hashed
    assert row_hash(dict(reversed(row.items()))) == hashed
    name = next(iter(row))
    same = row[name] == value and type(row[name]) is type(value)
    assert (row_hash(row | {name: value}) == hashed) == same
    assert row_hash(row | {"d": value}) != hashed


def test_a_row_hash_stays_what_it_was() -> None:
    row = {"id": "courier:1", "number": 0, "body": b"<p>", "url": None}
    # another hash would make every row of every archive a fault
    assert row_hash(row) == "a8f0610f0f72d2328b710d37f6bc597eab1bd83807973918a3af71d035c0bf5d"
