"""The scores of labels → the best lawful sequence of labels in each sentence (Viterbi), many stretches at once.

Most words are no names whatever their neighbours are: where "O" leads by far, the sequence is cut, and only the
stretches between are searched. How far is measured: with less, long names lose their small words; more changes nothing.
"""

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.model import IMPOSSIBLE, LABELS, Floats, follows

CLEAR = 1.0  # lead of "O" from which a word is no part of a name, far from likely names
CLEAR_NEARBY = 2.5  # the same, where one of its neighbours is likelier a name than not
NEARBY = 2  # words
OPENS = np.array([0 if follows("O", label) else IMPOSSIBLE for label in LABELS], np.float32)
CLOSES = np.array([0 if follows(label, "O") else IMPOSSIBLE for label in LABELS], np.float32)


def best_labels(scores: Floats, sentences: NDArray[np.int64], transitions: Floats) -> NDArray[np.int64]:
    """For each word, the number of its label in the best sequence of its sentence."""
    labels = np.zeros(len(scores), np.int64)
    open_ = _open(scores)
    edge = np.concatenate(([True], sentences[1:] != sentences[:-1], [True]))
    begins = np.flatnonzero(open_ & (edge[:-1] | ~np.concatenate(([False], open_[:-1]))))
    ends = np.flatnonzero(open_ & (edge[1:] | ~np.concatenate((open_[1:], [False])))) + 1
    if not len(begins):
        return labels
    order = np.argsort(begins - ends, kind="stable")  # longest first
    begins, ends = begins[order], ends[order]
    first = np.where(edge[begins][:, None], OPENS, transitions[0])
    last = np.where(edge[ends][:, None], CLOSES, transitions[:, 0])
    _search(scores, begins, ends - begins, transitions, first, last, labels)
    return labels


def _open(scores: Floats) -> NDArray[np.bool_]:
    """For each word, whether it may be part of a name."""
    lead = scores[:, 0] - scores[:, 1:].max(axis=1)
    likely = lead < 0
    nearby = likely.copy()
    for distance in range(1, NEARBY + 1):
        nearby[distance:] |= likely[:-distance]
        nearby[:-distance] |= likely[distance:]
    return np.asarray(lead <= np.where(nearby, CLEAR_NEARBY, CLEAR))


def _search(scores: Floats, begins: NDArray[np.int64], lengths: NDArray[np.int64], transitions: Floats,
            first: Floats, last: Floats, labels: NDArray[np.int64]) -> None:
    """Write the best labels of stretches, longest first. `first` and `last` are added at their ends."""
    longest = int(lengths[0])
    alive = np.searchsorted(-lengths, -np.arange(longest), side="left")  # stretches with a word at each step
    back = np.zeros((longest, len(begins), len(LABELS)), np.int8)
    best = scores[begins] + first
    for step in range(1, longest):
        going = alive[step]
        ways = best[:going, :, None] + transitions
        back[step, :going] = ways.argmax(axis=1)
        best[:going] = ways.max(axis=1) + scores[begins[:going] + step]
    label = (best + last).argmax(axis=1)
    for step in range(longest - 1, -1, -1):
        going = alive[step]
        labels[begins[:going] + step] = label[:going]
        if step:
            label[:going] = back[step, np.arange(going), label[:going]]
