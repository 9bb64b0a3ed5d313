"""The application: everything else wired together."""

from pathlib import Path
from typing import Any

from flask import Flask, url_for

from search.article import sha256
from search.engine import Engine
from search.names.spelling import FIELD_TYPES
from search.settings import Settings, load
from web import wording
from web.address import Address
from web.api import api
from web.articles import articles
from web.entities import entities, entity_url
from web.exports import exports
from web.feeds import feeds
from web.guard import guard
from web.health import health
from web.holdings import KEY, Holdings
from web.marks import marked
from web.opensearch import opensearch
from web.pages import pages

STYLE = "dateline.css"


def create_app(archive: Path, settings: Settings | None = None, *, engine: Engine | None = None) -> Flask:
    """The web application for the archive in a folder.

    Without `settings`, those of the folder and the environment; without `engine`, the one that they name. Raises
    SettingsError, UnknownEngine, ArchiveTooNew. That nothing is indexed yet is told on the pages.
    """
    app = Flask("web")
    app.extensions[KEY] = Holdings.open(archive, settings or load(archive), engine)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    for blueprint in (pages, articles, entities, api, feeds, exports, health, opensearch):
        app.register_blueprint(blueprint)
    _words(app)
    guard(app)
    return app


def _words(app: Flask) -> None:
    """What templates can say."""
    style = sha256((Path(app.static_folder or "") / STYLE).read_bytes())[:12]
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(
        sentence=wording.sentence, number=wording.number, counted=wording.counted, moment=wording.moment,
        iso_words=wording.iso_words, published_words=wording.published_words, provenance=wording.provenance,
        sureness=wording.sureness, marked=marked, href=_href,
        direction=wording.direction)
    env.globals.update(style_url=lambda: url_for("static", filename=STYLE, v=style), no_choice=Address(),
                       entity_url=entity_url, name_fields=FIELD_TYPES,
                       language_words=lambda code: wording.value_words("lang", code))


def _href(address: Address, endpoint: str = "pages.search", **parts: Any) -> str:
    """The path of a page with an address's choices."""
    query = str(address)
    return url_for(endpoint, **parts) + (f"?{query}" if query else "")
