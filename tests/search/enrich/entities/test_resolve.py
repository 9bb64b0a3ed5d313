import pytest

from search.enrich.entities.resolve import fits


@pytest.mark.parametrize(("acronym", "long"), [("HRW", "Human Rights Watch"), ("ISIS", "Islamic State"),
                                               ("U.N.", "United Nations")])
def test_an_acronym_fits_its_long_form(acronym: str, long: str) -> None:
    assert fits(acronym, long)


@pytest.mark.parametrize(("acronym", "long"), [("HRW", "World Health Report"), ("ABC", "A Company Board")])
def test_letters_in_another_order_do_not_fit(acronym: str, long: str) -> None:
    assert not fits(acronym, long)
