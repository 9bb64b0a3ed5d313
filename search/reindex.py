"""From the archive to a new live generation: lock, enrich, build aside, check, switch.

    archive ──batches──► findings (kept ones first, the rest in worker processes) ──► Builder ──► check ──► switch

Readers get the old generation until the switch. A killed run leaves the old generation live, and what it had found is
kept: the next run clears its remains away and goes through what it had done much faster.
"""

import os
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from search.analysis import split
from search.archive import Archive
from search.document import Document
from search.engine import Engine, Generation
from search.enrich import document, versions
from search.enriching import enriched as enriched_batches
from search.errors import ArchiveBusy, ArchiveError, EngineError, GenerationDamaged
from search.query.tree import Phrase
from search.request import Request
from search.settings import Settings

SAMPLE = 20          # articles that are looked up in a new generation before it goes live
IDENTITY = "archive"  # beside the enrichers' versions, a generation holds the identity of the archive it was built of

Report = Callable[[int, int], None]  # articles done, articles in all


@dataclass(frozen=True, slots=True)
class Summary:
    """What a reindex did. `enriched` articles were looked at anew, `failed` ones of them in vain."""

    generation: str
    articles: int
    added: int
    enriched: int
    failed: int
    removed: tuple[str, ...]
    seconds: float


def reindex(archive: Archive, engine: Engine, settings: Settings, *, changed: bool = False,
            report: Report = lambda _done, _all: None) -> Summary:
    """Builds a generation of the whole archive, or of the live one and what `changed` since, and makes it live.

    Raises ArchiveBusy if another reindex runs, ArchiveError if an article is damaged, EngineError if the live
    generation must not be replaced or the new one fails its checks; the old one then stays live.
    """
    began = time.monotonic()
    with only_one(archive.folder, settings.reindex_wait):
        _refuse_to_lose(archive, engine)
        removed = engine.prune(settings.generations_kept)
        wanted = versions(settings.recognizer)
        base = _base(archive, engine, wanted) if changed else None
        if base and base.sequence == archive.sequence():
            return Summary(base.id, base.articles, 0, 0, 0, removed, time.monotonic() - began)
        if base is None:
            archive.forget_findings(wanted)
        try:
            made, counts = _build(archive, engine, settings, base, report)
        except BaseException:
            engine.prune(settings.generations_kept)  # whatever a signal in an awkward moment left of the build
            raise
        try:
            _check(archive, engine, made)
            archive.keep_built(made.id, made.sequence)
        except BaseException:
            engine.discard(made)  # else it would outlive an older, sound one
            raise
        engine.switch(made)
        removed += engine.prune(settings.generations_kept)
    return Summary(made.id, made.articles, *counts, removed, time.monotonic() - began)


@contextmanager
def only_one(folder: Path, seconds: float) -> Iterator[None]:
    """Holds the lock of an archive's index; waits for it that long. A holder that died holds nothing.

    Raises ArchiveBusy, which says who holds it, and ArchiveError where the folder may not be written.
    """
    lock, holder = FileLock(folder / "reindex.lock", timeout=seconds), folder / "reindex.holder"
    try:
        held = lock.acquire()
    except Timeout as error:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise ArchiveBusy(f"{who} is reindexing this archive; wait for it, or set reindex_wait") from error
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be written ({error.strerror}); "
                           "reindex as a user who may write to it") from error
    with held:
        now = datetime.now(UTC)
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()} since {now:%Y-%m-%d %H:%M:%S} UTC",
                          encoding="utf-8")
        try:
            yield
        finally:
            holder.unlink(missing_ok=True)


def _refuse_to_lose(archive: Archive, engine: Engine) -> None:
    """Raises EngineError where the live generation is another archive's, or would make way for an empty one."""
    try:
        live = engine.live()
    except GenerationDamaged:
        return
    if live is None:
        return
    if live.enrichers.get(IDENTITY, archive.identity) != archive.identity:
        raise EngineError("the live index was built of another archive; set engine_url to another place for this one, "
                          "or remove the folder of the index if the other archive is gone")
    if live.articles and not archive.count():
        raise EngineError(f"the archive is empty, the live index holds {live.articles:,} articles, and was kept; "
                          "restore the archive from a backup, or remove the folder of the index if that is meant")


def _base(archive: Archive, engine: Engine, wanted: Mapping[str, str]) -> Generation | None:
    """The live generation, if it is sound and what is new can be added to it."""
    try:
        live = engine.live()
        if live is None or any(live.enrichers.get(name) != version for name, version in wanted.items()):
            return None
        if not archive.has_built(live.id, live.sequence):  # it holds what came after the copy that was restored
            return None
        if any(engine.check(live)):
            return None
        engine.open(live).close()
    except GenerationDamaged:
        return None
    return live


def _build(archive: Archive, engine: Engine, settings: Settings, base: Generation | None,
           report: Report) -> tuple[Generation, tuple[int, int, int]]:
    builder, made_by = engine.builder(base), versions(settings.recognizer)
    after = base.sequence if base else 0
    total, sequence, added, enriched, failed = archive.count_after(after), after, 0, 0, 0
    try:
        for batch in enriched_batches(archive, settings, after):
            archive.keep_findings(batch.fresh, made_by)
            former = archive.former_texts([article.id for _, article in batch.articles])
            for _, article in batch.articles:
                builder.add(document(article, batch.found[article.content_hash], former.get(article.id, ()), made_by))
            added, sequence = added + len(batch.articles), batch.articles[-1][0]
            enriched += len(batch.fresh) + batch.failed
            failed += batch.failed
            report(added, total)
        return builder.commit(sequence, {**made_by, IDENTITY: archive.identity}), (added, enriched, failed)
    except BaseException:
        builder.abort()
        raise


def _check(archive: Archive, engine: Engine, made: Generation) -> None:
    """Raises EngineError unless a generation's files, count and a sample of its articles are what they should be."""
    for fault in engine.check(made):
        raise EngineError(f"the new generation failed its check and was not used: {fault}")
    snapshot = engine.open(made)
    try:
        covered = archive.count_until(made.sequence)  # those that changed since count only in what the archive has now
        if made.articles < covered or (made.articles > covered and archive.sequence() == made.sequence):
            raise EngineError(f"the new generation holds {made.articles} articles, the archive {covered}; "
                              "it was not used; run `dateline check`")
        for article in archive.sample(SAMPLE, made.sequence):
            held: Document | None = snapshot.document(article.id)
            if held is None or held.article.content_hash != article.content_hash:
                raise EngineError(f"the new generation lacks {article.id} or holds another text of it; it was not used")
            words = tuple(split(article.title)[:8])
            titled = Request(Phrase(words, field="title", exact=True), limit=1)
            found = snapshot.search(titled) if words else None
            if found and found.exact and not found.total:  # a search that ran out of time proves nothing
                raise EngineError(f"the new generation does not find {article.id} by its title; it was not used")
    finally:
        snapshot.close()
