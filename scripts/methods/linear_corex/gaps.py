"""Values that were not seen: filled in from the model, in turns with the fit."""

import numpy as np

from methods.linear_corex.formulas import (
    Array,
    Statistics,
    factor_precision,
    loadings,
    own_variance,
    statistics,
    total_correlation_bound,
)
from methods.linear_corex.optimiser import fit_weights, refine_weights

_ROUNDS = 20  # at most
_SETTLED = 0.005  # a change of the total correlation explained, as a share of it


def fit_weights_with_gaps(
    x: Array, start: Array, *, max_iter: int, tol: float
) -> tuple[Array, Statistics, int]:
    """Return weights (m, p) for standardised samples x (n, p) with NaN, what they give, and steps.

    At first each gap is at the mean 0 with all its variance of 1 unexplained. The model that is
    fitted to that knows better, and so on: expectation and maximisation, but that covariances
    between two gaps of one sample are left out. Without gaps it is ``fit_weights``.
    """
    gaps = np.isnan(x)
    filled, own = np.where(gaps, 0.0, x), gaps.mean(axis=0)
    W, taken = fit_weights(filled, start, max_iter=max_iter, tol=tol, own=own)
    s = statistics(W, filled, own=own)
    for _ in range(_ROUNDS if gaps.any() else 0):
        filled, variance = fill_in(x, loadings(s.B, s.S))
        filled, own = _at_unit_variance(filled, variance.mean(axis=0))
        W, steps = refine_weights(filled, W, max_iter=max_iter, tol=tol, own=own)
        taken += steps
        before, s = s, statistics(W, filled, own=own)
        told = total_correlation_bound(s)
        if abs(told - total_correlation_bound(before)) <= _SETTLED * told:
            break
    return W, s, taken


def fill_in(x: Array, A: Array) -> tuple[Array, Array]:
    """Return samples (n, p) with each NaN at its mean given the values seen, and the variances.

    The model is Eq. (10) for standardised variables. The variances (n, p) are those given the
    values seen: 0 for these.
    """
    own = own_variance(A)
    filled, variance = x.copy(), np.zeros_like(x)
    for row, (values, gap) in enumerate(zip(x, np.isnan(x), strict=True)):
        seen, lost = A[:, ~gap], A[:, gap]
        precision = factor_precision(seen, own[~gap])
        factors = np.linalg.solve(precision, (seen / own[~gap]) @ values[~gap])
        filled[row, gap] = factors @ lost
        variance[row, gap] = own[gap] + np.sum(lost * np.linalg.solve(precision, lost), axis=0)
    return filled, variance


def _at_unit_variance(filled: Array, own: Array) -> tuple[Array, Array]:
    """Return both so scaled that they add up to variance 1 for each variable, as for Eq. (7)."""
    power = np.mean(filled**2, axis=0) + own
    return filled / np.sqrt(power), own / power
