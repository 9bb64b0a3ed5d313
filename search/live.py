"""The snapshot of the live generation, opened once and again whenever another generation goes live."""

import logging
import time
from threading import Lock

from search.engine import Engine, Generation, Snapshot
from search.errors import EngineError

AGAIN = 60.0  # seconds until a generation that could not be opened is tried again

log = logging.getLogger(__name__)


class LiveIndex:
    """Hands out the live generation's snapshot to many threads.

    While one thread opens a new generation, and as long as it cannot be opened, the others go on with the one before. A
    snapshot that has been replaced stays open for whoever still holds it, and is closed when nobody does.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opening = Lock()
        self._held: Snapshot | None = None
        self._failed: tuple[Generation | None, float] | None = None  # what could not be opened; when to try it again
        self._told = ""

    def snapshot(self) -> Snapshot:
        """The live generation, open. Cheap when nothing has changed. Raises NoGeneration, GenerationDamaged.

        Neither is raised once a generation has been opened: the last one serves on, and a warning is logged.
        """
        if self._held is None:
            with self._opening:
                if self._held is None:
                    self._held = self._engine.snapshot()
            return self._held
        try:
            live = self._engine.live()
        except EngineError as error:
            self._warn(error)
            return self._held
        if self._is_wanted(live, self._held) and self._opening.acquire(blocking=False):
            try:
                self._replace(live, self._held)
            finally:
                self._opening.release()
        return self._held

    def _is_wanted(self, live: Generation | None, held: Snapshot) -> bool:
        waits = self._failed is not None and self._failed[0] == live and time.monotonic() < self._failed[1]
        return live != held.generation and not waits

    def _replace(self, live: Generation | None, held: Snapshot) -> None:
        if not self._is_wanted(live, held):  # another thread was faster
            return
        try:
            self._held = self._engine.snapshot()
            self._failed = None
        except EngineError as error:
            self._failed = live, time.monotonic() + AGAIN
            self._warn(error)

    def _warn(self, error: EngineError) -> None:
        if self._told != str(error):
            self._told = str(error)
            log.warning("%s; until then readers get the generation before", error)
