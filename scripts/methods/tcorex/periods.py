"""Data in, one array for each period."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from methods.linear_corex.tables import (
    Names,
    check_like_fit,
    check_same_columns,
    read_columns,
    read_numbers,
)
from methods.tcorex.windows import Array

_TIMES = {"datetime64", "timedelta64", "period"}  # kinds of an index, by pandas' names


@dataclass(frozen=True)
class Periods:
    """Samples period by period."""

    tables: list[Array]
    """The samples of each period, shape (n_t, p)."""
    names: list[Any]
    """The periods' numbers, or when they begin."""
    columns: Names | None
    """The names of the variables, where the data have any."""


def split(X: Any, period: str | int | None, *, fewest: int = 2) -> Periods:
    """Return the periods of a list of tables, or of one table.

    A list of tables, or one array (T, n, p), is taken as it is, and its periods are numbered. A
    table with a time index, such as a pandas DataFrame, is cut by ``period``: a length such as
    "30D", or a number of rows; rows left over at the end make a period if they are at least half
    as many, else they join the last. Raise ValueError where there is nothing to split by, and
    where a period has fewer than ``fewest`` samples, or other columns or another order of them,
    or holds NaN or infinity.
    """
    pieces, names = _cut(X, period)
    if not pieces:
        raise ValueError("X has no periods: give at least one table of samples")
    tables = [
        _as_real(piece, "X" if len(pieces) == 1 else f"period {name}")
        for piece, name in zip(pieces, names, strict=True)
    ]
    columns = read_columns(pieces[0])
    width = tables[0].shape[1]
    for name, piece, table in zip(names, pieces, tables, strict=True):
        if table.shape[1] != width:
            said = f"period {name} has {table.shape[1]} columns and the first {width}"
            raise ValueError(f"{said}: give the same")
        check_same_columns(read_columns(piece), columns, f"period {name}", "the first's")
        if len(table) < fewest:
            rest = "longer periods, or a list of periods without the gap"
            few = f"{fewest} or more to each period" if len(table) else rest
            raise ValueError(f"period {name} has {len(table)} samples: give {few}")
    return Periods(tables, names, columns)


def cut_like(model: Any, X: Any) -> list[Array]:
    """Return the samples of X for each period that the model was fitted to, some maybe empty.

    Raise ValueError where X has other columns or, without a time index, another number of periods.
    """
    if getattr(X, "ndim", 0) == 2 and _has_times(X) and not isinstance(model.period_names_[0], int):  # noqa: PLR2004
        pieces = _sort_in(X, model.period_names_)
    else:
        pieces = split(X, model.period, fewest=1).tables
        if len(pieces) != len(model.period_names_):
            said = f"X has {len(pieces)} periods and the model {len(model.period_names_)}"
            raise ValueError(f"{said}: give the same ones")
    first = X[0] if isinstance(X, list | tuple) else X
    check_like_fit(model, np.shape(pieces[0])[1], read_columns(first))
    return [_as_real(piece, "X") for piece in pieces]


def _sort_in(X: Any, starts: list[Any]) -> list[Any]:
    """Return the rows of X that lie in each of the periods with these starts.

    Rows that precede the first by less than it is long are its own: the fit may have lacked them.
    """
    X = _timed(X)
    if not len(X):
        raise ValueError("X has no samples: give at least one")
    first = X.index.min()
    zones = getattr(X.index, "tz", None), getattr(starts[0], "tzinfo", None)
    if (zones[0] is None) != (zones[1] is None):  # those with some zone can be compared
        raise ValueError("X has another time zone than the model's periods: give the same")
    if first < starts[0] and (len(starts) == 1 or first <= starts[0] - (starts[1] - starts[0])):
        raise ValueError(f"X begins at {first}, before the model's first period: leave it out")
    when = np.maximum(sum(np.asarray(X.index >= start, np.intp) for start in starts) - 1, 0)
    return [X[when == t] for t in range(len(starts))]


def _timed(X: Any) -> Any:
    """Return the table with times for its index where that holds spans, which begin then."""
    return X.to_timestamp() if X.index.inferred_type == "period" else X


def _has_times(X: Any) -> bool:
    return getattr(getattr(X, "index", None), "inferred_type", None) in _TIMES


def _cut(X: Any, period: str | int | None) -> tuple[list[Any], list[Any]]:
    if isinstance(X, list | tuple) or getattr(X, "ndim", 2) == 3:  # noqa: PLR2004
        return list(X), list(range(len(X)))
    if period is None:
        raise ValueError('X is one table: give a list of periods, or a period such as "30D" or 20')
    X = _timed(X) if _has_times(X) else X
    if isinstance(period, int | np.integer):
        return _cut_rows(X, period)
    if not _has_times(X):
        raise ValueError(f"period {period!r} needs a table with a time index: give rows instead")
    try:
        pieces = list(X.sort_index().resample(period))
    except (TypeError, ValueError) as error:
        said = f'period is {period!r}: give a length that pandas knows, such as "30D", or rows'
        raise ValueError(said) from error
    return [table for _, table in pieces], [start for start, _ in pieces]


def _cut_rows(X: Any, rows: Any) -> tuple[list[Any], list[Any]]:
    if rows < 2:  # noqa: PLR2004
        raise ValueError(f"period is {rows} rows: give at least two")
    table = X.sort_index() if _has_times(X) else X if hasattr(X, "iloc") else read_numbers(X, "X")
    starts = list(range(0, len(table), rows))
    if len(starts) > 1 and len(table) - starts[-1] < rows / 2:
        starts.pop()
    ends = [*starts[1:], len(table)]
    pieces: Any = getattr(table, "iloc", table)
    names = [X.sort_index().index[a] for a in starts] if _has_times(X) else starts
    return [pieces[a:b] for a, b in zip(starts, ends, strict=True)], names


def _as_real(table: Any, name: str) -> Array:
    """Return the table as 32-bit numbers if it has such, else as 64-bit numbers."""
    given = read_numbers(table, name)
    missing = given.size - np.count_nonzero(np.isfinite(given))
    if missing:
        raise ValueError(f"{name} holds {missing} values that are NaN or infinite: impute or drop")
    return given
