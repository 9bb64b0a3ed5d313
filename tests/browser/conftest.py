"""A real browser in front of the served archive. Every page that it opens is watched for errors and refusals.

Without Chromium or Playwright these tests are skipped, except where the environment says CI=true: there they fail.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from search.settings import Settings
from tests.web.news import library
from tests.web.serving import serving
from web.app import create_app
from web.holdings import KEY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


def missing(what: str) -> NoReturn:
    """Skips for want of something, or fails where nothing may be wanting."""
    reason = f"{what} is not installed, so no browser can be driven"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium, without a window."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  it may be missing
    except ImportError:
        missing("playwright")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or missing("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the served archive."""
    app = create_app(tmp_path_factory.mktemp("archive"), Settings(), engine=library())
    with serving(app) as address:
        yield address
    app.extensions[KEY].close()


@pytest.fixture
def opened(browser: "Browser", base: str) -> "Iterator[Callable[..., Page]]":
    """Opens pages in a new window each, which takes the options of a Playwright context. Fails on any complaint."""
    contexts, complaints = [], list[str]()

    def open_(path: str = "/", **options: Any) -> "Page":
        context = browser.new_context(base_url=base, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints
