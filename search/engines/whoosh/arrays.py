"""A file of named arrays, read through a memory map; every page of it has a checksum that is looked at once.

    magic (8)  format (4)  zeros to 64
    array, array, …                     little-endian, each aligned to 64 bytes
    checksums                           XXH3-64 of each page of all that stands before, pages counted from 0
    directory                           JSON: arrays → [dtype, items, offset, items written], and what the writer wants
                                        to remember; of an array whose items are all equal one is written
    trailer                             where the checksums begin, the directory's length, XXH3-64 of both, magic

A page is checked when a search first touches it, so that a damaged byte becomes an error and never an answer.
"""

import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64, xxh3_64_intdigest

from search.article import Json
from search.errors import GenerationDamaged

Array = NDArray[Any]
Numbers = NDArray[np.intp]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

MAGIC, FORMAT = b"DATELINE", 2
HEAD, TRAILER = struct.Struct("<8sI52x"), struct.Struct("<QQQ8s")
ALIGNED, PAGE = 64, 1 << 16
SPOOLED = 1 << 20  # bytes of a growing array that stay in memory


class ArrayWriter:
    """Writes a file of arrays; `close` makes it complete, and durable once the folder is synced.

    An array is either put at once or appended to piece by piece; any number may grow at the same time.
    """

    def __init__(self, path: Path) -> None:
        self.remembered: dict[str, Json] = {}
        self._path, self._file = path, path.open("wb")
        self._growing: dict[str, tuple[np.dtype[Any], IO[bytes]]] = {}
        self._directory: dict[str, tuple[str, int, int, int]] = {}
        self._checksums: list[int] = []
        self._page, self._at = xxh3_64(), 0
        self._write(HEAD.pack(MAGIC, FORMAT))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        for _, spool in self._growing.values():
            spool.close()
        self._file.close()

    def put(self, name: str, array: Array) -> None:
        """Adds a whole array."""
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        repeats = plain.dtype.kind in "iu" and len(plain) > 0 and (plain == plain[0]).all()
        written = plain[:1] if repeats else plain
        self._begin(name, plain.dtype, len(plain), len(written))
        self._write(written.data.cast("B") if written.size else b"")

    def append(self, name: str, array: Array) -> None:
        """Adds to the end of an array that grows, and begins it if there is none of that name."""
        if name not in self._growing:
            fresh = SpooledTemporaryFile(SPOOLED, dir=str(self._path.parent))  # noqa: SIM115 - see __exit__
            self._growing[name] = array.dtype.newbyteorder("<"), fresh
        dtype, spool = self._growing[name]
        if array.size:
            spool.write(np.ascontiguousarray(array, dtype).data)

    def close(self) -> None:
        """Writes all that grew, the checksums and the directory, and syncs the file."""
        for name, (dtype, spool) in self._growing.items():
            items = spool.tell() // dtype.itemsize
            written = 1 if _repeats(spool, dtype.itemsize) else items
            self._begin(name, dtype, items, written)
            spool.seek(0)
            left = written * dtype.itemsize
            while piece := spool.read(min(left, PAGE)):
                self._write(piece)
                left -= len(piece)
        self._write(bytes(-self._at % ALIGNED))
        pages = np.array([*self._checksums, *([self._page.intdigest()] if self._at % PAGE else [])], "<u8").tobytes()
        directory = json.dumps({"arrays": self._directory, "remembered": self.remembered}).encode()
        self._file.write(pages + directory)
        self._file.write(TRAILER.pack(self._at, len(directory), xxh3_64_intdigest(pages + directory), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _begin(self, name: str, dtype: np.dtype[Any], items: int, written: int) -> None:
        self._write(bytes(-self._at % ALIGNED))
        self._directory[name] = dtype.str, items, self._at, written

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        start = 0
        while start < len(data):
            piece = data[start:start + PAGE - self._at % PAGE]
            self._page.update(piece)
            self._at += len(piece)
            start += len(piece)
            if self._at % PAGE == 0:
                self._checksums.append(self._page.intdigest())
                self._page.reset()


def _repeats(spool: IO[bytes], size: int) -> bool:
    """Whether a file of items of so many bytes has any, and all of them are equal."""
    spool.seek(0)
    first = spool.read(PAGE)
    repeated = first[:size] * (PAGE // size)
    piece = first
    while piece and repeated.startswith(piece):
        piece = spool.read(PAGE)
    return bool(first) and not piece


class ArrayFile:
    """A file of arrays, open for reading by any number of threads. Arrays given out keep the map alive.

    Raises GenerationDamaged on opening where the frame is broken, and on reading where a page is.
    """

    def __init__(self, path: Path) -> None:
        self._name = f"{path.parent.name}/{path.name}"
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)  # of one type with arrays made here
        except (OSError, ValueError) as error:  # a file of no bytes cannot be mapped
            raise self._damaged(str(error)) from error
        self._bytes = np.frombuffer(self._map, np.uint8)
        directory = self._read_directory()
        self._arrays: dict[str, Array] = {}
        self._offsets: dict[str, int] = {}
        self.remembered: Mapping[str, Json] = directory["remembered"]
        self._repeated: dict[str, int] = {}  # arrays of which one item was written, and how many there are
        for name, (dtype, items, offset, written) in directory["arrays"].items():
            self._arrays[name] = np.frombuffer(self._map, np.dtype(dtype), written, offset)
            self._offsets[name] = offset
            if written < items:
                self._repeated[name] = items
        self._whole: set[str] = set()

    def _read_directory(self) -> Any:
        size = len(self._map)
        if size < HEAD.size + TRAILER.size:
            raise self._damaged("it is cut short")
        magic, format_ = HEAD.unpack_from(self._map)
        if magic != MAGIC:
            raise self._damaged("it does not begin as a file of arrays does")
        if format_ != FORMAT:
            raise GenerationDamaged(f"{self._name} is of format {format_}, this version reads {FORMAT}; "
                                    "run `dateline reindex`")
        end, length, checksum, last = TRAILER.unpack_from(self._map, size - TRAILER.size)
        pages = -(-end // PAGE)
        if (last != MAGIC or end + 8 * pages + length + TRAILER.size != size
                or xxh3_64_intdigest(self._bytes[end:-TRAILER.size].data) != checksum):
            raise self._damaged("its directory is not what was written")
        self.checksum = f"{checksum:016x}"  # of the checksums and the directory, and so of all that the file holds
        self._end, self._checksums = end, np.frombuffer(self._map, "<u8", pages, end)
        self._sound = np.zeros(pages, bool)
        return json.loads(self._bytes[size - TRAILER.size - length:size - TRAILER.size].tobytes())

    def __contains__(self, name: str) -> bool:
        return name in self._arrays

    def whole(self, name: str) -> Array:
        """An array, all of it checked."""
        if name not in self._whole:
            array = self._arrays[name]
            self._check(self._offsets[name], self._offsets[name] + array.nbytes)
            if name in self._repeated:
                self._arrays[name] = _filled(array[0], self._repeated[name])
            self._whole.add(name)
        return self._arrays[name]

    def part(self, name: str, start: int, stop: int) -> Array:
        """The items from `start` to `stop`, checked, fewer at the end of the array."""
        if name in self._repeated:
            return self.whole(name)[start:stop]
        array = self._arrays[name][start:stop]
        offset = self._offsets[name] + start * array.itemsize
        self._check(offset, offset + array.nbytes)
        return array

    def release(self) -> None:
        """Lets go of the memory of what was read. What is needed again is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)  # nothing is ever written to the map

    def faults(self) -> list[str]:
        """Every page that is not what was written, in words."""
        return [f"{self._name} is damaged between bytes {page * PAGE:,} and {min((page + 1) * PAGE, self._end):,}"
                for page in range(len(self._sound)) if not self._holds(page)]

    def _check(self, start: int, stop: int) -> None:
        first, last = start // PAGE, -(-stop // PAGE)
        if self._sound[first:last].all():
            return
        for page in (first + np.flatnonzero(~self._sound[first:last])).tolist():
            if not self._holds(page):
                raise self._damaged(f"bytes {page * PAGE:,} and following are not what was written")
            self._sound[page] = True

    def _holds(self, page: int) -> bool:
        data = self._bytes[page * PAGE:min((page + 1) * PAGE, self._end)]
        return bool(xxh3_64_intdigest(data.data) == self._checksums[page])

    def _damaged(self, why: str) -> GenerationDamaged:
        return GenerationDamaged(f"{self._name} cannot be read ({why}); run `dateline check`, then `dateline reindex`")


def _filled(item: Any, items: int) -> Array:
    """An array of equal items; of zeros, it takes no memory."""
    return np.full(items, item) if item else np.zeros(items, item.dtype)
