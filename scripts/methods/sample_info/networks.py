"""Networks in JAX: their Jacobians, and real training to hold the linearised one against.

Everything runs in float64 inside a context, so the setting of the process stays as it was.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from numpy.typing import ArrayLike

from methods.sample_info.linearised import Array, Linearised, Training

Layers = list[tuple[jax.Array, jax.Array]]


@dataclass(frozen=True)
class Network:
    """A network and the parameters that it starts from.

    ``apply`` takes the parameters, any tree of arrays, and samples (n, p), and returns outputs
    (n, k). The weights are the parameters as one vector (d,), in float64.
    """

    apply: Callable[[Any, jax.Array], jax.Array]
    parameters: Any

    def weights(self) -> Array:
        """Return the weights to start from, shape (d,)."""
        with _float64():
            return np.array(self._flat()[0])

    def linearise(self, X: ArrayLike) -> Linearised:
        """Return the network at its start as the samples X (n, p) see it: Eq. (2)."""
        with _float64():
            start, unravel = self._flat()
            samples = jnp.asarray(X, jnp.float64)

            def outputs(w: jax.Array, x: jax.Array) -> jax.Array:
                return self.apply(unravel(w), x[None])[0]

            jacobians = jax.jit(jax.vmap(jax.jacrev(outputs), in_axes=(None, 0)))
            return Linearised(self.apply(unravel(start), samples), jacobians(start, samples))

    def predict(self, w: ArrayLike, X: ArrayLike) -> Array:
        """Return the outputs (n, k) with weights w (d,) for samples X (n, p)."""
        with _float64():
            _, unravel = self._flat()
            samples = jnp.asarray(X, jnp.float64)
            return np.array(self.apply(unravel(jnp.asarray(w, jnp.float64)), samples))

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
            start, unravel = self._flat()

            def loss(w: jax.Array, counts: jax.Array, X: jax.Array, Y: jax.Array) -> jax.Array:
                squares = jnp.sum((self.apply(unravel(w), X) - Y) ** 2, axis=1)
                decay = training.weight_decay * jnp.sum((w - start) ** 2)
                return (counts @ squares + decay) / 2

            @jax.jit
            def run(counts: jax.Array, X: jax.Array, Y: jax.Array) -> jax.Array:
                def one(counts: jax.Array) -> jax.Array:
                    def step(w: jax.Array, _: None) -> tuple[jax.Array, None]:
                        return w - training.rate * jax.grad(loss)(w, counts, X, Y), None

                    return jax.lax.scan(step, start, length=int(training.steps))[0]

                trained: jax.Array = jax.lax.map(one, counts, batch_size=at_once)
                return trained

            values = (jnp.asarray(value, jnp.float64) for value in (counts, X, Y))
            return np.array(run(*values))

    def _flat(self) -> tuple[jax.Array, Callable[[jax.Array], Any]]:
        doubled = jax.tree.map(lambda value: jnp.asarray(value, jnp.float64), self.parameters)
        flat, unravel = ravel_pytree(doubled)
        return flat, unravel


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


@contextmanager
def _float64() -> Iterator[None]:
    """Compute in float64 for a while."""
    with jax.enable_x64(True):  # noqa: FBT003  as JAX's documentation writes it
        yield
