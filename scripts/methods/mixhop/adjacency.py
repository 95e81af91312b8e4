"""The normalised adjacency matrix, kept so that products with it are quick.

Entries lie in rows of eight neighbours of one node; a node with more has several such rows, and
what is left over holds zeros. Eight gathered rows of features are added up in one pass, which on
a processor takes a third of the time of JAX's own sparse products.
"""

from typing import Any, Self

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

_WIDTH = 8
_VECTOR = 8
"""Columns that processors take at once: 16 are gathered in less time than 10."""
_COARSE, _FEW = 16, 128
"""Counts of rows are rounded up by as much as one in so many, and to so many at least."""


@jax.tree_util.register_pytree_node_class
class Adjacency:
    """A symmetric matrix (n, n) that multiplies features (n, c) with ``A @ H``."""

    def __init__(self, neighbours: jax.Array, values: jax.Array, nodes: jax.Array) -> None:
        self.neighbours = neighbours  # (n_rows, 8)
        self.values = values  # (n_rows, 8)
        self.nodes = nodes  # (n_rows,), whose neighbours they are, from the first node on

    @classmethod
    def from_entries(
        cls, rows: NDArray[np.int64], columns: NDArray[np.int64], values: ArrayLike, n_nodes: int
    ) -> Self:
        """Return the matrix of some entries (n_entries,), sorted by row, each node with one."""
        degree = np.bincount(rows, minlength=n_nodes)
        needed = -(-degree // _WIDTH)
        begin = np.cumsum(needed) - needed
        place = np.arange(len(rows)) - (np.cumsum(degree) - degree)[rows]
        at = begin[rows] + place // _WIDTH, place % _WIDTH
        shape = _rounded_up(needed.sum()), _WIDTH
        neighbours, kept = np.zeros(shape, np.int32), np.zeros(shape, np.float32)
        neighbours[at], kept[at] = columns, values
        nodes = np.full(len(kept), n_nodes - 1, np.int32)
        nodes[: needed.sum()] = np.repeat(np.arange(n_nodes), needed)
        return cls(jnp.asarray(neighbours), jnp.asarray(kept), jnp.asarray(nodes))

    def __matmul__(self, H: jax.Array) -> jax.Array:
        """Return the product with features H (n, c)."""
        return _multiply(self, H)

    def todense(self) -> jax.Array:
        """Return the matrix (n, n) with its zeros."""
        return self @ jnp.eye(int(self.nodes[-1]) + 1)

    def tree_flatten(self) -> tuple[tuple[jax.Array, ...], None]:
        """Return the arrays, for JAX."""
        return (self.neighbours, self.values, self.nodes), None

    @classmethod
    def tree_unflatten(cls, _: None, arrays: Any) -> Self:
        """Return the matrix of some arrays, for JAX."""
        return cls(*arrays)


@jax.custom_vjp
def _multiply(A: Adjacency, H: jax.Array) -> jax.Array:
    n, c = H.shape
    # Without the barrier each gathered entry would be computed anew for each of its neighbours.
    H = jax.lax.optimization_barrier(  # type: ignore[no-untyped-call]  # JAX publishes no type
        jnp.pad(H, ((0, 0), (0, -c % _VECTOR)))
    )
    seen = (H.at[A.neighbours[:, k]].get(mode="promise_in_bounds") for k in range(_WIDTH))
    sums = sum(A.values[:, k, None] * rows for k, rows in enumerate(seen))
    return jax.ops.segment_sum(sums, A.nodes, n, indices_are_sorted=True)[:, :c]


def _forward(A: Adjacency, H: jax.Array) -> tuple[jax.Array, Adjacency]:
    return _multiply(A, H), A


def _backward(A: Adjacency, gradient: jax.Array) -> tuple[None, jax.Array]:
    return None, _multiply(A, gradient)  # A is its own transpose, and no parameter


_multiply.defvjp(_forward, _backward)


def _rounded_up(count: int) -> int:
    """Return a count that graphs alike share, so that they share one compilation.

    One takes longer than the additional zeros in thousands of steps.
    """
    step = max(_FEW, 1 << max(0, int(count // _COARSE).bit_length() - 1))
    return int(-(-count // step) * step)
