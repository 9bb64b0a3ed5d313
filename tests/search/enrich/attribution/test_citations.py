import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import Article
from search.document import Citation, NameMention, NameType
from search.enrich.attribution import citations, cited
from search.enrich.entities import mentions
from tests.search.enrich.attribution.marked import found
from tests.search.enrich.conftest import TEXTS, grows_linearly


@given(TEXTS)
def test_any_text_gives_citations_in_range_in_order_and_apart(text: str) -> None:
    end = 0
    for citation in citations(text, mentions(text)):
        assert end <= citation.start < citation.end <= len(text)
        end = citation.end


@given(TEXTS, st.sets(st.integers(0, 100)), st.sampled_from(["PER", "ORG", "LOC"]))
def test_names_anywhere_do_no_harm(text: str, borders: set[int], kind: NameType) -> None:
    ends = sorted(border for border in borders if border <= len(text))
    names = [NameMention(start, end, kind, "Kestrel") for start, end in zip(ends[::2], ends[1::2], strict=False)]
    assert all(citation.end <= len(text) for citation in citations(text, names))


@given(TEXTS)
def test_the_cited_are_the_named_sources_and_media(text: str) -> None:
    assert cited(text) == [(citation.start, citation.end) for citation in citations(text, mentions(text))
                           if citation.name and citation.kind in ("source", "medium")]


def test_time_grows_no_faster_than_the_text(repeated: str) -> None:
    assert grows_linearly(cited, repeated)


@pytest.mark.parametrize("piece", [
    "said ", "Found ", "Ana Kestrel and ", "Ana Kestrel, ", "said Ana Kestrel and ", "according to ", "”, said “",
    "not said ", "he last ", "office ", "a poll by ", "officials who ", "BAGHDAD (", "(Reporting by ", "a - ", "a | ",
    "A spokesman for Ana Kestrel of Vardis, Velmara, said ", "\nAna Kestrel: ", "told CNN ",
])
def test_time_grows_no_faster_than_a_text_that_repeats_cues(piece: str) -> None:
    assert grows_linearly(cited, piece)


def test_a_citation_stands_where_its_name_does() -> None:
    text = "Ana Kestrel said so."
    assert citations(text, mentions(text)) == (Citation(0, 11, "source", "Ana Kestrel"),)


def test_a_citation_is_counted_under_the_name_of_its_mention() -> None:
    assert found("[PER Ana Kestrel] left. [PER Kestrel=Ana Kestrel] said so.") == [("Kestrel", "source", "Ana Kestrel")]


def test_what_is_found_in_two_ways_is_cited_once() -> None:
    assert found("It rained, according to [ORG Harbour Post], which said so.") == [
        ("Harbour Post", "source", "Harbour Post")]


def test_the_seeds_cite_whom_they_cite(prisons: Article, releases: Article) -> None:
    def named(article: Article) -> set[str | None]:
        return {c.name for c in citations(article.text, mentions(article.text)) if c.kind in ("source", "medium")}
    assert {"CNN", "Saad al-Allaq", None} == named(prisons)
    assert {"Middle East Monitor", "Aliya Nassif", "Walid Al-Qaisi", "The New Arab", "Human Rights Watch", "Lama Fakih",
            "IMIS", None} == named(releases)
