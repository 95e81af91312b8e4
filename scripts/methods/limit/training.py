"""One training loop, for classifiers that learn from labels and for those that LIMIT teaches."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods import _adam, _shapes
from methods.limit.gradients import DRAWS
from methods.limit.losses import Limit, Method
from methods.limit.network import Layer, Network, Networks, apply, shared, with_inputs
from methods.limit.noise import Array, check_labels

Samples = tuple[NDArray[np.float32], NDArray[np.int32]]
"""Inputs (n, d) and labels (n,)."""
Watched = tuple[Any, list[tuple[Any, Any]]]
"""Samples of several sets in blocks (n_blocks, block, d), and of each set the labels, with zeros
after them, and how many they are."""
_BLOCK = _shapes.ROWS // 2
"""So many samples are watched at a time; tables grow to multiples of twice as many."""


class Run(NamedTuple):
    """What training leaves."""

    networks: Networks
    """The classifier, then the predictor where the method has one."""
    accuracy: dict[str, Array]
    """The classifier's accuracy on each watched set after each round, shape (n_rounds,)."""


def batches(rng: np.random.Generator, n: int, size: int) -> NDArray[np.intp]:
    """Return the rows of one epoch's batches (n // size, size); a remainder waits for the next."""
    return rng.permutation(n)[: n // size * size].reshape(-1, size)


def train(  # noqa: PLR0913  a training loop has that many settings
    method: Method,
    X: ArrayLike,
    y: ArrayLike,
    rng: np.random.Generator,
    *,
    n_classes: int,
    hidden: Sequence[Layer] = (256, 256),
    epochs: int = 100,
    batch_size: int = 100,
    rate: float = 1e-3,
    watch: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
    apart: int = 1,
    start: Networks | None = None,
) -> Run:
    """Train networks with ``hidden`` layers on X (n, d) and y (n,), whole numbers under C.

    ``rate`` is Adam's. ``watch`` names sets of samples and labels whose accuracy to follow,
    once in ``apart`` epochs. ``start`` are the networks to go on from, drawn unless given.
    Compiled once for data of about one size, whatever they, the method's numbers and the epochs
    are, and once more for draws. Raise ValueError where samples, labels or numbers are not fit
    to train on.
    """
    _check_numbers(method)
    if epochs % apart:
        raise ValueError(f"{epochs} epochs cannot be watched once in {apart}: give a multiple")
    X, y = _checked(X, y, n_classes)
    n, d = X.shape
    sets = {
        name: _checked(*both, n_classes, f" of {name!r}") for name, both in (watch or {}).items()
    }
    drawn = start or method.start(rng, d, hidden, n_classes)
    size, room = min(batch_size, n), _shapes.coarse(n, _shapes.ROWS)
    rows = [batches(rng, n, size).astype(np.int32) for _ in range(epochs)]
    key = jax.random.key(int(rng.integers(2**31))) if _draws(method) else None
    method = jax.tree.map(jnp.float32, method)  # so that 1 and 1.0 are compiled alike
    samples = jax.device_put(_grown((X, y), drawn))
    watched = jax.device_put(_watched(list(sets.values()), drawn)) if sets else None

    networks, _ = shared(drawn, X)
    adam, shares = _start(networks), []
    for epoch, chosen in enumerate(rows, start=1):
        order = _shapes.grown(chosen, room // size, size)
        networks, adam = _epoch(method, networks, adam, samples, order, len(chosen), key, rate)
        if watched and not epoch % apart:
            shares.append(_accuracies(networks[0], watched))
    by_set = np.array(shares, np.float64).T
    return Run(with_inputs(networks, d), dict(zip(sets, by_set, strict=True)))


@jax.jit
def _epoch(  # noqa: PLR0913, PLR0917  what is traced has to be an argument
    method: Method,
    networks: Networks,
    adam: _adam.State,
    samples: tuple[jax.Array, jax.Array],
    order: jax.Array,
    n_batches: jax.Array,
    key: jax.Array | None,
    rate: jax.Array,
) -> tuple[Networks, _adam.State]:
    """Return networks and Adam's state after the first ``n_batches`` rows of ``order``.

    Those are the rows of the samples in each batch. Without a key nothing is drawn.
    """
    X, y = samples

    def one_batch(index: Any, state: Any) -> Any:
        networks, adam = state
        rows = order[index]
        draws = None if key is None else jax.random.fold_in(key, adam.t)
        # With the barrier rows are gathered once, and not in each product with them.
        gathered = jax.lax.optimization_barrier(X[rows])  # type: ignore[no-untyped-call]
        gradients = jax.grad(method.loss)(networks, gathered, y[rows], draws)
        return _adam.step(networks, gradients, adam, rate=rate)

    trained: tuple[Networks, _adam.State] = jax.lax.fori_loop(
        0, n_batches, one_batch, (networks, adam)
    )
    return trained


def _watched(sets: Sequence[Samples], networks: Networks) -> Watched:
    """Return the samples of all sets in blocks, and the labels of each with how many they are."""
    grown = [_grown(each, networks) for each in sets]
    table = np.concatenate([table for table, _ in grown])
    labels = [(y, len(own)) for (_, y), (_, own) in zip(grown, sets, strict=True)]
    return table.reshape(-1, _BLOCK, table.shape[1]), labels


@jax.jit
def _accuracies(network: Network, watched: Watched) -> list[jax.Array]:
    """Return the network's accuracy on each of the watched sets.

    All of them go through one small piece of compiled code: compiling one for each takes longer.
    """
    blocks, labels = watched
    guesses = jax.lax.map(lambda x: apply(network, x).argmax(axis=1), blocks).ravel()
    parts = jnp.split(guesses, np.cumsum([len(y) for y, _ in labels])[:-1])
    return [
        jnp.where(jnp.arange(len(y)) < n, part == y, 0).sum() / n
        for part, (y, n) in zip(parts, labels, strict=True)
    ]


_start = jax.jit(_adam.start)


def _draws(method: Method) -> bool:
    return isinstance(method, Limit) and method.scale > 0


def _grown(samples: Samples, networks: Networks) -> Samples:
    _, table = shared(networks, samples[0])
    return table, _shapes.grown(samples[1], len(table))


def _check_numbers(method: Method) -> None:
    if not all(np.all(np.asarray(number) >= 0) for number in jax.tree.leaves(method)):
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
    return table, labels.astype(np.int32)
