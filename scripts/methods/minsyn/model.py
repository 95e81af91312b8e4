"""Linear factors that pay for synergy: the objective, its gradient, and the estimator.

With a price of 1 the objective is that of linear CorEx, whose moments this module borrows.
With a price of 0 synergy is allowed, and what is left is the same objective with an ordinary
linear decoder.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin

from methods import linear_corex
from methods._settings import BELOW_1, LARGEST, check_count, check_number
from methods.linear_corex import Statistics
from methods.linear_corex.formulas import check_table, check_values
from methods.linear_corex.tables import (
    check_is_fitted,
    check_like_fit,
    read_table,
    remember_columns,
    varying_columns,
)
from methods.minsyn import synergy

Array = NDArray[np.float64]

_LEAST_ERROR = 1e-12  # below this, the difference in Eq. (12) is rounding


def decoder(s: Statistics) -> Array:
    """Return the ordinary linear decoder A (m, p), which predicts best: Eq. (12)."""
    return np.asarray(np.linalg.solve(s.G + np.eye(len(s.G)), s.M), dtype=np.float64)


def decoder_error(s: Statistics, A: Array) -> Array:
    """Return the mean squared error of the ordinary decoder A for each variable: Eq. (12)."""
    error: Array = 1 - np.sum(s.M * A, axis=0)
    return error


def synergy_allowed(s: Statistics) -> float:
    """Return the objective with the ordinary decoder, in nats; less is better: Eq. (13).

    Raise ValueError where that decoder makes no error, for then there is no least value.
    """
    error = decoder_error(s, decoder(s))
    if not np.all(error > _LEAST_ERROR):
        raise ValueError("factors copy a variable exactly: state some noise, such as noise=0.01")
    return float(np.log(error).sum() + np.log(s.z2).sum()) / 2


def synergy_allowed_gradient(s: Statistics, x: Array, eps: float = 0.0) -> Array:
    """Return the derivative of Eq. (13) by the weights, shape (m, p)."""
    A = decoder(s)
    dM = -A / decoder_error(s, A)
    dG = -dM @ A.T / 2 + np.diag(1 / s.z2) / 2
    dW: Array = linear_corex.times_covariance(dM, x, eps) + 2 * dG @ s.M
    return dW


def objective(s: Statistics, price: float = 1.0) -> float:
    """Return Eq. (13) plus ``price`` for each nat of synergy, in nats; less is better: Eq. (14)."""
    if price == 1:
        return linear_corex.objective(s)
    return (1 - price) * synergy_allowed(s) + price * linear_corex.objective(s)


def gradient(s: Statistics, x: Array, eps: float = 0.0, *, price: float = 1.0) -> Array:
    """Return the derivative of Eq. (14) by the weights, shape (m, p)."""
    if price == 1:
        return linear_corex.gradient(s, x, eps)
    allowed = synergy_allowed_gradient(s, x, eps)
    return (1 - price) * allowed + price * linear_corex.gradient(s, x, eps)


def shares_of_noise(noise: float) -> tuple[float, ...]:
    """Return the values of epsilon in Eq. (10), falling to the one that leaves ``noise``."""
    last = float(np.sqrt(noise))
    return (*(0.6**k for k in range(1, 7) if 0.6**k > last), last)


def readout_correlations(V: Array, x: Array, noise: float) -> tuple[Array, Array]:
    """Return R (m, p) and Rz (m, m) of the latents V x with noisy variables: Eq. (15).

    V has shape (m, p), standardised x (n, p); ``noise`` is as in ``MinSyn``. Any linear encoder
    can be measured so, whatever made it.
    """
    M = linear_corex.times_covariance(V, x, float(np.sqrt(noise)))
    G = M @ V.T
    variance = np.diag(G)
    return linear_corex.correlations(M, variance), linear_corex.factor_correlations(G, variance)


class MinSyn(
    ClassNamePrefixFeaturesOutMixin,  # type: ignore[misc]  # no types published
    TransformerMixin,  # type: ignore[misc]  # the same
    BaseEstimator,  # type: ignore[misc]  # the same
):
    """Represents variables by ``n_hidden`` linear factors with little synergy between them.

    A nat of synergy costs ``price`` nats: 1 gives linear CorEx, 0 allows synergy. ``noise`` is
    the share of each variable's variance, from 0 up to but without 1, that the fit takes for
    independent noise; at any price but 1, copies among the variables need some. The fit starts
    from weights drawn with ``random_state`` and from more noise, which falls in steps; each step
    gets at most ``max_iter`` iterations of L-BFGS, and fewer where one changes the objective by
    less than ``tol`` of its size. Of ``n_init`` such fits the one with the least objective is
    kept.

    After ``fit``: ``weights_`` (m, p) of the standardised variables, ``mean_`` and ``scale_``
    (p,), ``objective_`` in nats, and ``n_iter_``, the iterations; ``correlations_`` (m, p) of
    factors and variables and ``factor_correlations_`` (m, m), both of noisy factors as in
    Eq. (11); ``information_`` (p,), and ``synergy_`` (p,), the CI synergy (Nirenberg-Latham), in
    nats. The p variables are the columns that vary. Constant ones are left out with a warning,
    and ``kept_`` (p,) has the indices of the others among the ``n_features_in_`` columns of X,
    named by ``feature_names_in_`` where X is a data frame.
    """

    def __init__(  # noqa: PLR0913  as many as there are settings
        self,
        n_hidden: int = 2,
        *,
        n_init: int = 1,
        price: float = 1.0,
        noise: float = 0.0,
        random_state: int | np.random.Generator = 0,
        max_iter: int = 200,
        tol: float = 1e-7,
    ) -> None:
        self.n_hidden = n_hidden
        self.n_init = n_init
        self.price = price
        self.noise = noise
        self.random_state = random_state
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: ARG002  as in pipelines
        """Fit the factors to X (n_samples, n_columns), an array or a data frame.

        Raise ValueError for settings out of range, where X is no table of finite numbers or has no
        column that varies, and where factors copy variables exactly at another price than 1.
        """
        self._check_settings()
        table, names = read_table(X)
        check_table(table)
        remember_columns(self, table.shape[1], names)
        self.kept_ = varying_columns(table, names)
        x, self.mean_, self.scale_ = linear_corex.standardise(table[:, self.kept_])
        rng = np.random.default_rng(self.random_state)
        starts = rng.standard_normal((self.n_init, self.n_hidden, x.shape[1])) / np.sqrt(x.shape[1])
        best = min((self._descend(x, start) for start in starts), key=lambda fit: fit[0])
        self.objective_, self.weights_, self.n_iter_ = best
        found = linear_corex.statistics(self.weights_, x, float(np.sqrt(self.noise)))
        self.correlations_, self.factor_correlations_ = found.R, found.Rz
        self.information_ = synergy.information(found.R, found.Rz)
        self.synergy_ = synergy.ci_synergy(found.R, found.Rz)
        return self

    @property
    def _n_features_out(self) -> int:
        """The number of columns that ``transform`` gives, for scikit-learn."""
        return self.n_hidden

    def transform(self, X: Any) -> Array:
        """Return the factors' means given each sample, shape (n_samples, n_hidden): Eq. (11)."""
        check_is_fitted(self, "mean_")
        table, names = read_table(X)
        check_values(table)
        check_like_fit(self, table.shape[1], names)
        Z: Array = (table[:, self.kept_] - self.mean_) / self.scale_ @ self.weights_.T
        return Z

    def _descend(self, x: Array, start: Array) -> tuple[float, Array, int]:
        """Return the objective, the weights (m, p) and the iterations as noise falls in steps."""

        def evaluate(flat: Array, eps: float) -> tuple[float, Array]:
            s = linear_corex.statistics(flat.reshape(start.shape), x, eps)
            return objective(s, self.price), gradient(s, x, eps, price=self.price).ravel()

        flat, taken = start.ravel(), 0
        options = {"maxiter": self.max_iter, "ftol": self.tol}
        for eps in shares_of_noise(self.noise):
            found = minimize(evaluate, flat, (eps,), "L-BFGS-B", jac=True, options=options)
            flat, taken = found.x, taken + found.nit
        return float(found.fun), flat.reshape(start.shape), max(taken, 1)

    def _check_settings(self) -> None:
        for name in ("n_hidden", "n_init", "max_iter"):
            check_count(name, getattr(self, name))
        check_number("noise", self.noise, 0, BELOW_1, "a share from 0 up to but without 1")
        check_number("price", self.price, 0, LARGEST, "0 or more nats for a nat of synergy")
        check_number("tol", self.tol, 0, LARGEST, "a finite number, 0 or more")
