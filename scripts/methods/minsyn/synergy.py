"""What Gaussian factors tell about a variable only together, in closed form.

Every function takes correlations alone: R (m, p) of m factors with each of p variables, and
Rz (m, m) of the factors with each other. It returns one value for each variable, shape (p,),
information in nats, and raises ValueError where no Gaussian variables have these correlations.
"""

import numpy as np
from numpy.typing import NDArray

from methods.linear_corex import mutual_information, witnesses

Array = NDArray[np.float64]


def residual_variance(R: Array, Rz: Array) -> Array:
    """Return the variance of each variable given all factors: Eq. (1)."""
    _check_correlations(R, Rz)
    variance: Array = 1 - np.sum(R * np.linalg.solve(Rz, R), axis=0)
    if not np.all(variance > 0):
        i = int(np.argmin(variance))
        raise ValueError(f"variable {i} would have variance {variance[i]:.3g} given the factors")
    return variance


def information(R: Array, Rz: Array) -> Array:
    """Return what the factors together tell about each variable: Eq. (2)."""
    told: Array = -np.log(residual_variance(R, Rz)) / 2
    return told


def whole_minus_sum(R: Array, Rz: Array) -> Array:
    """Return what all factors tell less the sum of what each does; may be negative: Eq. (3)."""
    surplus: Array = information(R, Rz) - mutual_information(R).sum(axis=0)
    return surplus


def whole_minus_best(R: Array, Rz: Array) -> Array:
    """Return the minimum-mutual-information synergy, all less the best single factor: Eq. (4)."""
    surplus: Array = information(R, Rz) - mutual_information(R).max(axis=0)
    return surplus


def witness_error(R: Array, Rz: Array) -> Array:
    """Return the mean squared error of the guess that takes factors for witnesses: Eq. (7)."""
    _check_correlations(R, Rz)
    B, S = witnesses(R)
    Q = np.sum(B * (Rz @ B), axis=0)
    error: Array = (1 + Q - S**2) / (1 + S) ** 2
    return error


def ci_synergy(R: Array, Rz: Array) -> Array:
    """Return the CI synergy (Nirenberg-Latham), which is never negative: Eq. (8).

    It is the mean divergence from the true distribution of the variable given the factors to
    the one that takes the factors for conditionally independent given the variable.
    """
    error = witness_error(R, Rz)
    claimed = 1 / (1 + witnesses(R)[1])
    divergence: Array = (np.log(claimed / residual_variance(R, Rz)) + error / claimed - 1) / 2
    return divergence


def ci_synergy_free_variance(R: Array, Rz: Array) -> Array:
    """Return the CI synergy where the guess may state the error that it really makes: Eq. (9)."""
    divergence: Array = np.log(witness_error(R, Rz) / residual_variance(R, Rz)) / 2
    return divergence


def _check_correlations(R: Array, Rz: Array) -> None:
    if R.ndim != 2 or Rz.shape != (len(R), len(R)):  # noqa: PLR2004
        raise ValueError(f"R has shape {R.shape} and Rz {Rz.shape}: give (m, p) and (m, m)")
    if not np.all(np.abs(R) < 1):
        raise ValueError("R holds values that are NaN or not between -1 and 1")
    if not (np.allclose(Rz, Rz.T) and np.allclose(np.diag(Rz), 1)):
        raise ValueError(
            "Rz is no correlation matrix: make it symmetric, with ones on its diagonal"
        )
    try:
        np.linalg.cholesky(Rz)
    except np.linalg.LinAlgError:
        raise ValueError("Rz is not positive definite: drop factors that others copy") from None
