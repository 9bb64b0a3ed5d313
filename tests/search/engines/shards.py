"""Shards as the engine writes them, with the dead that a test wants; and how stock Whoosh answers over an index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from search.document import Document
from search.engine import Generation
from search.engines.whoosh.engine import WhooshEngine
from search.engines.whoosh.reading import WhooshSnapshot
from search.engines.whoosh.shard import Shard
from search.settings import Settings
from tests.engine_contract import build
from tests.strategies import libraries

Part = list[tuple[Document, bool]]  # the articles of a segment, and whether each is alive


@st.composite
def archives(draw: st.DrawFn) -> list[Part]:
    """A few articles in up to three segments, at least one of them alive."""
    library = draw(libraries(2, 12))
    spread = [(0, True), *((draw(st.integers(0, 2)), draw(st.sampled_from((True, True, False)))) for _ in library[1:])]
    parts = [[(document, alive) for document, (place, alive) in zip(library, spread, strict=True) if place == number]
             for number in range(3)]
    return [part for part in parts if part]


def shards_of(folder: Path, parts: Sequence[Part]) -> list[Shard]:
    """A shard for each part, in folders of their own."""
    shards = []
    for number, part in enumerate(parts):
        engine = WhooshEngine(folder / str(number), Settings())
        build(engine, [document for document, _ in part])
        segment = engine.snapshot()._shards[0].segment
        buried = {document.article.id for document, alive in part if not alive}
        dead = np.array([segment.id(article) in buried for article in range(segment.articles)], bool)
        shards.append(Shard(segment, dead if dead.any() else None, {}))
    return shards


def living(shards: Sequence[Shard]) -> list[list[Document]]:
    """The living articles of each shard, in its order."""
    return [[shard.segment.document(int(number)) for number in shard.every()] for shard in shards]


def snapshot_of(shards: Sequence[Shard]) -> WhooshSnapshot:
    """A snapshot of shards that belong to no generation."""
    return WhooshSnapshot(Generation("gen-none", 0, 0, 0), shards, shards[0].segment.kernels, Settings())


def answer(searcher: Any, query: Any) -> dict[str, float]:
    """The id and the score of everything that Whoosh finds."""
    return {hit["id"]: hit.score for hit in searcher.search(query, limit=None)}
