"""From a query tree to plain English: what is searched, as the page says it.

    articles with “terrorists” in any form and the phrase “mass prison break”, but not “Turkey”, published in November
    2019, that cite “Middle East Monitor”

Every term is named with the way in which it is matched; parentheses show what belongs together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from search.query.days import describe_days
from search.query.languages import language_name
from search.query.simplify import simplify
from search.query.terms import shown
from search.query.tree import (
    About,
    And,
    Everything,
    Exact,
    Fuzzy,
    Missing,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Published,
    Term,
    Wildcard,
    Word,
)
from search.schema import BY_NAME

__all__ = ["describe_days", "explain"]

MIXED = "mixed"  # no field has this name
Count = Callable[[Node], int]

WITH: dict[str | None, str] = {
    None: "with {}", "title": "with {} in the title", "text": "with {} in the text",
    "was": "with {} in an earlier version", "source": "from {}", "person": "with {} among the people named",
    "org": "with {} among the organisations named", "place": "with {} among the places named", "cites": "that cite {}",
    "author": "by {}", "section": "in the section {}", "lang": "in {}",
}
WITHOUT = {
    "source": "without an outlet", "person": "that name no person", "org": "that name no organisation",
    "place": "that name no place", "cites": "that cite no source", "author": "without an author",
    "section": "without a section", "lang": "without a language", "published": "without a date of publication",
    "about": "that speak of no date",
}


def explain(tree: Node, count: Count | None = None) -> str:
    """What a tree searches, in words. `count` gives the number that stands in brackets behind each term."""
    tree = simplify(tree)
    match tree:
        case Everything():
            return "every article in the archive"
        case Nothing():
            return "no article"
        case And((Everything(), *rest)):
            return f"every article in the archive except those {_Words(count).excluded(rest)}"
        case _:
            return f"articles {', '.join(_Words(count).pieces(tree))}"


class _Words:
    """Words for the parts of a simplified tree. Its pieces follow "articles": "with “x”", "published in 2019"."""

    def __init__(self, count: Count | None) -> None:
        self._count = count

    def pieces(self, node: Node) -> list[str]:
        """What an article must be, in pieces that stand between commas."""
        match node:
            case And((Everything(), *rest)):
                return [f"other than those {self.excluded(rest)}"]
            case And(children) if _field(node) is MIXED:
                return list(self._all(children))
            case Or(children) if _field(node) is MIXED:
                return [", or ".join(self._grouped(children, Or))]
            case _:
                return [self._piece(node)]

    def excluded(self, exclusions: Iterable[Node]) -> str:
        """What follows "except those"."""
        those = list(dict.fromkeys(_flat(node.child for node in exclusions if isinstance(node, Not))))
        return ", or ".join(self._grouped(those, Or))

    def _part(self, node: Node) -> str:
        """A node as one piece, in parentheses if it is made of several."""
        pieces = self.pieces(node)
        mixed = isinstance(node, Or) and _field(node) is MIXED
        return f"({', '.join(pieces)})" if mixed or len(pieces) > 1 else pieces[0]

    def _piece(self, node: Node) -> str:
        match node:
            case Published(begin, until):
                return f"published {_when(begin, until)}"
            case About(begin, until):
                days = describe_days(begin, until)
                return f"that speak of {days if begin and until else f'the time {days}'}"
            case Missing(empty):
                return WITHOUT.get(empty, f"without anything in the field {empty}")
            case _:
                field = _field(node)
                return WITH.get(field, f"with {{}} in the field {field}").format(self._noun(node))

    def _all(self, children: Iterable[Node]) -> Iterator[str]:
        """The pieces of an And: what is in the text, what is not, the rest, and exceptions."""
        wanted = dict.fromkeys(children)
        for child in [child for child in wanted if isinstance(child, Term) and child.field == "was"]:
            if Not(replace(child, field=None)) in wanted:
                del wanted[child], wanted[Not(replace(child, field=None))]
                yield f"that once had {self._noun(child)} and no longer do"
        inside = [child for child in wanted if _field(child) is None]
        outside = [node.child for node in wanted if isinstance(node, Not) and _field(node.child) is None]
        if inside:
            yield from self._grouped(inside, And)
        if outside:
            bare = _listed([self._item(node, bare=True) for node in _flat(outside)], "or")
            yield f"{'but not' if inside else 'without'} {bare}"
        yield from self._grouped([c for c in wanted if c not in inside and not isinstance(c, Not)], And)
        others = [node for node in wanted if isinstance(node, Not) and node.child not in outside]
        if others:
            yield f"but not those {self.excluded(others)}"

    def _grouped(self, children: Sequence[Node], kind: type[And] | type[Or]) -> Iterator[str]:
        """Pieces for children, those that ask for words in the same field put together."""
        seen = set()
        for child in children:
            field = _field(child)
            if field is MIXED:
                yield self._part(child)
            elif field not in seen:
                seen.add(field)
                same = tuple(other for other in children if _field(other) == field)
                yield self._piece(child if len(same) == 1 else kind(same))

    def _noun(self, node: Node, *, bare: bool = False) -> str:
        """Terms in one field as a noun: “a” and “b” in any form. `bare` leaves out the forms."""
        match node:
            case And(children) | Or(children):
                conjunction = "and" if isinstance(node, And) else "or"
                plain = [child for child in children if isinstance(child, Word) and _stemmed(child)]
                rest = [self._item(child, bare=bare) for child in children if child not in plain]
                forms = [self._quoted(child) for child in plain]
                if forms and not bare:
                    forms = [f"{_listed(forms, conjunction)} in any form"]
                return _listed(forms + rest, conjunction)
            case Word() | Exact() | Prefix() | Wildcard() | Fuzzy() | Phrase():
                return self._term(node, bare=bare)
            case _:
                raise TypeError(f"{node} is no term")

    def _item(self, node: Node, *, bare: bool) -> str:
        noun = self._noun(node, bare=bare)
        return f"({noun})" if isinstance(node, And | Or) else noun

    def _term(self, term: Term, *, bare: bool) -> str:
        quoted = self._quoted(term)
        match term:
            case Phrase(_, slop, exact) if slop:
                return f"{'exactly ' if exact else ''}{quoted} in this order with up to {slop} words between"
            case Fuzzy(_, distance):
                thing = "a word" if _stemmed(term) else "a language" if term.field == "lang" else "a name"
                return f"{thing} within {distance} {'letter' if distance == 1 else 'letters'} of {quoted}"
            case _ if not _stemmed(term):
                return quoted
            case Word():
                return quoted if bare else f"{quoted} in any form"
            case Exact():
                return f"exactly {quoted}"
            case Prefix():
                return f"a word that begins with {quoted}"
            case Wildcard():
                return f"a word like {quoted}"
            case Phrase(_, _, exact):
                return f"the {'exact ' if exact else ''}phrase {quoted}"

    def _quoted(self, term: Term) -> str:
        text = f"“{term.text if isinstance(term, Prefix) and _stemmed(term) else shown(term)}”"
        if term.field == "lang" and not isinstance(term, Fuzzy):
            text = language_name(shown(term)) or f"the language {text}"
        return f"{text} ({self._count(term):,})" if self._count else text


def _field(node: Node) -> str | None:
    """The one field in which all terms of a node look, None for title and text; MIXED if there is more to the node."""
    match node:
        case And(children) | Or(children):
            fields = {_field(child) for child in children}
            return fields.pop() if len(fields) == 1 else MIXED
        case _:
            return node.field if isinstance(node, Term) else MIXED


def _stemmed(term: Term) -> bool:
    return term.field is None or term.field not in BY_NAME or BY_NAME[term.field].kind == "text"


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes with each Or replaced by its children: not (a or b) is neither a nor b."""
    for node in nodes:
        yield from node.children if isinstance(node, Or) else (node,)


def _when(begin: date | None, until: date | None) -> str:
    days = describe_days(begin, until)
    if begin is None or until is None:
        return days if begin or until else f"at {days}"
    return f"{'in' if begin.day == until.day == 1 else 'on'} {days}"


def _listed(parts: Sequence[str], conjunction: str) -> str:
    """a, b and c"""
    *before, last = parts
    return f"{', '.join(before)} {conjunction} {last}" if before else last
