"""The archive against its hashes, the index against the archive, files on disk against files referenced."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.archive import Archive
from search.engine import Engine, Generation
from search.errors import GenerationDamaged


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
        snapshot = engine.open(live)
    except GenerationDamaged as error:
        yield Remark(True, str(error))
        return
    indexed, newer = set(snapshot.ids()), 0
    for id_, content_hash, changed in archive.contents(live.sequence):
        known = id_ in indexed
        indexed.discard(id_)
        if changed:
            newer += 1
        elif not known:
            yield Remark(True, f"{id_} is in the archive, but not in the index; run `dateline reindex`")
        elif (held := snapshot.document(id_)) and held.article.content_hash != content_hash:
            yield Remark(True, f"{id_} has another text in the index; run `dateline reindex`")
    for id_ in sorted(indexed):
        yield Remark(True, f"{id_} is in the index, but not in the archive; run `dateline reindex`")
    snapshot.close()
    if newer:
        yield Remark(False, f"{newer:,} articles are newer than the index; `dateline reindex --changed` adds them")
