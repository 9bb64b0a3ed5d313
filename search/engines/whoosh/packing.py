"""How numbers and strings are packed into arrays, and back.

    small numbers   1, 2, 4 or 8 bits each; what does not fit is escaped, and stands in a list of its own
    rising numbers  by how much each is more than the one before, below 255 in a byte
    strings         sorted, sixteen to a bucket, each after the first as what it does not share with the one before
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter

BLOCK = 128     # postings in a block
TF_BITS = 2     # of a frequency
BUCKET = 16     # strings in a bucket
SLACK = 512     # bytes behind the last difference, so that a whole block can be read wherever one begins
REMEMBERED = 4096  # buckets and look-ups of a table of strings

Bytes = NDArray[np.uint8]


def _held(bits: int) -> Array:
    """For each byte, the numbers of `bits` bits that it holds, the lowest first, as bytes of one wide number."""
    held = [[byte >> shift & (1 << bits) - 1 for shift in range(0, 8, bits)] for byte in range(256)]
    return np.array(held, np.uint8).view(f"u{8 // bits}")[:, 0]


HELD = {bits: _held(bits) for bits in (1, 2, 4)}


def pack(numbers: Array, bits: int) -> Bytes:
    """Numbers below 2**bits, `8 // bits` to a byte; none where `bits` is 0."""
    if bits in (0, 8):
        return numbers.astype(np.uint8) if bits else np.empty(0, np.uint8)
    each = 8 // bits
    padded = np.zeros(-(-len(numbers) // each) * each, np.uint8)
    padded[:len(numbers)] = numbers
    shifted = padded.reshape(-1, each) << np.arange(0, 8, bits, dtype=np.uint8)
    return np.bitwise_or.reduce(shifted, axis=1) if len(numbers) else padded


def unpack(packed: Bytes, bits: int, skipped: int, count: int) -> Bytes:
    """The `count` numbers after the first `skipped` ones of `packed`."""
    return np.zeros(count, np.uint8) if bits == 0 else unpack_rows(packed, bits)[skipped:skipped + count]


def unpack_rows(packed: Bytes, bits: int) -> Bytes:
    """All numbers, of as many rows as `packed` has."""
    return packed if bits == 8 else HELD[bits].take(packed).view(np.uint8)


class Small(NamedTuple):
    """A stretch of small numbers: packed, `bits` each, the first `skipped` not of the stretch, `length` in all.

    The greatest number that fits stands for one in `large`, which has them in order.
    """

    packed: Bytes
    bits: int
    skipped: int
    length: int
    large: Array


def between(ascending: Array, start: int, stop: int) -> tuple[int, int]:
    """From where to where the numbers from `start` to `stop` stand among others.

    They are sought as numbers of the array's own type: of another type NumPy would make a copy of all.
    """
    first, last = ascending.searchsorted(np.array((start, stop), ascending.dtype)).tolist()
    return first, last


class PackedWriter:
    """An array of numbers that grows, each below 2**bits and packed across the borders of what is added at a time."""

    def __init__(self, out: ArrayWriter, name: str, bits: int) -> None:
        self._out, self._name, self._bits = out, name, bits
        self._rest = np.empty(0, np.uint8)
        out.append(name, self._rest)
        out.remembered[name] = bits

    def append(self, numbers: Array) -> None:
        """Adds numbers."""
        small = np.concatenate((self._rest, numbers.astype(np.uint8)))
        whole = len(small) - len(small) % (8 // self._bits)
        self._out.append(self._name, pack(small[:whole], self._bits))
        self._rest = small[whole:]

    def finish(self) -> None:
        """Adds the last byte."""
        self._out.append(self._name, pack(self._rest, self._bits))


def read_packed(file: ArrayFile, name: str, bits: int, start: int, stop: int) -> tuple[Bytes, int]:
    """The bytes that hold the numbers from `start` to `stop`, and how many others come before them in the first."""
    each = 8 // bits
    return file.part(name, start // each, -(-stop // each)), start % each


class RisingWriter:
    """An array of numbers that grows and never falls, from 0 on, by what each is more than the one before.

    Arrays: NAME, the steps, below 255 plainly; NAME.large, those that are not.
    """

    def __init__(self, out: ArrayWriter, name: str) -> None:
        self._out, self._name = out, name
        out.append(name, np.empty(0, np.uint8))
        out.append(f"{name}.large", np.empty(0, np.uint32))

    def append(self, steps: Array) -> None:
        """Adds a number for each step."""
        self._out.append(self._name, np.minimum(steps, 255).astype(np.uint8))
        self._out.append(f"{self._name}.large", steps[steps >= 255].astype(np.uint32))


def read_steps(file: ArrayFile, name: str) -> Array:
    """The steps that a RisingWriter was given."""
    steps, large = file.whole(name), file.whole(f"{name}.large")
    if not len(large):
        return steps
    wide = steps.astype(np.uint32)
    wide[steps == 255] = large
    return wide


def risen(steps: Array) -> Array:
    """0, and the sum of the steps up to each."""
    narrow = int(steps.max(initial=0)) * len(steps) < 1 << 32 or int(steps.sum(dtype=np.uint64)) < 1 << 32
    sums = np.zeros(len(steps) + 1, np.uint32 if narrow else np.uint64)
    np.cumsum(steps, dtype=sums.dtype, out=sums[1:])
    return sums


def read_rising(file: ArrayFile, name: str) -> Array:
    """The 0 and the numbers behind it that a RisingWriter wrote."""
    return risen(read_steps(file, name))


class SmallWriter:
    """An array of small numbers that grows: `bits` each. What does not fit is escaped, and stands elsewhere.

    Arrays: NAME, packed; NAME.large, the escaped numbers in order, below 255 plainly; NAME.at and NAME.value, those of
    them that do not fit there.
    """

    def __init__(self, out: ArrayWriter, name: str, bits: int) -> None:
        self._out, self._name, self._bits = out, name, bits
        self._packed, self._escaped = PackedWriter(out, name, bits), 0
        for ending, dtype in ((".large", np.uint8), (".at", np.uint32), (".value", np.uint32)):
            out.append(name + ending, np.empty(0, dtype))

    def append(self, numbers: Array, starts: Array) -> NDArray[np.intp]:
        """Adds numbers; gives how many escaped ones there are in each stretch of them that begins at `starts`."""
        escape = (1 << self._bits) - 1
        escaped = numbers >= escape
        large = numbers[escaped]
        huge = np.flatnonzero(large >= 255)
        self._out.append(f"{self._name}.large", np.minimum(large, 255).astype(np.uint8))
        self._out.append(f"{self._name}.at", (huge + self._escaped).astype(np.uint32))
        self._out.append(f"{self._name}.value", large[huge].astype(np.uint32))
        self._escaped += len(large)
        self._packed.append(np.minimum(numbers, escape))
        return np.add.reduceat(escaped, starts, dtype=np.intp) if len(starts) else np.empty(0, np.intp)

    def finish(self) -> None:
        """Adds the last byte."""
        self._packed.finish()


class SmallReader:
    """What a SmallWriter wrote."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file, self._name, self._bits = file, name, int(file.remembered[name])

    def read(self, start: int, stop: int, escaped: int, last: int) -> Small:
        """The numbers from `start` to `stop`, given how many escaped ones come before the first and after the last."""
        packed, skipped = read_packed(self._file, self._name, self._bits, start, stop)
        large = self._file.part(f"{self._name}.large", escaped, last)
        at = self._file.whole(f"{self._name}.at")
        if len(at):
            first, end = between(at, escaped, last)
            large = large.astype(np.uint32)
            large[at[first:end] - np.uint32(escaped)] = self._file.part(f"{self._name}.value", first, end)
        return Small(packed, self._bits, skipped, stop - start, large)


def to_bytes(text: str) -> bytes:
    """A text as it is kept in the index: in an order that is also that of Python's strings."""
    return text.encode("utf-8", "surrogatepass")


def to_text(data: bytes) -> str:
    """The text that `to_bytes` was given."""
    return data.decode("utf-8", "surrogatepass")


def inverse(order: Array) -> NDArray[np.intp]:
    """Of each number, where it stands in an order of all numbers."""
    places = np.empty(len(order), np.intp)
    places[order] = np.arange(len(order))
    return places


def write_strings(out: ArrayWriter, name: str, strings: Sequence[bytes]) -> None:
    """Sorted strings as the arrays NAME.bytes and NAME.buckets, where each bucket begins.

    A string is the length of what it shares with the one before (0 at the head of a bucket), the length of the rest,
    both in a byte or, from 255 on, in 255 and four more, and the rest.
    """
    lengths = np.fromiter(map(len, strings), np.intp, len(strings))
    letters = np.frombuffer(b"".join(strings), np.uint8)
    starts = lengths.cumsum() - lengths
    shared = np.minimum(_shared(letters, starts, lengths), 254)
    rest = lengths - shared
    head = np.where(rest < 255, 2, 6)
    ends = (head + rest).cumsum()
    begins = ends - head - rest
    packed = np.zeros(ends[-1] if len(ends) else 0, np.uint8)
    packed[begins] = shared
    packed[begins + 1] = np.minimum(rest, 255)
    for byte in range(4):
        packed[(begins + 2 + byte)[rest >= 255]] = (rest >> 8 * byte & 255)[rest >= 255]
    packed[runs(begins + head, rest)] = letters[runs(starts + shared, rest)]
    out.put(name + ".bytes", packed)
    out.put(name + ".buckets", np.append(begins[::BUCKET], len(packed)).astype(np.uint32))
    out.remembered[name] = len(strings)


def _shared(letters: Bytes, starts: Array, lengths: Array) -> Array:
    """How many bytes each string has in common with the one before, none at the head of a bucket."""
    shared = np.zeros(len(starts), np.intp)
    alike = np.flatnonzero(np.arange(len(starts)) % BUCKET)
    step = 0
    while len(alike) and step < 254:
        alike = alike[(lengths[alike] > step) & (lengths[alike - 1] > step)]
        alike = alike[letters[starts[alike] + step] == letters[starts[alike - 1] + step]]
        step += 1
        shared[alike] = step
    return shared


def runs(starts: Array, counts: Array) -> NDArray[np.intp]:
    """The indices of runs, one after another: `counts` items each from `starts` on."""
    ends = counts.cumsum()
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)


class Strings:
    """Sorted strings that `write_strings` wrote."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._count: int = file.remembered[name]
        self._packed = file.whole(name + ".bytes").data
        self._buckets = file.whole(name + ".buckets")
        self._bucket = lru_cache(REMEMBERED)(self._unpacked)
        self.at_least = lru_cache(REMEMBERED)(self._at_least)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:
        return self._bucket(number // BUCKET)[number % BUCKET]

    def __iter__(self) -> Iterator[bytes]:
        return self.between(0, self._count)

    def between(self, start: int, stop: int) -> Iterator[bytes]:
        """The strings from number `start` to `stop`."""
        for bucket in range(start // BUCKET, -(-stop // BUCKET)):
            begin = bucket * BUCKET
            yield from self._bucket(bucket)[max(start - begin, 0):max(stop - begin, 0)]

    def _at_least(self, string: bytes) -> int:
        """The number of the first string that is not before `string`."""
        low, high = 0, len(self._buckets) - 1
        while low < high:  # the first bucket that begins at `string` or behind it
            middle = (low + high) // 2
            if self._head(middle) < string:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return 0
        begin = (low - 1) * BUCKET
        return begin + sum(each < string for each in self._bucket(low - 1))

    def numbers(self, strings: Iterable[bytes]) -> list[int]:
        """The numbers of all that are equal to any of the strings, which are sorted."""
        found: list[int] = []
        bucket, within = -1, []
        for string in strings:
            number = self.at_least(string)
            while number < self._count:
                if number // BUCKET != bucket:
                    bucket, within = number // BUCKET, self._bucket(number // BUCKET)
                if within[number % BUCKET] != string:
                    break
                found.append(number)
                number += 1
        return found

    def beginning_with(self, prefix: bytes) -> range:
        """The numbers of the strings that begin with `prefix`."""
        above = prefix.rstrip(b"\xff")
        stop = self.at_least(above[:-1] + bytes((above[-1] + 1,))) if above else self._count
        return range(self.at_least(prefix), stop)

    def _head(self, bucket: int) -> bytes:
        at = int(self._buckets[bucket]) + 1
        length = self._packed[at]
        if length == 255:
            length = int.from_bytes(self._packed[at + 1:at + 5], "little")
            at += 4
        return bytes(self._packed[at + 1:at + 1 + length])

    def _unpacked(self, bucket: int) -> list[bytes]:
        packed, at, stop = self._packed, int(self._buckets[bucket]), int(self._buckets[bucket + 1])
        strings, string = [], b""
        while at < stop:
            shared, length = packed[at], packed[at + 1]
            at += 2
            if length == 255:
                length = int.from_bytes(packed[at:at + 4], "little")
                at += 4
            string = string[:shared] + bytes(packed[at:at + length])
            strings.append(string)
            at += length
        return strings
