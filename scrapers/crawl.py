"""One round over an outlet: its feeds → pages not yet in the archive → articles in the archive."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from scrapers.discover import Found, discover
from scrapers.fetch import Fetcher, Validators
from scrapers.imports import SetAside
from scrapers.outlets import Outlet
from scrapers.read import article_of
from search.archive import Archive
from search.article import article_id
from search.errors import FetchRefused, ImportRefused

STATE = "crawl.json"  # validators of the lists that were fetched, by address
LISTS = 20            # feeds and sitemaps of one outlet that are followed in one round


@dataclass
class Report:
    """What a round over an outlet brought.

    `reached`: one of its lists could be read. `known` counts articles that the archive had, which were not fetched.
    """

    outlet: str
    reached: bool = False
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    known: int = 0
    set_aside: list[SetAside] = field(default_factory=list)

    def __str__(self) -> str:
        return (f"{self.outlet}: added {self.added}, changed {self.changed}, unchanged {self.unchanged}, "
                f"known {self.known}, set aside {len(self.set_aside)}")


def crawl(archive: Archive, outlet: Outlet, fetcher: Fetcher, limit: int | None = None) -> Report:
    """One round: at most `limit` pages are fetched. What cannot be got is in the report. Raises ArchiveError."""
    report = Report(outlet.name)
    state = _load(archive.folder / STATE)
    found = _listed(outlet, fetcher, state, report)
    new = [each for each in found if not _has(archive, outlet, each.url)]
    report.known = len(found) - len(new)
    complete = limit is None or len(new) <= limit
    for each in new[:limit]:
        try:
            capture = fetcher.get(each.url).capture
            if capture is not None:
                outcome, = archive.add([(article_of(capture, outlet.name), capture)])
                setattr(report, outcome, getattr(report, outcome) + 1)
        except FetchRefused as error:
            complete = False
            report.set_aside.append(SetAside(each.url, str(error)))
        except ImportRefused as error:
            report.set_aside.append(SetAside(each.url, str(error)))
    if complete:  # else the lists are to be read again next time, though they say that nothing changed
        _save(archive.folder / STATE, state)
    return report


def _has(archive: Archive, outlet: Outlet, url: str) -> bool:
    own = article_id(outlet.name, number=outlet.article_id(url), url=url)
    return archive.has_url(url) or archive.article(own) is not None


def _listed(outlet: Outlet, fetcher: Fetcher, state: dict[str, Validators], report: Report) -> list[Found]:
    """The outlet's own addresses in its feeds and in the lists that these name; none of a list that did not change.

    Brings `state` up to date.
    """
    waiting: list[str] = list(outlet.feeds)
    found: dict[str, Found] = {}
    for url in waiting:  # grows as sitemap indexes are read
        try:
            answer = fetcher.get(url, state.get(url))
            entries = discover(answer.capture.body, answer.url) if answer.capture else []
        except (FetchRefused, ImportRefused) as error:
            report.set_aside.append(SetAside(url, str(error)))
            continue
        report.reached = True
        state[url] = answer.validators
        for entry in entries:
            if outlet.publishes(entry.url) and not entry.listing:
                found.setdefault(entry.url, entry)
            elif outlet.publishes(entry.url) and entry.url not in waiting and len(waiting) < LISTS:
                waiting.append(entry.url)
    return list(found.values())


def _load(path: Path) -> dict[str, Validators]:
    """Validators by address; none where the file is not there or was damaged, as they only save time."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {str(url): Validators(*row) for url, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _save(path: Path, state: dict[str, Validators]) -> None:
    aside = path.with_suffix(".new")
    rows = {url: [each.etag, each.modified] for url, each in state.items()}
    aside.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    aside.replace(path)
