"""The archive against its hashes, the index against the archive, files on disk against files referenced."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from search.archive import Archive
from search.engine import Engine, Generation, Snapshot
from search.errors import GenerationDamaged

COMPARED = 500  # articles of the index and of the archive that are held against each other at once


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a check noticed; a `fault` has to be mended, anything else is only told."""

    fault: bool
    text: str


def check(archive: Archive, engine: Engine) -> Iterator[Remark]:
    """Everything that is wrong or worth knowing, as it is found."""
    yield from (Remark(True, text) for text in archive.faults())
    try:
        live = engine.live()
    except GenerationDamaged as error:
        yield Remark(True, str(error))
        return
    if live is None:
        yield Remark(False, "nothing has been indexed yet; run `dateline reindex`")
        return
    for generation in {kept.id: kept for kept in (*engine.generations(), live)}.values():
        yield from (Remark(True, text) for text in engine.check(generation))
    yield from _against_archive(archive, engine, live)


def _against_archive(archive: Archive, engine: Engine, live: Generation) -> Iterator[Remark]:
    try:
        with closing(engine.open(live)) as snapshot:
            yield from _differences(archive, snapshot)
    except GenerationDamaged as error:
        yield Remark(True, str(error))


def _differences(archive: Archive, snapshot: Snapshot) -> Iterator[Remark]:
    indexed, newer = set(snapshot.ids()), 0
    contents = archive.contents(snapshot.generation.sequence)
    while rows := list(islice(contents, COMPARED)):
        indexed.difference_update(id_ for id_, _, _ in rows)
        newer += sum(changed for _, _, changed in rows)
        settled = {id_: content_hash for id_, content_hash, changed in rows if not changed}
        held = {document.article.id: document.article.content_hash for document in snapshot.documents([*settled])}
        for id_, content_hash in settled.items():
            if id_ not in held:
                yield Remark(True, f"{id_} is in the archive, but not in the index; run `dateline reindex`")
            elif held[id_] != content_hash:
                yield Remark(True, f"{id_} has another text in the index; run `dateline reindex`")
    for id_ in sorted(indexed):
        yield Remark(True, f"{id_} is in the index, but not in the archive; run `dateline reindex`")
    if newer:
        yield Remark(False, f"{newer:,} articles are newer than the index; `dateline reindex --changed` adds them")
