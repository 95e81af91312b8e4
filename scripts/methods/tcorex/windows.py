"""What a period sees of the others: the weights of samples, and data standardised with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Real numbers: 32-bit where the data are, else 64-bit."""

_SMALLEST_WEIGHT = 1e-2  # of a sample beside one of the period itself; less is nothing
_PERIODS_AT_ONCE = 5  # share one matrix product; more would multiply more zeros


@dataclass(frozen=True)
class Band:
    """Neighbouring periods, and all samples that any of them sees."""

    periods: slice
    rows: slice


@dataclass(frozen=True)
class Windows:
    """Which of the N samples belong to each of the T periods, and what they weigh for others."""

    own: tuple[slice, ...]
    """The rows of each period."""
    weights: Array
    """How much each sample counts in each period, shape (N, T); columns sum to 1: Eq. (2)."""
    bands: tuple[Band, ...]
    """All periods, a few at a time."""
    weighted: bool = True
    """Whether a period is judged by all that it sees, not by its own samples alone."""
    floor: float = 2e-4
    """The least share of its variance that a variable keeps from any one factor."""

    @property
    def largest(self) -> float:
        """The largest correlation of a factor and a variable, from 0 to below 1."""
        return float(np.sqrt(1 - self.floor))

    @property
    def judges(self) -> Iterator[tuple[slice, Array]]:
        """The rows that judge each period, and what each of them weighs: Eq. (4)."""
        if self.weighted:
            return ((slice(None), weights) for weights in self.weights.T)
        lengths = (rows.stop - rows.start for rows in self.own)
        equal = (np.full(n, 1 / n, self.weights.dtype) for n in lengths)
        return zip(self.own, equal, strict=True)


def make_windows(  # noqa: PLR0913  one for each choice
    lengths: Sequence[int],
    *,
    gamma: float,
    reach: int | None = None,
    weighted: bool = True,
    floor: float = 2e-4,
    dtype: Any = np.float64,
) -> Windows:
    """Return the windows of periods with so many samples: Eq. (2).

    Neighbours at distance k count gamma^k, and nothing where that is less than a hundredth or k
    is more than ``reach``.
    """
    ends = np.cumsum(lengths)
    own = tuple(slice(int(e - n), int(e)) for e, n in zip(ends, lengths, strict=True))
    periods = np.arange(len(own))
    distance = np.abs(np.repeat(periods, lengths)[:, None] - periods)
    weights = float(gamma) ** distance
    weights[(weights < _SMALLEST_WEIGHT) | (distance > (len(own) if reach is None else reach))] = 0
    weights /= weights.sum(axis=0)
    bands = []
    for first in range(0, len(own), _PERIODS_AT_ONCE):
        some = slice(first, min(first + _PERIODS_AT_ONCE, len(own)))
        seen = np.flatnonzero(weights[:, some].any(axis=1))
        bands.append(Band(some, slice(int(seen[0]), int(seen[-1]) + 1)))
    return Windows(own, weights.astype(dtype), tuple(bands), weighted, floor)


def standardise(X: Array, windows: Windows) -> tuple[Array, Array, Array]:
    """Return samples X (N, p) in the units of their own periods, with means and deviations (T, p).

    The mean and the variance of a period are those of its window, Eq. (3); a variable that is
    constant there has deviation 0, and is not scaled.
    """
    centre = X.mean(axis=0, dtype=np.float64)
    centred = X - centre
    weights = windows.weights.astype(np.float64)
    mean = weights.T @ centred  # Eq. (3)
    scale = np.sqrt(np.maximum(weights.T @ centred**2 - mean**2, 0))
    scale[_constant(X, windows)] = 0
    for rows, shift, unit in zip(windows.own, mean, scale, strict=True):
        centred[rows] -= shift
        centred[rows] /= np.where(unit > 0, unit, 1)
    return centred.astype(windows.weights.dtype), mean + centre, scale


def _constant(X: Array, windows: Windows) -> NDArray[np.bool_]:
    """Return for each period and variable, shape (T, p), whether its window holds one value."""
    starts = [rows.start for rows in windows.own]
    sees = windows.weights[starts].T > 0
    low, high = np.minimum.reduceat(X, starts, axis=0), np.maximum.reduceat(X, starts, axis=0)
    return np.array([low[seen].min(axis=0) == high[seen].max(axis=0) for seen in sees])
