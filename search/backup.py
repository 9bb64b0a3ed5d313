"""From an archive to a copy of it in another folder, which is itself an archive.

The index is not copied: it is made again from the archive. To restore, use the copy, or copy it back, and reindex.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from search.archive import FILE as ARCHIVE_FILE
from search.archive import Archive
from search.errors import ArchiveError
from search.names.files import FILE as ALIASES
from search.names.files import KNOWLEDGE
from search.settings import FILE as SETTINGS_FILE
from search.settings import Settings

BESIDE = (SETTINGS_FILE, "set-aside.jsonl", ALIASES, KNOWLEDGE)  # what is copied along


@dataclass(frozen=True, slots=True)
class Backup:
    """How many articles a backup holds, and how many rows of findings in it are damaged, which can be made again."""

    articles: int
    damaged_findings: int


def backup(archive: Archive, target: Path) -> Backup:
    """Copies an archive, as of now, to a folder that does not exist yet.

    The copy is verified before it gets its name, so that a folder of that name is a whole backup. Raises ArchiveError;
    nothing is then left behind.
    """
    if target.exists():
        raise ArchiveError(f"{target} exists already; name a new folder")
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        archive.copy_to(unfinished / ARCHIVE_FILE)
        for name in BESIDE:
            if (archive.folder / name).is_file():
                shutil.copy2(archive.folder / name, unfinished / name)
        with Archive.open(unfinished, Settings()) as copy:
            for fault in copy.faults(derived=False):
                raise ArchiveError(f"the copy is faulty and was not kept ({fault}); "
                                   "run `dateline check` on the original")
            made = Backup(copy.count(), copy.damaged_findings())
        _sync(unfinished)
        unfinished.rename(target)
        _sync(target.parent, only=True)
    except OSError as error:
        raise ArchiveError(f"the backup to {target} failed ({error}); make room or choose another place") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return made


def _sync(folder: Path, *, only: bool = False) -> None:
    for path in (*(() if only else folder.iterdir()), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
