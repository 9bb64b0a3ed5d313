import pytest

from search.enrich.dates import tag


@pytest.mark.parametrize(("text", "value"), [
    ("signed on 2018-07-04 in", "2018-07-04"),
    ("on June 3-5 they", "2019-06-03/2019-06-05"),
    ("on June 3-5, 2016 they", "2016-06-03/2016-06-05"),
    ("on the 4th of July, 2016", "2016-07-04"),
    ("on Friday, 4 March 2016", "2016-03-04"),
    ("in September", "2019-09"),
    ("in October 1998", "1998-10"),
    ("last November", "2018-11"),
    ("in the third quarter of 2011", "2011-Q3"),
    ("the first half of last year", "2018-H1"),
    ("in fall 2017", "2017-FA"),
    ("last summer", "2019-SU"),
    ("in the early 1990s", "199X"),
    ("in the ’80s", "198X"),
    ("in the 19th century", "18XX"),
    ("since 1994", "1994"),
    ("in 1866", "1866"),
    ("from 2014-16", "2014/2016"),
])
def test_a_date_of_the_calendar_is_read(text: str, value: str) -> None:
    assert [m.value for m in tag(text, "2019-11-19")] == [value]


@pytest.mark.parametrize("text", ["1814 View", "2016 people died", "it cost $1998", "2,019 cases", "May I come",
                                  "the march on", "February 30", "flight 1850", "room 2019th", "room 2020",
                                  "along Route 1995", "see No. 1998"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert tag(text, "2019-11-19") == []


def test_the_words_around_decide_between_last_and_next_april() -> None:
    assert tag("It will open in April.", "2019-11-19")[0].value == "2020-04"
    assert tag("It opened in April.", "2019-11-19")[0].value == "2019-04"


@pytest.mark.parametrize(("published", "value"), [("2013-11-20", "2013-11-18"), ("2020-02-01", "2019-11-18")])
def test_a_weekday_decides_the_year_of_its_date(published: str, value: str) -> None:
    assert tag("on Monday (November 18)", published)[0].value == value


@pytest.mark.parametrize("text", [
    "circa 1200 before BCE", "around 1200 BC", "in 1200 B.C. they", "from 1200 to 1100 BCE", "in 1200 before Christ",
    "on 15 June 44 BC", "in the 12th century BC", "vers 2000 av. J.-C.", "vers 2000 avant J.-C.", "2000 قبل الميلاد",
])
def test_no_year_before_christ_becomes_one_after(text: str) -> None:
    assert tag(text, "2019-11-19") == []


@pytest.mark.parametrize("text", ["in 1998 because", "in the classroom of 1998", "in 1998, before Christmas"])
def test_a_year_stays_one_beside_words_that_begin_alike(text: str) -> None:
    assert [m.value for m in tag(text, "2019-11-19")] == ["1998"]


def test_a_date_whose_weekday_fits_no_near_year_has_no_year() -> None:
    assert [m.value for m in tag("on Thursday, November 18", "2019-11-19")] == ["XXXX-11-18"]
