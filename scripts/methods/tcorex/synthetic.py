"""Synthetic data whose covariance changes once: groups stay, and all else is drawn anew."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from methods.tcorex.covariance import Covariance
from methods.tcorex.windows import Array


def draw_covariance(rng: np.random.Generator, *, n_variables: int, n_groups: int) -> Covariance:
    """Return a covariance in which every variable follows the one factor of its group.

    Signal-to-noise ratios are uniform on [0, 5], signs are fair coins, and deviations are uniform
    on [0.25, 4]. Groups are of equal size, up to rounding, and keep the order of the variables.
    """
    snr = rng.uniform(0, 5, n_variables)
    sign = rng.choice([-1.0, 1.0], n_variables)
    groups = np.arange(n_variables) * n_groups // n_variables
    own = groups == np.arange(n_groups)[:, None]
    return Covariance(own * sign * np.sqrt(snr / (1 + snr)), rng.uniform(0.25, 4, n_variables))


def draw_sudden_change(
    rng: np.random.Generator, *, n_periods: int, n_variables: int, n_groups: int
) -> list[Covariance]:
    """Return the covariance of each period: one for the first half, another for the second."""
    halves = [draw_covariance(rng, n_variables=n_variables, n_groups=n_groups) for _ in range(2)]
    return [halves[2 * t // n_periods] for t in range(n_periods)]


def draw_samples(
    rng: np.random.Generator, covariances: Sequence[Covariance], n_samples: int, dtype: Any = float
) -> list[Array]:
    """Return so many samples (n_samples, p) of each period, Gaussian and with mean 0."""
    return [_draw(rng, one, n_samples, dtype) for one in covariances]


def _draw(rng: np.random.Generator, truth: Covariance, n_samples: int, dtype: Any) -> Array:
    A = truth.loadings.astype(dtype)
    X = rng.standard_normal((n_samples, A.shape[1]), dtype=dtype)
    X *= np.sqrt(1 - np.sum(A**2, axis=0))
    X += rng.standard_normal((n_samples, len(A)), dtype=dtype) @ A
    X *= truth.scale.astype(dtype)
    return X
