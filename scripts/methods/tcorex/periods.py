"""Data in, one array for each period."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from methods.tcorex.windows import Array


def split(X: Any, period: str | int | None, *, fewest: int = 2) -> tuple[list[Array], list[Any]]:
    """Return the periods' samples (n_t, p) and their names, from a list or from one table.

    A list of tables, or one array (T, n, p), is taken as it is, and its periods are numbered. A
    table with a time index, such as a pandas DataFrame, is cut by ``period``: a length such as
    "30D", or a number of rows; rows left over at the end make a period if they are at least half
    as many, else they join the last. Raise ValueError where there is nothing to split by, and
    where a period has fewer than ``fewest`` samples, or another number of columns, or holds NaN
    or infinity.
    """
    tables, names = _cut(X, period)
    periods = [_as_real(table) for table in tables]
    if not periods:
        raise ValueError("X has no periods: give at least one table of samples")
    for name, table in zip(names, periods, strict=True):
        _check(table, f"period {name}", periods[0].shape[-1], fewest)
    return periods, names


def _cut(X: Any, period: str | int | None) -> tuple[list[Any], list[Any]]:
    if isinstance(X, list | tuple) or getattr(X, "ndim", 2) == 3:  # noqa: PLR2004
        if period is not None:
            raise ValueError("X is a list of periods: give no period, or one table to cut")
        return list(X), list(range(len(X)))
    if period is None:
        raise ValueError('X is one table: give a list of periods, or a period such as "30D" or 20')
    if isinstance(period, int | np.integer):
        return _cut_rows(X, period)
    if not hasattr(X, "resample"):
        raise ValueError(f"period {period!r} needs a table with a time index: give rows instead")
    pieces = [(start, table) for start, table in X.sort_index().resample(period)]
    return [table for _, table in pieces], [start for start, _ in pieces]


def _cut_rows(X: Any, rows: Any) -> tuple[list[Any], list[Any]]:
    if rows < 2:  # noqa: PLR2004
        raise ValueError(f"period is {rows} rows: give at least two")
    table = X.sort_index() if hasattr(X, "sort_index") else np.asarray(X)
    starts = list(range(0, len(table), rows))
    if len(starts) > 1 and len(table) - starts[-1] < rows / 2:
        starts.pop()
    ends = [*starts[1:], len(table)]
    index = getattr(table, "index", range(len(table)))
    pieces = getattr(table, "iloc", table)
    return [pieces[a:b] for a, b in zip(starts, ends, strict=True)], [index[a] for a in starts]


def _as_real(table: ArrayLike) -> Array:
    """Return the table as 32-bit numbers if it has such, else as 64-bit numbers."""
    given = np.asarray(table)
    return given if given.dtype == np.float32 else given.astype(np.float64)


def _check(table: Array, name: str, width: int, fewest: int) -> None:
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(f"{name} has {table.ndim} dimensions: give it two, samples by variables")
    if len(table) < fewest:
        raise ValueError(f"{name} has {len(table)} samples: give {fewest} or more to each period")
    if table.shape[1] != width:
        raise ValueError(
            f"{name} has {table.shape[1]} columns and the first {width}: give the same"
        )
    missing = table.size - np.count_nonzero(np.isfinite(table))
    if missing:
        raise ValueError(f"{name} holds {missing} values that are NaN or infinite: impute or drop")
