"""The query tree: what a reader asked, free of syntax and of engines.

    Node ── Everything | Nothing
         ├─ Word | Exact | Prefix | Wildcard | Fuzzy       one word, in `field`
         ├─ Phrase                                         words next to each other, or near
         ├─ Published | About                              days, half-open; None is an open end
         ├─ Missing                                        articles that have nothing in a field
         └─ And | Or | Not

`field` None means title and text, the fields that are ranked. Conditions on other fields select and do not score. A
tree is made by `search.query.parse` or by hand; engines take any tree of these types.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from search.schema import SCORED


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, matched in all its inflected forms where the field is stemmed."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A word matched in this form only, but for case and accents."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text`: terror* is Prefix("terror")."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words that fit `pattern`, in which * is any number of characters and ? is one."""

    pattern: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words at most `distance` edits (insert, delete, replace, swap neighbours) from `text`, first letter the same."""

    text: str
    distance: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """`words` in this order, each at most `slop` other words behind the one before; unstemmed if `exact`."""

    words: tuple[str, ...]
    slop: int = 0
    exact: bool = False
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Articles whose date of publication, as far as it is known, overlaps the days from `begin` until `until`."""

    begin: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class About:
    """Articles that speak of a time that overlaps the days from `begin` until `until`."""

    begin: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Missing:
    """Articles that have no value in `field`."""

    field: str


@dataclass(frozen=True, slots=True)
class And:
    """Articles that fit every child."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that fit at least one child."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not fit the child."""

    child: "Node"


Term = Word | Exact | Prefix | Wildcard | Fuzzy | Phrase
Node = Everything | Nothing | Term | Published | About | Missing | And | Or | Not


def positive_terms(node: Node) -> Iterator[Term]:
    """The terms that can make an article match, those under Not left out: what to highlight and to count."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from positive_terms(child)
        case Word() | Exact() | Prefix() | Wildcard() | Fuzzy() | Phrase():
            yield node
        case _:
            return


def searched_fields(term: Term) -> tuple[str, ...]:
    """The fields in which a term is looked for."""
    return SCORED if term.field is None else (term.field,)


def is_scored(term: Term) -> bool:
    """Whether a term adds to the score: it is looked for in ranked fields."""
    return term.field is None or term.field in SCORED


def is_ranked(node: Node) -> bool:
    """Whether relevance orders what `node` finds: it looks for a word or phrase in a ranked field."""
    return any(isinstance(term, Word | Exact | Phrase) and is_scored(term) for term in positive_terms(node))
