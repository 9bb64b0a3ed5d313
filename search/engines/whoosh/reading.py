"""A generation, open for reading, and the engine that hands it out."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from search.analysis import fingerprint
from search.document import Document
from search.engine import Engine, Generation, Snapshot
from search.engines.whoosh import generations
from search.engines.whoosh.conditions import Conditions
from search.engines.whoosh.fields import Row, read_record, read_row
from search.engines.whoosh.held import HeldFiles
from search.engines.whoosh.weighting import ExactBM25F, averages
from search.engines.whoosh.writing import WhooshBuilder
from search.errors import EngineError, GenerationDamaged, NoGeneration
from search.facets import beside, chosen, counted, facet
from search.highlight import Highlighter
from search.query.tree import positive_terms
from search.ranking import key, page
from search.request import Filter, Request
from search.results import Facet, Hit, Note, Results
from search.schema import FORMAT
from search.settings import Settings

TICKS = 256  # articles looked at between two looks at the clock


class TimeIsUp(Exception):
    """Ends a search that took too long; never leaves this module."""


class WhooshSnapshot(Snapshot):
    """A generation's files, with the row of every article in memory. Each search opens a Whoosh searcher of its own."""

    def __init__(self, folder: Path, generation: Generation, settings: Settings) -> None:
        self._generation, self._settings = generation, settings
        self._weighting = ExactBM25F()
        interned: dict[str, str] = {}
        with self._damage_told():
            self._files = HeldFiles(folder)
            self._index = self._files.open_index()
        with self._searcher() as searcher:
            self._rows = [[read_row(data, interned) for data in leaf.reader().column_reader("row")]
                          for leaf, _ in self._leaves(searcher)]
        self._flat = [row for rows in self._rows for row in rows]
        self._averages = self._weighting.averages = averages(self._flat)
        self._numbers = {row.id: number for number, row in enumerate(self._flat)}
        self._languages = tuple(sorted({language for row in self._flat for language in row.values["lang"]}))

    @property
    def generation(self) -> Generation:
        return self._generation

    @property
    def languages(self) -> tuple[str, ...]:
        return self._languages

    def ids(self) -> Iterator[str]:
        yield from sorted(self._numbers)

    def document(self, id_: str) -> Document | None:
        return next(iter(self.documents([id_])), None)

    def documents(self, ids: Sequence[str]) -> list[Document]:
        with self._searcher() as searcher:
            return [read_record(searcher.stored_fields(self._numbers[id_])["record"])
                    for id_ in ids if id_ in self._numbers]

    def close(self) -> None:
        self._files.release()

    def search(self, request: Request) -> Results:
        began = time.perf_counter()
        clock = _Clock(self._settings.query_seconds)
        languages = (request.language,) if request.language else self._languages
        with self._searcher() as searcher:
            highlighter = Highlighter(positive_terms(request.query), languages)
            rows = dict(zip((leaf for leaf, _ in self._leaves(searcher)), self._rows, strict=True))
            conditions = Conditions(searcher.reader(), rows.__getitem__, self._averages, languages,
                                    self._settings.query_expansion, clock.tick)
            scores = self._scores(searcher, conditions, request, clock)
        found = [n for n in scores if _kept(request.filters, self._flat[n])]
        keys = sorted(key(request.sort, self._flat[n].id, self._flat[n].moment, scores[n]) for n in found)
        shown = page(keys, request, self._settings.query_hits)
        ranked = request.sort == "relevance"
        hits = tuple(_hit(document, scores[self._numbers[document.article.id]] if ranked else 0.0, highlighter)
                     for document in self.documents([id_ for *_, id_ in shown.keys]))
        notes = (*conditions.notes, *clock.notes, *shown.notes)
        return Results(len(found), hits, self._facets(request, scores), notes, not clock.notes, shown.next,
                       self._generation.id, time.perf_counter() - began)

    @contextmanager
    def _searcher(self) -> Iterator[Any]:
        """A searcher for one thread. Damage that is met while it is in use is told as such."""
        with self._damage_told(), self._index.searcher(weighting=self._weighting) as searcher:
            yield searcher

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except RecursionError as error:
            raise EngineError("the query is nested too deeply; take some of its levels away") from error
        except Exception as error:  # a damaged file makes Whoosh raise almost anything
            raise GenerationDamaged(f"{self._generation.id} cannot be read ({type(error).__name__}: {error}); "
                                    "run `dateline check`, then `dateline reindex`") from error

    def _leaves(self, searcher: Any) -> Sequence[tuple[Any, int]]:
        """The searchers of the segments, each with the number of its first article."""
        return list(searcher.leaf_searchers()) if self._generation.articles else []

    def _scores(self, searcher: Any, conditions: Conditions, request: Request, clock: "_Clock") -> dict[int, float]:
        """The number and score of every article that the query finds, as far as the time allowed goes."""
        scores: dict[int, float] = {}
        try:
            query = conditions.query(request.query)
            for leaf, offset in self._leaves(searcher):
                matcher = query.matcher(leaf)
                while matcher.is_active():
                    clock.tick()
                    scores[offset + matcher.id()] = matcher.score()
                    matcher.next()
        except TimeIsUp:
            clock.notes.append(Note("time", f"The search was stopped after {self._settings.query_seconds:g} s (setting "
                                            "query_seconds); the numbers below are the least that there are."))
        return scores

    def _facets(self, request: Request, scores: Mapping[int, float]) -> dict[str, Facet]:
        facets = {}
        for spec in request.facets:
            filters = beside(request.filters, spec.field)
            rows = [row for n in scores if _kept(filters, row := self._flat[n])]
            counts = Counter(value for row in rows for value in row.values[spec.field] if counted(spec, value))
            facets[spec.field] = facet(spec, counts.items(), sum(not row.values[spec.field] for row in rows))
        return facets


def _hit(document: Document, score: float, highlighter: Highlighter) -> Hit:
    return Hit(document, score, highlighter.title(document.article), highlighter.snippet(document.article))


def _kept(filters: Sequence[Filter], row: Row) -> bool:
    return all(chosen(filter_, row.values[filter_.field]) for filter_ in filters)


class _Clock:
    """Raises TimeIsUp when a search has taken its time."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._ticks = 0
        self.notes: list[Note] = []

    def tick(self) -> None:
        """To be called for each article looked at."""
        self._ticks += 1
        if self._ticks % TICKS == 0 and time.monotonic() > self._end:
            raise TimeIsUp


class WhooshEngine(Engine):
    """Generations of Whoosh indexes in a folder."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings = root, settings

    def builder(self, base: Generation | None = None) -> WhooshBuilder:
        return WhooshBuilder(self._root, base)

    def open(self, generation: Generation) -> WhooshSnapshot:
        analysed = generation.enrichers.get("analysis")
        if generation.format != FORMAT or analysed != fingerprint():
            raise GenerationDamaged(f"{generation.id} was built by another version (format {generation.format}, "
                                    f"analysis {analysed}); run `dateline reindex`")
        return WhooshSnapshot(self._root / generation.id, generation, self._settings)

    def snapshot(self) -> WhooshSnapshot:
        while True:
            live = self.live()
            if live is None:
                raise NoGeneration(f"nothing has been indexed in {self._root} yet; run `dateline reindex`")
            try:
                return self.open(live)
            except GenerationDamaged:
                if self.live() == live:  # else it was replaced and pruned between the two looks
                    raise

    def live(self) -> Generation | None:
        name = generations.live_name(self._root)
        while name is not None:
            try:
                return generations.read(self._root, name)
            except GenerationDamaged:
                before, name = name, generations.live_name(self._root)
                if name == before:  # else it was replaced and pruned between the two looks
                    raise
        return None

    def generations(self) -> tuple[Generation, ...]:
        return generations.sealed(self._root)

    def switch(self, generation: Generation) -> None:
        generations.switch(self._root, generation)

    def prune(self, keep: int) -> tuple[str, ...]:
        return generations.prune(self._root, keep)

    def discard(self, generation: Generation) -> None:
        generations.discard(self._root, generation)

    def check(self, generation: Generation) -> Iterator[str]:
        yield from generations.faults(self._root, generation.id)
