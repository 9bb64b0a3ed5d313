"""The page of a name, over the invented archive and over names that no archive should have."""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.article import Article, Published
from search.document import Citation, Document, NameMention, NameType
from search.engine import Engine, open_engine
from search.names.files import FILE
from search.names.resolving import Resolved
from search.request import Request
from search.results import Results
from search.settings import Settings
from tests.web.news import HOSTILE, engine_of
from web.app import create_app
from web.entities import entity_url
from web.holdings import KEY

PANEL = re.compile(r'<section class="panel">\s*<h2>([^<]*)</h2>(.*?)</section>', re.DOTALL)
LINE = re.compile(r'<li class="open"><a class="value" href="([^"]*)"[^>]*><bdi>([^<]*)</bdi>.*?>(\d+)</', re.DOTALL)
LINK = re.compile(r'href="(/[^"]*)"')


def page(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.get_data(as_text=True)


def of(documents: list[Document], folder: Path, aliases: str = "", engine: Engine | None = None) -> FlaskClient:
    (folder / FILE).write_text(aliases, encoding="utf-8")
    app = create_app(folder, Settings(), engine=engine or engine_of(documents))
    app.testing = True
    app.extensions[KEY].close()
    return app.test_client()


def naming(number: int, *named: str, type_: NameType = "PER", cited: tuple[str, ...] = ()) -> Document:
    article = Article(f"post:{number}", "Post", "Rain", (f"{'; '.join((*named, *cited))} left.",), language="en",
                      published=Published(f"20{10 + number}"))
    start = article.body_start
    return Document(article, names=tuple(NameMention(start, start + 1, type_, name) for name in named),
                    citations=tuple(Citation(start, start + 1, "source", name) for name in cited))


def lists(html: str) -> dict[str, list[tuple[str, int]]]:
    """The names and counts under each heading."""
    return {heading: [(unescape(label), int(count)) for _, label, count in LINE.findall(inside)]
            for heading, inside in PANEL.findall(html)}


def test_a_person_has_a_page_with_all_that_its_articles_tell(client: FlaskClient) -> None:
    html = page(client, "/person/Ilse%20Varga")
    assert "<h1><bdi>Ilse Varga</bdi></h1>" in html
    assert "<strong>10 articles</strong> name this person" in html
    assert re.search(r'<a href="/cites/Ilse%20Varga">cited in 10 articles</a>', html)
    assert '<a href="/?f.person=Ilse+Varga">search these articles</a>' in html
    assert html.count('<figure class="timeline">') == 2
    assert '<a href="/?f.person=Ilse+Varga&amp;f.published=2019"' in html
    found = lists(html)
    assert found["Published by"] == [("Harbour Courier", 10)]
    assert found["Cited by"] == [("Harbour Courier", 10)]
    assert ("Valley Gazette", 10) in found["Cited in the same articles"]
    assert sum(count for _, count in found["Places in the same articles"]) == 10


def test_the_latest_articles_stand_first_and_show_the_name(client: FlaskClient) -> None:
    html = page(client, "/place/Port%20Selwyn")
    dates = re.findall(r'<time datetime="(\d{4}-\d\d-\d\d)"', html)
    assert len(dates) > 8  # one has none and comes last
    assert dates == sorted(dates, reverse=True)
    snippets = re.findall(r'<p class="snippet"[^>]*>(.*?)</p>', html)
    assert len(snippets) == 10
    assert all("<mark>Port</mark> <mark>Selwyn</mark>" in snippet or "<mark>Port Selwyn</mark>" in snippet
               for snippet in snippets)
    assert '<a href="/?f.place=Port+Selwyn">All 14 articles</a>' in html


def test_a_snippet_is_more_than_the_dateline_that_names_a_place(tmp_path: Path) -> None:
    article = Article("post:1", "Post", "Rain in Selwyn", ("It rained for nine days.",), dateline="SELWYN",
                      language="en")
    places = tuple(NameMention(found.start(), found.end(), "LOC", "Selwyn")
                   for found in re.finditer("(?i)selwyn", article.text))
    assert len(places) == 2
    html = page(of([Document(article, names=places)], tmp_path), "/place/Selwyn")
    assert "Rain in <mark>Selwyn</mark>" in html
    assert re.findall(r'<p class="snippet"[^>]*>(.*?)</p>', html) == ["It rained for nine days."]


def test_a_cited_source_tells_who_cites_it_and_what_else_it_is(client: FlaskClient) -> None:
    html = page(client, "/cites/Ilse%20Varga")
    assert "<strong>10 articles</strong> cite this source" in html
    assert "Published by" not in html
    assert lists(html)["Cited by"] == [("Harbour Courier", 10)]
    assert re.search(r'Here also as</dt>\s*<dd><a href="/person/Ilse%20Varga">person</a> <small>10</small>', html)
    assert "Ilse Varga" not in [name for names in lists(html).values() for name, _ in names]


@pytest.mark.parametrize("url", ["/person/Tomas%20Okoye", "/cites/Harbour%20Courier", "/org/River%20Trust"])
def test_every_link_of_the_page_leads_somewhere(client: FlaskClient, url: str) -> None:
    links = {unescape(link) for link in LINK.findall(page(client, url))}
    assert len(links) > 40
    for link in links:
        assert client.get(link, buffered=True).status_code == 200, link


def test_every_count_leads_to_as_many_articles_as_it_says(client: FlaskClient) -> None:
    html = page(client, "/person/Tomas%20Okoye")
    counts = re.findall(r'<a href="([^"]*)"[^>]*aria-label="(\d+) articles? with ', html)
    counts += re.findall(r'<a class="value" href="(/\?[^"]*)".*?<b>(\d+)</b>', html)
    assert len(counts) > 8
    for href, count in counts:
        query = unescape(href).removeprefix("/?")
        assert client.get(f"/api/v1/search?{query}").get_json()["total"] == int(count), href


def test_a_page_asks_the_index_thrice_and_only_once_for_articles(
        client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Request] = []
    search = Resolved.search

    def listening(snapshot: Resolved, request: Request) -> Results:
        asked.append(request)
        return search(snapshot, request)

    monkeypatch.setattr(Resolved, "search", listening)
    page(client, "/person/Ilse%20Varga")
    assert len(asked) == 3
    assert sorted(request.limit for request in asked) == [0, 0, 10]


NAMES = st.sampled_from(["Ann Lee", "Ann Lee Cho", "Lee", "Lee Ann", "Bo", "ann lee", "A/B", "!!!", "Annie L."])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(NAMES, min_size=1, max_size=4, unique=True), min_size=1, max_size=8), NAMES)
@example([["Ann Lee", "Bo"], ["Ann Lee Cho", "Bo"], ["Ann Lee", "Ann Lee Cho", "Lee"]], "Ann Lee")
def test_who_stands_beside_a_name_is_counted_exactly(tmp_path: Path, named: list[list[str]], name: str) -> None:
    one = {"Ann Lee", "Annie L."}
    client = of([naming(n, *several) for n, several in enumerate(named)], tmp_path,
                "human | PER | Ann Lee = Annie L.\n")
    wanted = one if name in one else {name}
    beside = Counter(other for several in named if wanted & set(several)
                     for other in {"Ann Lee" if each in one else each for each in several} - wanted)
    total = sum(bool(wanted & set(several)) for several in named)
    answer = client.get(f"/person/{quote(name)}")
    assert answer.status_code == (200 if total else 404)
    if total:
        html = answer.get_data(as_text=True)
        assert re.search(rf"<strong>{total} articles?</strong>", html)
        assert lists(html).get("People in the same articles", []) == sorted(beside.items(), key=lambda p: (-p[1], p[0]))


def test_the_index_on_disk_answers_as_the_one_in_memory(tmp_path: Path) -> None:
    documents = [naming(1, "Ann Lee", "Bo"), naming(2, "Ann Lee Cho", "Bo"), naming(3, "Ann Lee", "Ann Lee Cho", "Cy")]
    engine = open_engine(f"whoosh:{tmp_path / 'index'}")
    builder = engine.builder()
    for document in documents:
        builder.add(document)
    engine.switch(builder.commit(1, {}))
    html = page(of(documents, tmp_path, engine=engine), "/person/Ann%20Lee")
    assert "<strong>2 articles</strong>" in html
    assert lists(html)["People in the same articles"] == [("Ann Lee Cho", 1), ("Bo", 1), ("Cy", 1)]


SPELLED = [naming(n, name, type_="ORG") for n, name in enumerate(("Human Rights Watch", "HRW", "HRW", "Harbour Board"))]


@pytest.mark.parametrize("url", ["/org/HRW", "/org/Human%20Rights%20Watch"])
def test_a_name_has_one_page_in_all_spellings_each_of_which_can_be_searched(tmp_path: Path, url: str) -> None:
    client = of(SPELLED, tmp_path)
    html = page(client, url)
    assert "<h1><bdi>Human Rights Watch</bdi></h1>" in html
    assert '<link rel="canonical" href="/org/Human%20Rights%20Watch">' in html
    assert "<strong>3 articles</strong>" in html
    spelled = re.findall(r'<a href="([^"]*)" title="Only this spelling" rel="nofollow"><bdi>([^<]*)</bdi></a> '
                         r"<small>(\d+)</small>", html)
    assert [(name, count) for _, name, count in spelled] == [("HRW", "2"), ("Human Rights Watch", "1")]
    for to, _, count in spelled:
        assert re.search(rf"<strong>{count} articles?</strong>", page(client, unescape(to)))


def test_a_name_with_one_spelling_says_nothing_of_spellings(tmp_path: Path) -> None:
    assert "Spelled" not in page(of(SPELLED, tmp_path), "/org/Harbour%20Board")


STRANGE = ("AC/DC", "a/b/c", "Fifty % Club", "100%25", "“Abu” 'Bakr' \"X\"", "مجلس الميناء", HOSTILE, "Who? What#Where",
           "R&D; x=y", "+plus+", "São Tomé", "半島", "a\\b", "x" * 300)


@pytest.mark.parametrize("name", STRANGE, ids=range(len(STRANGE)))
def test_any_name_has_a_page_which_facets_articles_and_choices_link_to(tmp_path: Path, name: str) -> None:
    client = of([naming(1, name, "Bo", cited=(name,)), naming(2, "Bo")], tmp_path)
    for field in ("person", "cites"):
        with client.application.test_request_context():
            to = entity_url(field, name)
        assert to
        html = page(client, to)
        assert HOSTILE not in html
        assert unescape(re.findall(r"<h1><bdi>(.*?)</bdi></h1>", html)[0]) == name
        for before in ("/", f"/facet/{field}", "/article/post:1"):
            assert to in [unescape(link) for link in LINK.findall(page(client, before))], before
        chosen = client.get("/", query_string=[(f"f.{field}", name)]).get_data(as_text=True)
        assert f'<a class="not in" href="{to}"' in unescape(chosen[chosen.index('class="chips"'):])


@pytest.mark.parametrize("name", ["", ".", "..", "a/../b", "/lead", "trail/", "a//b", "two\nlines", "x" * 301, "\0"])
def test_a_name_that_no_path_can_hold_is_not_linked_to(client: FlaskClient, name: str) -> None:
    with client.application.test_request_context():
        assert entity_url("person", name) is None
        assert entity_url("source", "The Lantern") is None


def test_articles_without_a_value_are_no_name(client: FlaskClient) -> None:
    assert "/person/none" not in page(client, "/?none.person=1")


@pytest.mark.parametrize("url", ["/person/Nobody%20At%20All", "/cites/No%2Fbody", "/place/%E2%80%9Cx%22%3Cb%3E"])
def test_an_unknown_name_says_so_and_offers_a_search(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    html = answer.get_data(as_text=True)
    assert "No article " in html
    assert "<b>" not in html
    for link in LINK.findall(html):
        assert client.get(unescape(link), buffered=True).status_code == 200, link
    assert "/?q=" in html


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["person", "org", "place", "cites"]), st.text(min_size=1, max_size=30))
def test_no_name_breaks_the_page(client: FlaskClient, field: str, name: str) -> None:
    path = quote(name, safe="", errors="replace")
    assert client.get(f"/{field}/{path}", follow_redirects=True).status_code in (200, 404)


def test_a_field_without_names_has_no_such_page(client: FlaskClient) -> None:
    for url in ("/source/The%20Lantern", "/author/Jonna%20Reid", "/lang/en", "/person/"):
        assert client.get(url).status_code == 404, url
