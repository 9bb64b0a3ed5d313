"""Spans to markup: every character of the text comes out once, escaped, whatever the spans are."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search.results import Snippet
from web.marks import Mark, annotated, marked

SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6)
TEXTS = st.text(alphabet="ab<>&\"' é\n", max_size=30)


def plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


@given(TEXTS, SPANS)
def test_a_marked_snippet_reads_as_its_text(text: str, spans: list[tuple[int, int]]) -> None:
    assert plain(marked(Snippet(text, tuple(spans)))) == text


@given(TEXTS, SPANS, st.sets(st.sampled_from(["person", "about"])))
def test_an_annotated_text_reads_as_its_text_however_marks_overlap(
        text: str, spans: list[tuple[int, int]], shown: set[str]) -> None:
    marks = [Mark(start, end, ("person", "about")[n % 2], "<title>")
             for n, (start, end) in enumerate(spans) if start < end]
    assert plain(annotated(text, marks, frozenset(shown), 0, len(text))) == text


def test_matches_are_marked_and_markup_is_escaped() -> None:
    assert marked(Snippet("a <b> c", ((2, 5),))) == "a <mark>&lt;b&gt;</mark> c"


def test_spans_that_overlap_are_marked_once() -> None:
    assert marked(Snippet("abcdef", ((0, 3), (2, 5), (1, 2)))) == "<mark>abc</mark><mark>de</mark>f"


def test_overlapping_mentions_share_the_piece_between_them() -> None:
    marks = [Mark(0, 4, "person", "Person: A"), Mark(2, 6, "about", "Date: B")]
    assert annotated("abcdefg", marks, frozenset({"person", "about"}), 0, 7) == (
        '<mark id="at-0" class="person" title="Person: A">ab</mark>'
        '<mark id="at-2" class="person about" title="Person: A\nDate: B">cd</mark>'
        '<mark id="at-4" class="about" title="Date: B">ef</mark>g')


def test_kinds_that_are_not_shown_keep_their_places_only() -> None:
    marks = [Mark(0, 1, "person", "Person: A")]
    assert annotated("ab", marks, frozenset(), 0, 2) == '<span id="at-0">a</span>b'


def test_a_title_cannot_break_out_of_its_attribute() -> None:
    made = annotated("a", [Mark(0, 1, "person", '"><script>')], frozenset({"person"}), 0, 1)
    assert 'title="&#34;&gt;&lt;script&gt;"' in made
