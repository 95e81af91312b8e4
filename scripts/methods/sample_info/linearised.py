"""The linearised network: its kernel, its training in closed form, and every leave-one-out.

Predictions and weights stay in the span of the training samples' Jacobians, so all of it is
linear algebra on the tangent kernel. Rows and columns of kernels run over the outputs of the
first sample, then those of the second, and so on.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Index = NDArray[np.intp]


class Linearised:
    """A network at its initial weights, as n samples with k outputs see it: Eq. (2).

    ``outputs`` (n, k) are its outputs, and ``jacobians`` (n, k, d) their derivatives by the d
    weights. One output may come as (n,), and the Jacobians as a table (n k, d). Raise
    ValueError where the two do not fit, or where either holds NaN or infinity.
    """

    def __init__(self, outputs: ArrayLike, jacobians: ArrayLike) -> None:
        self.outputs = samples_by_outputs("outputs", outputs)
        table = _finite("jacobians", jacobians)
        n, k = self.outputs.shape
        if table.ndim < 2 or table.shape[:-1] not in {(n, k), (n * k,)}:  # noqa: PLR2004
            raise ValueError(
                f"jacobians have shape {table.shape} and outputs {self.outputs.shape}: "
                f"give them as ({n}, {k}, d) or ({n * k}, d)"
            )
        self.jacobians = table.reshape(n, k, -1)

    def __len__(self) -> int:
        return len(self.outputs)

    def __getitem__(self, kept: Index | slice) -> Self:
        """Return what the samples ``kept`` see."""
        return type(self)(self.outputs[kept], self.jacobians[kept])

    @property
    def rows(self) -> Array:
        """The Jacobians as a table, shape (n k, d)."""
        return self.jacobians.reshape(self.outputs.size, -1)


@dataclass(frozen=True)
class Training:
    """Gradient descent on the loss of Eq. (1), or gradient flow, for a while or for ever.

    ``rate`` multiplies the gradient of the *summed* loss; a mean loss with rate r has r / n.
    ``steps`` counts steps of descent, or is the time of a flow. Without end, neither the rate
    nor the kind matters. Raise ValueError where a number makes no sense.
    """

    weight_decay: float = 0.0
    steps: float = math.inf
    rate: float | None = None
    flow: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.weight_decay < math.inf:
            raise ValueError(f"weight_decay is {self.weight_decay}: give a number from 0 on")
        if not self.steps > 0:
            raise ValueError(f"steps is {self.steps}: give a positive number, or math.inf")
        if self.endless:
            return
        if self.rate is None or not 0 < self.rate < math.inf:
            raise ValueError(f"rate is {self.rate}: a finite training needs a positive one")
        if not self.flow and self.steps != int(self.steps):
            raise ValueError(f"steps is {self.steps}: give a whole number, or set flow=True")

    @property
    def endless(self) -> bool:
        """Whether training goes on to the limit."""
        return self.steps == math.inf

    def inverse(self, eigenvalues: Array) -> Array:
        """Return (1 - E_t) / h for each eigenvalue of a kernel, h = eigenvalue + decay: Eq. (5).

        In the limit, a direction without curvature is left where it was, as by a pseudo-inverse.
        Raise ValueError where descent diverges.
        """
        h = np.maximum(eigenvalues, 0) + self.weight_decay
        if self.endless or self.rate is None:
            return np.divide(1, h, out=np.zeros_like(h), where=above_rounding(h))
        if self.flow:
            progress = -np.expm1(-self.rate * self.steps * h)
        elif self.rate * h.max() < 2:  # noqa: PLR2004
            progress = 1 - (1 - self.rate * h) ** int(self.steps)
            slow = self.rate * h < 0.5  # noqa: PLR2004  where 1 - E_t would lose digits
            progress[slow] = -np.expm1(self.steps * np.log1p(-self.rate * h[slow]))
        else:
            raise ValueError(
                f"rate is {self.rate} and descent diverges: give less than {2 / h.max():.3g}"
            )
        at_once = np.full_like(h, self.rate * self.steps)
        return np.divide(progress, h, out=at_once, where=h > 0)


def tangent_kernel(one: Linearised, other: Linearised) -> Array:
    """Return the inner products of the two sides' Jacobians, shape (n k, m k): Eq. (3).

    Raise ValueError where the two are not of one network.
    """
    if one.jacobians.shape[1:] != other.jacobians.shape[1:]:
        raise ValueError(
            f"Jacobians have {one.jacobians.shape[1:]} and {other.jacobians.shape[1:]} outputs "
            "and weights: take both from one network"
        )
    return one.rows @ other.rows.T


def dual_weights(kernel: Array, residuals: Array, training: Training) -> Array:
    """Return the share of each output in the weights, shape (n k,): Eq. (4).

    ``kernel`` is (n k, n k), and ``residuals`` are the targets less the initial outputs.
    """
    if not residuals.size:
        return np.zeros(0)
    eigenvalues, U = np.linalg.eigh(kernel)
    found: Array = U @ (training.inverse(eigenvalues) * (U.T @ residuals.ravel()))
    return found


def leave_one_out(kernel: Array, residuals: Array, training: Training) -> Array:
    """Return what each sample changes in the dual weights of all, shape (n, n k): Eq. (6).

    ``kernel`` is (n k, n k) and ``residuals`` (n, k). In the limit one inverse serves all
    samples; a training that ends, or a kernel that has no inverse, takes one refit for each.
    """
    ridge = kernel + training.weight_decay * np.eye(len(kernel))
    if training.endless and above_rounding(np.linalg.eigvalsh(ridge)).all():
        return _all_at_once(ridge, residuals)
    return _one_by_one(kernel, residuals, training)


def influence(kernel: Array, residuals: Array, weight_decay: float) -> Array:
    """Return Eq. (6) as influence functions guess it, shape (n, n k): Eq. (14).

    Koh and Liang, "Understanding black-box predictions via influence functions", ICML 2017,
    arXiv 1703.04730: one Newton step from the weights that all samples give, with their
    curvature. Raise ValueError without weight decay, where gradients vanish in the limit.
    """
    if not 0 < weight_decay < math.inf:
        raise ValueError(f"weight_decay is {weight_decay}: influence needs a positive one")
    n, k = residuals.shape
    inverse = np.linalg.inv(kernel + weight_decay * np.eye(n * k)).reshape(n * k, n, k)
    alpha = (inverse.reshape(n * k, n * k) @ residuals.ravel()).reshape(n, k)
    changes: Array = weight_decay * np.einsum("jik,ik->ij", inverse, alpha)
    return changes


def _all_at_once(ridge: Array, residuals: Array) -> Array:
    """Return Eq. (6) in closed form, Eq. (7), for a kernel that has its weight decay added."""
    n, k = residuals.shape
    inverse = np.linalg.inv(ridge).reshape(n, k, n, k)
    alpha = np.einsum("ikjl,jl->ik", inverse, residuals)
    own = np.einsum("ikil->ikl", inverse)
    errors = np.linalg.solve(own, alpha[:, :, None])[:, :, 0]  # of sample i without sample i
    changes: Array = np.einsum("jlik,ik->ijl", inverse, errors).reshape(n, n * k)
    return changes


def _one_by_one(kernel: Array, residuals: Array, training: Training) -> Array:
    """Return Eq. (6) by one refit for each sample."""
    n, k = residuals.shape
    owner = np.repeat(np.arange(n), k)
    changes = np.tile(dual_weights(kernel, residuals, training), (n, 1))
    for i in range(n):
        kept = owner != i
        without = dual_weights(kernel[np.ix_(kept, kept)], residuals.ravel()[kept], training)
        changes[i, kept] -= without
    return changes


def above_rounding(eigenvalues: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell which eigenvalues of a matrix are positive beyond the rounding of float64."""
    floor = len(eigenvalues) * np.finfo(np.float64).eps * np.abs(eigenvalues).max()
    above: NDArray[np.bool_] = eigenvalues > floor
    return above


def samples_by_outputs(name: str, values: ArrayLike) -> Array:
    """Return the values as a table (n, k) of finite numbers, or raise ValueError."""
    table = _finite(name, values)
    if table.ndim == 1:
        table = table[:, None]
    if table.ndim != 2 or table.size == 0:  # noqa: PLR2004
        raise ValueError(f"{name} have shape {table.shape}: give samples by outputs, (n, k)")
    return table


def _finite(name: str, values: ArrayLike) -> Array:
    table = np.asarray(values, dtype=np.float64)
    broken = table.size - np.count_nonzero(np.isfinite(table))
    if broken:
        raise ValueError(f"{name} hold {broken} values that are NaN or infinite: drop them")
    return table
