"""How the weights are found: L-BFGS in the metric of the data's covariance.

The gradient by the weights is D C, with D in closed form: Eq. (12). Measured by the covariance C
rather than by the identity, the steepest way down is therefore -D. Nothing has to be inverted,
and as W and W C move together along a step, trying another length of it needs no data.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import ArrayLike

from methods.linear_corex.formulas import (
    Array,
    Statistics,
    objective,
    slope,
    statistics_of_moments,
    times_covariance,
)

ANNEALING = (*(0.6**k for k in range(1, 7)), 0.0)
"""The shares of noise, Eq. (2): each level starts from the weights that the last one found."""

_MEMORY = 5  # steps that tell the curvature
_ENOUGH = 1e-4  # of the decrease that the slope promises
_HALVINGS = 20  # after so many, the digits are spent

Product = Callable[[Array], Array]


class _Point(NamedTuple):
    """Where the descent is; pairs have shape (2, m, p), the second product C times the first."""

    place: Array
    """W and W C."""
    statistics: Statistics
    value: float
    """The objective."""


class _Step(NamedTuple):
    """A step that was taken, and how it bent the slope; both are pairs as in ``_Point``.

    The inner products of the bend with the step and with itself are ``curvature`` and ``length``.
    """

    move: Array
    bend: Array
    curvature: float
    length: float


def fit_weights(
    x: Array, start: Array, *, max_iter: int, tol: float, own: Array | float = 0.0
) -> tuple[Array, int]:
    """Return weights (m, p) that minimise Eq. (8), annealed along Eq. (2), and the steps taken.

    Each share of noise gets at most ``max_iter`` steps, and fewer where two in a row gain less
    than ``tol`` of the objective's size; a single one may gain little on the way past a saddle.
    Levels with noise only find where the next one starts, so they compute in single precision.
    ``own`` is as in ``times_covariance``.
    """
    multiply, W, taken = _multiplier(_single(x), _single(own)), _single(start), 0
    for eps in ANNEALING[:-1]:
        W, steps = _descend(W, partial(multiply, eps), max_iter=max_iter, tol=tol)
        taken += steps
    W, steps = refine_weights(x, W.astype(np.float64), max_iter=max_iter, tol=tol, own=own)
    return W, taken + steps


def refine_weights(
    x: Array, start: Array, *, max_iter: int, tol: float, own: Array | float = 0.0
) -> tuple[Array, int]:
    """Return the weights that the last level of ``fit_weights`` finds, the one without noise."""
    multiply = _multiplier(x, np.asarray(own))
    return _descend(start, partial(multiply, ANNEALING[-1]), max_iter=max_iter, tol=tol)


def _single(values: ArrayLike) -> Array:
    """Return the values in single precision, which all formulas keep."""
    return cast("Array", np.asarray(values, np.float32))


def _multiplier(x: Array, own: Array) -> Callable[[float, Array], Array]:
    """Return the quicker way to multiply weights by the covariance with a share of noise."""
    n_samples, n_variables = x.shape
    if n_variables >= 2 * n_samples:
        return lambda eps, V: times_covariance(V, x, eps, own)
    C = x.T @ x / n_samples
    C[np.diag_indices(n_variables)] += own
    return lambda eps, V: (1 - eps**2) * (V @ C) + eps**2 * V


def _descend(W: Array, product: Product, *, max_iter: int, tol: float) -> tuple[Array, int]:
    """Return the weights where one level ends, and the steps taken."""
    here = _look(np.stack([W, product(W)]))
    slopes = _slopes(here, product)
    memory: deque[_Step] = deque(maxlen=_MEMORY)
    last_gain = np.inf
    taken = 0
    while taken < max_iter:
        taken += 1
        direction = way_down(slopes, memory)
        there = _search(here, direction, promise=_inner(direction, slopes))
        if there is None:
            break
        gain = here.value - there.value
        if gain + last_gain < tol * abs(there.value):
            here = there
            break
        found = _slopes(there, product)
        remember(memory, there.place - here.place, found - slopes)
        here, slopes, last_gain = there, found, gain
    return here.place[0], taken


def _look(place: Array) -> _Point:
    """Return what the formulas say of a place."""
    s = statistics_of_moments(*place)
    return _Point(place, s, objective(s))


def _slopes(point: _Point, product: Product) -> Array:
    """Return D and the gradient D C at a point: Eq. (12)."""
    D = slope(point.statistics, point.place[0])
    return np.stack([D, product(D)])


def _inner(one: Array, other: Array) -> float:
    """Return the inner product of two pairs in the metric of C."""
    return float(np.vdot(one[0], other[1]))


def way_down(slopes: Array, memory: deque[_Step]) -> Array:
    """Return the way down that the last steps advise: the two loops of L-BFGS."""
    way, shares = -slopes, []
    for step in reversed(memory):
        shares.append(_inner(step.move, way) / step.curvature)
        way -= shares[-1] * step.bend
    if memory:
        way *= memory[-1].curvature / memory[-1].length
    for step, share in zip(memory, reversed(shares), strict=True):
        way += (share - _inner(step.bend, way) / step.curvature) * step.move
    return way


def _search(here: _Point, direction: Array, *, promise: float) -> _Point | None:
    """Return the first point that is low enough, halving the step, or None if there is none."""
    length = 1.0
    for _ in range(_HALVINGS if promise < 0 else 0):
        with np.errstate(all="ignore"):  # too long a step may overflow, and is not low enough
            there = _look(here.place + length * direction)
        if np.isfinite(there.value) and there.value <= here.value + _ENOUGH * length * promise:
            return there
        length /= 2
    return None


def remember(memory: deque[_Step], move: Array, bend: Array) -> None:
    """Keep a step that shows positive curvature; L-BFGS can use no other.

    Of the smallest steps single precision shows none, or no length.
    """
    curvature, length = _inner(move, bend), _inner(bend, bend)
    if curvature > 0 and length > 0:
        memory.append(_Step(move, bend, curvature, length))
