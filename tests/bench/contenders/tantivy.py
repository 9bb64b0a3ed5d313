"""Tantivy as a contender: one writer thread, every query built by its API, facets by its aggregations."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Filter, Occur, TextAnalyzerBuilder, Tokenizer

from search.document import Document
from tests.bench.contenders import Answer
from tests.bench.corpus import body, month
from tests.bench.queries import Query

HEAP = 500_000_000
FIELDS = ("title", "text")
FACETS = {"source": 10, "person": 10, "month": 1000}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem", index_option="position")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_date_field("date", indexed=True, fast=True)
    return builder.build()


class Tantivy:
    """The `Contender`."""

    def build(self, folder: Path, documents: Iterator[Document]) -> None:
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=HEAP, num_threads=1)
        for document in documents:
            writer.add_document(_row(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> "TantivySearcher":
        return TantivySearcher(tantivy.Index.open(str(folder)))


def _row(document: Document) -> tantivy.Document:
    article = document.article
    row = tantivy.Document(id=article.id, title=article.title, text=body(document), source=article.source)
    for name in document.entities("PER"):
        row.add_text("person", name)
    if published := month(document):
        row.add_text("month", published)
    if article.published.day:
        row.add_date("date", _moment(article.published.day))
    return row


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class TantivySearcher:
    """An index, open for reading."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher: Any = index.searcher()  # the package's types lack a result's count
        analyzer = TextAnalyzerBuilder(Tokenizer.simple())  # the parts of "en_stem"
        for part in (Filter.remove_long(40), Filter.lowercase(), Filter.stemmer("english")):
            analyzer = analyzer.filter(part)
        self._analyzer = analyzer.build()
        self._counts = {name: {"terms": {"field": name, "size": size}} for name, size in FACETS.items()}

    def top(self, query: Query) -> Any:
        return self._searcher.search(self._query(query), 10, count=False).hits

    def faceted(self, query: Query) -> Any:
        wanted = self._query(query)
        found = self._searcher.search(wanted, 10, count=True)
        return found.count, found.hits, self._searcher.aggregate(wanted, self._counts)

    def close(self) -> None:
        """Nothing is to be done: files are let go with the searcher itself."""

    def answer(self, found: Any) -> Answer:
        total, page, facets = found
        return Answer(total, len(page), {name: {bucket["key"]: bucket["doc_count"] for bucket in facet["buckets"]}
                                         for name, facet in facets.items()})

    def _query(self, query: Query) -> tantivy.Query:
        terms = self._analyzer.analyze(" ".join(query.words))
        match query.kind:
            case "phrase":
                return self._any(tantivy.Query.phrase_query(self._schema, name, list(terms)) for name in FIELDS)
            case "prefix":
                return self._any(self._prefix(name, query.words[0]) for name in FIELDS)
            case "and" | "filter":
                return self._all([*(self._word(term) for term in terms), *self._conditions(query)])
            case _:
                return self._any(self._term(name, term) for term in terms for name in FIELDS)

    def _conditions(self, query: Query) -> Iterator[tantivy.Query]:
        """What selects and does not score."""
        if query.begin and query.until:
            days = tantivy.Query.range_query(self._schema, "date", FieldType.Date, _moment(query.begin),
                                             _moment(query.until), include_upper=False)
            yield tantivy.Query.const_score_query(days, 0.0)
        if query.outlet:
            yield tantivy.Query.const_score_query(self._term("source", query.outlet), 0.0)

    def _term(self, name: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, term)

    def _prefix(self, name: str, letters: str) -> tantivy.Query:
        """All words that begin so: no edit, any rest. A phrase's last word would stand for its first 50 words only."""
        return tantivy.Query.fuzzy_term_query(self._schema, name, letters, distance=0, prefix=True)

    def _word(self, term: str) -> tantivy.Query:
        return self._any(self._term(name, term) for name in FIELDS)

    def _any(self, queries: Any) -> tantivy.Query:
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])

    def _all(self, queries: Any) -> tantivy.Query:
        return tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def contender(_: str) -> Tantivy:
    """The contender; there is only one kind."""
    return Tantivy()
