"""Networks of dense layers and convolutions, as lists of weights."""

from collections.abc import Sequence
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods import _shapes
from methods.limit.noise import Array, Labels

Network = list[tuple[jax.Array, jax.Array]]
"""Weights and biases of each layer: dense ones (n_in, n_out) and (n_out,), convolutions
(size, size, n_in, n_out) and (n_out,)."""
Networks = tuple[Network, ...]
"""A classifier, and after it the network that predicts its gradients where there is one."""


class Convolution(NamedTuple):
    """A layer that sees squares of ``size`` pixels, two pixels apart, of square images."""

    size: int
    channels: int


Layer = int | Convolution
"""A hidden layer: a convolution, or the units of a dense one."""


def draw_network(
    rng: np.random.Generator, n_inputs: int, hidden: Sequence[Layer], n_classes: int
) -> Network:
    """Return a network to start from: He's random weights and no biases.

    Convolutions come first and take the inputs as square images, row by row. Raise ValueError
    where those are too small.
    """
    network, side, n_in = [], round(n_inputs**0.5), 1
    for layer in hidden:
        if isinstance(layer, Convolution):
            network.append(_drawn(rng, (layer.size, layer.size, n_in, layer.channels)))
            side, n_in = (side - layer.size) // 2 + 1, layer.channels
            if side < 1:
                raise ValueError(f"images of {n_inputs} pixels are too small for {list(hidden)}")
    n_in = side**2 * n_in if network else n_inputs
    for units in (*(each for each in hidden if not isinstance(each, Convolution)), n_classes):
        network.append(_drawn(rng, (n_in, units)))
        n_in = units
    return network


def apply(network: Network, x: jax.Array) -> jax.Array:
    """Return the logits (n, C) of samples x (n, d); layers but the last are rectified."""
    *inner, (W, b) = network
    if inner and _convolves(inner[0]):
        side = round(x.shape[1] ** 0.5)
        x = x.T.reshape(1, side, side, -1)
    for layer in inner:
        x = jax.nn.relu(_convolved(x, *layer) if _convolves(layer) else _dense(x, *layer))
    return _dense(x, W, b)


def chances(network: Network, X: ArrayLike) -> Array:
    """Return the network's chance (n, C) of each class for samples X (n, d).

    Compiled once for as many samples and variables, more or less.
    """
    table = np.asarray(X, np.float32)
    ((wide, *others),), padded = shared((network,), table)
    found = np.asarray(_chances([wide, *others], padded), np.float64)[: len(table)]
    shares: Array = found / found.sum(axis=1, keepdims=True)
    return shares


def predict(networks: Networks, X: ArrayLike) -> Labels:
    """Return the classifier's labels (n,) of samples X (n, d)."""
    labels: Labels = chances(networks[0], X).argmax(axis=1)
    return labels


def shared(networks: Networks, table: NDArray[np.float32]) -> tuple[Networks, NDArray[np.float32]]:
    """Return the same networks for a table (n, d) with zeros added, in sizes that others have."""
    n, d = table.shape
    columns = d if _convolves(networks[0][0]) else _shapes.coarse(d, _shapes.COLUMNS)
    padded = _shapes.grown(table, _shapes.coarse(n, _shapes.ROWS), columns)
    return with_inputs(networks, columns), padded


def with_inputs(networks: Networks, n_inputs: int) -> Networks:
    """Return dense networks that take more inputs, which count for nothing, or only the first."""

    def fitted(W: jax.Array) -> jax.Array:
        if W.ndim > 2 or len(W) == n_inputs:  # noqa: PLR2004
            return W
        kept = np.asarray(W)[:n_inputs]
        return jnp.asarray(_shapes.grown(kept, n_inputs, kept.shape[1]))

    return tuple([(fitted(W), b), *others] for (W, b), *others in networks)


def _drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[jax.Array, jax.Array]:
    deviation = np.sqrt(2 / np.prod(shape[:-1]))
    W = deviation * rng.standard_normal(shape, dtype=np.float32)
    return jnp.asarray(W, jnp.float32), jnp.zeros(shape[-1])


def _convolves(layer: tuple[jax.Array, jax.Array]) -> bool:
    return layer[0].ndim > 2  # noqa: PLR2004


def _dense(x: jax.Array, W: jax.Array, b: jax.Array) -> jax.Array:
    """Return a dense layer's answers (n, n_out) to rows (n, n_in) or images, as below."""
    if x.ndim > 2:  # noqa: PLR2004
        x = x.transpose(3, 1, 2, 0).reshape(x.shape[3], -1)
    return x @ W + b


def _convolved(x: jax.Array, W: jax.Array, b: jax.Array) -> jax.Array:
    """Return the convolution of images (n_in, side, side, n) in steps of two, as such images.

    Samples come last, so that what a weight meets is gathered in long runs, for one product of
    matrices.
    """
    size, (_, side, _, n) = len(W), x.shape
    steps = (side - size) // 2 + 1
    ends = 2 * steps - 1
    met = [x[:, i : i + ends : 2, j : j + ends : 2] for i in range(size) for j in range(size)]
    found = W.reshape(-1, len(b)).T @ jnp.stack(met).reshape(-1, steps**2 * n)
    return found.reshape(-1, steps, steps, n) + b[:, None, None, None]


_chances = jax.jit(lambda network, x: jax.nn.softmax(apply(network, x)))
