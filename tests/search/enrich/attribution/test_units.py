from hypothesis import given
from hypothesis import strategies as st

from search.document import NameMention
from search.enrich.attribution.units import units_of
from tests.search.enrich.attribution.marked import unmarked
from tests.search.enrich.conftest import TEXTS


def test_names_words_and_marks_are_units() -> None:
    read = units_of(*unmarked("Gov. [PER Ana Kestrel]’s well-known plan, U.S. style."))
    assert read.words[1:-3] == ["Gov.", "", "’s", "well-known", "plan", ",", "U.S.", "style", "."]
    assert read.names[2].name == "Ana Kestrel"


def test_a_quotation_begins_with_its_mark_and_ends_before_the_next() -> None:
    read = units_of('He: "So it is." “Is it?” Yes.', [])
    assert [word for word, quoted in zip(read.words, read.quoted, strict=True) if quoted] == [
        '"', "So", "it", "is", ".", "“", "Is", "it", "?"]
    assert [read.closes(at) for at in range(len(read.low))].count(True) == 2


def test_a_line_ends_a_quotation_that_nobody_closed() -> None:
    assert units_of("“So\nbe it", []).quoted.count(True) == 2


@given(TEXTS, st.sets(st.integers(0, 100)))
def test_spans_are_where_the_words_stand(text: str, borders: set[int]) -> None:
    ends = sorted(border for border in borders if border <= len(text))
    names = [NameMention(start, end, "PER", "x") for start, end in zip(ends[::2], ends[1::2], strict=False)]
    read = units_of(text, names)
    for at, word in enumerate(read.words[1:-3], 1):
        start, end = read.span(at, at + 1)
        assert text[start:end] == (word or text[read.names[at].start:read.names[at].end])
