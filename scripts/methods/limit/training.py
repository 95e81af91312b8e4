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
from methods.limit.network import Layer, Networks, apply, shared, with_inputs
from methods.limit.noise import Array, check_labels

Samples = tuple[NDArray[np.float32], NDArray[np.int32]]
"""Inputs (n, d) and labels (n,)."""
_BLOCK = _shapes.ROWS
"""So many samples are watched at a time; tables grow to multiples of it."""


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
    Compiled once for data of about one size, whatever they and the method's numbers are, and
    once more for draws. Raise ValueError where samples, labels or numbers are not fit to train
    on.
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
    rows = [batches(rng, n, min(batch_size, n)) for _ in range(epochs)]
    rounds = np.reshape(rows, (epochs // apart, -1, min(batch_size, n)))
    key = jax.random.key(int(rng.integers(2**31))) if _draws(method) else None
    networks, accuracy = _train(
        jax.tree.map(jnp.float32, method),  # so that 1 and 1.0 are compiled alike
        shared(drawn, X)[0],
        _grown((X, y), drawn),
        _with_room(rounds, _shapes.coarse(n, _shapes.ROWS) * apart),
        rounds.shape[1],
        key,
        rate,
        {name: (_grown(both, drawn), len(both[1])) for name, both in sets.items()},
    )
    measured = {name: np.asarray(shares, np.float64) for name, shares in accuracy.items()}
    return Run(with_inputs(networks, d), measured)


@jax.jit
def _train(  # noqa: PLR0913, PLR0917  what is traced has to be an argument
    method: Method,
    networks: Networks,
    samples: tuple[jax.Array, jax.Array],
    rounds: jax.Array,
    n_batches: jax.Array,
    key: jax.Array | None,
    rate: jax.Array,
    watched: dict[str, tuple[tuple[jax.Array, jax.Array], jax.Array]],
) -> tuple[Networks, dict[str, jax.Array]]:
    """Return trained networks, and watched accuracies after each round.

    Rounds are rows of batches (n_rounds, at least n_batches, batch_size). Without a key nothing
    is drawn.
    """
    X, y = samples
    most = rounds.shape[1]
    shown = [table.reshape(-1, _BLOCK, table.shape[1]) for (table, _), _ in watched.values()]
    blocks = jnp.concatenate(shown) if shown else None

    def one_round(state: Any, numbered: Any) -> tuple[Any, dict[str, jax.Array]]:
        number, rows = numbered

        def one_batch(index: Any, state: Any) -> Any:
            networks, adam = state
            draws = None if key is None else jax.random.fold_in(key, number * most + index)
            gradients = jax.grad(method.loss)(networks, X[rows[index]], y[rows[index]], draws)
            return _adam.step(networks, gradients, adam, rate=rate)

        state = jax.lax.fori_loop(0, n_batches, one_batch, state)
        return state, {} if blocks is None else _accuracies(state[0][0], blocks, watched)

    numbered = jnp.arange(len(rounds)), rounds
    (networks, _), accuracy = jax.lax.scan(one_round, (networks, _adam.start(networks)), numbered)
    return networks, accuracy


def _accuracies(
    network: Any,
    blocks: jax.Array,
    watched: dict[str, tuple[tuple[jax.Array, jax.Array], jax.Array]],
) -> dict[str, jax.Array]:
    """Return the network's accuracy on watched sets, whose samples are ``blocks`` one by one.

    All sets go through one small piece of compiled code: compiling one for each takes longer.
    """
    guesses = jax.lax.map(lambda x: apply(network, x).argmax(axis=1), blocks).ravel()
    ends = np.cumsum([len(y) for (_, y), _ in watched.values()])
    parts = jnp.split(guesses, ends[:-1])
    return {
        name: jnp.where(jnp.arange(len(y)) < n, part == y, 0).sum() / n
        for part, (name, ((_, y), n)) in zip(parts, watched.items(), strict=True)
    }


def _draws(method: Method) -> bool:
    return isinstance(method, Limit) and method.scale > 0


def _grown(samples: Samples, networks: Networks) -> Samples:
    _, table = shared(networks, samples[0])
    return table, _shapes.grown(samples[1], len(table))


def _with_room(rounds: NDArray[np.intp], rows: int) -> NDArray[np.int32]:
    """Return rounds (n_rounds, n_batches, size) with as many batches as so many rows can give."""
    count, _, size = rounds.shape
    return _shapes.grown(rounds.astype(np.int32), count, rows // size, size)


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
