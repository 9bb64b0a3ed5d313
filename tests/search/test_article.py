import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.article import ID, Article, Capture, Published, article_id, canonical_json, sha256, slug
from search.errors import InvalidRecord
from tests.anything import any_json, any_text
from tests.strategies import articles, captures

STORY = Article(
    id="courier:7", source="Courier", title="The ferry is late", paragraphs=("It left at noon.", "Nobody waved."),
    captions=("The quay.",), dateline="PORT SELWYN", credit="With agencies", language="en",
    published=Published("2019-11-18", "byline", 0.9), extra={"desk": "harbour"},
)

CAPTURE = Capture(b"<p>The ferry", "text/html", datetime(2019, 11, 18, tzinfo=UTC), "https://news.example/7")


@settings(max_examples=40)
@given(articles(any_text(1), any_json()))
def test_an_article_survives_json(article: Article) -> None:
    assert Article.from_json(json.loads(canonical_json(article.to_json()))) == article


@settings(max_examples=40)
@given(articles(any_text(1)))
def test_parts_are_the_pieces_of_the_text_in_order(article: Article) -> None:
    pieces = [article.text[part.start:part.end] for part in article.parts]
    given_ = [article.title, *article.captions, *filter(None, [article.dateline]), *article.paragraphs,
              *filter(None, [article.credit])]
    assert pieces == given_
    assert article.text == "\n\n".join(pieces)


def test_the_body_begins_after_the_title() -> None:
    assert STORY.text[STORY.body_start:].startswith("The quay.\n\nPORT SELWYN\n\nIt left")
    assert [part.kind for part in STORY.parts] == ["title", "caption", "dateline", "paragraph", "paragraph", "credit"]
    bare = Article("a", "Courier", "Only a title", ())
    assert bare.text[bare.body_start:] == ""
    untitled = Article("a", "Courier", "", ("Body.",))
    assert untitled.text[untitled.body_start:] == "Body."


@pytest.mark.parametrize(("change", "message"), [
    ({"id": "Courier 7"}, "article's id"),
    ({"id": ""}, "article's id"),
    ({"id": "a" * 201}, "article's id"),
    ({"id": "../etc"}, "article's id"),
    ({"source": " "}, "no outlet"),
    ({"title": " ", "paragraphs": ()}, "neither a title nor a body"),
    ({"paragraphs": ("Text.", "\n")}, "blank"),
    ({"captions": ("",)}, "blank"),
    ({"authors": (" ",)}, "blank"),
    ({"title": "half \ud800"}, "right charset"),
    ({"paragraphs": ("null \0",)}, "right charset"),
    ({"source": "half \udfff"}, "right charset"),
    ({"authors": ("half \ud800",)}, "right charset"),
    ({"section": "half \ud800"}, "right charset"),
    ({"url": "https://news.example/\0"}, "right charset"),
    ({"extra": {"desk": ["\ud800"]}}, "right charset"),
    ({"extra": {"day": date(2019, 11, 18)}}, "stored as JSON"),
    ({"language": "EN"}, "language code"),
    ({"language": "english"}, "language code"),
    ({"language": ""}, "language code"),
])
def test_an_article_that_contradicts_itself_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord, match=message):
        replace(STORY, **change)


@pytest.mark.parametrize("spoil", [
    lambda data: data.pop("title"), lambda data: data.pop("published"), lambda data: data.update(unheard=1),
    lambda data: data.update(paragraphs=None), lambda data: data.update(published={"value": "2019"}),
    lambda data: data["published"].update(value="tomorrow"),
    lambda data: data["published"].update(earliest="2019-13-01"),
])
def test_what_is_no_article_record_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    data = STORY.to_json()
    spoil(data)
    with pytest.raises(InvalidRecord):
        Article.from_json(data)


def test_records_cannot_be_changed() -> None:
    for record, field in ((STORY, "title"), (STORY.published, "value"), (STORY.parts[0], "start"), (CAPTURE, "body")):
        with pytest.raises(FrozenInstanceError):
            setattr(record, field, getattr(record, field))


PROVENANCE: dict[str, Any] = {"id": "courier:8", "capture": "c" * 64, "extractor": "html"}
SEEN: dict[str, Any] = {
    "source": "Gazette", "title": "The ferry is early", "paragraphs": ("It left at noon. Nobody waved.",),
    "url": "https://news.example/7", "captions": (), "dateline": None, "credit": "With others", "authors": ("A. B.",),
    "section": "Travel", "language": "fr", "published": Published("2019-11-19", "byline", 0.9),
    "extra": {"desk": "river"},
}


def test_every_field_is_either_seen_or_provenance() -> None:
    assert STORY.to_json().keys() == PROVENANCE.keys() | SEEN.keys()


@pytest.mark.parametrize("field", PROVENANCE)
def test_the_content_hash_ignores_where_an_article_came_from(field: str) -> None:
    assert replace(STORY, **{field: PROVENANCE[field]}).content_hash == STORY.content_hash


@pytest.mark.parametrize("field", SEEN)
def test_the_content_hash_sees_everything_else(field: str) -> None:
    assert replace(STORY, **{field: SEEN[field]}).content_hash != STORY.content_hash


def test_the_content_hash_ignores_how_the_date_is_known() -> None:
    surer = replace(STORY, published=Published("2019-11-18", "json-ld", 1.0, latest=date(2020, 1, 1)))
    assert surer.content_hash == STORY.content_hash


def test_the_content_hash_stays_what_it_was() -> None:
    # another hash would make every archived article a new version of itself
    assert STORY.content_hash == "4eeea8fee9d291c997dc3b1d0ad71b699b45dfdd5315ef3a0bb52aa216f07c10"


def test_a_capture_without_a_time_zone_is_refused() -> None:
    with pytest.raises(InvalidRecord, match="time zone"):
        Capture(b"", "text/html", datetime(2019, 11, 18))  # noqa: DTZ001


@given(captures(), captures())
def test_captures_are_one_when_the_same_bytes_came_from_the_same_place(one: Capture, other: Capture) -> None:
    def what(capture: Capture) -> tuple[str, str, bytes]:
        return capture.url or capture.origin or "", capture.media_type, capture.body
    assert (one.id == other.id) == (what(one) == what(other))
    assert replace(one, fetched=datetime(2001, 1, 1, tzinfo=UTC)).id == one.id


def test_articles_keep_their_ids() -> None:
    assert article_id("The Lantern", number="123") == "the-lantern:123"
    assert article_id("The Lantern", number="a-12", url="https://lantern.example/x") == "the-lantern:a-12"
    assert article_id("Échos du Sud", url="https://echos.example/1") == f"echos-du-sud:u-{sha256('https://echos.example/1')[:20]}"
    assert article_id("Échos du Sud", content="Text.") == f"echos-du-sud:t-{sha256('Text.')[:20]}"
    assert article_id("Échos du Sud", url="https://echos.example/1", content="Text.") == \
        article_id("Échos du Sud", url="https://echos.example/1", content="Other text.")
    assert article_id("وزير", number="7") == f"{sha256('وزير')[:12]}:7"


@pytest.mark.parametrize("outlets", [
    ("Россия 24", "Украина 24", "24", "日本 24"), ("Новости RT", "RT"), ("Weiß 1", "Wei 1"),
    ("a" * 61, "a" * 62, "a" * 60), ("a" * 60 + "é", "a" * 60 + "e"),
])
def test_outlets_of_different_letters_and_digits_share_no_id(outlets: tuple[str, ...]) -> None:
    ids = {article_id(outlet, number="7") for outlet in outlets}
    assert len(ids) == len(outlets)
    assert all(ID.fullmatch(id_) for id_ in ids)
    assert article_id("Россия 24", number="7") == f"24-{sha256('Россия 24')[:8]}:7"


@given(any_text(1), st.none() | any_text(), st.none() | any_text(), any_text())
def test_every_article_gets_a_valid_id(source: str, number: str | None, url: str | None, content: str) -> None:
    id_ = article_id(source, number=number, url=url, content=content)
    assert ID.fullmatch(id_)
    assert id_ == article_id(source, number=number, url=url, content=content)


@pytest.mark.parametrize("length", [60, 61, 121, 500])
def test_long_names_and_numbers_make_ids_of_bounded_length(length: int) -> None:
    ids = {article_id("a" * length, number="1" * length + last) for last in "ab"}
    assert len(ids) == 2
    assert all(ID.fullmatch(id_) for id_ in ids)


@given(st.lists(any_text(1), min_size=2, max_size=2, unique=True))
@example(["أ", "ب"])
@example(["a/1", "a-1"])
@example(["AbC", "aBc"])
@example(["é1", "e1"])
def test_two_numbers_make_two_ids(numbers: list[str]) -> None:
    one, other = (article_id("Lantern", number=number) for number in numbers)
    assert one != other


@pytest.mark.parametrize(("text", "expected"), [
    ("The Lantern", "the-lantern"), ("  Échos -- du Sud! ", "echos-du-sud"), ("ﬁle №7", "file-no7"), ("A", "a"),
    ("", sha256("")[:12]), ("日本", sha256("日本")[:12]),
])
def test_slugs_are_latin(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(any_json())
def test_equal_values_have_one_json_text(value: Any) -> None:
    def reordered(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: reordered(value[key]) for key in reversed(list(value))}
        return [reordered(item) for item in value] if isinstance(value, list) else value
    assert canonical_json(reordered(value)) == canonical_json(value)
    assert json.loads(canonical_json(value)) == value


def test_hashes_are_those_of_utf8() -> None:
    assert sha256("é") == sha256("é".encode()) != sha256("e")
