import pytest

from tests.search.enrich.attribution.marked import Found, found, sources, unnamed


@pytest.mark.parametrize(("text", "expected"), [
    ("It rained, according to the [ORG Harbour Post].", ("Harbour Post", "source", "Harbour Post")),
    ("It rained, according to a new poll by [ORG Marsh Research].", ("Marsh Research", "source", "Marsh Research")),
    ("It rained, [ORG Harbour Post] reported, citing [PER Ana Kestrel].", ("Ana Kestrel", "source", "Ana Kestrel")),
    ("She told [ORG Harbour Post] it rained.", ("Harbour Post", "medium", "Harbour Post")),
    ("In an interview with [ORG CNN] she was calm.", ("CNN", "medium", "CNN")),
    ("She was speaking to [ORG Radio Velmara].", ("Radio Velmara", "medium", "Radio Velmara")),
    ("The letter was obtained by [ORG Harbour Post].", ("Harbour Post", "medium", "Harbour Post")),
])
def test_cues_lead_to_sources_and_media(text: str, expected: Found) -> None:
    assert expected in found(text)


@pytest.mark.parametrize("text", [
    "She told [PER Ana Kestrel] it rained.",
    "She told the [ORG Senate] it rained.",
    "She told the [ORG Rivers Committee] it rained.",
    "She spoke to [ORG Kestrel Mills].",
    "She lives in [LOC Vardis] on [LOC Lamp Street].",
    "“Look it up according to [ORG Harbour Post],” he wrote.",
])
def test_an_audience_is_no_medium(text: str) -> None:
    assert sources(text) == []


@pytest.mark.parametrize(("text", "source"), [
    ("It rained, according to local media outlets.", "local media outlets"),
    ("Two officials who asked not to be named spoke of rain.", "Two officials who asked not to be named"),
    ("A diplomat who spoke on condition of anonymity, laughed.", "A diplomat who spoke on condition of anonymity"),
])
def test_cues_lead_to_sources_without_a_name(text: str, source: str) -> None:
    assert unnamed(text) == [source]


def test_named_and_unnamed_sources_are_told_apart_in_one_phrase() -> None:
    assert found("According to the army and [ORG Harbour Post], it rained.") == [
        ("the army", "source", None), ("Harbour Post", "source", "Harbour Post")]
