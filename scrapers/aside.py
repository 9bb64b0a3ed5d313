"""What could not be read, with the reason → one line of `set-aside.jsonl` beside the archive, once for each."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from scrapers.imports import SetAside
from search.article import canonical_json, sha256

FILE = "set-aside.jsonl"


@dataclass
class SetAsideList:
    """The list in an archive's folder, read once: one run opens it and records as often as it likes."""

    archive: Path
    _known: set[str] | None = field(default=None, init=False, repr=False)

    def record(self, things: Iterable[SetAside]) -> None:
        """Append what the list does not have yet. Raises OSError."""
        path = self.archive / FILE
        if self._known is None:
            self._known = _known(path)
        with path.open("a", encoding="utf-8") as lines:
            lines.write("\n" if _torn(path) else "")
            for thing in things:
                key = _key(thing.where, thing.reason)
                if key not in self._known:
                    self._known.add(key)
                    now = datetime.now(UTC).isoformat(timespec="seconds")
                    row = {"when": now, "where": thing.where, "reason": thing.reason}
                    lines.write(canonical_json(row).encode("utf-8", "replace").decode() + "\n")


def _torn(path: Path) -> bool:
    """Whether the last line was not written to its end, by a process that was killed."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 1, 0))
        return file.read() not in {b"", b"\n"}


def _key(where: str, reason: str) -> str:
    return sha256(f"{where}\n{reason}".encode("utf-8", "replace"))


def _known(path: Path) -> set[str]:
    """Keys of what the list has; a line that was not written to its end counts for nothing."""
    known = set()
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    row = json.loads(line)
                    known.add(_key(row["where"], row["reason"]))
                except (ValueError, KeyError, TypeError):
                    continue
    return known
