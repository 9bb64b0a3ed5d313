import pytest

from search.enrich.entities.settle.occurrences import Occurrences, capitals


def found(text: str, *names: str) -> list[tuple[int, str]]:
    return list(Occurrences(names).find(text, capitals(text)))


def test_names_are_found_in_order_and_the_longer_first() -> None:
    text = "Kestrel, Kestrel Bay and al-Kestrel Bay"
    assert found(text, "Kestrel", "Kestrel Bay") == [(0, "Kestrel"), (9, "Kestrel Bay")]
    assert found(text, "al-Kestrel Bay") == [(25, "al-Kestrel Bay")]


@pytest.mark.parametrize("text", ["Kestrels flew", "pro-Kestrel", "Kestrel-led", "@Kestrel", "McKestrel", "kestrel"])
def test_a_part_of_a_word_is_no_name(text: str) -> None:
    assert found(text, "Kestrel") == []


@pytest.mark.parametrize("text", ["Kestrel's boat", "(Kestrel)", "“Kestrel”", "Kestrel"])
def test_marks_around_a_name_do_no_harm(text: str) -> None:
    assert [name for _, name in found(text, "Kestrel")] == ["Kestrel"]
