"""Tables as they come: arrays or data frames, with names, gaps and columns that never vary.

Where scikit-learn's conventions ask for certain words in a message, it has them.
"""

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from sklearn.exceptions import NotFittedError

from methods.linear_corex.formulas import Array, Labels, check_values, constant_columns

Names = NDArray[np.object_]


def read_table(X: Any) -> tuple[Array, Names | None]:
    """Return X as a table (n_samples, n_columns), NaN where it has gaps, and its columns' names.

    A data frame has names, and its gaps may be pandas' own; an array has none. Raise ValueError
    where X is no table of numbers or holds infinity.
    """
    table = read_numbers(X, "X").astype(np.float64, copy=False)
    check_values(table, missing=True)
    return table, read_columns(X)


def read_numbers(X: Any, what: str) -> NDArray[Any]:
    """Return X as a table of real numbers: 32-bit where it has such, else 64-bit.

    Raise TypeError for a sparse table, and ValueError for what is no table of real numbers.
    """
    if issparse(X):
        raise TypeError(f"{what} is sparse: give a dense table, such as X.toarray()")
    if hasattr(X, "isna") and hasattr(X, "columns"):
        _check_kinds(X, what)
        single = all(kind == np.float32 for kind in X.dtypes)
        X = X.to_numpy(dtype=np.float32 if single else np.float64, na_value=np.nan)
    try:
        table = np.asarray(X)
    except ValueError as error:  # rows of several lengths
        raise ValueError(f"{what} has rows of several lengths: give a table") from error
    if np.iscomplexobj(table):
        raise ValueError(f"{what} is complex. Complex data not supported: give real numbers")
    if table.ndim != 2:  # noqa: PLR2004
        raise ValueError(
            f"{what} has {table.ndim} dimensions. Reshape your data: give it two, "
            "samples by variables"
        )
    if not table.shape[1]:
        raise ValueError(
            f"{what} has 0 feature(s) (shape={table.shape}) while a minimum of 1 is required."
        )
    if table.dtype == np.float32:
        return table
    try:
        return table.astype(np.float64, copy=False)
    except (TypeError, ValueError) as error:  # scikit-learn asks for its reason
        raise type(error)(f"{what} holds words or other things: give numbers ({error})") from error


def _check_kinds(frame: Any, what: str) -> None:
    """Raise ValueError for columns of times, whose numbers mean nothing, of complex ones, words."""
    for name, kind in frame.dtypes.items():
        if kind.kind in "cmM" or (kind.kind == "O" and not _has_numbers(frame[name])):
            raise ValueError(f"column {name!r} of {what} holds {kind}: give numbers, or drop it")


def _has_numbers(column: Any) -> bool:
    try:
        column.to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        return False
    return True


def read_columns(X: Any) -> Names | None:
    """Return the names of the columns of a data frame, or None where they are but numbers."""
    columns = getattr(X, "columns", None)
    if columns is None or all(isinstance(name, int) for name in columns):
        return None
    return np.fromiter(columns, object, len(columns))


def remember_columns(model: Any, n_columns: int, names: Names | None) -> None:
    """Have an estimator know the columns that it is fitted to, and forget earlier ones."""
    model.n_features_in_ = n_columns
    if hasattr(model, "feature_names_in_"):
        del model.feature_names_in_
    if names is not None:
        model.feature_names_in_ = names


def check_is_fitted(model: Any, attribute: str) -> None:
    """Raise NotFittedError unless the model has what only a fit gives it."""
    if not hasattr(model, attribute):
        raise NotFittedError(f"this {type(model).__name__} is not fitted: call fit first")


def check_like_fit(model: Any, n_columns: int, names: Names | None) -> None:
    """Raise ValueError unless a table has the columns that the model was fitted to, in order."""
    if n_columns != model.n_features_in_:
        raise ValueError(
            f"X has {n_columns} features, but {type(model).__name__} is expecting "
            f"{model.n_features_in_} features as input: give the same ones"
        )
    check_same_columns(names, getattr(model, "feature_names_in_", None), "X", "the model's")


def check_same_columns(names: Names | None, known: Names | None, what: str, whose: str) -> None:
    """Raise ValueError where both tables name their columns, and not alike."""
    if names is None or known is None:
        return
    for place, (name, expected) in enumerate(zip(names, known, strict=True)):
        if name != expected:
            raise ValueError(
                f"column {place} of {what} is {name!r} and {whose} {expected!r}: "
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
