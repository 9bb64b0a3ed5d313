"""A recogniser's address → the recogniser: `builtin`, `rules`, `spacy:PIPELINE`, or `module:callable`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Protocol

from search.enrich.entities.rules import Rules
from search.enrich.entities.spans import Span
from search.enrich.entities.tagger import Builtin
from search.errors import RecognizerUnusable

DEFAULT = "builtin"


class Recognizer(Protocol):
    """Finds names in texts. What it finds is kept by its `name` and `version`: another version means new findings."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever what it finds may change."""
        ...

    def pipe(self, texts: Iterable[str]) -> Iterator[Sequence[Span]]:
        """For each text in order its names, in order and apart."""
        ...


@cache
def recognizer(address: str = DEFAULT) -> Recognizer:
    """The recogniser with an address, made once. Raises RecognizerUnusable."""
    kind, _, rest = address.partition(":")
    makers: dict[str, Callable[[], Recognizer]] = {"builtin": Builtin, "rules": Rules}
    if not rest and kind in makers:
        return makers[kind]()
    if kind == "spacy" and rest:
        return _spacy(rest)
    if kind and rest:
        return _made_by(address, kind, rest)
    raise RecognizerUnusable(f"{address!r} names no recogniser; use builtin, rules, spacy:PIPELINE or module:callable")


def _spacy(pipeline: str) -> Recognizer:
    try:
        from search.enrich.entities.spacy import Pipeline  # noqa: PLC0415 -- spaCy is an extra, and slow to import
    except ImportError as error:
        raise RecognizerUnusable("spaCy is not installed; run pip install 'dateline[spacy]', "
                                 "or set `recognizer` to builtin") from error
    return Pipeline(pipeline)


def _made_by(address: str, module: str, name: str) -> Recognizer:
    try:
        made: Recognizer = getattr(import_module(module), name)()
    except (ImportError, AttributeError, TypeError) as error:
        raise RecognizerUnusable(f"the recogniser {address!r} cannot be made: {error}; name a module and a callable in "
                                 "it that takes nothing and gives a recogniser") from error
    missing = [wanted for wanted in ("name", "version", "pipe") if not hasattr(made, wanted)]
    if missing:
        raise RecognizerUnusable(f"what {address!r} gave is no recogniser; it lacks {', '.join(missing)}")
    return made
