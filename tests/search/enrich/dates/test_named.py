"""Named days, against calendars printed elsewhere and against what is always true of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.enrich.dates.language import CODES, language
from search.enrich.dates.named import days_in, easter, hijri
from tests.search.enrich.dates.readings import values

YEARS = st.integers(1700, 2300)


@pytest.mark.parametrize(("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24),
                                                    (2019, 4, 21)])
def test_easter_is_when_it_was(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@given(YEARS)
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@given(st.integers(1, 1600), st.integers(1, 11))
def test_months_of_the_moon_have_29_or_30_days(year: int, month: int) -> None:
    assert (hijri(year, month + 1, 1) - hijri(year, month, 1)).days in (29, 30)


@given(st.integers(1, 1600))
def test_years_of_the_moon_have_354_or_355_days(year: int) -> None:
    assert (hijri(year + 1, 1, 1) - hijri(year, 1, 1)).days in (354, 355)


@given(YEARS, st.sampled_from(sorted({name for code in CODES for name in language(code).words["named"].values()})))
def test_every_name_has_its_days_within_the_year(year: int, meaning: str) -> None:
    found = days_in(meaning, year)
    assert len(found) <= 2
    assert found or meaning.startswith(("hijri", "2001"))
    for begin, end in found:
        assert begin.year == year
        assert begin <= end <= begin + timedelta(30)


@pytest.mark.parametrize(("text", "value"), [
    ("on Christmas Eve 2015", "2015-12-24"),
    ("last Christmas", "2018-12-25"),
    ("on Easter Monday 2019", "2019-04-22"),
    ("Thanksgiving 2018", "2018-11-22"),
    ("on Memorial Day 2018", "2018-05-28"),
    ("on Election Day 2016", "2016-11-08"),
    ("during Ramadan 2019", "2019-05-06/2019-06-04"),
    ("on Halloween", "2019-10-31"),
    ("after the September 11 attacks", "2001-09-11"),
])
def test_a_named_day_is_read(text: str, value: str) -> None:
    assert [value_ for _, value_ in values(text)] == [value]


def test_a_named_day_without_a_publication_date_is_unknown() -> None:
    assert values("on Christmas Eve", None) == [("Christmas Eve", "XXXX-XX-XX")]
    assert values("easter eggs") == []
