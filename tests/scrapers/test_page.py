"""What a page declares is read, however it is broken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.page import Page, canonical


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("HTTPS://WWW.Ombra.example:443/a?utm_source=x&id=7&fbclid=y#top", "https://www.ombra.example/a?id=7"),
        ("http://ombra.example", "http://ombra.example/"),
        (" https://ombra.example/a ", "https://ombra.example/a"),
        ("http://ombra.example:8080/a", "http://ombra.example:8080/a"),
        ("https://ombra.example/a?q=%E2%80%99", "https://ombra.example/a?q=%E2%80%99"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[", None),
        ("//ombra.example/a", None),
        ("", None),
    ],
)
def test_an_address_is_made_canonical(url: str, clean: str | None) -> None:
    assert canonical(url) == clean


@pytest.mark.parametrize(
    ("head", "given", "url"),
    [
        ('<link rel="canonical" href="/a?utm_medium=m">', "https://ombra.example/b", "https://ombra.example/a"),
        ('<meta property="og:url" content="https://ombra.example/a#x">', None, "https://ombra.example/a"),
        ('<link rel="canonical" href="https://ombra.example/">', "https://ombra.example/b", "https://ombra.example/b"),
        ("", "https://ombra.example/b", "https://ombra.example/b"),
        ("", None, None),
        ('<link rel="canonical" href="/a">', None, None),
        ('<link rel="canonical" href="http://[bad">', "https://ombra.example/b", "https://ombra.example/b"),
        ('<link rel="canonical" href="https://other.example/a">', "https://ombra.example/b", "https://ombra.example/b"),
        ('<link rel="canonical" href="https://www.ombra.example/a">', "https://m.ombra.example/b",
         "https://www.ombra.example/a"),
    ],
)
def test_the_address_is_as_the_page_declares_it(head: str, given: str | None, url: str | None) -> None:
    assert Page(f"<html><head>{head}</head><body>x</body></html>", given).url == url


def test_a_page_saved_by_a_browser_names_its_address() -> None:
    saved = "<!-- saved from url=(0029)https://ombra.example/a?ref=x -->\n<html><body>x</body></html>"
    assert Page(saved).url == "https://ombra.example/a"


def test_json_ld_is_found_wherever_it_is_nested() -> None:
    graph = {"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle", "Thing"], "headline": "Old bridge to close"}]}
    page = Page(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert page.declared_article["headline"] == "Old bridge to close"


@pytest.mark.parametrize(
    "script",
    [
        "{",
        "[" * 100_000,
        '{"a":' * 50_000,
        "NaN",
        '"text"',
        "null",
        '{"@type": {"a": 1}}',
        '{"@type": null, "datePublished": 7}',
        "9" * 5000,
    ],
)
def test_hostile_json_ld_is_passed_over(script: str) -> None:
    assert Page(f'<script type="application/ld+json">{script}</script><p>x</p>').declared_article == {}


def test_line_ends_inside_json_ld_texts_do_no_harm() -> None:
    page = Page('<script type="application/ld+json">{"@type": "Article", "headline": "Old\nbridge"}</script>')
    assert page.declared_article["headline"] == "Old bridge"


@given(st.text(max_size=300))
def test_any_text_is_a_page(html: str) -> None:
    page = Page(html, "https://ombra.example/a")
    assert page.url is not None
    assert isinstance(page.meta, dict)
    assert page.declared_article == {}
