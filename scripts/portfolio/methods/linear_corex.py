"""Linear CorEx: groups of dependent variables, found through modular Gaussian latent factors.

Ver Steeg, Harutyunyan, Moyer and Galstyan, "Fast structure learning with modular
regularization", NeurIPS 2019, arXiv 1706.03353. Equation numbers are those of
notebooks/linear_corex.ipynb; logarithms are natural, so information is in nats.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

Array = NDArray[np.float64]
Labels = NDArray[np.intp]

ANNEALING = (*(0.6**k for k in range(1, 7)), 0.0)
"""The shares of noise, Eq. (2): each step starts from the weights that the last one found."""

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


def standardise(X: ArrayLike) -> tuple[Array, Array, Array]:
    """Return the columns of X at mean 0 and variance 1, with their means and deviations.

    X has shape (n_samples, n_variables); deviations divide by n_samples, so that every
    variance is exactly 1. Raise ValueError where X is no such table, holds NaN or infinity,
    or has a constant column, which no scale brings to variance 1.
    """
    table = np.asarray(X, dtype=np.float64)
    _check_table(table)
    mean, scale = table.mean(axis=0), table.std(axis=0)
    return (table - mean) / scale, mean, scale


def times_covariance(V: Array, x: Array, eps: float = 0.0) -> Array:
    """Return V times the annealed covariance of x, shape (m, p), without forming it: Eq. (2).

    V has shape (m, p), standardised x (n, p); eps in [0, 1] is the share of noise.
    """
    return (1 - eps**2) * (V @ x.T) @ x / len(x) + eps**2 * V


def statistics(W: Array, x: Array, eps: float = 0.0) -> Statistics:
    """Return Eqs. (3) to (6) for weights W (m, p) and standardised samples x (n, p)."""
    M = times_covariance(W, x, eps)  # Eq. (3)
    G = M @ W.T
    z2 = np.diag(G) + 1
    R = correlations(M, z2)
    Rz = factor_correlations(G, z2)
    B, S = witnesses(R)
    Q = np.einsum("ji,ji->i", B, Rz @ B)
    return Statistics(M=M, G=G, z2=z2, R=R, Rz=Rz, B=B, S=S, Q=Q)


def correlations(M: Array, z2: Array) -> Array:
    """Return the correlation of each factor with each variable, shape (m, p): Eq. (4)."""
    return np.clip(M / np.sqrt(z2)[:, None], -_LARGEST_CORRELATION, _LARGEST_CORRELATION)


def factor_correlations(G: Array, z2: Array) -> Array:
    """Return the correlations of the factors with each other, shape (m, m): Eq. (4)."""
    Rz = G / np.sqrt(np.outer(z2, z2))
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
    """Return TC(X|Z) + TC(Z) up to a constant of the data, in nats; less is better: Eq. (8)."""
    return float(np.log(residual_variance(s)).sum() + np.log(s.z2).sum()) / 2


def total_correlation_bound(s: Statistics) -> float:
    """Return how much total correlation of X the factors explain, in nats: Eq. (9)."""
    explained = np.log1p(s.S) - np.log1p(s.Q - s.S**2) / 2
    noise_share = 1 / s.z2
    return float(explained.sum() + np.log(noise_share).sum() / 2)


def gradient(s: Statistics, x: Array, eps: float = 0.0) -> Array:
    """Return the derivative of Eq. (8) by the weights, shape (m, p), taken back through Eq. (3)."""
    dR, dRz = _gradient_by_correlations(s)
    deviation = np.sqrt(s.z2)
    dz2 = (1 - np.sum(dR * s.R, axis=1)) / 2 - np.sum(dRz * s.Rz, axis=1)
    dG = dRz / np.outer(deviation, deviation) + np.diag(dz2 / s.z2)
    dM = dR / deviation[:, None]
    dW: Array = times_covariance(dM, x, eps) + 2 * dG @ s.M
    return dW


def fit_weights(x: Array, start: Array, *, max_iter: int, tol: float) -> Array:
    """Return the weights (m, p) that minimise Eq. (8), annealed along Eq. (2) from ``start``.

    Each share of noise gets at most ``max_iter`` steps of L-BFGS, and fewer where a step
    changes the objective by less than ``tol`` of its size.
    """

    def evaluate(flat: Array, eps: float) -> tuple[float, Array]:
        W = flat.reshape(start.shape)
        s = statistics(W, x, eps)
        return objective(s), gradient(s, x, eps).ravel()

    flat = start.ravel()
    options = {"maxiter": max_iter, "ftol": tol}
    for eps in ANNEALING:
        flat = minimize(evaluate, flat, (eps,), "L-BFGS-B", jac=True, options=options).x
    return flat.reshape(start.shape)


def covariance(A: Array, scale: Array) -> Array:
    """Return the model's covariance (p, p) of variables with deviations ``scale``: Eq. (10)."""
    correlation = A.T @ A
    np.fill_diagonal(correlation, 1.0)
    return correlation * np.outer(scale, scale)


def log_likelihood(x: Array, A: Array) -> Array:
    """Return the Gaussian log-density (n,) in nats of standardised samples x (n, p) under Eq. (10).

    The model is a diagonal plus a matrix of rank m, so by the matrix inversion lemma only an
    (m, m) system is solved.
    """
    own = 1 - np.sum(A**2, axis=0)
    inner = np.eye(len(A)) + (A / own) @ A.T
    root = np.linalg.cholesky(inner)
    seen = np.linalg.solve(root, (A / own) @ x.T)
    distance = np.sum(x**2 / own, axis=1) - np.sum(seen**2, axis=0)
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


class LinearCorex:
    """Groups variables, and estimates their covariance, with ``n_hidden`` modular factors.

    After ``fit``: ``weights_`` (m, p) of the standardised variables, ``mutual_information_``
    (m, p) and ``tc_`` in nats, ``labels_`` (p,) with the factor of each variable,
    ``covariance_`` (p, p), and the parts that it is made of: ``mean_`` and ``scale_`` (p,) and
    ``loadings_`` (m, p). ``random_state`` draws the weights to start from.
    """

    def __init__(
        self,
        n_hidden: int,
        *,
        random_state: int | np.random.Generator = 0,
        max_iter: int = 200,
        tol: float = 1e-7,
    ) -> None:
        self.n_hidden = n_hidden
        self.random_state = random_state
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: ArrayLike) -> Self:
        """Fit the model to X (n_samples, n_variables); raise ValueError as ``standardise`` does."""
        if self.n_hidden < 1:
            raise ValueError(f"n_hidden is {self.n_hidden}: give at least one factor")
        x, self.mean_, self.scale_ = standardise(X)
        rng = np.random.default_rng(self.random_state)
        start = rng.standard_normal((self.n_hidden, x.shape[1])) / np.sqrt(x.shape[1])
        self.weights_ = fit_weights(x, start, max_iter=self.max_iter, tol=self.tol)
        found = statistics(self.weights_, x)
        self.tc_ = total_correlation_bound(found)
        self.mutual_information_ = mutual_information(found.R)
        self.labels_ = cluster_labels(self.mutual_information_)
        self.loadings_ = loadings(found.B, found.S)
        return self

    @property
    def covariance_(self) -> Array:
        """The estimated covariance (p, p), in the units of X; made anew at each call."""
        return covariance(self.loadings_, self.scale_)

    def transform(self, X: ArrayLike) -> Array:
        """Return the factors' means given each sample, shape (n_samples, n_hidden): Eq. (1)."""
        return self._rescale(X) @ self.weights_.T

    def score(self, X: ArrayLike) -> float:
        """Return the mean Gaussian log-likelihood of a sample of X, in nats."""
        each = log_likelihood(self._rescale(X), self.loadings_)
        return float(each.mean() - np.log(self.scale_).sum())

    def _rescale(self, X: ArrayLike) -> Array:
        if not hasattr(self, "mean_"):
            raise AttributeError("this LinearCorex is not fitted: call fit first")
        table = np.asarray(X, dtype=np.float64)
        _check_finite_table(table)
        if table.shape[1] != len(self.mean_):
            n = len(self.mean_)
            raise ValueError(
                f"X has {table.shape[1]} columns and the model {n}: give the same ones"
            )
        return (table - self.mean_) / self.scale_


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
    rng: np.random.Generator, unit_loadings: Array, *, n_samples: int, snr: float = 0.1
) -> Array:
    """Return samples (n_samples, n_variables) of variables with variance 1, driven by factors.

    ``unit_loadings`` is as ``draw_loadings`` returns it; a share snr / (1 + snr) of each
    variance is the factors' and the rest is independent noise.
    """
    n_groups, n_variables = unit_loadings.shape
    signal = snr / (1 + snr)
    factors = rng.standard_normal((n_samples, n_groups))
    noise = rng.standard_normal((n_samples, n_variables))
    X: Array = np.sqrt(signal) * factors @ unit_loadings + np.sqrt(1 - signal) * noise
    return X


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


def _check_table(table: Array) -> None:
    _check_finite_table(table)
    if len(table) < 2:  # noqa: PLR2004
        raise ValueError(f"X has {len(table)} samples: give at least two")
    constant = np.flatnonzero(np.ptp(table, axis=0) == 0)
    if constant.size:
        raise ValueError(f"X has constant columns {constant.tolist()}: drop them before the fit")


def _check_finite_table(table: Array) -> None:
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"X has {table.ndim} dimensions: give it two, samples by variables")
    missing = table.size - np.count_nonzero(np.isfinite(table))
    if missing:
        raise ValueError(f"X holds {missing} values that are NaN or infinite: impute or drop them")
