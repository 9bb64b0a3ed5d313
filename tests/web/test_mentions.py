"""Date mentions in words, whatever their TIMEX3 value."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import CONTRADICTED_RULE, DateMention, DateType, Granularity
from web.mentions import mention_basis, mention_key, mention_words

CODE = re.compile(r"X{2}|P[T\dX]|\dX|_REF")


def mention(begin: date | None, until: date | None, granularity: Granularity, value: str = "") -> DateMention:
    return DateMention(0, 1, "DATE", value, begin, until, granularity)


def test_a_mention_of_one_period_has_its_key() -> None:
    assert mention_key(mention(date(2019, 11, 1), date(2019, 12, 1), "month")) == "2019-11"
    assert mention_key(mention(date(2019, 11, 1), date(2020, 1, 1), "month")) is None
    assert mention_key(mention(None, date(2020, 1, 1), "year")) is None
    assert mention_key(mention(None, None, "day")) is None


def test_an_interval_is_said_by_its_ends() -> None:
    assert mention_words(mention(date(2014, 1, 1), date(2018, 1, 1), "year")) == "2014 to 2017"
    assert mention_words(mention(date(2003, 5, 3), None, "day")) == "since 3 May 2003"
    assert mention_words(mention(None, date(2020, 1, 1), "day")) == "until 31 December 2019"


@pytest.mark.parametrize(("value", "words"), [
    ("199", "the 1990s"), ("18", "the 19th century"), ("20", "the 21st century"), ("10", "the 11th century")])
def test_decades_and_centuries_have_their_names(value: str, words: str) -> None:
    assert mention_words(mention(date(1800, 1, 1), date(1990, 1, 1), "decade", value)) == words


@pytest.mark.parametrize(("type_", "value", "words"), [
    ("DATE", "XXXX-11-18", "18 November, year unknown"),
    ("DATE", "XXXX-03", "March, year unknown"),
    ("DATE", "XXXX-WXX-1", "a Monday, date unknown"),
    ("TIME", "XXXX-WXX-7TEV", "a Sunday evening, date unknown"),
    ("TIME", "XXXX-XX-XXTAF", "an afternoon, date unknown"),
    ("TIME", "XXXX-11-18TNI", "the night of 18 November, year unknown"),
    ("DATE", "XXXX-WXX", "a week, date unknown"),
    ("DATE", "XXXX", "a year, date unknown"),
    ("DATE", "XXXX-Q3", "the third quarter, year unknown"),
    ("DATE", "XXXX-WI", "winter, year unknown"),
    ("DATE", "PAST_REF", "the past"),
    ("DURATION", "PT2M", "2 minutes"),
    ("DURATION", "P2M", "2 months"),
    ("DURATION", "P1Y", "1 year"),
    ("DURATION", "P1DT12H", "1 day and 12 hours"),
    ("DURATION", "PXW", "several weeks"),
    ("SET", "P1D", "every day"),
    ("SET", "P2W", "every 2 weeks"),
    ("SET", "PXM", "every few months"),
    ("SET", "XXXX-WXX-2", "every Tuesday"),
    ("SET", "XXXX-WXX-2TMO", "again and again"),
    ("DATE", "XXXX-13-01", "no certain day"),
    ("DURATION", "P", "a length of time"),
])
def test_what_names_no_certain_days_is_put_into_words(type_: DateType, value: str, words: str) -> None:
    assert mention_words(DateMention(0, 1, type_, value)) == words


VALUES = st.text("XPTWQSUEVREF_-0123456789DMYH", max_size=12) | st.from_regex(
    r"(XXXX|20\d\d)(-(XX|\d\d|Q[1-4X]|H[12]|WXX)(-(XX|\d\d|WE|[1-7]))?)?(T(MO|AF|EV|NI|\d\d:\d\d))?", fullmatch=True)


@given(st.sampled_from(["DATE", "TIME", "DURATION", "SET"]), VALUES)
def test_no_reader_ever_sees_timex_code(type_: DateType, value: str) -> None:
    words = mention_words(DateMention(0, 1, type_, value))
    assert words
    assert not CODE.search(words)


def test_a_weekday_that_does_not_fit_is_told() -> None:
    day = DateMention(0, 1, "DATE", "2019-11-18", basis="explicit", rule="day" + CONTRADICTED_RULE)
    assert mention_basis(day) == "as written, although that is another weekday"
