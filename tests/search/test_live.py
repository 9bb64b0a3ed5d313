import gc
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from search.document import Document
from search.engine import Generation
from search.engines.memory import MemoryEngine, MemorySnapshot
from search.errors import NoGeneration
from search.live import LiveIndex
from search.settings import Settings
from tests.search.shelf import story


class Engine(MemoryEngine):
    """A memory engine that counts how often it is opened."""

    opened = 0

    def snapshot(self) -> MemorySnapshot:
        self.opened += 1
        time.sleep(0.01)
        return super().snapshot()


def switch(engine: Engine, articles: int) -> Generation:
    builder = engine.builder()
    for number in range(articles):
        builder.add(Document(story(number)))
    made = builder.commit(articles, {})
    engine.switch(made)
    return made


@pytest.fixture
def engine() -> Engine:
    return Engine(Settings())


def test_before_anything_is_indexed_there_is_no_snapshot(engine: Engine) -> None:
    live = LiveIndex(engine)
    with pytest.raises(NoGeneration):
        live.snapshot()
    made = switch(engine, 1)
    assert live.snapshot().generation == made


def test_a_snapshot_is_opened_once_for_each_switch(engine: Engine) -> None:
    live = LiveIndex(engine)
    for articles in (1, 2, 3):
        made = switch(engine, articles)
        snapshots = [live.snapshot() for _ in range(5)]
        assert snapshots[0].generation == made
        assert all(snapshot is snapshots[0] for snapshot in snapshots)
        assert engine.opened == articles


def test_a_generation_that_is_built_and_not_switched_to_is_not_opened(engine: Engine) -> None:
    made = switch(engine, 1)
    live = LiveIndex(engine)
    before = live.snapshot()
    engine.builder().commit(9, {})
    assert live.snapshot() is before
    assert before.generation == made


def test_many_threads_open_a_generation_once_between_them(engine: Engine) -> None:
    switch(engine, 1)
    live, start = LiveIndex(engine), Barrier(8)

    def read(_: int) -> set[int]:
        start.wait()
        return {id(live.snapshot()) for _ in range(200)}
    with ThreadPoolExecutor(8) as pool:
        for opened in (1, 2):
            assert len(set.union(*pool.map(read, range(8)))) == 1
            assert engine.opened == opened
            switch(engine, opened + 1)


def test_readers_see_a_switch_at_once_and_never_go_back(engine: Engine) -> None:
    switch(engine, 1)
    live, start = LiveIndex(engine), Barrier(5)

    def read(_: int) -> list[int]:
        start.wait()
        return [live.snapshot().generation.articles for _ in range(500)]
    with ThreadPoolExecutor(5) as pool:
        reading = [pool.submit(read, n) for n in range(4)]
        start.wait()
        for articles in range(2, 12):
            switch(engine, articles)
            assert live.snapshot().generation.articles == articles
        for seen in reading:
            assert seen.result() == sorted(seen.result())


def test_a_replaced_snapshot_answers_until_nobody_holds_it(engine: Engine) -> None:
    switch(engine, 1)
    live = LiveIndex(engine)
    held = live.snapshot()
    switch(engine, 2)
    live.snapshot()
    assert len(list(held.ids())) == 1
    gone = weakref.ref(held)
    del held
    gc.collect()
    assert gone() is None
