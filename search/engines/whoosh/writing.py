"""From documents to a generation: gathered in memory, written as segments, merged, sealed.

    add ──► SegmentWriter ── full ──► segment        commit ──► merge ──► table of contents ──► seal

A generation that is built on another shares its segments: they are linked, not copied, and what died in them is noted.
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from search.analysis import fingerprint
from search.document import Document
from search.engine import Builder, Generation
from search.engines.whoosh import generations
from search.engines.whoosh.contents import open_shards, write_contents
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.lexing import Types
from search.engines.whoosh.merging import merge
from search.engines.whoosh.segment import ENDING, Segment, SegmentWriter
from search.engines.whoosh.shard import Shard
from search.errors import EngineError, GenerationDamaged
from search.schema import FORMAT
from search.settings import Settings

UNWRITABLE = "the index cannot be written ({}); make room, then run `dateline reindex` again"
CHARACTER_BYTES = 4  # of memory that a character of text takes until its segment is written, its words and all
TIER = 8           # segments of about one size that are merged into one
MOST_DEAD = 0.25   # of a segment's articles; beyond, it is written anew


class WhooshBuilder(Builder):
    """A generation in the making, in a folder of its own."""

    def __init__(self, root: Path, base: Generation | None, kernels: Kernels, settings: Settings) -> None:
        self._kernels = kernels
        self._room = settings.index_memory * 1_000_000 // CHARACTER_BYTES  # characters gathered before they are written
        self._folder = generations.begin(root)
        self._added: set[str] = set()
        self._here: dict[str, int] = {}       # ids of the articles gathered, and their numbers
        self._replaced: set[int] = set()      # numbers of those that were replaced before they were written
        self._types = Types(compiled=kernels.compiled)
        self._writer = SegmentWriter(self._types, kernels)
        self._shards: list[Shard] = []
        self._is_fresh = base is None
        try:
            with self._trouble_told():
                if base is not None:
                    self._shards = open_shards(root / base.id, kernels, {})
                    for shard in self._shards:
                        _link(root / base.id / (shard.segment.name + ENDING), self._folder)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def add(self, document: Document) -> None:
        id_ = document.article.id
        with self._trouble_told():
            if id_ in self._here:
                self._replaced.add(self._here[id_])
            elif not self._is_fresh or id_ in self._added:
                self._bury(id_)
            self._added.add(id_)
            self._here[id_] = len(self._writer)
            self._writer.add(document)
            if self._writer.characters > self._room:
                self._flush()

    def remove(self, id_: str) -> None:
        if id_ in self._added:
            raise EngineError(f"{id_} was added to this generation; it cannot be taken out again before the commit")
        with self._trouble_told():
            self._bury(id_)

    def commit(self, sequence: int, enrichers: Mapping[str, str]) -> Generation:
        with self._trouble_told():
            self._flush()
            self._merge()
            write_contents(self._folder, self._shards)
            articles = sum(shard.living for shard in self._shards)
            made = Generation(generations.sealed_name(self._folder), articles, sequence, FORMAT,
                              enrichers={**enrichers, "analysis": fingerprint()})
            generations.seal(self._folder, made)
        return made

    def abort(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _bury(self, id_: str) -> None:
        """Marks the article of an id as dead, wherever it has been written."""
        for place, shard in enumerate(self._shards):
            number = shard.number(id_)
            if number is not None:
                dead = np.zeros(shard.segment.articles, bool) if shard.dead is None else shard.dead.copy()
                dead[number] = True
                self._shards[place] = Shard(shard.segment, dead, {})

    def _flush(self) -> None:
        """Writes what was gathered as a segment."""
        if not len(self._writer):
            return
        path = self._folder / (secrets.token_hex(8) + ENDING)
        rank = self._writer.write(path)
        segment, dead = Segment(path, self._kernels), None
        if self._replaced:
            dead = np.zeros(segment.articles, bool)
            dead[rank[list(self._replaced)]] = True
        self._shards.append(Shard(segment, dead, {}))
        self._writer = SegmentWriter(self._types, self._kernels, self._writer.records.learned)
        self._here, self._replaced = {}, set()

    def _merge(self) -> None:
        """Merges all segments of a fresh build; of another, TIER of about one size, and those that are mostly dead."""
        for shard in self._shards:
            if not shard.living:
                self._unlink(shard)
        self._shards = [shard for shard in self._shards if shard.living]
        if self._is_fresh:
            if len(self._shards) > 1 or any(shard.dead is not None for shard in self._shards):
                self._join(self._shards)
            return
        for shard in list(self._shards):
            if shard.segment.articles - shard.living > MOST_DEAD * shard.segment.articles:
                self._join([shard])
        while several := self._crowded():
            self._join(several)

    def _crowded(self) -> list[Shard]:
        """Segments of about one size, if there are TIER of them or more."""
        tiers: dict[int, list[Shard]] = {}
        for shard in self._shards:
            tiers.setdefault((shard.living.bit_length() - 1) // 3, []).append(shard)
        return next((several for several in tiers.values() if len(several) >= TIER), [])

    def _join(self, several: list[Shard]) -> None:
        path = self._folder / (secrets.token_hex(8) + ENDING)
        merge(several, path, self._kernels)
        for shard in several:
            self._unlink(shard)
        self._shards = [shard for shard in self._shards if shard not in several]
        self._shards.append(Shard(Segment(path, self._kernels), None, {}))

    def _unlink(self, shard: Shard) -> None:
        (self._folder / (shard.segment.name + ENDING)).unlink()

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise EngineError(UNWRITABLE.format(error)) from error
        except GenerationDamaged as error:
            raise GenerationDamaged(f"the generation to build on cannot be read ({error}); "
                                    "run `dateline reindex` without --changed") from error


def _link(source: Path, folder: Path) -> None:
    """Gives a segment's file a second name in another generation; copies it where the disk knows no links."""
    try:
        os.link(source, folder / source.name)
    except OSError:
        shutil.copyfile(source, folder / source.name)
