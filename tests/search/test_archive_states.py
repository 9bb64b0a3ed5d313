"""The archive against a dict, in whatever order things are done to it."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from search.archive import Archive
from search.article import Article, Capture
from search.errors import ArchiveError
from search.filing import Outcome
from search.settings import Settings
from tests.search.shelf import page, story

STORIES = st.builds(story, st.integers(1, 3), st.sampled_from(("One.", "Two.", "Three.")))
PAGES = st.none() | st.builds(page, st.integers(1, 2))


class Shelf(RuleBasedStateMachine):
    """Batches are added, some of them broken, and the archive is opened anew now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.archive = Archive.open(self.folder, Settings(), create=True)
        self.kept: dict[str, list[Article]] = {}  # every version, oldest first
        self.order: list[str] = []                # ids, the one changed last at the end
        self.pages: dict[str, Capture] = {}
        self.changes = 0

    def keep(self, article: Article, capture: Capture | None) -> Outcome:
        if capture:
            self.pages.setdefault(capture.id, capture)
        versions = self.kept.setdefault(article.id, [])
        if article.content_hash in {version.content_hash for version in versions}:
            return "unchanged"
        self.order = [*(id_ for id_ in self.order if id_ != article.id), article.id]
        self.changes += 1
        versions.append(article)
        return "changed" if len(versions) > 1 else "added"

    @rule(items=st.lists(st.tuples(STORIES, PAGES), max_size=4))
    def add(self, items: list[tuple[Article, Capture | None]]) -> None:
        assert self.archive.add(items) == [self.keep(*item) for item in items]

    @rule(items=st.lists(st.tuples(STORIES, PAGES), max_size=3), place=st.integers(0, 3))
    def add_a_broken_batch(self, items: list[tuple[Article, Capture | None]], place: int) -> None:
        broken = story(9, capture=page(9)), None
        try:
            self.archive.add([*items[:place], broken, *items[place:]])
        except ArchiveError:
            return
        raise AssertionError("an article was kept without its capture")

    @precondition(lambda self: self.changes)
    @rule()
    def open_anew(self) -> None:
        self.archive.close()
        self.archive = Archive.open(self.folder, Settings())

    @invariant()
    def all_is_there(self) -> None:
        for id_, versions in self.kept.items():
            assert self.archive.article(id_) == versions[-1]
            assert self.archive.versions(id_) == tuple(versions[:-1])
        for id_, capture in self.pages.items():
            assert self.archive.capture(id_) == capture
        counts = self.archive.counts()
        assert counts["articles"] == len(self.kept) == self.archive.count()
        assert counts["captures"] == len(self.pages)
        assert self.archive.sequence() == self.changes

    @invariant()
    def changes_come_in_order(self) -> None:
        listed = [(sequence, article.id) for batch in self.archive.batches(size=2) for sequence, article in batch]
        assert [id_ for _, id_ in listed] == self.order
        assert [sequence for sequence, _ in listed] == sorted({sequence for sequence, _ in listed})

    def teardown(self) -> None:
        assert list(self.archive.faults()) == []
        self.archive.close()
        shutil.rmtree(self.folder)


TestShelf = Shelf.TestCase
TestShelf.settings = settings(max_examples=15, stateful_step_count=10)
