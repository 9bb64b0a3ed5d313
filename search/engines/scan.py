"""What every node of the query tree means, said as plainly as it can be: one article is looked at after another.

The memory engine searches by this, and every other engine is compared with it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from search.analysis import Term as IndexTerm
from search.analysis import exact_terms, fold, stemmed_terms, stems
from search.document import Document
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
    is_scored,
    searched_fields,
)
from search.ranking import bm25, idf, stored_length
from search.results import Note, Share
from search.schema import BY_NAME, FIELDS
from search.shares import shares

EXACT = "_exact"
CONSTANT = 1.0  # what a wildcard or fuzzy word adds to the score


class Entry:
    """A document with its terms and their positions in each field of the index, and its values in each facet."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.values = {field.name: tuple(field.values(document)) for field in FIELDS}
        self.places: dict[str, dict[str, list[int]]] = {}
        self.lengths: dict[str, int] = {}
        for field in FIELDS:
            if field.kind == "text":
                self._place(field.name, stemmed_terms(self.values[field.name], document.article.language))
                self._place(field.name + EXACT, exact_terms(self.values[field.name]))
            elif field.kind == "name":
                self._place(field.name, exact_terms(self.values[field.name]))

    def _place(self, field: str, terms: list[IndexTerm]) -> None:
        places = defaultdict(list)
        for term in terms:
            places[term.text].append(term.position)
        self.places[field] = dict(places)
        self.lengths[field] = len(terms)


class Scan:
    """One query over all entries: the score of each, and notes on what was cut on the way.

    Words are analysed in `languages`; a pattern stands for at most `limit` terms.
    """

    def __init__(self, entries: Collection[Entry], languages: Sequence[str], limit: int) -> None:
        self.notes: tuple[Note, ...] = ()
        self._entries, self._languages, self._limit = entries, languages, limit
        self._weights: dict[tuple[str, frozenset[str]], float] = {}
        self._averages: dict[str, float] = {}
        self._expansions: dict[tuple[Term, str], frozenset[str]] = {}

    def score(self, node: Node, entry: Entry) -> float | None:
        """The entry's score, None if it does not match."""
        match node:
            case And(children):
                scores = [self.score(child, entry) for child in children]
                return None if None in scores else sum(score or 0.0 for score in scores)
            case Or(children):
                found = [score for child in children if (score := self.score(child, entry)) is not None]
                return sum(found) if found else None
            case Not(child):
                return 0.0 if self.score(child, entry) is None else None
            case Everything():
                return 0.0
            case Nothing():
                return None
            case Published(begin, until):
                span = entry.document.article.published.span
                return 0.0 if span and _overlap(span, begin, until) else None
            case About(begin, until):
                spans = ((m.begin, m.until) for m in entry.document.dates if m.indexed)
                return 0.0 if any(_overlap(span, begin, until) for span in spans) else None
            case Missing(field):
                return None if any(entry.values[field]) else 0.0
            case Prefix() | Wildcard() | Fuzzy():
                fields = [name + EXACT if BY_NAME[name].kind == "text" else name for name in searched_fields(node)]
                if not any(not entry.places[field].keys().isdisjoint(self._expanded(node, field)) for field in fields):
                    return None
                return CONSTANT if is_scored(node) else 0.0
            case _:
                each = (self._words(node, name, entry) for name in searched_fields(node))
                found = [score for score in each if score is not None]
                return sum(found) if found else None

    def shares(self, node: Node, entry: Entry) -> tuple[Share, ...]:
        """What each term adds to the score of an entry that matches."""
        return shares(node, lambda term, field: self._words(term, field, entry),
                      lambda term: self.score(term, entry)) or ()

    def _words(self, node: Word | Exact | Phrase, name: str, entry: Entry) -> float | None:
        """The score of a word or phrase in one field: each of its words adds its own."""
        exact = isinstance(node, Exact) or (isinstance(node, Phrase) and node.exact) or BY_NAME[name].kind == "name"
        field = name + EXACT if exact and BY_NAME[name].kind == "text" else name
        texts = node.words if isinstance(node, Phrase) else (node.text,)
        slop = node.slop if isinstance(node, Phrase) else 0
        terms = [frozenset((fold(text),)) if exact else stems(text, self._languages) for text in texts]
        places = entry.places[field]
        positions = [{position for term in wanted for position in places.get(term, ())} for wanted in terms]
        if not positions or not _chain(positions, slop):
            return None
        if not is_scored(node):
            return 0.0
        return sum(self._bm25(field, wanted, entry) for wanted in terms)

    def _bm25(self, field: str, terms: frozenset[str], entry: Entry) -> float:
        """The score of a word that stands in the field as any of `terms`, which count as one."""
        if field not in self._averages:
            lengths = sum(each.lengths[field] for each in self._entries)
            self._averages[field] = lengths / len(self._entries) or 1
        if (field, terms) not in self._weights:
            containing = sum(not each.places[field].keys().isdisjoint(terms) for each in self._entries)
            self._weights[field, terms] = idf(len(self._entries), containing)
        frequency = sum(len(entry.places[field].get(term, ())) for term in terms)
        length = stored_length(entry.lengths[field])
        return bm25(self._weights[field, terms], frequency, length, self._averages[field])

    def _expanded(self, node: Prefix | Wildcard | Fuzzy, field: str) -> frozenset[str]:
        """The terms that a pattern stands for in a field of the index."""
        if (node, field) not in self._expansions:
            lexicon = Counter(term for entry in self._entries for term in entry.places[field])
            terms, cut = expand(node, lambda prefix: (term for term in lexicon if term.startswith(prefix)),
                                lexicon.__getitem__, self._limit)
            self._expansions[node, field] = frozenset(terms)
            note = cut_note(node, self._limit)
            if cut and note not in self.notes:
                self.notes = (*self.notes, note)
        return self._expansions[node, field]


def _chain(positions: Sequence[set[int]], slop: int) -> bool:
    """Whether there is a place for each word, each at most `slop` words behind the one before it."""
    reached = positions[0]
    for following in positions[1:]:
        reached = {place for place in following if any(0 < place - before <= slop + 1 for before in reached)}
    return bool(reached)


def _overlap(span: tuple[date | None, date | None], begin: date | None, until: date | None) -> bool:
    first, last = span
    return (until is None or first is None or first < until) and (begin is None or last is None or begin < last)
