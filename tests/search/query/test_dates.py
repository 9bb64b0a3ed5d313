from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.query.dates import LANGUAGES, Days, read_days
from search.query.days import describe_days

TODAY = date(2026, 11, 20)  # a Friday


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "begin", "until"), [
    ("2019", "2019-01-01", "2020-01-01"),
    ("2019-11", "2019-11-01", "2019-12-01"),
    ("2019-12", "2019-12-01", "2020-01-01"),
    ("2019-11-18", "2019-11-18", "2019-11-19"),
    ("2019/11/18", "2019-11-18", "2019-11-19"),
    ("2019-1-5", "2019-01-05", "2019-01-06"),
    ("٢٠١٩", "2019-01-01", "2020-01-01"),
    ("2018..2019", "2018-01-01", "2020-01-01"),
    ("2018-05..2018-07-14", "2018-05-01", "2018-07-15"),
    ("2019..", "2019-01-01", ""),
    ("..2019", "", "2020-01-01"),
    ("2018…2019", "2018-01-01", "2020-01-01"),
    ("9999", "9999-01-01", ""),
    ("9999-12-31", "9999-12-31", ""),
])
def test_figures_are_read_as_they_stand(text: str, begin: str, until: str) -> None:
    assert read_days(text, TODAY) == Days(day(begin), day(until), spelled=False)


@pytest.mark.parametrize(("text", "begin", "until"), [
    ("yesterday", "2026-11-19", "2026-11-20"),
    ("today", "2026-11-20", "2026-11-21"),
    ("last week", "2026-11-09", "2026-11-16"),
    ("last month", "2026-10-01", "2026-11-01"),
    ("this month", "2026-11-01", "2026-12-01"),
    ("this year", "2026-01-01", "2027-01-01"),
    ("last year", "2025-01-01", "2026-01-01"),
    ("two years ago", "2024-01-01", "2025-01-01"),
    ("18 November 2019", "2019-11-18", "2019-11-19"),
    ("Nov. 18, 2019", "2019-11-18", "2019-11-19"),
    ("November 2019", "2019-11-01", "2019-12-01"),
    ("Monday", "2026-11-16", "2026-11-17"),
    ("1.2.2019", "2019-02-01", "2019-02-02"),
    ("1990s", "1990-01-01", "2000-01-01"),
    ("the 1990s", "1990-01-01", "2000-01-01"),
    ("1914-1918", "1914-01-01", "1919-01-01"),
    ("1914–1918", "1914-01-01", "1919-01-01"),
    ("before 2019", "", "2019-01-01"),
    ("until May 2019", "", "2019-06-01"),
    ("since 2015", "2015-01-01", ""),
    ("from 1 May 2019 on", "2019-05-01", ""),
    ("after 2016", "2017-01-01", ""),
    ("last 7 days", "2026-11-14", "2026-11-21"),
    ("the past two weeks", "2026-11-07", "2026-11-21"),
    ("last 3 months", "2026-08-20", "2026-11-21"),
    ("in the last ten years", "2016-11-20", "2026-11-21"),
    ("1 May 2019 .. 3 May 2019", "2019-05-01", "2019-05-04"),
    ("November 2018..yesterday", "2018-11-01", "2026-11-20"),
    ("2020..2019", "2019-01-01", "2021-01-01"),
    (">2020", "2021-01-01", ""),
    (">=2020-05", "2020-05-01", ""),
    ("≥ 2020-05", "2020-05-01", ""),
    ("<2019", "", "2019-01-01"),
    ("<=2019", "", "2020-01-01"),
    ("≤2019", "", "2020-01-01"),
    ("> May 2019", "2019-06-01", ""),
    ("13/06/2023", "2023-06-13", "2023-06-14"),
    ("06/13/2023", "2023-06-13", "2023-06-14"),
    ("05/05/2023", "2023-05-05", "2023-05-06"),
    ("le mois dernier", "2026-10-01", "2026-11-01"),
    ("18 novembre 2019", "2019-11-18", "2019-11-19"),
    ("hier", "2026-11-19", "2026-11-20"),
    ("gestern", "2026-11-19", "2026-11-20"),
    ("الشهر الماضي", "2026-10-01", "2026-11-01"),
    ("18 نوفمبر 2019", "2019-11-18", "2019-11-19"),
])
def test_words_are_read_against_today(text: str, begin: str, until: str) -> None:
    assert read_days(text, TODAY) == Days(day(begin), day(until))


@pytest.mark.parametrize(("text", "begin", "until"), [
    ("spring 2019", "2019-03-01", "2019-06-01"),
    ("Summer 2019", "2019-06-01", "2019-09-01"),
    ("in the summer of 2019", "2019-06-01", "2019-09-01"),
    ("autumn, 2019", "2019-09-01", "2019-12-01"),
    ("fall 2019", "2019-09-01", "2019-12-01"),
    ("winter 2019", "2019-12-01", "2020-03-01"),
    ("winter 2019/20", "2019-12-01", "2020-03-01"),
    ("winter 2019-2020", "2019-12-01", "2020-03-01"),
    ("autumn 2018..spring 2019", "2018-09-01", "2019-06-01"),
    ("since summer 2019", "2019-06-01", ""),
    (">summer 2019", "2019-09-01", ""),
    ("autumn", "2026-09-01", "2026-12-01"),       # has begun
    ("last autumn", "2025-09-01", "2025-12-01"),  # is over
    ("winter", "2025-12-01", "2026-03-01"),
    ("last fall", "2025-09-01", "2025-12-01"),
])
def test_seasons_are_those_of_the_north_and_say_so(text: str, begin: str, until: str) -> None:
    days = read_days(text, TODAY)
    assert days is not None
    assert days[:3] == (day(begin), day(until), True)
    assert days.remark == "seasons are those of the northern half of the world"


@pytest.mark.parametrize(("text", "begin", "until", "remark"), [
    ("05/06/2023", "2023-06-05", "2023-06-06", "for 6 May write 2023-05-06"),
    ("5-6-2023", "2023-06-05", "2023-06-06", "for 6 May write 2023-05-06"),
    ("٠٥/٠٦/٢٠٢٣", "2023-06-05", "2023-06-06", "for 6 May write 2023-05-06"),
    ("before 05/06/2023", "", "2023-06-05", "for 6 May write 2023-05-06"),
    ("05/06/2023..07/06/2023", "2023-06-05", "2023-06-08",
     "for 6 May write 2023-05-06; for 6 July write 2023-07-06"),
    ("07/06/2023..05/06/2023", "2023-06-05", "2023-06-08",
     "for 6 July write 2023-07-06; for 6 May write 2023-05-06"),
])
def test_the_day_stands_before_the_month_and_the_other_reading_is_told(
        text: str, begin: str, until: str, remark: str) -> None:
    assert read_days(text, TODAY) == Days(day(begin), day(until), remark=remark)


def test_dates_in_words_have_the_day_before_the_month_too() -> None:
    days = read_days("Mon 05/06/2023", TODAY)
    assert days is not None
    assert days.begin == date(2023, 6, 5)


@pytest.mark.parametrize("text", [
    "", "..", "…", "war", "1814 View", "2019-02-30", "2019-13", "0000", "18", "20191118", "10am", "5s", "a",
    "war..2019", "2019..war", "before the war", "last 0x days", "9999..since 9999 on on", "after 9999",
    "\x00", "\ud800",
    ">", "<war", ">9999", "32/13/2023", "05/06-2023", "fall", "winter 2019/21", "summer 2019/20", "summer 0000",
    "..since 2019", "winter 9999", ">" * 5000 + "2019", "since " * 5000 + "2019",
    "the day on which " * 3, "99.99.2019", "last month of that long and terrible year of 2019",
])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_days(text, TODAY) is None


@settings(deadline=None, max_examples=300)
@given(st.text("0123456789-./… adefghilmnorstuwyماينم<>=", max_size=24), st.dates())
@example("last 9999 years", date.min)
@example("last 9999 days", date.min)
@example("yesterday", date.min)
@example("next year", date.max)
@example("this week", date.max)
@example("..0001", date.min)
@example("last winter", date.min)
@example("..>2019", date.max)
@example("01/02/0000", date.max)
def test_no_text_and_no_day_make_it_raise(text: str, today: date) -> None:
    days = read_days(text, today)
    if days:
        assert days.begin or days.until
        assert not (days.begin and days.until) or days.begin < days.until


@settings(deadline=None, max_examples=300)
@given(st.dates(date(1000, 1, 1), date(9998, 1, 1)), st.sampled_from(["year", "month", "day"]))
def test_the_name_of_a_period_is_read_as_that_period(start: date, level: str) -> None:
    text = start.isoformat()[:{"year": 4, "month": 7, "day": 10}[level]]
    days = read_days(text, TODAY)
    assert days is not None
    named = read_days(describe_days(days.begin, days.until), TODAY)
    assert named is not None
    assert named[:2] == days[:2]


def test_every_language_of_the_table_is_known_to_dateparser() -> None:
    from dateparser.data.languages_info import language_order  # noqa: PLC0415
    assert set(LANGUAGES) <= set(language_order)
