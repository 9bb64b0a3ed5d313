import pytest
from hypothesis import given

from search.enrich.entities.tagger.reading import apart, read
from tests.bench.names.numbering import Numbers
from tests.search.enrich.conftest import TEXTS


def words(text: str) -> list[str]:
    reading = read(text, Numbers())
    return [text[start:end] for start, end in zip(reading.starts, reading.ends, strict=True)]


def sentences(text: str) -> list[list[str]]:
    numbers = read(text, Numbers()).sentences.tolist()
    return [[word for word, of in zip(words(text), numbers, strict=True) if of == number]
            for number in dict.fromkeys(numbers)]


@given(TEXTS)
def test_no_letter_is_lost_and_sentences_are_in_order(text: str) -> None:
    assert "".join("".join(words(text)).split()) == "".join(text.split())
    numbers = read(text, Numbers()).sentences.tolist()
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(("text", "expected"), [
    ("Lt. Gen. Saad al-Allaq’s", ["Lt.", "Gen.", "Saad", "al-Allaq", "’s"]),
    ("the U.S.-led and U. S. side", ["the", "U.S.-led", "and", "U. S.", "side"]),
    ("see https://quovia.example/a-b now", ["see", "https://quovia.example/a-b", "now"]),
    ("R&B at O’Roe's, 3.5-4", ["R&B", "at", "O’Roe", "'s", ",", "3.5-4"]),
    ("@kestrel #rain", ["@kestrel", "#rain"]),
])
def test_words_are_cut_where_names_may_end(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_text_that_was_cut_into_words_before_is_put_together() -> None:
    text = "The 41 - year - old Kim Dae - ki met D’ Roe’ s aide."
    assert words(text) == ["The", "41", "-", "year - old", "Kim", "Dae - ki", "met", "D’ Roe", "’ s", "aide", "."]


@pytest.mark.parametrize("text", ["Rain - and then snow - fell.", "A well-known, well-to-do man - he never - left", ""])
def test_a_dash_is_no_hyphen(text: str) -> None:
    assert not apart(text)


def test_sentences_end_at_full_stops_before_capitals_and_at_lines() -> None:
    assert sentences("It rained.” Ana left. then\nBo came.") == [
        ["It", "rained", ".", "”"], ["Ana", "left", ".", "then"], ["Bo", "came", "."]]


def test_an_abbreviation_ends_no_sentence() -> None:
    assert len(sentences("Then Mr. Roe of the U.S. Harbour Police came.")) == 1
