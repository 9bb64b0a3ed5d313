from datetime import date

import pytest
from hypothesis import given, settings

from search.query.explain import describe_days, explain
from search.query.parse import parse
from search.query.tree import Everything, Node, Not, Nothing, Or, Phrase, Word
from search.settings import Settings
from tests.search.query.trees import TREES

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(("text", "words"), [
    ("", "every article in the archive"),
    ("terrorists", "articles with “terrorists” in any form"),
    ("terrorists prison", "articles with “terrorists” and “prison” in any form"),
    ("a OR b OR c", "articles with “a”, “b” or “c” in any form"),
    ("=Trump", "articles with exactly “Trump”"),
    ("terror* wom?n", "articles with a word that begins with “terror” and a word like “wom?n”"),
    ("baghdadi~ OR aleppo~2",
     "articles with a word within 1 letter of “baghdadi” or a word within 2 letters of “aleppo”"),
    ('"prison break"', "articles with the phrase “prison break”"),
    ('="prison break"', "articles with the exact phrase “prison break”"),
    ('"prison break"~5', "articles with “prison break” in this order with up to 5 words between"),
    ("北京大学", "articles with the phrase “北京大学”"),
    ("a (b OR c)", "articles with “a” in any form and (“b” or “c” in any form)"),
    ("a b OR c", "articles with “c” in any form or (“a” and “b” in any form)"),
    ("war -peace -truce", "articles with “war” in any form, but not “peace” or “truce”"),
    ("war -(a b)", "articles with “war” in any form, but not (“a” and “b”)"),
    ("war -(a OR b)", "articles with “war” in any form, but not “a” or “b”"),
    ("war -person:x", "articles with “war” in any form, but not those with “x” among the people named"),
    ("-war", "every article in the archive except those with “war” in any form"),
    ("-war -about:2019", "every article in the archive except those with “war” in any form, or that speak of 2019"),
    ("-war published:2019", "articles without “war”, published in 2019"),
    ("a OR -b", "articles with “a” in any form, or other than those with “b” in any form"),
    ("published:2019-11-18", "articles published on 18 November 2019"),
    ("published:2019..", "articles published from 2019 on"),
    ("about:..2018", "articles that speak of the time before 2019"),
    ("source:cnn author:smith", "articles from “cnn”, by “smith”"),
    ("cites:(reuters OR afp)", "articles that cite “reuters” or “afp”"),
    ("person:allaq place:mosul", "articles with “allaq” among the people named, with “mosul” among the places named"),
    ("title:coup", "articles with “coup” in any form in the title"),
    ("cites:mid*", "articles that cite “mid*”"),
    ("lang:Arabic", "articles in Arabic"),
    ("war -lang:(ar OR fr)", "articles with “war” in any form, but not those in Arabic or French"),
    ("lang:und OR lang:xx", "articles in an unknown language or the language “xx”"),
    ("lang:e* war", "articles with “war” in any form, in the language “e*”"),
    ("lang:en~", "articles in a language within 1 letter of “en”"),
    ("-war -(war OR peace)", "every article in the archive except those with “war” or “peace” in any form"),
    ("missing:person", "articles that name no person"),
    ("was:coup war", "articles that once had “coup” in any form and no longer do, with “war” in any form"),
    ("(a published:2019) OR (b place:c)",
     "articles (with “a” in any form, published in 2019), or (with “b” in any form, with “c” among the places named)"),
    ("x (about:2019 OR person:y)",
     "articles with “x” in any form, (that speak of 2019, or with “y” among the people named)"),
])
def test_a_query_is_told_in_words(text: str, words: str) -> None:
    assert explain(parse(text, Settings(), TODAY).tree) == words


def test_a_long_query_of_a_reporter_is_told_in_words() -> None:
    text = 'terrorists "mass prison break" -Turkey published:2019-11 cites:"Middle East Monitor"'
    assert explain(parse(text, Settings(), TODAY).tree) == (
        "articles with “terrorists” in any form and the phrase “mass prison break”, but not “Turkey”, "
        "published in November 2019, that cite “Middle East Monitor”")


def test_nothing_is_told_as_no_article() -> None:
    assert explain(Nothing()) == explain(Not(Everything())) == "no article"


def test_each_term_has_its_count_where_counts_are_given() -> None:
    counts: dict[Node, int] = {Word("terrorists"): 1231, Phrase(("prison", "break")): 7, Word("Turkey"): 0}
    tree = parse('terrorists "prison break" -Turkey published:2019', Settings(), TODAY).tree
    assert explain(tree, counts.__getitem__) == (
        "articles with “terrorists” (1,231) in any form and the phrase “prison break” (7), but not “Turkey” (0), "
        "published in 2019")


def test_a_field_that_the_table_does_not_have_is_named() -> None:
    assert explain(Word("x", "rubric")) == "articles with “x” in any form in the field rubric"


@settings(deadline=None, max_examples=700)
@given(TREES)
def test_every_tree_can_be_told_in_well_formed_words(tree: Node) -> None:
    words = explain(tree, lambda _: 3)
    assert words.startswith(("articles ", "every article in the archive", "no article"))
    assert words.count("(") == words.count(")")
    assert words.count("“") == words.count("”")
    for odd in ("  ", " ,", "( ", " )", ",,", "None", ", or ,", "and or", "{", "[", "="):
        assert odd not in words
    assert words == words.strip(" ,")


@settings(deadline=None, max_examples=300)
@given(TREES)
def test_repetition_and_double_negation_are_not_told(tree: Node) -> None:
    assert explain(Or((tree, tree))) == explain(tree) == explain(Not(Not(tree)))


def test_days_are_described_by_the_same_name_here() -> None:
    assert describe_days(date(2019, 6, 3), date(2019, 6, 6)) == "3–5 June 2019"
