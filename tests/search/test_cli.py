import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from search.archive import Archive
from search.settings import Settings
from tests.search.shelf import story

ENDLESS = """
import sys, time
from search import enriching
from search.cli import main
enriching.findings = lambda *_: time.sleep(60)
main(["reindex", "--archive", sys.argv[1]])
"""


def test_who_is_told_to_terminate_cleans_up_first(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder, Settings(), create=True) as archive:
        archive.add([(story(1), None)])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    process = subprocess.Popen([sys.executable, "-c", ENDLESS, str(folder)], stderr=subprocess.PIPE, text=True,
                               env=environment | {"DATELINE_REINDEX_WORKERS": "1"})
    deadline = time.monotonic() + 30
    while not list((folder / "index").glob("building-*/*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert (folder / "reindex.holder").exists()
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.strip().endswith("Stopped. What was reported as done is kept.")
    assert "Traceback" not in told
    assert not (folder / "reindex.holder").exists()
    assert list((folder / "index").iterdir()) == []
