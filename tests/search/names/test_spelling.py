from datetime import date

import pytest
from hypothesis import given

from search.names.aliases import Aliases, read_lines
from search.names.spelling import with_spellings
from search.query.parse import parse
from search.query.simplify import simplify
from search.query.tree import And, Exact, Node, Not, Or, Phrase, Word
from search.settings import Settings
from tests.strategies import trees

ALIASES = Aliases(read_lines("""
human | ORG | Harbour Post = HPX = The Harbour Paper
human | LOC | United Isles = UI = U.I.
human | PER | Saad al-Allaq = Sa'ad al-Allak
""")[0])


def spelled(query: str) -> Node:
    return with_spellings(parse(query, Settings(), date(2020, 1, 1)).tree, ALIASES)[0]


def notes(query: str) -> list[str]:
    return [note.text for note in with_spellings(parse(query, Settings(), date(2020, 1, 1)).tree, ALIASES)[1]]


PAPER = (Exact("HPX"), Phrase(("The", "Harbour", "Paper"), exact=True))


def test_a_phrase_that_is_a_name_is_looked_for_in_every_spelling() -> None:
    assert spelled('"harbour post"') == Or((Phrase(("harbour", "post")), *PAPER))
    assert notes('"harbour post"') == ["“harbour post” was also searched as “HPX”, “The Harbour Paper”."]


def test_words_side_by_side_that_are_a_name_are_so_too() -> None:
    both = Or((And((Word("harbour"), Word("post"))), *PAPER))
    assert spelled("strike harbour post") == And((Word("strike"), both))


def test_what_is_excluded_is_excluded_in_every_spelling() -> None:
    assert spelled("strike -hpx") == And((Word("strike"), Not(Or((
        Word("hpx"), Phrase(("Harbour", "Post"), exact=True), Phrase(("The", "Harbour", "Paper"), exact=True))))))


def test_fields_of_names_are_searched_for_their_own_type() -> None:
    assert spelled("org:hpx") == Or((Word("hpx", "org"), Phrase(("Harbour", "Post"), field="org"),
                                     Phrase(("The", "Harbour", "Paper"), field="org")))
    assert spelled("cites:hpx") != parse("cites:hpx", Settings()).tree
    assert notes("person:hpx") == notes("author:hpx") == notes("source:hpx") == []


@pytest.mark.parametrize("query", ["=hpx", '="harbour post"', "hpx*", "hpx~", '"harbour post"~2', "harbour",
                                   "post harbour", "harbour title:post", "ui", "strike"])
def test_other_words_are_left_as_they_are(query: str) -> None:
    assert (spelled(query), notes(query)) == (parse(query, Settings()).tree, [])


def test_a_short_name_counts_in_capitals_only_and_is_looked_for_among_names() -> None:
    assert spelled("UI") == Or((Word("UI"), Phrase(("United", "Isles"), exact=True)))
    assert spelled('"united isles"') == Or((Phrase(("united", "isles")), Word("UI", "place"),
                                            Phrase(("United", "Isles"), field="place")))


def test_a_spelling_that_words_alone_cannot_tell_is_not_told_again() -> None:
    assert notes("Saad-al-Allaq") == ["“Saad al Allaq” was also searched as “Sa'ad al-Allak”."]


@given(trees())
def test_without_aliases_any_tree_stays_what_it_is(tree: Node) -> None:
    assert with_spellings(tree, Aliases()) == (tree, ())


@given(trees())
def test_spelling_twice_is_spelling_once(tree: Node) -> None:
    once = with_spellings(simplify(tree), ALIASES)[0]
    assert with_spellings(once, ALIASES)[0] == once
