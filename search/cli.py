"""The command `dateline`: a root that imports nobody, and finds its verbs by entry point when they are asked for.

Exit codes: 0 done, 1 failed with a message, 2 the command line is wrong, 3 another process is at work.
"""

import os
import signal
import sys
from importlib.metadata import EntryPoint, entry_points, version
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from search.archive import Archive
from search.engine import Engine, open_index
from search.errors import ArchiveBusy, DatelineError
from search.settings import Settings, load

VERBS = "dateline.commands"
FAILED, BUSY = 1, 3


class Verbs(click.Group):
    """The verbs of every installed package that registers some; imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all verbs."""
        del ctx
        return sorted(_entry_points())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of a name."""
        del ctx
        found = _entry_points().get(cmd_name)
        command: click.Command | None = found.load() if found else None
        return command


def _entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=VERBS)}


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("dateline"), prog_name="dateline")
def dateline() -> None:
    """Dateline: full-text search over news archives.

    Feed it with `add`, build the index with `reindex`, then `search` it here or `serve` it to browsers.
    """


archive_option = click.option(
    "--archive", type=click.Path(path_type=Path, file_okay=False), envvar="DATELINE_ARCHIVE", default=Path("archive"),
    show_default="./archive", help="Folder of the archive; also DATELINE_ARCHIVE.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def open_archive(folder: Path) -> tuple[Archive, Engine, Settings]:
    """The archive in a folder with its index and its settings. Raises ArchiveMissing, SettingsError."""
    settings = load(folder)
    return Archive.open(folder, settings), open_index(folder, settings), settings


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and exits; the entry point of `dateline`."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that whoever is stopped cleans up
    try:
        code = dateline.main(arguments, standalone_mode=False) or 0
    except (click.Abort, KeyboardInterrupt):
        _say("Stopped. What was reported as done is kept.")
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except ArchiveBusy as error:
        _say(f"Error: {error}.")
        code = BUSY
    except DatelineError as error:
        _say(f"Error: {error}.")
        code = FAILED
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (OSError, SQLAlchemyError) as error:
        reason = getattr(error, "orig", None) or error
        _say(f"Error: the disk or the database failed ({reason}); make room or mend it, then run `dateline check`.")
        code = FAILED
    sys.exit(code)


def _say(message: str) -> None:
    click.echo(message.replace("..", ".") if message.endswith("..") else message, err=True)
