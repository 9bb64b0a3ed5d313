"""The protocols that an engine fulfils, and `open_engine`, which finds one by address.

    Engine ─── builder() ──► Builder ─── commit() ──► Generation ─── switch() ──► live
       └────── snapshot() ─► Snapshot of the live generation ─── search(Request) ──► Results

A generation is one build of the index. It is made beside the live one, checked, and switched to; a snapshot goes on
answering from the generation that it was opened on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Protocol, Self

from search.article import Json
from search.document import Document
from search.errors import GenerationDamaged, UnknownEngine
from search.request import Request
from search.results import Results
from search.settings import Settings

ENGINES = {"memory": "search.engines.memory", "whoosh": "search.engines.whoosh"}


@dataclass(frozen=True, slots=True)
class Generation:
    """One build of the index: its name, when it was made, its format, and what it covers.

    `articles` counts them; `sequence` is the last change of the archive that went in; `enrichers` are the versions of
    the enrichers whose findings it holds, beside "analysis", by which its terms were made, and "archive", whose it is.
    """

    id: str
    articles: int
    sequence: int
    format: int
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    enrichers: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """A JSON object with every field."""
        return {**asdict(self), "created": self.created.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Json]) -> Self:
        """The inverse of `to_json`. Raises GenerationDamaged."""
        try:
            made = cls(**{**data, "created": datetime.fromisoformat(data["created"])})
            sound = (isinstance(made.id, str) and made.created.tzinfo is not None
                     and all(type(number) is int for number in (made.articles, made.sequence, made.format))
                     and all(isinstance(text, str) for text in (*made.enrichers.keys(), *made.enrichers.values())))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GenerationDamaged(f"a generation's record cannot be read ({error}); "
                                    "run `dateline reindex`") from error
        if not sound:
            raise GenerationDamaged("a generation's record has a value of the wrong type; run `dateline reindex`")
        return made


class Snapshot(Protocol):
    """One generation, open for reading. Safe to use from several threads."""

    @property
    def generation(self) -> Generation:
        """What it reads."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its articles, sorted."""

    def search(self, request: Request) -> Results:
        """The answer to a request. Raises GenerationDamaged, and EngineError for a tree too deep for Python's stack."""

    def document(self, id_: str) -> Document | None:
        """The document of an article, or None if there is none of that id."""

    def documents(self, ids: Sequence[str]) -> list[Document]:
        """The documents of those articles of these ids that there are, in the order of the ids."""

    def ids(self) -> Iterator[str]:
        """The ids of all articles, sorted."""

    def close(self) -> None:
        """Lets go of files. The snapshot answers no more."""


class Builder(Protocol):
    """A new generation in the making. Nothing of it is seen before `commit` and `Engine.switch`."""

    def add(self, document: Document) -> None:
        """Takes a document; one with the id of an earlier one replaces it."""

    def remove(self, id_: str) -> None:
        """Takes a document of the base out; one that is not there is no error."""

    def commit(self, sequence: int, enrichers: Mapping[str, str]) -> Generation:
        """Makes the generation durable, but not live."""

    def abort(self) -> None:
        """Throws away what was built."""


class Engine(Protocol):
    """An index: its generations, one of which is live."""

    def builder(self, base: Generation | None = None) -> Builder:
        """A builder of a new generation, empty or beginning with all that `base` holds."""

    def snapshot(self) -> Snapshot:
        """The live generation. Raises NoGeneration, GenerationDamaged."""

    def open(self, generation: Generation) -> Snapshot:
        """Any generation, live or not. Raises GenerationDamaged."""

    def live(self) -> Generation | None:
        """The generation that readers get."""

    def generations(self) -> tuple[Generation, ...]:
        """All complete generations, oldest first."""

    def switch(self, generation: Generation) -> None:
        """Makes a generation live, at once and for all readers."""

    def prune(self, keep: int) -> tuple[str, ...]:
        """Removes what unfinished builds left and all but the newest `keep` generations; gives what it removed.

        The live generation always stays.
        """

    def discard(self, generation: Generation) -> None:
        """Removes a generation that is not live; one that is not there is no error. Raises EngineError."""

    def check(self, generation: Generation) -> Iterator[str]:
        """Every fault found in a generation's files, in words."""


def open_engine(url: str, settings: Settings | None = None) -> Engine:
    """The engine at an address such as "memory:" or "whoosh:DIR". Raises UnknownEngine."""
    name, _, place = url.partition(":")
    if name not in ENGINES:
        raise UnknownEngine(f"{url!r} names no engine; known are {', '.join(f'{known}:' for known in ENGINES)}")
    opener: Callable[[str, Settings], Engine] = import_module(ENGINES[name]).open_engine
    return opener(place, settings or Settings())


def open_index(archive: Path, settings: Settings) -> Engine:
    """The engine of the archive in a folder: the setting's, or Whoosh in the folder. Raises UnknownEngine."""
    return open_engine(settings.engine_url or f"whoosh:{archive / 'index'}", settings)
