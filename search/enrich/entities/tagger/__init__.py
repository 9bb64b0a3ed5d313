"""The recogniser `builtin`: a conditional random field whose scores are tables, and one small hidden layer.

`attributes` says what is seen of a word, `vocabulary` adds up what each word weighs, `tagging` scores a text and
`paths` finds the best labels. The model is made by `tests/bench/names`; its card is in docs/.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from search.enrich.entities.spans import Span
from search.enrich.entities.tagger.model import load, shipped_hash
from search.enrich.entities.tagger.tagging import Tagger


class Builtin:
    """The model that is shipped, loaded when the first text comes. Its version is the beginning of its SHA-256."""

    name = "builtin"

    def __init__(self) -> None:
        self.version = shipped_hash()[:12]

    @cached_property
    def tagger(self) -> Tagger:
        """The model at work. Raises RecognizerUnusable if the model is damaged."""
        return Tagger(load())

    def pipe(self, texts: Iterable[str]) -> Iterator[Sequence[Span]]:
        """The names in each text."""
        return map(self.tagger.spans, texts)
