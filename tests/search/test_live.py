import gc
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from unittest.mock import Mock

import pytest

from search import live as module
from search.document import Document
from search.engine import Generation
from search.engines.memory import MemoryEngine, MemorySnapshot
from search.errors import GenerationDamaged, NoGeneration
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
        return {live.snapshot().generation.articles for _ in range(200)}
    with ThreadPoolExecutor(8) as pool:
        for opened in (1, 2, 3):
            assert set.union(*pool.map(read, range(8))) <= {opened - 1, opened}
            assert engine.opened == opened
            assert live.snapshot().generation.articles == opened
            switch(engine, opened + 1)


def test_readers_see_a_switch_soon_and_never_go_back(engine: Engine) -> None:
    switch(engine, 1)
    live, start = LiveIndex(engine), Barrier(5)

    def read(_: int) -> list[int]:
        start.wait()
        seen = [live.snapshot().generation.articles]
        while seen[-1] < 11:
            seen.append(live.snapshot().generation.articles)
        return seen
    with ThreadPoolExecutor(5) as pool:
        reading = [pool.submit(read, n) for n in range(4)]
        start.wait()
        for articles in range(2, 12):
            switch(engine, articles)
        for seen in reading:
            assert seen.result(20) == sorted(seen.result())


def test_while_one_thread_opens_a_generation_the_others_go_on_with_the_one_before(
        engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(engine, 1)
    live, opening, done = LiveIndex(engine), Event(), Event()
    before, opened = live.snapshot(), engine.snapshot

    def wait() -> MemorySnapshot:
        opening.set()
        assert done.wait(20)
        return opened()
    monkeypatch.setattr(engine, "snapshot", wait)
    switch(engine, 2)
    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(live.snapshot)
            assert opening.wait(10)
            assert pool.submit(live.snapshot).result(10) is before
        finally:
            done.set()
        assert first.result(10).generation.articles == 2


@pytest.mark.parametrize("failing", ["live", "snapshot"])
def test_a_generation_that_cannot_be_read_leaves_the_one_before_in_use(
        engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failing: str) -> None:
    live = LiveIndex(engine)
    switch(engine, 1)
    before = live.snapshot()
    for articles, name in ((2, "gen-2"), (3, "gen-3")):
        switch(engine, articles)
        caplog.clear()
        with monkeypatch.context() as patch:
            patch.setattr(engine, failing, Mock(side_effect=GenerationDamaged(f"{name} is damaged")))
            assert all(live.snapshot() is before for _ in range(5))
        assert [(record.levelname, name in record.getMessage()) for record in caplog.records] == [("WARNING", True)]
    switch(engine, 4)
    assert live.snapshot().generation.articles == 4


def test_a_generation_that_could_not_be_opened_is_tried_again_after_a_while(
        engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    switch(engine, 1)
    live = LiveIndex(engine)
    before = live.snapshot()
    switch(engine, 2)
    with monkeypatch.context() as patch:
        patch.setattr(engine, "snapshot", failing := Mock(side_effect=GenerationDamaged("gen-2 is damaged")))
        assert [live.snapshot() for _ in range(3)] == [before] * 3
        assert failing.call_count == 1
    assert live.snapshot() is before
    later = time.monotonic() + module.AGAIN
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert live.snapshot().generation.articles == 2


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
