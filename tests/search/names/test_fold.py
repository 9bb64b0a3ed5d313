import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import NameType
from search.names.fold import identity, name_words


@pytest.mark.parametrize(("names", "type_", "expected"), [
    (("Saad al-Allaq", "SAAD AL-ALLAQ", "Sa'ad el-Allaq", "Saad  Al Allaq", "Saad al‐Allaq"), "PER", "PER:saad-allaq"),
    (("The Harbour Post", "Harbour Post", "HARBOUR POST’s"), "ORG", "ORG:harbour-post"),
    (("Al-Jazeera", "Al Jazeera"), "ORG", "ORG:jazeera"),
    (("José Ibáñez", "Jose Ibanez"), "PER", "PER:jose-ibanez"),
    (("Борис Иванов", "Boris Ivanov"), "PER", "PER:boris-ivanov"),
    (("U.N.", "UN"), "ORG", "ORG:un"),
])
def test_spellings_that_differ_in_dress_only_have_one_identity(
        names: tuple[str, ...], type_: NameType, expected: str) -> None:
    assert {identity(name, type_) for name in names} == {expected}


@pytest.mark.parametrize(("one", "other"), [("Al Gore", "Gore"), ("Ana Kestrel", "Anna Kestrel"), ("Li Na", "Lina"),
                                            ("Ana Kestrel", "Ana Kestrel Jr."), ("Ana II", "Ana I")])
def test_other_names_have_other_identities(one: str, other: str) -> None:
    assert identity(one, "PER") != identity(other, "PER")


def test_the_same_name_of_another_type_is_another() -> None:
    assert identity("Jordan", "PER") != identity("Jordan", "LOC")


@given(st.text(max_size=30))
def test_any_text_has_words_unless_it_has_none(name: str) -> None:
    assert all(name_words(name, "PER"))
    assert bool(name_words(name, "PER")) == bool(name_words(name.upper(), "PER"))
