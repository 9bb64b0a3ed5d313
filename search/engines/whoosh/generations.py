"""Folders of generations: built aside, sealed with checksums, switched to at once, pruned.

    ROOT/
      building-…/      a build in the making, or what a killed one left
      gen-…/           a sealed generation: Whoosh's files, and generation.json with the hash of each
      live             the name of the generation that readers get

A seal writes the manifest last, syncs every file and the folder, and renames the folder; a switch replaces `live` by
renaming a file that was synced. Both are complete or did not happen, whenever the process or the machine dies.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from search.engine import Generation
from search.errors import EngineError, GenerationDamaged

BUILDING, SEALED = "building-", "gen-"
LIVE, MANIFEST = "live", "generation.json"


def begin(root: Path, base: Generation | None) -> Path:
    """A new folder to build in: empty, or with the files of `base`. Raises EngineError."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    folder = root / (BUILDING + name)
    try:
        root.mkdir(parents=True, exist_ok=True)
        if base is None:
            folder.mkdir()
        else:
            shutil.copytree(root / base.id, folder, ignore=shutil.ignore_patterns(MANIFEST, "*LOCK"))
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
    manifest = folder / MANIFEST
    manifest.write_text(json.dumps({"generation": generation.to_json(), "files": files}, indent=1), encoding="utf-8")
    for path in folder.iterdir():
        _sync(path)
    _sync(folder)
    folder.rename(folder.parent / generation.id)
    _sync(folder.parent)


def sealed(root: Path) -> tuple[Generation, ...]:
    """All generations whose manifest can be read, oldest first."""
    found = []
    for path in sorted(root.glob(SEALED + "*")):
        try:
            found.append(_read(path)[0])
        except GenerationDamaged:
            continue  # `check` names it
    return tuple(sorted(found, key=lambda generation: (generation.created, generation.id)))


def switch(root: Path, generation: Generation) -> None:
    """Makes a sealed generation the live one. Raises GenerationDamaged if it is not there."""
    if not (root / generation.id / MANIFEST).is_file():
        raise GenerationDamaged(f"{generation.id} is not in {root}; run `dateline reindex`")
    fresh = root / (LIVE + ".new")
    fresh.write_text(generation.id + "\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(root / LIVE)
    _sync(root)


def live_name(root: Path) -> str | None:
    """The name of the live generation, None before the first switch."""
    try:
        return (root / LIVE).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def read(root: Path, name: str) -> Generation:
    """The record of a generation. Raises GenerationDamaged."""
    return _read(root / name)[0]


def _read(folder: Path) -> tuple[Generation, dict[str, dict[str, str | int]]]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Generation.from_json(manifest["generation"]), manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerationDamaged(f"the manifest of {folder.name} cannot be read ({error}); "
                                "run `dateline reindex`") from error


def prune(root: Path, keep: int) -> tuple[str, ...]:
    """Removes what unfinished builds left, and all but the newest `keep` generations and the live one."""
    live = live_name(root)
    names = [generation.id for generation in sealed(root) if generation.id != live]
    newest = names[max(len(names) - (keep - 1), 0):]
    spare = [path for path in (*root.glob(BUILDING + "*"), *root.glob(SEALED + "*"))
             if path.name != live and path.name not in newest]
    for path in spare:
        shutil.rmtree(path, ignore_errors=True)
    return tuple(path.name for path in spare)


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


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
