"""An article and its capture → rows of the archive, within a transaction; what changed moves to `versions` first."""

import zlib
from datetime import UTC, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from search.article import Article, Capture, canonical_json
from search.tables import articles, captures, insert, require_sound, versions

Outcome = Literal["added", "changed", "unchanged"]


def file_article(db: Connection, article: Article, capture: Capture | None) -> Outcome:
    """Files an article with the capture it was read from. Raises ArchiveError if the present version is damaged."""
    if capture is not None:
        _keep_capture(db, capture)
    known = db.execute(sa.select(articles).where(articles.c.id == article.id)).mappings().first()
    if known is None:
        insert(db, articles, _article_row(db, article))
        return "added"
    if known["content_hash"] == article.content_hash or _was(db, article):
        return "unchanged"
    require_sound(known)  # lest damage get a hash that fits it
    number = db.execute(sa.select(sa.func.count()).where(versions.c.id == article.id)).scalar_one()
    insert(db, versions, {"id": article.id, "number": number, "content_hash": known["content_hash"],
                          "record": known["record"], "replaced": _now()})
    row = _article_row(db, article)  # before the old row goes, lest its sequence number be given again
    db.execute(articles.delete().where(articles.c.id == article.id))
    insert(db, articles, row)
    return "changed"


def last_change(db: Connection) -> int:
    """The number of the last change."""
    return int(db.execute(sa.select(sa.func.coalesce(sa.func.max(articles.c.sequence), 0))).scalar_one())


def _article_row(db: Connection, article: Article) -> dict[str, Any]:
    return {"id": article.id, "sequence": last_change(db) + 1, "source": article.source, "url": article.url,
            "capture": article.capture, "content_hash": article.content_hash,
            "record": canonical_json(article.to_json()), "added": _now()}


def _was(db: Connection, article: Article) -> bool:
    at = (versions.c.id == article.id) & (versions.c.content_hash == article.content_hash)
    return db.execute(sa.select(versions.c.number).where(at)).first() is not None


def _keep_capture(db: Connection, capture: Capture) -> None:
    if db.execute(sa.select(captures.c.id).where(captures.c.id == capture.id)).first() is None:
        insert(db, captures, {"id": capture.id, "url": capture.url, "origin": capture.origin,
                              "media_type": capture.media_type, "fetched": capture.fetched.isoformat(),
                              "body": zlib.compress(capture.body)})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
