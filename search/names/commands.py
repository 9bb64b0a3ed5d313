"""The verb `aliases`: what the alias files of an archive say of a name, whether they can be read, what may be added."""

import sys
from pathlib import Path
from typing import get_args

import click

from search.cli import FAILED, archive_option
from search.document import NameType
from search.engine import open_index
from search.names.files import AliasFiles
from search.names.propose import proposals
from search.settings import load


@click.group()
def aliases() -> None:
    """Which spellings are one name: show, check and propose lines of the archive's aliases.txt."""


@aliases.command()
@archive_option
@click.option("--print", "only_print", is_flag=True, help="Print the lines, and leave the file as it is.")
def propose(archive: Path, *, only_print: bool) -> None:
    """Add a line, marked auto, for each name in the index that is likely a spelling of another.

    They are obeyed at once. Write `not` in place of `auto` where two names are two.
    """
    files = AliasFiles(archive)
    snapshot = open_index(archive, load(archive)).snapshot()
    found = proposals(snapshot, files.lines(), files.aliases())
    for line in found:
        click.echo(line)
    if found and not only_print:
        files.append(found)
        click.echo(f"{len(found):,} lines were added to {files.path}; read them, and write not for auto where they "
                   "are wrong.", err=True)
    if not found:
        click.echo("No name is likely another's spelling that no line names yet.", err=True)


@aliases.command()
@archive_option
@click.argument("name", nargs=-1, required=True)
def show(archive: Path, name: tuple[str, ...]) -> None:
    """Print all spellings of a name, by type."""
    known = AliasFiles(archive).aliases()
    types: tuple[NameType, ...] = get_args(NameType)
    groups = [group for type_ in types if (group := known.group(" ".join(name), type_))]
    for group in groups:
        click.echo(f"{group.type}: {' = '.join(group.names)}")
    if not groups:
        click.echo("No line names it.", err=True)
        sys.exit(FAILED)


@aliases.command()
@archive_option
def check(archive: Path) -> None:
    """Print every line of aliases.txt that cannot be read. Exit code 1 if there is any."""
    files = AliasFiles(archive)
    lines = files.lines()
    for fault in files.faults:
        click.echo(f"{files.path}, line {fault.number}: {fault.advice}.", err=True)
    click.echo(f"{len(lines):,} lines can be read.")
    if files.faults:
        sys.exit(FAILED)
