"""The engines that are compared, each behind the same few calls. All search titles and texts, stemmed, by BM25.

    dateline   its own engine, once for each kind of kernels: dateline-numpy, dateline-numba
    tantivy    with its Python package
    fts5       SQLite's full-text index, with tables beside it for the facets
    stock      Whoosh 2.7.4 as it comes
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from search.document import Document
from tests.bench.queries import Query

FAMILIES = ("tantivy", "dateline", "fts5", "stock")
NEEDS = {"tantivy": "tantivy", "dateline-numba": "numba"}  # packages that need not be there
STOCK_LIMIT = 20_000  # articles of which an index of stock Whoosh is made in bearable time


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: how many articles, how many of them on the page, and the counted values of each facet."""

    total: int
    page: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Searcher(Protocol):
    """An index, open for reading. `top` and `faceted` are timed, and give what the engine itself gives."""

    def top(self, query: Query) -> Any:
        """The ten best articles, and no more than that."""

    def faceted(self, query: Query) -> Any:
        """The ten best, how many there are, the ten most frequent outlets and persons, and all months."""

    def answer(self, found: Any) -> Answer:
        """What `faceted` gave, in the form that all share; facets are called source, person and month."""

    def close(self) -> None:
        """Lets go of files."""


class Contender(Protocol):
    """An engine that takes part."""

    def build(self, folder: Path, documents: Iterator[Document]) -> None:
        """Makes an index in an empty folder, all there is to do before it is searched."""

    def open(self, folder: Path) -> Searcher:
        """The index that `build` made."""


def names(families: Collection[str], kernels: Sequence[str]) -> list[str]:
    """The names of the contenders of these families, in the order of FAMILIES."""
    return [name for family in FAMILIES if family in families
            for name in ([f"dateline-{kind}" for kind in kernels] if family == "dateline" else [family])]


def missing_package(name: str) -> str | None:
    """The package without which a contender cannot take part, where it is not installed."""
    package = NEEDS.get(name)
    return package if package and find_spec(package) is None else None


def contender(name: str) -> Contender:
    """The contender of a name, everything that it needs imported."""
    family, _, kernels = name.partition("-")
    module = import_module(f"{__name__}.{family}")
    made: Contender = module.contender(kernels)
    return made
