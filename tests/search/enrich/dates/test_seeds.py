"""The two articles that the project began with, expression by expression.

The first has no date at all. "Monday" is a weekday without a day; nothing in the text says which, so only a publication
date can, and before it the nearest Monday back is meant, as the law maker "said" it. "Since last month" opens a time
that goes on: it begins with the month before the publication and ends with the publication itself. "Second largest",
"1,315" and "more than 200,000" are no times.

The second has "Monday (November 18)", whose weekday fits 2013, 2019 and 2024; bounds leave one year or leave it open.
"1814 View" counts views. "In the past" is the past and no day. "10,000" and "thousands" are no times.
"""

from datetime import date

import pytest

from search.article import Article, Published
from search.document import DateMention
from search.enrich.dates import tag
from search.enrich.dates.bounds import bounds_of


def said(article: Article, published: str | Published | None) -> list[tuple[str, str, date | None, date | None]]:
    def words(mention: DateMention) -> str:
        return article.text[mention.start:mention.end]
    return [(words(m), m.value, m.begin, m.until) for m in tag(article.text, published)]


def test_the_first_article_has_a_weekday_and_an_open_month(releases: Article) -> None:
    assert said(releases, "2017-03-29") == [
        ("Monday", "2017-03-27", date(2017, 3, 27), date(2017, 3, 28)),
        ("since last month", "2017-02", date(2017, 2, 1), date(2017, 3, 30)),
    ]


def test_nothing_of_the_first_article_has_days_without_a_publication_date(releases: Article) -> None:
    assert said(releases, None) == [("Monday", "XXXX-WXX-1", None, None), ("since last month", "XXXX-XX", None, None)]


def test_the_second_article_has_one_day_and_the_past(prisons: Article) -> None:
    assert said(prisons, "2019-11-19") == [
        ("Monday (November 18)", "2019-11-18", date(2019, 11, 18), date(2019, 11, 19)),
        ("In the past", "PAST_REF", None, None),
    ]


def test_the_day_of_the_second_article_stays_open_without_bounds(prisons: Article) -> None:
    assert said(prisons, None)[0] == ("Monday (November 18)", "XXXX-11-18", None, None)


@pytest.mark.parametrize(("earliest", "latest", "years"), [
    (date(2011, 1, 1), date(2026, 1, 1), [2013, 2019, 2024]),
    (date(2015, 10, 1), date(2026, 1, 1), [2019, 2024]),
    (date(2015, 10, 1), date(2023, 12, 31), [2019]),
])
def test_only_bounds_decide_the_year_of_the_second_article(
        prisons: Article, earliest: date, latest: date, years: list[int]) -> None:
    assert bounds_of(prisons.text, earliest, latest).candidates == tuple(date(year, 11, 18) for year in years)
    [day, _] = said(prisons, Published(earliest=earliest, latest=latest))
    assert day[1] == (f"{years[0]}-11-18" if len(years) == 1 else "XXXX-11-18")
