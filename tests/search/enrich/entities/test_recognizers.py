from collections.abc import Iterable, Iterator, Sequence

import pytest

from search.enrich.entities import mentions, recognizer
from search.enrich.entities.spans import Span
from search.errors import RecognizerUnusable


class Capitals:
    """Takes the first word of each text for a person."""

    name, version = "capitals", "7"

    def pipe(self, texts: Iterable[str]) -> Iterator[Sequence[Span]]:
        return ([Span(0, text.index(" "), "PER")] for text in texts)


class Nothing:
    """Lacks all that a recogniser has."""


@pytest.mark.parametrize("address", ["builtin", "rules"])
def test_each_own_recogniser_finds_names_and_is_made_once(address: str) -> None:
    found = recognizer(address)
    assert found is recognizer(address)
    assert found.name == address
    text = "President Ana Kestrel spoke in Gaziantep."
    named = [(text[mention.start:mention.end], mention.type) for mention in mentions(text, found)]
    assert named == [("Ana Kestrel", "PER"), ("Gaziantep", "LOC")]


def test_a_recogniser_of_ones_own_is_taken() -> None:
    found = recognizer(f"{__name__}:Capitals")
    assert (found.name, found.version) == ("capitals", "7")
    assert [mention.name for mention in mentions("Marlo spoke. Then Marlo left.", found)] == ["Marlo", "Marlo"]


@pytest.mark.parametrize(("address", "advice"), [
    ("magic", "use builtin, rules"), ("", "use builtin"), ("builtin:x", "cannot be made"), (":x", "use builtin"),
    ("no.such.module:x", "cannot be made"), (f"{__name__}:Absent", "cannot be made"),
    (f"{__name__}:Nothing", "lacks name, version, pipe"), ("spacy:", "use builtin"),
])
def test_an_address_that_names_none_says_what_to_do(address: str, advice: str) -> None:
    with pytest.raises(RecognizerUnusable, match=advice):
        recognizer(address)
