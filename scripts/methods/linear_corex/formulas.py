"""Linear CorEx, formula by formula: from weights to the objective, its slope and the covariance.

Ver Steeg, Harutyunyan, Moyer and Galstyan, "Fast structure learning with modular
regularization", NeurIPS 2019, arXiv 1706.03353. Equation numbers are those of
notebooks/linear_corex.ipynb; logarithms are natural, so information is in nats.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.intp]

_LARGEST_CORRELATION = 0.9999  # past this, 1 - R^2 in Eq. (5) loses its digits


@dataclass(frozen=True)
class Statistics:
    """What the objective needs to know of a weight matrix, with m factors and p variables."""

    M: Array
    """Covariances of variables and factors, shape (m, p)."""
    G: Array
    """Covariances of the factors before their unit noise, shape (m, m)."""
    z2: Array
    """Variances of the factors, shape (m,)."""
    R: Array
    """Correlations of variables and factors, shape (m, p)."""
    Rz: Array
    """Correlations of the factors with each other, shape (m, m)."""
    B: Array
    """Weights of the factors as independent witnesses of a variable, shape (m, p)."""
    S: Array
    """Summed signal-to-noise ratios of the witnesses of each variable, shape (p,)."""
    Q: Array
    """Variances of the weighted sums of witnesses, shape (p,)."""


def standardise(X: ArrayLike, *, missing: bool = False) -> tuple[Array, Array, Array]:
    """Return the columns of X at mean 0 and variance 1, with their means and deviations.

    X has shape (n_samples, n_variables); deviations divide by the number of values, so that
    every variance is exactly 1. With ``missing``, NaN stays NaN and counts for nothing.
    Raise ValueError where X is no such table, holds infinity or, without ``missing``, NaN, or
    has a constant column, which no scale brings to variance 1.
    """
    table = np.asarray(X, dtype=np.float64)
    check_table(table, missing=missing)
    constant = constant_columns(table)
    if constant.size:
        raise ValueError(f"X has constant columns {constant.tolist()}: drop them before the fit")
    mean, scale = np.nanmean(table, axis=0), np.nanstd(table, axis=0)
    return (table - mean) / scale, mean, scale


def times_covariance(V: Array, x: Array, eps: float = 0.0, own: Array | float = 0.0) -> Array:
    """Return V times the annealed covariance of x, shape (m, p), without forming it: Eq. (2).

    V has shape (m, p), standardised x (n, p); eps in [0, 1] is the share of noise. ``own`` (p,)
    is variance that the variables have beside what x shows, where values are filled in.
    """
    seen = ((1 - eps**2) / len(x) * (x @ V.T).T) @ x
    beside = (1 - eps**2) * own + eps**2
    return seen + beside * V if np.any(beside) else seen


def statistics(W: Array, x: Array, eps: float = 0.0, own: Array | float = 0.0) -> Statistics:
    """Return Eqs. (3) to (5), and Q, for weights W (m, p) and standardised samples x (n, p)."""
    return statistics_of_moments(W, times_covariance(W, x, eps, own))


def statistics_of_moments(W: Array, M: Array) -> Statistics:
    """Return Eqs. (3) to (5), and Q, of weights W and their product M with a covariance, (m, p)."""
    G = M @ W.T  # Eq. (3)
    z2 = np.diag(G) + 1
    R = correlations(M, z2)
    Rz = factor_correlations(G, z2)
    B, S = witnesses(R)
    Q = np.einsum("ji,ji->i", B, Rz @ B)
    return Statistics(M=M, G=G, z2=z2, R=R, Rz=Rz, B=B, S=S, Q=Q)


def correlations(M: Array, z2: Array) -> Array:
    """Return the correlation of each factor with each variable, shape (m, p): Eq. (4)."""
    R: Array = M / np.sqrt(z2)[:, None]
    return np.clip(R, -_LARGEST_CORRELATION, _LARGEST_CORRELATION)


def factor_correlations(G: Array, z2: Array) -> Array:
    """Return the correlations of the factors with each other, shape (m, m): Eq. (4)."""
    deviation = np.sqrt(z2)
    Rz: Array = G / np.outer(deviation, deviation)
    np.fill_diagonal(Rz, 1.0)
    return Rz


def witnesses(R: Array) -> tuple[Array, Array]:
    """Return the weights B (m, p) of the witnesses and their summed ratios S (p,): Eq. (5)."""
    B = R / (1 - R**2)
    return B, np.sum(R * B, axis=0)


def loadings(B: Array, S: Array) -> Array:
    """Return A (m, p), which predicts variables from factors of unit variance: Eq. (6)."""
    return B / (1 + S)


def residual_variance(s: Statistics) -> Array:
    """Return the mean squared error of predicting each variable, shape (p,): Eq. (7)."""
    return (1 + s.Q - s.S**2) / (1 + s.S) ** 2


def objective(s: Statistics) -> float:
    """Return a bound of TC(X|Z) + TC(Z), less TC(X), in nats; less is better: Eq. (8)."""
    return float(np.log(residual_variance(s)).sum() + np.log(s.z2).sum()) / 2


def total_correlation_bound(s: Statistics) -> float:
    """Return how much total correlation of X the factors explain, in nats: Eq. (9)."""
    explained = np.log1p(s.S) - np.log1p(s.Q - s.S**2) / 2
    noise_share = 1 / s.z2
    return float(explained.sum() + np.log(noise_share).sum() / 2)


def slope(s: Statistics, W: Array) -> Array:
    """Return D (m, p), which times the annealed covariance is the gradient: Eq. (12)."""
    dM, dG = _gradient_by_moments(s)
    return dM + 2 * dG @ W


def gradient(s: Statistics, x: Array, eps: float = 0.0, own: Array | float = 0.0) -> Array:
    """Return the derivative of Eq. (8) by the weights, shape (m, p), taken back through Eq. (3)."""
    dM, dG = _gradient_by_moments(s)
    dW: Array = times_covariance(dM, x, eps, own) + 2 * dG @ s.M
    return dW


def covariance(A: Array, scale: Array) -> Array:
    """Return the model's covariance (p, p) of variables with deviations ``scale``: Eq. (10)."""
    correlation = A.T @ A
    np.fill_diagonal(correlation, 1.0)
    return correlation * np.outer(scale, scale)


def own_variance(A: Array) -> Array:
    """Return what the factors leave of each variable's unit variance, shape (p,): Eq. (10)."""
    own: Array = 1 - np.einsum("ji,ji->i", A, A)
    return own


def factor_precision(A: Array, own: Array) -> Array:
    """Return the inverse covariance (m, m) of factors, given variables with loadings A (m, p)."""
    return np.eye(len(A)) + (A / own) @ A.T


def log_likelihood(x: Array, A: Array) -> Array:
    """Return the Gaussian log-density (n,) in nats of standardised samples x (n, p) under Eq. (10).

    The model is a diagonal plus a matrix of rank m, so by the matrix inversion lemma only an
    (m, m) system is solved. Of a sample with NaN, it is the density of the values that are seen.
    """
    seen = ~np.isnan(x)
    if not seen.all():
        rows = (log_likelihood(row[None, s], A[:, s])[0] for row, s in zip(x, seen, strict=True))
        return np.fromiter(rows, np.float64, len(x))
    own = own_variance(A)
    root = np.linalg.cholesky(factor_precision(A, own))
    found = np.linalg.solve(root, (A / own) @ x.T)
    distance = np.sum(x**2 / own, axis=1) - np.sum(found**2, axis=0)
    log_determinant = np.log(own).sum() + 2 * np.log(np.diag(root)).sum()
    density: Array = -(distance + log_determinant + x.shape[1] * np.log(2 * np.pi)) / 2
    return density


def mutual_information(R: Array) -> Array:
    """Return the information between each factor and variable in nats, shape (m, p): Eq. (11)."""
    information: Array = -np.log1p(-(R**2)) / 2
    return information


def cluster_labels(information: Array) -> Labels:
    """Return the factor that tells most about each variable, shape (p,): Eq. (11)."""
    labels: Labels = np.argmax(information, axis=0)
    return labels


def check_table(table: Array, *, missing: bool = False) -> None:
    """Raise ValueError unless the table is one to fit: finite, or NaN with ``missing``."""
    check_values(table, missing=missing)
    if len(table) < 2:  # noqa: PLR2004
        raise ValueError(f"X has {len(table)} samples: give at least two")


def check_values(table: Array, *, missing: bool = False) -> None:
    """Raise ValueError unless the table has two dimensions and values that can be used."""
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"X has {table.ndim} dimensions: give it two, samples by variables")
    bad = np.isinf(table) if missing else ~np.isfinite(table)
    count = np.count_nonzero(bad)
    if count:
        what = "infinite: drop them" if missing else "NaN or infinite: impute or drop them"
        raise ValueError(f"X holds {count} values that are {what}")


def constant_columns(table: Array) -> Labels:
    """Return the indices of columns that hold fewer than two different values beside NaN."""
    low = np.min(table, axis=0, where=~np.isnan(table), initial=np.inf)
    high = np.max(table, axis=0, where=~np.isnan(table), initial=-np.inf)
    return np.flatnonzero(low >= high)


def _gradient_by_moments(s: Statistics) -> tuple[Array, Array]:
    """Return the derivatives of Eq. (8) by M (m, p) and by G (m, m)."""
    dR, dRz = _gradient_by_correlations(s)
    deviation = np.sqrt(s.z2)
    dz2 = (1 - np.einsum("ji,ji->j", dR, s.R)) / 2 - np.sum(dRz * s.Rz, axis=1)
    dG = dRz / np.outer(deviation, deviation) + np.diag(dz2 / s.z2)
    return dR / deviation[:, None], dG


def _gradient_by_correlations(s: Statistics) -> tuple[Array, Array]:
    """Return the derivatives of Eq. (8) by R (m, p) and by the off-diagonal of Rz (m, m)."""
    spread = 1 + s.Q - s.S**2
    dB = s.Rz @ s.B / spread
    dS = -s.S / spread - 1 / (1 + s.S)
    dR = (dB * (1 + s.R**2) + 2 * dS * s.R) / (1 - s.R**2) ** 2
    dR[np.abs(s.R) >= _LARGEST_CORRELATION] = 0  # Eq. (4) is flat there
    dRz = (s.B / spread) @ s.B.T / 2
    np.fill_diagonal(dRz, 0.0)
    return dR, dRz
