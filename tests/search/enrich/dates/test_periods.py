"""Weeks, months, seasons, years, decades and centuries, published on Tuesday, 19 November 2019."""

import pytest

from search.enrich.dates import tag
from tests.search.enrich.dates.readings import typed, values


@pytest.mark.parametrize(("text", "value"), [
    ("in September", "2019-09"),
    ("in October 1998", "1998-10"),
    ("in 1998 October", "1998-10"),
    ("the 1998 October riots", "1998-10"),
    ("in October of last year", "2018-10"),
    ("last November", "2018-11"),
    ("next March", "2020-03"),
    ("in mid-October", "2019-10"),
    ("in early 2017", "2017"),
    ("in fall 2017", "2017-FA"),
    ("last summer", "2019-SU"),
    ("next spring", "2020-SP"),
    ("this winter", "2019-WI"),
    ("in the early 1990s", "199"),
    ("the 1990s", "199"),
    ("in the ’80s", "198"),
    ("in the nineties", "199"),
    ("in the 19th century", "18"),
    ("in the nineteenth century", "18"),
    ("since 1994", "1994"),
    ("in 1866", "1866"),
    ("from 2014-16", "2014/2016"),
    ("in nineteen ninety-six", "1996"),
    ("in the year two thousand", "2000"),
    ("last week", "2019-W46"),
    ("earlier this week", "2019-W47"),
    ("next month", "2019-12"),
    ("last year", "2018"),
    ("so far this year", "2019"),
    ("over the weekend", "2019-W46-WE"),
    ("by the end of next year", "2020"),
    ("by the end of the month", "2019-11"),
    ("by year-end", "2019"),
])
def test_a_period_is_read(text: str, value: str) -> None:
    assert [value_ for _, value_ in values(text)] == [value]


@pytest.mark.parametrize("text", [
    "1814 View", "2016 people died", "it cost $1998", "2,019 cases", "May I come", "the march on", "flight 1850",
    "room 2019th", "room 2020", "along Route 1995", "see No. 1998", "Jan Novak", "spring water", "in his sixties",
    "April Fool, 1,998 of them"[10:], "a 2019-strong crew", "version 3.2018", "1998%", "call the hotline, 1911",
])
def test_what_only_looks_like_a_period_is_none(text: str) -> None:
    assert values(text) == []


def test_the_words_around_decide_between_last_and_next_april() -> None:
    assert values("It will open in April.") == [("April", "2020-04")]
    assert values("It opened in April.") == [("April", "2019-04")]


@pytest.mark.parametrize("text", [
    "circa 1200 before BCE", "around 1200 BC", "in 1200 B.C. they", "from 1200 to 1100 BCE", "in 1200 before Christ",
    "on 15 June 44 BC", "in the 12th century BC",
])
def test_no_year_before_christ_becomes_one_after(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["in 1998 because", "in the classroom of 1998", "in 1998, before Christmas"])
def test_a_year_stays_one_beside_words_that_begin_alike(text: str) -> None:
    assert values(text)[0] == ("1998", "1998")


def test_the_past_decade_is_a_length_of_time_and_next_decade_a_period() -> None:
    assert typed("the past decade") == [("DURATION", "P10Y")]
    assert typed("next decade") == [("DATE", "202")]


def test_the_same_month_and_the_following_year_count_from_the_date_before() -> None:
    text = "It began on 3 March 2016. In the same month it was sold, and the following year it closed."
    assert [value for _, value in values(text)] == ["2016-03-03", "2016-03", "2017"]


def test_only_the_units_that_the_publication_date_knows_are_counted() -> None:
    text = "yesterday, last month, last year"
    assert [m.value for m in tag(text, "2019-11")] == ["XXXX-XX-XX", "2019-10", "2018"]
    assert [m.value for m in tag(text, "2019")] == ["XXXX-XX-XX", "XXXX-XX", "2018"]


def test_the_edges_of_the_calendar_are_no_error() -> None:
    assert [m.begin for m in tag("yesterday, last year, 200 years ago, last week", "0001-01-01")][:3] == [None] * 3
    assert [m.begin for m in tag("tomorrow, next year, next month", "9999-12-31")] == [None] * 3
