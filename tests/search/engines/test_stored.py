import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh import stored
from search.engines.whoosh.arrays import ArrayFile, ArrayWriter
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.stored import Learned, Records, RecordWriter, merged_records

KERNELS = Kernels()
BYTES = st.binary(max_size=300) | st.builds(lambda piece, times: piece * times, st.binary(min_size=1, max_size=40),
                                            st.sampled_from((10, 500, 3_000)))
RECORDS = st.lists(BYTES, max_size=30)


@contextmanager
def opened(writer: RecordWriter) -> Iterator[Records]:
    """What a writer has taken, written and opened."""
    with tempfile.TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "file") as out, closing(out):
            writer.write(out)
        yield Records(ArrayFile(Path(folder) / "file"), KERNELS)


def taken(records: Sequence[bytes], learned: Learned | None = None) -> RecordWriter:
    writer = RecordWriter(KERNELS, learned)
    for record in records:
        writer.add(record)
    return writer


def rows(count: int, seed: int = 1) -> list[bytes]:
    """Records that have much in common."""
    chance = random.Random(seed)
    return [b'{"id":"courier:%d","source":"Harbour Courier","title":"%d ships","language":"en"}'
            % (n, chance.randrange(10**9)) for n in range(count)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few records are learned from, and few are taken at a time."""
    for name, size in (("SAMPLE", 100), ("DICTIONARY", 1_000), ("ENOUGH", 4_000), ("GATHERED", 2_000)):
        monkeypatch.setattr(stored, name, size)


@given(RECORDS, st.randoms(use_true_random=False))
def test_records_are_read_in_any_order_and_all_at_once(records: list[bytes], chance: random.Random) -> None:
    with opened(taken(records)) as ours:
        order = list(range(len(records)))
        chance.shuffle(order)
        assert [ours.read(number) for number in order] == [records[number] for number in order]
        assert list(ours.all()) == records


def test_many_records_share_what_was_learned(small: None) -> None:
    records = rows(1_000)
    with opened(taken(records)) as ours:
        assert ours.learned.words
        assert len(ours.learned.dictionary) > 500
        assert [ours.read(number) for number in range(1_000)] == records == list(ours.all())
        with opened(taken(rows(50, seed=2), ours.learned)) as more:
            assert more.learned == ours.learned
            assert list(more.all()) == rows(50, seed=2)


@pytest.mark.parametrize(("records", "learns"), [(rows(10), False), (rows(99), True)], ids=["few", "many"])
def test_records_are_learned_from_where_it_pays(small: None, records: list[bytes], learns: bool) -> None:
    with opened(taken(records)) as ours:
        assert (ours.learned != Learned()) == learns
        assert list(ours.all()) == records


@pytest.mark.parametrize("count", [1, 3, 7, 8, 20])
def test_few_records_may_be_very_long(count: int) -> None:
    chance = random.Random(5)
    records = [chance.randbytes(stored.ENOUGH // count + 1) for _ in range(count)]
    with opened(taken(records)) as ours:
        assert list(ours.all()) == records


def test_a_page_of_records_is_read_from_small_blocks() -> None:
    chance = random.Random(7)
    records = [chance.randbytes(1_000).hex().encode() for _ in range(400)]
    with opened(taken(records)) as ours:
        ends = ours._file.whole("stored.records")
        sizes = [sum(map(len, records[start:stop])) for start, stop in pairwise(ends.tolist())]
        assert max(sizes) < stored.BLOCK + 2_000
        assert len(sizes) > 40


def test_records_are_read_by_many_threads(small: None) -> None:
    records = rows(2_000)
    with opened(taken(records)) as ours, ThreadPoolExecutor(8) as pool:
        order = [number * 7919 % 2_000 for number in range(2_000)]
        assert list(pool.map(ours.read, order)) == [records[number] for number in order]


@given(st.lists(st.lists(st.tuples(BYTES, st.booleans()), max_size=20), min_size=1, max_size=3))
def test_the_kept_records_of_several_segments_follow_each_other(parts: list[list[tuple[bytes, bool]]]) -> None:
    with ExitStack() as stack:
        several = [stack.enter_context(opened(taken([record for record, _ in part]))) for part in parts]
        kept = [np.array([stays for _, stays in part], bool) for part in parts]
        with opened(merged_records(several, kept, KERNELS)) as merged:
            assert list(merged.all()) == [record for part in parts for record, stays in part if stays]


def test_a_merger_keeps_what_most_was_learned(small: None) -> None:
    with opened(taken(rows(10))) as few, opened(taken(rows(300))) as many:
        writer = merged_records([few, many], [np.ones(10, bool), np.arange(300) % 2 == 0], KERNELS)
        with opened(writer) as merged:
            assert merged.learned == many.learned != Learned()
            assert list(merged.all()) == rows(10) + rows(300)[::2]


def test_a_merger_takes_blocks_as_they_are_where_all_of_them_stays(small: None) -> None:
    with opened(taken(rows(4_000))) as ours, opened(taken(rows(2_000, seed=2), ours.learned)) as more:
        with opened(merged_records([ours, more], [np.ones(4_000, bool), np.ones(2_000, bool)], KERNELS)) as merged:
            assert list(merged.blocks()) == [*ours.blocks(), *more.blocks()]
            assert list(merged.all()) == rows(4_000) + rows(2_000, seed=2)
        stays = np.arange(4_000) != 3
        with opened(merged_records([ours, more], [stays, np.ones(2_000, bool)], KERNELS)) as merged:
            assert list(merged.blocks())[1:] == [*ours.blocks(), *more.blocks()][1:]
            assert merged.read(3) == rows(4_000)[4]
            assert list(merged.all()) == rows(4_000)[:3] + rows(4_000)[4:] + rows(2_000, seed=2)


def test_records_of_any_bytes_are_put_into_shorthand(small: None) -> None:
    chance = random.Random(9)
    strange = (b"\0", "“é”".encode(), b"\xe2", bytes(3))
    records = [row + chance.choice(strange) * chance.randrange(3) for row in rows(700)]
    with opened(taken(records)) as ours:
        assert ours.learned.words
        assert list(ours.all()) == records
