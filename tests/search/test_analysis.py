import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import (
    GAP,
    LONGEST,
    SNOWBALL,
    exact_terms,
    fingerprint,
    fold,
    split,
    stem,
    stemmed_terms,
    stems,
    words,
)
from tests.vocabulary import TOKENS, WORDS

ANY = st.text() | st.text(st.sampled_from("aZ1.,'’ʼ_- \ńَßİıŁﷺ㎆½日カ한ـ"))


@pytest.mark.parametrize(("text", "expected"), [
    ("", []), (" \n\t", []), ("…—!?’'", []),
    ("The U.S. and the U.S.A", ["the", "us", "and", "the", "usa"]),
    ("e.g. this", ["eg", "this"]),
    ("www.example.com", ["www", "example", "com"]),
    ("the group’s, the group's, the GROUPʼS", ["the", "group", "the", "group", "the", "group"]),
    ("'s", ["s"]),
    ("groups' end", ["groups", "end"]),
    ("l'Irak, l’Irak", ["l", "irak", "l", "irak"]),
    ("1,315 and 3,000,000", ["1315", "and", "3000000"]),
    ("2.5, 1.315,5; 18.11.2019", ["2.5", "1.315,5", "18.11.2019"]),
    ("1,31 and 1,3150", ["1,31", "and", "1,3150"]),
    ("1.", ["1"]),
    ("covid19 2nd", ["covid19", "2nd"]),
    ("foo_bar co-op", ["foo", "bar", "co", "op"]),
    ("Łódź STRASSE straße", ["łódź", "strasse", "strasse"]),
    ("الوَزِير", ["الوَزِير"]),
    ("日本語です", ["日", "本", "語", "で", "す"]),
    ("在APEC会议", ["在", "apec", "会", "议"]),
    ("한국어 신문", ["한국어", "신문"]),
    ("हिन्दी में", ["हिन्दी", "में"]),
    ("y" * 70, ["y" * 64]),
    ("ß" * 64, ["s" * 64]),
])
def test_texts_are_split_into_words(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_words_know_where_they_stand() -> None:
    text = "The group’s 1,315 men"
    assert [(word.text, text[word.start:word.end], word.position) for word in words(text)] == [
        ("the", "The", 0), ("group", "group’s", 1), ("1315", "1,315", 2), ("men", "men", 3)]


@given(ANY)
@example("a\u0301 \u0301 \u064e")
@example("ـــ ﷺ ㎆")
@example("\ud800a")
def test_any_text_has_words_in_order(text: str) -> None:
    last = 0
    for number, word in enumerate(words(text)):
        assert last <= word.start < word.end <= len(text)
        assert word.position == number
        assert 0 < len(word.text) <= LONGEST
        assert not any(character.isspace() for character in word.text)
        last = word.end


@given(ANY)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    inside = {place for word in words(text) for place in range(word.start, word.end)}
    assert inside >= {place for place, character in enumerate(text) if character.isalnum()}


@given(ANY)
def test_folding_and_stemming_never_make_an_empty_term(text: str) -> None:
    for word in split(text):
        assert fold(word)
        assert all(stem(word, language) for language in (*SNOWBALL, "und"))


@given(ANY)
@example("㎆")
@example("ﷺ")
@example("ẞ")
@example("ΐ")
def test_folding_once_is_enough(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.casefold()) == fold(text)


@given(ANY.filter(str.isalpha))
def test_a_text_means_the_same_however_its_accents_are_encoded(text: str) -> None:
    composed, apart = (split(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed == apart


@pytest.mark.parametrize(("word", "expected"), [
    ("Géants", "geants"), ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("ısı", "isi"), ("Øresund", "oresund"),
    ("Þór", "thor"), ("Œuvre", "oeuvre"), ("straße", "strasse"), ("ﬁle", "file"), ("Πειραιάς", "πειραιασ"),
    ("الوَزِير", "الوزير"), ("وزيـــر", "وزير"), ("على", "علي"), ("مدرسة", "مدرسه"), ("كیف", "كيف"), ("أحمد", "احمد"),
    ("ёлка", "елка"), ("שָׁלוֹם", "שלום"), ("ÇA", "ca"), ("１２", "12"), ("", ""),
])
def test_folding_drops_case_accents_and_vowel_signs(word: str, expected: str) -> None:
    assert fold(word) == expected


@pytest.mark.parametrize(("language", "forms", "expected"), [
    ("en", ["stability", "stabilities"], "stabil"),  # Whoosh's own Porter stemmer leaves "stability" as it is
    ("en", ["stable", "stables"], "stabl"),
    ("en", ["attack", "attacks", "attacked", "attacking"], "attack"),
    ("en", ["minister", "ministers"], "minist"),
    ("fr", ["élection", "élections"], "elect"),
    ("fr", ["géant", "géants", "géante"], "ge"),
    ("ar", ["الوزير", "الوَزِير"], "وزير"),
    ("ar", ["العراق", "عراقي"], "عراق"),
    ("de", ["Häuser", "häusern"], "haus"),
    ("und", ["attacks"], "attacks"),
    ("zz", ["Géants"], "geants"),
])
def test_inflected_forms_share_a_stem(language: str, forms: list[str], expected: str) -> None:
    assert {stem(word, language) for form in forms for word in split(form)} == {expected}


def test_a_query_word_has_a_stem_for_each_language() -> None:
    assert stems("géants", ("en", "fr", "und")) == {"geant", "ge", "geants"}
    assert stems("Géants", ()) == {"geants"}
    assert stems("STABLE", ("en",)) == stems("stable", ("en",)) == {"stabl"}


@given(st.sampled_from(TOKENS), st.sampled_from((*SNOWBALL, "und")))
def test_a_word_of_a_text_is_found_by_its_query(token: str, language: str) -> None:
    asked = [stems(word, (language, "en")) for word in split(token)]
    held = [term.text for term in stemmed_terms([token], language)]
    assert all(term in wanted for term, wanted in zip(held, asked, strict=True))


def test_terms_of_two_values_never_stand_next_to_each_other() -> None:
    values = ["Ilse Varga", "", "Tomas Okoye", "Salen"]
    assert exact_terms(values) == [
        ("ilse", 0), ("varga", 1), ("tomas", 1 + 2 * GAP), ("okoye", 2 + 2 * GAP), ("salen", 2 + 3 * GAP)]
    assert [term.position for term in stemmed_terms(values, "en")] == [term.position for term in exact_terms(values)]
    assert [term.text for term in stemmed_terms(["Ministers attacked"], "en")] == ["minist", "attack"]
    assert exact_terms([]) == []


def test_stems_are_the_same_from_many_threads() -> None:
    pairs = [(word, language) for word in WORDS for language in SNOWBALL]
    alone = [stem(*pair) for pair in pairs]
    stem.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        for together in pool.map(lambda _: [stem(*pair) for pair in pairs], range(8)):
            assert together == alone


def test_the_fingerprint_changes_with_what_analysis_depends_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    monkeypatch.setattr("Stemmer.version", lambda: "0")
    assert fingerprint() != before
