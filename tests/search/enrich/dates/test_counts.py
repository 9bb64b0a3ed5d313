"""How long, how often, how long ago; published on Tuesday, 19 November 2019."""

import pytest

from search.enrich.dates.language import language
from search.enrich.dates.numbers import number_in
from tests.search.enrich.dates.readings import typed, values


@pytest.mark.parametrize(("text", "type_", "value"), [
    ("two years ago", "DATE", "2017"),
    ("two weeks ago", "DATE", "2019-W45"),
    ("ten days ago", "DATE", "2019-11-09"),
    ("a week from now", "DATE", "2019-W48"),
    ("four decades ago", "DATE", "1979"),
    ("several weeks ago", "DATE", "PAST_REF"),
    ("long ago", "DATE", "PAST_REF"),
    ("three hours ago", "DURATION", "PT3H"),
    ("every two weeks", "SET", "P2W"),
    ("every other week", "SET", "P2W"),
    ("each May", "SET", "XXXX-05"),
    ("daily", "SET", "P1D"),
    ("the past two months", "DURATION", "P2M"),
    ("more than two days", "DURATION", "P2D"),
    ("a two-day visit", "DURATION", "P2D"),
    ("twenty-five years", "DURATION", "P25Y"),
    ("two and a half years", "DURATION", "P2Y6M"),
    ("1,200 years", "DURATION", "P1200Y"),
    ("for years", "DURATION", "PXY"),
    ("the coming weeks", "DURATION", "PXW"),
    ("a week-long strike", "DURATION", "P1W"),
    ("currently", "DATE", "PRESENT_REF"),
    ("recently", "DATE", "PAST_REF"),
    ("in the near future", "DATE", "FUTURE_REF"),
])
def test_a_count_of_units_is_read(text: str, type_: str, value: str) -> None:
    assert typed(text) == [(type_, value)]


@pytest.mark.parametrize("text", [
    "a 12-year-old boy and a 30 year old", "aged 12 years", "a second thought", "a few", "as soon as he came",
    "the recent floods", "in various quarters", "a fiscal year", "the Kestrel Daily wrote",
])
def test_ages_and_words_that_name_no_time_are_left_out(text: str) -> None:
    assert typed(text) == []


def test_a_rate_is_a_set() -> None:
    assert typed("paid $4 a year") == [("SET", "P1Y")]
    assert typed("for $5.15 an hour") == [("SET", "PT1H")]


def test_days_are_not_counted_from_a_year() -> None:
    assert [value for _, value in values("It was bought in 2002; two days later he resigned.")] == ["2002", "P2D"]


def test_later_counts_from_the_date_before_it() -> None:
    text = "The dam was begun on 3 March 2010; four years later it was full, and two days later it broke."
    assert [value for _, value in values(text)] == ["2010-03-03", "2014", "2010-03-05"]


@pytest.mark.parametrize(("words", "number"), [
    ("twenty-five", 25), ("a hundred", 100), ("two thousand", 2000), ("1,200", 1200), ("2.5", 2.5), ("2 1/2", 2.5),
    ("two and a half", 2.5), ("several", 0), ("half an", 0.5), ("green", None),
])
def test_numbers_are_read_in_words_and_digits(words: str, number: float | None) -> None:
    assert number_in(language("en"), words) == number
