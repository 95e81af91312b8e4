"""Tables as they come: arrays or data frames, with names, gaps and columns that never vary."""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from methods.linear_corex.formulas import Array, Labels, check_values, constant_columns

Names = NDArray[np.object_]


def read_table(X: Any) -> tuple[Array, Names | None]:
    """Return X as a table (n_samples, n_columns), NaN where it has gaps, and its columns' names.

    A data frame has names, and its gaps may be pandas' own; an array has none. Raise ValueError
    where X is no table of numbers or holds infinity.
    """
    columns = getattr(X, "columns", None)
    marks_gaps = columns is not None and hasattr(X, "isna")
    table = np.asarray(X.to_numpy(dtype=np.float64, na_value=np.nan) if marks_gaps else X, float)
    check_values(table, missing=True)
    return table, None if columns is None else np.fromiter(columns, object, len(columns))


def check_columns(
    table: Array, names: Names | None, *, n_fitted: int, fitted: Names | None
) -> None:
    """Raise ValueError unless a table has the columns that the model was fitted to, in order."""
    if table.shape[1] != n_fitted:
        n_columns = table.shape[1]
        raise ValueError(f"X has {n_columns} columns and the model {n_fitted}: give the same ones")
    if names is None or fitted is None:
        return
    for place, (name, known) in enumerate(zip(names, fitted, strict=True)):
        if name != known:
            raise ValueError(
                f"column {place} of X is {name!r} and the model's {known!r}: "
                "give the same ones in the same order"
            )


def varying_columns(table: Array, names: Names | None) -> Labels:
    """Return the indices of the columns that vary, and warn of the others by name.

    The warning points at the caller's caller. Raise ValueError where no column varies.
    """
    constant = constant_columns(table)
    kept = np.setdiff1d(np.arange(table.shape[1]), constant)
    if not kept.size:
        raise ValueError("X has no column with two different values: there is nothing to fit")
    if constant.size:
        named = (constant if names is None else names[constant]).tolist()
        message = f"X has constant columns {named}: they are left out of the model"
        warnings.warn(message, stacklevel=3)
    return kept
