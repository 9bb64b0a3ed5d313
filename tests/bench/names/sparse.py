"""A matrix that is mostly zeros, and its products with narrow matrices."""

from dataclasses import dataclass
from typing import Self

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sparse:
    """Values by rows: those of row i, and their columns, are at begins[i] to begins[i + 1]."""

    begins: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Floats
    shape: tuple[int, int]

    @classmethod
    def of(cls, rows: NDArray[np.int64], columns: NDArray[np.int64], values: Floats, shape: tuple[int, int]) -> Self:
        """The matrix with values at rows and columns."""
        order = np.argsort(rows, kind="stable")
        begins = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=shape[0]))))
        return cls(begins, columns[order], values[order], shape)

    def times(self, right: Floats) -> Floats:
        """This matrix times a dense one."""
        out = np.zeros((self.shape[0], right.shape[1]), np.float32)
        _gather(self.begins, self.columns, self.values, right, out)
        return out

    def transposed_times(self, right: Floats) -> Floats:
        """The transpose of this matrix times a dense one."""
        out = np.zeros((self.shape[1], right.shape[1]), np.float32)
        _scatter(self.begins, self.columns, self.values, right, out)
        return out


@numba.njit()
def _gather(begins: NDArray[np.int64], columns: NDArray[np.int64], values: Floats, right: Floats, out: Floats) -> None:
    for row in range(len(begins) - 1):
        for at in range(begins[row], begins[row + 1]):
            out[row] += values[at] * right[columns[at]]


@numba.njit()
def _scatter(begins: NDArray[np.int64], columns: NDArray[np.int64], values: Floats, right: Floats, out: Floats) -> None:
    for row in range(len(begins) - 1):
        for at in range(begins[row], begins[row + 1]):
            out[columns[at]] += values[at] * right[row]
