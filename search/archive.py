"""The store of record: captures, articles, their earlier versions, and what was found in them.

    add() ──► captures ─┐
              articles ─┴─► versions   (what an article said before its content changed)
    keep_findings() ──► enrichments    (by content, enricher and version; can be made again)

Everything that `add` has returned for is on disk. Nothing is ever overwritten: an article whose content changed moves
its old record to `versions`. Each row carries a hash of itself, which `faults` verifies. Written in SQLAlchemy Core for
SQLite; another database is another address.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.article import Article, Capture, Json, canonical_json
from search.database import open_database, trouble
from search.errors import ArchiveError
from search.faults import damaged_findings, faults
from search.filing import Outcome, file_article, last_change
from search.settings import Settings
from search.tables import (
    TABLES,
    articles,
    captures,
    enrichments,
    generations,
    insert,
    layout,
    read_article,
    row_hash,
    versions,
)

FILE = "archive.sqlite"
STREAMED = 500  # rows read at a time


class Archive:
    """An open archive. Use `Archive.open`; it is a context manager."""

    def __init__(self, folder: Path, engine: sa.Engine) -> None:
        self.folder = folder
        self._engine = engine

    @classmethod
    def open(cls, folder: Path, settings: Settings, *, create: bool = False) -> Self:
        """The archive in a folder. Raises ArchiveMissing unless `create`, ArchiveTooNew, ArchiveBusy, ArchiveError.

        One that this user may only read is opened for reading.
        """
        if create:
            _make(folder)
        address = settings.archive_url or sa.URL.create("sqlite", database=str(folder / FILE))
        return cls(folder, open_database(address, create=create))

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def identity(self) -> str:
        """What tells this archive from all others but its own copies."""
        with self._engine.connect() as db:
            return str(db.execute(sa.select(layout.c.identity)).scalar_one())

    def add(self, items: Iterable[tuple[Article, Capture | None]]) -> list[Outcome]:
        """Adds articles with the captures they were read from, in one transaction; durable when it returns.

        Content that the archive has, as the article's present or an earlier version, changes nothing. Raises
        ArchiveBusy, ArchiveError; nothing of the batch is then kept.
        """
        with self._writing() as db:
            return [file_article(db, article, capture) for article, capture in items]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(writes=True) as db, db.begin():
                yield db
        except sa.exc.IntegrityError as error:
            raise ArchiveError(f"the archive refused what was to be written ({error.orig}); "
                               "add an article together with the capture that it names") from error
        except sa.exc.DatabaseError as error:
            raise trouble(error, "the archive could not be written") from error

    def article(self, id_: str) -> Article | None:
        """The present version of an article, None if there is none of that id."""
        with self._engine.connect() as db:
            row = db.execute(sa.select(articles).where(articles.c.id == id_)).mappings().first()
            return None if row is None else read_article(row)

    def has_url(self, url: str) -> bool:
        """Whether an article has this address as its own."""
        with self._engine.connect() as db:
            return db.execute(sa.select(articles.c.id).where(articles.c.url == url)).first() is not None

    def versions(self, id_: str) -> tuple[Article, ...]:
        """The earlier versions of an article, oldest first."""
        return tuple(article for article, _ in self.history(id_))

    def history(self, id_: str) -> tuple[tuple[Article, datetime], ...]:
        """The earlier versions of an article, oldest first, each with the time when the next took its place."""
        with self._engine.connect() as db:
            rows = db.execute(sa.select(versions).where(versions.c.id == id_).order_by(versions.c.number)).mappings()
            return tuple((read_article(row), datetime.fromisoformat(row["replaced"])) for row in rows)

    def capture(self, id_: str) -> Capture | None:
        """A capture with its bytes, None if there is none of that id."""
        with self._engine.connect() as db:
            row = db.execute(sa.select(captures).where(captures.c.id == id_)).mappings().first()
        try:
            return None if row is None else Capture(zlib.decompress(row["body"]), row["media_type"],
                                                    datetime.fromisoformat(row["fetched"]), row["url"], row["origin"])
        except (zlib.error, TypeError, ValueError) as error:
            raise ArchiveError(f"capture {id_} is damaged ({error}); restore it from a backup") from error

    def count(self) -> int:
        """How many articles there are."""
        return self.count_after(0)

    def count_after(self, sequence: int) -> int:
        """How many articles were added or changed after a sequence number."""
        with self._engine.connect() as db:
            return _count(db, articles.c.sequence > sequence)

    def count_until(self, sequence: int) -> int:
        """How many articles were last changed at or before a sequence number."""
        with self._engine.connect() as db:
            return _count(db, articles.c.sequence <= sequence)

    def sample(self, size: int, until: int) -> list[Article]:
        """At most `size` articles, spread evenly over those last changed at or before the sequence number `until`."""
        with self._engine.connect() as db:
            step = max(-(-_count(db, articles.c.sequence <= until) // size), 1)
            place = sa.func.row_number().over(order_by=articles.c.sequence).label("place")
            placed = sa.select(articles.c.sequence, place).where(articles.c.sequence <= until).subquery()
            chosen = db.execute(sa.select(placed.c.sequence).where(placed.c.place % step == 0).limit(size)).scalars()
            rows = db.execute(sa.select(articles).where(articles.c.sequence.in_(chosen.all()))).mappings()
            return [read_article(row) for row in rows]

    def sequence(self) -> int:
        """The number of the last change; each article added or changed gets the next one."""
        with self._engine.connect() as db:
            return last_change(db)

    def batches(self, after: int = 0, size: int = STREAMED) -> Iterator[list[tuple[int, Article]]]:
        """All articles changed after a sequence number, each with its own, in that order; `size` at a time.

        Raises ArchiveError at a damaged one.
        """
        while True:
            with self._engine.connect() as db:
                rows = db.execute(sa.select(articles).where(articles.c.sequence > after)
                                  .order_by(articles.c.sequence).limit(size)).mappings().all()
            if not rows:
                return
            yield [(row["sequence"], read_article(row)) for row in rows]
            after = rows[-1]["sequence"]

    def contents(self, after: int) -> Iterator[tuple[str, str, bool]]:
        """The id and content hash of every article, sound or not, and whether it changed after a sequence number."""
        with self._engine.connect() as db:
            columns = articles.c.id, articles.c.content_hash, (articles.c.sequence > after).label("newer")
            rows = db.execute(sa.select(*columns).order_by(articles.c.sequence),
                              execution_options={"yield_per": STREAMED})
            yield from ((id_, content_hash, bool(newer)) for id_, content_hash, newer in rows)

    def former_texts(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The texts of earlier versions of those articles that have any, oldest first."""
        former: dict[str, tuple[str, ...]] = {}
        with self._engine.connect() as db:
            rows = db.execute(sa.select(versions).where(versions.c.id.in_(ids))
                              .order_by(versions.c.id, versions.c.number)).mappings()
            for row in rows:
                former[row["id"]] = (*former.get(row["id"], ()), read_article(row).text)
        return former

    def findings(self, hashes: Sequence[str], enrichers: Mapping[str, str]) -> dict[str, dict[str, Json]]:
        """What is kept of these contents by the given enricher versions: content hash → enricher → findings."""
        kept: dict[str, dict[str, Json]] = {}
        with self._engine.connect() as db:
            for row in db.execute(sa.select(enrichments).where(enrichments.c.content_hash.in_(hashes))).mappings():
                if enrichers.get(row["enricher"]) == row["version"] and row["row_hash"] == row_hash(dict(row)):
                    kept.setdefault(row["content_hash"], {})[row["enricher"]] = json.loads(row["data"])
        return kept

    def keep_findings(self, found: Mapping[str, Mapping[str, Json]], enrichers: Mapping[str, str]) -> None:
        """Keeps findings, in the form of `findings`; older versions of the same enricher's are dropped."""
        with self._writing() as db:
            for content_hash, by_enricher in found.items():
                for enricher, data in by_enricher.items():
                    at = (enrichments.c.content_hash == content_hash) & (enrichments.c.enricher == enricher)
                    db.execute(enrichments.delete().where(at))
                    insert(db, enrichments, {"content_hash": content_hash, "enricher": enricher,
                                             "version": enrichers[enricher], "data": canonical_json(data)})

    def forget_findings(self, enrichers: Iterable[str]) -> None:
        """Drops findings that none of these enrichers made, or of content that no article has now."""
        present = sa.select(articles.c.content_hash)
        with self._writing() as db:
            db.execute(enrichments.delete().where(enrichments.c.enricher.not_in(enrichers)
                                                  | enrichments.c.content_hash.not_in(present)))

    def has_built(self, generation: str, sequence: int) -> bool:
        """Whether a generation was built of this archive up to a sequence number; an older copy does not know it."""
        at = (generations.c.id == generation) & (generations.c.sequence == sequence)
        with self._engine.connect() as db:
            return db.execute(sa.select(generations).where(at)).first() is not None

    def keep_built(self, generation: str, sequence: int) -> None:
        """Notes that a generation was built of this archive up to a sequence number."""
        with self._writing() as db:
            db.execute(generations.delete().where(generations.c.id == generation))
            db.execute(generations.insert().values(id=generation, sequence=sequence))

    def faults(self, *, derived: bool = True) -> Iterator[str]:
        """Every fault in the archive, in words: rows that are not what was written, references that lead nowhere.

        Not `derived` leaves out findings, which can be made again.
        """
        with self._engine.connect() as db:
            yield from faults(db, derived=derived)

    def damaged_findings(self) -> int:
        """How many rows of findings are not what was written; they are never used."""
        with self._engine.connect() as db:
            return damaged_findings(db)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self._engine.connect() as db:
            return {table.name: int(db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
                    for table in TABLES}

    def by_outlet(self) -> list[tuple[str, int]]:
        """How many articles each outlet has, most first."""
        number = sa.func.count()
        with self._engine.connect() as db:
            rows = db.execute(sa.select(articles.c.source, number).group_by(articles.c.source)
                              .order_by(number.desc(), articles.c.source))
            return [(source, count) for source, count in rows]

    def copy_to(self, target: Path) -> None:
        """Writes a consistent copy of the database, as of now, to a new file. Raises ArchiveError."""
        if self._engine.dialect.name != "sqlite":
            raise ArchiveError("only an SQLite archive is copied by Dateline; use your database's own backup")
        source = self._engine.raw_connection()
        try:
            with closing(sqlite3.connect(target)) as copy:
                source.driver_connection.backup(copy)  # type: ignore[union-attr]
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(f"the archive could not be copied to {target} ({error}); "
                               "make room or choose another place") from error
        finally:
            source.close()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be made ({error.strerror}); "
                           "choose another place with --archive") from error


def _count(db: Connection, condition: sa.ColumnElement[bool]) -> int:
    return int(db.execute(sa.select(sa.func.count()).select_from(articles).where(condition)).scalar_one())
