"""A text and the names in it → whom the text cites: people and organisations, media, credits, and unnamed sources.

Grammar of attribution only: verbs of speech and their subjects (`speakers`), cues such as "according to" (`cues`),
and the lines at a text's borders (`lines`). Every look around is bounded, so that time is in proportion to the text.
"""

from collections.abc import Iterable, Iterator, Sequence

from search.document import Citation, CitationKind, NameMention
from search.enrich.attribution.cues import cued
from search.enrich.attribution.lines import credits_in
from search.enrich.attribution.phrases import Phrase
from search.enrich.attribution.speakers import speakers_in
from search.enrich.attribution.units import Units, units_of
from search.enrich.entities import mentions


def cited(text: str) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each named person or outlet that `text` cites, in order."""
    return [(citation.start, citation.end) for citation in citations(text, mentions(text))
            if citation.name and citation.kind in ("source", "medium")]


def citations(text: str, names: Sequence[NameMention]) -> tuple[Citation, ...]:
    """Whom `text` cites, in order and without overlaps. `names` are the names in it, in order and without overlaps."""
    return _without_overlaps([*credits_in(text, names), *_sources(units_of(text, names))])


def _sources(text: Units) -> Iterator[Citation]:
    for phrase in speakers_in(text):
        yield _citation(text, "source", phrase)
    for kind, phrase in cued(text):
        yield _citation(text, kind, phrase)


def _citation(text: Units, kind: CitationKind, phrase: Phrase) -> Citation:
    if phrase.name:
        return Citation(phrase.name.start, phrase.name.end, kind, phrase.name.name)
    return Citation(*text.span(phrase.first, phrase.end), "source", None)


def _without_overlaps(found: Iterable[Citation]) -> tuple[Citation, ...]:
    """Earlier before later, at one place named before unnamed."""
    kept: list[Citation] = []
    end = 0
    for citation in sorted(found, key=lambda citation: (citation.start, citation.name is None)):
        if citation.start >= end:
            kept.append(citation)
            end = citation.end
    return tuple(kept)
