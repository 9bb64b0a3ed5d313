from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle.naming import counted, named
from search.enrich.entities.spans import Span


def people(text: str, *names: str) -> list[str]:
    spans, end = [], 0
    for name in names:
        start = text.index(name, end)
        end = start + len(name)
        spans.append(Span(start, end, "PER"))
    return [mention.name for mention in named(text, spans, {}, gazetteer())]


def test_part_of_a_name_counts_as_the_full_name_before_it() -> None:
    text = "Ana al-Kestrel met Bo Kestrel. Kestrel and Ana left; later Kestrel Roe came."
    assert people(text, "Ana al-Kestrel", "Bo Kestrel", "Kestrel", "Ana") == [
        "Ana al-Kestrel", "Bo Kestrel", "Bo Kestrel", "Ana al-Kestrel"]


def test_part_of_a_name_in_the_headline_counts_as_the_full_name_below() -> None:
    assert people("Kestrel wins\nAna Kestrel won.", "Kestrel", "Ana Kestrel") == ["Ana Kestrel"] * 2


def test_names_that_are_parts_of_each_other_come_to_an_end() -> None:
    assert people("Ana Bo and Bo Ana and Ana", "Ana Bo", "Bo Ana", "Ana")[0] == "Ana Bo"


def test_an_acronym_counts_as_its_long_form() -> None:
    mention, = named("GHP", [Span(0, 3, "ORG")], {"GHP": ("Guild of Harbour Pilots", "ORG")}, gazetteer())
    assert mention.name == "Guild of Harbour Pilots"


def test_shouted_names_are_lowered_and_known_spellings_unified() -> None:
    lists = gazetteer()
    assert counted("SULAIMANI", lists) == "Sulaimani"
    assert counted("US", lists) == "United States"
    assert counted("Abu Bakir al-Baghdadi", lists) == "Abu Bakr al-Baghdadi"
