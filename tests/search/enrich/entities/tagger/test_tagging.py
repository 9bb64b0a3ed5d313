from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given

from search.enrich.entities.tagger import tagging
from search.enrich.entities.tagger.model import load
from search.enrich.entities.tagger.tagging import HEADLINE, IN_CAPITALS, PLAIN, Tagger, written
from search.enrich.entities.tagger.vocabulary import EDGES, form
from tests.search.enrich.conftest import TEXTS

TEXT = ("Ana Kestrel, the mayor of Gaziantep, told Reuters on Monday that the Harbour Workers Union would not strike.\n"
        "“Kestrel has our word,” said Bo Roe, who leads the union in Turkey.")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(load())


def named(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    return [(text[span.start:span.end], span.type) for span in tagger.spans(text)]


def test_people_bodies_and_places_are_found(tagger: Tagger) -> None:
    assert {("Ana Kestrel", "PER"), ("Gaziantep", "LOC"), ("Reuters", "ORG"), ("Harbour Workers Union", "ORG"),
            ("Kestrel", "PER"), ("Bo Roe", "PER"), ("Turkey", "LOC")} == set(named(tagger, TEXT))


@given(TEXTS)
def test_names_are_in_order_and_apart(tagger: Tagger, text: str) -> None:
    end = 0
    for span in tagger.spans(text):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_what_was_read_before_changes_nothing(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Tagger(load()).spans(TEXT)
    assert tagger.spans(TEXT) == fresh
    before = tagger.vocabulary.count
    monkeypatch.setattr(tagging, "MOST", 1)
    assert tagger.spans("Rain.") == []
    assert len(EDGES) < tagger.vocabulary.count < before
    assert tagger.spans(TEXT) == fresh


def test_threads_do_not_disturb_each_other(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "MOST", 20)
    expected = tagger.spans(TEXT)
    with ThreadPoolExecutor(4) as pool:
        assert all(found == expected for found in pool.map(tagger.spans, [TEXT] * 40))


@pytest.mark.parametrize(("words", "kind"), [
    ("Mayor Opens Bridge After Long Delay", HEADLINE), ("MAYOR OPENS BRIDGE", IN_CAPITALS),
    ("The mayor of Quovia opened a bridge", PLAIN), ("It rained", PLAIN),
])
def test_headlines_are_told_from_sentences(words: str, kind: int) -> None:
    forms = np.array([form(word) for word in words.split()], np.uint8)
    assert set(written(forms, np.zeros(len(forms), np.int64)).tolist()) == {kind}
