"""The verb `serve`."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask import Flask

from search.archive import Archive
from search.errors import ArchiveMissing, SettingsError
from search.settings import Settings
from tests.web.serving import serving
from web.cli import listen, serve


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which something else listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield other.getsockname()[1]


def test_the_application_answers_through_waitress(app: Flask) -> None:
    with serving(app) as base, urlopen(f"{base}/?q=ferry", timeout=10) as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers
        assert b"<strong>8 articles</strong>" in answer.read()


def test_a_port_in_use_is_told_with_a_way_out(app: Flask, taken: int) -> None:
    with pytest.raises(SettingsError, match=f"port {taken} on 127.0.0.1 is taken.*--port"):
        listen(app, "127.0.0.1", taken, 1)


def test_a_host_that_is_not_here_is_told(app: Flask) -> None:
    with pytest.raises(SettingsError, match="--host"):
        listen(app, "no-such-host.invalid", 0, 1)


def test_a_folder_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing, match="dateline add"):
        serve.main(["--archive", str(tmp_path), "--port", "0"], standalone_mode=False)


def test_the_verb_prints_where_it_serves_and_ends_when_told(tmp_path: Path) -> None:
    Archive.open(tmp_path, Settings(), create=True).close()
    command = [sys.executable, "-c", "from web.cli import serve; serve()", "--archive", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline()
        try:
            assert f"Serving the archive in {tmp_path} at http://127.0.0.1:" in line
            with urlopen(f"{line.split(' at ')[1].split()[0]}/healthz", timeout=10) as answer:
                assert answer.status == 200
        finally:
            server.terminate()
        assert server.wait(10) == 0
        assert server.stderr
        said = server.stderr.read()
        assert "nothing has been indexed" in said
        assert "dateline reindex" in said
