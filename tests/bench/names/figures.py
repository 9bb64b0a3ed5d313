"""A recogniser and labelled texts → precision, recall and F1 of its spans, with and without their types."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from search.enrich.entities.spans import Span
from tests.bench.names.texts import Labelled


@dataclass(frozen=True, slots=True)
class Figures:
    """Per cent: precision, recall and F1 of spans with their types, F1 of spans whatever their types."""

    precision: float
    recall: float
    f1: float
    spans_f1: float


def figures(texts: Iterable[Labelled], names: Callable[[str], Iterable[tuple[int, int, str]]]) -> Figures:
    """How well `names` finds the names of texts."""
    hits = found = wanted = placed = 0
    for text in texts:
        got, gold = {Span(*name) for name in names(text.text)}, set(text.spans)  # type: ignore[arg-type]
        hits, found, wanted = hits + len(got & gold), found + len(got), wanted + len(gold)
        placed += len({span[:2] for span in got} & {span[:2] for span in gold})
    return Figures(*(round(100 * share, 2) for share in (
        hits / max(found, 1), hits / max(wanted, 1), 2 * hits / max(found + wanted, 1),
        2 * placed / max(found + wanted, 1))))
