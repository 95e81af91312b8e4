"""The settings of the estimator, and what each may be."""

from typing import Any

from methods._settings import ABOVE_0, LARGEST, check_count, check_number


def check_settings(model: Any) -> None:
    """Raise ValueError for a setting out of its range."""
    check_count("n_hidden", model.n_hidden, "at least one factor")
    check_count("steps", model.steps, "at least one")
    for name in ("n_threads", "reach"):
        if getattr(model, name) is not None:
            check_count(name, getattr(model, name), *_OPTIONAL[name])
    for name, (low, high, what) in _RANGES.items():
        check_number(name, getattr(model, name), low, high, what)


_OPTIONAL = {
    "n_threads": ("at least one, or None for all processors", 1),
    "reach": ("0 or more periods, or None for all", 0),
}
_RANGES = {
    "gamma": (0, 1, "a number from 0 to 1"),
    "l1": (0, LARGEST, "a finite number, 0 or more"),
    "rate": (ABOVE_0, LARGEST, "a finite number above 0"),
    "tol": (0, LARGEST, "a finite number of nats, 0 or more"),
    "floor": (2e-4, 0.5, "a share from 0.0002, where digits are lost, to 0.5"),
}
