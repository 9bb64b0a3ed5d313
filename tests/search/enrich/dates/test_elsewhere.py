"""Full dates in languages without a file."""

import pytest

from search.enrich.dates import tag
from tests.search.enrich.dates.readings import values


@pytest.mark.parametrize(("text", "words", "value"), [
    ("Am Montag, 18. November 2019 in Velmara", "Montag, 18. November 2019", "2019-11-18"),
    ("El lunes 18 de noviembre de 2019 cayó", "lunes 18 de noviembre de 2019", "2019-11-18"),
    ("18 ноября 2019 года", "18 ноября 2019", "2019-11-18"),
    ("Zürich, 3. März 2011, abends", "3. März 2011", "2011-03-03"),
    ("im Jahr 2019", "2019", "2019"),
    ("12 Leute 1998", "1998", "1998"),
])
def test_a_full_date_of_another_language_is_read(text: str, words: str, value: str) -> None:
    assert values(text) == [(words, value)]


def test_its_weekday_is_checked() -> None:
    [mention] = tag("Am Freitag, 18. November 2019 in Velmara", None)
    assert (mention.value, mention.contradicted) == ("2019-11-18", True)
    assert mention.confidence < 0.6
