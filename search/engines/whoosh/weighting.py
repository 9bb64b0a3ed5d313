"""Whoosh's BM25F with mean field lengths that are exact.

When Whoosh merges segments it adds up lengths that it had rounded to a byte, so that a generation built on another
would score a little otherwise than one built at once. The rows know how long each field was.
"""

from collections.abc import Iterable
from typing import Any

from whoosh.scoring import BM25F

from search.engines.whoosh.fields import EXACT, Row
from search.ranking import K1, B
from search.schema import SCORED


class ExactBM25F(BM25F):  # type: ignore[misc]
    """BM25F whose `averages`, by index field, are set once the rows have been read."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)
        self.averages: dict[str, float] = {}

    def scorer(self, searcher: Any, fieldname: str, text: str, qf: int = 1) -> Any:
        """Whoosh's scorer of a term, with our mean length."""
        scorer = super().scorer(searcher, fieldname, text, qf=qf)
        scorer.avgfl = self.averages.get(fieldname, scorer.avgfl)
        return scorer


def averages(rows: Iterable[Row]) -> dict[str, float]:
    """The mean number of terms of each ranked field, stemmed and exact; 1 where nobody has any."""
    lengths = list(zip(*(row.lengths for row in rows), strict=True)) or [() for _ in SCORED]
    means = {name: sum(several) / max(len(several), 1) or 1.0 for name, several in zip(SCORED, lengths, strict=True)}
    return means | {name + EXACT: mean for name, mean in means.items()}
