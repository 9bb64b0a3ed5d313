"""The page of an article."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.archive import Archive
from search.article import Article, Capture
from search.document import Document
from search.settings import Settings
from tests.web.news import engine_of, story
from web.app import create_app
from web.articles import external, findings
from web.holdings import KEY
from web.wording import iso_words


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_article_shows_where_it_came_from(client: FlaskClient) -> None:
    html = page(client, "/article/the-lantern:103")
    assert "Aldermoor theatre returns after the flood</h1>" in html
    assert '<time datetime="2015-10-23"' in html
    assert "from JSON-LD" in html
    assert '<a href="https://news.example/103" rel="noopener nofollow">original at news.example</a>' in html
    assert "/?f.author=Jonna+Reid" in html


def test_mentions_are_marked_with_what_they_were_read_as(client: FlaskClient) -> None:
    html = page(client, "/article/the-lantern:103")
    assert re.search(r'<mark id="at-\d+" class="about" title="Speaks of: 23 October 2015 \([^"]*">Monday</mark>', html)
    assert re.search(r'class="person cites" title="Person: Dr. Amina Rahal\nCited source: Dr. Amina Rahal"', html)


def test_marks_can_be_chosen_by_kind(client: FlaskClient) -> None:
    assert "<mark" not in page(client, "/article/the-lantern:103?marks=none")
    only = page(client, "/article/the-lantern:103?marks=place")
    assert re.findall(r'<mark id="[^"]*" class="([^"]*)"', only) == ["place"] * 3


def test_every_finding_leads_to_its_place_and_to_a_search_that_finds_the_article(client: FlaskClient) -> None:
    html = page(client, "/article/the-lantern:103")
    places = re.findall(r'href="#(at-\d+)"', html)
    assert len(places) >= 10
    assert all(f'id="{place}"' in html for place in places)
    found = story(3)
    for finding in findings(found):
        assert finding.to
        answer = client.get("/api/v1/search", query_string=[*finding.to.pairs(), ("limit", "100")])
        assert found.article.id in [hit["id"] for hit in answer.get_json()["hits"]], finding


def test_the_readers_words_are_marked_and_the_way_back_is_kept(client: FlaskClient) -> None:
    html = page(client, "/article/the-lantern:103?q=floods&f.source=The+Lantern")
    assert re.search(r'class="found" title="">flood</mark>', html)
    assert 'href="/?q=floods&amp;f.source=The+Lantern">← Back to the results' in html


def test_an_earlier_version_is_compared_word_by_word(client: FlaskClient) -> None:
    html = page(client, "/article/odd:changed")
    assert "2 versions" in html
    assert ('<del><span class="unseen">removed: </span>will resign</del> '
            '<ins><span class="unseen">added: </span>resigned</ins>') in html


def test_versions_come_from_the_archive_where_there_is_one(tmp_path: Path) -> None:
    first = Article("a:1", "Outlet", "The bridge opens", ("It opens today.",))
    second = Article("a:1", "Outlet", "The bridge opens", ("It opens tomorrow.",))
    with Archive.open(tmp_path, Settings(), create=True) as archive:
        archive.add([(first, None)])
        archive.add([(second, None)])
        replaced = archive.history("a:1")[0][1]
    app = create_app(tmp_path, Settings(), engine=engine_of([Document(second)]))
    html = page(app.test_client(), "/article/a:1")
    assert "</span>today</del> <ins>" in html
    assert f'From version 1, until <time datetime="{replaced.isoformat()}"' in html
    assert f">{iso_words(replaced.date().isoformat())}</time>, to version 2" in html
    app.extensions[KEY].close()


def test_an_index_that_lags_behind_shows_no_version_twice(tmp_path: Path) -> None:
    texts = [Article("a:1", "Outlet", "The bridge", (f"It opens on {day}.",)) for day in ("Monday", "Friday", "Sunday")]
    with Archive.open(tmp_path, Settings(), create=True) as archive:
        for text in texts:
            archive.add([(text, None)])
    app = create_app(tmp_path, Settings(), engine=engine_of([Document(texts[1])]))
    html = page(app.test_client(), "/article/a:1")
    assert "2 versions" in html
    assert html.count('<del><span class="unseen">') == 1
    app.extensions[KEY].close()


def captured(tmp_path: Path) -> FlaskClient:
    capture = Capture(b"<p>Text.</p>", "text/html", datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
                      "https://news.example/1", "one.html")
    article = Article("a:1", "Outlet", "Title", ("Text.",), capture=capture.id, extractor="dateline-1")
    with Archive.open(tmp_path, Settings(), create=True) as archive:
        archive.add([(article, capture)])
    app = create_app(tmp_path, Settings(), engine=engine_of([Document(article)]))
    app.extensions[KEY].close()
    return app.test_client()


def test_the_record_says_when_where_and_by_what_it_was_read(tmp_path: Path, client: FlaskClient) -> None:
    html = page(captured(tmp_path), "/article/a:1")
    assert '20 November 2026, 09:30 UTC</time>, from <a href="https://news.example/1"' in html
    assert "<dt>Read by</dt><dd>dateline-1</dd>" in html
    assert "nobody: it came as a record" in page(client, "/article/the-lantern:103")


def test_a_damaged_capture_is_logged_and_does_not_hide_its_article(
        tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    client = captured(tmp_path)
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as db, db:
        db.execute("UPDATE captures SET body = 'no zlib'")
    html = page(client, "/article/a:1")
    assert "Text." in html
    assert "<dt>Captured</dt>" not in html
    assert "is damaged" in caplog.text


def test_odd_articles_can_be_read(client: FlaskClient) -> None:
    assert "<h1>Untitled</h1>" in page(client, "/article/odd:untitled")
    arabic = page(client, "/article/odd:arabic")
    assert '<h1 dir="auto" lang="ar">' in arabic
    assert '<header dir="rtl">' in arabic
    assert "Z" * 900 in page(client, "/article/odd:endless")


def test_an_unknown_article_is_not_found(client: FlaskClient) -> None:
    assert client.get("/article/no:such").status_code == 404


def test_only_addresses_of_the_web_become_links() -> None:
    assert external("https://news.example/1") == ("https://news.example/1", "news.example")
    for url in (None, "", "javascript:alert(1)", "data:text/html,x", "//a.example", "http://", "http://[", "ftp://a"):
        assert external(url) is None, url
