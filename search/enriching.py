"""From an archive to batches of its articles with their findings: kept ones first, the rest in worker processes.

A worker ends with its parent. An article on which an enricher fails goes without the findings that it lacks.
"""

import os
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from search.archive import Archive
from search.article import Article, Json
from search.enrich import ENRICHERS, findings, versions
from search.errors import EngineError, RecognizerUnusable
from search.settings import Settings

AHEAD = 2            # batches that workers may be ahead of the reader
WORTH_WORKERS = 400  # articles to enrich from which on worker processes pay for their start

Found = dict[str, Json]  # enricher → findings
_Task = tuple[Article, Mapping[str, Json]]
_Result = list[tuple[str, Found | None]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles with their sequence numbers, and by content hash their findings, and those that were not kept yet."""

    articles: list[tuple[int, Article]]
    found: dict[str, Found]
    fresh: dict[str, Found]
    failed: int


def enriched(archive: Archive, settings: Settings, after: int) -> Iterator[Batch]:
    """Batches of the articles changed after a sequence number, in order; later ones are worked on meanwhile.

    Raises ArchiveError at a damaged article, EngineError if a worker process dies.
    """
    try:
        with _workers(archive, settings, after) as workers:
            yield from _batches(archive, settings, after, workers)
    except BrokenExecutor as error:
        raise EngineError("a worker process ended (out of memory?); "
                          "set reindex_workers lower (1: no worker processes) and run it again") from error


def _batches(archive: Archive, settings: Settings, after: int, workers: Executor | None) -> Iterator[Batch]:
    wanted = versions(settings.recognizer)
    ahead: deque[tuple[list[tuple[int, Article]], dict[str, Found], list[Future[_Result]]]] = deque()
    for batch in archive.batches(after, settings.reindex_batch):
        known = archive.findings([article.content_hash for _, article in batch], wanted)
        wanting = {article.content_hash: article for _, article in batch
                   if known.get(article.content_hash, {}).keys() != wanted.keys()}
        share = max(len(wanting) // (4 * (settings.reindex_workers or os.cpu_count() or 1)), 20)
        tasks: list[_Task] = [(article, known.get(hash_, {})) for hash_, article in wanting.items()]
        futures = [_submit(workers, tasks[i:i + share], settings.recognizer) for i in range(0, len(tasks), share)]
        ahead.append((batch, known, futures))
        if len(ahead) > AHEAD:
            yield _gather(*ahead.popleft())
    while ahead:
        yield _gather(*ahead.popleft())


@contextmanager
def _workers(archive: Archive, settings: Settings, after: int) -> Iterator[Executor | None]:
    count = settings.reindex_workers or os.cpu_count() or 1
    if count == 1 or archive.count_after(after) < WORTH_WORKERS:
        yield None
        return
    # Fresh interpreters, so that no worker inherits the lock and holds it after its parent has died.
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Lets a worker end when its parent is killed."""
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()


def _submit(workers: Executor | None, tasks: list[_Task], recognizer: str) -> Future[_Result]:
    if workers is not None:
        return workers.submit(_find, tasks, recognizer)
    done: Future[_Result] = Future()
    done.set_result(_find(tasks, recognizer))
    return done


def _find(tasks: list[_Task], recognizer: str) -> _Result:
    """The findings of each article by content hash; None where an enricher failed on it."""
    results: _Result = []
    for article, known in tasks:
        try:
            results.append((article.content_hash, findings(article, known, recognizer)))
        except RecognizerUnusable:  # it would fail on every other article too
            raise
        except Exception:  # noqa: BLE001 - one odd article must not stop a million others
            results.append((article.content_hash, None))
    return results


def _gather(batch: list[tuple[int, Article]], known: dict[str, Found], futures: list[Future[_Result]]) -> Batch:
    results = {hash_: found for future in futures for hash_, found in future.result()}
    fresh = {hash_: found for hash_, found in results.items() if found is not None}
    nothing: Found = {name: [] for name in ENRICHERS}
    found = {article.content_hash: fresh.get(article.content_hash, {**nothing, **known.get(article.content_hash, {})})
             for _, article in batch}
    return Batch(batch, found, fresh, len(results) - len(fresh))
