import pytest

from search.document import NameType
from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.settle.borders import mended, over
from search.enrich.entities.spans import Span


def mended_names(text: str, name: str, kind: NameType) -> list[tuple[str, str]]:
    start = text.index(name)
    return [(text[span.start:span.end], span.type)
            for span in mended(text, [Span(start, start + len(name), kind)], gazetteer())]


@pytest.mark.parametrize(("text", "name", "kind", "expected"), [
    ("Then Mr Kestrel spoke.", "Mr Kestrel", "PER", ["Kestrel"]),
    ("Then Lt. Gen. Ana Kestrel spoke.", "Lt. Gen. Ana Kestrel", "PER", ["Ana Kestrel"]),
    ("Then Ana Kestrel’s boat sank.", "Ana Kestrel’s", "PER", ["Ana Kestrel"]),
    ("Then “Kestrel” spoke.", "“Kestrel”", "PER", ["Kestrel"]),
    ("Then the President spoke.", "President", "PER", []),
    ("Head of Harbour Police Ana Roe", "Head of Harbour Police", "ORG", ["Harbour Police"]),
    ("Quovia — Ana Roe", "Quovia — Ana Roe", "PER", ["Quovia", "Ana Roe"]),
    ("Ana Roe\nBen Roe", "Ana Roe\nBen Roe", "PER", ["Ana Roe", "Ben Roe"]),
    ("It cost US $40.", "US", "LOC", []),
    ("They joined the Iraqi Harbour Police.", "Harbour Police", "ORG", ["Iraqi Harbour Police"]),
    ("They joined the Iraqi police.", "police", "ORG", ["police"]),
    ("A dash —", "—", "ORG", []),
    ("Le fils d’Ana Kestrel parle.", "d’Ana Kestrel", "PER", ["Ana Kestrel"]),
    ("On dit qu'Ana Kestrel parle.", "qu'Ana Kestrel", "PER", ["Ana Kestrel"]),
    ("La police de l’Ombra parle.", "l’Ombra", "LOC", ["Ombra"]),
    ("Then d'Orvel spoke.", "d'Orvel", "PER", ["d'Orvel"]),
])
def test_a_name_is_cut_to_itself(text: str, name: str, kind: NameType, expected: list[str]) -> None:
    assert [found for found, _ in mended_names(text, name, kind)] == expected


def test_a_place_in_capitals_that_opens_a_line_is_a_place_whatever_was_found_there() -> None:
    assert mended_names("QUOVIA (Kestrel News) — It rained.", "QUOVIA", "ORG") == [("QUOVIA", "LOC")]


def test_what_is_laid_over_spans_takes_their_place() -> None:
    assert over([Span(0, 4, "PER"), Span(6, 9, "LOC")], [Span(3, 5, "ORG")]) == [Span(3, 5, "ORG"), Span(6, 9, "LOC")]
