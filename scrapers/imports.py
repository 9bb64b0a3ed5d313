"""Paths → articles, one at a time: text dumps, saved pages, JSONL (gzipped or not), and folders of these.

What cannot be read is set aside with the reason, and what comes after it is read all the same.
"""

import gzip
import os
import re
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

from scrapers.decode import decode
from scrapers.jsonl import article_of_row
from scrapers.read import article_of
from search.article import Article, Capture
from search.errors import ImportRefused

LARGEST = 20_000_000  # bytes of one file or one line that are read
STANDARD_INPUT = "-"
MEDIA_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html"}
ROWS = (".jsonl", ".jsonl.gz")
NOT_ARTICLES = frozenset(("manifest.json",))
CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]")
KINDS = ", ".join((*MEDIA_TYPES, *ROWS))


@dataclass(frozen=True, slots=True)
class Imported:
    """An article that was read, the bytes that it was read from where they are kept, and where it stood."""

    article: Article
    capture: Capture | None
    where: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that could not be read, and why."""

    where: str
    reason: str


@dataclass
class Meter:
    """How many bytes of files have been read; of a compressed file, compressed ones."""

    read: int = 0


def read(paths: Iterable[str | Path], source: str | None = None, meter: Meter | None = None,
         ) -> Iterator[Imported | SetAside]:
    """Everything that the paths hold, in a steady order. `source` names the outlet of what does not name its own.

    "-" stands for JSONL on standard input. Memory does not grow with what is read; nothing is raised. `meter` is kept
    up to date.
    """
    meter = meter or Meter()
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _rows(sys.stdin.buffer, "standard input", datetime.now(UTC).date(), source)
        elif _is_folder(Path(path)):
            for file in files(Path(path)):
                yield from _file(file, source, meter)
        else:
            yield from _file(Path(path), source, meter)


def size_of(paths: Iterable[str | Path]) -> int | None:
    """The bytes of the files that `read` would open, None where standard input is among them."""
    size = 0
    for path in paths:
        if str(path) == STANDARD_INPUT:
            return None
        for file in files(Path(path)) if _is_folder(Path(path)) else (Path(path),):
            with suppress(OSError):  # which `read` tells of
                size += file.stat().st_size if _kind(file.name) and file.is_file() else 0
    return size


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders that can be imported, sorted; hidden ones and links to folders left out."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name not in NOT_ARTICLES and _kind(name):
                yield Path(root, name)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # such as a name that is too long: to be told of as a file that cannot be read
        return False


def _kind(name: str) -> str | None:
    return next((suffix for suffix in (*ROWS, *MEDIA_TYPES) if name.lower().endswith(suffix)), None)


def _printable(path: str | Path) -> str:
    """A path as text that can be stored and shown: bytes that are not UTF-8, and control characters, as U+FFFD."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", os.fsencode(path).decode("utf-8", "replace"))


def _file(path: Path, source: str | None, meter: Meter) -> Iterator[Imported | SetAside]:
    kind = _kind(path.name)
    where = _printable(path)
    if kind is None:
        yield SetAside(where, f"its kind is not known; give one of {KINDS}")
        return
    before = meter.read
    try:
        changed, status = _changed(path), path.stat()
        if not stat.S_ISREG(status.st_mode):  # to open a pipe is to wait until somebody writes to it
            yield SetAside(where, "it is a pipe, a device or the like; give files, or - for standard input")
        elif kind in ROWS:
            with path.open("rb") as raw:
                stream = gzip.GzipFile(fileobj=raw) if kind.endswith(".gz") else raw
                for thing in _rows(stream, where, changed.date(), source):
                    meter.read = before + raw.tell()
                    yield thing
        else:
            yield _whole(path, MEDIA_TYPES[kind], changed, source)
        meter.read = before + status.st_size
    except OSError as error:
        yield SetAside(where, f"it cannot be read ({error.strerror or error}); check its name and permissions")


def _changed(path: Path) -> datetime:
    """When a file was last changed: by then, what is in it had been got."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (ValueError, OverflowError):  # a time that no calendar has
        return datetime.now(UTC)


def _whole(path: Path, media_type: str, changed: datetime, source: str | None) -> Imported | SetAside:
    """The one article of a page or a text dump."""
    where = _printable(path)
    if path.stat().st_size > LARGEST:
        return SetAside(where, f"it is larger than {LARGEST:,} bytes; no article is")
    capture = Capture(path.read_bytes(), media_type, changed, origin=_printable(path.name))
    try:
        return Imported(article_of(capture, source), capture, where)
    except ImportRefused as error:
        return SetAside(where, str(error))


def _rows(stream: IO[bytes] | gzip.GzipFile, name: str, latest: date, source: str | None,
          ) -> Iterator[Imported | SetAside]:
    """The articles of a stream of JSONL. A stream that breaks off loses nothing that came before."""
    number = 0
    while True:
        number += 1
        where = f"{name}:{number}"
        try:
            line = stream.readline(LARGEST)
            too_long = len(line) == LARGEST and not line.endswith(b"\n")
            while too_long and not line.endswith(b"\n") and (more := stream.readline(LARGEST)):
                line = more
        except (EOFError, zlib.error, OSError) as error:
            yield SetAside(where, f"the file is damaged from here on ({error}); get it again")
            return
        if not line:
            return
        if too_long:
            yield SetAside(where, f"the line is longer than {LARGEST:,} bytes; no article is")
        elif line.strip():
            yield _row(line, where, latest, source)


def _row(line: bytes, where: str, latest: date, source: str | None) -> Imported | SetAside:
    try:
        return Imported(article_of_row(decode(line), latest, source), None, where)
    except ImportRefused as error:
        return SetAside(where, str(error))
