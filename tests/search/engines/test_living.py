"""Whoosh goes through the terms of living articles, and through the postings of each, as it may ask to."""

from pathlib import Path

import pytest
from whoosh.formats import Positions
from whoosh.matching import ReadTooFar
from whoosh.scoring import BaseScorer

from search.engines.whoosh import inversion
from search.engines.whoosh.living import LivingTerms, ShardCursor, ShardMatcher
from search.engines.whoosh.packing import BLOCK
from search.engines.whoosh.shard import Shard
from tests.engine_contract import make
from tests.search.engines.shards import shards_of

DEAD = {1, 4, 7}
TEXTS = ["tide", "tide lock", "lock", "tide, tides and tide", "lock", "sea wall", "tide", "quay tide", "wall"]


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    """Nine articles in the order of their numbers, three of them dead."""
    part = [(make(f"a:{n}", "Note", text), n not in DEAD) for n, text in enumerate(TEXTS)]
    return shards_of(tmp_path, [part])[0]


def matcher(shard: Shard, text: bytes, name: str = "text_exact") -> ShardMatcher:
    return ShardMatcher((name, text), LivingTerms(shard, name).posted(text), Positions(), None)


def test_a_matcher_goes_through_the_living_articles_numbered_without_the_dead(shard: Shard) -> None:
    found = matcher(shard, b"tide")
    assert list(found.copy().all_ids()) == [0, 2, 4]
    assert [TEXTS[shard.every()[number]] for number in found.copy().all_ids()] == [TEXTS[0], TEXTS[3], TEXTS[6]]
    assert list(found.copy().items_as("positions")) == [(0, [0]), (2, [0, 3]), (4, [0])]
    found.next()
    assert (found.weight(), found.value_as("frequency"), found.value_as("weight")) == (2.0, 2, 2.0)
    assert [(span.start, span.end) for span in found.spans()] == [(0, 0), (3, 3)]
    assert Positions().decode_positions(found.value()) == found.value_as("positions")


def test_the_forms_of_a_term_are_one_though_they_stand_in_several_lists(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inversion, "MOST_FORMS", 1)
    shard, = shards_of(tmp_path, [[(make("a:0", "Note", "tides"), True), (make("a:1", "Note", TEXTS[3]), True)]])
    assert list(matcher(shard, b"tide", "text").items_as("positions")) == [(0, [0]), (1, [0, 1, 3])]
    assert list(LivingTerms(shard, "text").starting_at(b"t")) == [b"tide"]


def test_a_matcher_skips_ahead_and_never_back(shard: Shard) -> None:
    found = matcher(shard, b"tide")
    found.skip_to(1)
    assert found.id() == 2
    copied = found.copy()
    found.skip_to(0)
    assert found.id() == 2
    found.skip_to(5)
    assert not found.is_active()
    with pytest.raises(ReadTooFar):
        found.skip_to(5)
    assert copied.id() == 2
    assert copied.term() == ("text_exact", b"tide")
    found.reset()
    assert found.id() == 0


class ByWeight(BaseScorer):  # type: ignore[misc]
    """Holds a block for as good as its highest weight."""

    def block_quality(self, matcher: ShardMatcher) -> float:
        return matcher.block_max_weight()


def test_a_matcher_skips_blocks_that_are_not_good_enough(tmp_path: Path) -> None:
    best = {2 * BLOCK - 1: 5, 3 * BLOCK: 7}  # in the second block and the first of the fourth
    part = [(make(f"a:{n:03}", "Note", "tide " * best.get(n, 1)), True) for n in range(4 * BLOCK + 9)]
    found = matcher(shards_of(tmp_path, [part])[0], b"tide")
    found.scorer = ByWeight()
    assert found.skip_to_quality(0.5) == 0
    assert (found.skip_to_quality(1.0), found.id(), found.block_min_length()) == (1, BLOCK, 1)
    assert (found.skip_to_quality(4.9), found.id(), found.block_max_length()) == (0, BLOCK, 5)
    found.skip_to(BLOCK + 3)
    assert (found.skip_to_quality(5.0), found.id(), found.block_max_weight()) == (2, 3 * BLOCK, 7.0)
    assert found.skip_to_quality(7.0) == 2
    assert not found.is_active()


def test_a_term_of_the_dead_alone_is_none(shard: Shard) -> None:
    words = LivingTerms(shard, "text_exact")
    assert words.frequency(b"quay") == 0
    assert [*words.starting_at(b"l")] == [b"lock", b"sea", b"tide", b"tides", b"wall"]
    with pytest.raises(KeyError):
        words.posted(b"quay")


def test_a_cursor_finds_a_term_or_the_next_one(shard: Shard) -> None:
    cursor = ShardCursor(LivingTerms(shard, "text_exact"))
    assert cursor.text() == cursor.first() == "and"
    assert cursor.find("q") == cursor.find(b"sea") == cursor.text() == "sea"
    assert cursor.next() == "tide"
    assert (info := cursor.term_info())
    assert info.doc_frequency() == 3
    assert cursor.find("zebra") is None
    assert not cursor.is_valid()
    assert cursor.text() is cursor.next() is cursor.term_info() is None
    assert cursor.find("se") == "sea"
