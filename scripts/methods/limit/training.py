"""One training loop, for classifiers that learn from labels and for those that LIMIT teaches."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike

from methods import _adam
from methods.limit.gradients import (
    DRAWS,
    Form,
    generalised_cross_entropy,
    information_loss,
    penalty,
    predicted_gradient,
    sample_gradient,
    surrogate,
    true_gradient,
)
from methods.limit.noise import Array, Labels, check_labels

Network = list[tuple[jax.Array, jax.Array]]
"""Weights (n_in, n_out) and biases (n_out,) of each layer."""
Networks = tuple[Network, ...]
"""A classifier, and after it the network that predicts its gradients where there is one."""
Samples = tuple[jax.Array, jax.Array]
"""Inputs (n, d) and labels (n,)."""


@partial(jax.tree_util.register_dataclass, data_fields=["power"], meta_fields=[])
@dataclass(frozen=True)
class FromLabels:
    """Learn from the labels as they are, with the loss of Eq. (11) and its ``power``."""

    power: float = 0.0

    def start(self, key: jax.Array, sizes: tuple[int, ...]) -> Networks:
        """Return the classifier to start from."""
        return (draw_network(key, sizes),)

    def loss(self, networks: Networks, x: jax.Array, y: jax.Array, key: jax.Array) -> jax.Array:  # noqa: ARG002  all methods get one
        """Return what one step on a batch x (b, d), y (b,) descends."""
        return generalised_cross_entropy(apply(networks[0], x), y, self.power)


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

    def start(self, key: jax.Array, sizes: tuple[int, ...]) -> Networks:
        """Return the classifier that ``FromLabels`` starts from, and a predictor of its shape."""
        return draw_network(key, sizes), draw_network(jax.random.fold_in(key, 1), sizes)

    def loss(self, networks: Networks, x: jax.Array, y: jax.Array, key: jax.Array) -> jax.Array:
        """Return what one step on a batch x (b, d), y (b,) descends.

        Labels and penalty move only the predictor, and the surrogate only the classifier.
        """
        classifier, predictor = networks
        logits = apply(classifier, x)
        seen = jax.lax.stop_gradient(logits)
        mean = predicted_gradient(seen, apply(predictor, x))
        missed = information_loss(self.form, mean, true_gradient(seen, y))
        taught = surrogate(sample_gradient(key, self.form, mean, self.scale), logits)
        return missed + self.beta * penalty(mean) + taught


Method = FromLabels | Limit


class Run(NamedTuple):
    """What training leaves."""

    networks: Networks
    """The classifier, then the predictor where the method has one."""
    accuracy: dict[str, Array]
    """The classifier's accuracy on each watched set after each epoch, shape (epochs,)."""


@partial(jax.jit, static_argnames="sizes")
def draw_network(key: jax.Array, sizes: tuple[int, ...]) -> Network:
    """Return layers of the ``sizes`` given, inputs first: He's random weights and no biases."""
    keys = jax.random.split(key, len(sizes) - 1)
    return [
        (jax.random.normal(k, (n_in, n_out)) * jnp.sqrt(2 / n_in), jnp.zeros(n_out))
        for k, n_in, n_out in zip(keys, sizes[:-1], sizes[1:], strict=True)
    ]


def apply(network: Network, x: jax.Array) -> jax.Array:
    """Return the logits (n, C) of samples x (n, d); layers but the last are rectified."""
    *inner, (W, b) = network
    for V, a in inner:
        x = jax.nn.relu(x @ V + a)
    return x @ W + b


def predict(networks: Networks, X: ArrayLike) -> Labels:
    """Return the classifier's labels (n,) of samples X (n, d)."""
    return np.asarray(apply(networks[0], jnp.asarray(X, jnp.float32)).argmax(axis=1), np.intp)


def batches(key: jax.Array, n: int, size: int) -> jax.Array:
    """Return the rows of one epoch's batches (n // size, size); a remainder waits for the next."""
    return jax.random.permutation(key, n)[: n // size * size].reshape(-1, size)


def train(  # noqa: PLR0913  a training loop has that many settings
    method: Method,
    X: ArrayLike,
    y: ArrayLike,
    key: jax.Array,
    *,
    n_classes: int,
    hidden: tuple[int, ...] = (256, 256),
    epochs: int = 100,
    batch_size: int = 100,
    rate: float = 1e-3,
    watch: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
) -> Run:
    """Train rectified networks with ``hidden`` units on X (n, d) and y (n,), whole numbers under C.

    ``rate`` is Adam's; ``watch`` names sets of samples and labels whose accuracy to follow.
    Compiled once per shape and form, whatever the data and the method's numbers are. Raise
    ValueError where samples, labels or numbers are not fit to train on.
    """
    _check_numbers(method)
    samples = _checked(X, y, n_classes)
    watched = {
        name: _checked(*both, n_classes, f" of {name!r}") for name, both in (watch or {}).items()
    }
    first, rest = jax.random.split(key)
    networks, accuracy = _train(
        jax.tree.map(jnp.float32, method),  # so that 1 and 1.0 are compiled alike
        method.start(first, (samples[0].shape[1], *hidden, n_classes)),
        samples,
        jax.random.split(rest, epochs),
        rate,
        watched,
        size=min(batch_size, len(samples[1])),
    )
    return Run(networks, {name: np.asarray(each, np.float64) for name, each in accuracy.items()})


@partial(jax.jit, static_argnames="size")
def _train(  # noqa: PLR0913, PLR0917  what is traced has to be an argument
    method: Method,
    networks: Networks,
    samples: Samples,
    keys: jax.Array,
    rate: jax.Array,
    watched: dict[str, Samples],
    *,
    size: int,
) -> tuple[Networks, dict[str, jax.Array]]:
    """Return trained networks, and watched accuracies after each of ``keys``, one an epoch."""
    X, y = samples

    def one_batch(state: Any, batch: Any) -> tuple[Any, None]:
        networks, adam = state
        rows, key = batch
        gradients = jax.grad(method.loss)(networks, X[rows], y[rows], key)
        return _adam.step(networks, gradients, adam, rate=rate), None

    def one_epoch(state: Any, key: jax.Array) -> tuple[Any, dict[str, jax.Array]]:
        order, draws = jax.random.split(key)
        rows = batches(order, len(y), size)
        state, _ = jax.lax.scan(one_batch, state, (rows, jax.random.split(draws, len(rows))))
        (classifier, *_), _ = state
        return state, {name: _accuracy(classifier, *both) for name, both in watched.items()}

    (networks, _), accuracy = jax.lax.scan(one_epoch, (networks, _adam.start(networks)), keys)
    return networks, accuracy


def _accuracy(network: Network, X: jax.Array, y: jax.Array) -> jax.Array:
    return (apply(network, X).argmax(axis=1) == y).mean()


def _check_numbers(method: Method) -> None:
    if not all(number >= 0 for number in jax.tree.leaves(method)):
        raise ValueError(f"{method} has a negative number or NaN: give 0 or more")
    if isinstance(method, Limit) and method.form not in DRAWS:
        raise ValueError(f"form is {method.form!r}: give one of {', '.join(DRAWS)}")


def _checked(X: ArrayLike, y: ArrayLike, n_classes: int, where: str = "") -> Samples:
    table, labels = np.asarray(X, dtype=np.float32), np.asarray(y)
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"X{where} has {table.ndim} dimensions: give it two, samples by variables")
    missing = table.size - np.count_nonzero(np.isfinite(table))
    if missing:
        raise ValueError(f"X{where} holds {missing} values that are NaN or infinite: drop them")
    check_labels(labels, n_classes, where)
    if len(labels) != len(table):
        raise ValueError(f"X{where} has {len(table)} samples and y {len(labels)}: give as many")
    return jnp.asarray(table), jnp.asarray(labels)
