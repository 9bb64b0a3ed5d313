"""Labelled texts → sentences of numbered words with the labels that they should get, and how much each counts.

Some sentences come twice: once more in capitals, once more with a capital on each word, as headlines have them.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.spans import Span
from search.enrich.entities.tagger.model import LABELS
from search.enrich.entities.tagger.reading import Reading, read
from search.enrich.entities.tagger.tagging import written
from search.enrich.entities.tagger.vocabulary import form
from tests.bench.names.numbering import Numbers
from tests.bench.names.texts import Labelled

WEIGHTS: Mapping[str, float] = {"voa_gold": 2.0, "crossner_politics": 1.0, "wikigold": 1.0, "wnut17": 0.4}
OTHERS = 0.6  # the other parts of CrossNER are further from news
AGAIN = 0.06  # share of texts with names that come again in capitals, and as headlines
AGAIN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentence i is the words from begins[i] to begins[i + 1]; `written` says how each sentence is written."""

    words: NDArray[np.int32]
    labels: NDArray[np.int8]
    begins: NDArray[np.int64]
    weights: NDArray[np.float32]
    written: NDArray[np.int64]


def sentences(texts: Iterable[Labelled], numbers: Numbers, chance: random.Random) -> Sentences:
    """The sentences of texts."""
    words, labels, lengths, weights, forms = [], [], [], [], []
    for text, weight in _weighed(texts, chance):
        reading = read(text.text, numbers)
        if not len(reading.words):
            continue
        words.append(reading.words)
        labels.append(labels_of(reading, text))
        sizes = np.unique(reading.sentences, return_counts=True)[1]
        lengths += sizes.tolist()
        weights += [weight] * len(sizes)
        forms += written(_forms(reading, text.text), reading.sentences)[np.cumsum(sizes) - 1].tolist()
    return Sentences(np.concatenate(words), np.concatenate(labels), np.concatenate(([0], np.cumsum(lengths))),
                     np.array(weights, np.float32), np.array(forms))


def _forms(reading: Reading, text: str) -> NDArray[np.uint8]:
    return np.array([form(text[start:end]) for start, end in zip(reading.starts, reading.ends, strict=True)], np.uint8)


def _weighed(texts: Iterable[Labelled], chance: random.Random) -> Iterator[tuple[Labelled, float]]:
    for text in texts:
        weight = WEIGHTS.get(text.set, OTHERS)
        yield text, weight
        for change in (str.upper, headline):
            if text.spans and chance.random() < AGAIN:
                changed = change(text.text)
                if len(changed) == len(text.text):  # else the names would not stand where they stood
                    yield Labelled(text.set, changed, text.spans), weight * AGAIN_WEIGHT


def headline(text: str) -> str:
    """The text with a capital on each word."""
    return "".join(letter.upper() if before == " " else letter
                   for before, letter in zip(" " + text, text, strict=False))


def labels_of(reading: Reading, text: Labelled) -> NDArray[np.int8]:
    """The label of each word. A name that is only a part of a compound ("Paris-based") is none."""
    labels = np.zeros(len(reading.words), np.int8)
    taken = np.zeros(len(labels), np.bool_)
    for span in text.spans:
        first = int(np.searchsorted(reading.ends, span.start, "right"))
        last = int(np.searchsorted(reading.starts, span.end, "left")) - 1
        while first <= last and taken[first]:
            first += 1
        if first <= last and not _in_compound(text.text, span):
            labels[first:last + 1] = _places(span, last + 1 - first)
            taken[first:last + 1] = True
    return labels


def _in_compound(text: str, span: Span) -> bool:
    after, before = text[span.end:span.end + 2], text[max(0, span.start - 2):span.start]
    return (after[:1] == "-" and after[1:].isalnum()) or (before[-1:] == "-" and before[:-1].isalnum())


def _places(span: Span, size: int) -> Sequence[int]:
    places = "U" if size == 1 else "B" + "I" * (size - 2) + "L"
    return [LABELS.index(f"{place}-{span.type}") for place in places]
