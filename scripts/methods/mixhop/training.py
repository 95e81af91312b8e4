"""Fitting networks of mixed powers, and letting a group lasso choose how much of each power."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

from methods import _adam
from methods.mixhop.adjacency import Adjacency
from methods.mixhop.network import Parameters, Weights, apply

Loss = Callable[[jax.Array, jax.Array], jax.Array]


class Task(NamedTuple):
    """What a network is to learn on one graph of n nodes; several graphs are one in pieces."""

    A: Adjacency
    """The normalised adjacency, Eq. (1), shape (n, n)."""
    X: jax.Array
    """Features, shape (n, n_inputs)."""
    Y: jax.Array
    """What the loss compares the outputs with, n rows."""
    fitted: jax.Array
    """Weights of the nodes in the loss, 1 for those that are fitted and else 0, shape (n,)."""
    watched: jax.Array
    """The same for the nodes that say which step was best, shape (n,)."""


class Settings(NamedTuple):
    """How training moves."""

    rate: float = 0.03
    """The size of Adam's steps."""
    decay: float = 5e-5
    """What the squared weights cost."""
    lasso: float = 0.0
    """How much shorter a step makes each column, in units of ``rate``: lambda in Eq. (6)."""


class Run(NamedTuple):
    """What training leaves behind."""

    best: Parameters
    """The parameters with the least loss on the watched nodes."""
    last: Parameters
    """The parameters after the last step."""
    losses: jax.Array
    """Mean loss of fitted and of watched nodes before each step, shape (steps, 2)."""


def cross_entropy(outputs: jax.Array, labels: jax.Array) -> jax.Array:
    """Return the loss (n,) in nats of outputs (n, n_classes) for labels (n,) from 0 up."""
    right = jax.nn.one_hot(labels, outputs.shape[1])  # which a training loop forms once
    return -jnp.sum(right * jax.nn.log_softmax(outputs), axis=1)


def squared_error(outputs: jax.Array, targets: jax.Array) -> jax.Array:
    """Return the squared distance (n,) between outputs and targets, both (n, n_outputs)."""
    return jnp.sum((outputs - targets) ** 2, axis=1)


def shrink(W: Weights, threshold: Any) -> Weights:
    """Return each column shorter by ``threshold``, and 0 where that is its length: Eq. (6)."""
    columns = jnp.hstack(list(W.values()))
    length = jnp.linalg.norm(columns, axis=0)
    shrunk = columns * jnp.where(length > threshold, 1 - threshold / length, 0.0)
    ends = np.cumsum([w.shape[1] for w in W.values()])[:-1]
    return dict(zip(W, jnp.split(shrunk, ends, axis=1), strict=True))


def count_columns(W: Weights) -> dict[int, int]:
    """Return how many columns of each power are not all 0."""
    return {j: int(np.any(np.asarray(w) != 0, axis=0).sum()) for j, w in W.items()}


@partial(jax.jit, static_argnames=("loss", "steps", "dropout"))
def train(  # noqa: PLR0913  a training loop has that many settings
    start: Parameters,
    task: Task,
    settings: Settings,
    *,
    loss: Loss,
    steps: int,
    dropout: float = 0.0,
    key: jax.Array | None = None,
) -> Run:
    """Return the outcome of ``steps`` steps of Adam, Eq. (5), each followed by Eq. (6).

    With a ``key`` a share ``dropout`` of each layer's inputs is left out at each step, and the
    watched nodes are judged without. The lasso holds for all layers but the last. Adam's steps
    have about the size of their rate whatever the gradient, so the lasso competes with steps,
    not with units of the loss.
    Graphs with as many nodes and edges share one compilation.
    """
    A, X, Y, *sets = task
    rate, decay, lasso = settings

    first, unravel = ravel_pytree(start)  # one array moves at less cost than many small ones

    def each_node(parameters: Parameters, key: jax.Array | None = None) -> jax.Array:
        return loss(apply(parameters, A, X, dropout=dropout, key=key), Y)

    def objective(w: jax.Array, key: jax.Array | None) -> tuple[jax.Array, jax.Array]:
        parameters = unravel(w)
        each = each_node(parameters, key)
        whole = each if key is None else each_node(parameters)
        means = jnp.stack([_mean(each, sets[0]), _mean(whole, sets[1])])
        size = sum(jnp.sum(w**2) for w in jax.tree.leaves(parameters.layers))
        return means[0] + decay * size, means  # Eq. (5)

    def step(carry: Any, key: jax.Array | None) -> tuple[Any, jax.Array]:
        w, state, best, least = carry
        gradient, means = jax.grad(objective, has_aux=True)(w, key)
        best = jnp.where(means[1] < least, w, best)
        moved, state = _adam.step(w, gradient, state, rate=rate)
        *layers, last = unravel(moved).layers
        layers = [shrink(W, rate * lasso) for W in layers]
        moved, _ = ravel_pytree(Parameters(layers=[*layers, last], q=unravel(moved).q))
        return (moved, state, best, jnp.minimum(means[1], least)), means

    keys = jax.random.split(key, steps) if key is not None and dropout else None
    carry = (first, _adam.start(first), first, jnp.inf)
    (w, _, best, _), losses = jax.lax.scan(step, carry, keys, length=steps)
    return Run(best=unravel(best), last=unravel(w), losses=losses)


def _mean(each: jax.Array, nodes: jax.Array) -> jax.Array:
    return each @ nodes / nodes.sum()
