"""The verb `serve`: the archive as a web site, from this machine."""

import errno
import signal
import socket
from pathlib import Path
from typing import Any

import click
import waitress  # type: ignore[import-untyped]
from flask import Flask

from search.archive import Archive
from search.cli import archive_option
from search.errors import EngineError, NoGeneration, SettingsError
from search.settings import Settings, load
from web.app import create_app
from web.holdings import KEY


@click.command()
@archive_option
@click.option("--host", help="Address to serve on.  [default: setting serve_host]")
@click.option("--port", type=click.IntRange(0, 65535),
              help="Port to serve on; 0 takes a free one.  [default: setting serve_port]")
@click.option("--threads", type=click.IntRange(1),
              help="Threads that answer readers.  [default: setting serve_threads]")
def serve(archive: Path, host: str | None, port: int | None, threads: int | None) -> None:
    """Serve the archive to web browsers. An index without its archive is served as well."""
    settings = load(archive)
    app = create_app(archive, settings)
    _say_what_is_wanting(app, archive, settings)
    server = listen(app, host or settings.serve_host,
                    settings.serve_port if port is None else port, threads or settings.serve_threads)
    signal.signal(signal.SIGTERM, _stop)
    click.echo(f"Serving the archive in {archive} at {address(server)}  (stop with Ctrl+C)")
    server.run()


def _say_what_is_wanting(app: Flask, archive: Path, settings: Settings) -> None:
    """Tells on standard error that no index can be read. Raises ArchiveMissing where there is nothing at all."""
    try:
        app.extensions[KEY].snapshot()
    except EngineError as error:
        if isinstance(error, NoGeneration):
            Archive.open(archive, settings).close()
        click.echo(f"Note: {error}. The pages will answer as soon as it is done.", err=True)


def listen(app: Any, host: str, port: int, threads: int) -> Any:
    """A server that listens, and answers once it is `run`. Raises SettingsError where it cannot listen."""
    where = f"port {port} on {host}"
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.create_server((str(place[0]), port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(f"{where} is taken; stop what listens there or choose another with --port") from error
        raise SettingsError(f"cannot listen on {where} ({error}); choose others with --host and --port") from error
    return waitress.create_server(app, sockets=[listening], threads=threads, ident=None)


def address(server: Any) -> str:
    """Where a server can be reached. One that listens on all of a machine's addresses is reached at its own."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(server.effective_host, server.effective_host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}"


def _stop(*_: object) -> None:
    raise SystemExit(0)
