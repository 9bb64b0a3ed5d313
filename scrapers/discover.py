"""A feed or a news sitemap → the addresses of articles that it lists.

The bytes come from `scrapers.fetch`; nothing here opens a connection or a file.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree import ElementTree as ET  # given no DTD: see _safe

import feedparser

from scrapers import moments
from scrapers.clean import tidy
from scrapers.decode import decode
from scrapers.page import canonical
from search.errors import ImportRefused

DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
DTD = re.compile(r"<!DOCTYPE[^>\[]{0,500}\[|<!ENTITY", re.IGNORECASE)
SITEMAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,9}));?", re.IGNORECASE)
MOST = 5000  # entries of one list that are read


@dataclass(frozen=True, slots=True)
class Found:
    """An address that a list names. `published` is ISO 8601 where the list says it; `listing`: it is a further list."""

    url: str
    title: str | None = None
    published: str | None = None
    listing: bool = False


def discover(data: bytes, url: str) -> list[Found]:
    """What the feed, sitemap or sitemap index at `url` lists, each address once. Raises ImportRefused."""
    text = _safe(data)
    entries = _sitemap(text) if SITEMAP.search(text[:5000]) else _feed(text)
    found: dict[str, Found] = {}
    for address, title, published, listing in entries:
        target = _target(url, address)
        if target and len(found) < MOST:
            found.setdefault(target, Found(target, tidy(title) or None, moments.read(published), listing))
    return list(found.values())


def _target(base: str, link: str) -> str | None:
    """The canonical address of an entry; None where it has none that can be fetched."""
    try:
        return canonical(urljoin(base, link))
    except ValueError:  # such as "http://[": it costs its own entry and no other
        return None


def _safe(data: bytes) -> str:
    """The text of an XML document that defines no entities: they can be made to fill the memory or to read files."""
    text = DECLARATION.sub("", decode(data), count=1).replace("\0", "")
    if DTD.search(text):
        raise ImportRefused("the list defines entities of its own, which none needs; it is not read")
    return REFERENCE.sub(_storable, text)


def _storable(reference: re.Match[str]) -> str:
    """A numeric character reference as it stands, or U+FFFD where it names a surrogate, which no text may hold."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code <= 0xDFFF else reference[0]


def _feed(text: str) -> Iterator[tuple[str, str, str, bool]]:
    # feedparser takes a string for an address or a file name, so that it is given a stream
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        parsed = feedparser.parse(stream, response_headers={"content-type": "application/xml; charset=utf-8"})
    except (ValueError, RecursionError) as error:
        raise ImportRefused(f"the feed is broken ({error}); fetch it again") from error
    if not parsed.get("version") and not parsed.entries:
        raise ImportRefused("it is neither a feed nor a sitemap; check the address")
    for entry in parsed.entries[:MOST]:
        link = entry.get("link") or ""
        if isinstance(link, str) and link:
            yield link, str(entry.get("title") or ""), str(entry.get("published") or entry.get("updated") or ""), False


def _sitemap(text: str) -> Iterator[tuple[str, str, str, bool]]:
    try:
        root = ET.fromstring(text)  # noqa: S314  _safe has refused what is dangerous in XML
    except (ET.ParseError, ValueError) as error:
        raise ImportRefused(f"the sitemap is broken ({error}); fetch it again") from error
    for entry in root:
        kind = entry.tag.rpartition("}")[2]
        said = {node.tag.rpartition("}")[2]: node.text or "" for node in entry.iter() if isinstance(node.tag, str)}
        if said.get("loc"):
            published = said.get("publication_date") or ("" if kind == "sitemap" else said.get("lastmod", ""))
            yield said["loc"].strip(), said.get("title", ""), published.strip(), kind == "sitemap"
