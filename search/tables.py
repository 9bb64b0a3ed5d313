"""The archive's tables, how a database is opened so that a commit is durable, and how an older archive is brought up.

The version of the layout stands in the table `layout`. A change of the layout is one more migration at the end of
`MIGRATIONS`; none that was released is ever edited.
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from search.article import Article, canonical_json, sha256
from search.errors import ArchiveError, ArchiveTooNew

metadata = sa.MetaData()

layout = sa.Table("layout", metadata, sa.Column("version", sa.Integer, primary_key=True))

captures = sa.Table(
    "captures", metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("url", sa.Text),
    sa.Column("origin", sa.Text),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("fetched", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # zlib
    sa.Column("row_hash", sa.String(64), nullable=False),
)

articles = sa.Table(
    "articles", metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False, unique=True),
    sa.Column("source", sa.Text, nullable=False, index=True),
    sa.Column("url", sa.Text, index=True),
    sa.Column("capture", sa.ForeignKey("captures.id")),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("record", sa.Text, nullable=False),  # JSON
    sa.Column("added", sa.Text, nullable=False),
    sa.Column("row_hash", sa.String(64), nullable=False),
)

versions = sa.Table(
    "versions", metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),  # 0 is the oldest
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("replaced", sa.Text, nullable=False),
    sa.Column("row_hash", sa.String(64), nullable=False),
)

enrichments = sa.Table(
    "enrichments", metadata,
    sa.Column("content_hash", sa.String(64), primary_key=True),
    sa.Column("enricher", sa.String(40), primary_key=True),
    sa.Column("version", sa.String(80), nullable=False),
    sa.Column("data", sa.Text, nullable=False),  # JSON
    sa.Column("row_hash", sa.String(64), nullable=False),
)

TABLES = (captures, articles, versions, enrichments)

Migration = Callable[[sa.Connection], None]


def _first_layout(db: sa.Connection) -> None:
    metadata.create_all(db)


MIGRATIONS: tuple[Migration, ...] = (_first_layout,)


def connect(address: str) -> sa.Engine:
    """An engine for a database address, such that what a transaction committed survives a loss of power."""
    engine = sa.create_engine(address)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _durable)
        sa.event.listen(engine, "begin", _take_the_write_lock_first)
    return engine


def _durable(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, see below
    connection.text_factory = lambda data: data.decode(errors="backslashreplace")  # a bad byte spoils its row only
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _take_the_write_lock_first(db: sa.Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another wrote in between; waiting is kinder.
    db.exec_driver_sql("BEGIN IMMEDIATE" if db.get_execution_options().get("writes") else "BEGIN")


def migrate(engine: sa.Engine, migrations: tuple[Migration, ...] = MIGRATIONS) -> None:
    """Brings a database to the present layout, in one transaction. Raises ArchiveTooNew."""
    with engine.connect() as db:
        version = _version(db)
    if version > len(migrations):
        raise ArchiveTooNew(f"the archive has layout {version}, this Dateline knows {len(migrations)}; "
                            "install a newer one")
    if version < len(migrations):
        with engine.connect().execution_options(writes=True) as db, db.begin():
            for migration in migrations[_version(db):]:
                migration(db)
            db.execute(layout.delete())
            db.execute(layout.insert().values(version=len(migrations)))


def _version(db: sa.Connection) -> int:
    if not sa.inspect(db).has_table(layout.name):
        return 0
    return int(db.execute(sa.select(sa.func.coalesce(sa.func.max(layout.c.version), 0))).scalar_one())


def row_hash(row: dict[str, Any]) -> str:
    """The SHA-256 of a row's other columns; bytes count by their own hash."""
    plain = {name: sha256(value) if isinstance(value, bytes) else value for name, value in row.items()}
    plain.pop("row_hash", None)
    return sha256(canonical_json(plain))


def read_article(record: str) -> Article:
    """The article of a row's record. Raises ArchiveError."""
    try:
        return Article.from_json(json.loads(record))
    except (TypeError, ValueError) as error:
        raise ArchiveError(f"a record cannot be read ({error}); run `dateline check`, then restore a backup") from error
