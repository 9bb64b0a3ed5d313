"""A row becomes the article that it gives, or is refused with a reason."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.jsonl import article_of_row
from search.article import Article, Json
from search.errors import ImportRefused

from .conftest import SENTENCES

ROW: dict[str, Json] = {
    "id": "7",
    "title": "Old bridge to close",
    "text": "\n\n".join(SENTENCES),
    "date": "2019-11-18T19:24:00",
    "source": "Ombra Times",
    "url": "https://ombratimes.example/7?utm_source=x",
}
LATEST = date(2020, 1, 1)


def article(**changes: Json) -> Article:
    return article_of_row(json.dumps(ROW | changes), LATEST)


def test_a_row_becomes_an_article() -> None:
    found = article(author="by Ann Lee; Bo Ray", dateline="OMBRA, Nov 18 -", topics=["bridges"], volume=3)
    assert (found.id, found.source, found.published.value) == ("ombra-times:7", "Ombra Times", "2019-11-18T19:24")
    assert (found.authors, found.dateline) == (("Ann Lee", "Bo Ray"), "OMBRA, Nov 18")
    assert (found.url, found.paragraphs) == ("https://ombratimes.example/7", SENTENCES)
    assert (found.language, found.capture, found.extractor) == ("en", None, "given")
    assert found.extra == {"topics": ["bridges"], "volume": 3}


def test_the_same_words_on_another_day_are_another_article() -> None:
    column = {"id": None, "url": None, "title": "Weather", "text": "Sunny."}
    assert article(**column, date="2019-11-18").id == article(**column, date="2019-11-18").id
    assert article(**column, date="2019-11-18").id != article(**column, date="2019-11-19").id


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One\nline.\n\nTwo.", ("One line.", "Two.")),
        ("One.\nTwo.", ("One.", "Two.")),
        ("One.\r\n \r\nTwo.", ("One.", "Two.")),
    ],
)
def test_blank_lines_part_paragraphs_or_else_line_ends_do(text: str, paragraphs: tuple[str, ...]) -> None:
    assert article(text=text).paragraphs == paragraphs


def test_what_is_the_sites_is_kept_beside_the_text() -> None:
    form = ("Leave a ReplyYour email address will not be published. Required fields are marked *Comment Name *",
            "Save my name, email, and website in this browser for the next time I comment.")
    given = ("Old bridge to close", *SENTENCES, *form)
    kinds: tuple[dict[str, Json], ...] = ({"text": "\n\n".join(given)}, {"paragraphs": list(given)})
    for changes in kinds:
        found = article(**changes)
        assert (found.paragraphs, found.extra) == (SENTENCES, {"left_out": [given[0], *form]})
    assert article(title="", text="\n\n".join(form)).paragraphs == form


def test_an_id_made_of_the_content_is_that_of_the_content_as_given() -> None:
    bare: dict[str, Json] = {"id": None, "url": None}
    with_form = article(**bare, text="\n\n".join((*SENTENCES, "Leave a Reply")))
    assert with_form.paragraphs == SENTENCES
    assert with_form.id != article(**bare).id


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"date": "2019-13-45"}, {"date": "2019-13-45"}),
        ({"date": "2031-01-01"}, {"date": "2031-01-01"}),
        ({"url": "not an address"}, {"url": "not an address"}),
        ({"id": "A 7"}, {"id": "A 7"}),
        ({"date": ""}, {}),
        ({"url": None}, {}),
    ],
)
def test_what_a_row_says_and_cannot_be_is_kept_as_it_was(changes: dict[str, Json], kept: dict[str, Json]) -> None:
    assert article(**changes).extra == kept


def test_a_row_without_a_date_is_bounded_by_the_day_it_existed_on() -> None:
    published = article(date=None).published
    assert (published.value, published.latest) == (None, LATEST)


def test_a_row_without_a_title_is_a_brief() -> None:
    brief = article(title="")
    assert (brief.title, brief.paragraphs) == ("", SENTENCES)


def test_the_host_or_the_reader_names_the_outlet_of_a_row_without_one() -> None:
    nameless = json.dumps(ROW | {"source": None})
    assert article_of_row(nameless, LATEST).source == "ombratimes.example"
    assert article_of_row(nameless, LATEST, "Ombra Times").source == "Ombra Times"


BAD_CHANGES: tuple[dict[str, Json], ...] = (
    {"text": ""},
    {"text": ["a"]},
    {"title": {}},
    {"source": None, "url": None},
    {"text": "half \ud800 a character"},
    {"extra": "\ud800"},
    {"captions": "one"},
    {"id": True},
)
BAD_LINES = ("{", "[]", "7", "null", '"text"', "[" * 100_000, *(json.dumps(ROW | changes) for changes in BAD_CHANGES))


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_row_is_refused_with_a_reason(line: str) -> None:
    with pytest.raises(ImportRefused, match=r"[;(]"):
        article_of_row(line, LATEST)


KEYS = (
    "id",
    "title",
    "text",
    "date",
    "source",
    "url",
    "author",
    "authors",
    "captions",
    "paragraphs",
    "topics",
    "language",
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES))
def test_any_row_is_an_article_or_refused(row: dict[str, Json]) -> None:
    try:
        found = article_of_row(json.dumps({"text": "x", "source": "y"} | row), LATEST)
    except ImportRefused:
        return
    assert Article.from_json(json.loads(json.dumps(found.to_json()))) == found
