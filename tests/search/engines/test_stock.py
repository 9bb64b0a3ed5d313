"""In an archive of one language, Dateline answers as stock Whoosh does over an index of its own of the same articles.

Words in all forms and as they are, phrases, AND, OR and NOT: the same articles, scores, totals, counts and order.
"""

import json
import random
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q

from search.analysis import fold, stem
from search.document import Document
from search.engine import open_engine
from search.engines.whoosh.fields import EXACT
from search.query import tree
from search.ranking import key
from search.request import FacetSpec, Request
from search.schema import SCORED
from tests.bench import stock
from tests.bench.stock import KINDS, TOP, Comparison, Difference
from tests.engine_contract import build, make
from tests.search.engines.shards import answer
from tests.stock_index import stock_index
from tests.stock_queries import documented
from tests.strategies import libraries, query_words

ARTICLES, QUERIES = 2_000, 200
SAME = Difference(total=False, found=False, order=False, facets=False, score=0.0)

ANY_WORD = query_words(None).map(str.casefold)
TERMS = st.one_of(
    st.builds(tree.Word, ANY_WORD), st.builds(tree.Exact, ANY_WORD),
    st.builds(tree.Phrase, st.lists(ANY_WORD, min_size=2, max_size=3).map(tuple), st.integers(0, 3), st.booleans()),
)


def _joined(children: st.SearchStrategy[tree.Node]) -> st.SearchStrategy[tree.Node]:
    several = st.lists(children, min_size=2, max_size=3).map(tuple)
    return st.builds(tree.And, several) | st.builds(tree.Or, several) | st.builds(tree.Not, children)


def whoosh_query(node: tree.Node) -> q.Query:
    """What stock Whoosh is asked for a tree."""
    match node:
        case tree.And(children):
            return q.And(list(map(whoosh_query, children)))
        case tree.Or(children):
            return q.Or(list(map(whoosh_query, children)))
        case tree.Not(child):
            return q.Not(whoosh_query(child))
        case tree.Exact(text):
            return q.Or([q.Term(name + EXACT, fold(text)) for name in SCORED])
        case tree.Phrase(words, slop, exact):
            terms = [fold(word) if exact else stem(word, "en") for word in words]
            return q.Or([q.Phrase(name + EXACT if exact else name, terms, slop=slop + 1) for name in SCORED])
        case tree.Word(text):
            return q.Or([q.Term(name, stem(text, "en")) for name in SCORED])
        case _:
            raise AssertionError(node)


@settings(max_examples=40)
@given(library=libraries(), asked=st.lists(st.recursive(TERMS, _joined, max_leaves=5), min_size=5, max_size=15))
def test_any_tree_of_words_and_phrases_is_answered_as_by_stock_whoosh(
        library: list[Document], asked: list[tree.Node]) -> None:
    english = {document.article.id: replace(document, article=replace(document.article, language="en"))
               for document in library}
    searcher = stock_index([english.values()]).searcher()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"whoosh:{folder}")
        build(engine, list(english.values()))
        for node in asked:
            expected = answer(searcher, documented(whoosh_query(node)))
            ordered = sorted(key("relevance", id_, english[id_].article.published.moment, score)
                             for id_, score in expected.items())
            results = engine.snapshot().search(Request(node, limit=TOP, facets=(FacetSpec("source", None),)))
            assert {hit.document.article.id: hit.score for hit in results.hits} == pytest.approx(expected, abs=1e-9)
            assert [hit.document.article.id for hit in results.hits] == [id_ for *_, id_ in ordered]
            assert results.total == len(expected)
            assert {value.value: value.count for value in results.facets["source"].values} == Counter(
                english[id_].article.source for id_ in expected)


def test_a_sample_of_reuters_is_answered_as_by_stock_whoosh(shared: Path, tmp_path: Path) -> None:
    corpus = shared / "corpora" / "reuters21578.jsonl.gz"
    if not corpus.is_file():
        pytest.skip(f"{corpus} is not there")
    library = list(stock.documents(corpus, ARTICLES))
    comparison = Comparison(library, tmp_path)
    for query in stock.queries(library, QUERIES):
        difference = comparison.difference(query)
        assert replace(difference, score=0.0) == SAME, query
        assert difference.score <= stock.CLOSE, query


def row(number: int) -> dict[str, object]:
    chance = random.Random(number)
    words = ("harbour", "lantern", "council", "market", "volcano", "winter", "island", "copper")
    title, text = (" ".join(chance.choices(words, k=count)) for count in (2, 20))
    date = f"2019-{1 + number % 12:02}-03T10:30:00" if number % 5 else None
    return {"id": str(number), "title": title, "text": text, "date": date, "source": f"Outlet {number % 3}"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of our own, with two rows that are no articles."""
    path = tmp_path / "news.jsonl"
    rows = [*map(row, range(60)), {"id": "61"}, row(62) | {"title": "", "text": ""}]
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def test_the_command_tells_how_many_answers_differ(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stock.main([str(corpus), "--queries", "70"])
    heading, _, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("60 articles.")
    assert {line.split()[0] for line in lines} == {*KINDS, "all"}
    assert lines[-1].split() == ["all", "70", *4 * ["0"], "0.0e+00", "100.00%"]


def test_whatever_differs_is_told(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = list(stock.documents(corpus))
    monkeypatch.setattr(stock, "K1", 2.5)
    ranked_otherwise = Comparison(library, tmp_path / "a")
    monkeypatch.undo()
    others = Comparison(library, tmp_path / "b")
    others._stock = stock_index([[*library[1:], make("z:1", "Quay", "No ferry.")]], SCORED).searcher()
    difference = ranked_otherwise.difference(stock.Query("or3", ("market", "volcano", "copper")))
    assert difference == replace(SAME, order=True, score=ANY)
    assert difference.score > 0.01
    assert others.difference(stock.Query("term", ("quay",))) == Difference(
        total=True, found=True, order=True, facets=True, score=0.0)


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), ("{}\n", "has no articles")])
def test_a_corpus_without_articles_is_told(
        tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, said: str) -> None:
    path = tmp_path / "news.jsonl"
    if content:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        stock.main([str(path)])
    assert said in capsys.readouterr().err
