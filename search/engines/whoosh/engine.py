"""The engine: generations in a folder, and the segments of theirs that are open."""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from search.analysis import fingerprint
from search.engine import Engine, Generation
from search.engines.whoosh import generations
from search.engines.whoosh.contents import open_shards
from search.engines.whoosh.kernels import load
from search.engines.whoosh.reading import WhooshSnapshot
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.writing import WhooshBuilder
from search.errors import GenerationDamaged, NoGeneration
from search.schema import FORMAT
from search.settings import Settings


class WhooshEngine(Engine):
    """Generations of the index in a folder.

    A segment is opened once, however many snapshots read it: a new generation costs the opening of what is new in it.
    """

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings, self._kernels = root, settings, load(settings.kernels)
        self._segments: WeakValueDictionary[str, Segment] = WeakValueDictionary()
        self._opening = Lock()

    def builder(self, base: Generation | None = None) -> WhooshBuilder:
        return WhooshBuilder(self._root, base, self._kernels, self._settings)

    def open(self, generation: Generation) -> WhooshSnapshot:
        analysed = generation.enrichers.get("analysis")
        if generation.format != FORMAT or analysed != fingerprint():
            raise GenerationDamaged(f"{generation.id} was built by another version (format {generation.format}, "
                                    f"analysis {analysed}); run `dateline reindex`")
        with self._opening:
            shards = open_shards(self._root / generation.id, self._kernels, self._segments)
            for shard in shards:
                self._segments[shard.segment.name] = shard.segment
        return WhooshSnapshot(generation, shards, self._kernels, self._settings)

    def snapshot(self) -> WhooshSnapshot:
        while True:
            live = self.live()
            if live is None:
                raise NoGeneration(f"nothing has been indexed in {self._root} yet; run `dateline reindex`")
            try:
                return self.open(live)
            except GenerationDamaged:
                if self.live() == live:  # else it was replaced and pruned between the two looks
                    raise

    def live(self) -> Generation | None:
        name = generations.live_name(self._root)
        while name is not None:
            try:
                return generations.read(self._root, name)
            except GenerationDamaged:
                before, name = name, generations.live_name(self._root)
                if name == before:  # else it was replaced and pruned between the two looks
                    raise
        return None

    def generations(self) -> tuple[Generation, ...]:
        return generations.sealed(self._root)

    def switch(self, generation: Generation) -> None:
        generations.switch(self._root, generation)

    def prune(self, keep: int) -> tuple[str, ...]:
        return generations.prune(self._root, keep)

    def discard(self, generation: Generation) -> None:
        generations.discard(self._root, generation)

    def check(self, generation: Generation) -> Iterator[str]:
        yield from generations.faults(self._root, generation.id)
