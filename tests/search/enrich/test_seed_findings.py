"""In the two texts that the project began with, the names and the cited sources are those that were agreed."""

import json
from pathlib import Path
from typing import Any

import pytest

from search.enrich import attribution, entities

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not there")
EXPECTED: dict[str, Any] = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8")) if SEEDS.is_dir() else {}
LEAST = 0.97


def f1(found: set[Any], expected: set[Any]) -> float:
    return 2 * len(found & expected) / (len(found) + len(expected))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_names_are_found_as_agreed(name: str) -> None:
    mentions = entities.mentions((SEEDS / name).read_text(encoding="utf-8"))
    expected = EXPECTED[name]
    assert f1({(mention.name, mention.type) for mention in mentions},
              {(entity["name"], entity["type"]) for entity in expected["entities"]}) >= LEAST
    assert f1({(mention.start, mention.end, mention.type, mention.name) for mention in mentions},
              {tuple(mention) for mention in expected["mentions_in_raw_text"]}) >= LEAST


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_sources_are_cited_as_agreed(name: str) -> None:
    text, expected = (SEEDS / name).read_text(encoding="utf-8"), EXPECTED[name]
    cited = attribution.citations(text, entities.mentions(text))
    named = {citation.name for citation in cited if citation.name and citation.kind in {"source", "medium"}}
    assert f1(named, set(expected["cited_sources"])) >= LEAST
    assert {text[citation.start:citation.end] for citation in cited if not citation.name} >= set(
        expected["unnamed_sources"])
