import pytest

from tests.search.enrich.attribution.marked import Found, found


@pytest.mark.parametrize(("text", "expected"), [
    ("KARSA (Harbour News) - It rained.", ("Harbour News", "credit", "Harbour News")),
    ("Rain in Karsa\n\nKARSA, March 3 (HNA) — It rained.", ("HNA", "credit", "HNA")),
    ("It rained.\n\n(Harbour Digital Media)", ("Harbour Digital Media", "credit", "Harbour Digital Media")),
    ("It rained.\n\n[Radio of the North]\n", ("Radio of the North", "credit", "Radio of the North")),
    ("It rained.\n\nSource: Harbour News", ("Harbour News", "credit", "Harbour News")),
    ("Velmara News - Local News - Harbourpost\n\nIt rained.", ("Harbourpost", "publisher", "Harbourpost")),
    ("Rain in Karsa | Harbour Post\n\nIt rained.", ("Harbour Post", "publisher", "Harbour Post")),
])
def test_credits_stand_at_the_borders_of_a_text(text: str, expected: Found) -> None:
    assert found(text) == [expected]


def test_staff_are_credited_one_by_one() -> None:
    assert found("It rained.\n\n(Reporting by [PER Ana Kestrel] in [LOC Karsa]; Editing by [PER Ben Marsh])") == [
        ("Ana Kestrel", "credit", "Ana Kestrel"), ("Ben Marsh", "credit", "Ben Marsh")]


@pytest.mark.parametrize("text", [
    "It rained (and how).",
    "It rained.\n\n(it was a long day)",
    "(Harbour News)",
    "Rain in Karsa - it was a long day\n\nIt rained.",
    "It rained (Harbour News) all day long.",
])
def test_other_lines_credit_nobody(text: str) -> None:
    assert found(text) == []
