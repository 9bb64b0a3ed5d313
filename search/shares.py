"""From a query tree and an article to the shares of its score: what each term adds in each field."""

from collections.abc import Callable
from itertools import chain

from search.query.tree import And, Exact, Node, Not, Or, Phrase, Term, Word, is_scored, searched_fields
from search.results import Share

InField = Callable[[Word | Exact | Phrase, str], float | None]
Whole = Callable[[Node], float | None]


def shares(node: Node, in_field: InField, whole: Whole) -> tuple[Share, ...] | None:
    """The shares of an article's score, in the order of the query; None if the query does not find it.

    `in_field` tells what a word or phrase adds in a field, `whole` what any other node does; None if the article has
    it not.
    """
    match node:
        case And(children):
            every = [shares(child, in_field, whole) for child in children]
            return None if None in every else tuple(chain.from_iterable(each or () for each in every))
        case Or(children):
            found = [each for child in children if (each := shares(child, in_field, whole)) is not None]
            return tuple(chain.from_iterable(found)) if found else None
        case Not(child):
            return () if shares(child, in_field, whole) is None else None
        case Word() | Exact() | Phrase() if is_scored(node):
            fields = ((name, in_field(node, name)) for name in searched_fields(node))
            return tuple(Share(node, name, score) for name, score in fields if score is not None) or None
        case _:
            score = whole(node)
            return None if score is None else (Share(node, None, score),) if score and isinstance(node, Term) else ()
