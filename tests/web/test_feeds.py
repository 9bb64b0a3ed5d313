"""The Atom feed of a search."""

from xml.etree import ElementTree as ET

from flask.testing import FlaskClient

from search.article import Published
from web.feeds import timestamp

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: FlaskClient, url: str) -> ET.Element:
    answer = client.get(url)
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.data)


def test_a_feed_gives_the_newest_first_whatever_order_was_chosen(client: FlaskClient) -> None:
    root = feed(client, "/feed.atom?q=ferry&sort=oldest")
    published = [entry.findtext(f"{ATOM}published") for entry in root.iter(f"{ATOM}entry")]
    dated = [moment for moment in published if moment]
    assert len(dated) >= 5
    assert dated == sorted(dated, reverse=True)
    assert root.findtext(f"{ATOM}title") == "Dateline: newest articles for “ferry”"


def test_a_feed_is_named_after_its_choices(client: FlaskClient) -> None:
    root = feed(client, "/feed.atom?f.source=The+Lantern&x.person=Ilse+Varga")
    assert root.findtext(f"{ATOM}title") == (
        "Dateline: newest articles for Outlet: The Lantern; Person: not Ilse Varga")
    assert feed(client, "/feed.atom").findtext(f"{ATOM}title") == "Dateline: newest articles"


def test_an_article_of_unknown_date_has_the_day_by_which_it_was_captured(client: FlaskClient) -> None:
    entries = feed(client, "/feed.atom?none.published=1&f.lang=en&f.source=Harbour+Courier").findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        assert entry.findtext(f"{ATOM}updated") == "2026-11-20T00:00:00+00:00"
        assert entry.find(f"{ATOM}published") is None


def test_a_feed_has_what_atom_demands(client: FlaskClient) -> None:
    root = feed(client, "/feed.atom")
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": "http://localhost/feed.atom", "alternate": "http://localhost/"}
    for element in (root, *root.iter(f"{ATOM}entry")):
        for tag in ("id", "title", "updated", "author"):
            assert element.find(f"{ATOM}{tag}") is not None, tag
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 45


def test_hostile_titles_stay_text(client: FlaskClient) -> None:
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed(client, "/feed.atom").iter(f"{ATOM}entry")]
    assert any("<script>" in title for title in titles)


def test_a_query_with_signs_that_xml_forbids_still_gives_a_feed(client: FlaskClient) -> None:
    assert feed(client, "/feed.atom?q=%22a%01b%0c%22") is not None


def test_times_are_written_in_utc_and_unknown_ones_not_at_all() -> None:
    assert timestamp(Published("2019-11-18T19:24+03:00")) == "2019-11-18T16:24:00+00:00"
    assert timestamp(Published("2019-11-18T19:24")) == "2019-11-18T19:24:00+00:00"
    assert timestamp(Published("2019-11-18")) == "2019-11-18T00:00:00+00:00"
    assert timestamp(Published("0001-01-01T00:00+14:00")) == "0001-01-01T00:00:00+00:00"
    assert timestamp(Published()) is None
