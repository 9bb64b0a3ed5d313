"""Ranges: the first of two mentions reaches to the end of the second."""

from datetime import date

import pytest

from search.enrich.dates import tag


@pytest.mark.parametrize(("text", "begin", "until"), [
    ("between March and May they met", date(2019, 3, 1), date(2019, 6, 1)),
    ("between March and May 2017", date(2017, 3, 1), date(2017, 6, 1)),
    ("from November 2016 to February 2017", date(2016, 11, 1), date(2017, 3, 1)),
    ("from 1990 to 2010", date(1990, 1, 1), date(2011, 1, 1)),
    ("from June 3 to July 5, 2016", date(2016, 6, 3), date(2016, 7, 6)),
    ("entre mars et mai 2017", date(2017, 3, 1), date(2017, 6, 1)),
    ("بين مارس 2017 و مايو 2017", date(2017, 3, 1), date(2017, 6, 1)),
])
def test_a_range_has_all_its_days(text: str, begin: date, until: date) -> None:
    first, second = tag(text, "2019-11-19")
    assert (first.begin, first.until) == (begin, until)
    assert second.until == until


@pytest.mark.parametrize("text", ["in 1990 and 2010", "on Monday and Tuesday", "from May 2017 to March 2016"])
def test_what_is_no_range_stays_apart(text: str) -> None:
    first, second = tag(text, "2019-11-19")
    assert first.until is not None
    assert second.begin is not None
    assert first.until <= second.begin or first.begin == date(2017, 5, 1)


def test_a_month_takes_the_year_that_is_written_behind_the_next() -> None:
    assert [m.value for m in tag("in December and January 2017", "2019-11-19")] == ["2016-12", "2017-01"]
