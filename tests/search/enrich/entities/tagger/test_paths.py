from itertools import pairwise, product

import numpy as np
import pytest

from search.enrich.entities.tagger.model import LABELS, follows, with_laws
from search.enrich.entities.tagger.paths import best_labels


def best_by_trying(scores: np.ndarray, transitions: np.ndarray) -> float:
    """The most that any lawful sequence of labels for one sentence scores."""
    return max(total(scores, transitions, labels) for labels in product(range(len(LABELS)), repeat=len(scores))
               if lawful(labels))


def total(scores: np.ndarray, transitions: np.ndarray, labels: tuple[int, ...]) -> float:
    return float(sum(scores[at, label] for at, label in enumerate(labels))
                 + sum(transitions[pair] for pair in pairwise(labels)))


def lawful(labels: tuple[int, ...]) -> bool:
    names = ["O", *(LABELS[label] for label in labels), "O"]
    return all(follows(before, after) for before, after in pairwise(names))


@pytest.mark.parametrize("seed", range(20))
def test_no_lawful_sequence_scores_more(seed: int) -> None:
    chance = np.random.default_rng(seed)
    transitions = with_laws(chance.normal(size=(len(LABELS), len(LABELS))).astype(np.float32))
    scores = chance.normal(scale=2, size=(3, len(LABELS))).astype(np.float32)
    found = tuple(best_labels(scores, np.zeros(3, np.int64), transitions).tolist())
    assert lawful(found)
    assert total(scores, transitions, found) == pytest.approx(best_by_trying(scores, transitions), abs=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_sentences_do_not_touch_each_other_and_sure_words_cut_none_short(seed: int) -> None:
    chance = np.random.default_rng(seed)
    transitions = with_laws(chance.normal(size=(len(LABELS), len(LABELS))).astype(np.float32))
    scores = chance.normal(scale=2, size=(60, len(LABELS))).astype(np.float32)
    scores[chance.random(60) < 0.5, 0] += 20
    sentences = np.sort(chance.integers(0, 8, 60))
    together = best_labels(scores, sentences, transitions)
    for number in np.unique(sentences):
        own = scores[sentences == number]
        alone = best_labels(own, np.zeros(len(own), np.int64), transitions)
        assert together[sentences == number].tolist() == alone.tolist()


def test_a_text_of_sure_words_has_no_names() -> None:
    scores = np.zeros((4, len(LABELS)), np.float32)
    scores[:, 0] = 50
    assert not best_labels(scores, np.zeros(4, np.int64), with_laws(np.zeros((13, 13), np.float32))).any()
