"""SQLite's FTS5 as a contender: a full-text table, and tables beside it from which the facets are counted."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from search.document import Document
from tests.bench.contenders import Answer
from tests.bench.corpus import body, month
from tests.bench.queries import Query

FILE = "fts5.sqlite"
CACHE = 64 << 20  # bytes: postings held before they are written out, and pages held while searching
TABLES = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE VIRTUAL TABLE article USING fts5(title, text, tokenize = 'porter unicode61');
    INSERT INTO article (article, rank) VALUES ('hashsize', {CACHE});
    CREATE TABLE beside (number INTEGER PRIMARY KEY, id TEXT, source INTEGER, month TEXT, day INTEGER);
    CREATE TABLE name (number INTEGER PRIMARY KEY, text TEXT);
    CREATE TABLE person (article INTEGER, name INTEGER, PRIMARY KEY (article, name)) WITHOUT ROWID;
"""
SEARCHING = f"""
    PRAGMA cache_size = -{CACHE >> 10};
    PRAGMA temp_store = MEMORY;
    CREATE TEMP TABLE found (number INTEGER PRIMARY KEY, score REAL);
"""
FOUND = "SELECT article.rowid, rank FROM article WHERE article MATCH ?"
FILTERED = ("SELECT article.rowid, rank FROM article JOIN beside ON beside.number = article.rowid "
            "WHERE article MATCH ? AND day >= ? AND day < ? AND source = (SELECT number FROM name WHERE text = ?)")
NAMED = "SELECT text, count FROM ({}) JOIN name USING (number) ORDER BY count DESC, text"
COUNTS = {
    "source": NAMED.format("SELECT source AS number, count(*) AS count FROM found JOIN beside USING (number) "
                           "GROUP BY source ORDER BY count DESC LIMIT 10"),
    "person": NAMED.format("SELECT name AS number, count(*) AS count "
                           "FROM found CROSS JOIN person ON article = found.number "
                           "GROUP BY name ORDER BY count DESC LIMIT 10"),
    "month": ("SELECT month, count(*) FROM found JOIN beside USING (number) WHERE month IS NOT NULL "
              "GROUP BY month ORDER BY month"),
}


class Fts5:
    """The `Contender`."""

    def build(self, folder: Path, documents: Iterator[Document]) -> None:
        db = sqlite3.connect(folder / FILE, isolation_level=None)
        db.executescript(TABLES)
        db.execute("BEGIN")
        names: dict[str, int] = {}
        for number, document in enumerate(documents, 1):
            _insert(db, number, document, names)
        db.executemany("INSERT INTO name VALUES (?, ?)", ((number, name) for name, number in names.items()))
        db.execute("CREATE INDEX named ON name (text)")
        db.execute("INSERT INTO article (article) VALUES ('optimize')")
        db.execute("COMMIT")
        db.execute("VACUUM")  # the merging left half of the file free
        db.close()

    def open(self, folder: Path) -> "Fts5Searcher":
        return Fts5Searcher(sqlite3.connect(folder / FILE, isolation_level=None))


def _insert(db: sqlite3.Connection, number: int, document: Document, names: dict[str, int]) -> None:
    article = document.article
    source, *persons = (names.setdefault(name, len(names)) for name in (article.source, *document.entities("PER")))
    day = article.published.day
    db.execute("INSERT INTO article (rowid, title, text) VALUES (?, ?, ?)", (number, article.title, body(document)))
    db.execute("INSERT INTO beside VALUES (?, ?, ?, ?, ?)",
               (number, article.id, source, month(document), day and day.toordinal()))
    db.executemany("INSERT INTO person VALUES (?, ?)", ((number, person) for person in sorted(persons)))


class Fts5Searcher:
    """A database, open for reading."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.close = db.close
        db.executescript(SEARCHING)

    def top(self, query: Query) -> Any:
        matching, values = _matching(query)
        # by its own order FTS5 would score all that the words find before it looks at the conditions
        order = "+rank" if matching == FILTERED else "rank"
        return self._db.execute(f"{matching} ORDER BY {order} LIMIT 10", values).fetchall()

    def faceted(self, query: Query) -> Any:
        matching, values = _matching(query)
        self._db.execute("DELETE FROM found")
        total = self._db.execute(f"INSERT INTO found {matching}", values).rowcount
        page = self._db.execute("SELECT number, score FROM found ORDER BY score LIMIT 10").fetchall()
        return total, page, {name: self._db.execute(counts).fetchall() for name, counts in COUNTS.items()}

    def answer(self, found: Any) -> Answer:
        total, page, facets = found
        return Answer(total, len(page), {name: dict(counts) for name, counts in facets.items()})


def _matching(query: Query) -> tuple[str, tuple[object, ...]]:
    words = [f'"{word}"' for word in query.words]
    match query.kind:
        case "phrase":
            asked = " + ".join(words)
        case "prefix":
            asked = f"{words[0]} *"
        case "or":
            asked = " OR ".join(words)
        case _:
            asked = " AND ".join(words)
    if query.begin and query.until and query.outlet:
        return FILTERED, (asked, query.begin.toordinal(), query.until.toordinal(), query.outlet)
    return FOUND, (asked,)


def contender(_: str) -> Fts5:
    """The contender; there is only one kind."""
    return Fts5()
