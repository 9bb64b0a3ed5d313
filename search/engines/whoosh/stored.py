"""The articles themselves: records, compressed in blocks small enough that a page of hits costs ten small reads.

Arrays: stored.bytes, blocks one after another; stored.blocks, where each begins; stored.records, the number of the
first record of each; stored.sizes, the length of each record; stored.dictionary, what the compressor knew beforehand.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from threading import local

import numpy as np
import zstandard

from search.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter
from search.engines.whoosh.packing import between

BLOCK = 16 * 1024          # bytes of records in a block
LEVEL = 3
DICTIONARY = 112 * 1024    # bytes
SAMPLE = 2_000             # records that a dictionary is made from
ENOUGH = 8 * DICTIONARY    # bytes of records below which a dictionary does not pay


class RecordWriter:
    """Compresses records as they come; a dictionary is made from the first of them, once there are enough."""

    def __init__(self, dictionary: bytes = b"") -> None:
        self.dictionary = dictionary
        self._compressor = _compressor(dictionary) if dictionary else None
        self._pending: list[bytes] = []
        self._bytes = 0
        self._blocks: list[bytes] = []
        self._records: list[int] = []
        self._sizes: list[int] = []
        self._done = 0

    def add(self, record: bytes) -> None:
        """Takes the next record."""
        self._pending.append(record)
        self._sizes.append(len(record))
        self._bytes += len(record)
        if self._compressor is None:
            if len(self._pending) >= SAMPLE:
                self._learn()
        elif self._bytes >= BLOCK:
            self._flush()

    def write(self, out: ArrayWriter) -> None:
        """Writes all records."""
        self._learn()
        self._flush()
        for block in (b"", *self._blocks):
            out.append("stored.bytes", np.frombuffer(block, np.uint8))
        out.put("stored.blocks", np.cumsum([0, *map(len, self._blocks)], dtype=np.uint64))
        out.put("stored.records", np.array([*self._records, len(self._sizes)], np.uint32))
        out.put("stored.sizes", np.array(self._sizes, np.uint32))
        out.put("stored.dictionary", np.frombuffer(self.dictionary, np.uint8))

    def _learn(self) -> None:
        if self._compressor is not None:
            return
        if self._bytes >= ENOUGH and len(self._pending) >= 8:  # from fewer, zstd learns nothing
            self.dictionary = zstandard.train_dictionary(DICTIONARY, [*self._pending]).as_bytes()
        self._compressor = _compressor(self.dictionary)
        records, self._pending, self._bytes = self._pending, [], 0
        for record in records:
            self._pending.append(record)
            self._bytes += len(record)
            if self._bytes >= BLOCK:
                self._flush()

    def _flush(self) -> None:
        if self._pending and self._compressor:
            self._blocks.append(self._compressor.compress(b"".join(self._pending)))
            self._records.append(self._done)
            self._done += len(self._pending)
            self._pending, self._bytes = [], 0


def _compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=known)


class Records:
    """The records of a segment."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._threads = local()  # a decompressor serves one thread

    def _whole(self, ending: str) -> Array:
        return self._file.whole(f"stored.{ending}")

    @cached_property
    def dictionary(self) -> bytes:
        """What the compressor knew beforehand; empty for a small segment."""
        return self._whole("dictionary").tobytes()

    def read(self, number: int) -> bytes:
        """One record."""
        block = between(self._whole("records"), number, number + 1)[1] - 1
        first, sizes = int(self._whole("records")[block]), self._whole("sizes")
        start = int(sizes[first:number].sum())
        return self._block(block)[start:start + int(sizes[number])]

    def all(self) -> Iterator[bytes]:
        """All records, in order."""
        firsts, sizes = self._whole("records"), self._whole("sizes")
        for block, first in enumerate(firsts[:-1].tolist()):
            data, start = self._block(block), 0
            for size in sizes[first:firsts[block + 1]].tolist():
                yield data[start:start + size]
                start += size

    def _block(self, block: int) -> bytes:
        start, stop = self._whole("blocks")[block:block + 2].tolist()
        data = self._file.part("stored.bytes", start, stop).tobytes()
        if not hasattr(self._threads, "decompressor"):
            known = zstandard.ZstdCompressionDict(self.dictionary) if self.dictionary else None
            self._threads.decompressor = zstandard.ZstdDecompressor(dict_data=known)
        decompressed: bytes = self._threads.decompressor.decompress(data)
        return decompressed


def merged_records(several: Sequence[Records], kept: Sequence[Array]) -> RecordWriter:
    """The kept records of several segments, in their order. `kept` says of each record whether it stays."""
    out = RecordWriter(max((records.dictionary for records in several), key=len))
    for records, stays in zip(several, kept, strict=True):
        for record, wanted in zip(records.all(), stays.tolist(), strict=True):
            if wanted:
                out.add(record)
    return out
