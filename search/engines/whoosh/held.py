"""The files of a generation as a Whoosh storage: mapped into memory once, read by many readers at a time.

Whoosh's readers share their place in a file, so that one of them serves one search at a time; its own storage copies
every file into memory that a reader opens. Here each reader has views of its own of the same maps, which makes opening
one a matter of less than a millisecond. A reader can still be opened when the folder has been removed.
"""

import mmap
from collections.abc import Sequence
from pathlib import Path

from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import BufferFile


class View(BufferFile):  # type: ignore[misc]
    """A stretch of memory, read as a file. Each view has a place of its own; nothing is copied but what is read."""

    def __init__(self, memory: memoryview, name: str | None = None) -> None:
        self._buf, self._name, self._at = memory, name, 0
        self.onclose, self.is_real, self.is_closed = None, False, False

    @property
    def file(self) -> "View":
        """What Whoosh unpickles from."""
        return self

    def close(self) -> None:
        """Lets go of the memory."""
        self._buf, self.is_closed = memoryview(b""), True

    def subset(self, position: int, length: int, name: str | None = None) -> "View":
        """A view of a stretch of this one."""
        return View(self._buf[position:position + length], name or self._name)

    def seek(self, position: int, whence: int = 0) -> int:
        """Goes to a place counted from the beginning (0), from here (1) or from the end (2), as files do."""
        self._at = position + (0, self._at, len(self._buf))[whence]
        return self._at

    def tell(self) -> int:
        """The place that is read next."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """The next `size` bytes, fewer at the end; all that are left if it is negative."""
        data = bytes(self._buf[self._at:self._at + size if size >= 0 else None])
        self._at += len(data)
        return data

    def readline(self) -> bytes:
        """The bytes up to the end of a line; Whoosh writes no lines, but unpickling asks for it."""
        line, end, _ = bytes(self._buf[self._at:]).partition(b"\n")
        self._at += len(line + end)
        return line + end


class HeldFiles(Storage):  # type: ignore[misc]
    """The files that a folder had when it was opened."""

    readonly = True

    def __init__(self, folder: Path) -> None:
        self._files = {path.name: _mapped(path) for path in folder.iterdir() if path.is_file()}

    def list(self) -> Sequence[str]:
        """The names of all files."""
        return tuple(self._files)

    def file_exists(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self._files

    def open_file(self, name: str) -> View:
        """A new view of a file. Raises FileNotFoundError."""
        if name not in self._files:
            raise FileNotFoundError(f"{name} is missing")
        return View(self._files[name], name)

    def release(self) -> None:
        """Lets go of all files; each is unmapped when the last view of it is gone. Every reader calls `close`."""
        self._files = {}


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        if not path.stat().st_size:  # nothing cannot be mapped
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
