"""Folders of generations: built aside, sealed with checksums, switched to at once, pruned.

    ROOT/
      building-…/      a build in the making, or what a killed one left
      gen-…/           a sealed generation: segments, contents, and generation.json with the hash of each and of itself
      live             the name of the generation that readers get

A seal writes the manifest last, syncs every file and the folder, and renames the folder; a switch replaces `live` by
renaming a file that was synced. Both are complete or did not happen, whenever the process or the machine dies.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from search.article import Json, canonical_json, sha256
from search.engine import Generation
from search.errors import EngineError, GenerationDamaged

BUILDING, SEALED = "building-", "gen-"
LIVE, MANIFEST = "live", "generation.json"
OURS = re.compile(rf"({SEALED}|{BUILDING})[0-9]{{8}}T[0-9]{{6}}-[0-9a-f]{{6}}")

Files = dict[str, dict[str, str | int]]  # name → its "bytes" and its "sha256"


def begin(root: Path) -> Path:
    """A new, empty folder to build in. Raises EngineError."""
    folder = root / f"{BUILDING}{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise EngineError(f"no generation can be built in {root} ({error}); "
                          "make room or choose another engine_url") from error
    return folder


def sealed_name(folder: Path) -> str:
    """The name that a build's folder gets when it is sealed."""
    return SEALED + folder.name.removeprefix(BUILDING)


def seal(folder: Path, generation: Generation) -> None:
    """Makes what was built durable under the generation's name."""
    files = {path.name: {"bytes": path.stat().st_size, "sha256": _hash(path)} for path in _data_files(folder)}
    manifest = {"generation": generation.to_json(), "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest | {"sha256": _hash_of(manifest)}, indent=1), encoding="utf-8")
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)
    folder.rename(folder.parent / generation.id)
    _sync(folder.parent)


def sealed(root: Path) -> tuple[Generation, ...]:
    """All generations whose manifest can be read, oldest first."""
    found = []
    for path in _ours(root, SEALED):
        try:
            found.append(_read(path)[0])
        except GenerationDamaged:
            continue  # `check` names it
    return tuple(sorted(found, key=lambda generation: (generation.created, generation.id)))


def switch(root: Path, generation: Generation) -> None:
    """Makes a sealed generation the live one. Raises GenerationDamaged if it is not there, EngineError."""
    if not (root / generation.id / MANIFEST).is_file():
        raise GenerationDamaged(f"{generation.id} is not in {root}; run `dateline reindex`")
    fresh = root / (LIVE + ".new")
    try:
        fresh.write_text(generation.id + "\n", encoding="utf-8")
        _sync(fresh)
        fresh.replace(root / LIVE)
        _sync(root)
    except OSError as error:
        raise EngineError(f"{generation.id} cannot be made live ({error}); make room, then run `dateline reindex` "
                          "again") from error


def live_name(root: Path) -> str | None:
    """The name of the live generation, None before the first switch. Raises GenerationDamaged."""
    try:
        name = (root / LIVE).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise GenerationDamaged(f"{root / LIVE} cannot be read ({error}); run `dateline reindex`") from error
    if not (OURS.fullmatch(name) and name.startswith(SEALED)):
        raise GenerationDamaged(f"{root / LIVE} names no generation but {name[:40]!r}; run `dateline reindex`")
    return name


def read(root: Path, name: str) -> Generation:
    """The record of a generation. Raises GenerationDamaged."""
    return _read(root / name)[0]


def _read(folder: Path) -> tuple[Generation, Files]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        own = manifest.pop("sha256")
        generation, files = Generation.from_json(manifest["generation"]), manifest["files"]
        sound = all(type(file["bytes"]) is int and isinstance(file["sha256"], str) for file in files.values())
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, GenerationDamaged) as error:
        raise GenerationDamaged(f"the manifest of {folder.name} cannot be read ({error}); "
                                "run `dateline reindex`") from error
    if not sound or generation.id != folder.name or own != _hash_of(manifest):
        raise GenerationDamaged(f"the manifest of {folder.name} is not what was written; run `dateline reindex`")
    return generation, files


def prune(root: Path, keep: int) -> tuple[str, ...]:
    """Removes what unfinished builds left, and all but the newest `keep` generations and the live one.

    If none is live that can be read, the newest `keep` stay.
    """
    live = _live_if_readable(root)
    names = [generation.id for generation in sealed(root)]
    others = [name for name in names if name != live]
    room = max(keep - (live in names), 0)
    kept = {live, *others[len(others) - min(room, len(others)):]}
    spare = [path for path in _ours(root) if path.name not in kept]
    for path in spare:
        _remove(path)
    return tuple(path.name for path in spare)


def discard(root: Path, generation: Generation) -> None:
    """Removes a generation that is not live. Raises EngineError if it is."""
    if generation.id == _live_if_readable(root):
        raise EngineError(f"{generation.id} is live; switch to another generation before it is removed")
    if OURS.fullmatch(generation.id):
        _remove(root / generation.id)


def _live_if_readable(root: Path) -> str | None:
    with suppress(GenerationDamaged):  # a reindex mends it
        return live_name(root)
    return None


def _ours(root: Path, prefix: str = "") -> list[Path]:
    """The folders that were made here, oldest first; any others are somebody else's."""
    return sorted(path for path in root.glob(prefix + "*") if OURS.fullmatch(path.name))


def _remove(folder: Path) -> None:
    with suppress(OSError):  # first of all, so that what is half removed counts as no generation
        (folder / MANIFEST).unlink()
    shutil.rmtree(folder, ignore_errors=True)


def faults(root: Path, name: str) -> Iterator[str]:
    """Every difference between a generation's files and its manifest, in words."""
    folder = root / name
    try:
        _, files = _read(folder)
    except GenerationDamaged as error:
        yield str(error)
        return
    for file, expected in sorted(files.items()):
        path = folder / file
        if not path.is_file():
            yield f"{name}/{file} is missing"
        elif path.stat().st_size != expected["bytes"] or _hash(path) != expected["sha256"]:
            yield f"{name}/{file} is not what was written"
    for path in _data_files(folder):
        if path.name not in files:
            yield f"{name}/{path.name} does not belong to the generation"


def _data_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name != MANIFEST and not path.name.endswith("LOCK"))


def _hash_of(manifest: Json) -> str:
    return sha256(canonical_json(manifest))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
