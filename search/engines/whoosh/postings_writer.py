"""From sorted postings to a field's inverted index, as packed arrays; `postings` says what they are and reads them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array, ArrayWriter
from search.engines.whoosh.building import Inverted
from search.engines.whoosh.compression import compressed_codes
from search.engines.whoosh.kernels import Kernels
from search.engines.whoosh.packing import BLOCK, SLACK, TF_BITS, RisingWriter, SmallWriter, write_strings
from search.engines.whoosh.postings import LENGTHS

CODE_BITS = np.array([0, 0, 1, *[2] * 2, *[4] * 12, *[8] * 240], np.uint8)  # by number of forms

GROWING = {"base": np.uint32, "width": np.uint8, "deltas": np.uint8, "places": np.uint8,
           "places.width": np.uint8, "places.at": np.uint32, "places.value": np.uint32, "bits": np.uint8,
           "forms.count": np.uint16, "codes": np.uint8}  # arrays, run by run
RISING = ("df", "occurrences", "escaped", "coded")  # what each term or block has more of than those before it


def length_codes(lengths: Array) -> NDArray[np.uint8]:
    """Field lengths as Whoosh stores them, in one byte: rounded up."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Forms:
    """The exact words of a field, sorted: the term of each and its code there."""

    words: Sequence[bytes]
    terms: Array
    codes: Array


class FieldWriter:
    """Writes the inverted index of a field, run by run of consecutive terms."""

    def __init__(self, out: ArrayWriter, name: str, lengths: Array, kernels: Kernels) -> None:
        self._out, self._name, self._kernels = out, name, kernels
        out.put(f"{name}.lengths", lengths.astype(np.uint16 if lengths.max(initial=0) < 65_536 else np.uint32))
        out.put(f"{name}.norms", length_codes(lengths))
        out.remembered[name] = {"tokens": int(lengths.sum())}
        self._tf = SmallWriter(out, f"{name}.tf", TF_BITS)
        self._places = 0
        self._rising = {ending: RisingWriter(out, f"{name}.{ending}") for ending in RISING}
        for ending, dtype in GROWING.items():
            out.append(f"{name}.{ending}", np.empty(0, dtype))

    def append(self, run: Inverted, forms: Array) -> None:
        """Adds the postings of the terms that follow, which have so many forms each."""
        df, docs, tf, places, codes = run
        blocks = -(-df // BLOCK)
        first = df.cumsum() - df
        within = np.arange(blocks.sum()) - np.repeat(blocks.cumsum() - blocks, blocks)
        starts = np.repeat(first, blocks) + within * BLOCK
        width, deltas = self._kernels.pack_docs(docs, starts)
        each = np.add.reduceat(tf, starts, dtype=np.intp) if len(starts) else starts
        bits = CODE_BITS[forms]
        occurrences = np.add.reduceat(each, blocks.cumsum() - blocks) if len(blocks) else blocks
        for ending, steps in (("df", df), ("occurrences", each), ("escaped", self._tf.append(tf - 1, starts))):
            self._rising[ending].append(steps)
        self._append("base", docs[starts])
        self._append("width", width)
        self._append("deltas", deltas.data)
        packed_places = self._kernels.pack_places(places, tf, occurrences)
        self._append("places", packed_places.data)
        self._append("places.width", packed_places.width)
        self._append("places.at", packed_places.escaped + self._places)
        self._append("places.value", packed_places.values)
        self._places += len(places)
        self._append("bits", bits)
        self._append("forms.count", forms)
        sizes, packed = compressed_codes(self._kernels.pack_codes(codes, bits, occurrences))
        self._rising["coded"].append(sizes)
        self._append("codes", packed)

    def _append(self, ending: str, array: Array) -> None:
        self._out.append(f"{self._name}.{ending}", array.astype(GROWING[ending]))

    def finish(self, terms: Sequence[bytes], forms: Forms | None) -> None:
        """Ends the field with its terms, and the forms of them where it has any."""
        out, name = self._out, self._name
        out.append(f"{name}.deltas", np.zeros(SLACK, np.uint8))
        out.append(f"{name}.places", np.zeros(1, np.uint8))  # so that there is a byte behind the last
        self._tf.finish()
        write_strings(out, f"{name}.terms", terms)
        if forms is not None:
            write_strings(out, f"{name}.forms", forms.words)
            out.put(f"{name}.forms.term", forms.terms.astype(np.uint32))
            out.put(f"{name}.forms.code", forms.codes.astype(np.uint8))
