"""Outlets are found by address, by name and by the marks they leave on a text."""

import dataclasses
import zoneinfo

import pytest
import soupsieve

from scrapers import outlets
from scrapers.outlets import OUTLETS, Outlet


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.thebaghdadpost.com/en/Story/10265/A-title", "The Baghdad Post"),
        ("http://nrttv.com/EN/News.aspx?id=1&MapID=1", "NRT"),
        ("https://m.nrttv.com/x", "NRT"),
        ("https://notnrttv.com/x", None),
        ("https://nrttv.com.evil.example/x", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_belongs_to_its_outlet(url: str | None, name: str | None) -> None:
    found = outlets.by_host(url)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("url", "number"),
    [
        ("https://www.thebaghdadpost.com/en/Story/10265/A-title", "10265"),
        ("https://www.thebaghdadpost.com/en/Author/7/X", None),
        ("https://www.nrttv.com/EN/News.aspx?id=15277&MapID=1", "15277"),
        ("https://nrttv.com/en/News.aspx?MapID=1&id=23956", "23956"),
        ("https://nrttv.com/en/News.aspx?MapID=1", None),
    ],
)
def test_an_address_bears_the_outlets_number(url: str, number: str | None) -> None:
    found = outlets.by_host(url)
    assert found is not None
    assert found.article_id(url) == number


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Iraq News - Local News - Baghdadpost", "A title", "Text."], "The Baghdad Post"),
        (["A title", "Text.", "(NRT Digital Media)"], "NRT"),
        (["A title", "(NRT Digital Media)", "Text."], None),
        ([], None),
    ],
)
def test_a_text_bears_marks_of_its_outlet(lines: list[str], name: str | None) -> None:
    found = outlets.by_text(lines)
    assert (found.name if found else None) == name


def test_a_site_line_names_the_section() -> None:
    post = outlets.by_name("the baghdad post")
    assert post is not None
    assert post.section_of("Iraq News - Local News - Baghdadpost") == "Local News"
    assert post.section_of("Local News") is None


def test_an_outlet_of_which_nothing_is_known_has_its_name() -> None:
    assert outlets.generic(" Ombra Times ") == Outlet("Ombra Times")
    assert outlets.generic("nrt") is outlets.by_name("NRT")


@pytest.mark.parametrize("outlet", OUTLETS, ids=lambda outlet: outlet.name)
def test_every_record_can_be_used(outlet: Outlet) -> None:
    assert outlet.hosts
    assert not any(host.startswith("www.") for host in outlet.hosts)
    assert all(outlet.publishes(feed) for feed in outlet.feeds)
    assert all("section" not in each.groupindex or each.groupindex["section"] for each in outlet.site_lines)
    assert all("credit" in each.groupindex for each in outlet.credits)
    assert outlet.number is None or outlet.number.groups == 1
    assert zoneinfo.ZoneInfo(outlet.time_zone or "UTC")
    for layout in outlet.layouts:
        for selector in filter(None, dataclasses.astuple(layout)):
            soupsieve.compile(selector)


def test_names_and_hosts_are_each_one_outlets() -> None:
    assert len({outlet.name.casefold() for outlet in OUTLETS}) == len(OUTLETS)
    hosts = [host for outlet in OUTLETS for host in outlet.hosts]
    assert len(set(hosts)) == len(hosts)
