"""How far correlations move from one period to the next, and where they leap: Eq. (13).

A correlation matrix is A^T A off its diagonal and 1 on it, so its changes are measured on the
(m, p) loadings A, and no (p, p) matrix is formed.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from methods.tcorex.windows import Array

LEAP = 1.6
"""How many times the median a leap is; where nothing leaps, the largest is about 1.2 times it."""


def correlation_distance(A: Array, other: Array) -> float:
    """Return the Frobenius norm of the difference of two correlation matrices: Eq. (13).

    With D = other - A and S = other + A the difference is (S^T D + D^T S) / 2 off the diagonal;
    equal loadings are at distance 0, without rounding.
    """
    D, S = other - A.astype(np.float64), other + A.astype(np.float64)
    DS = D @ S.T
    whole = (np.sum((S @ S.T) * (D @ D.T)) + np.sum(DS * DS.T)) / 2
    diagonal = np.sum(np.sum(S * D, axis=0) ** 2)
    return float(np.sqrt(max(whole - diagonal, 0.0)))


def change_scores(loadings: Array) -> Array:
    """Return how far neighbouring periods are apart, shape (T - 1,), from loadings (T, m, p)."""
    return np.array([correlation_distance(*pair) for pair in pairwise(loadings)])


def change_points(scores: Array) -> NDArray[np.intp]:
    """Return the t at which correlations leap between periods t and t + 1.

    A leap is a score above its neighbours', and at least ``LEAP`` times the median score.
    """
    if not scores.size:
        return np.empty(0, np.intp)
    around = np.concatenate([[0.0], scores, [0.0]])
    peak = (scores > around[:-2]) & (scores >= around[2:])
    return np.flatnonzero(peak & (scores >= LEAP * np.median(scores)))
