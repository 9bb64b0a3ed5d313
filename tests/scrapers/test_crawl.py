"""A round over an outlet brings what is new, and only that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scrapers.crawl import crawl
from scrapers.fetch import Fetcher
from scrapers.outlets import Outlet
from search.archive import Archive
from search.settings import Settings

from .conftest import Site

SETTINGS = Settings(fetch_test_hosts="127.0.0.1", fetch_delay=0, fetch_seconds=5)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", SETTINGS, create=True) as opened:
        yield opened


@pytest.fixture
def outlet(site: Site, page: Callable[..., str]) -> Outlet:
    """An outlet whose feed lists two articles, one page that is gone, and one address of another's."""
    links = [site.address + path for path in ("/1", "/2", "/gone")] + ["https://elsewhere.example/3"]
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    site.answer("/feed.xml", f'<rss version="2.0"><channel>{items}</channel></rss>', etag='"1"')
    for number in (1, 2):
        site.answer(f"/{number}", page(title=f"Old bridge, part {number}"), content_type="text/html")
    return Outlet("Ombra Times", hosts=("127.0.0.1",), feeds=(site.address + "/feed.xml",))


def test_new_articles_are_added_with_their_captures(archive: Archive, outlet: Outlet) -> None:
    report = crawl(archive, outlet, Fetcher(SETTINGS))
    assert (report.reached, report.added, report.known, len(report.set_aside)) == (True, 2, 0, 1)
    assert "404" in report.set_aside[0].reason
    article = next(each for each in archive.sample(9, 9) if each.title == "Old bridge, part 1")
    assert (article.source, archive.count()) == ("Ombra Times", 2)
    assert article.capture is not None
    assert archive.capture(article.capture) is not None


def test_a_second_round_fetches_only_what_is_missing(archive: Archive, outlet: Outlet, site: Site) -> None:
    crawl(archive, outlet, Fetcher(SETTINGS))
    site.asked.clear()
    report = crawl(archive, outlet, Fetcher(SETTINGS))
    assert (report.added, report.known) == (0, 2)
    assert site.paths() == ["/robots.txt", "/feed.xml", "/gone"]


def test_a_round_with_a_limit_leaves_the_rest_for_the_next(archive: Archive, outlet: Outlet) -> None:
    assert crawl(archive, outlet, Fetcher(SETTINGS), limit=1).added == 1
    assert crawl(archive, outlet, Fetcher(SETTINGS), limit=1).added == 1
    assert archive.count() == 2


def test_a_feed_that_did_not_change_is_not_read_again(
    archive: Archive, outlet: Outlet, site: Site, page: Callable[..., str]
) -> None:
    site.answer("/gone", page(title="Found again"), content_type="text/html")
    assert crawl(archive, outlet, Fetcher(SETTINGS)).added == 3
    site.asked.clear()
    report = crawl(archive, outlet, Fetcher(SETTINGS))
    assert (report.reached, report.known) == (True, 0)
    assert site.paths() == ["/robots.txt", "/feed.xml"]


def test_a_sitemap_index_is_followed_once(archive: Archive, outlet: Outlet, site: Site) -> None:
    site.answer(
        "/feed.xml",
        f"<sitemapindex><sitemap><loc>{site.address}/feed.xml</loc></sitemap><sitemap><loc>{site.address}/2.xml</loc>"
        "</sitemap></sitemapindex>",
    )
    site.answer("/2.xml", f"<urlset><url><loc>{site.address}/1</loc></url></urlset>")
    assert crawl(archive, outlet, Fetcher(SETTINGS)).added == 1


def test_a_hostile_link_costs_the_round_nothing_else(archive: Archive, outlet: Outlet, site: Site) -> None:
    links = ["http://[bad", site.address + "/trap", site.address + "/1"]
    site.answer("/feed.xml", "<urlset>" + "".join(f"<url><loc>{link}</loc></url>" for link in links) + "</urlset>")
    site.answer("/trap", "", status=302, location="http://[bad")
    report = crawl(archive, outlet, Fetcher(SETTINGS))
    assert (report.added, [each.where for each in report.set_aside]) == (1, [site.address + "/trap"])


def test_an_outlet_out_of_reach_is_reported(archive: Archive) -> None:
    report = crawl(
        archive, Outlet("Ombra Times", hosts=("127.0.0.1",), feeds=("http://127.0.0.1:9/feed.xml",)), Fetcher(SETTINGS)
    )
    assert (report.reached, report.added, len(report.set_aside)) == (False, 0, 1)
    assert "set aside 1" in str(report)
