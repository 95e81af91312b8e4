"""Synthetic samples of variables that move in groups, to try methods on."""

import numpy as np

from methods.linear_corex.formulas import Array, Labels


def draw_loadings(
    rng: np.random.Generator, *, n_variables: int, n_groups: int, extra_parents: float = 0.1
) -> tuple[Array, Labels]:
    """Return loadings (n_groups, n_variables) with columns of length 1, and each variable's group.

    A variable hears the factor of its group and, on average, ``extra_parents`` others at half
    that power. Signs are fair coins; ``np.abs`` of the loadings is the all-positive design.
    """
    groups = np.arange(n_variables) * n_groups // n_variables
    own = groups == np.arange(n_groups)[:, None]
    extra = ~own & (rng.random(own.shape) < extra_parents / max(n_groups - 1, 1))
    power = 2.0 * own + extra
    sign = rng.choice([-1.0, 1.0], size=own.shape)
    return sign * np.sqrt(power / power.sum(axis=0)), groups


def sample_variables(
    rng: np.random.Generator, unit_loadings: Array, *, n_samples: int, snr: float | Array = 0.1
) -> Array:
    """Return samples (n_samples, n_variables) of variables with variance 1, driven by factors.

    ``unit_loadings`` is as ``draw_loadings`` returns it; a share snr / (1 + snr) of each
    variance is the factors' and the rest is independent noise. Variables may have their own
    ``snr``, of shape (n_variables,).
    """
    n_groups, n_variables = unit_loadings.shape
    signal = snr / (1 + snr)
    factors = rng.standard_normal((n_samples, n_groups))
    noise = rng.standard_normal((n_samples, n_variables))
    X: Array = factors @ unit_loadings * np.sqrt(signal) + noise * np.sqrt(1 - signal)
    return X
