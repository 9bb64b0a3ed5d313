from pathlib import Path
from typing import Any

import pytest

from search.enrich.entities import mentions, recognizer
from search.errors import RecognizerUnusable

try:
    import spacy
except ImportError:
    pytest.skip("spaCy is not installed (the extra spacy)", allow_module_level=True)


def saved(folder: Path, *patterns: dict[str, Any]) -> Path:
    """A small pipeline that knows a few names by heart."""
    nlp = spacy.blank("en")
    nlp.meta["version"] = "1.2.3"
    if patterns:
        ruler: Any = nlp.add_pipe("entity_ruler")
        ruler.add_patterns(list(patterns))
    nlp.to_disk(folder)
    return folder


def test_a_pipeline_finds_names_of_our_kinds_only(tmp_path: Path) -> None:
    folder = saved(tmp_path / "small", {"label": "PERSON", "pattern": "Ana Kestrel"},
                   {"label": "GPE", "pattern": "Quovia"}, {"label": "DATE", "pattern": "Monday"})
    found = recognizer(f"spacy:{folder}")
    assert (found.name, found.version) == (f"spacy:{folder}", "1.2.3")
    named = [(mention.name, mention.type) for mention in mentions("On Monday Ana Kestrel left Quovia.", found)]
    assert named == [("Ana Kestrel", "PER"), ("Quovia", "LOC")]


def test_a_pipeline_that_is_not_there_says_how_to_get_it() -> None:
    with pytest.raises(RecognizerUnusable, match="spacy download no_such_pipeline"):
        recognizer("spacy:no_such_pipeline")


def test_a_pipeline_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecognizerUnusable, match="finds no people"):
        recognizer(f"spacy:{saved(tmp_path / 'mute')}")
