from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import Granularity
from search.enrich.dates.timex import NO_DAYS, duration_value, interval, shifted

BROAD = st.dates(date(1000, 1, 1), date(9000, 1, 1))


@pytest.mark.parametrize(("value", "begin", "until", "granularity"), [
    ("2019-11-18", date(2019, 11, 18), date(2019, 11, 19), "day"),
    ("2019-11-18TNI", date(2019, 11, 18), date(2019, 11, 19), "day"),
    ("2017-W05", date(2017, 1, 30), date(2017, 2, 6), "day"),
    ("2019-12", date(2019, 12, 1), date(2020, 1, 1), "month"),
    ("2017-FA", date(2017, 9, 1), date(2017, 12, 1), "month"),
    ("2019", date(2019, 1, 1), date(2020, 1, 1), "year"),
    ("199", date(1990, 1, 1), date(2000, 1, 1), "decade"),
])
def test_a_value_names_its_days(value: str, begin: date, until: date, granularity: Granularity) -> None:
    assert interval(value) == (begin, until, granularity)


@pytest.mark.parametrize("value", ["PAST_REF", "P2D", "XXXX-11-18", "XXXX", "2019-13", "2019-02-30", "2019-W60",
                                   "0000"])
def test_a_value_without_days_names_none(value: str) -> None:
    assert interval(value) == NO_DAYS


@given(BROAD, st.integers(-500, 500), st.sampled_from(["D", "W", "M", "Q", "Y"]))
def test_there_and_back_is_the_unit_that_one_came_from(day: date, steps: int, unit: str) -> None:
    there = interval(shifted(day, steps, unit) or "")[0]
    assert there is not None
    begin, until, _ = interval(shifted(there, -steps, unit) or "")
    assert begin is not None
    assert until is not None
    assert begin <= day < until


@pytest.mark.parametrize(("number", "unit", "value"), [(2, "D", "P2D"), (None, "Y", "PXY"), (3, "10Y", "P30Y"),
                                                       (24, "TH", "PT24H")])
def test_a_duration_is_a_number_of_units(number: int | None, unit: str, value: str) -> None:
    assert duration_value(number, unit) == value
