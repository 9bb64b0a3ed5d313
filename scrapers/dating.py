"""A page → when its article appeared, where the page says so, and how far that can be trusted.

What a page declares in structured form is asked first, what it shows second. A page that gives no date has none: the
day on which it was got is only the latest that its date can be.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from scrapers import moments
from scrapers.clean import tidy
from scrapers.outlets import Outlet, by_host, host_of
from scrapers.page import Page
from search.article import Published

Claim = tuple[str, str, float]  # a moment, where it was found, how sure it is

PUBLISHED_META = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "article.published",
    "article_date_original", "dc.date.issued", "dcterms.issued", "dc.date", "dc.date.created", "dcterms.created",
    "dcterms.date", "date.created", "citation_publication_date", "originalpublicationdate", "displaydate",
    "cxenseparse:recs:publishtime", "date")
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified",
                 "last-modified", "revised")
SURE_TIMES = (('[itemprop~="datePublished"]', 0.9), ("time[pubdate]", 0.9), ('time[class*="publish"]', 0.88),
              ("time.entry-date", 0.88), ("abbr.published", 0.85))
OTHER_TIMES = (("article header time[datetime]", 0.82), ("article time[datetime]", 0.75), ("time[datetime]", 0.65))
DATED = ('[class*="publi"], [class*="pubdate"], [class*="post-date"], [class*="entry-date"], [class*="article-date"], '
         '[class*="dateline"], [class*="timestamp"], [class*="byline"], [class*="meta"], [class*="date"], '
         '[id*="date"], time')
URL_DAY = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
                     r"|(?<=[/_=-])((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/_.?&-]|$)")
MONTH_FIRST = re.compile(r"(?:en(?:[-_]us)?)?", re.IGNORECASE)
DAY_FIRST_HOST = re.compile(r"\.(?:uk|ie|au|nz|in|za|lk|pk|iq|ng|ke)$")
MOST_DATED = 60  # elements whose text is searched for a date


def published_date(html: str, url: str) -> date | None:
    """The day that the page at `url` says its article appeared on; None where it says none."""
    return published(html, url).day


def published(html: str, url: str | None) -> Published:
    """When the page says its article appeared; `value` is None where it says nothing. Never raises."""
    return published_of(Page(html, url))


def published_of(page: Page, captured: date | None = None, outlet: Outlet | None = None) -> Published:
    """As `published`, of a page that was got on a day: later dates are passed over. `outlet` is the page's where its
    address does not say so.
    """
    outlet = outlet or by_host(page.url)
    latest = captured or datetime.now(UTC).date()
    earliest = outlet.since if outlet else None
    for claim in _claims(page, outlet):
        moment, method, confidence = claim if outlet and outlet.time_zone else _local_day(page, claim)
        if moments.no_later_than(moment, latest) and (earliest is None or moments.day_of(moment) >= earliest):
            local = moments.in_zone(moment, outlet.time_zone) if outlet and outlet.time_zone else moment
            return Published(local, method, confidence)
    return Published()


def _claims(page: Page, outlet: Outlet | None) -> Iterator[Claim]:
    """Every date that the page may mean, the surest first: (moment, method, confidence)."""
    zone = outlet.time_zone if outlet else None
    day_first = bool(outlet) or _day_first(page)

    def read(values: Any, method: str, confidence: float) -> Iterator[Claim]:
        for value in values:
            moment = moments.read(value, zone=zone, day_first=day_first) if isinstance(value, str) else None
            if moment:
                yield moment, method, confidence

    article = page.declared_article
    yield from read([article.get("datePublished"), article.get("dateCreated")], "json-ld", 0.97)
    yield from read((page.meta.get(name) for name in PUBLISHED_META), "meta", 0.93)
    yield from _shown_by_layout(page, outlet)
    for selector, confidence in SURE_TIMES:
        yield from read(_times(page, selector), "time", confidence)
    yield from ((moment, "url", 0.85) for moment in _url_days(page))
    yield from read((each.get("datePublished") for each in page.objects), "json-ld", 0.8)
    for selector, confidence in OTHER_TIMES:
        yield from read(_times(page, selector), "time", confidence)
    yield from _shown(page, zone, day_first)
    yield from read([article.get("dateModified"), *(page.meta.get(name) for name in MODIFIED_META)], "modified", 0.5)
    yield from _written_anywhere(page, zone, day_first)


def _local_day(page: Page, claim: Claim) -> Claim:
    """A time in UTC names the day in Greenwich; where the address names the day beside it, that is the outlet's own."""
    moment = claim[0]
    if not moment.endswith("+00:00"):
        return claim
    for day in _url_days(page):
        if abs((moments.day_of(moment) - moments.day_of(day)).days) == 1:
            return day, "url", 0.9
    return claim


def _day_first(page: Page) -> bool:
    """Whether 3/4/2019 on this page is in April."""
    return not MONTH_FIRST.fullmatch(page.language) or bool(DAY_FIRST_HOST.search(host_of(page.url or "")))


def _times(page: Page, selector: str) -> Iterator[str]:
    for node in page.tree.css(selector)[:5]:
        attributes = node.attributes
        for text in (attributes.get("datetime"), attributes.get("content"), attributes.get("title"), node.text()):
            if text:
                yield tidy(text)[: moments.LONGEST]


def _url_days(page: Page) -> Iterator[str]:
    for url in (page.url, page.given_url):
        match = URL_DAY.search(url or "")
        if match:
            year, month, day = (int(part) for part in match.groups() if part)
            moment = moments.read(f"{year}-{month:02}-{day:02}")
            if moment:
                yield moment


def _shown_by_layout(page: Page, outlet: Outlet | None) -> Iterator[Claim]:
    for layout in outlet.layouts if outlet else ():
        text = page.text(layout.published) if layout.published else None
        moment = moments.find(text, zone=outlet.time_zone, day_first=True) if text and outlet else None
        if moment:
            yield moment, "byline", 0.9


def _shown(page: Page, zone: str | None, day_first: bool) -> Iterator[Claim]:
    """Dates in elements that are made to show one."""
    for node in page.tree.css(DATED)[:MOST_DATED]:
        text = tidy(node.text(separator=" "))
        if 6 <= len(text) <= 200:
            moment = moments.find(text, zone=zone, day_first=day_first)
            if moment:
                yield moment, "byline", 0.7


def _written_anywhere(page: Page, zone: str | None, day_first: bool) -> Iterator[Claim]:
    body = page.tree.body
    text = tidy(body.text(separator=" ")[:20_000]) if body else ""
    moment = moments.find(text, zone=zone, day_first=day_first)
    if moment:
        yield moment, "text", 0.5


def unknown_date(latest: date, outlet: Outlet | None) -> Published:
    """No date, but what bounds it: the day it was got on, and the outlet's beginnings."""
    earliest = outlet.since if outlet else None
    if earliest and earliest > latest:  # the file's time is wrong, so that it bounds nothing
        return Published(method="bounds", earliest=earliest)
    return Published(method="bounds", earliest=earliest, latest=latest)
