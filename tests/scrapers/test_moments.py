"""Dates are read as they are written, to the precision that they have."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers import moments


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-11-18", "2019-11-18"),
        ("2019-11", "2019-11"),
        ("2019", "2019"),
        ("20191118", "2019-11-18"),
        ("2019/11/18", "2019-11-18"),
        ("2019-11-18T19:24:31+03:00", "2019-11-18T19:24+03:00"),
        ("2019-11-18T19:24:31Z", "2019-11-18T19:24+00:00"),
        ("2019-11-18 19:24", "2019-11-18T19:24"),
        ("2019-11-18T19:24:31.123+0300", "2019-11-18T19:24+03:00"),
        ("2016-09-19T00:00:00", "2016-09-19"),
        ("Mon, 18 Nov 2019 19:24:31 +0300", "2019-11-18T19:24+03:00"),
        ("Monday, November 18, 2019", "2019-11-18"),
        ("18 July 2019 07:31 PM", "2019-07-18T19:31"),
        ("Tuesday، 01 August 2017", "2017-08-01"),
        ("18 novembre 2019", "2019-11-18"),
        ("18. November 2019", "2019-11-18"),
        ("04.02.2022", "2022-02-04"),
        ("Di., 25.01.2022 - 14:45", "2022-01-25T14:45"),
        ("2017/7/11", "2017-07-11"),
        ("27 de enero de 2020", "2020-01-27"),
        ("16 Kasım 2019", "2019-11-16"),
        ("3 września 2019", "2019-09-03"),
        ("١٤ فبراير ٢٠٢٠", "2020-02-14"),
    ],
)
def test_a_date_is_read(text: str, moment: str) -> None:
    assert moments.read(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "two hours ago",
        "Monday",
        "18 November",
        "1814 View",
        "201911",
        "2019-13-01",
        "2019-02-30",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "0001-01-01",
        "2019-11-18T25:00:00Z",
        "9" * 500,
        "November",
        "1,532 views",
    ],
)
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert moments.read(text) is None


def test_the_zone_completes_a_time_without_offset() -> None:
    assert moments.read("2019-11-18 19:24", zone="Asia/Baghdad") == "2019-11-18T19:24+03:00"
    assert moments.read("18 July 2019 07:31 PM", zone="Europe/Paris") == "2019-07-18T19:31+02:00"
    assert moments.read("2019-11-18", zone="Asia/Baghdad") == "2019-11-18"


def test_which_comes_first_is_for_the_page_to_say() -> None:
    assert moments.read("03/04/2019", day_first=True) == "2019-04-03"
    assert moments.read("03/04/2019") == "2019-03-04"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Posted on Tuesday, 7 June 2016 | 877 views", "2016-06-07"),
        ("Publié le lundi 18 novembre 2019 à 10h15", "2019-11-18T10:15"),
        ("By Ann Lee | Nov. 18, 2019 2:25 p.m.", "2019-11-18T14:25"),
        ("1814 View", None),
        ("Gate 4 of 2019", None),
    ],
)
def test_a_date_is_found_among_words(text: str, moment: str | None) -> None:
    assert moments.find(text) == moment


def test_a_moment_is_told_by_the_clocks_of_a_zone() -> None:
    assert moments.in_zone("2018-11-28T21:40+00:00", "Asia/Riyadh") == "2018-11-29T00:40+03:00"
    assert moments.in_zone("2018-11-28T21:40", "Asia/Riyadh") == "2018-11-28T21:40"
    assert moments.in_zone("2018-11", "Asia/Riyadh") == "2018-11"


def test_one_day_is_allowed_for_time_zones() -> None:
    assert moments.no_later_than("2019-11-19", date(2019, 11, 18))
    assert not moments.no_later_than("2019-11-20", date(2019, 11, 18))


@given(st.dates(date(1600, 1, 1), date(9998, 12, 31)))
def test_every_iso_day_is_read_as_itself(day: date) -> None:
    text = day.isoformat()
    assert moments.read(text) == (None if text in {"1970-01-01", "1900-01-01"} else text)


@given(st.text("0123456789-/.: TZ+novembrAPMل،", max_size=40))
def test_any_text_is_a_calendar_day_or_none(text: str) -> None:
    moment = moments.read(text)
    assert moment is None or moments.day_of(moment).year >= moments.FIRST_YEAR


def test_a_short_date_is_read_where_one_is_shown() -> None:
    assert moments.find_short("Ombra, 18.11.19, 10 Uhr") == "2019-11-18"
    assert moments.find_short("version 1.2.34.5, 99.99.19") is None
