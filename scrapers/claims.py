"""A page → every day that it may have appeared on, the surest first.

What it declares in structured form comes first, then what its elements and its address say, then what is written beside
its heading, and last what is written or linked anywhere.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborNode

from scrapers import moments
from scrapers.clean import tidy
from scrapers.outlets import Outlet, host_of
from scrapers.page import Page

Claim = tuple[str, str, float]  # a moment, where it was found, how sure it is

PUBLISHED_META = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "article.published",
    "article_date_original", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "date.created",
    "citation_publication_date", "originalpublicationdate", "displaydate", "cxenseparse:recs:publishtime")
VAGUE_META = ("dc.date", "dcterms.date", "date")  # of the article, or of whatever the site's software thinks
MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified",
                 "last-modified", "revised")
DESCRIPTION_META = ("description", "og:description", "twitter:description")
IMAGE_META = ("og:image", "twitter:image")
SURE_TIMES = (('[itemprop~="datePublished"]', 0.9), ("time[pubdate]", 0.9), ('time[class*="publish"]', 0.88),
              ("time.entry-date", 0.88), ("abbr.published", 0.85))
OTHER_TIMES = (("article header time[datetime]", 0.82), ("article time[datetime]", 0.75), ("time[datetime]", 0.65))
DATED = ('[class*="publi"], [class*="pubdate"], [class*="post-date"], [class*="entry-date"], [class*="article-date"], '
         '[class*="dateline"], [class*="timestamp"], [class*="byline"], [class*="meta"], [class*="date"], '
         '[id*="date"], time')
OTHERS = re.compile(r"comment|reply|related|teaser", re.IGNORECASE)  # classes of what is not the article itself
UNSHOWN = frozenset({"script", "style", "noscript", "template"})
MOST_BESIDE = 2_000  # characters of one element beside the heading that are looked at
ANCESTORS = 10       # levels above an element that are asked for such a class
URL_DAY = re.compile(r"/(?P<y1>(?:19|20)\d\d)/(?P<m1>0?[1-9]|1[0-2])/(?P<d1>0?[1-9]|[12]\d|3[01])(?=[/_-]|$)"
                     r"|(?<=[/_=-])(?P<y2>(?:19|20)\d\d)-?(?P<m2>0[1-9]|1[0-2])-?(?P<d2>0[1-9]|[12]\d|3[01])"
                     r"(?=[/_.?&-]|$)"
                     r"|(?<=[/_=-])(?P<d3>0[1-9]|[12]\d|3[01])-(?P<m3>0[1-9]|1[0-2])-(?P<y3>(?:19|20)\d\d)(?=[/_.?&-]|$)")
IMAGE_DAY = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])/")
SCRIPTED = re.compile(r'"(?:datePublished|publishedAt|published_at|publication_time|publishDate|publish_date|'
                      r'dateCreated|createdAt|created_at)"\s?:\s?"([12]\d{3}-\d\d-\d\d[^"]{0,24})"')
MONTH_FIRST = re.compile(r"(?:en(?:[-_]us)?)?", re.IGNORECASE)
DAY_FIRST_HOST = re.compile(r"\.(?:uk|ie|au|nz|in|za|lk|pk|iq|ng|ke)$")
DAY_FIRST_PATH = re.compile(r"/en-(?:gb|ie|au|nz|in|za)/", re.IGNORECASE)
MOST_DATED = 60      # elements whose text is searched for a date
LONGEST_SHOWN = 200  # characters of such an element
NO_LETTER = re.compile(r"[\W_]+")
BEHIND, BEFORE = 250, 120  # characters around a heading within which the article's date is shown
SHORTEST_HEADING = 9       # characters; shorter ones stand in menus too
MOST_HEADINGS = 8          # headings of a level that may be the article's
LABEL = re.compile(r"\b(?:published|posted|erschienen|veröffentlicht|erstellt|datum|publié|publicado|pubblicato|"
                   r"geplaatst|gepubliceerd|yayınlanma)\b[^\d\n]{0,12}", re.IGNORECASE)
LABELLED = 40              # characters behind such a word in which its date stands
MOST_WRITTEN = 20_000      # characters of a page that are searched for any date
MOST_READ = 200_000        # characters of a page among which a labelled date is looked for


def day_first(page: Page) -> bool:
    """Whether 3/4/2019 on this page is in April."""
    url = page.url or ""
    return (not MONTH_FIRST.fullmatch(page.language) or bool(DAY_FIRST_HOST.search(host_of(url)))
            or bool(DAY_FIRST_PATH.search(url)))


def url_days(page: Page) -> Iterator[str]:
    """The days that the page's addresses name."""
    for url in (page.url, page.given_url):
        match = URL_DAY.search(url or "")
        if match:
            parts = {name[0]: int(part) for name, part in match.groupdict().items() if part}
            moment = moments.read(f"{parts['y']}-{parts['m']:02}-{parts['d']:02}")
            if moment:
                yield moment


@dataclass(frozen=True)
class Claims:
    """The dates of a page. Times without an offset are of `zone`, an IANA name."""

    page: Page
    zone: str | None
    day_first: bool

    @classmethod
    def of(cls, page: Page, outlet: Outlet | None) -> "Claims":
        """With what is known of the page's outlet."""
        return cls(page, outlet.time_zone if outlet else None, bool(outlet) or day_first(page))

    def all(self, outlet: Outlet | None) -> Iterator[Claim]:
        """Every date that the page may mean, the surest first."""
        page, article = self.page, self.page.declared_article
        yield from self._read([article.get("datePublished"), article.get("dateCreated")], "json-ld", 0.97)
        yield from self._read((page.meta.get(name) for name in PUBLISHED_META), "meta", 0.93)
        yield from self._shown_by_layout(outlet)
        for selector, confidence in SURE_TIMES:
            yield from self._read(_times(page, selector), "time", confidence)
        yield from ((moment, "url", 0.85) for moment in url_days(page))
        yield from self._read((each.get("datePublished") for each in page.objects), "json-ld", 0.8)
        yield from self._read(_times(page, OTHER_TIMES[0][0]), "time", OTHER_TIMES[0][1])
        yield from self._beside_heading()
        for selector, confidence in OTHER_TIMES[1:]:
            yield from self._read(_times(page, selector), "time", confidence)
        yield from self._read(SCRIPTED.findall(page.html), "script", 0.71)
        yield from self._shown()
        yield from self._read(map(page.meta.get, VAGUE_META), "meta", 0.69)
        yield from self._labelled()
        yield from self._read([article.get("dateModified"), *map(page.meta.get, MODIFIED_META)], "modified", 0.5)
        yield from self._written_anywhere()
        yield from self._found((page.meta.get(name) for name in DESCRIPTION_META), "text", 0.5)
        images = (IMAGE_DAY.search(page.meta.get(name) or "") for name in IMAGE_META)
        yield from self._read(("-".join(match.groups()) for match in images if match), "image", 0.4)

    def _read(self, values: Iterable[Any], method: str, confidence: float) -> Iterator[Claim]:
        for value in values:
            moment = moments.read(value, zone=self.zone, day_first=self.day_first) if isinstance(value, str) else None
            if moment:
                yield moment, method, confidence

    def _found(self, texts: Iterable[str | None], method: str, confidence: float) -> Iterator[Claim]:
        for text in texts:
            moment = moments.find(text, zone=self.zone, day_first=self.day_first) if text else None
            if moment:
                yield moment, method, confidence

    def _shown_by_layout(self, outlet: Outlet | None) -> Iterator[Claim]:
        shown = (self.page.text(layout.published) for layout in (outlet.layouts if outlet else ()) if layout.published)
        yield from self._found(shown, "byline", 0.9)

    def _beside_heading(self) -> Iterator[Claim]:
        """The first date written shortly behind the article's heading, else the one shortly before it."""
        heading = self._heading()
        if heading is None:
            return
        behind, before = _text_beside(heading, BEHIND), _text_beside(heading, BEFORE, backwards=True)
        yield from self._found([behind], "byline", 0.72)
        yield from self._found([before], "byline", 0.71)
        for text in (behind, before):
            if moment := moments.find_short(text):
                yield moment, "byline", 0.65

    def _heading(self) -> LexborNode | None:
        """The heading whose words are in the page's title, else the first one."""
        title = NO_LETTER.sub("", f"{self.page.text('title')} {self.page.meta.get('og:title')}".lower())
        headings = self.page.tree.css("h1")[:MOST_HEADINGS] + self.page.tree.css("h2")[:MOST_HEADINGS]
        for node in headings:
            words = NO_LETTER.sub("", node.text().lower())
            if len(words) >= SHORTEST_HEADING and words in title:
                return node
        return next((node for node in headings if node.tag == "h1"), None)

    def _shown(self) -> Iterator[Claim]:
        """Dates in elements that are made to show one."""
        for node in self.page.tree.css(DATED)[:MOST_DATED]:
            text = tidy(node.text(separator=" "))
            if 6 <= len(text) <= LONGEST_SHOWN and not _is_of_others(node):
                yield from self._found([text], "byline", 0.7)

    def _labelled(self) -> Iterator[Claim]:
        """Dates behind a word that says that they are of the publication."""
        text = self._text
        labels = itertools.islice(LABEL.finditer(text), MOST_DATED)
        yield from self._found((text[label.end():label.end() + LABELLED] for label in labels), "byline", 0.68)

    def _written_anywhere(self) -> Iterator[Claim]:
        yield from self._found([self._text[:MOST_WRITTEN]], "text", 0.5)

    @cached_property
    def _text(self) -> str:
        body = self.page.tree.body
        return " ".join(body.text(separator=" ")[:MOST_READ].split()) if body else ""


def _times(page: Page, selector: str) -> Iterator[str]:
    for node in page.tree.css(selector)[:5]:
        if _is_of_others(node):
            continue
        attributes = node.attributes
        for text in (attributes.get("datetime"), attributes.get("content"), attributes.get("title"), node.text()):
            if text:
                yield tidy(text)[: moments.LONGEST]


def _text_beside(node: LexborNode, length: int, *, backwards: bool = False) -> str:
    """The text of up to so many characters behind an element, or before it."""
    found = ""
    parent: LexborNode | None = node
    while parent is not None and parent.tag != "body" and len(found) < length:
        sibling = parent.prev if backwards else parent.next
        while sibling is not None and len(found) < length:
            text = "" if sibling.tag in UNSHOWN else " ".join(sibling.text(separator=" ")[:MOST_BESIDE].split())
            found = f"{text} {found}" if backwards else f"{found} {text}"
            sibling = sibling.prev if backwards else sibling.next
        parent = parent.parent
    return found[-length:] if backwards else found[:length]


def _is_of_others(node: LexborNode) -> bool:
    """Whether an element belongs to a comment or to another article."""
    parent: LexborNode | None = node
    for _ in range(ANCESTORS):
        parent = parent.parent if parent else None
        if parent is None or parent.tag in {"main", "body"}:
            return False
        attributes = parent.attributes
        if OTHERS.search(f"{attributes.get('class')} {attributes.get('id')}"):
            return True
    return False
