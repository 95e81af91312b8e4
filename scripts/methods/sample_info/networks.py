"""Networks in JAX: their Jacobians, and real training to hold the linearised one against.

Everything runs in float64 inside a context, so the setting of the process stays as it was.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from numpy.typing import ArrayLike

from methods.sample_info.linearised import Array, Linearised, Training

Layers = list[tuple[jax.Array, jax.Array]]
Apply = Callable[[Any, jax.Array], jax.Array]
_PART = 64


@dataclass(frozen=True)
class Network:
    """A network and the parameters that it starts from.

    ``apply`` takes the parameters, any tree of arrays, and samples (n, p), and returns outputs
    (n, k). The weights are the parameters as one vector (d,), in float64.
    """

    apply: Apply
    parameters: Any

    def weights(self) -> Array:
        """Return the weights to start from, shape (d,)."""
        with _float64():
            return np.array(self._flat()[0])

    def linearise(self, X: ArrayLike) -> Linearised:
        """Return the network at its start as the samples X (n, p) see it: Eq. (2)."""
        with _float64():
            start, samples = self._doubled(), np.asarray(X, dtype=np.float64)
            outputs, jacobians = (
                _in_parts(of, start, samples, apply=self.apply) for of in (_outputs, _jacobians)
            )
            return Linearised(outputs, jacobians)

    def kernel(self, X: ArrayLike, other: ArrayLike | None = None, *, block: int = 64) -> Array:
        """Return the tangent kernel (n k, m k) of X (n, p) and ``other`` (m, p), else X: Eq. (3).

        The Jacobians of no more than twice ``block`` samples are held at a time, so memory is
        that of the kernel and of 2 block k d numbers; they are worked out anew where needed.
        """
        if block < 1:
            raise ValueError(f"block is {block}: give at least one sample")
        with _float64():
            start = self._doubled()

            def rows(samples: Array) -> Array:
                table = jnp.asarray(samples, jnp.float64)
                found = np.asarray(_jacobians(start, table, apply=self.apply))
                return found.reshape(-1, found.shape[-1])

            one = np.asarray(X, dtype=np.float64)
            two = one if other is None else np.asarray(other, dtype=np.float64)
            k = self.apply(start, jnp.asarray(one[:1], jnp.float64)).shape[1]
            kernel = np.empty((len(one) * k, len(two) * k))
            for i in range(0, len(one), block):
                upper = rows(one[i : i + block])
                for j in range(i if other is None else 0, len(two), block):
                    lower = upper if other is None and i == j else rows(two[j : j + block])
                    part = slice(i * k, (i + block) * k), slice(j * k, (j + block) * k)
                    kernel[part] = upper @ lower.T
                    if other is None:
                        kernel[part[::-1]] = kernel[part].T
            return kernel

    def predict(self, w: ArrayLike, X: ArrayLike) -> Array:
        """Return the outputs (n, k) with weights w (d,) for samples X (n, p)."""
        with _float64():
            return _in_parts(_outputs, self._tree(w), X, apply=self.apply)

    def slopes(self, w: ArrayLike, X: ArrayLike) -> Array:
        """Return how the sum of the outputs changes with each input of X (n, p), shape (n, p)."""
        with _float64():
            return _in_parts(_slopes, self._tree(w), X, apply=self.apply)

    def train(
        self, X: ArrayLike, Y: ArrayLike, counts: ArrayLike, training: Training, *, at_once: int = 8
    ) -> Array:
        """Return the weights after descent on Eq. (1), without linearising, shape (m, d).

        X is (n, p) and Y (n, k). Each row of ``counts`` (m, n) is a training of its own, and
        says how often each sample enters the loss: a 0 leaves it out. ``at_once`` trainings
        share a batch. Raise ValueError for a training that never ends, or is a flow.
        """
        if training.endless or training.flow:
            raise ValueError("a network of its own trains by descent: give steps, and no flow")
        with _float64():
            values = (jnp.asarray(value, jnp.float64) for value in (counts, X, Y))
            decay, rate = (jnp.float64(value) for value in (training.weight_decay, training.rate))
            steps, start = int(training.steps), self._doubled()
            kind = {"apply": self.apply, "steps": steps, "at_once": at_once}
            return np.array(_descend(start, *values, decay, rate, **kind))

    def _flat(self) -> tuple[jax.Array, Callable[[jax.Array], Any]]:
        flat, unravel = ravel_pytree(self._doubled())
        return flat, unravel

    def _tree(self, w: ArrayLike) -> Any:
        """Return weights (d,) in the shape of the parameters."""
        _, unravel = self._flat()
        return unravel(jnp.asarray(w, jnp.float64))

    def _doubled(self) -> Any:
        return jax.tree.map(lambda value: jnp.asarray(value, jnp.float64), self.parameters)


def _in_parts(
    of: Callable[..., jax.Array], parameters: Any, X: ArrayLike, *, apply: Apply
) -> Array:
    """Return what ``of`` gives for each sample of X (n, p), which is compiled for few sizes.

    It sees up to 64 samples at a time, and as many zeros with them as make a power of two.
    """
    samples = np.asarray(X, dtype=np.float64)
    found = np.empty(0)
    for i in range(0, max(len(samples), 1), _PART):
        part = samples[i : i + _PART]
        size = 1 << (len(part) - 1).bit_length()
        padded = np.zeros((size, *part.shape[1:]))
        padded[: len(part)] = part
        given = of(parameters, jnp.asarray(padded), apply=apply)[: len(part)]
        if not i:
            found = np.empty((len(samples), *given.shape[1:]))
        found[i : i + _PART] = given
    return found


@partial(jax.jit, static_argnames="apply")
def _outputs(parameters: Any, X: jax.Array, *, apply: Apply) -> jax.Array:
    """Return the outputs (n, k) for samples X (n, p)."""
    return apply(parameters, X)


@partial(jax.jit, static_argnames="apply")
def _slopes(parameters: Any, X: jax.Array, *, apply: Apply) -> jax.Array:
    """Return how the sum of the outputs changes with each input of X (n, p), shape (n, p)."""
    slopes: jax.Array = jax.grad(lambda X: apply(parameters, X).sum())(X)
    return slopes


@partial(jax.jit, static_argnames="apply")
def _jacobians(start: Any, X: jax.Array, *, apply: Apply) -> jax.Array:
    """Return the Jacobians (n, k, d) of samples X (n, p), compiled once for networks alike."""
    w, unravel = ravel_pytree(start)

    def outputs(w: jax.Array, x: jax.Array) -> jax.Array:
        return apply(unravel(w), x[None])[0]

    jacobians: jax.Array = jax.vmap(jax.jacrev(outputs), in_axes=(None, 0))(w, X)
    return jacobians


@partial(jax.jit, static_argnames=("apply", "steps", "at_once"))
def _descend(  # noqa: PLR0913, PLR0917  what is traced has to be an argument
    start: Any,
    counts: jax.Array,
    X: jax.Array,
    Y: jax.Array,
    decay: jax.Array,
    rate: jax.Array,
    *,
    apply: Apply,
    steps: int,
    at_once: int,
) -> jax.Array:
    """Return the weights (m, d) that each row of ``counts`` leads to: see `Network.train`."""
    first, unravel = ravel_pytree(start)

    def loss(w: jax.Array, counts: jax.Array) -> jax.Array:
        squares = jnp.sum((apply(unravel(w), X) - Y) ** 2, axis=1)
        return (counts @ squares + decay * jnp.sum((w - first) ** 2)) / 2

    def one(counts: jax.Array) -> jax.Array:
        def step(w: jax.Array, _: None) -> tuple[jax.Array, None]:
            return w - rate * jax.grad(loss)(w, counts), None

        return jax.lax.scan(step, first, length=steps)[0]

    trained: jax.Array = jax.lax.map(one, counts, batch_size=at_once)
    return trained


def draw_perceptron(key: jax.Array, widths: Sequence[int]) -> Network:
    """Return a perceptron with rectified hidden units and layers of the given widths.

    Weights and biases are uniform within 1 / sqrt(inputs of their layer) of 0.
    """
    layers = []
    for inputs, outputs in itertools.pairwise(widths):
        key, of_weights, of_biases = jax.random.split(key, 3)
        bound = 1 / np.sqrt(inputs)
        W = jax.random.uniform(of_weights, (inputs, outputs), minval=-bound, maxval=bound)
        b = jax.random.uniform(of_biases, (outputs,), minval=-bound, maxval=bound)
        layers.append((W, b))
    return Network(perceptron, layers)


def perceptron(layers: Layers, X: jax.Array) -> jax.Array:
    """Return the outputs (n, k) of a perceptron with rectified hidden units."""
    *hidden, (W, b) = layers
    for weights, biases in hidden:
        X = jax.nn.relu(X @ weights + biases)
    return X @ W + b


def draw_convolution(
    key: jax.Array, *, side: int, channels: Sequence[int], outputs: int = 1
) -> Network:
    """Return a convolutional network for square pictures, whose pixels (n, side ** 2) are a row.

    Each layer is a 3 x 3 convolution with so many channels, a rectifier, and a mean over
    2 x 2 pixels; a dense layer is the last. Weights and biases are uniform within
    1 / sqrt(inputs of a unit) of 0.
    """
    *keys, last = jax.random.split(key, len(channels) + 1)
    layers, inputs, left = [], 1, side
    for of_layer, width in zip(keys, channels, strict=True):
        layers.append(_drawn(of_layer, (3, 3, inputs, width), 9 * inputs))
        inputs, left = width, left // 2
    layers.append(_drawn(last, (left * left * inputs, outputs), left * left * inputs))
    return Network(_Convolution(side), layers)


@dataclass(frozen=True)
class _Convolution:
    """The outputs of a convolutional network for square pictures of so many pixels a side."""

    side: int

    def __call__(self, layers: Layers, X: jax.Array) -> jax.Array:
        *inner, (W, b) = layers
        X = X.reshape(-1, self.side, self.side, 1)
        for kernel, bias in inner:
            X = jax.lax.conv_general_dilated(
                X, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC")
            )
            window, stride = (1, 2, 2, 1), (1, 2, 2, 1)
            X = jax.nn.relu(X + bias)
            X = jax.lax.reduce_window(X, 0.0, jax.lax.add, window, stride, "VALID") / 4
        return X.reshape(len(X), -1) @ W + b


def _drawn(key: jax.Array, shape: tuple[int, ...], inputs: int) -> tuple[jax.Array, jax.Array]:
    of_weights, of_biases = jax.random.split(key)
    bound = 1 / np.sqrt(inputs)
    W = jax.random.uniform(of_weights, shape, minval=-bound, maxval=bound)
    return W, jax.random.uniform(of_biases, shape[-1:], minval=-bound, maxval=bound)


@contextmanager
def _float64() -> Iterator[None]:
    """Compute in float64 for a while."""
    with jax.enable_x64(True):  # noqa: FBT003  as JAX's documentation writes it
        yield
