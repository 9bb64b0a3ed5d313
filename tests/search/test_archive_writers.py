import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from search.archive import Archive
from search.article import Article
from search.errors import ArchiveBusy
from search.settings import Settings
from tests.search.shelf import page, story


def test_writers_wait_for_each_other(archive: Archive) -> None:
    with Archive.open(archive.folder, Settings()) as other, ThreadPoolExecutor(1) as pool:
        inside, done = threading.Event(), threading.Event()

        def slowly() -> Iterator[tuple[Article, None]]:
            yield story(1), None
            inside.set()
            assert not done.wait(0.3)  # the other one is waiting
            yield story(2), None

        def hastily() -> list[str]:
            inside.wait(10)
            outcomes = other.add([(story(2), None), (story(3), None)])
            done.set()
            return [*outcomes]

        waiting = pool.submit(hastily)
        assert archive.add(slowly()) == ["added", "added"]
        assert waiting.result() == ["unchanged", "added"]
    assert [sequence for batch in archive.batches() for sequence, _ in batch] == [1, 2, 3]


def test_many_writers_lose_nothing(archive: Archive) -> None:
    def write(writer: int) -> None:
        with Archive.open(archive.folder, Settings()) as mine:
            for n in range(5):
                mine.add([(story(100 * writer + n), page(n)), (story(1, f"Version {writer} {n}."), None)])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(1, 5)))
    assert archive.counts() | {"enrichments": 0} == {"captures": 5, "articles": 21, "versions": 19, "enrichments": 0}
    assert list(archive.faults()) == []


def test_who_has_waited_too_long_is_told(archive: Archive) -> None:
    with Archive.open(archive.folder, Settings()) as other:
        with other._engine.connect() as db:  # the one connection of its pool
            db.exec_driver_sql("PRAGMA busy_timeout=20")
        with archive._writing() as db:
            db.execute(sa.text("SELECT 1"))
            with pytest.raises(ArchiveBusy, match="wait for the other"):
                other.add([(story(1), None)])
            with pytest.raises(ArchiveBusy, match="wait for the other"):
                other.keep_findings({"hash1": {"dates": []}}, {"dates": "1"})
        assert other.add([(story(1), None)]) == ["added"]


def test_readers_do_not_wait_for_a_writer(archive: Archive) -> None:
    archive.add([(story(1), None)])
    with Archive.open(archive.folder, Settings()) as other:
        def while_writing() -> Iterator[tuple[Article, None]]:
            yield story(2), None
            assert other.count() == 1
            assert other.article("courier:2") is None
        archive.add(while_writing())
        assert other.count() == 2
