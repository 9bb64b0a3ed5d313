"""The article on a page is found among all else; a page without one is refused with a reason."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrapers.extract import article_text, extract
from search.errors import ImportRefused

from .conftest import SENTENCES

URL = "https://ombratimes.example/a"
LINKS = "".join(f'<li><a href="/{n}">A headline of some other story, number {n}</a></li>' for n in range(30))
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LONG = "Everyone who lives near the bridge will be asked, again and again, to comment, subscribe, share and vote here. "


@pytest.mark.parametrize(
    "beside",
    [
        f"<nav><ul>{LINKS}</ul></nav>",
        f'<div class="related-stories"><h3>More</h3><ul>{LINKS}</ul></div>',
        f"<aside><p>{LONG}</p></aside>",
        f'<div id="comments"><p>{LONG}</p></div>',
        f'<section class="newsletter"><p>{LONG}</p></section>',
        f'<div class="author-bio"><p>{LONG}</p></div>',
        f'<div role="dialog"><p>{LONG}</p></div>',
        f"<footer><p>{LONG}</p></footer>",
        f"<form><p>{LONG}</p></form>",
        f"<script>var x = '{LONG}';</script>",
        f"<p hidden>{LONG}</p>",
        "<p>Advertisement</p>",
        '<p class="read-more">Read more: <a href="/x">Ferry sinks at its moorings</a></p>',
        "<ul class='share'><li>Facebook</li><li>Twitter</li></ul>",
    ],
)
def test_what_stands_beside_or_in_the_article_is_left_out(beside: str) -> None:
    half = len(PARAGRAPHS) // 2
    cut = PARAGRAPHS.index("</p>", half) + len("</p>")
    inside = f"<article><h1>Old bridge</h1>{PARAGRAPHS[:cut]}{beside}{PARAGRAPHS[cut:]}</article>"
    for html in (inside, f"{beside}<div><h1>Old bridge</h1><div>{PARAGRAPHS}</div></div>{beside}"):
        assert extract(f"<html><body>{html}</body></html>", URL).body.paragraphs == SENTENCES


def test_line_breaks_part_paragraphs() -> None:
    html = f"<table><tr><td><a href='/'>Home</a></td><td>{'<br><br>'.join(SENTENCES)}</td></tr></table>"
    assert extract(html, URL).body.paragraphs == SENTENCES


def test_an_article_in_pieces_is_put_together() -> None:
    more = tuple(f"Secondly: {sentence}" for sentence in SENTENCES)
    second = "".join(f"<p>{paragraph}</p>" for paragraph in more)
    html = f"<main><div class='a'>{PARAGRAPHS}</div><div class='ad'>x</div><div class='b'>{second}</div></main>"
    assert extract(html, URL).body.paragraphs == (*SENTENCES, *more)


def test_captions_dateline_and_credit_are_parts_of_their_own() -> None:
    html = (
        "<div class='story'><figure><figcaption>The bridge (Photo: Ann Lee)</figcaption></figure><div class='text'>"
        f"<p>OMBRA — {SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p><p>(Harbour Media)</p></div></div>"
    )
    body = extract(html, URL).body
    assert (body.captions, body.dateline, body.credit) == (("The bridge (Photo: Ann Lee)",), "OMBRA", "Harbour Media")
    assert body.paragraphs == SENTENCES[:3]
    assert article_text(html, URL) == "\n".join(("OMBRA — " + SENTENCES[0], *SENTENCES[1:3]))


def test_a_page_drawn_by_a_script_is_read_from_what_the_script_is_given() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(SENTENCES)})
    html = f'<script type="application/ld+json">{data}</script><body><div id="app">Loading</div></body>'
    assert extract(html, URL).body.paragraphs == SENTENCES


def test_a_known_outlet_is_read_by_its_layout() -> None:
    html = (
        f"<div><p>{LONG * 9}</p></div><div class='story-body'><p>{SENTENCES[0]}</p><aside>{LONG}</aside>"
        f"<p>{SENTENCES[1]}</p><div class='correction'><p>Correction: it was Monday.</p></div></div>"
    )
    found = extract(html, "https://www.salencourier.example/a")
    assert (found.body.paragraphs, found.correction) == (SENTENCES[:2], "Correction: it was Monday.")


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("", "blank"),
        ("<html><head><title>Cut in the mid", "blank"),
        ("<html><body>  <br> </body></html>", "blank"),
        (f"<body><h1>News</h1><ul>{LINKS}</ul></body>", "section front"),
        ("<body><p>Please turn on JavaScript.</p></body>", "section front"),
        (f"<title>404 - Ombra Times</title><body>{PARAGRAPHS}</body>", "error message"),
        (f"<title>Page not found | Ombra Times</title><body>{PARAGRAPHS}</body>", "error message"),
        (f"<title>Just a moment...</title><body>{PARAGRAPHS}</body>", "error message"),
    ],
)
def test_a_page_that_is_no_article_says_why(html: str, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        extract(html, URL)


@pytest.mark.parametrize(
    "title", ["500 days of the old bridge", "404 votes for the mayor", "Forbidden fruit sells well"]
)
def test_a_headline_that_begins_like_an_error_is_none(page: Callable[..., str], title: str) -> None:
    assert extract(page(title=title), URL).body.paragraphs == SENTENCES


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "x",
        "<p>" * 50_000,
        "<a " * 50_000,
        "<!--" * 50_000,
        "<b>" * 20_000 + "x" * 100,
        "&" * 100_000,
    ],
)
def test_pages_made_to_hurt_are_refused_in_time(html: str) -> None:
    for url in (URL, "https://www.vardisledger.example/a"):
        with pytest.raises(ImportRefused):
            extract("<article>" + html, url)


MARKUP = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<table>",
        "<td>",
        "<a href=x>",
        "</a>",
        "<article>",
        "<li",
        "<!--",
        "-->",
        "<script>",
        "</body>",
        '<div class="story-body">',
        "<figcaption>",
        "&#0;",
        "\0",
        SENTENCES[0],
        SENTENCES[1],
    ]
)


@settings(max_examples=150)
@given(
    st.lists(MARKUP | st.text(max_size=20), max_size=25),
    st.sampled_from([URL, "https://www.salencourier.example/a", "http://["]),
)
def test_any_markup_is_an_article_or_refused(pieces: list[str], url: str) -> None:
    try:
        found = extract("".join(pieces), url)
    except ImportRefused:
        return
    assert all(paragraph.strip() for paragraph in found.body.paragraphs)
