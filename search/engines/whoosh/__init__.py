"""The default engine: Whoosh 2.7.4, with generations around it.

    fields.py       the field table as a Whoosh schema; a document as a row of it
    generations.py  folders of generations: built aside, sealed with checksums, switched to, pruned
    writing.py      documents → a generation
    conditions.py   the query tree → Whoosh queries
    weighting.py    Whoosh's BM25F, with exact means
    held.py         a generation's files, mapped into memory for many readers
    reading.py      a generation → answers
"""

from pathlib import Path

from search.engines.whoosh.reading import WhooshEngine
from search.errors import UnknownEngine
from search.settings import Settings


def open_engine(place: str, settings: Settings) -> WhooshEngine:
    """The engine whose generations are in the folder `place`. Raises UnknownEngine if none is named."""
    if not place:
        raise UnknownEngine("whoosh: names no folder; write whoosh:FOLDER")
    return WhooshEngine(Path(place), settings)
