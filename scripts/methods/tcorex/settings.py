"""The settings of the estimator, and what each may be."""

from math import inf
from numbers import Integral
from typing import Any


def check_settings(model: Any) -> None:
    """Raise ValueError for a setting out of its range."""
    _check_count("n_hidden", model.n_hidden, "at least one factor")
    _check_count("steps", model.steps, "at least one")
    for name in ("n_threads", "reach"):
        if getattr(model, name) is not None:
            _check_count(name, getattr(model, name), *_OPTIONAL[name])
    for name, (low, high, what) in _RANGES.items():
        value = getattr(model, name)
        if isinstance(value, str) or value is None or not low <= value <= high:
            raise ValueError(f"{name} is {value!r}: give {what}")
    if not 0 < model.rate < inf:
        raise ValueError(f"rate is {model.rate}: give a finite number above 0")


_OPTIONAL = {
    "n_threads": ("at least one, or None for all processors", 1),
    "reach": ("0 or more periods, or None for all", 0),
}
_LARGEST = 1e300  # finite
_RANGES = {
    "gamma": (0, 1, "a number from 0 to 1"),
    "l1": (0, _LARGEST, "a finite number, 0 or more"),
    "tol": (0, _LARGEST, "a finite number of nats, 0 or more"),
    "floor": (2e-4, 0.5, "a share from 0.0002, where digits are lost, to 0.5"),
}


def _check_count(name: str, value: Any, what: str, least: int = 1) -> None:
    if not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} is {value!r}: give {what}")
