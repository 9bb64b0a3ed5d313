"""What changed between two versions: both can be read back out of it, and it stays short and cheap."""

import time

from hypothesis import given
from hypothesis import strategies as st

from web.changes import CONTEXT, Change, changes

TEXTS = st.lists(st.sampled_from(["one two", "three", "four five.", "six\n\nseven", " "]), max_size=4).map(" ".join)


@given(TEXTS, TEXTS)
def test_short_texts_can_be_read_back_from_their_changes(before: str, after: str) -> None:
    found = changes(before, after)
    assert bool(found) == (before != after)
    if found:
        assert all(change.text for change in found)
        assert "".join(c.text for c in found if c.kind != "added").strip() == before.strip()
        assert "".join(c.text for c in found if c.kind != "removed").strip() == after.strip()


def test_only_the_words_that_differ_are_told() -> None:
    assert changes("He will resign.", "He has resigned.") == (
        Change("same", "He "), Change("removed", "will"), Change("added", "has"), Change("same", " "),
        Change("removed", "resign"), Change("added", "resigned"), Change("same", ".\n\n"))


def test_long_stretches_without_change_are_left_out() -> None:
    words = " ".join(f"w{n}" for n in range(500))
    found = changes(f"old {words} old", f"new {words} new")
    assert [change.kind for change in found].count("skipped") == 1
    assert sum(len(change.text.split()) for change in found if change.kind == "same") <= CONTEXT


def test_texts_that_have_nothing_in_common_are_compared_in_no_time() -> None:
    before, after = (" ".join(f"{letter}{n}" for n in range(20_000)) for letter in "ab")
    began = time.perf_counter()
    assert [change.kind for change in changes(before, after)] == ["removed", "added"]
    assert time.perf_counter() - began < 1
