import json
import unicodedata
from dataclasses import replace
from datetime import date

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article, Published
from search.document import Document
from search.query.tree import Prefix, Word
from search.report import date_words, facet_json, facet_lines, hit_json, hit_lines, results_json
from search.results import Facet, FacetValue, Hit, Note, Results, Share, Snippet
from tests.anything import any_text
from tests.strategies import published

STORY = Article("courier:7", "Courier", "The ferry is late", ("It left at noon.",), url="https://news.example/7",
                language="en", published=Published("2019-11-18T19:24+03:00"))
HIT = Hit(Document(STORY), 1.255, Snippet("The ferry is late", ((4, 9),)),
          Snippet("It left at noon.", ((3, 7), (11, 15))))
FACET = Facet("person", (FacetValue("Ilse Varga", 1200), FacetValue("Tomas Okoye", 7)), distinct=1234, missing=3)
HOSTILE = st.text(st.sampled_from("a\x07\x08\t\n\r\x1b[2J\x7f\x80\x9b\x9d é\u2028"))


def control(line: str) -> bool:
    return any(unicodedata.category(character) == "Cc" for character in line)


def test_a_hit_is_told_in_four_lines() -> None:
    assert list(hit_lines(3, HIT)) == [
        "3. The ‹ferry› is late",
        "   Courier · 2019-11-18 19:24+03:00 · score 1.25 · courier:7",
        "   It ‹left› at ‹noon›.",
        "   https://news.example/7",
    ]


def test_what_a_hit_lacks_takes_no_room() -> None:
    undated = Document(replace(STORY, url=None, published=Published()))
    bare = replace(HIT, document=undated, score=0.0, snippet=Snippet(""))
    assert list(hit_lines(1, bare)) == ["1. The ‹ferry› is late", "   Courier · date unknown · courier:7"]


def test_matches_stand_in_bold_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    title, *_ = hit_lines(1, HIT)
    assert title == f"1. The {click.style('ferry', bold=True)} is late"


@given(HOSTILE, HOSTILE, HOSTILE)
def test_control_characters_never_reach_a_terminal(title: str, body: str, name: str) -> None:
    article = replace(STORY, title=title + "x", source=name + "x", url=f"https://news.example/{body}")
    spans = ((0, len(body)),) if body else ()
    hit = Hit(Document(article), 1.0, Snippet(article.title, ((0, 1),)), Snippet(body, spans))
    assert not any(control(line) for line in hit_lines(1, hit))
    assert not any(control(line) for line in facet_lines(Facet("person", (FacetValue(name, 1),), 1, 0)))


@pytest.mark.parametrize(("when", "words"), [
    (Published("2019"), "2019"), (Published("2019-11-18"), "2019-11-18"),
    (Published("2019-11-18T19:24Z"), "2019-11-18 19:24Z"), (Published(), "date unknown"),
    (Published(earliest=date(2019, 1, 2)), "date unknown after 2019-01-02"),
    (Published(latest=date(2020, 1, 2)), "date unknown before 2020-01-02"),
    (Published(earliest=date(2019, 1, 2), latest=date(2020, 1, 2)), "date unknown after 2019-01-02 before 2020-01-02"),
])
def test_a_date_is_told_as_it_is_known(when: Published, words: str) -> None:
    assert date_words(when) == words


@given(published())
def test_any_date_has_words(when: Published) -> None:
    assert date_words(when).startswith(when.value[:10] if when.value else "date unknown")


def test_a_facet_is_told_with_its_counts() -> None:
    assert list(facet_lines(FACET)) == [
        "person (1,234)", "   1,200  Ilse Varga", "       7  Tomas Okoye", "       3  (none)"]
    assert list(facet_lines(Facet("person", (), 0, 0))) == ["person (0)"]


def test_results_are_data() -> None:
    results = Results(12, (HIT,), {"person": FACET}, (Note("limit", "Cut."),), exact=False, next="abc",
                      generation="gen-1", seconds=0.25)
    data = json.loads(json.dumps(results_json(results, "articles with “ferry”", (Note("syntax", "Read as words."),))))
    assert data == {
        "query": "articles with “ferry”", "total": 12, "exact": False, "seconds": 0.25, "generation": "gen-1",
        "next": "abc",
        "notes": [{"kind": "syntax", "text": "Read as words."}, {"kind": "limit", "text": "Cut."}],
        "hits": [{
            "id": "courier:7", "source": "Courier", "title": "The ferry is late", "url": "https://news.example/7",
            "published": STORY.published.to_json(), "language": "en", "score": 1.255, "shares": [],
                "snippet": "It left at noon.",
            "matches": {"title": [[4, 9]], "snippet": [[3, 7], [11, 15]]},
        }],
        "facets": {"person": {"values": [{"value": "Ilse Varga", "count": 1200}, {"value": "Tomas Okoye", "count": 7}],
                              "distinct": 1234, "missing": 3}},
    }


@settings(max_examples=30)
@given(any_text(1), st.dictionaries(any_text(), st.integers(1)))
def test_any_text_survives_as_data(text: str, counts: dict[str, int]) -> None:
    hit = replace(HIT, document=Document(replace(STORY, title=text)), snippet=Snippet(text))
    data = json.loads(json.dumps(hit_json(hit)))
    assert (data["title"], data["snippet"]) == (text, text)
    facet = Facet("person", tuple(FacetValue(*pair) for pair in counts.items()), len(counts), 0)
    held = json.loads(json.dumps(facet_json(facet)))
    assert {value["value"]: value["count"] for value in held["values"]} == counts


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1), st.data())
def test_marking_changes_nothing_but_the_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    line, *_ = hit_lines(1, replace(HIT, title=Snippet(text, ((start, end),))))
    assert line == f"1. {text[:start]}‹{text[start:end]}›{text[end:]}"


def test_a_hit_says_what_its_score_is_made_of() -> None:
    hit = replace(HIT, shares=(Share(Word("ferry"), "title", 1.1), Share(Prefix("noo"), None, 0.155)))
    assert list(hit_lines(1, hit))[2] == "   1.10 for “ferry” in the title + 0.15 for “noo*”"
    assert hit_json(hit)["shares"] == [{"term": "ferry", "field": "title", "score": 1.1},
                                       {"term": "noo*", "field": None, "score": 0.155}]
