"""LIMIT as a classifier of scikit-learn's kind, for one's own data."""

from numbers import Integral
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from methods._settings import ABOVE_0, LARGEST, check_count, check_number, one_line
from methods.limit.gradients import Form
from methods.limit.losses import Limit
from methods.limit.network import chances
from methods.limit.training import train


class LimitClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # it has no types
    """Learns classes from labels of which some are wrong, and nobody knows which.

    ``form`` and ``beta`` are those of ``Limit``, ``hidden`` the units of each hidden layer, and
    ``rate`` Adam's; features should be about of size one, as by ``StandardScaler``.

    After ``fit``: ``classes_``, and ``doubt_`` (n,), how far the predicted gradient of each
    training sample lies from that of its label, from 0 to 2: wrong labels have the largest.
    """

    def __init__(  # noqa: PLR0913  a training loop has that many settings
        self,
        form: Form = "laplace",
        *,
        beta: float = 10.0,
        hidden: tuple[int, ...] = (256, 256),
        epochs: int = 100,
        batch_size: int = 100,
        rate: float = 1e-3,
        random_state: Any = None,
    ) -> None:
        self.form = form
        self.beta = beta
        self.hidden = hidden
        self.epochs = epochs
        self.batch_size = batch_size
        self.rate = rate
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Fit to features X (n, d) and labels y (n,) of any kind.

        Raise ValueError where they are not complete, or there is one class only.
        """
        self._check_settings()
        with one_line():
            table, labels = validate_data(self, X, y, dtype=np.float32)
        check_classification_targets(labels)
        self.classes_, known = np.unique(labels, return_inverse=True)
        if len(self.classes_) < 2:  # noqa: PLR2004
            raise ValueError("y has one class only: give labels of two classes or more")
        seed = check_random_state(self.random_state).randint(2**31)
        run = train(
            Limit(self.form, beta=float(self.beta)),
            table,
            known,
            np.random.default_rng(seed),
            n_classes=len(self.classes_),
            hidden=tuple(self.hidden),
            epochs=self.epochs,
            batch_size=self.batch_size,
            rate=self.rate,
        )
        self.networks_ = run.networks
        guess = chances(run.networks[1], table)
        self.doubt_ = np.abs(np.eye(len(self.classes_))[known] - guess).sum(axis=1)  # Eq. (7)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return the chance (n, n_classes) of each class for features X (n, d)."""
        check_is_fitted(self)
        with one_line():
            table = validate_data(self, X, dtype=np.float32, reset=False)
        return chances(self.networks_[0], table)

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the most likely class (n,) for features X (n, d)."""
        likeliest = self.predict_proba(X).argmax(axis=1)
        found: NDArray[Any] = self.classes_[likeliest]
        return found

    def _check_settings(self) -> None:
        for name in ("epochs", "batch_size"):
            check_count(name, getattr(self, name), "a whole number from 1 on")
        units = self.hidden if isinstance(self.hidden, tuple | list) else [None]
        if not all(isinstance(unit, Integral) and unit > 0 for unit in units):
            raise ValueError(f"hidden is {self.hidden!r}: give the units of each layer, as (256,)")
        check_number("beta", self.beta, 0, LARGEST, "a number, 0 or more")
        check_number("rate", self.rate, ABOVE_0, LARGEST, "a number above 0, such as 0.001")
