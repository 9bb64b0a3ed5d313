"""For whatever watches the server: whether it runs, and whether it can answer from an index."""

from flask import Blueprint, Response, jsonify

from search.errors import EngineError
from web.holdings import holdings

health = Blueprint("health", __name__)

ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /export
Disallow: /facet/
Disallow: /feed.atom
Disallow: /*?
"""


@health.get("/healthz")
def alive() -> Response:
    """200 as long as requests are answered at all."""
    return _fresh(jsonify(status="ok"))


@health.get("/readyz")
def ready() -> Response:
    """200 with the live generation, 503 with a reason where there is none that can be read."""
    try:
        generation = holdings().snapshot().generation
    except EngineError as error:
        answer = jsonify(status="unavailable", reason=str(error))
        answer.status_code = 503
        return _fresh(answer)
    return _fresh(jsonify(status="ok", generation=generation.id, articles=generation.articles))


@health.get("/robots.txt")
def robots() -> Response:
    """Articles may be crawled; the endless combinations of facets may not."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")


def _fresh(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
