import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.article import Article, Published
from search.document import Document
from search.engines.whoosh.kernels import Found, Kernels
from search.engines.whoosh.lexing import Types
from search.engines.whoosh.ordering import first_keys
from search.engines.whoosh.segment import Segment, SegmentWriter
from search.engines.whoosh.shard import Shard
from search.ranking import DIGITS, Key, key
from search.request import Sort

VALUES = (None, None, "2019", "2019-01-01", "2019-11-18T19:24Z", "2019-11-18T22:24+03:00", "0001-01-01T00:00+14:00",
          "9999-12-31T23:59-14:00", "2020-02")
SCORES = st.sampled_from((0.0, 1.5, 1.5 + 1e-13, 1.5 + 1e-9, 2.0, 0.1 + 0.2, 0.3, 7.25)) | st.floats(0, 100)
FEWER = settings().max_examples // 3  # each example writes three segments
SORTS: st.SearchStrategy[Sort] = st.sampled_from(get_args(Sort))

Hits = dict[str, float]                        # id → score
Articles = dict[str, tuple[str | None, int]]   # id → when it was published, and in which shard it is

ARTICLES: st.SearchStrategy[Articles] = st.dictionaries(
    st.sampled_from([f"{letter}{number}" for letter in "abc" for number in range(12)]),
    st.tuples(st.sampled_from(VALUES), st.integers(0, 2)), min_size=1, max_size=30)


def moment(value: str | None) -> int | None:
    return Published(value).moment


@contextmanager
def shards(articles: Articles) -> Iterator[list[Shard]]:
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for number in range(3):
            writer = SegmentWriter(Types(), Kernels())
            for id_, (value, which) in articles.items():
                if which == number:
                    writer.add(Document(Article(id_, "Courier", "Title", (), published=Published(value))))
            path = Path(folder) / f"{number}.seg"
            writer.write(path)
            made.append(Shard(Segment(path, Kernels()), None, {}))
        yield made


def found(shards: Sequence[Shard], hits: Hits) -> list[Found]:
    """What a query finds that finds these articles with these scores."""
    made = []
    for shard in shards:
        scored = [(doc, hits[id_]) for doc in range(shard.segment.articles) if (id_ := shard.segment.id(doc)) in hits]
        docs, scores = zip(*scored, strict=True) if scored else ((), ())
        made.append(Found(np.array(docs, np.intp), np.array(scores, np.float64)))
    return made


@settings(max_examples=FEWER)
@given(articles=ARTICLES, sort=SORTS, data=st.data())
def test_the_first_hits_are_those_of_all_hits_sorted(articles: Articles, sort: Sort, data: st.DataObject) -> None:
    hits: Hits = data.draw(st.dictionaries(st.sampled_from(sorted(articles)), SCORES))
    everything = {id_: key(sort, id_, moment(value), float(np.round(hits.get(id_, 1.5), DIGITS)))
                  for id_, (value, _) in articles.items()}
    expected = sorted(everything[id_] for id_ in hits)
    seen: Key = data.draw(st.sampled_from(sorted(everything.values())))  # of a hit, or of one that is none any more
    with shards(articles) as several:
        results = found(several, hits)
        for after in (None, seen):
            behind = [each for each in expected if after is None or each > after]
            for count in (1, 2, 5, len(hits) + 1):
                assert first_keys(several, results, sort, count, after, Kernels()) == behind[:count]


@settings(max_examples=FEWER)
@given(articles=ARTICLES, sort=SORTS, size=st.integers(1, 4), data=st.data())
def test_following_cursors_gives_every_hit_once(
        articles: Articles, sort: Sort, size: int, data: st.DataObject) -> None:
    hits: Hits = data.draw(st.dictionaries(st.sampled_from(sorted(articles)), SCORES))
    with shards(articles) as several:
        results = found(several, hits)
        followed: list[Key] = []
        while page := first_keys(several, results, sort, size, followed[-1] if followed else None, Kernels()):
            followed += page
            assert len(followed) <= len(hits)
        assert followed == first_keys(several, results, sort, len(hits) + 1, None, Kernels())
        assert sorted(id_ for *_, id_ in followed) == sorted(hits)


@settings(max_examples=FEWER)
@given(ARTICLES)
def test_articles_are_numbered_newest_first_and_then_by_id(articles: Articles) -> None:
    with shards(articles) as several:
        for number, shard in enumerate(several):
            ids = [id_ for id_, (_, which) in articles.items() if which == number]
            expected = sorted(ids, key=lambda id_: key("newest", id_, moment(articles[id_][0]), 0.0))
            segment = shard.segment
            assert [segment.id(doc) for doc in range(segment.articles)] == expected
            assert [segment.number(id_) for id_ in expected] == list(range(segment.articles))
            assert segment.number("d1") is None
            assert [segment.document(doc).article.id for doc in range(segment.articles)] == expected


@pytest.mark.parametrize("sort", get_args(Sort))
def test_no_hits_have_no_first(sort: Sort) -> None:
    with shards({"a1": (None, 0)}) as several:
        nothing = found(several, {})
        for after in (None, (0.0, 5.0, "a"), (0.0, float("inf"), "z")):
            assert first_keys(several, nothing, sort, 10, after, Kernels()) == []
