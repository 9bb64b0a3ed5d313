"""Articles and captures for tests of the archive and of what stands on it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from search.archive import FILE, Archive
from search.article import Article, Capture


def story(number: int, body: str = "It left.", capture: Capture | None = None, source: str = "Courier") -> Article:
    """The article `courier:number`, with a body."""
    return Article(id=f"courier:{number}", source=source, title=f"Ferry {number}", paragraphs=(body,),
                   url=f"https://news.example/{number}", language="en", capture=capture.id if capture else None)


def page(number: int) -> Capture:
    """The capture of a page."""
    url = f"https://news.example/{number}"
    return Capture(b"<p>" * number, "text/html", datetime(2019, 11, 18, tzinfo=UTC), url, "dump")


def fill(archive: Archive) -> None:
    """Adds two articles with captures, one without, and another version of the first; keeps findings of one."""
    archive.add([(story(n, capture=page(n)), page(n)) for n in (1, 2)])
    archive.add([(story(3), None), (story(1, "It left at one.", page(4)), page(4))])
    archive.keep_findings({"c" * 64: {"dates": [{"start": 0}], "names": []}}, {"dates": "1", "names": "2"})


def edit(archive: Archive, statement: str, *values: object) -> None:
    """Changes the database behind the archive's back, as a failing disk would."""
    with closing(sqlite3.connect(archive.folder / FILE)) as db, db:
        assert db.execute(statement, values).rowcount >= 1
