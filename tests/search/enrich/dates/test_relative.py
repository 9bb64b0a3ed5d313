import pytest

from search.enrich.dates import tag


@pytest.mark.parametrize(("text", "type_", "value"), [
    ("yesterday", "DATE", "2019-11-18"),
    ("tomorrow morning", "TIME", "2019-11-20TMO"),
    ("last night", "TIME", "2019-11-18TNI"),
    ("Monday", "DATE", "2019-11-18"),
    ("next Friday", "DATE", "2019-11-22"),
    ("Sunday night", "TIME", "2019-11-17TNI"),
    ("every Monday", "SET", "XXXX-WXX-1"),
    ("this morning", "TIME", "2019-11-19TMO"),
    ("last week", "DATE", "2019-W46"),
    ("next month", "DATE", "2019-12"),
    ("the next decade", "DATE", "2029"),
    ("two years ago", "DATE", "2017"),
    ("ten days ago", "DATE", "2019-11-09"),
    ("several weeks ago", "DATE", "PAST_REF"),
    ("three hours ago", "DURATION", "PT3H"),
    ("every two weeks", "SET", "P2W"),
    ("every other week", "SET", "P2W"),
    ("daily", "SET", "P1D"),
    ("the past two months", "DURATION", "P2M"),
    ("more than two days", "DURATION", "P2D"),
    ("twenty-five years", "DURATION", "P25Y"),
    ("currently", "DATE", "PRESENT_REF"),
    ("in the near future", "DATE", "FUTURE_REF"),
])
def test_a_relative_expression_is_counted_from_publication(text: str, type_: str, value: str) -> None:
    assert [(m.type, m.value) for m in tag(text, "2019-11-19")] == [(type_, value)]


def test_an_age_is_no_duration() -> None:
    assert tag("a 12-year-old boy and a 30 year old", "2019-11-19") == []


def test_a_rate_is_a_set() -> None:
    assert tag("paid $4 a year", "2019-11-19")[0].type == "SET"


def test_only_the_units_that_the_publication_date_knows_are_counted() -> None:
    text = "yesterday, last month, last year"
    assert [m.value for m in tag(text, "2019-11")] == ["XXXX-XX-XX", "2019-10", "2018"]
    assert [m.value for m in tag(text, "2019")] == ["XXXX-XX-XX", "XXXX-XX", "2018"]


def test_the_edges_of_the_calendar_are_no_error() -> None:
    assert [m.begin for m in tag("yesterday, last year, 200 years ago, last week", "0001-01-01")][:3] == [None] * 3
    assert [m.begin for m in tag("tomorrow, next year, next month", "9999-12-31")] == [None] * 3
