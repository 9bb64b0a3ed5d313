"""The packed codes of terms, compressed where there are many, and back.

What is compressed is shorter than what it was made of; that tells one from the other.
"""

import numpy as np
import zstandard
from numpy.typing import NDArray

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.building import Packed

MANY = 64  # bytes of a term below which compression hardly pays
LEVEL = 1
PLAIN = zstandard.ZstdCompressionParameters.from_level(
    LEVEL, format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_content_size=False)


def compressed_codes(codes: Packed) -> tuple[Array, NDArray[np.uint8]]:
    """How many bytes the codes of each term take, and all of them."""
    sizes = np.diff(codes.at, append=len(codes.data))
    compressor = zstandard.ZstdCompressor(compression_params=PLAIN)
    pieces, reached = [], 0
    for term in np.flatnonzero(sizes >= MANY).tolist():
        start, size = int(codes.at[term]), int(sizes[term])
        short = compressor.compress(codes.data[start:start + size].tobytes())
        if len(short) < size:
            pieces += [codes.data[reached:start], np.frombuffer(short, np.uint8)]
            reached, sizes[term] = start + size, len(short)
    return sizes, np.concatenate((*pieces, codes.data[reached:]))


def expanded_codes(codes: Array, bounds: Array, sizes: Array) -> Array:
    """The codes of terms that stand between `bounds`, packed as they were: so many bytes for each term."""
    stored = np.diff(bounds.astype(np.intp))
    decompressor = zstandard.ZstdDecompressor(format=zstandard.FORMAT_ZSTD1_MAGICLESS)
    pieces, reached = [], int(bounds[0])
    for term in np.flatnonzero(stored < sizes).tolist():
        start, stop = int(bounds[term]), int(bounds[term + 1])
        plain = decompressor.decompress(codes[start:stop].tobytes(), max_output_size=int(sizes[term]))
        pieces += [codes[reached:start], np.frombuffer(plain, np.uint8)]
        reached = stop
    return np.concatenate((*pieces, codes[reached:int(bounds[-1])]))
