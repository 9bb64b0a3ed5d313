"""The verbs that tend and search an archive: reindex, search, check, stats, backup, settings."""

import json
import sys
import time
from dataclasses import asdict, fields
from pathlib import Path

import click

from search.backup import backup as make_backup
from search.check import check as run_check
from search.cli import FAILED, archive_option, json_option, open_archive
from search.engine import open_index
from search.names.files import AliasFiles
from search.names.resolving import Resolver
from search.progress import Progress
from search.query.explain import explain
from search.query.parse import parse
from search.reindex import reindex as run_reindex
from search.report import facet_lines, hit_lines, results_json
from search.request import FacetSpec, Request
from search.schema import FACETS
from search.settings import PREFIX, Settings, load


@click.command()
@archive_option
@json_option
@click.option("--changed", is_flag=True, help="Add only what is new since the live generation.")
def reindex(archive: Path, *, as_json: bool, changed: bool) -> None:
    """Build a new generation of the index beside the live one, check it, and switch to it."""
    store, engine, settings = open_archive(archive)
    with store, Progress("articles", quiet=as_json) as progress:
        summary = run_reindex(store, engine, settings, changed=changed, report=progress.report)
    if as_json:
        click.echo(json.dumps(asdict(summary)))
        return
    click.echo(f"{summary.generation} is live: {summary.articles:,} articles, {summary.added:,} indexed, "
               f"{summary.enriched:,} of them read for dates and names, in {summary.seconds:.1f} s.")
    if summary.failed:
        click.echo(f"{summary.failed:,} could not be read for dates and names; they are found by their words.",
                   err=True)


@click.command()
@archive_option
@json_option
@click.option("--facets", is_flag=True, help="Print the facets too.")
@click.option("--why", is_flag=True, help="Say of each hit what its score is made of.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--page", type=click.IntRange(1), default=1, help="Which page of results.")
@click.option("--limit", type=click.IntRange(1, 1000), default=None, help="Hits on a page.")
@click.argument("query", nargs=-1, required=True)
def search(archive: Path, query: tuple[str, ...], *, as_json: bool, facets: bool, why: bool, sort: str, page: int,
           limit: int | None) -> None:
    """Search the archive from the shell. The query language is that of the page.

    Put a query with quotes or a leading minus in single quotes, the latter after --. A name is looked for in all its
    spellings; with = before it, as it is typed.
    """
    settings = load(archive)
    size = limit or settings.page_size
    parsed = parse(" ".join(query), settings)
    specs = tuple(FacetSpec(name, settings.facet_values) for name in FACETS) if facets else ()
    order = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}[sort]
    request = Request(parsed.tree, sort=order, offset=(page - 1) * size, limit=size,  # type: ignore[arg-type]
                      facets=specs, shares=why)
    results = Resolver(AliasFiles(archive)).over(open_index(archive, settings).snapshot()).search(request)
    if as_json:
        click.echo(json.dumps(results_json(results, explain(parsed.tree), parsed.notes), ensure_ascii=False, indent=1))
        return
    for note in (*parsed.notes, *results.notes):
        click.echo(f"Note: {note.text}", err=True)
    click.echo(f"{'' if results.exact else 'At least '}{results.total:,} found in {results.seconds:.2f} s: "
               f"{explain(parsed.tree)}\n")
    for number, hit in enumerate(results.hits, request.offset + 1):
        click.echo("\n".join(hit_lines(number, hit)) + "\n")
    for facet in results.facets.values():
        click.echo("\n".join(facet_lines(facet)))


@click.command()
@archive_option
@json_option
def check(archive: Path, *, as_json: bool) -> None:
    """Verify the archive against its hashes and the index against the archive. Exit code 1 if anything is wrong."""
    store, engine, _ = open_archive(archive)
    began, faults, remarks = time.monotonic(), 0, []
    with store:
        for remark in run_check(store, engine):
            faults += remark.fault
            remarks.append(remark)
            if not as_json:
                click.echo(f"{'Fault' if remark.fault else 'Note'}: {remark.text}.", err=remark.fault)
        counts = store.counts()
    if as_json:
        click.echo(json.dumps({"faults": faults, "remarks": [asdict(remark) for remark in remarks], "rows": counts}))
    else:
        rows = ", ".join(f"{count:,} {name}" for name, count in counts.items())
        click.echo(f"{f'{faults:,} faults' if faults else 'No fault'} in {rows} ({time.monotonic() - began:.1f} s).")
    if faults:
        sys.exit(FAILED)


@click.command()
@archive_option
@json_option
def stats(archive: Path, *, as_json: bool) -> None:
    """Print what the archive and the index hold."""
    store, engine, _ = open_archive(archive)
    with store:
        counts, outlets = store.counts(), store.by_outlet()
    live = engine.live()
    if as_json:
        kept = [generation.id for generation in engine.generations()]
        click.echo(json.dumps({"rows": counts, "outlets": dict(outlets), "live": live and live.to_json(),
                               "generations": kept}, ensure_ascii=False))
        return
    for name, count in counts.items():
        click.echo(f"{count:>12,} {name}")
    click.echo(f"{len(outlets):>12,} outlets")
    for outlet, count in outlets:
        click.echo(f"{count:>16,} {outlet}")
    click.echo(f"index: {live.id}, {live.articles:,} articles, built {live.created:%Y-%m-%d %H:%M} UTC" if live
               else "index: nothing yet; run `dateline reindex`")


@click.command()
@archive_option
@click.argument("target", type=click.Path(path_type=Path))
def backup(archive: Path, target: Path) -> None:
    """Copy the archive, verified, to the new folder TARGET. The copy is itself an archive."""
    store, _, _ = open_archive(archive)
    with store:
        made = make_backup(store, target)
    click.echo(f"{made.articles:,} articles are in {target}. To use the copy: dateline reindex --archive {target}")
    if made.damaged_findings:
        click.echo(f"{made.damaged_findings:,} findings in it are damaged. They are not used; `dateline reindex` makes "
                   "them again.", err=True)


@click.command()
@archive_option
def settings(archive: Path) -> None:
    """Print every setting: its name, its value here, and what it is for."""
    here, defaults = load(archive), Settings()
    for row in fields(Settings):
        value, default = getattr(here, row.name), getattr(defaults, row.name)
        changed = "" if value == default else f" (default {default!r})"
        click.echo(f"{row.name} = {value!r}{changed}\n    {row.metadata['help']}; {PREFIX}{row.name.upper()}")
