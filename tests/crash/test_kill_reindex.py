import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import scrapers
from tests.crash import kill_reindex as rounds
from tests.crash.kill_reindex import kill_reindex


def test_a_reindex_killed_at_any_moment_harms_no_reader_and_no_archive(capsys: pytest.CaptureFixture[str]) -> None:
    demo = Path(scrapers.__file__).parent / "demo"
    outcome = kill_reindex([demo], kills=4)
    assert outcome.killed + outcome.ended == 4
    assert outcome.killed >= 1
    assert outcome.searches > 0
    assert (outcome.unclean, outcome.orphans, outcome.bad, outcome.finished) == (0, 0, 0, True)
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(":")[0] for line in told] == [f"round {n}" for n in range(1, 5)]
    assert all(line.endswith(", clean, 0 orphans") for line in told)


def dies_at_once(_archive: Path, _pipe: Connection) -> None:
    os._exit(1)


def dies_later(_archive: Path, pipe: Connection) -> None:
    pipe.send("ready")
    os._exit(1)


def hangs(_archive: Path, pipe: Connection) -> None:
    pipe.send("ready")
    time.sleep(600)


@pytest.mark.parametrize(("reader", "patience"), [(dies_at_once, 90), (dies_later, 90), (hangs, 5)])
def test_a_reader_that_is_lost_counts_as_bad(monkeypatch: pytest.MonkeyPatch, reader: object, patience: float) -> None:
    monkeypatch.setattr(rounds, "_read", reader)
    monkeypatch.setattr(rounds, "_timed", lambda _archive: 0.0)
    monkeypatch.setattr(rounds, "dateline", lambda *_arguments: CompletedProcess([], 0, "", ""))
    monkeypatch.setattr(rounds, "READER_SECONDS", patience)
    began = time.monotonic()
    outcome = kill_reindex([], kills=0)
    assert (outcome.searches, outcome.bad) == (0, 1)
    assert time.monotonic() - began < 60
