from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.simplify import simplify
from search.query.tree import And, Everything, Node, Not, Nothing, Or, Word
from tests.search.query.trees import grown

A, B, C = Word("a"), Word("b"), Word("c")
LETTERS = grown(st.sampled_from([A, B, C, Everything(), Nothing()]))


def holds(node: Node, true: frozenset[Node]) -> bool:
    match node:
        case And(children):
            return all(holds(child, true) for child in children)
        case Or(children):
            return any(holds(child, true) for child in children)
        case Not(child):
            return not holds(child, true)
        case _:
            return node in true or node == Everything()


def every_node(node: Node) -> list[Node]:
    match node:
        case And(children) | Or(children):
            return [node, *(below for child in children for below in every_node(child))]
        case Not(child):
            return [node, *every_node(child)]
        case _:
            return [node]


@settings(deadline=None, max_examples=500)
@given(LETTERS, st.frozensets(st.sampled_from([A, B, C])))
def test_a_simplified_tree_asks_the_same(tree: Node, true: frozenset[Node]) -> None:
    assert holds(simplify(tree), true) == holds(tree, true)


@settings(deadline=None, max_examples=500)
@given(LETTERS)
def test_a_simplified_tree_is_as_plain_as_it_gets(tree: Node) -> None:
    simple = simplify(tree)
    assert simplify(simple) == simple
    for node in every_node(simple):
        match node:
            case And(children):
                assert len(set(children)) == len(children) >= 2
                assert not any(isinstance(child, And | Nothing) for child in children)
                assert (Everything() in children) == all(isinstance(child, Not | Everything) for child in children)
            case Or(children):
                assert len(set(children)) == len(children) >= 2
                assert not any(isinstance(child, Or | Not | Everything | Nothing) for child in children)
            case Not(child):
                assert not isinstance(child, Not | Everything | Nothing)
    assert not isinstance(simple, Not)


def test_what_only_excludes_starts_from_everything() -> None:
    assert simplify(Not(A)) == And((Everything(), Not(A)))
    assert simplify(Or((A, Not(B)))) == Or((A, And((Everything(), Not(B)))))
    assert simplify(And((Not(A), Not(B)))) == And((Everything(), Not(A), Not(B)))


def test_what_is_not_without_either_has_one_of_them() -> None:
    assert simplify(Not(And((Not(A), Not(B))))) == Or((A, B))


def test_what_is_not_without_any_of_several_has_one_of_all_of_them_once() -> None:
    assert simplify(Not(And((Not(A), Not(Or((A, B))))))) == Or((A, B))


def test_groups_of_none_are_everything_or_nothing() -> None:
    assert simplify(And(())) == Everything()
    assert simplify(Or(())) == Nothing()
