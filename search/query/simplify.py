"""From any query tree to the plainest one that asks the same."""

from collections.abc import Iterable, Iterator

from search.query.tree import And, Everything, Node, Not, Nothing, Or


def simplify(node: Node) -> Node:
    """The tree without groups of one, groups within their like, repeated children, double negation, and parts that
    decide nothing. What only excludes, excludes from Everything: -war is And((Everything(), Not(Word("war")))).
    """
    return _grounded(_reduced(node))


def _reduced(node: Node) -> Node:
    match node:
        case Not(child):
            return _negated(_reduced(child))
        case And(children):
            parts = list(dict.fromkeys(_flat(And, map(_reduced, children))))
            if Nothing() in parts:
                return Nothing()
            parts = [part for part in parts if part != Everything()]
            return (Everything() if not parts else parts[0] if len(parts) == 1 else And(tuple(parts)))
        case Or(children):
            return _either(map(_reduced, children))
        case _:
            return node


def _either(children: Iterable[Node]) -> Node:
    """The plainest tree for any of these, which are reduced."""
    parts = list(dict.fromkeys(_flat(Or, children)))
    if Everything() in parts:
        return Everything()
    parts = [part for part in parts if part != Nothing()]
    return Nothing() if not parts else parts[0] if len(parts) == 1 else Or(tuple(parts))


def _negated(node: Node) -> Node:
    match node:
        case Not(child):
            return child
        case Everything():
            return Nothing()
        case Nothing():
            return Everything()
        case And(children) if all(isinstance(child, Not) for child in children):
            return _either(map(_negated, children))  # what is not (not a and not b) is a or b
        case _:
            return Not(node)


def _flat(kind: type[And] | type[Or], children: Iterable[Node]) -> Iterator[Node]:
    for child in children:
        if isinstance(child, And | Or) and isinstance(child, kind):
            yield from child.children
        else:
            yield child


def _grounded(node: Node) -> Node:
    """The tree with Everything beside exclusions that stand alone, so that an engine starts from something."""
    match node:
        case Not(child):
            return And((Everything(), Not(_grounded(child))))
        case And(children):
            parts = tuple(Not(_grounded(part.child)) if isinstance(part, Not) else _grounded(part) for part in children)
            return And((Everything(), *parts)) if all(isinstance(part, Not) for part in parts) else And(parts)
        case Or(children):
            return Or(tuple(map(_grounded, children)))
        case _:
            return node
