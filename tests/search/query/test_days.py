from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.days import describe_days


@pytest.mark.parametrize(("begin", "until", "words"), [
    ("2019-01-01", "2020-01-01", "2019"),
    ("2017-01-01", "2020-01-01", "2017–2019"),
    ("2019-11-01", "2019-12-01", "November 2019"),
    ("2019-12-01", "2020-01-01", "December 2019"),
    ("2019-05-01", "2019-07-01", "May–June 2019"),
    ("2019-11-01", "2020-02-01", "November 2019 – January 2020"),
    ("2019-11-18", "2019-11-19", "18 November 2019"),
    ("2019-12-31", "2020-01-01", "31 December 2019"),
    ("2019-06-03", "2019-06-06", "3–5 June 2019"),
    ("2019-05-30", "2019-06-03", "30 May – 2 June 2019"),
    ("2018-12-30", "2019-01-03", "30 December 2018 – 2 January 2019"),
    ("2019-05-01", None, "from 1 May 2019 on"),
    ("2019-01-01", None, "from 2019 on"),
    (None, "2019-01-01", "before 2019"),
    (None, "2019-11-18", "before 18 November 2019"),
    (None, None, "any time"),
    ("2019-01-02", "2019-01-02", "no day"),
    ("2019-01-02", "2018-01-02", "no day"),
])
def test_days_are_named_as_a_reader_would(begin: str | None, until: str | None, words: str) -> None:
    first, end = (date.fromisoformat(text) if text else None for text in (begin, until))
    assert describe_days(first, end) == words


@given(st.dates(), st.dates(), st.dates(), st.dates())
def test_different_days_have_different_names(a: date, b: date, c: date, d: date) -> None:
    first, second = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    if first != second and first[0] < first[1] and second[0] < second[1]:
        assert describe_days(*first) != describe_days(*second)
