import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from search.archive import FILE, Archive
from search.article import canonical_json
from search.settings import Settings
from search.tables import articles, captures, enrichments, row_hash, versions
from tests.search.shelf import edit, fill, story

TABLES = (captures, articles, versions, enrichments)
CHANGES = [(table.name, column.name, value) for table in TABLES for column in table.columns
           for value in ("'x'", "x'ff'", "CAST(x'fffe' AS TEXT)", *(["NULL"] if column.nullable else []))]
ROW = {"captures": "url LIKE '%/2'", "articles": "id = 'courier:2'", "versions": "rowid = 1",
       "enrichments": "rowid = 1"}


def test_a_sound_archive_has_no_fault(archive: Archive) -> None:
    fill(archive)
    assert list(archive.faults()) == []


@pytest.mark.parametrize(("table", "column", "value"), CHANGES)
def test_every_changed_column_is_a_fault_of_its_row(archive: Archive, table: str, column: str, value: str) -> None:
    fill(archive)
    edit(archive, f"UPDATE {table} SET {column} = {value} WHERE {ROW[table]}")
    changed, *dangling = archive.faults()
    assert changed.startswith(f"{table} ")
    assert "not what was written" in changed
    changed.encode()  # it can be printed
    parted = (table, column) in {("captures", "id"), ("articles", "capture")} and value != "NULL"
    assert [fault.split(": ")[0] for fault in dangling] == (["articles courier:2"] if parted else [])


def test_a_fault_names_its_row(archive: Archive) -> None:
    fill(archive)
    edit(archive, "UPDATE articles SET source = 'Gazette' WHERE id = 'courier:2'")
    edit(archive, "UPDATE versions SET replaced = '' WHERE id = 'courier:1'")
    edit(archive, "UPDATE enrichments SET data = '[]' WHERE enricher = 'dates'")
    assert [fault.partition(": the row")[0] for fault in archive.faults()] == [
        "articles courier:2", "versions courier:1/0", f"enrichments {'c' * 64}/dates"]


@pytest.mark.parametrize(("record", "fault"), [
    ("{}", "cannot be read"), ("[", "cannot be read"), ("null", "cannot be read"),
    (canonical_json(story(2, "Another body.").to_json()), "not the content's"),
])
def test_a_row_whose_hash_fits_must_still_be_what_it_says(archive: Archive, record: str, fault: str) -> None:
    fill(archive)
    with archive._writing() as db:
        row = dict(db.execute(sa.select(articles).where(articles.c.id == "courier:2")).mappings().one())
        row["record"] = record
        db.execute(articles.update().where(articles.c.id == "courier:2").values(row | {"row_hash": row_hash(row)}))
    found = list(archive.faults())
    assert len(found) == 1
    assert found[0].startswith("articles courier:2: ")
    assert fault in found[0]


def test_a_missing_capture_is_a_fault_of_the_article_that_names_it(archive: Archive) -> None:
    fill(archive)
    edit(archive, "DELETE FROM captures WHERE url LIKE '%/2'")
    assert list(archive.faults()) == ["articles courier:2: its capture is missing; restore it from a backup"]


def test_an_index_of_the_database_that_lost_its_rows_is_a_fault(archive: Archive) -> None:
    fill(archive)
    archive.close()
    path = archive.folder / FILE
    with closing(sqlite3.connect(path)) as db:
        (number,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_articles_source'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(number - 1) * size:(number - 1) * size + 8] = b"\x0a\0\0\0\0" + size.to_bytes(2, "big") + b"\0"  # no cells
    path.write_bytes(data)
    with Archive.open(archive.folder, Settings()) as damaged:
        found = list(damaged.faults())
    assert any("missing from index" in fault for fault in found)
    assert all(fault.startswith("SQLite finds: ") for fault in found)


def test_a_damaged_file_is_told_and_not_raised(archive: Archive) -> None:
    archive.add([(story(n, "It left. " * 200), None) for n in range(100)])
    archive.close()  # everything moves from the log into the file
    path = archive.folder / FILE
    data = bytearray(path.read_bytes())
    for place in range(20_000, len(data), 30_000):
        data[place:place + 200] = b"\xff" * 200
    path.write_bytes(data)
    with Archive.open(archive.folder, Settings()) as damaged:
        assert list(damaged.faults())
