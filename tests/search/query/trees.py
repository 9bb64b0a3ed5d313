"""Generated query trees and query texts, and what a tree measures."""

from datetime import date

from hypothesis import strategies as st

from search.query.lexer import FIELDS
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
    Wildcard,
    Word,
)
from search.schema import BY_NAME

WORDS = st.sampled_from(["war", "Peace", "حرب", "élysée", "x"])
PLACES = st.sampled_from([None, None, None, *BY_NAME, "no such field"])
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))

LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()), st.just(Nothing()), st.builds(Word, WORDS, PLACES), st.builds(Exact, WORDS, PLACES),
    st.builds(Prefix, WORDS, PLACES), st.builds(Wildcard, st.just("w?r*"), PLACES),
    st.builds(Fuzzy, WORDS, st.integers(1, 2), PLACES),
    st.builds(Phrase, st.lists(WORDS, min_size=2, max_size=3).map(tuple), st.integers(0, 5), st.booleans(), PLACES),
    st.builds(Published, DAYS, DAYS), st.builds(About, DAYS, DAYS), st.builds(Missing, st.sampled_from([*BY_NAME])),
)


def grown(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Trees of any shape over some leaves, empty groups among them."""
    return st.recursive(leaves, lambda inner: st.one_of(
        st.builds(And, st.lists(inner, max_size=4).map(tuple)), st.builds(Or, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Not, inner)), max_leaves=12)


TREES = grown(LEAVES)

PIECES = st.sampled_from([
    *[" "] * 12, "(", ")", '"', "“", "”", "«", "»", "-", "=", "*", "?", "~", "~2", "~99999", "..", "…", ":", "'", ",",
    " AND ", " OR ", " NOT ", "OR", "or", "&&", "--", "()", ")(", '""', "http://x?y=*",
    *(f"{name}:" for name in sorted(FIELDS)), "foo:", "PERSON:", "person :",
    "war", "terror*", "wom?n", "al-Baghdadi", "U.S.", "covid-19", "baghdadi~", "الموصل", "prisons’", "北京",
    "2019", "2019-11", "2019-02-30", "0000", "9999", "2019..", "..2018", "yesterday", "last month", "may",
    "\x00", "\ud800", "\u200f", "\u0301", "\u2028", "İ", "ß", "🙂", "٢٠١٩", "\n",
])
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=24).map("".join)


def size(node: Node) -> int:
    """The words of a query that a tree holds: those of `was:` once, although the tree holds them twice."""
    match node:
        case And(children):
            twins = {twin for child in children if (twin := _twin(child)) in children}
            return sum(size(child) for child in children if child not in twins)
        case Or(children):
            return sum(map(size, children))
        case Not(child):
            return size(child)
        case Everything() | Nothing():
            return 0
        case Phrase(words):
            return len(words)
        case _:
            return 1


def _twin(node: Node) -> Node | None:
    if isinstance(node, Word | Exact | Prefix | Wildcard | Fuzzy | Phrase) and node.field == "was":
        fields = {name: getattr(node, name) for name in node.__slots__}
        return Not(type(node)(**{**fields, "field": None}))
    return None


def alternatives(node: Node) -> int:
    """How many Or a tree has at most above one another: one for each level of parentheses, and one outside."""
    match node:
        case And(children):
            return max(map(alternatives, children), default=0)
        case Or(children):
            return 1 + max(map(alternatives, children), default=0)
        case Not(child):
            return alternatives(child)
        case _:
            return 0


def height(node: Node) -> int:
    """How many nodes stand above one another."""
    match node:
        case And(children) | Or(children):
            return 1 + max(map(height, children), default=0)
        case Not(child):
            return 1 + height(child)
        case _:
            return 1
