"""The 76 columns of recurrent models: one row an hour, categories as indicators, and masks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.mimic3.channels import CHANNELS, Channel
from methods.mimic3.stays import EPS, Stay

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """How observations become rows and columns."""

    step: float = 1.0
    """Hours of a bin."""
    merge: bool = False
    """Whether categories of the same number, such as "4 Confused" and "Confused", share a
    column. The original keeps them apart, for they come from two record systems."""

    def __post_init__(self) -> None:
        """Raise ValueError where bins would have no length."""
        if not self.step > 0:
            raise ValueError(f"step is {self.step}: give hours above 0")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names: channels and their categories (59 unless merged), then 17 masks."""
        values = [f"{channel.name}->{name}" if name else channel.name
                  for channel in CHANNELS for name in self._categories(channel)]  # fmt: skip
        return (*values, *(f"mask->{channel.name}" for channel in CHANNELS))

    @property
    def continuous(self) -> Indices:
        """The places of the columns that hold measurements, rather than indicators or masks."""
        places = [i for i, name in enumerate(self.columns) if "->" not in name]
        return np.array(places, dtype=np.intp)

    def _categories(self, channel: Channel) -> list[str]:
        if not channel.categories:
            return [""]
        if self.merge:
            return sorted({f"{number:g}" for number in channel.categories.values()}, key=float)
        return list(channel.categories)

    def expand(self, values: Array) -> Array:
        """Return values (n, 17) without NaN as indicators and measurements (n, 59)."""
        parts = []
        for column, channel in enumerate(CHANNELS):
            cells = values[:, column]
            if channel.categories:
                names = list(channel.categories)
                if self.merge:
                    names = [f"{channel.categories[name]:g}" for name in names]
                columns = self._categories(channel)
                place = np.array([columns.index(name) for name in names])
                parts.append(np.eye(len(columns))[place[cells.astype(np.intp)]])
            else:
                parts.append(cells[:, None])
        return np.hstack(parts)


def bins(end: float, step: float = 1.0) -> int:
    """Return how many bins a window of so many hours has."""
    return int(end / step + 1.0 - EPS)


def bin_of(hours: Array, step: float = 1.0) -> Indices:
    """Return the bin of each time; the end of an hour still belongs to it, as does time 0."""
    return (hours / step - EPS).astype(np.intp)  # towards 0


def discretise(stay: Stay, end: float | None = None, *, grid: Grid | None = None) -> Array:
    """Return what was observed up to ``end`` (by default, the last event), shape (bins, 76).

    Of several values in a bin the last one counts; a bin without any takes the one before it,
    or the channel's normal value. The masks tell what was observed.
    """
    grid = grid or Grid()
    end = float(stay.hours[-1]) if end is None else end
    seen = stay.hours <= end + EPS
    rows, channels = np.nonzero(~np.isnan(stay.values[seen]))
    size = bins(end, grid.step)
    values = np.full((size, len(CHANNELS)), np.nan)
    place = bin_of(stay.hours[rows], grid.step)
    values[place, channels] = stay.values[rows, channels]  # rows are in order, so the last stays
    mask = ~np.isnan(values)
    return np.hstack([grid.expand(impute(values)), mask])


def impute(values: Array) -> Array:
    """Return values (bins, 17) with each NaN replaced by the value before it, or the normal one."""
    normal = np.array([channel.normal for channel in CHANNELS])
    started = np.vstack([normal, values])
    row = np.where(np.isnan(started), 0, np.arange(len(started))[:, None])
    last = np.maximum.accumulate(row, axis=0)
    return np.take_along_axis(started, last, axis=0)[1:]


def discretise_all(
    stays: Sequence[Stay], stay: ArrayLike, hour: ArrayLike, *, grid: Grid | None = None
) -> tuple[Array, Indices]:
    """Return n windows as ``discretise`` does, padded with zero rows, and their lengths.

    Shapes (n, most bins, 76) and (n,); ``stay`` and ``hour`` are as ``Samples`` has them.
    """
    grid = grid or Grid()
    pairs = zip(np.asarray(stay, np.intp), np.asarray(hour, np.float64), strict=True)
    found = [discretise(stays[i], float(end), grid=grid) for i, end in pairs]
    lengths = np.array([len(rows) for rows in found], dtype=np.intp)
    padded = np.zeros((len(found), max(lengths, default=0), len(grid.columns)))
    for i, rows in enumerate(found):
        padded[i, : len(rows)] = rows
    return padded, lengths


@dataclass(frozen=True, eq=False)
class Normalizer:
    """Brings measurements to mean 0 and variance 1, and leaves indicators and masks."""

    mean: Array
    """Of each column, 0 where it is left as it is, shape (76,)."""
    scale: Array
    """Its standard deviation, 1 where it is left as it is, shape (76,)."""

    @classmethod
    def fit(cls, tables: Iterable[Array], *, grid: Grid | None = None) -> Self:
        """Return the normalizer of the tables' rows, each (bins, 76), such as training stays'.

        Deviations divide by one less than the number of rows, and are 1e-7 at least, as in the
        original. Raise ValueError where there are fewer than two rows.
        """
        grid = grid or Grid()
        rows = np.concatenate([np.empty((0, len(grid.columns))), *tables])[:, grid.continuous]
        if len(rows) < 2:  # noqa: PLR2004
            raise ValueError(f"there are {len(rows)} rows: give at least two")
        mean, scale = np.zeros(len(grid.columns)), np.ones(len(grid.columns))
        mean[grid.continuous] = rows.mean(axis=0)
        scale[grid.continuous] = np.maximum(rows.std(axis=0, ddof=1), 1e-7)
        return cls(mean, scale)

    def transform(self, table: Array) -> Array:
        """Return rows (..., 76) with their measurements standardised."""
        return (table - self.mean) / self.scale
