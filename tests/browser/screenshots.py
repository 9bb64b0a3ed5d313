"""Makes the pictures in `docs/` from the demo archive.

    python -m tests.browser.screenshots
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from search.cli import dateline
from search.settings import Settings
from tests.browser.conftest import ARGUMENTS
from tests.web.serving import serving
from web.app import create_app

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = {"search.png": "/?q=karsa+prison"}


def make(docs: Path = DOCS) -> None:
    """Builds the demo archive in a temporary folder, serves it, and takes every picture."""
    with tempfile.TemporaryDirectory() as folder:
        dateline.main(["demo", "--archive", folder, "--no-serve"], standalone_mode=False)
        app = create_app(Path(folder), Settings())
        with serving(app) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1280, "height": 860})
            for name, path in PICTURES.items():
                page.goto(address + path)
                page.screenshot(path=docs / name)
            browser.close()
        app.extensions["dateline"].close()


if __name__ == "__main__":
    make()
