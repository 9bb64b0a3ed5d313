"""What every language's file keeps to, so that a new one is told what it forgot."""

import re

import pytest

from search.enrich.dates.folding import fold
from search.enrich.dates.language import CODES, language, spoken
from search.enrich.dates.scanning import BUILDERS

CHECKED = {"before": {"since", "done", "range"}, "after": {"owned", "and", "to"}}
NEEDED = {"weekday": 7, "month": 12}


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_all_that_readers_ask_for(code: str) -> None:
    found = language(code)
    assert {rule.build for rule in found.rules} <= set(BUILDERS)
    assert found.before.keys() >= CHECKED["before"]
    assert found.after.keys() >= CHECKED["after"]
    for name, count in NEEDED.items():
        assert set(found.words[name].values()) == {str(number) for number in range(1, count + 1)}
    assert set(found.words["plural"]) <= set(found.words["unit"])


@pytest.mark.parametrize("code", CODES)
def test_no_pattern_of_a_language_repeats_without_a_bound(code: str) -> None:
    found = language(code)
    for pattern in (*(rule.pattern for rule in found.rules), *found.before.values(), *found.after.values(), found.ahead,
                    found.behind):
        assert not re.search(r"(?<!\\)[*+]|\{\d+,\}", re.sub(r"\[[^\]]*\]", "", pattern.pattern)), pattern.pattern


@pytest.mark.parametrize(("text", "codes"), [
    ("The mill was sold on Monday and the dam in May.", ("en",)),
    ("Le moulin a été vendu lundi et le barrage en mai.", ("fr",)),
    ("بيعت المطحنة يوم الاثنين في المدينة", ("ar",)),
    ("18 2019", CODES),
])
def test_a_text_is_read_in_the_language_that_it_is_written_in(text: str, codes: tuple[str, ...]) -> None:
    assert spoken(fold(text)) == codes
