"""The plain, slow, obviously right engine: it looks at every article for every query. The oracle of the tests.

Nothing is kept when the process ends.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from search.document import Document
from search.engine import Builder, Engine, Generation, Snapshot
from search.engines.scan import Entry, Scan
from search.errors import EngineError, NoGeneration
from search.facets import beside, chosen, counted, facet
from search.highlight import Highlighter
from search.query.tree import positive_terms
from search.ranking import extent, key, page
from search.request import Filter, Request
from search.results import Facet, Hit, Results
from search.schema import FORMAT
from search.settings import Settings


class MemorySnapshot(Snapshot):
    """One generation, as a list of entries."""

    def __init__(self, generation: Generation, documents: Mapping[str, Document], settings: Settings) -> None:
        self._generation, self._settings = generation, settings
        self._entries = {id_: Entry(document) for id_, document in sorted(documents.items())}

    @property
    def generation(self) -> Generation:
        return self._generation

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({entry.document.article.language for entry in self._entries.values()}))

    def document(self, id_: str) -> Document | None:
        entry = self._entries.get(id_)
        return entry.document if entry else None

    def documents(self, ids: Sequence[str]) -> list[Document]:
        return [self._entries[id_].document for id_ in ids if id_ in self._entries]

    def ids(self) -> Iterator[str]:
        yield from self._entries

    def close(self) -> None:
        self._entries = {}

    def search(self, request: Request) -> Results:
        began = time.perf_counter()
        languages = (request.language,) if request.language else self.languages
        scan = Scan(self._entries.values(), languages, self._settings.query_expansion)
        scores = {id_: score for id_, entry in self._entries.items()
                  if (score := scan.score(request.query, entry)) is not None}
        found = {id_: score for id_, score in scores.items() if _kept(request.filters, self._entries[id_])}
        keys = sorted(key(request.sort, id_, self._entries[id_].document.article.published.moment, score)
                      for id_, score in found.items())
        shown = page(keys, extent(request, len(keys), self._settings.query_hits))
        highlighter = Highlighter(positive_terms(request.query), languages)
        hits = tuple(self._hit(id_, found[id_] if request.sort == "relevance" else 0.0, highlighter)
                     for *_, id_ in shown.keys)
        if request.shares:
            hits = tuple(replace(hit, shares=scan.shares(request.query, self._entries[hit.document.article.id]))
                         for hit in hits)
        return Results(len(found), hits, self._facets(request, scores), (*scan.notes, *shown.notes), next=shown.next,
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


def _kept(filters: Sequence[Filter], entry: Entry) -> bool:
    return all(chosen(filter_, entry.values[filter_.field]) for filter_ in filters)


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
