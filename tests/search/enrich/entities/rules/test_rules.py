import pytest
from hypothesis import given

from search.enrich.entities.rules import Rules
from tests.search.enrich.conftest import TEXTS


def spans(text: str) -> list[tuple[str, str]]:
    found, = Rules().pipe([text])
    return [(text[span.start:span.end], span.type) for span in found]


@given(TEXTS)
def test_any_text_gives_spans_in_range_in_order_and_apart(text: str) -> None:
    end = 0
    for span in next(Rules().pipe([text])):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.parametrize(("text", "expected"), [
    ("They met Ludwig van der Berg there.", [("Ludwig van der Berg", "PER")]),
    ("They met President Amadou Traore in Quovia.", [("Amadou Traore", "PER"), ("Quovia", "LOC")]),
    ("The Ministry of Foreign Affairs in Baghdad closed.",
     [("Ministry of Foreign Affairs", "ORG"), ("Baghdad", "LOC")]),
    ("He studied at Kirkuk University.", [("Kirkuk University", "ORG")]),
    ("Iraqi voters and Iran-backed groups met in Gaza City.", [("Gaza City", "LOC")]),
    ("Two Sri Lankans and a South African left Kandy.", [("Kandy", "LOC")]),
    ("However, the UN left.", [("UN", "ORG")]),
    ("Le président a parlé en Syrie.", [("Syrie", "LOC")]),
    ("They signed the Ostrava Trade Agreement on Monday.", []),
    ("They left by Gate Four and Salen Five.", []),
    ("They spoke of Human Rights, Value Added Tax and Reply Cancel.", []),
    ("They met Minister of Foreign Affairs Amadou Traore.", [("Amadou Traore", "PER")]),
    ("They met Anna Kestrel Reply Cancel.", [("Anna Kestrel", "PER")]),
    ("They met Jordan Kestrel.", [("Jordan Kestrel", "PER")]),
    ("They fought the Liberation Tigers.", [("Liberation Tigers", "ORG")]),
    ("They told the Prisoners' Rights Monitor of it.", [("Prisoners' Rights Monitor", "ORG")]),
    ("They told the Prisoners’ Rights Monitor of it.", [("Prisoners’ Rights Monitor", "ORG")]),
    ("They met the Kestrels' Anna Roe.", [("Anna Roe", "PER")]),
    ("They left the Philippines' Central Bank.", [("Philippines", "LOC"), ("Central Bank", "ORG")]),
])
def test_names_are_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Then they slept in Quovia.", [("Quovia", "LOC")]), ("Then Marlo said so.", [("Marlo", "PER")]),
    ("Then came Ali.", [("Ali", "PER")]), ("Then came Quovia.", []),
    ("Ana Marlo came. Then Marlo left.", [("Ana Marlo", "PER"), ("Marlo", "PER")]),
])
def test_a_lone_word_is_typed_by_the_rest_of_the_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert spans(text) == expected


def test_a_headline_names_only_what_the_text_knows() -> None:
    text = "Mayor Opens Bridge After Long Delay, Kestrel Tells Council\n\nMayor Jonas Kestrel opened a bridge."
    assert spans(text) == [("Kestrel", "PER"), ("Jonas Kestrel", "PER")]
