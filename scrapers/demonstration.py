"""The invented news in `demo/` → an archive, and lines that tell what became of the pages and the feeds."""

import json
from collections.abc import Iterator
from pathlib import Path

from scrapers import aside
from scrapers.add import Tally, add_all
from scrapers.discover import discover
from search.archive import Archive

PAGES = Path(__file__).parent / "demo"
NOT_ARTICLES = "not-articles"  # the folder of pages that are to be set aside


def fill(archive: Archive) -> Iterator[str]:
    """Add the pages of the demonstration to an archive, and tell of it, a line at a time. Raises ArchiveError."""
    tally = add_all(archive, [PAGES])
    yield f"{tally}{_explained(tally, archive)}"
    manifest = json.loads((PAGES / "manifest.json").read_text(encoding="utf-8"))
    for feed in manifest["feeds"]:
        yield _compared(archive, feed["file"], feed["url"])


def _explained(tally: Tally, archive: Archive) -> str:
    """What is behind the figures that could look like trouble."""
    meant = sum(1 for _ in (PAGES / NOT_ARTICLES).iterdir())
    told = []
    if tally.changed:
        told.append(f"{_counted(tally.changed, 'page')} with a correction kept as a new version")
    if tally.set_aside == meant:
        told.append(f"{_counted(meant, 'page')} without an article set aside, as it should be")
    elif tally.set_aside:
        told.append(f"{meant} should have been set aside; the reasons are in {archive.folder / aside.FILE}")
    return f" ({'; '.join(told)})" if told else ""


def _compared(archive: Archive, file: str, url: str) -> str:
    """How many of a feed's articles the archive has, by their addresses."""
    found = discover((PAGES / file).read_bytes(), url)
    known = sum(archive.has_url(each.url) for each in found)
    return (f"the feed {file} lists {_counted(len(found), 'article')}, "
            f"{'all' if known == len(found) else f'{known:,} of them'} in the archive")


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
