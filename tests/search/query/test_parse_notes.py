from datetime import date

import pytest

from search.query.parse import DEEPEST, parse
from search.query.tree import And, Fuzzy, Phrase, Word
from search.results import Note
from search.settings import Settings

TODAY = date(2026, 11, 20)


def notes(text: str, settings: Settings | None = None) -> list[tuple[str, str]]:
    return [(note.kind, note.text) for note in parse(text, settings or Settings(), TODAY).notes]


@pytest.mark.parametrize("text", [
    "", "war", "a OR b", "a (b OR c)", '"prison break"~5 -x', "published:2019..2020 about:2019-11-18",
    "http://example.org", "12:30", 'published:"18 November 2019"', "Breaking: war", "((war))", "war -",
    "or", "or war", "war or", '"war or peace" now', "title:or war", "war =or peace", "war OR peace", "lang:en war",
    "lang:Arabic war", 'lang:"Central Kurdish"', "lang:e* war", "lang:xx war",
])
def test_a_query_that_is_read_as_it_stands_has_no_notes(text: str) -> None:
    assert notes(text) == []


@pytest.mark.parametrize(("text", "kind", "part"), [
    ('about:"last month"', "date", "“last month” is read as October 2026."),
    ("published:yesterday", "date", "“yesterday” is read as 19 November 2026."),
    ("published:2020..2019", "date", "“2020..2019” is read as 2019–2020."),
    ("published:05/06/2023", "date", "“05/06/2023” is read as 5 June 2023; for 6 May write 2023-05-06."),
    ("about:summer 2019", "date", "“summer 2019” is read as June–August 2019; seasons are those of the northern half"),
    ("published:> 2020", "date", "“> 2020” is read as from 2021 on."),
    ("about:flurble", "date", "“flurble” cannot be read as a date and is searched as text."),
    ("Portland OR", "syntax", "“OR” joins nothing here and is read as a word."),
    ("war person:", "syntax", "“person:” has nothing after it and is read as a word."),
    ("auther:smith", "syntax", "There is no field “auther:”"),
    ('auther:"john smith"', "syntax", "There is no field “auther:”"),
    ("auther:smith", "syntax", "perhaps author: is meant."),
    ("date:2019", "syntax", "There is no field “date:”, so it is read as a word; perhaps published: or about:"),
    ("Language:fr", "syntax", "perhaps lang: is meant."),
    ("flurble:2019", "syntax", "There is no field “flurble:”, so it is read as a word."),
    ("war or peace", "syntax", "“or” is searched as a word; write OR in capitals for either."),
    ('(war) or "prison break"', "syntax", "“or” is searched as a word"),
    ("war or (peace)", "syntax", "“or” is searched as a word"),
    ("war or title:peace", "syntax", "“or” is searched as a word"),
    ("a or b or c", "syntax", "“or” is searched as a word"),
    ("lang:klingon", "syntax", "“klingon” is no language that is known; write its code, as in lang:fr."),
    ("missing:mayor", "syntax", "“mayor” is searched as text."),
    ('"prison bre', "syntax", "A quotation mark is never closed"),
    ("(war", "syntax", "A parenthesis has no partner"),
    ("war)", "syntax", "A parenthesis has no partner"),
    ("a b OR c", "syntax", "belong together before OR divides them"),
    ("baghdadi~3", "syntax", "at most 2 letters"),
    ('"a b"~500', "syntax", "at most 100 others"),
    ('"prison bre*"', "syntax", "* and ? stand for nothing"),
    ("who was it?", "syntax", "question mark"),
    ("...", "syntax", "“...” holds no word that can be searched"),
])
def test_what_was_read_otherwise_than_it_may_seem_is_told(text: str, kind: str, part: str) -> None:
    (found_kind, found), = notes(text)
    assert found_kind == kind
    assert part in found
    assert found.endswith(".")


def test_each_note_is_given_once() -> None:
    assert len(notes("(OR) (OR) (OR)")) == 1


def test_the_end_of_a_query_that_is_too_long_is_left_out_between_words() -> None:
    parsed = parse("alpha beta gamma delta", Settings(query_characters=13), TODAY)
    assert parsed.tree == And((Word("alpha"), Word("beta")))
    assert parsed.notes == (Note("limit", "Only the first 13 characters are read (setting query_characters); left out: "
                                          "“gamma delta”."),)


def test_a_word_that_is_longer_than_a_query_may_be_is_cut() -> None:
    assert parse("x" * 30, Settings(query_characters=13), TODAY).tree == Word("x" * 13)


def test_a_query_as_long_as_allowed_is_read_whole() -> None:
    assert notes("alpha beta", Settings(query_characters=10)) == []
    assert notes("alpha beta   ", Settings(query_characters=10)) == []


def test_words_beyond_the_limit_are_left_out_and_named() -> None:
    parsed = parse('a "b c d" e', Settings(query_terms=3), TODAY)
    assert parsed.tree == And((Word("a"), Phrase(("b", "c"))))
    assert parsed.notes == (
        Note("limit", "Only the first 3 words are searched (setting query_terms); left out: “d e”."),)


def test_dates_and_fields_count_as_words() -> None:
    kind, text = notes("about:2019 missing:person about:yesterday", Settings(query_terms=2))[0]
    assert (kind, "yesterday" in text) == ("limit", True)


def test_asking_for_any_value_of_a_field_counts_as_a_word() -> None:
    assert parse("a person:*", Settings(query_terms=1), TODAY).tree == Word("a")


def test_a_word_with_an_earlier_version_counts_once() -> None:
    assert notes("was:a was:b", Settings(query_terms=2)) == []


def test_groups_that_are_too_deep_are_left_out_and_named() -> None:
    parsed = parse("a (b (c OR d) e)", Settings(query_depth=1), TODAY)
    assert parsed.tree == And((Word("a"), Word("b"), Word("e")))
    assert parsed.notes == (Note("limit", "Parentheses are read 1 deep (setting query_depth); left out: “(c OR d)”."),)


def test_parentheses_right_around_parentheses_are_no_level() -> None:
    assert notes("(((((((((war)))))))))", Settings(query_depth=1)) == []


def test_depth_is_bounded_whatever_the_setting() -> None:
    text = "".join(f"(a{n} OR " for n in range(3 * DEEPEST)) + "b"
    parsed = parse(text, Settings(query_depth=10**6, query_terms=10**6, query_characters=10**6), TODAY)
    assert any(note.kind == "limit" and f"read {DEEPEST} deep" in note.text for note in parsed.notes)


def test_a_figure_of_any_length_is_taken() -> None:
    assert parse("a~" + "9" * 5000, Settings(query_characters=10**6), TODAY).tree == Fuzzy("a", 2)
    assert parse('"a b"~' + "9" * 5000, Settings(query_characters=10**6), TODAY).tree == Phrase(("a", "b"), slop=100)
