"""Headers on every answer, errors among them; limits; error pages."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import GenerationDamaged
from search.settings import Settings
from tests.web.news import library
from web.app import create_app
from web.guard import HEADERS, LONGEST_ADDRESS
from web.holdings import KEY, Holdings

ANSWERS = {
    "/": 200, "/?q=ferry": 200, "/facet/person": 200, "/facet/colour": 404, "/article/odd:arabic": 200,
    "/article/x": 404, "/person/Ilse Varga": 200, "/cites/Ilse Varga": 200, "/place/Nowhere": 404,
    "/api/v1/search": 200, "/api/v1/articles/odd:arabic": 200, "/api/v1/articles/x": 404, "/api/nothing": 404,
    "/feed.atom": 200, "/export.csv?q=ferry": 200, "/export.jsonl?q=ferry": 200, "/export.exe": 404, "/healthz": 200,
    "/readyz": 200, "/robots.txt": 200, "/opensearch.xml": 200, "/static/dateline.css": 200, "/static/nothing.css": 404,
    "/static/../app.py": 404, "/nothing": 404, "/" + "a" * LONGEST_ADDRESS: 414, "/?q=" + "a" * LONGEST_ADDRESS: 414,
}


def strict(response_headers: dict[str, str]) -> None:
    assert {name: response_headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("url", ANSWERS, ids=lambda url: url[:30])
def test_every_answer_has_the_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        assert answer.status_code == ANSWERS[url]
        strict(dict(answer.headers))
        assert "Set-Cookie" not in answer.headers


def test_every_route_is_among_those_asked(app: Flask) -> None:
    asked = {url.split("?")[0] for url in ANSWERS}
    for rule in app.url_map.iter_rules():
        start = rule.rule.split("<")[0]
        assert any(url.startswith(start) and (start != "/" or url == "/") for url in asked), rule


def test_nothing_can_be_sent(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.open("/", method=method)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]
        assert "nothing can be sent" in answer.get_data(as_text=True)
        strict(dict(answer.headers))


def test_nothing_indexed_tells_what_to_run(empty: FlaskClient) -> None:
    for url in ("/", "/facet/person", "/article/x", "/org/x", "/feed.atom", "/export.csv"):
        answer = empty.get(url)
        assert answer.status_code == 503
        assert "dateline add PATH" in answer.get_data(as_text=True)
        assert answer.headers["Retry-After"] == "60"
        strict(dict(answer.headers))


@pytest.mark.parametrize(("error", "status", "words"), [
    (GenerationDamaged("a file is gone; run `dateline reindex`"), 503, "cannot be read just now"),
    (RuntimeError("secret detail"), 500, "Something went wrong here"),
])
def test_what_breaks_is_logged_and_not_shown(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
        error: Exception, status: int, words: str) -> None:
    def broken(_: Holdings) -> None:
        raise error

    app = create_app(tmp_path, Settings(), engine=library())
    monkeypatch.setattr(Holdings, "snapshot", broken)
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/")
    assert answer.status_code == status
    assert words in answer.get_data(as_text=True)
    assert str(error) not in answer.get_data(as_text=True)
    assert str(error) in caplog.text
    strict(dict(answer.headers))
    app.extensions[KEY].close()


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/?q=ferry")
    again = client.get("/?q=ferry", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    strict(dict(again.headers))
    name = client.get("/person/Ilse Varga")
    assert client.get("/person/Ilse Varga", headers={"If-None-Match": name.headers["ETag"]}).status_code == 304
    assert client.get("/?q=flood", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_pages_hold_neither_scripts_nor_styles_of_their_own(client: FlaskClient) -> None:
    for url in ("/?q=ferry", "/facet/person", "/article/the-lantern:103", "/person/Ilse Varga", "/org/x", "/nothing"):
        html = client.get(url).get_data(as_text=True)
        for forbidden in ("<script", "<style", " style=", " onclick", "http://", "<iframe"):
            assert forbidden not in html.replace("http://www.w3.org/2000/svg", ""), (url, forbidden)


def test_the_stylesheet_is_small_and_asks_for_nothing_else(client: FlaskClient) -> None:
    css = client.get("/static/dateline.css", buffered=True).get_data(as_text=True)
    assert len(css) < 13_000
    assert "url(" not in css
    assert "@import" not in css
