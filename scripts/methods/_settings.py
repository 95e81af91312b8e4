"""What settings and data of an estimator may be, each fault said in a line."""

from collections.abc import Iterator
from contextlib import contextmanager
from numbers import Integral, Real
from typing import Any

import numpy as np

LARGEST = float(np.finfo(np.float64).max)
"""The upper end of a range for numbers that may be as large as they like, but finite."""
ABOVE_0, BELOW_1 = float(np.nextafter(0, 1)), float(np.nextafter(1, 0))
"""The ends of ranges without 0, or without 1."""


def check_count(name: str, value: Any, what: str = "at least one", least: int = 1) -> None:
    """Raise ValueError unless a setting is a whole number, ``least`` or more: say ``what`` is."""
    if not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} is {value!r}: give {what}")


def check_number(name: str, value: Any, low: float, high: float, what: str) -> None:
    """Raise ValueError unless a setting is a number from ``low`` to ``high``: say ``what`` is."""
    if not isinstance(value, Real) or not low <= float(value) <= high:
        raise ValueError(f"{name} is {value!r}: give {what}")


@contextmanager
def one_line() -> Iterator[None]:
    """Have scikit-learn say in a line what cannot be used of values, and what to give.

    What it says of names stays as its own checks of estimators ask for.
    """
    try:
        yield
    except ValueError as error:
        said, *more = str(error).splitlines()
        if not more or "feature names" in said:
            raise
        if "Reshape" in more[-1]:
            said = f"{said.partition(',')[0]}. Reshape your data: give it two, samples by variables"
        else:
            said = f"{said.rstrip('.')}: give finite real numbers"
        raise ValueError(said) from None
