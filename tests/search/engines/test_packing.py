import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import ArrayFile, ArrayWriter
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.packing import (
    BUCKET,
    RisingWriter,
    Small,
    SmallReader,
    SmallWriter,
    Strings,
    pack,
    read_rising,
    to_bytes,
    unpack,
    write_strings,
)

BITS = st.sampled_from((1, 2, 4, 8))
EDGES = sorted({edge + step for edge in (0, 2, 4, 16, 255, 1 << 16) for step in (-2, -1, 0, 1) if edge + step >= 0})
NUMBERS = st.integers(0, 3) | st.sampled_from((*EDGES, 2**32 - 1)) | st.integers(0, 2**32 - 1)
LONG = st.builds(lambda start, size, end: start * size + end, st.sampled_from((b"a", "é".encode())),
                 st.sampled_from((127, 253, 254, 255, 256, 300)), st.binary(max_size=3))
TEXTS = st.text(st.sampled_from("aab\u00e9\u6f22\U0001f600"), max_size=6).map(to_bytes)
STRINGS = st.lists(TEXTS | st.binary(max_size=3) | LONG, max_size=60).map(sorted)


@given(BITS | st.just(0), st.data())
def test_packed_numbers_are_unpacked_from_any_byte_on(bits: int, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, (1 << bits) - 1), max_size=40))
    packed = pack(np.array(numbers, np.int64), bits)
    assert len(packed) == -(-len(numbers) * bits // 8)
    start, stop = sorted(data.draw(st.tuples(*2 * (st.integers(0, len(numbers)),))))
    first = start * bits // 8
    skipped = start % (8 // bits) if bits else 0
    assert unpack(packed[first:], bits, skipped, stop - start).tolist() == numbers[start:stop]


def small(path: Path, bits: int, batches: Sequence[Sequence[int]]) -> tuple[SmallReader, list[int]]:
    """A reader of all numbers, and how many escaped ones come before each."""
    escaped: list[int] = []
    with ArrayWriter(path) as out, closing(out):
        writer = SmallWriter(out, "n", bits)
        for batch in batches:
            escaped += writer.append(np.array(batch, np.int64), np.arange(len(batch))).tolist()
        writer.finish()
    return SmallReader(ArrayFile(path), "n"), [*accumulate(escaped, initial=0)]


def unpacked(read: Small, bits: int, count: int) -> list[int]:
    numbers = unpack(read.packed, bits, read.skipped, count).astype(np.int64)
    assert (read.bits, read.length) == (bits, count)
    numbers[numbers == (1 << bits) - 1] = read.large
    return [int(number) for number in numbers]


@given(bits=BITS, batches=st.lists(st.lists(NUMBERS, max_size=40), max_size=5), data=st.data())
def test_small_and_large_numbers_are_read_between_any_two_places(
        bits: int, batches: list[list[int]], data: st.DataObject) -> None:
    numbers = [number for batch in batches for number in batch]
    spans = st.tuples(*2 * (st.integers(0, len(numbers)),)).map(sorted)
    with tempfile.TemporaryDirectory() as folder:
        reader, before = small(Path(folder) / "small", bits, batches)
        assert before == [sum(number >= (1 << bits) - 1 for number in numbers[:n]) for n in range(len(numbers) + 1)]
        for start, stop in ((0, len(numbers)), *data.draw(st.lists(spans, max_size=5))):
            found = reader.read(start, stop, before[start], before[stop])
            assert unpacked(found, bits, stop - start) == numbers[start:stop]
            assert Kernels().frequencies(found).tolist() == [number + 1 for number in numbers[start:stop]]


@given(st.lists(st.lists(st.integers(0, 300) | st.sampled_from((254, 255, 256, 2**32 - 1)), max_size=9), max_size=5))
@example([[2**32 - 1]])
def test_rising_numbers_are_kept_by_their_steps(batches: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with ArrayWriter(Path(folder) / "file") as out, closing(out):
            writer = RisingWriter(out, "n")
            for batch in batches:
                writer.append(np.array(batch, np.int64))
        expected = [*accumulate((step for batch in batches for step in batch), initial=0)]
        assert read_rising(ArrayFile(Path(folder) / "file"), "n").tolist() == expected


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_numbers_of_each_width_are_read_one_by_one(tmp_path: Path, bits: int) -> None:
    numbers = EDGES * 3
    reader, before = small(tmp_path / "small", bits, [numbers[:7], numbers[7:]])
    for n, number in enumerate(numbers):
        assert unpacked(reader.read(n, n + 1, before[n], before[n + 1]), bits, 1) == [number]


def test_numbers_that_fit_take_as_many_bits_as_they_are_given(tmp_path: Path) -> None:
    small(tmp_path / "small", 2, [[2] * 1001] * 10)
    for path in tmp_path.iterdir():
        file = ArrayFile(path)
        rest = [ending for ending in (".large", ".at", ".value") if f"n{ending}" in file]
        assert [len(file.whole(f"n{ending}")) for ending in ("", *rest)] == [-(-10_010 // 4), *[0] * len(rest)]


def strings(folder: str, given_: Sequence[bytes]) -> Strings:
    with ArrayWriter(Path(folder) / "file") as out, closing(out):
        write_strings(out, "s", given_)
    return Strings(ArrayFile(Path(folder) / "file"), "s")


@given(STRINGS, st.data())
@example([b""] * 40, None)
@example([b"a" * 255 + bytes((n,)) for n in range(40)], None)
def test_sorted_strings_come_back_in_order(kept: list[bytes], data: st.DataObject | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = strings(folder, kept)
        assert len(ours) == len(kept)
        assert list(ours) == kept
        assert [ours[n] for n in range(len(kept))] == kept
        if data is not None:
            start, stop = sorted(data.draw(st.tuples(*2 * (st.integers(0, len(kept)),))))
            assert list(ours.between(start, stop)) == kept[start:stop]


@given(STRINGS, st.lists(TEXTS | LONG | st.binary(max_size=3), max_size=10))
@example(sorted([b"a", b"b"] * 40), [b"a", b"aa", b"b", b"c", b""])
def test_strings_are_found_by_bisection(kept: list[bytes], others: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = strings(folder, kept)
        for sought in (*kept[::5], *others):
            assert ours.at_least(sought) == bisect_left(kept, sought)
        wanted = sorted({*kept[::3], *others})
        assert ours.numbers(wanted) == [n for n, string in enumerate(kept) if string in wanted]


@given(STRINGS, st.lists(TEXTS | st.binary(max_size=2) | st.sampled_from((b"\xff", b"a\xff", b"\xff\xff")), max_size=6))
@example(sorted([b"ab", b"abc", b"ac"] * 20), [b"", b"a", b"ab", b"abc", b"b"])
def test_strings_are_found_by_what_they_begin_with(kept: list[bytes], prefixes: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours = strings(folder, kept)
        for prefix in (*prefixes, *(string[:2] for string in kept[::7]), *kept[::9]):
            found = list(ours.beginning_with(prefix))
            assert found == [n for n, string in enumerate(kept) if string.startswith(prefix)]


@given(st.lists(st.text(st.characters(), max_size=4), max_size=20))
def test_bytes_are_ordered_as_texts_are_and_go_back(texts: list[str]) -> None:
    assert [to_bytes(text) for text in sorted(texts)] == sorted(map(to_bytes, texts))
    assert [to_bytes(text).decode("utf-8", "surrogatepass") for text in texts] == texts


def test_strings_may_be_very_long(tmp_path: Path) -> None:
    kept = [b"a" * size for size in (255, 65_536, 10**6, 10**6 + 1)]
    ours = strings(str(tmp_path), kept)
    assert list(ours) == kept
    assert ours.numbers([kept[2]]) == [2]
    assert list(ours.beginning_with(kept[1])) == [1, 2, 3]


@pytest.mark.parametrize("count", [0, 1, BUCKET - 1, BUCKET, BUCKET + 1, 3 * BUCKET])
def test_no_string_stands_behind_the_last(tmp_path: Path, count: int) -> None:
    ours = strings(str(tmp_path), [b"%03d" % n for n in range(count)])
    assert ours.at_least(b"999") == count
    assert ours.numbers([b"999"]) == list(ours.beginning_with(b"9")) == []
    with pytest.raises(IndexError):
        ours[count]


def test_what_strings_share_is_not_written_twice(tmp_path: Path) -> None:
    kept = [b"https://news.example/%06d" % n for n in range(1000)]
    with ArrayWriter(tmp_path / "file") as out, closing(out):
        write_strings(out, "s", kept)
    assert len(ArrayFile(tmp_path / "file").whole("s.bytes")) < sum(map(len, kept)) / 4
