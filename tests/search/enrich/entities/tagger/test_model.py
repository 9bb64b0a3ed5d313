import hashlib
import io
import os
import subprocess
import sys

import numpy as np
import pytest

from search.enrich.entities.tagger.model import FORMAT, IMPOSSIBLE, LABELS, load, packed, shipped_hash, unpack
from search.errors import RecognizerUnusable
from tests.bench.names.packing import STEPS, rounded


def test_the_shipped_model_is_that_of_its_hash_and_of_one_piece() -> None:
    model = load()
    assert model.hidden.shape[1] == len(model.bias) == len(model.output)
    assert model.transitions.shape == (len(LABELS), len(LABELS))
    assert model.linear_rows.max() == len(model.linear) - 1
    assert not model.linear[0].any()
    assert not model.hidden[0].any()


def test_damaged_bytes_are_refused() -> None:
    with pytest.raises(RecognizerUnusable, match="install Dateline again"):
        unpack(b"no model", shipped_hash())


def test_another_format_is_refused() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, format=np.int64(FORMAT + 1))
    with pytest.raises(RecognizerUnusable, match="format"):
        unpack(buffer.getvalue(), hashlib.sha256(buffer.getvalue()).hexdigest())


def test_no_pickles_are_packed() -> None:
    with pytest.raises(ValueError, match="allow_pickle"):
        packed({"bad": np.array([object()])})


def test_labels_that_cannot_follow_are_impossible() -> None:
    transitions = load().transitions
    inside, begin = LABELS.index("I-PER"), LABELS.index("B-ORG")
    assert transitions[0, inside] == transitions[begin, inside] == transitions[begin, 0] == IMPOSSIBLE
    assert transitions[0, begin] > IMPOSSIBLE


def test_rounding_loses_at_most_half_a_step() -> None:
    weights = np.random.default_rng(1).normal(size=(50, 13)).astype(np.float32)
    weights[7] = 0
    keys, whole, factors = rounded(np.arange(50)[::-1], weights)
    assert keys.tolist() == [at for at in range(50) if at != 42]
    kept = weights[::-1][keys]
    step = np.abs(kept).max(axis=1, keepdims=True) / STEPS
    assert (np.abs(whole * factors[:, None].astype(np.float32) - kept) <= 0.53 * step).all()


def test_model_and_lists_are_light() -> None:
    command = ("import time\nfrom search.enrich.entities import recognizer\n"
               "begun = time.process_time()\nnext(recognizer().pipe(['Rain.']))\nprint(time.process_time() - begun)")
    times = [float(subprocess.run([sys.executable, "-c", command], check=True, capture_output=True, text=True,
                                  env={**os.environ, "OPENBLAS_NUM_THREADS": "1"}).stdout) for _ in range(3)]
    assert min(times) < 0.3  # 0.1 on the machine where it was written
