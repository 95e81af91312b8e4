"""The layer that mixes powers of the adjacency matrix, and networks of such layers.

Matrices of features have a row for each node. The weights of a layer are a mapping from powers
to matrices (n_inputs, n_columns); powers {1} make a graph convolution, and {0} a dense layer.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.mixhop.adjacency import Adjacency

Weights = dict[int, jax.Array]
Widths = Mapping[int, int]


class Parameters(NamedTuple):
    """What a network learns."""

    layers: list[Weights]
    """The weights of each layer, by power."""
    q: jax.Array
    """How much each segment of the last layer counts, before the softmax, shape (n_segments,)."""


def propagation(edges: ArrayLike, n_nodes: int, n_lone: int = 0) -> Adjacency:
    """Return the symmetrically normalised adjacency (n_nodes, n_nodes), with loops: Eq. (1).

    Edges (n_edges, 2) are pairs of node numbers in either order; repeated ones count once.
    ``n_lone`` nodes without edges come on top. Raise ValueError where edges are no such pairs.
    """
    pairs = _checked_pairs(edges, n_nodes)
    n_nodes += n_lone
    loops = np.repeat(np.arange(n_nodes)[:, None], 2, axis=1)
    both_ways = np.concatenate([pairs, pairs[:, ::-1], loops])
    rows, columns = np.divmod(np.unique(both_ways @ [n_nodes, 1]), n_nodes)
    degree = np.bincount(rows, minlength=n_nodes)
    values = 1 / np.sqrt(degree[rows] * degree[columns])
    return Adjacency.from_entries(rows, columns, values, n_nodes)


def mix(A: Adjacency, H: jax.Array, W: Weights) -> jax.Array:
    """Return the products A^j H W_j side by side, in the order of their powers j: Eq. (2).

    No power of A is ever formed. Columns are multiplied by A one power at a time, those of H
    where they are fewer and those of H W_j otherwise.
    """
    highest = max(W)
    if highest * H.shape[1] < sum(j * W[j].shape[1] for j in W):
        return _spread_first(A, H, W)
    columns = _columns(H, W)
    mixed = H[:, :0]
    for j in range(highest, 0, -1):  # Eq. (3)
        mixed = A @ jnp.hstack([columns[j], mixed] if j in W else [mixed])
    return jnp.hstack([columns[0], mixed]) if 0 in W else mixed


def add_up(A: Adjacency, H: jax.Array, W: Weights) -> jax.Array:
    """Return the sum of the products A^j H W_j over all powers j, shape (n, n_columns)."""
    columns = _columns(H, W)
    total = columns[max(W)]
    for j in range(max(W) - 1, -1, -1):
        total = A @ total + columns.get(j, 0)
    return total


def fold(W: Weights, q: jax.Array) -> Weights:
    """Return the last layer's weights with the segments of each power added up as in Eq. (4).

    The sum is taken before the products, which are linear, so that A multiplies one segment
    for each power instead of all of them.
    """
    width = sum(w.shape[1] for w in W.values()) // len(q)
    ends = np.cumsum([w.shape[1] // width for w in W.values()])[:-1]
    shares = jnp.split(jax.nn.softmax(q), ends)
    return {
        j: jnp.einsum("k,ikc->ic", share, w.reshape(len(w), len(share), width))
        for (j, w), share in zip(W.items(), shares, strict=True)
    }


@partial(jax.jit, static_argnames="dropout")
def apply(
    parameters: Parameters,
    A: Adjacency,
    X: jax.Array,
    *,
    dropout: float = 0.0,
    key: jax.Array | None = None,
) -> jax.Array:
    """Return the network's outputs for features X (n, n_inputs), shape (n, n_outputs).

    With a ``key`` that share of each layer's inputs is dropped, as in training.
    """
    *layers, last = parameters.layers
    H = X
    for index, W in enumerate(layers):
        H = jax.nn.relu(mix(A, _dropped(H, dropout, key, index), W))
    return add_up(A, _dropped(H, dropout, key, len(layers)), fold(last, parameters.q))


@jax.jit
def two_hop_difference(A: Adjacency, X: jax.Array) -> jax.Array:
    """Return what two steps see and one does not, for features X (n, c), shape (n, c): Eq. (7)."""
    one = A @ X
    return jax.nn.relu(one) - jax.nn.relu(A @ one)


def draw_parameters(
    key: jax.Array, n_inputs: int, hidden: Sequence[Widths], segments: Widths, n_outputs: int
) -> Parameters:
    """Return the parameters to start from: normal weights, and segments that count alike.

    Each of the ``hidden`` layers says how many columns each power gets, and ``segments`` how
    many times ``n_outputs`` columns each power gets in the last layer. Raise ValueError where
    a layer names no power, a negative one or a width under 1.
    """
    last = {j: n * n_outputs for j, n in segments.items()}
    layers = []
    for index, widths in enumerate([*hidden, last]):
        _check_widths(index, widths)
        deviation = np.sqrt((1 if widths is last else 2) / n_inputs)
        layer_key = jax.random.fold_in(key, index)
        shape = (n_inputs, sum(widths.values()))
        columns = deviation * np.asarray(jax.random.normal(layer_key, shape))
        splits = np.cumsum([widths[j] for j in sorted(widths)])[:-1]
        parts = map(jnp.asarray, np.split(columns.astype(np.float32), splits, axis=1))
        layers.append(dict(zip(sorted(widths), parts, strict=True)))
        n_inputs = shape[1]
    return Parameters(layers=layers, q=jnp.zeros(sum(segments.values())))


def _columns(H: jax.Array, W: Weights) -> dict[int, jax.Array]:
    """Return H W_j for each power j, in one product."""
    ends = np.cumsum([w.shape[1] for w in W.values()])[:-1]
    products = jnp.split(H @ jnp.hstack(list(W.values())), ends, axis=1)
    return dict(zip(W, products, strict=True))


def _dropped(H: jax.Array, share: float, key: jax.Array | None, layer: int) -> jax.Array:
    if key is None or not share:
        return H
    kept = jax.random.bernoulli(jax.random.fold_in(key, layer), 1 - share, H.shape)
    return jnp.where(kept, H / (1 - share), 0)


def _spread_first(A: Adjacency, H: jax.Array, W: Weights) -> jax.Array:
    spread = [H]
    for _ in range(max(W)):
        spread.append(A @ spread[-1])
    # One product is quicker than one for each power, as H is narrow here.
    return jnp.hstack([spread[j] for j in W]) @ jax.scipy.linalg.block_diag(  # type: ignore[no-any-return]
        *W.values()
    )


def _checked_pairs(edges: ArrayLike, n_nodes: int) -> NDArray[np.int64]:
    pairs = np.asarray(edges)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iu":  # noqa: PLR2004
        raise ValueError(
            f"edges are {pairs.dtype} of shape {pairs.shape}: give whole numbers, two to an edge"
        )
    if pairs.size and not 0 <= pairs.min() <= pairs.max() < n_nodes:
        raise ValueError(
            f"edges name nodes {pairs.min()} to {pairs.max()}: there are only 0 to {n_nodes - 1}"
        )
    return pairs.astype(np.int64)


def _check_widths(index: int, widths: Widths) -> None:
    if not widths or min(widths) < 0 or min(widths.values()) < 1:
        raise ValueError(
            f"layer {index} has widths {dict(widths)}: give powers from 0 up, each a column or more"
        )
