"""All articles that a search finds, as CSV for spreadsheets or JSON Lines for programs, however many there are.

They are read by cursor from one snapshot and sent as they come, so that neither side holds them all.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, abort, request

from search.article import canonical_json, slug
from search.document import Document
from search.engine import Snapshot
from search.schema import about_keys
from web.holdings import holdings
from web.question import Question, ask

BATCH = 200
FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")

COLUMNS: dict[str, Callable[[Document], str]] = {
    "id": lambda d: d.article.id,
    "title": lambda d: d.article.title,
    "outlet": lambda d: d.article.source,
    "published": lambda d: d.article.published.value or "",
    "precision": lambda d: d.article.published.precision or "",
    "published_from": lambda d: d.article.published.method,
    "confidence": lambda d: f"{d.article.published.confidence:.2f}",
    "earliest": lambda d: _day(d.article.published.earliest),
    "latest": lambda d: _day(d.article.published.latest),
    "authors": lambda d: "; ".join(d.article.authors),
    "section": lambda d: d.article.section or "",
    "language": lambda d: d.article.language,
    "url": lambda d: d.article.url or "",
    "people": lambda d: "; ".join(d.entities("PER")),
    "organisations": lambda d: "; ".join(d.entities("ORG")),
    "places": lambda d: "; ".join(d.entities("LOC")),
    "cited_sources": lambda d: "; ".join(d.cites),
    "speaks_of": lambda d: "; ".join(about_keys(d)),
    "text": lambda d: d.article.text[d.article.body_start:],
}

exports = Blueprint("exports", __name__)


@exports.get("/export.<form>")
def export(form: str) -> Response:
    """Every article found, in the page's order."""
    if form not in ("csv", "jsonl"):
        abort(404)
    held = holdings()
    question, snapshot = ask(request.args.items(multi=True), held.settings), held.snapshot()
    documents = found(snapshot, question)
    lines = csv_lines(documents) if form == "csv" else json_lines(documents)
    kind = "text/csv" if form == "csv" else "application/jsonl"
    name = f"dateline-{slug(question.address.query)[:40]}" if question.address.query else "dateline"
    return Response(lines, content_type=f"{kind}; charset=utf-8",
                    headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'})


def found(snapshot: Snapshot, question: Question) -> Iterator[Document]:
    """All documents that a question finds, from its first page on, whatever page it asks for."""
    question = replace(question, address=question.address.at(1))
    after: str | None = None
    while True:
        results = snapshot.search(question.request(limit=BATCH, after=after))
        yield from (hit.document for hit in results.hits)
        after = results.next
        if after is None:
            return


def csv_lines(documents: Iterator[Document]) -> Iterator[bytes]:
    """RFC 4180, with the mark by which spreadsheets know UTF-8 and no cell that they would take for a formula."""
    yield "\ufeff".encode()
    yield _row(COLUMNS)
    for document in documents:
        yield _row(cell(read(document)) for read in COLUMNS.values())


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _row(cells: Iterator[str] | dict[str, Callable[[Document], str]]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would otherwise run it as a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def json_lines(documents: Iterator[Document]) -> Iterator[bytes]:
    """One document to a line, with everything that the index holds of it."""
    for document in documents:
        yield (canonical_json(document.to_json()) + "\n").encode("utf-8", "replace")
