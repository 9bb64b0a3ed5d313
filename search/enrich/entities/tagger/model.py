"""The model file → tables: lexicon, weights of attributes, hidden layer, transitions.

The file is an archive of plain arrays (no pickles) with a format number and, beside it, its SHA-256. Weights are whole
numbers of few bits with one factor for each row.
"""

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.document import NameType
from search.enrich.entities.tagger.attributes import Lexicon
from search.errors import RecognizerUnusable

FORMAT = 1
FILE, HASH = "model.npz", "model.sha256"
TYPES: tuple[NameType, ...] = ("PER", "ORG", "LOC")
PLACES_IN_NAME = "BILU"  # begin, inside, last, or the only word
LABELS = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in PLACES_IN_NAME))
PLACES = 6  # where a word can stand to the one that is tagged, two before to two after, and a place for the sentence
CENTRE, SENTENCE = 2, 5

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """`linear` and `hidden` have a row for each attribute at each place that weighs something, the first of zeros.

    `linear_rows` and `hidden_rows` give the row of each attribute at each place. A word's scores for the LABELS are
    the sum of its linear rows, and of `output` times what is above zero of the sum of its hidden rows and `bias`.
    """

    lexicon: Lexicon
    attributes: Mapping[str, int]
    linear_rows: NDArray[np.int32]
    hidden_rows: NDArray[np.int32]
    linear: Floats
    hidden: Floats
    bias: Floats
    output: Floats
    transitions: Floats


def load() -> Model:
    """The shipped model. Raises RecognizerUnusable if its bytes are not those of its hash."""
    return unpack(resources.files(__package__).joinpath(FILE).read_bytes(), shipped_hash())


def shipped_hash() -> str:
    """The SHA-256 that the shipped model must have."""
    return resources.files(__package__).joinpath(HASH).read_text(encoding="ascii").split()[0]


def unpack(data: bytes, wanted: str) -> Model:
    """The model in the bytes of a file whose SHA-256 must be `wanted`. Raises RecognizerUnusable."""
    found = hashlib.sha256(data).hexdigest()
    if found != wanted:
        raise RecognizerUnusable(f"the model of the recogniser has SHA-256 {found[:12]}, not {wanted[:12]}; "
                           "install Dateline again, or choose another recogniser with the setting `recognizer`")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        if int(arrays["format"]) != FORMAT:
            raise RecognizerUnusable(f"the model of the recogniser has format {int(arrays['format'])}, not {FORMAT}; "
                               "install Dateline again")
        return _model(arrays)


def _model(arrays: Any) -> Model:
    words = {word: row for row, word in enumerate(_strings(arrays["words"]))}
    attributes = {name: number for number, name in enumerate(_strings(arrays["attributes"]))}
    return Model(
        Lexicon(words, arrays["clusters"], arrays["cases"], arrays["flags"]), attributes,
        _rows(arrays["linear_keys"], len(attributes)), _rows(arrays["hidden_keys"], len(attributes)),
        _weights(arrays["linear"], arrays["linear_factors"]), _weights(arrays["hidden"], arrays["hidden_factors"]),
        arrays["bias"], arrays["output"], with_laws(arrays["transitions"]))


def _strings(data: NDArray[np.uint8]) -> list[str]:
    return data.tobytes().decode("utf-8").split("\n")


def _rows(keys: NDArray[np.int32], attributes: int) -> NDArray[np.int32]:
    """Row numbers by attribute and place, 0 for none, from keys attribute * PLACES + place in the order of the rows."""
    rows = np.zeros(attributes * PLACES, np.int32)
    rows[keys] = np.arange(1, len(keys) + 1)
    return rows.reshape(attributes, PLACES)


def _weights(whole: NDArray[np.int8], factors: NDArray[np.float16]) -> Floats:
    weights = np.zeros((len(whole) + 1, whole.shape[1]), np.float32)
    np.multiply(whole, factors[:, None], out=weights[1:], dtype=np.float32)
    return weights


IMPOSSIBLE = np.float32(-1e4)


def follows(before: str, after: str) -> bool:
    """Whether label `after` may stand after `before`; "O" also stands for the edge of a sentence."""
    if before[0] in "BI":
        return after[0] in "IL" and after[2:] == before[2:]
    return after[0] in "OBU"


def with_laws(transitions: Floats) -> Floats:
    """The transitions, with IMPOSSIBLE where a label cannot follow another."""
    lawful = np.array([[follows(before, after) for after in LABELS] for before in LABELS])
    return np.where(lawful, transitions, IMPOSSIBLE).astype(np.float32)


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """The bytes of a model file with these arrays; the same arrays give the same bytes."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, format=np.int64(FORMAT), **arrays)
    return buffer.getvalue()
