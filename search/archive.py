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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.article import Article, Capture, Json, canonical_json
from search.errors import ArchiveBusy, ArchiveError, ArchiveMissing
from search.faults import faults
from search.settings import Settings
from search.tables import TABLES, articles, captures, connect, enrichments, migrate, read_article, row_hash, versions

Outcome = Literal["added", "changed", "unchanged"]
FILE = "archive.sqlite"
STREAMED = 500  # rows read at a time


class Archive:
    """An open archive. Use `Archive.open`; it is a context manager."""

    def __init__(self, folder: Path, engine: sa.Engine) -> None:
        self.folder = folder
        self._engine = engine

    @classmethod
    def open(cls, folder: Path, settings: Settings, *, create: bool = False) -> Self:
        """The archive in a folder. Raises ArchiveMissing unless `create`, ArchiveTooNew, ArchiveError."""
        address = settings.archive_url or f"sqlite:///{folder / FILE}"
        if create:
            _make(folder)
        elif not settings.archive_url and not (folder / FILE).is_file():
            raise ArchiveMissing(f"there is no archive in {folder}; "
                                 "`dateline add` makes one, or name another with --archive")
        try:
            engine = connect(address)
        except (sa.exc.ArgumentError, ImportError) as error:
            raise ArchiveError(f"the setting archive_url names no database ({error}); correct it") from error
        try:
            migrate(engine)
        except sa.exc.DatabaseError as error:
            engine.dispose()
            raise ArchiveError(f"{engine.url} cannot be opened ({error.orig}); restore it from a backup") from error
        return cls(folder, engine)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, items: Iterable[tuple[Article, Capture | None]]) -> list[Outcome]:
        """Adds articles with the captures they were read from, in one transaction; durable when it returns.

        Content that the archive has, as the article's present or an earlier version, changes nothing. Raises
        ArchiveBusy, ArchiveError; nothing of the batch is then kept.
        """
        with self._writing() as db:
            return [self._add(db, article, capture) for article, capture in items]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(writes=True) as db, db.begin():
                yield db
        except sa.exc.IntegrityError as error:
            raise ArchiveError(f"the archive refused what was to be written ({error.orig}); "
                               "add an article together with the capture that it names") from error
        except sa.exc.DatabaseError as error:
            busy = "locked" in str(error.orig)
            raise (ArchiveBusy if busy else ArchiveError)(
                f"the archive could not be written ({error.orig}); "
                + ("wait for the other command to end" if busy else "make room or mend the disk, then run it again")
            ) from error

    def _add(self, db: Connection, article: Article, capture: Capture | None) -> Outcome:
        if capture is not None:
            _keep_capture(db, capture)
        known = db.execute(sa.select(articles).where(articles.c.id == article.id)).mappings().first()
        if known is None:
            _insert(db, articles, _article_row(db, article))
            return "added"
        if known["content_hash"] == article.content_hash or _was(db, article):
            return "unchanged"
        number = db.execute(sa.select(sa.func.count()).where(versions.c.id == article.id)).scalar_one()
        _insert(db, versions, {"id": article.id, "number": number, "content_hash": known["content_hash"],
                               "record": known["record"], "replaced": _now()})
        row = _article_row(db, article)  # before the old row goes, lest its sequence number be given again
        db.execute(articles.delete().where(articles.c.id == article.id))
        _insert(db, articles, row)
        return "changed"

    def article(self, id_: str) -> Article | None:
        """The present version of an article, None if there is none of that id."""
        with self._engine.connect() as db:
            record = db.execute(sa.select(articles.c.record).where(articles.c.id == id_)).scalar_one_or_none()
            return None if record is None else read_article(record)

    def has_url(self, url: str) -> bool:
        """Whether an article has this address as its own."""
        with self._engine.connect() as db:
            return db.execute(sa.select(articles.c.id).where(articles.c.url == url)).first() is not None

    def versions(self, id_: str) -> tuple[Article, ...]:
        """The earlier versions of an article, oldest first."""
        with self._engine.connect() as db:
            query = sa.select(versions.c.record).where(versions.c.id == id_).order_by(versions.c.number)
            return tuple(read_article(record) for record in db.execute(query).scalars())

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
            rows = sa.select(articles.c.record, place).where(articles.c.sequence <= until).subquery()
            records = db.execute(sa.select(rows.c.record).where(rows.c.place % step == 0).limit(size))
            return [read_article(record) for record in records.scalars()]

    def sequence(self) -> int:
        """The number of the last change; each article added or changed gets the next one."""
        with self._engine.connect() as db:
            return _last_change(db)

    def batches(self, after: int = 0, size: int = STREAMED) -> Iterator[list[tuple[int, Article]]]:
        """All articles changed after a sequence number, each with its own, in that order; `size` at a time."""
        while True:
            with self._engine.connect() as db:
                rows = db.execute(sa.select(articles.c.sequence, articles.c.record).where(articles.c.sequence > after)
                                  .order_by(articles.c.sequence).limit(size)).all()
            if not rows:
                return
            yield [(sequence, read_article(record)) for sequence, record in rows]
            after = rows[-1].sequence

    def former_texts(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The texts of earlier versions of those articles that have any, oldest first."""
        former: dict[str, tuple[str, ...]] = {}
        with self._engine.connect() as db:
            rows = db.execute(sa.select(versions.c.id, versions.c.record).where(versions.c.id.in_(ids))
                              .order_by(versions.c.id, versions.c.number))
            for id_, record in rows:
                former[id_] = (*former.get(id_, ()), read_article(record).text)
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
                    _insert(db, enrichments, {"content_hash": content_hash, "enricher": enricher,
                                              "version": enrichers[enricher], "data": canonical_json(data)})

    def faults(self) -> Iterator[str]:
        """Every fault in the archive, in words: rows that are not what was written, references that lead nowhere."""
        with self._engine.connect() as db:
            yield from faults(db)

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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _insert(db: Connection, table: sa.Table, row: dict[str, Any]) -> None:
    db.execute(table.insert().values(**row, row_hash=row_hash(row)))


def _count(db: Connection, condition: sa.ColumnElement[bool]) -> int:
    return int(db.execute(sa.select(sa.func.count()).select_from(articles).where(condition)).scalar_one())


def _last_change(db: Connection) -> int:
    return int(db.execute(sa.select(sa.func.coalesce(sa.func.max(articles.c.sequence), 0))).scalar_one())


def _article_row(db: Connection, article: Article) -> dict[str, Any]:
    return {"id": article.id, "sequence": _last_change(db) + 1, "source": article.source, "url": article.url,
            "capture": article.capture, "content_hash": article.content_hash,
            "record": canonical_json(article.to_json()), "added": _now()}


def _was(db: Connection, article: Article) -> bool:
    at = (versions.c.id == article.id) & (versions.c.content_hash == article.content_hash)
    return db.execute(sa.select(versions.c.number).where(at)).first() is not None


def _keep_capture(db: Connection, capture: Capture) -> None:
    if db.execute(sa.select(captures.c.id).where(captures.c.id == capture.id)).first() is None:
        _insert(db, captures, {"id": capture.id, "url": capture.url, "origin": capture.origin,
                               "media_type": capture.media_type, "fetched": capture.fetched.isoformat(),
                               "body": zlib.compress(capture.body)})
