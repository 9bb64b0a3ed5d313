"""Days, weekdays and parts of days, published on Tuesday, 19 November 2019."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.enrich.dates import tag
from tests.search.enrich.dates.readings import typed, values


@pytest.mark.parametrize(("text", "value"), [
    ("signed on 2018-07-04 in", "2018-07-04"),
    ("signed on 07/04/2018 in", "2018-07-04"),
    ("signed on 24/07/2018 in", "2018-07-24"),
    ("on June 3-5 they", "2019-06-03/2019-06-05"),
    ("on June 3-5, 2016 they", "2016-06-03/2016-06-05"),
    ("on the 4th of July, 2016", "2016-07-04"),
    ("on Friday, 4 March 2016", "2016-03-04"),
    ("on March eighth", "2019-03-08"),
    ("on Sept. 30", "2019-09-30"),
    ("in the week of March 5, 2018", "2018-W10"),
    ("in the last week of March 2018", "2018-03-25/2018-03-31"),
    ("on the first Monday in May 2018", "2018-05-07"),
    ("on the last Friday of May 2018", "2018-05-25"),
])
def test_a_day_of_the_calendar_is_read(text: str, value: str) -> None:
    assert [value_ for _, value_ in values(text)] == [value]


@pytest.mark.parametrize(("text", "type_", "value"), [
    ("yesterday", "DATE", "2019-11-18"),
    ("the day before yesterday", "DATE", "2019-11-17"),
    ("yesterday morning", "TIME", "2019-11-18TMO"),
    ("tomorrow morning", "TIME", "2019-11-20TMO"),
    ("last night", "TIME", "2019-11-18TNI"),
    ("tonight", "TIME", "2019-11-19TNI"),
    ("this morning", "TIME", "2019-11-19TMO"),
    ("Monday", "DATE", "2019-11-18"),
    ("last Tuesday", "DATE", "2019-11-12"),
    ("next Friday", "DATE", "2019-11-22"),
    ("this Friday", "DATE", "2019-11-22"),
    ("Monday a week ago", "DATE", "2019-11-11"),
    ("Sunday night", "TIME", "2019-11-17TNI"),
    ("every Monday", "SET", "XXXX-WXX-1"),
    ("on Mondays", "SET", "XXXX-WXX-1"),
    ("Friday nights", "SET", "XXXX-WXX-5TNI"),
    ("at 10:35 a.m.", "TIME", "2019-11-19T10:35"),
    ("at 5 p.m. EST on Nov. 6", "TIME", "2019-11-06T17:00"),
    ("at noon", "TIME", "2019-11-19T12:00"),
    ("at midnight Friday", "TIME", "2019-11-15T24"),
    ("at 1.30 pm today", "TIME", "2019-11-19T13:30"),
    ("from 18:30", "TIME", "2019-11-19T18:30"),
])
def test_a_day_is_counted_from_publication(text: str, type_: str, value: str) -> None:
    assert typed(text) == [(type_, value)]


@pytest.mark.parametrize(("text", "value"), [
    ("The talks resumed on Friday.", "2019-11-15"),
    ("The talks will resume on Friday.", "2019-11-22"),
    ("The talks had been due to end on Friday.", "2019-11-15"),
    ("Until Friday, nobody had asked.", "2019-11-15"),
    ("Friday's ruling will be appealed.", "2019-11-15"),
    ("The gate closed on May 3.", "2019-05-03"),
    ("The gate will close on May 3.", "2020-05-03"),
    ("in the year ended Jan. 31", "2019-01-31"),
])
def test_the_tense_decides_between_before_and_after(text: str, value: str) -> None:
    assert values(text)[-1][1] == value


@pytest.mark.parametrize(("published", "value"), [("2013-11-20", "2013-11-18"), ("2020-02-01", "2019-11-18"),
                                                  ("2022-06-01", "2019-11-18")])
def test_a_weekday_decides_the_year_of_its_date(published: str, value: str) -> None:
    [mention] = tag("on Monday (November 18)", published)
    assert (mention.value, mention.basis, mention.contradicted) == (value, "weekday", False)


@pytest.mark.parametrize(("text", "value"), [("on Friday, November 15, 2018", "2018-11-15"),
                                             ("on Tuesday, February 29", "2020-02-29")])
def test_a_weekday_that_is_not_its_days_lowers_the_confidence_and_is_told(text: str, value: str) -> None:
    [mention] = tag(text, "2019-11-19")
    assert (mention.value, mention.contradicted) == (value, True)
    assert mention.confidence < 0.6


@pytest.mark.parametrize("text", ["February 30", "31 June", "on 99/99/2019", "Sun. sets", "May I come",
                                  "he may 5 times", "Matthew 7:12", "the Sunday Times"])
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert values(text) == []


def test_that_day_and_the_next_morning_count_from_the_day_before_them() -> None:
    text = "On 3 March 2018 the pumps failed. That evening the wells were dry; the next morning the river was."
    assert [value for _, value in values(text)] == ["2018-03-03", "2018-03-03TEV", "2018-03-04TMO"]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-40, 40), st.booleans())
def test_a_day_and_month_written_near_publication_is_that_day(published: date, steps: int, with_weekday: bool) -> None:
    day = published + timedelta(steps)
    said = f"{day:%B} {day.day}"
    text = f"It {'opened' if steps <= 0 else 'will open'} on {f'{day:%A}, {said}' if with_weekday else said}."
    assert [mention.begin for mention in tag(text, published)] == [day]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_lone_weekday_is_the_last_before_publication_or_the_day_itself(published: date, weekday: int) -> None:
    name = f"{date(2024, 1, 1) + timedelta(weekday):%A}"
    [mention] = tag(f"He said so on {name}.", published)
    assert mention.begin is not None
    assert mention.begin.weekday() == weekday
    assert 0 <= (published - mention.begin).days < 7
