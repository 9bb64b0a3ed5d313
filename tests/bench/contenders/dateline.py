"""Dateline's own engine as a contender, with one kind of kernels."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from search.document import Document
from search.engines.whoosh import open_engine
from search.engines.whoosh.kernels import load
from search.engines.whoosh.reading import WhooshSnapshot
from search.query import tree
from search.request import FacetSpec, Filter, Request
from search.settings import Settings
from tests.bench.contenders import Answer
from tests.bench.queries import Query

FACETS = (FacetSpec("source"), FacetSpec("person"), FacetSpec("published", None, level="month"))
PATIENT = 3600.0  # seconds: no search is cut short


class Dateline:
    """The `Contender`. Of a filter's outlet, the facet counts the other outlets too, as Dateline's page shows them."""

    def __init__(self, kernels: str) -> None:
        load(kernels)  # so that the modules are there before anything is timed
        self._settings = Settings(query_seconds=PATIENT, kernels=kernels)

    def build(self, folder: Path, documents: Iterator[Document]) -> None:
        engine = open_engine(str(folder), self._settings)
        builder = engine.builder()
        for document in documents:
            builder.add(document)
        engine.switch(builder.commit(0, {}))

    def open(self, folder: Path) -> "DatelineSearcher":
        return DatelineSearcher(open_engine(str(folder), self._settings).snapshot())


class DatelineSearcher:
    """A snapshot of the index."""

    def __init__(self, snapshot: WhooshSnapshot) -> None:
        self._ranked, self.close = snapshot.ranked, snapshot.close

    def top(self, query: Query) -> Any:
        return self._ranked(request(query, faceted=False))

    def faceted(self, query: Query) -> Any:
        return self._ranked(request(query, faceted=True))

    def answer(self, found: Any) -> Answer:
        facets = {"month" if name == "published" else name: {value.value: value.count for value in facet.values}
                  for name, facet in found.facets.items()}
        return Answer(found.total, len(found.keys), facets)


def request(query: Query, *, faceted: bool) -> Request:
    """What Dateline is asked for a query: only the ten best, or all that `faceted` says."""
    filters = (Filter("source", frozenset({query.outlet})),) if query.outlet else ()
    return Request(_node(query), filters, limit=10, facets=FACETS if faceted else (), counted=faceted)


def _node(query: Query) -> tree.Node:
    words = tuple(map(tree.Word, query.words))
    match query.kind:
        case "phrase":
            return tree.Phrase(query.words)
        case "prefix":
            return tree.Prefix(query.words[0])
        case "and":
            return tree.And(words)
        case "or":
            return tree.Or(words)
        case "filter":
            return tree.And((*words, tree.Published(query.begin, query.until)))
        case _:
            return words[0]


contender = Dateline
