"""A page → what it says about its article: title, authors, section, source, language, address, day of publication.

What a page declares in structured form is asked first, what it shows second. A date says where it was found and how
far it can be trusted; a page that gives none has none.
"""

import html as html_module
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from scrapers import moments
from scrapers.clean import split_names, tidy
from scrapers.outlets import Layout, Outlet, by_host, by_name, host_of
from scrapers.page import Page
from search.article import Published

PUBLISHED_META = ("article:published_time", "og:published_time", "datepublished", "og:article:published_time", "parsely-pub-date",
                  "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "article.published", "article_date_original",
                  "dc.date.issued", "dcterms.issued", "dc.date", "dc.date.created", "dcterms.created", "dcterms.date", "date.created",
                  "citation_publication_date", "originalpublicationdate", "displaydate", "cxenseparse:recs:publishtime", "date")
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified", "last-modified",
                 "revised")
TIMES = (('[itemprop~="datePublished"]', 0.9), ("time[pubdate]", 0.9), ('time[class*="publish"]', 0.88), ("time.entry-date", 0.88),
         ("abbr.published", 0.85), ("article header time[datetime]", 0.82), ("article time[datetime]", 0.75), ("time[datetime]", 0.65))
DATED = ('[class*="publi"], [class*="pubdate"], [class*="post-date"], [class*="entry-date"], [class*="article-date"], '
         '[class*="dateline"], [class*="timestamp"], [class*="byline"], [class*="meta"] , [class*="date"], [id*="date"], time')
URL_DAY = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
                     r"|(?<=[/_=-])((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?=[/_.?&-]|$)")
MONTH_FIRST = re.compile(r"(?:en(?:[-_]us)?)?", re.IGNORECASE)
DAY_FIRST_HOST = re.compile(r"\.(?:uk|ie|au|nz|in|za|lk|pk|iq|ng|ke)$")
MOST_DATED = 60  # elements whose text is searched for a date
SEPARATOR = re.compile(r"\s+(?:[|–—»«·•:]|-|::)\s+")
AUTHOR_META = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "citation_author")
AUTHORS = '[rel="author"], [itemprop="author"], .byline-name, .author-name, .byline a, [class*="byline"], [class*="author"] a'
NO_AUTHOR = re.compile(r"https?:|@|^(?:admin|administrator|staff|editor|webmaster|guest|unknown|news desk|none)$", re.IGNORECASE)


def published_date(html: str, url: str) -> date | None:
    """The day that the page at `url` says its article appeared on; None where it says none."""
    return published(html, url).day


def published(html: str, url: str | None) -> Published:
    """When the page says its article appeared; `value` is None where it says nothing. Never raises."""
    return published_of(Page(html, url))


def published_of(page: Page, captured: date | None = None, outlet: Outlet | None = None) -> Published:
    """As `published`, of a page that was got on a day: later dates are passed over. `outlet` is the page's where its
    address does not say so."""
    outlet = outlet or by_host(page.url)
    latest = captured or datetime.now(UTC).date()
    earliest = outlet.since if outlet else None
    for claim in _claims(page, outlet):
        moment, method, confidence = claim if outlet and outlet.time_zone else _local_day(page, claim)
        if moments.no_later_than(moment, latest) and (earliest is None or moments.day_of(moment) >= earliest):
            local = moments.in_zone(moment, outlet.time_zone) if outlet and outlet.time_zone else moment
            return Published(local, method, confidence)
    return Published()


def _claims(page: Page, outlet: Outlet | None) -> Iterator[tuple[str, str, float]]:
    """Every date that the page may mean, the surest first: (moment, method, confidence)."""
    zone = outlet.time_zone if outlet else None
    day_first = bool(outlet) or _day_first(page)

    def read(values: Any, method: str, confidence: float) -> Iterator[tuple[str, str, float]]:
        for value in values:
            moment = moments.read(value, zone=zone, day_first=day_first) if isinstance(value, str) else None
            if moment:
                yield moment, method, confidence

    article = page.declared_article
    yield from read([article.get("datePublished"), article.get("dateCreated")], "json-ld", 0.97)
    yield from read((page.meta.get(name) for name in PUBLISHED_META), "meta", 0.93)
    yield from _shown_by_layout(page, outlet)
    for selector, confidence in TIMES[:5]:
        yield from read(_times(page, selector), "time", confidence)
    yield from ((moment, "url", 0.85) for moment in _url_days(page))
    yield from read((each.get("datePublished") for each in page.objects), "json-ld", 0.8)
    for selector, confidence in TIMES[5:]:
        yield from read(_times(page, selector), "time", confidence)
    yield from _shown(page, zone, day_first)
    yield from read([article.get("dateModified"), *(page.meta.get(name) for name in MODIFIED_META)], "modified", 0.5)
    yield from _written_anywhere(page, zone, day_first)


def _local_day(page: Page, claim: tuple[str, str, float]) -> tuple[str, str, float]:
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
    return not MONTH_FIRST.fullmatch(claimed_language(page)) or bool(DAY_FIRST_HOST.search(host_of(page.url or "")))


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


def _shown_by_layout(page: Page, outlet: Outlet | None) -> Iterator[tuple[str, str, float]]:
    for layout in outlet.layouts if outlet else ():
        text = page.text(layout.published) if layout.published else None
        moment = moments.find(text, zone=outlet.time_zone, day_first=True) if text and outlet else None
        if moment:
            yield moment, "byline", 0.9


def _shown(page: Page, zone: str | None, day_first: bool) -> Iterator[tuple[str, str, float]]:
    """Dates in elements that are made to show one; what stands beside other articles comes with them, so it is short."""
    for node in page.tree.css(DATED)[:MOST_DATED]:
        text = tidy(node.text(separator=" "))
        if 6 <= len(text) <= 200:
            moment = moments.find(text, zone=zone, day_first=day_first)
            if moment:
                yield moment, "byline", 0.7


def _written_anywhere(page: Page, zone: str | None, day_first: bool) -> Iterator[tuple[str, str, float]]:
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


def title_of(page: Page, layout: Layout | None = None) -> str | None:
    """The article's title, without the site's name; None where the page shows and declares none."""
    if layout and layout.title and (own := page.text(layout.title)):
        return own
    headline = page.declared_article.get("headline")
    declared = [_plain(text) for text in (headline, page.meta.get("og:title"), page.meta.get("twitter:title")) if isinstance(text, str)]
    whole = page.text("title")
    headings = [text for node in page.tree.css("h1")[:10] if (text := tidy(node.text(separator=" ")))]
    for heading in headings:
        if len(heading) > 8 and any(_agree(heading, each) for each in (*declared, whole or "")):
            return heading
    best = next((text for text in declared if text), None)
    return (_without_site(best, page) if best else None) or (headings[0] if len(headings) == 1 else None) or (
        _without_site(whole, page) if whole else None)


def _plain(text: str) -> str:
    return tidy(html_module.unescape(re.sub(r"</?\w{1,10}[^<>]{0,200}>", " ", text)))


def _agree(one: str, other: str) -> bool:
    a, b = _letters(one), _letters(other)
    return bool(a and b) and (a in b or b in a)


def _without_site(title: str, page: Page) -> str:
    """A declared title without the site's name at its end or its start; without what follows the last bar, if it is short."""
    outlet = by_host(page.url)
    names = (outlet.name if outlet else None, page.meta.get("og:site_name"), host_of(page.url or "").split(".")[0])
    sites = [_letters(name) for name in names if name and _letters(name)]
    parts = SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    gaps = SEPARATOR.findall(title)
    first, last = _letters(parts[0]), _letters(parts[-1])
    if any(last and (last in site or site in last) for site in sites) or not any(first in site or site in first for site in sites) and (
            len(parts[-1]) < min(40, len(parts[0]))):
        parts.pop()
    elif any(first and (first in site or site in first) for site in sites):
        parts.pop(0)
        gaps.pop(0)
    return "".join(part + gap for part, gap in zip(parts, [*gaps[: len(parts) - 1], ""], strict=True))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def authors_of(page: Page, layout: Layout | None = None) -> tuple[str, ...]:
    """The article's authors, without "By", addresses and names of no person."""
    shown = ", ".join(page.texts(layout.authors)) if layout and layout.authors else None
    declared = list(_people(page.declared_article.get("author"), 0))
    meta = next((page.meta[name] for name in AUTHOR_META if name in page.meta and not NO_AUTHOR.search(page.meta[name])), None)
    line = shown or ", ".join(declared) or meta or page.text(AUTHORS) or ""
    names = split_names(moments.WRITTEN.sub(" ", line)) if len(line) < 200 else ()
    return tuple(name for name in names if 2 < len(name) < 60 and not NO_AUTHOR.search(name))


def _people(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, dict):
        yield from _people(value.get("name"), depth + 1)
    elif isinstance(value, list) and depth < 3:
        for each in value[:20]:
            yield from _people(each, depth + 1)


def section_of(page: Page, layout: Layout | None = None) -> str | None:
    """The section that the page gives its article."""
    if layout and layout.section and (own := page.text(layout.section)):
        return own
    declared = page.declared_article.get("articleSection")
    first = declared[0] if isinstance(declared, list) and declared else declared
    return _plain(first) if isinstance(first, str) and first.strip() else page.meta.get("article:section")


def site_name_of(page: Page) -> str | None:
    """What the page calls its outlet."""
    publisher = page.declared_article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    return page.meta.get("og:site_name") or (_plain(name) if isinstance(name, str) and name.strip() else None)


def known_in_title(page: Page) -> str | None:
    """The known outlet that the page's `<title>` begins or ends with."""
    parts = SEPARATOR.split(page.text("title") or "")
    known = map(by_name, dict.fromkeys((parts[0], parts[-1])))
    return next((outlet.name for outlet in known if outlet), None)


def claimed_language(page: Page) -> str:
    """The language that the page says it is in, as it writes it; empty where it does not."""
    root = page.tree.css_first("html")
    return ((root.attributes.get("lang") if root else None) or page.meta.get("og:locale") or "").strip()
