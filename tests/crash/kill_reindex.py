"""Kills `dateline reindex` at random moments while another process searches, and counts what went wrong.

    python -m tests.crash.kill_reindex PATH... [--kills 20] [--seed 1]

PATHs are added to a new archive, which is indexed twice in peace: with nothing found before, and with all findings
kept. Then each round starts a reindex of one or the other kind, in turns, kills it with SIGKILL after a random share of
the time that it took in peace, and runs `dateline check`. All the while a reader searches; an answer that fails or is
not the one it was in peace counts as bad.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from search.engine import open_index
from search.live import LiveIndex
from search.query.tree import Or, Word
from search.request import FacetSpec, Request
from search.settings import Settings

ASKED = Request(Or((Word("said"), Word("year"))), limit=5, facets=(FacetSpec("source"),))
PATIENT = Settings(query_seconds=60)
READER_SECONDS = 120.0  # a reader that says nothing for so long is given up


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was seen over all rounds. `killed` of the rounds were cut short; the others had ended before the kill."""

    killed: int
    ended: int
    unclean: int
    orphans: int
    searches: int
    bad: int
    finished: bool


def kill_reindex(paths: Sequence[Path], kills: int, seed: int = 1) -> Outcome:
    """Runs the rounds over a new archive of `paths`; at the end one more reindex must succeed (`finished`)."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        dateline(archive, "add", *map(str, paths))
        durations = [_timed(archive), _timed(archive)]
        with _reader(archive) as pipe:
            chance = random.Random(seed)
            rounds = []
            for n in range(kills):
                seconds = chance.uniform(0.0, durations[n % 2])
                rounds.append(_kill(archive, seconds, forget=n % 2 == 0))
                _tell(n + 1, seconds, *rounds[-1])
            finished = dateline(archive, "reindex").returncode == 0 and dateline(archive, "check").returncode == 0
            with suppress(OSError):  # of a reader that is dead
                pipe.send("stop")
            searches, bad = _heard(pipe) or (0, 1)
        return Outcome(sum(killed for killed, _, _ in rounds), sum(not killed for killed, _, _ in rounds),
                       sum(not clean for _, clean, _ in rounds), sum(orphans for _, _, orphans in rounds),
                       searches, bad, finished)


@contextmanager
def _reader(archive: Path) -> Iterator[Connection]:
    """Our end of the pipe to a process that searches the archive."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_read, args=(archive, theirs), daemon=True)
    process.start()
    theirs.close()  # else the pipe would not end with the reader
    try:
        if _heard(ours) != "ready":
            process.kill()
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _heard(pipe: Connection) -> Any:
    """What the reader says next; None where it is dead or says nothing."""
    try:
        said = pipe.recv() if pipe.poll(READER_SECONDS) else None
    except (EOFError, OSError):
        said = None
    if said is None:
        sys.stderr.write("the reader died or hangs\n")
    return said


def _tell(number: int, seconds: float, killed: bool, clean: bool, orphans: int) -> None:
    sys.stderr.write(f"round {number}: {'killed after' if killed else 'ended within'} {seconds:.2f} s, "
                     f"{'clean' if clean else 'NOT CLEAN'}, {orphans} orphans\n")
    sys.stderr.flush()


def dateline(archive: Path, verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a verb on an archive."""
    return subprocess.run(_command(archive, verb, *arguments), check=False, capture_output=True, text=True)


def _command(archive: Path, verb: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "search", verb, "--archive", str(archive), *arguments]


def _timed(archive: Path) -> float:
    began = time.monotonic()
    dateline(archive, "reindex")
    return time.monotonic() - began


def _kill(archive: Path, seconds: float, *, forget: bool) -> tuple[bool, bool, int]:
    """One round: whether the kill came in time, whether `check` is clean, how many workers outlived their parent."""
    if forget:
        with closing(sqlite3.connect(archive / "archive.sqlite", timeout=30)) as db, db:
            db.execute("DELETE FROM enrichments")
    process = subprocess.Popen(_command(archive, "reindex"), start_new_session=True,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
    killed = process.wait() == -signal.SIGKILL
    clean = dateline(archive, "check").returncode == 0
    time.sleep(0.5)
    return killed, clean, _members(process.pid)


def _members(session: int) -> int:
    """How many living processes a session has."""
    found = subprocess.run(["ps", "-o", "stat=", "-s", str(session)], check=False, capture_output=True, text=True)
    return sum(not state.startswith("Z") for state in found.stdout.split())


def _read(archive: Path, pipe: Connection) -> None:
    """Searches until told to stop: through a snapshot that lives on, and through one opened anew."""
    live = LiveIndex(open_index(archive, PATIENT))
    first = live.snapshot().search(ASKED)
    expected = first.total, first.facets, [hit.document.article.id for hit in first.hits]
    pipe.send("ready")
    searches = bad = 0
    while not pipe.poll():
        opened = live if searches % 5 else LiveIndex(open_index(archive, PATIENT))
        try:
            found = opened.snapshot().search(ASKED)
            bad += (found.total, found.facets, [hit.document.article.id for hit in found.hits]) != expected
        except Exception as error:  # noqa: BLE001 - any failure at all is what we look for
            sys.stderr.write(f"a search failed: {error!r}\n")
            bad += 1
        searches += 1
    pipe.send((searches, bad))


def main() -> None:
    """Prints the outcome as JSON; exit code 1 if anything was bad."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    outcome = kill_reindex(given.paths, given.kills, given.seed)
    sys.stdout.write(json.dumps({name: getattr(outcome, name) for name in Outcome.__slots__}) + "\n")
    sys.exit(bool(outcome.unclean or outcome.orphans or outcome.bad or not outcome.finished))


if __name__ == "__main__":
    main()
