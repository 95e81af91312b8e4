"""Sizes that data alike share, so that JAX compiles once for them, as for folds of one table."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS = 256, 4
_SHARE = 64


def coarse(count: int, least: int) -> int:
    """Return the next multiple of ``least``, or of a 64th of what is many times that."""
    step = max(least, 1 << max(0, (count // _SHARE).bit_length() - 1))
    return -(-count // step) * step


def grown(table: NDArray[Any], *shape: int) -> NDArray[Any]:
    """Return an array in one of another shape, the same or larger, with zeros around it."""
    if table.shape == shape:
        return table
    larger = np.zeros(shape, table.dtype)
    larger[tuple(slice(n) for n in table.shape)] = table
    return larger
