"""Stock Whoosh finds, scores and knows the same over our segments as over those that it writes itself."""

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.highlight import UppercaseFormatter
from whoosh.reading import TermNotFound

from search.engines.whoosh import inversion
from search.engines.whoosh.codec import ShardCodec, ShardSegment, searcher, stock_found
from search.engines.whoosh.execution import Execution
from search.engines.whoosh.shard import Shard
from search.errors import EngineError
from tests.engine_contract import ARCHIVE, make
from tests.search.engines.shards import Part, answer, archives, living, shards_of, snapshot_of
from tests.stock_index import NAMES, stock_index
from tests.stock_queries import documented, queries, trees
from tests.vocabulary import WORDS

QUICK = settings(max_examples=25)


@QUICK
@given(archive=archives(), asked=st.lists(queries(), min_size=10, max_size=30))
def test_any_query_finds_and_scores_as_over_stock_segments(archive: list[Part], asked: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shards = shards_of(Path(folder), archive)
        ours, stock = searcher(shards), stock_index(living(shards)).searcher()
        for query in asked:
            assert answer(ours, query) == pytest.approx(answer(stock, query), abs=1e-9)


def told(info: Any) -> tuple[float, ...]:
    return (info.weight(), info.doc_frequency(), info.min_length(), info.max_length(), info.max_weight(),
            info.min_id(), info.max_id())


def walk(cursor: Any) -> Iterator[tuple[str, tuple[float, ...]]]:
    while cursor.is_valid():
        yield cursor.text(), told(cursor.term_info())
        cursor.next()


def known(reader: Any) -> dict[str, Any]:
    """All that a reader of one segment tells, of the fields that have words there."""
    here = [name for name in NAMES if reader.field_length(name)]
    starts = [(name, text) for name in here for text in ("", "min", "ž")]
    return {
        "terms": list(reader.all_terms()), "postings": list(reader.iter_postings()),
        "infos": [(term, told(info)) for term, info in reader],
        "counts": (reader.doc_count(), reader.doc_count_all(), reader.has_deletions(), list(reader.all_doc_ids())),
        "stored": list(reader.all_stored_fields()),
        "totals": [(reader.field_length(name), reader.min_field_length(name), reader.max_field_length(name))
                   for name in here],
        "lengths": [reader.doc_field_length(number, name) or 0 for name in here for number in reader.all_doc_ids()],
        "later terms": [list(reader.terms_from(*start)) for start in starts],
        "later infos": [[(term, told(info)) for term, info in reader.iter_from(*start)] for start in starts],
        "cursors": [list(walk(reader.cursor(name))) for name in here],
        "frequencies": [(reader.frequency(name, word), reader.doc_frequency(name, word), (name, word) in reader)
                        for name in here for word in WORDS],
    }


@QUICK
@given(archive=archives(), most_forms=st.sampled_from((255, 1)))
def test_readers_tell_what_readers_of_stock_segments_tell(archive: list[Part], most_forms: int) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(inversion, "MOST_FORMS", most_forms)
        shards = shards_of(Path(folder), archive)
        stock = [leaf.reader() for leaf, _ in stock_index(living(shards)).searcher().leaf_searchers()]
        ours = [leaf.reader() for leaf, _ in searcher(shards).leaf_searchers()]
        ours = [reader for reader in ours if reader.doc_count()]  # Whoosh writes no segment for nothing
        assert len(ours) == len(stock)
        for reader, expected in zip(map(known, ours), map(known, stock), strict=True):
            for fact, value in expected.items():
                assert reader[fact] == value, fact


def executed(shards: Sequence[Shard], query: Any) -> dict[str, float]:
    """What our execution finds in a snapshot of the shards."""
    snapshot = snapshot_of(shards)
    execution = Execution(shards, snapshot._gains, snapshot._kernels, snapshot._stock, 60.0)
    found = [(shard, execution.run(query, number)) for number, shard in enumerate(shards)]
    return {shard.segment.id(doc): score for shard, (docs, scores) in found
            for doc, score in zip(docs.tolist(), scores.tolist(), strict=True)}


@QUICK
@given(archive=archives(), asked=st.lists(trees(), min_size=10, max_size=30))
def test_our_execution_does_what_whoosh_documents(archive: list[Part], asked: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shards = shards_of(Path(folder), archive)
        whoosh = searcher(shards)
        for query in asked:
            assert executed(shards, query) == pytest.approx(answer(whoosh, documented(query)), abs=1e-9)


@pytest.fixture
def shards(tmp_path: Path) -> list[Shard]:
    """Two segments of the archive, b:2 dead."""
    parts = [[(document, document.article.id != "b:2") for document in part] for part in (ARCHIVE[:2], ARCHIVE[2:])]
    return shards_of(tmp_path, parts)


TERROR = q.Term("text", "terrorist")


@pytest.mark.parametrize(("query", "expected"), [
    (q.Phrase("text", ["port", "salen"]), "a:1 a:2"),
    (q.Phrase("text_exact", ["dam", "salen"]), ""),
    (q.Phrase("text_exact", ["dam", "salen"], slop=3), "a:2"),
    (q.Prefix("text_exact", "terr"), "a:1 b:1"),
    (q.Wildcard("text_exact", "pr?so*"), "b:1 c:1"),
    (q.FuzzyTerm("text_exact", "prisom"), "b:1 c:1"),
    (q.TermRange("source", "lantern", "post"), "a:1 a:2 c:1"),
    (q.DisjunctionMax([q.Term("title_exact", "karsa"), TERROR]), "a:1 b:1"),
    (q.SpanFirst(q.Term("text", "the"), limit=0), "a:2"),
    (q.SpanNot(q.Term("text_exact", "prison"), q.Term("text_exact", "long")), "b:1 c:1"),
    (q.SpanNot(q.SpanNear(q.Term("text", "prison"), q.Term("text", "a"), slop=4), q.Term("text", "long")), ""),
    (q.Otherwise(q.Term("text", "absent"), TERROR), "a:1"),
    (q.Variations("text_exact", "break"), "a:2 c:1"),
    (q.Prefix("absent", "terr"), ""),
])
def test_a_query_class_that_execution_does_not_know_is_left_to_whoosh(
        shards: list[Shard], query: Any, expected: str) -> None:
    found = executed(shards, query)
    assert " ".join(sorted(found)) == expected
    if expected:
        assert found == answer(searcher(shards), query)
        assert executed(shards, q.And([q.Every(), query])) == {id_: score + 1 for id_, score in found.items()}


def test_what_whoosh_finds_is_in_the_order_of_the_shard(shards: list[Shard]) -> None:
    found = stock_found(shards, q.Prefix("text_exact", ""), 1)
    assert found.docs.tolist() == shards[1].every().tolist() != list(range(shards[1].living))
    assert found.scores.tolist() == [1.0] * shards[1].living


def test_the_best_of_many_articles_are_found_in_blocks_as_in_stock_segments(tmp_path: Path) -> None:
    chance = random.Random(5)
    part = [(make(f"a:{n}", "Quay", "quay " * chance.randint(1, 40) + "harbour " * chance.choice((0, 0, 9)) + "sea"),
             chance.random() < 0.9) for n in range(700)]
    shards = shards_of(tmp_path, [part[:600], part[600:]])
    ours, stock = searcher(shards), stock_index(living(shards), ("text",)).searcher()
    quay, harbour = q.Term("text", "quay"), q.Term("text", "harbour")
    for query in (quay, harbour, q.And([quay, harbour]), q.Or([quay, harbour]), q.AndMaybe(quay, harbour)):
        expected = sorted((hit.score for hit in stock.search(query, limit=None)), reverse=True)
        best = ours.search(query, limit=7)
        assert [hit.score for hit in best] == pytest.approx(expected[:7], abs=1e-9)
        assert len(best) == len(expected)


def test_statistics_of_all_shards_count_the_living_alone(shards: list[Shard]) -> None:
    whoosh = searcher(shards)
    assert whoosh.doc_count_all() == whoosh.doc_count() == 5
    assert whoosh.doc_frequency("text", "bank") == whoosh.frequency("text_exact", "banking") == 0
    assert ("text_exact", "banking") not in whoosh.reader()
    assert whoosh.field_length("title") == sum(len(document.article.title.split()) for document in ARCHIVE) - 4
    with pytest.raises(TermNotFound):
        whoosh.term_info("text", "bank")


@pytest.mark.parametrize("several", [False, True])
def test_whoosh_suggests_words_that_stand_in_the_articles(shards: list[Shard], several: bool) -> None:
    whoosh = searcher(shards if several else shards[1:])
    assert whoosh.corrector("text_exact").suggest("prizon") == ["prison"]
    assert whoosh.corrector("text_exact").suggest("banks", maxdist=1) == []  # its article is dead
    assert whoosh.corrector("title_exact").suggest("note", maxdist=1) == ["note"]


@pytest.mark.parametrize(("query", "marked"), [
    (TERROR, "three TERRORISTS"),
    (q.Term("text_exact", "fled"), "terrorists FLED"),
    (q.Phrase("text", ["port", "salen"]), "in PORT SALEN"),
    (q.Prefix("text_exact", "ter"), "TERRORISTS fled. TERROR in"),
    (q.Phrase("title_exact", ["prison", "break"]), "PRISON BREAK in"),
])
def test_whoosh_highlights_what_it_found(shards: list[Shard], query: Any, marked: str) -> None:
    results = searcher(shards).search(query)
    results.formatter = UppercaseFormatter()
    hit, = (hit for hit in results if hit["id"] == "a:1")
    assert marked in hit.highlights(query.fieldname, text=ARCHIVE[0].article.text + " The end.")


def test_whoosh_cannot_write(shards: list[Shard]) -> None:
    codec, segment = ShardCodec(), ShardSegment(shards[0])
    for write in (codec.per_document_writer, codec.field_writer, codec.new_segment):
        with pytest.raises(EngineError, match="dateline reindex"):
            write(None, segment)
    with pytest.raises(EngineError, match="dateline reindex"):
        segment.delete_document(0)


def test_of_no_shards_whoosh_finds_nothing() -> None:
    whoosh = searcher([])
    assert whoosh.doc_count() == 0
    assert not whoosh.search(q.Every(), limit=None)
    assert not whoosh.search(q.Term("text", "prison"), limit=None)
