"""Sentences and their features → weights: a conditional random field with a hidden layer, trained by AdaGrad.

Each sentence's loss is the negative logarithm of the probability of its labels (Lafferty, McCallum and Pereira, 2001);
each weight's step shrinks with the squares of its own gradients (Duchi, Hazan and Singer, 2011) and with the epochs.
Features and hidden units are dropped by chance in training, so that a name is not known by its spelling alone.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.model import LABELS, follows
from tests.bench.names.features import Features, Table
from tests.bench.names.loops import LONGEST, epoch
from tests.bench.names.sentences import Sentences

EPOCHS = 6
RATE = 0.05  # the first epoch's; it falls evenly to nothing
HIDDEN = 32
SQUARES = (0.05, 0.05, 0.05, 1.0, 1.0)  # what sums of squares begin with, by part of the weights
MOST_ROWS = 400  # that a word has
SEED = 20_261_120

Floats = NDArray[np.float32]
Array = NDArray[Any]


class Weights(NamedTuple):
    """What is learnt, as `search.enrich.entities.tagger.model.Model` has it, without rows of zeros."""

    linear: Array
    hidden: Array
    bias: Array
    output: Array
    transitions: Array


class Looks(NamedTuple):
    """The two tables of features, and how many words there are."""

    linear_begins: Array
    linear_rows: Array
    hidden_begins: Array
    hidden_rows: Array
    words: int


class Laws(NamedTuple):
    """Which labels may follow one another, begin and end a sentence: 1 or 0."""

    follow: Array
    open: Array
    close: Array


class Room(NamedTuple):
    """Where one sentence is worked on: scores, hidden units, the rows in use at each word, and the gradients."""

    scores: Array
    units: Array
    linear: Array
    linear_count: Array
    hidden: Array
    hidden_count: Array
    forward: Array
    backward: Array
    likely: Array
    score_slopes: Array
    transition_slopes: Array


def looks(features: Features) -> Looks:
    """The features as the learner reads them."""
    linear, hidden = features.linear, features.hidden
    return Looks(linear.begins, linear.rows, hidden.begins, hidden.rows, (len(linear.begins) - 1) // 6)


def laws() -> Laws:
    """Which sequences of labels are lawful."""
    return Laws(np.array([[float(follows(before, after)) for after in LABELS] for before in LABELS]),
                np.array([float(follows("O", label)) for label in LABELS]),
                np.array([float(follows(label, "O")) for label in LABELS]))


def learn(sentences: Sentences, features: Features, report: Callable[[int, float], None]) -> Weights:
    """The weights after all epochs; after each, `report` gets its number and the mean loss of a word."""
    chance = np.random.default_rng(SEED)
    weights = _first(features.linear, features.hidden, chance)
    squares = Weights(*map(np.full_like, weights, SQUARES))
    for number in range(EPOCHS):
        order = chance.permutation(len(sentences.weights))
        loss = epoch(order, sentences.begins, sentences.words, sentences.labels, sentences.weights, sentences.written,
                     looks(features), laws(), weights, squares, _room(), RATE * (1 - number / EPOCHS),
                     int(chance.integers(1 << 30)))
        report(number, loss / len(sentences.words))
    return weights


def _first(linear: Table, hidden: Table, chance: np.random.Generator) -> Weights:
    return Weights(np.zeros((len(linear.keys), len(LABELS)), np.float32),
                   (chance.standard_normal((len(hidden.keys), HIDDEN)) * 0.05).astype(np.float32),
                   np.full(HIDDEN, 0.1, np.float32),
                   (chance.standard_normal((HIDDEN, len(LABELS))) * 0.1).astype(np.float32),
                   np.zeros((len(LABELS), len(LABELS)), np.float32))


def _room() -> Room:
    labels = len(LABELS)
    by_label, rows = (LONGEST, labels), (LONGEST, MOST_ROWS)
    return Room(np.zeros(by_label, np.float32), np.zeros((LONGEST, HIDDEN), np.float32), np.zeros(rows, np.int32),
                np.zeros(LONGEST, np.int32), np.zeros(rows, np.int32), np.zeros(LONGEST, np.int32),
                np.zeros(by_label), np.zeros(by_label), np.zeros(by_label), np.zeros(by_label, np.float32),
                np.zeros((labels, labels)))
