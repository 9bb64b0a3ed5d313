"""What an application answers from: the live index, the archive where there is one, and the settings in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Self, TypeVar

from flask import current_app

from search.archive import Archive
from search.article import Capture
from search.document import Document
from search.engine import Engine, open_index
from search.errors import ArchiveError, ArchiveMissing
from search.live import LiveIndex
from search.names.files import AliasFiles
from search.names.resolving import Resolved, Resolver
from search.settings import Settings

KEY = "dateline"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Former:
    """The text of an earlier version, and when another took its place; None where only the index is there."""

    text: str
    replaced: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Opened once for each application and used by all of its threads."""

    index: LiveIndex
    archive: Archive | None
    settings: Settings
    names: Resolver

    @classmethod
    def open(cls, folder: Path, settings: Settings, engine: Engine | None = None) -> Self:
        """The index and archive of a folder. A copy that has only the index is served as well."""
        engine = engine or open_index(folder, settings)
        try:
            archive = Archive.open(folder, settings)
        except ArchiveMissing:
            archive = None
        return cls(LiveIndex(engine), archive, settings, Resolver(AliasFiles(folder)))

    def snapshot(self) -> Resolved:
        """The live generation, names in it under all their spellings. Raises NoGeneration, GenerationDamaged."""
        return self.names.over(self.index.snapshot())

    def former(self, document: Document) -> tuple[Former, ...]:
        """The earlier versions of an article, oldest first; those in the index where there is no archive."""
        article = document.article
        history = self._archived(lambda archive: archive.history(article.id))
        if history is None:
            return tuple(Former(text) for text in document.former)
        # An index that lags behind shows a version that the archive has replaced already.
        earlier = takewhile(lambda pair: pair[0].content_hash != article.content_hash, history)
        return tuple(Former(version.text, replaced) for version, replaced in earlier)

    def capture(self, id_: str | None) -> Capture | None:
        """What an article was read from; None where it names no capture, or where there is no archive."""
        return self._archived(lambda archive: archive.capture(id_)) if id_ else None

    def _archived(self, read: Callable[[Archive], T]) -> T | None:
        """What the archive has. A fault in it is logged, and the page is made without."""
        try:
            return read(self.archive) if self.archive else None
        except ArchiveError as error:
            current_app.logger.error("the archive cannot answer: %s", error)  # noqa: TRY400  no traceback is needed
            return None

    def close(self) -> None:
        """Lets go of the archive."""
        if self.archive:
            self.archive.close()


def holdings() -> Holdings:
    """Those of the application that answers the request at hand."""
    held = current_app.extensions[KEY]
    assert isinstance(held, Holdings)
    return held
