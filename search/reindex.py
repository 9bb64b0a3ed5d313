"""From the archive to a new live generation: lock, enrich, build aside, check, switch.

    archive ──batches──► findings (kept ones first, the rest in worker processes) ──► Builder ──► check ──► switch

Readers get the old generation until the switch. A killed run leaves the old generation live, and what it had found is
kept: the next run clears its remains away and goes through what it had done much faster.
"""

import os
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

from filelock import FileLock, Timeout

from search.analysis import split
from search.archive import Archive
from search.article import Article, Json
from search.document import Document
from search.engine import Engine, Generation
from search.enrich import ENRICHERS, document, findings
from search.errors import ArchiveBusy, EngineError, GenerationDamaged
from search.query.tree import Phrase
from search.request import Request
from search.settings import Settings

SAMPLE = 20        # articles that are looked up in a new generation before it goes live
AHEAD = 2          # batches that workers may be ahead of the builder
WORTH_WORKERS = 400  # articles to enrich from which on worker processes pay for their start

Found = dict[str, Json]                      # enricher → findings
Report = Callable[[int, int], None]          # articles done, articles in all


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


@dataclass(frozen=True, slots=True)
class _Batch:
    articles: list[tuple[int, Article]]
    found: dict[str, Found]      # content hash → findings
    fresh: dict[str, Found]      # those of them that were not kept yet
    failed: int


def reindex(archive: Archive, engine: Engine, settings: Settings, *, changed: bool = False,
            report: Report = lambda _done, _all: None) -> Summary:
    """Builds a generation of the whole archive, or of the live one and what `changed` since, and makes it live.

    Raises ArchiveBusy if another reindex runs, EngineError if the new generation fails its checks; the old one then
    stays live.
    """
    began = time.monotonic()
    with only_one(archive.folder, settings.reindex_wait):
        removed = engine.prune(settings.generations_kept)
        base = _base(engine) if changed else None
        after = base.sequence if base else 0
        if base and after == archive.sequence():
            return Summary(base.id, base.articles, 0, 0, 0, removed, time.monotonic() - began)
        made, counts = _build(archive, engine, settings, base, report)
        try:
            _check(archive, engine, made)
        except EngineError:
            engine.prune(settings.generations_kept)
            raise
        engine.switch(made)
        removed += engine.prune(settings.generations_kept)
    return Summary(made.id, made.articles, *counts, removed, time.monotonic() - began)


@contextmanager
def only_one(folder: Path, seconds: float) -> Iterator[None]:
    """Holds the lock of an archive's index; waits for it that long. A holder that died holds nothing.

    Raises ArchiveBusy, which says who holds it.
    """
    lock, holder = FileLock(folder / "reindex.lock", timeout=seconds), folder / "reindex.holder"
    try:
        with lock:
            now = datetime.now(UTC)
            holder.write_text(f"process {os.getpid()} on {socket.gethostname()} since {now:%Y-%m-%d %H:%M:%S} UTC",
                              encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        who = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
        raise ArchiveBusy(f"{who} is reindexing this archive; wait for it, or set reindex_wait") from error


def _base(engine: Engine) -> Generation | None:
    """The live generation, if what is new can be added to it."""
    try:
        live = engine.live()
        if live is None or any(live.enrichers.get(name) != version for name, version in ENRICHERS.items()):
            return None
        engine.open(live).close()
    except GenerationDamaged:
        return None
    return live


def _build(archive: Archive, engine: Engine, settings: Settings, base: Generation | None,
           report: Report) -> tuple[Generation, tuple[int, int, int]]:
    builder = engine.builder(base)
    after = base.sequence if base else 0
    total, sequence, added, enriched, failed = archive.count_after(after), after, 0, 0, 0
    try:
        for batch in _enriched(archive, settings, after):
            archive.keep_findings(batch.fresh, ENRICHERS)
            former = archive.former_texts([article.id for _, article in batch.articles])
            for _, article in batch.articles:
                builder.add(document(article, batch.found[article.content_hash], former.get(article.id, ())))
            added, sequence = added + len(batch.articles), batch.articles[-1][0]
            enriched += len(batch.fresh) + batch.failed
            failed += batch.failed
            report(added, total)
        return builder.commit(sequence, ENRICHERS), (added, enriched, failed)
    except BaseException:
        builder.abort()
        raise


def _enriched(archive: Archive, settings: Settings, after: int) -> Iterator[_Batch]:
    """Batches of articles with their findings, in order; later ones are worked on while earlier ones are indexed."""
    ahead: deque[tuple[list[tuple[int, Article]], dict[str, Found], list[Future[_Result]]]] = deque()
    with _workers(archive, settings, after) as workers:
        for batch in archive.batches(after, settings.reindex_batch):
            known = archive.findings([article.content_hash for _, article in batch], ENRICHERS)
            wanting = {article.content_hash: article for _, article in batch
                       if known.get(article.content_hash, {}).keys() != ENRICHERS.keys()}
            share = max(len(wanting) // (4 * (settings.reindex_workers or os.cpu_count() or 1)), 20)
            tasks: list[_Task] = [(article, known.get(hash_, {})) for hash_, article in wanting.items()]
            futures = [_submit(workers, tasks[i:i + share]) for i in range(0, len(tasks), share)]
            ahead.append((batch, known, futures))
            if len(ahead) > AHEAD:
                yield _gather(*ahead.popleft())
        while ahead:
            yield _gather(*ahead.popleft())


_Task = tuple[Article, Mapping[str, Json]]
_Result = list[tuple[str, Found | None]]


def _workers(archive: Archive, settings: Settings, after: int) -> "ProcessPoolExecutor | nullcontext[None]":
    count = settings.reindex_workers or os.cpu_count() or 1
    if count == 1 or archive.count_after(after) < WORTH_WORKERS:
        return nullcontext()
    # Fresh interpreters, so that no worker inherits the lock and holds it after its parent has died.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Lets a worker end when its parent is killed."""
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()


def _submit(workers: Executor | None, tasks: list[_Task]) -> Future[_Result]:
    if workers is not None:
        return workers.submit(_find, tasks)
    done: Future[_Result] = Future()
    done.set_result(_find(tasks))
    return done


def _find(tasks: list[_Task]) -> _Result:
    """The findings of each article by content hash; None where an enricher failed on it."""
    results: _Result = []
    for article, known in tasks:
        try:
            results.append((article.content_hash, findings(article, known)))
        except Exception:  # noqa: BLE001 - one odd article must not stop a million others
            results.append((article.content_hash, None))
    return results


def _gather(batch: list[tuple[int, Article]], known: dict[str, Found], futures: list[Future[_Result]]) -> _Batch:
    results = {hash_: found for future in futures for hash_, found in future.result()}
    fresh = {hash_: found for hash_, found in results.items() if found is not None}
    nothing: Found = {name: [] for name in ENRICHERS}
    found = {article.content_hash: fresh.get(article.content_hash, {**nothing, **known.get(article.content_hash, {})})
             for _, article in batch}
    return _Batch(batch, found, fresh, len(results) - len(fresh))


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
            if words and not snapshot.search(titled).total:
                raise EngineError(f"the new generation does not find {article.id} by its title; it was not used")
    finally:
        snapshot.close()
