"""Whoosh queries, carried out on the arrays of segments. Queries of classes not known here are left to stock Whoosh.

    Term, AnyForm, Near, AnyWord ──► postings ──► articles and scores      And, Or, Not … ──► set operations on them
"""

import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from whoosh.query import And, AndMaybe, AndNot, ConstantScoreQuery, Every, Not, NullQuery, Or, Query, Require, Term

from search.engines.whoosh.arrays import Floats, Mask, Numbers
from search.engines.whoosh.building import firsts
from search.engines.whoosh.columns import blank_bit
from search.engines.whoosh.fields import EXACT
from search.engines.whoosh.kernels import DENSE, PLACE_BITS, Found, Kernels, Measure, Spots, unite_all
from search.engines.whoosh.postings import MOST, Atom, Field, Gains, Postings
from search.engines.whoosh.queries import AnyForm, AnyWord, Blank, Days, Forms, Near
from search.engines.whoosh.shard import Shard
from search.ranking import idf

NOTHING = Found(np.empty(0, np.intp), np.empty(0))
Stock = Callable[[Query, int], Found]


class TimeIsUp(Exception):
    """Ends a search that took too long; never leaves this package."""


class Execution:
    """One request over the shards of a snapshot.

    `gains` tells of each field what BM25 gives there; `stock` runs a query on one shard by Whoosh's own means.
    """

    def __init__(self, shards: Sequence[Shard], gains: Mapping[str, Gains], kernels: Kernels, stock: Stock,
                 seconds: float) -> None:
        self._shards, self._gains, self._kernels, self._stock = shards, gains, kernels, stock
        self._articles = sum(shard.living for shard in shards)
        self._end = time.monotonic() + seconds
        self._postings: dict[tuple[int, str, Forms], Postings] = {}
        self._weights: dict[tuple[str, Forms], float] = {}

    def run(self, query: Query, number: int) -> Found:
        """The living articles of a shard that a query finds, with their scores. Raises TimeIsUp."""
        found, shard = self._find(query, number, None), self._shards[number]
        if shard.dead is None:
            return found
        living = ~shard.dead[found.docs]
        return Found(found.docs[living], found.scores[living])

    def score(self, query: Query, number: int, article: int) -> float | None:
        """What an article of a shard gains from a query; None if that does not find it. Raises TimeIsUp."""
        found = self._find(query, number, np.array([article]))
        at = np.flatnonzero(found.docs == article)
        return float(found.scores[at[0]]) if len(at) else None

    def run_for(self, count: int, query: Query, number: int) -> Found:
        """As `run`, but of many articles that score alike maybe only the first, `count` at least. Raises TimeIsUp."""
        patterns = _patterns(query.child) if isinstance(query, ConstantScoreQuery) else []
        if not patterns:
            return self.run(query, number)
        shard = self._shards[number]
        heads = [self._heads(each, shard) for each in patterns]
        docs = shard.alive(np.unique(np.concatenate([found for found, _ in heads])))
        known = min(end for _, end in heads)
        docs = docs[docs < known]
        return _flat(docs, query.score) if len(docs) >= count else self.run(query, number)

    def tick(self) -> None:
        """To be called now and then. Raises TimeIsUp."""
        if time.monotonic() > self._end:
            raise TimeIsUp

    def _find(self, query: Query, number: int, within: Numbers | None) -> Found:
        """What a query finds in a shard: of the articles `within`, if they are given."""
        self.tick()
        match query:
            case Term() | AnyForm() | Near() | AnyWord():
                found = self._leaf(query, number, within)
            case And():
                found = self._and(query.subqueries, number, within)
            case Or():
                found = self._or(query.subqueries, number, within)
            case Not():
                found = self._without(_flat(self._everything(number, within), 0.0), query.query, number)
            case Every() if query.fieldname is None:
                found = _flat(self._everything(number, within), 1.0)
            case ConstantScoreQuery():
                return _flat(self._find(query.child, number, within).docs, query.score)
            case Days() | Blank():
                docs = self._everything(number, within)
                return _flat(docs[self._holds(query, number, docs)], 0.0)
            case AndNot() | Require() | AndMaybe():
                return self._pair(query, number, within)
            case _:
                return NOTHING if query is NullQuery else self._stock(query, number)
        return found if query.boost == 1.0 else Found(found.docs, found.scores * query.boost)

    def _leaf(self, query: Term | AnyForm | Near | AnyWord, number: int, within: Numbers | None) -> Found:
        """What a query without children finds."""
        match query:
            case Near():
                return self._near(query, number, within)
            case AnyWord():
                return self._any_word(query, number)
            case AnyForm():
                return self._word(query.fieldname, query.forms, number, within)
            case _:
                return self._word(query.fieldname, (query.text,), number, within)

    def _pair(self, query: AndNot | Require | AndMaybe, number: int, within: Numbers | None) -> Found:
        """What a query of two children finds, of which only the first need score."""
        found = self._find(query.a, number, within)
        if isinstance(query, AndNot):
            return self._without(found, query.b, number)
        more = self._find(query.b, number, found.docs)
        at, at_more = self._kernels.intersect(found.docs, more.docs, self._shards[number].segment.articles)
        if isinstance(query, Require):
            return Found(found.docs[at], found.scores[at])
        scores = found.scores.copy()
        scores[at] += more.scores[at_more]
        return Found(found.docs, scores)

    def _word(self, field: str, forms: Forms, number: int, within: Numbers | None) -> Found:
        inverted, atoms = self._atoms(field, forms, number)
        if within is None and _is_whole(atoms):
            return self._kernels.score(inverted.lists(atoms[0][0]), self._measure(field, forms, number))
        if within is not None and _is_whole(atoms) and len(within) < inverted.df(atoms[0][0]):
            docs, tf, _ = inverted.spots(atoms[0][0], within)
        else:
            docs, tf = self._posted(field, forms, number)
            if within is not None:
                at, _ = self._kernels.intersect(docs, within, self._shards[number].segment.articles)
                docs, tf = docs[at], tf[at]
        return Found(docs, self._weigh(field, forms, number, docs, tf))

    def _or(self, children: Sequence[Query], number: int, within: Numbers | None) -> Found:
        """Many postings of plain words are added up at once."""
        articles = self._shards[number].segment.articles
        words = _plain_words(children) if within is None else None
        if words and len(words) > 2:
            lists = [(field, forms, *self._atoms(field, forms, number)) for field, forms in words]
            if (all(_is_whole(atoms) for *_, atoms in lists)
                    and sum(inverted.df(atoms[0][0]) for *_, inverted, atoms in lists) * DENSE > articles):
                return self._kernels.score_all([(inverted.lists(atoms[0][0]), self._measure(field, forms, number))
                                                for field, forms, inverted, atoms in lists], articles)
        return unite_all(self._kernels, [self._find(child, number, within) for child in children], articles)

    def _spots(self, field: str, forms: Forms, number: int, within: Numbers | None) -> Spots:
        """Where a word stands, of the articles `within` if they are given. Of several atoms, `starts` means nothing."""
        inverted, atoms = self._atoms(field, forms, number)
        if within is not None and _is_whole(atoms) and len(within) < inverted.df(atoms[0][0]):
            return inverted.spots(atoms[0][0], within)
        docs, tf = self._posted(field, forms, number)
        starts = (tf.cumsum() - tf).astype(np.intp)
        return Spots(docs, tf, starts) if within is None else self._narrowed(Spots(docs, tf, starts), within, number)

    def _narrowed(self, spots: Spots, within: Numbers, number: int) -> Spots:
        """Those in some of the articles."""
        if len(spots.docs) == len(within) and np.array_equal(spots.docs, within):
            return spots
        at, _ = self._kernels.intersect(spots.docs, within, self._shards[number].segment.articles)
        return Spots(spots.docs[at], spots.tf[at], spots.starts[at])

    def _weigh(self, field: str, forms: Forms, number: int, docs: Numbers, tf: Floats) -> Floats:
        return self._kernels.weigh(docs, tf, self._measure(field, forms, number)) if len(docs) else NOTHING.scores

    def _measure(self, field: str, forms: Forms, number: int) -> Measure:
        name = field.removesuffix(EXACT)
        norms = self._shards[number].segment.field(name).norms
        (table, few), weight = self._gains[name], self._weight(field, forms)
        return Measure(norms, table, weight, MOST, weight * few)

    def _weight(self, field: str, forms: Forms) -> float:
        """The inverse document frequency of a word that stands in a field under any of its forms."""
        if (field, forms) not in self._weights:
            df = sum(self._frequency(field, forms, number) for number in range(len(self._shards)))
            self._weights[field, forms] = idf(max(self._articles, 1), df)
        return self._weights[field, forms]

    def _frequency(self, field: str, forms: Forms, number: int) -> int:
        shard = self._shards[number]
        inverted, atoms = self._atoms(field, forms, number)
        if shard.dead is None and _is_whole(atoms):
            return inverted.df(atoms[0][0])
        docs = self._posted(field, forms, number).docs
        return len(shard.alive(docs))

    def _posted(self, field: str, forms: Forms, number: int) -> Postings:
        """The postings of a word in a shard, the forms of it added up."""
        key = number, field, forms
        if key not in self._postings:
            inverted, atoms = self._atoms(field, forms, number)
            several = [Found(*inverted.postings(atom)) for atom in atoms]
            self._postings[key] = Postings(*unite_all(self._kernels, several, self._shards[number].segment.articles))
        return self._postings[key]

    def _atoms(self, field: str, forms: Forms, number: int) -> tuple[Field, list[Atom]]:
        return self._shards[number].atoms(field, forms)

    def _near(self, query: Near, number: int, within: Numbers | None) -> Found:
        """First the articles that have all words, the rarest first; then where two neighbours stand; then all."""
        spots = self._together(query, number, within)
        if not len(spots[query.words[0]].docs):
            return NOTHING
        if len(query.words) > 2:
            often = [spots[forms].tf.sum() for forms in query.words]
            first = min(range(len(often) - 1), key=lambda nth: often[nth] + often[nth + 1])
            docs = self._reached(query, query.words[first:first + 2], spots, number)
            spots = {forms: self._narrowed(each, docs, number) for forms, each in spots.items()}
        docs = self._reached(query, query.words, spots, number)
        before = spots[query.words[0]].docs
        at, _ = self._kernels.intersect(before, docs, self._shards[number].segment.articles)
        scores = np.zeros(len(docs))
        for forms in query.words:
            scores += self._weigh(query.fieldname, forms, number, docs, spots[forms].tf[at])
        return Found(docs, scores)

    def _together(self, query: Near, number: int, within: Numbers | None) -> dict[Forms, Spots]:
        """Where the words of a query stand in the articles that have them all."""
        spots: dict[Forms, Spots] = {}
        docs = within
        for forms in sorted(set(query.words), key=lambda forms: self._most(query.fieldname, forms, number)):
            spots[forms] = self._spots(query.fieldname, forms, number, docs)
            docs = spots[forms].docs
        return {forms: self._narrowed(each, docs, number) for forms, each in spots.items() if docs is not None}

    def _reached(self, query: Near, words: Sequence[Forms], spots: Mapping[Forms, Spots], number: int) -> Numbers:
        """The articles in which words follow one another, near enough."""
        reached = NOTHING.docs
        for nth, forms in enumerate(words):
            inverted, atoms = self._atoms(query.fieldname, forms, number)
            known = spots[forms] if _is_whole(atoms) else None
            if known and nth:
                reached = inverted.following(reached, atoms[0][0], known, query.slop + 1)
                continue
            several = [inverted.occurrences(atom, spots[forms].docs, known) for atom in atoms]
            keys = several[0] if len(several) == 1 else np.sort(np.concatenate(several))
            reached = self._kernels.follow(reached, keys, query.slop + 1) if nth else keys
        articles = reached >> PLACE_BITS
        return articles[firsts(articles)]

    def _heads(self, query: AnyWord, shard: Shard) -> tuple[Numbers, int]:
        """Articles that have any of many words: all up to a number, and some behind it."""
        inverted, numbers = shard.words(query.fieldname, query.words, query.prefix)
        if not len(numbers):
            return NOTHING.docs, shard.segment.articles
        terms, atoms = inverted.any_of(numbers)
        docs, end = inverted.heads(terms) if len(terms) else (NOTHING.docs, shard.segment.articles)
        return np.concatenate([docs, *(inverted.postings(atom).docs for atom in atoms)]), end

    def _any_word(self, query: AnyWord, number: int) -> Found:
        shard = self._shards[number]
        inverted, numbers = shard.words(query.fieldname, query.words, query.prefix)
        if not len(numbers):
            return NOTHING
        terms, atoms = inverted.any_of(numbers)
        there = np.zeros(shard.segment.articles, bool)
        if len(terms):
            there[inverted.docs(terms)] = True
        for atom in atoms:
            there[inverted.postings(atom).docs] = True
        return _flat(np.flatnonzero(there), 0.0)

    def _and(self, children: Sequence[Query], number: int, within: Numbers | None) -> Found:
        """Each child is asked only about the articles that are left; conditions on columns come last, then Not."""
        found: Found | None = None
        for child in sorted(children, key=lambda child: self._cost(child, number)):
            if isinstance(child, Not) and found is not None:
                found = self._without(found, child.query, number)
            elif isinstance(child, Days | Blank) and found is not None:
                held = self._holds(child, number, found.docs)
                found = Found(found.docs[held], found.scores[held])
            else:
                more = self._find(child, number, within if found is None else found.docs)
                found = more if found is None else self._both(found, more, number)
            if not len(found.docs):
                return NOTHING
        return found or NOTHING

    def _cost(self, query: Query, number: int) -> float:
        """About how many articles a query finds, for an order in which as few as possible are looked at."""
        match query:
            case Term():
                return self._most(query.fieldname, (query.text,), number)
            case AnyForm():
                return self._most(query.fieldname, query.forms, number)
            case Near():
                return min(self._most(query.fieldname, forms, number) for forms in query.words) / 2
            case Or():
                return sum(self._cost(child, number) for child in query.subqueries)
            case And():
                return min(self._cost(child, number) for child in query.subqueries)
            case ConstantScoreQuery():
                return self._cost(query.child, number)
            case Days() | Blank():
                return 2.0 * self._shards[number].segment.articles
            case Not():
                return 3.0 * self._shards[number].segment.articles
            case _:
                return 1.0 * self._shards[number].segment.articles

    def _most(self, field: str, forms: Forms, number: int) -> int:
        """How many articles a word can stand in."""
        inverted, atoms = self._atoms(field, forms, number)
        return sum(inverted.df(term) for term, _ in atoms)

    def _both(self, a: Found, b: Found, number: int) -> Found:
        at_a, at_b = self._kernels.intersect(a.docs, b.docs, self._shards[number].segment.articles)
        return Found(a.docs[at_a], a.scores[at_a] + b.scores[at_b])

    def _without(self, found: Found, query: Query, number: int) -> Found:
        unwanted = self._find(query, number, found.docs).docs
        at, _ = self._kernels.intersect(found.docs, unwanted, self._shards[number].segment.articles)
        left = np.ones(len(found.docs), bool)
        left[at] = False
        return Found(found.docs[left], found.scores[left])

    def _everything(self, number: int, within: Numbers | None) -> Numbers:
        return np.arange(self._shards[number].segment.articles) if within is None else within

    def _holds(self, query: Days | Blank, number: int, docs: Numbers) -> Mask:
        segment = self._shards[number].segment
        if isinstance(query, Blank):
            mask: Mask = segment.file.whole("blank")[docs] & np.uint32(blank_bit(query.fieldname)) != 0
            return mask
        return self._kernels.overlapping(docs, *segment.days(query.column), query.wanted)


def _is_whole(atoms: Sequence[Atom]) -> bool:
    """Whether a word stands in one list of postings, all of it."""
    return len(atoms) == 1 and atoms[0][1] is None


def _plain_words(queries: Sequence[Query]) -> list[tuple[str, Forms]] | None:
    """The words of queries that are terms and Ors of terms; None if there is anything else among them."""
    words: list[tuple[str, Forms]] = []
    for query in queries:
        if isinstance(query, Term) and query.boost == 1.0:
            words.append((query.fieldname, (query.text,)))
        elif isinstance(query, Or) and query.boost == 1.0:
            inner = _plain_words(query.subqueries)
            if inner is None:
                return None
            words += inner
        elif query is not NullQuery:
            return None
    return words


def _patterns(query: Query) -> list[AnyWord]:
    """The parts of a query that finds what any of some patterns does; none if it is not of that kind."""
    several = query.subqueries if isinstance(query, Or) else [query]
    return several if all(isinstance(each, AnyWord) for each in several) else []


def _flat(docs: Numbers, score: float) -> Found:
    return Found(docs, np.full(len(docs), score))
