"""The archive's tables, the hash that each row carries of itself, and from a row to its article.

`layout` and `generations` carry none: a wrong value there makes a reindex begin anew or refuse, and nothing else.
"""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.article import Article, canonical_json, sha256
from search.errors import ArchiveError

metadata = sa.MetaData()

layout = sa.Table(
    "layout", metadata,
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("identity", sa.String(32), nullable=False),  # drawn at random when the archive was made
)

generations = sa.Table(
    "generations", metadata,  # what was built of the archive as it is, which an older copy of it does not know
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
)

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

Row = Mapping[str, Any] | sa.RowMapping  # column → value


def row_hash(row: Row) -> str:
    """The SHA-256 of a row's other columns; bytes count by their own hash."""
    plain = {str(name): sha256(value) if isinstance(value, bytes) else value for name, value in row.items()}
    plain.pop("row_hash", None)
    return sha256(canonical_json(plain))


def insert(db: Connection, table: sa.Table, row: Row) -> None:
    """Inserts a row with its hash."""
    db.execute(table.insert().values(**row, row_hash=row_hash(row)))


def read_article(row: Row) -> Article:
    """The article of a row of `articles` or `versions`. Raises ArchiveError where the row is not what was written."""
    require_sound(row)
    return parse_article(row)


def require_sound(row: Row) -> None:
    """Raises ArchiveError where a row of `articles` or `versions` is not what was written."""
    if row["row_hash"] != row_hash(row):
        raise ArchiveError(f"the record of {row['id']} is not what was written; "
                           "run `dateline check`, then restore the archive from a backup")


def parse_article(row: Row) -> Article:
    """The article in a row's record, whatever the row's hash. Raises ArchiveError."""
    try:
        return Article.from_json(json.loads(row["record"]))
    except (TypeError, ValueError) as error:
        raise ArchiveError(f"the record of {row['id']} cannot be read ({error}); "
                           "run `dateline check`, then restore the archive from a backup") from error
