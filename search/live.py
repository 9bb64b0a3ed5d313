"""The snapshot of the live generation, opened once and again whenever another generation goes live."""

import threading

from search.engine import Engine, Generation, Snapshot


class LiveIndex:
    """Hands out the live generation's snapshot to many threads.

    A snapshot that has been replaced stays open for whoever still holds it, and is closed when nobody does.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opening = threading.Lock()
        self._held: tuple[Generation | None, Snapshot] | None = None

    def snapshot(self) -> Snapshot:
        """The live generation, open. Cheap when nothing has changed. Raises NoGeneration, GenerationDamaged."""
        live = self._engine.live()
        held = self._held
        if held is None or held[0] != live:
            with self._opening:
                held = self._held
                if held is None or held[0] != live:
                    held = live, self._engine.snapshot()
                    self._held = held
        return held[1]
