"""A search as an Atom feed (RFC 4287): the newest articles by publication, those of unknown date last."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request, url_for

from search.article import Published
from search.engine import Generation
from search.results import Hit, Results
from web.facets import chips
from web.holdings import holdings
from web.opensearch import NAMESPACE as OPENSEARCH
from web.question import Question, ask

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0 has no place for these

feeds = Blueprint("feeds", __name__)


@feeds.get("/feed.atom")
def atom() -> Response:
    """The newest articles of a search."""
    held = holdings()
    question, snapshot = ask(request.args.items(multi=True), held.settings), held.snapshot()
    question = replace(question, address=question.address.at(1))
    results = snapshot.search(replace(question.request(limit=ENTRIES), sort="newest"))
    root = _feed(question, results, snapshot.generation)
    return Response(ET.tostring(root, encoding="utf-8", xml_declaration=True),
                    content_type="application/atom+xml; charset=utf-8")


def _feed(question: Question, results: Results, generation: Generation) -> ET.Element:
    root = ET.Element("feed", {"xmlns": ATOM, "xmlns:opensearch": OPENSEARCH})
    query = f"?{question.address}" if question.address.pairs() else ""
    here, page = request.base_url + query, url_for("pages.search", _external=True) + query
    _put(root, "id", here)
    _put(root, "title", _title(question))
    _put(root, "updated", generation.created.astimezone(UTC).isoformat(timespec="seconds"))
    _put(root, "author").append(_named("Dateline"))
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=here)
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=page)
    _put(root, "opensearch:totalResults", str(results.total))
    _put(root, "opensearch:itemsPerPage", str(ENTRIES))
    root.extend(_entry(hit, generation) for hit in results.hits)
    return root


def _title(question: Question) -> str:
    """Names the words as they were typed, and every choice."""
    address = question.address
    asked = [f"“{address.query}”"] if address.query else []
    asked += [f"{chip.heading}: {'not ' if chip.excluded else ''}{chip.label}" for chip in chips(address)]
    return f"Dateline: newest articles{' for ' if asked else ''}{'; '.join(asked)}"


def _entry(hit: Hit, generation: Generation) -> ET.Element:
    article = hit.document.article
    entry = ET.Element("entry", {} if article.language == "und" else {"xml:lang": article.language})
    address = url_for("articles.article", id_=article.id, _external=True)
    _put(entry, "id", address)
    _put(entry, "title", article.title or "Untitled")
    published, latest = timestamp(article.published), article.published.latest
    known = published or (timestamp(Published(latest.isoformat())) if latest else None)
    _put(entry, "updated", known or generation.created.astimezone(UTC).isoformat(timespec="seconds"))
    if published and article.published.precision in ("day", "minute"):
        _put(entry, "published", published)
    for name in article.authors or (article.source,):
        _put(entry, "author").append(_named(name))
    _put(entry, "summary", hit.snippet.text)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=address)
    ET.SubElement(entry, "category", term=UNWRITABLE.sub(" ", article.source))
    return entry


def _put(parent: ET.Element, tag: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, tag)
    child.text = UNWRITABLE.sub(" ", text) if text is not None else None
    return child


def _named(name: str) -> ET.Element:
    element = ET.Element("name")
    element.text = UNWRITABLE.sub(" ", name)
    return element


def timestamp(published: Published) -> str | None:
    """The start of a date of publication as RFC 3339 wants it, in UTC; None for an unknown one.

    A time without a zone is given as if it were in UTC.
    """
    minutes = published.moment
    if minutes is None:
        return None
    return (datetime.min.replace(tzinfo=UTC) + timedelta(minutes=max(minutes, 0))).isoformat(timespec="seconds")
