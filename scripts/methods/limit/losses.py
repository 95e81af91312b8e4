"""What a classifier can descend: losses of noisy labels, and what LIMIT predicts in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

from methods.limit.gradients import (
    Form,
    generalised_cross_entropy,
    information_loss,
    penalty,
    predicted_gradient,
    sample_gradient,
    surrogate,
    true_gradient,
)
from methods.limit.network import Layer, Networks, apply, draw_network
from methods.limit.noise import Array

_LEAST = 1e-8
"""What a chance is kept away from zero by."""


class OfLabels:
    """A loss of one network and the labels; methods of that kind say what ``of`` is."""

    def start(
        self, rng: np.random.Generator, n_inputs: int, hidden: Sequence[Layer], n_classes: int
    ) -> Networks:
        """Return the classifier to start from."""
        return (draw_network(rng, n_inputs, hidden, n_classes),)

    def loss(
        self,
        networks: Networks,
        x: jax.Array,
        y: jax.Array,
        key: jax.Array | None,  # noqa: ARG002  all methods get one
    ) -> jax.Array:
        """Return what one step on a batch x (b, d), y (b,) descends."""
        return self.of(apply(networks[0], x), y)

    def of(self, logits: jax.Array, y: jax.Array) -> jax.Array:
        """Return the loss of logits (b, C) for labels y (b,), a scalar."""
        raise NotImplementedError


@partial(jax.tree_util.register_dataclass, data_fields=["power"], meta_fields=[])
@dataclass(frozen=True)
class FromLabels(OfLabels):
    """Learn from the labels as they are, with the loss of Eq. (11) and its ``power``."""

    power: float = 0.0

    def of(self, logits: jax.Array, y: jax.Array) -> jax.Array:
        """Return the loss of logits (b, C) for labels y (b,), a scalar."""
        return generalised_cross_entropy(logits, y, self.power)


@partial(jax.tree_util.register_dataclass, data_fields=["chances"], meta_fields=[])
@dataclass(frozen=True)
class Forward(OfLabels):
    """Learn what would give such labels after the noise: Eq. (12).

    Patrini, Rozza, Menon, Nock and Qu, "Making deep neural networks robust to label noise",
    CVPR 2017, arXiv 1609.03683, Theorem 2. ``chances`` (C, C) are those of Eq. (1).
    """

    chances: jax.Array

    def of(self, logits: jax.Array, y: jax.Array) -> jax.Array:
        """Return the loss of logits (b, C) for labels y (b,), a scalar."""
        of_label = (jax.nn.softmax(logits) * self.chances[:, y].T).sum(axis=1)
        return -jnp.log(of_label + _LEAST).mean()


@partial(jax.tree_util.register_dataclass, data_fields=[], meta_fields=[])
@dataclass(frozen=True)
class Determinant(OfLabels):
    """Learn classes whose joint table with the labels has a large determinant: Eq. (13).

    The loss L_DMI of Xu, Cao, Kong and Wang, NeurIPS 2019, arXiv 1909.03388, Eq. (4); it has to
    start from a network that another loss has trained.
    """

    def of(self, logits: jax.Array, y: jax.Array) -> jax.Array:
        """Return the loss of logits (b, C) for labels y (b,), a scalar."""
        joint = jax.nn.one_hot(y, logits.shape[1]).T @ jax.nn.softmax(logits) / len(y)
        whole = joint.any(axis=1).all()  # a batch that lacks a label tells nothing
        log: jax.Array = jnp.linalg.slogdet(jnp.where(whole, joint, jnp.eye(len(joint))))[1]
        return -log


@partial(jax.tree_util.register_dataclass, data_fields=["beta", "scale"], meta_fields=["form"])
@dataclass(frozen=True)
class Limit:
    """Let the labels teach a predictor, and what it predicts teach the classifier.

    ``form`` is the prediction's family and ``beta`` weighs Eq. (8). With ``scale`` above 0 the
    classifier gets draws, Eq. (9), in place of means.
    """

    form: Form = "laplace"
    beta: float = 0.0
    scale: float = 0.0

    def start(
        self, rng: np.random.Generator, n_inputs: int, hidden: Sequence[Layer], n_classes: int
    ) -> Networks:
        """Return the classifier that the others start from, and a predictor of its shape."""
        classifier = draw_network(rng, n_inputs, hidden, n_classes)
        return classifier, draw_network(rng, n_inputs, hidden, n_classes)

    def loss(
        self, networks: Networks, x: jax.Array, y: jax.Array, key: jax.Array | None
    ) -> jax.Array:
        """Return what one step on a batch x (b, d), y (b,) descends; without a key, of means.

        Labels and penalty move only the predictor, and the surrogate only the classifier.
        """
        classifier, predictor = networks
        logits = apply(classifier, x)
        seen = jax.lax.stop_gradient(logits)
        mean = predicted_gradient(seen, apply(predictor, x))
        missed = information_loss(self.form, mean, true_gradient(seen, y))
        taught = mean if key is None else sample_gradient(key, self.form, mean, self.scale)
        return missed + self.beta * penalty(mean) + surrogate(taught, logits)


Method = OfLabels | Limit


def estimate_noise(shares: Array, *, quantile: float = 0.97) -> Array:
    """Return an estimate (C, C) of Eq. (1) from a network's chances (n, C) of noisy labels.

    Patrini et al., Eq. (12) and section 6.1: each class is known by the sample to which the
    network gives it most, or rather, as extremes are rare, by the one at that ``quantile``.
    """
    typical = [np.argmin(np.abs(column - np.quantile(column, quantile))) for column in shares.T]
    rows: Array = shares[typical] / shares[typical].sum(axis=1, keepdims=True)
    return rows
