import pytest
from hypothesis import given

from search.enrich.entities.rules.runs import end_of_run, headlines
from search.enrich.entities.rules.tokens import tokens
from tests.search.enrich.conftest import TEXTS

PARTICLES = frozenset(("de", "la", "van"))


@pytest.mark.parametrize(("text", "run"), [
    ("Ana Roe left", "Ana Roe"),
    ("Ana de la Cruz left", "Ana de la Cruz"),
    ("Ana de", "Ana"),
    ("Ana, Roe", "Ana"),
    ("Ana\nRoe", "Ana"),
])
def test_a_run_goes_over_particles_but_not_over_marks_and_lines(text: str, run: str) -> None:
    words = tokens(text)
    assert text[:words[end_of_run(words, 0, PARTICLES) - 1].end] == run


@given(TEXTS)
def test_each_word_is_in_a_headline_or_not(text: str) -> None:
    words = tokens(text)
    assert len(headlines(words)) == len(words)
    assert all(at < end_of_run(words, at, PARTICLES) <= len(words) for at in range(len(words)))


def test_a_line_of_capitals_is_a_headline_and_a_sentence_is_none() -> None:
    assert all(headlines(tokens("Mayor Opens Bridge After Delay")))
    assert not any(headlines(tokens("Mayor Jonas Kestrel Thursday opened the bridge.")))
