"""A covariance of very many variables, as few numbers as it is made of."""

from dataclasses import dataclass

import numpy as np

from methods import linear_corex
from methods.tcorex.windows import Array


@dataclass(frozen=True)
class Covariance:
    """The covariance of one period, as low rank plus a diagonal: Eq. (12)."""

    loadings: Array
    """How each variable follows the factors, shape (m, p)."""
    scale: Array
    """Deviations of the variables, shape (p,)."""

    @property
    def low_rank(self) -> Array:
        """The factors' part: F (m, p), where the covariance is F^T F plus a diagonal."""
        return self.loadings * self.scale

    @property
    def diagonal(self) -> Array:
        """The variables' own part, shape (p,)."""
        own: Array = linear_corex.own_variance(self.loadings) * self.scale**2
        return own

    def dense(self) -> Array:
        """Return the whole matrix, shape (p, p)."""
        return linear_corex.covariance(self.loadings, self.scale)

    def log_likelihood(self, centred: Array) -> Array:
        """Return the log-density (n,) in nats of samples (n, p) whose means are taken off."""
        each = linear_corex.log_likelihood(centred / self.scale, self.loadings)
        density: Array = each - np.log(self.scale).sum()
        return density
