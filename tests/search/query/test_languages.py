import pytest

from search.analysis import SNOWBALL
from search.query.languages import LANGUAGES, OTHER_NAMES, language_code, language_name


@pytest.mark.parametrize(("name", "code"), [
    ("ar", "ar"), ("AR", "ar"), ("arabic", "ar"), ("Arabic", "ar"), ("العربية", "ar"), ("français", "fr"),
    ("Francais", "fr"), ("TÜRKÇE", "tr"), (" central  kurdish ", "ckb"), ("हिन्दी", "hi"), ("हिंदी", "hi"),
    ("日本語", "ja"), ("en-GB", "en"), ("pt_BR", "pt"), ("unknown", "und"), ("klingon", None),
    ("", None), ("xx-yy", None),
])
def test_a_language_is_known_by_its_code_and_its_names(name: str, code: str | None) -> None:
    assert language_code(name) == code


@pytest.mark.parametrize("code", sorted(SNOWBALL))
def test_every_language_that_is_stemmed_has_its_names(code: str) -> None:
    english = language_name(code)
    assert english is not None
    assert language_code(english) == code
    assert code == "en" or all(language_code(name) == code for name in OTHER_NAMES[code])


def test_no_name_means_two_languages() -> None:
    for code, english in LANGUAGES.items():
        assert {language_code(name) for name in (code, english, *OTHER_NAMES.get(code, ()))} == {code}


def test_other_names_are_those_of_languages_in_the_table() -> None:
    assert OTHER_NAMES.keys() <= LANGUAGES.keys()
