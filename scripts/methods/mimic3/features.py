"""The 714 features of linear models: statistics of each channel over parts of its own span.

For each of the 17 channels, 7 periods between its first and last observation in the window,
and in each 6 statistics. All windows are worked at once: observations are put in order of
window, channel and time, so each period is a slice, and each statistic a ``reduceat``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from methods.mimic3.channels import CHANNELS, NAMES
from methods.mimic3.stays import EPS, Stay

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

PERIODS = ((0, 100), (0, 10), (0, 25), (0, 50), (90, 100), (75, 100), (50, 100))
"""Percent of the channel's span, from and to: the whole, the first and the last parts."""
STATISTICS = ("min", "max", "mean", "std", "skew", "len")
COLUMNS: tuple[str, ...] = tuple(
    f"{name}, {begin}-{end} %, {statistic}"
    for name in NAMES
    for begin, end in PERIODS
    for statistic in STATISTICS
)
"""The names of the features, in the original's order."""

_BATCH = 4_000_000  # observations in memory at once


@dataclass(frozen=True)
class _Series:
    """Observations of consecutive (window, channel) pairs."""

    pair: Indices
    """Each series' window times 17 plus channel, increasing, shape (s,)."""
    begin: Indices
    """Where each series begins among the observations, shape (s,)."""
    size: Indices
    """How many observations it has, at least one, shape (s,)."""
    hours: Array
    values: Array


def extract(
    stays: Sequence[Stay],
    stay: ArrayLike | None = None,
    hour: ArrayLike | None = None,
    *,
    constant_skew: Literal["nan", "zero"] = "nan",
) -> Array:
    """Return the features of n windows, shape (n, 714); NaN where a channel was not observed.

    Window i is what was observed in ``stays[stay[i]]`` up to ``hour[i]``, as ``Samples`` has
    them; by default, all of each stay. Categories count as ``Channel.categories`` says. The
    skewness of equal values is NaN in today's SciPy ("nan") and was 0 in the one that the
    original was made with ("zero"); standard deviation and skewness are those of the
    population.
    """
    places = np.arange(len(stays)) if stay is None else np.asarray(stay, dtype=np.intp)
    ends = np.full(len(places), np.inf) if hour is None else np.asarray(hour, dtype=np.float64)
    if places.shape != ends.shape or places.ndim != 1:
        raise ValueError(
            f"stay has shape {places.shape} and hour {ends.shape}: give one of each for a window"
        )
    if constant_skew not in {"nan", "zero"}:
        raise ValueError(f'constant_skew is {constant_skew!r}: give "nan" or "zero"')
    rows = np.array([np.searchsorted(stays[i].hours, end + EPS, "right")
                     for i, end in zip(places, ends, strict=True)], dtype=np.intp)  # fmt: skip
    found = np.full((len(places), len(CHANNELS), len(PERIODS), len(STATISTICS)), np.nan)
    batch = np.cumsum(rows * len(CHANNELS)) // _BATCH
    for one in np.unique(batch):
        mine = np.flatnonzero(batch == one)
        values = [numeric(stays[places[i]].values[: rows[i]]) for i in mine]
        hours = [stays[places[i]].hours[: rows[i]] for i in mine]
        series = _series(hours, values)
        flat = found[mine].reshape(-1, len(PERIODS), len(STATISTICS))
        for p, (begin, end) in enumerate(PERIODS):
            flat[series.pair, p] = _statistics(series, *_slices(series, begin, end), constant_skew)
        found[mine] = flat.reshape(found[mine].shape)
    return found.reshape(len(places), len(COLUMNS))


def numeric(values: Array) -> Array:
    """Return observations (n, 17) with the numbers of categories for their indices."""
    found = values.copy()
    for column, channel in enumerate(CHANNELS):
        if channel.categories:
            seen = ~np.isnan(values[:, column])
            numbers = np.array(list(channel.categories.values()), dtype=np.float64)
            found[seen, column] = numbers[values[seen, column].astype(np.intp)]
    return found


def _series(hours: Sequence[Array], values: Sequence[Array]) -> _Series:
    """Return the observations in order of window, channel and time."""
    window = np.repeat(np.arange(len(hours)), [len(h) for h in hours])
    table = np.concatenate([*values, np.empty((0, len(CHANNELS)))])
    row, channel = np.nonzero(~np.isnan(table))
    pair = window[row] * len(CHANNELS) + channel
    order = np.argsort(pair, kind="stable")
    pairs, begin, size = np.unique(pair[order], return_index=True, return_counts=True)
    times = np.concatenate([*hours, np.empty(0)])
    return _Series(pairs, begin, size, times[row[order]], table[row[order], channel[order]])


def _slices(series: _Series, begin: int, end: int) -> tuple[Indices, Indices]:
    """Return where the observations of a period begin and end in each series, shape (s,) each."""
    first = series.hours[series.begin]
    last = series.hours[series.begin + series.size - 1]
    share = (last - first) * (end - begin) / 100.0
    low = first if begin == 0 else last - share
    high = last if end == 100 else first + share  # noqa: PLR2004  percent
    before = series.hours <= np.repeat(low - EPS, series.size)
    within = series.hours < np.repeat(high + EPS, series.size)
    start = series.begin + _sums(before, series.begin)
    return start, series.begin + _sums(within, series.begin)


def _statistics(series: _Series, begin: Indices, end: Indices, constant_skew: str) -> Array:
    """Return the statistics of slices, each of at least one observation, shape (s, 6)."""
    size = end - begin
    pick = np.repeat(begin - np.cumsum(size) + size, size) + np.arange(size.sum())
    x, starts = series.values[pick], np.cumsum(size) - size
    if not len(x):
        return np.empty((0, len(STATISTICS)))
    mean = np.add.reduceat(x, starts) / size
    centred = x - np.repeat(mean, size)
    square = centred**2
    second = np.add.reduceat(square, starts) / size
    third = np.add.reduceat(square * centred, starts) / size
    constant = second <= (np.finfo(np.float64).resolution * mean) ** 2  # as SciPy has it
    with np.errstate(divide="ignore", invalid="ignore"):
        skew = np.where(constant, np.nan if constant_skew == "nan" else 0.0, third / second**1.5)
    lowest, highest = np.minimum.reduceat(x, starts), np.maximum.reduceat(x, starts)
    return np.column_stack([lowest, highest, mean, np.sqrt(second), skew, size])


def _sums(flags: NDArray[np.bool_], begin: Indices) -> Indices:
    found: Indices = np.add.reduceat(flags, begin, dtype=np.intp) if len(begin) else begin
    return found
