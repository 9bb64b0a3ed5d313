"""A capture → the article in it: a page or a text dump, read as well as this version can."""

from dataclasses import dataclass, replace
from datetime import date

from scrapers import clean, dating, metadata, moments
from scrapers.clean import Body
from scrapers.decode import decode, looks_binary
from scrapers.extract import extract_page
from scrapers.language import language_of
from scrapers.outlets import Outlet, by_host, by_text, generic, host_of
from scrapers.page import Page
from search.article import PART_BREAK, Article, Capture, Published, article_id
from search.errors import ImportRefused, InvalidRecord

EXTRACTOR = "dateline-2"  # counts up with every change in what the same capture is read as
PAGE_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class _Head:
    """What is known of an article besides its body."""

    title: str
    published: Published
    url: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    language: str = ""


def article_of(capture: Capture, fallback: str | None = None) -> Article:
    """The article in a capture; `fallback` names its outlet where nothing in it does. Raises ImportRefused."""
    kind, _, parameters = capture.media_type.partition(";")
    text = decode(capture.body, parameters.partition("charset=")[2].strip(" \"'") or None)
    if looks_binary(text):
        raise ImportRefused("it is binary, not text; give pages, text dumps or JSONL")
    if not text.strip():
        raise ImportRefused("it is blank; check how it was saved")
    try:
        if kind.strip().lower() in PAGE_TYPES:
            return _from_page(capture, Page(text, capture.url), fallback)
        return _from_dump(capture, clean.lines_of(text), fallback)
    except InvalidRecord as error:
        raise ImportRefused(str(error)) from error


def _from_dump(capture: Capture, lines: list[str], fallback: str | None) -> Article:
    outlet = by_text(lines) or (generic(fallback) if fallback else None)
    if outlet is None:
        raise ImportRefused("nothing in the text names its outlet; name one with --source")
    dump = clean.dump(lines, outlet)
    head = _Head(dump.title, _shown_date(dump.body, capture.fetched.date(), outlet), section=dump.section)
    return _article(capture, outlet, head, dump.body)


def _from_page(capture: Capture, page: Page, fallback: str | None) -> Article:
    outlet = _outlet_of(page, fallback)
    layout = next((each for each in outlet.layouts if page.tree.css_first(each.body)), None)
    captured = capture.fetched.date()
    head = _Head(metadata.title_of(page, layout) or "", dating.published_of(page, captured, outlet), page.url,
                 metadata.section_of(page, layout), metadata.authors_of(page, layout), page.language)
    extracted = extract_page(page, outlet, head.title)  # last, as it takes the page apart
    if not head.title:
        raise ImportRefused("the page has no title; it may be cut short")
    if not head.published.value:
        head = replace(head, published=_shown_date(extracted.body, captured, outlet))
    extra = {"correction": extracted.correction} if extracted.correction else {}
    return replace(_article(capture, outlet, head, extracted.body), extra=extra)


def _outlet_of(page: Page, fallback: str | None) -> Outlet:
    known = by_host(page.url)
    if known:
        return known
    own_name = metadata.site_name_of(page) or metadata.known_in_title(page)
    name = own_name or fallback or host_of(page.url or "")
    if not name:
        raise ImportRefused("nothing on the page names its outlet; name one with --source")
    return generic(name)


def _shown_date(body: Body, captured: date, outlet: Outlet) -> Published:
    """The date that a line of the text gives, else what bounds it."""
    zone, day_first = outlet.time_zone, outlet.time_zone is not None
    moment = moments.find(body.dated, zone=zone, day_first=day_first) if body.dated else None
    if moment and moments.no_later_than(moment, captured):
        return Published(moment, *(("modified", 0.5) if body.modified else ("byline", 0.85)))
    return dating.unknown_date(captured, outlet)


def _article(capture: Capture, outlet: Outlet, head: _Head, body: Body) -> Article:
    text = PART_BREAK.join(body.paragraphs)
    content = PART_BREAK.join((head.published.value or "", head.title, text))
    return Article(
        id=article_id(outlet.name, number=outlet.article_id(head.url), url=head.url, content=content),
        source=outlet.name, title=head.title, paragraphs=body.paragraphs, url=head.url, captions=body.captions,
        dateline=body.dateline, credit=body.credit, authors=head.authors or body.authors, section=head.section,
        language=language_of(text, head.language or outlet.language or ""), published=head.published,
        capture=capture.id, extractor=EXTRACTOR)
