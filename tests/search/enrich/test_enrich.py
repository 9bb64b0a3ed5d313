import json
from dataclasses import replace

import pytest

from search.article import Article, Published
from search.enrich import ENRICHERS, document, findings
from search.errors import InvalidRecord

ARTICLE = Article("kestrel-daily:1", "Kestrel Daily", "Rain in Gaziantep",
                  ("Ana Kestrel told CNN on Monday that it rained, Kestrel Daily reported.",),
                  credit="(North Wind Agency)", published=Published("2019-11-19", "given", 1.0))


def test_findings_are_json_of_every_enricher() -> None:
    found = findings(ARTICLE, {})
    assert set(found) == set(ENRICHERS)
    assert json.loads(json.dumps(found)) == found


def test_a_document_holds_the_findings_and_their_versions() -> None:
    made = document(ARTICLE, findings(ARTICLE, {}), ["an earlier text"])
    assert [mention.value for mention in made.dates] == ["2019-11-18"]
    assert made.entities("LOC") == ("Gaziantep",)
    assert (made.former, made.enrichers) == (("an earlier text",), ENRICHERS)


def test_the_outlet_itself_is_not_cited_and_the_credit_is_no_cited_source() -> None:
    made = document(ARTICLE, findings(ARTICLE, {}))
    assert made.cites == ("Ana Kestrel", "CNN")
    credit = made.citations[-1]
    assert (credit.kind, credit.name) == ("credit", "North Wind Agency")
    assert ARTICLE.text[credit.start:credit.end] == "(North Wind Agency)"


@pytest.mark.parametrize("source", ["Kestrel Daily", "The Kestrel Daily", "KESTREL DAILY (LK)"])
def test_the_outlet_is_itself_under_every_spelling(source: str) -> None:
    made = document(replace(ARTICLE, source=source), findings(replace(ARTICLE, source=source), {}))
    assert made.cites == ("Ana Kestrel", "CNN")


def test_another_outlet_is_cited() -> None:
    article = replace(ARTICLE, source="Kestrel Daily Mirror")
    assert "Kestrel Daily" in document(article, findings(article, {})).cites


def test_known_findings_are_taken_as_they_are() -> None:
    name = {"start": 0, "end": 4, "type": "PER", "name": "Rain"}
    found = findings(ARTICLE, {"names": [name], "dates": []})
    assert found["names"] == [name]
    assert found["dates"] == []
    assert [citation["kind"] for citation in found["citations"]] == ["credit"]


def test_findings_that_are_none_are_refused() -> None:
    with pytest.raises(InvalidRecord):
        findings(ARTICLE, {"dates": [{"start": "soon"}]})


def test_the_seed_becomes_a_document(prisons: Article) -> None:
    made = document(prisons, findings(prisons, {}))
    assert made.cites == ("CNN", "Saad al-Allaq")
    assert "2019-11-18" in [mention.value for mention in made.dates]
    assert made.citations[-1].name == "NRT Digital Media"


@pytest.mark.parametrize(("dateline", "name"), [
    ("KARSA, Velmara", "Karsa"), ("SINGAPORE, March 2 -", "Singapore"), ("PORT-AU-PRINCE", "Port-Au-Prince"),
    ("Washington", "Washington"), ("القاهرة", "Cairo"),
])
def test_a_dateline_begins_with_a_place(dateline: str, name: str) -> None:
    article = Article("post:1", "Post", "Doors open", ("Fourteen men left.",), dateline=dateline)
    start = article.text.index(dateline)
    first = next(mention for mention in document(article, findings(article, {})).names if mention.start == start)
    assert (first.type, first.name) == ("LOC", name)


def test_a_dateline_without_a_place_adds_none() -> None:
    article = Article("post:1", "Post", "Doors open", ("Fourteen men left.",), dateline="2019 —")
    assert document(article, findings(article, {})).names == ()
