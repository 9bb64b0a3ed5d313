"""From the query tree to Whoosh queries: Whoosh's own classes, and a few of ours for what it has none for.

What is ours, stock Whoosh cannot run; it is carried out by `execution` alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from whoosh.query import And as WhooshAnd
from whoosh.query import ConstantScoreQuery, Every, NullQuery, Query
from whoosh.query import Not as WhooshNot
from whoosh.query import Or as WhooshOr
from whoosh.query import Term as WhooshTerm

from search.analysis import fold, stems
from search.engines.whoosh.columns import Days as Span
from search.engines.whoosh.columns import days
from search.engines.whoosh.fields import index_field
from search.expand import cut_note, expand
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
    is_scored,
    searched_fields,
)
from search.results import Note
from search.schema import BY_NAME

CONSTANT = 1.0  # what a wildcard or fuzzy word adds to the score
Forms = tuple[str, ...]  # the terms under which a word stands in a field, one for a language or two


class Ours(Query):  # type: ignore[misc]
    """A query that stock Whoosh does not have."""

    boost = 1.0


@dataclass(eq=False)
class AnyForm(Ours):
    """A word in a field under any of several terms, which count as one."""

    fieldname: str
    forms: Forms


@dataclass(eq=False)
class Near(Ours):
    """Words in a field in this order, each at most `slop` words behind the one before; each under any of its terms."""

    fieldname: str
    words: tuple[Forms, ...]
    slop: int


@dataclass(eq=False)
class AnyWord(Ours):
    """Any of many exact words in a field, sorted, or all that begin with `prefix`; they score nothing."""

    fieldname: str
    words: Forms = ()
    prefix: str | None = None


@dataclass(eq=False)
class Days(Ours):
    """Articles that have a span of days in a column which overlaps those wanted."""

    column: str
    wanted: Span


@dataclass(eq=False)
class Blank(Ours):
    """Articles that have nothing in a field."""

    fieldname: str


class Lexicon(Protocol):
    """What translating a query asks of an index. Fields are as Whoosh sees them."""

    def knows(self, field: str, term: str) -> bool:
        """Whether any article has the term."""

    def beginning_with(self, field: str, prefix: str) -> Iterator[str]:
        """The exact words of a field that begin with a prefix, each once."""

    def most(self, field: str, prefix: str) -> int:
        """How many exact words of a field begin with a prefix, at most."""

    def frequency(self, field: str, word: str) -> int:
        """How many articles have an exact word."""


class Translation:
    """Translates one request's tree, and notes what was cut on the way.

    `languages` are those in which words are analysed, `limit` is how many words a pattern may stand for.
    """

    def __init__(self, lexicon: Lexicon, languages: Sequence[str], limit: int) -> None:
        self._lexicon, self._languages, self._limit = lexicon, languages, limit
        self.notes: list[Note] = []

    def query(self, node: Node) -> Query:
        """The Whoosh query that finds and scores what `node` does."""
        match node:
            case And(children) if children:
                return WhooshAnd([self.query(child) for child in children])
            case Or(children):
                return WhooshOr([self.query(child) for child in children])
            case Not(child):
                return WhooshNot(self.query(child))
            case Everything() | And():
                return ConstantScoreQuery(Every(), 0.0)
            case Nothing():
                return NullQuery
            case Published(begin, until):
                return Days("published.days", days(begin, until))
            case About(begin, until):
                return Days("about.days", days(begin, until))
            case Missing(field):
                return Blank(field)
            case Prefix() | Wildcard() | Fuzzy():
                return self._pattern(node)
            case _:
                found = _any([self.words(node, name) for name in searched_fields(node)])
                return found if is_scored(node) else ConstantScoreQuery(found, 0.0)

    def words(self, node: Word | Exact | Phrase, name: str) -> Query:
        """A word or phrase in one field. A word that has one form in the index is Whoosh's own Term."""
        exact = isinstance(node, Exact) or (isinstance(node, Phrase) and node.exact) or BY_NAME[name].kind == "name"
        field = index_field(name, exact=exact)
        texts = node.words if isinstance(node, Phrase) else (node.text,)
        forms = tuple(self._known(field, (fold(text),) if exact else stems(text, self._languages)) for text in texts)
        if not forms or not all(forms):
            return NullQuery
        if len(forms) > 1:
            return Near(field, forms, node.slop if isinstance(node, Phrase) else 0)
        return AnyForm(field, forms[0]) if len(forms[0]) > 1 else WhooshTerm(field, forms[0][0])

    def _known(self, field: str, terms: Iterable[str]) -> Forms:
        return tuple(sorted(term for term in terms if self._lexicon.knows(field, term)))

    def _pattern(self, node: Prefix | Wildcard | Fuzzy) -> Query:
        fields = [index_field(name, exact=True) for name in searched_fields(node)]
        found = _any([self._expanded(node, field) for field in fields])
        return ConstantScoreQuery(found, CONSTANT if is_scored(node) else 0.0)

    def _expanded(self, node: Prefix | Wildcard | Fuzzy, field: str) -> Query:
        lexicon = self._lexicon
        if isinstance(node, Prefix) and lexicon.most(field, fold(node.text)) <= self._limit:
            return AnyWord(field, prefix=fold(node.text))
        words, cut = expand(node, lambda prefix: lexicon.beginning_with(field, prefix),
                            lambda word: lexicon.frequency(field, word), self._limit)
        note = cut_note(node, self._limit)
        if cut and note not in self.notes:
            self.notes.append(note)
        return AnyWord(field, words)


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else WhooshOr(queries)
