from collections.abc import Iterator, Sequence

import pytest

from search.archive import Archive
from search.check import Remark, check
from search.document import Document
from search.engine import Generation
from search.engines.memory import MemoryEngine, MemorySnapshot
from search.errors import GenerationDamaged
from search.settings import Settings
from tests.search.shelf import edit, story


class Unreadable(MemorySnapshot):
    """A generation that opens, but whose documents cannot be read."""

    def documents(self, ids: Sequence[str]) -> list[Document]:
        raise GenerationDamaged(f"{ids[0]} cannot be read; run `dateline reindex`")


class Engine(MemoryEngine):
    """An engine whose parts can be made to fail."""

    damaged: str = ""

    def live(self) -> Generation | None:
        if self.damaged == "live":
            raise GenerationDamaged("the table of contents is torn; run `dateline reindex`")
        return super().live()

    def open(self, generation: Generation) -> MemorySnapshot:
        if self.damaged == "open":
            raise GenerationDamaged("a file is missing; run `dateline reindex`")
        if self.damaged == "documents":
            return Unreadable(*self._kept[generation.id], Settings())
        return super().open(generation)

    def check(self, generation: Generation) -> Iterator[str]:
        if self.damaged == generation.id:
            yield f"{generation.id} has a bad checksum"


def index(engine: Engine, archive: Archive, numbers: tuple[int, ...]) -> Generation:
    builder = engine.builder()
    for number in numbers:
        builder.add(Document(story(number)))
    made = builder.commit(archive.sequence(), {})
    engine.switch(made)
    return made


@pytest.fixture
def engine() -> Engine:
    return Engine(Settings())


@pytest.fixture
def stored(archive: Archive) -> Archive:
    archive.add([(story(n), None) for n in (1, 2, 3)])
    return archive


def test_where_all_is_well_nothing_is_remarked(stored: Archive, engine: Engine) -> None:
    index(engine, stored, (1, 2, 3))
    assert list(check(stored, engine)) == []


def test_that_nothing_has_been_indexed_is_told(stored: Archive, engine: Engine) -> None:
    assert list(check(stored, engine)) == [Remark(False, "nothing has been indexed yet; run `dateline reindex`")]


def test_faults_of_the_archive_come_first(stored: Archive, engine: Engine) -> None:
    edit(stored, "UPDATE articles SET source = 'Gazette' WHERE id = 'courier:2'")
    first, *rest = check(stored, engine)
    assert first.fault
    assert first.text.startswith("articles courier:2: ")
    assert [remark.fault for remark in rest] == [False]


def test_a_damaged_record_does_not_end_the_comparison(stored: Archive, engine: Engine) -> None:
    index(engine, stored, (1, 2))
    edit(stored, "UPDATE articles SET record = '[' WHERE id = 'courier:1'")
    assert [remark.text.partition(" is")[0] for remark in check(stored, engine)] == [
        "articles courier:1: the row", "courier:3"]


@pytest.mark.parametrize("damaged", ["live", "open", "documents"])
def test_an_index_that_cannot_be_read_is_a_fault(stored: Archive, engine: Engine, damaged: str) -> None:
    index(engine, stored, (1, 2, 3))
    engine.damaged = damaged
    (remark,) = check(stored, engine)
    assert remark.fault
    assert "run `dateline reindex`" in remark.text


def test_damaged_files_are_found_in_every_generation_that_is_kept(stored: Archive, engine: Engine) -> None:
    older = index(engine, stored, (1, 2, 3))
    newer = index(engine, stored, (1, 2, 3))
    for generation in (older, newer):
        engine.damaged = generation.id
        assert list(check(stored, engine)) == [Remark(True, f"{generation.id} has a bad checksum")]


def test_articles_missing_from_the_index_are_faults(stored: Archive, engine: Engine) -> None:
    index(engine, stored, (1, 3))
    (remark,) = check(stored, engine)
    assert remark.fault
    assert remark.text.startswith("courier:2 is in the archive, but not in the index")


def test_articles_that_only_the_index_has_are_faults(stored: Archive, engine: Engine) -> None:
    index(engine, stored, (1, 2, 3, 8, 7))
    remarks = list(check(stored, engine))
    assert all(remark.fault for remark in remarks)
    assert [remark.text.split(",")[0] for remark in remarks] == [f"courier:{n} is in the index" for n in (7, 8)]


def test_another_text_in_the_index_is_a_fault(archive: Archive, engine: Engine) -> None:
    archive.add([(story(1, "Another body."), None)])
    index(engine, archive, (1,))
    (remark,) = check(archive, engine)
    assert remark.fault
    assert remark.text.startswith("courier:1 has another text in the index")


def test_what_is_newer_than_the_index_is_told_and_no_fault(stored: Archive, engine: Engine) -> None:
    index(engine, stored, (1, 2, 3))
    stored.add([(story(1, "Changed."), None), (story(4), None)])
    (remark,) = check(stored, engine)
    assert not remark.fault
    assert remark.text.startswith("2 articles are newer than the index")
