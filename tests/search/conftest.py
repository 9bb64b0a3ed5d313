"""An empty archive in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.archive import Archive
from search.settings import Settings


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A new archive, open."""
    with Archive.open(tmp_path / "archive", Settings(), create=True) as archive:
        yield archive
