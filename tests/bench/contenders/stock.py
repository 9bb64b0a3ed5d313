"""Stock Whoosh 2.7.4 as a contender: its own codec, analysis, ranking and facets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import index, query, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

from search.document import Document
from tests.bench.contenders import Answer
from tests.bench.corpus import body, month
from tests.bench.queries import Query

MEMORY = 256  # MB that Whoosh may fill before it writes postings out
FIELDS = ("title", "text")
BREAK = "\n"  # between the persons of an article


def _analyzer() -> Any:
    """Whoosh's stemming analysis, but no word is left out: the others find phrases such as "not that" too."""
    return StemmingAnalyzer(stoplist=None, minsize=1)


class Stock:
    """The `Contender`."""

    def build(self, folder: Path, documents: Iterator[Document]) -> None:
        prose = TEXT(analyzer=_analyzer(), stored=True)
        schema = Schema(id=ID(stored=True), title=prose, text=prose, source=ID(sortable=True), month=ID(sortable=True),
                        person=STORED(), day=NUMERIC(int))
        writer = index.create_in(str(folder), schema).writer(limitmb=MEMORY)
        for document in documents:
            article = document.article
            writer.add_document(id=article.id, title=article.title, text=body(document), source=article.source,
                                month=month(document), person=BREAK.join(document.entities("PER")),
                                day=article.published.day and article.published.day.toordinal())
        writer.commit()

    def open(self, folder: Path) -> "StockSearcher":
        return StockSearcher(index.open_dir(str(folder)).searcher())


class StockSearcher:
    """A searcher that stays open."""

    def __init__(self, searcher: Any) -> None:
        self._searcher, self._analyzer = searcher, _analyzer()
        self.close = searcher.close
        self._facets = {
            "source": sorting.FieldFacet("source", maptype=sorting.Count),
            # an indexed field of several values would have Whoosh read all its terms for every search
            "person": sorting.StoredFieldFacet("person", allow_overlap=True, maptype=sorting.Count,
                                               split_fn=lambda names: names.split(BREAK)),
            "month": sorting.FieldFacet("month", maptype=sorting.Count),
        }

    def top(self, asked: Query) -> Any:
        return self._searcher.search(self._query(asked), limit=10).top_n

    def faceted(self, asked: Query) -> Any:
        found = self._searcher.search(self._query(asked), limit=10, groupedby=self._facets)
        return len(found), found.top_n[:10], {name: found.groups(name) for name in self._facets}

    def answer(self, found: Any) -> Answer:
        total, page, groups = found
        counts = {name: {value: count for value, count in group.items() if value} for name, group in groups.items()}
        return Answer(total, len(page), counts)

    def _query(self, asked: Query) -> Any:
        terms = [token.text for token in self._analyzer(" ".join(asked.words))]
        match asked.kind:
            case "phrase":
                return query.Or([query.Phrase(name, terms) for name in FIELDS]).normalize()
            case "prefix":
                return query.Or([query.Prefix(name, asked.words[0]) for name in FIELDS])
            case "or":
                return query.Or([query.Term(name, term) for term in terms for name in FIELDS])
            case _:
                words = [query.Or([query.Term(name, term) for name in FIELDS]) for term in terms]
                return query.And([*words, *_conditions(asked)]).normalize()


def _conditions(asked: Query) -> Iterator[Any]:
    """What selects and does not score."""
    if asked.begin and asked.until:
        days = query.NumericRange("day", asked.begin.toordinal(), asked.until.toordinal(), endexcl=True)
        yield query.ConstantScoreQuery(days, 0.0)
    if asked.outlet:
        yield query.ConstantScoreQuery(query.Term("source", asked.outlet), 0.0)


def contender(_: str) -> Stock:
    """The contender; there is only one kind."""
    return Stock()
