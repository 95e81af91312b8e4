"""The estimator: weights from a table, and what can be asked of them."""

from typing import Any, Self

import numpy as np

from methods.linear_corex.formulas import (
    Array,
    check_table,
    cluster_labels,
    covariance,
    loadings,
    log_likelihood,
    mutual_information,
    own_variance,
    standardise,
    total_correlation_bound,
)
from methods.linear_corex.gaps import fill_in, fit_weights_with_gaps
from methods.linear_corex.tables import check_columns, read_table, varying_columns


class LinearCorex:
    """Groups variables, and estimates their covariance, with ``n_hidden`` modular factors.

    After ``fit``: ``weights_`` (m, p) of the standardised variables, ``mutual_information_``
    (m, p) and ``tc_`` in nats, ``labels_`` (p,) with the factor of each variable,
    ``covariance_`` (p, p), also as ``low_rank_`` (m, p) and ``diagonal_`` (p,), and the parts
    that it is made of: ``mean_`` and ``scale_`` (p,) and ``loadings_`` (m, p).

    The p variables are the columns that vary. Constant ones are left out with a warning, and
    ``kept_`` (p,) has the indices of the others among the ``n_features_in_`` columns of X,
    named by ``feature_names_in_`` where X is a data frame. Later tables have all columns.

    NaN is a value that was not seen. Means and deviations are those of the values seen, so gaps
    should not depend on what they hide; each gap is filled with its mean given the rest of its
    sample, whose uncertainty counts as variance of its own, in turns with the fit.

    ``random_state`` draws the weights to start from; ``max_iter`` and ``tol`` are those of
    ``fit_weights``.
    """

    def __init__(
        self,
        n_hidden: int,
        *,
        random_state: int | np.random.Generator = 0,
        max_iter: int = 50,
        tol: float = 3e-6,
    ) -> None:
        self.n_hidden = n_hidden
        self.random_state = random_state
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: Any) -> Self:
        """Fit the model to X (n_samples, n_columns), an array or a data frame.

        Raise ValueError where X is no table of numbers, holds infinity, or has fewer than two
        samples or no column that varies. Warn of constant columns.
        """
        if self.n_hidden < 1:
            raise ValueError(f"n_hidden is {self.n_hidden}: give at least one factor")
        table, names = read_table(X)
        check_table(table, missing=True)
        self.n_features_in_ = table.shape[1]
        self.feature_names_in_ = names
        self.kept_ = varying_columns(table, names)
        x, self.mean_, self.scale_ = standardise(table[:, self.kept_], missing=True)
        rng = np.random.default_rng(self.random_state)
        start = rng.standard_normal((self.n_hidden, x.shape[1])) / np.sqrt(x.shape[1])
        self.weights_, found = fit_weights_with_gaps(x, start, max_iter=self.max_iter, tol=self.tol)
        self.tc_ = total_correlation_bound(found)
        self.mutual_information_ = mutual_information(found.R)
        self.labels_ = cluster_labels(self.mutual_information_)
        self.loadings_ = loadings(found.B, found.S)
        return self

    @property
    def covariance_(self) -> Array:
        """The estimated covariance (p, p), in the units of X; made anew at each call."""
        return covariance(self.loadings_, self.scale_)

    @property
    def low_rank_(self) -> Array:
        """The factors' part of the covariance: F (m, p), where it is F^T F plus a diagonal."""
        return self.loadings_ * self.scale_

    @property
    def diagonal_(self) -> Array:
        """The variables' own part of the covariance, shape (p,)."""
        return own_variance(self.loadings_) * self.scale_**2

    def transform(self, X: Any) -> Array:
        """Return the factors' means given each sample, shape (n_samples, n_hidden): Eq. (1)."""
        x = self._rescale(X)
        if np.isnan(x).any():
            x, _ = fill_in(x, self.loadings_)
        return x @ self.weights_.T

    def score(self, X: Any) -> float:
        """Return the mean Gaussian log-likelihood of a sample of X, in nats.

        Of a sample with NaN it is that of the values seen; constant columns count for nothing.
        """
        x = self._rescale(X)
        if not len(x):
            raise ValueError("X has no samples: give at least one")
        units = np.sum(~np.isnan(x) * np.log(self.scale_), axis=1)
        return float(np.mean(log_likelihood(x, self.loadings_) - units))

    def _rescale(self, X: Any) -> Array:
        if not hasattr(self, "mean_"):
            raise AttributeError("this LinearCorex is not fitted: call fit first")
        table, names = read_table(X)
        check_columns(table, names, n_fitted=self.n_features_in_, fitted=self.feature_names_in_)
        return (table[:, self.kept_] - self.mean_) / self.scale_
