import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Published, canonical_json
from search.errors import InvalidRecord
from tests.strategies import published


@given(published(st.dates()))
def test_a_date_of_publication_survives_json(when: Published) -> None:
    assert Published.from_json(json.loads(canonical_json(when.to_json()))) == when


@pytest.mark.parametrize(("value", "precision", "begin", "until"), [
    ("2019", "year", date(2019, 1, 1), date(2020, 1, 1)),
    ("2019-11", "month", date(2019, 11, 1), date(2019, 12, 1)),
    ("2019-12", "month", date(2019, 12, 1), date(2020, 1, 1)),
    ("2020-02", "month", date(2020, 2, 1), date(2020, 3, 1)),
    ("2020-02-29", "day", date(2020, 2, 29), date(2020, 3, 1)),
    ("2019-12-31", "day", date(2019, 12, 31), date(2020, 1, 1)),
    ("2019-12-31T23:59-05:00", "minute", date(2019, 12, 31), date(2020, 1, 1)),
    ("2019-11-18T19:24Z", "minute", date(2019, 11, 18), date(2019, 11, 19)),
    ("2019-11-18T19:24", "minute", date(2019, 11, 18), date(2019, 11, 19)),
    ("0001", "year", date(1, 1, 1), date(2, 1, 1)),
    ("9998-12", "month", date(9998, 12, 1), date(9999, 1, 1)),
    ("9999", "year", date(9999, 1, 1), date.max),
    ("9999-11", "month", date(9999, 11, 1), date(9999, 12, 1)),
    ("9999-12", "month", date(9999, 12, 1), date.max),
    ("9999-12-31", "day", date.max, date.max),  # the calendar has no day after it
])
def test_a_date_covers_the_days_that_it_can_mean(value: str, precision: str, begin: date, until: date) -> None:
    when = Published(value)
    assert (when.precision, when.day, when.span) == (precision, begin, (begin, until))


def test_an_unknown_date_covers_nothing() -> None:
    unknown = Published(earliest=date(2019, 1, 1))
    assert (unknown.precision, unknown.day, unknown.span, unknown.moment) == (None, None, None, None)


@pytest.mark.parametrize(("earlier", "later", "minutes"), [
    ("0001", "0001-01-01T00:01", 1),
    ("2019", "2019-01-01", 0),
    ("2019-11-18", "2019-11-19", 24 * 60),
    ("2020-02-28", "2020-03-01", 2 * 24 * 60),
    ("2019-11-18T19:24+03:00", "2019-11-18T19:24Z", 180),
    ("2019-11-18T19:24Z", "2019-11-18T19:24", 0),
    ("0001-01-01T00:00+14:00", "0001", 14 * 60),
    ("9999-12-31T23:59", "9999-12-31T23:59-12:00", 12 * 60),
])
def test_moments_count_minutes_in_universal_time(earlier: str, later: str, minutes: int) -> None:
    first, second = Published(earlier).moment, Published(later).moment
    assert first is not None
    assert second is not None
    assert second - first == minutes


def test_the_first_moment_is_nought() -> None:
    assert Published("0001").moment == 0


@given(published(st.dates()))
def test_span_day_and_moment_agree(when: Published) -> None:
    if when.span is None:
        assert when.value is None
    else:
        assert when.span[0] == when.day
        assert when.span[0] < when.span[1] or when.span[1] == date.max
        assert when.day is not None
        assert when.moment is not None
        midnight = (when.day.toordinal() - 1) * 24 * 60
        assert abs(when.moment - midnight) <= (24 + 24) * 60


@pytest.mark.parametrize("value", [
    "", "19", "2019-1", "2019-13", "2019-02-29", "2019-11-18T", "2019-11-18T24:00", "2019-11-18T19:60", "0000",
    "2019-11-18 19:24", "2019-11-18T19:24+99:00", "2019-11-18T19:24:30", "٢٠١٩", "2019-00", " 2019", "2019\n",
])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(InvalidRecord, match=r"is no date|is not in the calendar"):
        Published(value)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, float("nan"), float("inf")])
def test_what_is_no_probability_is_refused(confidence: float) -> None:
    with pytest.raises(InvalidRecord, match="no probability"):
        Published("2019", confidence=confidence)


def test_bounds_the_wrong_way_round_are_refused() -> None:
    day = date(2019, 11, 18)
    assert Published(earliest=day, latest=day).latest == day
    with pytest.raises(InvalidRecord, match="swap or drop"):
        Published(earliest=day, latest=day - timedelta(days=1))
