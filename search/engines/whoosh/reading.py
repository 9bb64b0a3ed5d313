"""A generation, open for reading."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from heapq import merge
from typing import NamedTuple

import zstandard
from whoosh.query import Query

from search.document import Document
from search.engine import Generation, Snapshot
from search.engines.whoosh.codec import stock_found
from search.engines.whoosh.counting import Counting
from search.engines.whoosh.execution import NOTHING, Execution, TimeIsUp
from search.engines.whoosh.fields import INDEXED
from search.engines.whoosh.kernels import Found, Kernels
from search.engines.whoosh.ordering import first_keys
from search.engines.whoosh.postings import Gains
from search.engines.whoosh.queries import Translation
from search.engines.whoosh.shard import Shard
from search.errors import EngineError, GenerationDamaged
from search.highlight import Highlighter
from search.query.tree import Exact, Node, Phrase, Word, positive_terms
from search.ranking import Key, extent, page
from search.request import FacetSpec, Request
from search.results import Facet, Hit, Note, Results, Share
from search.settings import Settings
from search.shares import shares


class Ranked(NamedTuple):
    """An answer without its articles: the keys of the page (see `search.ranking.key`) and all that was counted."""

    keys: Sequence[Key]
    total: int
    facets: dict[str, Facet]
    notes: tuple[Note, ...]
    exact: bool
    next: str | None


class WhooshSnapshot(Snapshot):
    """The shards of a generation."""

    def __init__(self, generation: Generation, shards: Sequence[Shard], kernels: Kernels, settings: Settings) -> None:
        self._generation, self._shards, self._kernels, self._settings = generation, shards, kernels, settings
        self._articles = sum(shard.living for shard in shards)

    @property
    def generation(self) -> Generation:
        return self._generation

    @cached_property
    def languages(self) -> tuple[str, ...]:
        with self._damage_told():
            counting = Counting(self._shards, [shard.every() for shard in self._shards], self._kernels)
            return tuple(sorted(value.value for value in counting.facet(FacetSpec("lang", None), ()).values))

    def ids(self) -> Iterator[str]:
        with self._damage_told():
            each = [(id_.decode() for id_ in shard.ids()) for shard in self._shards]
            yield from merge(*each)

    def document(self, id_: str) -> Document | None:
        return next(iter(self.documents([id_])), None)

    def documents(self, ids: Sequence[str]) -> list[Document]:
        with self._damage_told():
            found = ((shard, shard.number(id_)) for id_ in ids for shard in self._shards)
            return [shard.segment.document(number) for shard, number in found if number is not None]

    def close(self) -> None:
        self._shards = ()

    def search(self, request: Request) -> Results:
        began = time.perf_counter()
        ranked = self.ranked(request)
        highlighter = Highlighter(positive_terms(request.query), self._spoken(request))
        ids = [id_ for *_, id_ in ranked.keys]
        made_of = self._shares(request, ids) if request.shares else [()] * len(ids)
        hits = tuple(Hit(document, abs(relevance), highlighter.title(document.article),
                         highlighter.snippet(document.article), own)
                     for (relevance, *_), document, own in zip(ranked.keys, self.documents(ids), made_of, strict=True))
        return Results(ranked.total, hits, ranked.facets, ranked.notes, ranked.exact, ranked.next,
                       self._generation.id, time.perf_counter() - began)

    def ranked(self, request: Request) -> Ranked:
        """The answer to a request, but for the articles. Raises GenerationDamaged, EngineError."""
        with self._damage_told():
            return self._ranked(request)

    def _ranked(self, request: Request) -> Ranked:
        settings = self._settings
        execution, translation = self._prepared(request)
        notes: list[Note] = []
        found: list[Found] = []
        try:
            query = translation.query(request.query)
            notes += translation.notes
            enough = request.offset + request.limit + 1
            run = partial(execution.run_for, enough) if _is_first(request) else execution.run
            found.extend(run(query, number) for number in range(len(self._shards)))
        except TimeIsUp:
            notes.append(Note("time", f"The search was stopped after {settings.query_seconds:g} s (setting "
                                      "query_seconds); the numbers below are the least that there are."))
        exact = len(found) == len(self._shards)
        found += [NOTHING] * (len(self._shards) - len(found))
        counting = Counting(self._shards, [each.docs for each in found], self._kernels)
        kept = [each if mask is None else Found(each.docs[mask], each.scores[mask])
                for each, mask in zip(found, counting.kept(request.filters), strict=True)]
        total = sum(len(each.docs) for each in kept)
        wanted = extent(request, total, settings.query_hits)
        shown = page(first_keys(self._shards, kept, request.sort, wanted.end + 1, wanted.cursor,
                                self._kernels), wanted)
        facets = {spec.field: counting.facet(spec, request.filters) for spec in request.facets}
        return Ranked(shown.keys, total, facets, (*notes, *shown.notes), exact, shown.next)

    def _shares(self, request: Request, ids: Sequence[str]) -> list[tuple[Share, ...]]:
        """What the scores of these articles are made of; nothing, if it takes too long."""
        execution, translation = self._prepared(request)

        def in_field(node: Word | Exact | Phrase, field: str) -> float | None:
            return execution.score(translation.words(node, field), *place)

        def whole(node: Node) -> float | None:
            return execution.score(translation.query(node), *place)

        found: list[tuple[Share, ...]] = []
        with self._damage_told(), suppress(TimeIsUp):
            for id_ in ids:
                place = next((nth, at) for nth, shard in enumerate(self._shards)
                             if (at := shard.number(id_)) is not None)
                found.append(shares(request.query, in_field, whole) or ())
        return [*found, *[()] * (len(ids) - len(found))]

    def _prepared(self, request: Request) -> tuple[Execution, Translation]:
        execution = Execution(self._shards, self._gains, self._kernels, self._stock, self._settings.query_seconds)
        lexicon = Lexicon(self._shards, execution.tick)
        return execution, Translation(lexicon, self._spoken(request), self._settings.query_expansion)

    def _spoken(self, request: Request) -> tuple[str, ...]:
        return (request.language,) if request.language else self.languages

    @cached_property
    def _gains(self) -> dict[str, Gains]:
        """By field, what BM25 gives there, given the mean length over all living articles."""
        return {name: Gains.of(sum(shard.tokens(name) for shard in self._shards) / max(self._articles, 1) or 1.0)
                for name in INDEXED}

    def _stock(self, query: Query, number: int) -> Found:
        return stock_found(self._shards, query, number)

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except RecursionError as error:
            raise EngineError("the query is nested too deeply; take some of its levels away") from error
        except (IndexError, ValueError, KeyError, zstandard.ZstdError) as error:  # an InvalidRecord is a ValueError
            raise GenerationDamaged(f"{self._generation.id} cannot be read ({type(error).__name__}: {error}); "
                                    "run `dateline check`, then `dateline reindex`") from error


def _is_first(request: Request) -> bool:
    """Whether nothing is asked for but the first hits."""
    return not (request.counted or request.filters or request.facets or request.after) and request.sort != "oldest"


class Lexicon:
    """What translating a query asks of the shards (see `queries.Lexicon`). `tick` raises when time is up."""

    def __init__(self, shards: Sequence[Shard], tick: Callable[[], None]) -> None:
        self._shards, self._tick = shards, tick

    def knows(self, field: str, term: str) -> bool:
        """Whether any article has the term."""
        return any(shard.frequency(field, term) for shard in self._shards)

    def most(self, field: str, prefix: str) -> int:
        """How many exact words of a field begin with a prefix, at most."""
        return sum(len(shard.words(field, (), prefix)[1]) for shard in self._shards)

    def beginning_with(self, field: str, prefix: str) -> Iterator[str]:
        """The exact words of a field that begin with a prefix, each once, sorted."""
        before = None
        for word in merge(*(shard.living_words(field, prefix) for shard in self._shards)):
            if word != before:
                self._tick()
                yield word
            before = word

    def frequency(self, field: str, word: str) -> int:
        """How many articles have an exact word."""
        self._tick()
        return sum(shard.frequency(field, word) for shard in self._shards)
