"""The pages of the demonstration become what their manifest says."""

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers import demonstration, moments
from scrapers.demonstration import PAGES, fill
from scrapers.discover import Found, discover
from scrapers.imports import Imported, SetAside, read
from search.archive import Archive
from search.article import Article
from search.settings import Settings

MANIFEST: dict[str, Any] = json.loads((PAGES / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported() -> dict[str, Imported | SetAside]:
    return {Path(thing.where).relative_to(PAGES).as_posix(): thing for thing in read([PAGES])}


def summary(article: Article, page: dict[str, Any]) -> dict[str, Any]:
    """What the manifest tells of a page, as the article has it. It counts paragraphs without subheadings."""
    paragraphs = [each for each in article.paragraphs if each not in page.get("subheadings", ())]
    return {
        "title": article.title,
        "outlet": article.source,
        "url": article.url,
        "published": article.published.value,
        "first_words": paragraphs[0][: len(page["first_words"])],
        "last_words": paragraphs[-1][-len(page["last_words"]) :],
        "paragraphs": len(paragraphs),
        "authors": list(article.authors),
        "dateline": article.dateline,
        "credit": article.credit,
        "captions": list(article.captions),
        "section": article.section,
        "language": article.language,
    }


@pytest.mark.parametrize("page", MANIFEST["pages"], ids=lambda page: page["file"])
def test_a_page_becomes_what_the_manifest_says(imported: dict[str, Imported | SetAside], page: dict[str, Any]) -> None:
    thing = imported[page["file"]]
    assert isinstance(thing, Imported), thing
    expected = page | {"published": moments.read(page["published"] or "")}
    got = summary(thing.article, page)
    assert got == {key: expected[key] for key in got}


@pytest.mark.parametrize("page", MANIFEST["not_articles"], ids=lambda page: page["file"])
def test_a_page_that_is_no_article_is_set_aside(imported: dict[str, Imported | SetAside], page: dict[str, Any]) -> None:
    assert isinstance(imported[page["file"]], SetAside)


def test_every_page_is_in_the_manifest(imported: dict[str, Imported | SetAside]) -> None:
    assert set(imported) == {page["file"] for kind in ("pages", "not_articles") for page in MANIFEST[kind]}


@pytest.mark.parametrize("feed", MANIFEST["feeds"], ids=lambda feed: feed["file"])
def test_a_feed_lists_its_articles(feed: dict[str, Any]) -> None:
    found = discover((PAGES / feed["file"]).read_bytes(), feed["url"])
    urls = {page["url"] for page in MANIFEST["pages"]}
    assert len(found) == feed["items"]
    assert all(each.url in urls and each.title and each.published for each in found)


def filled(folder: Path) -> list[str]:
    with Archive.open(folder, Settings(), create=True) as archive:
        return list(fill(archive))


def test_an_archive_is_filled_and_each_figure_explained(tmp_path: Path) -> None:
    corrected = len(MANIFEST["pages"]) - len({page["url"] for page in MANIFEST["pages"]})
    first, second = filled(tmp_path), filled(tmp_path)
    assert (corrected, len(MANIFEST["not_articles"]), MANIFEST["feeds"][0]["items"]) == (1, 2, 12)
    aside = "2 pages without an article set aside, as it should be"
    version = "1 page with a correction kept as a new version"
    feed = "the feed meridian/feed.xml lists 12 articles, all in the archive"
    assert first == [f"added 98, changed 1, unchanged 0, set aside 2 ({version}; {aside})", feed]
    assert second == [f"added 0, changed 0, unchanged 99, set aside 2 ({aside})", feed]


def test_what_should_not_have_happened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    extra = Found("https://www.meridianwire.example/article/never-printed")
    monkeypatch.setattr(demonstration, "discover", lambda data, url: [*discover(data, url), extra])
    monkeypatch.setattr(demonstration, "NOT_ARTICLES", "meridian")
    figures, feed = filled(tmp_path)
    assert f"20 should have been set aside; the reasons are in {tmp_path / 'set-aside.jsonl'}" in figures
    assert feed == "the feed meridian/feed.xml lists 13 articles, 12 of them in the archive"
