"""What an application answers from: the live index, the archive where there is one, and the settings in force."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flask import current_app

from search.archive import Archive
from search.engine import Engine, Snapshot, open_index
from search.errors import ArchiveMissing
from search.live import LiveIndex
from search.settings import Settings

KEY = "dateline"


@dataclass(frozen=True, slots=True)
class Holdings:
    """Opened once for each application and used by all of its threads."""

    index: LiveIndex
    archive: Archive | None
    settings: Settings

    @classmethod
    def open(cls, folder: Path, settings: Settings, engine: Engine | None = None) -> Self:
        """The index and archive of a folder. A copy that has only the index is served as well."""
        engine = engine or open_index(folder, settings)
        try:
            archive = Archive.open(folder, settings)
        except ArchiveMissing:
            archive = None
        return cls(LiveIndex(engine), archive, settings)

    def snapshot(self) -> Snapshot:
        """The live generation. Raises NoGeneration, GenerationDamaged."""
        return self.index.snapshot()

    def former(self, id_: str, indexed: tuple[str, ...]) -> tuple[str, ...]:
        """The texts of an article's earlier versions, oldest first; those in the index where there is no archive."""
        return tuple(article.text for article in self.archive.versions(id_)) if self.archive else indexed

    def close(self) -> None:
        """Lets go of the archive."""
        if self.archive:
            self.archive.close()


def holdings() -> Holdings:
    """Those of the application that answers the request at hand."""
    held = current_app.extensions[KEY]
    assert isinstance(held, Holdings)
    return held
