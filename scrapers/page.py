"""HTML → a page that can be asked: its tree, its address, what its head and its JSON-LD declare."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

from scrapers.clean import tidy

ARTICLE_TYPES = {"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "Report",
                 "OpinionNewsArticle", "LiveBlogPosting", "BackgroundNewsArticle", "ReviewNewsArticle",
                 "AdvertiserContentArticle"}
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ito|cmpid|ocid|ref_src|ref|smid|_ga|yclid|"
                      r"at_\w+|share", re.IGNORECASE)
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S{8,2000}) -->")
MOBILE = re.compile(r"^(?:www|m|mobile|amp)\.")
MOST_OBJECTS = 500  # JSON-LD objects that are looked at
DEEPEST = 12        # levels of JSON-LD that are looked at
LD_BREAKS = re.compile(r"[\0-\x1f]+")


def canonical(url: str) -> str | None:
    """An http address without fragment, tracking parameters, default port or capital letters in its host."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    query = urlencode([pair for pair in pairs if not TRACKING.fullmatch(pair[0])], errors="surrogateescape")
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in {None, 80, 443} else f"{host}:{port}"
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


@dataclass(frozen=True)
class Page:
    """A parsed page. Extraction takes the tree apart, so that everything else is to be asked before it."""

    html: str
    given_url: str | None = None
    tree: LexborHTMLParser = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", LexborHTMLParser(self.html.replace("\0", "\N{REPLACEMENT CHARACTER}")))

    @cached_property
    def meta(self) -> dict[str, str]:
        """`<meta>` by lower-case name, property or itemprop → content; the first of each that is not empty."""
        found: dict[str, str] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            content = tidy(attributes.get("content") or "")
            for key in ("property", "name", "itemprop"):
                name = (attributes.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, content)
        return found

    @cached_property
    def url(self) -> str | None:
        """The canonical address: as the page declares it where it does so on its own host, else as given."""
        given = canonical(self.given_url) if self.given_url else None
        link = self.tree.css_first('link[rel="canonical"][href]')
        declared = (link.attributes.get("href") if link else None) or self.meta.get("og:url") or ""
        saved = SAVED_FROM.search(self.html[:2000])
        base = given or (canonical(saved[1]) if saved else None)
        own = _declared(base, declared)
        if own and given and not _same_site(own, given):  # nobody speaks for another's articles
            own = None
        is_front = own is not None and urlsplit(own).path in {"", "/"} and not urlsplit(own).query
        return base if own is None or (is_front and base) else own

    @cached_property
    def objects(self) -> tuple[dict[str, Any], ...]:
        """Every JSON-LD object of the page, nested ones too, in order; broken JSON is passed over."""
        found: list[dict[str, Any]] = []
        for node in self.tree.css('script[type="application/ld+json"]'):
            try:
                value = json.loads(LD_BREAKS.sub(" ", node.text()), parse_constant=str)
            except (ValueError, RecursionError):
                continue
            for each in _objects(value, 0):
                found.append(each)
                if len(found) >= MOST_OBJECTS:
                    return tuple(found)
        return tuple(found)

    @cached_property
    def declared_article(self) -> dict[str, Any]:
        """The JSON-LD object that describes the article; empty where there is none."""
        return next((each for each in self.objects if types_of(each) & ARTICLE_TYPES), {})

    @property
    def language(self) -> str:
        """The language that the page says it is in, as it writes it; empty where it does not."""
        root = self.tree.css_first("html")
        return ((root.attributes.get("lang") if root else None) or self.meta.get("og:locale") or "").strip()

    def texts(self, selector: str) -> list[str]:
        """The tidy texts of the elements that a selector finds and that have any."""
        return [text for node in self.tree.css(selector) if (text := tidy(node.text(separator=" ")))]

    def text(self, selector: str) -> str | None:
        """The first of `texts`."""
        return next(iter(self.texts(selector)), None)


def _declared(base: str | None, address: str) -> str | None:
    try:
        return canonical(urljoin(base or "", address)) if address else None
    except ValueError:  # such as "http://[": it is no address
        return None


def _same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: "m.post.example" and "www.post.example" are."""
    a, b = (MOBILE.sub("", urlsplit(address).netloc) for address in (one, other))
    return a == b or a.endswith("." + b) or b.endswith("." + a)


def types_of(thing: dict[str, Any]) -> set[str]:
    """The types that a JSON-LD object gives itself, without their vocabulary's address."""
    declared = thing.get("@type")
    types = declared if isinstance(declared, list) else [declared]
    return {each.rsplit("/", 1)[-1] for each in types if isinstance(each, str)}


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _objects(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _objects(each, depth + 1)
