"""A page → what it says about its article: title, authors, section, outlet. When it appeared: `scrapers.dating`."""

import html as html_module
import re
from collections.abc import Iterator
from typing import Any

from scrapers import moments
from scrapers.clean import split_names, tidy
from scrapers.dating import published, published_date
from scrapers.outlets import Layout, by_host, by_name, host_of
from scrapers.page import Page

__all__ = ["authors_of", "known_in_title", "published", "published_date", "section_of", "site_name_of", "title_of"]

SEPARATOR = re.compile(r"\s+(?:[|–—»«·•:]|-|::)\s+")
AUTHOR_META = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator",
               "citation_author")
AUTHORS = ('[rel="author"], [itemprop="author"], .byline-name, .author-name, .byline a, [class*="byline"], '
           '[class*="author"] a')
NO_AUTHOR = re.compile(r"https?:|@|^(?:admin|administrator|staff|editor|webmaster|guest|unknown|news desk|none)$",
                       re.IGNORECASE)
SHORT_SITE = 40  # characters; what follows the last bar of a title and is shorter names the site


def title_of(page: Page, layout: Layout | None = None) -> str | None:
    """The article's title, without the site's name; None where the page shows and declares none."""
    if layout and layout.title and (own := page.text(layout.title)):
        return own
    headline = page.declared_article.get("headline")
    candidates = (headline, page.meta.get("og:title"), page.meta.get("twitter:title"))
    declared = [_plain(text) for text in candidates if isinstance(text, str)]
    whole = page.text("title")
    headings = [text for node in page.tree.css("h1")[:10] if (text := tidy(node.text(separator=" ")))]
    for heading in headings:
        if len(heading) > 8 and any(_agree(heading, each) for each in (*declared, whole or "")):
            return heading
    best = next((text for text in declared if text), None)
    if best:
        return _without_site(best, page)
    if len(headings) == 1:
        return headings[0]
    return _without_site(whole, page) if whole else None


def _plain(text: str) -> str:
    return tidy(html_module.unescape(re.sub(r"</?\w{1,10}[^<>]{0,200}>", " ", text)))


def _agree(one: str, other: str) -> bool:
    a, b = _letters(one), _letters(other)
    return bool(a and b) and (a in b or b in a)


def _without_site(title: str, page: Page) -> str:
    """A declared title without the site's name at either end, and without whatever short follows its last bar."""
    parts, gaps = SEPARATOR.split(title), SEPARATOR.findall(title)
    if len(parts) == 1:
        return title
    outlet = by_host(page.url)
    names = (outlet.name if outlet else "", page.meta.get("og:site_name", ""), host_of(page.url or "").split(".")[0])
    sites = [letters for letters in map(_letters, names) if letters]
    if _is_site(parts[0], sites) and not _is_site(parts[-1], sites):
        parts, gaps = parts[1:], gaps[1:]
    elif _is_site(parts[-1], sites) or len(parts[-1]) < min(SHORT_SITE, len(parts[0])):
        parts, gaps = parts[:-1], gaps[:-1]
    return "".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True))


def _is_site(part: str, sites: list[str]) -> bool:
    letters = _letters(part)
    return bool(letters) and any(letters in site or site in letters for site in sites)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def authors_of(page: Page, layout: Layout | None = None) -> tuple[str, ...]:
    """The article's authors, without "By", addresses and names of no person."""
    shown = ", ".join(page.texts(layout.authors)) if layout and layout.authors else None
    declared = list(_people(page.declared_article.get("author"), 0))
    meta = (page.meta[name] for name in AUTHOR_META if name in page.meta and not NO_AUTHOR.search(page.meta[name]))
    line = shown or ", ".join(declared) or next(meta, None) or page.text(AUTHORS) or ""
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
