"""Dates with the month in words, and in figures, as most pages write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.months import NAMES, day_in_figures, day_in_words


@pytest.mark.parametrize(("text", "day", "rest"), [
    ("18 November 2019, 10:15", date(2019, 11, 18), ", 10:15"),
    ("Nov. 18, 2019", date(2019, 11, 18), ""),
    ("1er février 2019 à 8h", date(2019, 2, 1), " a 8h"),
    ("3. März 2019", date(2019, 3, 3), ""),
])
def test_a_month_in_words_is_read(text: str, day: date, rest: str) -> None:
    assert day_in_words(text) == (day, rest)


@pytest.mark.parametrize("text", ["18 people 2019", "31 June 2019", "November 2019", "", "18 November"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_in_words(text) is None


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(sorted(NAMES)))
def test_every_name_of_a_month_names_it(day: date, name: str) -> None:
    found = day_in_words(f"{min(day.day, 28)} {name} {day.year:04d}") if "." not in name else None
    assert found is None or found[0].month == NAMES[name]
    assert found or "." in name


@pytest.mark.parametrize(("text", "day_first", "day"), [
    ("18.11.2019", False, date(2019, 11, 18)),
    ("03/04/2019", True, date(2019, 4, 3)),
    ("03/04/2019", False, date(2019, 3, 4)),
    ("18/11/2019", False, date(2019, 11, 18)),
    ("11/18/2019", True, date(2019, 11, 18)),
    ("18.11.69", True, date(2069, 11, 18)),
    ("18.11.70", True, date(1970, 11, 18)),
])
def test_figures_are_read_in_the_order_of_the_country(text: str, day_first: bool, day: date) -> None:
    found = day_in_figures(text, day_first=day_first)
    assert found == (day, "")
