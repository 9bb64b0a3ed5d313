"""The plain, slow, obviously right engine: it looks at every article for every query. The oracle of the tests.

Nothing is kept when the process ends.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from search.analysis import Term as IndexTerm
from search.analysis import exact_terms, fold, stemmed_terms, stems
from search.document import Document
from search.engine import Builder, Engine, Generation, Snapshot
from search.errors import EngineError, NoGeneration
from search.expand import cut_note, expand
from search.facets import beside, chosen, counted, facet
from search.highlight import Highlighter
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
    positive_terms,
)
from search.ranking import bm25, idf, key, page, stored_length
from search.request import Filter, Request
from search.results import Facet, Hit, Note, Results
from search.schema import BY_NAME, FIELDS, FORMAT, SCORED
from search.settings import Settings

EXACT = "_exact"
CONSTANT = 1.0  # what a wildcard or fuzzy word adds to the score


class _Entry:
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


class MemorySnapshot(Snapshot):
    """One generation, as a list of entries."""

    def __init__(self, generation: Generation, documents: Mapping[str, Document], settings: Settings) -> None:
        self._generation, self._settings = generation, settings
        self._entries = {id_: _Entry(document) for id_, document in sorted(documents.items())}

    @property
    def generation(self) -> Generation:
        return self._generation

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({entry.document.article.language for entry in self._entries.values()}))

    def document(self, id_: str) -> Document | None:
        entry = self._entries.get(id_)
        return entry.document if entry else None

    def ids(self) -> Iterator[str]:
        yield from self._entries

    def close(self) -> None:
        self._entries = {}

    def search(self, request: Request) -> Results:
        began = time.perf_counter()
        search = _Search(self, request)
        scores = {id_: score for id_, entry in self._entries.items()
                  if (score := search.score(request.query, entry)) is not None}
        found = {id_: score for id_, score in scores.items() if _kept(request.filters, self._entries[id_])}
        keys = sorted(key(request.sort, id_, self._entries[id_].document.article.published.moment, score)
                      for id_, score in found.items())
        shown = page(keys, request, self._settings.query_hits)
        highlighter = Highlighter(positive_terms(request.query), search.languages)
        hits = tuple(self._hit(id_, found[id_] if request.sort == "relevance" else 0.0, highlighter)
                     for *_, id_ in shown.keys)
        return Results(len(found), hits, self._facets(request, scores), (*search.notes, *shown.notes), next=shown.next,
                       generation=self._generation.id, seconds=time.perf_counter() - began)

    def _hit(self, id_: str, score: float, highlighter: Highlighter) -> Hit:
        document = self._entries[id_].document
        return Hit(document, score, highlighter.title(document.article), highlighter.snippet(document.article))

    def _facets(self, request: Request, scores: Mapping[str, float]) -> dict[str, Facet]:
        facets = {}
        for spec in request.facets:
            filters = beside(request.filters, spec.field)
            values = [self._entries[id_].values[spec.field] for id_ in scores if _kept(filters, self._entries[id_])]
            counts = Counter(value for several in values for value in set(several) if counted(spec, value))
            facets[spec.field] = facet(spec, counts.items(), sum(not several for several in values))
        return facets

    def lexicon(self, field: str) -> Counter[str]:
        """How many articles have each term of an index field."""
        return Counter(term for entry in self._entries.values() for term in entry.places[field])

    def containing(self, field: str, terms: frozenset[str]) -> int:
        """How many articles have any of `terms` in an index field."""
        return sum(not entry.places[field].keys().isdisjoint(terms) for entry in self._entries.values())

    def average_length(self, field: str) -> float:
        """The mean number of terms of an index field, 1 where nobody has any."""
        return sum(entry.lengths[field] for entry in self._entries.values()) / max(len(self._entries), 1) or 1

    def __len__(self) -> int:
        return len(self._entries)

    def most(self, node: Prefix | Wildcard | Fuzzy, field: str) -> tuple[frozenset[str], Note | None]:
        """The terms that a pattern stands for in an index field, and a note if they are not all."""
        lexicon, limit = self.lexicon(field), self._settings.query_expansion
        terms, cut = expand(node, lambda prefix: (term for term in lexicon if term.startswith(prefix)),
                            lexicon.__getitem__, limit)
        return frozenset(terms), cut_note(node, limit) if cut else None


def _kept(filters: Sequence[Filter], entry: _Entry) -> bool:
    return all(chosen(filter_, entry.values[filter_.field]) for filter_ in filters)


class _Search:
    """One query over one snapshot: the score of each entry, and notes on what was cut on the way."""

    def __init__(self, snapshot: MemorySnapshot, request: Request) -> None:
        self.languages = (request.language,) if request.language else snapshot.languages
        self.notes: tuple[Note, ...] = ()
        self._snapshot = snapshot
        self._weights: dict[tuple[str, frozenset[str]], float] = {}
        self._averages: dict[str, float] = {}
        self._expansions: dict[tuple[Term, str], frozenset[str]] = {}

    def score(self, node: Node, entry: _Entry) -> float | None:
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
                fields = [name + EXACT if BY_NAME[name].kind == "text" else name for name in _fields(node)]
                if not any(not entry.places[field].keys().isdisjoint(self._expanded(node, field)) for field in fields):
                    return None
                return CONSTANT if _scored(node) else 0.0
            case _:
                found = [score for name in _fields(node) if (score := self._words(node, name, entry)) is not None]
                return sum(found) if found else None

    def _words(self, node: Word | Exact | Phrase, name: str, entry: _Entry) -> float | None:
        """The score of a word or phrase in one field: each of its terms that the field has adds its own."""
        exact = isinstance(node, Exact) or (isinstance(node, Phrase) and node.exact) or BY_NAME[name].kind == "name"
        field = name + EXACT if exact and BY_NAME[name].kind == "text" else name
        texts = node.words if isinstance(node, Phrase) else (node.text,)
        slop = node.slop if isinstance(node, Phrase) else 0
        terms = [frozenset((fold(text),)) if exact else stems(text, self.languages) for text in texts]
        places = entry.places[field]
        positions = [{position for term in wanted for position in places.get(term, ())} for wanted in terms]
        if not positions or not _chain(positions, slop):
            return None
        if not _scored(node):
            return 0.0
        return sum(self._bm25(field, wanted, entry) for wanted in terms)

    def _bm25(self, field: str, terms: frozenset[str], entry: _Entry) -> float:
        """The score of a word that stands in the field as any of `terms`, which count as one."""
        if field not in self._averages:
            self._averages[field] = self._snapshot.average_length(field)
        if (field, terms) not in self._weights:
            self._weights[field, terms] = idf(len(self._snapshot), self._snapshot.containing(field, terms))
        frequency = sum(len(entry.places[field].get(term, ())) for term in terms)
        length = stored_length(entry.lengths[field])
        return bm25(self._weights[field, terms], frequency, length, self._averages[field])

    def _expanded(self, node: Prefix | Wildcard | Fuzzy, field: str) -> frozenset[str]:
        if (node, field) not in self._expansions:
            self._expansions[node, field], note = self._snapshot.most(node, field)
            if note and note not in self.notes:
                self.notes = (*self.notes, note)
        return self._expansions[node, field]


def _fields(node: Term) -> tuple[str, ...]:
    return SCORED if node.field is None else (node.field,)


def _scored(node: Term) -> bool:
    return node.field is None or node.field in SCORED


def _chain(positions: Sequence[set[int]], slop: int) -> bool:
    """Whether there is a place for each word, each at most `slop` words behind the one before it."""
    reached = positions[0]
    for following in positions[1:]:
        reached = {place for place in following if any(0 < place - before <= slop + 1 for before in reached)}
    return bool(reached)


def _overlap(span: tuple[date | None, date | None], begin: date | None, until: date | None) -> bool:
    first, last = span
    return (until is None or first is None or first < until) and (begin is None or last is None or begin < last)


class MemoryBuilder(Builder):
    """A generation in the making, as a dict."""

    def __init__(self, engine: "MemoryEngine", documents: Mapping[str, Document]) -> None:
        self._engine, self._documents = engine, dict(documents)

    def add(self, document: Document) -> None:
        self._documents[document.article.id] = document

    def remove(self, id_: str) -> None:
        self._documents.pop(id_, None)

    def commit(self, sequence: int, enrichers: Mapping[str, str]) -> Generation:
        return self._engine.keep(self._documents, sequence, enrichers)

    def abort(self) -> None:
        self._documents = {}


class MemoryEngine(Engine):
    """Generations as dicts of documents."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: dict[str, tuple[Generation, dict[str, Document]]] = {}
        self._live: Generation | None = None
        self._made = 0

    def keep(self, documents: dict[str, Document], sequence: int, enrichers: Mapping[str, str]) -> Generation:
        """Takes a builder's documents as a generation."""
        self._made += 1
        made = Generation(f"gen-{self._made}", len(documents), sequence, FORMAT, enrichers=enrichers)
        self._kept[made.id] = made, documents
        return made

    def builder(self, base: Generation | None = None) -> MemoryBuilder:
        return MemoryBuilder(self, self._kept[base.id][1] if base else {})

    def open(self, generation: Generation) -> MemorySnapshot:
        return MemorySnapshot(*self._kept[generation.id], self._settings)

    def snapshot(self) -> MemorySnapshot:
        if self._live is None:
            raise NoGeneration("nothing has been indexed yet; build a generation and switch to it")
        return self.open(self._live)

    def live(self) -> Generation | None:
        return self._live

    def generations(self) -> tuple[Generation, ...]:
        return tuple(generation for generation, _ in self._kept.values())

    def switch(self, generation: Generation) -> None:
        self._live = self._kept[generation.id][0]

    def prune(self, keep: int) -> tuple[str, ...]:
        others = [id_ for id_ in self._kept if self._live is None or id_ != self._live.id]
        spare = others[:len(others) - (keep - 1)] if len(others) >= keep else []
        for id_ in spare:
            del self._kept[id_]
        return tuple(spare)

    def discard(self, generation: Generation) -> None:
        if self._live is not None and self._live.id == generation.id:
            raise EngineError(f"{generation.id} is live; switch to another generation before it is removed")
        self._kept.pop(generation.id, None)

    def check(self, generation: Generation) -> Iterator[str]:
        if len(self._kept[generation.id][1]) != generation.articles:
            yield f"{generation.id} holds another number of articles than it says"


def open_engine(place: str, settings: Settings) -> MemoryEngine:
    """A new, empty engine; `place` is ignored, since nothing is kept anywhere."""
    del place
    return MemoryEngine(settings)
