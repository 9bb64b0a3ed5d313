import pytest

from search.query.fields import MEANT, fields_meant
from search.query.lexer import FIELDS


@pytest.mark.parametrize(("name", "meant"), [
    ("date", ("published", "about")), ("Date", ("published", "about")), ("language", ("lang",)),
    ("outlet", ("source",)), ("auther", ("author",)), ("publised", ("published",)), ("persons", ("person",)),
    ("foo", ()), ("breaking", ()), ("http", ()), ("x" * 10_000, ()),
])
def test_another_word_or_a_slip_of_the_pen_names_the_field_meant(name: str, meant: tuple[str, ...]) -> None:
    assert fields_meant(name) == meant


def test_what_is_proposed_is_a_field() -> None:
    assert {field for meant in MEANT.values() for field in meant} <= FIELDS
    assert not MEANT.keys() & FIELDS
