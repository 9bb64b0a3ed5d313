"""What all tests share: how hypothesis runs, and where the corpora beside the project are."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("dateline", deadline=None, max_examples=60,
                          suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
settings.register_profile("thorough", parent=settings.get_profile("dateline"), max_examples=2000)
# What a change broke must fail, and nothing else: CI tries the same examples every time. Search for more with
# `pytest --hypothesis-profile=thorough`.
settings.register_profile("ci", parent=settings.get_profile("dateline"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "dateline")

pytest.register_assert_rewrite("tests.engine_contract")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and measuring sets beside the project; tests that need it are skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside the project")
    return SHARED
