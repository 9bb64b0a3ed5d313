"""Paths → articles in the archive, in batches, with a tally of what became of them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scrapers.aside import SetAsideList
from scrapers.imports import Imported, Meter, SetAside, read
from search.archive import Archive

BATCH = 500               # articles in a transaction
BATCH_BYTES = 32_000_000  # bytes of captures in a transaction, more or less
EXAMPLES = 5              # things set aside that are told at once; the list has all


@dataclass
class Tally:
    """How many articles were added, changed and unchanged, how many things were set aside, and the first of these."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    examples: list[SetAside] = field(default_factory=list)

    def __str__(self) -> str:
        return (f"added {self.added:,}, changed {self.changed:,}, unchanged {self.unchanged:,}, "
                f"set aside {self.set_aside:,}")

    @property
    def read(self) -> int:
        """How many articles could be read."""
        return self.added + self.changed + self.unchanged


def add_all(archive: Archive, paths: Iterable[str | Path], source: str | None = None,
            report: Callable[[Tally, int], None] = lambda _tally, _size: None) -> Tally:
    """Add everything that the paths hold; `source` names the outlet of what does not name its own.

    `report` is given the tally so far and the bytes of files that were read, after each batch. What is set aside is
    listed in the archive's folder. Raises ArchiveError; earlier batches are then kept.
    """
    tally = Tally()
    unread = SetAsideList(archive.folder)
    meter = Meter()
    for batch in _batches(read(paths, source, meter)):
        outcomes = archive.add((each.article, each.capture) for each in batch if isinstance(each, Imported))
        for outcome in outcomes:
            setattr(tally, outcome, getattr(tally, outcome) + 1)
        refused = [each for each in batch if isinstance(each, SetAside)]
        if refused:
            unread.record(refused)
            tally.set_aside += len(refused)
            tally.examples = (tally.examples + refused)[:EXAMPLES]
        report(tally, meter.read)
    return tally


def _batches(things: Iterable[Imported | SetAside]) -> Iterator[list[Imported | SetAside]]:
    batch: list[Imported | SetAside] = []
    size = 0
    for thing in things:
        batch.append(thing)
        size += len(thing.capture.body) if isinstance(thing, Imported) and thing.capture else 0
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
