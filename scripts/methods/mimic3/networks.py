"""The benchmark's networks: what they predict, what they lose by it, and how they learn.

Harutyunyan et al., "Multitask learning and benchmarking with clinical time series data",
Scientific Data 6:96, 2019; equation numbers are those of notebooks/mimic3.ipynb. Target
replication, deep supervision and multitask learning are one loss with different weights of
its terms: Eqs. (6) to (8). Where the benchmark averages mortality over all stays of a batch,
and replicates it past the 48th hour, only stays with a label and hours up to there count here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple, Self

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods import _adam
from methods.mimic3.lstm import Architecture, Body, glorot, hidden_states, start_body

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Task:
    """What one output of a network says."""

    name: str
    outputs: int = 1
    exclusive: bool = False
    """Whether exactly one of the outputs is true, as of bins; otherwise each is on its own."""
    hourly: bool = False
    """Whether each hour has its answer, for which the hours after it are unknown."""
    C: float = 1.0
    """The weight of the task among others, Eq. (8)."""


MORTALITY = Task("mortality")
DECOMPENSATION = Task("decompensation", hourly=True)
LENGTH_OF_STAY = Task("length of stay", outputs=10, exclusive=True, hourly=True)
PHENOTYPES = Task("phenotypes", outputs=25)

MULTITASK = (replace(MORTALITY, C=0.2), DECOMPENSATION, replace(LENGTH_OF_STAY, C=1.5), PHENOTYPES)
"""All four tasks, weighted as in the paper."""


@dataclass(frozen=True)
class Design:
    """What a network is, before it learns anything."""

    tasks: tuple[Task, ...]
    architecture: Architecture


@partial(
    jax.tree_util.register_dataclass,
    data_fields=["rate", "deep"],
    meta_fields=["epochs", "batch_size"],
)
@dataclass(frozen=True)
class Training:
    """How a network learns; batches and rate are the paper's.

    The rate and ``deep`` may be arrays, so that ``jax.vmap`` trains several networks at once.
    """

    epochs: int = 20
    batch_size: int = 8
    rate: Any = 1e-3
    """Of Adam, a number."""
    deep: Any = True
    """Whether each pass over a stay asks at every hour that weighs something, Eq. (7), as deep
    supervision and target replication do; otherwise at one, drawn anew in each pass."""


class Target(NamedTuple):
    """The answers to a task, and how much each hour's prediction of them matters."""

    labels: Any
    """0 or 1, shape (n, T, outputs), or (n, 1, outputs) where all hours share their answer."""
    weights: Any
    """Shape (n, T); 0 where there is no prediction to make. They are relative: Eq. (6)."""


class Head(NamedTuple):
    """The weights of one task's output."""

    V: jax.Array
    """Shape (width, outputs)."""
    b: jax.Array
    """Shape (outputs,)."""


class Parameters(NamedTuple):
    """All that a network learns."""

    body: Body
    heads: dict[str, Head]


class Data(NamedTuple):
    """Padded series with the answers to all tasks."""

    X: Any
    mask: Any
    targets: dict[str, Target]


def label_of_stay(
    labels: ArrayLike,
    mask: ArrayLike,
    *,
    position: int | None = None,
    known: ArrayLike | None = None,
    replication: float = 0.0,
) -> Target:
    """Return the target of one prediction per stay, at a position of all or at each one's last.

    labels (n, outputs) or (n,), mask (n, T), known (n,) says which stays have a label. Target
    replication gives the share ``replication`` of the weight to all hours up to that position:
    Eq. (7). A stay that does not reach the position weighs nothing. Raise ValueError where no
    stay can, since the position lies past the mask.
    """
    seen = np.asarray(mask, dtype=bool)
    n, T = seen.shape
    if position is not None and not 0 <= position < T:
        raise ValueError(f"position is {position} and the mask has {T} hours: give one of them")
    last = T - 1 - np.argmax(seen[:, ::-1], axis=1) if position is None else np.full(n, position)
    there = seen[np.arange(n), last] & (True if known is None else np.asarray(known, dtype=bool))
    until = seen & (np.arange(T) <= last[:, None])
    at_last = np.arange(T) == last[:, None]
    evenly = until / np.maximum(until.sum(axis=1, keepdims=True), 1)
    weights = there[:, None] * ((1 - replication) * at_last + replication * evenly)
    return Target(
        labels=np.reshape(labels, (n, 1, -1)).astype(np.float32),
        weights=weights.astype(np.float32),
    )


def label_of_hours(labels: ArrayLike, known: ArrayLike, *, n_bins: int | None = None) -> Target:
    """Return the target of a prediction at each known hour: deep supervision, Eq. (7).

    labels (n, T) are 0 or 1, or with ``n_bins`` the number of a bin, and anything where known
    (n, T) is false.
    """
    each = np.where(known, labels, 0)
    answers = each[..., None] if n_bins is None else np.eye(n_bins)[each.astype(np.intp)]
    return Target(labels=answers.astype(np.float32), weights=np.asarray(known, dtype=np.float32))


def start(rng: np.random.Generator, n_columns: int, design: Design) -> Parameters:
    """Return parameters to start from, for series of ``n_columns``."""
    width = design.architecture.width
    heads = {
        task.name: Head(V=glorot(rng, width, task.outputs), b=jnp.zeros(task.outputs))
        for task in design.tasks
    }
    return Parameters(body=start_body(rng, n_columns, design.architecture), heads=heads)


def logits(
    parameters: Parameters,
    X: jax.Array,
    mask: jax.Array,
    architecture: Architecture,
    key: jax.Array | None = None,
) -> dict[str, jax.Array]:
    """Return each task's log-odds at all hours, shape (n, T, outputs); a key makes dropout."""
    H = hidden_states(parameters.body, X, mask, architecture, key)
    return {name: H @ head.V + head.b for name, head in parameters.heads.items()}


def task_loss(task: Task, z: jax.Array, target: Target) -> jax.Array:
    """Return the weighted mean cross-entropy of log-odds z (n, T, outputs): Eq. (6)."""
    if task.exclusive:
        each = -jnp.sum(target.labels * jax.nn.log_softmax(z), axis=-1)
    else:
        each = jnp.mean(jax.nn.softplus(z) - target.labels * z, axis=-1)
    total = jnp.sum(target.weights)
    return jnp.sum(target.weights * each) / jnp.where(total > 0, total, 1.0)


def loss(
    parameters: Parameters, data: Data, design: Design, key: jax.Array | None = None
) -> jax.Array:
    """Return the sum of the tasks' losses, each times its C: Eq. (8)."""
    z = logits(parameters, data.X, data.mask, design.architecture, key)
    each = [t.C * task_loss(t, z[t.name], data.targets[t.name]) for t in design.tasks]
    return jnp.sum(jnp.array(each))


@partial(jax.jit, static_argnames="design")
def predict(
    parameters: Parameters, X: jax.Array, mask: jax.Array, design: Design
) -> dict[str, jax.Array]:
    """Return each task's probabilities at all hours, shape (n, T, outputs)."""
    z = logits(parameters, X, mask, design.architecture)
    return {
        t.name: jax.nn.softmax(z[t.name]) if t.exclusive else jax.nn.sigmoid(z[t.name])
        for t in design.tasks
    }


def one_hour_each(targets: dict[str, Target], key: jax.Array) -> dict[str, Target]:
    """Return targets that ask each stay at one hour only, which weighs as much as all did.

    The chance of an hour is in proportion to its weight, so that over many draws the hours
    matter as much to each other as before.
    """
    asked = {}
    share = jax.random.uniform(key, (len(next(iter(targets.values())).weights), 1))
    for name, target in targets.items():
        until = jnp.cumsum(target.weights, axis=1)
        all_hours = until[:, -1:]
        hour = jnp.sum(until <= share * all_hours, axis=1)
        there = jax.nn.one_hot(hour, target.weights.shape[1])
        asked[name] = target._replace(weights=there * all_hours)
    return asked


@partial(jax.jit, static_argnames="design")
def train(
    parameters: Parameters, data: Data, key: jax.Array, design: Design, training: Training
) -> tuple[Parameters, jax.Array]:
    """Return the parameters after each epoch of Adam, stacked, and its mean loss (epochs,).

    Every epoch has the stays in a new order, and leaves out those that fill no batch.
    """
    steps = len(data.X) // training.batch_size
    shuffling, drawing = jax.random.split(key)
    order = partial(jax.random.permutation, x=len(data.X))
    orders = jax.vmap(order)(jax.random.split(shuffling, training.epochs))
    batches = orders[:, : steps * training.batch_size]
    batches = batches.reshape(training.epochs, steps, training.batch_size)
    keys = jax.random.split(drawing, (training.epochs, steps))

    def descend(carry: Any, at: tuple[jax.Array, jax.Array]) -> tuple[Any, jax.Array]:
        (weights, state), (rows, chance) = carry, at
        batch = jax.tree.map(lambda a: a[rows], data)
        drawn = one_hour_each(batch.targets, jax.random.fold_in(chance, 1))
        asked = jax.tree.map(partial(jnp.where, training.deep), batch.targets, drawn)
        batch = batch._replace(targets=asked)
        value, slope = jax.value_and_grad(loss)(weights, batch, design, chance)
        return _adam.step(weights, slope, state, rate=training.rate), value

    def pass_over(carry: Any, at: tuple[jax.Array, jax.Array]) -> tuple[Any, Any]:
        carry, losses = jax.lax.scan(descend, carry, at)
        return carry, (carry[0], losses.mean())

    begin = parameters, _adam.start(parameters)
    path: tuple[Parameters, jax.Array] = jax.lax.scan(pass_over, begin, (batches, keys))[1]
    return path


class Network:
    """A network that answers one task or several about stays, hour by hour.

    After ``fit``: ``parameters_``, and ``losses_`` (epochs,) while it learned.
    """

    def __init__(
        self, design: Design, *, training: Training | None = None, random_state: int = 0
    ) -> None:
        self.design = design
        self.training = training or Training()
        self.random_state = random_state

    def fit(self, X: ArrayLike, mask: ArrayLike, targets: Mapping[str, Target]) -> Self:
        """Learn from series X (n, T, d) with mask (n, T) and a target for the name of each task.

        Raise ValueError where shapes do not fit, values are NaN or infinite, or the network
        would look ahead.
        """
        self._check_tasks(targets)
        x, seen = _checked(X, mask)
        size, tasks = self.training.batch_size, self.design.tasks
        if len(x) < size:
            raise ValueError(f"{len(x)} stays fill no batch of {size}: make it smaller")
        data = Data(x, seen, {t.name: _target(t, targets[t.name], seen) for t in tasks})
        self.n_columns_ = x.shape[2]
        untrained = start(np.random.default_rng(self.random_state), self.n_columns_, self.design)
        key = jax.random.key(self.random_state, impl="rbg")  # compiles sooner than the default
        path, losses = train(untrained, data, key, self.design, self.training)
        self.parameters_ = jax.tree.map(lambda of_epochs: of_epochs[-1], path)
        self.losses_ = np.asarray(losses)
        return self

    def predict(self, X: ArrayLike, mask: ArrayLike) -> dict[str, Array]:
        """Return each task's probabilities by its name, shape (n, T, outputs).

        After the last true hour of a stay they stay as they are, so the last step of all,
        ``[:, -1]``, holds what is predicted once the stay is over.
        """
        if not hasattr(self, "parameters_"):
            raise AttributeError("this Network is not fitted: call fit first")
        x, seen = _checked(X, mask)
        if x.shape[2] != self.n_columns_:
            raise ValueError(
                f"X has {x.shape[2]} columns and the network {self.n_columns_}: give the same ones"
            )
        found = predict(self.parameters_, x, seen, self.design)
        return {name: np.asarray(values) for name, values in found.items()}

    def _check_tasks(self, targets: Mapping[str, Target]) -> None:
        names = [task.name for task in self.design.tasks]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"the tasks are {names}: give at least one, and each once")
        if set(names) != set(targets):
            raise ValueError(f"targets are {sorted(targets)} and tasks {sorted(names)}: match them")
        hourly = [task.name for task in self.design.tasks if task.hourly]
        if hourly and self.design.architecture.bidirectional:
            raise ValueError(f"bidirectional layers would show {hourly[0]} the hours to come")


def _checked(X: ArrayLike, mask: ArrayLike) -> tuple[jax.Array, jax.Array]:
    x, seen = np.asarray(X, dtype=np.float32), np.asarray(mask, dtype=bool)
    if x.ndim != 3 or seen.shape != x.shape[:2]:  # noqa: PLR2004
        raise ValueError(f"X has shape {x.shape} and mask {seen.shape}: give (n, T, d) and (n, T)")
    missing = x.size - np.count_nonzero(np.isfinite(x))
    if missing:
        raise ValueError(f"X holds {missing} values that are NaN or infinite: impute them")
    return jnp.asarray(x), jnp.asarray(seen)


def _target(task: Task, target: Target, mask: jax.Array) -> Target:
    labels, weights = (np.asarray(part, dtype=np.float32) for part in target)
    n, T = mask.shape
    if labels.shape not in {(n, 1, task.outputs), (n, T, task.outputs)} or weights.shape != (n, T):
        raise ValueError(
            f"{task.name}: labels have shape {labels.shape} and weights {weights.shape}: "
            f"give ({n}, {T} or 1, {task.outputs}) and ({n}, {T})"
        )
    return Target(labels=jnp.asarray(labels), weights=jnp.asarray(weights))
