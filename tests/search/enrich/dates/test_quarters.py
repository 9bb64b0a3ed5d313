"""Quarters and half-years of business news, published on Tuesday, 19 November 2019."""

import pytest

from tests.search.enrich.dates.readings import typed, values


@pytest.mark.parametrize(("text", "value"), [
    ("in the third quarter of 2011", "2011-Q3"),
    ("its third-quarter profit fell", "2019-Q3"),
    ("in the fourth quarter of last year", "2018-Q4"),
    ("in next year's first quarter", "2020-Q1"),
    ("the first half of last year", "2018-H1"),
    ("the second half of 2016", "2016-H2"),
    ("this quarter", "2019-Q4"),
    ("in the quarter", "2019-Q3"),
    ("for the quarter ended July 31", "2019-Q2"),
    ("each quarter", "P1Q"),
])
def test_a_quarter_is_read(text: str, value: str) -> None:
    assert values(text)[0][1] == value


def test_a_year_earlier_is_the_quarter_a_year_before_the_one_spoken_of() -> None:
    text = "Profit in the second quarter of 2018 was 4 million dinars, up from 3 million a year earlier."
    assert [value for _, value in values(text)] == ["2018-Q2", "2017-Q2"]


def test_a_year_earlier_is_a_year_once_months_are_spoken_of() -> None:
    text = ("Profit rose in the second quarter of 2018. For the six months it was 9 million dinars, up from 7 million "
            "a year earlier.")
    assert [value for _, value in values(text)] == ["2018-Q2", "P6M", "2017"]


def test_the_year_ago_period_is_compared_with_the_quarter_spoken_of() -> None:
    text = "The third quarter was poor. In the year-ago period the mill had earned more."
    assert [value for _, value in values(text)] == ["2019-Q3", "2018-Q3"]


@pytest.mark.parametrize("text", ["a quarter of the city", "its quarter-century", "three quarters of them"])
def test_a_fourth_part_is_no_quarter(text: str) -> None:
    assert typed(text) == []
