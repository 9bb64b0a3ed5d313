"""The search page and the lists of values, over the invented archive."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.article import Article, Published
from search.document import Document, NameMention
from search.settings import Settings
from tests.web.news import HOSTILE, engine_of, story
from web.app import create_app
from web.holdings import KEY
from web.pages import numbers

HITS = re.compile(r"<li>\s*<article>.*?</article>", re.DOTALL)
NAMES = ("q", "sort", "page", "lang", "f.person", "f.published", "x.about", "none.org", "f.x")
LINK = re.compile(r'href="([^"]*)"')
HYPOTHESIS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def of(documents: list[Document], tmp_path_factory: pytest.TempPathFactory, **changes: Any) -> FlaskClient:
    chosen = replace(Settings(), **changes)
    app = create_app(tmp_path_factory.mktemp("a"), chosen, engine=engine_of(documents, chosen))
    app.testing = True
    app.extensions[KEY].close()
    return app.test_client()


def test_the_front_page_shows_the_newest_articles_and_what_is_there(client: FlaskClient) -> None:
    html = page(client, "/")
    assert "<strong>45 articles</strong>" in html
    assert "· 7 undated" in html
    assert len(HITS.findall(html)) == 10
    assert "Harbour Courier" in html
    assert '<strong aria-current="true">newest</strong>' in html
    assert "relevance" not in html


def test_a_search_says_back_what_was_asked_and_marks_what_matched(client: FlaskClient) -> None:
    html = page(client, "/?q=breakwaters")
    assert "“breakwaters”" in unescape(html)
    assert "<mark>breakwater</mark>" in html
    assert "<strong>8 articles</strong>" in html
    assert 'value="breakwaters"' in html


def test_choices_narrow_the_search_and_can_be_taken_back(client: FlaskClient) -> None:
    html = page(client, "/?q=breakwater&f.source=The+Lantern&x.person=Ilse+Varga")
    assert all("The Lantern</bdi>" in hit for hit in HITS.findall(html))
    assert 'aria-label="Take back Outlet: The Lantern"' in html
    assert 'aria-label="Take back Person: not Ilse Varga"' in html
    assert "/?q=breakwater&amp;x.person=Ilse+Varga" in html
    assert '<input type="hidden" name="f.source" value="The Lantern">' in html


def test_every_facet_value_leads_to_as_many_articles_as_it_says(client: FlaskClient) -> None:
    html = page(client, "/?q=ferry")
    lines = re.findall(r'<li class="open">\s*<a class="value" href="([^"]+)".*?<b>([\d,]+)</b>', html, re.DOTALL)
    assert len(lines) > 15
    for href, count in lines:
        found = page(client, unescape(href))
        assert re.search(rf"<strong>{count} articles?</strong>", found), href


def test_every_link_of_the_search_page_leads_somewhere(client: FlaskClient) -> None:
    html = page(client, "/?q=ferry&f.published=2019")
    links = {unescape(href) for href in LINK.findall(html) if href.startswith("/")}
    assert len(links) > 20
    for link in links:
        assert client.get(link, buffered=True).status_code == 200, link


def test_a_year_opens_its_months_and_the_timeline_shows_them(client: FlaskClient) -> None:
    html = page(client, "/?f.published=2019")
    assert "/?f.published=2019-04" in html
    assert "<title>April 2019: 1 article</title>" in html
    assert ">January 2019</span>" in html


def test_pages_go_on_where_the_last_one_ended(client: FlaskClient) -> None:
    pages = [page(client, f"/?page={n}") for n in range(1, 6)]
    seen = [link for html in pages for link in re.findall(r'<h2[^>]*><a href="(/article/[^"?]+)', html)]
    assert len(seen) == len(set(seen)) == 45
    assert "There is no page 9" in page(client, "/?page=9")


def test_a_page_deeper_than_allowed_becomes_the_deepest_and_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    client = of([story(n) for n in range(40)], tmp_path_factory, query_hits=20)
    html = page(client, "/?page=7")
    assert "Page numbers go no deeper than 2" in html
    assert "Page numbers end here, 20 articles deep" in html
    assert len(HITS.findall(html)) == 10


def test_nothing_found_says_what_each_word_finds_and_which_choice_to_drop(client: FlaskClient) -> None:
    html = unescape(page(client, "/?q=ferry&f.source=The+Lantern&f.published=2035"))
    assert "Nothing was found." in html
    assert re.search(r"Without Published: <bdi>2035</bdi></a> there are 2 articles", html)
    assert "Without Outlet" not in html
    assert re.search(r"Without any choice</a> there are 8 articles", html)
    html = unescape(page(client, "/?q=ferry+unheardof"))
    assert re.search(r"“ferry”.*: 8<", html)
    assert re.search(r"“unheardof”.*: 0<", html)


def test_a_word_that_finds_nothing_is_tried_in_like_spellings(client: FlaskClient) -> None:
    html = unescape(page(client, "/?q=fery+selwyn"))
    link = re.search(r'<a href="([^"]*)"><bdi>fery~ selwyn</bdi></a> finds (\d+) articles', html)
    assert link
    assert f"<strong>{link[2]} articles</strong>" in page(client, link[1])
    assert "With like spellings" not in page(client, "/?q=zzyzx")
    assert "With like spellings" not in page(client, "/?q=ferry+breakwater")


def test_where_like_spellings_together_find_nothing_each_is_offered(client: FlaskClient) -> None:
    html = unescape(page(client, "/?q=fery+braekwater"))
    assert re.search(r"<bdi>fery~</bdi></a> finds 8 articles", html)
    assert re.search(r"<bdi>braekwater~</bdi></a> finds 8 articles", html)


def test_like_spellings_leave_phrases_alone(client: FlaskClient) -> None:
    html = unescape(page(client, "/?q=fery+%22fery+here%22"))
    assert re.findall(r"<bdi>([^<]*)</bdi></a> finds", html) == ["fery~"]


def test_a_search_that_ranks_nothing_does_not_offer_relevance(client: FlaskClient) -> None:
    html = page(client, "/?q=place:selwyn")
    assert '<strong aria-current="true">newest</strong>' in html
    assert ">relevance<" not in html
    assert ">relevance<" in page(client, "/?q=selwyn")


def test_the_language_of_words_is_asked_for_only_where_there_are_words(client: FlaskClient) -> None:
    assert '<label class="as" for="lang">words read as</label>' in page(client, "/?q=ferry")
    for url in ("/", "/?q=about:2019", "/?f.lang=ar"):
        assert 'for="lang"' not in page(client, url), url
    assert "its choice was left out" in page(client, "/?lang=ar")


def test_the_heading_of_the_page_comes_before_all_others(client: FlaskClient) -> None:
    for url in ("/", "/?q=ferry", "/?q=unheardof", "/facet/person", "/article/odd:changed", "/org/River%20Trust"):
        assert re.findall(r"<h([1-6])", page(client, url))[0] == "1", url


def test_there_is_no_box_of_filters_where_there_are_none(client: FlaskClient) -> None:
    assert 'class="filters"' not in page(client, "/?q=unheardof")
    assert 'class="filters"' in page(client, "/?q=unheardof&f.source=The+Lantern")


def test_a_chosen_time_says_what_its_counts_count(client: FlaskClient) -> None:
    hint = "Counts articles that name that year, month or day itself"
    assert hint in page(client, "/?f.about=2019")
    assert hint in page(client, "/facet/about")
    assert hint not in page(client, "/?f.published=2019")


def test_years_that_are_not_drawn_are_counted(tmp_path_factory: pytest.TempPathFactory) -> None:
    years = ("1701", "1702", "1990", "2019", "2020", "2090")
    client = of([Document(Article(f"y:{year}-{n}", "Outlet", "A", (), published=Published(year)))
                 for year in years for n in range(3)], tmp_path_factory)
    assert "Not drawn: 2 years before 1990 and 1 year after 2020; the table has them." in page(client, "/")


def test_bad_parameters_are_told_on_the_page(client: FlaskClient) -> None:
    html = page(client, "/?page=two&f.published=never&sort=best")
    for words in ("“two” is no page number", "“never” cannot be a value", "“best” is no order"):
        assert words in html


def test_an_unknown_date_shows_its_bounds(client: FlaskClient) -> None:
    assert "no later than 20 November 2026, when it was captured" in page(client, "/?none.published=1")


@pytest.mark.parametrize("url", [
    "/", "/?sort=oldest&page=4", "/facet/person", "/facet/source", "/article/odd:hostile", "/?q=" + HOSTILE,
    "/?f.person=" + HOSTILE, "/?page=" + HOSTILE, "/facet/person?has=" + HOSTILE, "/?q=zzz+yyy&f.source=" + HOSTILE,
    "/article/odd:hostile?q=script&marks=" + HOSTILE])
def test_hostile_text_stays_text_wherever_it_comes_from(client: FlaskClient, url: str) -> None:
    html = client.get(url).get_data(as_text=True)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert " style=" not in html


def test_archive_text_has_its_language_and_direction(client: FlaskClient) -> None:
    html = page(client, "/?f.lang=ar")
    assert '<article dir="rtl">\n<h2 dir="auto" lang="ar">' in html
    assert '<p class="snippet" dir="auto" lang="ar">' in html
    assert "Arabic" in html


@HYPOTHESIS
@given(st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=5), st.text(max_size=30)), max_size=6))
def test_no_query_string_breaks_the_search_page(client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    assert client.get("/", query_string=pairs).status_code == 200


@HYPOTHESIS
@given(st.binary(max_size=60))
def test_no_bytes_in_a_query_string_break_a_page(client: FlaskClient, raw: bytes) -> None:
    query = "q=" + "".join(f"%{byte:02x}" for byte in raw)
    for path in ("/", "/facet/person", "/api/v1/search", "/feed.atom"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_a_list_of_values_can_be_sorted_and_searched(client: FlaskClient) -> None:
    html = page(client, "/facet/person?by=name&has=a&q=ferry")
    names = re.findall(r"<bdi>([^<]+)</bdi><i>", html)
    assert names == sorted(names)
    assert "Tomas Okoye" in names
    assert "Ilse Varga" in page(client, "/facet/person?has=VARGA")
    assert "Tomas Okoye" not in page(client, "/facet/person?has=VARGA")


def test_a_list_of_dates_is_in_the_order_that_it_says(client: FlaskClient) -> None:
    def listed(url: str) -> tuple[str, list[tuple[str, int]]]:
        html = page(client, url)
        lines = re.findall(r"<bdi>(\d{4})</bdi><i></i><b>(\d+)</b>", html)
        current = re.search(r'<strong aria-current="true">([^<]+)</strong>', html)
        assert current
        return current[1], [(year, int(count)) for year, count in lines]

    word, newest = listed("/facet/published")
    assert (word, newest) == ("newest", sorted(newest, reverse=True))
    assert len(newest) > 8
    assert listed("/facet/published?by=oldest") == ("oldest", sorted(newest))
    word, by_count = listed("/facet/published?by=count")
    assert word == "by count"
    assert [count for _, count in by_count] == sorted((count for _, count in newest), reverse=True)
    assert by_count != newest


def test_a_thousand_values_are_told_and_listed_page_by_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    people = tuple(NameMention(0, 1, "PER", f"Person {n:04}") for n in range(1000))
    article = Article("many:1", "Outlet", "A", ("Text.",), published=Published("2020"))
    client = of([Document(article, names=people)], tmp_path_factory)
    assert "992 more values" in page(client, "/")
    html = page(client, "/facet/person?page=5&by=name")
    assert re.findall(r"Person \d{4}</bdi>", html)[0] == "Person 0800</bdi>"
    assert html.count('class="value"') == 200


def test_one_article_and_none_at_all_are_said_rightly(tmp_path_factory: pytest.TempPathFactory) -> None:
    one = Document(Article("a:1", "Outlet", "Alone", (), published=Published(date(2020, 1, 1).isoformat())))
    assert "<strong>1 article</strong>" in page(of([one], tmp_path_factory), "/")
    html = page(of([], tmp_path_factory), "/")
    assert "The archive is empty." in html
    assert "dateline reindex" in html


def test_page_numbers_show_the_ends_and_the_neighbours() -> None:
    assert numbers(1, 1) == [1]
    assert numbers(1, 3) == [1, 2, 3]
    assert numbers(10, 99) == [1, None, 8, 9, 10, 11, 12, None, 99]


SPELLED = [Document(Article(f"post:{number}", "Post", "Rain", (f"{name} left.",), language="en"),
                    names=(NameMention(6, 6 + len(name), "ORG", name),))
           for number, name in enumerate(("Human Rights Watch", "HRW", "HRW", "Harbour Board"), 1)]


def test_a_name_is_found_in_all_spellings_which_the_page_says_and_can_undo(
        tmp_path_factory: pytest.TempPathFactory) -> None:
    client = of(SPELLED, tmp_path_factory)
    html = page(client, "/?q=HRW")
    assert "<strong>3 articles</strong>" in html
    assert "“HRW” was also searched as “Human Rights Watch”." in unescape(html)
    undo = next(unescape(link) for link in LINK.findall(html) if "names=typed" in link)
    typed = page(client, undo)
    assert "<strong>2 articles</strong>" in typed
    assert "only as they are spelled here" in typed
    assert "<strong>3 articles</strong>" in page(client, next(unescape(link) for link in LINK.findall(
        typed[typed.index("only as they are spelled"):])))


def test_a_facet_has_one_value_for_all_spellings(tmp_path_factory: pytest.TempPathFactory) -> None:
    client = of(SPELLED, tmp_path_factory)
    values = client.get("/api/v1/search").get_json()["facets"]["org"]["values"]
    assert values == [{"value": "Human Rights Watch", "count": 3}, {"value": "Harbour Board", "count": 1}]
    assert client.get("/api/v1/search?f.org=Human+Rights+Watch").get_json()["total"] == 3
    assert client.get("/api/v1/search?f.org=Human+Rights+Watch&names=typed").get_json()["total"] == 1


def test_an_article_marks_every_spelling_that_was_searched(tmp_path_factory: pytest.TempPathFactory) -> None:
    client = of(SPELLED, tmp_path_factory)
    assert "<mark" in page(client, "/article/post:2?q=%22human+rights+watch%22&marks=none")
    assert "<mark" not in page(client, "/article/post:2?q=%22human+rights+watch%22&marks=none&names=typed")


def test_the_list_of_values_says_which_spellings_were_searched(tmp_path_factory: pytest.TempPathFactory) -> None:
    html = unescape(page(of(SPELLED, tmp_path_factory), "/facet/org?q=HRW"))
    assert "“HRW” was also searched as “Human Rights Watch”." in html
    assert "1 value" in html
