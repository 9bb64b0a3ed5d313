from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.lexer import balanced, tokens
from tests.search.query.trees import TEXTS


def kinds(text: str) -> str:
    return " ".join(token.kind for token in tokens(text))


def test_each_kind_of_token_is_told_from_the_others() -> None:
    assert kinds('person:(allaq OR "abu bakr"~2) AND -syria NOT x') == (
        "field open word or phrase close and minus word not word")


def test_operators_are_words_inside_other_words() -> None:
    assert kinds("ORAN title:OR x-NOT AND-x") == "word field word word word"
    assert kinds('(a)OR"b"') == "open word close or phrase"


def test_a_minus_counts_only_before_a_word() -> None:
    assert kinds("a-b - -c (-d title:-e -)") == "word word minus word open minus word field minus word word close"


def test_balanced_tokens_pair_up_and_are_no_deeper_than_allowed() -> None:
    text = "a) (b ((c)) (d (e"
    groups = balanced(tokens(text), text, 2)
    assert " ".join(token.text for token in groups.tokens if token.kind == "word") == "a b c d"
    assert groups.left_out == ("(e",)
    assert not groups.paired


@settings(deadline=None, max_examples=500)
@given(TEXTS, st.integers(1, 3))
def test_no_text_unbalances_the_parentheses(text: str, depth: int) -> None:
    level, deepest = 0, 0
    for token in balanced(tokens(text), text, depth).tokens:
        level += {"open": 1, "close": -1}.get(token.kind, 0)
        deepest = max(deepest, level)
        assert level >= 0
    assert level == 0
    assert deepest <= depth + 1  # a group that is too deep leaves an empty pair


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_tokens_stand_in_order_where_they_say(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end
        assert token.kind == "field" or token.text in text[token.start:token.end]
        end = token.end
