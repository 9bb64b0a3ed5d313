"""When a page says its article appeared, where it says so, and never a day that nobody said."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.dating import published, published_of, unknown_date
from scrapers.metadata import published_date
from scrapers.outlets import Outlet, by_name
from scrapers.page import Page

URL = "https://ombratimes.example/news/old-bridge"
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "%s"}</script>'
FAR = "<p>%s</p><p>" + "The river was low. " * 20 + "</p>"  # so far from the heading that anything may be meant
META = '<meta property="article:published_time" content="%s">'


@pytest.mark.parametrize(
    ("head", "before", "url", "value", "method"),
    [
        (LD % "2019-11-18T19:24:00+03:00", "", URL, "2019-11-18T19:24+03:00", "json-ld"),
        (META % "2019-11-18T19:24:00Z", "", URL, "2019-11-18T19:24+00:00", "meta"),
        (LD % "no date" + META % "2019-11-18", "", URL, "2019-11-18", "meta"),
        ("", '<time datetime="2019-11-18">Monday</time>', URL, "2019-11-18", "time"),
        ("", "", "https://ombratimes.example/2019/11/18/old-bridge", "2019-11-18", "url"),
        ("", '<p class="posted-date">Posted on 18 November 2019 | 877 views</p>', URL, "2019-11-18", "byline"),
        ("", "<p>Ombra, 18 November 2019</p>", URL, "2019-11-18", "byline"),
        ("", FAR % "Ombra, 18 November 2019", URL, "2019-11-18", "text"),
        ("", FAR % "Published on 18 November 2019", URL, "2019-11-18", "byline"),
        ("", "<p>By Ann Lee, 18.11.19</p>", URL, "2019-11-18", "byline"),
        ('<script>var page = {"published_at": "2019-11-18T08:00:00Z"}</script>', "", URL, "2019-11-18T08:00+00:00",
         "script"),
        ('<meta name="description" content="Old bridge (18 November 2019)">', "", URL, "2019-11-18", "text"),
        ('<meta property="og:image" content="https://ombratimes.example/2019/11/18/bridge.jpg">', "", URL, "2019-11-18",
         "image"),
        ('<meta name="date" content="2020-02-02">', "<p>Ombra, 18 November 2019</p>", URL, "2019-11-18", "byline"),
        ('<meta name="date" content="2019-11-18">', "", URL, "2019-11-18", "meta"),
        ("", "", "https://ombratimes.example/press/18-11-2019", "2019-11-18", "url"),
        ('<meta name="last-modified" content="2019-11-18">', "", URL, "2019-11-18", "modified"),
        ("", "", URL, None, "unknown"),
    ],
)
def test_the_surest_date_wins(
    page: Callable[..., str], head: str, before: str, url: str, value: str | None, method: str
) -> None:
    found = published(page(head, before), url)
    assert (found.value, found.method) == (value, method)
    assert (found.confidence > 0) == (value is not None)


def test_what_is_surer_has_the_higher_confidence(page: Callable[..., str]) -> None:
    declared, shown = published(page(LD % "2019-11-18"), URL), published(page("", FAR % "18 November 2019"), URL)
    assert declared.confidence > 0.9
    assert shown.confidence < 0.6


def test_a_day_beside_the_heading_takes_the_time_that_an_element_gives_it(page: Callable[..., str]) -> None:
    html = page("", '<p>18 November 2019</p><time datetime="2019-11-18T19:24:00+03:00">Monday</time>')
    assert published(html, URL).value == "2019-11-18T19:24+03:00"


def test_the_dates_of_comments_and_of_related_articles_are_not_the_articles(page: Callable[..., str]) -> None:
    stamp = '<time itemprop="datePublished" datetime="2020-02-02">x</time>'
    comment = f'<div class="comments"><article>{stamp}</article></div>'
    teaser = '<div class="related-news"><time datetime="2020-02-02">x</time></div>'
    html = page("", comment + teaser + '<time datetime="2019-11-18">Monday</time>')
    assert published(html, URL).value == "2019-11-18"


def test_a_date_after_the_capture_is_passed_over(page: Callable[..., str]) -> None:
    html = page(LD % "2031-01-01" + META % "2019-11-18")
    assert published_of(Page(html, URL), date(2020, 1, 1)).value == "2019-11-18"
    assert published_of(Page(html, URL), date(2019, 11, 1)).value is None


def test_a_date_before_the_outlet_began_is_passed_over(page: Callable[..., str]) -> None:
    html = page(LD % "1999-01-01", "<p>18 November 2019</p>")
    assert published(html, "https://www.nrttv.com/en/News.aspx?id=1").value == "2019-11-18"


def test_a_time_in_utc_is_told_by_the_outlets_own_clocks(page: Callable[..., str]) -> None:
    html = page(META % "2018-11-28T21:40:00Z")
    assert published(html, "https://www.nrttv.com/en/News.aspx?id=1").value == "2018-11-29T00:40+03:00"


def test_the_day_in_the_address_is_the_outlets_own(page: Callable[..., str]) -> None:
    html = page(META % "2018-11-29T02:40:00Z")
    assert published(html, "https://ombratimes.example/2018/11/28/old-bridge").value == "2018-11-28"
    assert published(html, "https://ombratimes.example/2018/11/20/old-bridge").value == "2018-11-29T02:40+00:00"


@pytest.mark.parametrize(
    ("language", "url", "value"),
    [
        ("en-US", URL, "2019-03-04"),
        ("en-GB", URL, "2019-04-03"),
        ("fr", URL, "2019-04-03"),
        ("en", "https://ombra.co.uk/a", "2019-04-03"),
    ],
)
def test_day_and_month_stand_in_the_order_of_the_country(language: str, url: str, value: str) -> None:
    assert published(f'<html lang="{language}"><body><p class="date">03/04/2019</p></body></html>', url).value == value


def test_a_page_without_a_date_has_none(page: Callable[..., str]) -> None:
    assert published_date(page(before="<p>Updated 2 hours ago</p>"), URL) is None
    assert published_date(page(LD % "2019-11-18"), URL) == date(2019, 11, 18)


@pytest.mark.parametrize(
    ("name", "latest", "earliest", "bound"),
    [("NRT", date(2026, 1, 1), date(2011, 1, 1), date(2026, 1, 1)), ("NRT", date(1980, 1, 1), date(2011, 1, 1), None)],
)
def test_an_unknown_date_has_bounds(name: str, latest: date, earliest: date, bound: date | None) -> None:
    found = unknown_date(latest, by_name(name))
    assert (found.value, found.method, found.earliest, found.latest) == (None, "bounds", earliest, bound)
    assert unknown_date(latest, Outlet("x")).earliest is None


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_page_has_a_date_or_none(text: str, stamp: str) -> None:
    html = f'<html><meta name="date" content="{stamp}"><body><time datetime="{stamp}">{text}</time></body></html>'
    assert 0.0 <= published(html, URL).confidence < 1.0
