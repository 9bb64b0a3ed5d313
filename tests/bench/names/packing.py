"""Weights → the arrays of a model file: whole numbers of few bits, rows that weigh next to nothing left out."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.attributes import Lexicon
from search.enrich.entities.tagger.model import PLACES
from tests.bench.names.features import Features
from tests.bench.names.learner import Weights
from tests.bench.names.lexicon import arrays, strings

STEPS = 31  # whole numbers on either side of nothing
LEAST = 0.02  # weight of a row that is kept

Keyed = tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.float16]]


def model_arrays(lexicon: Lexicon, features: Features, weights: Weights) -> dict[str, NDArray[Any]]:
    """What `search.enrich.entities.tagger.model.packed` writes."""
    linear = rounded(features.linear.keys, weights.linear)
    hidden = rounded(features.hidden.keys, weights.hidden)
    used = np.union1d(linear[0] // PLACES, hidden[0] // PLACES)
    names = list(features.attributes)
    kept = {names[number]: at for at, number in enumerate(used.tolist())}
    return {**arrays(lexicon), "attributes": strings(kept),
            **_named("linear", linear, used), **_named("hidden", hidden, used),
            "bias": weights.bias, "output": weights.output, "transitions": weights.transitions}


def rounded(keys: NDArray[np.int64], weights: NDArray[np.float32]) -> Keyed:
    """Keys in order, with whole numbers and a factor for each row; rows of no weight are left out."""
    most = np.abs(weights).max(axis=1)
    kept = np.flatnonzero(most > LEAST)
    kept = kept[np.argsort(keys[kept])]
    factors = (most[kept] / STEPS).astype(np.float16)
    whole = np.round(weights[kept] / factors[:, None].astype(np.float32))
    return keys[kept], whole.astype(np.int8), factors


def _named(name: str, table: Keyed, used: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    keys, whole, factors = table
    numbers = np.searchsorted(used, keys // PLACES) * PLACES + keys % PLACES
    return {f"{name}_keys": numbers.astype(np.int32), name: whole, f"{name}_factors": factors}
