"""Title, authors, section and outlet are found where pages keep them."""

import json
from collections.abc import Callable

import pytest

from scrapers import metadata
from scrapers.page import Page

URL = "https://www.ombratimes.example/a"


def with_json_ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | values)}</script>'


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Old bridge to close - The Ombra Times</title><h1>Old bridge to close</h1>", "Old bridge to close"),
        ("<title>Old bridge to close | Ombra Times</title>", "Old bridge to close"),
        ("<title>Ombra Times - Old bridge to close</title>", "Old bridge to close"),
        (
            "<title>Mayor: bridge to close - in March | News | Ombra Times</title>",
            "Mayor: bridge to close - in March | News",
        ),
        ("<title>x</title><h1>The Ombra Times</h1><meta property='og:title' content='Old &amp; shut'>", "Old & shut"),
        ("<title>Old bridge</title><h1>Weather</h1><h1>Old bridge to close</h1>", "Old bridge to close"),
        ("<h1>Old bridge</h1>", "Old bridge"),
        ("<p>Nothing</p>", None),
    ],
)
def test_the_title_is_the_articles_own(html: str, title: str | None) -> None:
    assert metadata.title_of(Page(f"<html>{html}</html>", URL)) == title


def test_a_headline_without_a_heading_loses_its_markup() -> None:
    page = Page(with_json_ld(headline="Old <b>bridge</b> to close"))
    assert metadata.title_of(page) == "Old bridge to close"


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (with_json_ld(author=[{"name": "Ann Lee"}, "Bo Ray"]), ("Ann Lee", "Bo Ray")),
        (with_json_ld(author={"@type": "Person", "name": ["By Ann Lee"]}), ("Ann Lee",)),
        ('<meta name="author" content="By Ann Lee and Bo Ray">', ("Ann Lee", "Bo Ray")),
        ('<meta name="author" content="admin"><p class="byline">By Ann Lee | Nov. 18, 2019</p>', ("Ann Lee",)),
        ('<meta name="author" content="https://ombra.example/ann">', ()),
        ("", ()),
        (with_json_ld(author={"name": {"name": {"name": 7}}}), ()),
    ],
)
def test_authors_are_people_without_by(html: str, authors: tuple[str, ...]) -> None:
    assert metadata.authors_of(Page(html, URL)) == authors


@pytest.mark.parametrize(
    ("html", "section"),
    [
        (with_json_ld(articleSection="Local"), "Local"),
        (with_json_ld(articleSection=["Local", "Roads"]), "Local"),
        ('<meta property="article:section" content="Local">', "Local"),
        (with_json_ld(articleSection=7), None),
        ("", None),
    ],
)
def test_the_section_is_declared(html: str, section: str | None) -> None:
    assert metadata.section_of(Page(html, URL)) == section


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<meta property="og:site_name" content="Ombra Times">', "Ombra Times"),
        (with_json_ld(publisher={"name": "Ombra Times"}), "Ombra Times"),
        (with_json_ld(publisher="x"), None),
        ("", None),
    ],
)
def test_the_outlet_is_declared(html: str, name: str | None) -> None:
    assert metadata.site_name_of(Page(html, URL)) == name


def test_a_known_outlet_is_known_by_the_pages_title(page: Callable[..., str]) -> None:
    assert metadata.known_in_title(Page("<title>Old bridge to close | NRT</title>")) == "NRT"
    assert metadata.known_in_title(Page(page())) is None
