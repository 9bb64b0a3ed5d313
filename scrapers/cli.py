"""The verbs that fill an archive: add, crawl, demo."""

import json
import os
import sys
from dataclasses import asdict, replace
from math import ceil
from pathlib import Path

import click

from scrapers import aside
from scrapers.add import Tally, add_all
from scrapers.crawl import crawl as crawl_outlet
from scrapers.demonstration import fill
from scrapers.fetch import Fetcher
from scrapers.imports import KINDS, size_of
from scrapers.outlets import OUTLETS, Outlet, by_host, by_name, host_of, invented
from search.archive import Archive
from search.cli import FAILED, archive_option, json_option
from search.progress import Progress
from search.settings import load

REAL = [outlet for outlet in OUTLETS if outlet.feeds and outlet not in invented.OUTLETS]


@click.command()
@archive_option
@json_option
@click.option("--source", metavar="NAME", help="Outlet of whatever does not name its own.")
@click.argument("paths", nargs=-1, required=True)
@click.pass_context
def add(context: click.Context, archive: Path, paths: tuple[str, ...], *, as_json: bool, source: str | None) -> None:
    """Add articles to the archive, which is made if there is none.

    PATHS are text dumps (.txt), saved pages (.html), JSONL (.jsonl, .jsonl.gz), folders of these, or - for JSONL on
    standard input. Adding the same again changes nothing.
    """
    total = size_of(paths)
    with (Archive.open(archive, load(archive), create=True) as store,
          Progress("kB" if total else "articles", quiet=as_json) as progress):

        def report(tally: Tally, size: int) -> None:
            if total:
                progress.report(ceil(min(size, total) / 1000), ceil(total / 1000))
            else:
                progress.report(tally.read + tally.set_aside, None)

        tally = add_all(store, paths, source, report)
    _tell(tally, archive, as_json=as_json)
    if not tally.read:
        context.exit(FAILED)


def _tell(tally: Tally, archive: Path, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(tally)))
        return
    click.echo(f"{tally}" + (f" (reasons in {archive / aside.FILE})" if tally.set_aside else ""))
    for example in tally.examples:
        click.echo(f"set aside {example.where}: {example.reason}.", err=True)
    if not tally.read and not tally.set_aside:
        click.echo(f"Nothing to add was found; give files of the kinds {KINDS}, or folders of them.", err=True)


@click.command()
@archive_option
@json_option
@click.option("--limit", type=click.IntRange(1), help="Pages to fetch from each outlet, at most.")
@click.argument("outlets", nargs=-1, metavar="[OUTLET]...")
@click.pass_context
def crawl(context: click.Context, archive: Path, outlets: tuple[str, ...], *, as_json: bool, limit: int | None) -> None:
    """Fetch new articles from the feeds of outlets.

    OUTLET is the name of a known one or the address of any outlet's feed; without any, all known ones are crawled.
    """
    chosen = [_outlet(given) for given in outlets] or REAL
    settings = load(archive)
    reports = []
    with Archive.open(archive, settings, create=True) as store:
        fetcher, unread = Fetcher(settings), aside.SetAsideList(store.folder)
        for outlet in chosen:
            reports.append(crawl_outlet(store, outlet, fetcher, limit))
            unread.record(reports[-1].set_aside)
            if not as_json:
                click.echo(str(reports[-1]))
    if as_json:
        click.echo(json.dumps([asdict(report) for report in reports]))
    if not any(report.reached for report in reports):
        click.echo(f"No outlet could be reached; the reasons are in {archive / aside.FILE}.", err=True)
        context.exit(FAILED)


def _outlet(given: str) -> Outlet:
    """The outlet of a name, or the one that a feed's address belongs to, with that feed alone."""
    host = host_of(given) if "://" in given else ""
    if host:
        return replace(by_host(given) or Outlet(host, (host,)), feeds=(given,))
    outlet = by_name(given)
    if outlet is None or not outlet.feeds:
        known = ", ".join(each.name for each in REAL)
        raise click.BadParameter(f"{given!r} is no outlet with a feed that is known; give the address of its feed, or "
                                 f"one of: {known}", param_hint="OUTLET")
    return outlet


@click.command()
@click.option("--archive", type=click.Path(path_type=Path, file_okay=False),
              help="Folder of the archive.  [default: in the user's cache]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to serve on; 0 takes a free one.")
@click.option("--no-serve", is_flag=True, help="Stop when the archive is ready.")
@click.pass_context
def demo(context: click.Context, archive: Path | None, *, port: int | None, no_serve: bool) -> None:
    """Make an archive of invented news, index it and serve it: everything to see in one command."""
    folder = archive or cache_folder() / "dateline-demo"
    with Archive.open(folder, load(folder), create=True) as store:
        for line in fill(store):
            click.echo(line)
    _run(context, "reindex", ["--archive", str(folder)])
    if not no_serve:
        _run(context, "serve", ["--archive", str(folder), *(["--port", str(port)] if port is not None else [])])


def _run(context: click.Context, verb: str, arguments: list[str]) -> None:
    """Run another verb of the root command, which only the root knows."""
    root = context.find_root()
    command = root.command.get_command(root, verb) if isinstance(root.command, click.Group) else None
    if command is None:
        raise click.UsageError(f"the verb {verb!r} is not installed; install Dateline anew")
    with command.make_context(verb, arguments, parent=root) as below:
        command.invoke(below)


def cache_folder() -> Path:
    """The folder in which this user's programs keep what can be made again."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
