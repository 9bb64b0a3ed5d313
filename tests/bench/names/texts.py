"""The files of ../shared → labelled and unlabelled texts, and a hash of each file."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.document import NameType
from search.enrich.entities.spans import Span
from search.enrich.entities.tagger.model import TYPES

GOLD = "eval/entities/train"
DEVELOPMENT = "eval/entities/dev"
UNLABELLED = ("corpora", "eval/entities/unlabelled")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the names in it, and the set that it is of."""

    set: str
    text: str
    spans: tuple[Span, ...]


def files(shared: Path, *folders: str) -> list[Path]:
    """The files of texts in folders, in the order of their names."""
    return [path for folder in folders for path in sorted((shared / folder).glob("*.jsonl.gz"))]


def hashes(shared: Path, *folders: str) -> dict[str, str]:
    """The SHA-256 of each file."""
    return {str(path.relative_to(shared)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files(shared, *folders)}


def labelled(shared: Path, folder: str) -> Iterator[Labelled]:
    """The labelled texts of a folder, file by file."""
    types: dict[str, NameType] = dict(zip(TYPES, TYPES, strict=True))
    for path in files(shared, folder):
        for row in _rows(path):
            spans = sorted(Span(start, end, types[type_]) for start, end, type_ in row["spans"] if type_ in types)
            yield Labelled(path.name.partition(".")[0], row["text"], tuple(spans))


def unlabelled(shared: Path) -> Iterator[str]:
    """The texts of the corpora."""
    for path in files(shared, *UNLABELLED):
        for row in _rows(path):
            yield row["text"]


def _rows(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
