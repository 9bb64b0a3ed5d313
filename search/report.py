"""From results to lines for a terminal, and to JSON.

Matches stand in bold on a terminal, and between ‹ and › elsewhere.
"""

import re
import sys
from collections.abc import Iterator, Sequence

import click

from search.article import Json, Published
from search.query.terms import shown
from search.results import Facet, Hit, Note, Results, Share, Snippet

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # what could make a terminal do things


def hit_lines(number: int, hit: Hit) -> Iterator[str]:
    """A hit as lines: title; outlet, date, score and id; what the score is made of; snippet; address."""
    article = hit.document.article
    yield f"{number}. {_marked(hit.title)}"
    facts = [article.source, date_words(article.published), f"score {hit.score:.2f}" if hit.score else "", article.id]
    yield _clean("   " + " · ".join(fact for fact in facts if fact))
    if hit.shares:
        yield _clean(f"   {' + '.join(map(_share_words, hit.shares))}")
    if hit.snippet.text:
        yield f"   {_marked(hit.snippet)}"
    if article.url:
        yield _clean(f"   {article.url}")


def _share_words(share: Share) -> str:
    where = f" in the {share.field}" if share.field else ""
    return f"{share.score:.2f} for “{shown(share.term)}”{where}"


def date_words(published: Published) -> str:
    """The date of publication as it is known, with the bounds of an unknown one."""
    if published.value:
        return published.value.replace("T", " ")
    bounds = [f"after {published.earliest}" if published.earliest else "",
              f"before {published.latest}" if published.latest else ""]
    return " ".join(["date unknown", *filter(None, bounds)])


def facet_lines(facet: Facet) -> Iterator[str]:
    """A facet as lines: its name, each value with its count, and how many are not shown."""
    yield f"{facet.field} ({facet.distinct:,})"
    yield from (_clean(f"{value.count:>8,}  {value.value}") for value in facet.values)
    if facet.missing:
        yield f"{facet.missing:>8,}  (none)"


def results_json(results: Results, explained: str, notes: Sequence[Note]) -> dict[str, Json]:
    """Results as data: what was searched, how many there are, the hits, the facets, and what was cut."""
    return {
        "query": explained, "total": results.total, "exact": results.exact, "seconds": results.seconds,
        "generation": results.generation, "next": results.next,
        "notes": [{"kind": note.kind, "text": note.text} for note in (*notes, *results.notes)],
        "hits": [hit_json(hit) for hit in results.hits],
        "facets": {name: facet_json(facet) for name, facet in results.facets.items()},
    }


def hit_json(hit: Hit) -> dict[str, Json]:
    """A hit as data, without the body of its article."""
    article = hit.document.article
    return {"id": article.id, "source": article.source, "title": article.title, "url": article.url,
            "published": article.published.to_json(), "language": article.language, "score": hit.score,
            "shares": [share_json(share) for share in hit.shares],
            "snippet": hit.snippet.text, "matches": {"title": hit.title.spans, "snippet": hit.snippet.spans}}


def share_json(share: Share) -> dict[str, Json]:
    """What a term adds to a score, as data."""
    return {"term": shown(share.term), "field": share.field, "score": share.score}


def facet_json(facet: Facet) -> dict[str, Json]:
    """A facet as data."""
    return {"values": [{"value": value.value, "count": value.count} for value in facet.values],
            "distinct": facet.distinct, "missing": facet.missing}


def _marked(snippet: Snippet) -> str:
    pieces, last = [], 0
    for start, end in snippet.spans:
        pieces += [_clean(snippet.text[last:start]), _mark(_clean(snippet.text[start:end]))]
        last = end
    return "".join([*pieces, _clean(snippet.text[last:])])


def _mark(text: str) -> str:
    return click.style(text, bold=True) if sys.stdout.isatty() else f"‹{text}›"


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text)
