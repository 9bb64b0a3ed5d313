import base64
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.scoring import bm25 as whoosh_bm25

from search.article import Published
from search.ranking import (
    DIGITS,
    UNDATED,
    Key,
    Page,
    bm25,
    extent,
    idf,
    key,
    page,
    read_cursor,
    stored_length,
    write_cursor,
)
from search.request import Request, Sort

PLACES = st.floats(allow_nan=False)
IDS = st.text(st.characters(codec="utf-8"))
SCORES, MOMENTS = st.sampled_from((-2.5, 0.0)), st.sampled_from((-7.0, -1.0, UNDATED))
KEYS = st.lists(st.tuples(SCORES, MOMENTS, st.sampled_from("abcde")), max_size=12, unique=True).map(sorted)


@given(st.floats(0.1, 20), st.integers(1, 1000), st.integers(1, 106374), st.floats(1, 5000))
def test_scores_are_those_of_whoosh(weight: float, frequency: int, length: int, average: float) -> None:
    assert bm25(weight, frequency, length, average) == pytest.approx(
        whoosh_bm25(weight, frequency, length, average, 0.75, 1.2), rel=1e-12)


def test_a_score_by_hand() -> None:
    assert idf(10, 4) == pytest.approx(1.6931471805599454)  # ln(10 / 5) + 1
    assert bm25(2.0, 3, 10, 10.0) == pytest.approx(2 * 3 * 2.2 / (3 + 1.2))


def test_lengths_are_exact_up_to_ten_and_then_rounded_up() -> None:
    assert [stored_length(terms) for terms in range(11)] == list(range(11))
    lengths = [stored_length(terms) for terms in range(3000)]
    assert lengths == sorted(lengths)
    assert all(terms <= length <= max(terms + 1, 1.1 * terms) for terms, length in enumerate(lengths))
    assert stored_length(106374) == stored_length(10**7) == 106374


def test_hits_are_ordered_by_score_or_date_undated_ones_last_and_then_by_id() -> None:
    dates = {"a": None, "b": "2019-01-01T00:00Z", "c": "2019", "d": "2020", "e": "2018"}
    equal = 0.5 + 10.0**-(DIGITS + 1)  # as good as a half
    scores = {"a": 1.0, "b": 0.5, "c": equal, "d": 2.0, "e": 0.5}

    def order(sort: Sort) -> str:
        keys = sorted(key(sort, id_, Published(value).moment, scores[id_]) for id_, value in dates.items())
        return "".join(id_ for *_, id_ in keys)
    assert (order("relevance"), order("newest"), order("oldest")) == ("dabce", "dbcea", "ebcda")


def test_the_undated_come_after_any_date() -> None:
    for sort in ("newest", "oldest"):
        assert key(sort, "a", None, 9.0) > key(sort, "b", Published("0001").moment, 0.0)
        assert key(sort, "a", None, 9.0) > key(sort, "b", Published("9999-12-31T23:59").moment, 0.0)


@given(PLACES, PLACES, IDS)
def test_a_cursor_is_read_as_it_was_written(score: float, moment: float, id_: str) -> None:
    token = write_cursor((score, moment, id_))
    assert read_cursor(token) == (score, moment, id_)
    assert token.isascii()
    assert not set(token) & set("=+/&?#% ")


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("token", [
    "", "!", "a", "é", "\ud800", "\0", encoded("{}"), encoded("[]"), encoded("[1]"), encoded('[1, "a", 2]'),
    encoded("[1, 2, 3]"), encoded('["x", 1, "a"]'), encoded('[null, 1, "a"]'), encoded('[1, NaN, "a"]'),
    encoded('"abc"'), encoded('[1, "a"]'), encoded("12"),
    encoded(f'[1{"0" * 400}, 1, "a"]'), encoded(f'[1{"0" * 5000}, 1, "a"]'), encoded("[" * 5000), encoded("[1,"),
    base64.urlsafe_b64encode(b"\xff\xfe[1]").decode(),
])
def test_what_is_no_cursor_is_none(token: str) -> None:
    assert read_cursor(token) is None


@given(st.text())
def test_any_text_is_a_cursor_or_none(token: str) -> None:
    found = read_cursor(token)
    assert found is None or isinstance(found[2], str)


def turned_to(keys: list[Key], request: Request, depth: int) -> Page:
    return page(keys, extent(request, len(keys), depth))


def by_offset(keys: list[Key], limit: int, depth: int) -> Iterator[Page]:
    for offset in range(0, len(keys), limit):
        yield turned_to(keys, Request(offset=offset, limit=limit), depth)


def by_cursor(keys: list[Key], limit: int) -> Iterator[Page]:
    shown = turned_to(keys, Request(limit=limit), 100)
    yield shown
    while shown.next is not None:
        shown = turned_to(keys, Request(limit=limit, after=shown.next), 1)
        yield shown


@given(KEYS, st.integers(1, 5))
def test_pages_by_offset_and_by_cursor_are_all_hits_in_order(keys: list[Key], limit: int) -> None:
    for pages in (list(by_offset(keys, limit, 100)), list(by_cursor(keys, limit))):
        assert [at for shown in pages for at in shown.keys] == keys
        assert all(len(shown.keys) == limit for shown in pages[:-1])
        assert not any(shown.notes for shown in pages)
        assert [shown.next is None for shown in pages] == [*[False] * (len(pages) - 1), True][:len(pages)]


@given(KEYS, st.integers(1, 5), st.integers(1, 15))
def test_page_numbers_end_at_their_depth_and_say_so_if_hits_remain(keys: list[Key], limit: int, depth: int) -> None:
    pages = list(by_offset(keys, limit, depth))
    assert [at for shown in pages for at in shown.keys] == keys[:depth]
    for number, shown in enumerate(pages):
        cut = len(keys) > depth and (number + 1) * limit > depth
        assert [note.kind for note in shown.notes] == (["limit"] if cut else [])


@given(KEYS.filter(bool), st.integers(1, 5))
def test_a_cursor_goes_on_where_its_hit_stood_even_when_the_hit_is_gone(keys: list[Key], place: int) -> None:
    at = keys[min(place, len(keys)) - 1]
    for present in (keys, [other for other in keys if other != at]):
        shown = turned_to(present, Request(limit=20, after=write_cursor(at)), 1)
        assert list(shown.keys) == [other for other in keys if other > at]


def test_a_cursor_that_cannot_be_read_gives_the_first_page_and_says_so() -> None:
    keys = [(0.0, 0.0, "a"), (0.0, 0.0, "b")]
    shown = turned_to(keys, Request(limit=1, after="?"), 10)
    assert list(shown.keys) == keys[:1]
    assert [note.kind for note in shown.notes] == ["syntax"]


def test_beyond_the_last_hit_is_nothing() -> None:
    assert turned_to([(0.0, 0.0, "a")], Request(offset=7), 10) == Page([], None, ())
    assert turned_to([], Request(), 10) == Page([], None, ())
    assert turned_to([(0.0, 0.0, "a")], Request(limit=0), 10) == Page([], None, ())
