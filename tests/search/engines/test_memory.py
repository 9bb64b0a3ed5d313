from pathlib import Path

import pytest

from search.engine import Engine, open_engine
from search.settings import Settings
from tests.engine_contract import EngineContract


class TestMemory(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        return open_engine("memory:")

    def with_settings(self, tmp_path: Path, settings: Settings) -> Engine:
        return open_engine("memory:", settings)
