from collections.abc import Sequence

import pytest

from search.article import Article
from search.document import Document, NameMention, NameType
from search.engine import open_engine
from search.names.aliases import Aliases, Line
from search.names.propose import proposals
from tests.engine_contract import build


def proposed(names: Sequence[tuple[NameType, str]], lines: Sequence[Line] = ()) -> list[str]:
    documents = [Document(Article(f"post:{number}", "Post", "Rain", ("It fell.",)), names=(NameMention(0, 4, *name),))
                 for number, name in enumerate(names)]
    engine = open_engine("memory:")
    build(engine, documents)
    return [str(line) for line in proposals(engine.snapshot(), lines, Aliases(lines))]


OFTEN: list[tuple[NameType, str]] = [("PER", "Saad al-Allaq"), ("PER", "Saad al-Allaq"), ("PER", "Sa'ad al-Allak")]


def test_the_spelling_that_most_articles_have_stands_for_the_others() -> None:
    assert proposed(OFTEN) == ["auto  | PER | Saad al-Allaq = Sa'ad al-Allak"]


def test_the_most_frequent_names_come_first() -> None:
    orgs: list[tuple[NameType, str]] = [("ORG", "Harbor Post"), ("ORG", "Harbour Post")]
    assert proposed([*orgs, *OFTEN]) == ["auto  | PER | Saad al-Allaq = Sa'ad al-Allak",
                                         "auto  | ORG | Harbor Post = Harbour Post"]


@pytest.mark.parametrize("mark", ["human", "auto", "not"])
def test_what_a_line_says_already_is_not_proposed(mark: str) -> None:
    line = Line("human" if mark == "human" else "auto" if mark == "auto" else "not", "PER",
                ("Sa'ad al-Allak", "Saad al-Allaq"))
    assert proposed(OFTEN, [line]) == []


def test_places_and_single_words_are_not_proposed() -> None:
    assert proposed([("LOC", "Port Rahal"), ("LOC", "Port Rahhal"), ("PER", "Allaq"), ("PER", "Allak")]) == []


def test_names_of_two_types_are_two() -> None:
    assert proposed([("PER", "Saad al-Allaq"), ("ORG", "Sa'ad al-Allak")]) == []
