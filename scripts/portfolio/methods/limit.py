"""LIMIT: a classifier that learns noisy labels through predictions made from the inputs alone.

Harutyunyan, Reing, Ver Steeg and Galstyan, "Improving generalization by controlling
label-noise information in neural network weights", ICML 2020, arXiv 2002.07933. Equation
numbers are those of notebooks/limit.ipynb. Networks run in JAX; information is in bits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import elementwise
from scipy.special import entr

from portfolio.methods import _adam

Array = NDArray[np.float64]
Labels = NDArray[np.intp]
Network = list[tuple[jax.Array, jax.Array]]
"""Weights (n_in, n_out) and biases (n_out,) of each layer."""
Networks = tuple[Network, ...]
"""A classifier, and after it the network that predicts its gradients where there is one."""
Samples = tuple[jax.Array, jax.Array]
"""Inputs (n, d) and labels (n,)."""
Form = Literal["gaussian", "laplace"]
"""The family of the predicted gradient's noise."""

_DRAWS: dict[Form, Callable[..., jax.Array]] = {
    "gaussian": jax.random.normal,
    "laplace": jax.random.laplace,
}
_ROUNDING = 1e-9  # sums of logarithms may pass the largest entropy by this much


# Wrong labels


def uniform_noise(rate: float, n_classes: int) -> Array:
    """Return the chances (C, C) of each label where wrong ones are equally likely: Eq. (1)."""
    _check_rate(rate)
    if n_classes < 2:  # noqa: PLR2004
        raise ValueError(f"n_classes is {n_classes}: give at least two")
    same = np.eye(n_classes)
    return (1 - rate) * same + rate * (1 - same) / (n_classes - 1)


def pair_noise(rate: float, partners: Sequence[int]) -> Array:
    """Return the chances (C, C) where class k is only ever taken for ``partners[k]``: Eq. (1).

    A class that is its own partner keeps its labels.
    """
    _check_rate(rate)
    n_classes = len(partners)
    if not set(partners) <= set(range(n_classes)):
        raise ValueError(f"partners name classes that are not in 0 to {n_classes - 1}")
    return rate * np.eye(n_classes)[list(partners)] + (1 - rate) * np.eye(n_classes)


def corrupt(rng: np.random.Generator, y: ArrayLike, chances: Array) -> Labels:
    """Return labels (n,), each drawn from the row of ``chances`` (C, C) of its true class."""
    clean = np.asarray(y)
    _check_labels(clean, len(chances))
    below = np.cumsum(chances, axis=1)[clean] <= rng.random(len(clean))[:, None]
    drawn: Labels = np.minimum(below.sum(axis=1), len(chances) - 1)
    return drawn


# What fitting them costs: Fano's inequality


def label_entropy(chances: Array) -> Array:
    """Return the bits (C,) that a noisy label holds beyond the true class: Eq. (2)."""
    bits: Array = entr(chances).sum(axis=1) / np.log(2)
    return bits


def error_entropy(error: ArrayLike, n_classes: int) -> Array:
    """Return the most bits that can be missing where ``error`` of the labels are missed: Eq. (3).

    It grows up to the error 1 - 1 / C of a guess and falls from there.
    """
    r = np.asarray(error, dtype=np.float64)
    bits: Array = (entr(r) + entr(1 - r)) / np.log(2) + r * np.log2(n_classes - 1)
    return bits


def least_error(information: ArrayLike, entropy: ArrayLike, n_classes: int) -> Array:
    """Return the least expected share of noisy training labels that is missed: Eq. (4).

    ``information`` is I(w; y | x) / n and ``entropy`` H(y | x) / n, in bits a label; they
    broadcast. Raise ValueError where they cannot be that.
    """
    known, unknown = (np.asarray(bits, dtype=np.float64) for bits in (information, entropy))
    guess = 1 - 1 / n_classes
    most = error_entropy(guess, n_classes)
    if not np.all(known >= 0):
        raise ValueError("information is negative or NaN: give bits a label, 0 or more")
    if not np.all((unknown >= 0) & (unknown <= most + _ROUNDING)):
        raise ValueError(f"entropy is not between 0 and {most:.3f}, the bits of {n_classes} labels")
    missing = np.clip(unknown - known, 0, most)
    found = elementwise.find_root(
        lambda r, bits: error_entropy(r, n_classes) - bits, (0.0, guess), args=(missing,)
    )
    error: Array = found.x
    return error


def least_information(error: ArrayLike, entropy: ArrayLike, n_classes: int) -> Array:
    """Return the least I(w; y | x) / n, in bits a label, at which ``error`` can be met: Eq. (4)."""
    bits: Array = np.maximum(np.asarray(entropy) - error_entropy(error, n_classes), 0.0)
    return bits


# What a gradient tells of the labels


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
    return mean + scale * _DRAWS[form](key, mean.shape)


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


# Two ways to train


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


def _check_rate(rate: float) -> None:
    if not 0 <= rate <= 1:
        raise ValueError(f"rate is {rate}: give a share between 0 and 1")


def _check_numbers(method: Method) -> None:
    if not all(number >= 0 for number in jax.tree.leaves(method)):
        raise ValueError(f"{method} has a negative number or NaN: give 0 or more")
    if isinstance(method, Limit) and method.form not in _DRAWS:
        raise ValueError(f"form is {method.form!r}: give one of {', '.join(_DRAWS)}")


def _check_labels(y: NDArray[Any], n_classes: int, where: str = "") -> None:
    if y.ndim != 1 or not y.size or not np.issubdtype(y.dtype, np.integer):
        raise ValueError(f"y{where} is no list of whole numbers: give the class of each sample")
    if y.min() < 0 or y.max() >= n_classes:
        span = f"from {y.min()} to {y.max()}"
        raise ValueError(f"y{where} goes {span}: number the classes from 0 to {n_classes - 1}")


def _checked(X: ArrayLike, y: ArrayLike, n_classes: int, where: str = "") -> Samples:
    table, labels = np.asarray(X, dtype=np.float32), np.asarray(y)
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"X{where} has {table.ndim} dimensions: give it two, samples by variables")
    missing = table.size - np.count_nonzero(np.isfinite(table))
    if missing:
        raise ValueError(f"X{where} holds {missing} values that are NaN or infinite: drop them")
    _check_labels(labels, n_classes, where)
    if len(labels) != len(table):
        raise ValueError(f"X{where} has {len(table)} samples and y {len(labels)}: give as many")
    return jnp.asarray(table), jnp.asarray(labels)
