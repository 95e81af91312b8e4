"""Long short-term memory over padded series, whole or one network to a channel.

The body of the benchmark's networks, without their outputs: what ``networks`` trains. Equation
numbers are those of notebooks/mimic3.ipynb. Series have shape (n, T, d) and masks (n, T), which
are true where there is an hour and false where it only fills up. Gates are logistic functions;
the benchmark's library bent them from three straight lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

State = tuple[jax.Array, jax.Array]
"""What a cell shows, h, and what it remembers, c, both (n, h)."""


class Cell(NamedTuple):
    """The weights of one layer in one direction, its gates i, f, g and o side by side."""

    W: jax.Array
    """From the input, shape (d, 4 h)."""
    U: jax.Array
    """From the state, shape (h, 4 h)."""
    b: jax.Array
    """Shape (4 h,)."""


Layer = tuple[Cell, ...]
"""One cell forwards, or a second one backwards too."""


class Body(NamedTuple):
    """All weights below the outputs; of ``channels``, each array has one more axis in front."""

    channels: tuple[Layer, ...]
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class Architecture:
    """How the layers are stacked.

    The benchmark's for in-hospital mortality is the default, made bidirectional.
    """

    dim: int = 16
    """Units of a layer; a bidirectional one has half of them in each direction."""
    depth: int = 2
    """Layers: the last one runs forwards, those below in both directions or forwards too."""
    bidirectional: bool = False
    """Whether all layers but the last run in both directions."""
    channels: tuple[tuple[int, ...], ...] = ()
    """The columns of each channel, where each is to have ``depth`` layers of its own first."""
    size: int = 4
    """With channels, the layers over them have ``size * dim`` units."""
    dropout: float = 0.3
    """The share of inputs of each layer, and of outputs of the last, that training hides."""

    def __post_init__(self) -> None:
        """Raise ValueError where the units cannot be shared out."""
        if self.dim < 1 or self.depth < 1:
            raise ValueError(f"dim is {self.dim} and depth {self.depth}: give at least one of each")
        if self.bidirectional and self.dim % 2:
            raise ValueError(f"dim is {self.dim}: give an even one, half for each direction")

    @property
    def width(self) -> int:
        """The units of the last layer."""
        return self.size * self.dim if self.channels else self.dim


def start_body(rng: np.random.Generator, n_columns: int, architecture: Architecture) -> Body:
    """Return weights to start from, for series of ``n_columns``.

    Raise ValueError where a channel has a column that the series lack.
    """
    a = architecture
    last = max((column for channel in a.channels for column in channel), default=0)
    if last >= n_columns:
        raise ValueError(f"a channel has column {last} and X only {n_columns}: count from 0")
    channels: list[Layer] = []
    below = n_columns
    if a.channels:
        below = max(map(len, a.channels))
        for _ in range(a.depth):
            each = [start_layer(rng, below, a.dim, 1 + a.bidirectional) for _ in a.channels]
            channels.append(jax.tree.map(lambda *weights: jnp.stack(weights), *each))
            below = a.dim
        below = a.dim * len(a.channels)
    layers = []
    for _ in range(a.depth - 1):
        layers.append(start_layer(rng, below, a.width, 1 + a.bidirectional))
        below = a.width
    layers.append(start_layer(rng, below, a.width, 1))
    return Body(channels=tuple(channels), layers=tuple(layers))


def start_layer(rng: np.random.Generator, d: int, units: int, directions: int) -> Layer:
    """Return a layer as the benchmark starts it: even, orthogonal, and slow to forget."""
    h = units // directions

    def cell() -> Cell:
        U, _ = np.linalg.qr(rng.standard_normal((4 * h, h)))
        bias = np.repeat([0.0, 1.0, 0.0, 0.0], h)
        return Cell(W=glorot(rng, d, 4 * h), U=jnp.asarray(U.T), b=jnp.asarray(bias))

    return tuple(cell() for _ in range(directions))


def glorot(rng: np.random.Generator, d: int, h: int) -> jax.Array:
    """Return even weights (d, h) that keep the variance of what passes, forth and back."""
    most = np.sqrt(6 / (d + h))
    return jnp.asarray(rng.uniform(-most, most, size=(d, h)))


def hidden_states(
    body: Body,
    X: jax.Array,
    mask: jax.Array,
    architecture: Architecture,
    key: jax.Array | None = None,
) -> jax.Array:
    """Return the last layer's states, shape (n, T, width); a key draws what dropout hides.

    An hour that only fills up repeats the state before it, so the last step of the padded
    series shows the state after the last true hour.
    """
    keys = _dropout_keys(key, len(body.channels) + len(body.layers) + 1)
    rate = architecture.dropout
    Z = X
    if architecture.channels:
        of_channel = jax.vmap(run_layer, in_axes=(0, 0, None))
        Z = split_channels(X, architecture.channels)
        for layer in body.channels:
            Z = of_channel(layer, hide(next(keys), Z, rate, across_time=True), mask)
        Z = jnp.concatenate(list(Z), axis=-1)  # Eq. (5)
    for layer in body.layers:
        Z = run_layer(layer, hide(next(keys), Z, rate, across_time=True), mask)
    return hide(next(keys), Z, rate, across_time=False)


def channel_columns(names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the places of each channel's columns, named as ``discretizer.Grid.columns`` is."""
    channels: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        channels.setdefault(name.removeprefix("mask->").split("->")[0], []).append(place)
    return tuple(map(tuple, channels.values()))


def split_channels(X: jax.Array, channels: Sequence[Sequence[int]]) -> jax.Array:
    """Return the columns of each channel, shape (n_channels, n, T, most columns of a channel).

    Channels with fewer columns are filled up with zeros, from which no weight can learn.
    """
    most = max(map(len, channels))
    zero = X.shape[-1]
    columns = jnp.array([[*c, *[zero] * (most - len(c))] for c in channels])
    with_zero = jnp.pad(X, ((0, 0), (0, 0), (0, 1)))
    return jnp.moveaxis(with_zero[:, :, columns], 2, 0)


def run_layer(layer: Layer, X: jax.Array, mask: jax.Array) -> jax.Array:
    """Return the states of a layer, shape (n, T, units); backward ones follow forward ones."""
    states = [
        run_cell(cell, X, mask, backwards=bool(direction)) for direction, cell in enumerate(layer)
    ]
    return jnp.concatenate(states, axis=-1)


def run_cell(cell: Cell, X: jax.Array, mask: jax.Array, *, backwards: bool = False) -> jax.Array:
    """Return the cell's states at all hours, shape (n, T, h): Eq. (4)."""
    driven = X @ cell.W + cell.b  # of all hours at once: only the states have to wait
    zeros = jnp.zeros((len(X), len(cell.U)))

    def hour(state: State, at: tuple[jax.Array, jax.Array]) -> tuple[State, jax.Array]:
        drive, seen = at
        h, c = step(cell, state, drive)
        kept = jnp.where(seen[:, None], h, state[0]), jnp.where(seen[:, None], c, state[1])
        return kept, kept[0]

    by_time = jnp.swapaxes(driven, 0, 1), jnp.swapaxes(mask, 0, 1)
    H: jax.Array = jax.lax.scan(hour, (zeros, zeros), by_time, reverse=backwards)[1]
    return jnp.swapaxes(H, 0, 1)


def step(cell: Cell, state: State, drive: jax.Array) -> State:
    """Return the state an hour later: Eq. (3).

    ``drive`` (n, 4 h) is what the hour's input and the bias bring.
    """
    h, c = state
    i, f, g, o = jnp.split(drive + h @ cell.U, 4, axis=-1)
    c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(c), c


def hide(key: jax.Array | None, X: jax.Array, rate: float, *, across_time: bool) -> jax.Array:
    """Return X (..., T, d) with a share of its entries 0 and the rest larger to make up for it.

    Across time, an entry is hidden at all hours or at none, as the benchmark's layers do.
    """
    if key is None or rate == 0:
        return X
    shape = (*X.shape[:-2], 1, X.shape[-1]) if across_time else X.shape
    return jnp.where(jax.random.bernoulli(key, 1 - rate, shape), X / (1 - rate), 0.0)


def _dropout_keys(key: jax.Array | None, count: int) -> Iterator[jax.Array | None]:
    return iter([None] * count if key is None else jax.random.split(key, count))
