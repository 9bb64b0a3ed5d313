"""The JSON API: the search page's parameters in, the same results out, for programs.

`limit` (at most MOST_HITS), `after` (the cursor of the answer before) and `why` (what scores are made of) come on top
of those of the page.
"""

from dataclasses import asdict
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, request, url_for

from search.article import Json
from search.report import share_json
from search.results import Hit, Snippet
from web.address import PAGE
from web.facets import specs
from web.holdings import holdings
from web.question import ask

MOST_HITS = 100

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/search")
def search() -> Response:
    """Hits, facets and notes. The address of the next page is in `next` and in the Link header."""
    held = holdings()
    question, snapshot = ask(request.args.items(multi=True), held.settings), held.snapshot()
    limit, after = _limit(question.page_size), request.args.get("after") or None
    facets = specs(question.address, held.settings.facet_values)
    why = request.args.get("why") == "1"
    results = snapshot.search(question.request(facets, limit=limit, after=after, shares=why))
    following = None
    if results.next:
        pairs = [pair for pair in question.address.pairs() if pair[0] != "page"]
        cursor = [("limit", str(limit)), *([("why", "1")] if why else []), ("after", results.next)]
        following = f"{request.script_root}{request.path}?{urlencode(pairs + cursor)}"
    answer = jsonify({
        "query": {"text": question.address.query, "words": question.words, "sort": question.order,
                  "canonical": str(question.address)},
        "notes": [asdict(note) for note in dict.fromkeys(question.notes + results.notes)],
        "total": results.total, "exact": results.exact, "generation": results.generation, "seconds": results.seconds,
        "hits": [_hit(hit) for hit in results.hits],
        "facets": {name: asdict(facet) for name, facet in results.facets.items()},
        "next": following,
    })
    if following:
        answer.headers["Link"] = f'<{following}>; rel="next"'
    return answer


@api.get("/articles/<id_>")
def article(id_: str) -> Response:
    """An article and everything that was found in it; offsets count code points of its `text`."""
    document = holdings().snapshot().document(id_) or abort(404)
    return jsonify({**document.to_json(), "text": document.article.text})


def _limit(usual: int) -> int:
    text = request.args.get("limit", "")
    return min(int(text), MOST_HITS) if PAGE.fullmatch(text) else usual


def _hit(hit: Hit) -> dict[str, Json]:
    document, article = hit.document, hit.document.article
    return {
        "id": article.id, "address": url_for("articles.article", id_=article.id), "score": hit.score,
        "shares": [share_json(share) for share in hit.shares],
        "title": _snippet(hit.title), "snippet": _snippet(hit.snippet), "source": article.source, "url": article.url,
        "published": article.published.to_json(), "authors": list(article.authors), "section": article.section,
        "lang": article.language, "person": list(document.entities("PER")), "org": list(document.entities("ORG")),
        "place": list(document.entities("LOC")), "cites": list(document.cites),
    }


def _snippet(snippet: Snippet) -> dict[str, Json]:
    return {"text": snippet.text, "spans": [list(span) for span in snippet.spans]}
