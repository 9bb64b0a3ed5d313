"""The default engine: Whoosh's schema, queries and readers over arrays of our own. README.md tells how it works."""

from pathlib import Path

from search.engines.whoosh.engine import WhooshEngine
from search.errors import UnknownEngine
from search.settings import Settings


def open_engine(place: str, settings: Settings) -> WhooshEngine:
    """The engine whose generations are in the folder `place`. Raises UnknownEngine if none is named."""
    if not place:
        raise UnknownEngine("whoosh: names no folder; write whoosh:FOLDER")
    return WhooshEngine(Path(place), settings)
