"""Clusters, cases and flags → the lexicon of the model, and the arrays that it is shipped as."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.attributes import NO_CASE, NO_CLUSTER, Lexicon
from tests.bench.names.clusters import SIZES


def lexicon(clusters: Mapping[str, tuple[int, ...]], cases: Mapping[str, int], flags: Mapping[str, int]) -> Lexicon:
    """All that is known of words before any text."""
    words = sorted({*clusters, *cases, *flags})
    index = {word: row for row, word in enumerate(words)}
    found = Lexicon(index, np.full((len(words), len(SIZES)), NO_CLUSTER, np.int16),
                    np.full(len(words), NO_CASE, np.uint8), np.zeros(len(words), np.uint32))
    for word, numbers in clusters.items():
        found.clusters[index[word]] = numbers
    for word, case in cases.items():
        found.cases[index[word]] = case
    for word, bits in flags.items():
        found.flags[index[word]] = bits
    return found


def arrays(lexicon: Lexicon) -> dict[str, NDArray[Any]]:
    """The lexicon as the model file has it."""
    return {"words": strings(lexicon.index), "clusters": lexicon.clusters, "cases": lexicon.cases,
            "flags": lexicon.flags}


def strings(names: Mapping[str, int]) -> NDArray[np.uint8]:
    """Names as one array of bytes, a line each."""
    return np.frombuffer("\n".join(names).encode("utf-8"), np.uint8)
