"""The verb `serve`: the archive as a web site, from this machine."""

import errno
import signal
from pathlib import Path
from typing import Any

import click
import waitress  # type: ignore[import-untyped]

from search.cli import archive_option
from search.errors import SettingsError
from search.settings import load
from web.app import create_app


@click.command()
@archive_option
@click.option("--host", help="Address to serve on.  [default: setting serve_host]")
@click.option("--port", type=click.IntRange(0, 65535),
              help="Port to serve on; 0 takes a free one.  [default: setting serve_port]")
@click.option("--threads", type=click.IntRange(1),
              help="Threads that answer readers.  [default: setting serve_threads]")
def serve(archive: Path, host: str | None, port: int | None, threads: int | None) -> None:
    """Serve the archive to web browsers."""
    settings = load(archive)
    server = listen(create_app(archive, settings), host or settings.serve_host,
                    settings.serve_port if port is None else port, threads or settings.serve_threads)
    signal.signal(signal.SIGTERM, _stop)
    click.echo(f"Serving the archive in {archive} at {address(server)}  (stop with Ctrl+C)")
    server.run()


def listen(app: Any, host: str, port: int, threads: int) -> Any:
    """A server that listens, and answers once it is `run`. Raises SettingsError where it cannot listen."""
    try:
        return waitress.create_server(app, host=host, port=port, threads=threads, ident=None)
    except OSError as error:
        where = f"port {port} on {host}"
        if error.errno == errno.EADDRINUSE:
            raise SettingsError(f"{where} is taken; stop what listens there or choose another with --port") from error
        raise SettingsError(f"cannot listen on {where} ({error}); choose others with --host and --port") from error
    except ValueError as error:
        raise SettingsError(f"{host!r} is no address of this machine; choose another with --host") from error


def address(server: Any) -> str:
    """Where a server can be reached. One that listens on all of a machine's addresses is reached at its own."""
    several = getattr(server, "effective_listen", None)
    host, port = several[0] if several else (server.effective_host, server.effective_port)
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def _stop(*_: object) -> None:
    raise SystemExit(0)
