"""The benchmark's linear baseline: logistic regressions on the 714 features.

Missing features take the mean of the training stays, and all are standardised; each label or
bin has a regression of its own, with the penalty that the benchmark chose for the task.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from methods.mimic3.metrics import N_BINS

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Penalty:
    """How large weights are held down: the smaller C, the harder."""

    C: float
    lasso: bool = False
    """Whether by their absolute sum, which leaves many at 0, or by their squares."""


MORTALITY = Penalty(C=0.001)
DECOMPENSATION = Penalty(C=0.001)
LENGTH_OF_STAY = Penalty(C=0.00001)
PHENOTYPES = Penalty(C=0.1, lasso=True)


class LogisticRegressions:
    """One logistic regression for each label, on features imputed and standardised alike.

    After ``fit``: ``models_``, one for each label, and ``prepare_``, which precedes them.
    """

    def __init__(self, penalty: Penalty) -> None:
        self.penalty = penalty

    def fit(self, features: ArrayLike, labels: ArrayLike) -> Self:
        """Fit to features (n, d), NaN where missing, and labels (n, n_labels) or (n,) of 0 and 1.

        A feature that no sample has counts as 0. Raise ValueError where a label has one value
        only, or the features hold infinity or are no table.
        """
        y = np.asarray(labels)
        y = y.reshape(len(y), -1)
        constant = np.flatnonzero(np.ptp(y, axis=0) == 0)
        if constant.size:
            raise ValueError(f"labels {constant.tolist()} have one value only: drop them")
        self.prepare_: Pipeline = make_pipeline(
            SimpleImputer(strategy="mean", keep_empty_features=True), StandardScaler()
        )
        x = self.prepare_.fit_transform(np.asarray(features, dtype=np.float64))
        self.models_ = [self._model().fit(x, column) for column in y.T]
        return self

    def predict(self, features: ArrayLike) -> Array:
        """Return the probability of each label, shape (n, n_labels)."""
        if not hasattr(self, "models_"):
            raise AttributeError("these LogisticRegressions are not fitted: call fit first")
        x = self.prepare_.transform(np.asarray(features, dtype=np.float64))
        return np.column_stack([model.predict_proba(x)[:, 1] for model in self.models_])

    def _model(self) -> LogisticRegression:
        return LogisticRegression(
            C=self.penalty.C,
            l1_ratio=float(self.penalty.lasso),
            solver="liblinear" if self.penalty.lasso else "lbfgs",
            max_iter=1000,
            random_state=0,  # the order in which liblinear takes the features
        )


def one_of_bins(bins: ArrayLike) -> NDArray[np.int8]:
    """Return bins (n,) of the remaining stay as ten labels (n, 10), of which one is 1."""
    labels: NDArray[np.int8] = np.eye(N_BINS, dtype=np.int8)[np.asarray(bins)]
    return labels


def most_likely_hours(probabilities: ArrayLike, hours: ArrayLike) -> Array:
    """Return what the likeliest of ten bins (..., 10) stands for, as ``bin_hours`` says (10,)."""
    found: Array = np.asarray(hours, dtype=np.float64)[np.argmax(probabilities, axis=-1)]
    return found
