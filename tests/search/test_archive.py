from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import FILE, Archive
from search.article import Article, Capture, Json, Published
from search.errors import ArchiveError, ArchiveMissing, ArchiveTooNew
from search.settings import Settings
from tests.anything import any_json, any_text
from tests.search.shelf import edit, fill, page, story
from tests.strategies import articles, captures


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One archive for all generated examples."""
    with Archive.open(tmp_path_factory.mktemp("shelf"), Settings(), create=True) as archive:
        yield archive


NUMBERS = count()


@settings(max_examples=40)
@given(article=articles(any_text(1), any_json()), capture=captures())
def test_whatever_is_added_comes_back(shelf: Archive, article: Article, capture: Capture) -> None:
    known = shelf.capture(capture.id)
    article = replace(article, id=f"a:{next(NUMBERS)}", capture=capture.id)
    assert shelf.add([(article, capture)]) == ["added"]
    assert shelf.article(article.id) == article
    assert shelf.versions(article.id) == ()
    assert shelf.capture(capture.id) == known or capture


def test_a_capture_stays_as_it_was_first_got(archive: Archive) -> None:
    first, later = page(1), replace(page(1), fetched=datetime(2026, 1, 1, tzinfo=UTC))
    archive.add([(story(1), first)])
    archive.add([(story(2), later)])
    assert archive.capture(later.id) == first
    assert archive.counts()["captures"] == 1


def test_what_is_not_there_is_none(archive: Archive) -> None:
    assert archive.article("courier:1") is None
    assert archive.capture("c" * 64) is None
    assert archive.versions("courier:1") == ()
    assert (archive.count(), archive.sequence(), archive.by_outlet()) == (0, 0, [])
    assert list(archive.batches()) == []


def test_adding_twice_changes_nothing(archive: Archive) -> None:
    assert archive.add([(story(1), page(1)), (story(2), None)]) == ["added", "added"]
    before = archive.counts(), archive.sequence()
    assert archive.add([(story(1), page(1)), (story(2), None)]) == ["unchanged", "unchanged"]
    assert (archive.counts(), archive.sequence()) == before


def test_how_an_article_was_got_is_no_change(archive: Archive) -> None:
    archive.add([(story(1), None)])
    again = replace(story(1, capture=page(1)), extractor="html", published=Published(method="byline"))
    assert archive.add([(again, page(1))]) == ["unchanged"]
    assert archive.article("courier:1") == story(1)


def test_changed_content_becomes_a_version_and_nothing_is_lost(archive: Archive) -> None:
    first, second, third = (story(1, body) for body in ("One.", "Two.", "Three."))
    assert archive.add([(article, None) for article in (first, second, third)]) == ["added", "changed", "changed"]
    assert archive.article("courier:1") == third
    assert archive.versions("courier:1") == (first, second)
    assert archive.former_texts(["courier:1", "courier:2"]) == {"courier:1": (first.text, second.text)}
    assert archive.count() == 1


def test_an_earlier_version_seen_again_changes_nothing(archive: Archive) -> None:
    archive.add([(story(1, "One."), None), (story(1, "Two."), None)])
    before = archive.counts(), archive.sequence()
    assert archive.add([(story(1, "One."), None)]) == ["unchanged"]
    assert (archive.counts(), archive.sequence()) == before
    assert archive.article("courier:1") == story(1, "Two.")


def test_changes_are_numbered_and_read_in_their_order(archive: Archive) -> None:
    archive.add([(story(n), None) for n in (5, 3, 4)])
    archive.add([(story(3, "Changed."), None), (story(1), None), (story(5), None)])
    listed = [(sequence, article.id) for batch in archive.batches() for sequence, article in batch]
    assert listed == [(1, "courier:5"), (3, "courier:4"), (4, "courier:3"), (5, "courier:1")]
    assert [len(batch) for batch in archive.batches(size=3)] == [3, 1]
    assert [article for batch in archive.batches(after=3, size=1) for _, article in batch] == \
        [story(3, "Changed."), story(1)]
    assert (archive.sequence(), archive.count()) == (5, 4)
    assert [archive.count_after(n) for n in range(6)] == [4, 3, 3, 2, 1, 0]
    assert [archive.count_until(n) for n in range(6)] == [0, 1, 1, 2, 3, 4]


def test_a_change_to_the_last_article_has_a_number_of_its_own(archive: Archive) -> None:
    archive.add([(story(1), None), (story(2), None)])
    seen = archive.sequence()
    archive.add([(story(2, "Changed."), None)])
    assert [article for batch in archive.batches(after=seen) for _, article in batch] == [story(2, "Changed.")]


@pytest.mark.parametrize("size", [1, 3, 7, 10, 19, 20, 50])
def test_a_sample_is_spread_over_what_was_asked_for(archive: Archive, size: int) -> None:
    archive.add([(story(n), None) for n in range(1, 24)])
    sampled = archive.sample(size, until=20)
    places = sorted(int(article.id.removeprefix("courier:")) for article in sampled)
    assert len(set(places)) == len(places)
    assert min(size, 20) / 2 <= len(places) <= min(size, 20)
    gaps = {later - earlier for earlier, later in pairwise(places)}
    assert len(gaps) <= 1
    assert 20 - places[-1] < places[0] + max(gaps, default=0)
    assert places[-1] <= 20


def test_outlets_are_counted(archive: Archive) -> None:
    archive.add([(story(1), None), (story(2, source="Gazette"), None), (story(3, source="Gazette"), None)])
    archive.add([(story(4, source="Almanac"), None)])
    assert archive.by_outlet() == [("Gazette", 2), ("Almanac", 1), ("Courier", 1)]


def failing() -> Iterator[tuple[Article, Capture | None]]:
    yield story(7), page(7)
    raise KeyError


def test_a_batch_is_kept_whole_or_not_at_all(archive: Archive) -> None:
    archive.add([(story(1), None)])
    before = archive.counts()
    with pytest.raises(ArchiveError, match="together with the capture"):
        archive.add([(story(2), page(2)), (story(1, "Changed."), None), (story(3, capture=page(3)), None)])
    with pytest.raises(KeyError):
        archive.add(failing())
    assert archive.counts() == before
    assert archive.article("courier:1") == story(1)
    assert archive.add([(story(3, capture=page(3)), page(3))]) == ["added"]


def test_what_was_added_is_there_when_the_archive_is_opened_again(archive: Archive) -> None:
    fill(archive)
    with Archive.open(archive.folder, Settings()) as again:
        assert again.article("courier:1") == archive.article("courier:1")
        assert again.counts() == archive.counts() == {"captures": 3, "articles": 3, "versions": 1, "enrichments": 2}


FOUND: dict[str, dict[str, Json]] = {"hash1": {"dates": [{"start": 1}], "names": []}, "hash2": {"dates": []}}


def test_findings_are_kept_by_content_enricher_and_version(archive: Archive) -> None:
    archive.keep_findings(FOUND, {"dates": "1", "names": "1"})
    assert archive.findings(["hash1", "hash2", "hash3"], {"dates": "1", "names": "1"}) == FOUND
    assert archive.findings(["hash2"], {"dates": "1", "names": "1"}) == {"hash2": {"dates": []}}
    assert archive.findings(["hash1", "hash2"], {"dates": "2", "names": "1"}) == {"hash1": {"names": []}}
    assert archive.findings(["hash1"], {}) == archive.findings([], {"dates": "1"}) == {}


def test_findings_of_another_version_replace_the_older_ones(archive: Archive) -> None:
    archive.keep_findings(FOUND, {"dates": "1", "names": "1"})
    archive.keep_findings({"hash1": {"dates": [7]}}, {"dates": "2"})
    assert archive.findings(["hash1"], {"dates": "2", "names": "1"}) == {"hash1": {"dates": [7], "names": []}}
    assert archive.findings(["hash1"], {"dates": "1"}) == {}
    assert archive.counts()["enrichments"] == 3


def test_damaged_findings_are_not_used(archive: Archive) -> None:
    archive.keep_findings({"hash1": {"dates": []}}, {"dates": "1"})
    edit(archive, "UPDATE enrichments SET data = '[8]'")
    assert archive.findings(["hash1"], {"dates": "1"}) == {}


def test_findings_of_no_use_are_forgotten(archive: Archive) -> None:
    archive.add([(story(1), None), (story(2), None), (story(2, "Changed."), None)])
    found: dict[str, dict[str, Json]] = {story(1).content_hash: {"dates": [], "moods": []},
                                         story(2).content_hash: {"dates": []}, "c" * 64: {"dates": []}}
    archive.keep_findings(found, {"dates": "1", "moods": "1"})
    archive.forget_findings({"dates": "2"})
    assert archive.findings([*found], {"dates": "1", "moods": "1"}) == {story(1).content_hash: {"dates": []}}


def test_only_what_was_built_of_this_archive_is_known(archive: Archive) -> None:
    assert not archive.has_built("gen-1", 7)
    for sequence in (7, 8):
        archive.keep_built("gen-1", sequence)
        assert archive.has_built("gen-1", sequence)
        assert not archive.has_built("gen-2", sequence)
    assert not archive.has_built("gen-1", 7)


def test_a_damaged_article_is_no_former_version(archive: Archive) -> None:
    archive.add([(story(1), None)])
    edit(archive, "UPDATE articles SET record = replace(record, 'left', 'sank')")
    with pytest.raises(ArchiveError, match=r"courier:1 .*dateline check"):
        archive.add([(story(1, "Changed."), None)])
    assert archive.counts()["versions"] == 0


@pytest.mark.parametrize("read", [
    lambda archive: archive.article("courier:1"), lambda archive: list(archive.batches()),
    lambda archive: archive.sample(5, 9),
])
def test_a_changed_record_is_never_read_as_if_it_were_sound(
        archive: Archive, read: Callable[[Archive], object]) -> None:
    archive.add([(story(1), None)])
    edit(archive, "UPDATE articles SET record = replace(record, 'left', 'sank')")
    with pytest.raises(ArchiveError, match=r"courier:1 .*dateline check"):
        read(archive)


@pytest.mark.parametrize("read", [
    lambda archive: archive.versions("courier:1"), lambda archive: archive.former_texts(["courier:1"]),
])
def test_a_changed_version_is_never_read_as_if_it_were_sound(
        archive: Archive, read: Callable[[Archive], object]) -> None:
    archive.add([(story(1), None), (story(1, "Changed."), None)])
    edit(archive, "UPDATE versions SET record = replace(record, 'left', 'sank')")
    with pytest.raises(ArchiveError, match=r"courier:1 .*dateline check"):
        read(archive)


def test_there_is_no_archive_where_none_was_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="dateline add"):
        Archive.open(tmp_path / "nowhere", Settings())
    assert list(tmp_path.iterdir()) == []


def test_a_newer_archive_is_refused(archive: Archive) -> None:
    edit(archive, "UPDATE layout SET version = version + 1")
    for create in (False, True):
        with pytest.raises(ArchiveTooNew, match="newer"):
            Archive.open(archive.folder, Settings(), create=create)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("This is no database. " * 100)
    with pytest.raises(ArchiveError, match="backup"):
        Archive.open(tmp_path, Settings())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(ArchiveError, match="--archive"):
        Archive.open(tmp_path / "taken" / "archive", Settings(), create=True)


@pytest.mark.parametrize("url", ["nonsense", "sqlite:///%", "oracle+nothing://host/name", "postgresql+pg8000://host/name"])
def test_an_address_that_leads_nowhere_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(ArchiveError):
        Archive.open(tmp_path, Settings(archive_url=url.replace("%", str(tmp_path / "no" / "such.sqlite"))))


def test_the_archive_may_stand_elsewhere(tmp_path: Path) -> None:
    settings_ = Settings(archive_url=f"sqlite:///{tmp_path / 'store.db'}")
    with Archive.open(tmp_path / "archive", settings_, create=True) as archive:
        archive.add([(story(1), None)])
    with Archive.open(tmp_path / "archive", settings_) as archive:
        assert archive.count() == 1
    assert not (tmp_path / "archive" / FILE).exists()


@given(st.integers(0, 5))
def test_a_damaged_record_is_an_error_that_says_what_to_do(shelf: Archive, cut: int) -> None:
    article = replace(story(1), id=f"a:{next(NUMBERS)}", capture=page(cut).id)
    shelf.add([(article, page(cut))])
    edit(shelf, "UPDATE articles SET record = substr(record, 1, ?) WHERE id = ?", cut, article.id)
    edit(shelf, "UPDATE captures SET body = substr(body, 1, ?) WHERE id = ?", cut, page(cut).id)
    with pytest.raises(ArchiveError, match="dateline check"):
        shelf.article(article.id)
    with pytest.raises(ArchiveError, match="backup"):
        shelf.capture(page(cut).id)
