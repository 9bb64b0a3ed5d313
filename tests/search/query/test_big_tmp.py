"""Whatever a reader types, an answer comes, and it keeps to the limits."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.explain import explain
from search.query.parse import parse
from search.query.simplify import simplify
from search.settings import Settings
from tests.search.query.trees import TEXTS, alternatives, height, size

TODAY = date(2026, 11, 20)
SMALL = Settings(query_characters=40, query_terms=3, query_depth=2)


@settings(deadline=None, max_examples=20000)
@given(TEXTS)
def test_every_text_gives_a_plain_tree_within_the_limits(text: str) -> None:
    limits = Settings()
    parsed = parse(text, limits, TODAY)
    assert simplify(parsed.tree) == parsed.tree
    assert size(parsed.tree) <= limits.query_terms
    assert alternatives(parsed.tree) <= limits.query_depth + 1
    assert all(note.text.encode() for note in parsed.notes)


@settings(deadline=None, max_examples=20000)
@given(TEXTS)
def test_small_limits_are_kept_and_told(text: str) -> None:
    parsed = parse(text, SMALL, TODAY)
    assert size(parsed.tree) <= SMALL.query_terms
    assert alternatives(parsed.tree) <= SMALL.query_depth + 1
    assert height(parsed.tree) <= 4 * (SMALL.query_depth + 2)
    told = any(note.kind == "limit" for note in parsed.notes)
    assert told or parsed == parse(text, Settings(query_characters=10**6, query_terms=10**6, query_depth=50), TODAY)


@settings(deadline=None, max_examples=1500)
@given(st.text(max_size=300))
def test_text_of_any_characters_is_read_and_explained(text: str) -> None:
    parsed = parse(text, Settings(), TODAY)
    assert explain(parsed.tree).encode()


@pytest.mark.parametrize("piece", [
    "a", "(", ")", '"', "«", "-", "NOT ", "OR ", "title:", "a OR ", "(a ", "about:may ", "*", "a*", "~", "=", "..",
    " ", "\ud800", '"a', "-(", "was:a ", "((a) ", "a?b ",
])
def test_a_megabyte_is_read_in_the_time_of_its_beginning(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    parse(text, Settings(), TODAY)
    start = time.perf_counter()
    parse(text, Settings(), TODAY)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("piece", [
    "a ", "(", ")", '"', "«", "-", "NOT ", "a OR ", "(a ", "about:may ", "about:qwe ", "a*b", "=", "..", '"a', "-(",
    "((a) ", "»", "a~", "title:",
])
def test_time_is_linear_where_the_settings_let_all_be_read(piece: str) -> None:
    limits = Settings(query_characters=10**9, query_terms=10**3, query_depth=10**6)
    parse(piece, limits, TODAY)
    start = time.perf_counter()
    parse(piece * (200_000 // len(piece)), limits, TODAY)
    assert time.perf_counter() - start < 10  # a quadratic reading takes minutes
