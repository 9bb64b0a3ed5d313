import pytest
from hypothesis import given

from search.article import Article
from search.document import Citation
from search.enrich.attribution import citations, cited
from search.enrich.entities import mentions
from tests.search.enrich.conftest import TEXTS, grows_linearly


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(text[c.start:c.end], c.kind, c.name) for c in citations(text, mentions(text))]


@given(TEXTS)
def test_any_text_gives_citations_in_range_in_order_and_apart(text: str) -> None:
    end = 0
    for citation in citations(text, mentions(text)):
        assert end <= citation.start < citation.end <= len(text)
        end = citation.end


def test_time_grows_no_faster_than_the_text(repeated: str) -> None:
    assert grows_linearly(cited, repeated)


@pytest.mark.parametrize(("text", "expected"), [
    ("It rained, according to the Kestrel Daily.", [("Kestrel Daily", "source")]),
    ("“It rained,” said Ana Kestrel, who was there.", [("Ana Kestrel", "source")]),
    ("“It rained,” said the deputy director Ana Kestrel.", [("Ana Kestrel", "source")]),
    ("Ana Kestrel, a farmer near Gaza City, told BBC it rained.", [("Ana Kestrel", "source"), ("BBC", "medium")]),
    ("Ana Kestrel said in a statement to CNN that it rained.", [("Ana Kestrel", "source"), ("CNN", "medium")]),
    ("Human Rights Watch (HRW) has warned of rain.", [("Human Rights Watch", "source")]),
    ("BAGHDAD (Kestrel News) - It rained.", [("Kestrel News", "credit")]),
    ("Ana Kestrel walked home in the rain.", []),
])
def test_named_sources_are_cited(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span, kind) for span, kind, _ in found(text)] == expected


@pytest.mark.parametrize(("text", "span"), [
    ("It rained, according to local media outlets.", "local media outlets"),
    ("Turkish officials had said that it rained.", "Turkish officials"),
    ("Two officials who asked not to be named spoke of rain.", "officials who asked not to be named"),
])
def test_sources_without_a_name_are_cited_without_one(text: str, span: str) -> None:
    assert found(text) == [(span, "source", None)]
    assert cited(text) == []


def test_the_seeds_cite_whom_they_cite(prisons: Article, releases: Article) -> None:
    def named(article: Article) -> set[str | None]:
        return {c.name for c in citations(article.text, mentions(article.text)) if c.kind in ("source", "medium")}
    assert {"CNN", "Saad al-Allaq", None} == named(prisons)
    assert {"Middle East Monitor", "Aliya Nassif", "Walid Al-Qaisi", "The New Arab", "Human Rights Watch", "Lama Fakih",
            "IMIS", None} == named(releases)


def test_a_citation_stands_where_its_name_does() -> None:
    text = "Ana Kestrel said so."
    assert citations(text, mentions(text)) == (Citation(0, 11, "source", "Ana Kestrel"),)
