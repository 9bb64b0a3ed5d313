"""The application over the invented archive, a client for it, and a server of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.settings import Settings
from tests.web.news import library
from web.app import create_app
from web.holdings import KEY


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application. Errors of its own are raised into the test."""
    app = create_app(tmp_path_factory.mktemp("archive"), Settings(), engine=library())
    app.testing = True
    yield app
    app.extensions[KEY].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen."""
    return app.test_client()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an archive in which nothing was ever indexed."""
    app = create_app(tmp_path, Settings(engine_url="memory:"))
    yield app.test_client()
    app.extensions[KEY].close()
