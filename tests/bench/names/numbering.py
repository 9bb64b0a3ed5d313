"""Words → numbers, in the order in which they come."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.enrich.entities.tagger.reading import bare, kind

MOST = 1 << 20  # words that can be numbered


class Numbers:
    """Numbers words as they come, those of `first` before all."""

    def __init__(self, first: Sequence[str] = ()) -> None:
        self.words = list(first)
        self.ids = {word: number for number, word in enumerate(first)}
        self.kinds = np.zeros(MOST, np.uint8)

    def numbers(self, parts: Sequence[str]) -> NDArray[np.int32]:
        """The number of each part, with or without a space before it."""
        for part in parts:
            if part not in self.ids:
                word = bare(part)
                if word not in self.ids:
                    self.kinds[len(self.words)] = kind(word)
                    self.ids[word] = len(self.words)
                    self.words.append(word)
                self.ids[part] = self.ids[word]
        return np.fromiter(map(self.ids.__getitem__, parts), np.int32, len(parts))
