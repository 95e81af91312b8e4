"""The information in a sample: in the weights, under several kinds of noise, and in predictions."""

from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from methods.sample_info.linearised import (
    Array,
    Index,
    Linearised,
    Training,
    above_rounding,
    dual_weights,
    influence,
    leave_one_out,
    samples_by_outputs,
    tangent_kernel,
)

_MET = float(np.sqrt(np.finfo(np.float64).eps))  # a share of the residuals that is mostly rounding


def functional_information(
    kernel: Array, changes: Array, *, n_outputs: int = 1, sigma: float = 1.0
) -> Array:
    """Return how much each sample moves the predictions on m others, in nats, shape (n,): Eq. (9).

    ``kernel`` (m k, n k) is between the m samples and the training samples, ``changes`` (n, n k)
    come from ``leave_one_out``, and ``sigma`` is the deviation of the noise on each output.
    """
    _check_positive(sigma=sigma)
    moved = kernel @ changes.T
    found: Array = np.sum(moved**2, axis=0) * n_outputs / len(moved) / (2 * sigma**2)
    return found


def smooth_information(moves: Array, covariance: Array) -> Array:
    """Return the information in moves of the weights, in nats, shape (n,): Eq. (8).

    ``moves`` is (n, r), and ``covariance`` (r, r) that of the noise on the weights. Raise
    ValueError where some direction has no noise that float64 can tell, as information in it
    has no bound.
    """
    variances, axes = np.linalg.eigh(covariance)
    if not above_rounding(variances).all():
        raise ValueError(
            "the noise does not reach every direction in which weights move, so information "
            "has no bound: take that in predictions, or another noise"
        )
    found: Array = np.sum((moves @ axes) ** 2 / variances, axis=1) / 2
    return found


def reduced_jacobian(kernel: Array) -> tuple[Array, Array]:
    """Return s^2 (r,) and R = U S (n k, r) of the thin decomposition J = U S V^T: Eq. (11).

    In the coordinates V, which hold every weight that training moves, R is the Jacobian.
    """
    eigenvalues, U = np.linalg.eigh(kernel)
    real = above_rounding(eigenvalues)
    return eigenvalues[real], U[:, real] * np.sqrt(eigenvalues[real])


def gradient_noise(R: Array, errors: Array) -> Array:
    """Return the covariance (r, r) of the gradient as one random sample tells it: Eq. (10).

    ``R`` is the Jacobian (n k, r), and ``errors`` (n, k) are the predictions less the targets.
    """
    n, k = errors.shape
    gradients = n * np.einsum("ikr,ik->ir", R.reshape(n, k, -1), errors)
    return np.atleast_2d(np.cov(gradients, rowvar=False, ddof=0))


def steady_state(noise: Array, h: Array, *, rate: float, batch_size: int) -> Array:
    """Return the covariance (r, r) of weights that SGD keeps shaking: Eq. (12).

    ``noise`` (r, r) is that of the gradient, and ``h`` (r,) the curvature of each direction.
    """
    _check_positive(rate=rate, batch_size=batch_size)
    covariance: Array = rate / batch_size * noise / np.add.outer(h, h)
    return covariance


def removal_order(
    kernel: Array,
    residuals: Array,
    kernel_new: Array,
    training: Training,
    *,
    share: float = 0.05,
) -> Index:
    """Return the samples in the order in which the least informative leave, shape (n,).

    Each time the lowest ``share`` of those left go, at least one, and the rest are scored anew
    by Eq. (9); a share of 1 scores once. ``kernel`` is (n k, n k), ``residuals`` (n, k) and
    ``kernel_new`` (m k, n k).
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}: give more than 0 and at most 1")
    n, k = residuals.shape
    left, gone = np.arange(n), []
    while len(left):
        rows = (left[:, None] * k + np.arange(k)).ravel()
        changes = leave_one_out(kernel[np.ix_(rows, rows)], residuals[left], training)
        scores = functional_information(kernel_new[:, rows], changes, n_outputs=k)
        ranked = left[np.argsort(scores, kind="stable")]
        leaving = max(1, int(share * len(left)))
        gone.append(ranked[:leaving])
        left = np.sort(ranked[leaving:])
    return np.concatenate(gone)


class SampleInformation:
    """How informative each training sample is, for a network linearised at its start.

    After ``fit`` on n samples with k outputs: ``kernel_`` (n k, n k), ``dual_`` (n k,), and
    ``dual_changes_`` (n, n k) with what each sample changes in it. All information is in nats,
    of shape (n,).
    """

    def __init__(self, training: Training) -> None:
        self.training = training

    def fit(self, train: Linearised, targets: ArrayLike) -> Self:
        """Train on targets (n, k), or (n,), and leave each sample out once."""
        wanted = samples_by_outputs("targets", targets)
        if wanted.shape != train.outputs.shape:
            raise ValueError(
                f"targets have shape {wanted.shape} and outputs {train.outputs.shape}: "
                "give each output its target"
            )
        self.train_ = train
        return self.fit_kernel(tangent_kernel(train, train), wanted - train.outputs)

    def fit_kernel(self, kernel: ArrayLike, residuals: ArrayLike) -> Self:
        """Do the same from a kernel (n k, n k) and the targets less the initial outputs (n, k).

        Jacobians are then nowhere, so what needs them, such as ``weights``, cannot be had.
        """
        self.residuals_ = samples_by_outputs("residuals", residuals)
        self.kernel_ = _checked_kernel("kernel", kernel, self.residuals_.size)
        if len(self.kernel_) != self.residuals_.size:
            raise ValueError(
                f"kernel has {len(self.kernel_)} rows and residuals {self.residuals_.size} values: "
                "give a row to each"
            )
        self.dual_ = dual_weights(self.kernel_, self.residuals_, self.training)
        self.dual_changes_ = leave_one_out(self.kernel_, self.residuals_, self.training)
        return self

    def weights(self) -> Array:
        """Return how far training moved the weights, w_t - w_0, shape (d,): Eq. (4)."""
        return self._fitted().rows.T @ self.dual_

    def weight_changes(self) -> Array:
        """Return what each sample changes in the weights, w - w_-i, shape (n, d): Eq. (6)."""
        return self.dual_changes_ @ self._fitted().rows

    def predict(self, new: Linearised) -> Array:
        """Return the predictions on m samples, shape (m, k): Eq. (4)."""
        kernel = tangent_kernel(new, self._fitted())
        return new.outputs + (kernel @ self.dual_).reshape(new.outputs.shape)

    def prediction_changes(self, new: Linearised) -> Array:
        """Return what each sample changes in the predictions, shape (n, m, k): Eq. (6)."""
        kernel = tangent_kernel(new, self._fitted())
        return (self.dual_changes_ @ kernel.T).reshape(-1, *new.outputs.shape)

    def functional(self, new: Linearised | ArrayLike, *, sigma: float = 1.0) -> Array:
        """Return the information in predictions on other samples, F-SI: Eq. (9).

        ``new`` may be their kernel (m k, n k) with the training samples.
        """
        return self._functional(new, self._changes(), sigma)

    def influence(self, new: Linearised | ArrayLike, *, sigma: float = 1.0) -> Array:
        """Return the same as influence functions guess it, in the limit: Eqs. (9) and (14)."""
        self._changes()
        if not self.training.endless:
            raise ValueError("influence functions are of trainings without end: give no steps")
        changes = influence(self.kernel_, self.residuals_, self.training.weight_decay)
        return self._functional(new, changes, sigma)

    def isotropic(self, *, sigma: float = 1.0) -> Array:
        """Return the information in weights with noise of deviation ``sigma`` on each: Eq. (8)."""
        _check_positive(sigma=sigma)
        self._changes()
        squares = np.sum((self.dual_changes_ @ self.kernel_) * self.dual_changes_, axis=1)
        found: Array = np.maximum(squares, 0) / (2 * sigma**2)  # rounding may fall below 0
        return found

    def sgd(self, *, rate: float, batch_size: int) -> Array:
        """Return the information in weights that SGD keeps shaking: Eqs. (8), (10) and (12).

        ``rate`` is of the summed loss. Raise ValueError where SGD has come to rest or shakes
        too few directions, as it does with several outputs.
        """
        self._changes()
        errors = (self.kernel_ @ self.dual_).reshape(self.residuals_.shape) - self.residuals_
        if np.abs(errors).max() <= _MET * np.abs(self.residuals_).max():
            raise ValueError("every target is met and SGD is at rest: train with weight decay")
        squares, R = reduced_jacobian(self.kernel_)
        noise = gradient_noise(R, errors)
        return self._under_noise(squares, R, noise, rate=rate, batch_size=batch_size)

    def langevin(self, *, rate: float, batch_size: int, sigma: float = 1.0) -> Array:
        """Return the same for gradients with white noise of deviation ``sigma``: Eq. (13)."""
        _check_positive(sigma=sigma)
        self._changes()
        squares, R = reduced_jacobian(self.kernel_)
        noise = sigma**2 * np.eye(len(squares))
        return self._under_noise(squares, R, noise, rate=rate, batch_size=batch_size)

    def _under_noise(
        self, squares: Array, R: Array, noise: Array, *, rate: float, batch_size: int
    ) -> Array:
        h = squares + self.training.weight_decay
        covariance = steady_state(noise, h, rate=rate, batch_size=batch_size)
        return smooth_information(self.dual_changes_ @ R, covariance)

    def _functional(self, new: Linearised | ArrayLike, changes: Array, sigma: float) -> Array:
        if isinstance(new, Linearised):
            new = tangent_kernel(new, self._fitted())
        kernel = _checked_kernel("new", new, self.residuals_.size)
        k = self.residuals_.shape[1]
        return functional_information(kernel, changes, n_outputs=k, sigma=sigma)

    def _fitted(self) -> Linearised:
        self._changes()
        if not hasattr(self, "train_"):
            raise AttributeError("a fit from a kernel knows no Jacobians: call fit with them")
        return self.train_

    def _changes(self) -> Array:
        if not hasattr(self, "dual_changes_"):
            raise AttributeError("this SampleInformation is not fitted: call fit first")
        return self.dual_changes_


def _checked_kernel(name: str, kernel: ArrayLike, columns: int) -> Array:
    table = np.asarray(kernel, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != columns or not len(table):  # noqa: PLR2004
        raise ValueError(
            f"{name} has shape {table.shape}: give rows of {columns}, a column to each residual"
        )
    if not np.isfinite(table).all():
        raise ValueError(f"{name} holds values that are NaN or infinite: drop those samples")
    return table


def _check_positive(**values: float) -> None:
    for name, value in values.items():
        if not 0 < value < np.inf:
            raise ValueError(f"{name} is {value}: give a positive number")
