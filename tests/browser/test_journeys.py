"""What readers do, in a real browser: from a search to an article and back, at any width, by night, without scripts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Opened = Callable[..., "Page"]

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
NARROWEST: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PAGES = ("/", "/?q=ferry+OR+zzz*+OR+www*&f.source=The+Lantern&x.person=Ilse+Varga", "/?f.published=2019",
         "/?q=nothing+ferry", "/facet/person", "/article/the-lantern:103?q=flood", "/article/odd:endless",
         "/article/odd:hostile", "/article/odd:arabic", "/person/Ilse%20Varga", "/article/odd:changed")


def contrast(page: "Page", selector: str) -> float:
    """The contrast of an element's text with the page behind it, as WCAG 2 counts it."""
    colours = page.evaluate("s => [document.querySelector(s), document.body].map((e, n) => "
                            "getComputedStyle(e)[n ? 'backgroundColor' : 'color'])", selector)
    light, dark = sorted((luminance(colour) for colour in colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def outlet(page: "Page", name: str) -> "Locator":
    """The link to an outlet among the filters."""
    return page.get_by_role("list", name="Outlet", exact=True).get_by_role("link", name=name)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_reader_searches_narrows_reads_and_comes_back(opened: Opened, scripts: bool) -> None:
    page = opened("/", **WIDE, java_script_enabled=scripts)
    page.get_by_role("searchbox").fill("ferry")
    page.get_by_role("button", name="Search").click()
    assert page.get_by_role("status").inner_text().startswith("8 articles")
    outlet(page, "The Lantern 2").click()
    assert page.get_by_role("status").inner_text().startswith("2 articles")
    results = page.url
    page.get_by_role("heading", name="Ministry of Transport reopens").first.get_by_role("link").click()
    assert page.locator("article h1").inner_text() == "Ministry of Transport reopens the night ferry to Kestrel Bay"
    assert page.locator("mark.found").first.inner_text() == "ferry"
    page.get_by_role("link", name="Back to the results").click()
    assert page.url == results
    page.get_by_role("link", name="Take back Outlet: The Lantern").click()
    assert page.get_by_role("status").inner_text().startswith("8 articles")


@pytest.mark.parametrize("options", [PHONE, WIDE], ids=["390", "1280"])
def test_a_name_leads_to_its_page_and_that_on_to_its_company_and_articles(
        opened: Opened, options: dict[str, Any]) -> None:
    page = opened("/?q=ferry", **options, java_script_enabled=False)
    if options is PHONE:
        page.get_by_text("Filters", exact=True).click()
    page.get_by_role("link", name="All about Ilse Varga").first.click()
    assert page.locator("h1").inner_text() == "Ilse Varga"
    page.get_by_role("link", name="Kestrel Bay", exact=True).first.click()
    assert page.url.endswith("/place/Kestrel%20Bay")
    page.get_by_label("Search these articles").fill("ferry")
    page.locator(".narrow").get_by_role("button", name="Search").click()
    assert page.url.endswith("/?f.place=Kestrel+Bay&q=ferry")
    page.get_by_role("link", name="Take back Place: Kestrel Bay").wait_for()


def test_a_bar_of_the_timeline_opens_its_year(opened: Opened) -> None:
    page = opened("/", **WIDE)
    page.locator(".timeline svg a", has=page.locator("title", has_text="2019:")).first.click()
    assert "f.published=2019" in page.url


def test_a_finding_leads_to_its_place_in_the_text(opened: Opened) -> None:
    page = opened("/article/the-lantern:103", **WIDE)
    page.get_by_label("What was found").get_by_role("link", name="Monday").click()
    assert page.locator(":target").inner_text() == "Monday"


def test_the_keyboard_reaches_the_content_first(opened: Opened) -> None:
    page = opened("/?q=ferry", **WIDE)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.parametrize("options", [NARROWEST, PHONE, {"viewport": {"width": 768, "height": 1024}}, WIDE],
                         ids=["320", "390", "768", "1280"])
def test_no_page_is_wider_than_its_window(opened: Opened, options: dict[str, Any]) -> None:
    page = opened("/", **options)
    for path in PAGES:
        page.goto(path)
        for details in page.locator("details").all():
            details.evaluate("element => element.open = true")
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= window, path


@pytest.mark.parametrize("options", [NARROWEST, PHONE, WIDE], ids=["320", "390", "1280"])
def test_a_count_stays_on_one_line_however_long_its_label_is(opened: Opened, options: dict[str, Any]) -> None:
    page = opened("/?q=ferry", **options)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    page.locator(".value bdi").evaluate_all("all => all.forEach(one => one.textContent = 'Harbour Board '.repeat(6))")
    page.locator(".value b").evaluate_all("all => all.forEach(one => one.textContent = '1,147')")
    heights = page.locator(".value b").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))")
    assert len(heights) > 15
    assert max(heights) < 1.5


def test_not_can_be_seen_before_it_is_pointed_at(opened: Opened) -> None:
    page = opened("/?q=ferry", **WIDE)
    line = page.get_by_role("list", name="Outlet", exact=True).get_by_role("listitem").first
    seen = "element => Number(getComputedStyle(element).opacity)"
    assert 0.3 < line.locator(".not").evaluate(seen) < 1
    line.hover()
    assert line.locator(".not").evaluate(seen) == 1
    phone = opened("/?q=ferry", **PHONE)
    phone.get_by_text("Filters", exact=True).click()
    assert phone.locator(".not").first.evaluate(seen) == 1


def test_the_header_of_an_arabic_article_stands_where_its_title_does(opened: Opened) -> None:
    page = opened("/article/odd:arabic", **WIDE)
    right = [page.locator(selector).evaluate("""element => {
        const range = document.createRange(); range.selectNodeContents(element);
        return range.getBoundingClientRect().right }""") for selector in ("h1", ".paper .outlet", ".text p")]
    assert max(right) - min(right) < 3


def test_english_beside_an_arabic_title_is_read_in_its_own_order(opened: Opened) -> None:
    page = opened("/?f.lang=ar", **WIDE)
    lefts = """element => [element.firstChild, element.lastChild].map(node => {
        const range = document.createRange(); range.selectNodeContents(node);
        return range.getBoundingClientRect().left })"""
    for selector in (".hits .source > bdi:last-child", ".hits .groups > div"):
        for element in page.locator(selector).all():
            first, last = element.evaluate(lefts)
            assert first < last, selector
    assert page.locator(".hits .source time").evaluate("""element => {
        const at = (start, end) => { const range = document.createRange();
            range.setStart(element.firstChild, start); range.setEnd(element.firstChild, end);
            return range.getBoundingClientRect().left };
        return at(0, 1) < at(element.textContent.length - 1, element.textContent.length) }""")


def test_filters_are_folded_on_a_phone_and_open_on_a_wide_page(opened: Opened) -> None:
    phone = opened("/?q=ferry", **PHONE)
    value = outlet(phone, "The Lantern 2")
    assert not value.is_visible()
    phone.get_by_text("Filters", exact=True).click()
    assert value.is_visible()
    value.click()
    assert phone.get_by_text("Filters (1)").is_visible()
    wide = opened("/?q=ferry", **WIDE)
    assert outlet(wide, "The Lantern 2").is_visible()
    assert not wide.get_by_text("Filters", exact=True).is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_by_day_and_by_night(opened: Opened, scheme: str) -> None:
    page = opened("/?q=ferry&f.lang=en", **WIDE, color_scheme=scheme)
    assert (luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.1) == (scheme == "dark")
    for selector in ("body", ".count", ".outlet", ".hits h2 a", ".groups dt", ".value b", ".source small"):
        assert contrast(page, selector) >= 4.5, selector
    page.goto("/article/the-lantern:103")
    for kind in ("person", "org", "place", "cites", "about"):
        assert contrast(page, f".findings .{kind}") >= 4.5, kind
