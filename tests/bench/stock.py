"""Dateline beside stock Whoosh: the same articles in both, the same queries to both, and where their answers differ.

    python -m tests.bench.stock CORPUS [--articles N] [--queries 1000]

CORPUS has rows of JSON, plain or compressed with gzip, as `tests.bench.corpus` reads them; all are taken for English.
Queries are drawn by a fixed seed from the words of the articles. Compared are all articles found, their scores as they
are ranked, their order to the depth of TOP, and the counts of their outlets and months.
"""

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args

from whoosh import query as whoosh
from whoosh.scoring import BM25F

from search.analysis import split, stem
from search.document import Document
from search.engines.whoosh import open_engine
from search.engines.whoosh.reading import WhooshSnapshot
from search.errors import InvalidRecord
from search.query import tree
from search.ranking import K1, B, Key, key
from search.request import FacetSpec, Request
from search.schema import SCORED
from search.settings import Settings
from tests.bench.corpus import document_of, month
from tests.stock_index import stock_index

Kind = Literal["term", "and2", "and3", "or3", "phrase2", "phrase3", "not"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SEED = 18
TOP = 50          # hits of which the order is compared
CLOSE = 1e-9      # of two scores that are the same
PATIENT = 3600.0  # seconds: no search is cut short
FACETS: Mapping[str, Callable[[Document], str | None]] = {
    "source": lambda document: document.article.source, "published": month,
}


@dataclass(frozen=True, slots=True)
class Query:
    """Words to be asked for in a way that its kind tells; of "not", the second is excluded."""

    kind: Kind
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """In what the answers to a query differ: totals, articles found, order of the first, facets, and how far scores."""

    total: bool
    found: bool
    order: bool
    facets: bool
    score: float


def documents(path: Path, articles: int | None = None) -> Iterator[Document]:
    """The documents of the first `articles` rows of which one can be made, or of all."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from islice(_documents(lines), articles)


def _documents(lines: Iterator[str]) -> Iterator[Document]:
    for line in lines:
        try:
            yield document_of({"entities": [], **json.loads(line)})
        except (InvalidRecord, ValueError, KeyError, TypeError):
            continue


def queries(library: Sequence[Document], count: int) -> Iterator[Query]:
    """As many queries, all kinds in turn. Their words stand in an article: those of a phrase next to each other."""
    chance = random.Random(SEED)
    while count:
        kind = KINDS[count % len(KINDS)]
        words = split(chance.choice(library).article.text)
        wanted = int(kind[-1]) if kind[-1].isdigit() else 2 if kind == "not" else 1
        if len(words) >= wanted:
            start = chance.randrange(len(words) - wanted + 1)
            chosen = words[start:start + wanted] if kind.startswith("phrase") else chance.sample(words, wanted)
            yield Query(kind, tuple(chosen))
            count -= 1


class Comparison:
    """An index of each over the same documents, ours in a folder."""

    def __init__(self, library: Sequence[Document], folder: Path) -> None:
        self._library = {document.article.id: document for document in library}
        self._articles = [document.article for document in library]
        self._snapshot = _ours(library, folder)
        self._stock = stock_index([library], SCORED).searcher(weighting=BM25F(B=B, K1=K1))

    def difference(self, query: Query) -> Difference:
        """In what the answers to a query differ."""
        request = Request(_tree(query), limit=len(self._library), facets=(
            FacetSpec("source", None), FacetSpec("published", None, level="month")))
        ours, expected = self._snapshot.ranked(request), self._expected(query)
        scores = {id_: -relevance for relevance, _, id_ in expected}
        found = {id_: -relevance for relevance, _, id_ in ours.keys}
        counts = {name: {value.value: value.count for value in facet.values} for name, facet in ours.facets.items()}
        by_hand = {name: Counter(value for id_ in scores if (value := of(self._library[id_])))
                   for name, of in FACETS.items()}
        furthest = max((abs(found[id_] - scores[id_]) for id_ in found.keys() & scores.keys()), default=0.0)
        return Difference(ours.total != len(scores), found.keys() != scores.keys(),
                          [at[2] for at in ours.keys[:TOP]] != [at[2] for at in expected[:TOP]],
                          counts != by_hand, furthest)

    def _expected(self, query: Query) -> list[Key]:
        """What stock Whoosh finds, in the order in which Dateline would have it."""
        excluded = _words([query.words[1]])[0] if query.kind == "not" else None
        found = self._stock.search(_query(query), limit=None, mask=excluded).top_n
        articles = [(self._articles[number], score) for score, number in found]
        return sorted(key("relevance", article.id, article.published.moment, score) for article, score in articles)


def _ours(library: Sequence[Document], folder: Path) -> WhooshSnapshot:
    engine = open_engine(str(folder), Settings(query_seconds=PATIENT, query_hits=len(library)))
    builder = engine.builder()
    for document in library:
        builder.add(document)
    engine.switch(builder.commit(0, {}))
    return engine.snapshot()


def _tree(query: Query) -> tree.Node:
    words = tuple(map(tree.Word, query.words))
    match query.kind:
        case "or3":
            return tree.Or(words)
        case "phrase2" | "phrase3":
            return tree.Phrase(query.words)
        case "not":
            return tree.And((words[0], tree.Not(words[1])))
        case _:
            return tree.And(words)


def _query(query: Query) -> Any:
    """The same for Whoosh, but for what is excluded: its own Not adds to the score, and AndNot lets some through."""
    match query.kind:
        case "or3":
            return whoosh.Or(_words(query.words))
        case "phrase2" | "phrase3":
            terms = [stem(word, "en") for word in query.words]
            return whoosh.Or([whoosh.Phrase(name, terms) for name in SCORED])
        case "not":
            return _words(query.words)[0]
        case _:
            return whoosh.And(_words(query.words))


def _words(words: Sequence[str]) -> list[Any]:
    return [whoosh.Or([whoosh.Term(name, stem(word, "en")) for name in SCORED]) for word in words]


def report(differences: Mapping[Kind, Sequence[Difference]]) -> str:
    """A table of how many answers differ, by kind of query."""
    rows = [["kind", "queries", "totals", "articles", "facets", "scores", "furthest", f"same first {TOP}"]]
    every = [difference for each in differences.values() for difference in each]
    for kind, each in (*differences.items(), ("all", every)):
        counts = (len(each), sum(d.total for d in each), sum(d.found for d in each), sum(d.facets for d in each),
                  sum(d.score > CLOSE for d in each))
        furthest = max((d.score for d in each), default=0.0)
        same = sum(not d.order for d in each) / max(len(each), 1)
        rows.append([kind, *map(str, counts), f"{furthest:.1e}", f"{same:.2%}"])
    return "".join(f"{name:<8}" + "".join(f"{cell:>14}" for cell in cells) + "\n" for name, *cells in rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints how many answers differ."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--queries", type=int, default=1000)
    given = parser.parse_args(arguments)
    try:
        library = list(documents(given.corpus, given.articles))
    except OSError as error:
        parser.error(f"the corpus cannot be read: {error}")
    if not library:
        parser.error("the corpus has no articles; see tests/bench/corpus.py for what a row must hold")
    differences: dict[Kind, list[Difference]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(library, Path(folder))
        for query in queries(library, given.queries):
            differences[query.kind].append(comparison.difference(query))
    sys.stdout.write(f"{len(library):,} articles. Answers that differ, by what differs in them:\n{report(differences)}")


if __name__ == "__main__":
    main()
