"""Texts → the names in them: each word is scored by its neighbours and by itself elsewhere in the text, then the best
sequence of labels is found.
"""

from collections.abc import Iterator
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.spans import Span
from search.enrich.entities.tagger.model import CENTRE, LABELS, PLACES_IN_NAME, TYPES, Floats, Model
from search.enrich.entities.tagger.paths import best_labels
from search.enrich.entities.tagger.reading import Reading, read
from search.enrich.entities.tagger.vocabulary import CAPITAL, LOWER, MOST, SHOUTED, Vocabulary

ELSEWHERE = np.float32(0.4)  # how much a capitalised word is scored by the mean of its places in the text
PLAIN, IN_CAPITALS, HEADLINE = range(3)  # how a sentence is written
WRITTEN = ("<f0>", "<f1>", "<f2>")


class Tagger:
    """The model at work. One text at a time: its tables grow with the words that it meets."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.vocabulary = Vocabulary(model)
        self.written = np.stack([self.vocabulary.sentence_scores(name) for name in WRITTEN])
        self.lock = Lock()

    def spans(self, text: str) -> list[Span]:
        """The names in `text`, in order."""
        with self.lock:
            if self.vocabulary.count > MOST:
                self.vocabulary.forget()
            reading = read(text, self.vocabulary)
            if not len(reading.words):
                return []
            self.vocabulary.uses[reading.words] += 1
            scores = self._consistent(reading, self._scores(reading))
        return list(_spans(reading, best_labels(scores, reading.sentences, self.model.transitions)))

    def _scores(self, reading: Reading) -> Floats:
        """The score of each label for each word."""
        words, sentences = reading.words, reading.sentences
        table = self.vocabulary.scores
        sums = table[CENTRE][words]
        for distance in range(1, CENTRE + 1):
            apart = sentences[distance:] != sentences[:-distance]
            before, after = np.zeros_like(words), np.ones_like(words)  # the edges of sentences
            before[distance:] = np.where(apart, 0, words[:-distance])
            after[:-distance] = np.where(apart, 1, words[distance:])
            sums += table[CENTRE - distance][before]
            sums += table[CENTRE + distance][after]
        sums += self.written[written(self.vocabulary.forms[words], sentences)]
        hidden = sums[:, len(LABELS):] + self.model.bias
        np.maximum(hidden, 0, out=hidden)
        return np.asarray(sums[:, :len(LABELS)] + hidden @ self.model.output, np.float32)

    def _consistent(self, reading: Reading, scores: Floats) -> Floats:
        """The scores, those of a capitalised word drawn towards their mean over the text."""
        at = np.flatnonzero(self.vocabulary.capitals[reading.words])
        if len(at):
            at = at[np.argsort(reading.words[at])]
            words, own = reading.words[at], scores[at]
            first = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1])))
            times = np.diff(first, append=len(words))
            means = np.add.reduceat(own, first) / times[:, None]
            scores[at] = own + ELSEWHERE * (np.repeat(means, times, axis=0) - own)
        return scores


def written(forms: NDArray[np.uint8], sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each word, how its sentence is written."""
    shouted, capitals, lower = (np.bincount(sentences, forms == form) for form in (SHOUTED, CAPITAL, LOWER))
    headline = (capitals + shouted >= 4) & (lower <= 0.18 * (capitals + shouted))
    in_capitals = (shouted >= 3) & (lower == 0) & (capitals <= shouted / 3)
    return np.where(in_capitals, IN_CAPITALS, np.where(headline, HEADLINE, PLAIN))[sentences]


def _spans(reading: Reading, labels: NDArray[np.int64]) -> Iterator[Span]:
    start = 0
    for at in np.flatnonzero(labels).tolist():
        type_, place = divmod(int(labels[at]) - 1, len(PLACES_IN_NAME))
        if PLACES_IN_NAME[place] in "BU":
            start = int(reading.starts[at])
        if PLACES_IN_NAME[place] in "LU":
            yield Span(start, int(reading.ends[at]), TYPES[type_])
