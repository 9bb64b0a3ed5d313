"""In an archive of one language, words joined by AND and OR are found and scored as by stock Whoosh."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index
from whoosh.query import And, Or, Query, Term

from search.analysis import stem
from search.document import Document
from search.engine import open_engine
from search.query import tree
from search.request import Request
from search.schema import SCORED
from tests.engine_contract import build
from tests.strategies import libraries, query_words

WORDS = st.lists(st.lists(query_words(None).map(str.casefold), min_size=1, max_size=3), min_size=1, max_size=3)


def stock(either: list[list[str]]) -> Query:
    return Or([And([Or([Term(field, stem(word, "en")) for field in SCORED]) for word in every]) for every in either])


def ours(either: list[list[str]]) -> tree.Node:
    return tree.Or(tuple(tree.And(tuple(tree.Word(word) for word in every)) for every in either))


@settings(max_examples=40)
@given(library=libraries(), asked=st.lists(WORDS, min_size=3, max_size=10))
def test_words_are_scored_as_by_stock_whoosh(library: list[Document], asked: list[list[list[str]]]) -> None:
    english = [replace(document, article=replace(document.article, language="en")) for document in library]
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"whoosh:{folder}")
        made = build(engine, english)
        with index.open_dir(str(Path(folder) / made.id)).searcher() as searcher:
            by_number = [json.loads(row)["id"] for row in searcher.reader().column_reader("row")]
            for either in asked:
                hits = engine.snapshot().search(Request(ours(either), limit=100)).hits
                found = {hit.document.article.id: hit.score for hit in hits}
                expected = searcher.search(stock(either), limit=None, optimize=False)
                assert found == pytest.approx({by_number[hit.docnum]: hit.score for hit in expected}, abs=1e-9)
