from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle.occurrences import capitals
from search.enrich.entities.settle.repeats import with_known, with_repeats
from search.enrich.entities.spans import Span


def repeated(text: str, *spans: Span) -> list[tuple[str, str]]:
    return [(text[span.start:span.end], span.type) for span in with_repeats(text, spans, capitals(text), gazetteer())]


def known(text: str, *spans: Span) -> list[tuple[str, str]]:
    return [(text[span.start:span.end], span.type) for span in with_known(text, spans, capitals(text), gazetteer())]


def test_a_name_found_once_is_found_everywhere() -> None:
    assert repeated("Marlo fell. Then Marlo rose.", Span(0, 5, "LOC")) == [("Marlo", "LOC")] * 2


def test_a_family_name_alone_is_the_person() -> None:
    assert repeated("Ana Kestrel left. Later Kestrel spoke.", Span(0, 11, "PER")) == [("Ana Kestrel", "PER"),
                                                                                     ("Kestrel", "PER")]


def test_short_and_general_words_are_not_looked_for() -> None:
    assert repeated("Bank met. The Bank lent. An Bo and Bo.", Span(0, 4, "ORG"), Span(28, 30, "PER")) == [
        ("Bank", "ORG"), ("Bo", "PER")]


def test_a_known_name_of_several_words_is_found_and_ends_a_shorter_one() -> None:
    assert known("the Middle East Monitor wrote", Span(4, 15, "LOC")) == [("Middle East Monitor", "ORG")]


def test_a_longer_name_is_not_cut_by_a_known_one() -> None:
    text = "the Middle East Monitor Prize Committee met"
    assert known(text, Span(4, 39, "ORG")) == [("Middle East Monitor Prize Committee", "ORG")]
