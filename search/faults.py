"""From an archive's database to every fault in it, in words: what is not what was written, and what leads nowhere."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.errors import ArchiveError
from search.tables import TABLES, articles, captures, enrichments, parse_article, row_hash, versions

STREAMED = 500  # rows read at a time

Look = Callable[[Connection], Iterator[str]]


def faults(db: Connection, *, derived: bool) -> Iterator[str]:
    """Every fault, as it is found, of `derived` rows only if asked; one that ends a look ends only that look."""
    tables = [table for table in TABLES if derived or table is not enrichments]
    looks: list[Look] = [_structure, *(partial(_rows, table) for table in tables), _references]
    for look in looks:
        try:
            yield from look(db)
        except sa.exc.DatabaseError as error:
            yield f"the archive cannot be read to its end ({error.orig}); restore it from a backup"


def damaged_findings(db: Connection) -> int:
    """How many rows of findings are not what was written."""
    return sum(1 for _ in _rows(enrichments, db))


def _structure(db: Connection) -> Iterator[str]:
    if db.dialect.name == "sqlite":
        found = db.execute(sa.text("PRAGMA integrity_check")).scalars()
        yield from (f"SQLite finds: {line}" for line in found if line != "ok")


def _rows(table: sa.Table, db: Connection) -> Iterator[str]:
    for row in db.execute(sa.select(table), execution_options={"yield_per": STREAMED}).mappings():
        if fault := _fault(table, dict(row)):
            yield f"{table.name} {'/'.join(str(row[key.name]) for key in table.primary_key)}: {fault}"


def _references(db: Connection) -> Iterator[str]:
    at = articles.c.capture
    lost = sa.select(articles.c.id).where(at.is_not(None) & at.not_in(sa.select(captures.c.id)))
    for id_ in db.execute(lost).scalars():
        yield f"articles {id_}: its capture is missing; restore it from a backup"


def _fault(table: sa.Table, row: dict[str, Any]) -> str | None:
    if row["row_hash"] != row_hash(row):
        return "the row is not what was written; restore it from a backup"
    if table is articles or table is versions:
        try:
            article = parse_article(row)
        except ArchiveError as error:
            return str(error)
        if article.content_hash != row["content_hash"]:
            return "the content hash is not the content's"
    return None
