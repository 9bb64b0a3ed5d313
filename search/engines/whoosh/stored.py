"""The articles themselves: records, compressed in blocks small enough that a page of hits costs ten small reads.

Each record is put into shorthand, some together make a block, and a block is compressed by a dictionary of what such
records look like. Arrays: stored.bytes, blocks one after another; stored.blocks, where each begins; stored.records, the
number of the first record of each; stored.sizes, the length of each record in shorthand; stored.words and
stored.dictionary, what was learned from the first records.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import compress, pairwise
from threading import local
from typing import NamedTuple

import numpy as np
import zstandard

from search.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter
from search.engines.whoosh.building import BuildKernels
from search.engines.whoosh.packing import between
from search.engines.whoosh.shorthand import Shorthand

BLOCK = 16 * 1024          # bytes of records in shorthand in a block
GATHERED = 512 * 1024      # bytes of records that are put into shorthand at a time
LEVEL = 5
SAMPLE = 3_000             # records that are learned from
DICTIONARY = 1024 * 1024   # bytes
ENOUGH = 2 * DICTIONARY    # bytes of records below which it does not pay to learn from them


class Learned(NamedTuple):
    """What is known of records before one is read: the words of the shorthand, and a dictionary for the compressor."""

    words: tuple[bytes, ...] = ()
    dictionary: bytes = b""

    @classmethod
    def of(cls, records: Sequence[bytes], kernels: BuildKernels) -> "Learned":
        """What is to be learned from records: of fewer, less."""
        shorthand = Shorthand.of(records, kernels)
        share = min(1.0, DICTIONARY * 8 / max(sum(map(len, records)), 1))
        step = max(round(1 / share), 1)
        dictionary = b"".join(shorthand.shorten(records[::step], kernels))
        return cls(shorthand.words, dictionary[-DICTIONARY:])


class RecordWriter:
    """Compresses records as they come, by what was learned elsewhere, or else from the first of them.

    What is compressed goes to `out`, or waits in memory until it is written.
    """

    def __init__(self, kernels: BuildKernels, learned: Learned | None = None, out: ArrayWriter | None = None) -> None:
        self.learned, self._kernels, self._out = learned, kernels, out
        if learned:
            self._begin(learned)
        self._gathered: list[bytes] = []
        self._bytes = 0
        self._pending: list[bytes] = []
        self._pending_bytes = 0
        self._blocks: list[bytes] = []
        self._block_sizes: list[int] = []
        self._records: list[int] = []
        self._sizes: list[int] = []

    def add(self, record: bytes) -> None:
        """Takes the next record."""
        self._gathered.append(record)
        self._bytes += len(record)
        if self.learned is None:
            if len(self._gathered) >= SAMPLE:
                self._learn()
        elif self._bytes >= GATHERED:
            self._shorten()

    def add_block(self, block: bytes, sizes: Sequence[int]) -> None:
        """Takes a block that was compressed by what this writer knows, and the length of each record in it."""
        self._shorten()
        self._flush()
        self._add_block(block, sizes)

    def write(self, out: ArrayWriter) -> None:
        """Writes all records."""
        learned = self._learn() if self.learned is None else self.learned
        self._shorten()
        self._flush()
        for block in (b"", *self._blocks):
            out.append("stored.bytes", np.frombuffer(block, np.uint8))
        sizes = np.array(self._sizes, np.uint32)
        out.put("stored.blocks", np.cumsum([0, *self._block_sizes], dtype=np.uint64))
        out.put("stored.records", np.array([*self._records, len(sizes)], np.uint32))
        out.put("stored.sizes", sizes.astype(np.uint16) if sizes.max(initial=0) < 65_536 else sizes)
        out.put("stored.words", np.frombuffer(b"\0".join(learned.words), np.uint8))
        out.put("stored.dictionary", np.frombuffer(learned.dictionary, np.uint8))

    def _learn(self) -> Learned:
        """Learns from the records gathered, if there are enough."""
        learned = Learned.of(self._gathered, self._kernels) if self._bytes >= ENOUGH else Learned()
        self.learned = learned
        self._begin(learned)
        records, self._gathered, self._bytes = self._gathered, [], 0
        for record in records:
            self.add(record)
        return learned

    def _begin(self, learned: Learned) -> None:
        self._shorthand = Shorthand(learned.words)
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=_known(learned.dictionary, LEVEL))

    def _shorten(self) -> None:
        """Puts the records gathered into shorthand, and compresses what is enough for a block."""
        records, self._gathered, self._bytes = self._gathered, [], 0
        for record in self._shorthand.shorten(records, self._kernels):
            self._pending.append(record)
            self._pending_bytes += len(record)
            if self._pending_bytes >= BLOCK:
                self._flush()

    def _flush(self) -> None:
        if self._pending:
            self._add_block(self._compressor.compress(b"".join(self._pending)), [*map(len, self._pending)])
            self._pending, self._pending_bytes = [], 0

    def _add_block(self, block: bytes, sizes: Sequence[int]) -> None:
        if self._out is None:
            self._blocks.append(block)
        else:
            self._out.append("stored.bytes", np.frombuffer(block, np.uint8))
        self._block_sizes.append(len(block))
        self._records.append(len(self._sizes))
        self._sizes += sizes


def _known(dictionary: bytes, level: int = 0) -> zstandard.ZstdCompressionDict | None:
    """A dictionary as the compressor takes it, for writing at a level."""
    if not dictionary:
        return None
    known = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    if level:
        known.precompute_compress(level=level)
    return known


class Records:
    """The records of a segment."""

    def __init__(self, file: ArrayFile, kernels: BuildKernels) -> None:
        self._file, self._kernels = file, kernels
        self._threads = local()  # a decompressor serves one thread

    def _whole(self, ending: str) -> Array:
        return self._file.whole(f"stored.{ending}")

    @cached_property
    def learned(self) -> Learned:
        """What was known before; nothing for a small segment."""
        words = self._whole("words").tobytes()
        return Learned(tuple(words.split(b"\0")) if words else (), self._whole("dictionary").tobytes())

    @cached_property
    def _shorthand(self) -> Shorthand:
        return Shorthand(self.learned.words)

    def read(self, number: int) -> bytes:
        """One record."""
        block = between(self._whole("records"), number, number + 1)[1] - 1
        first, sizes = int(self._whole("records")[block]), self._whole("sizes")
        start = int(sizes[first:number].sum())
        return self._shorthand.expand(self._block(block)[start:start + int(sizes[number])], self._kernels)

    def all(self) -> Iterator[bytes]:
        """All records, in order."""
        for block, sizes in self.blocks():
            yield from self.of_block(block, sizes)

    def release(self) -> None:
        """Lets go of the memory of what was read."""
        self._file.release()

    def blocks(self) -> Iterator[tuple[bytes, list[int]]]:
        """The blocks as they are, and the length of each record in shorthand."""
        firsts, sizes = self._whole("records").tolist(), self._whole("sizes")
        for block, (first, last) in enumerate(pairwise(firsts)):
            yield self._compressed(block), sizes[first:last].tolist()

    def of_block(self, block: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
        """The records of a block."""
        data, start = self._decompress(block), 0
        for size in sizes:
            yield self._shorthand.expand(data[start:start + size], self._kernels)
            start += size

    def _block(self, block: int) -> bytes:
        return self._decompress(self._compressed(block))

    def _compressed(self, block: int) -> bytes:
        start, stop = self._whole("blocks")[block:block + 2].tolist()
        return self._file.part("stored.bytes", start, stop).tobytes()

    def _decompress(self, data: bytes) -> bytes:
        if not hasattr(self._threads, "decompressor"):
            self._threads.decompressor = zstandard.ZstdDecompressor(dict_data=_known(self.learned.dictionary))
        decompressed: bytes = self._threads.decompressor.decompress(data)
        return decompressed


def merged_records(several: Sequence[Records], kept: Sequence[Array], kernels: BuildKernels,
                   out: ArrayWriter | None = None) -> RecordWriter:
    """The kept records of several segments, in their order. `kept` says of each record whether it stays.

    Blocks that stay whole, and were made by what the new segment knows, are taken as they are.
    """
    learned = max((records.learned for records in several), key=lambda learned: len(learned.dictionary))
    merged = RecordWriter(kernels, learned if learned.words else None, out)
    for records, stays in zip(several, kept, strict=True):
        is_same, first = records.learned == learned != Learned(), 0
        for block, sizes in records.blocks():
            wanted = stays[first:first + len(sizes)]
            if is_same and wanted.all():
                merged.add_block(block, sizes)
            else:
                for record in compress(records.of_block(block, sizes), wanted.tolist()):
                    merged.add(record)
            first += len(sizes)
        records.release()
    return merged
