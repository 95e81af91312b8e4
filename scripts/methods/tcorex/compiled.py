"""Loops of the fit that numba compiles: many small passes over a block in one.

They give what ``objective.evidence``, ``objective.judgement`` and ``Walker.step`` give, up to
rounding. To compile takes seconds, so only large fits call them, and only where numba is.
"""

from typing import Any

import numpy as np
from numba import njit

from methods.tcorex.windows import Array

_compiled: Any = njit(nogil=True, fastmath={"nnan", "nsz", "contract", "reassoc", "arcp"})
_CHUNK = 128
"""Variables whose rows stay in the nearest cache."""


@_compiled
def evidence(R: Array, largest: float) -> tuple[Array, Array]:
    """Return A (m, b) and 1 + S (b,) of Eq. (7) for correlations R (m, b), which are clipped."""
    m, b = R.shape
    A, S1 = np.empty_like(R), np.ones(b, R.dtype)
    top, one = R.dtype.type(largest), R.dtype.type(1)
    for first in range(0, b, _CHUNK):
        last = min(first + _CHUNK, b)
        for j in range(m):
            for i in range(first, last):
                r = min(max(R[j, i], -top), top)
                weight = r / (one - r * r)
                A[j, i] = weight
                S1[i] += r * weight
        for j in range(m):
            for i in range(first, last):
                A[j, i] /= S1[i]
    return A, S1
