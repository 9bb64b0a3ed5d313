"""The corpora's texts → clusters of words that stand among the same neighbours, and how often words have capitals.

Each word is described by how much more often than by chance each of the most frequent words stands one or two places
before or after it (positive pointwise mutual information, contexts smoothed by the power 3/4: Levy, Goldberg and
Dagan, 2015), cut to its main dimensions by a randomised singular value decomposition (Halko, Martinsson and Tropp,
2011), and put into clusters by k-means on the sphere. Words that open sentences are not counted: their capitals tell
nothing. What comes out is numbers; no text of the corpora is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.attributes import DIGIT
from search.enrich.entities.tagger.reading import read
from tests.bench.names.numbering import Numbers
from tests.bench.names.sparse import Sparse

LEAST = 10  # occurrences from which a word has clusters
MOST = 60_000  # words that have them
CONTEXTS = 3_000  # neighbours that count; one more stands for the edge of a sentence
PLACES = (-2, -1, 1, 2)
DIMENSIONS = 100
SPARE = 20  # dimensions that the decomposition has to spare
SIZES = (1_024, 200, 40)  # clusters, fine to coarse
ROUNDS = 15  # of k-means
CASES = (0.02, 0.15, 0.5, 0.9)  # shares of capitals between which a word's case is told apart
CASED = 60_000  # frequent words whose case is told
LEAST_CASED = 5
SEED = 20_261_120

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All words of the corpora in order by number, and whether each opens a sentence."""

    words: tuple[str, ...]
    running: NDArray[np.int32]
    opens: NDArray[np.bool_]


def corpus(texts: Iterable[str]) -> Corpus:
    """The words of texts."""
    numbers = Numbers()
    running, opens = [], []
    for text in texts:
        reading = read(text, numbers)
        running.append(reading.words)
        opens.append(np.diff(reading.sentences, prepend=-1) != 0)
    return Corpus(tuple(numbers.words), np.concatenate(running), np.concatenate(opens))


def lowered(corpus: Corpus) -> tuple[dict[str, int], NDArray[np.int32]]:
    """Words in lower case and without digits → numbers, and the number of each word of the corpus."""
    ids: dict[str, int] = {}
    of = np.array([ids.setdefault(DIGIT.sub("0", word.lower()), len(ids)) for word in corpus.words], np.int32)
    return ids, of


def clusters(corpus: Corpus) -> Mapping[str, tuple[int, ...]]:
    """Word → its cluster in each of SIZES."""
    often = np.bincount(corpus.running[~corpus.opens], minlength=len(corpus.words))
    targets = np.argsort(-often, kind="stable")[:MOST]
    targets = targets[often[targets] >= LEAST]
    chance = np.random.default_rng(SEED)
    vectors = _vectors(_association(corpus, targets), chance)
    found = [_k_means(vectors, size, chance).tolist() for size in SIZES]
    return {corpus.words[target]: tuple(row) for target, row in zip(targets, zip(*found, strict=True), strict=True)}


def cases(corpus: Corpus) -> Mapping[str, int]:
    """Word in lower case → how often it has a capital where no sentence opens, 0 (hardly ever) to 4 (always)."""
    ids, of = lowered(corpus)
    often = np.bincount(of[corpus.running], minlength=len(ids))
    inside = np.bincount(corpus.running[~corpus.opens], minlength=len(corpus.words))
    capital = np.array([word[0].isupper() for word in corpus.words])
    upper = np.bincount(of[capital], inside[capital], minlength=len(ids))
    total = np.bincount(of, inside, minlength=len(ids))
    names = list(ids)
    return {names[at]: int(np.searchsorted(CASES, upper[at] / total[at], side="right"))
            for at in np.argsort(-often, kind="stable")[:CASED]
            if total[at] >= LEAST_CASED and names[at][0].isalpha()}


def _association(corpus: Corpus, targets: NDArray[np.intp]) -> Sparse:
    """Positive pointwise mutual information of targets (rows) with contexts at each place (columns)."""
    ids, of = lowered(corpus)
    running = of[corpus.running]
    frequent = np.argsort(-np.bincount(running, minlength=len(ids)), kind="stable")[:CONTEXTS]
    context = np.full(len(ids), -1, np.int64)
    context[frequent] = np.arange(CONTEXTS)
    row = np.full(len(corpus.words), -1, np.int64)
    row[targets] = np.arange(len(targets))
    rows = np.where(corpus.opens, -1, row[corpus.running])
    sentence = np.cumsum(corpus.opens)
    width = CONTEXTS + 1
    counts = []
    for number, place in enumerate(PLACES):
        there = np.roll(context[running], -place)
        there[np.roll(sentence, -place) != sentence] = CONTEXTS
        kept = (rows >= 0) & (there >= 0)
        key = rows[kept] * (len(PLACES) * width) + number * width + there[kept]
        counts.append(np.unique(key, return_counts=True))
    keys, times = (np.concatenate(parts) for parts in zip(*counts, strict=True))
    return _informative(keys // (len(PLACES) * width), keys % (len(PLACES) * width), times, len(targets), width)


def _informative(rows: NDArray[np.int64], columns: NDArray[np.int64], times: NDArray[np.int64], targets: int,
                 width: int) -> Sparse:
    place = columns // width
    smooth = np.bincount(columns, times, minlength=len(PLACES) * width) ** 0.75
    chance = smooth / np.repeat(smooth.reshape(len(PLACES), width).sum(axis=1), width)
    totals = np.bincount(rows * len(PLACES) + place, times, minlength=targets * len(PLACES))
    information = np.log(times / totals[rows * len(PLACES) + place] / chance[columns])
    kept = information > 0
    return Sparse.of(rows[kept], columns[kept], information[kept].astype(np.float32), (targets, len(PLACES) * width))


def _vectors(association: Sparse, chance: np.random.Generator) -> Floats:
    """A unit vector for each row: its main dimensions, weighed by the fourth root of their singular values."""
    right = chance.standard_normal((association.shape[1], DIMENSIONS + SPARE)).astype(np.float32)
    for last in (False, False, False, True):
        left = np.linalg.qr(association.times(right))[0].astype(np.float32)
        right = association.transposed_times(left)
        if not last:
            right = np.linalg.qr(right)[0].astype(np.float32)
    turned, squares, _ = np.linalg.svd(right.T @ right)
    vectors = (left @ turned)[:, :DIMENSIONS] * squares[:DIMENSIONS] ** 0.125
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def _k_means(vectors: Floats, size: int, chance: np.random.Generator) -> NDArray[np.int64]:
    """The cluster of each vector; clusters that lose all theirs begin anew at a vector by chance."""
    centres = vectors[chance.choice(len(vectors), size, replace=False)]
    for _ in range(ROUNDS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        empty = lengths[:, 0] == 0
        sums[empty] = vectors[chance.choice(len(vectors), int(empty.sum()))]
        lengths[empty] = 1
        centres = sums / lengths
    return np.asarray(nearest, np.int64)
