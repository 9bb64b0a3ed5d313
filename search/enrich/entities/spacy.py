"""The recogniser `spacy:PIPELINE`: a spaCy pipeline that is installed, or a folder that holds one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import spacy

from search.document import NameType
from search.enrich.entities.spans import Span
from search.errors import RecognizerUnusable

TYPES: Mapping[str, NameType] = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
BATCH = 32  # texts


class Pipeline:
    """What a pipeline calls PERSON, PER, ORG, GPE, LOC or FAC; it calls nothing else a name of our three kinds."""

    def __init__(self, pipeline: str) -> None:
        try:
            self.nlp = spacy.load(pipeline)
        except (OSError, ValueError, ImportError) as error:
            raise RecognizerUnusable(f"spaCy has no pipeline {pipeline!r} that it can load; run python -m spacy "
                                     f"download {pipeline}, or set `recognizer` to builtin") from error
        if not any(TYPES.keys() & labels for labels in map(set, self.nlp.pipe_labels.values())):
            raise RecognizerUnusable(f"the spaCy pipeline {pipeline!r} finds no people, organisations or places; "
                                     "choose one with named entities, or set `recognizer` to builtin")
        self.name = f"spacy:{pipeline}"
        self.version = str(self.nlp.meta.get("version", ""))

    def pipe(self, texts: Iterable[str]) -> Iterator[Sequence[Span]]:
        """The names in each text."""
        for doc in self.nlp.pipe(texts, batch_size=BATCH):
            yield [Span(entity.start_char, entity.end_char, TYPES[entity.label_])
                   for entity in doc.ents if entity.label_ in TYPES]
