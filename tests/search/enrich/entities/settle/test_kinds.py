from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle.kinds import agreed
from search.enrich.entities.spans import Span


def types(text: str, *spans: Span) -> list[str]:
    return [span.type for span in agreed(text, spans, gazetteer())]


def test_most_places_decide() -> None:
    assert types("Marlo Marlo Marlo", Span(0, 5, "LOC"), Span(6, 11, "ORG"), Span(12, 17, "LOC")) == ["LOC"] * 3


def test_a_family_name_is_a_person() -> None:
    assert types("Ana Marlo and Marlo", Span(0, 9, "PER"), Span(14, 19, "LOC")) == ["PER", "PER"]


def test_a_known_place_that_is_nowhere_a_person_stays_a_place() -> None:
    assert types("Jean Paris and Paris", Span(0, 10, "PER"), Span(15, 20, "LOC")) == ["PER", "LOC"]


def test_what_the_lists_know_is_not_put_to_the_vote() -> None:
    assert types("Human Rights Watch", Span(0, 18, "PER")) == ["ORG"]


def test_a_word_that_ends_as_outlets_do_is_no_place() -> None:
    assert types("Quoviapost", Span(0, 10, "LOC")) == ["ORG"]
