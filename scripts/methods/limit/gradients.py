"""What a gradient tells of the labels, and the losses that let a classifier see less of it."""

from collections.abc import Callable
from typing import Literal

import jax
import jax.numpy as jnp

Form = Literal["gaussian", "laplace"]
"""The family of the predicted gradient's noise."""

DRAWS: dict[Form, Callable[..., jax.Array]] = {
    "gaussian": jax.random.normal,
    "laplace": jax.random.laplace,
}
"""A draw of each family, at scale 1."""


def true_gradient(logits: jax.Array, y: jax.Array) -> jax.Array:
    """Return the gradient (n, C) of the cross-entropy of labels y (n,) by the logits: Eq. (5)."""
    return jax.nn.softmax(logits) - jax.nn.one_hot(y, logits.shape[1])


def predicted_gradient(logits: jax.Array, guess: jax.Array) -> jax.Array:
    """Return that gradient (n, C) where ``guess``, logits (n, C) too, stands for y: Eq. (6)."""
    return jax.nn.softmax(logits) - jax.nn.softmax(guess)


def information_loss(form: Form, predicted: jax.Array, true: jax.Array) -> jax.Array:
    """Return how badly gradients (n, C) are predicted, a mean over samples: Eq. (7)."""
    miss = predicted - true
    each = miss**2 if form == "gaussian" else jnp.abs(miss)
    return each.sum(axis=1).mean()


def penalty(predicted: jax.Array) -> jax.Array:
    """Return the mean squared length of predicted gradients (n, C): Eq. (8)."""
    return (predicted**2).sum(axis=1).mean()


def sample_gradient(
    key: jax.Array, form: Form, mean: jax.Array, scale: jax.Array | float
) -> jax.Array:
    """Return a draw (n, C) from the prediction; ``scale`` is sigma or b: Eq. (9)."""
    return mean + scale * DRAWS[form](key, mean.shape)


def surrogate(gradient: jax.Array, logits: jax.Array) -> jax.Array:
    """Return a scalar whose derivative by logits (n, C) is ``gradient`` (n, C) / n: Eq. (10)."""
    return (jax.lax.stop_gradient(gradient) * logits).sum(axis=1).mean()


def generalised_cross_entropy(
    logits: jax.Array, y: jax.Array, power: jax.Array | float
) -> jax.Array:
    """Return the mean of (1 - p ** power) / power, p the chance given to the label: Eq. (11).

    Power 0 is cross-entropy, and 1 the mean absolute error up to a factor of 2.
    """
    log_p = jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], axis=1)
    ordinary = power == 0
    divisor = jnp.where(ordinary, 1.0, power)
    return jnp.where(ordinary, -log_p, -jnp.expm1(divisor * log_p) / divisor).mean()
