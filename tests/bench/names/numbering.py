"""Words → numbers, in the order in which they come."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.reading import kind

MOST = 1 << 20  # words that can be numbered


class Numbers:
    """Numbers words as they come, those of `first` before all."""

    def __init__(self, first: Sequence[str] = ()) -> None:
        self.ids = {word: number for number, word in enumerate(first)}
        self.kinds = np.zeros(MOST, np.uint8)

    def numbers(self, parts: Sequence[str]) -> NDArray[np.int32]:
        """The number of each part."""
        for part in parts:
            if part not in self.ids:
                self.kinds[len(self.ids)] = kind(part)
                self.ids[part] = len(self.ids)
        return np.fromiter(map(self.ids.__getitem__, parts), np.int32, len(parts))
