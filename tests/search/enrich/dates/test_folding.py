from hypothesis import given
from hypothesis import strategies as st

from search.enrich.dates.folding import fold


@given(st.text())
def test_a_place_in_the_folded_text_is_the_place_in_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_signs_that_mean_the_same_are_the_same() -> None:
    assert fold("L’ÉTÉ\u00a0– ٢٠١٩\nأيار İ") == "l'ete - 2019 ايار İ"
