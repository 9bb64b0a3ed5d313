"""The two texts that the project began with become exactly what was agreed."""

import json
from pathlib import Path
from typing import Any

import pytest

from scrapers import clean
from scrapers.imports import Imported, read
from scrapers.outlets import by_text

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")
EXPECTED: dict[str, Any] = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8")) if SEEDS.is_dir() else {}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_seed_becomes_what_was_agreed(name: str) -> None:
    (thing,) = read([SEEDS / name])
    assert isinstance(thing, Imported)
    article, expected = thing.article, EXPECTED[name]
    for key in ("title", "source", "section", "dateline", "credit", "language"):
        assert getattr(article, key) == expected[key], key
    assert list(article.captions) == expected["captions"]
    assert list(article.authors) == expected["authors"]
    assert len(article.paragraphs) == expected["paragraphs"]
    assert article.paragraphs[0].startswith(expected["body_starts"])
    assert article.paragraphs[-1].endswith(expected["body_ends"])
    assert article.published.value is expected["published"]["date"]
    assert article.published.earliest is not None
    assert article.published.latest == thing.capture.fetched.date() if thing.capture else False


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nothing_but_the_agreed_lines_is_dropped(name: str) -> None:
    lines = clean.lines_of((SEEDS / name).read_text(encoding="utf-8"))
    assert list(clean.dump(lines, by_text(lines)).body.dropped) == EXPECTED[name]["dropped"]
