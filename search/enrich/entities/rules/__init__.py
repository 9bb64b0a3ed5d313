"""The recogniser `rules`: runs of capitalised words, the lists in `data/`, and what the rest of the text tells."""

from collections.abc import Iterable, Iterator, Sequence

from search.enrich.entities.gazetteer import gazetteer
from search.enrich.entities.rules.spot import Spotter
from search.enrich.entities.rules.tokens import tokens
from search.enrich.entities.rules.votes import typed
from search.enrich.entities.spans import Span


class Rules:
    """Nothing is learnt: every name that it finds can be explained by a list or a rule."""

    name = "rules"
    version = "2"

    def pipe(self, texts: Iterable[str]) -> Iterator[Sequence[Span]]:
        """The names in each text."""
        lists = gazetteer()
        for text in texts:
            yield typed(text, Spotter(tokens(text), lists).read(), lists)
