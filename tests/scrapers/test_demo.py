"""The pages of the demonstration become what their manifest says."""

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers import moments
from scrapers.cli import DEMO_PAGES
from scrapers.discover import discover
from scrapers.imports import Imported, SetAside, read
from search.article import Article

MANIFEST: dict[str, Any] = json.loads((DEMO_PAGES / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def imported() -> dict[str, Imported | SetAside]:
    return {Path(thing.where).relative_to(DEMO_PAGES).as_posix(): thing for thing in read([DEMO_PAGES])}


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
    found = discover((DEMO_PAGES / feed["file"]).read_bytes(), feed["url"])
    urls = {page["url"] for page in MANIFEST["pages"]}
    assert len(found) == feed["items"]
    assert all(each.url in urls and each.title and each.published for each in found)
