"""Fitting networks of mixed powers, and letting a group lasso choose how much of each power."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, Self

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods import _adam
from methods.mixhop.adjacency import Adjacency
from methods.mixhop.network import (
    Parameters,
    Weights,
    Widths,
    apply,
    draw_parameters,
    propagation,
)

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
    logs = jax.nn.log_softmax(outputs)
    return -jnp.take_along_axis(logs, labels[:, None], axis=1)[:, 0]


def squared_error(outputs: jax.Array, targets: jax.Array) -> jax.Array:
    """Return the squared distance (n,) between outputs and targets, both (n, n_outputs)."""
    return jnp.sum((outputs - targets) ** 2, axis=1)


def shrink(W: Weights, threshold: Any) -> Weights:
    """Return each column shorter by ``threshold``, and 0 where that is its length: Eq. (6)."""

    def shrunk(w: jax.Array) -> jax.Array:
        length = jnp.linalg.norm(w, axis=0)
        return w * jnp.where(length > threshold, 1 - threshold / length, 0.0)

    return {j: shrunk(w) for j, w in W.items()}


def count_columns(W: Weights) -> dict[int, int]:
    """Return how many columns of each power are not all 0."""
    return {j: int(np.any(np.asarray(w) != 0, axis=0).sum()) for j, w in W.items()}


@partial(jax.jit, static_argnames=("loss", "steps"))
def train(start: Parameters, task: Task, settings: Settings, *, loss: Loss, steps: int) -> Run:
    """Return the outcome of ``steps`` steps of Adam, Eq. (5), each followed by Eq. (6).

    The lasso holds for all layers but the last. Adam's steps have about the size of their rate
    whatever the gradient, so the lasso competes with steps, not with units of the loss.
    Graphs with as many nodes and edges share one compilation.
    """
    A, X, Y, *sets = task
    rate, decay, lasso = settings

    def objective(parameters: Parameters) -> tuple[jax.Array, jax.Array]:
        each = loss(apply(parameters, A, X), Y)
        means = jnp.stack([each @ nodes / nodes.sum() for nodes in sets])
        size = sum(jnp.sum(w**2) for w in jax.tree.leaves(parameters.layers))
        return means[0] + decay * size, means  # Eq. (5)

    def step(carry: Any, _: None) -> tuple[Any, jax.Array]:
        parameters, state, best, least = carry
        gradients, means = jax.grad(objective, has_aux=True)(parameters)
        better = means[1] < least
        best = jax.tree.map(partial(jnp.where, better), parameters, best)
        moved, state = _adam.step(parameters, gradients, state, rate=rate)
        *layers, last = moved.layers
        layers = [shrink(W, rate * lasso) for W in layers]
        moved = Parameters(layers=[*layers, last], q=moved.q)
        return (moved, state, best, jnp.minimum(means[1], least)), means

    carry = (start, _adam.start(start), start, jnp.inf)
    (last, _, best, _), losses = jax.lax.scan(step, carry, length=steps)
    return Run(best=best, last=last, losses=losses)


class MixHop:
    """Classifies the nodes of a graph with layers that mix powers of its adjacency matrix.

    ``hidden`` says how many columns each power gets in each hidden layer, and ``segments`` how
    many times the classes' columns in the last one; with {1: ...} alone this is a graph
    convolutional network, and with {0: ...} alone the graph does not matter.

    After ``fit``: ``classes_``; ``parameters_``, those with the least loss on the watched nodes
    or, with a lasso, the last ones; ``losses_`` as in ``Run``; and ``columns_``, for each hidden
    layer how many columns of each power are not 0 at the end. ``random_state`` seeds the
    weights to start from.
    """

    def __init__(
        self,
        hidden: Sequence[Widths] = ({0: 20, 1: 20, 2: 20},),
        segments: Widths | None = None,
        *,
        random_state: int = 0,
        steps: int = 200,
        settings: Settings = Settings(),  # noqa: B008  it never changes
    ) -> None:
        self.hidden = hidden
        self.segments = {0: 1, 1: 1, 2: 1} if segments is None else segments
        self.random_state = random_state
        self.steps = steps
        self.settings = settings

    def fit(
        self, edges: ArrayLike, X: ArrayLike, y: ArrayLike, *, train_on: ArrayLike, watch: ArrayLike
    ) -> Self:
        """Fit the network to the classes of some nodes of a graph.

        Edges are as in ``propagation``, X is (n_nodes, n_features) and y (n_nodes,);
        ``train_on`` and ``watch`` (n_nodes,) are True for the nodes to fit to and for those
        that say when to stop. The classes of all other nodes are never looked at. Raise
        ValueError where the data are incomplete or their shapes differ.
        """
        table = _checked_features(X)
        names = np.asarray(y)
        fitted, watched = _checked_nodes(names, train_on, watch, len(table))
        self.classes_ = np.unique(names[fitted])
        unseen = np.setdiff1d(names[watched], self.classes_)
        if unseen.size:
            raise ValueError(
                f"no node of classes {unseen.tolist()} is fitted: put some of theirs in train_on"
            )
        key = jax.random.key(self.random_state)
        start = draw_parameters(key, table.shape[1], self.hidden, self.segments, len(self.classes_))
        known = np.searchsorted(self.classes_, np.where(fitted | watched, names, self.classes_[0]))
        task = Task(
            A=propagation(edges, len(table)),
            X=jnp.asarray(table),
            Y=jnp.asarray(known),
            fitted=jnp.asarray(fitted, jnp.float32),
            watched=jnp.asarray(watched, jnp.float32),
        )
        run = train(start, task, self.settings, loss=cross_entropy, steps=self.steps)
        self.parameters_ = run.last if self.settings.lasso else run.best
        self.losses_ = np.asarray(run.losses)
        self.columns_ = [count_columns(W) for W in run.last.layers[:-1]]
        return self

    def predict(self, edges: ArrayLike, X: ArrayLike) -> NDArray[Any]:
        """Return the class of each node (n_nodes,) of this or another graph."""
        if not hasattr(self, "parameters_"):
            raise AttributeError("this MixHop is not fitted: call fit first")
        table = _checked_features(X)
        n_features = len(next(iter(self.parameters_.layers[0].values())))
        if table.shape[1] != n_features:
            raise ValueError(
                f"X has {table.shape[1]} columns and the model {n_features}: give the same ones"
            )
        outputs = apply(self.parameters_, propagation(edges, len(table)), jnp.asarray(table))
        found: NDArray[Any] = self.classes_[np.argmax(outputs, axis=1)]
        return found


def _checked_features(X: ArrayLike) -> NDArray[np.float32]:
    table = np.asarray(X, dtype=np.float32)
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"X has {table.ndim} dimensions: give it two, nodes by features")
    missing = table.size - np.count_nonzero(np.isfinite(table))
    if missing:
        raise ValueError(f"X holds {missing} values that are NaN or infinite: impute or drop them")
    return table


def _checked_nodes(
    y: NDArray[Any], train_on: ArrayLike, watch: ArrayLike, n_nodes: int
) -> list[NDArray[np.bool_]]:
    """Return the two sets of nodes as masks that are neither empty nor of another length."""
    masks = []
    for name, given in (("train_on", train_on), ("watch", watch)):
        mask = np.asarray(given)
        if mask.dtype != bool or not mask.any():
            raise ValueError(f"{name} marks no nodes: give True for each node of the set")
        masks.append(mask)
    for name, array in (("y", y), ("train_on", masks[0]), ("watch", masks[1])):
        if array.shape != (n_nodes,):
            raise ValueError(f"{name} has shape {array.shape}: X has {n_nodes} nodes")
    return masks
