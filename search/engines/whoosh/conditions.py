"""From the query tree to Whoosh queries.

Words become Term, And and Or. What Whoosh has no query for, or one that scores otherwise, becomes `Chosen`: a list of
articles with a score each, made by looking at the rows or at positions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from whoosh.matching import IntersectionMatcher, ListMatcher, NullMatcher, UnionMatcher
from whoosh.query import And as WhooshAnd
from whoosh.query import Or as WhooshOr
from whoosh.query import Query
from whoosh.query import Term as WhooshTerm
from whoosh.util import make_binary_tree

from search.analysis import fold, stems
from search.engines.whoosh.fields import Days, Row, days, index_field
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
    Term,
    Wildcard,
    Word,
)
from search.ranking import bm25, idf
from search.results import Note
from search.schema import BY_NAME, SCORED

CONSTANT = 1.0  # what a wildcard or fuzzy word adds to the score
Scored = tuple[int, float]  # an article's number within its segment, and its score
Forms = tuple[str, ...]     # the terms under which a word stands in a field, one for a language or two


class Chosen(Query):  # type: ignore[misc]
    """Articles found by our own means: `find` gives those of a segment, in order, with a score each."""

    def __init__(self, find: Callable[[Any], Iterable[Scored]]) -> None:
        self._find = find
        self.boost = 1.0

    def estimate_size(self, reader: Any) -> int:
        """An upper bound, by which Whoosh orders the terms of an And."""
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        """The Whoosh matcher over what was found in a segment."""
        del context
        found = list(self._find(searcher))
        return ListMatcher([n for n, _ in found], weights=[score for _, score in found]) if found else NullMatcher()


class AnyOf(WhooshOr):  # type: ignore[misc]
    """Or by a tree of unions, whose scores are sums in double precision whatever the number of children."""

    matcher_type = WhooshOr.DEFAULT_MATCHER


class Conditions:
    """Translates one request's tree for one snapshot, and notes what was cut on the way.

    `rows` gives the rows of a segment, `averages` the mean lengths of ranked fields, `languages` are those in which
    words are analysed, `limit` is how many terms a pattern may stand for; `tick` is called now and then and raises when
    time is up.
    """

    def __init__(self, reader: Any, rows: Callable[[Any], Sequence[Row]], averages: Mapping[str, float],
                 languages: Sequence[str], limit: int, tick: Callable[[], None]) -> None:
        self._reader, self._rows, self._averages, self._languages = reader, rows, averages, languages
        self._limit, self._tick = limit, tick
        self._weights: dict[tuple[str, Forms], float] = {}
        self.notes: list[Note] = []

    def query(self, node: Node) -> Query:
        """The Whoosh query that finds and scores what `node` does."""
        match node:
            case And(children) if children:
                return WhooshAnd([self.query(child) for child in children])
            case Or(children):
                return AnyOf([self.query(child) for child in children])
            case Not(child):
                return self._unlike(self.query(child))
            case Everything() | And():
                return self._where(lambda _: True)
            case Nothing():
                return AnyOf([])
            case Published(begin, until):
                wanted = days(begin, until)
                return self._where(lambda row: row.published is not None and _overlap(row.published, wanted))
            case About(begin, until):
                wanted = days(begin, until)
                return self._where(lambda row: any(_overlap(spoken, wanted) for spoken in row.about))
            case Missing(field):
                return self._where(lambda row: field in row.blank)
            case Prefix() | Wildcard() | Fuzzy():
                return self._pattern(node)
            case _:
                found = AnyOf([self._words(node, name) for name in _fields(node)])
                return found if _is_scored(node) else self._unscored(found)

    def _words(self, node: Word | Exact | Phrase, name: str) -> Query:
        """A word or phrase in one field. A word that has one form in the index is Whoosh's own Term."""
        exact = isinstance(node, Exact) or (isinstance(node, Phrase) and node.exact) or BY_NAME[name].kind == "name"
        field = index_field(name, exact=exact)
        texts = node.words if isinstance(node, Phrase) else (node.text,)
        forms = [self._known(field, (fold(text),) if exact else stems(text, self._languages)) for text in texts]
        if not forms or not all(forms):
            return AnyOf([])
        if len(forms) > 1:
            slop = node.slop if isinstance(node, Phrase) else 0
            return Chosen(lambda searcher: self._phrase(searcher, field, forms, slop))
        if len(forms[0]) > 1:
            return Chosen(lambda searcher: self._any_form(searcher, field, forms[0]))
        return WhooshTerm(field, forms[0][0])

    def _known(self, field: str, terms: Iterable[str]) -> Forms:
        return tuple(sorted(term for term in terms if (field, term) in self._reader))

    def _any_form(self, searcher: Any, field: str, forms: Forms) -> Iterator[Scored]:
        weights: defaultdict[int, float] = defaultdict(float)
        for matcher in _postings(searcher, field, forms):
            while matcher.is_active():
                self._tick()
                weights[matcher.id()] += matcher.weight()
                matcher.next()
        return ((n, self._bm25(searcher, field, forms, n, weights[n])) for n in sorted(weights))

    def _phrase(self, searcher: Any, field: str, words: Sequence[Forms], slop: int) -> Iterator[Scored]:
        postings = [_postings(searcher, field, forms) for forms in words]
        if not all(postings):
            return
        together = make_binary_tree(IntersectionMatcher, [make_binary_tree(UnionMatcher, each) for each in postings])
        while together.is_active():
            self._tick()
            number = together.id()
            here = [[each for each in several if each.is_active() and each.id() == number] for several in postings]
            places = [{place for each in several for place in each.value_as("positions")} for several in here]
            if _in_a_row(places, slop):
                weights = (sum(each.weight() for each in several) for several in here)
                yield number, sum(self._bm25(searcher, field, forms, number, weight)
                                  for forms, weight in zip(words, weights, strict=True))
            together.next()

    def _bm25(self, searcher: Any, field: str, forms: Forms, number: int, weight: float) -> float:
        """The score of a word that an article has in `forms`, which count as one, `weight` times in all."""
        if (field, forms) not in self._weights:
            articles = self._reader.doc_count_all()
            containing = set().union(*(self._reader.postings(field, form).all_ids() for form in forms))
            self._weights[field, forms] = idf(articles, len(containing))
        length = searcher.doc_field_length(number, field, 1)
        return bm25(self._weights[field, forms], weight, length, self._averages.get(field, 1.0))

    def _pattern(self, node: Prefix | Wildcard | Fuzzy) -> Query:
        fields = [index_field(name, exact=True) for name in _fields(node)]
        expansions = [(field, self._expand(node, field)) for field in fields]
        found = AnyOf([WhooshTerm(field, term) for field, terms in expansions for term in terms])
        return self._unscored(found, CONSTANT if _is_scored(node) else 0.0)

    def _expand(self, node: Prefix | Wildcard | Fuzzy, field: str) -> tuple[str, ...]:
        def lexicon(prefix: str) -> Iterator[str]:
            for n, term in enumerate(self._reader.expand_prefix(field, prefix)):
                if n % 1000 == 0:
                    self._tick()
                yield term.decode()
        terms, cut = expand(node, lexicon, lambda term: self._reader.doc_frequency(field, term), self._limit)
        note = cut_note(node, self._limit)
        if cut and note not in self.notes:
            self.notes.append(note)
        return terms

    def _where(self, holds: Callable[[Row], bool]) -> Query:
        def find(searcher: Any) -> Iterator[Scored]:
            for n, row in enumerate(self._rows(searcher)):
                self._tick()
                if holds(row):
                    yield n, 0.0
        return Chosen(find)

    def _unscored(self, query: Query, score: float = 0.0) -> Query:
        return Chosen(lambda searcher: ((n, score) for n in self._numbers(query, searcher)))

    def _unlike(self, query: Query) -> Query:
        def find(searcher: Any) -> Iterator[Scored]:
            found = frozenset(self._numbers(query, searcher))
            return ((n, 0.0) for n in range(len(self._rows(searcher))) if n not in found)
        return Chosen(find)

    def _numbers(self, query: Query, searcher: Any) -> Iterator[int]:
        for number in query.matcher(searcher).all_ids():
            self._tick()
            yield number


def _postings(searcher: Any, field: str, forms: Forms) -> list[Any]:
    return [searcher.reader().postings(field, form) for form in forms if (field, form) in searcher.reader()]


def _fields(node: Term) -> tuple[str, ...]:
    return SCORED if node.field is None else (node.field,)


def _is_scored(node: Term) -> bool:
    return node.field is None or node.field in SCORED


def _overlap(span: Days, wanted: Days) -> bool:
    return ((wanted[1] is None or span[0] is None or span[0] < wanted[1])
            and (wanted[0] is None or span[1] is None or wanted[0] < span[1]))


def _in_a_row(places: Sequence[set[int]], slop: int) -> bool:
    """Whether each word has a place at most `slop` words behind a place of the one before it that was reached."""
    reached = places[0]
    for following in places[1:]:
        near = {place + step for place in reached for step in range(1, slop + 2)}
        reached = following & near
        if not reached:
            return False
    return True
