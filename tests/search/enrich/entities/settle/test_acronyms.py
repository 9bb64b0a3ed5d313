import pytest

from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle.acronyms import fits, initials, read_acronyms
from search.enrich.entities.spans import Span


def found(text: str, *spans: Span) -> list[tuple[str, str]]:
    return [(text[span.start:span.end], span.type) for span in read_acronyms(text, spans, gazetteer())[1]]


@pytest.mark.parametrize(("acronym", "long"), [("HRW", "Human Rights Watch"), ("ISIS", "Islamic State"),
                                               ("U.N.", "United Nations")])
def test_an_acronym_fits_its_long_form(acronym: str, long: str) -> None:
    assert fits(acronym, long)


@pytest.mark.parametrize(("acronym", "long"), [("HRW", "World Health Report"), ("ABC", "A Company Board")])
def test_letters_in_another_order_do_not_fit(acronym: str, long: str) -> None:
    assert not fits(acronym, long)


def test_initials_may_skip_small_words() -> None:
    assert initials("Guild of Harbour Pilots", "GHP")
    assert initials("Guild of Harbour Pilots", "GoHP")
    assert not initials("Guild of Harbour Pilots", "GHPS")


def test_both_forms_are_found_where_the_recogniser_saw_neither() -> None:
    text = "She left the Guild of Harbour Pilots (GHP) last year."
    assert found(text) == [("Guild of Harbour Pilots", "ORG"), ("GHP", "ORG")]


def test_the_acronym_says_how_far_a_name_goes() -> None:
    text = "the Quovian Institute of Water and Soil Research (QIWSR) said"
    assert found(text, Span(4, 30, "ORG")) == [("Quovian Institute of Water and Soil Research", "ORG"),
                                               ("QIWSR", "ORG")]


def test_a_place_keeps_its_type() -> None:
    text = "in the United Harbour Emirates (UHE)."
    assert found(text, Span(7, 30, "LOC")) == [("United Harbour Emirates", "LOC"), ("UHE", "LOC")]


def test_a_law_is_no_organisation() -> None:
    assert found("under the Harbour Safety Act (HSA), boats") == []


def test_a_sentence_ends_a_long_form() -> None:
    assert found("He saw Greta. Harbour Pilots (GHP) spoke.") == []
