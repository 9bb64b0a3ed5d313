"""Hypothesis strategies: queries of Whoosh's own classes over the words of `tests.vocabulary`.

    terms(), patterns(), sequences() ─► leaves() ─► queries(), with And, Or, Not … of them, and spans()
                                                 └─► trees() of what is carried out without Whoosh, and leaves in them

    documented() makes of a query one that does what its class is documented to do
"""

from typing import Any

from hypothesis import strategies as st
from whoosh import query as q
from whoosh.matching import FilterMatcher, InverseMatcher, ListMatcher, RequireMatcher
from whoosh.query.compound import DefaultOr
from whoosh.searching import Searcher

from search.analysis import fold, stem
from tests.stock_index import NAMES
from tests.vocabulary import LANGUAGES, MISSPELT, NAME_WORDS, WORDS

PROSE = ("title", "title_exact", "text", "text_exact")
TEXTS = sorted({fold(word) for word in (*WORDS, *NAME_WORDS, *MISSPELT)}
               | {stem(word, language) for word in WORDS for language in LANGUAGES})

Draw = st.DrawFn
Queries = st.SearchStrategy[Any]

FIELDS = st.sampled_from((*PROSE, *PROSE, *PROSE, *NAMES))
TEXT = st.sampled_from(TEXTS)
BOOSTS = st.sampled_from((1.0, 1.0, 2.5))
SLOPS = st.integers(1, 4)


def terms(field: str) -> Queries:
    """A term of the field."""
    return st.builds(q.Term, st.just(field), TEXT, BOOSTS)


@st.composite
def patterns(draw: Draw, field: str) -> Any:
    """A query that stands for whichever terms of the field fit."""
    text, other = draw(TEXT), draw(TEXT)
    cut = draw(st.integers(1, len(text)))
    return draw(st.sampled_from((
        q.Prefix(field, text[:cut]), q.Wildcard(field, f"{text[:cut - 1]}?{text[cut:]}"),
        q.Wildcard(field, f"*{text[cut:]}"), q.Regex(field, f"{text[:cut]}.*"), q.Variations(field, text),
        q.FuzzyTerm(field, text, maxdist=draw(st.integers(1, 2)), prefixlength=draw(st.integers(0, min(2, len(text))))),
        q.TermRange(field, text, other, *draw(st.tuples(st.booleans(), st.booleans()))),
        q.TermRange(field, None, text), q.TermRange(field, text, None), q.Every(field),
    )))


@st.composite
def sequences(draw: Draw, field: str) -> Any:
    """A query for terms of the field in this order."""
    words, slop = draw(st.lists(TEXT, min_size=1, max_size=3)), draw(SLOPS)
    several = [q.Term(field, word) for word in words]
    return draw(st.sampled_from((
        q.Phrase(field, words, slop=slop, boost=draw(BOOSTS)), q.Ordered(several),
        q.Sequence(several, slop=slop, ordered=draw(st.booleans())),
    )))


@st.composite
def spans(draw: Draw, field: str) -> Any:
    """A query that asks where terms of the field stand. Whoosh runs it by itself, but not within an And or Or."""
    a, b, c = (draw(terms(field)) for _ in range(3))
    slop, ordered = draw(SLOPS), draw(st.booleans())
    near = q.SpanNear(a, b, slop=slop, ordered=ordered)
    return draw(st.sampled_from((
        near, q.SpanNear2([a, b, c], slop=slop, ordered=ordered), q.SpanFirst(a, limit=slop), q.SpanOr([near, c]),
        q.SpanContains(near, c), q.SpanBefore(near, c), q.SpanCondition(near, c),
    )))


def leaves() -> Queries:
    """A query without others in it."""
    return st.just(q.Every()) | FIELDS.flatmap(lambda field: terms(field) | patterns(field) | sequences(field))


def queries() -> Queries:
    """Any query of Whoosh's own classes."""
    return st.recursive(leaves(), _compounds, max_leaves=5) | FIELDS.flatmap(spans)


def _compounds(children: Queries) -> Queries:
    several = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        st.builds(q.And, several, BOOSTS), st.builds(q.Or, several, BOOSTS),
        st.builds(q.DisjunctionMax, several, BOOSTS, tiebreak=st.sampled_from((0.0, 0.5))),
        st.builds(q.AndNot, children, children), st.builds(q.AndMaybe, children, children),
        st.builds(q.Otherwise, children, children), st.builds(q.Not, children),
        st.builds(q.ConstantScoreQuery, children, st.sampled_from((0.5, 3.0))),
    )


def trees() -> Queries:
    """Queries of the classes that our execution knows, and here and there one that it does not know."""
    unknown = st.builds(q.DisjunctionMax, st.lists(leaves(), min_size=2, max_size=3))
    every = st.builds(q.Every, st.none(), BOOSTS)
    known = FIELDS.flatmap(terms) | every
    return st.recursive(known | known | leaves().filter(_is_no_field) | unknown, _branches, max_leaves=6)


def _is_no_field(query: Any) -> bool:
    return not (isinstance(query, q.Every) and query.fieldname)


def _branches(children: Queries) -> Queries:
    several = st.lists(children, min_size=2, max_size=3)
    return st.one_of(
        st.builds(q.And, several, BOOSTS), st.builds(q.Or, several, BOOSTS), st.builds(q.Not, children),
        st.builds(q.AndNot, children, children), st.builds(q.AndMaybe, children, children),
        st.builds(q.Require, children, children),
        st.builds(q.ConstantScoreQuery, children, st.sampled_from((0.0, 0.5, 3.0))),
    )


class _Excluding(q.Not):  # type: ignore[misc]
    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        reader = searcher.reader()
        excluded = self.query.matcher(searcher, searcher.boolean_context())
        return InverseMatcher(excluded, reader.doc_count_all(), weight=0.0)


class _Without(q.AndNot):  # type: ignore[misc]
    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        unwanted = frozenset(self.b.matcher(searcher, searcher.boolean_context()).all_ids())
        return FilterMatcher(self.a.matcher(searcher, context), unwanted, exclude=True)


class _Requiring(q.Require):  # type: ignore[misc]
    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        required = self.b.matcher(searcher, searcher.boolean_context())
        return RequireMatcher(self.a.matcher(searcher, context), required)


class _Constant(q.ConstantScoreQuery):  # type: ignore[misc]
    def matcher(self, searcher: Searcher, context: Any = None) -> Any:
        ids = list(self.child.matcher(searcher, context).all_ids())
        return ListMatcher(ids, [self.score] * len(ids))


def documented(query: Any) -> Any:
    """A query that does by Whoosh's own matchers what its class is documented to do.

    In Whoosh 2.7.4, Not adds 1 to the score, AndNot may let through the first article that its second part has too,
    Require excludes what it should require, a constant score of 0 is 1, and an Or of three drops what scores 0.
    """
    match query:
        case q.And():
            return q.And([documented(child) for child in query], query.boost)
        case q.Or():
            return DefaultOr([documented(child) for child in query], query.boost)
        case q.Not():
            return _Excluding(documented(query.query))
        case q.AndNot():
            return _Without(documented(query.a), documented(query.b))
        case q.Require():
            return _Requiring(documented(query.a), documented(query.b))
        case q.AndMaybe():
            return q.AndMaybe(documented(query.a), documented(query.b))
        case q.ConstantScoreQuery():
            return _Constant(documented(query.child), query.score)
        case _:
            return query
