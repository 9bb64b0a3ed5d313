"""Small segments: an engine that writes and merges after a few articles what it else would after many."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from search.engines.whoosh import writing
from search.settings import Settings

SMALL = Settings(index_memory=1, query_seconds=60)


@contextmanager
def small_segments(room: int, tier: int = writing.TIER) -> Iterator[None]:
    """With SMALL, a segment is written when more than `room` characters came, and `tier` of a size are merged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "CHARACTER_BYTES", SMALL.index_memory * 1_000_000 // room)
        patch.setattr(writing, "TIER", tier)
        yield
