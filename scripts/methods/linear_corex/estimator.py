"""The estimator: weights from a table, and what can be asked of them."""

from typing import Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin

from methods._settings import LARGEST, check_count, check_number
from methods.linear_corex.formulas import (
    Array,
    Statistics,
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
from methods.linear_corex.tables import (
    check_is_fitted,
    check_like_fit,
    read_table,
    remember_columns,
    varying_columns,
)


class LinearCorex(
    ClassNamePrefixFeaturesOutMixin,  # type: ignore[misc]  # no types published
    TransformerMixin,  # type: ignore[misc]  # the same
    BaseEstimator,  # type: ignore[misc]  # the same
):
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

    ``random_state`` draws the weights to start from, ``n_init`` times, and the fit with the
    largest ``tc_`` is kept; ``max_iter`` and ``tol`` are those of ``fit_weights``. ``n_iter_``
    counts the steps of that fit.
    """

    def __init__(
        self,
        n_hidden: int = 2,
        *,
        n_init: int = 1,
        random_state: int | np.random.Generator = 0,
        max_iter: int = 50,
        tol: float = 3e-6,
    ) -> None:
        self.n_hidden = n_hidden
        self.n_init = n_init
        self.random_state = random_state
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: ARG002  as in pipelines
        """Fit the model to X (n_samples, n_columns), an array or a data frame.

        Raise ValueError where X is no table of numbers, holds infinity, or has fewer than two
        samples or no column that varies. Warn of constant columns.
        """
        for name in ("n_hidden", "n_init", "max_iter"):
            check_count(name, getattr(self, name))
        check_number("tol", self.tol, 0, LARGEST, "a number, 0 or more")
        table, names = read_table(X)
        check_table(table, missing=True)
        remember_columns(self, table.shape[1], names)
        self.kept_ = varying_columns(table, names)
        x, self.mean_, self.scale_ = standardise(table[:, self.kept_], missing=True)
        rng = np.random.default_rng(self.random_state)
        starts = rng.standard_normal((self.n_init, self.n_hidden, x.shape[1])) / np.sqrt(x.shape[1])
        best = max((self._fit_from(start, x) for start in starts), key=lambda fit: fit[0])
        self.tc_, self.weights_, found, self.n_iter_ = best
        self.mutual_information_ = mutual_information(found.R)
        self.labels_ = cluster_labels(self.mutual_information_)
        self.loadings_ = loadings(found.B, found.S)
        return self

    def __sklearn_tags__(self) -> Any:
        """Return what scikit-learn should know of it: NaN is welcome."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def _fit_from(self, start: Array, x: Array) -> tuple[float, Array, Statistics, int]:
        """Return the total correlation explained, the weights, what they give, and the steps."""
        W, found, taken = fit_weights_with_gaps(x, start, max_iter=self.max_iter, tol=self.tol)
        return total_correlation_bound(found), W, found, taken

    @property
    def covariance_(self) -> Array:
        """The estimated covariance (p, p), in the units of X; made anew at each call."""
        check_is_fitted(self, "loadings_")
        return covariance(self.loadings_, self.scale_)

    @property
    def low_rank_(self) -> Array:
        """The factors' part of the covariance: F (m, p), where it is F^T F plus a diagonal."""
        check_is_fitted(self, "loadings_")
        return self.loadings_ * self.scale_

    @property
    def diagonal_(self) -> Array:
        """The variables' own part of the covariance, shape (p,)."""
        check_is_fitted(self, "loadings_")
        return own_variance(self.loadings_) * self.scale_**2

    @property
    def _n_features_out(self) -> int:
        """The number of columns that ``transform`` gives, for scikit-learn."""
        return self.n_hidden

    def transform(self, X: Any) -> Array:
        """Return the factors' means given each sample, shape (n_samples, n_hidden): Eq. (1)."""
        x = self._rescale(X)
        if np.isnan(x).any():
            x, _ = fill_in(x, self.loadings_)
        return x @ self.weights_.T

    def score(self, X: Any, y: object = None) -> float:  # noqa: ARG002  as in pipelines
        """Return the mean Gaussian log-likelihood of a sample of X, in nats.

        Of a sample with NaN it is that of the values seen; constant columns count for nothing.
        """
        x = self._rescale(X)
        if not len(x):
            raise ValueError("X has no samples: give at least one")
        units = np.sum(~np.isnan(x) * np.log(self.scale_), axis=1)
        return float(np.mean(log_likelihood(x, self.loadings_) - units))

    def _rescale(self, X: Any) -> Array:
        check_is_fitted(self, "mean_")
        table, names = read_table(X)
        check_like_fit(self, table.shape[1], names)
        return (table[:, self.kept_] - self.mean_) / self.scale_
